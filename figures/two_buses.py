"""A batch that waits for its own traffic, and two half batches that take turns so that neither lane
stands empty.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

HIGH, GAP = 28, 4


def draw(ax: Axes, say: Say, at: At) -> None:
    """Two time lines on one scale, each with a lane for work and, below it, one for traffic."""
    wide = sheet(ax, 232)
    work = at("layout_time(microbatches=1)").number
    travel = at("expert_communication(microbatches=1)").number
    half, trip = at("layout_time").number / 2, at("expert_communication").number / 2
    turn = max(half, trip)
    scale = (wide - 8) / (max(2 * (work + travel), 6 * turn) or 1)

    def box(start: float, top: float, long: float, role: str, name: str) -> None:
        x = 4 + start * scale
        across = min(long * scale, wide - 4 - x)
        if across > 2:
            ax.add_patch(Rectangle((x, top), across, HIGH, facecolor=(role, 0.25), edgecolor=role))
        if across > 14:
            ax.text(x + across / 2, top + 19, name, color=role, ha="center")

    def lanes(top: float, title: str) -> None:
        ax.text(4, top - 8, title, weight="bold")
        for lane in (top + HIGH, top + 2 * HIGH + GAP):
            ax.plot([4, wide - 4], [lane, lane], color="faint", lw=0.6)

    lanes(24, say("One batch", "一整个 batch"))
    for layer in range(2):
        start = layer * (work + travel)
        box(start, 24, work, "weights", say("work", "干活"))
        box(start + work, 24 + HIGH + GAP, travel, "network", say("traffic", "通信"))
    lanes(128, say("Two halves in turn", "两半轮流"))
    for place in range(6):
        name = "AB"[place % 2]
        box(place * turn, 128, half, "weights", name)
        box((place + 1) * turn, 128 + HIGH + GAP, trip, "network", name)
    ax.text(4, 220, say("A, B: the halves", "A、B：两个半批"), color="quiet")
    ax.text(wide - 4, 220, say("time →", "时间 →"), color="quiet", ha="right")
