"""Communication: what chips send each other in a step, over the links inside a node and the network between nodes.

通信：一步里芯片之间互相传什么，走节点内的互联，还是走节点之间的网络。
"""

from hooks.formula.quantity import ceil, constant, field, impossible, quantity, setting

# Fabrics

node_size = setting(
    "chip",
    "Chips per node, 0 as the machine is built",
    zh="每个节点的卡数（0：按机器本来的）",
    default=0,
    low=0,
    high=1_000_000,
    whole=True,
    why="As the accelerator's row says: a rack is one node where its links join all of it. Another number asks for another machine.",
    why_zh="以加速卡那一行为准：整柜都由互联连通的，一个机柜就是一个节点。填别的数，就是另一台机器。",
    phrase="{node_size} chips per node",
    phrase_zh="每个节点 {node_size} 块卡",
)
built_node = field(
    "accelerator",
    "chips_per_node",
    "chip",
    "Chips that the links join",
    zh="互联连通的卡数",
    default=8,
    low=1,
    high=1_000_000,
    whole=True,
)
network_bandwidth = setting(
    "GB/s/chip",
    "Network bandwidth per chip, one way",
    zh="每块卡的网络带宽（单向）",
    default=50,
    low=0.001,
    high=1_000_000_000,
    why="Assumed: one 400 Gb/s network card per chip; 400 Gb is 50 GB, and it counts one way already.",
    why_zh="假设：每块卡配一张 400 Gb/s 网卡；400 Gb 就是 50 GB，本来就是单向。",
)
link_latency = setting(
    "µs",
    "Latency of a message inside a node",
    zh="节点内一条消息的延迟",
    default=0.6,
    low=0,
    high=1_000_000_000,
    why="NCCL's tuning table takes 0.6 µs for a hop of its low-latency protocol over NVLink: a floor. kipply took 8 µs, with what surrounds it.",
    why_zh="NCCL 的调优表里，低延迟协议在 NVLink 上每跳取 0.6 µs：这是下限。kipply 连同前后开销取 8 µs。",
)
network_latency = setting(
    "µs",
    "Latency of a message between nodes",
    zh="节点间一条消息的延迟",
    default=2.7,
    low=0,
    high=1_000_000_000,
    why="NCCL's tuning table takes 2.7 µs for a hop of its low-latency ring over a network: a floor.",
    why_zh="NCCL 的调优表里，低延迟协议的 ring 跨网络每跳取 2.7 µs：这是下限。",
)

collective_latency = setting(
    "µs",
    "Latency of a collective",
    zh="一次集合通信的延迟",
    default=3.5,
    low=0,
    high=1_000_000_000,
    why="Measured with NCCL on four H800 over NVLink, 1 kB a chip: 3.5 µs (NVIDIA/nccl issue 1984); two H100 took 6 µs (issue 1259). 0 leaves it out.",
    why_zh="NCCL 在 4 块 H800 上走 NVLink，每卡 1 kB，测得 3.5 µs（NVIDIA/nccl issue 1984）；2 块 H100 要 6 µs（issue 1259）。填 0 就不算。",
)

# What is sent

activation_width = setting(
    "B/value",
    "Bytes per activation",
    zh="每个激活值的字节数",
    default=2,
    low=0.5,
    high=16,
    why="Assumed: activations travel in BF16, whatever the weights are kept in.",
    why_zh="假设：不管权重存成什么精度，激活都以 BF16 传输。",
)
dispatch_width = setting(
    "B/value",
    "Bytes per dispatched value",
    zh="dispatch 每个值的字节数",
    default=1,
    low=0.5,
    high=16,
    why="DeepEP dispatches in FP8.",
    why_zh="DeepEP 的 dispatch 用 FP8。",
)
combine_width = setting(
    "B/value",
    "Bytes per combined value",
    zh="combine 每个值的字节数",
    default=2,
    low=0.5,
    high=16,
    why="DeepEP combines in BF16.",
    why_zh="DeepEP 的 combine 用 BF16。",
)
dispatch_scale_block = setting(
    "value",
    "Values that share a scale",
    zh="共用一个 scale 的值数",
    default=128,
    low=1,
    high=1_000_000,
    whole=True,
    why="DeepEP sends one scale for every 128 FP8 values.",
    why_zh="DeepEP 每 128 个 FP8 值带一个 scale。",
)
dispatch_scale_width = setting(
    "B",
    "Bytes per scale",
    zh="每个 scale 的字节数",
    default=4,
    low=0,
    high=1_000,
    why="DeepEP's scales are FP32; 0 leaves them out, as DeepSeek's own estimate does.",
    why_zh="DeepEP 的 scale 是 FP32；填 0 就不算它，DeepSeek 自己的估算便是如此。",
)
all_reduce_form = setting(
    "1",
    "All-reduce: ring (0), direct (1), in the switch (2)",
    zh="all-reduce 方式：ring（0）、直连（1）、交换机内（2）",
    default=0,
    low=0,
    high=2,
    whole=True,
    why="Assumed: a ring, which any links can form. Direct exchange needs links from each chip to each; NVLink SHARP adds up in the switch.",
    why_zh="假设：ring，什么互联都能组成。直连交换要求每块卡两两相通；NVLink SHARP 则在交换机里求和。",
)
shared_experts_sent = setting(
    "expert/layer",
    "Shared experts that tokens are sent to",
    zh="需要发送的共享专家数",
    default=0,
    low=0,
    high=1_000,
    whole=True,
    why="Assumed: each chip keeps its own copy of the shared experts.",
    why_zh="假设：共享专家每块卡各存一份。",
)
copies_sent = setting(
    "%",
    "Share of copies that are sent",
    zh="实际发送的副本比例",
    default=100,
    low=1,
    high=100,
    why="Assumed: one copy for each expert. DeepSeek-V3 picks experts on 4 nodes at most and can send one copy to a node: 4 of 8.",
    why_zh="假设：每个专家发一份。DeepSeek-V3 最多选 4 个节点上的专家，每个节点可以只发一份：8 份变 4 份。",
)

activation_rows = constant(
    "1/token/chip",
    1,
    "Activation rows per token and chip",
    zh="每块卡每个 token 的激活行数",
    why="Every chip of a group holds one row of partial sums for each token.",
    why_zh="组里每块卡都为每个 token 存一行部分和。",
)
copy_rows = constant(
    "1/token/expert",
    1,
    "Activation rows per copy",
    zh="每个副本的激活行数",
    why="An expert receives one row for each of its tokens.",
    why_zh="专家收到的每个 token 就是一行。",
)
all_reduces_per_layer = constant(
    "1/layer",
    2,
    "All-reduces per layer",
    zh="每层的 all-reduce 次数",
    why="One after attention, one after the FFN.",
    why_zh="attention 之后一次，FFN 之后一次。",
)
all_reduces_with_experts = constant(
    "1/layer",
    1,
    "All-reduces per layer with expert parallelism",
    zh="专家并行时每层的 all-reduce 次数",
    why="Half of attention's all-reduce before the dispatch, the other half after the combine; the experts' own sum is the combine.",
    why_zh="attention 的 all-reduce 一半在 dispatch 前、一半在 combine 后；专家的求和就是 combine 本身。",
)
ffn_all_reduces = constant(
    "1/layer",
    1,
    "All-reduces of the FFN",
    zh="FFN 的 all-reduce 次数",
    why="One after the FFN.",
    why_zh="FFN 之后一次。",
)
messages_per_all_to_all = constant(
    "1/layer",
    1,
    "Messages in a row per all-to-all",
    zh="每次 all-to-all 先后的消息数",
    why="All copies leave at once.",
    why_zh="所有副本同时发出。",
)
one_chip = constant(
    "chip", 1, "One chip", zh="一块卡", why="Counted for a single chip.", why_zh="只算一块卡。"
)


# Tensor parallelism


@quantity("chip", "Chips per node", zh="每个节点的卡数")
def node_chips(node_size, built_node):
    """So many chips share the fast links: as the machine is built, eight where its row does not say, unless the scenario asks for another number.

    这么多块卡共用高速互联：按机器本来的算，那一行没写就按 8 块；场景另有设定则从设定。
    """
    if node_size > 0:
        return node_size
    return built_node


@quantity(
    "B/chip",
    "Activations of a pass",
    zh="一趟的激活大小",
    source="Megatron-LM (1909.08053), section 3",
)
def activation_bytes(microbatch_size, tokens_per_step, hidden, activation_rows, activation_width):
    """One row for each token that passes a layer together: what an all-reduce adds up, and what a stage hands on.

    一起过一层的每个 token 一行：all-reduce 要加总的是它，流水线往下交的也是它。
    """
    return microbatch_size * tokens_per_step * hidden * activation_rows * activation_width


@quantity(
    "1",
    "Times an all-reduce moves its bytes",
    zh="all-reduce 的传输倍数",
    source="Patarasuk and Yuan (2009) for the ring; NVIDIA/nccl issue 2140 for the switch",
)
def all_reduce_passes(all_reduce_form, tensor_parallel, one_chip):
    """A ring or a direct exchange sends each chip's row almost twice; a switch that adds up needs little more than once.

    ring 和直连都要把每块卡的数据发出将近两遍；交换机内求和只要一遍多一点。
    """
    if tensor_parallel <= one_chip:
        return 0
    if all_reduce_form == 2:
        return (tensor_parallel + one_chip) / tensor_parallel
    return 2 * (tensor_parallel - one_chip) / tensor_parallel


@quantity(
    "1",
    "Messages in a row per all-reduce",
    zh="每次 all-reduce 先后的消息数",
    source="Patarasuk and Yuan (2009) for the ring; kipply counts two for a direct exchange",
)
def all_reduce_messages(all_reduce_form, tensor_parallel, one_chip):
    """A ring passes round twice, from neighbour to neighbour; the others take one message there and one back.

    ring 要一个挨一个地传两圈；另外两种一去一回，各一条消息。
    """
    if tensor_parallel <= one_chip:
        return 0
    if all_reduce_form == 0:
        return 2 * (tensor_parallel - one_chip) / one_chip
    return 2


@quantity("B/s/chip", "Bandwidth of an all-reduce", zh="all-reduce 的带宽")
def all_reduce_bandwidth(tensor_parallel, node_chips, link_bandwidth, network_bandwidth, one_chip):
    """The slowest link that the cut crosses: between nodes all network cards of a node carry the rings side by side.

    由切口上最慢的一段决定：跨节点时，一个节点的所有网卡并排分担各条 ring。
    """
    if tensor_parallel > node_chips:
        return min(link_bandwidth, network_bandwidth * node_chips / one_chip)
    return link_bandwidth


@quantity("s", "Latency of a message of an all-reduce", zh="all-reduce 一条消息的延迟")
def all_reduce_latency(tensor_parallel, node_chips, link_latency, network_latency):
    """A group that leaves its node waits for the network at every round.

    组一旦跨出节点，每一轮都得等网络。
    """
    if tensor_parallel > node_chips:
        return max(link_latency, network_latency)
    return link_latency


@quantity("s", "Latency of an all-reduce", zh="一次 all-reduce 的延迟")
def all_reduce_wait(
    tensor_parallel, one_chip, all_reduce_messages, all_reduce_latency, collective_latency
):
    """A latency for each message that has to wait for another, and no less than any collective takes.

    每条要等前一条的消息各一份延迟，且不少于一次集合通信的延迟。
    """
    if tensor_parallel <= one_chip:
        return 0
    return max(all_reduce_messages * all_reduce_latency, collective_latency)


@quantity("s", "Time of an all-reduce on the wire", zh="一次 all-reduce 花在线上的时间")
def all_reduce_wire(
    tensor_parallel, one_chip, activation_bytes, all_reduce_passes, all_reduce_bandwidth
):
    """Its bytes over one-way bandwidth; nothing where nothing is cut.

    字节数除以单向带宽；没有切就没有。
    """
    if tensor_parallel <= one_chip:
        return 0
    return activation_bytes * all_reduce_passes / all_reduce_bandwidth


@quantity(
    "s",
    "Time of an all-reduce",
    zh="一次 all-reduce 的时间",
    source="Megatron-LM (1909.08053), section 3, for what is reduced",
)
def all_reduce_time(
    all_reduce_wire,
    all_reduce_wait,
):
    """The wire, and the latency of its messages; nothing where nothing is cut.

    线上的时间，加上消息的延迟；没有切就没有。
    """
    return all_reduce_wire + all_reduce_wait


@quantity(
    "1",
    "All-reduces of a pass",
    zh="走完所有层的 all-reduce 次数",
    source="Megatron-LM (1909.08053), section 3",
)
def all_reduces(
    expert_parallel,
    one_chip,
    layers,
    dense_layers,
    moe_layers,
    all_reduces_per_layer,
    all_reduces_with_experts,
):
    """Two for every layer, one for a layer whose experts live on different chips.

    每层两次；专家分在不同卡上的层一次。
    """
    if expert_parallel > one_chip:
        return dense_layers * all_reduces_per_layer + moe_layers * all_reduces_with_experts
    return layers * all_reduces_per_layer


@quantity(
    "s",
    "Latency of a step's all-reduces",
    zh="一步 all-reduce 的延迟部分",
    source="kipply, Transformer Inference Arithmetic, latency calculations",
)
def tensor_latency(stage_turns, pipeline_stages, all_reduces, all_reduce_wait):
    """What no bandwidth shortens: every message of every all-reduce waits its turn.

    带宽再大也省不掉的部分：每次 all-reduce 的每条消息都得等。
    """
    return stage_turns / pipeline_stages * all_reduces * all_reduce_wait


@quantity("s", "All-reduces of a step", zh="一步的 all-reduce 时间")
def tensor_communication(stage_turns, pipeline_stages, all_reduces, all_reduce_time):
    """Two all-reduces in every layer, one after the other.

    每层两次 all-reduce，一次接一次。
    """
    return stage_turns / pipeline_stages * all_reduces * all_reduce_time


@quantity(
    "chip",
    "Useful tensor parallelism in decode",
    zh="decode 时 TP 的有效上限",
    source="Scaling Book, part 7, ICI bounds for generation",
)
def tensor_parallel_limit(
    ffn_width,
    ffn_params,
    weight_width,
    bandwidth,
    microbatch_size,
    tokens_per_step,
    hidden,
    activation_rows,
    activation_width,
    ffn_all_reduces,
    link_bandwidth,
):
    """Beyond this many ways the FFN's all-reduce takes longer than reading the FFN, inside a node and without latency. Refuses a model without a dense FFN.

    切得再多，FFN 的 all-reduce 就比读 FFN 权重还久；只看节点内，不计延迟。没有稠密 FFN 的模型不适用。
    """
    if ffn_width > 0:
        return (
            ffn_params
            * weight_width
            / bandwidth
            / (
                2
                * microbatch_size
                * tokens_per_step
                * hidden
                * activation_rows
                * activation_width
                * ffn_all_reduces
                / link_bandwidth
            )
        )
    return impossible("the model has no dense FFN", zh="模型没有稠密 FFN")


# Pipeline parallelism


@quantity("1", "Hops between nodes", zh="跨节点的交接次数")
def node_crossings(tensor_parallel, pipeline_stages, node_chips):
    """Stages fill one node before they start the next, so only some hand-overs leave a node.

    各级先占满一个节点再占下一个，只有一部分交接要出节点。
    """
    return min(pipeline_stages - 1, ceil(tensor_parallel * pipeline_stages / node_chips) - 1)


@quantity(
    "s",
    "Hops of a step",
    zh="一步的流水线交接时间",
    source="Narayanan et al. (2104.04473), section 3",
)
def hop_time(
    pipeline_stages,
    node_crossings,
    activation_bytes,
    link_bandwidth,
    link_latency,
    network_bandwidth,
    network_latency,
):
    """Each stage but the last hands the activations of its tokens to the next.

    除最后一级外，每一级都要把 token 的激活交给下一级。
    """
    if pipeline_stages <= 1:
        return 0
    return (pipeline_stages - 1 - node_crossings) * (
        activation_bytes / link_bandwidth + link_latency
    ) + node_crossings * (activation_bytes / network_bandwidth + network_latency)


# Expert parallelism


@quantity(
    "expert/layer",
    "Copies of a token per layer",
    zh="每层每个 token 的副本数",
    source="Insights into DeepSeek-V3 (2505.09343), section 2.3.2",
)
def copies(experts_per_token, shared_experts_sent, copies_sent):
    """One for each expert that the router picks, unless copies to one node are sent once.

    路由选中几个专家就发几份，除非同一节点的只发一次。
    """
    return (experts_per_token + shared_experts_sent) * copies_sent


@quantity("token/chip", "Tokens that a chip dispatches", zh="每块卡 dispatch 的 token")
def tokens_per_chip(expert_batch, tokens_per_step, expert_parallel):
    """The tokens of a group are shared out among its chips.

    一个组的 token 平均分给组里各块卡。
    """
    return expert_batch * tokens_per_step / expert_parallel


@quantity("value", "Width of what experts exchange", zh="专家之间来回传的宽度")
def exchanged_width(hidden, expert_latent):
    """As wide as the model, or as the latent that its experts work in.

    与模型同宽；专家在潜空间里工作的，与潜向量同宽。
    """
    if expert_latent > 0:
        return expert_latent
    return hidden


@quantity(
    "B/token/expert",
    "Bytes of a dispatched copy",
    zh="dispatch 一个副本的字节",
    source="DeepEP, low-latency kernels",
)
def dispatch_copy_bytes(
    copy_rows, exchanged_width, dispatch_width, dispatch_scale_block, dispatch_scale_width
):
    """A row of FP8 values, and a scale for every 128 of them.

    一行 FP8 值，每 128 个再带一个 scale。
    """
    return copy_rows * (
        exchanged_width * dispatch_width
        + exchanged_width / dispatch_scale_block * dispatch_scale_width
    )


@quantity(
    "B/token/expert",
    "Bytes of a combined copy",
    zh="combine 一个副本的字节",
    source="DeepEP, low-latency kernels",
)
def combine_copy_bytes(copy_rows, exchanged_width, combine_width):
    """The expert's answer comes back in full width.

    专家的结果以完整精度送回。
    """
    return copy_rows * exchanged_width * combine_width


@quantity(
    "B/chip/layer",
    "Bytes of a dispatch per chip",
    zh="每块卡一次 dispatch 的字节",
    source="DeepEP, low-latency kernels",
)
def dispatch_bytes(tokens_per_chip, copies, dispatch_copy_bytes, expert_load):
    """Every copy of every token, on the chip that has most to carry.

    每个 token 的每个副本，按负载最重的那块卡算。
    """
    return tokens_per_chip * copies * dispatch_copy_bytes * expert_load


@quantity(
    "B/chip/layer",
    "Bytes of a combine per chip",
    zh="每块卡一次 combine 的字节",
    source="DeepEP, low-latency kernels",
)
def combine_bytes(tokens_per_chip, copies, combine_copy_bytes, expert_load):
    """As many copies come back as went out.

    发出多少副本，就收回多少。
    """
    return tokens_per_chip * copies * combine_copy_bytes * expert_load


@quantity("%", "Share of copies that leave the node", zh="离开本节点的副本比例")
def network_share(expert_parallel, node_chips):
    """Experts are spread evenly, so a copy leaves as often as its expert lives elsewhere.

    专家均匀分布，副本出节点的比例就是别处专家的比例。
    """
    if expert_parallel > node_chips:
        return 1 - node_chips / expert_parallel
    return 0


@quantity("%", "Share of copies that stay within the node", zh="留在节点内的副本比例")
def link_share(expert_parallel, node_chips, one_chip):
    """Copies for the neighbours; those for the chip's own experts travel nowhere.

    发给邻卡的副本；发给自己卡上专家的不用走。
    """
    return (min(expert_parallel, node_chips) - one_chip) / expert_parallel


@quantity("s·chip/B", "Time of an all-to-all per byte", zh="all-to-all 每字节的时间")
def routed_byte_time(network_share, network_bandwidth, link_share, link_bandwidth):
    """Both fabrics carry their part at the same time, and the slower one decides.

    两种互联同时各运各的，慢的那种说了算。
    """
    return max(network_share / network_bandwidth, link_share / link_bandwidth)


@quantity("s", "Latency of an all-to-all", zh="all-to-all 的延迟")
def all_to_all_latency(
    expert_parallel, node_chips, link_latency, network_latency, collective_latency
):
    """One message, over the slower fabric that it crosses, and no less than any collective takes.

    一条消息，按途经的较慢那种互联算，且不少于一次集合通信的延迟。
    """
    if expert_parallel > node_chips:
        return max(link_latency, network_latency, collective_latency)
    return max(link_latency, collective_latency)


@quantity("s/layer", "Dispatch", zh="dispatch 的时间", source="DeepEP, low-latency kernels")
def dispatch_time(
    expert_parallel,
    one_chip,
    dispatch_bytes,
    routed_byte_time,
    messages_per_all_to_all,
    all_to_all_latency,
):
    """Each token's row goes to the chips where its experts live.

    把每个 token 的那一行送到它的专家所在的卡上。
    """
    if expert_parallel <= one_chip:
        return 0
    return dispatch_bytes * routed_byte_time + messages_per_all_to_all * all_to_all_latency


@quantity("s/layer", "Combine", zh="combine 的时间", source="DeepEP, low-latency kernels")
def combine_time(
    expert_parallel,
    one_chip,
    combine_bytes,
    routed_byte_time,
    messages_per_all_to_all,
    all_to_all_latency,
):
    """The experts' answers come back and are added up.

    专家的结果送回来加总。
    """
    if expert_parallel <= one_chip:
        return 0
    return combine_bytes * routed_byte_time + messages_per_all_to_all * all_to_all_latency


@quantity(
    "s/layer",
    "All-to-alls of a layer",
    zh="每层的 all-to-all 时间",
    source="Insights into DeepSeek-V3 (2505.09343), section 2.3.2",
)
def all_to_all_time(dispatch_time, combine_time):
    """Two in every layer with experts: one there, one back.

    带专家的层每层两次：一次去，一次回。
    """
    return dispatch_time + combine_time


@quantity(
    "s",
    "All-to-alls of a step",
    zh="一步的 all-to-all 时间",
    source="Insights into DeepSeek-V3 (2505.09343), section 2.3.2",
)
def expert_communication(stage_turns, pipeline_stages, moe_layers, all_to_all_time):
    """A floor under the time of a token, however fast the chips are: every micro-batch, every layer with experts.

    卡再快也绕不开的下限：每个 micro-batch、每个带专家的层都要来一遍。
    """
    return stage_turns / pipeline_stages * moe_layers * all_to_all_time


@quantity(
    "token/s/seq",
    "Speed that the all-to-alls allow",
    zh="all-to-all 允许的速度",
    source="Insights into DeepSeek-V3 (2505.09343), section 2.3.2",
)
def expert_speed_limit(tokens_per_step, expert_communication):
    """As if nothing but the all-to-alls took time.

    假设除了 all-to-all，别的都不花时间。
    """
    return tokens_per_step / expert_communication


@quantity(
    "B/s/chip",
    "Bandwidth that a dispatch reaches",
    zh="dispatch 达到的带宽",
    source="DeepEP, low-latency kernels, which counts every copy",
)
def dispatch_bandwidth(dispatch_bytes, dispatch_time):
    """All copies, also those that stay on their chip, over the time: how DeepEP reports it.

    全部副本（连留在本卡的也算）除以时间：DeepEP 就是这样报的。
    """
    return dispatch_bytes / dispatch_time


# A step, and a prefill


@quantity("s", "Communication of a step", zh="一步的通信时间")
def communication_time(tensor_communication, hop_time, expert_communication):
    """All-reduces, hops and all-to-alls, none of them hidden behind work.

    all-reduce、流水线交接、all-to-all 全部相加，没有一项被计算盖住。
    """
    return tensor_communication + hop_time + expert_communication


@quantity(
    "B/chip",
    "Activations of a prompt",
    zh="整个 prompt 的激活大小",
    source="Megatron-LM (1909.08053), section 3",
)
def prefill_activation_bytes(prompt, one_sequence, hidden, activation_rows, activation_width):
    """A prefill sends one row for each token of the prompt.

    prefill 时，prompt 的每个 token 都有一行要传。
    """
    return prompt * one_sequence * hidden * activation_rows * activation_width


@quantity("s", "All-reduces of a prefill", zh="prefill 的 all-reduce 时间")
def prefill_tensor_communication(
    tensor_parallel,
    one_chip,
    all_reduces,
    prefill_activation_bytes,
    all_reduce_passes,
    all_reduce_bandwidth,
    all_reduce_wait,
):
    """As many all-reduces as in a step, each of them as much larger as the prompt is long; now bandwidth decides.

    次数与一步 decode 相同，每次却按 prompt 长度成倍变大；这时带宽说了算。
    """
    if tensor_parallel <= one_chip:
        return 0
    return all_reduces * (
        prefill_activation_bytes * all_reduce_passes / all_reduce_bandwidth + all_reduce_wait
    )


@quantity("s", "Hops of a prefill", zh="prefill 的流水线交接时间")
def prefill_hop_time(
    pipeline_stages,
    node_crossings,
    prefill_activation_bytes,
    link_bandwidth,
    link_latency,
    network_bandwidth,
    network_latency,
):
    """The activations of the whole prompt pass from stage to stage.

    整个 prompt 的激活从一级交到下一级。
    """
    if pipeline_stages <= 1:
        return 0
    return (pipeline_stages - 1 - node_crossings) * (
        prefill_activation_bytes / link_bandwidth + link_latency
    ) + node_crossings * (prefill_activation_bytes / network_bandwidth + network_latency)


@quantity("s", "All-to-alls of a prefill", zh="prefill 的 all-to-all 时间")
def prefill_expert_communication(
    expert_parallel,
    one_chip,
    moe_layers,
    prompt,
    one_sequence,
    tensor_parallel,
    copies,
    dispatch_copy_bytes,
    combine_copy_bytes,
    expert_load,
    routed_byte_time,
    messages_per_all_to_all,
    all_to_all_latency,
):
    """Every group reads a prompt of its own at the same time, and its chips share the copies out.

    各组同时读自己的 prompt，副本由组内各卡分担发送。
    """
    if expert_parallel <= one_chip:
        return 0
    return moe_layers * (
        prompt
        * one_sequence
        / tensor_parallel
        * copies
        * (dispatch_copy_bytes + combine_copy_bytes)
        * expert_load
        * routed_byte_time
        + 2 * messages_per_all_to_all * all_to_all_latency
    )


@quantity("s", "Communication of a prefill", zh="prefill 的通信时间")
def prefill_communication(
    prefill_tensor_communication, prefill_hop_time, prefill_expert_communication
):
    """All-reduces, hops and all-to-alls of one prompt, none of them hidden behind work.

    一个 prompt 的 all-reduce、流水线交接与 all-to-all 相加，没有一项被计算盖住。
    """
    return prefill_tensor_communication + prefill_hop_time + prefill_expert_communication
