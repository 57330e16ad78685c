"""Parallel layouts: what lives on which chip when layers, stages and experts are cut apart, and how long a step then takes.

A machine's chips form groups of `tensor_parallel` × `pipeline_stages`; the groups hold copies of attention and share the
batch (data parallelism). With `expert_parallel` above one, that many chips of a stage, across groups, hold its experts whole.

并行布局：把层、级、专家切开以后，哪块卡上放什么，一步要多久。
"""

from hooks.formula.quantity import ceil, constant, floor, impossible, power, quantity, setting

tensor_parallel = setting(
    "chip",
    "Tensor-parallel ways",
    zh="TP 路数",
    default=2,
    low=1,
    high=1_000_000,
    whole=True,
    why="The series' running scenario: each layer is cut between its two chips.",
    why_zh="本系列的统一场景：每一层切在两块卡上。",
)
pipeline_stages = setting(
    "1",
    "Pipeline stages",
    zh="流水线级数",
    default=1,
    low=1,
    high=1_000_000,
    whole=True,
    why="Assumed: no pipeline; every chip works on every layer.",
    why_zh="假设：不用流水线，每块卡都算每一层。",
)
expert_parallel = setting(
    "chip",
    "Expert-parallel ways",
    zh="EP 路数",
    default=1,
    low=1,
    high=1_000_000,
    whole=True,
    why="Assumed: none; experts are cut like every other matrix.",
    why_zh="假设：不用专家并行，专家和其他矩阵一样切开。",
)
microbatches = setting(
    "1",
    "Micro-batches",
    zh="micro-batch 数",
    default=1,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="Assumed: one; the whole batch passes a layer together.",
    why_zh="假设：只有一个，整个 batch 一起过每一层。",
)
redundant_experts = setting(
    "expert/layer",
    "Redundant experts per layer",
    zh="每层冗余专家数",
    default=0,
    low=0,
    high=100_000,
    whole=True,
    why="Assumed: none; DeepSeek's service keeps second copies of 32 busy experts.",
    why_zh="假设：没有；DeepSeek 的线上服务给 32 个繁忙专家多存了一份。",
)
expert_imbalance = setting(
    "1",
    "Busiest chip against the mean",
    zh="最忙的卡与平均之比",
    default=1,
    low=1,
    high=1_000_000,
    why="Assumed: routed tokens fall evenly on the chips. Real routing is skewed, and everybody waits for the busiest chip.",
    why_zh="假设：路由的 token 均匀落在各卡上。实际路由有偏，大家都得等最忙的那块卡。",
)

whole_cache = constant(
    "1/chip",
    1,
    "Cache per chip that is not cut",
    zh="不切分时每块卡的缓存份数",
    why="A latent that all heads share has no heads to cut along.",
    why_zh="所有头合用的潜向量，没有头可切。",
)

layers_dealt = constant(
    "layer",
    1,
    "Layers that a stage holds at least",
    zh="每级至少有的层",
    why="A stage without a layer would stand idle.",
    why_zh="分不到层的那一级只能闲着。",
)
experts_dealt = constant(
    "expert/layer",
    1,
    "Experts that a chip holds at least",
    zh="每块卡至少有的专家",
    why="A chip of the group without an expert would stand idle.",
    why_zh="组里分不到专家的卡只能闲着。",
)


# The layout


@quantity("chip", "Chips of a group", zh="一组的卡数")
def group_chips(tensor_parallel, pipeline_stages):
    """Every stage of a group has as many chips as a layer is cut into.

    一层切成几路，组里每一级就有几块卡。
    """
    return tensor_parallel * pipeline_stages


@quantity("1", "Data-parallel groups", zh="数据并行的组数")
def data_parallel(
    chips, tensor_parallel, pipeline_stages, group_chips, model, layers, layers_dealt
):
    """As many copies of attention as the chips make groups. Refuses chips that are left over, and stages without a layer.

    卡能分成多少组，attention 就有多少份。有余下的卡、有分不到层的级，则拒绝。
    """
    if pipeline_stages > layers / layers_dealt:
        return impossible(
            "no such layout: {pipeline_stages} stages for {layers} layers of {model}; take at most one a layer",
            zh="切不成：{model} 只有 {layers} 层，分不成 {pipeline_stages} 级；每级至少一层",
        )
    if floor(chips / group_chips) * group_chips != chips:
        return impossible(
            "no such layout: {chips} chips do not form groups of {tensor_parallel} ways × {pipeline_stages} stages; take a multiple of {group_chips} chips, or other ways or stages",
            zh="切不成：{chips} 块卡分不成每组 {tensor_parallel} 路 × {pipeline_stages} 级；卡数取 {group_chips} 的倍数，或改路数、级数",
        )
    return chips / group_chips


@quantity("1", "Expert-parallel groups", zh="专家并行的组数")
def expert_groups(
    expert_parallel,
    one_chip,
    data_parallel,
    chips,
    pipeline_stages,
    model,
    experts,
    redundant_experts,
    experts_dealt,
):
    """How many full sets of experts a stage holds. Refuses chips that are left over or would hold no expert.

    一级里有几套完整的专家。有余下的卡、有分不到专家的卡，则拒绝。
    """
    if expert_parallel <= one_chip:
        return data_parallel
    if experts == 0:
        return impossible(
            "no such layout: {model} has no experts to spread over {expert_parallel} chips; set the expert-parallel ways to 1",
            zh="切不成：{model} 没有专家，谈不上 {expert_parallel} 路 EP；把 EP 路数设为 1",
        )
    if expert_parallel / one_chip > (experts + redundant_experts) / experts_dealt:
        return impossible(
            "no such layout: {expert_parallel} chips for {experts} experts a layer of {model}; take at most one an expert, or keep redundant ones",
            zh="切不成：{model} 每层 {experts} 个专家，不够分给 {expert_parallel} 块卡；EP 路数不超过专家数，或加冗余专家",
        )
    if (
        floor(chips / (pipeline_stages * expert_parallel)) * pipeline_stages * expert_parallel
        != chips
    ):
        return impossible(
            "no such layout: {chips} chips do not form {pipeline_stages} stages of {expert_parallel} expert-parallel chips; take a multiple of both, or other ways",
            zh="切不成：{chips} 块卡分不成 {pipeline_stages} 级、每级按 {expert_parallel} 路 EP；卡数取两者乘积的倍数，或改路数",
        )
    return chips / (pipeline_stages * expert_parallel)


@quantity("seq", "Sequences of a group's micro-batch", zh="每组每个 micro-batch 的序列数")
def microbatch_size(batch, data_parallel, microbatches):
    """Groups and micro-batches share the batch; the fullest one counts.

    batch 由各组、各 micro-batch 分担，按最满的那个算。
    """
    return ceil(batch / (data_parallel * microbatches))


@quantity("seq", "Sequences whose tokens meet at the experts", zh="在同一套专家处汇合的序列数")
def expert_batch(batch, expert_groups, microbatches):
    """Expert parallelism gathers the tokens of many groups: attention may be apart, experts are shared.

    专家并行把许多组的 token 汇到一起：attention 各做各的，专家大家共用。
    """
    return ceil(batch / (expert_groups * microbatches))


@quantity("1", "Turns of a step", zh="一步要轮几次")
def stage_turns(microbatches, pipeline_stages):
    """Between two tokens of a sequence a stage serves every micro-batch, and a micro-batch passes every stage.

    同一序列的两个 token 之间，一级要轮完所有 micro-batch，一个 micro-batch 也要走完所有级。
    """
    return max(microbatches, pipeline_stages)


@quantity(
    "%",
    "Pipeline bubble against ideal time",
    zh="流水线气泡与理想时间之比",
    source="Narayanan et al. (2104.04473), section 2.2.1",
)
def bubble_of_ideal(pipeline_stages, microbatches):
    """While a pipeline fills and drains, a stage idles for all stages but itself.

    流水线填满与排空时，每一级都要为其余各级空等。
    """
    return (pipeline_stages - 1) / microbatches


@quantity(
    "%",
    "Pipeline bubble in the total",
    zh="流水线气泡占总时间的比例",
    source="GPipe (1811.06965), section 2.3",
)
def bubble_of_total(pipeline_stages, microbatches):
    """The same idle time as a share of all the time that the batch takes.

    同样的空等，按整批的总时间算占多少。
    """
    return (pipeline_stages - 1) / (microbatches + pipeline_stages - 1)


# What lives on a chip


@quantity("chip", "Chips that share a set of experts", zh="分担一套专家的卡数")
def expert_ways(expert_parallel, one_chip, tensor_parallel):
    """Without expert parallelism every expert is cut like any other matrix.

    不用专家并行时，每个专家都像其他矩阵一样切开。
    """
    if expert_parallel > one_chip:
        return expert_parallel
    return tensor_parallel


@quantity(
    "expert/layer/chip",
    "Experts per chip and layer",
    zh="每块卡每层的专家数",
    source="DeepSeek, inference system overview (2025)",
)
def experts_per_chip(experts, redundant_experts, expert_parallel, one_chip, tensor_parallel):
    """Whole experts and their second copies, dealt out; without expert parallelism a slice of each.

    完整的专家连同冗余副本平均分；不用专家并行时，每个专家各切一片。
    """
    if expert_parallel > one_chip:
        return ceil((experts + redundant_experts) / expert_parallel) if experts > 0 else 0
    return experts / tensor_parallel


@quantity("1", "Load of the busiest chip", zh="最忙的卡的负载")
def expert_load(expert_parallel, one_chip, expert_imbalance):
    """Skewed routing hurts only where experts are whole: a chip that holds a slice of each cannot be unlucky.

    专家整个放在一块卡上，路由偏了才吃亏；每个专家都切一片的卡没有运气好坏之分。
    """
    if expert_parallel > one_chip:
        return expert_imbalance
    return 1


@quantity(
    "B/chip",
    "Weights on a chip of this layout",
    zh="该布局下每块卡的权重",
    source="Narayanan et al. (2104.04473), section 3",
)
def layout_weights(
    core_bytes,
    input_embedding_bytes,
    moe_layers,
    experts_per_chip,
    expert_bytes,
    tensor_parallel,
    pipeline_stages,
):
    """Each group keeps everything but the routed experts, cut by ways and stages; the experts follow their own cut.

    每组都存一份路由专家之外的全部权重，按路数和级数切开；专家另有自己的切法。
    """
    return (
        (core_bytes + input_embedding_bytes) / tensor_parallel
        + moe_layers * experts_per_chip * expert_bytes
    ) / pipeline_stages


@quantity(
    "1/chip",
    "Share of a sequence's cache on a chip",
    zh="每块卡存一条序列缓存的比例",
    source="DeepSeek-V2 (2405.04434) for MLA; Megatron-LM (1909.08053) for heads",
)
def kv_share(kv_rank, whole_cache, heads, kv_heads, tensor_parallel):
    """Chips share out KV heads, and a chip without a head of its own keeps a copy; the latent of MLA is copied to every chip. Refuses query heads that do not divide.

    各卡分 KV 头，分不到的卡也要存一份副本；MLA 的潜向量则每块卡都存一份。query 头除不尽则拒绝。
    """
    if floor(heads / tensor_parallel) * tensor_parallel != heads:
        return impossible(
            "no such layout: {heads} query heads cannot be cut {tensor_parallel} ways; take a divisor of {heads}",
            zh="切不成：{heads} 个 query 头不能均分成 {tensor_parallel} 路；路数取 {heads} 的约数",
        )
    if kv_rank > 0:
        return whole_cache
    return ceil(kv_heads / tensor_parallel) / kv_heads


@quantity(
    "1",
    "Copies of the cache in a group",
    zh="组内缓存的份数",
    source="SGLang, large-scale expert parallelism (2025-05-05)",
)
def kv_copies(kv_share, tensor_parallel):
    """One where heads divide; as many as there are chips with MLA, which is why attention then runs data-parallel.

    头分得开就是一份；MLA 有几块卡就有几份，所以它的 attention 改用数据并行。
    """
    return kv_share * tensor_parallel


@quantity(
    "1/chip",
    "Share of a windowed layer's cache on a chip",
    zh="每块卡存窗口层缓存的比例",
)
def window_kv_share(window_kv_heads, tensor_parallel):
    """Of windowed layers that have KV heads of their own.

    指另有自己的 KV 头的窗口层。
    """
    if window_kv_heads > 0:
        return ceil(window_kv_heads / tensor_parallel) / window_kv_heads
    return 0


@quantity("B/seq", "KV cache of the windowed layers", zh="窗口层的 KV cache")
def window_cache(window_layers, window_context, window_kv_values, kv_width):
    """Each keeps its window, and no more.

    每层只留自己的窗口。
    """
    return window_layers * window_context * window_kv_values * kv_width


@quantity("B/seq/chip", "KV cache of a sequence on a chip", zh="一条序列在每块卡上的 KV cache")
def layout_kv(
    kv_per_sequence,
    linear_state,
    kv_share,
    tensor_parallel,
    pipeline_stages,
    window_heads,
    window_cache,
    window_kv_share,
):
    """The layers of a chip's stage, and its share of their heads; a linear state is cut by its own heads, and so is a window whose heads are others.

    只存所在那一级的层，以及分到的头；线性状态按它自己的头切，另有自己的头的窗口层也一样。
    """
    if window_heads > 0:
        return (
            (kv_per_sequence - linear_state - window_cache) * kv_share
            + window_cache * window_kv_share
            + linear_state / tensor_parallel
        ) / pipeline_stages
    return (
        (kv_per_sequence - linear_state) * kv_share + linear_state / tensor_parallel
    ) / pipeline_stages


@quantity("seq", "Largest batch of this layout", zh="该布局的最大 batch")
def layout_max_batch(
    engine_memory,
    layout_weights,
    activation_memory,
    layout_kv,
    paged_bytes,
    kv_per_sequence,
    data_parallel,
):
    """Each group holds as many sequences as fit beside its weights on every chip. Refuses weights that do not fit.

    每块卡放完权重后还能放多少序列，一组就有多少。权重放不下则拒绝。
    """
    if layout_weights + activation_memory > engine_memory:
        return impossible(
            "does not fit: {layout_weights:GB} of weights per chip, {engine_memory:GB} to put them in",
            zh="放不下：每块卡要放 {layout_weights:GB} 权重，可用的只有 {engine_memory:GB}",
        )
    return data_parallel * floor(
        (engine_memory - activation_memory - layout_weights)
        / (layout_kv * paged_bytes / kv_per_sequence)
    )


# The clocks of a chip


@quantity(
    "%",
    "Share of experts that a pass touches",
    zh="一趟碰到的专家比例",
    source="Expected distinct experts under uniform, independent routing",
)
def touched_share(experts, experts_per_token, expert_batch):
    """The chance that at least one of the gathered sequences picks a given expert.

    汇到一起的序列里，至少有一条选中某个专家的可能。
    """
    if experts > 0:
        return 1 - power(1 - experts_per_token / experts, expert_batch)
    return 0


@quantity("B/chip", "Weights a chip reads per pass", zh="每块卡一趟读的权重")
def layout_weights_read(
    core_bytes,
    tensor_parallel,
    moe_layers,
    experts_per_chip,
    touched_share,
    expert_load,
    expert_bytes,
    pipeline_stages,
):
    """The chip's part of what everybody uses, and of its experts those that are touched, at worst all of them; a redundant copy counts as touched as its expert.

    公共部分里归它的那份，加上它被碰到的专家，最多也就是全部；冗余副本按与原专家一样被碰到来算。
    """
    return (
        core_bytes / tensor_parallel
        + moe_layers
        * min(experts_per_chip, experts_per_chip * touched_share * expert_load)
        * expert_bytes
    ) / pipeline_stages


@quantity("s", "Time of a chip to read its weights", zh="每块卡一趟读权重的时间")
def layout_weights_time(layout_weights_read, bandwidth, bandwidth_efficiency):
    """The busiest chip reads its own part of the weights.

    最忙的卡读自己那部分权重。
    """
    return layout_weights_read / (bandwidth * bandwidth_efficiency)


@quantity("s", "Time of a chip to read its caches", zh="每块卡一趟读缓存的时间")
def layout_kv_time(microbatch_size, layout_kv, bandwidth, bandwidth_efficiency):
    """A chip's part of every cache in the micro-batch.

    micro-batch 里每份缓存归它的部分。
    """
    return microbatch_size * layout_kv / (bandwidth * bandwidth_efficiency)


@quantity("FLOP/chip", "FLOPs of a chip's matrices per pass", zh="每块卡一趟矩阵部分的 FLOPs")
def layout_matmul_flops(
    microbatch_size,
    tokens_per_step,
    core_params,
    flops_per_param,
    tensor_parallel,
    expert_batch,
    experts_per_token,
    moe_layers,
    expert_params,
    expert_load,
    expert_ways,
    pipeline_stages,
):
    """Its part of the shared matrices for its own group, and of the experts for all tokens gathered there.

    自己那组的公共矩阵，再加上汇到它的专家处的 token。
    """
    return (
        tokens_per_step
        * (
            microbatch_size * flops_per_param * core_params / tensor_parallel
            + expert_batch
            * experts_per_token
            * moe_layers
            * expert_params
            * flops_per_param
            * expert_load
            / expert_ways
        )
        / pipeline_stages
    )


@quantity("s", "FLOPs clock of a chip's matrices per pass", zh="每块卡一趟矩阵部分的运算秒表")
def layout_matmul_time(layout_matmul_flops, peak_flops, flops_efficiency):
    """How long the matrices would take if bytes were free.

    假如读数据不要时间，矩阵部分要多久。
    """
    return layout_matmul_flops / (peak_flops * flops_efficiency)


@quantity("s", "FLOPs clock of a chip's attention per pass", zh="每块卡一趟 attention 的运算秒表")
def layout_attention_time(
    microbatch_size,
    tokens_per_step,
    decode_attention_flops,
    tensor_parallel,
    pipeline_stages,
    peak_flops,
    flops_efficiency,
):
    """Query heads are cut along the ways, so each chip does its own part.

    query 头按路数切开，每块卡各做一份。
    """
    return (
        microbatch_size
        * tokens_per_step
        * decode_attention_flops
        / tensor_parallel
        / pipeline_stages
        / (peak_flops * flops_efficiency)
    )


@quantity(
    "s",
    "Clocks of a step in this layout",
    zh="该布局下一步的时钟时间",
    source="Narayanan et al. (2104.04473), section 2.2, for the turns",
)
def layout_time(
    stage_turns, layout_weights_time, layout_matmul_time, layout_kv_time, layout_attention_time
):
    """Matrices, then attention, each by the slower clock of the busiest chip, at every turn: a pipeline cuts a pass short and makes up for it in turns.

    每轮先矩阵、后 attention，各取最忙那块卡上较慢的钟：流水线让一趟变短，却要多轮几趟，一步并不更快。
    """
    return stage_turns * (
        max(layout_weights_time, layout_matmul_time) + max(layout_kv_time, layout_attention_time)
    )


# The step


@quantity("s", "Decode step with communication", zh="计入通信的一步 decode")
def parallel_step(layout_time, communication_time, launch_overhead):
    """A chip's clocks, then communication, then launches, nothing overlapping; `decode_step` has an ideal cut, and of communication only the latency.

    芯片上的时间，加通信，加启动开销，互不重叠；decode_step 则按理想切分，通信只计延迟。
    """
    return layout_time + communication_time + launch_overhead


@quantity(
    "s",
    "Decode step with communication hidden",
    zh="通信被盖住的一步 decode",
    source="DeepSeek, inference system overview (2025), for two micro-batches that take turns",
)
def overlapped_step(layout_time, communication_time, launch_overhead):
    """At best communication runs while another micro-batch computes, and the longer of the two decides.

    最好的情形：一个 micro-batch 在通信，另一个在计算，谁长谁说了算。
    """
    return max(layout_time, communication_time) + launch_overhead


@quantity("%", "Share of a step that is communication", zh="通信占一步的比例")
def communication_share(communication_time, parallel_step):
    """The part of the step in which chips wait for one another.

    一步之中，卡与卡互相等待的部分。
    """
    return communication_time / parallel_step


@quantity("token/s/seq", "Speed for one reader with communication", zh="计入通信的单用户速度")
def parallel_speed(tokens_per_step, parallel_step):
    """Each step hands every sequence its next token.

    每一步交给每条序列下一个 token。
    """
    return tokens_per_step / parallel_step


@quantity(
    "token/s/seq", "Speed for one reader with communication hidden", zh="通信被盖住时的单用户速度"
)
def overlapped_speed(tokens_per_step, overlapped_step):
    """A ceiling: micro-batches hide all of the communication that their work is long enough for.

    上限：只要计算够长，micro-batch 轮流就能把通信全盖住。
    """
    return tokens_per_step / overlapped_step


@quantity("token/s", "Throughput with communication", zh="计入通信的吞吐")
def parallel_throughput(batch, parallel_speed):
    """All sequences of all groups together.

    所有组的所有序列加在一起。
    """
    return batch * parallel_speed


@quantity("s", "Prefill with communication", zh="计入通信的 prefill")
def parallel_prefill(
    prefill_flops, one_sequence, tensor_parallel, peak_flops, prefill_mfu, prefill_communication
):
    """One prompt on the chips of one group: stages work one after the other, so only the ways make it shorter.

    一个 prompt 在一组卡上：各级先后干活，只有 TP 路数能让它变短。
    """
    return (
        prefill_flops * one_sequence / (tensor_parallel * peak_flops * prefill_mfu)
        + prefill_communication
    )
