"""The seats of a machine: those that the memory has, those that the promise lets be taken, and
those that are taken on average.
"""

from typing import Any

from matplotlib.patches import PathPatch
from matplotlib.path import Path

from figures.style import At, Axes, Say, sheet
from hooks.pictures.following import bar, larger, smaller

ROWS, SEATS = 5, 20


def draw(ax: Axes, say: Say, at: At) -> None:
    """A hundred squares stand for the seats that the memory has; from the upper left those that
    the promise allows are pale, and those taken on average full.
    """
    wide = sheet(ax, 26 * ROWS + 80, phone=17.5 * ROWS + 80)
    pitch = wide / SEATS
    high = pitch * ROWS
    parts = (
        (at("promised_seats / max_batch").number, 0.3),
        (at("promised_crowd / max_batch").number, 1.0),
    )
    for step, (share, dense) in enumerate(parts, 2):
        for row in range(ROWS):
            seats = larger(smaller(share * ROWS * SEATS - row * SEATS, SEATS), 0)
            look = {"facecolor": ("weights", dense), "lw": 0, "gid": f"step-{step}"}
            bar(ax, (0, seats * pitch), (row * pitch, (row + 1) * pitch), **look)
    gaps: Any = {"color": "paper", "lw": 0.3 * pitch, "capstyle": "butt"}
    ax.vlines([pitch * seat for seat in range(SEATS + 1)], 0, high, **gaps)
    ax.hlines([pitch * row for row in range(ROWS + 1)], 0, wide, **gaps)
    corners = [(pitch * seat, pitch * row) for row in range(ROWS) for seat in range(SEATS)]
    rims = Path.make_compound_path(*(_square(x, y, pitch) for x, y in corners))
    ax.add_patch(PathPatch(rims, fc="none", ec="faint", lw=1, gid="step-1"))
    told: Any = (
        ("none", "quiet", say("seats in memory: ", "显存放得下的座位：") + at("max_batch")),
        (
            ("weights", 0.3),
            "weights",
            say("the promise allows: ", "承诺允许坐的：") + at("promised_seats"),
        ),
        (
            "weights",
            "weights",
            say("taken on average: ", "平均坐着人的：") + at("promised_crowd"),
        ),
    )
    for step, (fill, role, words) in enumerate(told, 1):
        y = high + 4 + 22 * step
        look = {"facecolor": fill, "edgecolor": "faint", "lw": 1, "gid": f"step-{step}"}
        bar(ax, (4, 14), (y - 10, y), **look)
        ax.text(24, y, words, color=role, gid=f"step-{step}")


def _square(x: float, y: float, pitch: float) -> Path:
    """A seat in its corner of the sheet."""
    left, top, size = x + 0.15 * pitch, y + 0.15 * pitch, 0.7 * pitch
    corners = [(left, top), (left + size, top), (left + size, top + size), (left, top + size)]
    return Path([*corners, corners[0]], closed=True)
