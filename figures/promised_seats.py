"""The seats of a machine: those that the memory has, those that the promise lets be taken, and
those that are taken on average.
"""

from matplotlib.patches import PathPatch
from matplotlib.path import Path

from figures.style import At, Axes, Say, sheet

ROW, MOST = 19, 190


def draw(ax: Axes, say: Say, at: At) -> None:
    """Rows of seats, filled from the upper left; the promise ends before the memory does, and the
    average before the promise.
    """
    room, promised, taken = at("max_batch"), at("promised_seats"), at("promised_crowd")
    seats = min(int(room.number), MOST)
    rows = -(-seats // ROW)
    wide = sheet(ax, 28 * rows + 80, phone=19 * rows + 80)
    pitch = wide / ROW
    groups = (
        (
            seats,
            0.36,
            ("none", "faint", 1.2),
            say("seats in memory: ", "显存放得下的座位：") + room,
        ),
        (
            min(seats, round(promised.number)),
            0.36,
            (("weights", 0.18), "weights", 1.8),
            say("the promise allows: ", "承诺允许坐的：") + promised,
        ),
        (
            min(seats, round(taken.number)),
            0.2,
            ("ink", "none", 0),
            say("taken on average: ", "平均坐着人的：") + taken,
        ),
    )
    for step, (count, half, (fill, edge, line), words) in enumerate(groups, 1):
        y = pitch * rows + 4 + 22 * step
        places = [
            (pitch * (seat % ROW + 0.5), pitch * (seat // ROW + 0.5)) for seat in range(count)
        ]
        squares = [_square(x, up, half * pitch) for x, up in places] + [
            _square(10, y - 4.5, 14 * half)
        ]
        look = {"facecolor": fill, "edgecolor": edge, "linewidth": line, "gid": f"step-{step}"}
        ax.add_patch(PathPatch(Path.make_compound_path(*squares), **look))
        role = {1: "quiet", 2: "weights"}.get(step, "ink")
        ax.text(24, y, words, color=role, gid=f"step-{step}")


def _square(x: float, y: float, half: float) -> Path:
    """A square around a point."""
    left, right, top, bottom = (round(edge, 1) for edge in (x - half, x + half, y - half, y + half))
    return Path(
        [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], closed=True
    )
