"""Measured pair: what reading a token took, out of two published runs whose lengths are exchanged; and then what writing one took in any other run.

实测的一对：两次公布的测试，输入输出的长度互换，由此解出读一个token花了多久；再看任何一次，写一个又花了多久。
"""

from hooks.formula.quantity import impossible, quantity, setting

pair_prompt = setting(
    "token/seq",
    "Prompt of the first of the pair",
    zh="这对测试里第一次的输入",
    default=2048,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="TensorRT-LLM 1.0 on two H100s, Llama 3.3 70B in FP8; the other run's answers are as long.",
    why_zh="TensorRT-LLM 1.0，两块 H100，Llama 3.3 70B，FP8；另一次的输出也是这么长。",
)
pair_output = setting(
    "token/seq",
    "Answer of the first of the pair",
    zh="这对测试里第一次的输出",
    default=128,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="The same run; the other run's prompts are as long.",
    why_zh="同一次测试；另一次的输入也是这么长。",
)
pair_throughput = setting(
    "token/s",
    "Published throughput of the first of the pair",
    zh="这对测试里第一次公布的吞吐",
    default=762,
    low=0.001,
    high=1_000_000_000,
    why="TensorRT-LLM 1.0 on two H100s: 2,048 tokens in and 128 out.",
    why_zh="TensorRT-LLM 1.0，两块 H100：输入 2,048、输出 128。",
)
mirrored_throughput = setting(
    "token/s",
    "Published throughput with the lengths exchanged",
    zh="输入输出长度互换后的公布吞吐",
    default=6651,
    low=0.001,
    high=1_000_000_000,
    why="TensorRT-LLM 1.0 on two H100s: 128 tokens in and 2,048 out.",
    why_zh="TensorRT-LLM 1.0，两块 H100：输入 128、输出 2,048。",
)
pair_writing_ratio = setting(
    "1",
    "Written token of the first of the pair, in those of the mirrored run",
    zh="这对测试里，第一次写一个 token 抵对调后写几个",
    default=1.5,
    low=0.01,
    high=100,
    why="By the floors of a full machine: at a mean context of 2,112 tokens one costs half as much again as at 1,152.",
    why_zh="按满员机器的下限：平均上下文 2,112 个 token 时，写一个比 1,152 时贵一半。",
)


@quantity(
    "s/seq", "Machine time of the pair's first request", zh="第一次测试一个请求占用整机的时间"
)
def pair_request_time(pair_output, pair_throughput):
    """A machine that is never idle works this long for a request: its answer's tokens over the tokens of a second.

    机器一刻不闲，一个请求就占用这么久：答案的 token 数除以每秒产出的 token 数。
    """
    return pair_output / pair_throughput


@quantity("s/seq", "Machine time of the mirrored request", zh="长度互换的请求占用整机的时间")
def mirrored_request_time(pair_prompt, mirrored_throughput):
    """The same, where the answer is as long as the other run's prompt.

    同上；这一次，答案与另一次的 prompt 一样长。
    """
    return pair_prompt / mirrored_throughput


@quantity("s/token", "Measured machine time of an input token", zh="实测读一个 token 的整机时间")
def measured_input_time(
    pair_prompt, pair_output, pair_request_time, mirrored_request_time, pair_writing_ratio
):
    """Two requests and two unknowns: n·read + m·k·write = T and m·read + n·write = T′, solved for the reading; k is what the longer context makes of a written token.

    两个请求，两个未知数：n·读 + m·k·写 = T，m·读 + n·写 = T′，解出读；k 是上下文更长的那次，写一个 token 贵到几倍。
    """
    if pair_prompt * pair_prompt <= pair_writing_ratio * pair_output * pair_output:
        return impossible(
            "the first run hardly reads more than it writes, so the two can't be told apart",
            zh="第一次读的几乎不比写的多，两样分不开",
        )
    return (
        pair_prompt * pair_request_time - pair_writing_ratio * pair_output * mirrored_request_time
    ) / (pair_prompt * pair_prompt - pair_writing_ratio * pair_output * pair_output)


@quantity("s/token", "Measured machine time of an output token", zh="实测写一个 token 的整机时间")
def measured_output_time(prompt, output, measured_throughput, measured_input_time):
    """What is left of a run's time for a request when its prompt has been read, shared by the tokens of its answer.

    一次测试里，一个请求的时间扣掉读 prompt 的那份，剩下的由答案的 token 平摊。
    """
    return (output / measured_throughput - prompt * measured_input_time) / output


@quantity("1", "Measured output token against input token", zh="实测输出与输入 token 的时间比")
def measured_output_ratio(measured_output_time, measured_input_time):
    """How many tokens the machine read in the time that writing one took.

    写一个 token 的时间里，机器读了多少个。
    """
    return measured_output_time / measured_input_time
