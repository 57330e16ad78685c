"""What two levers make of a step, over the batch: short conversations, whose arithmetic comes into
sight early.
"""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=("Times faster with the lever, short conversations", "短对话里，扳了这根杆快几倍"),
    over="batch",
    span=(1, 512),
    axis=("Readers in the batch", "batch 里的人数"),
    log="x",
    ticks=(1, 8, 64, 512),
    height=260,
    marks=[
        Line("speculation_gain(context=512)", "compute", ("four guesses", "先猜四个")),
        Line(
            "decode_step(context=512) / decode_step(context=512, precision=int4-g32)",
            "weights",
            ("INT4 weights", "权重 INT4"),
        ),
        Line(
            "decode_step(context=512) / decode_step(context=512, kv_precision=fp8)",
            "kv",
            ("FP8 cache", "缓存 FP8"),
        ),
        Limit("critical_batch", ("critical batch", "临界 batch")),
    ],
)
