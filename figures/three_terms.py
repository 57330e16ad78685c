"""What a token costs, over the batch: the fuel is shared, the notebook and the prompt are not."""

from hooks.pictures.chart import Area, Chart, Limit

chart = Chart(
    title=("Cost of a token", "每个 token 的成本"),
    over="batch",
    span=(1, 64),
    axis=("Batch", "batch"),
    ticks=(1, 4, 16, 64),
    log="x",
    unit="USD/Mtoken",
    height=260,
    marks=[
        Area("prompt_cost", "compute", ("prompt", "prompt")),
        Area("kv_cost", "kv", ("KV cache", "KV cache")),
        Area("weights_cost", "weights", ("weights", "权重")),
        Limit("max_batch", ("memory full", "显存放满")),
    ],
)
