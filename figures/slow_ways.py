"""Five ways to make a token come late, each as so many times the step that it spoils."""

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar for each way on a log axis, the smallest harm on top."""
    step = at("decode_step").number
    if not step:
        return
    rows = (
        (
            say("kernels launched one by one", "kernel 逐个现启动"),
            "ink",
            at("decode_step(launch_time=5)"),
        ),
        (say("16-bit weights", "权重用 16 比特"), "weights", at("decode_step(precision=bf16)")),
        (say("cards in turn", "几块卡轮流干"), "network", at("decode_step(chips=1)")),
        (say("every seat taken", "座位坐满"), "kv", at("decode_step(batch=30)")),
        (
            say("a long prompt, read at once", "一段长 prompt 一口吞下"),
            "compute",
            at("unchunked_step(prompt=32768, prefill_mfu=50)"),
        ),
    )
    for row, (name, role, value) in enumerate(rows):
        times = value.number / step
        ax.text(1, row - 0.32, name, color=role)
        ax.barh(row, times - 1, left=1, height=0.4, facecolor=(role, 0.35), edgecolor=role)
        words = f"× {times:.1f}" if times < 10 else f"× {times:.0f}"
        end = min(max(times, 1), 400)
        ax.annotate(words, (end, row), (6, 0), textcoords="offset points", va="center")
    ax.set(xscale="log", xlim=(1, 2000), ylim=(4.6, -0.8), yticks=[])
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1 000"])
    ax.grid(visible=False)
    ax.set_title(say("Times the plain step", "是平常一步的几倍"))
