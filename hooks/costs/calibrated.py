"""The step as engines really take it: the two clocks at the shares that published runs reached, and fitted overheads.

引擎真正走的一步：两只钟按实测达到的比例走，再加拟合出来的固定开销。
"""

from hooks.formula.quantity import choice, constant, field, quantity

calibration = choice("calibrations", "Calibration", zh="标定", default="nim-h100")

# What a calibration says; `python -m hooks.calibration --write` fits it. What is not fitted stays at the floor.

fitted_overhead = field(
    "calibration",
    "overhead",
    "s",
    "Fitted overhead per step",
    zh="拟合的每步固定开销",
    default=0,
    low=0,
    high=60,
)
fitted_layer_overhead = field(
    "calibration",
    "layer_overhead",
    "s/layer",
    "Fitted overhead per layer",
    zh="拟合的每层固定开销",
    default=0,
    each="layer",
    low=0,
    high=1,
)
fitted_collective = field(
    "calibration",
    "collective",
    "s",
    "Fitted time of a collective",
    zh="拟合的一次集合通信时间",
    default=0,
    low=0,
    high=1,
)
fitted_sequence_overhead = field(
    "calibration",
    "sequence_overhead",
    "s/seq",
    "Fitted overhead per sequence",
    zh="拟合的每条序列开销",
    default=0,
    each="seq",
    low=0,
    high=1,
)
fitted_unpacking = field(
    "calibration",
    "unpacking",
    "s·chip/param",
    "Fitted time to unpack a quantised parameter",
    zh="拟合的量化参数解包时间",
    default=0,
    low=0,
    high=1e-6,
)
fitted_bandwidth_share = field(
    "calibration",
    "bandwidth_share",
    "1",
    "Fitted share of bandwidth",
    zh="拟合的带宽占比",
    default=1,
    positive=True,
    high=1,
)
fitted_flops_share = field(
    "calibration",
    "flops_share",
    "1",
    "Fitted share of FLOP/s in decode",
    zh="拟合的 decode 算力占比",
    default=1,
    positive=True,
    high=1,
)
fitted_prefill_share = field(
    "calibration",
    "prefill_share",
    "1",
    "Fitted share of FLOP/s in prefill",
    zh="拟合的 prefill 算力占比",
    default=1,
    positive=True,
    high=1,
)
fitted_imbalance = field(
    "calibration",
    "imbalance",
    "1",
    "Busiest chip's expert load against the mean",
    zh="最忙的卡的专家负载与平均之比",
    default=1,
    low=1,
    high=1_000,
)

multiplied_width = constant(
    "B/param",
    2,
    "Width that the chip multiplies in",
    zh="做乘法时的宽度",
    why="A chip without arithmetic for the stored format multiplies in 16 bits.",
    why_zh="芯片没有对应存储格式的算力时，按 16 bit 做乘法。",
)


@quantity("1", "Experts' part of the weights read", zh="读取的权重中专家所占的比例")
def expert_part_of_reads(moe_layers, experts_touched, expert_params, core_params):
    """How much of a step's reading is experts, which lie unevenly loaded on the chips.

    一步读的权重里有多少是专家；专家分在各卡上，负载并不均匀。
    """
    return (
        moe_layers
        * experts_touched
        * expert_params
        / (core_params + moe_layers * experts_touched * expert_params)
    )


@quantity("1", "Experts' part of the FLOPs", zh="FLOPs 中专家所占的比例")
def expert_part_of_flops(moe_layers, experts_per_token, expert_params, matmul_params):
    """How much of a token's multiplying is experts.

    一个 token 的乘法里有多少是专家。
    """
    return moe_layers * experts_per_token * expert_params / matmul_params


@quantity("s", "Bytes clock of the busiest chip's weights", zh="最忙那块卡读权重的时间")
def busiest_weights_time(weights_time, expert_part_of_reads, fitted_imbalance):
    """All chips wait for the one whose experts are wanted most.

    大家都要等专家最抢手的那块卡。
    """
    return weights_time * (1 + (fitted_imbalance - 1) * expert_part_of_reads)


@quantity("s", "FLOPs clock of the busiest chip's matrices", zh="最忙那块卡矩阵部分的 FLOPs 钟")
def busiest_matmul_time(matmul_time, expert_part_of_flops, fitted_imbalance):
    """The chip with the most tokens for its experts multiplies longest.

    分到 token 最多的那块卡，乘得最久。
    """
    return matmul_time * (1 + (fitted_imbalance - 1) * expert_part_of_flops)


@quantity("s", "Calibrated time of the matrices", zh="标定后矩阵部分的时间")
def calibrated_matrices_time(
    busiest_weights_time, fitted_bandwidth_share, busiest_matmul_time, fitted_flops_share
):
    """Reading the weights races multiplying by them, each at the share that published runs reached.

    读权重与乘权重赛跑，各按公开实测达到的比例走。
    """
    return max(
        busiest_weights_time / fitted_bandwidth_share, busiest_matmul_time / fitted_flops_share
    )


@quantity("s", "Calibrated time of attention", zh="标定后 attention 的时间")
def calibrated_attention_time(
    kv_time, fitted_bandwidth_share, attention_compute_time, fitted_flops_share
):
    """Reading the cache races the arithmetic on it, at the same two shares.

    读缓存与对它做的算术赛跑，用的是同样两个比例。
    """
    return max(kv_time / fitted_bandwidth_share, attention_compute_time / fitted_flops_share)


@quantity(
    "s",
    "Time to unpack quantised weights",
    zh="解包量化权重的时间",
    source="Fitted: docs/data/calibrations.yml",
)
def unpacking_time(weights_read, weight_width, multiplied_width, chips, fitted_unpacking):
    """An engine that stores few bits and multiplies in sixteen turns every parameter back into sixteen first.

    存的位数少、乘的时候用 16 bit，引擎就得先把每个参数还原。
    """
    if weight_width < multiplied_width:
        return weights_read / weight_width * fitted_unpacking / chips
    return 0


@quantity(
    "s",
    "Calibrated overhead of a step",
    zh="标定后的每步开销",
    source="Fitted: docs/data/calibrations.yml",
)
def calibrated_overhead(
    step_overhead,
    fitted_overhead,
    layers,
    fitted_layer_overhead,
    collectives,
    fitted_collective,
    batch,
    fitted_sequence_overhead,
    unpacking_time,
):
    """What a step takes besides its clocks and beyond the latencies of the floor: once a step, for each layer, each collective, each sequence and each parameter to unpack.

    各只钟之外、也超出下限所含延迟的时间：每步一份、每层一份、每次集合通信一份、每条序列一份，再加解包权重的一份。
    """
    return (
        step_overhead
        + fitted_overhead
        + layers * fitted_layer_overhead
        + collectives * fitted_collective
        + batch * fitted_sequence_overhead
        + unpacking_time
    )


@quantity(
    "s",
    "Calibrated decode step",
    zh="标定后的一步 decode",
    source="Scaling Book, part 7, the general form, with fitted shares",
)
def calibrated_step(calibrated_matrices_time, calibrated_attention_time, calibrated_overhead):
    """The matrices, then attention, each by the slower of its two clocks, and the fitted overhead on top.

    先矩阵、后 attention，各取自己两只钟里慢的那只，再加拟合出的开销。
    """
    return calibrated_matrices_time + calibrated_attention_time + calibrated_overhead


@quantity("token/s/seq", "Calibrated speed for one reader", zh="标定后的单用户速度")
def calibrated_user_speed(tokens_per_step, calibrated_step):
    """Each step hands every sequence its next token.

    每一步交给每条序列下一个 token。
    """
    return tokens_per_step / calibrated_step


@quantity("token/s", "Calibrated throughput", zh="标定后的吞吐")
def calibrated_throughput(batch, calibrated_user_speed):
    """All sequences of the batch together, with no prefill in between.

    整个 batch 加在一起，中间不穿插 prefill。
    """
    return batch * calibrated_user_speed


@quantity("s", "Calibrated step at no context", zh="标定后上下文为零的一步")
def calibrated_empty_step(weights_time, fitted_bandwidth_share, calibrated_overhead):
    """Where the line of step time over context meets zero: weights and overhead, no cache.

    把一步时间随上下文的直线延到零：只剩权重和开销，没有缓存。
    """
    return weights_time / fitted_bandwidth_share + calibrated_overhead


@quantity(
    "s/token/seq",
    "Calibrated ITL slope per context token",
    zh="标定后上下文每多一个 token 的 ITL 增量",
)
def calibrated_itl_slope(itl_slope, fitted_bandwidth_share):
    """A cached token's bytes, at the share of bandwidth that was reached.

    每个缓存 token 的字节，按实际达到的带宽占比来读。
    """
    return itl_slope / fitted_bandwidth_share


@quantity("token/s", "Calibrated ceiling of FLOPs", zh="标定后的算力上限")
def calibrated_ceiling(compute_ceiling, fitted_flops_share):
    """The tokens that the share of FLOP/s reached in decode allows, with bytes free.

    读数据不要时间，按 decode 实际达到的算力占比，每秒能做多少 token。
    """
    return compute_ceiling * fitted_flops_share


@quantity("s/seq", "Calibrated prefill", zh="标定后的 prefill 时间")
def calibrated_prefill_time(
    prefill_flops, machine_flops, expert_part_of_flops, fitted_imbalance, fitted_prefill_share
):
    """The prompt's FLOPs on the busiest chip, at the share of FLOP/s that published prefills reached.

    prompt 在最忙那块卡上的 FLOPs，按公开实测的 prefill 算力占比来做。
    """
    return (
        prefill_flops
        / machine_flops
        * (1 + (fitted_imbalance - 1) * expert_part_of_flops)
        / fitted_prefill_share
    )


@quantity("token/s", "Calibrated prefill throughput", zh="标定后的 prefill 吞吐")
def calibrated_prefill_throughput(prompt, calibrated_prefill_time):
    """Prompt tokens read each second.

    每秒读入的 prompt token 数。
    """
    return prompt / calibrated_prefill_time


@quantity("s/seq", "Calibrated machine time of a request", zh="标定后一个请求占用整机的时间")
def calibrated_machine_time(
    calibrated_prefill_time, output, tokens_per_step, calibrated_step, batch
):
    """Its own prefill, and its share of every step that it rides in: the two take turns on one machine.

    自己的 prefill，加上它搭乘的每一步里分摊到的一份：两者在同一台机器上轮流进行。
    """
    return calibrated_prefill_time + output / tokens_per_step * calibrated_step / batch


@quantity("s", "Calibrated step with the others' prefills", zh="标定后计入他人 prefill 的一步")
def calibrated_served_step(
    calibrated_step, batch, one_sequence, calibrated_prefill_time, tokens_per_step, output
):
    """While a sequence writes its answer, each of the others is replaced once, and its successor's prompt holds everybody up.

    一条序列写完答案的工夫，其余每条都换过一次人；新来者的 prompt 要先读完，大家都得等。
    """
    return (
        calibrated_step
        + (batch - one_sequence) * calibrated_prefill_time * tokens_per_step / output
    )


@quantity("token/s", "Calibrated throughput with prefill", zh="标定后计入 prefill 的吞吐")
def calibrated_served_throughput(output, calibrated_machine_time):
    """Answer tokens each second when prefill and decode share the machine.

    prefill 与 decode 共用一台机器时，每秒产出的答案 token。
    """
    return output / calibrated_machine_time
