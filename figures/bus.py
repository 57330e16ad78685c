"""One walk through the weights serves every seat; each seat carries its own notebook."""

from figures.style import At, Axes, Say, box, dot, label, line

height = 262
SEATS, PITCH = 8, 62


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bus of eight seats, five of them taken, above what one rider and eight riders pay."""
    box(ax, 4, 6, 512, 140, "ink", 0)
    for seat in range(SEATS):
        x = 14 + PITCH * seat
        taken = seat < 5
        box(ax, x, 16, 54, 40, "ink" if taken else "faint", 0.06 if taken else 0)
        if taken:
            dot(ax, x + 27, 31, "ink", 7)
            box(ax, x + 12, 43, 30, 13, "kv", 0.5)
    label(
        ax,
        14,
        78,
        say("each rider's own notebook: KV cache, ", "每人自带一本笔记：KV cache，")
        + at("kv_per_sequence:GB"),
        "kv",
    )
    box(ax, 14, 92, 492, 44, "weights", 0.2)
    label(
        ax,
        260,
        119,
        say("the fuel: one walk through ", "油：走一遍 ")
        + at("weights_read:GB")
        + say(" of weights", " 的权重"),
        "weights",
        "middle",
    )
    for x in (92, 428):
        dot(ax, x, 150, "ink", 15)
    line(ax, [(4, 166), (516, 166)], "faint")
    rows = [
        (
            say("Fuel for a lonely rider", "一个人坐，每个 token 的油钱"),
            at("weights_cost(batch=1)"),
            "weights",
        ),
        (
            say("Fuel for each of eight", "八个人坐，每人的油钱"),
            at("weights_cost(batch=8)"),
            "weights",
        ),
        (say("Notebook, however many ride", "笔记本，坐几个人都一样"), at("kv_cost"), "kv"),
    ]
    for row, (words, cost, role) in enumerate(rows):
        label(ax, 4, 196 + 26 * row, words, role)
        label(ax, 516, 196 + 26 * row, cost, role, "end")
