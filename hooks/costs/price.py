"""Price: what a token costs, and which term of the step it pays for.

价格：一个token要花多少钱，钱花在一步的哪一项上。
"""

from hooks.formula.quantity import quantity


@quantity("USD/s", "Price of the machine", zh="整机每秒价格")
def machine_price(chips, chip_hour, utilisation):
    """The rent of all chips, idle time included.

    所有卡的租金，空转的时间也算在内。
    """
    return chips * chip_hour / utilisation


@quantity("USD/token", "Cost of a token", zh="每个 token 的成本")
def token_cost(machine_price, throughput):
    """What the machine costs in a second, shared by the tokens of that second.

    整机一秒的花费，由这一秒的 token 分摊。
    """
    return machine_price / throughput


@quantity("USD/token", "Share of the weights", zh="权重那一份")
def weights_cost(machine_price, weights_time, batch, tokens_per_step):
    """Walking through the weights, split among the batch: the fuel of the bus.

    走一遍权重的花费由整个 batch 平摊：公交车的油钱。
    """
    return machine_price * weights_time / (batch * tokens_per_step)


@quantity("USD/token", "Share of the KV cache", zh="KV cache 那一份")
def kv_cost(machine_price, kv_time, batch, tokens_per_step):
    """Each sequence's own cache: a larger batch does not make it cheaper.

    每条序列自己的缓存：batch 再大也不会便宜。
    """
    return machine_price * kv_time / (batch * tokens_per_step)


@quantity("USD/token", "Share of the arithmetic", zh="计算那一份")
def compute_cost(machine_price, compute_time, batch, tokens_per_step):
    """The FLOPs of the token itself.

    这个 token 自己的运算。
    """
    return machine_price * compute_time / (batch * tokens_per_step)


@quantity("USD/token", "Cost of a token, clocks added", zh="三项相加的成本")
def three_term_cost(weights_cost, kv_cost, compute_cost):
    """Pessimistic: as if the two clocks ran one after the other.

    悲观的算法：当作两只钟一先一后地走。
    """
    return weights_cost + kv_cost + compute_cost


@quantity("USD/token", "Cost of a prompt token", zh="每个输入 token 的成本")
def prompt_token_cost(machine_price, prefill_throughput):
    """A second of the machine, shared by the prompt tokens it reads in that second.

    整机一秒的花费，由这一秒读入的 token 分摊。
    """
    return machine_price / prefill_throughput


@quantity("1", "Output token against input token", zh="输出 token 与输入 token 的成本比")
def output_input_ratio(token_cost, prompt_token_cost):
    """How many times dearer a generated token is than one that is read.

    生成一个 token 比读入一个贵多少倍。
    """
    return token_cost / prompt_token_cost


@quantity("USD/request", "Cost of a request", zh="一个请求的成本")
def request_cost(prompt, prompt_token_cost, output, token_cost, sequences_per_request):
    """The prompt once, and every token of the answer.

    prompt 读一遍，再加上答案的每个 token。
    """
    return sequences_per_request * (prompt * prompt_token_cost + output * token_cost)


@quantity("USD/token", "Cost of a token at a given load", zh="给定到达率下每个 token 的成本")
def load_cost(chips, chip_hour, arrival_rate, sequences_per_request, output):
    """While the machine keeps up, its rent is shared by the tokens that arrivals ask for, whatever the batch.

    只要跟得上，租金就由到达的请求要的 token 分摊，与 batch 多大无关。
    """
    return chips * chip_hour / (arrival_rate * sequences_per_request * output)
