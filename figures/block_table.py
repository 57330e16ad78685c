"""Two sequences, their block tables, and their blocks scattered in memory; only a last block is partly empty."""

from figures.style import At, Axes, Say, arrow, box, label

height = 262
TABLES = {"A": ("kv", (7, 2, 9), 0.4), "B": ("network", (4, 0), 0.75)}


def draw(ax: Axes, say: Say, at: At) -> None:
    """Each sequence with its table on the left, memory on the right."""
    owners: dict[int, tuple[str, str, float]] = {}
    for row, (name, (role, table, filled)) in enumerate(TABLES.items()):
        y = 28 + 104 * row
        label(ax, 4, y - 8, say("sequence ", "序列 ") + name, role, bold=True)
        for index, block in enumerate(table):
            x = 4 + 60 * index
            share = filled if index == len(table) - 1 else 1
            owners[block] = (f"{name}{index}", role, share)
            box(ax, x, y, 54 * share, 28, role, 0.3, 0)
            box(ax, x, y, 54, 28, role, 0)
            label(ax, x + 27, y + 19, f"{name}{index}", role, "middle")
            box(ax, x, y + 34, 54, 26, "ink", 0)
            label(ax, x + 27, y + 52, f"{block}", "ink", "middle")
        label(ax, 4 + 60 * len(table) + 4, y + 52, say("table", "表"), "quiet")
    arrow(ax, (228, 114), (262, 114), "ink", 2)
    label(ax, 270, 20, say("memory", "显存"), bold=True)
    for block in range(12):
        x, y = 270 + 63 * (block % 4), 28 + 56 * (block // 4)
        name, role, share = owners.get(block, ("", "faint", 0))
        box(ax, x, y, 57 * share, 48, role, 0.3, 0)
        box(ax, x, y, 57, 48, role, 0)
        label(ax, x + 5, y + 16, f"{block}", "ink" if name else "quiet")
        label(ax, x + 51, y + 40, name, role, "end")
    label(ax, 4, 228, say("one block", "一个 block"))
    label(
        ax, 516, 228, at("block_size:token") + say(", ", "，") + at("block_bytes:MiB"), "ink", "end"
    )
    label(ax, 4, 252, say("empty in a last block, on average", "最后一块平均空着"))
    label(ax, 516, 252, at("paging_waste:token"), "ink", "end")
