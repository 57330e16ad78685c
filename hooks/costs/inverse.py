"""What would it take: the batch, bandwidth, chips, price, hits and guesses that a target asks for, by the floors solved the other way round.

Of a mixture of experts every expert is counted as read where the batch is what is asked for: no batch reads more.

反过来算：要达到一个目标，batch、带宽、卡数、价格、命中率、猜中数各要多少，由下限的公式反解。
"""

from hooks.formula.quantity import ceil, constant, floor, impossible, quantity, setting

target_throughput = setting(
    "token/s",
    "Target: throughput",
    zh="目标：吞吐",
    default=1000,
    low=0.001,
    high=1_000_000_000_000,
    why="A target of the reader's own: what the machine shall write in a second, as measured or as planned.",
    why_zh="由读者自定的目标：整机每秒写出多少 token，实测值或计划值都行。",
)
target_price = setting(
    "USD/Mtoken",
    "Target: price of an output token",
    zh="目标：输出 token 的价格",
    default=5,
    low=0.000001,
    high=1_000_000,
    why="A target of the reader's own.",
    why_zh="由读者自定的目标。",
)
target_input = setting(
    "%",
    "Target: mean cost of input, against fresh input",
    zh="目标：输入的平均成本与未命中之比",
    default=50,
    low=0,
    high=100,
    why="A target of the reader's own: half of what input costs that no cache knows.",
    why_zh="由读者自定的目标：未命中输入的一半。",
)
several_chips = constant(
    "chip",
    2,
    "Several chips",
    zh="不止一块卡",
    why="The fewest that have to wait for one another.",
    why_zh="最少要两块，才谈得上互相等待。",
)


# A time between tokens


@quantity("s", "Time to read the weights, at most", zh="读权重的时间上限")
def whole_weights_time(
    experts, weight_bytes, weights_time, machine_bandwidth, bandwidth_efficiency
):
    """A dense model reads the same at any batch; of a mixture everything is counted as read.

    稠密模型 batch 多大都读一样多；MoE 按全部读一遍算。
    """
    if experts > 0:
        return weight_bytes / (machine_bandwidth * bandwidth_efficiency)
    return weights_time


@quantity("seq", "Largest batch that the time between tokens allows", zh="这个间隔允许的最大 batch")
def gap_batch(
    target_step,
    step_overhead,
    whole_weights_time,
    matmul_time_per_sequence,
    attention_time_per_sequence,
    one_sequence,
):
    """The step is the longer of two straight lines in the batch, so the target meets both and the smaller batch counts; memory may hold fewer. Refuses a target that one sequence misses.

    一步是 batch 的两条直线中较长的一条；目标与两条各有交点，取较小的 batch。显存放得下的也许更少。一条序列都来不及时则拒绝。
    """
    if (
        max(whole_weights_time, one_sequence * matmul_time_per_sequence)
        + one_sequence * attention_time_per_sequence
        + step_overhead
        > target_step
    ):
        return impossible(
            "too short: a step with one sequence takes longer than {target_step:ms}; take more chips, faster memory or fewer bits",
            zh="太短：只有一条序列，一步也不止 {target_step:ms}；加卡，换更快的显存，或减少位数",
        )
    return floor(
        min(
            (target_step - step_overhead - whole_weights_time) / attention_time_per_sequence,
            (target_step - step_overhead)
            / (matmul_time_per_sequence + attention_time_per_sequence),
        )
    )


@quantity(
    "s/seq", "Prompts in a gap per further sequence", zh="每多一条序列，间隔里多出的 prompt 时间"
)
def prompt_time_per_sequence(prefill_time, tokens_per_step, output):
    """While a sequence writes its answer, each of the others comes once with a new prompt; its time is spread over the steps.

    一条序列写完答案的工夫，其余每条都换人一次，各带一段新 prompt，时间摊到每一步上。
    """
    return prefill_time * tokens_per_step / output


@quantity(
    "seq",
    "Largest batch that the time between tokens allows, prompts read in between",
    zh="中间还要读 prompt 时，这个间隔允许的最大 batch",
)
def served_gap_batch(
    gap_batch,
    target_step,
    step_overhead,
    whole_weights_time,
    matmul_time_per_sequence,
    attention_time_per_sequence,
    prompt_time_per_sequence,
    one_sequence,
):
    """As without prompts, but each further sequence brings its prompt as well. Refuses a target that one sequence misses.

    与不读 prompt 时一样解，只是每多一条序列还要多读一段 prompt。一条序列都来不及时则拒绝。
    """
    if gap_batch <= one_sequence:
        return gap_batch
    return floor(
        min(
            (
                target_step
                - step_overhead
                - whole_weights_time
                + prompt_time_per_sequence * one_sequence
            )
            / (attention_time_per_sequence + prompt_time_per_sequence),
            (target_step - step_overhead + prompt_time_per_sequence * one_sequence)
            / (matmul_time_per_sequence + attention_time_per_sequence + prompt_time_per_sequence),
        )
    )


@quantity("B/s/chip", "Memory bandwidth that a chip needs", zh="每块卡需要的显存带宽")
def bandwidth_for_gap(
    target_step,
    step_overhead,
    matmul_time,
    attention_compute_time,
    weights_read,
    kv_bytes,
    chips,
    bandwidth_efficiency,
):
    """For this batch within the target: matrices and attention each wait for bytes or for arithmetic, and the hardest of the three pairings with bytes counts. Refuses a target that arithmetic alone misses.

    按当前 batch 达到目标：矩阵和 attention 各自等字节或等算术，带字节的三种搭配里取最苛刻的。光是算术就来不及时则拒绝。
    """
    if matmul_time + attention_compute_time + step_overhead >= target_step:
        return impossible(
            "too short: arithmetic and overhead alone take longer than {target_step:ms}; no bandwidth helps, a smaller batch or more chips do",
            zh="太短：光是算术和开销就不止 {target_step:ms}；带宽再大也没用，减小 batch 或加卡",
        )
    return max(
        (weights_read + kv_bytes) / (target_step - step_overhead),
        max(
            weights_read / (target_step - step_overhead - attention_compute_time),
            kv_bytes / (target_step - step_overhead - matmul_time),
        ),
    ) / (chips * bandwidth_efficiency)


@quantity("chip", "Chips that the step needs", zh="这一步需要的卡数")
def chips_for_gap(
    matrices_time,
    attention_time,
    chips,
    one_chip,
    several_chips,
    target_step,
    launch_overhead,
    layers,
    all_reduces_per_layer,
    collective_latency,
):
    """For this batch within the target, cut ideally: the work is divided, launches and the waiting for one another are not; memory may need more. Refuses a target that these alone miss.

    按当前 batch、理想切分来达到目标：干活的时间可以分，启动和互相等待分不了；显存也许还要更多卡。光这两样就来不及时则拒绝。
    """
    if (matrices_time + attention_time) * chips / one_chip + launch_overhead <= target_step:
        return one_chip
    if launch_overhead + layers * all_reduces_per_layer * collective_latency >= target_step:
        return impossible(
            "too short: launches and collectives alone take longer than {target_step:ms}; no number of chips helps, fewer layers do",
            zh="太短：光是启动和集合通信就不止 {target_step:ms}；卡再多也没用，除非层数更少",
        )
    return max(
        several_chips,
        one_chip
        * ceil(
            (matrices_time + attention_time)
            * chips
            / one_chip
            / (target_step - launch_overhead - layers * all_reduces_per_layer * collective_latency)
        ),
    )


# Guesses


@quantity(
    "token/seq",
    "Guesses that must hold in each check",
    zh="每次验证须猜中的 token",
    source="Leviathan et al. (2211.17192), theorem 3.8, solved for the tokens",
)
def guesses_for_gap(
    check_step, draft_tokens, own_token, draft_cost, decode_step, tpot_target, one_sequence
):
    """On average, as engines report it: what a check with its drafting takes, counted in gaps of the target, less the target model's own token. Refuses more than are guessed.

    平均值，引擎报告的就是这个数：一次验证连同猜测的时间，折合成几个目标间隔，减去目标模型自己的那个 token。要的比猜的还多则拒绝。
    """
    if (check_step + draft_tokens / own_token * draft_cost * decode_step) / (
        tpot_target * one_sequence
    ) - own_token > draft_tokens:
        return impossible(
            "too short: even if all {draft_tokens} guesses held, the gap would be longer; take a smaller batch or more chips",
            zh="太短：就算 {draft_tokens} 个全猜中，间隔也更长；减小 batch 或加卡",
        )
    return max(
        0,
        (check_step + draft_tokens / own_token * draft_cost * decode_step)
        / (tpot_target * one_sequence)
        - own_token,
    )


@quantity(
    "%",
    "Acceptance that the target needs",
    zh="目标需要的接受率",
    source="Leviathan et al. (2211.17192), equation 1, with one guess",
)
def acceptance_for_gap(guesses_for_gap, draft_tokens, own_token):
    """One guess holds as often as this. Refuses several guesses, for which there is no closed form.

    只猜一个时，它要猜中的频率。猜多个时没有闭式解，则拒绝。
    """
    if draft_tokens > own_token:
        return impossible(
            "no closed form for several guesses: set one draft token, or read how many must hold",
            zh="猜多个时没有闭式解：把 draft token 设为 1，或看须猜中几个",
        )
    return guesses_for_gap / own_token


# A price


@quantity("USD/token", "Price that the throughput means", zh="这个吞吐对应的价格")
def price_of_throughput(machine_price, target_throughput):
    """The rent of a second, shared by the tokens of a second.

    一秒的租金，由这一秒的 token 分摊。
    """
    return machine_price / target_throughput


@quantity("token/s", "Throughput that the price means", zh="这个价格对应的吞吐")
def throughput_of_price(machine_price, target_price):
    """As many tokens a second as the rent of a second is worth at that price.

    一秒的租金，按这个价格抵多少 token。
    """
    return machine_price / target_price


@quantity("s/seq", "Machine time that a token may take", zh="一个 token 可用的整机时间")
def time_for_price(target_price, machine_price, priced_prefill, output, tokens_per_step):
    """What the price buys of the machine, less the token's share of its prompt, for a step's tokens. Refuses a price that the prompt alone exceeds.

    这个价格买得到的整机时间，减去它分摊的 prompt，按一步交出的 token 计。光 prompt 就超价时则拒绝。
    """
    if target_price / machine_price <= priced_prefill / output:
        return impossible(
            "too cheap: the prompt alone costs that much of each token; take longer answers, shorter prompts or hits in the cache",
            zh="太便宜：光是分摊的 prompt 就不止这个价；答案写长些、prompt 短些，或让缓存命中",
        )
    return (target_price / machine_price - priced_prefill / output) * tokens_per_step


@quantity("seq", "Smallest batch for the price", zh="达到这个价格的最小 batch")
def batch_for_price(
    time_for_price,
    whole_weights_time,
    step_overhead,
    matmul_time_per_sequence,
    attention_time_per_sequence,
):
    """Seats that must be taken so that a token, its prompt counted, costs no more: weights and overhead are shared, cache and arithmetic are not. Memory may hold fewer. Refuses a price below what each sequence takes by itself.

    要坐满多少座位，一个 token 连同它的 prompt 才不超过这个价：权重和开销可以分摊，缓存和算术分不了。显存也许放不下这么多。比每条序列自己要花的还低则拒绝。
    """
    if time_for_price <= matmul_time_per_sequence + attention_time_per_sequence:
        return impossible(
            "too cheap: each sequence's own cache and arithmetic cost that much; take a shorter context, fewer bits or cheaper chips",
            zh="太便宜：每条序列自己的缓存和算术就不止这个价；缩短上下文，减少位数，或换便宜的卡",
        )
    return ceil(
        max(
            (whole_weights_time + step_overhead) / (time_for_price - attention_time_per_sequence),
            step_overhead
            / (time_for_price - matmul_time_per_sequence - attention_time_per_sequence),
        )
    )


@quantity(
    "USD/h/chip",
    "Chip-hour at which this load meets the price",
    zh="当前负载达到这个价格的每卡时价格",
)
def rent_for_price(target_price, served_throughput, utilisation, chips):
    """What the tokens of an hour sell for, prompts read on the same machine, divided among its chips: above this rent every token loses money.

    一小时写出的 token 按这个价格卖多少钱，摊到每块卡上，prompt 也在这台机器上读：租金再高，每个 token 都亏。
    """
    return target_price * served_throughput * utilisation / chips


# Hits


@quantity("%", "Share of input that hits must serve", zh="输入须命中的比例")
def hits_for_input(target_input, cached_input_ratio):
    """So that input costs the target on average, where a hit loads a whole prompt's cache from its tier. Refuses a target below what a hit costs.

    要让输入的平均成本达到目标；命中就是把整段 prompt 的缓存从缓存层载入。目标比命中还便宜则拒绝。
    """
    if target_input < cached_input_ratio:
        return impossible(
            "too cheap: a hit itself costs {cached_input_ratio:%} of fresh input; take a faster tier",
            zh="太便宜：命中本身就要未命中的 {cached_input_ratio:%}；换更快的缓存层",
        )
    if cached_input_ratio >= 1:
        return 0
    return (1 - target_input) / (1 - cached_input_ratio)
