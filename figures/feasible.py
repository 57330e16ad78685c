"""How many readers may be aboard a machine, over the number of its cards: three limits, what lies
below all of them, and the cheapest machine.
"""

from hooks.pictures.chart import Best, Chart, Line, Region

chart = Chart(
    title=("Readers aboard on average, at most", "平均最多能坐多少人"),
    over="chips",
    span=(1, 8),
    axis=("Cards of a machine", "一台机器几块卡"),
    ticks=(1, 2, 4, 8),
    log="xy",
    decades=3,
    height=260,
    marks=[
        Region("promised_crowd", "network"),
        Line("memory_crowd", "kv", ("memory", "显存")),
        Line("first_token_crowd", "compute", ("first token", "首 token")),
        Line("gap_crowd", "weights", ("between tokens", "token 间隔")),
        Best("promised_crowd", "promised_cost", (1, 2, 4, 8), "ink", ("cheapest", "最便宜")),
    ],
)
