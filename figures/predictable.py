"""Tokens that a check yields, over the share of guesses that hold: the last few percent are worth
the most.
"""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Tokens a check, with four guesses", "先猜四个，一次验证得几个 token"),
    over="acceptance",
    span=(0, 100),
    axis=("Guesses that hold, %", "猜中的比例，%"),
    ticks=(0, 25, 50, 75, 100),
    height=250,
    marks=[Line("expected_tokens", "compute", ("tokens a check", "每次验证"))],
)
