"""Disaggregation: prefill on one machine, decode on another, and the cache that travels between them.

分家：prefill在一台机器上，decode在另一台，缓存从中间走一趟。
"""

from hooks.formula.quantity import constant, quantity, setting

transfer_bandwidth = setting(
    "GB/s",
    "Transfer bandwidth, one way",
    zh="传输带宽（单向）",
    default=50,
    low=0.001,
    high=1_000_000_000,
    why="Assumed: one 400 Gb/s port for the whole prompt, one way and without loss.",
    why_zh="假设：整段 prompt 走一个 400 Gb/s 端口，单向，无损耗。",
)
one_layer = constant(
    "layer",
    1,
    "One layer",
    zh="一层",
    why="Streamed, the cache of the last layer cannot start before that layer is done.",
    why_zh="逐层发送时，最后一层的缓存要等这一层算完才能出发。",
)


@quantity("B/seq", "KV cache of a prompt", zh="一段 prompt 的 KV cache")
def prompt_cache(
    attention_layers,
    window_layers,
    shared_kv_layers,
    prompt,
    prompt_beyond_window,
    csa_layers,
    csa_ratio,
    hca_layers,
    hca_ratio,
    kv_values,
    kv_width,
    linear_state,
    window_heads,
    window_kv_values,
):
    """What a prefill leaves behind: every token in full layers, the window in windowed ones, a fixed state in linear ones.

    prefill 留下的东西：全注意力层每个 token 一份，窗口层只有窗口，线性层是固定大小的状态。
    """
    if window_heads > 0:
        return (
            (
                (
                    (attention_layers - window_layers) * prompt
                    + (csa_layers / csa_ratio + hca_layers / hca_ratio) * prompt
                )
                * kv_values
                + window_layers * (prompt - prompt_beyond_window) * window_kv_values
            )
            * kv_width
            + linear_state
        ) * ((attention_layers - shared_kv_layers) / attention_layers)
    return (
        (
            (
                attention_layers * prompt
                - window_layers * prompt_beyond_window
                + (csa_layers / csa_ratio + hca_layers / hca_ratio) * prompt
            )
            * kv_values
            * kv_width
            + linear_state
        )
        * (attention_layers - shared_kv_layers)
        / attention_layers
    )


@quantity(
    "s/seq",
    "Transfer of a prompt's cache",
    zh="传输一段 prompt 缓存的时间",
    source="DistServe (2401.09670), section 3.3; Splitwise (2311.18677)",
)
def transfer_time(prompt_cache, transfer_bandwidth):
    """Its bytes over the bandwidth in the direction that they go.

    字节数除以传输方向上的带宽。
    """
    return prompt_cache / transfer_bandwidth


@quantity(
    "s/seq",
    "Transfer that shows, streamed by layer",
    zh="逐层发送时露出来的传输时间",
    source="Splitwise (2311.18677); the two-stage pipeline worked out",
)
def exposed_transfer(transfer_time, reading_time, one_layer, layers):
    """Each layer's cache leaves while the next one computes: either the last layer's transfer is left over, or all but what the other layers hid.

    每层的缓存在下一层计算时发出：要么只剩最后一层的传输，要么剩下其他层没盖住的部分。
    """
    return max(
        transfer_time * one_layer / layers, transfer_time - reading_time * (1 - one_layer / layers)
    )


@quantity(
    "B/s",
    "Bandwidth that arrivals ask for",
    zh="到达率要求的传输带宽",
    source="DistServe (2401.09670), section 3.3",
)
def transfer_demand(arrival_rate, sequences_per_request, prompt_cache):
    """Every second's prompts have to cross the link within a second.

    每秒到达的 prompt，缓存得在一秒内送过去。
    """
    return arrival_rate * sequences_per_request * prompt_cache


@quantity(
    "1",
    "Prefill machines per decode machine",
    zh="每台 decode 机器配几台 prefill 机器",
    source="Scaling Book, part 8",
)
def pool_ratio(prefill_time, batch, output, tokens_per_step, decode_step):
    """As many prompts have to be read as answers are finished, machines of one kind being alike.

    写完多少答案，就要读进多少 prompt；两种机器配置相同。
    """
    return prefill_time * batch / (output / tokens_per_step * decode_step)
