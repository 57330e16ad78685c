"""A reply in time: the prompt goes through in one walk, then every token waits for the one before
it.
"""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

TOP, HIGH = 28, 74


def draw(ax: Axes, say: Say, at: At) -> None:
    """Walks from left to right, the rows in each as lines, and the token that each brings back."""
    wide = sheet(ax, 192)
    prompt, walk, gap, token = (168, 80, 20, 50) if wide > 400 else (92, 58, 14, 42)

    def box(x: float, y: float, across: float, high: float, step: str, *fill: str | float) -> None:
        patch = Rectangle((x, y), across, high, facecolor=fill, edgecolor=fill[0], gid=step)
        ax.add_patch(patch)

    def passing(x: float, across: float, rows: int, step: str) -> None:
        box(x, TOP, across, HIGH, step, "weights", 0.16)
        for row in range(rows):
            y, thick = TOP + HIGH * (row + 1) / (rows + 1), 1.2 if rows > 1 else 2.2
            ax.plot([x + 4, x + across - 4], [y, y], color="ink", lw=thick, gid=step)

    ax.text(4, 18, say("your prompt", "你的 prompt"), weight="bold", gid="step-1")
    words = say("then a walk for each token", "然后，一个 token 走一趟")
    ax.text(4 + prompt + gap, 18, words, weight="bold", gid="step-2")
    passing(4, prompt, 8, "step-1")
    x: float = 4 + prompt
    tokens = say("The", "因为"), say("moon", "月亮"), say("pulls", "在"), say("on", "拉")
    for step, word in enumerate(tokens, 1):
        box(x - token / 2, 118, token, 24, f"step-{step}", "ink", 0.06)
        ax.text(x, 135, word, ha="center", gid=f"step-{step}")
        ax.plot([x, x], [TOP + HIGH, 118], color="ink", lw=1.2, ls="--", gid=f"step-{step}")
        if step < len(tokens):
            ends = (x + 4, 116), (x + gap, TOP + HIGH / 2)
            arrow = FancyArrowPatch(*ends, arrowstyle="-|>", mutation_scale=12, color="ink")
            arrow.set(gid=f"step-{step + 1}", linewidth=2)
            ax.add_patch(arrow)
            passing(x + gap, walk, 1, f"step-{step + 1}")
            x += gap + walk
    words = say("each walk passes ", "每一趟都要走过 ") + at("weights_read:GB")
    ax.text(4, 166, words, color="weights")
    ax.text(4, 185, say("and takes at least ", "至少要 ") + at("weights_time:ms"))
    ax.text(wide - 4, 185, say("time →", "时间 →"), color="quiet", ha="right")
