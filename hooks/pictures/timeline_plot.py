"""A timeline in matplotlib. `hooks/live/browser/timeline.js` writes every part that has a `gid`
anew for another scenario, into the same room. Change both together.
"""

from typing import Any

from figures.style import BOLD, FINE, HAIR, WIDE, sheet
from hooks.pictures.render import Figure, render
from hooks.pictures.timeline import (
    AXIS,
    HIGH,
    LANE,
    MARGIN,
    NAME,
    NUMBERS,
    Outline,
    TimelineSample,
    outlines,
)

FILLED = {"write": ("weights", 0.5), "read": ("compute", 0.5), "flow": ("ink", 0.6)}
"""Parts that are shapes: their colour, and how much of it."""

DRAWN: dict[str, dict[str, Any]] = {
    "cuts": {"edgecolor": "paper", "linewidth": FINE},
    "tokens": {"edgecolor": "ink", "linewidth": FINE},
    "wait": {"edgecolor": "compute", "linewidth": FINE},
    "out": {"edgecolor": "compute", "linewidth": 3 * BOLD, "capstyle": "round"},
}
"""Parts that are lines; a dot is one without a length and with round ends."""


def plot_timeline(sample: TimelineSample, name: str, alt: str, wide: float = WIDE) -> str:
    """A timeline as inline SVG."""
    return render(lambda figure: _draw(figure, sample), wide, HIGH, name, alt)


def _draw(figure: Figure, sample: TimelineSample) -> None:
    ax = figure.add_subplot()
    wide = sheet(ax, HIGH)
    for gid, lines in outlines(sample, wide).items():
        _add(ax, gid, lines)
    for row, lane in enumerate(sample.lanes):
        top = row * LANE
        ax.text(MARGIN, top + NAME, lane.name, weight="bold", gid=f"name-{row}")
        ax.text(MARGIN, top + NUMBERS, lane.numbers, color="quiet", gid=f"numbers-{row}")
    right = wide - MARGIN
    ax.text(right, NAME, sample.rate, color="quiet", ha="right", gid="rate")
    ax.plot([MARGIN, right], [AXIS, AXIS], color="faint", lw=HAIR)
    for quarter, text in enumerate(sample.ticks):
        x = MARGIN + (right - MARGIN) * quarter / 4
        ha = "left" if quarter == 0 else "right" if quarter == 4 else "center"
        ax.plot([x, x], [AXIS, AXIS + 4], color="faint", lw=HAIR)
        ax.text(x, AXIS + 18, text, color="quiet", ha=ha, gid=f"x-{quarter}")
    writing, reading = sample.legend
    ax.text(MARGIN, HIGH - 6, writing, color="weights", weight="bold")
    ax.text(right, HIGH - 6, reading, color="compute", weight="bold", ha="right")


def _add(ax: Any, gid: str, lines: list[Outline]) -> None:
    """One part as one path; without lines it is a point, hidden."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    part, _, _ = gid.partition("-")
    closed = part in FILLED
    look = {"facecolor": FILLED[part], "linewidth": 0} if closed else DRAWN[part]
    points, codes = list[tuple[float, float]](), list[Any]()
    for line in lines or [[(MARGIN, MARGIN)] * 4]:
        points += [*line, line[0]] if closed else line
        codes += [Path.MOVETO, *[Path.LINETO] * (len(line) - 1), *[Path.CLOSEPOLY] * closed]
    given = {"fill": closed, "gid": gid if lines else f"{gid} hidden", **look}
    ax.add_patch(PathPatch(Path(points, codes), **given))
