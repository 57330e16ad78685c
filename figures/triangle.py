"""Turns of an agent: each column is one page taller, and only its top page is new."""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet


def draw(ax: Axes, say: Say, at: At) -> None:
    """Fifteen columns stand for the turns; old pages pale, the new one on top full."""
    wide = sheet(ax, 214)
    pitch = (wide - 16) / 15
    for turn in range(15):
        x = 8 + pitch * turn
        high = 10.5 * turn
        ax.add_patch(
            Rectangle((x, 178 - high), pitch - 4, high, facecolor=("kv", 0.25), edgecolor="none")
        )
        ax.add_patch(
            Rectangle((x, 168 - high), pitch - 4, 10, facecolor="compute", edgecolor="none")
        )
    new = at("agent_fresh(turns=30, turn_tokens=2000):token")
    read = at("agent_read(turns=30, turn_tokens=2000):token")
    ax.text(8, 22, say("new: ", "新的：") + new, color="compute", weight="bold")
    ax.text(8, 44, say("read: ", "读的：") + read, color="kv", weight="bold")
    ax.text(8, 202, say("turn after turn", "一轮又一轮"), color="quiet")
