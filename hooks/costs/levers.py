"""Levers: the machine time of a token when every seat is taken, line by line, and what a trick does to each line.

Guesses and cache hits are fields here, none by default, so that a lever is a pin: the same bill is computed with it and
without it. The experts of a mixture are those that the full batch touches.

杠杆：座位全满时，一个token的整机时间分成几项，每一招动了哪一项。
"""

from hooks.formula.quantity import power, quantity, setting

guesses = setting(
    "token/seq",
    "Guesses in the bill",
    zh="账上每步猜的 token",
    default=0,
    low=0,
    high=1_000,
    whole=True,
    why="None, unless a page says that drafts are made before each step.",
    why_zh="没有；页面说了要先猜，才不是零。",
)
hit_share = setting(
    "%",
    "Share of prompts found in the cache",
    zh="prompt 命中缓存的比例",
    default=0,
    low=0,
    high=100,
    why="None, unless a page says that beginnings are kept.",
    why_zh="没有；页面说了开头留着，才不是零。",
)


@quantity(
    "expert/layer",
    "Experts touched, every seat taken",
    zh="座位全满时碰到的专家数",
    source="Expected distinct experts under uniform, independent routing",
)
def full_experts(experts, experts_per_token, max_batch, guesses, own_token):
    """Every row of a full step chooses experts, guesses as well.

    满员的一步里，每一行都要选专家，猜的 token 也选。
    """
    if experts > 0:
        return experts * (
            1 - power(1 - experts_per_token / experts, max_batch * (guesses + own_token))
        )
    return 0


@quantity("s", "Time to read the weights, every seat taken", zh="座位全满时读权重的时间")
def full_weights_time(
    core_bytes,
    moe_layers,
    full_experts,
    expert_bytes,
    machine_bandwidth,
    bandwidth_efficiency,
):
    """One walk past everything that the full batch touches.

    满员的 batch 碰到的权重，走一遍。
    """
    return (core_bytes + moe_layers * full_experts * expert_bytes) / (
        machine_bandwidth * bandwidth_efficiency
    )


@quantity(
    "token/seq",
    "Tokens of a full step for each reader",
    zh="满员的一步给每人写出的 token",
    source="Leviathan et al. (2211.17192), equation 1",
)
def step_yield(acceptance, guesses, own_token):
    """Guesses count up to the first wrong one, and one token more; without guesses it is one.

    从头数到第一个猜错的为止，再加一个；不猜就是一个。
    """
    if acceptance == 1:
        return guesses + own_token
    return own_token * (1 - power(acceptance, guesses + own_token)) / (1 - acceptance)


@quantity("s", "Matrices of a full step", zh="满员一步的矩阵部分")
def full_matrices_step(full_weights_time, max_batch, guesses, own_token, matmul_time_per_sequence):
    """The walk, or the arithmetic of all rows, whichever takes longer; a guess is a row.

    走一遍权重，或是做完所有行的算术，取久的那个；猜的也算一行。
    """
    return max(
        full_weights_time,
        max_batch * (guesses + own_token) / own_token * matmul_time_per_sequence,
    )


@quantity("s/seq", "Attention of a full step, for each reader", zh="满员一步里每人的 attention")
def full_attention(
    kv_time_per_sequence,
    guesses,
    own_token,
    decode_attention_flops,
    machine_flops,
    flops_efficiency,
):
    """The cache is read once for all guesses; each does its own arithmetic on it.

    缓存为所有猜测只读一遍，每个猜测各做各的算术。
    """
    return max(
        kv_time_per_sequence,
        (guesses + own_token) * decode_attention_flops / (machine_flops * flops_efficiency),
    )


@quantity("s/token", "Weights in the bill of a token", zh="一个 token 账上的权重")
def bill_weights(full_matrices_step, max_batch, step_yield):
    """The matrices of a step, shared by everybody aboard and by the tokens that each takes away.

    一步的矩阵部分，由车上所有人、每人带走的所有 token 平摊。
    """
    return full_matrices_step / (max_batch * step_yield)


@quantity("s/token", "Cache in the bill of a token", zh="一个 token 账上的缓存")
def bill_cache(full_attention, step_yield):
    """A reader's own cache, shared only by the tokens that one reading gives.

    各人自己的缓存，只由读这一遍写出的 token 分摊。
    """
    return full_attention / step_yield


@quantity("s/token", "Pauses and drafts in the bill of a token", zh="一个 token 账上的停顿与草稿")
def bill_rest(
    step_overhead,
    guesses,
    own_token,
    draft_cost,
    full_weights_time,
    matmul_time_per_sequence,
    kv_time_per_sequence,
    max_batch,
    step_yield,
):
    """Pauses come once a step, and each guess takes a part of a plain step to draft.

    停顿每步一次；每猜一个，草稿要花掉普通一步的一小部分。
    """
    return (
        step_overhead
        + guesses
        / own_token
        * draft_cost
        * (
            max(full_weights_time, max_batch * matmul_time_per_sequence)
            + max_batch * kv_time_per_sequence
        )
    ) / (max_batch * step_yield)


@quantity("s/seq", "Prefill of what the cache lacks", zh="读缓存里没有的那部分 prompt")
def missed_prefill(prefill_matmul_time, prefill_attention_time, hit_share):
    """Only the rows that the cache does not hold are computed, though each looks back on all before it.

    只有缓存里没有的行要算，但每一行回看的是前面的全部。
    """
    return prefill_matmul_time * (1 - hit_share) + prefill_attention_time * (
        1 - hit_share * hit_share
    )


@quantity("s/token", "Prompt in the bill of a token", zh="一个 token 账上的 prompt")
def bill_prompt(missed_prefill, prefill_mfu, flops_efficiency, output):
    """Only what the cache does not hold is read; the answer's tokens share it.

    只读缓存里没有的那部分，由答案的 token 平摊。
    """
    return missed_prefill * prefill_mfu / flops_efficiency / output


@quantity("s/token", "Bill of a token, every seat taken", zh="满员时一个 token 的整机时间账")
def bill(bill_weights, bill_cache, bill_rest, bill_prompt):
    """Machine time of a token of an answer, with everything that it needs: walk, cache, pauses, prompt.

    答案里一个 token 占用的整机时间，该有的都算上：走权重、翻缓存、停顿、读 prompt。
    """
    return bill_weights + bill_cache + bill_rest + bill_prompt


@quantity("USD/token", "Cost of a token, every seat taken", zh="满员时一个 token 的成本")
def bill_cost(machine_price, bill):
    """The machine's rent for that time: the floor of an answer's token, its prompt counted.

    这段时间的整机租金：计入 prompt，答案里一个 token 的地板价。
    """
    return machine_price * bill


@quantity("%", "Weights' share of the bill", zh="权重占账单的比例")
def bill_weights_share(bill_weights, bill):
    """A lever on the weights can't take more than this off the price of a full machine.

    满员的机器上，动权重的招数最多能省下这么多。
    """
    return bill_weights / bill


@quantity("%", "Cache's share of the bill", zh="缓存占账单的比例")
def bill_cache_share(bill_cache, bill):
    """What a lever on the cache alone can take off, before it lets more readers in.

    只动缓存、还没多放人进来时，最多能省下这么多。
    """
    return bill_cache / bill


@quantity("%", "Prompt's share of the bill", zh="prompt 占账单的比例")
def bill_prompt_share(bill_prompt, bill):
    """What no lever on the step can touch.

    只动一步 decode 的招数，碰不到这一份。
    """
    return bill_prompt / bill
