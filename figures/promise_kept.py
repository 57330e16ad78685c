"""What a promise takes of a machine, as MLPerf measured it: three machines without a promise, with
a loose one and with a tight one.
"""

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """The share of the throughput without a promise that is left, from left to right the tighter
    the promise.
    """
    runs = {
        ("H200", "compute", "o", 4): (
            at("measured_throughput(measurement=mlperf51-70b-h200x8-fp8-offline)"),
            at("measured_throughput(measurement=mlperf51-70b-h200x8-fp8-server)"),
            at("measured_throughput(measurement=mlperf51-70b-h200x8-fp8-interactive)"),
        ),
        ("B200", "weights", "s", -4): (
            at("measured_throughput(measurement=mlperf51-70b-b200x8-nvfp4-offline)"),
            at("measured_throughput(measurement=mlperf51-70b-b200x8-nvfp4-server)"),
            at("measured_throughput(measurement=mlperf51-70b-b200x8-nvfp4-interactive)"),
        ),
        ("MI325X", "kv", "^", -24): (
            at("measured_throughput(measurement=mlperf51-70b-mi325x8-fp8-offline)"),
            at("measured_throughput(measurement=mlperf51-70b-mi325x8-fp8-server)"),
            at("measured_throughput(measurement=mlperf51-70b-mi325x8-fp8-interactive)"),
        ),
    }
    for (name, role, mark, down), values in runs.items():
        kept = [100 * value.number / values[0].number for value in values]
        ax.plot([0.0, 1.0, 2.0], kept, color=role, marker=mark, markersize=7)
        ax.annotate(name, (2, kept[2]), (10, down), textcoords="offset points", color=role)
    ax.set(xlim=(-0.2, 2.5), ylim=(0, 108), yticks=[0.0, 25.0, 50.0, 75.0, 100.0])
    names = (
        say("no promise", "不作承诺"),
        say("2\u202fs, 200\u202fms", "2\u202fs，200\u202fms"),
        say("450\u202fms, 40\u202fms", "450\u202fms，40\u202fms"),
    )
    ax.set_xticks([0, 1, 2], names)
    ax.set_title(say("Throughput that is left, %", "还剩多少吞吐（%）"))
