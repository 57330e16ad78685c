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


@quantity("seq", "Batch that a load settles at", zh="负载稳定时的 batch", source="Little (1961), solved for a step that is linear in the batch")
def settled_batch(steps_demanded, weights_time, step_overhead, kv_time_per_sequence):
    """While bytes decide, a step is a fixed part and a part per sequence, and Little's law has one solution.

    只要还是字节说了算，一步就是固定的一份加每条序列一份，Little 定律便只有一个解。
    """
    if steps_demanded * kv_time_per_sequence >= 1:
        return impossible("unstable: requests bring caches faster than the machine can read them", zh="不稳定：请求带来的缓存比机器能读的还快")
    return steps_demanded * (weights_time + step_overhead) / (1 - steps_demanded * kv_time_per_sequence)


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
