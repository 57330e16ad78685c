"""Prefill: reading the prompt, where arithmetic is what takes the time.

prefill：读prompt，时间花在算术上。
"""

from hooks.formula.quantity import quantity


@quantity("s/seq", "Prefill", zh="prefill 的时间", source="Scaling Book, part 8")
def prefill_time(prefill_flops, machine_flops, prefill_mfu):
    """The prompt's FLOPs at the rate that real kernels reach.

    按实际 kernel 能跑到的算力，做完 prompt 的全部运算。
    """
    return prefill_flops / (machine_flops * prefill_mfu)


@quantity(
    "s/seq",
    "Prefill without attention",
    zh="不计 attention 的 prefill",
    source="Scaling Book, part 8",
)
def prefill_matmul_time(flops_per_token, prompt, machine_flops, prefill_mfu):
    """The matrices alone, which is most of a short prompt.

    只算矩阵：prompt 不长时，这就是大头。
    """
    return flops_per_token * prompt / (machine_flops * prefill_mfu)


@quantity("s/seq", "Attention of a prefill", zh="prefill 中 attention 的时间")
def prefill_attention_time(prefill_attention_flops, machine_flops, prefill_mfu):
    """Every pair of tokens, which takes over once the prompt is long.

    每一对 token 都要算；prompt 一长，它就成了大头。
    """
    return prefill_attention_flops / (machine_flops * prefill_mfu)


@quantity("token/s", "Prefill throughput", zh="prefill 吞吐")
def prefill_throughput(prompt, prefill_time):
    """Prompt tokens read each second.

    每秒读入的 prompt token 数。
    """
    return prompt / prefill_time


@quantity("s", "Clock of one prefill's weights", zh="prefill 读权重的时间")
def prefill_weights_time(weight_bytes, machine_bandwidth):
    """The walk through all weights that a prefill makes once for the whole prompt.

    整个 prompt 只要走一遍仓库。
    """
    return weight_bytes / machine_bandwidth
