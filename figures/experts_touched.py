"""Which share of the experts a batch touches: a small model's few are all awake long before a large
one's many.
"""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Experts that a step must read", "一步要读的专家"),
    over="batch",
    span=(1, 1024),
    axis=("Batch", "batch"),
    log="x",
    unit="%",
    marks=[
        Line(
            "experts_touched(model=mixtral-8x7b) / experts(model=mixtral-8x7b)",
            "weights",
            ("Mixtral 8x7B", "Mixtral 8x7B"),
        ),
        Line(
            "experts_touched(model=deepseek-v3) / experts(model=deepseek-v3)",
            "compute",
            ("DeepSeek-V3", "DeepSeek-V3"),
        ),
    ],
)
