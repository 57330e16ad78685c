"""The KV cache: what each token leaves behind, and how many sequences a machine can hold.

KV cache：每个token留下什么，一台机器装得下多少条序列。
"""

from hooks.formula.quantity import ceil, floor, impossible, quantity


@quantity(
    "value/token/layer",
    "Cached values per token and layer",
    zh="每个 token 每层缓存的数",
    source="DeepSeek-V2 (2405.04434), table 1",
)
def kv_values(
    kv_tensors, kv_heads, head_dim, kv_rank, latents_per_token, shared_heads, rope_dim, value_dim
):
    """A key and a value for each KV head; with MLA one latent and one positional key for all heads.

    每个 KV 头一个 key、一个 value；MLA 则所有头合用一个潜向量和一个位置 key。
    """
    if kv_rank > 0:
        return latents_per_token * (kv_rank + shared_heads * rope_dim)
    if value_dim > 0:
        return kv_tensors * kv_heads * (head_dim + value_dim) / 2
    return kv_tensors * kv_heads * head_dim


@quantity(
    "value/token/layer",
    "Cached values per token and windowed layer",
    zh="每个 token 在每个滑动窗口层缓存的数",
)
def window_kv_values(kv_values, kv_tensors, window_kv_heads, window_head_dim, window_value_dim):
    """As in the other layers, unless the windowed ones have heads of their own.

    与其他层相同，除非窗口层另有自己的头。
    """
    if window_value_dim > 0:
        return kv_tensors * window_kv_heads * (window_head_dim + window_value_dim) / 2
    if window_kv_heads > 0:
        return kv_tensors * window_kv_heads * window_head_dim
    return kv_values


@quantity(
    "B/token",
    "KV cache per token",
    zh="每个 token 的 KV cache",
    source="PagedAttention (2309.06180), section 3",
)
def kv_per_token(
    attention_layers, kv_values, kv_width, window_layers, window_heads, window_kv_values
):
    """Every layer keeps its own keys and values.

    每一层都各存一份 key 和 value。
    """
    if window_heads > 0:
        return (
            (attention_layers - window_layers) * kv_values + window_layers * window_kv_values
        ) * kv_width
    return attention_layers * kv_values * kv_width


@quantity("B/token", "Cache that a further token adds", zh="上下文每多一个 token 增加的缓存")
def kv_growth(attention_layers, window_layers, window, context, kv_values, kv_width, kv_per_token):
    """A layer whose window is full drops one token for each that it takes in, so only the full layers still grow.

    窗口已满的层进一个就丢一个，还在增长的只有全注意力层。
    """
    if context < window:
        return kv_per_token
    return (attention_layers - window_layers) * kv_values * kv_width


@quantity(
    "token/seq",
    "Tokens a windowed layer keeps",
    zh="滑动窗口层保留的 token",
    source="Mistral 7B (2310.06825), section 2",
)
def window_context(context, window):
    """A layer with a sliding window forgets what lies behind it.

    带滑动窗口的层会忘掉窗口之外的 token。
    """
    return min(context, window)


@quantity("B/seq", "State of the linear layers", zh="线性注意力层的状态")
def linear_state(
    states_per_sequence, linear_layers, linear_heads, linear_key_dim, linear_value_dim, state_width
):
    """A linear-attention layer keeps one matrix per head, however long the sequence, in a format of its own; its few convolution taps are left out.

    线性注意力层每个头只存一个矩阵，与序列多长无关，精度也自成一套；卷积那几拍没有计入。
    """
    return (
        states_per_sequence
        * linear_layers
        * linear_heads
        * linear_key_dim
        * linear_value_dim
        * state_width
    )


@quantity(
    "layer·token/seq",
    "Compressed entries over all layers",
    zh="各层压缩条目总数",
    source="vLLM blog on DeepSeek-V4, 2026-04-24",
)
def compressed_entries(csa_layers, csa_ratio, hca_layers, hca_ratio, context):
    """A compressed layer keeps one entry for several tokens, beside a window of recent ones.

    压缩层每若干个 token 合成一个条目，另外留一个近期窗口。
    """
    return csa_layers * context / csa_ratio + hca_layers * context / hca_ratio


@quantity("B/seq", "KV cache per sequence", zh="每条序列的 KV cache")
def kv_per_sequence(
    attention_layers,
    window_layers,
    window_context,
    context,
    compressed_entries,
    kv_values,
    kv_width,
    linear_state,
    window_heads,
    window_kv_values,
):
    """Full layers keep every token, windowed layers only the window, linear layers a fixed state.

    全注意力层留下每个 token，窗口层只留窗口，线性层只留固定大小的状态。
    """
    if window_heads > 0:
        return (
            ((attention_layers - window_layers) * context + compressed_entries) * kv_values
            + window_layers * window_context * window_kv_values
        ) * kv_width + linear_state
    return (
        (attention_layers - window_layers) * context
        + window_layers * window_context
        + compressed_entries
    ) * kv_values * kv_width + linear_state


@quantity(
    "B/seq",
    "KV cache stored per sequence",
    zh="每条序列实际存下的 KV cache",
    source="Cross-Layer Attention (2405.12981)",
)
def kv_stored(kv_per_sequence, attention_layers, shared_kv_layers):
    """Layers that reuse another layer's cache read it again, but do not store it again.

    沿用别层缓存的层照样要读一遍，只是不再存一份。
    """
    return kv_per_sequence * (attention_layers - shared_kv_layers) / attention_layers


@quantity("B", "KV cache of the batch", zh="整个 batch 的 KV cache")
def kv_bytes(batch, kv_per_sequence):
    """Each sequence pays for its own cache; nothing is shared.

    每条序列各付各的，谁也不和谁共用。
    """
    return batch * kv_per_sequence


@quantity(
    "B/block",
    "Bytes of one block",
    zh="一个 block 的字节数",
    source="PagedAttention (2309.06180), section 4.3",
)
def block_bytes(block_size, kv_per_token):
    """A block holds the keys and values of a few tokens over all layers.

    一个 block 存下几个 token 在所有层的 key 和 value。
    """
    return block_size * kv_per_token


@quantity("B/chip", "Memory that software sees", zh="软件看得到的显存")
def visible_memory(reported_memory, memory):
    """What the driver reports, which is often more than is printed, for a printed GB may be a GiB; the printed figure where no report is known.

    以驱动报告为准，它常比规格书多，因为规格书的 GB 可能是 GiB；查不到报告就用规格书上的值。
    """
    if reported_memory > 0:
        return reported_memory
    return memory


@quantity("B/chip", "Memory the engine takes per chip", zh="引擎在每块卡上占用的显存")
def engine_memory(visible_memory, memory_utilisation):
    """An engine leaves a margin for everything else that lives on the chip.

    引擎会给卡上的其他东西留一点余地。
    """
    return visible_memory * memory_utilisation


@quantity("B", "Memory left for the KV cache", zh="留给 KV cache 的显存")
def kv_memory(chips, engine_memory, weights_per_chip, activation_memory):
    """What the weights and the workspace leave over.

    权重和工作区占完之后剩下的部分。
    """
    if weights_per_chip + activation_memory > engine_memory:
        return impossible(
            "does not fit: {weights_per_chip:GB} of weights per chip, {engine_memory:GB} to put them in",
            zh="放不下：每块卡要放 {weights_per_chip:GB} 权重，可用的只有 {engine_memory:GB}",
        )
    return chips * (engine_memory - weights_per_chip - activation_memory)


@quantity("B/chip", "Memory left for the KV cache per chip", zh="每块卡留给 KV cache 的显存")
def kv_memory_per_chip(kv_memory, chips):
    """An engine's log reports it chip by chip.

    引擎的日志按卡报告这个数。
    """
    return kv_memory / chips


@quantity("token", "KV slots", zh="KV 槽位")
def kv_slots(kv_memory, kv_per_token):
    """The free memory, counted in tokens.

    把空闲显存换算成 token 数。
    """
    return kv_memory / kv_per_token


@quantity(
    "block/seq",
    "Blocks per sequence",
    zh="每条序列的 block 数",
    source="PagedAttention (2309.06180), section 4.3",
)
def blocks_per_sequence(context, block_size):
    """The last block is taken whole even when it is only begun.

    最后一个 block 只用了一点，也要整块占下。
    """
    return ceil(context / block_size)


@quantity("B/seq", "Memory a sequence takes in blocks", zh="一条序列按 block 占用的显存")
def paged_bytes(kv_stored, blocks_per_sequence, block_size, context):
    """The cache, rounded up to whole blocks.

    缓存大小向上取整到整块。
    """
    return kv_stored * blocks_per_sequence * block_size / context


@quantity("seq", "Largest batch", zh="最大 batch")
def max_batch(kv_memory, paged_bytes):
    """As many whole sequences as the free memory holds.

    空闲显存能放下多少条完整的序列。
    """
    return floor(kv_memory / paged_bytes)


@quantity("B/chip", "Caches on a chip, cut ideally", zh="每块卡的缓存（理想切分）")
def cache_per_chip(batch, paged_bytes, chips):
    """The batch's caches in whole blocks, spread evenly.

    整个 batch 的缓存，按整块占用，平均摊开。
    """
    return batch * paged_bytes / chips


@quantity("seq", "Largest batch with contiguous reservation", zh="连续预留时的最大 batch")
def max_batch_reserved(kv_memory, kv_per_token, reserved_context):
    """Without paging every sequence sets its longest possible cache aside.

    不分页时，每条序列都要按最长可能预留。
    """
    return floor(kv_memory / (kv_per_token * reserved_context))


@quantity(
    "token/seq",
    "Paging waste per sequence",
    zh="分页浪费",
    source="PagedAttention (2309.06180), section 4.3: only the last block is ever partly empty",
)
def paging_waste(half_a_block, block_size, last_blocks, first_token):
    """On average half of the last block, less the token that is always there, stands empty.

    平均来说，最后一块有将近一半空着。
    """
    return half_a_block * (block_size * last_blocks - first_token)


@quantity("%", "Share of memory that paging wastes", zh="分页浪费的显存比例")
def paging_waste_share(paging_waste, context):
    """Waste as a share of everything the sequence has taken.

    浪费占这条序列全部占用的比例。
    """
    return paging_waste / (context + paging_waste)


@quantity(
    "%",
    "Share that a full reservation wastes",
    zh="整段预留浪费的比例",
    source="PagedAttention (2309.06180), section 3.1",
)
def reservation_waste_share(context, reserved_context):
    """A sequence that never grows to its limit leaves the rest of its reservation empty.

    序列没长到上限，预留的其余部分就一直空着。
    """
    if context > reserved_context:
        return impossible("the context is longer than the reservation", zh="上下文比预留的还长")
    return 1 - context / reserved_context


@quantity("%", "Share of memory that holds weights", zh="权重占显存的比例")
def weights_share_of_memory(weights_per_chip, visible_memory):
    """How much of the chip is spoken for before the first user arrives.

    第一个用户到来之前，卡上已经被占掉多少。
    """
    return weights_per_chip / visible_memory


@quantity("1", "Windowed cache against a full one", zh="全量缓存与窗口缓存之比")
def window_saving(context, window_context, window):
    """How much smaller a windowed layer's cache is.

    窗口层的缓存小了多少倍。
    """
    if window > 0:
        return context / window_context
    return impossible("no layer has a sliding window", zh="没有哪一层带滑动窗口")
