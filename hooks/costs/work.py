"""Work: the FLOPs of one token and of one prompt.

计算量：一个token、一个prompt要做多少FLOPs。
"""

from hooks.formula.quantity import quantity


@quantity(
    "FLOP/token",
    "Matrix FLOPs per token",
    zh="每个 token 的矩阵 FLOPs",
    source="Kaplan et al. (2001.08361), section 2.1",
)
def flops_per_token(flops_per_param, matmul_params):
    """Each parameter that a token meets costs one multiply and one add.

    token 每碰到一个参数，就是一次乘、一次加。
    """
    return flops_per_param * matmul_params


@quantity(
    "value/layer",
    "Width of decode attention per layer",
    zh="decode 时每层 attention 的宽度",
    source="DeepSeek-V2 (2405.04434), section 2.1, for MLA",
)
def decode_attention_width(heads, head_dim, kv_rank, rope_dim, shared_heads, value_dim):
    """Every query head scores keys and weighs values; MLA does both in its latent.

    每个 query 头都要给 key 打分、给 value 加权；MLA 的这两件事都在潜空间里做。
    """
    if kv_rank > 0:
        return heads * (2 * kv_rank / shared_heads + rope_dim)
    if value_dim > 0:
        return heads * (head_dim + value_dim)
    return heads * 2 * head_dim


@quantity(
    "value/layer",
    "Width of attention per windowed layer",
    zh="每个滑动窗口层 attention 的宽度",
)
def window_attention_width(window_heads, window_head_dim, window_value_dim):
    """Of windowed layers that have heads of their own.

    指另有自己的头的窗口层。
    """
    if window_value_dim > 0:
        return window_heads * (window_head_dim + window_value_dim)
    return window_heads * 2 * window_head_dim


@quantity(
    "value/layer",
    "Width of prefill attention per layer",
    zh="prefill 时每层 attention 的宽度",
    source="DeepSeek-V2 (2405.04434), section 2.1, for MLA",
)
def prefill_attention_width(heads, head_dim, kv_rank, nope_dim, rope_dim, value_dim):
    """In prefill MLA unfolds its latent into ordinary heads.

    prefill 时 MLA 会把潜向量展开成普通的头。
    """
    if kv_rank > 0:
        return heads * (nope_dim + rope_dim + value_dim)
    if value_dim > 0:
        return heads * (head_dim + value_dim)
    return heads * 2 * head_dim


@quantity(
    "FLOP/token", "Attention FLOPs per decoded token", zh="decode 每个 token 的 attention FLOPs"
)
def decode_attention_flops(
    flops_per_pair,
    decode_attention_width,
    attention_layers,
    window_layers,
    context,
    window_context,
    window_heads,
    window_attention_width,
):
    """A new token meets every cached one in each full layer, and those in the window elsewhere.

    新 token 在全注意力层要见每个缓存的 token，在窗口层只见窗口里的。
    """
    if window_heads > 0:
        return flops_per_pair * (
            decode_attention_width * (attention_layers - window_layers) * context
            + window_attention_width * window_layers * window_context
        )
    return (
        flops_per_pair
        * decode_attention_width
        * ((attention_layers - window_layers) * context + window_layers * window_context)
    )


@quantity("token/seq", "Prompt beyond the window", zh="prompt 超出窗口的部分")
def prompt_beyond_window(prompt, window):
    """What a windowed layer has forgotten by the end of the prompt.

    读完 prompt 时，窗口层已经忘掉的部分。
    """
    return prompt - min(prompt, window)


@quantity("FLOP/seq", "Attention FLOPs of a prompt", zh="整个 prompt 的 attention FLOPs")
def prefill_attention_flops(
    causal_half,
    flops_per_pair,
    prefill_attention_width,
    attention_layers,
    window_layers,
    prompt,
    prompt_beyond_window,
    window_heads,
    window_attention_width,
):
    """Every token meets those before it: half of the square, less what lies behind a window.

    每个 token 只见它之前的：正方形的一半，再减去窗口之外的部分。
    """
    if window_heads > 0:
        return (
            causal_half
            * flops_per_pair
            * (
                prefill_attention_width * (attention_layers - window_layers) * prompt * prompt
                + window_attention_width
                * window_layers
                * (prompt * prompt - prompt_beyond_window * prompt_beyond_window)
            )
        )
    return (
        causal_half
        * flops_per_pair
        * prefill_attention_width
        * (
            attention_layers * prompt * prompt
            - window_layers * prompt_beyond_window * prompt_beyond_window
        )
    )


@quantity("FLOP/seq", "FLOPs of a prompt", zh="整个 prompt 的 FLOPs")
def prefill_flops(flops_per_token, prompt, prefill_attention_flops):
    """All tokens pass the matrices, and attention grows with the square of the prompt. The LM head is charged for all of them too, though an engine may score the last one alone.

    每个 token 都要过一遍矩阵，attention 则随 prompt 的平方增长。LM head 也按每个 token 记，其实引擎可以只给最后一个打分。
    """
    return flops_per_token * prompt + prefill_attention_flops


@quantity("FLOP", "FLOPs of a decode step", zh="一步 decode 的 FLOPs")
def step_flops(batch, tokens_per_step, flops_per_token, decode_attention_flops):
    """Each sequence brings its own work: nothing is shared.

    每条序列带来自己的一份活，谁也分摊不了。
    """
    return batch * tokens_per_step * (flops_per_token + decode_attention_flops)
