"""Price: what a token costs, and which term of the step it pays for.

价格：一个token要花多少钱，钱花在一步的哪一项上。
"""

from hooks.formula.quantity import field, impossible, quantity

usual_price = field(
    "accelerator",
    "usual_price",
    "word",
    "Usual price of the chip",
    zh="该卡的常用价格",
    default="",
)


@quantity("word", "Price that the rent is taken from", zh="租金依据的价格", picks="price")
def price_row(price, accelerator, usual_price):
    """The price that is chosen; where none is, the usual one of the chip. Refuses a chip whose rent is not recorded.

    所选的价格；没有选时，用这块卡常用的那一条。没有收录租金的卡则拒绝。
    """
    if price != "auto":
        return price
    if usual_price != "":
        return usual_price
    return impossible(
        "no price: no rent of {accelerator} is recorded, and no other GPU-hour price is chosen",
        zh="没有价格：{accelerator} 的租金没有收录；可换",
    )


@quantity("USD/s", "Price of the machine", zh="整机每秒价格")
def machine_price(chips, chip_hour, utilisation):
    """The rent of all chips, idle time included.

    所有卡的租金，空转的时间也算在内。
    """
    return chips * chip_hour / utilisation


@quantity(
    "USD/token",
    "Cost of a token, its prompt apart",
    zh="不计 prompt 的每个 token 的成本",
)
def decode_cost(machine_price, throughput):
    """What the machine costs in a second of decoding, shared by the tokens of that second.

    整机 decode 一秒的花费，由这一秒的 token 分摊。
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


@quantity("USD/token", "Arithmetic of a token", zh="一个 token 的计算")
def compute_cost(machine_price, compute_time, batch, tokens_per_step):
    """The FLOPs of the token itself, as if nothing else ran meanwhile.

    这个 token 自己的运算，当作同时没有别的事在做。
    """
    return machine_price * compute_time / (batch * tokens_per_step)


@quantity("USD/token", "Cost of a token, clocks added", zh="三项相加的成本")
def three_term_cost(weights_cost, kv_cost, compute_cost):
    """Pessimistic: as if reading and multiplying ran one after the other; launches, latency and prompt apart.

    悲观的算法：当作读和乘一先一后地走；启动、延迟和 prompt 另计。
    """
    return weights_cost + kv_cost + compute_cost


@quantity(
    "s/seq",
    "Prefill at the share of FLOP/s that answers are priced with",
    zh="按与答案相同的算力占比计的 prefill",
)
def priced_prefill(prefill_time, prefill_mfu, flops_efficiency):
    """A row is a row: prompts and answers pass the same matrices, so both are priced with the share of FLOP/s of decode.

    一行就是一行：prompt 和答案过的是同样的矩阵，所以都按 decode 的算力占比计价。
    """
    return prefill_time * prefill_mfu / flops_efficiency


@quantity("USD/token", "Share of the prompt", zh="prompt 那一份")
def prompt_cost(machine_price, priced_prefill, output):
    """Reading the prompt, split among the tokens of its answer: no other request pays for it.

    读 prompt 的花费，由它自己答案的 token 平摊：别的请求不会替它付。
    """
    return machine_price * priced_prefill / output


@quantity("USD/token", "Cost of a token", zh="每个 token 的成本")
def token_cost(decode_cost, prompt_cost):
    """Its part of the steps, and its part of the prompt that it answers.

    自己在各步里的那一份，加上它所回答的 prompt 的那一份。
    """
    return decode_cost + prompt_cost


@quantity("USD/token", "Cost of a prompt token", zh="每个输入 token 的成本")
def prompt_token_cost(machine_price, priced_prefill, prompt):
    """The machine for the time of a prefill, shared by the tokens of the prompt.

    整机做一次 prefill 的花费，由 prompt 的 token 分摊。
    """
    return machine_price * priced_prefill / prompt


@quantity("1", "Output token against input token", zh="输出 token 与输入 token 的成本比")
def output_input_ratio(decode_cost, prompt_token_cost):
    """How many times dearer a generated token is than one that is read, both at one share of FLOP/s.

    生成一个 token 比读入一个贵多少倍，两者按同一个算力占比计。
    """
    return decode_cost / prompt_token_cost


@quantity("USD/request", "Cost of a request", zh="一个请求的成本")
def request_cost(prompt, prompt_token_cost, output, decode_cost, sequences_per_request):
    """The prompt once, and every token of the answer.

    prompt 读一遍，再加上答案的每个 token。
    """
    return sequences_per_request * (prompt * prompt_token_cost + output * decode_cost)


@quantity("USD/token", "Cost of a token at a given load", zh="给定到达率下每个 token 的成本")
def load_cost(chips, chip_hour, arrival_rate, sequences_per_request, output):
    """While the machine keeps up with prompts and answers, its rent is shared by the tokens that arrivals ask for, whatever the batch.

    只要 prompt 和答案都跟得上，租金就由到达的请求要的 token 分摊，与 batch 多大无关。
    """
    return chips * chip_hour / (arrival_rate * sequences_per_request * output)
