"""A layer of experts over the tokens that pass together: once all are awake, many more tokens take
hardly longer.
"""

from hooks.pictures.chart import Chart, Dot, Line

RUNS = (1, 8, 32, 128, 512, 2048, 4096, 8192)

chart = Chart(
    title=("Time of one layer's experts", "一层专家的时间"),
    over="batch",
    span=(1, 16384),
    axis=("Tokens that pass together", "一起走的 token 数"),
    ticks=(1, 32, 512, 8192),
    log="xy",
    unit="ms",
    decades=3,
    own_point=False,
    marks=[
        Line(
            "expert_layer_time(model=deepseek-v3, accelerator=h100-sxm, precision=fp8)",
            "weights",
            ("our floor", "我们的下限"),
        ),
        *(
            Dot(
                f"measured_time(measurement=aic-dsv3-layer-h100-{run})",
                f"batch(batch={run})",
                "ink",
                ("measured", "实测") if run == 32 else ("", ""),
            )
            for run in RUNS
        ),
    ],
)
