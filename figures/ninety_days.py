"""How long a thousand readers take to equal a training run: as said, and as divided."""

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """Two bars on a logarithmic axis of days."""
    worked = at("training_even(served_speed=50000, training_tokens=15000000000000):day")
    days = worked.number / 86400 if worked.number > 1e8 else worked.number
    ax.barh(0, 89, left=1, height=0.5, color="network")
    ax.barh(1, days - 1, left=1, height=0.5, color="weights")
    ax.set_yticks([0, 1], [say("claim", "说的"), say("count", "算的")])
    ax.set(xscale="log", xlim=(1, 30000), ylim=(1.6, -0.6))
    ax.set_xticks(
        [1, 30, 365, 3650],
        [say("a day", "一天"), say("a month", "一月"), say("a year", "一年"), say("ten", "十年")],
    )
    ax.set_title(say("Days until serving equals training", "服务抵得上训练，要多少天"))
