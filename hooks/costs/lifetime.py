"""Lifetime: what an agent's turns add up to, and when serving has done as much arithmetic as training.

一生：agent 的一轮轮加起来要读多少，服务多久才做完训练那么多的运算。
"""

from hooks.formula.quantity import constant, quantity, setting

turns = setting(
    "1",
    "Turns of an agent",
    zh="agent 的轮数",
    default=30,
    low=1,
    high=1_000_000,
    whole=True,
    why="Assumed: an afternoon's work on one task.",
    why_zh="假设：一个下午，做一件事。",
)
turn_tokens = setting(
    "token",
    "Tokens that a turn adds",
    zh="每轮新增的 token",
    default=2000,
    low=1,
    high=1_000_000_000,
    why="Assumed: a file or a tool's answer, and what was said about it.",
    why_zh="假设：一个文件或一次工具的返回，加上围绕它说的话。",
)
training_tokens = setting(
    "token",
    "Tokens that a model was trained on",
    zh="训练用的 token",
    default=15_000_000_000_000,
    low=1,
    high=1_000_000_000_000_000_000,
    why="Llama 3.1: over 15 trillion, by its model card.",
    why_zh="Llama 3.1：模型卡上写的是 15 万亿以上。",
)
served_speed = setting(
    "token/s",
    "Tokens served each second",
    zh="每秒服务的 token",
    default=50_000,
    low=0.001,
    high=1_000_000_000_000,
    why="Assumed: a thousand readers at fifty tokens a second, without a pause.",
    why_zh="假设：一千个人，每人每秒五十个 token，一刻不停。",
)
training_passes = constant(
    "1",
    3,
    "Arithmetic of a trained token, in passes",
    zh="训练一个 token 的运算，合几遍",
    why="One forward, and two as large backward: a gradient for the rows, another for the weights.",
    why_zh="前向一遍，反向抵两遍：行的梯度一遍，权重的梯度一遍。",
)


@quantity("token", "New tokens of an agent", zh="agent 新增的 token")
def agent_fresh(turns, turn_tokens):
    """Each turn brings its own.

    每轮带来自己那一份。
    """
    return turns * turn_tokens


@quantity("token", "Tokens that an agent's turns read", zh="agent 各轮一共读的 token")
def agent_read(turns, turn_tokens):
    """Each turn sends all before it along: 1 + 2 + … + n of them, n(n + 1)/2.

    每轮都把前面的全部再送一遍：1 + 2 + … + n 份，也就是 n(n + 1)/2。
    """
    return turn_tokens * turns * (turns + 1) / 2


@quantity("USD", "Input bill of an agent without a cache", zh="agent 的输入账单，不用缓存")
def agent_bill(agent_read, list_input_price):
    """Everything at the price of fresh input.

    全按新输入的价。
    """
    return agent_read * list_input_price


@quantity("USD", "Input bill of an agent with a cache", zh="agent 的输入账单，用缓存")
def agent_cached_bill(agent_read, agent_fresh, list_input_price, list_cached_price):
    """What is new at the price of fresh input, the rest at that of cached input.

    新的按新输入的价，其余按缓存输入的价。
    """
    return agent_fresh * list_input_price + (agent_read - agent_fresh) * list_cached_price


@quantity("s", "Serving that equals a training run", zh="服务多久，运算抵得上一次训练")
def training_even(training_passes, training_tokens, served_speed):
    """Tokens read and written alike pass the matrices once, where training passed them three times; attention apart.

    不论读还是写，一个 token 过一遍矩阵，训练时要过三遍；attention 不计。
    """
    return training_passes * training_tokens / served_speed
