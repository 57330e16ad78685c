"""Service day: what a token cost a provider that published a whole day, whatever its list said.

服务的一天：有人公布了整整一天的账，由此算出每个token的成本，不管标价是多少。
"""

from hooks.formula.quantity import impossible, quantity, setting

day_input = setting(
    "token/day",
    "Input tokens of the day",
    zh="当天的输入 token",
    default=608_000_000_000,
    low=0,
    high=1_000_000_000_000_000_000,
    why="DeepSeek's day to 28 February 2025, V3 and R1 together, cache hits included.",
    why_zh="DeepSeek 截至 2025 年 2 月 28 日的一天，V3 与 R1 合计，含缓存命中。",
)
day_hits = setting(
    "token/day",
    "Input tokens found in the cache",
    zh="当天命中缓存的输入 token",
    default=342_000_000_000,
    low=0,
    high=1_000_000_000_000_000_000,
    why="DeepSeek's same day: 56.3 % of the input came from its cache on disks.",
    why_zh="DeepSeek 同一天：输入的 56.3% 来自硬盘上的缓存。",
)
day_output = setting(
    "token/day",
    "Output tokens of the day",
    zh="当天的输出 token",
    default=168_000_000_000,
    low=0,
    high=1_000_000_000_000_000_000,
    why="DeepSeek's same day; 4,989 tokens of context for each on average.",
    why_zh="DeepSeek 同一天；每个输出 token 平均回看 4,989 个 token。",
)
node_input = setting(
    "token/s",
    "Input of a node that prefills",
    zh="一个 prefill 节点的输入吞吐",
    default=73_700,
    low=0,
    high=1_000_000_000_000,
    why="DeepSeek's same day, a node of eight H800, cache hits included.",
    why_zh="DeepSeek 同一天，一个八卡 H800 节点，含缓存命中。",
)
node_output = setting(
    "token/s",
    "Output of a node that decodes",
    zh="一个 decode 节点的输出吞吐",
    default=14_800,
    low=0.001,
    high=1_000_000_000_000,
    why="DeepSeek's same day, a node of eight H800.",
    why_zh="DeepSeek 同一天，一个八卡 H800 节点。",
)


@quantity(
    "%",
    "Share of input found in the cache",
    zh="输入命中缓存的比例",
    source="DeepSeek, open-infra-index, day 6 (2025-03-01)",
)
def day_hit_share(day_hits, day_input):
    """Tokens that nobody had to read again.

    不用重读的那些 token。
    """
    if day_hits > day_input:
        return impossible("more hits than input", zh="命中的比输入的还多")
    return day_hits / day_input


@quantity("token/s", "Fresh input of a node that prefills", zh="一个 prefill 节点真正读的输入")
def day_fresh_input(node_input, day_hit_share):
    """What a node really reads, if hits, which it only fetches, are spread evenly.

    命中的部分只是取回来，均摊下来，一个节点真正读的就是剩下这些。
    """
    return node_input * (1 - day_hit_share)


@quantity(
    "1", "Output token against input token, by a day's nodes", zh="按当天节点算的输出与输入之比"
)
def day_output_ratio(day_fresh_input, node_output):
    """Tokens that a node reads in the time in which another one writes one.

    一个节点写一个 token 的工夫，另一个节点能读多少个。
    """
    return day_fresh_input / node_output


@quantity("USD/token", "Cost of a fresh input token, that day", zh="当天读一个新 token 的成本")
def day_input_cost(daily_cost, day_input, day_hits, day_output_ratio, day_output):
    """The day's rent over all its work, every output token counted as the input tokens that it is worth; hits are taken as free.

    当天的租金除以全部的活，输出 token 按抵多少个输入 token 计；命中缓存的当作不花钱。
    """
    return daily_cost / (day_input - day_hits + day_output_ratio * day_output)


@quantity("USD/token", "Cost of an output token, that day", zh="当天写一个 token 的成本")
def day_output_cost(day_input_cost, day_output_ratio):
    """As many times dearer as the nodes were slower at it.

    节点写得比读慢多少倍，就贵多少倍。
    """
    return day_input_cost * day_output_ratio
