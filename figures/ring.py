"""Four machines share one text: the rows stay, the notebook's parts go round, a step for each."""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

PARTS = "ABCD"
SHADES = 0.75, 0.5, 0.3, 0.12


def draw(ax: Axes, say: Say, at: At) -> None:
    """A column for each machine, a row for each round; arrows carry the parts to the left."""
    wide = sheet(ax, 404)
    pitch = (wide - 8) / 4
    broad = pitch - 26

    def box(step: int, x: float, y: float, high: float, look: tuple[str, float]) -> None:
        patch = Rectangle((x, y), broad, high, facecolor=look, edgecolor=look[0])
        if step:
            patch.set_gid(f"step-{step}")
        ax.add_patch(patch)

    for machine, name in enumerate(PARTS):
        x = 14 + machine * pitch
        ax.text(x, 16, say("machine ", "机器 ") + str(machine + 1), weight="bold")
        box(0, x, 26, 34, ("compute", 0.25))
        ax.text(x + broad / 2, 48, say("rows ", "行 ") + name, ha="center", color="compute")
        for turn in range(4):
            part, y = (machine + turn) % 4, 112 + 78 * turn
            box(turn + 1, x, y, 34, ("kv", SHADES[part] * 0.6))
            middle = x + broad / 2
            ax.text(middle, y + 22, PARTS[part], ha="center", color="ink", gid=f"step-{turn + 1}")
            if turn < 3 and machine:
                arrow = FancyArrowPatch(
                    (middle - 6, y + 37), (x - pitch + broad - 8, y + 75), arrowstyle="-|>"
                )
                arrow.set(mutation_scale=11, color="network", linewidth=1.6)
                arrow.set_gid(f"step-{turn + 1}")
                ax.add_patch(arrow)
    for turn in range(4):
        words = say(f"round {turn + 1}", f"第 {turn + 1} 轮")
        ax.text(14, 104 + 78 * turn, words, color="quiet", gid=f"step-{turn + 1}")
