"""Measured pair: what reading a token took and what writing one took, out of two published runs whose lengths are exchanged.

实测的一对：两次公布的测试，输入输出的长度互换，由此解出读一个、写一个token各花了多久。
"""

from hooks.formula.quantity import impossible, quantity, setting

mirrored_throughput = setting(
    "token/s",
    "Published throughput with the lengths exchanged",
    zh="输入输出长度互换后的公布吞吐",
    default=6651,
    low=0.001,
    high=1_000_000_000,
    why="TensorRT-LLM 1.0 on two H100s: Llama 3.3 70B in FP8, 128 tokens in and 2,048 out.",
    why_zh="TensorRT-LLM 1.0，两块 H100：Llama 3.3 70B，FP8，输入 128、输出 2,048。",
)


@quantity("s/seq", "Measured machine time of a request", zh="实测一个请求占用整机的时间")
def measured_request_time(output, measured_throughput):
    """A machine that is never idle works this long for a request: its answer's tokens over the tokens of a second.

    机器一刻不闲，一个请求就占用这么久：答案的 token 数除以每秒产出的 token 数。
    """
    return output / measured_throughput


@quantity(
    "s/seq", "Measured machine time of the mirrored request", zh="实测长度互换的请求占用整机的时间"
)
def mirrored_request_time(prompt, mirrored_throughput):
    """The same, where the answer is as long as the other run's prompt.

    同上；这一次，答案与另一次的 prompt 一样长。
    """
    return prompt / mirrored_throughput


@quantity("s/token", "Measured machine time of an input token", zh="实测读一个 token 的整机时间")
def measured_input_time(prompt, output, measured_request_time, mirrored_request_time):
    """Two requests and two unknowns: n·read + m·write = T and m·read + n·write = T′ are solved for the reading.

    两个请求，两个未知数：n·读 + m·写 = T，m·读 + n·写 = T′，解出读。
    """
    if prompt == output:
        return impossible(
            "prompt and answer are of one length, so the two runs are the same",
            zh="输入输出一样长，互换之后还是同一次测试",
        )
    return (prompt * measured_request_time - output * mirrored_request_time) / (
        prompt * prompt - output * output
    )


@quantity("s/token", "Measured machine time of an output token", zh="实测写一个 token 的整机时间")
def measured_output_time(prompt, output, measured_request_time, mirrored_request_time):
    """The same two equations, solved for the writing.

    同样两个方程，解出写。
    """
    if prompt == output:
        return impossible(
            "prompt and answer are of one length, so the two runs are the same",
            zh="输入输出一样长，互换之后还是同一次测试",
        )
    return (prompt * mirrored_request_time - output * measured_request_time) / (
        prompt * prompt - output * output
    )


@quantity("1", "Measured output token against input token", zh="实测输出与输入 token 的时间比")
def measured_output_ratio(measured_output_time, measured_input_time):
    """How many tokens the machine read in the time that writing one took.

    写一个 token 的时间里，机器读了多少个。
    """
    return measured_output_time / measured_input_time
