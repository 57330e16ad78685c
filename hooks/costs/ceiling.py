"""What FLOPs alone allow a machine that reads prompts too: only the tokens of answers count, and both are multiplied.

机器也要读 prompt 时，光看算力最多能有多快：prompt 和答案都要算，只有答案的 token 计入吞吐。
"""

from hooks.formula.quantity import quantity


@quantity(
    "token/s",
    "Throughput if only FLOPs counted, prompts read on the same machine",
    zh="计入 prompt、只算 FLOPs 时的吞吐",
)
def answer_ceiling(compute_ceiling, output, prompt):
    """Each token of an answer brings its share of the prompt to multiply.

    答案的每个 token，都要分摊一份 prompt 的运算。
    """
    return compute_ceiling * output / (prompt + output)


@quantity(
    "token/s",
    "Expected ceiling of FLOPs with prompts",
    zh="预期计入 prompt 的算力上限",
)
def expected_answer_ceiling(answer_ceiling, fitted_flops_share):
    """The answers' tokens that the share of FLOP/s reached in decode allows, with bytes free.

    读数据不要时间，按 decode 实际达到的算力占比，每秒能产出多少答案 token。
    """
    return answer_ceiling * fitted_flops_share
