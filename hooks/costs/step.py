"""The decode step, kernel by kernel: matrices, then attention, each a race of two clocks, plus an overhead with a name.

一步decode，按kernel逐个算：先矩阵、后attention，各是两块秒表赛跑，外加一笔有名有姓的固定开销。
"""

from hooks.formula.quantity import quantity


@quantity("FLOP/s/chip", "Dense rate of a chip", zh="每块卡的稠密算力")
def peak_flops(math, bf16_flops, fp8_flops, fp4_flops, int8_flops):
    """The rate on the datasheet for the format that the weights are multiplied in.

    规格书上与权重运算格式对应的算力。
    """
    if math == "fp8":
        return fp8_flops
    if math == "fp4":
        return fp4_flops
    if math == "int8":
        return int8_flops
    return bf16_flops


@quantity("FLOP/s", "FLOP/s of the machine", zh="整机算力")
def machine_flops(chips, peak_flops):
    """All chips together.

    所有卡加在一起。
    """
    return chips * peak_flops


@quantity("B/s", "Bandwidth of the machine", zh="整机显存带宽")
def machine_bandwidth(chips, bandwidth):
    """Each chip reads its own share of the weights and the cache at once.

    每块卡同时读自己那一份权重和缓存。
    """
    return chips * bandwidth


@quantity("B", "Bytes read per step", zh="每步读取的字节")
def step_bytes(weights_read, kv_bytes):
    """The weights once, and every sequence's own cache.

    权重读一遍，再加每条序列自己的缓存。
    """
    return weights_read + kv_bytes


@quantity("s", "Time to read the weights", zh="读权重的时间")
def weights_time(weights_read, machine_bandwidth, bandwidth_efficiency):
    """The walk through the warehouse.

    把仓库走一遍的时间。
    """
    return weights_read / (machine_bandwidth * bandwidth_efficiency)


@quantity("s", "Time to read the KV cache", zh="读 KV cache 的时间")
def kv_time(kv_bytes, machine_bandwidth, bandwidth_efficiency):
    """The time to leaf through everybody's notebook.

    把每个人的笔记本翻一遍的时间。
    """
    return kv_bytes / (machine_bandwidth * bandwidth_efficiency)


@quantity("s", "Bytes clock", zh="搬运秒表")
def memory_time(weights_time, kv_time):
    """How long the step would take if arithmetic were free.

    假如计算不要时间，这一步要多久。
    """
    return weights_time + kv_time


@quantity("s", "FLOPs clock", zh="运算秒表")
def compute_time(step_flops, machine_flops, flops_efficiency):
    """How long the step would take if bytes were free.

    假如读数据不要时间，这一步要多久。
    """
    return step_flops / (machine_flops * flops_efficiency)


@quantity("s", "FLOPs clock of the matrices", zh="矩阵部分的运算秒表")
def matmul_time(batch, tokens_per_step, flops_per_token, machine_flops, flops_efficiency):
    """The arithmetic without attention, which runs in kernels of its own.

    不含 attention 的算术；attention 有自己的 kernel。
    """
    return batch * tokens_per_step * flops_per_token / (machine_flops * flops_efficiency)


@quantity("s", "FLOPs clock of attention", zh="attention 的运算秒表")
def attention_compute_time(
    batch, tokens_per_step, decode_attention_flops, machine_flops, flops_efficiency
):
    """The arithmetic of attention alone: little beside its bytes, unless all heads share one latent.

    只算 attention 的算术：比起要读的字节不算多，除非所有头合用一个潜向量。
    """
    return batch * tokens_per_step * decode_attention_flops / (machine_flops * flops_efficiency)


@quantity("s", "Time of the matrices", zh="矩阵部分的时间")
def matrices_time(weights_time, matmul_time):
    """Reading the weights and multiplying by them run at once, and the slower one decides.

    读权重与乘权重同时进行，慢的那个说了算。
    """
    return max(weights_time, matmul_time)


@quantity("s", "Time of attention", zh="attention 的时间")
def attention_time(kv_time, attention_compute_time):
    """Reading the cache and the arithmetic on it run at once, and the slower one decides.

    读缓存与对它做的算术同时进行，慢的那个说了算。
    """
    return max(kv_time, attention_compute_time)


@quantity(
    "s",
    "Launches of a step",
    zh="一步的启动开销",
    source="Hazy Research, Look Ma, No Bubbles (2025), for a launch; kipply, Transformer Inference Arithmetic (2022)",
)
def launch_overhead(overhead, layers, kernels_per_layer, launch_time):
    """Launching every kernel of every layer, and whatever else happens once a step.

    每层每个 kernel 的启动时间，加上每步发生一次的其他事。
    """
    return overhead + layers * kernels_per_layer * launch_time


@quantity(
    "1",
    "Collectives of a step",
    zh="一步的集合通信次数",
    source="Megatron-LM (1909.08053), section 3",
)
def collectives(chips, one_chip, layers, all_reduces_per_layer):
    """Each layer that is cut over several chips makes them wait for one another twice; with expert parallelism it is a dispatch and a combine.

    一层切到几块卡上，这些卡就要互相等两次；专家并行则是 dispatch 一次、combine 一次。
    """
    if chips > one_chip:
        return layers * all_reduces_per_layer
    return 0


@quantity(
    "s",
    "Overhead of a step",
    zh="一步的固定开销",
    source="kipply, Transformer Inference Arithmetic (2022), for the terms",
)
def step_overhead(launch_overhead, collectives, collective_latency):
    """What neither clock counts: the pauses of launches and of every collective, however little it carries, and whatever else is charged once a step.

    两块秒表都不算的部分：kernel 启动和每次集合通信的停顿，哪怕只传一点点数据；每步另记一笔的，也在里面。
    """
    return launch_overhead + collectives * collective_latency


@quantity(
    "s",
    "Decode step",
    zh="一步 decode 的时间",
    source="Scaling Book, part 7, the general form; Pope et al. (2211.05102), section 2",
)
def decode_step(matrices_time, attention_time, step_overhead):
    """Matrices, then attention, each by the slower of its two clocks; the overhead comes on top.

    先矩阵、后 attention，各取自己两块秒表里后停的那块；固定开销另加。
    """
    return matrices_time + attention_time + step_overhead


@quantity("s", "Arithmetic that reading does not hide", zh="读数据盖不住的算术")
def bare_arithmetic(matrices_time, weights_time, attention_time, kv_time):
    """What multiplying takes longer than reading, for the matrices and for attention.

    乘得比读得久的那一段，矩阵和 attention 各算各的。
    """
    return matrices_time - weights_time + (attention_time - kv_time)


@quantity("s", "Waiting of the chips for one another", zh="卡与卡互相等待的时间")
def collective_wait(collectives, collective_latency):
    """The latency of every collective, however little it carries.

    每次集合通信的延迟，不管传多少。
    """
    return collectives * collective_latency


@quantity("s", "Decode step by one max, a looser floor", zh="整步只取一次 max 的更松的下限")
def one_clock_floor(memory_time, compute_time, step_overhead):
    """As if all kernels ran at once: at most half of the true floor is missing, where matrices wait for arithmetic and attention for bytes.

    当作所有 kernel 同时跑：矩阵等算术、attention 等字节时，最多会少算一半。
    """
    return max(memory_time, compute_time) + step_overhead


@quantity(
    "word",
    "What the matrices wait for",
    zh="矩阵部分在等什么",
    words={"weights": "权重", "arithmetic": "算术"},
)
def matrices_wait(weights_time, matmul_time):
    """Below the critical batch for their weights, beyond it for their arithmetic.

    临界 batch 以下等权重，以上等算术。
    """
    return "weights" if weights_time >= matmul_time else "arithmetic"


@quantity(
    "word",
    "What attention waits for",
    zh="attention 在等什么",
    words={"cache": "缓存", "arithmetic": "算术"},
)
def attention_wait(kv_time, attention_compute_time):
    """For its cache at any batch, unless so many heads share an entry that the arithmetic takes longer.

    无论 batch 多大都等缓存，除非太多头合用一个条目，算术反而更久。
    """
    return "cache" if kv_time >= attention_compute_time else "arithmetic"


@quantity("s", "Time that a step waits for bytes", zh="一步里等字节的时间")
def bytes_wait(weights_time, matmul_time, kv_time, attention_compute_time):
    """The parts of the step whose bytes take at least as long as their arithmetic.

    字节不比算术快的那些部分，加在一起的时间。
    """
    return (weights_time if weights_time >= matmul_time else 0) + (
        kv_time if kv_time >= attention_compute_time else 0
    )


@quantity(
    "word",
    "What a decode step waits for most",
    zh="一步 decode 主要在等什么",
    words={"memory": "显存", "compute": "算力"},
)
def decode_regime(bytes_wait, matrices_time, attention_time):
    """Matrices and attention each wait for one of two clocks; the clock that takes more of the step names the regime.

    矩阵和 attention 各看一块秒表；哪块占的时间多，就受哪一边限制。
    """
    return "memory" if 2 * bytes_wait >= matrices_time + attention_time else "compute"


@quantity("1", "Bytes clock against FLOPs clock", zh="搬运与运算两块秒表之比")
def clock_ratio(memory_time, compute_time):
    """How many times longer the bytes take than the arithmetic.

    读字节的时间是算术时间的多少倍。
    """
    return memory_time / compute_time


@quantity("token/s/seq", "Speed for one reader", zh="单个用户的速度")
def user_speed(tokens_per_step, decode_step):
    """Each step hands every sequence its next token.

    每一步交给每条序列下一个 token。
    """
    return tokens_per_step / decode_step


@quantity("token/s/seq", "Speed if only the weights were read", zh="只读权重时的速度")
def walk_speed(tokens_per_step, weights_time):
    """A ceiling for one reader: each walk through the weights hands out the next token, and nothing else takes time.

    单个用户的速度上限：走一遍权重，交出下一个 token，别的都不花时间。
    """
    return tokens_per_step / weights_time


@quantity("token/s", "Throughput", zh="吞吐")
def throughput(batch, user_speed):
    """All sequences of the batch together.

    整个 batch 加在一起。
    """
    return batch * user_speed


@quantity("token/s", "Throughput if only FLOPs counted", zh="只算 FLOPs 时的吞吐")
def compute_ceiling(machine_flops, flops_per_token):
    """What the spec sheet's FLOP/s would allow if bytes were free.

    假如读数据不要时间，规格书上的算力允许多快。
    """
    return machine_flops / flops_per_token


@quantity("FLOP/B", "Ridge point", zh="ridge point", source="Williams et al., Roofline (2009)")
def ridge_point(peak_flops, bandwidth):
    """The FLOPs that a chip can do in the time it reads one byte.

    读一个字节的时间里，芯片能做多少次运算。
    """
    return peak_flops / bandwidth


@quantity("FLOP/B", "Arithmetic intensity of a step", zh="一步的算术强度")
def step_intensity(step_flops, step_bytes):
    """The FLOPs that each byte read is used for.

    每读一个字节，用它做了多少次运算。
    """
    return step_flops / step_bytes


@quantity(
    "FLOP/B",
    "Arithmetic intensity of decode attention",
    zh="decode attention 的算术强度",
    source="DeepSeek, FlashMLA notes",
)
def attention_intensity(tokens_per_step, decode_attention_flops, kv_per_sequence):
    """Query heads that share a KV head use each cached byte more often; MLA shares one latent among all of them.

    共用一个 KV 头的 query 头越多，每个缓存字节用得越勤；MLA 更是所有头合用一个潜向量。
    """
    return tokens_per_step * decode_attention_flops / kv_per_sequence


@quantity("FLOP/B", "Arithmetic intensity of the matrices", zh="矩阵的算术强度")
def matrices_intensity(batch, tokens_per_step, flops_per_token, weights_read):
    """Every sequence uses each weight that is read, so their intensity grows with the batch.

    读进来的每个权重，每条序列都要用一次，所以强度随 batch 增长。
    """
    return batch * tokens_per_step * flops_per_token / weights_read


@quantity(
    "FLOP/s",
    "Attainable rate of the matrices",
    zh="矩阵的可达算力",
    source="Williams et al., Roofline (2009)",
)
def attainable_flops(machine_flops, machine_bandwidth, matrices_intensity):
    """The roof over the matrices' intensity: the slope of the bandwidth, or the flat top of the arithmetic.

    矩阵强度上方的屋顶：要么是带宽的斜坡，要么是算力的平顶。
    """
    return min(machine_flops, machine_bandwidth * matrices_intensity)


@quantity(
    "seq",
    "Critical batch of the matrices",
    zh="矩阵的临界 batch",
    source="Scaling Book, part 7; kipply, Transformer Inference Arithmetic",
)
def critical_batch(
    ridge_point, weight_width, flops_per_param, tokens_per_step, experts, experts_per_token
):
    """The batch at which reading the weights and multiplying by them take equally long; attention has its own race.

    batch 到这么大时，读权重与乘权重一样久；attention 另有自己的赛跑。
    """
    if experts > 0:
        return (
            ridge_point
            * weight_width
            / flops_per_param
            / tokens_per_step
            * experts
            / experts_per_token
        )
    return ridge_point * weight_width / flops_per_param / tokens_per_step


@quantity("seq", "Batch at which the cache equals the weights", zh="缓存与权重相等的 batch")
def kv_equals_weights(weights_read, kv_per_sequence):
    """Past this many sequences a step reads more cache than weights.

    序列再多，一步读的缓存就超过权重了。
    """
    return weights_read / kv_per_sequence


@quantity(
    "token", "Cached tokens that weigh as much as the weights", zh="与权重等重的缓存 token 数"
)
def crossover_tokens(weights_read, kv_per_token):
    """Batch times context at which cache and weights are read in equal parts.

    batch 乘上下文到这个数，读缓存与读权重各占一半。
    """
    return weights_read / kv_per_token


@quantity("%", "MBU", zh="MBU", source="Databricks, LLM inference performance engineering (2023)")
def mbu(step_bytes, decode_step, machine_bandwidth):
    """The share of the machine's bandwidth that the step's bytes use.

    这一步读的字节占整机带宽的比例。
    """
    return step_bytes / decode_step / machine_bandwidth


@quantity("%", "MFU of decode", zh="decode 的 MFU", source="PaLM (2204.02311), appendix B")
def decode_mfu(step_flops, decode_step, machine_flops):
    """The share of the machine's FLOP/s that the step uses.

    这一步用掉整机算力的比例。
    """
    return step_flops / decode_step / machine_flops


@quantity("s/token/seq", "ITL slope per context token", zh="上下文每多一个 token 的 ITL 增量")
def itl_slope(kv_growth, batch, machine_bandwidth, bandwidth_efficiency, one_sequence):
    """Each further token in the cache adds its own bytes to every later step.

    缓存每多一个 token，之后每一步都要多读它的字节。
    """
    return (
        kv_growth * batch / one_sequence / one_sequence / (machine_bandwidth * bandwidth_efficiency)
    )


@quantity(
    "B/s",
    "Achieved bandwidth",
    zh="实际达到的带宽",
    source="Databricks, LLM inference performance engineering (2023)",
)
def achieved_bandwidth(step_bytes, decode_step):
    """The bytes that a step reads, over the time it takes.

    一步读的字节除以这一步的时间。
    """
    return step_bytes / decode_step


@quantity("s", "Step that reads a full memory", zh="把显存通读一遍的一步")
def full_memory_time(engine_memory, bandwidth, bandwidth_efficiency):
    """A full machine reads all that its memory holds once a step, whoever owns it: the bytes of a step take no longer than this.

    满员的机器每一步把显存里的东西通读一遍，不管归谁：一步的字节读得再久，也就这么久。
    """
    return engine_memory / (bandwidth * bandwidth_efficiency)
