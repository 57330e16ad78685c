"""A chart in one scenario and language: everything that its drawing shows, and the numbers
behind it.
"""

from dataclasses import dataclass

from hooks.formula.csv import csv_line
from hooks.pictures.axis import Axis, Point, Tick


@dataclass(frozen=True)
class Shape:
    """A `line`, `area`, `band` or `guide` in runs of points inside its axes; areas and bands
    are closed shapes.

    `mark` is its place among the chart's marks, `here` is the scenario's own point.
    """

    mark: int
    kind: str
    role: str
    label: str
    runs: tuple[tuple[Point, ...], ...]
    here: Point | None = None


@dataclass(frozen=True)
class Marker:
    """A dot, if it lies inside the axes: how it looks, and what it says when a pointer rests on
    it.
    """

    mark: int
    role: str
    label: str
    at: Point | None
    look: str = "dot"
    hint: str = ""
    below: bool = False
    """Whether its name stands right below it, since it moves too far to keep clear of others.
    """


@dataclass(frozen=True)
class Upright:
    """A limit, and the value at which it stands, if the axis shows it."""

    mark: int
    words: str
    at: float | None


@dataclass(frozen=True)
class LegendEntry:
    """What a kind of dot means."""

    look: str
    role: str
    words: str


@dataclass(frozen=True)
class Segment:
    """A part of one bar: where it starts and ends, and its size in words."""

    part: int
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Stack:
    """A bar, and what it amounts to."""

    label: str
    note: str
    pieces: tuple[Segment, ...]


@dataclass(frozen=True)
class Sample:
    """What is drawn, then the table: `numbers` for a CSV file, `texts` for a reader.

    `parts` are the roles and names of what bars are stacked from; `keys` columns name a row,
    the others are in `unit`. `x` and `y` are the axes in the displayed units; bars stand on
    rows from 0 down. With `aside` there is a strip to the right of the frame for dots that have
    no place on the axis, and only with `own_point` a place for the scenario's own value.
    """

    title: str
    unit: str
    axis: str
    x: Axis
    y: Axis
    x_ticks: tuple[Tick, ...]
    columns: tuple[str, ...]
    numbers: tuple[tuple[str | float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    keys: int = 1
    y_ticks: tuple[Tick, ...] = ()
    traces: tuple[Shape, ...] = ()
    spots: tuple[Marker, ...] = ()
    key: tuple[LegendEntry, ...] = ()
    aside: bool = False
    limits: tuple[Upright, ...] = ()
    notes: tuple[str, ...] = ()
    bars: tuple[Stack, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    here: str = ""
    own_point: bool = True
    height: int = 0

    def csv(self) -> str:
        """All the numbers, with the unit in the head of its columns."""
        units = [
            f" ({self.unit})" if self.unit and column >= self.keys else ""
            for column in range(len(self.columns))
        ]
        head = tuple(map("".join, zip(self.columns, units, strict=True)))
        return "".join(f"{csv_line(row)}\n" for row in (head, *self.numbers))
