"""What a step of the scenario waits for, part by part, beside a step with one sequence."""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("What a step waits for, at best", "一步在等什么（下限）"),
    unit="ms",
    bars=[
        Bar(
            ("batch {batch}", "batch 为 {batch}"),
            "",
            (
                "{decode_step:ms}, expect {expected_step:ms}",
                "{decode_step:ms}，预期 {expected_step:ms}",
            ),
        ),
    ],
    marks=[
        Part("weights_time", "weights", ("weights", "权重")),
        Part("kv_time", "kv", ("cache", "缓存")),
        Part("bare_arithmetic", "compute", ("FLOPs", "算术")),
        Part("collective_wait", "network", ("chips", "卡间")),
        Part("launch_overhead", "quiet", ("launches", "启动")),
    ],
)
