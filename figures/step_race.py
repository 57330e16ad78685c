"""Time of a decode step over the batch: flat while the weights decide, then climbing with the
cache.
"""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=("Time of one decode step", "一步 decode 的时间"),
    over="batch",
    span=(1, 1024),
    axis=("Batch", "batch"),
    log="xy",
    unit="ms",
    decades=4,
    marks=[
        Line("weights_time", "weights", ("read weights", "读权重")),
        Line("kv_time", "kv", ("read KV cache", "读 KV cache")),
        Line("compute_time", "compute", ("arithmetic", "算术")),
        Line("decode_step", "ink", ("the step", "这一步")),
        Limit("max_batch", ("memory full", "显存放满")),
    ],
)
