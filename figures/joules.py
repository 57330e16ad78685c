"""Expected energy of a token over the readers of a batch."""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Energy of a token, expected", "一个 token 的能耗（预计）"),
    over="batch",
    span=(1, 30),
    ticks=(1, 10, 20, 30),
    axis=("Readers aboard", "车上人数"),
    unit="J/token",
    height=200,
    marks=[Line("expected_token_energy", "weights", ("joules", "焦耳"))],
)
