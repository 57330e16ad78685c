"""Weights: the bytes a model occupies, and those that one decode step has to read.

权重：模型占多少字节，一步decode要读其中多少。
"""

from hooks.formula.quantity import power, quantity


@quantity("B", "Weights", zh="权重大小")
def weight_bytes(params, weight_width):
    """Every parameter is stored once.

    每个参数存一份。
    """
    return params * weight_width


@quantity(
    "expert/layer",
    "Experts touched by a batch",
    zh="一个 batch 碰到的专家数",
    source="Expected distinct experts under uniform, independent routing",
)
def experts_touched(experts, experts_per_token, batch):
    """Each sequence leaves an expert untouched with chance 1 − k/E, so few experts escape a large batch.

    每条序列有 1 − k/E 的可能不碰某个专家，batch 一大，几乎没有专家能闲着。
    """
    if experts > 0:
        return experts * (1 - power(1 - experts_per_token / experts, batch))
    return 0


@quantity("B", "Weights read per step", zh="每步读取的权重")
def weights_read(core_params, moe_layers, experts_touched, expert_params, weight_width):
    """A step walks through all weights but the input embedding, a lookup, and the experts that nobody chose.

    一步要走完全部权重，只跳过查表的输入 embedding 和没人选中的专家。
    """
    return (core_params + moe_layers * experts_touched * expert_params) * weight_width


@quantity("B/chip", "Weights per chip", zh="每块卡的权重")
def weights_per_chip(weight_bytes, chips):
    """The weights are cut evenly across the chips.

    权重平均切到各块卡上。
    """
    return weight_bytes / chips
