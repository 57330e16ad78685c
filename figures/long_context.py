"""What one token makes the machine read, over the context: the weights stay, the conversation
grows.
"""

from hooks.pictures.chart import Area, Chart

chart = Chart(
    title=("Read for one token", "写一个 token 要读的"),
    over="context",
    span=(2048, 131072),
    axis=("Context in tokens", "上下文 token 数"),
    ticks=(2048, 8192, 32768, 131072),
    log="x",
    unit="GB",
    height=250,
    marks=[
        Area("weights_read", "weights", ("weights", "权重")),
        Area("kv_bytes", "kv", ("the conversation", "这段对话")),
    ],
)
