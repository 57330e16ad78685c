"""What lies in each chip's memory: the more chips share the weights, the more room is left for
notebooks.
"""

from hooks.pictures.chart import Bar, Chart, Part

FIT = ("{max_batch:seq}", "{max_batch:seq}")

chart = Chart(
    title=("Memory of each chip", "每块卡的显存"),
    unit="GB",
    bars=[
        Bar(("1 chip", "1 块卡"), "chips=1", FIT),
        Bar(("2 chips", "2 块卡"), "chips=2", FIT),
        Bar(("4 chips", "4 块卡"), "chips=4", FIT),
    ],
    marks=[
        Part("weights_per_chip", "weights", ("weights", "权重")),
        Part("engine_memory", "kv", ("room for the KV cache", "留给 KV cache"), up_to=True),
        Part("visible_memory", "ink", ("margin", "余量"), up_to=True),
    ],
)
