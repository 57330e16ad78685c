"""Cost line: what a token cost its provider along the context, and the cache that its slope gives away.

成本线：一个 token 的成本随上下文怎样上升，斜率又说出了多厚的缓存。
"""

from hooks.formula.quantity import quantity, setting

line_input = setting(
    "USD/Mtoken",
    "Cost of reading at the start of the line",
    zh="成本线起点，读的成本",
    default=0.055,
    low=0.000001,
    high=1_000_000,
    why="DeepSeek-V3.1-Terminus on H800 at 2 USD an hour, read off the figure of the V3.2 report, within 0.02.",
    why_zh="DeepSeek-V3.1-Terminus，H800 每小时 2 美元，从 V3.2 报告的图上读出，误差 0.02 以内。",
)
line_near = setting(
    "USD/Mtoken",
    "Cost of writing at the start of the line",
    zh="成本线起点，写的成本",
    default=0.07,
    low=0,
    high=1_000_000,
    why="The same figure, decoding, at position zero.",
    why_zh="同一张图，decode，位置为零。",
)
line_far = setting(
    "USD/Mtoken",
    "Cost of writing at the end of the line",
    zh="成本线终点，写的成本",
    default=2.16,
    low=0,
    high=1_000_000,
    why="The same figure, decoding, at the last position.",
    why_zh="同一张图，decode，最后的位置。",
)
line_span = setting(
    "token/seq",
    "Length of the line",
    zh="成本线的长度",
    default=131072,
    low=1,
    high=1_000_000_000,
    why="The same figure ends at 128K.",
    why_zh="同一张图画到 128K 为止。",
)
lower_context = setting(
    "token/seq",
    "Context below a step",
    zh="台阶以下的上下文",
    default=16384,
    low=0,
    high=1_000_000_000,
    why="Assumed: requests below an edge of 32K are half as long as that on average.",
    why_zh="假设：32K 以下的请求，平均是它的一半长。",
)
upper_context = setting(
    "token/seq",
    "Context above a step",
    zh="台阶以上的上下文",
    default=262144,
    low=0,
    high=1_000_000_000,
    why="Assumed: 256K, where the last of Qwen3-Coder-Plus's steps begins.",
    why_zh="假设：256K，Qwen3-Coder-Plus 的最后一级从这里开始。",
)


@quantity(
    "B/token", "KV cache per token that a cost line implies", zh="由成本线推得的每 token KV cache"
)
def slope_kv(line_far, line_near, line_span, tokens_per_step, machine_bandwidth, machine_price):
    """What each further token of context adds to the cost, in bytes that the same money could read: no more can have been read, so this is a ceiling.

    上下文每长一个 token，成本多一点；这点钱能读多少字节，就是上限，实际读的不会更多。
    """
    return (line_far - line_near) * tokens_per_step / line_span * machine_bandwidth / machine_price


@quantity("USD/token", "Cost of writing on the line", zh="成本线上写一个 token 的成本")
def line_cost(line_near, line_far, line_span, context):
    """A straight line between its two ends.

    两端之间是一条直线。
    """
    return line_near + (line_far - line_near) * context / line_span


@quantity("1", "Output against input on the line", zh="成本线上输出与输入之比")
def line_ratio(line_cost, line_input):
    """Tokens read, at the start of the line, for the cost of one written.

    写一个的成本，在起点能读几个。
    """
    return line_cost / line_input


@quantity("1", "Step between two contexts, by cost", zh="两种上下文之间的台阶（按成本）")
def cost_step(matched_bytes, tokens_per_step, kv_per_token, lower_context, upper_context):
    """A written token costs its own arithmetic, a row, and one row more for each stretch of context that takes as long to read: what the longer one costs in the shorter one's price.

    写一个 token，要付自己那一行的算术；上下文每长到够读一行的时间，就再加一行。长的那个，抵短的那个几个。
    """
    return (matched_bytes * tokens_per_step + kv_per_token * upper_context) / (
        matched_bytes * tokens_per_step + kv_per_token * lower_context
    )
