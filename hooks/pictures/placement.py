"""Where words go on a sheet: how much room they take, and places where nothing meets. No colours,
no SVG.

Places are in pixels of a drawing; y runs down, as on a page. Text is set in the page's own font, so
its width is only estimated: a Han character is one em, a Latin one 0.55, and every label leaves
room to be a tenth wider.
"""

from typing import Literal, NamedTuple

from figures.style import SIZE
from hooks.pictures.axis import Point

ROOM = 1.1
"""How much wider than estimated a label may be."""

FAR = 16
"""A label that stands so far from its dot is tied to it with a hairline."""

Anchor = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """A box on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether another box lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def place(self, point: Point) -> Point:
        """Where a point lies that is given as shares of this box, across and up."""
        return self.left + point[0] * (self.right - self.left), self.bottom - point[1] * (
            self.bottom - self.top
        )


def box_around(point: Point, reach: float) -> Box:
    """The box that reaches so far from a point to all sides."""
    x, y = point
    return Box(x - reach, y - reach, x + reach, y + reach)


def width(text: str, zoom: float = 1.0) -> float:
    """About how wide a text is, in units of the sheet."""
    han = sum(ord(letter) >= 0x2E80 for letter in text)
    return SIZE * zoom * (han + 0.55 * (len(text) - han))


def extent(x: float, y: float, text: str, anchor: Anchor = "start", zoom: float = 1.0) -> Box:
    """The box that a text takes whose baseline is at y."""
    wide = width(text, zoom)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left, y - 0.82 * SIZE * zoom, left + wide, y + 0.24 * SIZE * zoom)


def apart(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """The wanted positions, moved as little as keeps them `gap` apart and between low and high."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    placed: list[float] = []
    for position, k in enumerate(order):
        placed.append(max([wanted[k], low + position * gap] + [at + gap for at in placed[-1:]]))
    ceiling = high
    for position in reversed(range(len(placed))):
        placed[position] = min(placed[position], ceiling)
        ceiling = placed[position] - gap
    return [at for _, at in sorted(zip(order, placed, strict=True))]


def beside(
    spot: Point,
    text: str,
    taken: list[Box],
    room: Box,
    dots: list[Point],
    labels: list[Box],
    zoom: float,
) -> tuple[float, float, Anchor] | None:
    """A place beside a dot where its label meets nothing, nor its hairline a dot or label; None if
    there is none.
    """
    x, y = spot
    near: list[tuple[float, float, Anchor]] = [
        (10, 4.5, "start"),
        (9, -6, "start"),
        (9, 15, "start"),
        (-9, -7, "end"),
        (-9, 15, "end"),
    ]
    far: list[tuple[float, float, Anchor]] = [
        (-reach, rise, "end") for reach in range(FAR, 140, 4) for rise in (4.5, -4)
    ]
    below: list[tuple[float, float, Anchor]] = [
        (dx, drop, "start") for drop in range(2 * FAR, 90, 6) for dx in (0, 12, 24)
    ]
    left_below: list[tuple[float, float, Anchor]] = [
        (-dx, drop, "end") for drop in range(2 * FAR, 90, 6) for dx in (0, 12, 24)
    ]
    places = [(x + dx, y + dy, anchor) for dx, dy, anchor in near + far + below + left_below]
    for at_x, at_y, anchor in places:
        box = extent(at_x, at_y, text, anchor, zoom)
        crossed = at_x <= x - FAR and any(
            at_x < other < x - 6 and abs(up - y) < 12 for other, up in dots
        )
        if at_y - y >= 2 * FAR:
            tied = [(x + k / 8 * (at_x - x), y + k / 8 * (at_y - 11 - y)) for k in range(1, 9)]
            crossed = any(
                box_around(at, 5).holds(Box(*dot, *dot))
                for at in tied
                for dot in dots
                if dot != spot
            ) or any(label.meets(box_around(at, 1)) for at in tied for label in labels)
        if room.holds(box) and not crossed and not any(box.meets(other) for other in taken):
            return at_x, at_y, anchor
    return None


def flowing(wide: list[float], room: float) -> list[tuple[int, float]]:
    """The row of each piece and where it begins there, when pieces so wide fill rows one after
    another.
    """
    places: list[tuple[int, float]] = []
    row, x = 0, 0.0
    for piece in wide:
        if x and x + piece > room:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += piece
    return places
