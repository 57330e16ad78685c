"""How many of a stream's gaps are longer than so much, in a simulated minute with one long prompt:
what a percentile sees.
"""

from figures.style import At, Axes, Say
from hooks.simulation.crowd import Crowd

MINUTE = 60


def draw(ax: Axes, say: Say, at: At) -> None:
    """For each way to read the prompt the share of gaps beyond a length, falling in steps; a level
    line at one in a hundred.
    """
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
    ways = (
        (None, "weights", say("whole", "整段"), 3.3e-4),
        (2048, "network", "2,048", 8e-4),
        (512, "compute", "512", 1.9e-3),
    )
    ax.set(xscale="log", yscale="log", xlim=(0.008, 20), ylim=(1e-4, 2))
    for chunk, role, name, high in ways:
        gaps = crowd.gaps(chunk, [MINUTE / 2], MINUTE)
        if not gaps:
            continue
        lengths, longer = zip(*gaps, strict=True)
        ax.step([*lengths, lengths[-1]], [*longer, 1e-4], where="pre", color=role, clip_on=False)
        ax.text(1.1 * lengths[-1], high, name, color=role, weight="bold")
    ax.axhline(0.01, color="ink", ls="--", lw=1.2)
    ax.text(18, 0.012, "P99", ha="right")
    ax.set_xticks([0.01, 0.1, 1, 10], ["10\u202fms", "100\u202fms", "1\u202fs", "10\u202fs"])
    ax.set_yticks([1, 0.01, 0.0001], ["100%", "1%", "0.01%"])
    ax.set_title(say("Gaps longer than this", "比这更长的间隔占多少"))
