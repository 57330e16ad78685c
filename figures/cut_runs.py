"""Two models of gpt-fast on more and more cards: the step falls towards the part that no cut
divides.
"""

from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """A line through both ends of each model's runs, the runs between them, and the part that
    stays.
    """
    large = {
        2: at("measured_speed(measurement=gptfast-l2-70b-tp2)"),
        4: at("measured_speed(measurement=gptfast-l2-70b-tp4)"),
        8: at("measured_speed(measurement=gptfast-l2-70b-tp8)"),
    }
    small = {
        1: at("measured_speed(measurement=gptfast-l2-7b-bf16)"),
        2: at("measured_speed(measurement=gptfast-l2-7b-tp2)"),
        4: at("measured_speed(measurement=gptfast-l2-7b-tp4)"),
        8: at("measured_speed(measurement=gptfast-l2-7b-tp8)"),
    }
    large_stays = at("undivided_time(measurement=gptfast-l2-70b-tp2, compared=gptfast-l2-70b-tp8)")
    small_stays = at("undivided_time(measurement=gptfast-l2-7b-bf16, compared=gptfast-l2-7b-tp8)")
    for name, role, runs, undivided in (
        ("Llama 2 70B", "weights", large, large_stays),
        ("Llama 2 7B", "compute", small, small_stays),
    ):
        steps = {ways: 1000 / speed.number for ways, speed in runs.items()}
        stays, few = 1000 * undivided.number, min(steps)
        divided = (steps[few] - stays) * few
        across = [few * (16 / few) ** (place / 60) for place in range(61)]
        ax.plot(across, [divided / ways + stays for ways in across], color=role)
        ax.plot(list(steps), list(steps.values()), "o", color=role)
        ax.axhline(stays, color=role, linestyle="--", linewidth=1.2)
        ax.annotate(name, (few, steps[few]), (10, 4), textcoords="offset points", color=role)
        words = say("no cut divides this", "这部分切不动")
        ax.annotate(
            words, (16, stays), (0, -14), textcoords="offset points", color=role, ha="right"
        )
    ax.set(xscale="log", yscale="log", xlim=(0.94, 17), ylim=(1.3, 90))
    for axis, ticks in ((ax.xaxis, (1, 2, 4, 8, 16)), (ax.yaxis, (2, 5, 10, 20, 50))):
        axis.set_major_locator(FixedLocator(ticks))
        axis.set_major_formatter(FixedFormatter([f"{tick}" for tick in ticks]))
        axis.set_minor_locator(NullLocator())
    ax.set_xlabel(say("A100s", "A100 的块数"))
    ax.set_title(say("Milliseconds of a step", "一步的毫秒数"))
