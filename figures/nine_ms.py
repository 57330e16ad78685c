"""One measured step, cut into the parts that have a name and the one that has none."""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar as long as the step, and below it a line of words for each part."""
    wide = sheet(ax, 236)
    left, long = 8.0, wide - 16
    run = at("measured_step(measurement=trt-mtp-r1-b200x8-fp4-d0):ms")
    parts = (
        ("weights", 0.8, say("bytes", "读字节"), at("memory_time(measurement=trt-mtp-r1-b200x8-fp4-d0, bandwidth_efficiency=90):ms")),  # noqa: E501
        ("kv", 0.5, say("pauses of the layers", "各层的停顿"), at("layer_pauses(measurement=trt-mtp-r1-b200x8-fp4-d0):ms")),  # noqa: E501
        ("network", 0.6, say("sums between cards", "卡间求和"), at("layer_sums(measurement=trt-mtp-r1-b200x8-fp4-d0):ms")),  # noqa: E501
        ("quiet", 0.15, say("no name yet", "还没有名字"), at("unnamed_time(measurement=trt-mtp-r1-b200x8-fp4-d0, bandwidth_efficiency=90):ms")),  # noqa: E501
    )  # fmt: skip
    ax.text(left, 22, say("one step: ", "一步：") + run, weight="bold")
    for row, (role, fill, words, size) in enumerate(parts):
        share = long * size.number / run.number
        ax.add_patch(Rectangle((left, 36), share, 40, facecolor=(role, fill), edgecolor=role))
        middle, y = left + share / 2, 112 + 32 * (3 - row)
        ax.plot([middle, middle], [78, y - 14], color=role, lw=0.8)
        side = "right" if row == 3 else "left"
        x = left + share if row == 3 else middle
        ax.text(x, y, words + say(", ", "，") + size, color=role, ha=side, weight="bold")
        left += share
