"""The roofline of a decode step: at short context, batching climbs the slope up to the flat roof."""

from hooks.pictures.chart import Chart, Dot, Limit, Roof

chart = Chart(
    title=(
        "Attainable rate at {context(context=256):token} of context",
        "上下文 {context(context=256):token} 时的可达算力",
    ),
    over="step_intensity",
    span=(1, 10000),
    axis=("FLOPs per byte read", "每读一个字节做的 FLOPs"),
    log="xy",
    unit="TFLOP/s",
    decades=4,
    marks=[
        Roof("machine_flops", "machine_bandwidth", "compute", ("the roof", "屋顶")),
        *[
            Dot(
                f"attainable_flops(batch={batch}, context=256)",
                f"step_intensity(batch={batch}, context=256)",
                "ink",
                (f"batch {batch}", f"batch {batch}"),
            )
            for batch in (1, 8, 64, 512)
        ],
        Limit("ridge_point", ("ridge point", "ridge point")),
    ],
)
