"""What each reader gets over the batch: beside the first sweep of the calculator, over the same
field.
"""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=("Speed for one reader", "单个用户的速度"),
    over="batch",
    span=(1, 1024),
    axis=("Batch", "batch"),
    ticks=(1, 8, 64, 512),
    log="xy",
    decades=4,
    marks=[
        Line("user_speed", "faint", ("", "")),
        Line("user_speed", "compute", ("ceiling", "上限")),
        Line("expected_user_speed", "ink", ("expect", "预期")),
        Limit("max_batch", ("memory full", "显存放满")),
    ],
)
