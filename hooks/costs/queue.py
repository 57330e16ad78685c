"""The queue in front of prefill, and the seats behind it that a promised time between tokens allows.

Prompts of one length that arrive at random (M/D/1), read one after the other on a machine of their own: means, for a
percentile needs the whole distribution, which has no closed form here.

prefill前面的队伍，以及承诺的token间隔允许的座位。
"""

from hooks.formula.quantity import impossible, quantity, setting

ttft_target = setting(
    "s",
    "TTFT target",
    zh="TTFT 目标",
    default=1,
    low=0,
    high=1_000_000_000,
    why="Assumed: a second, which most readers will wait.",
    why_zh="假设：一秒，多数用户等得起。",
)
tpot_target = setting(
    "ms/token",
    "TPOT target",
    zh="TPOT 目标",
    default=50,
    low=0,
    high=1_000_000_000,
    why="Assumed: 20 tokens a second, faster than people read.",
    why_zh="假设：每秒 20 个 token，比人读得快。",
)


@quantity("%", "Share of time spent on prefill", zh="prefill 占的时间")
def prefill_load(arrival_rate, sequences_per_request, prefill_time):
    """Prompts a second times the seconds that each one takes.

    每秒到达几条 prompt，乘上每条要读多久。
    """
    if arrival_rate * sequences_per_request * prefill_time >= 1:
        return impossible(
            "unstable: prompts arrive faster than they can be read",
            zh="不稳定：prompt 到达得比读得还快",
        )
    return arrival_rate * sequences_per_request * prefill_time


@quantity(
    "s",
    "Mean wait for prefill",
    zh="prefill 的平均排队时间",
    source="M/D/1; DistServe (2401.09670), section 3.1",
)
def queue_wait(prefill_load, prefill_time, one_sequence):
    """Half of what fully random lengths would wait, and without bound as the machine nears full load.

    只有时长也随机时的一半；机器接近满载时，没有上限。
    """
    return prefill_load * prefill_time * one_sequence / (2 * (1 - prefill_load))


@quantity(
    "s",
    "Mean TTFT of a prefill machine",
    zh="prefill 机器的平均 TTFT",
    source="DistServe (2401.09670), equation 1",
)
def prefill_ttft(prefill_time, one_sequence, queue_wait):
    """The wait and the prompt itself, D + RD²/2(1 − RD).

    排队加上 prompt 本身：D + RD²/2(1 − RD)。
    """
    return prefill_time * one_sequence + queue_wait


@quantity("s", "Longest step that the TPOT target allows", zh="TPOT 目标允许的最长一步")
def target_step(tpot_target, tokens_per_step, one_sequence):
    """A step may take as long as all the tokens that it yields.

    一步产出几个 token，就能用几份时间。
    """
    return tpot_target * tokens_per_step * one_sequence


@quantity("seq", "Batch that the TPOT target allows", zh="TPOT 目标允许的 batch")
def target_batch(
    target_step, step_overhead, weights_time, attention_time_per_sequence, matmul_time_per_sequence
):
    """Matrices and attention together have to stay within the target; a mixture of experts reads the weights that the scenario's batch touches.

    矩阵与 attention 合起来要在目标之内；MoE 按场景里的 batch 碰到的权重算。
    """
    if weights_time + step_overhead >= target_step:
        return impossible(
            "the TPOT target allows a step of {target_step:ms}, reading the weights alone takes {weights_time:ms} and the overhead {step_overhead:ms}",
            zh="TPOT 目标只允许一步 {target_step:ms}，单是读权重就要 {weights_time:ms}，固定开销 {step_overhead:ms}",
        )
    return min(
        (target_step - step_overhead - weights_time) / attention_time_per_sequence,
        (target_step - step_overhead) / (matmul_time_per_sequence + attention_time_per_sequence),
    )
