"""A batch that waits for its own traffic, and two half batches that take turns so that neither lane
stands empty.
"""

from figures.style import At, Axes, Say, sheet
from hooks.pictures.following import bar, larger

HIGH, GAP = 28, 4


def draw(ax: Axes, say: Say, at: At) -> None:
    """Two time lines on one scale, each with a lane for work and, below it, one for traffic."""
    wide = sheet(ax, 252)
    work = at("layout_time(microbatches=1)").number
    travel = at("expert_communication(microbatches=1)").number
    half = at("layout_time(microbatches=2)").number / 2
    trip = at("expert_communication(microbatches=2)").number / 2
    turn = larger(half, trip)
    scale = (wide - 8) / larger(2 * (work + travel), 6 * turn)

    def box(start: float, top: float, long: float, role: str, fill: float) -> None:
        across = 4 + start * scale, 4 + (start + long) * scale
        bar(ax, across, (top, top + HIGH), facecolor=(role, fill), edgecolor=role)

    def lanes(top: float, title: str) -> None:
        ax.text(4, top - 8, title, weight="bold")
        for lane in (top + HIGH, top + 2 * HIGH + GAP):
            ax.plot([4, wide - 4], [lane, lane], color="faint", lw=0.6)

    works, trips = say(": work ", "：干活 "), say(", traffic ", "，通信 ")
    words = say("One batch", "一整个 batch") + works + at("layout_time(microbatches=1):ms")
    lanes(24, words + trips + at("expert_communication(microbatches=1):ms"))
    for layer in range(2):
        start = layer * (work + travel)
        box(start, 24, work, "weights", 0.5)
        box(start + work, 24 + HIGH + GAP, travel, "network", 0.5)
    words = say("Two halves", "两半轮流") + works + at("layout_time(microbatches=2):ms")
    lanes(128, words + trips + at("expert_communication(microbatches=2):ms"))
    for place in range(6):
        fill = (0.5, 0.15)[place % 2]
        box(place * turn, 128, half, "weights", fill)
        if place < 5:
            box((place + 1) * turn, 128 + HIGH + GAP, trip, "network", fill)
    ax.text(4, 220, say("work", "干活"), color="weights", weight="bold")
    ax.text(44, 220, say("traffic", "通信"), color="network", weight="bold")
    ax.text(4, 242, say("strong, faint: the halves", "浓、淡：两个半批"))
    ax.text(wide - 4, 220, say("time, at least →", "时间，至少 →"), color="quiet", ha="right")
