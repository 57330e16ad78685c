"""Expert parallelism: passengers, notebooks and attention stay on their card, and rows travel to
experts on other cards.
"""

from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

PASSENGERS = 3


def draw(ax: Axes, say: Say, at: At) -> None:
    """A few cards side by side; what every card has of its own, from top to bottom, and arrows from
    one to the others.
    """
    wide = sheet(ax, 330, phone=344)
    cards = 4 if wide > 400 else 3
    pitch = (wide - 32) / cards
    long = pitch - 10

    def box(x: float, y: float, across: float, high: float, role: str, fill: float) -> None:
        ax.add_patch(Rectangle((x, y), across, high, facecolor=(role, fill), edgecolor=role))

    for card in range(cards):
        x = 4 + card * pitch
        middle = x + long / 2
        ax.text(middle, 16, say("card ", "卡 ") + f"{card + 1}", ha="center", weight="bold")
        box(x, 24, long, 232, "ink", 0)
        for seat in range(PASSENGERS):
            across = x + long * (seat + 0.5) / PASSENGERS
            ax.add_patch(Circle((across, 42), 7, facecolor="ink", edgecolor="paper"))
            box(across - 10, 54, 20, 14, "kv", 0.5)
        box(x + 8, 82, long - 16, 52, "weights", 0.2)
        ax.text(middle, 113, "attention", color="weights", ha="center")
        for place in range(2):
            left = x + 8 + place * (long - 10) / 2
            box(left, 196, (long - 22) / 2, 46, "compute", 0.2)
            number = f"{2 * card + place + 1}"
            ax.text(left + (long - 22) / 4, 224, number, color="compute", ha="center")
    ax.text(wide - 16, 140, "…", ha="center", weight="bold")
    start = 4 + long / 2
    for card in range(1, cards):
        end = 4 + card * pitch + 8 + (long - 22) / 4
        arrow = FancyArrowPatch(
            (start, 136), (end, 194), arrowstyle="<|-|>", mutation_scale=12, color="network"
        )
        arrow.set(linewidth=2)
        ax.add_patch(arrow)
    ax.text(4, 278, say("notebooks: each passenger's own", "笔记：乘客各带各的"), color="kv")
    words = say("attention etc., a copy each: ", "attention 等，每卡一份：")
    ax.text(4, 298, words + at("copied_weights:GB"), color="weights")
    words = say("experts, numbered: one set for all", "专家（编了号）：全车共用一套")
    ax.text(4, 318, words, color="compute")
    ax.text(
        wide - 4,
        278 if wide > 400 else 338,
        say("a row, there and back", "一行数，去和回"),
        color="network",
        ha="right",
    )
