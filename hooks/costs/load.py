"""Load: how many sequences are in flight when requests keep arriving; their prompts take their share of the machine.

负载：请求不断到来时，同时有多少条序列在途；读prompt也要占机器的时间。
"""

from hooks.formula.quantity import impossible, quantity


@quantity("s", "Time of a request", zh="一个请求的时长")
def request_time(prefill_time, one_sequence, output, user_speed):
    """Its prefill, then one step for each token of the answer.

    先 prefill，再一步一个 token 地生成答案。
    """
    return prefill_time * one_sequence + output / user_speed


@quantity("request", "Requests in flight", zh="同时在途的请求", source="Little (1961), L = λW")
def in_flight(arrival_rate, request_time):
    """Arrivals a second times the seconds that each one stays.

    每秒到达多少，乘上每个停留多久。
    """
    return arrival_rate * request_time


@quantity("seq/s", "Steps that a second's arrivals ask for", zh="一秒到达的请求要求的步数")
def steps_demanded(arrival_rate, sequences_per_request, output, tokens_per_step):
    """Sequence-steps per second: arrivals times the length of their answers.

    每秒的“序列·步”：到达率乘以答案长度。
    """
    return arrival_rate * sequences_per_request * output / tokens_per_step


@quantity("s/seq", "Bytes clock per sequence", zh="每条序列的搬运秒表")
def kv_time_per_sequence(kv_per_sequence, machine_bandwidth, bandwidth_efficiency):
    """What each further sequence adds to the step.

    每多一条序列，一步要多花的时间。
    """
    return kv_per_sequence / (machine_bandwidth * bandwidth_efficiency)


@quantity("s/seq", "FLOPs clock of the matrices per sequence", zh="每条序列矩阵部分的运算秒表")
def matmul_time_per_sequence(tokens_per_step, flops_per_token, machine_flops, flops_efficiency):
    """What each further sequence adds to the arithmetic of the matrices.

    每多一条序列，矩阵部分要多做的运算时间。
    """
    return tokens_per_step * flops_per_token / (machine_flops * flops_efficiency)


@quantity("s/seq", "Time of attention per sequence", zh="每条序列的 attention 时间")
def attention_time_per_sequence(
    kv_time_per_sequence,
    tokens_per_step,
    decode_attention_flops,
    machine_flops,
    flops_efficiency,
):
    """Each sequence's cache and the arithmetic on it, whichever takes longer, whatever the batch.

    每条序列的缓存与对它的算术，取慢的那个，与 batch 无关。
    """
    return max(
        kv_time_per_sequence,
        tokens_per_step * decode_attention_flops / (machine_flops * flops_efficiency),
    )


@quantity(
    "seq",
    "Sequences in flight, prompts read elsewhere",
    zh="prompt 在别处读时的在途序列",
    source="Little (1961), for a step as a rider sees it: itself and those aboard, who with Poisson arrivals are the average",
)
def settled_batch(
    steps_demanded,
    weights_time,
    step_overhead,
    one_sequence,
    matmul_time_per_sequence,
    attention_time_per_sequence,
):
    """A rider shares the step with the average number of others; the step is the longer of two straight lines in the batch, so its fixed point is the larger of theirs.

    乘客与平均那么多的别人同乘一步；一步是 batch 的两条直线中较长的一条，所以不动点是两者中较大的。
    """
    if steps_demanded * (matmul_time_per_sequence + attention_time_per_sequence) >= 1:
        return impossible(
            "unstable: requests ask for more than the machine can read or multiply",
            zh="不稳定：请求要的比机器能读、能算的还多",
        )
    return max(
        steps_demanded
        * (weights_time + step_overhead + attention_time_per_sequence * one_sequence)
        / (1 - steps_demanded * attention_time_per_sequence),
        steps_demanded
        * (step_overhead + (matmul_time_per_sequence + attention_time_per_sequence) * one_sequence)
        / (1 - steps_demanded * (matmul_time_per_sequence + attention_time_per_sequence)),
    )


@quantity("seq/s", "Steps asked of the time that prefill leaves", zh="prefill 之外的时间要跑的步数")
def shared_steps(steps_demanded, prefill_load):
    """Prompts take their share of the machine first, and the steps have to fit into the rest.

    prompt 先占走机器的一份时间，剩下的时间才轮到各步。
    """
    return steps_demanded / (1 - prefill_load)


@quantity(
    "seq",
    "Sequences in flight",
    zh="在途序列",
    source="Little (1961), for a step as a rider sees it, on the time that prefill leaves",
)
def steady_batch(
    shared_steps,
    weights_time,
    step_overhead,
    one_sequence,
    matmul_time_per_sequence,
    attention_time_per_sequence,
    capacity_step,
    max_batch,
):
    """Prompts and answers on one machine: every stay is longer by the prompts read meanwhile. A mixture of experts reads the weights that the scenario's batch touches. Refuses a load that the machine cannot keep up with or seat.

    prompt 和答案在同一台机器上：每条序列都要多等期间读的 prompt。MoE 按场景里的 batch 碰到的权重算。跟不上或坐不下的负载则拒绝。
    """
    if shared_steps * (matmul_time_per_sequence + attention_time_per_sequence) >= 1:
        return impossible(
            "unstable: prompts do not leave the time for their answers",
            zh="不稳定：读完 prompt，剩下的时间不够写答案",
        )
    if shared_steps * capacity_step > max_batch:
        return impossible(
            "beyond capacity: more sequences would be in flight than the {max_batch} that fit",
            zh="超出容量：在途序列会超过放得下的 {max_batch}",
        )
    return max(
        shared_steps
        * (weights_time + step_overhead + attention_time_per_sequence * one_sequence)
        / (1 - shared_steps * attention_time_per_sequence),
        shared_steps
        * (step_overhead + (matmul_time_per_sequence + attention_time_per_sequence) * one_sequence)
        / (1 - shared_steps * (matmul_time_per_sequence + attention_time_per_sequence)),
    )


@quantity("s", "Step of a full machine", zh="满员时的一步")
def capacity_step(
    weights_time, max_batch, matmul_time_per_sequence, attention_time_per_sequence, step_overhead
):
    """With every seat taken: matrices, then attention, each by its slower clock.

    座位全满时：先矩阵、后 attention，各取后停的那块秒表。
    """
    return (
        max(weights_time, max_batch * matmul_time_per_sequence)
        + max_batch * attention_time_per_sequence
        + step_overhead
    )


@quantity(
    "request/s",
    "Arrivals that fill the machine, prompts read elsewhere",
    zh="prompt 在别处读时让机器满员的到达率",
    source="Little (1961), L = λW",
)
def decode_capacity_rate(max_batch, sequences_per_request, output, tokens_per_step, capacity_step):
    """Full seats, each taken for the length of an answer, on a machine that only decodes.

    座位全满，每个座位占到答案写完为止；这台机器只做 decode。
    """
    return max_batch / (sequences_per_request * output / tokens_per_step * capacity_step)


@quantity(
    "request/s",
    "Arrivals that fill the machine",
    zh="让机器满员的到达率",
    source="Little (1961), L = λW",
)
def capacity_rate(
    sequences_per_request, prefill_time, output, tokens_per_step, capacity_step, max_batch
):
    """One over what each request takes of the machine: its own prompt, and its share of every step of a full batch.

    一个请求占用机器的时间的倒数：读自己的 prompt，再加满员时每一步里分摊到的一份。
    """
    return 1 / (
        sequences_per_request
        * (prefill_time + output / tokens_per_step * capacity_step / max_batch)
    )


@quantity("s/seq", "Machine time of a request", zh="一个请求占用整机的时间")
def machine_time(prefill_time, output, tokens_per_step, decode_step, batch):
    """Its own prefill, and its share of every step that it rides in.

    自己的 prefill，加上它搭乘的每一步里分摊到的一份。
    """
    return prefill_time + output / tokens_per_step * decode_step / batch


@quantity("token/s", "Throughput with prefill", zh="计入 prefill 的吞吐")
def served_throughput(output, machine_time):
    """Answer tokens each second when every answer's prompt has to be read on the same machine.

    每个答案的 prompt 也要在同一台机器上读时，每秒产出的答案 token。
    """
    return output / machine_time


@quantity("s", "Wait for the others' prompts in each gap", zh="每个间隔里等他人 prompt 的时间")
def others_wait(batch, one_sequence, prefill_time, tokens_per_step, output):
    """While a sequence writes its answer, every one of the others comes once with a new prompt; its time is spread over the steps.

    一条序列写完答案的工夫，其余每条都换人一次，各带一段新 prompt；读它们的时间摊到每一步上。
    """
    return (batch - one_sequence) * prefill_time * tokens_per_step / output


@quantity("s", "Step with the others' prompts", zh="计入他人 prompt 的一步")
def served_step(decode_step, others_wait):
    """While a sequence writes its answer, each of the others is replaced once, and its successor's prompt holds everybody up.

    一条序列写完答案的工夫，其余每条都换过一次人；新来者的 prompt 要先读完，大家都得等。
    """
    return decode_step + others_wait
