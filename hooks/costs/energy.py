"""Energy: joules of a token, and their share of its price.

能耗：一个token多少焦耳，电费占价格的几成。
"""

from hooks.formula.quantity import quantity, setting

power_share = setting(
    "%",
    "Share of the rated power drawn",
    zh="实际功率占规格书的比例",
    default=100,
    low=1,
    high=100,
    why="Assumed: the datasheet's power in full. With a floor for the time this is neither a floor nor a cap; the expected energy has the power that was measured.",
    why_zh="假设：按规格书功率跑满。时间用的是下限，因此这既不是能耗的下限，也不是上限；预期的能耗用实测的功率。",
)
facility_overhead = setting(
    "1",
    "Facility power per chip power",
    zh="机房与芯片功率之比",
    default=1,
    low=1,
    high=100,
    why="Assumed: nothing for the building's cooling and losses.",
    why_zh="假设：不计机房的散热和损耗。",
)
serving_power_share = setting(
    "%",
    "Share of the rated power drawn while serving",
    zh="服务时实际功率占规格书的比例",
    default=75,
    low=1,
    high=100,
    why="Measured: the median of 113 runs of language models on H100s with 20 to 140 sequences, where a tenth drew less than 62 % and a tenth more than 88 % (ML.ENERGY Leaderboard, data of February 2026; on B200 the median of 97 is 73 %).",
    why_zh="实测：H100 上 113 次语言模型推理、20 到 140 条序列的中位数；一成低于 62%，一成高于 88%（ML.ENERGY Leaderboard，2026 年 2 月的数据；B200 上 97 次的中位数是 73%）。",
)
idle_power_share = setting(
    "%",
    "Share of the rated power drawn while idle",
    zh="空闲时实际功率占规格书的比例",
    default=15,
    low=0,
    high=100,
    why="Measured: an H100 without work shows 69 to 72 of its 700 W, and a process that holds a model adds 26 to 50 W (arXiv 2605.23918, abstract).",
    why_zh="实测：没有工作的 H100 显示 69 到 72 W，规格书上是 700 W；有进程占着模型时再加 26 到 50 W（arXiv 2605.23918 摘要）。",
)
host_power = setting(
    "W/chip",
    "Power of the host per chip",
    zh="每块卡分摊的主机功率",
    default=350,
    low=0,
    high=100_000,
    why="Measured: a node of eight H100s drew at most 8.4 kW with its chips near full use, which leaves 2.8 kW for processors, memory, network and fans (arXiv 2412.08602, abstract).",
    why_zh="实测：八块 H100 的节点在芯片接近满载时最多 8.4 kW，扣掉芯片还剩 2.8 kW，归处理器、内存、网卡和风扇（arXiv 2412.08602 摘要）。",
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


# What to expect: the power that machines really draw, host and idle hours included, over the expected throughput.


@quantity("W", "Expected power of the machine", zh="预期的整机功率")
def expected_machine_power(
    chips,
    chip_power,
    utilisation,
    serving_power_share,
    idle_power_share,
    host_power,
    facility_overhead,
):
    """The average over all hours: chips that serve while there is work and idle while there is none, and hosts that always run.

    全部时间的平均：有活时芯片在服务，没活时在空转，主机则一直开着。
    """
    return (
        chips
        * (
            chip_power * (utilisation * serving_power_share + (1 - utilisation) * idle_power_share)
            + host_power
        )
        * facility_overhead
    )


@quantity("J/token", "Expected energy per token", zh="预期每个 token 的能耗")
def expected_token_energy(expected_machine_power, expected_decode_throughput, utilisation):
    """A second's joules, idle ones included, shared by the tokens that the machine then writes.

    整机一秒的焦耳数，空转的也算在内，由这一秒写出的 token 分摊。
    """
    return expected_machine_power / (expected_decode_throughput * utilisation)


@quantity("J/token", "Expected energy per prompt token", zh="预期每个输入 token 的能耗")
def expected_prompt_token_energy(expected_machine_power, expected_prefill_throughput, utilisation):
    """A second's joules, idle ones included, shared by the prompt tokens that the machine then reads.

    整机一秒的焦耳数，空转的也算在内，由这一秒读入的 token 分摊。
    """
    return expected_machine_power / (expected_prefill_throughput * utilisation)


@quantity("J/request", "Expected energy per request", zh="预期每个请求的能耗")
def expected_request_energy(
    sequences_per_request, prompt, expected_prompt_token_energy, output, expected_token_energy
):
    """The prompt once, and every token of the answer.

    prompt 读一遍，再加上答案的每个 token。
    """
    return sequences_per_request * (
        prompt * expected_prompt_token_energy + output * expected_token_energy
    )


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
