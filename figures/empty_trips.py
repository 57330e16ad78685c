"""What a token costs, over arrivals: a machine that waits for requests is paid for all the same."""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=("Cost of a token", "每个 token 的成本"),
    over="arrival_rate",
    span=(0.01, 2),
    axis=("Requests per second", "每秒请求数"),
    ticks=(0.01, 0.1, 1),
    log="xy",
    unit="USD/Mtoken",
    decades=3,
    marks=[
        Line("load_cost", "ink", ("rent ÷ tokens", "租金 ÷ token 数")),
        Limit(
            "capacity_rate",
            ("full, prefill at {prefill_mfu}", "满载，prefill 按 {prefill_mfu}"),
        ),
    ],
)
