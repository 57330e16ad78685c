"""What a cut of the model sends, beside what it saves: the quantities by which cuts are compared.

切一刀要送什么，省下什么：拿来比较各种切法的几个量。
"""

from hooks.formula.quantity import choice, constant, field, quantity, setting

compared = choice(
    "measurements",
    "Measurement with more chips",
    zh="卡更多的那次实测",
    default="gptfast-l2-7b-tp8",
)
compared_speed = field(
    "compared",
    "speed",
    "token/s/seq",
    "Measured speed with more chips",
    zh="卡更多时的实测速度",
    each="seq",
    positive=True,
    high=1e9,
)
compared_ways = setting(
    "chip",
    "Ways of the measurement with more chips",
    zh="卡更多的那次切成几路",
    default=8,
    low=2,
    high=1_000_000,
    whole=True,
    why="The run that is compared was cut eight ways.",
    why_zh="拿来比的那次实测切了 8 路。",
)
planned_ways = setting(
    "chip",
    "Ways that nobody looked at yet",
    zh="要预言的路数",
    default=4,
    low=1,
    high=1_000_000,
    whole=True,
    why="Assumed: a number of chips between the two that were measured.",
    why_zh="假设：取两次实测之间的一个卡数。",
)

exchanges_per_layer = constant(
    "1/layer",
    1,
    "Exchanges per layer with experts",
    zh="每个带专家的层交换几回",
    why="An exchange is a dispatch and the combine that follows it.",
    why_zh="一去一回算一回交换。",
)


@quantity("s/layer", "Time to read a layer's matrices", zh="读一层矩阵的时间")
def layer_time(layer_params, weight_width, machine_bandwidth, bandwidth_efficiency):
    """The attention and FFN matrices of one layer, each chip reading its own share.

    一层的attention和FFN矩阵，各卡同时读自己那一份。
    """
    return layer_params * weight_width / (machine_bandwidth * bandwidth_efficiency)


@quantity("chip", "Ways at which waiting equals reading", zh="等待与读取打平的路数")
def waiting_ways(memory_time, chips, tensor_latency, launch_overhead):
    """One chip's reading, divided by what no cut shortens, sums and launches: cut that many ways, half of the step is waiting. Needs at least two ways.

    一块卡读完要多久，除以怎么切都不会变短的部分，也就是求和与启动：切成这么多份，一步就有一半在等。至少切成两份才有意义。
    """
    return memory_time * chips / (tensor_latency + launch_overhead)


@quantity(
    "B/chip/layer",
    "Bytes of an exchange per chip",
    zh="每块卡一回交换的字节",
    source="DeepEP, low-latency kernels",
)
def exchange_bytes(dispatch_bytes, combine_bytes):
    """What a chip sends to the experts of one layer, and what it sends back from its own.

    一层里，一块卡送给各专家的，加上自己的专家送还别人的。
    """
    return dispatch_bytes + combine_bytes


@quantity("s", "Exchanges of a step, at the measured time of one", zh="按实测算，一步的交换时间")
def measured_exchanges(measured_time, moe_layers, exchanges_per_layer):
    """Somebody measured one exchange, and every layer with experts needs one.

    有人测过一回交换要多久，带专家的层每层都要一回。
    """
    return measured_time * moe_layers * exchanges_per_layer


# Two runs of one model on different numbers of chips tell apart what a cut divides and what it leaves.


@quantity(
    "s·chip",
    "What a cut divides, from two runs",
    zh="由两次实测求出：切得动的部分",
)
def divided_time(measured_speed, compared_speed, tokens_per_step, chips, compared_ways):
    """Between the two runs only the divided part has changed, so their difference gives it, as one chip would need it.

    两次实测相差的只有切得动的那部分，由差就能求出它在一块卡上要多久。
    """
    return (tokens_per_step / measured_speed - tokens_per_step / compared_speed) / (
        1 / chips - 1 / compared_ways
    )


@quantity(
    "s",
    "What a cut leaves, from two runs",
    zh="由两次实测求出：切不动的部分",
)
def undivided_time(measured_speed, tokens_per_step, divided_time, chips):
    """The rest of the step: launches, sums and whatever every chip does by itself.

    一步里剩下的：启动kernel、求和，还有每块卡都得各做一遍的事。
    """
    return tokens_per_step / measured_speed - divided_time / chips


@quantity("s/layer", "What a cut leaves in each layer", zh="每层切不动的部分")
def undivided_per_layer(undivided_time, layers):
    """As if every layer left the same.

    按每层一样多来算。
    """
    return undivided_time / layers


@quantity(
    "token/s/seq",
    "Speed foretold from two runs",
    zh="由两次实测预言的速度",
)
def foretold_speed(tokens_per_step, divided_time, planned_ways, undivided_time):
    """The divided part for this many ways, and the rest as it is.

    切得动的部分按这个路数分，切不动的照旧。
    """
    return tokens_per_step / (divided_time / planned_ways + undivided_time)
