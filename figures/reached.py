"""The share of its floor that every measured run of one reader reached: the shorter the step should
be, the smaller the share.
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
        Scores(
            "alone",
            "dot",
            "weights",
            ("one reader", "单个用户"),
            names=(("trt-mtp-r1-b200x8-fp4-d0", ("R1", "R1")),),
        ),
    ],
)
