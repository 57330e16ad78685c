"""Four ways to cut a model between two chips, and what crosses from one to the other for a token."""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

SHADES = 0.4, 0.12
"""The first chip's part, and the second's."""


def draw(ax: Axes, say: Say, at: At) -> None:
    """Four stages from top to bottom: the cut on the left, what it does and sends on the right."""
    wide = sheet(ax, 508)
    long = 190.0 if wide > 400 else 118.0
    left, right = 6.0, long + (40 if wide > 400 else 28)

    def box(step: int, x: float, y: float, across: float, high: float, fill: float) -> None:
        look = Rectangle((x, y), across, high, facecolor=("weights", fill), edgecolor="weights")
        look.set_gid(f"step-{step}")
        ax.add_patch(look)

    def bar(step: int, x: float, y: float, across: float, fill: float = 0.8) -> None:
        look = Rectangle((x, y), across, 7, facecolor=("ink", fill), edgecolor="ink")
        look.set_gid(f"step-{step}")
        ax.add_patch(look)

    def arrow(step: int, start: tuple[float, float], end: tuple[float, float], style: str) -> None:
        look = FancyArrowPatch(
            start, end, arrowstyle=style, mutation_scale=11, color="network", shrinkA=0, shrinkB=0
        )
        look.set(gid=f"step-{step}", linewidth=2)
        ax.add_patch(look)

    def chip(step: int, x: float, y: float, number: int) -> None:
        ax.text(x, y, f"{number}", ha="center", color="weights", gid=f"step-{step}")

    row = at("activation_bytes(batch=1):kB")
    many, sums = at("experts_per_token(model=deepseek-v3)"), at("all_reduces")
    there = at("dispatch_copy_bytes(model=deepseek-v3):kB")
    back = at("combine_copy_bytes(model=deepseek-v3):kB")
    words = (
        (
            say("by columns", "按列切"),
            say("each makes half a row", "每块卡算出半行"),
            say("nothing crosses", "什么也不用传"),
            "",
        ),
        (
            say("by rows", "按行切"),
            say("each has a part of every sum", "每个数，各有一部分和"),
            say(f"{row} to add up,", f"要加的有 {row}，"),
            say(f"{sums} times a token", f"每个 token {sums} 回"),
        ),
        (
            say("between layers", "按层切"),
            say("one works, then the other", "一块算完，另一块再算"),
            say(f"{row} handed on,", f"往下交 {row}，"),
            say("once a token", "每个 token 1 回"),
        ),
        (
            say("by experts", "按专家切"),
            say("whole experts on each", "每块卡放几个完整的专家"),
            say(f"{many} × {there} out,", f"去 {many} × {there}，"),
            say(f"{many} × {back} back, a layer", f"回 {many} × {back}，每层"),
        ),
    )
    for step, (name, does, sends, often) in enumerate(words, 1):
        y = 128 * (step - 1) + 24
        ax.text(right, y, f"{step}  {name}", weight="bold", gid=f"step-{step}")
        ax.text(right, y + 22, does, gid=f"step-{step}")
        ax.text(right, y + 44, sends, color="network", gid=f"step-{step}")
        ax.text(right, y + 64, often, color="network", gid=f"step-{step}")

    half, middle = long / 2, left + long / 2
    bar(1, left, 10, long)
    for part in (0, 1):
        box(1, left + part * half, 24, half, 56, SHADES[part])
        bar(1, left + part * (half + 3), 87, half - 3)
        chip(1, left + (part + 0.5) * half, 57, part + 1)

        bar(2, left + part * (half + 3), 138, half - 3)
        box(2, left, 152 + 28 * part, long, 28, SHADES[part])
        chip(2, middle, 171 + 28 * part, part + 1)
        bar(2, left, 214 + 22 * part, long, 0.3)

        for slab in (0, 1):
            box(3, left, 278 + 44 * part + 17 * slab, long, 13, SHADES[part])
        chip(3, left + long + 12, 299 + 44 * part, part + 1)

        start = left + part * (half + 4)
        for expert in range(4):
            across = (half - 4) / 4
            box(4, start + expert * across, 458, across - 4, 26, SHADES[part])
        chip(4, start + half / 2 - 4, 501, part + 1)
    arrow(2, (left + long + 8, 214), (left + long + 8, 243), "<|-|>")
    ax.text(middle, 233, "+", ha="center", color="network", weight="bold", gid="step-2")
    bar(3, left, 265, long)
    arrow(3, (middle, 308), (middle, 323), "-|>")
    bar(3, left, 358, long)
    bar(4, left, 394, half - 8)
    for expert in (1, 3, 4, 6):
        x = left + (expert // 4) * (half + 4) + (expert % 4 + 0.4) * (half - 4) / 4
        arrow(4, (left + half / 2, 403), (x, 456), "<|-|>")
