"""A token's row goes out to the cards where its experts live, and the answers come back."""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

CARDS, EXPERTS, CHOSEN = 3, 3, (1, 3, 5, 7)


def draw(ax: Axes, say: Say, at: At) -> None:
    """The row above, three cards with their experts, the sum below; then the steps in words."""
    wide = sheet(ax, 330)
    pitch = (wide - 8) / CARDS
    cell = (pitch - 24) / EXPERTS
    top, bottom = (14, 40), (176, 202)

    def box(step: int, x: float, y: float, size: tuple[float, float], fill: float) -> None:
        gid = f"step-{step}" if step else None
        role = "ink" if size[1] > 30 or not step else "network"
        role = "faint" if not step else role
        ax.add_patch(Rectangle((x, y), *size, fc=(role, fill), ec=role, gid=gid))

    def arrow(step: int, start: tuple[float, float], end: tuple[float, float]) -> None:
        line = FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=10, shrinkA=0)
        line.set(gid=f"step-{step}", color="network", linewidth=1.5)
        ax.add_patch(line)

    across = pitch - 24
    box(1, 14, top[0], (across, 24), 0.5)
    box(4, 14, bottom[0], (across, 24), 0.9)
    ax.text(22 + across, 31, say("a token's row", "一个 token 的一行"), gid="step-1")
    ax.text(22 + across, 193, say("the answers, added up", "结果相加"), gid="step-4")
    for card in range(CARDS):
        box(0, 4 + pitch * card, 84, (pitch - 6, 50), 0)
        for place in range(EXPERTS):
            expert, x = card * EXPERTS + place, 14 + pitch * card + cell * place
            box(3 if expert in CHOSEN else 0, x, 94, (cell - 4, 30), 0.5)
            if expert in CHOSEN:
                middle = x + cell / 2 - 2
                start = 14 + across * (0.2 + 0.2 * CHOSEN.index(expert))
                arrow(2, (start, top[1]), (middle, 92))
                arrow(4, (middle, 126), (start, bottom[0] - 2))
    words = (
        say("picks ", "选中专家：")
        + at("experts_per_token")
        + say(" of ", "／")
        + at("experts")
        + say(" experts", ""),
        say("out, a copy: ", "去，一份：") + at("dispatch_copy_bytes:kB"),
        say("experts work where they live", "专家就地干活"),
        say("back, a copy: ", "回，一份：") + at("combine_copy_bytes:kB"),
    )
    for step, text in enumerate(words, 1):
        line = 212 + 26 * step
        ax.text(4, line, f"{step}", color="network", weight="bold", gid=f"step-{step}")
        ax.text(24, line, text, gid=f"step-{step}")
