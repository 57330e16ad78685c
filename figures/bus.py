"""One walk through the weights serves every seat; each seat carries its own notebook."""

from matplotlib.patches import Circle, Rectangle

from figures.style import At, Axes, Say, sheet

SEATS, TAKEN = 8, 5


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bus of eight seats, five of them taken, above what one rider and eight riders pay."""
    wide = sheet(ax, 262)
    pitch = (wide - 28) / SEATS

    def box(x: float, y: float, long: float, high: float, role: str, fill: float = 0) -> None:
        ax.add_patch(Rectangle((x, y), long, high, facecolor=(role, fill), edgecolor=role))

    box(4, 6, wide - 8, 140, "ink")
    for seat in range(SEATS):
        x, taken = 14 + pitch * seat, seat < TAKEN
        box(x, 16, pitch - 7, 40, "ink" if taken else "faint", 0.06 if taken else 0)
        if taken:
            middle = x + (pitch - 7) / 2
            ax.add_patch(Circle((middle, 31), 7, facecolor="ink", edgecolor="paper"))
            box(middle - 15 * pitch / 62, 43, 30 * pitch / 62, 13, "kv", 0.5)
    size = 13 if wide > 400 else 12
    words = say("each rider's own notebook: KV cache, ", "每人自带一本笔记：KV cache，")
    ax.text(14, 78, words + at("kv_per_sequence:GB"), color="kv", fontsize=size)
    box(14, 92, wide - 28, 44, "weights", 0.2)
    words = say("the fuel: one walk through ", "油：走一遍 ") + at("weights_read:GB")
    words += say(" of weights", " 的权重")
    ax.text(wide / 2, 119, words, color="weights", ha="center", fontsize=size)
    for x in (0.18 * wide, 0.82 * wide):
        ax.add_patch(Circle((x, 150), 15, facecolor="ink", edgecolor="paper"))
    ax.axhline(166, color="faint", linewidth=1.2)
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
        (say("Notebook, however many ride", "笔记，坐几个人都一样"), at("kv_cost"), "kv"),
    ]
    for row, (words, cost, role) in enumerate(rows):
        ax.text(4, 196 + 26 * row, words, color=role)
        ax.text(wide - 4, 196 + 26 * row, cost, color=role, ha="right")
