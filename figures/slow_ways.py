"""Five ways to make a token come late, each as so many times the step that it spoils."""

from figures.style import At, Axes, Say
from hooks.pictures.following import bar, larger


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar for each way on a log axis, the smallest harm on top."""
    rows = (
        (
            say("kernels launched one by one", "kernel 逐个现启动"),
            "ink",
            at("decode_step(launch_time=5) / decode_step"),
        ),
        (
            say("16-bit weights", "权重用 16 比特"),
            "weights",
            at("decode_step(precision=bf16) / decode_step"),
        ),
        (say("cards in turn", "几块卡轮流干"), "network", at("decode_step(chips=1) / decode_step")),
        (say("thirty readers", "三十个人坐"), "kv", at("decode_step(batch=30) / decode_step")),
        (
            say("a long prompt, read at once", "一段长 prompt 一口吞下"),
            "compute",
            at("unchunked_step(prompt=32768, prefill_mfu=50) / decode_step"),
        ),
    )
    for row, (name, role, value) in enumerate(rows):
        ax.text(1, row - 0.32, name, color=role)
        look = {"facecolor": (role, 0.35), "edgecolor": role}
        bar(ax, (1, larger(value.number, 1)), (row - 0.2, row + 0.2), **look)
        ax.text(1900, row, "× " + value, ha="right", va="center", color=role)
    ax.set(xscale="log", xlim=(1, 2000), ylim=(4.6, -0.8), yticks=[])
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1 000"])
    ax.grid(visible=False)
    ax.set_title(say("Times the plain step", "是平常一步的几倍"))
