"""Verdicts in a word: whether a batch fits, and what stands in the way of more.

用一个词作结论：这个batch放不放得下，再往上是卡在哪里。
"""

from hooks.formula.quantity import ceil, impossible, quantity


@quantity(
    "word",
    "Does the batch fit",
    zh="这个 batch 放得下吗",
    words={"fits": "放得下", "does not fit": "放不下"},
)
def fits(batch, max_batch):
    """The batch against the largest one that the memory holds beside the weights.

    拿这个 batch 与显存在权重之外放得下的最大 batch 相比。
    """
    return "fits" if batch <= max_batch else "does not fit"


@quantity(
    "word",
    "What limits the step",
    zh="一步卡在哪里",
    words={
        "memory": "显存容量",
        "arithmetic": "算力",
        "overhead": "固定开销",
        "weights": "读权重",
        "KV cache": "读 KV cache",
    },
)
def binding_limit(
    batch,
    max_batch,
    weights_time,
    matmul_time,
    kv_time,
    attention_compute_time,
    step_overhead,
):
    """Memory first, if the batch has no room in it; else what the longest part of the step waits for: the matrices, attention, or the overhead.

    放不下时是显存容量；放得下时，看矩阵、attention、固定开销哪一部分最长，它在等什么。
    """
    if batch > max_batch:
        return "memory"
    if step_overhead > max(weights_time, matmul_time, kv_time, attention_compute_time):
        return "overhead"
    if max(weights_time, matmul_time) >= max(kv_time, attention_compute_time):
        return "weights" if weights_time >= matmul_time else "arithmetic"
    return "KV cache" if kv_time >= attention_compute_time else "arithmetic"


@quantity("chip", "Chips that hold the model and its batch", zh="放得下模型和整个 batch 的卡数")
def chips_needed(weight_bytes, batch, paged_bytes, engine_memory, activation_memory):
    """The smallest whole number of chips whose memory, cut ideally, holds the weights and every sequence of the batch. Refuses a workspace that leaves no room.

    理想切分时，显存放得下全部权重和 batch 里每条序列的最少卡数。工作区占满显存则拒绝。
    """
    if activation_memory >= engine_memory:
        return impossible(
            "does not fit: the workspace takes {activation_memory:GB} of the {engine_memory:GB} on each chip",
            zh="放不下：每块卡可用 {engine_memory:GB}，工作区就要 {activation_memory:GB}",
        )
    return ceil((weight_bytes + batch * paged_bytes) / (engine_memory - activation_memory))


@quantity(
    "word",
    "Can the machine run this",
    zh="这台机器跑得了吗",
    words={"runs": "跑得了"},
)
def can_run(
    model,
    accelerator,
    precision,
    chips,
    batch,
    context,
    weights_per_chip,
    activation_memory,
    engine_memory,
    chips_needed,
    max_batch,
    peak_flops,
):
    """The weights and the batch must have room, and the chip must multiply in the weights' format. Refuses what cannot run, with the reason.

    权重和 batch 要放得下，芯片还要会算权重所用的格式。跑不了则拒绝，并说明原因。
    """
    if weights_per_chip + activation_memory > engine_memory:
        return impossible(
            "does not fit: {model} in {precision} needs {chips_needed} {accelerator}, and the machine has {chips}",
            zh="放不下：{model}（{precision}）需要 {chips_needed} 块 {accelerator}，这台机器只有 {chips} 块",
        )
    if batch > max_batch:
        return impossible(
            "does not fit: a batch of {batch} with {context:token} each needs {chips_needed} {accelerator}, and the machine has {chips}",
            zh="放不下：batch 为 {batch}、每条 {context:token} 需要 {chips_needed} 块 {accelerator}，这台机器只有 {chips} 块",
        )
    if peak_flops > 0:
        return "runs"
    return impossible(
        "no arithmetic: {accelerator} does not multiply in {precision}",
        zh="没有算力：{accelerator}不能做{precision}的乘法",
    )


@quantity(
    "token/s/seq",
    "Speed for one reader, where the machine can run this",
    zh="跑得了时单个用户的速度",
)
def runnable_speed(can_run, user_speed):
    """The speed, of a machine that has room for the model and multiplies in its format; else the reason why not.

    放得下、也会算这种格式的机器上的速度；否则说明原因。
    """
    if can_run == "runs":
        return user_speed
    return impossible("cannot run", zh="跑不了")


@quantity(
    "token/s/seq",
    "Expected speed for one reader, where the machine can run this",
    zh="跑得了时预期的单用户速度",
)
def expected_runnable_speed(can_run, expected_user_speed):
    """The same of what to expect.

    预期的速度，也是这样。
    """
    if can_run == "runs":
        return expected_user_speed
    return impossible("cannot run", zh="跑不了")


@quantity(
    "word",
    "Does the model take the context",
    zh="模型接受这么长的上下文吗",
    words={"takes it": "接受"},
)
def takes_context(model, context, longest_context):
    """The context against the longest one that the model's configuration names. Refuses a longer one.

    拿上下文与模型配置里写明的最长上下文相比。更长则拒绝。
    """
    if context > longest_context:
        return impossible(
            "too long: {model} takes at most {longest_context:token} of context, and {context} are asked for",
            zh="太长：{model} 的上下文最长 {longest_context:token}，这里要 {context}",
        )
    return "takes it"
