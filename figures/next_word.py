"""A model's whole answer: a score for every token of its vocabulary, of which one is drawn. A
sketch.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

SHARES = 1.0, 0.55, 0.3, 0.12, 0.05


def draw(ax: Axes, say: Say, at: At) -> None:
    """The text so far on top, below it candidates with bars, and how many more there are."""
    wide = sheet(ax, 236)
    ax.text(4, 20, say("The tide rises because of the …", "海水涨潮，是因为……"), weight="bold")
    words = (
        say("moon", "月亮"),
        say("sun", "太阳"),
        say("gravity", "引力"),
        say("wind", "海风"),
        say("teapot", "茶壶"),
    )
    left = 96
    for row, (word, share) in enumerate(zip(words, SHARES, strict=True)):
        y = 38 + 30 * row
        role = "weights" if row == 0 else "quiet"
        bar = Rectangle(
            (left, y), (wide - left - 8) * share, 18, facecolor=(role, 0.3), edgecolor=role
        )
        ax.add_patch(bar)
        ax.text(left - 10, y + 14, word, color=role, ha="right")
    rest = say("… and so on, for all ", "……照这样打分，一共 ") + at("vocabulary")
    ax.text(left, 206, rest, color="ink")
    ax.text(left, 228, say("then one is drawn", "然后抽出一个"), color="quiet")
