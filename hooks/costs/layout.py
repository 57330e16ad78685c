"""A layout at a glance: what each chip holds, what it sends in a step, and what the step waits for, part by part.

一种布局的总账：每块卡放什么，一步发出多少字节，一步的各部分又在等什么。
"""

from hooks.formula.quantity import ceil, impossible, quantity

# What a chip holds


@quantity("seq", "Sequences that a group serves", zh="每组服务的序列数")
def group_batch(batch, data_parallel):
    """Groups share the batch; the fullest one counts.

    batch 由各组分担，按最满的那组算。
    """
    return ceil(batch / data_parallel)


@quantity("B/chip", "Caches on a chip of this layout", zh="该布局下每块卡的缓存")
def layout_cache(group_batch, layout_kv, paged_bytes, kv_per_sequence):
    """Its group's sequences, the layers of its stage, its share of their heads, in whole blocks.

    本组的序列，所在那一级的层，分到的头，按整块占用。
    """
    return group_batch * layout_kv * paged_bytes / kv_per_sequence


@quantity("B/chip", "What a chip of this layout holds", zh="该布局下每块卡共存放")
def layout_held(layout_weights, layout_cache, activation_memory):
    """Weights, caches and workspace.

    权重、缓存、工作区，全部相加。
    """
    return layout_weights + layout_cache + activation_memory


@quantity("word", "Can it be cut so", zh="可以这样切吗", words={"yes": "可以"})
def layout_verdict(
    layout_weights,
    activation_memory,
    engine_memory,
    expert_groups,
    batch,
    layout_max_batch,
):
    """The chips have to form whole groups, and weights and caches to fit on every one of them. Refuses what cannot be, with the reason and a cure.

    卡要能分成整组，权重和缓存要在每块卡上都放得下。做不到则拒绝，说明原因和办法。
    """
    if layout_weights + activation_memory > engine_memory:
        return impossible(
            "does not fit: {layout_weights:GB} of weights on each chip, {engine_memory:GB} to put them in; cut into more ways or stages, or spread the experts over more chips",
            zh="放不下：每块卡要放 {layout_weights:GB} 权重，可用的只有 {engine_memory:GB}；多切几路、多分几级，或把专家分到更多卡上",
        )
    if batch > layout_max_batch:
        return impossible(
            "does not fit: this layout seats {layout_max_batch} sequences, and the batch is {batch}; take fewer, or more chips, or ways that copy less of the cache",
            zh="放不下：该布局最多坐 {layout_max_batch} 条序列，batch 是 {batch}；减小 batch、加卡，或换一种少存缓存副本的切法",
        )
    if expert_groups > 0:
        return "yes"
    return impossible("no group of experts: take more chips", zh="凑不成一套专家：加卡")


# What a chip sends


@quantity(
    "B/chip/layer",
    "Sent in an exchange with the experts of a layer",
    zh="每层与专家交换时发出的字节",
    source="DeepEP, low-latency kernels",
)
def exchange_sent(
    expert_parallel, one_chip, dispatch_bytes, combine_bytes, network_share, link_share
):
    """Copies out and answers back, but for those between a chip and its own experts.

    送出去的副本加送回来的结果，与自己卡上专家之间的不算。
    """
    if expert_parallel <= one_chip:
        return 0
    return (dispatch_bytes + combine_bytes) * (network_share + link_share)


@quantity("B/chip/layer", "Sent for each layer", zh="每层发出的字节")
def layer_sent(
    expert_parallel,
    one_chip,
    all_reduces_per_layer,
    all_reduces_with_experts,
    activation_bytes,
    all_reduce_passes,
    exchange_sent,
):
    """By a chip in one pass of one micro-batch: the all-reduces and, in a layer whose experts are spread, the exchange with them.

    一个 micro-batch 走一趟，每块卡在一层里发出的：all-reduce 的，专家分在各卡时再加与专家交换的。
    """
    if expert_parallel > one_chip:
        return all_reduces_with_experts * activation_bytes * all_reduce_passes + exchange_sent
    return all_reduces_per_layer * activation_bytes * all_reduce_passes


@quantity("B/chip", "Handed to the next stage in a step", zh="一步交给下一级的字节")
def handed_on(pipeline_stages, microbatches, activation_bytes):
    """The rows of every micro-batch, once; the last stage hands on nothing.

    每个 micro-batch 的行各交一次；最后一级不用交。
    """
    if pipeline_stages <= 1:
        return 0
    return microbatches * activation_bytes


@quantity("B/chip", "Sent in a step", zh="一步发出的字节")
def step_sent(
    microbatches,
    pipeline_stages,
    all_reduces,
    activation_bytes,
    all_reduce_passes,
    moe_layers,
    exchange_sent,
    handed_on,
):
    """By each chip for all layers of its stage and every micro-batch: all-reduces, exchanges with experts, and rows handed on.

    每块卡为所在那一级的所有层、所有 micro-batch 发出的：all-reduce、与专家的交换，加上往下交的行。
    """
    return (
        microbatches
        / pipeline_stages
        * (all_reduces * activation_bytes * all_reduce_passes + moe_layers * exchange_sent)
        + handed_on
    )


# What a step waits for


@quantity("s", "Matrices of a step in this layout", zh="该布局下一步的矩阵部分")
def layout_matrices_step(stage_turns, layout_weights_time, layout_matmul_time):
    """The slower of two clocks on the busiest chip, at every turn.

    最忙那块卡上两块秒表里后停的那块，每轮一次。
    """
    return stage_turns * max(layout_weights_time, layout_matmul_time)


@quantity("s", "Attention of a step in this layout", zh="该布局下一步的 attention")
def layout_attention_step(stage_turns, layout_kv_time, layout_attention_time):
    """Its own two clocks, at every turn.

    attention 自己的两块秒表，每轮一次。
    """
    return stage_turns * max(layout_kv_time, layout_attention_time)


@quantity(
    "word",
    "What a step of this layout waits for most",
    zh="该布局下一步主要在等什么",
    words={
        "weights": "读权重",
        "KV cache": "读 KV cache",
        "arithmetic": "算力",
        "other chips": "别的卡",
        "launches": "启动",
    },
)
def layout_wait(
    communication_time,
    launch_overhead,
    layout_matrices_step,
    layout_attention_step,
    layout_weights_time,
    layout_matmul_time,
    layout_kv_time,
    layout_attention_time,
):
    """The longest of its parts, nothing overlapping: the matrices, attention, communication, launches.

    各部分互不重叠，取最长的：矩阵、attention、通信、启动。
    """
    if communication_time > max(layout_matrices_step, layout_attention_step, launch_overhead):
        return "other chips"
    if launch_overhead > max(layout_matrices_step, layout_attention_step):
        return "launches"
    if layout_matrices_step >= layout_attention_step:
        return "weights" if layout_weights_time >= layout_matmul_time else "arithmetic"
    return "KV cache" if layout_kv_time >= layout_attention_time else "arithmetic"
