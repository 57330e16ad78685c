"""Ring: one prompt cut between machines, whose caches go round until each has seen all of them.

环：一段 prompt 切给几台机器，各自的缓存绕一圈，让每台都见到全部。
"""

from hooks.formula.quantity import quantity, setting

ring_ways = setting(
    "1",
    "Machines in the ring",
    zh="环上的机器数",
    default=16,
    low=1,
    high=100_000,
    why="Assumed: sixteen machines of eight cards, as in Context Parallelism (2411.01783).",
    why_zh="假设：十六台八卡机，与 Context Parallelism（2411.01783）相同。",
)
ring_bandwidth = setting(
    "GB/s",
    "Bandwidth of a machine into the ring, one way",
    zh="每台机器接入环的带宽（单向）",
    default=400,
    low=0.001,
    high=1_000_000_000,
    why="Assumed: eight ports of 400 Gb/s, one for each card, one way and without loss.",
    why_zh="假设：每块卡一个 400 Gb/s 端口，一共八个，单向，无损耗。",
)


@quantity("token/seq", "Tokens of a machine in the ring", zh="环上每台机器分到的 token")
def ring_tokens(prompt, ring_ways):
    """The text in equal parts.

    整段文字平分。
    """
    return prompt / ring_ways


@quantity(
    "s/seq",
    "Round of the ring, arithmetic",
    zh="环上一轮的算术",
    source="Ring Attention (2310.01889); Context Parallelism (2411.01783)",
)
def ring_round(prefill_attention_time, ring_ways):
    """A machine's rows look back at one part of the text, a round for each part. Shared out so that early and late rows balance, every machine has the same to do.

    本机的行回看一份文字，有几份就有几轮。前面的行和后面的行搭配着分，各台的活一样多。
    """
    return prefill_attention_time / (ring_ways * ring_ways)


@quantity(
    "s/seq",
    "Round of the ring, transfer",
    zh="环上一轮的传输",
    source="Ring Attention (2310.01889); Context Parallelism (2411.01783)",
)
def ring_transfer(prompt_cache, ring_ways, ring_bandwidth):
    """Meanwhile a part's keys and values go to the neighbour.

    同时，一份 key 和 value 传给邻机。
    """
    return prompt_cache / ring_ways / ring_bandwidth


@quantity(
    "token/seq",
    "Tokens of a machine from which the ring is free",
    zh="环上每台机器至少分到这么多 token，传输才不花时间",
)
def ring_free_tokens(ring_tokens, ring_transfer, ring_round):
    """Arithmetic grows with the square of a part and the transfer with the part: at this size they take equally long.

    算术随每份的平方增长，传输只随份的大小增长：到这个大小，两者一样久。
    """
    return ring_tokens * ring_transfer / ring_round


@quantity("s/seq", "Prefill in a ring", zh="环上的 prefill")
def ring_prefill(prefill_matmul_time, ring_ways, ring_round, ring_transfer):
    """The matrices in equal parts, then as many rounds as machines, each as long as the slower of looking back and sending. Sums within a machine come on top.

    矩阵平分；然后有几台机器就走几轮，每轮看回看和传输谁更慢。机器内部的求和另计。
    """
    return prefill_matmul_time / ring_ways + ring_ways * max(ring_round, ring_transfer)
