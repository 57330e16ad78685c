"""A day of requests under a machine that was sized for its peak: a sketch of what is paid for and
not used.
"""

from math import cos, pi

from figures.style import At, Axes, Say

PEAK_HOUR, LOW, HIGH = 15, 0.12, 0.9


def draw(ax: Axes, say: Say, at: At) -> None:
    """The load over the hours of a day, the level that is rented, and the gap between the two."""
    hours = [step / 4 for step in range(97)]
    middle, swing = (HIGH + LOW) / 2, (HIGH - LOW) / 2
    load = [middle + swing * cos(2 * pi * (hour - PEAK_HOUR) / 24) for hour in hours]
    ax.fill_between(hours, load, 1, facecolor=("weights", 0.16), edgecolor="none")
    ax.fill_between(hours, 0, load, facecolor=("compute", 0.3), edgecolor="none")
    ax.plot(hours, load, color="compute")
    ax.axhline(1, color="ink", linewidth=1.2, linestyle="--")
    ax.text(23.7, 1.04, say("rented, all day", "全天都租着"), ha="right")
    ax.text(0.6, 0.62, say("paid for, idle", "付了钱，闲着"), color="weights")
    ax.text(15, 0.36, say("serving", "在干活"), color="compute", ha="center")
    ax.set(xlim=(0, 24), ylim=(0, 1.16))
    ax.set_xticks([0, 6, 12, 18, 24], ["0", "6", "12", "18", say("24 h", "24 时")])
    ax.set_yticks([])
    ax.set_title(say("Share of the machine in use", "机器用了几成"))
