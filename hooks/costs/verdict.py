"""Verdicts in a word: whether a batch fits, and what stands in the way of more.

用一个词作结论：这个batch放不放得下，再往上是卡在哪里。
"""

from hooks.formula.quantity import quantity


@quantity(
    "word",
    "Does the batch fit",
    zh="这个 batch 放得下吗",
    words={"fits": "放得下", "does not fit": "放不下"},
)
def fits(batch, max_batch):
    """The batch against the largest one that the memory holds beside the weights.

    拿这个 batch 与显存在权重之外放得下的最大 batch 相比。
    """
    return "fits" if batch <= max_batch else "does not fit"


@quantity(
    "word",
    "What limits the step",
    zh="一步卡在哪里",
    words={
        "memory": "显存容量",
        "arithmetic": "算力",
        "overhead": "固定开销",
        "weights": "读权重",
        "KV cache": "读 KV cache",
    },
)
def binding_limit(
    batch, max_batch, memory_time, compute_time, step_overhead, weights_time, kv_time
):
    """Memory first, if the batch has no room in it; else whatever takes the largest part of the step.

    放不下时是显存容量；放得下时，谁占一步的时间最多就是谁。
    """
    if batch > max_batch:
        return "memory"
    if step_overhead > max(memory_time, compute_time):
        return "overhead"
    if compute_time > memory_time:
        return "arithmetic"
    return "weights" if weights_time >= kv_time else "KV cache"
