"""Pools: machines that only read prompts beside machines that only write, under the same promise as machines that do both.

Chance is treated as in the shopping list: prompts queue on each reading machine, the crowd of a writing machine is that
of a shared processor. Machines of both kinds are alike, and there are enough of them to mix in any ratio.

分家：有的机器只读 prompt，有的只写，守的承诺与两样都干的机器相同。
"""

from hooks.formula.quantity import ceil, floor, impossible, quantity, root, setting

pool_machines = setting(
    "1",
    "Machines of both pools together",
    zh="两个池合起来的机器数",
    default=4,
    low=2,
    high=1_000_000,
    whole=True,
    why="Assumed: four machines, the least that can be divided three ways.",
    why_zh="假设：四台，至少要这么多，才有三种分法。",
)

# Machines that only write


@quantity("seq", "Seats of a machine that only writes", zh="只写的机器上的座位")
def writing_seats(target_batch, max_batch):
    """What the promised gap allows when no prompt comes between, or what the memory holds.

    中间没有 prompt 插进来时，承诺的间隔允许多少座位；或者显存放得下多少。
    """
    return min(target_batch, max_batch)


@quantity("s", "Beat of an empty writing machine", zh="只写的机器，空车的一拍")
def writing_beat(writing_seats, matmul_time_per_sequence, weights_time, step_overhead):
    """The walk through the weights and the overhead; once the rows' arithmetic takes longer than the walk, the overhead alone.

    走一遍权重，加上固定开销；各行的运算比读权重还久时，就只剩固定开销。
    """
    if writing_seats * matmul_time_per_sequence > weights_time:
        return step_overhead
    return weights_time + step_overhead


@quantity("s/seq", "What a rider adds to a beat of writing", zh="只写时，每个人给一拍添的时间")
def writing_rider(
    attention_time_per_sequence, matmul_time_per_sequence, writing_seats, weights_time
):
    """A notebook; past the critical batch a row's arithmetic, too. No prompts.

    一本笔记；过了临界 batch，还有一行的运算。没有 prompt。
    """
    if writing_seats * matmul_time_per_sequence > weights_time:
        return attention_time_per_sequence + matmul_time_per_sequence
    return attention_time_per_sequence


@quantity(
    "seq", "Riders whose own work fills a beat of writing", zh="只写时，各人自己的活占满一拍的人数"
)
def writing_calm(one_sequence, writing_beat, writing_rider):
    """Oneself, and as many others as add what an empty beat takes.

    自己，再加上添的时间抵得上一个空拍的那么多人。
    """
    return one_sequence + writing_beat / writing_rider


# The crowd and its spread are written as in promise.py, of other seats and riders, for a formula has no functions; a
# test holds them to one another.


@quantity(
    "1",
    "Standard deviations that one in a hundred exceeds, of a writing crowd",
    zh="只写时，百次只超一次的标准差倍数",
)
def writing_spread(calm_spread, one_sequence, writing_calm):
    """The more a crowd slows itself down, the further it leans to the large side; one that only writes leans less.

    人越拖慢彼此，人数就越偏向多的一头；只写的偏得少些。
    """
    return calm_spread + 4 * one_sequence / (writing_calm + 2 * one_sequence)


@quantity(
    "seq",
    "Crowd of a machine that only writes",
    zh="只写的机器上的平均人数",
    source="A shared processor whose step is a straight line of the crowd: negative binomial, solved for its hundredth",
)
def writing_crowd(writing_seats, writing_spread, one_sequence, writing_calm):
    """The average aboard at which only one moment in a hundred finds more than the seats. Refuses a promise that leaves not even one.

    平均这么多人时，一百个时刻里只有一个会超出座位。平均连一个人都容不下的承诺则拒绝。
    """
    if writing_seats < one_sequence + writing_spread * root(
        one_sequence * (one_sequence + one_sequence * one_sequence / writing_calm)
    ):
        return impossible(
            "the promise leaves seats for fewer than one on average",
            zh="按这个承诺，平均连一个人都坐不下",
        )
    return (
        2
        * writing_seats
        * writing_seats
        / (
            2 * writing_seats
            + writing_spread * writing_spread * one_sequence
            + writing_spread
            * root(
                one_sequence
                * (
                    writing_spread * writing_spread * one_sequence
                    + 4 * writing_seats * (1 + writing_seats / writing_calm)
                )
            )
        )
    )


@quantity(
    "request/s",
    "Requests that a writing machine can promise",
    zh="一台只写的机器守约时每秒能接的请求",
    source="Little (1961), L = λW",
)
def writing_rate(writing_crowd, request_beats, writing_beat, one_sequence, writing_rider):
    """The crowd over the time that each stays: a beat for each token, shared with the crowd and oneself.

    平均人数除以每人停留的时间：一个 token 一拍，每一拍都与车上的人和自己分。
    """
    return writing_crowd / (
        request_beats * (writing_beat + (writing_crowd + one_sequence) * writing_rider)
    )


# Machines that only read


@quantity("s/seq", "Prompt on a reading machine", zh="只读的机器上一段 prompt 的时间")
def pool_prompt(reading_time, step_overhead, one_sequence):
    """Read whole, with the overhead of one pass: nobody writes beside it, so nothing is cut.

    整段读完，固定开销只有一份：旁边没人在写，用不着切。
    """
    return reading_time + step_overhead / one_sequence


@quantity(
    "s/seq",
    "What the promise leaves for waiting at a reading machine",
    zh="承诺留给只读机器上排队的时间",
)
def pool_budget(
    ttft_target,
    first_steps,
    writing_beat,
    writing_seats,
    writing_rider,
    one_sequence,
    exposed_transfer,
    pool_prompt,
):
    """The promise, less the prompt, less what shows of the transfer, less the beat that brings the first token, with every seat taken.

    承诺的时间，减去自己的 prompt、露出来的传输，再减去交出首 token 的那一拍，按座位全满算。
    """
    return (
        (ttft_target - first_steps * (writing_beat + writing_seats * writing_rider)) / one_sequence
        - exposed_transfer
        - pool_prompt
    )


# The queue, too, is written as in promise.py, for another budget and another prompt; the same test holds both.


@quantity(
    "request/s",
    "Requests that a reading machine can promise",
    zh="一台只读的机器守约时每秒能接的请求",
    source="M/D/1 with an exponential tail; DistServe (2401.09670), section 3.1, for the mean",
)
def reading_rate(
    pool_budget,
    pool_prompt,
    wait_base,
    wait_slope,
    quiet_wait_base,
    quiet_wait_slope,
    sequences_per_request,
):
    """Prompts one after the other, of which one in a hundred may wait for longer than promised.

    prompt 一段接一段地读，百次里只许一次等得比承诺的久。
    """
    if 2 * pool_budget <= quiet_wait_base * pool_prompt:
        return impossible(
            "a prompt takes {pool_prompt:ms}, and the promise leaves {pool_budget:ms} to wait for others: hardly enough on an idle machine",
            zh="一段 prompt 要读 {pool_prompt:ms}，承诺只留下 {pool_budget:ms} 来等别人：机器空着也未必够",
        )
    return (
        max(
            (2 * pool_budget - wait_base * pool_prompt)
            / (2 * pool_budget + wait_slope * pool_prompt),
            (2 * pool_budget - quiet_wait_base * pool_prompt)
            / (2 * pool_budget + quiet_wait_slope * pool_prompt),
        )
        / pool_prompt
        / sequences_per_request
    )


# Both together


@quantity("1", "Reading machines for each writing one", zh="每台只写的机器配几台只读的")
def split_ratio(writing_rate, reading_rate):
    """As many as it takes to read what one machine can write.

    一台写得过来的，要几台来读。
    """
    return writing_rate / reading_rate


@quantity(
    "request/s", "Requests of a machine in two pools", zh="分成两个池，平均每台每秒能接的请求"
)
def split_rate(reading_rate, writing_rate):
    """Shared out in the best ratio, as if machines could be divided: a request takes its share of a reading machine and its share of a writing one.

    按最合适的比例分，假装机器可以分成零头：一个请求，占读的机器一份，占写的机器一份。
    """
    return reading_rate * writing_rate / (reading_rate + writing_rate)


@quantity("1", "Two pools against machines that do both", zh="分家与不分家之比")
def split_gain(split_rate, promised_rate):
    """Requests under the same promise, on the same machines.

    同样的机器，同样的承诺，接的请求之比。
    """
    return split_rate / promised_rate


@quantity(
    "request/s",
    "Requests of so many machines in two pools",
    zh="这么多台机器分成两个池，每秒能接的请求",
)
def split_total(pool_machines, reading_rate, writing_rate):
    """Whole machines, in the better of the two ways to round the best ratio; each pool has one at least.

    机器只能整台分：最合适的比例往上取和往下取，哪个好用哪个；每个池至少一台。
    """
    return max(
        min(
            max(1, floor(pool_machines * writing_rate / (reading_rate + writing_rate)))
            * reading_rate,
            (
                pool_machines
                - max(1, floor(pool_machines * writing_rate / (reading_rate + writing_rate)))
            )
            * writing_rate,
        ),
        min(
            min(
                pool_machines - 1,
                ceil(pool_machines * writing_rate / (reading_rate + writing_rate)),
            )
            * reading_rate,
            (
                pool_machines
                - min(
                    pool_machines - 1,
                    ceil(pool_machines * writing_rate / (reading_rate + writing_rate)),
                )
            )
            * writing_rate,
        ),
    )


@quantity(
    "request/s",
    "Requests of so many machines that do both",
    zh="这么多台两样都干的机器，每秒能接的请求",
)
def joint_total(pool_machines, promised_rate):
    """Each keeps the promise by itself.

    各守各的承诺。
    """
    return pool_machines * promised_rate
