"""Four guesses, one walk that checks them all, and what is kept: those before the first wrong one,
and a token of the model's own.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

KEPT = 3


def draw(ax: Axes, say: Say, at: At) -> None:
    """Guesses above, the walk, what is kept below it; then the steps in words."""
    wide = sheet(ax, 258)
    pitch = (wide - 8) / 4
    guesses = say("a", "猫"), say("cat", "坐"), say("sat", "在"), say("by", "树")
    own = say("on", "窗")

    def cell(step: int, place: int, y: float, word: str, role: str) -> None:
        x = 4 + pitch * place
        box = Rectangle((x, y), pitch - 6, 30, fc=(role, 0.2), ec=role, gid=f"step-{step}")
        ax.add_patch(box)
        ax.text(x + pitch / 2 - 3, y + 20, word, ha="center", gid=f"step-{step}")

    for place, word in enumerate(guesses):
        cell(1, place, 8, word, "compute")
        x = 4 + pitch * place + pitch / 2 - 3
        for start, end in ((40, 56), (84, 100)):
            ax.plot([x, x], [start, end], color="faint", lw=1.2, gid="step-2")
        if place < KEPT:
            cell(3, place, 102, word, "network")
    x = 4 + pitch * KEPT
    ax.plot([x + 4, x + pitch - 10], [34, 12], color="ink", lw=2, gid="step-3")
    cell(4, KEPT, 102, own, "weights")
    walk = Rectangle((4, 58), wide - 14, 24, fc=("weights", 0.4), ec="weights", gid="step-2")
    ax.add_patch(walk)
    words = (
        say("guesses, one by one: ", "一个一个猜，猜几个：") + at("draft_tokens"),
        say("one walk checks them all: ", "走一趟，全验完：") + at("check_step:ms"),
        say("kept up to the first wrong one", "留到第一个猜错的为止"),
        say("one of its own; on average ", "再添自己的一个，平均共 ") + at("expected_tokens"),
    )
    for step, text in enumerate(words, 1):
        role = ("compute", "weights", "network", "weights")[step - 1]
        ax.text(4, 140 + 26 * step, f"{step}", color=role, weight="bold", gid=f"step-{step}")
        ax.text(24, 140 + 26 * step, text, gid=f"step-{step}")
