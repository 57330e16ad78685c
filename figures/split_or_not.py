"""What a machine takes in over the promised gap: where it does both, and in two pools."""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=(
        "Intake, first token in {ttft_target}",
        "平均每台机器能接多少，首 token 不超过 {ttft_target}",
    ),
    over="tpot_target",
    span=(20, 100),
    ticks=(20, 40, 60, 80, 100),
    axis=("Gap promised, ms a token", "承诺的间隔（ms/token）"),
    unit="request/s",
    height=240,
    marks=[
        Line("split_rate", "network", ("two pools", "分成两个池")),
        Line("promised_rate", "weights", ("both jobs", "两样都干")),
    ],
)
