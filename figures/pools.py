"""Two pools: prompts queue before machines that read, a notebook travels, riders sit where one
writes.
"""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet


def draw(ax: Axes, say: Say, at: At) -> None:
    """Queue and readers on the left, the wire in the middle, seats on the right."""
    wide = sheet(ax, 250)
    left, right = 12, wide * 0.62

    def box(
        step: int, x: float, y: float, size: tuple[float, float], role: str, fill: float
    ) -> None:
        ax.add_patch(
            Rectangle((x, y), *size, facecolor=(role, fill), edgecolor=role, gid=f"step-{step}")
        )

    def arrow(step: int, start: tuple[float, float], end: tuple[float, float]) -> None:
        line = FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=12)
        line.set(color="network", linewidth=2, gid=f"step-{step}")
        ax.add_patch(line)

    broad = wide * 0.24
    ax.text(left, 18, say("prompts wait", "prompt 排队"), weight="bold", gid="step-1")
    for place in range(4):
        box(1, left + 19 * place, 30, (14, 26), "compute", 0.15)
    for machine in range(3):
        y = 82 + 54 * machine
        box(1, left, y, (broad, 42), "compute", 0.3)
        ax.text(left + 8, y + 26, say("reads", "只读"), color="compute", gid="step-1")
    arrow(1, (left + 26, 58), (left + 26, 80))
    for layer in range(5):
        box(2, left + broad + 14 + 11 * layer, 142, (7, 26), "kv", 0.7 - 0.12 * layer)
    arrow(2, (left + broad + 6, 180), (right - 8, 180))
    label = say("a notebook,|layer by layer", "一本笔记，|一层一层走").split("|")
    for line, words in enumerate(label):
        ax.text(left + broad + 10, 204 + 18 * line, words, color="kv", gid="step-2")
    ax.text(right, 70, say("writes", "只写"), color="weights", weight="bold", gid="step-3")
    box(3, right, 82, (wide - right - 10, 126), "weights", 0.1)
    seat = (wide - right - 22) / 7
    for place in range(28):
        x, y = right + 8 + seat * (place % 7), 92 + 28 * (place // 7)
        box(3, x, y, (seat - 5, 20), "kv", 0.5 if place < 21 else 0)
    ax.text(right, 232, say("tokens to all", "token 发给众人"), color="ink", gid="step-3")
