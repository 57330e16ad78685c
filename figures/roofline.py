"""The roofline of a step's matrices: batching climbs the slope up to the flat roof."""

from hooks.pictures.chart import Chart, Dot, Limit, Roof

chart = Chart(
    title=(
        "Attainable rate of the matrices",
        "矩阵的可达算力",
    ),
    over="matrices_intensity",
    span=(1, 10000),
    axis=("FLOPs per byte read", "每读一个字节做的 FLOPs"),
    log="xy",
    unit="TFLOP/s",
    decades=4,
    marks=[
        Roof("machine_flops", "machine_bandwidth", "compute", ("the roof", "屋顶")),
        *[
            Dot(
                f"attainable_flops(batch={batch})",
                f"matrices_intensity(batch={batch})",
                "ink",
                (f"batch {batch}", f"batch {batch}"),
            )
            for batch in (1, 8, 64, 512)
        ],
        Limit("ridge_point", ("ridge point", "ridge point")),
    ],
)
