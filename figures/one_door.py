"""Five parts of a serving stack ask one function how many bytes a conversation takes; none of them
knows the model's heads.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet


def draw(ax: Axes, say: Say, at: At) -> None:
    """The askers on the left, the one door in the middle, on the right what stands behind it."""
    wide = sheet(ax, 250)
    phone = wide < 400
    askers = (
        say("admission", "准入"),
        say("scheduler", "调度"),
        say("transfer", "搬运"),
        say("capacity", "扩容"),
        say("billing", "计费"),
    )
    long, door, right = (92, 150, 236) if phone else (120, 210, 360)
    arrow = {"arrowstyle": "-|>", "linewidth": 1.6, "mutation_scale": 11, "color": "ink"}
    for row, name in enumerate(askers):
        y = 10 + 46 * row
        box = Rectangle((4, y), long, 32, facecolor=("ink", 0.06), edgecolor="ink")
        ax.add_patch(box)
        ax.text(4 + long / 2, y + 21, name, ha="center")
        ends = (door - 4, 118), (long + 8, y + 16)
        ax.annotate("", *ends, arrowprops={**arrow, "shrinkA": 0, "shrinkB": 0})
    box = Rectangle((door, 70), 62 if phone else 110, 96, facecolor=("kv", 0.2), edgecolor="kv")
    ax.add_patch(box)
    middle = door + (31 if phone else 55)
    ax.text(middle, 112, "kv_", color="kv", ha="center", weight="bold")
    ax.text(middle, 132, "bytes", color="kv", ha="center", weight="bold")
    behind = (
        (say("KV heads", "KV 头数"), at("kv_heads")),
        (say("head width", "头宽"), at("head_dim")),
        (say("layers", "层数"), at("attention_layers")),
        (say("format", "格式"), at("kv_precision")),
    )
    for row, (name, value) in enumerate(behind):
        y = 62 + 36 * row
        ax.text(right, y, name, color="quiet", fontsize=12)
        ax.text(wide - 4, y, value, color="kv", ha="right", fontsize=12)
