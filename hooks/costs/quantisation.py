"""Quantisation: bits of a weight with its scales, and what fewer bits buy at most.

量化：连scale一起算，一个权重占多少比特；比特少了，最多能快多少。
"""

from hooks.formula.quantity import quantity, setting

value_bits = setting(
    "bit/param",
    "Bits of a quantised value",
    zh="量化值的位数",
    default=4,
    low=1,
    high=64,
    why="Four bits, the format on the page unless it says otherwise.",
    why_zh="四位；页面没有另说时就是这种格式。",
)
scale_bits = setting(
    "bit/block",
    "Bits of scale for each block",
    zh="每块的 scale 位数",
    default=16,
    low=0,
    high=1_000,
    why="One 16-bit scale for each block, as in Q4_0; a zero point of its own adds as much again.",
    why_zh="每块一个 16 位 scale，与 Q4_0 相同；若另有零点，再加一份。",
)
scale_group = setting(
    "param/block",
    "Weights that share a scale",
    zh="共用一个 scale 的权重数",
    default=32,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="32, as in Q4_0, Q8_0 and MXFP4; NVFP4 takes 16.",
    why_zh="32 个，与 Q4_0、Q8_0、MXFP4 相同；NVFP4 是 16 个。",
)


@quantity(
    "bit/param",
    "Bits per weight",
    zh="每个权重的位数",
    source="llama.cpp, ggml-common.h; OCP Microscaling Formats (MX) v1.0",
)
def bits_per_weight(value_bits, scale_bits, scale_group):
    """The value's own bits, and its share of the block's scale.

    数值自己的位数，加上块内 scale 摊到的一份。
    """
    return value_bits + scale_bits / scale_group


@quantity("%", "Share of bits that are scales", zh="scale 占的比例")
def scale_share(scale_bits, scale_group, bits_per_weight):
    """Smaller blocks follow the weights more closely and spend more bits on it.

    块越小，贴合得越好，花在 scale 上的位数也越多。
    """
    return scale_bits / scale_group / bits_per_weight


@quantity("1", "Bytes ratio", zh="字节数之比")
def quantised_bytes_ratio(weight_width, bits_per_weight):
    """How many times fewer bytes the weights have than at the scenario's precision.

    与场景里的精度相比，权重字节少了多少倍。
    """
    return weight_width / bits_per_weight


@quantity("s", "Decode step with quantised weights, at least", zh="量化权重后一步 decode 的下限")
def quantised_step(
    weights_time, bits_per_weight, weight_width, matmul_time, attention_time, step_overhead
):
    """Only the weights shrink: the cache, the FLOPs and the overhead stay, and unpacking, which kernels hide more or less, comes on top.

    变小的只有权重：缓存、FLOPs 和固定开销照旧；反量化能藏住多少要看 kernel，另加。
    """
    return (
        max(weights_time * bits_per_weight / weight_width, matmul_time)
        + attention_time
        + step_overhead
    )


@quantity("1", "Speed-up of quantised weights, at most", zh="量化权重的加速上限")
def quantised_speedup(decode_step, quantised_step):
    """Below the bytes ratio as soon as anything but weights takes time.

    只要还有权重之外的时间，就到不了字节数之比。
    """
    return decode_step / quantised_step
