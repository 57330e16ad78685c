"""Parameters: how many numbers a model is, from its configuration.

参数量：照着配置，数出一个模型有多少个数。
"""

from hooks.formula.quantity import quantity


@quantity("layer", "Layers with experts", zh="带专家的层数")
def moe_layers(layers, leading_dense_layers, experts):
    """Every layer but the leading dense ones routes its tokens to experts.

    除了开头的稠密层，每层都把 token 分给专家。
    """
    return layers - leading_dense_layers if experts > 0 else 0


@quantity("layer", "Dense layers", zh="稠密层数")
def dense_layers(layers, moe_layers):
    """The other layers have one FFN for every token.

    其余各层只有一个所有 token 共用的 FFN。
    """
    return layers - moe_layers


@quantity("layer", "Layers with softmax attention", zh="softmax 注意力层数")
def attention_layers(layers, linear_layers):
    """The layers that look back at every cached token.

    会回看每个缓存 token 的层。
    """
    return layers - linear_layers


@quantity(
    "param/layer",
    "Query projection of MLA",
    zh="MLA 的 query 投影",
    source="DeepSeek-V2, section 2.1",
)
def mla_query_params(hidden, query_rank, heads, nope_dim, rope_dim, latents_per_layer):
    """Queries are made from a compressed vector, where the model has one.

    有压缩向量的模型，query 由它还原而来。
    """
    if query_rank > 0:
        return latents_per_layer * hidden * query_rank + query_rank * heads * (nope_dim + rope_dim)
    return hidden * heads * (nope_dim + rope_dim)


@quantity(
    "param/layer",
    "Attention parameters per layer",
    zh="每层 attention 参数量",
    source="DeepSeek-V2, section 2.1, for MLA",
)
def attention_params(
    hidden,
    heads,
    kv_heads,
    head_dim,
    kv_rank,
    mla_query_params,
    shared_heads,
    rope_dim,
    nope_dim,
    value_dim,
    latents_per_layer,
):
    """Queries and the output use every head; keys and values only the KV heads. MLA goes through a latent instead.

    query 和输出用到全部头，key 与 value 只用 KV 头；MLA 则绕道一个潜向量。
    """
    if kv_rank > 0:
        return (
            mla_query_params
            + latents_per_layer * hidden * (kv_rank + shared_heads * rope_dim)
            + kv_rank * heads * (nope_dim + value_dim)
            + heads * value_dim * hidden
        )
    return hidden * head_dim * (2 * heads + 2 * kv_heads)


@quantity("param/layer", "FFN parameters per dense layer", zh="每个稠密层的 FFN 参数量")
def ffn_params(ffn_matrices, hidden, ffn_width):
    """Three matrices between the hidden width and the FFN width.

    隐藏宽度与 FFN 宽度之间有三个矩阵。
    """
    return ffn_matrices * hidden * ffn_width


@quantity("param/expert", "Parameters per expert", zh="每个专家的参数量")
def expert_params(ffn_matrices, hidden, expert_width):
    """An expert is a small FFN.

    一个专家就是一个小 FFN。
    """
    return ffn_matrices * hidden * expert_width


@quantity("param/layer", "Shared FFN and router parameters", zh="共享专家与路由器的参数量")
def shared_params(shared_experts, expert_params, experts, hidden, router_rows):
    """What every token of a layer with experts meets: the shared experts and the router.

    带专家的层里每个 token 都会用到的部分：共享专家和路由器。
    """
    return shared_experts * expert_params + experts * router_rows * hidden


@quantity("param", "Embedding table", zh="embedding 表参数量")
def embedding_params(vocabulary, hidden):
    """One row per token of the vocabulary.

    词表里每个 token 一行。
    """
    return vocabulary * hidden


@quantity("param/layer", "Norm parameters per layer", zh="每层归一化参数量")
def norm_params(norm_rows, hidden):
    """A gain for each hidden value.

    每个隐藏值配一个增益。
    """
    return norm_rows * hidden


@quantity("param", "Parameters outside the experts", zh="专家之外的参数量")
def core_params(
    layers,
    attention_params,
    norm_params,
    dense_layers,
    ffn_params,
    moe_layers,
    shared_params,
    embedding_params,
    final_norm_rows,
    hidden,
):
    """What every token uses: attention, norms, dense FFNs, shared experts and the LM head.

    每个 token 都要用的部分：attention、归一化、稠密 FFN、共享专家和 LM head。
    """
    return (
        layers * (attention_params + norm_params)
        + dense_layers * ffn_params
        + moe_layers * shared_params
        + embedding_params
        + final_norm_rows * hidden
    )


@quantity("param", "Input embedding of its own", zh="独立的输入 embedding")
def input_embedding_params(tied, embedding_params):
    """A model that ties its embeddings stores one table, another stores two.

    共用 embedding 的模型只存一张表，否则存两张。
    """
    return (1 - tied) * embedding_params


@quantity("param", "Parameters", zh="参数量")
def params(core_params, input_embedding_params, moe_layers, experts, expert_params):
    """Everything that has to be stored.

    所有需要存下来的参数。
    """
    return core_params + input_embedding_params + moe_layers * experts * expert_params


@quantity("param", "Parameters a token multiplies", zh="每个 token 参与乘法的参数量")
def matmul_params(core_params, moe_layers, experts_per_token, expert_params):
    """A token multiplies the shared part and its own experts; the input embedding is only looked up.

    一个 token 会乘上公共部分和它自己的专家；输入 embedding 只是查表。
    """
    return core_params + moe_layers * experts_per_token * expert_params


@quantity("param", "Active parameters", zh="激活参数量")
def active_params(matmul_params, input_embedding_params):
    """The parameters that one token touches, both embeddings counted.

    一个 token 会碰到的参数，输入输出 embedding 都算在内。
    """
    return matmul_params + input_embedding_params


@quantity("param", "Square of the hidden width", zh="隐藏宽度的平方")
def hidden_square(hidden):
    """A matrix that turns a row of the hidden width into another one of the same width.

    把一行隐藏宽度的数变成同样宽的另一行，要用的一个矩阵。
    """
    return hidden * hidden


@quantity("param", "Attention parameters of all layers", zh="各层 attention 参数量之和")
def stacked_attention_params(layers, attention_params):
    """Every layer has attention matrices of its own.

    每一层都有自己的一套 attention 矩阵。
    """
    return layers * attention_params


@quantity("param", "FFN parameters of all layers", zh="各层 FFN 参数量之和")
def stacked_ffn_params(dense_layers, ffn_params, moe_layers, shared_params, experts, expert_params):
    """Dense layers have one FFN each, layers with experts have all their experts.

    稠密层各有一个 FFN，带专家的层算上全部专家。
    """
    return dense_layers * ffn_params + moe_layers * (shared_params + experts * expert_params)


@quantity("param", "Parameters of all layers", zh="各层参数量之和")
def stack_params(stacked_attention_params, stacked_ffn_params, layers, norm_params):
    """The layers without the tables before and after them.

    只算各层，不算前后两张表。
    """
    return stacked_attention_params + stacked_ffn_params + layers * norm_params


@quantity("param/layer", "Parameters of a layer", zh="每层参数量")
def layer_params(stack_params, layers):
    """The mean, where a model has layers of several kinds.

    模型有几种层时，取平均。
    """
    return stack_params / layers


@quantity("param", "Embedding tables", zh="embedding 表的总参数量")
def table_params(embedding_params, input_embedding_params):
    """The table that looks a token up and the one that scores them all; a model may use one table for both.

    一张表查 token，一张表给所有 token 打分；有的模型两处共用一张。
    """
    return embedding_params + input_embedding_params
