"""Load: how many sequences are in flight when requests keep arriving.

负载：请求不断到来时，同时有多少条序列在途。
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


@quantity("s/seq", "Bytes clock per sequence", zh="每条序列的字节钟")
def kv_time_per_sequence(kv_per_sequence, machine_bandwidth, bandwidth_efficiency):
    """What each further sequence adds to the step.

    每多一条序列，一步要多花的时间。
    """
    return kv_per_sequence / (machine_bandwidth * bandwidth_efficiency)


@quantity(
    "seq",
    "Batch that a load settles at",
    zh="负载稳定时的 batch",
    source="Little (1961), solved for a step that is linear in the batch",
)
def settled_batch(steps_demanded, weights_time, step_overhead, kv_time_per_sequence):
    """While bytes decide, a step is a fixed part and a part per sequence, and Little's law has one solution.

    只要还是字节说了算，一步就是固定的一份加每条序列一份，Little 定律便只有一个解。
    """
    if steps_demanded * kv_time_per_sequence >= 1:
        return impossible(
            "unstable: requests bring caches faster than the machine can read them",
            zh="不稳定：请求带来的缓存比机器能读的还快",
        )
    return (
        steps_demanded
        * (weights_time + step_overhead)
        / (1 - steps_demanded * kv_time_per_sequence)
    )


@quantity("s/seq", "FLOPs clock per sequence", zh="每条序列的 FLOPs 钟")
def compute_time_per_sequence(
    tokens_per_step, flops_per_token, decode_attention_flops, machine_flops, flops_efficiency
):
    """What each further sequence adds to the step's arithmetic.

    每多一条序列，一步要多做的运算时间。
    """
    return (
        tokens_per_step
        * (flops_per_token + decode_attention_flops)
        / (machine_flops * flops_efficiency)
    )


@quantity(
    "seq",
    "Batch that a load settles at, by FLOPs",
    zh="只看 FLOPs 时负载稳定的 batch",
    source="Little (1961), solved for a step that is linear in the batch",
)
def settled_batch_compute(steps_demanded, step_overhead, compute_time_per_sequence):
    """The same law where FLOPs decide: without an overhead a step is in proportion to its batch, and any load that fits drains it.

    FLOPs 说了算时的同一条定律：没有固定开销，一步就与 batch 成正比，只要跟得上，batch 就会排空。
    """
    if steps_demanded * compute_time_per_sequence >= 1:
        return impossible(
            "unstable: requests ask for more FLOPs than the machine does",
            zh="不稳定：请求要的 FLOPs 比机器能做的还多",
        )
    return steps_demanded * step_overhead / (1 - steps_demanded * compute_time_per_sequence)


@quantity(
    "seq",
    "Batch in flight, both clocks",
    zh="两只钟都算上的在途 batch",
    source="Little (1961), solved for the slower of two linear clocks",
)
def steady_batch(settled_batch, settled_batch_compute, max_batch):
    """The step is the slower of two straight lines, so its fixed point is the larger of theirs; a mixture of experts reads the weights that the scenario's batch touches.

    一步是两条直线中较慢的那条，所以不动点就是两个不动点里较大的；MoE 按场景里的 batch 碰到的权重算。
    """
    if max(settled_batch, settled_batch_compute) > max_batch:
        return impossible(
            "beyond capacity: the load settles at {settled_batch} by bytes and {settled_batch_compute} by FLOPs, and {max_batch} fit",
            zh="超出容量：按字节要 {settled_batch}，按 FLOPs 要 {settled_batch_compute}，只放得下 {max_batch}",
        )
    return max(settled_batch, settled_batch_compute)


@quantity("s", "Step that a load settles at", zh="负载稳定时的一步", source="Little (1961), L = λW")
def steady_step(
    weights_time, steady_batch, kv_time_per_sequence, compute_time_per_sequence, step_overhead
):
    """The slower clock at the batch in flight, which is that batch over the steps that its arrivals ask for.

    在途 batch 下较慢的那只钟；也就是在途 batch 除以每秒要求的步数。
    """
    return (
        max(
            weights_time + steady_batch * kv_time_per_sequence,
            steady_batch * compute_time_per_sequence,
        )
        + step_overhead
    )


@quantity("s", "Step of a full machine", zh="满员时的一步")
def capacity_step(
    weights_time, max_batch, kv_time_per_sequence, compute_time_per_sequence, step_overhead
):
    """With every seat taken, whichever clock is slower.

    座位全满时，哪只钟慢就是哪只。
    """
    return (
        max(weights_time + max_batch * kv_time_per_sequence, max_batch * compute_time_per_sequence)
        + step_overhead
    )


@quantity("seq/s", "Steps asked of the time that prefill leaves", zh="prefill 之外的时间要跑的步数")
def shared_steps(steps_demanded, prefill_load):
    """Prompts read on the same machine leave fewer seconds for the same steps.

    prompt 在同一台机器上读，同样的步数只能挤在剩下的时间里。
    """
    return steps_demanded / (1 - prefill_load)


@quantity(
    "seq",
    "Batch in flight beside prefill",
    zh="与 prefill 同机时的在途 batch",
    source="Little (1961), with the time that prompts take away",
)
def shared_batch(
    shared_steps,
    weights_time,
    step_overhead,
    kv_time_per_sequence,
    compute_time_per_sequence,
    capacity_step,
    max_batch,
):
    """The same fixed point, with the steps squeezed into the time that prompts leave.

    不动点的解法不变，只是步数都挤在读 prompt 之外的时间里。
    """
    if shared_steps * max(kv_time_per_sequence, compute_time_per_sequence) >= 1:
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
        shared_steps * (weights_time + step_overhead) / (1 - shared_steps * kv_time_per_sequence),
        shared_steps * step_overhead / (1 - shared_steps * compute_time_per_sequence),
    )


@quantity(
    "request/s",
    "Arrivals that fill the machine",
    zh="让机器满员的到达率",
    source="Little (1961), L = λW",
)
def capacity_rate(max_batch, sequences_per_request, output, tokens_per_step, capacity_step):
    """Full seats, each taken for the length of an answer; prefill elsewhere.

    座位全满，每个座位占到答案写完为止；prefill 在别处做。
    """
    return max_batch / (sequences_per_request * output / tokens_per_step * capacity_step)


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
