"""Parameters: how many numbers a model is, from its configuration.

参数量：照着配置，数出一个模型有多少个数。
"""

from hooks.formula.quantity import quantity


@quantity("layer", "Layers with experts", zh="带专家的层数")
def moe_layers(layers, leading_dense_layers, experts, given_ffn_layers):
    """Every layer but the leading dense ones routes its tokens to experts. In some models only part of the layers have an FFN at all.

    除了开头的稠密层，每层都把 token 分给专家。有的模型只有一部分层带 FFN。
    """
    if experts > 0:
        if given_ffn_layers > 0:
            return given_ffn_layers - leading_dense_layers
        return layers - leading_dense_layers
    return 0


@quantity("layer", "Dense layers", zh="稠密层数")
def dense_layers(layers, moe_layers, given_ffn_layers):
    """The other layers have one FFN for every token.

    其余各层只有一个所有 token 共用的 FFN。
    """
    if given_ffn_layers > 0:
        return given_ffn_layers - moe_layers
    return layers - moe_layers


@quantity("layer", "Layers with softmax attention", zh="softmax 注意力层数")
def attention_layers(layers, linear_layers, given_attention_layers):
    """The layers that look back at every cached token: those that are not linear, unless a layer has both or neither.

    会回看每个缓存 token 的层：就是线性层之外的各层，除非一层两样都有，或者两样都没有。
    """
    if given_attention_layers > 0:
        return given_attention_layers
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
    output_gate,
    keys_are_values,
    output_rank,
    output_groups,
):
    """Queries and the output use every head; keys and values only the KV heads. MLA goes through a latent instead. A gate on the output is as large as the queries.

    query 和输出用到全部头，key 与 value 只用 KV 头；MLA 则绕道一个潜向量。输出若带门控，门控与 query 一样大。
    """
    if output_rank > 0:
        return (
            mla_query_params
            + latents_per_layer * hidden * (kv_rank + shared_heads * rope_dim)
            + heads * value_dim * output_rank
            + output_groups * output_rank * hidden
        )
    if kv_rank > 0:
        return (
            mla_query_params
            + latents_per_layer * hidden * (kv_rank + shared_heads * rope_dim)
            + kv_rank * heads * (nope_dim + value_dim)
            + (1 + output_gate) * heads * value_dim * hidden
        )
    if value_dim > 0:
        return hidden * (head_dim + value_dim) * (heads + kv_heads)
    if output_gate > 0 or keys_are_values > 0:
        return hidden * head_dim * ((2 + output_gate) * heads + (2 - keys_are_values) * kv_heads)
    return hidden * head_dim * (2 * heads + 2 * kv_heads)


@quantity(
    "param/layer",
    "Attention parameters per windowed layer",
    zh="每个滑动窗口层的 attention 参数量",
)
def window_attention_params(
    attention_params, hidden, window_heads, window_kv_heads, window_head_dim, window_value_dim
):
    """As in the other layers, unless the windowed ones have heads of their own.

    与其他层相同，除非窗口层另有自己的头。
    """
    if window_value_dim > 0:
        return hidden * (window_head_dim + window_value_dim) * (window_heads + window_kv_heads)
    if window_heads > 0:
        return hidden * window_head_dim * (2 * window_heads + 2 * window_kv_heads)
    return attention_params


@quantity(
    "param/layer",
    "Parameters per linear layer",
    zh="每个线性层的参数量",
    source="Gated DeltaNet and Mamba-2, as Transformers builds them",
)
def linear_params(
    hidden,
    linear_key_heads,
    linear_key_dim,
    linear_heads,
    linear_value_dim,
    linear_rows,
    linear_gates,
    linear_kernel,
):
    """Queries and keys (in Mamba-2 C and B), values and the output's gate, a few numbers for each head, the taps of a convolution, and the output.

    query 与 key（在 Mamba-2 里是 C 与 B）、value 与输出门控、每个头的几个数、卷积的系数，再加输出投影。
    """
    return hidden * (
        2 * linear_key_heads * linear_key_dim
        + 3 * linear_heads * linear_value_dim * linear_rows
        + linear_gates * linear_heads
    ) + linear_kernel * (
        2 * linear_key_heads * linear_key_dim + linear_heads * linear_value_dim * linear_rows
    )


@quantity(
    "param/layer",
    "Parameters of a layer's index",
    zh="每层索引的参数量",
    source="DeepSeek-V3.2-Exp, inference/model.py, Indexer",
)
def index_params(
    index_heads, index_dim, query_rank, hidden, linear_rows, latents_per_layer, shared_heads
):
    """Queries from the compressed vector, a weight for each head, and one key; without a compressed vector, queries and a key from the row itself.

    从压缩向量得到的 query、每个头一个权重，再加一个 key；没有压缩向量的模型，query 和 key 都直接由这一行得到。
    """
    if query_rank > 0:
        return (
            index_heads * index_dim * query_rank
            + index_heads * linear_rows * hidden
            + latents_per_layer * shared_heads * index_dim * hidden
        )
    return (index_heads + latents_per_layer * shared_heads) * index_dim * hidden


@quantity(
    "param",
    "Parameters that compress the cache and pick from it",
    zh="压缩缓存、挑选缓存所用的参数量",
    source="DeepSeek-V4, inference/model.py, Compressor and Indexer",
)
def selection_params(
    attention_layers,
    index_layers,
    csa_layers,
    hca_layers,
    index_params,
    index_dim,
    hidden,
    kv_rank,
    rope_dim,
    latents_per_layer,
    shared_heads,
):
    """An entry is made from two matrices, and from four where neighbouring entries overlap, in the light layers. Their index compresses its keys likewise; without compression every layer has an index, or those that the model says.

    一个条目由两个矩阵生成；轻度压缩层的相邻条目有重叠，要四个。它们的索引照样压缩自己的 key；没有压缩的模型，每层都有索引，或者只有模型指明的那些层有。
    """
    if csa_layers > 0:
        return (4 * csa_layers + 2 * hca_layers) * latents_per_layer * hidden * (
            kv_rank + shared_heads * rope_dim
        ) + csa_layers * (index_params + 3 * latents_per_layer * shared_heads * index_dim * hidden)
    if index_layers > 0:
        return index_layers * index_params
    return attention_layers * index_params


@quantity("param/layer", "FFN parameters per dense layer", zh="每个稠密层的 FFN 参数量")
def ffn_params(ffn_matrices, hidden, ffn_width):
    """Three matrices between the hidden width and the FFN width, two where the FFN has no gate.

    隐藏宽度与 FFN 宽度之间有三个矩阵，没有门控的 FFN 只有两个。
    """
    return ffn_matrices * hidden * ffn_width


@quantity("param/expert", "Parameters per expert", zh="每个专家的参数量")
def expert_params(ffn_matrices, hidden, expert_width, expert_latent):
    """An expert is a small FFN, as wide at both ends as the model, or as the latent that it works in.

    一个专家就是一个小 FFN，两端与模型同宽；在潜空间里工作的，与潜向量同宽。
    """
    if expert_latent > 0:
        return ffn_matrices * expert_latent * expert_width
    return ffn_matrices * hidden * expert_width


@quantity("param/layer", "Shared FFN and router parameters", zh="共享专家与路由器的参数量")
def shared_params(
    shared_experts,
    expert_params,
    experts,
    hidden,
    router_rows,
    ffn_matrices,
    shared_width,
    expert_latent,
    latents_per_layer,
):
    """What every token of a layer with experts meets: the shared experts and the router. A shared FFN may have a width of its own, and experts in a latent need a way in and a way out.

    带专家的层里每个 token 都会用到的部分：共享专家和路由器。共享 FFN 可以另有宽度；专家若在潜空间里工作，还要一进一出两个投影。
    """
    if shared_width > 0 or expert_latent > 0:
        return (
            ffn_matrices * hidden * shared_width
            + experts * router_rows * hidden
            + 2 * latents_per_layer * hidden * expert_latent
        )
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
    stacked_attention_params,
    norm_params,
    shared_ffn_params,
    embedding_params,
    final_norm_rows,
    hidden,
    per_layer_width,
):
    """What every token uses: attention, norms, dense FFNs, shared experts and the LM head; and three matrices a layer where layers have embeddings of their own.

    每个 token 都要用的部分：attention、归一化、稠密 FFN、共享专家和 LM head；每层另有 embedding 的模型，每层再加三个矩阵。
    """
    if per_layer_width > 0:
        return (
            stacked_attention_params
            + layers * norm_params
            + shared_ffn_params
            + 3 * layers * hidden * per_layer_width
            + embedding_params
            + final_norm_rows * hidden
        )
    return (
        stacked_attention_params
        + layers * norm_params
        + shared_ffn_params
        + embedding_params
        + final_norm_rows * hidden
    )


@quantity("param", "FFN parameters that every token meets", zh="每个 token 都经过的 FFN 参数量")
def shared_ffn_params(dense_layers, ffn_params, moe_layers, shared_params):
    """Dense FFNs, shared experts and routers.

    稠密 FFN、共享专家和路由器。
    """
    return dense_layers * ffn_params + moe_layers * shared_params


@quantity("param", "Input embedding of its own", zh="独立的输入 embedding")
def input_embedding_params(
    tied, embedding_params, position_rows, hidden, per_layer_width, layers, vocabulary
):
    """A model that ties its embeddings stores one table, another stores two. Some look positions up in a table as well, or have a narrow table for every layer.

    共用 embedding 的模型只存一张表，否则存两张。有的模型位置也要查表，或者每层另有一张窄表。
    """
    if position_rows > 0 or per_layer_width > 0:
        return (
            (1 - tied) * embedding_params
            + position_rows * hidden
            + vocabulary * layers * per_layer_width
        )
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


@quantity("param", "Active parameters of the layers", zh="各层的激活参数量")
def layers_active_params(matmul_params, embedding_params):
    """Without either table, as some publishers count.

    前后两张表都不算，有的发布者就这样数。
    """
    return matmul_params - embedding_params


@quantity("param", "Square of the hidden width", zh="隐藏宽度的平方")
def hidden_square(hidden):
    """A matrix that turns a row of the hidden width into another one of the same width.

    把一行隐藏宽度的数变成同样宽的另一行，要用的一个矩阵。
    """
    return hidden * hidden


@quantity("param", "Attention parameters of all layers", zh="各层 attention 参数量之和")
def stacked_attention_params(
    attention_layers,
    attention_params,
    window_layers,
    window_heads,
    window_attention_params,
    linear_layers,
    linear_params,
    selection_params,
    index_heads,
    csa_layers,
):
    """Every layer has matrices of its own: a sum over the kinds of layers, where a model has several.

    每一层都有自己的一套矩阵；模型有几种层时，按种类相加。
    """
    if linear_layers > 0 or window_heads > 0 or index_heads > 0 or csa_layers > 0:
        return (
            (attention_layers - window_layers) * attention_params
            + window_layers * window_attention_params
            + linear_layers * linear_params
            + selection_params
        )
    return attention_layers * attention_params


@quantity("param", "FFN parameters of all layers", zh="各层 FFN 参数量之和")
def stacked_ffn_params(shared_ffn_params, moe_layers, experts, expert_params):
    """Dense layers have one FFN each, layers with experts have all their experts.

    稠密层各有一个 FFN，带专家的层算上全部专家。
    """
    return shared_ffn_params + moe_layers * experts * expert_params


@quantity("value/layer", "FFN width per layer", zh="每层 FFN 宽度")
def layer_ffn_width(
    experts,
    given_ffn_layers,
    dense_layers,
    ffn_width,
    moe_layers,
    expert_width,
    shared_experts,
    shared_width,
    layers,
):
    """The FFN's width; with experts that of all FFNs of a layer side by side, a mean where layers differ.

    FFN 的宽度；有专家的，是一层里所有 FFN 并排的总宽度；各层不一样的，取平均。
    """
    if experts > 0 or given_ffn_layers > 0:
        return (
            dense_layers * ffn_width
            + moe_layers
            * (
                experts * expert_width
                + (shared_width if shared_width > 0 else shared_experts * expert_width)
            )
        ) / layers
    return ffn_width


@quantity("param/layer", "FFN parameters per layer", zh="每层 FFN 参数量")
def layer_ffn_params(experts, stacked_ffn_params, layers, ffn_matrices, hidden, layer_ffn_width):
    """All FFNs of a layer; with experts a mean over the layers, routers included.

    一层里所有 FFN 的参数；有专家的，各层取平均，路由器也算在内。
    """
    if experts > 0:
        return stacked_ffn_params / layers
    return ffn_matrices * hidden * layer_ffn_width


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
