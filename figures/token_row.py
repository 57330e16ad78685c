"""From text to numbers: a text is cut into tokens, a token is a place in a list, and the place is a
row of a table.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

LEVELS = 3, 8, 2, 6, 1, 7, 4, 9, 2, 5, 8, 1, 3, 6, 9, 2, 7, 4


def draw(ax: Axes, say: Say, at: At) -> None:
    """Pieces of a sentence on top, the table below with one row picked, and that row underneath."""
    wide = sheet(ax, 250)
    pieces = (
        say("The", "潮水"),
        say("tides", "为什么"),
        say("rise", "会"),
        say("because", "涨"),
    )
    pitch = (wide - 8) / len(pieces)
    for place, piece in enumerate(pieces):
        role = "weights" if place == 1 else "quiet"
        x = 4 + pitch * place
        box = Rectangle((x, 6), pitch - 8, 30, facecolor=(role, 0.14), edgecolor=role)
        ax.add_patch(box)
        ax.text(x + (pitch - 8) / 2, 26, piece, color=role, ha="center")
    for row in range(6):
        fill = 0.6 if row == 3 else 0.08
        box = Rectangle(
            (4, 70 + 12 * row), wide - 8, 12, facecolor=("weights", fill), edgecolor="weights"
        )
        ax.add_patch(box)
    ax.text(4, 60, say("a table of ", "一张表，") + at("vocabulary") + say(" rows", " 行"))
    arrow = {"arrowstyle": "-|>", "linewidth": 2, "mutation_scale": 14, "color": "ink"}
    middle = 4 + 1.5 * pitch - 4
    ax.annotate("", (middle, 106), (middle, 38), arrowprops={**arrow, "shrinkA": 0, "shrinkB": 0})
    ax.annotate("", (middle, 176), (middle, 120), arrowprops={**arrow, "shrinkA": 0, "shrinkB": 0})
    cell = (wide - 8) / len(LEVELS)
    for place, level in enumerate(LEVELS):
        box = Rectangle(
            (4 + cell * place, 182),
            cell,
            30,
            facecolor=("weights", level / 14),
            edgecolor="weights",
        )
        ax.add_patch(box)
    words = say("one row: ", "取出的一行：") + at("hidden") + say(" numbers", " 个数")
    ax.text(4, 236, words, color="weights")
