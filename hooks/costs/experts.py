"""Experts: how many rows each of them gets, how long a layer of them takes, and what a token sends to reach them.

专家：每个专家分到几行，一层专家要算多久，token 为了找它们要传多少数据。
"""

from hooks.formula.quantity import impossible, quantity


@quantity(
    "token",
    "Rows per expert",
    zh="每个专家分到的行数",
    source="Expected number under even routing",
)
def rows_per_expert(expert_batch, tokens_per_step, experts_per_token, experts):
    """Each token goes to a few of the experts, so an expert sees only that share of the tokens that pass together. Refuses a model without experts.

    每个 token 只去找几个专家，所以一起走的 token 里，一个专家只见得到这么大的一份。没有专家的模型不适用。
    """
    if experts > 0:
        return expert_batch * tokens_per_step * experts_per_token / experts
    return impossible("the model has no experts", zh="模型没有专家")


@quantity(
    "token",
    "Critical rows of a matrix",
    zh="矩阵的临界行数",
    source="Scaling Book, part 7; kipply, Transformer Inference Arithmetic",
)
def critical_rows(ridge_point, weight_width, flops_per_param):
    """With so many rows, multiplying by a matrix takes as long as reading it, be it an expert's or anybody's.

    行数到这么多，乘一个矩阵就和读它一样久，不管是专家的矩阵还是别的矩阵。
    """
    return ridge_point * weight_width / flops_per_param


@quantity("B/layer", "Experts read in a layer", zh="一层要读的专家")
def expert_layer_bytes(experts_touched, expert_bytes):
    """The routed experts of one layer that the batch touches.

    一层里被这个 batch 碰到的路由专家。
    """
    return experts_touched * expert_bytes


@quantity("FLOP/layer", "FLOPs of a layer's experts", zh="一层专家的 FLOPs")
def expert_layer_flops(batch, tokens_per_step, experts_per_token, expert_params, flops_per_param):
    """Every token meets as many routed experts as the router picks for it.

    路由器给每个 token 挑几个专家，它就乘几个。
    """
    return batch * tokens_per_step * experts_per_token * expert_params * flops_per_param


@quantity("s/layer", "Time of a layer's experts on one chip", zh="一层专家在一块卡上的时间")
def expert_layer_time(
    expert_layer_bytes,
    bandwidth,
    bandwidth_efficiency,
    expert_layer_flops,
    peak_flops,
    flops_efficiency,
    one_chip,
):
    """A chip that holds all experts of a layer reads those that are touched and multiplies by them, and the slower decides.

    一块卡装下一层的全部专家时，读碰到的专家、乘碰到的专家，慢的那个说了算。
    """
    return max(
        expert_layer_bytes / (one_chip * bandwidth * bandwidth_efficiency),
        expert_layer_flops / (one_chip * peak_flops * flops_efficiency),
    )


@quantity(
    "B/chip",
    "Weights that every chip keeps a copy of",
    zh="每块卡都存一份的权重",
    source="DeepSeek, inference system overview (2025)",
)
def copied_weights(core_bytes, tensor_parallel):
    """What every token passes, the routed experts apart: passengers stay with their caches, so each group of chips has its own attention. The table of embeddings, which is stored and only looked up, is not counted.

    除了路由专家，每个 token 都要走过的权重：乘客不离开自己的缓存，所以每组卡都有自己的一份 attention。只存着查一下的嵌入表不算在内。
    """
    return core_bytes / tensor_parallel


@quantity(
    "B/token/layer",
    "Bytes that a token exchanges with its experts",
    zh="一个 token 与它的专家来回传的字节",
    source="DeepEP, low-latency kernels",
)
def exchanged_bytes(copies, dispatch_copy_bytes, combine_copy_bytes):
    """One row out and one row back for each expert that the router picks.

    路由器挑中几个专家，就去几行、回几行。
    """
    return copies * (dispatch_copy_bytes + combine_copy_bytes)


@quantity("s/seq", "Reading the weights, for each sequence", zh="每条序列分摊的读权重时间")
def weights_time_each(weights_time, batch):
    """The fuel of the bus, split among those aboard.

    公交车的油，由全车人分摊。
    """
    return weights_time / batch
