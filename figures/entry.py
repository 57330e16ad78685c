"""What reading a prompt takes, over its length: the matrices' line, the square of looking back."""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Time to read a prompt", "读完一段 prompt 的时间"),
    over="prompt",
    span=(2048, 1048576),
    axis=("Prompt in tokens", "prompt（token）"),
    ticks=(2048, 16384, 131072, 1048576),
    log="xy",
    unit="s",
    decades=5,
    height=260,
    marks=[
        Line("prefill_time", "ink", ("both", "合计")),
        Line("prefill_matmul_time", "weights", ("matrices", "矩阵")),
        Line("prefill_attention_time", "kv", ("looking back", "回看")),
    ],
)
