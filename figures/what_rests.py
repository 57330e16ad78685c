"""What rests on one number: the bytes of a token's cache carry the seats, the step, the prices and
the shopping list.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet


def draw(ax: Axes, say: Say, at: At) -> None:
    """Four courses of a wall: the lowest is the one that is tested."""
    wide = sheet(ax, 240)
    courses = (
        (say("machines to buy", "要买几台机器"),),
        (say("price of a token", "token 的价钱"), say("requests a second", "每秒能接几个")),
        (say("room", "座位"), say("step", "一步"), say("move", "搬运")),
        (say("bytes of a token's cache: ", "一个 token 的缓存：") + at("kv_per_token:B"),),
    )
    high = 50
    for row, names in enumerate(courses):
        y, pitch = 6 + (high + 6) * row, (wide - 8) / len(names)
        role, fill = ("kv", 0.3) if row == 3 else ("ink", 0.06)
        for place, name in enumerate(names):
            x = 4 + pitch * place
            box = Rectangle((x + 2, y), pitch - 4, high, facecolor=(role, fill), edgecolor=role)
            ax.add_patch(box)
            ax.text(x + pitch / 2, y + 30, name, color=role, ha="center", fontsize=12)
