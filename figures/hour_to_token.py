"""From the rent of an hour to the price of a token: one second of it, shared by its tokens, and
each token's part of the prompt.
"""

from matplotlib.patches import Polygon, Rectangle

from figures.style import At, Axes, Say, sheet

SECONDS, TOKENS, ONE = 24, 20, 9


def draw(ax: Axes, say: Say, at: At) -> None:
    """The hour, a second of it, a token's two parts; below, what each step says."""
    wide = sheet(ax, 282)
    long = wide - 8

    def strip(step: int, y: float, start: float, across: float, look: tuple[str, float]) -> None:
        box = Rectangle((start, y), across, 28, fc=look, ec=look[0], gid=f"step-{step}")
        ax.add_patch(box)

    def zoom(step: int, y: float, spot: float, across: float) -> None:
        shape = [(spot, y), (spot + across, y), (4 + long, y + 22), (4, y + 22)]
        ax.add_patch(Polygon(shape, fc=("faint", 0.15), ec="none", gid=f"step-{step}"))

    second, token = long / SECONDS, long / TOKENS
    for place in range(SECONDS):
        strip(1, 8, 4 + second * place, second, ("ink", 0.08))
    zoom(2, 36, 4 + second * ONE, second)
    for place in range(TOKENS):
        strip(2, 60, 4 + token * place, token - 3, ("network", 0.3))
    zoom(3, 88, 4 + token * ONE, token - 3)
    strip(3, 112, 4, long * 0.55 - 2, ("weights", 0.4))
    strip(4, 112, 4 + long * 0.55, long * 0.45, ("compute", 0.4))
    words = (
        say("an hour's rent: ", "一小时租金：") + at("machine_price:USD/h"),
        say("a second writes ", "一秒写出 ") + at("throughput"),
        say("steps of a token: ", "写的那一份：") + at("decode_cost:USD/Mtoken"),
        say("its prompt: ", "读 prompt 那一份：") + at("prompt_cost:USD/Mtoken"),
    )
    for step, text in enumerate(words, 1):
        role = ("quiet", "network", "weights", "compute")[step - 1]
        ax.text(4, 150 + 28 * step, f"{step}", color=role, weight="bold", gid=f"step-{step}")
        ax.text(24, 150 + 28 * step, text, gid=f"step-{step}")
