"""Two sequences, their block tables, and their blocks scattered in memory; only a last block is
partly empty.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

TABLES = {"A": ("kv", (7, 2, 9), 0.4), "B": ("network", (4, 0), 0.75)}


def draw(ax: Axes, say: Say, at: At) -> None:
    """Each sequence with its table on the left, memory on the right; below, on a phone."""
    wide = sheet(ax, 262, phone=480)
    phone = wide < 400

    def box(x: float, y: float, long: float, high: float, role: str, fill: float = 0) -> None:
        edge = "none" if fill else role
        ax.add_patch(Rectangle((x, y), long, high, facecolor=(role, fill), edgecolor=edge))

    owners: dict[int, tuple[str, str, float]] = {}
    for row, (name, (role, table, filled)) in enumerate(TABLES.items()):
        y = 28 + 104 * row
        ax.text(4, y - 8, say("sequence ", "序列 ") + name, color=role, weight="bold")
        for index, block in enumerate(table):
            x = 4 + 60 * index
            share = filled if index == len(table) - 1 else 1
            owners[block] = (f"{name}{index}", role, share)
            box(x, y, 54 * share, 28, role, 0.3)
            box(x, y, 54, 28, role)
            ax.text(x + 27, y + 19, f"{name}{index}", color=role, ha="center")
            box(x, y + 34, 54, 26, "ink")
            ax.text(x + 27, y + 52, f"{block}", ha="center")
        ax.text(8 + 60 * len(table), y + 52, say("table", "表"), color="quiet")
    start, end = ((300, 150), (300, 218)) if phone else ((228, 114), (262, 114))
    look = {"arrowstyle": "-|>", "linewidth": 2, "mutation_scale": 14, "color": "ink"}
    ax.annotate("", end, start, arrowprops={**look, "shrinkA": 0, "shrinkB": 0})
    left, top, pitch = (4, 238, 86) if phone else (270, 28, 63)
    ax.text(left, top - 8, say("memory", "显存"), weight="bold")
    for block in range(12):
        x, y = left + pitch * (block % 4), top + 56 * (block // 4)
        name, role, share = owners.get(block, ("", "faint", 0))
        if share:
            box(x, y, (pitch - 6) * share, 48, role, 0.3)
        box(x, y, pitch - 6, 48, role)
        ax.text(x + 5, y + 16, f"{block}", color="ink" if name else "quiet")
        ax.text(x + pitch - 12, y + 40, name, color=role, ha="right")
    foot = 446 if phone else 228
    ax.text(4, foot, say("one block", "一个 block"))
    words = at("block_size") + say("\u202ftokens, ", " 个 token，") + at("block_bytes:MiB")
    ax.text(wide - 4, foot, words, ha="right")
    tokens = say("\u202ftokens", " 个 token")
    ax.text(4, foot + 24, say("empty in a last block, on average", "最后一块平均空着"))
    ax.text(wide - 4, foot + 24, at("paging_waste") + tokens, ha="right")
