"""What the scenario puts into the memory of each chip, beside the room that there is."""

from hooks.pictures.chart import Bar, Chart, Part

EMPTY = "weights_per_chip=0 B, cache_per_chip=0 B, activation_memory=0"

chart = Chart(
    title=("Memory of each chip", "每块卡的显存"),
    unit="GB",
    bars=[
        Bar(("a chip, empty", "空卡"), EMPTY, ("{engine_memory:GB}", "{engine_memory:GB}")),
        Bar(
            ("batch {batch}", "batch 为 {batch}"),
            "",
            ("largest batch: {max_batch}", "最大 batch：{max_batch}"),
        ),
    ],
    marks=[
        Part("weights_per_chip", "weights", ("weights", "权重")),
        Part("cache_per_chip", "kv", ("cache", "缓存")),
        Part("activation_memory", "compute", ("workspace", "工作区")),
        Part("engine_memory", "quiet", ("free", "空闲"), up_to=True),
        Part("visible_memory", "faint", ("margin", "余量"), up_to=True),
    ],
)
