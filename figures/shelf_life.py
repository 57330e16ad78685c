"""For how long a prompt's cache is worth keeping, over the prompt's length."""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Worth keeping for", "值得留多久"),
    over="prompt",
    span=(2048, 1048576),
    axis=("Prompt in tokens", "prompt（token）"),
    ticks=(2048, 16384, 131072, 1048576),
    log="xy",
    unit="h",
    decades=5,
    height=240,
    marks=[
        Line(
            "break_even_life(tier_price=0.00005 USD/GB/h)",
            "network",
            ("disk", "硬盘"),
        ),
        Line("break_even_life", "kv", ("main memory", "内存")),
    ],
)
