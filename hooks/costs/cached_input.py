"""Cached input: read a prompt again, load its cache from a slower tier, or pay to keep it there.

缓存命中的输入：把prompt重读一遍，从慢一级的存储里读回缓存，还是花钱一直留着。
"""

from hooks.formula.quantity import impossible, quantity, setting

tier_bandwidth = setting(
    "GB/s",
    "Bandwidth of the cache tier, one way",
    zh="缓存层带宽（单向）",
    default=50,
    low=0.001,
    high=1_000_000_000,
    why="Assumed: 50 GB/s into the whole machine, what one chip's PCIe 5 link gives less losses.",
    why_zh="假设：整机 50 GB/s，相当于一块卡的 PCIe 5 扣除损耗。",
)
tier_price = setting(
    "USD/GB/h",
    "Price of keeping cache in the tier",
    zh="缓存层的存放价格",
    default=0.005,
    low=0,
    high=1_000_000,
    why="Assumed: half a cent for a gigabyte and hour, the order of a cloud's DRAM; disks cost a hundredth.",
    why_zh="假设：每 GB 每小时半美分，与云上内存同一量级；磁盘约为其百分之一。",
)


@quantity("USD/seq", "Cost of reading a prompt again", zh="重算一段 prompt 的成本")
def recompute_cost(prefill_time, machine_price):
    """The machine for the time of a prefill.

    整机做一次 prefill 的花费。
    """
    return prefill_time * machine_price


@quantity(
    "s/seq",
    "Time to load a prompt's cache",
    zh="载入一段 prompt 缓存的时间",
    source="Mooncake (2407.00079)",
)
def cache_load_time(prompt_cache, tier_bandwidth):
    """Its bytes over the tier's bandwidth.

    字节数除以缓存层的带宽。
    """
    return prompt_cache / tier_bandwidth


@quantity(
    "1",
    "Prefill against loading the cache",
    zh="重算与载入的时间比",
    source="Mooncake (2407.00079)",
)
def cache_load_speedup(prefill_time, cache_load_time):
    """How many times faster it is to fetch the cache than to compute it; below one, computing wins.

    取缓存比重算快多少倍；小于一，就不如重算。
    """
    return prefill_time / cache_load_time


@quantity(
    "USD/seq", "Cost of loading a prompt's cache, at most", zh="载入一段 prompt 缓存的成本上限"
)
def cache_load_cost(cache_load_time, machine_price):
    """The machine for the time of the transfer, as if it stood idle meanwhile; overlapped with other work it is less.

    传输期间整机的花费，当作它只在干等；与别的活重叠起来会更少。
    """
    return cache_load_time * machine_price


@quantity(
    "USD/s/seq",
    "Cost of keeping a prompt's cache",
    zh="存放一段 prompt 缓存的成本",
    source="DeepSeek, context caching on disk (2024-08-02), for the practice",
)
def hold_cost(prompt_cache, tier_price):
    """Its bytes at the tier's price, every second until it is used again or dropped.

    按缓存层的价格，每一秒都要付，直到再次用上或丢掉。
    """
    return prompt_cache * tier_price


@quantity("s", "Break-even time to live", zh="存放划算的最长时间")
def break_even_life(recompute_cost, cache_load_cost, hold_cost):
    """A cache that is surely used once within this time is worth its place.

    确定在这段时间内会再用一次的缓存，就值得留着。
    """
    if cache_load_cost >= recompute_cost:
        return impossible(
            "not worth keeping: loading costs {cache_load_cost:USD}, reading the prompt again {recompute_cost:USD}",
            zh="不值得留：载入要 {cache_load_cost:USD}，重算只要 {recompute_cost:USD}",
        )
    return (recompute_cost - cache_load_cost) / hold_cost


@quantity("%", "Cached against fresh input, by cost", zh="缓存输入与新输入的成本比")
def cached_input_ratio(cache_load_cost, recompute_cost):
    """A hit costs the loading, a miss the prefill; what the place in the tier costs comes on top.

    命中只付载入，未命中要付 prefill；存放的花费另计。
    """
    return cache_load_cost / recompute_cost
