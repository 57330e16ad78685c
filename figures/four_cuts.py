"""Four ways to cut a model between two chips, and what crosses from one to the other for a
token.
"""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

Place = tuple[float, float]


def draw(ax: Axes, say: Say, at: At) -> None:
    """Four stages from top to bottom: the cut on the left, what it does and sends on the right."""
    long, right = (190, 230) if sheet(ax, 508) > 400 else (118, 146)
    half, middle, shades = long / 2, 6 + long / 2, (("weights", 0.4), ("weights", 0.12))

    def box(step: int, x: float, y: float, size: Place, look: tuple[str, float]) -> None:
        ax.add_patch(Rectangle((x, y), *size, fc=look, ec=look[0], gid=f"step-{step}"))

    def bar(step: int, x: float, y: float, across: float, fill: float = 0.8) -> None:
        box(step, x, y, (across, 7), ("ink", fill))

    def arrow(step: int, start: Place, end: Place, style: str = "<|-|>") -> None:
        look = FancyArrowPatch(start, end, arrowstyle=style, mutation_scale=11, shrinkA=0)
        look.set(gid=f"step-{step}", color="network", linewidth=2)
        ax.add_patch(look)

    row, sums = at("activation_bytes(batch=1):kB"), at("all_reduces")
    each = at("experts_per_token(model=deepseek-v3)") + " × "
    out = each + at("dispatch_copy_bytes(model=deepseek-v3):kB")
    back = each + at("combine_copy_bytes(model=deepseek-v3):kB")
    columns = say("by columns|each makes half a row|no talk", "按列切|每块卡算出半行|什么也不用传")
    rows = say("by rows|each has part of a sum|", "按行切|每个和，各有一部分|要加的有 ") + row
    rows += say(f" to add up,|{sums} times a token", f"，|每个 token {sums} 回")
    layers = say("between layers|one works, then the other|", "按层切|一块算完，另一块再算|往下交 ")
    layers += row + say(" handed on,|once a token", "，|每个 token 1 回")
    experts = say("by experts|whole experts on each|", "按专家切|每块卡放几个完整的专家|去 ")
    experts += say(f"{out} out,|{back} back, a layer", f"{out}，|回 {back}，每层")
    for step, words in enumerate((columns, rows, layers, experts), 1):
        for line, text in enumerate(f"{step}  {words}".split("|")):
            look = ax.text(right, 128 * step - 104 + 21 * line, text, gid=f"step-{step}")
            look.set(weight="normal" if line else "bold", color="network" if line > 1 else "ink")
    for part, shade in enumerate(shades):
        box(1, 6 + part * half, 24, (half, 56), shade)
        bar(1, 6 + part * (half + 3), 87, half - 3)
        bar(2, 6 + part * (half + 3), 138, half - 3)
        box(2, 6, 152 + 28 * part, (long, 28), shade)
        bar(2, 6, 214 + 22 * part, long, 0.3)
        for y in (278, 295):
            box(3, 6, y + 44 * part, (long, 15), shade)
        for expert in range(4):
            box(4, 6 + part * (half + 4) + expert * half / 4, 458, (half / 4 - 6, 26), shade)
        marks = ((part + 0.5) * half, 57), (half, 171 + 28 * part), (half, 290 + 44 * part)
        for step, (x, y) in enumerate((*marks, ((part + 0.46) * (half + 4), 502)), 1):
            ax.text(6 + x, y, f"{part + 1}", ha="center", gid=f"step-{step}")
    for step, y, across in ((1, 10, long), (3, 265, long), (3, 358, long), (4, 394, half - 6)):
        bar(step, 6, y, across)
    ax.text(middle, 233, "+", ha="center", color="network", weight="bold", gid="step-2")
    arrow(2, (long + 14, 214), (long + 14, 243))
    arrow(3, (middle, 308), (middle, 323), "-|>")
    for x in (half / 3, half * 0.85, half * 1.2, half * 1.7):
        arrow(4, (half / 2 + 3, 403), (6 + x, 456))
