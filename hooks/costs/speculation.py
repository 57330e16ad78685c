"""Speculation: a draft guesses tokens, the target checks them all in one step.

Each guess is accepted with the same chance, independently of the others, as in Leviathan et al.; real acceptance
falls from guess to guess, which this cannot say.

推测解码：draft先猜几个token，目标模型一步全部验完。
"""

from hooks.formula.quantity import constant, impossible, power, quantity, setting

acceptance = setting(
    "%",
    "Acceptance",
    zh="接受率",
    default=80,
    low=0,
    high=100,
    why="Assumed: four guesses of five hold; it depends on the draft, the text and the temperature.",
    why_zh="假设：五个猜中四个；实际取决于 draft 模型、文本和温度。",
)
draft_tokens = setting(
    "token/seq",
    "Draft tokens per step",
    zh="每步的 draft token",
    default=4,
    low=1,
    high=1_000_000,
    whole=True,
    why="Assumed: four guesses before each check.",
    why_zh="假设：每次验证前猜四个。",
)
draft_cost = setting(
    "%",
    "Draft step against target step",
    zh="draft 一步与目标一步之比",
    default=5,
    low=0,
    high=1_000_000,
    why="Assumed: a draft with a twentieth of the bytes, so of the time.",
    why_zh="假设：draft 的字节数是目标的二十分之一，时间也是。",
)
draft_flops = setting(
    "%",
    "Draft FLOPs against target FLOPs",
    zh="draft 与目标的 FLOPs 之比",
    default=5,
    low=0,
    high=1_000_000,
    why="Assumed: a draft with a twentieth of the parameters.",
    why_zh="假设：draft 的参数量是目标的二十分之一。",
)
own_token = constant(
    "token/seq",
    1,
    "The target's own token",
    zh="目标模型自己的 token",
    why="Even when no guess holds, the check yields one token.",
    why_zh="一个都没猜中，验证这一步也会给出一个 token。",
)


@quantity(
    "token/seq",
    "Tokens per check",
    zh="每次验证得到的 token",
    source="Leviathan et al. (2211.17192), equation 1",
)
def expected_tokens(acceptance, draft_tokens, own_token):
    """Guesses count up to the first wrong one, and the target adds its own: (1 − α^(γ+1))/(1 − α) on average.

    从头数到第一个猜错的为止，再加上目标自己的一个：平均 (1 − α^(γ+1))/(1 − α)。
    """
    if acceptance == 1:
        return draft_tokens + own_token
    return own_token * (1 - power(acceptance, draft_tokens + own_token)) / (1 - acceptance)


@quantity("token/seq", "Tokens gained, drafting paid", zh="扣除 draft 后的 token")
def net_tokens(expected_tokens, draft_tokens, draft_cost):
    """Drafting takes the time of a part of a step for each guess.

    每猜一个，要花掉一步的一小部分时间。
    """
    return expected_tokens - draft_tokens * draft_cost


@quantity(
    "1",
    "Speed-up while checking is free",
    zh="验证不花时间时的加速比",
    source="Leviathan et al. (2211.17192), theorem 3.8",
)
def speculation_speedup(expected_tokens, draft_tokens, draft_cost, own_token):
    """While bytes decide with room to spare, a check takes as long as a plain step: E/(γc + 1).

    字节说了算且余地足够时，验证一步和普通一步一样久：E/(γc + 1)。
    """
    return expected_tokens / (draft_tokens * draft_cost + own_token)


@quantity(
    "1",
    "FLOPs against plain decoding",
    zh="FLOPs 与普通 decode 之比",
    source="Leviathan et al. (2211.17192), section 3.4",
)
def speculation_flops(draft_tokens, draft_flops, own_token, expected_tokens):
    """Every guess is computed twice, by draft and target, and those that fail are computed for nothing.

    每个猜测 draft 和目标各算一遍，没猜中的就白算了。
    """
    return (draft_tokens * draft_flops + draft_tokens + own_token) / expected_tokens


@quantity(
    "1",
    "Tokens per step with one MTP head",
    zh="带一个 MTP 头时每步的 token",
    source="DeepSeek-V3 (2412.19437), section 5.4.3",
)
def mtp_tokens(acceptance):
    """The head's one guess holds or does not: 1 + α, at most, for the head and the second row take time too.

    那一个猜测，中或不中：1 + α。这是上限，MTP 头和多出的一行也要时间。
    """
    return 1 + acceptance


@quantity(
    "seq",
    "Largest batch that is checked for free",
    zh="验证不花时间的最大 batch",
    source="Leviathan et al. (2211.17192), section 3.3, with the critical batch",
)
def free_check_batch(critical_batch, tokens_per_step, draft_tokens, own_token):
    """Each sequence brings γ + 1 rows, and together they have to stay below the critical batch.

    每条序列带来 γ + 1 行，合起来要小于临界 batch。
    """
    return critical_batch * tokens_per_step / (draft_tokens + own_token)


@quantity(
    "seq",
    "Largest batch that speculation pays for",
    zh="投机还划算的最大 batch",
    source="MagicDec (2408.11049), for the case without a limit",
)
def speculation_limit(
    experts,
    net_tokens,
    own_token,
    draft_tokens,
    weights_time,
    matmul_time_per_sequence,
    attention_time_per_sequence,
    check_attention_per_sequence,
):
    """Past the free batch a check takes longer than a step, until it eats the tokens gained; the overhead, left out, would raise the limit.

    超过不花时间的 batch，验证就比普通一步久，直到把赚到的 token 吃光；固定开销没有计入，计入只会更划算。
    """
    if experts > 0:
        return impossible(
            "no closed form for a mixture of experts: more tokens touch more experts",
            zh="MoE 没有闭式解：token 越多，碰到的专家越多",
        )
    if net_tokens <= own_token:
        return impossible(
            "never pays: drafting takes more time than it gains",
            zh="从不划算：猜 token 花的时间比赚到的多",
        )
    if (
        draft_tokens + own_token
    ) * matmul_time_per_sequence + own_token * check_attention_per_sequence <= net_tokens * (
        matmul_time_per_sequence + attention_time_per_sequence
    ):
        return impossible(
            "pays at any batch: each sequence's cache takes longer to read than its guesses to check",
            zh="batch 多大都划算：读每条序列的缓存，比验证它的猜测还久",
        )
    return (
        net_tokens
        * weights_time
        / (
            (draft_tokens + own_token) * matmul_time_per_sequence
            + own_token * check_attention_per_sequence
            - net_tokens * attention_time_per_sequence
        )
    )


@quantity("s/seq", "Attention of a check per sequence", zh="一次验证中每条序列的 attention")
def check_attention_per_sequence(
    kv_time_per_sequence,
    draft_tokens,
    own_token,
    tokens_per_step,
    decode_attention_flops,
    machine_flops,
    flops_efficiency,
):
    """The cache is read once for all guesses, and each of them does its own arithmetic on it.

    缓存为所有猜测只读一遍，每个猜测各做各的算术。
    """
    return max(
        kv_time_per_sequence,
        (draft_tokens + own_token)
        / own_token
        * tokens_per_step
        * decode_attention_flops
        / (machine_flops * flops_efficiency),
    )


@quantity(
    "expert/layer",
    "Experts touched by a check",
    zh="一次验证碰到的专家数",
    source="Expected distinct experts under uniform, independent routing",
)
def checked_experts(experts, experts_per_token, batch, draft_tokens, own_token):
    """Guesses choose experts as tokens do: a small batch pays for them in bytes.

    猜测的 token 也要选专家：batch 小时，代价就是多读字节。
    """
    if experts > 0:
        return experts * (
            1 - power(1 - experts_per_token / experts, batch * (draft_tokens + own_token))
        )
    return 0


@quantity("s", "Time to read the weights for a check", zh="验证时读权重的时间")
def checked_weights_time(
    core_bytes,
    moe_layers,
    checked_experts,
    expert_bytes,
    machine_bandwidth,
    bandwidth_efficiency,
):
    """Once for all guesses, and for a dense model no more than in a plain step.

    所有猜测合起来只读一遍；稠密模型并不比普通一步多读。
    """
    return (core_bytes + moe_layers * checked_experts * expert_bytes) / (
        machine_bandwidth * bandwidth_efficiency
    )


@quantity("s", "FLOPs clock of a check's matrices", zh="验证时矩阵部分的运算秒表")
def checked_matmul_time(
    batch, draft_tokens, own_token, flops_per_token, machine_flops, flops_efficiency
):
    """Every guess passes the matrices, whether it holds or not.

    每个猜测都要过矩阵，无论中不中。
    """
    return batch * (draft_tokens + own_token) * flops_per_token / (machine_flops * flops_efficiency)


@quantity("s", "FLOPs clock of a check's attention", zh="验证时 attention 的运算秒表")
def checked_attention_time(
    batch, draft_tokens, own_token, decode_attention_flops, machine_flops, flops_efficiency
):
    """Every guess looks back at the whole cache, which is read once for all.

    每个猜测都要回看整个缓存，缓存则合起来只读一遍。
    """
    return (
        batch
        * (draft_tokens + own_token)
        * decode_attention_flops
        / (machine_flops * flops_efficiency)
    )


@quantity("s", "Time of a check", zh="验证一步的时间")
def check_step(
    checked_weights_time, checked_matmul_time, kv_time, checked_attention_time, step_overhead
):
    """The bytes of a step, the FLOPs of γ + 1, matrices first, then attention.

    字节是一步的，FLOPs 是 γ + 1 份的；先矩阵、后 attention。
    """
    return (
        max(checked_weights_time, checked_matmul_time)
        + max(kv_time, checked_attention_time)
        + step_overhead
    )


@quantity("token/s/seq", "Speed for one reader with speculation", zh="投机解码时单个用户的速度")
def speculative_speed(
    expected_tokens, check_step, draft_tokens, own_token, draft_cost, decode_step
):
    """What a check yields, over the check and the drafting before it.

    一次验证得到的 token，除以验证加上之前猜测的时间。
    """
    return expected_tokens / (check_step + draft_tokens / own_token * draft_cost * decode_step)


@quantity("1", "Speed-up of speculation at this batch", zh="当前 batch 下投机的加速比")
def speculation_gain(speculative_speed, own_token, decode_step):
    """Against plain decoding, one token a step, with the batch's own step: below one it slows readers down.

    与每步一个 token 的普通 decode 相比，按当前 batch 的一步计算：小于一就是变慢。
    """
    return speculative_speed * decode_step / own_token


# What to expect: a check as engines really take it, at the shares and with the overheads that published runs reached.


@quantity("s", "Expected time of a check's matrices", zh="预期验证时矩阵部分的时间")
def expected_check_matrices(
    checked_weights_time,
    fitted_bandwidth_share,
    checked_matmul_time,
    fitted_flops_share,
    fitted_family,
):
    """Reading the weights once for all guesses races multiplying by them for each, at the shares that published runs reached.

    为所有猜测读一遍权重，与每个猜测各乘一遍赛跑，都按公开实测达到的比例走。
    """
    if fitted_flops_share > 0:
        return max(
            checked_weights_time / fitted_bandwidth_share, checked_matmul_time / fitted_flops_share
        )
    if checked_matmul_time > checked_weights_time / fitted_bandwidth_share:
        return impossible(
            "no published run to fit: here the matrices wait for arithmetic, and no run behind “{fitted_family}” did",
            zh="没有公开的实测可供拟合：这里的矩阵在等算术，而“{fitted_family}”所依据的实测都不等",
        )
    return checked_weights_time / fitted_bandwidth_share


@quantity("s", "Expected time of a check", zh="预期验证一步的时间")
def expected_check_step(
    outlook_factor,
    expected_check_matrices,
    kv_time,
    fitted_bandwidth_share,
    checked_attention_time,
    expected_overhead,
):
    """A step's launches and collectives, the weights that its guesses touch, and attention with one read of the cache.

    一步的 kernel 启动和集合通信，猜测碰到的权重，再加只读一遍缓存的 attention。
    """
    return outlook_factor * (
        expected_check_matrices
        + max(kv_time / fitted_bandwidth_share, checked_attention_time)
        + expected_overhead
    )


@quantity(
    "token/s/seq", "Expected speed for one reader with speculation", zh="预期投机解码的单用户速度"
)
def expected_speculative_speed(
    expected_tokens, expected_check_step, draft_tokens, own_token, draft_cost, expected_step
):
    """What a check yields, over the check and the drafting before it, both as engines take them.

    一次验证得到的 token，除以验证加上之前猜测的时间，两者都按引擎实际的快慢。
    """
    return expected_tokens / (
        expected_check_step + draft_tokens / own_token * draft_cost * expected_step
    )


@quantity("1", "Expected speed-up of speculation", zh="预期投机的加速比")
def expected_speculation_gain(expected_speculative_speed, own_token, expected_step):
    """Against plain decoding at the same batch on the same machine: launches and collectives are paid once a check, too.

    与同一台机器、同一 batch 的普通 decode 相比：kernel 启动和集合通信，每次验证也要付一遍。
    """
    return expected_speculative_speed * expected_step / own_token
