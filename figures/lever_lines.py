"""The bill of a token as a formula, one line under the other, with the levers that move each line
beside it.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

ROW = 66


def draw(ax: Axes, say: Say, at: At) -> None:
    """Six lines from top to bottom: what is added, divided or multiplied on the left, its levers on
    the right. Brackets hold what is divided by the tokens of a step, and what is rented.
    """
    cut, free = say("a cut across cards", "切到更多的卡上"), at("critical_batch")
    signs = "", "+", "+", "÷", "+", "×"
    roles = "weights", "kv", "network", "ink", "compute", "ink"
    names = (
        say("weights", "权重"),
        say("caches", "缓存"),
        say("pauses", "停顿"),
        say("tokens a step", "一步的 token"),
        say("prompt ÷ answer", "prompt ÷ 答案"),
        say("rent", "租金"),
    )
    levers = (
        (say("fewer bits, experts,", "少存几位，专家，"), cut),
        (say("fewer bits, GQA, MLA,", "少存几位，GQA，MLA，"), cut),
        (say("larger kernels", "kernel 合并"), say("(a cut adds some)", "（切了反而添几次）")),
        (
            say("more readers, guesses:", "多坐人，先猜后验："),
            say(f"{free} rows are free", f"白送 {free} 行"),
        ),
        (say("prefix caching,", "前缀缓存，"), say("a pool of its own", "另派机器去读")),
        (say("a newer card,", "换新卡，"), say("fuller hours", "少空转")),
    )
    wide = sheet(ax, ROW * len(names))
    left, long = 46.0, 150.0 if wide > 400 else 112.0
    right = left + long + (34 if wide > 400 else 14)
    for x, lines in ((4.0, 5), (16.0, 3)):
        top, bottom = 6, ROW * (lines - 1) + 56
        ax.plot([x + 5, x, x, x + 5], [top, top, bottom, bottom], color="ink", linewidth=1.2)
    for step, (sign, role, name, pair) in enumerate(zip(signs, roles, names, levers, strict=True)):
        y, gid = ROW * step + 8, f"step-{step + 1}"
        arm = left + long, y + 21, right - left - long - 6, 4, 1.0
        for x, top, across, high, fill in ((left, y, long, 46, 0.14), arm):
            box = Rectangle((x, top), across, high, facecolor=(role, fill), edgecolor=role)
            box.set_gid(gid)
            ax.add_patch(box)
        ax.text(34, y + 28, sign, ha="center", gid=gid)
        ax.text(left + long / 2, y + 28, name, ha="center", color=role, gid=gid)
        ax.text(right, y + 18, pair[0], gid=gid)
        ax.text(right, y + 40, pair[1], gid=gid)
