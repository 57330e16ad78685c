"""One decode step: bytes stream in by one clock, arithmetic runs by another, and the slower clock decides."""

from figures.style import At, Axes, Say, arrow, box, label, line

height = 272


def draw(ax: Axes, say: Say, at: At) -> None:
    """Memory and arithmetic above, their two clocks on one ruler below."""
    label(ax, 4, 18, "HBM", bold=True)
    box(ax, 4, 28, 176, 44, "weights")
    label(ax, 92, 55, say("weights ", "权重 ") + at("weights_read:GB"), "weights", "middle")
    box(ax, 4, 72, 176, 32, "kv")
    label(ax, 92, 93, "KV cache " + at("kv_bytes:GB"), "kv", "middle")
    label(ax, 516, 18, say("Tensor cores", "Tensor core"), anchor="end", bold=True)
    box(ax, 340, 28, 176, 76, "compute")
    label(ax, 428, 60, say("work: ", "要算 ") + at("step_flops"), "compute", "middle")
    label(ax, 428, 84, say("rate: ", "算力 ") + at("machine_flops"), "compute", "middle")
    arrow(ax, (186, 66), (334, 66), "ink", 3)
    label(ax, 260, 52, say("every step", "每一步全部读一遍"), "ink", "middle")
    label(ax, 260, 90, at("machine_bandwidth:TB/s"), "ink", "middle")

    wide, weights, kv = (
        508,
        at("weights_time / decode_step").number,
        at("kv_time / decode_step").number,
    )
    label(ax, 4, 142, say("Bytes clock: ", "字节钟：") + at("memory_time:ms"))
    box(ax, 4, 150, wide * weights, 20, "weights", 0.3)
    box(ax, 4 + wide * weights, 150, wide * kv, 20, "kv", 0.3)
    label(ax, 4, 200, say("FLOPs clock: ", "FLOPs 钟：") + at("compute_time:ms"))
    box(ax, 4, 208, wide * at("compute_time / decode_step").number, 20, "compute", 0.3)
    line(ax, [(4 + wide, 142), (4 + wide, 242)], "ink", dashed=True)
    label(
        ax,
        516,
        260,
        say("the slower clock ends the step: ", "慢的那只钟决定这一步：") + at("decode_step:ms"),
        "ink",
        "end",
        bold=True,
    )
