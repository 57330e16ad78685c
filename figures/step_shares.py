"""What a decode step consists of, operator by operator, for more and more readers: the weights'
operators shrink, the two products of attention grow. All of them fit on the atlas's machine, which
a claim on its page holds to.
"""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("Share of a decode step", "占一步 decode 的比例"),
    unit="%",
    bars=[
        Bar(("1 reader", "1 个用户"), "batch=1"),
        Bar(("8 readers", "8 个用户"), "batch=8"),
        Bar(("24 readers", "24 个用户"), "batch=24"),
    ],
    marks=[
        Part("operator_share(operator=gate-up)", "weights", ("up", "up")),
        Part("operator_share(operator=down)", "weights", ("down", "down")),
        Part("operator_share(operator=experts)", "network", ("MoE", "MoE")),
        Part("operator_share(operator=projections)", "compute", ("QKV", "QKV")),
        Part("operator_share(operator=output)", "compute", ("O", "O")),
        Part("operator_share(operator=scores)", "kv", ("K", "K")),
        Part("operator_share(operator=values)", "kv", ("V", "V")),
    ],
)
