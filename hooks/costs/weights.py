"""Weights: the bytes a model occupies, and those that one decode step has to read.

权重：模型占多少字节，一步decode要读其中多少。
"""

from hooks.formula.quantity import power, quantity


@quantity("B", "Weights outside the experts", zh="专家之外的权重")
def core_bytes(
    core_params,
    weight_width,
    attention_width,
    ffn_group_width,
    head_width,
    shared_ffn_params,
    embedding_params,
):
    """A recipe that stores groups of tensors in formats of their own has a width for each: what is neither FFN nor LM head has attention's.

    有的方案给每组张量各配一种格式，也就各有一个宽度：既不属于 FFN、也不属于 LM head 的，按 attention 的宽度算。
    """
    if attention_width > 0:
        return (
            (core_params - shared_ffn_params - embedding_params) * attention_width
            + shared_ffn_params * ffn_group_width
            + embedding_params * head_width
        )
    return core_params * weight_width


@quantity("B/expert", "Weights of an expert in one layer", zh="一个专家在一层里的权重")
def expert_bytes(expert_params, weight_width, routed_width):
    """Its matrices, in the format of the weights, or in that of the experts where a recipe has one.

    它的那几个矩阵，按权重的格式存；方案里专家另有格式的，按专家的格式。
    """
    if routed_width > 0:
        return expert_params * routed_width
    return expert_params * weight_width


@quantity("B", "Bytes of the tables that are looked up", zh="只用来查的表的字节数")
def input_embedding_bytes(input_embedding_params, weight_width, table_width):
    """The input embedding is stored, and a step reads only a row of it for each token.

    输入 embedding 也要存，但一步里每个 token 只读它的一行。
    """
    if table_width > 0:
        return input_embedding_params * table_width
    return input_embedding_params * weight_width


@quantity("B", "Weights", zh="权重大小")
def weight_bytes(
    params,
    weight_width,
    attention_width,
    core_bytes,
    input_embedding_bytes,
    moe_layers,
    experts,
    expert_bytes,
):
    """Every parameter is stored once; where groups of tensors have formats of their own, group by group.

    每个参数存一份；各组张量格式不同的，逐组相加。
    """
    if attention_width > 0:
        return core_bytes + input_embedding_bytes + moe_layers * experts * expert_bytes
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
def weights_read(core_bytes, moe_layers, experts_touched, expert_bytes):
    """A step walks through all weights but the input embedding, a lookup, and the experts that nobody chose.

    一步要走完全部权重，只跳过查表的输入 embedding 和没人选中的专家。
    """
    return core_bytes + moe_layers * experts_touched * expert_bytes


@quantity("B/chip", "Weights per chip", zh="每块卡的权重")
def weights_per_chip(weight_bytes, chips):
    """The weights are cut evenly across the chips.

    权重平均切到各块卡上。
    """
    return weight_bytes / chips
