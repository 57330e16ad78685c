"""What to expect: the step as engines really take it, the two clocks at the shares that published runs reached, and fitted overheads.

该预期什么：引擎真正走的一步，两只钟按实测达到的比例走，再加拟合出来的固定开销。
"""

from hooks.formula.quantity import constant, field, impossible, quantity, setting

outlook = setting(
    "1",
    "Outlook: middle (0), fast end (1), slow end (2)",
    zh="预期取中间（0）、偏快（1）还是偏慢（2）",
    default=0,
    low=0,
    high=2,
    whole=True,
    why="The middle. Between its fast and its slow end lie nine in ten of the runs that nothing was fitted to.",
    why_zh="取中间值。没有用于拟合的实测，十个里有九个落在偏快与偏慢两端之间。",
)

dense_family = field(
    "accelerator",
    "dense_family",
    "word",
    "Calibration for dense models",
    zh="稠密模型的标定",
    default="",
)
moe_family = field(
    "accelerator",
    "moe_family",
    "word",
    "Calibration for mixtures of experts",
    zh="MoE 的标定",
    default="",
)
least_reached = constant(
    "1",
    0.15,
    "Share of the floor that all but one in ten runs reached",
    zh="十次实测里九次至少达到的下限比例",
    why="The slowest tenth of the measured results on the scoreboard reached less of their floor.",
    why_zh="记分板上最慢的十分之一实测，达到的比例比这更低。",
)
most_reached = constant(
    "1",
    0.74,
    "Share of the floor that one in ten runs passed",
    zh="十次实测里一次超过的下限比例",
    why="The fastest tenth of the measured results on the scoreboard reached more of their floor.",
    why_zh="记分板上最快的十分之一实测，达到的比例比这更高。",
)


@quantity("word", "Runs that the expectation rests on", zh="预期所依据的实测", picks="calibration")
def fitted_family(
    calibration, accelerator, experts, dense_family, moe_family, least_reached, most_reached
):
    """The calibration that was fitted on this kind of chip to models of this kind, unless the reader chooses another. Refuses where no run was published to fit.

    在这类芯片上、对这类模型拟合出的标定，读者也可以另选。没有公开的实测可供拟合时则拒绝。
    """
    if calibration != "auto":
        return calibration
    if experts > 0 and moe_family != "":
        return moe_family
    if experts == 0 and dense_family != "":
        return dense_family
    if experts > 0:
        return impossible(
            "no published run to fit: of a mixture of experts on {accelerator} there is none; on the machines we know, most runs reach {least_reached:%} to {most_reached:%} of the floor",
            zh="没有公开的实测可供拟合：缺 {accelerator} 上 MoE 的实测；在已知的机器上，多数达到下限的 {least_reached:%} 到 {most_reached:%}",
        )
    return impossible(
        "no published run to fit: of a dense model on {accelerator} there is none; on the machines we know, most runs reach {least_reached:%} to {most_reached:%} of the floor",
        zh="没有公开的实测可供拟合：缺 {accelerator} 上稠密模型的实测；在已知的机器上，多数达到下限的 {least_reached:%} 到 {most_reached:%}",
    )


# What a calibration says; `python -m hooks.tools.calibration --write` fits it. An overhead that is not fitted is none, a share of
# bandwidth all of it; where a share of FLOP/s was not fitted and decides, there is no number.

fitted_overhead = field(
    "fitted_family",
    "overhead",
    "s",
    "Fitted overhead per step",
    zh="拟合的每步固定开销",
    default=0,
    low=0,
    high=60,
)
fitted_layer_overhead = field(
    "fitted_family",
    "layer_overhead",
    "s/layer",
    "Fitted overhead per layer",
    zh="拟合的每层固定开销",
    default=9.1e-6,
    each="layer",
    low=0,
    high=1,
)
fitted_collective = field(
    "fitted_family",
    "collective",
    "s",
    "Fitted time of a collective",
    zh="拟合的一次集合通信时间",
    default=3.5e-6,
    low=0,
    high=1,
)
fitted_sequence_overhead = field(
    "fitted_family",
    "sequence_overhead",
    "s/seq",
    "Fitted overhead per sequence",
    zh="拟合的每条序列开销",
    default=0,
    each="seq",
    low=0,
    high=1,
)
fitted_prompt_overhead = field(
    "fitted_family",
    "prompt_overhead",
    "s",
    "Fitted overhead per prompt",
    zh="拟合的每条 prompt 固定开销",
    default=0,
    low=0,
    high=60,
)
fitted_unpacking = field(
    "fitted_family",
    "unpacking",
    "s·chip/param",
    "Fitted time to unpack a quantised parameter",
    zh="拟合的量化参数解包时间",
    default=0,
    low=0,
    high=1e-6,
)
fitted_bandwidth_share = field(
    "fitted_family",
    "bandwidth_share",
    "1",
    "Fitted share of bandwidth",
    zh="拟合的带宽占比",
    default=1,
    positive=True,
    high=1,
)
fitted_flops_share = field(
    "fitted_family",
    "flops_share",
    "1",
    "Fitted share of FLOP/s in decode",
    zh="拟合的 decode 算力占比",
    default=0,
    positive=True,
    high=1,
)
fitted_prefill_share = field(
    "fitted_family",
    "prefill_share",
    "1",
    "Fitted share of FLOP/s in prefill",
    zh="拟合的 prefill 算力占比",
    default=0,
    positive=True,
    high=1,
)
fitted_imbalance = field(
    "fitted_family",
    "imbalance",
    "1",
    "Busiest chip's expert load against the mean",
    zh="最忙的卡的专家负载与平均之比",
    default=1,
    low=1,
    high=1_000,
)

fitted_fast = field(
    "fitted_family",
    "fast",
    "1",
    "Fast end of what runs took against the expected",
    zh="实测用时与预期之比，偏快的一端",
    positive=True,
    high=1_000,
)
fitted_slow = field(
    "fitted_family",
    "slow",
    "1",
    "Slow end of what runs took against the expected",
    zh="实测用时与预期之比，偏慢的一端",
    positive=True,
    high=1_000,
)

fitted_prefill_fast = field(
    "fitted_family",
    "prefill_fast",
    "1",
    "Fast end of what prefills took against the expected",
    zh="prefill 实测用时与预期之比，偏快的一端",
    default=0,
    positive=True,
    high=1_000,
)
fitted_prefill_slow = field(
    "fitted_family",
    "prefill_slow",
    "1",
    "Slow end of what prefills took against the expected",
    zh="prefill 实测用时与预期之比，偏慢的一端",
    default=0,
    positive=True,
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


@quantity("1", "Factor of the outlook", zh="偏快或偏慢的系数")
def outlook_factor(outlook, fitted_fast, fitted_slow):
    """One in the middle; towards an end, what all but the last of the runs took that nothing was fitted to, against the expected.

    中间为一；两端取没有用于拟合的那些实测，去掉最极端的之后，用时与预期之比。
    """
    if outlook == 1:
        return fitted_fast
    if outlook == 2:
        return fitted_slow
    return 1


@quantity("1", "Factor of the outlook for a prompt", zh="读 prompt 偏快或偏慢的系数")
def prefill_outlook_factor(outlook, outlook_factor, fitted_prefill_fast, fitted_prefill_slow):
    """The same for what prompts alone took. Where too few of them were published, the interval of the other runs stands for theirs.

    只看读 prompt 用了多久的那些实测，算法相同。这样的实测太少时，借用其余实测的区间。
    """
    if outlook == 1 and fitted_prefill_fast > 0:
        return fitted_prefill_fast
    if outlook == 2 and fitted_prefill_slow > 0:
        return fitted_prefill_slow
    return outlook_factor


@quantity("1", "Experts' part of the weights read", zh="读取的权重中专家所占的比例")
def expert_part_of_reads(moe_layers, experts_touched, expert_bytes, weights_read):
    """How much of a step's reading is experts, which lie unevenly loaded on the chips.

    一步读的权重里有多少是专家；专家分在各卡上，负载并不均匀。
    """
    return moe_layers * experts_touched * expert_bytes / weights_read


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


@quantity("s", "Expected time of the matrices", zh="预期矩阵部分的时间")
def expected_matrices_time(
    busiest_weights_time,
    fitted_bandwidth_share,
    busiest_matmul_time,
    fitted_flops_share,
    fitted_family,
):
    """Reading the weights races multiplying by them, each at the share that published runs reached. Refuses where arithmetic decides and no run was fitted that waited for it.

    读权重与乘权重赛跑，各按公开实测达到的比例走。算术更久、又没有拟合过等算术的实测时则拒绝。
    """
    if fitted_flops_share > 0:
        return max(
            busiest_weights_time / fitted_bandwidth_share, busiest_matmul_time / fitted_flops_share
        )
    if busiest_matmul_time > busiest_weights_time / fitted_bandwidth_share:
        return impossible(
            "no published run to fit: here the matrices wait for arithmetic, and no run behind “{fitted_family}” did",
            zh="没有公开的实测可供拟合：这里的矩阵在等算术，而“{fitted_family}”所依据的实测都不等",
        )
    return busiest_weights_time / fitted_bandwidth_share


@quantity("s", "Expected time of attention", zh="预期 attention 的时间")
def expected_attention_time(kv_time, fitted_bandwidth_share, attention_compute_time):
    """Reading the cache at the share of bandwidth that published runs reached races the arithmetic on it, whose kernels are others than the matrices': it's taken at the whole rate.

    读缓存按公开实测达到的带宽占比走，与对它做的算术赛跑；后者的 kernel 与矩阵不同，按全部算力算。
    """
    return max(kv_time / fitted_bandwidth_share, attention_compute_time)


@quantity(
    "s",
    "Time to unpack quantised weights",
    zh="解包量化权重的时间",
    source="Fitted: docs/data/calibrations.yml",
)
def unpacking_time(
    core_params,
    moe_layers,
    experts_touched,
    expert_params,
    weight_width,
    attention_width,
    multiplied_width,
    chips,
    fitted_unpacking,
):
    """An engine that stores few bits and multiplies in sixteen turns every parameter back into sixteen first, unless its group is kept in sixteen.

    存的位数少、乘的时候用 16 bit，引擎就得先把每个参数还原。
    """
    if weight_width < multiplied_width:
        if attention_width < multiplied_width:
            return (
                (core_params + moe_layers * experts_touched * expert_params)
                * fitted_unpacking
                / chips
            )
        return moe_layers * experts_touched * expert_params * fitted_unpacking / chips
    return 0


@quantity(
    "s",
    "Expected overhead of a step",
    zh="预期的每步开销",
    source="Fitted: docs/data/calibrations.yml",
)
def expected_overhead(
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
    """What a step takes besides its clocks, and no less than the floor's: once a step, for each layer, each collective, each sequence and each parameter to unpack.

    各只钟之外的时间，不少于下限所含的：每步一份、每层一份、每次集合通信一份、每条序列一份，再加解包权重的一份。
    """
    return (
        max(
            step_overhead,
            fitted_overhead + layers * fitted_layer_overhead + collectives * fitted_collective,
        )
        + batch * fitted_sequence_overhead
        + unpacking_time
    )


@quantity(
    "s",
    "Expected decode step",
    zh="预期的一步 decode",
    source="Scaling Book, part 7, the general form, with fitted shares",
)
def expected_step(
    outlook_factor, expected_matrices_time, expected_attention_time, expected_overhead
):
    """The matrices, then attention, each by the slower of its two clocks, and the fitted overhead on top.

    先矩阵、后 attention，各取自己两只钟里慢的那只，再加拟合出的开销。
    """
    return outlook_factor * (expected_matrices_time + expected_attention_time + expected_overhead)


@quantity("s", "Expected time to write an answer", zh="预期写完答案的时间")
def expected_answer_time(output, tokens_per_step, expected_step):
    """One step for each token, with no prompt read before it or meanwhile.

    一步一个 token，之前和期间都不读 prompt。
    """
    return output / tokens_per_step * expected_step


@quantity("token/s/seq", "Expected speed for one reader", zh="预期的单用户速度")
def expected_user_speed(tokens_per_step, expected_step):
    """Each step hands every sequence its next token.

    每一步交给每条序列下一个 token。
    """
    return tokens_per_step / expected_step


@quantity("token/s", "Expected throughput of decoding", zh="预期的 decode 吞吐")
def expected_decode_throughput(batch, expected_user_speed):
    """All sequences of the batch together, with no prefill in between.

    整个 batch 加在一起，中间不穿插 prefill。
    """
    return batch * expected_user_speed


@quantity("s", "Expected step at no context", zh="预期上下文为零的一步")
def expected_empty_step(weights_time, fitted_bandwidth_share, expected_overhead):
    """Where the line of step time over context meets zero: weights and overhead, no cache.

    把一步时间随上下文的直线延到零：只剩权重和开销，没有缓存。
    """
    return weights_time / fitted_bandwidth_share + expected_overhead


@quantity(
    "s/token/seq",
    "Expected ITL slope per context token",
    zh="预期上下文每多一个 token 的 ITL 增量",
)
def expected_itl_slope(itl_slope, fitted_bandwidth_share):
    """A cached token's bytes, at the share of bandwidth that was reached.

    每个缓存 token 的字节，按实际达到的带宽占比来读。
    """
    return itl_slope / fitted_bandwidth_share


@quantity("token/s", "Expected ceiling of FLOPs", zh="预期的算力上限")
def expected_ceiling(compute_ceiling, fitted_flops_share):
    """The tokens that the share of FLOP/s reached in decode allows, with bytes free.

    读数据不要时间，按 decode 实际达到的算力占比，每秒能做多少 token。
    """
    return compute_ceiling * fitted_flops_share


@quantity("s/seq", "Expected prefill", zh="预期的 prefill 时间")
def expected_prefill_time(
    prefill_outlook_factor,
    prefill_flops,
    machine_flops,
    expert_part_of_flops,
    fitted_imbalance,
    fitted_prefill_share,
    fitted_family,
):
    """The prompt's FLOPs on the busiest chip, at the share of FLOP/s that published prefills reached. Refuses where no prefill was fitted.

    prompt 在最忙那块卡上的 FLOPs，按公开实测的 prefill 算力占比来做。没有拟合过 prefill 时则拒绝。
    """
    if fitted_prefill_share > 0:
        return (
            prefill_outlook_factor
            * prefill_flops
            / machine_flops
            * (1 + (fitted_imbalance - 1) * expert_part_of_flops)
            / fitted_prefill_share
        )
    return impossible(
        "no published run to fit: none behind “{fitted_family}” reads prompts",
        zh="没有公开的实测可供拟合：“{fitted_family}”所依据的实测都没有读 prompt",
    )


@quantity("token/s", "Expected prefill throughput", zh="预期的 prefill 吞吐")
def expected_prefill_throughput(prompt, expected_prefill_time):
    """Prompt tokens read each second.

    每秒读入的 prompt token 数。
    """
    return prompt / expected_prefill_time


# A load: as many callers as the batch has sequences, each of whom sends the next prompt when the answer has come.


@quantity("s", "Expected ITL", zh="预期的 ITL")
def expected_itl(
    expected_step, batch, one_sequence, expected_prefill_time, tokens_per_step, output
):
    """While a sequence writes its answer, each of the others is replaced once, and its successor's prompt holds everybody up.

    一条序列写完答案的工夫，其余每条都换过一次人；新来者的 prompt 要先读完，大家都得等。
    """
    if batch > one_sequence:
        return (
            expected_step
            + (batch - one_sequence) * expected_prefill_time * tokens_per_step / output
        )
    return expected_step


@quantity("s", "Expected TTFT", zh="预期的 TTFT")
def expected_ttft(
    expected_prefill_time,
    one_sequence,
    prefill_outlook_factor,
    fitted_prompt_overhead,
    first_steps,
    expected_step,
    outlook_factor,
):
    """The prompt, what a server does about it besides, and the step that brings the first token, all of it by the outlook of prompts; a caller who finds a seat free does not queue.

    读 prompt，加上服务器为它做的其他事，再加给出首 token 的那一步，都按 prompt 的偏快偏慢来算；来时有空位，就不用排队。
    """
    return expected_prefill_time * one_sequence + prefill_outlook_factor * (
        fitted_prompt_overhead + first_steps * expected_step / outlook_factor
    )


@quantity("s", "Expected time of a request", zh="预期一个请求的时长")
def expected_request_time(
    expected_prefill_time, one_sequence, output, tokens_per_step, expected_itl
):
    """Its own prefill, then one step for each token of the answer, the others' prompts included.

    先读自己的 prompt，再一步一个 token 地写答案，其间别人的 prompt 也算在内。
    """
    return expected_prefill_time * one_sequence + output / tokens_per_step * expected_itl


@quantity("s/seq", "Expected machine time of a request", zh="预期一个请求占用整机的时间")
def expected_machine_time(expected_prefill_time, output, tokens_per_step, expected_step, batch):
    """Its own prefill, and its share of every step that it rides in: the two take turns on one machine.

    自己的 prefill，加上它搭乘的每一步里分摊到的一份：两者在同一台机器上轮流进行。
    """
    return expected_prefill_time + output / tokens_per_step * expected_step / batch


@quantity("token/s", "Expected throughput", zh="预期的吞吐")
def expected_throughput(output, expected_machine_time):
    """Answer tokens each second when prefill and decode share the machine.

    prefill 与 decode 共用一台机器时，每秒产出的答案 token。
    """
    return output / expected_machine_time


@quantity("USD/token", "Expected cost of a token", zh="预期每个 token 的成本")
def expected_token_cost(machine_price, expected_throughput):
    """What the machine costs in a second, shared by the answers' tokens of that second, prompts read on the same machine.

    整机一秒的花费，由这一秒产出的答案 token 分摊；prompt 也在这台机器上读。
    """
    return machine_price / expected_throughput


@quantity("USD/token", "Expected cost of an input token", zh="预期每个输入 token 的成本")
def expected_prompt_token_cost(machine_price, expected_prefill_throughput):
    """The machine for the time that a prompt takes, shared by the prompt's tokens.

    读一段 prompt 所占的整机时间，由它的 token 分摊。
    """
    return machine_price / expected_prefill_throughput
