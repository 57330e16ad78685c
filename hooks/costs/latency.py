"""Latency: TTFT, TPOT, ITL and the whole request.

Means only: the distribution of TTFT and ITL under random arrivals has no closed form in the formula language.

延迟：TTFT、TPOT、ITL和整个请求。
"""

from hooks.formula.quantity import constant, impossible, quantity, setting

first_steps = setting(
    "1",
    "Decode steps before the first token",
    zh="首 token 之前的 decode 步数",
    default=1,
    low=0,
    high=1_000_000,
    why="Assumed: one, the step that a new request joins; 0 where the prefill itself hands out the token, as in DistServe.",
    why_zh="假设：一步，即新请求加入的那一步；若 prefill 直接给出首 token（如 DistServe），则为 0。",
)
first_output = constant(
    "token/seq",
    1,
    "First token of the answer",
    zh="答案的首个 token",
    why="TTFT ends with it, so it follows no gap.",
    why_zh="TTFT 到它为止，它前面没有间隔。",
)


@quantity(
    "s",
    "TTFT",
    zh="TTFT",
    source="vLLM, Anatomy of a high-throughput inference system; DistServe (2401.09670), section 2",
)
def ttft(prefill_ttft, first_steps, decode_step):
    """The queue, the prompt, and the step that brings the first token.

    排队，读 prompt，再加上给出首 token 的那一步。
    """
    return prefill_ttft + first_steps * decode_step


@quantity("s", "End-to-end latency", zh="端到端延迟", source="DistServe (2401.09670), section 2")
def end_to_end(ttft, output, first_output, tokens_per_step, decode_step):
    """The first token, then the steps for all the others.

    先等到首 token，再一步步等其余的。
    """
    return ttft + (output - first_output) / tokens_per_step * decode_step


@quantity("s/token", "TPOT", zh="TPOT", source="vLLM benchmark; DistServe (2401.09670), section 2")
def tpot(end_to_end, ttft, output, first_output, one_sequence):
    """The time after the first token, over the tokens that follow it.

    首 token 之后的时间，除以其后的 token 数。
    """
    if output <= first_output:
        return impossible(
            "an answer of one token has no gap between tokens",
            zh="答案只有一个 token，没有间隔可言",
        )
    return (end_to_end - ttft) / ((output - first_output) * one_sequence)


@quantity("%", "Share of time in mixed iterations", zh="混合迭代占的时间")
def mixed_time_share(arrival_rate, sequences_per_request, one_sequence, chunks, mixed_step):
    """Each arrival brings its chunks, and each chunk takes one mixed iteration.

    每个到达的请求带来几个 chunk，每个 chunk 占一次混合迭代。
    """
    if arrival_rate * sequences_per_request / one_sequence * chunks * mixed_step >= 1:
        return impossible(
            "unstable: prompts arrive faster than mixed iterations can read them",
            zh="不稳定：prompt 到达得比混合迭代读得还快",
        )
    return arrival_rate * sequences_per_request / one_sequence * chunks * mixed_step


@quantity("%", "Share of gaps that are mixed iterations", zh="由混合迭代造成的间隔比例")
def mixed_gap_share(mixed_time_share, mixed_step, decode_step):
    """Of a hundred gaps between tokens so many are long: above one, P99 ITL is a mixed iteration.

    一百个 token 间隔里有多少个是长的：超过一个，P99 ITL 就是混合迭代。
    """
    return (
        mixed_time_share
        * decode_step
        / (mixed_time_share * decode_step + (1 - mixed_time_share) * mixed_step)
    )


@quantity(
    "s",
    "Mean ITL",
    zh="平均 ITL",
    source="Sarathi-Serve (2403.02310), for the two kinds of iteration",
)
def mean_itl(mixed_gap_share, mixed_step, decode_step):
    """Two kinds of gap, weighed by how often each occurs, for a batch that stays as it is.

    两种间隔按出现的频率加权，假定 batch 不变。
    """
    return mixed_gap_share * mixed_step + (1 - mixed_gap_share) * decode_step
