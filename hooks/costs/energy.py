"""Energy: joules of a token, and their share of its price.

能耗：一个token多少焦耳，电费占价格的几成。
"""

from hooks.formula.quantity import quantity, setting

power_share = setting(
    "%",
    "Share of the rated power drawn",
    zh="实际功率占标称的比例",
    default=100,
    low=1,
    high=100,
    why="Assumed: the datasheet's power in full, so that energies are ceilings.",
    why_zh="假设：按规格书功率跑满，因此算出的能耗是上限。",
)
facility_overhead = setting(
    "1",
    "Facility power per chip power",
    zh="机房与芯片功率之比",
    default=1,
    low=1,
    high=100,
    why="Assumed: the chips alone, without hosts, network and cooling.",
    why_zh="假设：只算芯片，不含主机、网络和散热。",
)
electricity_price = setting(
    "USD/kW/h",
    "Price of electricity, per kWh",
    zh="电价（每千瓦时）",
    default=0.08,
    low=0,
    high=1_000,
    why="Assumed: eight cents, the order of an industrial rate in the United States.",
    why_zh="假设：8 美分，与美国工业电价同一量级。",
)


@quantity("W", "Power of the machine", zh="整机功率")
def machine_power(chips, chip_power, power_share, facility_overhead):
    """All chips, and what the building adds for each.

    所有芯片的功率，加上机房为它们多花的部分。
    """
    return chips * chip_power * power_share * facility_overhead


@quantity("J/token", "Energy per token", zh="每个 token 的能耗")
def token_energy(machine_power, throughput):
    """A second's joules, shared by the tokens of that second.

    整机一秒的焦耳数，由这一秒的 token 分摊。
    """
    return machine_power / throughput


@quantity("J/token", "Energy per prompt token", zh="每个输入 token 的能耗")
def prompt_token_energy(machine_power, prefill_throughput):
    """A second's joules, shared by the prompt tokens that are read in it.

    整机一秒的焦耳数，由这一秒读入的 token 分摊。
    """
    return machine_power / prefill_throughput


@quantity("J/request", "Energy per request", zh="每个请求的能耗")
def request_energy(sequences_per_request, prompt, prompt_token_energy, output, token_energy):
    """The prompt once, and every token of the answer.

    prompt 读一遍，再加上答案的每个 token。
    """
    return sequences_per_request * (prompt * prompt_token_energy + output * token_energy)


@quantity("USD/token", "Electricity per token", zh="每个 token 的电费")
def token_electricity(token_energy, electricity_price):
    """Its joules at the price of electricity.

    能耗乘以电价。
    """
    return token_energy * electricity_price


@quantity("%", "Electricity in the cost of a token", zh="电费占 token 成本的比例")
def electricity_share(token_electricity, decode_cost):
    """The rest of the rent pays for the machine itself.

    租金的其余部分付的是机器本身。
    """
    return token_electricity / decode_cost
