"""An all-reduce among four cards: each has a part of every sum, adds up a quarter of them, and
sends its quarter to all.
"""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

CARDS = 4


def draw(ax: Axes, say: Say, at: At) -> None:
    """Three rows of four cards; arrows only for what the second card adds up."""
    wide = sheet(ax, 278)
    pitch = (wide - 26) / CARDS
    cell = (pitch - 12) / CARDS

    def corner(card: int, part: int) -> float:
        return 28 + pitch * card + cell * part

    for card in range(CARDS):
        name = say("card ", "卡 ") + f"{card + 1}"
        ax.text(corner(card, 2), 16, name, color="quiet", ha="center")
        for part in range(CARDS):
            own = card == part
            for step, fill in ((1, 0.15), (2, 0.7 if own else 0), (3, 0.7)):
                edge = "faint" if step == 2 and not own else "network"
                spot = corner(card, part), 64 * step - 38
                box = Rectangle(spot, cell, 26, fc=("network", fill), ec=edge, gid=f"step-{step}")
                ax.add_patch(box)
        middle, here = corner(1, 1) + cell / 2, corner(card, 1) + cell / 2
        for step, start, end in ((2, (here, 53), (middle, 89)), (3, (middle, 117), (here, 153))):
            arrow = FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=10, shrinkA=0)
            arrow.set(gid=f"step-{step}", color="ink", linewidth=1.2)
            ax.add_patch(arrow)
    row = at("activation_bytes:kB")
    words = (
        say("each has a part of every sum", "每个和，各卡只有一部分"),
        say("each adds up a quarter", "各卡加总自己那四分之一"),
        say("and sends it to all: a row of ", "再发给大家，一行 ") + row,
    )
    for step, text in enumerate(words, 1):
        line = 188 + 26 * step
        for x, y in ((4, 64 * step - 20), (4, line)):
            ax.text(x, y, f"{step}", color="network", weight="bold", gid=f"step-{step}")
        ax.text(28, line, text, gid=f"step-{step}")
