"""What a token costs over the batch: what the calculator draws until a reader chooses others."""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=("Cost of a token", "每个 token 的成本"),
    over="batch",
    span=(1, 1024),
    axis=("Batch", "batch"),
    ticks=(1, 8, 64, 512),
    log="xy",
    unit="USD/Mtoken",
    decades=4,
    marks=[
        Line("token_cost", "faint", ("", "")),
        Line("token_cost", "compute", ("floor", "下限")),
        Line("expected_token_cost", "ink", ("expect", "预期")),
        Limit("max_batch", ("memory full", "显存放满")),
    ],
)
