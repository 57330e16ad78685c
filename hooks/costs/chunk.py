"""Chunks: a prompt read piece by piece beside the batch that decodes, and what a prompt read whole does to it.

Not counted: with MLA each chunk unfolds the earlier latents again, so its FLOPs grow a little too.

分块：prompt一块一块地读，旁边照样decode；以及整段读进来会怎样。
"""

from hooks.formula.quantity import ceil, floor, power, quantity, setting

chunk_size = setting(
    "token/seq",
    "Chunk of a prompt",
    zh="prefill 的 chunk 大小",
    default=512,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="Assumed: 512 tokens of one prompt in an iteration, the size in Sarathi-Serve's evaluation.",
    why_zh="假设：一次迭代读一条 prompt 的 512 个 token，与 Sarathi-Serve 评测所用相同。",
)


@quantity("1", "Chunks of a prompt", zh="prompt 切成的 chunk 数", source="Sarathi (2308.16369)")
def chunks(prompt, chunk_size):
    """The last chunk takes what is left over.

    最后一个 chunk 装下剩余的部分。
    """
    return ceil(prompt / chunk_size)


@quantity(
    "token/seq",
    "Cached tokens read again by later chunks",
    zh="后续 chunk 重读的 token",
    source="Sarathi (2308.16369); DistServe (2401.09670), section 2.3",
)
def chunk_rereads(chunk_size, chunks):
    """Each chunk looks back at all chunks before it, C + 2C + … in all: nearly n²/2C tokens.

    每个 chunk 都要回看前面所有的 chunk，总共 C + 2C + …，将近 n²/2C 个 token。
    """
    return chunk_size * chunks * (chunks - 1) / 2


@quantity("1", "Later chunks that still see all before them", zh="窗口之内的后续 chunk 数")
def chunks_in_window(window, chunk_size, chunks):
    """Past these, a windowed layer looks back at its window only.

    再往后，窗口层就只回看窗口之内了。
    """
    return min(floor(window / chunk_size), chunks - 1)


@quantity("token/seq", "Cached tokens read again in a windowed layer", zh="窗口层重读的 token")
def window_rereads(chunk_size, chunks, chunks_in_window, window):
    """The same sum, cut off at the window.

    同样的求和，到窗口为止。
    """
    return (
        chunk_size * chunks_in_window * (chunks_in_window + 1) / 2
        + (chunks - 1 - chunks_in_window) * window
    )


@quantity(
    "B/seq",
    "Cache read again because of chunks",
    zh="切 chunk 多读的缓存",
    source="Sarathi (2308.16369)",
)
def reread_bytes(
    attention_layers,
    window_layers,
    chunk_rereads,
    window_rereads,
    csa_layers,
    csa_ratio,
    hca_layers,
    hca_ratio,
    kv_values,
    kv_width,
    window_heads,
    window_kv_values,
):
    """A prompt read whole meets its own keys and values while they are at hand; a later chunk has to fetch them again.

    整段读的 prompt，自己的 key 和 value 就在手边；切成 chunk，后面的就要重新去取。
    """
    if window_heads > 0:
        return (
            (
                (attention_layers - window_layers) * chunk_rereads
                + (csa_layers / csa_ratio + hca_layers / hca_ratio) * chunk_rereads
            )
            * kv_values
            + window_layers * window_rereads * window_kv_values
        ) * kv_width
    return (
        (
            (attention_layers - window_layers) * chunk_rereads
            + window_layers * window_rereads
            + (csa_layers / csa_ratio + hca_layers / hca_ratio) * chunk_rereads
        )
        * kv_values
        * kv_width
    )


@quantity("s/seq", "Chunk tax", zh="chunk 税", source="Sarathi (2308.16369)")
def chunk_tax(reread_bytes, machine_bandwidth, bandwidth_efficiency):
    """The time to read the cache again, at most: where FLOPs decide, some of it hides behind them.

    重读缓存的时间，这是上限：受限于算力时，其中一部分藏在计算后面。
    """
    return reread_bytes / (machine_bandwidth * bandwidth_efficiency)


@quantity(
    "token",
    "Rows of a mixed iteration",
    zh="混合迭代的行数",
    source="Orca (OSDI 2022); Sarathi (2308.16369)",
)
def mixed_rows(chunk_size, prompt, one_sequence, batch, tokens_per_step):
    """The chunk's tokens and one for each decoding sequence pass the matrices together.

    chunk 的 token 和每条正在 decode 的序列的 token，一起过矩阵。
    """
    return min(chunk_size, prompt) * one_sequence + batch * tokens_per_step


@quantity(
    "expert/layer",
    "Experts touched by a mixed iteration",
    zh="一次混合迭代碰到的专家数",
    source="Expected distinct experts under uniform, independent routing",
)
def mixed_experts(experts, experts_per_token, mixed_rows):
    """A chunk of prompt brings so many tokens that hardly an expert is left out.

    一个 chunk 带来的 token 太多，几乎没有专家能闲着。
    """
    if experts > 0:
        return experts * (1 - power(1 - experts_per_token / experts, ceil(mixed_rows)))
    return 0


@quantity("s", "Time to read the weights in a mixed iteration", zh="混合迭代读权重的时间")
def mixed_weights_time(
    core_bytes,
    moe_layers,
    mixed_experts,
    expert_bytes,
    machine_bandwidth,
    bandwidth_efficiency,
):
    """Once for the chunk and the batch together.

    chunk 和 batch 合起来只读一遍。
    """
    return (core_bytes + moe_layers * mixed_experts * expert_bytes) / (
        machine_bandwidth * bandwidth_efficiency
    )


@quantity("s", "FLOPs clock of the matrices in a mixed iteration", zh="混合迭代矩阵部分的运算秒表")
def mixed_matmul_time(prefill_matmul_time, one_sequence, chunks, matmul_time):
    """The prompt's rows in equal parts, and the batch's own.

    prompt 的各行按 chunk 平分，再加上 batch 自己的。
    """
    return prefill_matmul_time * one_sequence / chunks + matmul_time


@quantity("s", "Attention's bytes in a mixed iteration", zh="混合迭代中 attention 读的字节")
def mixed_kv_time(kv_time, chunk_tax, one_sequence, chunks):
    """The batch's cache, and what the chunk halfway through the prompt reads again.

    整个 batch 的缓存，再加上 prompt 中间那个 chunk 要重读的部分。
    """
    return kv_time + chunk_tax * one_sequence / chunks


@quantity("s", "Attention's FLOPs in a mixed iteration", zh="混合迭代中 attention 的 FLOPs")
def mixed_attention_compute_time(
    prefill_attention_time, one_sequence, chunks, attention_compute_time
):
    """The prompt's pairs in equal parts, for chunks leave their sum as it is, and the batch's own.

    prompt 的配对按 chunk 平分（切 chunk 不改变总量），再加上 batch 自己的。
    """
    return prefill_attention_time * one_sequence / chunks + attention_compute_time


@quantity(
    "s",
    "Mixed iteration",
    zh="混合迭代的时间",
    source="Sarathi-Serve (2403.02310); Orca (OSDI 2022)",
)
def mixed_step(
    mixed_weights_time,
    mixed_matmul_time,
    mixed_kv_time,
    mixed_attention_compute_time,
    step_overhead,
):
    """The gap that every decoding sequence waits while a chunk rides along, matrices first, then attention: longer late in a prompt, shorter early.

    chunk 搭车的这一步，每条正在 decode 的序列都要等这么久，先矩阵、后 attention；prompt 靠后的 chunk 更久，靠前的更短。
    """
    return (
        max(mixed_weights_time, mixed_matmul_time)
        + max(mixed_kv_time, mixed_attention_compute_time)
        + step_overhead
    )


@quantity("s/seq", "Prefill beside decoding, at least", zh="与 decode 混跑的 prefill 下限")
def mixed_prefill(chunks, mixed_step, one_sequence):
    """As many mixed iterations as the prompt has chunks; early and late ones differ, which can only add.

    prompt 有几个 chunk 就要几次混合迭代；前后长短不一，实际只会更久。
    """
    return chunks * mixed_step / one_sequence


@quantity(
    "s",
    "Iteration with a whole prompt",
    zh="塞进整段 prompt 的一步",
    source="Sarathi-Serve (2403.02310)",
)
def unchunked_step(
    prefill_weights_time,
    prefill_matmul_time,
    one_sequence,
    matmul_time,
    kv_time,
    prefill_attention_time,
    attention_compute_time,
    step_overhead,
):
    """A prompt that is not cut holds up every decoding sequence until it has been read.

    不切的 prompt，要等它读完，所有正在 decode 的序列才能往下走。
    """
    return (
        max(prefill_weights_time, prefill_matmul_time * one_sequence + matmul_time)
        + max(kv_time, prefill_attention_time * one_sequence + attention_compute_time)
        + step_overhead
    )


@quantity(
    "1", "Stall by a whole prompt", zh="整段 prompt 造成的停顿", source="Sarathi-Serve (2403.02310)"
)
def prefill_stall(unchunked_step, decode_step):
    """How many ordinary steps the gap is long.

    这一次间隔相当于多少个普通步。
    """
    return unchunked_step / decode_step
