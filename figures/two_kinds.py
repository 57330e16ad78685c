"""What moves when: memory and arithmetic of one machine, while it reads a prompt, writes for one
reader, writes for many.
"""

from figures.style import At, Axes, Say, sheet
from hooks.pictures.following import bar, smaller

STEPS = 6


def draw(ax: Axes, say: Say, at: At) -> None:
    """Three scenes on one ruler, six steps for one reader long; each has a lane for memory and one
    for arithmetic.
    """
    wide = sheet(ax, 372)
    left = 92 if wide > 400 else 66
    room = wide - left - 6

    def box(y: float, start: float, end: float, role: str, gid: str) -> None:
        """From one time to another, in steps for one reader; what is later is cut off."""
        first, last = (left + smaller(time, STEPS) / STEPS * room for time in (start, end))
        look = {"facecolor": (role, 0.45), "edgecolor": role, "lw": 1, "gid": gid}
        bar(ax, (first, last), (y, y + 20), **look)

    def lanes(y: float, title: str, gid: str) -> None:
        ax.text(4, y, title, weight="bold", gid=gid)
        for below, words, role in (
            (26, say("memory", "显存"), "weights"),
            (52, say("arithmetic", "算术"), "compute"),
        ):
            ax.text(4, y + below, words, color=role, va="center", gid=gid, fontsize=12)
            ax.plot([left, wide - 6], [y + below + 10] * 2, color="faint", lw=0.6, gid=gid)

    walk = at("weights_time / decode_step(batch=1)").number
    floor, each = say(": at least ", "：至少 "), say(" a step", " 一步")
    words = say("Reading ", "读 ") + at("prompt") + say("\u202ftokens", " 个 token") + floor
    lanes(18, words + at("prefill_matmul_time(prefill_mfu=100):ms"), "step-1")
    box(34, 0, walk, "weights", "step-1")
    prefill = at("prefill_matmul_time(prefill_mfu=100) / decode_step(batch=1)").number
    box(60, 0, prefill, "compute", "step-1")

    words = say("Writing for one reader", "只给一个人写") + floor
    lanes(140, words + at("decode_step(batch=1):ms") + each, "step-2")
    row = at("row_time / decode_step(batch=1)").number
    for step in range(STEPS):
        box(156, step, step + walk, "weights", "step-2")
        box(156, step + walk, step + 1, "kv", "step-2")
        box(182, step, step + row, "compute", "step-2")

    words = say("Writing for ", "同时给 ") + at("batch(batch=64)")
    words += say(" readers", " 个人写") + floor
    lanes(262, words + at("decode_step(batch=64):ms") + each, "step-3")
    full = at("decode_step(batch=64) / decode_step(batch=1)").number
    cache = at("kv_time(batch=64) / decode_step(batch=1)").number
    busy = at("matmul_time(batch=64) / decode_step(batch=1)").number
    for step in range(STEPS):
        start = step * full
        box(278, start, start + walk, "weights", "step-3")
        box(278, start + walk, start + walk + cache, "kv", "step-3")
        box(304, start, start + busy, "compute", "step-3")
    ax.text(left, 352, say("weights", "权重"), color="weights", weight="bold")
    ax.text(left + 72, 352, "KV cache", color="kv", weight="bold")
    ax.text(wide - 6, 352, say("first six steps →", "头六步的时间 →"), color="quiet", ha="right")
