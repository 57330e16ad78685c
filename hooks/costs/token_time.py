"""Token time: how long the whole machine works for a token that it reads, and for one that it writes.

token时间：整台机器读一个token要忙多久，写一个token又要忙多久。
"""

from hooks.formula.quantity import quantity


@quantity("s/token", "Machine time of a row", zh="一行的整机时间")
def row_time(flops_per_token, machine_flops, flops_efficiency):
    """A row's own arithmetic in the matrices, the same whether its token is read or written.

    一行在矩阵里自己的运算；读进来的 token 和写出去的 token，这一份是一样的。
    """
    return flops_per_token / (machine_flops * flops_efficiency)


@quantity("s/token", "Machine time of an output token", zh="写一个 token 的整机时间")
def output_time(decode_step, batch, tokens_per_step):
    """A decode step, shared by the tokens that come out of it.

    一步 decode 的时间，由这一步写出的 token 平摊。
    """
    return decode_step / (batch * tokens_per_step)


@quantity("1", "Output token against a row", zh="写一个 token 抵多少行")
def output_ratio(output_time, row_time):
    """How many rows of a prompt the machine could read in the time that it spends on one token written.

    写一个 token 花掉的整机时间，够读 prompt 的多少行。
    """
    return output_time / row_time


@quantity(
    "s/token",
    "Machine time of an output token, memory full",
    zh="显存放满时写一个 token 的整机时间",
)
def full_output_time(capacity_step, max_batch, tokens_per_step):
    """The step of a full machine, shared by as many sequences as fit: no batch makes a token cheaper at this context.

    满员时的一步，由放得下的全部序列平摊：上下文这么长，batch 再大也没法更便宜。
    """
    return capacity_step / (max_batch * tokens_per_step)


@quantity("1", "Output token against a row, memory full", zh="显存放满时写一个 token 抵多少行")
def full_output_ratio(full_output_time, row_time):
    """The least that a written token can cost in rows, when it looks back on this much context.

    回头看这么长的上下文，写一个 token 至少要抵多少行。
    """
    return full_output_time / row_time


@quantity("s/token", "Share of a full step per cached token", zh="满员的一步摊到每个缓存 token")
def looking_back_time(full_memory_time, kv_slots):
    """A full machine reads all its memory once a step; every cached token answers for an equal share of that time, the weights' part included.

    满员的机器每一步把显存通读一遍；缓存里的每个 token 分摊同样一份时间，权重的那部分也算在内。
    """
    return full_memory_time / kv_slots


@quantity("token/seq", "Context that costs as much as a row", zh="回看多少 token 与一行同价")
def row_in_context(row_time, tokens_per_step, looking_back_time):
    """Once bytes decide, an output token of a full machine costs one row for each such stretch of context.

    等的是字节的时候，满员机器写一个 token，上下文每有这么长，就抵一行。
    """
    return row_time * tokens_per_step / looking_back_time


@quantity("USD/token", "Cost of a row, at least", zh="一行的成本下限")
def row_cost(machine_price, row_time):
    """The machine's rent for the time of a row: the floor of an input token, its look back within the prompt apart.

    一行占用的整机租金：输入一个 token 的地板价，prompt 内部的回看另计。
    """
    return machine_price * row_time


@quantity("USD/token", "Cost of an output token, memory full", zh="显存放满时写一个 token 的成本")
def full_output_cost(machine_price, full_output_time):
    """The machine's rent for the time of a token that a full machine writes: the floor at this context.

    满员机器写一个 token 占用的整机租金：上下文这么长时的地板价。
    """
    return machine_price * full_output_time


@quantity("s/token", "Time to fetch a token's cache", zh="取回一个 token 的缓存")
def fetch_time(kv_per_token, tier_bandwidth):
    """What one token left in the cache, over the bandwidth of the tier where it waits.

    一个 token 留在缓存里的字节，除以存放它的那一级存储的带宽。
    """
    return kv_per_token / tier_bandwidth


@quantity("1", "Fetching a token's cache against a row", zh="取回一个 token 的缓存抵多少行")
def fetch_ratio(fetch_time, row_time):
    """What a cache hit costs of a fresh token, if the whole machine waits for the fetching and reads at its full rate.

    命中缓存的 token 的成本占新读一个的多少：当作整机干等着取，读的时候又算力跑满。
    """
    return fetch_time / row_time


@quantity("s", "Time for which a kept token costs a row", zh="存到多久，等于重读一行的钱")
def row_life(row_cost, kv_per_token, tier_price):
    """Keeping what a token left in the cache costs rent of its own; after this long it has cost as much as computing the token's row again.

    一个 token 留下的缓存要付存放的租金；存满这么久，花的钱就够把这一行重算一遍了。
    """
    return row_cost / (kv_per_token * tier_price)


@quantity("%", "Prompts' share of a full machine", zh="prompt 占满员机器的时间")
def prompt_share(prompt, row_time, output, full_output_time):
    """The time of a request that goes into rows of its prompt, when answers are written with the memory full.

    一个请求的时间里，花在读 prompt 各行上的那一份；答案按显存放满时写。
    """
    return prompt * row_time / (prompt * row_time + output * full_output_time)
