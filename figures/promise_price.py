"""What a token costs under a promise, over the promised gap, on machines of two, four and eight
cards: whose line is lowest depends on the promise.
"""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Cost of a token, prompts included", "一个 token 的成本，含 prompt"),
    over="tpot_target",
    span=(20, 120),
    axis=("Promised gap between tokens, ms", "承诺的 token 间隔（ms）"),
    ticks=(20, 30, 50, 80, 120),
    log="xy",
    decades=2,
    unit="USD/Mtoken",
    height=260,
    marks=[
        Line("promised_cost(chips=2)", "weights", ("2 cards", "2 块卡")),
        Line("promised_cost(chips=4)", "compute", ("4 cards", "4 块卡")),
        Line("promised_cost(chips=8)", "network", ("8 cards", "8 块卡")),
    ],
)
