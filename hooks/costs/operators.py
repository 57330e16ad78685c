"""Operators: where every parameter, byte and FLOP of a model lies, one operator of the block at a time.

算子：模型的每个参数、每个字节、每次运算都落在哪里，一个算子一个算子地数。
"""

from hooks.formula.quantity import choice, field, quantity

operator = choice("operators", "Operator", zh="算子", default="projections")

part = field(
    "operator",
    "part",
    "word",
    "What the operator is counted as",
    zh="这个算子按什么计",
    words=(
        "table",
        "norm",
        "projection",
        "scores",
        "values",
        "output",
        "up",
        "down",
        "experts",
        "stack",
        "head",
        "loop",
        "nothing",
    ),
)
reads = field(
    "operator",
    "reads",
    "word",
    "What the operator reads",
    zh="这个算子读什么",
    words=("attention", "ffn", "head", "cache", "nothing"),
)


@quantity("param", "Output projections of all layers", zh="各层输出投影的参数量")
def stacked_output_params(
    hidden,
    heads,
    head_dim,
    value_dim,
    output_rank,
    output_groups,
    attention_layers,
    window_layers,
    window_heads,
    window_head_dim,
    window_value_dim,
    linear_layers,
    linear_heads,
    linear_value_dim,
    linear_rows,
):
    """The last matrix of every attention, from its heads back to the row: a sum over the kinds of layers, where a model has several.

    每个 attention 的最后一个矩阵，把各个头的结果变回那一行；模型有几种层时，按种类相加。
    """
    if output_rank > 0:
        return attention_layers * (
            heads * value_dim * output_rank + output_groups * output_rank * hidden
        )
    if window_value_dim > 0:
        return hidden * (
            (attention_layers - window_layers) * heads * value_dim
            + window_layers * window_heads * window_value_dim
            + linear_layers * linear_heads * linear_value_dim * linear_rows
        )
    if window_heads > 0:
        return hidden * (
            (attention_layers - window_layers) * heads * head_dim
            + window_layers * window_heads * window_head_dim
            + linear_layers * linear_heads * linear_value_dim * linear_rows
        )
    if value_dim > 0:
        return hidden * (
            attention_layers * heads * value_dim
            + linear_layers * linear_heads * linear_value_dim * linear_rows
        )
    return hidden * (
        attention_layers * heads * head_dim
        + linear_layers * linear_heads * linear_value_dim * linear_rows
    )


@quantity("param/layer", "Router of a layer with experts", zh="带专家的层的路由器")
def router_params(experts, router_rows, hidden, latents_per_layer, expert_latent):
    """A row of scores for each expert; where experts work in a latent, the way in and the way out too.

    给每个专家打分的一行；专家若在潜空间里工作，再加一进一出两个投影。
    """
    return experts * router_rows * hidden + 2 * latents_per_layer * hidden * expert_latent


@quantity("param", "FFN matrices that every token meets", zh="每个 token 都经过的 FFN 矩阵")
def common_ffn_params(shared_ffn_params, moe_layers, router_params):
    """Dense FFNs and shared experts, without the routers.

    稠密 FFN 和共享专家，不含路由器。
    """
    return shared_ffn_params - moe_layers * router_params


@quantity("1", "Part of the cache that is keys", zh="缓存里 key 占的一份")
def key_part(kv_rank, value_dim, head_dim):
    """Keys and values share the cache by their widths. A latent is read once, with the keys, and serves as both.

    key 与 value 按宽度分缓存。潜向量只读一遍，算在 key 里，两头都用它。
    """
    if kv_rank > 0:
        return 1
    if value_dim > 0:
        return head_dim / (head_dim + value_dim)
    return 1 / 2


@quantity("1", "Part of attention's work that is scores", zh="attention 的运算里打分占的一份")
def score_part(kv_rank, shared_heads, rope_dim, value_dim, head_dim):
    """A decoded token scores keys of one width and weighs values of another; MLA does both in its latent, with the position beside the keys.

    decode 时给 key 打分，再给 value 加权，两者宽度不一定相同；MLA 都在潜空间里做，key 另带一段位置。
    """
    if kv_rank > 0:
        return (kv_rank / shared_heads + rope_dim) / (2 * kv_rank / shared_heads + rope_dim)
    if value_dim > 0:
        return head_dim / (head_dim + value_dim)
    return 1 / 2


@quantity(
    "1", "Part of a prefill's attention that is scores", zh="prefill 的 attention 里打分占的一份"
)
def prompt_score_part(kv_rank, nope_dim, rope_dim, value_dim, head_dim):
    """As while decoding, but that MLA unfolds its latent into ordinary heads.

    与 decode 相同，只是 MLA 会把潜向量展开成普通的头。
    """
    if kv_rank > 0:
        return (nope_dim + rope_dim) / (nope_dim + rope_dim + value_dim)
    if value_dim > 0:
        return head_dim / (head_dim + value_dim)
    return 1 / 2


@quantity(
    "param", "Parameters that a token meets in an operator", zh="token 在一个算子里碰到的参数"
)
def operator_met(
    part,
    layers,
    norm_params,
    final_norm_rows,
    hidden,
    stacked_attention_params,
    stacked_output_params,
    common_ffn_params,
    ffn_matrices,
    moe_layers,
    router_params,
    experts_per_token,
    expert_params,
    per_layer_width,
    embedding_params,
):
    """The operator in all layers together, and of experts the few that the router picks. Nothing where the operator has no parameters, or only looks them up.

    各层的这个算子加在一起；专家只算路由器挑中的几个。没有参数，或者只查表的算子，记作零。
    """
    if part == "norm":
        return layers * norm_params + final_norm_rows * hidden
    if part == "projection":
        return stacked_attention_params - stacked_output_params
    if part == "output":
        return stacked_output_params
    if part == "up":
        return common_ffn_params * (ffn_matrices - 1) / ffn_matrices
    if part == "down":
        return common_ffn_params / ffn_matrices
    if part == "experts":
        return moe_layers * (router_params + experts_per_token * expert_params)
    if part == "stack":
        return 3 * layers * hidden * per_layer_width
    if part == "head":
        return embedding_params
    return 0


@quantity("param", "Parameters of an operator", zh="一个算子的参数量")
def operator_params(
    part, operator_met, input_embedding_params, moe_layers, router_params, experts, expert_params
):
    """What is stored for it: all experts, and the table that is only looked up.

    为它存下的全部参数：所有的专家，还有只用来查的那张表。
    """
    if part == "table":
        return input_embedding_params
    if part == "experts":
        return moe_layers * (router_params + experts * expert_params)
    return operator_met


@quantity("B/param", "Width of an operator's weights", zh="一个算子的权重宽度")
def operator_width(reads, weight_width, attention_width, ffn_group_width, head_width):
    """That of their group of tensors, where the recipe gives each group its own; routers go with the FFN, norms with attention.

    看它们属于哪一组张量：配方给每组各定一个宽度，路由器随 FFN，归一化随 attention；没有分组的，只有一个宽度。
    """
    if attention_width > 0:
        if reads == "ffn":
            return ffn_group_width
        if reads == "head":
            return head_width
        return attention_width
    return weight_width


@quantity(
    "B", "Weights of an operator that a step walks through", zh="一步要走过的、一个算子的权重"
)
def operator_weights(
    part, operator_met, operator_width, moe_layers, router_params, experts_touched, expert_bytes
):
    """Its parameters in the format of their group, and of experts those that the batch touches. A row looked up in a table is too little to count.

    它的参数，按所在那一组张量的格式；专家只算这个 batch 碰到的。查表取的一行太小，不计。
    """
    if part == "experts":
        return moe_layers * (router_params * operator_width + experts_touched * expert_bytes)
    return operator_met * operator_width


@quantity("B", "Bytes that an operator reads in a step", zh="一个算子一步要读的字节")
def operator_bytes(part, operator_weights, kv_bytes, key_part):
    """Its weights; for attention's two products their share of everybody's cache, the state of linear layers included.

    它的权重；attention 的两次乘法读的是所有人的缓存，各读自己那一份，线性层的状态也在内。
    """
    if part == "scores":
        return key_part * kv_bytes
    if part == "values":
        return (1 - key_part) * kv_bytes
    return operator_weights


@quantity("FLOP", "FLOPs of an operator in a step", zh="一个算子一步的 FLOPs")
def operator_flops(
    part,
    operator_met,
    batch,
    tokens_per_step,
    flops_per_param,
    decode_attention_flops,
    score_part,
):
    """Every row pays a multiply and an add for each parameter it meets; attention's products grow with the context instead.

    每一行每碰到一个参数，就是一次乘、一次加；attention 的两次乘法则随上下文增长。
    """
    if part == "scores":
        return batch * tokens_per_step * score_part * decode_attention_flops
    if part == "values":
        return batch * tokens_per_step * (1 - score_part) * decode_attention_flops
    return batch * tokens_per_step * flops_per_param * operator_met


@quantity("s", "Time to read an operator's bytes", zh="读完一个算子的字节要的时间")
def operator_read_time(operator_bytes, machine_bandwidth, bandwidth_efficiency):
    """At the share of the bandwidth that kernels reach.

    按 kernel 实际能达到的带宽读。
    """
    return operator_bytes / (machine_bandwidth * bandwidth_efficiency)


@quantity("s", "Time to compute an operator's FLOPs", zh="做完一个算子的运算要的时间")
def operator_work_time(operator_flops, machine_flops, flops_efficiency):
    """At the share of the peak that kernels reach.

    按 kernel 实际能达到的算力算。
    """
    return operator_flops / (machine_flops * flops_efficiency)


@quantity("s", "Time of an operator in a step, at least", zh="一个算子一步至少要的时间")
def operator_time(
    part,
    reads,
    operator_read_time,
    operator_work_time,
    weights_time,
    matmul_time,
    kv_time,
    attention_compute_time,
    step_overhead,
):
    """Its part of the clock that decides: bytes where the matrices, or attention, wait for bytes, and FLOPs where they wait for arithmetic. Launches and collectives go to the loop, so that all operators add up to the decode step.

    决定快慢的是哪块秒表，就按哪块分给它：矩阵或 attention 在等字节，就按字节，在等算术，就按 FLOPs。启动与集合通信记在循环名下，所有算子加起来正好是一步 decode。
    """
    if part == "loop":
        return step_overhead
    if reads == "nothing":
        return 0
    if reads == "cache":
        if kv_time >= attention_compute_time:
            return operator_read_time
        return operator_work_time
    if weights_time >= matmul_time:
        return operator_read_time
    return operator_work_time


@quantity("%", "Share of a decode step", zh="占一步 decode 的比例")
def operator_share(operator_time, decode_step):
    """Of the floor of the step.

    占的是一步的下限。
    """
    return operator_time / decode_step


@quantity("FLOP/seq", "FLOPs of an operator in a prefill", zh="prefill 时一个算子的 FLOPs")
def operator_prompt_flops(
    part, operator_met, flops_per_param, prompt, prefill_attention_flops, prompt_score_part
):
    """A whole prompt of rows at once, where attention's products grow with its square. All rows pass the LM head, as in the prompt's total, though an engine may score the last one alone.

    整个 prompt 的行一起走；attention 的两次乘法随它的平方增长。跟整个 prompt 的总数一样，LM head 按每一行记，其实引擎可以只给最后一行打分。
    """
    if part == "scores":
        return prompt_score_part * prefill_attention_flops
    if part == "values":
        return (1 - prompt_score_part) * prefill_attention_flops
    return flops_per_param * operator_met * prompt


@quantity("B", "Weights of an operator", zh="一个算子的权重")
def operator_stored(
    part,
    operator_weights,
    input_embedding_bytes,
    operator_width,
    moe_layers,
    router_params,
    experts,
    expert_bytes,
):
    """All that is stored for it. A long prompt walks through nearly all of it, for among so many rows hardly an expert goes unchosen.

    为它存下的全部权重。prompt 一长，几乎要整个走一遍：行这么多，没人选的专家剩不下几个。
    """
    if part == "table":
        return input_embedding_bytes
    if part == "experts":
        return moe_layers * (router_params * operator_width + experts * expert_bytes)
    return operator_weights


@quantity(
    "B",
    "Bytes that an operator reads in a prefill, at least",
    zh="prefill 时一个算子至少要读的字节",
)
def operator_prompt_bytes(part, operator_stored, prompt_cache, key_part, one_sequence):
    """Its weights once for all rows of the prompt; attention's products read the prompt's own keys and values at least once. A row looked up in a table is too little to count.

    整个 prompt 的行合走一遍它的权重；attention 的两次乘法，至少把这个 prompt 自己的 key 和 value 读一遍。查表取的那些行太小，不计。
    """
    if part == "scores":
        return key_part * prompt_cache * one_sequence
    if part == "values":
        return (1 - key_part) * prompt_cache * one_sequence
    if part == "table":
        return 0
    return operator_stored


@quantity("B", "Bytes that a prefill reads, at least", zh="一次 prefill 至少要读的字节")
def prefill_bytes(weight_bytes, input_embedding_bytes, prompt_cache, one_sequence):
    """All weights once, but for the table that is only looked up, and the prompt's own keys and values at least once.

    权重走一遍，只用来查的那张表除外；再把这个 prompt 自己的 key 和 value 至少读一遍。
    """
    return weight_bytes - input_embedding_bytes + prompt_cache * one_sequence


@quantity("s/seq", "Time of an operator in a prefill", zh="prefill 时一个算子的时间")
def operator_prompt_time(operator_prompt_flops, machine_flops, prefill_mfu):
    """A prompt waits for arithmetic: its FLOPs at the rate that real kernels reach.

    读 prompt 等的是算术：按实际 kernel 能跑到的算力做完它的运算。
    """
    return operator_prompt_flops / (machine_flops * prefill_mfu)


@quantity("%", "Share of a prefill", zh="占一次 prefill 的比例")
def operator_prompt_share(operator_prompt_time, prefill_time):
    """Of the time that the prompt takes.

    占的是读完这个 prompt 的时间。
    """
    return operator_prompt_time / prefill_time
