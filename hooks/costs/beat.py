"""Beats: how long the longest iteration holds everybody up while a prompt is read, and what a percentile of the gaps sees of it.

A dense account: what a chunk looks back at is counted token by token, so compressed caches come out too dear.

节拍：读一段prompt的时候，最长的一次迭代要让大家等多久；间隔的百分位数又看得见多少。
"""

from hooks.formula.quantity import ceil, constant, impossible, quantity

rare_gap = constant(
    "%",
    1,
    "Share of gaps beyond the 99th percentile",
    zh="排在第 99 百分位之后的间隔",
    why="What is rarer than one gap in a hundred does not move the P99.",
    why_zh="一百个间隔里占不到一个的，动不了 P99。",
)


@quantity("s/token", "Machine time of a prompt's row", zh="读 prompt 一行的时间")
def prompt_row_time(flops_per_token, machine_flops, prefill_mfu):
    """A row's own arithmetic in the matrices, at the rate that prefill reaches.

    一行在矩阵里自己的运算，按 prefill 实际跑到的算力。
    """
    return flops_per_token / (machine_flops * prefill_mfu)


@quantity("token/seq", "Looking back that costs as much as the row", zh="与一行同价的回看")
def row_in_pairs(
    flops_per_token,
    flops_per_pair,
    prefill_attention_width,
    attention_layers,
    window_layers,
):
    """A row that looks back at so many tokens does as much arithmetic in attention as in the matrices.

    一行回看这么多 token，attention 的运算就跟矩阵的一样多。
    """
    if attention_layers - window_layers <= 0:
        return impossible(
            "no layer looks back at the whole prompt",
            zh="没有哪一层回看整个 prompt",
        )
    return flops_per_token / (
        flops_per_pair * prefill_attention_width * (attention_layers - window_layers)
    )


@quantity("token/seq", "Tokens before the last chunk", zh="最后一个 chunk 之前的 token")
def before_last_chunk(prompt, chunk_size):
    """What the last full chunk looks back at besides itself.

    最后一个完整的 chunk 除了自己，还要回看的部分。
    """
    return prompt - min(chunk_size, prompt)


@quantity("FLOP/seq", "Attention FLOPs of the last chunk", zh="最后一个 chunk 的 attention FLOPs")
def last_chunk_attention_flops(
    causal_half,
    flops_per_pair,
    prefill_attention_width,
    attention_layers,
    window_layers,
    prompt,
    before_last_chunk,
    prompt_beyond_window,
    window,
    window_heads,
    window_attention_width,
):
    """The pairs of the whole prompt, less those of the prompt without its last chunk.

    整段 prompt 的配对，减去没有最后一个 chunk 时的配对。
    """
    if window_heads > 0:
        return (
            causal_half
            * flops_per_pair
            * (
                (
                    (attention_layers - window_layers) * prefill_attention_width
                    + window_layers * window_attention_width
                )
                * (prompt * prompt - before_last_chunk * before_last_chunk)
                - window_layers
                * window_attention_width
                * (
                    prompt_beyond_window * prompt_beyond_window
                    - (before_last_chunk - min(before_last_chunk, window))
                    * (before_last_chunk - min(before_last_chunk, window))
                )
            )
        )
    return (
        causal_half
        * flops_per_pair
        * prefill_attention_width
        * (
            attention_layers * (prompt * prompt - before_last_chunk * before_last_chunk)
            - window_layers
            * (
                prompt_beyond_window * prompt_beyond_window
                - (before_last_chunk - min(before_last_chunk, window))
                * (before_last_chunk - min(before_last_chunk, window))
            )
        )
    )


@quantity("B/seq", "Cache that the last chunk reads again", zh="最后一个 chunk 重读的缓存")
def last_chunk_rereads(
    attention_layers,
    window_layers,
    before_last_chunk,
    window,
    kv_values,
    kv_width,
    window_heads,
    window_kv_values,
):
    """What all chunks before it have left, in a windowed layer only what the window still shows.

    前面所有 chunk 留下的缓存；窗口层只算窗口里的。
    """
    if window_heads > 0:
        return (
            (attention_layers - window_layers) * before_last_chunk * kv_values
            + window_layers * min(before_last_chunk, window) * window_kv_values
        ) * kv_width
    return (
        (
            (attention_layers - window_layers) * before_last_chunk
            + window_layers * min(before_last_chunk, window)
        )
        * kv_values
        * kv_width
    )


@quantity(
    "s",
    "Longest beat while a prompt is read",
    zh="读一段 prompt 时最长的一拍",
    source="Sarathi-Serve (2403.02310); Orca (OSDI 2022)",
)
def longest_gap(
    mixed_weights_time,
    prompt_row_time,
    prompt,
    before_last_chunk,
    matmul_time,
    kv_time,
    last_chunk_rereads,
    machine_bandwidth,
    bandwidth_efficiency,
    last_chunk_attention_flops,
    machine_flops,
    prefill_mfu,
    attention_compute_time,
    step_overhead,
    one_sequence,
):
    """The iteration of the last full chunk, which looks back the furthest; every stream waits for it.

    最后一个完整 chunk 的那次迭代，它回看得最远；每一路输出都要等它。
    """
    return (
        max(
            mixed_weights_time,
            (prompt - before_last_chunk) * prompt_row_time * one_sequence + matmul_time,
        )
        + max(
            kv_time
            + last_chunk_rereads * one_sequence / (machine_bandwidth * bandwidth_efficiency),
            last_chunk_attention_flops * one_sequence / (machine_flops * prefill_mfu)
            + attention_compute_time,
        )
        + step_overhead
    )


@quantity("token", "Rows that ride along for nothing", zh="可以白搭的行数")
def free_rows(weights_time, prompt_row_time, batch, tokens_per_step):
    """While the weights are walked through anyway, so many rows can be multiplied beside those of the readers, at the rate of a prompt; their looking back is not free.

    反正要走一遍权重，按读 prompt 的算力，这段时间里除了正在写的人，还够乘这么多行；回看另算。
    """
    return max(0, weights_time / prompt_row_time - batch * tokens_per_step)


@quantity("1", "Gaps to each long one", zh="多少个间隔里有一个长的")
def gaps_per_long_gap(mixed_gap_share):
    """One gap in so many is a beat with a chunk in it.

    这么多个间隔里，有一个是带着 chunk 的一拍。
    """
    if mixed_gap_share <= 0:
        return impossible("no prompt arrives", zh="没有 prompt 到来")
    return 1 / mixed_gap_share


@quantity("1", "Chunk at the 99th percentile", zh="P99 落在第几个 chunk")
def rare_chunk(mixed_gap_share, rare_gap, chunks):
    """Of the long gaps, from the first chunk's to the last one's, those that may be longer than the percentile are counted off at the end; 0 where no long gap is within it.

    长间隔从第一个 chunk 排到最后一个，末尾那些可以比 P99 更长，数掉它们就轮到它；长间隔不到百分之一时为 0。
    """
    if mixed_gap_share <= rare_gap:
        return 0
    return ceil(chunks * (1 - rare_gap / mixed_gap_share))


@quantity("s", "P99 of the gaps", zh="P99 间隔")
def gap_p99(rare_chunk, chunks, mixed_step, longest_gap, decode_step):
    """The beat of the chunk that the percentile falls on: beats grow evenly from the first chunk to the last. If fewer than one gap in a hundred is long, it is an ordinary step.

    P99 落在哪个 chunk 上，就是那一拍的长度：从第一个 chunk 到最后一个，一拍比一拍长，长得均匀。长间隔不到百分之一，P99 就是普通的一步。
    """
    if rare_chunk <= 0:
        return decode_step
    if chunks <= 1:
        return longest_gap
    return mixed_step + (longest_gap - mixed_step) * (2 * rare_chunk - chunks - 1) / (chunks - 1)
