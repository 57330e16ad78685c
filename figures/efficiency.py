"""The share of its floor that every measured result reached: the shorter the step should be, the
smaller the share.
"""

from hooks.pictures.chart import Added, Chart, Scores

chart = Chart(
    title=("Share of the floor reached", "达到下限的比例"),
    over="decode_step:ms",
    axis=("Floor of one step", "一步的下限"),
    log="x",
    unit="%",
    height=300,
    marks=[
        Added(0.003, ("floor + 3\u202fms", "下限 + 3\u202fms")),
        Scores("elsewhere", "cross", "faint", ("other bounds", "其他上下限")),
        Scores("batched", "square", "kv", ("larger batches", "更大的 batch")),
        Scores("alone", "dot", "weights", ("batch 1", "batch 1")),
    ],
)
