"""Beats of an engine on a ruler of time: a long prompt read whole, in large chunks and in small
ones, and the tokens of one stream.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet
from hooks.simulation.crowd import Crowd

BEFORE, AFTER, PITCH = 0.08, 0.15, 98


def draw(ax: Axes, say: Say, at: At) -> None:
    """Three lanes: above, a mark for each token that a reader gets; below, the beats, those with
    rows of the prompt filled.
    """
    wide = sheet(ax, 3 * PITCH + 22)
    crowd = Crowd(
        at("weights_time").number,
        at("kv_time").number,
        at("matmul_time").number,
        at("attention_compute_time").number,
        at("step_overhead").number,
        at("batch").number * at("context").number,
        at("prompt").number,
        at("prefill_matmul_time").number,
        at("prefill_attention_time").number,
    )
    freeze = at("prefill_time").number
    start, end = BEFORE * freeze, (1 + BEFORE + AFTER) * freeze
    ruler = (wide - 8) / (end or 1)
    lanes = (
        (None, say("The prompt whole", "整段一口气读"), at("unchunked_step:s")),
        (2048, say("In chunks of 2,048", "每次读 2,048 个"), at("longest_gap(chunk_size=2048):ms")),
        (512, say("In chunks of 512", "每次读 512 个"), at("longest_gap(chunk_size=512):ms")),
    )

    def box(since: float, until: float, y: float, role: str, gid: str) -> None:
        x, across = 4 + since * ruler, (until - since) * ruler
        edge = "paper" if role == "compute" else "none"
        shape = Rectangle((x, y), across, 24, facecolor=(role, 0.5), edgecolor=edge, gid=gid)
        ax.add_patch(shape)

    for step, (chunk, name, gap) in enumerate(lanes, 1):
        gid, top = f"step-{step}", (step - 1) * PITCH
        ax.text(4, top + 18, name, weight="bold", gid=gid)
        words = say("longest gap ", "最长一拍 ") + gap
        ax.text(wide - 4, top + 18, words, color="quiet", ha="right", gid=gid)
        beats = [beat for beat in crowd.beats(chunk, [start], end) if beat.end < end]
        marks = [4 + beat.end * ruler for beat in beats if beat.decoding]
        up_and_down = [top + 30, top + 44, float("nan")] * len(marks)
        ax.plot([x for x in marks for _ in range(3)], up_and_down, color="ink", lw=0.6, gid=gid)
        reading = [beat for beat in beats if beat.prompt_rows]
        for beat in reading:
            box(beat.start, beat.end, top + 50, "compute", gid)
        for since, until in ((0, reading[0].start), (reading[-1].end, end)) if reading else ():
            box(since, until, top + 50, "weights", gid)
    low = 3 * PITCH + 12
    ax.text(4, low, say("writing only", "只写"), color="weights", weight="bold")
    ax.text(wide / 3, low, say("with the prompt", "带着 prompt"), color="compute", weight="bold")
    ax.text(wide - 4, low, say("time →", "时间 →"), color="quiet", ha="right")
