"""Price cards: what list prices say about the machine behind them, within bounds.

价目表：从标价能反推出背后的机器，推到什么程度为止。
"""

from hooks.formula.quantity import choice, field, impossible, quantity, setting

price_card = choice("price_cards", "Price card", zh="价目表", default="gemini-2.5-pro-2025-06")

# What a card prints

list_input_price = field(
    "price_card",
    "input_price",
    "USD/token",
    "List price of input",
    zh="输入标价",
    positive=True,
    high=1,
)
list_cached_price = field(
    "price_card",
    "cached_input_price",
    "USD/token",
    "List price of cached input",
    zh="缓存输入标价",
    low=0,
    high=1,
)
list_output_price = field(
    "price_card",
    "output_price",
    "USD/token",
    "List price of output",
    zh="输出标价",
    positive=True,
    high=1,
)
long_input_price = field(
    "price_card",
    "long_input_price",
    "USD/token",
    "List price of long input",
    zh="长上下文输入标价",
    positive=True,
    high=1,
)
long_output_price = field(
    "price_card",
    "long_output_price",
    "USD/token",
    "List price of long output",
    zh="长上下文输出标价",
    positive=True,
    high=1,
)
long_threshold = field(
    "price_card",
    "long_context_threshold",
    "token/seq",
    "Context at which the price steps up",
    zh="涨价的上下文长度",
    each="seq",
    low=1,
    high=1_000_000_000,
    whole=True,
)

# What no card prints

low_margin = setting(
    "%",
    "Gross margin, low",
    zh="毛利率下限",
    default=50,
    low=0,
    high=99,
    why="Assumed: no card says it. Both tiers earn at least this share of their price.",
    why_zh="假设：价目表上没有。两档价格的毛利率都不低于此。",
)
high_margin = setting(
    "%",
    "Gross margin, high",
    zh="毛利率上限",
    default=60,
    low=0,
    high=99,
    why="Assumed: no card says it. Both tiers earn at most this share of their price.",
    why_zh="假设：价目表上没有。两档价格的毛利率都不高于此。",
)
average_utilisation = setting(
    "%",
    "Utilisation on average",
    zh="平均利用率",
    default=50,
    low=1,
    high=100,
    why="Assumed: the day's mean is half of what the machines could do.",
    why_zh="假设：全天平均只用到机器能力的一半。",
)
peak_utilisation = setting(
    "%",
    "Utilisation at the peak",
    zh="峰值利用率",
    default=100,
    low=1,
    high=100,
    why="Assumed: machines are bought for the busiest hour and are full in it.",
    why_zh="假设：机器按最忙的一小时购置，那时跑满。",
)
daily_revenue = setting(
    "USD/day",
    "Revenue",
    zh="收入",
    default=562027,
    low=0,
    high=1_000_000_000_000_000,
    why="DeepSeek's day to 28 February 2025, every token at R1's list price.",
    why_zh="DeepSeek 截至 2025 年 2 月 28 日的一天，全部 token 按 R1 标价计。",
)
daily_cost = setting(
    "USD/day",
    "Cost",
    zh="成本",
    default=87072,
    low=0,
    high=1_000_000_000_000_000,
    why="DeepSeek's same day, 226.75 nodes of eight H800 at 2 USD an hour each.",
    why_zh="DeepSeek 同一天，226.75 个八卡 H800 节点，每卡每小时 2 美元。",
)


@quantity("1", "Output against input, by list price", zh="输出与输入的标价比")
def list_output_ratio(list_output_price, list_input_price):
    """What the card asks for a token written against one read.

    价目表上，写一个 token 是读一个的多少倍。
    """
    return list_output_price / list_input_price


@quantity("1", "Cached against fresh input, by list price", zh="缓存输入与新输入的标价比")
def list_cached_ratio(list_cached_price, list_input_price):
    """The part of the price that is left when the prompt is found in the cache.

    prompt 命中缓存时，价格剩下几成。
    """
    return list_cached_price / list_input_price


@quantity("1", "Price step of long input", zh="长上下文输入的涨价倍数")
def long_input_step(long_input_price, list_input_price):
    """How many times dearer an input token is beyond the threshold.

    超过分界，一个输入 token 贵多少倍。
    """
    return long_input_price / list_input_price


@quantity("1", "Price step of long output", zh="长上下文输出的涨价倍数")
def long_output_step(long_output_price, list_output_price):
    """How many times dearer an output token is beyond the threshold.

    超过分界，一个输出 token 贵多少倍。
    """
    return long_output_price / list_output_price


@quantity(
    "B/token", "Bytes read in the time of a token's FLOPs", zh="一个 token 的运算时间里能读的字节"
)
def matched_bytes(flops_per_token, ridge_point, bandwidth_efficiency, flops_efficiency):
    """A token of a large batch costs its FLOPs; this much cache costs as much again.

    batch 很大时，一个 token 的成本就是它的 FLOPs；读这么多缓存，要花同样的钱。
    """
    return flops_per_token / ridge_point * bandwidth_efficiency / flops_efficiency


@quantity(
    "B/token",
    "KV cache per token that a price step implies, low",
    zh="由涨价推得的每 token KV cache，下限",
)
def implied_kv_low(
    matched_bytes, tokens_per_step, long_threshold, long_output_step, low_margin, high_margin
):
    """The clocks add up, and the long tier earns the higher margin: the step in cost, r(1 − high)/(1 − low) − 1, is the cache at the threshold, or nothing if the margins alone can explain it.

    两只钟相加，而长上下文那档赚得多：成本涨幅 r(1 − 高)/(1 − 低) − 1，就是分界处的缓存；若单凭毛利率就能解释，则为零。
    """
    if low_margin > high_margin:
        return impossible("the low margin is above the high one", zh="毛利率下限高于上限")
    return max(
        0,
        matched_bytes
        * tokens_per_step
        / long_threshold
        * (long_output_step * (1 - high_margin) / (1 - low_margin) - 1),
    )


@quantity(
    "B/token",
    "KV cache per token that a price step implies, high",
    zh="由涨价推得的每 token KV cache，上限",
)
def implied_kv_high(
    matched_bytes, tokens_per_step, long_threshold, long_output_step, low_margin, high_margin
):
    """The clocks overlap, and the long tier earns the lower margin: at the threshold the cache alone takes r(1 − low)/(1 − high) times the FLOPs; a batch too small to hide its weights would put it higher.

    两只钟重叠，而长上下文那档赚得少：在分界处，单是缓存就要花 FLOPs 的 r(1 − 低)/(1 − 高) 倍；batch 小到盖不住权重，还会更高。
    """
    if low_margin > high_margin:
        return impossible("the low margin is above the high one", zh="毛利率下限高于上限")
    return (
        matched_bytes
        * tokens_per_step
        / long_threshold
        * long_output_step
        * (1 - low_margin)
        / (1 - high_margin)
    )


@quantity("%", "Batch discount, at most", zh="batch API 折扣上限")
def batch_discount(average_utilisation, peak_utilisation):
    """Work that can wait fills the troughs: at most the cost per token falls from 1/average to 1/peak.

    能等的活用来填低谷：每个 token 的成本最多从 1/平均 降到 1/峰值。
    """
    if average_utilisation > peak_utilisation:
        return impossible("the average is above the peak", zh="平均值高于峰值")
    return 1 - average_utilisation / peak_utilisation


@quantity(
    "%",
    "Cost profit margin",
    zh="成本利润率",
    source="DeepSeek, open-infra-index, day 6 (2025-03-01)",
)
def profit_margin(daily_revenue, daily_cost):
    """What is earned over the cost, as a share of the cost.

    赚到的钱占成本的比例。
    """
    return daily_revenue / daily_cost - 1
