"""Five ways to make a token come late, each as so many times the step that it spoils."""

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar for each way on a log axis, the smallest harm on top."""
    step = at("decode_step").number
    rows = (
        (
            say("launch kernels\none by one", "kernel 逐个\n现启动"),
            at("decode_step(launch_time=5)"),
        ),
        (say("16-bit weights", "权重用 16 比特"), at("decode_step(precision=bf16)")),
        (say("cards in turn", "几块卡轮流干"), at("decode_step(chips=1)")),
        (say("every seat taken", "座位坐满"), at("decode_step(batch=30)")),
        (
            say("a long prompt,\nall at once", "一段长 prompt\n一口吞下"),
            at("unchunked_step(prompt=32768, prefill_mfu=50)"),
        ),
    )
    roles = "ink", "weights", "network", "kv", "compute"
    for row, ((_, value), role) in enumerate(zip(rows, roles, strict=True)):
        times = value.number / step
        ax.barh(row, times - 1, left=1, height=0.55, facecolor=(role, 0.35), edgecolor=role)
        words = f"× {times:.1f}" if times < 10 else f"× {times:.0f}"
        ax.annotate(words, (times, row), (6, 0), textcoords="offset points", va="center")
    ax.set(xscale="log", xlim=(1, 2000), ylim=(4.6, -0.6))
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1 000"])
    ax.set_yticks(range(len(rows)), [name for name, _ in rows])
    ax.grid(visible=False)
    ax.set_title(say("Times the plain step", "是平常一步的几倍"))
