"""Gaps: what a measured step took beyond its bytes, and how much of it has a name.

缺口：实测的一步比读字节多花了多少，其中有名有姓的又有多少。
"""

from hooks.formula.quantity import impossible, quantity, setting

layer_pause = setting(
    "µs/layer",
    "Pause of a layer",
    zh="每层的停顿",
    default=46,
    low=0,
    high=1_000_000,
    why="What vLLM's line for Llama 3.1 8B on an H100 leaves over when the bytes, at nine tenths of the bandwidth, have been taken off, dealt out over its layers and rounded.",
    why_zh="vLLM 在 H100 上跑 Llama 3.1 8B 的那条直线，扣掉按九成带宽读字节的时间，剩下的摊到每一层，取整。",
)
layer_sum = setting(
    "µs",
    "Sum over the cards of a node, as measured",
    zh="一台机器各卡之间求和一次，实测",
    default=5.6,
    low=0,
    high=1_000_000,
    why="NVIDIA's measurement of vLLM's own kernel, 16 KiB among eight H100s.",
    why_zh="NVIDIA 测的 vLLM 自带 kernel：八块 H100，16 KiB。",
)


@quantity("s", "What the weights' bytes don't explain", zh="读权重解释不了的时间")
def pause_time(measured_time, weights_time):
    """A measured step without context, less the reading of its weights. Refuses a measurement that its own floor exceeds.

    上下文为零的一步实测时间，扣掉读权重。实测比自己的下限还短的，不适用。
    """
    if measured_time < weights_time:
        return impossible(
            "measured {measured_time:ms}, and reading the weights alone takes {weights_time:ms}",
            zh="实测 {measured_time:ms}，光读权重就要 {weights_time:ms}",
        )
    return measured_time - weights_time


@quantity("s/layer", "The same, for each layer", zh="摊到每一层")
def pause_per_layer(pause_time, layers):
    """As if every layer paused alike.

    按每层停得一样久来算。
    """
    return pause_time / layers


@quantity("s", "Pauses of all layers", zh="各层停顿之和")
def layer_pauses(layers, layer_pause):
    """All that a layer waits is counted as one pause, and pauses go by the number of layers, not by their size.

    一层里所有的等待合起来算一回停顿；停多久看有几层，不看一层有多大。
    """
    return layers * layer_pause


@quantity("s", "Sums of all layers, as measured", zh="各层求和之和，按实测")
def layer_sums(collectives, layer_sum):
    """Every sum of the step at the measured time of one.

    一步里的每次求和，都按实测的一次算。
    """
    return collectives * layer_sum


@quantity("s", "Step whose parts have names", zh="有名有姓的一步")
def named_step(memory_time, layer_pauses, layer_sums):
    """Bytes at the share of the bandwidth that is reached, pauses and sums.

    按实际达到的带宽读字节，加上停顿与求和。
    """
    return memory_time + layer_pauses + layer_sums


@quantity("s", "Step of the measured reader", zh="实测用户的一步")
def measured_step(tokens_per_step, measured_speed):
    """A reader's token takes one over their speed.

    一个用户的一个 token，花的时间是速度的倒数。
    """
    return tokens_per_step / measured_speed


@quantity("s", "What has no name yet", zh="还叫不出名字的部分")
def unnamed_time(measured_step, named_step):
    """The measured step, less all that has a name. Refuses a step that is shorter than its names.

    实测的一步，扣掉所有叫得出名字的部分。名目加起来比实测还长的，不适用。
    """
    if measured_step < named_step:
        return impossible(
            "measured {measured_step:ms}, and what has a name comes to {named_step:ms}",
            zh="实测 {measured_step:ms}，叫得出名字的已经有 {named_step:ms}",
        )
    return measured_step - named_step
