"""What moves when: memory and arithmetic of one machine, while it reads a prompt, writes for one
reader, writes for many.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

STEPS = 3


def draw(ax: Axes, say: Say, at: At) -> None:
    """Three scenes on one ruler of time; each has a lane for memory and one for arithmetic."""
    wide = sheet(ax, 372)
    left = 92 if wide > 400 else 66
    prefill = at("prefill_matmul_time(prefill_mfu=100) / decode_step").number
    ruler = (wide - left - 6) / max(prefill, STEPS)

    def box(x: float, y: float, long: float, role: str, gid: str, fill: float = 0.45) -> None:
        shape = Rectangle((left + x * ruler, y), long * ruler, 20, gid=gid, lw=1)
        shape.set(facecolor=(role, fill), edgecolor=role)
        ax.add_patch(shape)

    def lanes(y: float, title: str, gid: str) -> None:
        ax.text(4, y, title, weight="bold", gid=gid)
        for below, words, role in (
            (26, say("memory", "显存"), "weights"),
            (52, say("arithmetic", "算术"), "compute"),
        ):
            ax.text(4, y + below, words, color=role, va="center", gid=gid, fontsize=12)
            ax.plot([left, wide - 6], [y + below + 10] * 2, color="faint", lw=0.6, gid=gid)

    walk = at("weights_time / decode_step").number
    tokens = at("prompt") + say("\u202ftokens", " 个 token")
    lanes(18, say("Reading a prompt of ", "读一段提问，长 ") + tokens, "step-1")
    box(0, 34, walk, "weights", "step-1")
    box(0, 60, prefill, "compute", "step-1")

    lanes(140, say("Writing for one reader", "只给一个人写"), "step-2")
    alone = at("decode_step(batch=1) / decode_step").number
    row = at("row_time / decode_step").number
    for step in range(int(max(prefill, STEPS) / alone) if alone else 0):
        box(step * alone, 156, walk, "weights", "step-2")
        box(step * alone + walk, 156, alone - walk, "kv", "step-2")
        box(step * alone, 182, row, "compute", "step-2")

    words = say("Writing for ", "同时给 ") + at("batch(batch=64)") + say(" readers", " 个人写")
    lanes(262, words, "step-3")
    full = at("decode_step(batch=64) / decode_step").number
    cache = at("kv_time(batch=64) / decode_step").number
    busy = at("matmul_time(batch=64) / decode_step").number
    for step in range(int(max(prefill, STEPS) / full) if full else 0):
        box(step * full, 278, walk, "weights", "step-3")
        box(step * full + walk, 278, cache, "kv", "step-3")
        box(step * full, 304, busy, "compute", "step-3")
    ax.text(left, 352, say("weights", "权重"), color="weights", weight="bold")
    ax.text(left + 72, 352, "KV cache", color="kv", weight="bold")
    ax.text(wide - 6, 352, say("time →", "时间 →"), color="quiet", ha="right")
