"""One step of 64 chips: how long they read, and how long they exchange, inside a rack and over
InfiniBand.
"""

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """Three bars; of each exchange the dark part is its bytes alone, and the whole is what was
    measured.
    """
    bars = (
        (
            say("reading", "读显存"),
            at("layout_time(measurement=aic-exchange-gb200-64, context=8192)"),
            None,
            "weights",
        ),
        (
            say("exchange inside the rack", "在机柜里交换"),
            at("measured_exchanges(measurement=aic-exchange-gb200-64)"),
            at(
                "expert_communication(measurement=aic-exchange-gb200-64, collective_latency=0,"
                " link_latency=0, network_latency=0)"
            ),
            "network",
        ),
        (
            say("exchange over InfiniBand", "走 InfiniBand 交换"),
            at("measured_exchanges(measurement=deepep-exchange-64)"),
            at(
                "expert_communication(measurement=deepep-exchange-64, collective_latency=0,"
                " link_latency=0, network_latency=0)"
            ),
            "network",
        ),
    )
    for place, (name, whole, floor, role) in enumerate(bars):
        ax.barh(-place, 1000 * whole.number, 0.46, color=(role, 0.3), edgecolor=role)
        if floor:
            ax.barh(-place, 1000 * floor.number, 0.46, color=(role, 0.6))
        ax.annotate(name, (0, 0.23 - place), (1, 6), textcoords="offset points", color=role)
    ax.set(xlim=(0, 31), ylim=(-2.4, 0.75), yticks=[], xticks=(0.0, 10.0, 20.0, 30.0))
    ax.grid(False)
    ax.set_title(say("Milliseconds of a step", "一步的毫秒数"))
