"""A promise: how many may be aboard, how many requests a machine can take, and how many machines to buy, when one wait in a hundred may be longer.

Prompts and answers share each machine, in chunks beside one another. Who is aboard at any moment is a matter of chance:
arrivals are Poisson, and the crowd is that of a shared processor whose step grows by the same time with every rider. Its
mean and variance have a closed form; how many deviations above the mean a hundredth lies is fitted. The simulator checks
all of it.

承诺：首token和token间隔的等待定了，百次里只许超一次，那么一台机器能同时坐几个人、每秒接几个请求，一共要买几台。
"""

from hooks.formula.quantity import ceil, constant, impossible, quantity, root, setting

calm_spread = constant(
    "1",
    2.4,
    "Standard deviations that one in a hundred exceeds, where nobody slows anybody down",
    zh="谁也不拖慢谁时，百次只超一次的标准差倍数",
    why="Of a Poisson distribution, computed exactly for averages of 10 to 100: 2.35 to 2.4. A normal distribution has 2.33.",
    why_zh="按泊松分布精确地算，平均人数从 10 到 100，是 2.35 到 2.4；正态分布是 2.33。",
)
wait_base = constant(
    "1",
    2.4,
    "Mean waits of the worst in a hundred, idle machine",
    zh="空闲机器上，P99 的等待是平均的几倍",
    why="Of those who must wait, each further mean leaves one in e: one in a hundred arrivals is left after ln(100 × share) means, here its tangent at three tenths.",
    why_zh="要排队的人，每过一个平均等待就只剩 e 分之一；剩到来人的百分之一，要 ln(100×比例) 个平均，这里取它在三成处的切线。",
)
wait_slope = constant(
    "1",
    3.33,
    "More mean waits of the worst in a hundred, by load",
    zh="负载每增一份，P99 的等待多几倍平均",
    why="The same tangent; it lies above the logarithm everywhere.",
    why_zh="同一条切线；它处处不低于对数。",
)
quiet_wait_base = constant(
    "1",
    1.3,
    "Mean waits of the worst in a hundred, idle machine, where loads are low",
    zh="空闲机器上，P99 的等待是平均的几倍，负载低时",
    why="The tangent of the same logarithm at one tenth: closer to it below a sixth.",
    why_zh="同一个对数在一成处的切线：六分之一以下，它离对数更近。",
)
quiet_wait_slope = constant(
    "1",
    10,
    "More mean waits of the worst in a hundred, by load, where loads are low",
    zh="负载每增一份，P99 的等待多几倍平均，负载低时",
    why="The same tangent at one tenth; ln 10 − 1 is 1.303, so that its base is rounded by a four-hundredth.",
    why_zh="同一条一成处的切线；ln 10 − 1 是 1.303，截距舍去了四百分之一。",
)
average_load = setting(
    "%",
    "Average load against the peak",
    zh="平均负载与峰值之比",
    default=50,
    low=1,
    high=100,
    why="Assumed: over a month, requests average half of their busiest hour.",
    why_zh="假设：一个月平均下来，请求是最忙那个小时的一半。",
)
spare_machines = setting(
    "1",
    "Spare machines",
    zh="备用机器",
    default=1,
    low=0,
    high=1_000_000,
    whole=True,
    why="Assumed: one, so that any may fail without breaking the promise.",
    why_zh="假设：一台，坏了哪台都不至于失约。",
)
month_hours = constant(
    "h",
    730,
    "Hours of a month",
    zh="一个月的小时数",
    why="A twelfth of a year of 365 days.",
    why_zh="一年 365 天的十二分之一。",
)

# What a rider adds


@quantity(
    "s/seq",
    "Sums of a prompt between the cards",
    zh="一段 prompt 在卡间求和的时间",
    source="Megatron-LM (1909.08053), section 3, for what is reduced; a ring for how",
)
def prompt_sums_time(
    collectives, chips, one_chip, prompt, activation_rows, hidden, activation_width, link_bandwidth
):
    """Every row of a prompt takes part in every all-reduce; a single card has none.

    prompt 的每一行都要参加每次 all-reduce；单块卡没有这一项。
    """
    if chips <= one_chip:
        return 0
    return (
        collectives
        * 2
        * (chips - one_chip)
        / chips
        * prompt
        * activation_rows
        * hidden
        * activation_width
        / link_bandwidth
    )


@quantity("s/seq", "Machine time to read a prompt", zh="读一段 prompt 占用整机的时间")
def reading_time(prefill_time, prompt_sums_time):
    """Its arithmetic, and the sums that a model cut over several cards makes between them.

    自己的运算，加上模型切到几块卡上之后卡与卡之间的求和。
    """
    return prefill_time + prompt_sums_time


@quantity("s", "Gap with so many aboard", zh="这么多人在车上时的间隔")
def crowd_gap(decode_step, batch, one_sequence, reading_time, tokens_per_step, output):
    """The beat, and the others' prompts: each of them is replaced once while an answer is written.

    一拍的时间，加上别人的 prompt：写完一条回答的工夫，其余每条都换过一次人。
    """
    return decode_step + (batch - one_sequence) * reading_time * tokens_per_step / output


@quantity("token/s", "Throughput with so many aboard", zh="这么多人在车上时的吞吐")
def crowd_throughput(batch, tokens_per_step, one_sequence, crowd_gap, reading_time, output):
    """One's own prompt and then a gap for each token: everybody in turn reads and writes, and only what is written counts.

    先读自己的 prompt，再一个间隔一个 token：大家轮流读、轮流写，只数写出来的。
    """
    return (
        batch
        * tokens_per_step
        / (crowd_gap + one_sequence * reading_time * tokens_per_step / output)
    )


@quantity("seq", "Seats that the promised gap allows", zh="承诺的间隔允许的座位")
def promised_seats(
    target_step,
    step_overhead,
    weights_time,
    reading_time,
    tokens_per_step,
    output,
    one_sequence,
    attention_time_per_sequence,
    matmul_time_per_sequence,
):
    """Each rider adds a notebook and a share of a prompt, one's own prompt apart; with very many, their rows' arithmetic replaces the walk.

    每多一个人，就多一本笔记和一份 prompt，自己的 prompt 除外；人极多时，等的是各行的运算而不是读权重。
    """
    if step_overhead + weights_time >= target_step:
        return impossible(
            "the promise allows a gap of {target_step:ms}, an empty machine takes {weights_time:ms} for the weights and {step_overhead:ms} of overhead",
            zh="承诺的间隔只有 {target_step:ms}，空车一拍读权重就要 {weights_time:ms}，固定开销 {step_overhead:ms}",
        )
    return min(
        (
            target_step
            - step_overhead
            - weights_time
            + one_sequence * reading_time * tokens_per_step / output
        )
        / (attention_time_per_sequence + reading_time * tokens_per_step / output),
        (target_step - step_overhead + one_sequence * reading_time * tokens_per_step / output)
        / (
            attention_time_per_sequence
            + reading_time * tokens_per_step / output
            + matmul_time_per_sequence
        ),
    )


@quantity("s", "What a beat takes whoever is aboard", zh="不论谁在车上，一拍都要花的时间")
def shared_beat(promised_seats, max_batch, matmul_time_per_sequence, weights_time, step_overhead):
    """The walk through the weights and the overhead; once the rows' arithmetic takes longer than the walk, the overhead alone.

    走一遍权重，加上固定开销；各行的运算比读权重还久时，就只剩固定开销。
    """
    if min(promised_seats, max_batch) * matmul_time_per_sequence > weights_time:
        return step_overhead
    return weights_time + step_overhead


@quantity("s/seq", "What a rider adds to everybody's beat", zh="每个人给大家的一拍添的时间")
def rider_time(
    attention_time_per_sequence,
    reading_time,
    tokens_per_step,
    output,
    promised_seats,
    max_batch,
    matmul_time_per_sequence,
    weights_time,
):
    """A notebook, and a prompt dealt out over the tokens of its answer; past the critical batch a row's arithmetic, too.

    一本笔记，加上一段 prompt 摊到它那条回答的每个 token 上；过了临界 batch，还有一行的运算。
    """
    if min(promised_seats, max_batch) * matmul_time_per_sequence > weights_time:
        return (
            attention_time_per_sequence
            + reading_time * tokens_per_step / output
            + matmul_time_per_sequence
        )
    return attention_time_per_sequence + reading_time * tokens_per_step / output


# What chance takes


@quantity("seq/request", "Beats of a request", zh="一个请求要的拍数")
def request_beats(sequences_per_request, output, tokens_per_step):
    """One for each token of its answers, or for as many as a step gives.

    回答的每个 token 一拍；一步出几个，就几个一拍。
    """
    return sequences_per_request * output / tokens_per_step


@quantity("seq", "Riders whose own work fills a beat", zh="各人自己的活占满一拍时的人数")
def calm_crowd(one_sequence, shared_beat, rider_time):
    """Oneself, and as many others as add what an empty beat takes: below this a crowd hardly slows itself down.

    自己，再加上添的时间抵得上一个空拍的那么多人：人数远少于此，就谈不上彼此拖慢。
    """
    return one_sequence + shared_beat / rider_time


@quantity("1", "Standard deviations that one in a hundred exceeds", zh="百次只超一次的标准差倍数")
def crowd_spread(calm_spread, one_sequence, calm_crowd):
    """The more a crowd slows itself down, the further it leans to the large side. Fitted to the negative binomial, computed exactly: for averages of 10 to 100 and calm crowds from 7, it is exceeded 0.9 to 1.1 times in a hundred.

    人越拖慢彼此，人数就越偏向多的一头。照负二项分布精确算出的数拟合：平均人数从 10 到 100，各人自己的活占满一拍时的人数从 7 起，百次里超过 0.9 到 1.1 次。
    """
    return calm_spread + 4 * one_sequence / (calm_crowd + 2 * one_sequence)


# A formula has no functions, so the crowd that some seats allow is written once for each kind of seats: twice here and
# in pools.py, as is its spread. A test holds them to one another.


@quantity(
    "seq",
    "Crowd that the promised gap allows",
    zh="承诺的间隔允许的平均人数",
    source="A shared processor whose step is a straight line of the crowd: negative binomial, solved for its hundredth",
)
def gap_crowd(promised_seats, crowd_spread, one_sequence, calm_crowd):
    """The average aboard at which only one moment in a hundred finds more than the seats: the average, and the multiple of its scatter √(average × (1 + average ÷ calm crowd)) that one in a hundred exceeds, come to them.

    平均这么多人时，一百个时刻里只有一个会超出座位：波动是 √(平均×(1＋平均÷各人自己的活占满一拍时的人数))，平均加上百次只超一次的那几倍波动，正好坐满。
    """
    return (
        2
        * promised_seats
        * promised_seats
        / (
            2 * promised_seats
            + crowd_spread * crowd_spread * one_sequence
            + crowd_spread
            * root(
                one_sequence
                * (
                    crowd_spread * crowd_spread * one_sequence
                    + 4 * promised_seats * (1 + promised_seats / calm_crowd)
                )
            )
        )
    )


@quantity(
    "seq",
    "Crowd that the memory holds",
    zh="显存允许的平均人数",
    source="A shared processor whose step is a straight line of the crowd: negative binomial, solved for its hundredth",
)
def memory_crowd(max_batch, crowd_spread, one_sequence, calm_crowd):
    """The average aboard at which only one moment in a hundred finds the memory full.

    平均这么多人时，一百个时刻里只有一个显存会放满。
    """
    return (
        2
        * max_batch
        * max_batch
        / (
            2 * max_batch
            + crowd_spread * crowd_spread * one_sequence
            + crowd_spread
            * root(
                one_sequence
                * (
                    crowd_spread * crowd_spread * one_sequence
                    + 4 * max_batch * (1 + max_batch / calm_crowd)
                )
            )
        )
    )


@quantity("s/seq", "Time of a prompt in its queue", zh="一段 prompt 在队里占的时间")
def queued_prompt(reading_time, chunks, step_overhead, one_sequence):
    """Its machine time, and the overhead of every beat that it is cut over.

    它占用整机的时间，加上固定开销，切成几拍就有几份。
    """
    return reading_time + chunks * step_overhead / one_sequence


@quantity(
    "s/seq", "What the promised first token leaves for waiting", zh="承诺的首 token 留给排队的时间"
)
def waiting_budget(ttft_target, first_steps, target_step, one_sequence, queued_prompt):
    """The promise, less the prompt itself and the beat that brings the first token. How full that beat is isn't known before the load is, so it's taken as long as promised, which all but one in a hundred are not.

    承诺的时间，减去读自己的 prompt，再减去交出首 token 的那一拍。负载没算出来，那一拍有多长还不知道，按承诺的间隔算，一百拍里至多一拍比它长。
    """
    return (ttft_target - first_steps * target_step) / one_sequence - queued_prompt


# pools.py writes the same queue for machines that only read; a test holds them to one another.


@quantity(
    "request/s",
    "Requests that the promised first token allows",
    zh="承诺的首 token 允许的到达率",
    source="M/D/1 with an exponential tail; DistServe (2401.09670), section 3.1, for the mean",
)
def first_token_rate(
    waiting_budget,
    queued_prompt,
    wait_base,
    wait_slope,
    quiet_wait_base,
    quiet_wait_slope,
    sequences_per_request,
):
    """Prompts are read one after the other. Those who must wait do so for half a prompt ÷ idle share on average, and the worst in a hundred for 2.4 + 3.33 × load times that, or 1.3 + 10 × load where this is less.

    prompt 一段接一段地读。要等的人，平均等半段 prompt 除以空闲的比例；P99 等它的 2.4＋3.33×负载 倍，1.3＋10×负载 更小时，就按后者。
    """
    if 2 * waiting_budget <= quiet_wait_base * queued_prompt:
        return impossible(
            "a prompt takes {queued_prompt:ms}, and the promise leaves {waiting_budget:ms} to wait for others: hardly enough on an idle machine",
            zh="一段 prompt 要读 {queued_prompt:ms}，承诺只留下 {waiting_budget:ms} 来等别人：机器空着也未必够",
        )
    return (
        max(
            (2 * waiting_budget - wait_base * queued_prompt)
            / (2 * waiting_budget + wait_slope * queued_prompt),
            (2 * waiting_budget - quiet_wait_base * queued_prompt)
            / (2 * waiting_budget + quiet_wait_slope * queued_prompt),
        )
        / queued_prompt
        / sequences_per_request
    )


@quantity("seq", "Crowd that the promised first token allows", zh="承诺的首 token 允许的平均人数")
def first_token_crowd(first_token_rate, request_beats, shared_beat, rider_time, one_sequence):
    """The average aboard when so many requests arrive. Refuses where prompts and notebooks would take all of the time.

    到达这么多请求时，车上的平均人数。prompt 和笔记把时间占满了则拒绝。
    """
    if first_token_rate * request_beats * rider_time >= 1:
        return impossible(
            "unstable: the first token would allow more requests than the machine can answer",
            zh="不稳定：首 token 允许的请求，比机器答得过来的还多",
        )
    return (
        first_token_rate
        * request_beats
        * (shared_beat + one_sequence * rider_time)
        / (1 - first_token_rate * request_beats * rider_time)
    )


# What a machine is worth


@quantity("seq", "Crowd of a machine that keeps the promise", zh="守约的机器上的平均人数")
def promised_crowd(
    gap_crowd,
    memory_crowd,
    first_token_rate,
    request_beats,
    rider_time,
    first_token_crowd,
    one_sequence,
):
    """The least of the three limits. Refuses a promise that leaves not even one aboard on average.

    三个上限里最小的那个。平均连一个人都容不下的承诺则拒绝。
    """
    if min(gap_crowd, memory_crowd) < one_sequence:
        return impossible(
            "the promise leaves seats for fewer than one on average",
            zh="按这个承诺，平均连一个人都坐不下",
        )
    if first_token_rate * request_beats * rider_time >= 1:
        return min(gap_crowd, memory_crowd)
    return min(gap_crowd, memory_crowd, first_token_crowd)


@quantity(
    "word",
    "Which part of the promise binds",
    zh="先碰到承诺的哪一条",
    words={
        "time between tokens": "token 间隔",
        "memory": "显存",
        "first token": "首 token",
    },
)
def promise_limit(promised_crowd, gap_crowd, memory_crowd):
    """The limit that is met first as the load grows.

    负载增长时最先碰到的那条。
    """
    if promised_crowd >= gap_crowd:
        return "time between tokens"
    if promised_crowd >= memory_crowd:
        return "memory"
    return "first token"


@quantity(
    "request/s",
    "Requests that a machine can promise",
    zh="一台机器守约时每秒能接的请求",
    source="Little (1961), L = λW, for a rider who shares the beat with the average crowd",
)
def promised_rate(promised_crowd, request_beats, shared_beat, one_sequence, rider_time):
    """The crowd over the time that each stays: a beat for each token, shared with the crowd and oneself.

    平均人数除以每人停留的时间：一个 token 一拍，每一拍都与车上的人和自己分。
    """
    return promised_crowd / (
        request_beats * (shared_beat + (promised_crowd + one_sequence) * rider_time)
    )


@quantity(
    "request/s",
    "Requests with every promised seat taken",
    zh="座位时刻坐满时每秒接的请求",
    source="Little (1961), L = λW",
)
def steady_seats_rate(promised_seats, max_batch, request_beats, shared_beat, rider_time):
    """As if somebody stood ready for each seat that falls free, and nobody ever more.

    就像每空出一个座位就恰好有人补上，从不多来。
    """
    return min(promised_seats, max_batch) / (
        request_beats * (shared_beat + min(promised_seats, max_batch) * rider_time)
    )


@quantity("seq", "Standard deviation of the crowd", zh="车上人数的标准差")
def crowd_deviation(promised_crowd, one_sequence, own_work_share):
    """The root of the crowd, and wider the busier the machine, for a crowd slows itself down.

    平均数的平方根；机器越忙越宽，因为人多会拖慢自己。
    """
    return root(promised_crowd * one_sequence / (1 - own_work_share))


@quantity("%", "Time that goes into riders' own work", zh="花在各人自己身上的时间")
def own_work_share(promised_rate, request_beats, rider_time):
    """Prompts and notebooks; the rest of the time are walks through the weights, and overhead.

    读 prompt 和翻笔记；其余的时间归走权重和固定开销。
    """
    return promised_rate * request_beats * rider_time


@quantity("%", "Time that prompts take at the promised load", zh="按承诺的负载，读 prompt 占的时间")
def promised_prompt_load(promised_rate, sequences_per_request, queued_prompt):
    """Prompts a second times the time that each one takes.

    每秒几段 prompt，乘上每段要读多久。
    """
    return promised_rate * sequences_per_request * queued_prompt


@quantity("s", "Mean wait of those who wait", zh="要排队的人平均等多久")
def mean_prompt_wait(queued_prompt, one_sequence, promised_prompt_load):
    """Half a prompt, over the share of the time that no prompt takes.

    半段 prompt，除以没有在读 prompt 的时间比例。
    """
    return queued_prompt * one_sequence / (2 * (1 - promised_prompt_load))


@quantity("1", "Mean waits of the worst in a hundred", zh="P99 的等待是平均的几倍")
def rare_waits(wait_base, wait_slope, quiet_wait_base, quiet_wait_slope, promised_prompt_load):
    """The more of a hundred have to wait, the longer the longest of these waits.

    一百个里要等的人越多，其中最久的那个就等得越久。
    """
    return min(
        wait_base + wait_slope * promised_prompt_load,
        quiet_wait_base + quiet_wait_slope * promised_prompt_load,
    )


@quantity("s", "First token that one in a hundred exceeds", zh="百次只超一次的首 token")
def rare_first_token(
    mean_prompt_wait, rare_waits, queued_prompt, one_sequence, first_steps, target_step
):
    """At the promised load: the wait for others' prompts, one's own, and the beat that brings the token.

    按承诺的负载：等别人的 prompt，读自己的，再加交出 token 的那一拍。
    """
    return mean_prompt_wait * rare_waits + queued_prompt * one_sequence + first_steps * target_step


@quantity("USD/token", "Cost of a token under the promise", zh="守约时每个 token 的成本")
def promised_cost(chips, chip_hour, promised_rate, sequences_per_request, output):
    """The rent of the machine over the answers' tokens, at the most that it can promise, around the clock; prompts are read on it, too.

    整机租金除以答案的 token 数，按守约时的最大负载、昼夜不停算；prompt 也在这台机器上读。
    """
    return chips * chip_hour / (promised_rate * sequences_per_request * output)


# The list


@quantity("1", "Machines to buy", zh="要买的机器数")
def machines_needed(arrival_rate, promised_rate, spare_machines):
    """The peak over what one machine can promise, rounded up, and the spares.

    峰值除以一台守约时能接的，向上取整，再加备用。
    """
    return ceil(arrival_rate / promised_rate) + spare_machines


@quantity("chip", "Cards to buy", zh="要买的卡数")
def cards_needed(machines_needed, chips):
    """All machines' cards.

    所有机器的卡加在一起。
    """
    return machines_needed * chips


@quantity("USD", "Rent of the list for a month", zh="整张单子的月租")
def monthly_rent(cards_needed, chip_hour, month_hours):
    """Every card, every hour, busy or not.

    每块卡、每个小时都付，忙不忙都一样。
    """
    return cards_needed * chip_hour * month_hours


@quantity("USD/token", "Cost of a token on the list", zh="按整张单子算的每个 token 的成本")
def list_cost(cards_needed, chip_hour, arrival_rate, average_load, sequences_per_request, output):
    """The rent of all cards over the tokens that really come, spares and quiet hours included.

    所有卡的租金除以真正写出的 token：备用的、清闲的时候都摊在里面。
    """
    return cards_needed * chip_hour / (arrival_rate * average_load * sequences_per_request * output)


@quantity("1", "Machines by a benchmark's throughput", zh="按跑分吞吐算的机器数")
def benchmark_machines(arrival_rate, sequences_per_request, output, measured_throughput):
    """The peak's tokens over a published throughput, which promised nobody anything.

    峰值每秒的 token 数除以公布的吞吐；而那次测试没向谁承诺过什么。
    """
    return ceil(arrival_rate * sequences_per_request * output / measured_throughput)


@quantity(
    "USD/token", "Cost of a token by a benchmark's throughput", zh="按跑分吞吐算的每个 token 的成本"
)
def benchmark_cost(chips, chip_hour, measured_throughput):
    """The rent over a published throughput, as if the machine were as busy all day.

    租金除以公布的吞吐，当作机器全天都这么忙。
    """
    return chips * chip_hour / measured_throughput
