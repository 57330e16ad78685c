"""The bill of a token as a formula, one line under the other, with the levers that move each line beside it."""

from matplotlib.patches import FancyBboxPatch, Rectangle

from figures.style import At, Axes, Say, sheet

ROW = 66


def draw(ax: Axes, say: Say, at: At) -> None:
    """Six lines from top to bottom: what is added, divided or multiplied on the left, its levers on the right."""
    rows = (
        (
            "",
            say("weights", "权重"),
            "weights",
            say("fewer bits, experts,", "少存几位，专家，"),
            say("a cut across cards", "切到更多的卡上"),
        ),
        (
            "+",
            say("caches", "缓存"),
            "kv",
            say("fewer bits, GQA, MLA, windows,", "少存几位，GQA，MLA，窗口，"),
            say("a cut across cards", "切到更多的卡上"),
        ),
        (
            "+",
            say("pauses", "停顿"),
            "network",
            say("fewer, larger kernels", "kernel 合并"),
            say("(a cut adds some)", "（切了反而添几次）"),
        ),
        (
            "÷",
            say("tokens a step", "一步的 token"),
            "ink",
            say("more readers, guesses: both spend", "多坐人，先猜后验：花的都是"),
            say("rows, ", "行数，白送的约 ") + at("critical_batch") + say(" are free", ""),
        ),
        (
            "+",
            say("prompt ÷ answer", "prompt ÷ 答案"),
            "compute",
            say("prefix caching, faster arithmetic,", "前缀缓存，算得更快，"),
            say("a pool of its own", "另派机器去读"),
        ),
        (
            "×",
            say("rent", "租金"),
            "ink",
            say("a newer card, fuller hours", "换新卡，少空转"),
            say("", ""),
        ),
    )
    wide = sheet(ax, ROW * len(rows) + 4)
    left, long = 26.0, 150.0 if wide > 400 else 112.0
    right = left + long + (34 if wide > 400 else 16)
    small = 13 if wide > 400 else 11.5
    for step, (sign, name, role, first, second) in enumerate(rows, 1):
        y = ROW * (step - 1) + 8
        box = FancyBboxPatch(
            (left, y), long, 46, boxstyle="round,pad=0,rounding_size=4",
            facecolor=(role, 0.14), edgecolor=role,
        )  # fmt: skip
        arm = Rectangle((left + long, y + 21), right - left - long - 6, 4, facecolor=role)
        for artist in (box, arm):
            artist.set_gid(f"step-{step}")
            ax.add_patch(artist)
        ax.text(10, y + 28, sign, ha="center", weight="bold", gid=f"step-{step}")
        ax.text(
            left + long / 2, y + 28, name, ha="center", color=role, fontsize=small, weight="bold",
            gid=f"step-{step}",
        )  # fmt: skip
        ax.text(right, y + (18 if second else 28), first, fontsize=small, gid=f"step-{step}")
        ax.text(right, y + 38, second, fontsize=small, gid=f"step-{step}")
