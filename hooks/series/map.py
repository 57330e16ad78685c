"""The map of the series: where each item stands, and the lines from what is needed to what needs
it.

A list is laid out by this plan, and an SVG of lines lies beneath it: on a wide page in layers from
top to bottom, on a phone as one column with arcs beside it. Cells are equally large, so the lines
meet them at any size of text.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from hooks.series.item import Item
from hooks.series.route import Route

HALF = 12
"""Half the width of a cell, and half its height, in the drawing's own units."""

GUTTER = 40
"""How far the arcs reach on a phone."""


WIDEST = 5
"""So many items stand side by side on a wide page; a wider map is one column there too."""


@dataclass(frozen=True)
class MapPosition:
    """An item on the map: its row and the left one of the two half columns that it takes, both from
    0.
    """

    item: Item
    row: int
    column: int


class Map:
    """The items in layers, each below all that it needs; the longest layer fills the width, others
    stand in the middle.
    """

    def __init__(self, route: Route):
        self._route = route
        self._rank = {item.slug: place for place, item in enumerate(route.items)}
        self._row: dict[str, int] = {}
        for item in route.items:
            self._sink(item)
        self._layers = [
            [item.slug for item in route.items if self._row[item.slug] == row]
            for row in range(max(self._row.values(), default=-1) + 1)
        ]
        self.width = max(map(len, self._layers), default=0)
        self.height = len(self._layers)
        self._links = [(need.slug, item.slug) for item in route.items for need in self.direct(item)]
        if self.layered:
            self._untangle()
        items = {item.slug: item for item in route.items}
        self.spots = [
            MapPosition(items[slug], row, self._x(slug) - 1)
            for row, layer in enumerate(self._layers)
            for slug in layer
        ]
        """In the order in which the list names them."""

    @property
    def layered(self) -> bool:
        """Whether a wide page has room for the layers."""
        return self.width <= WIDEST

    def direct(self, item: Item) -> list[Item]:
        """What it needs, less what the others of these need in their turn."""
        needs = self._route.needs(item)
        further = set().union(*(self._route.behind(need) for need in needs))
        return [need for need in needs if need.slug not in further]

    def lines(self) -> str:
        """The paths for a wide page: straight down through the rows, and across in the space
        between two of them.
        """
        return "".join(
            _line([x * HALF for x in self._way(*link)], self._row[link[0]]) for link in self._links
        )

    def arcs(self) -> str:
        """The paths for a phone: straight down to the next one, and a bow to what lies further
        down.
        """
        at = {spot.item.slug: index for index, spot in enumerate(self.spots)}
        longest = max((at[item] - at[need] for need, item in self._links), default=1)
        drawn = []
        for need, item in self._links:
            top, bottom = ((2 * at[slug] + 1) * HALF for slug in (need, item))
            bow = round(GUTTER * (1 - (at[item] - at[need] - 1) / longest))
            drawn.append(
                f'<path d="M{GUTTER} {top}C{bow} {top} {bow} {bottom} {GUTTER} {bottom}"/>'
            )
        return "".join(drawn)

    def _sink(self, item: Item) -> int:
        """The row of an item: one below the lowest of what it needs."""
        if item.slug not in self._row:
            self._row[item.slug] = max(
                (self._sink(need) + 1 for need in self._route.needs(item)), default=0
            )
        return self._row[item.slug]

    def _x(self, slug: str) -> int:
        """The middle of its cell, in half columns."""
        layer = self._layers[self._row[slug]]
        return self.width - len(layer) + 2 * layer.index(slug) + 1

    def _way(self, need: str, item: str) -> list[int]:
        """Where a line stands in each row from one item to another; it passes a row through the
        nearest gap, the outer one of two.
        """
        xs, end = [self._x(need)], self._x(item)
        for row in range(self._row[need] + 1, self._row[item]):
            straight = xs[-1] + (end - xs[-1]) / (self._row[item] - row + 1)
            half = len(self._layers[row])
            gaps = range(self.width - half, self.width + half + 1, 2)
            xs.append(min((abs(gap - straight), -abs(gap - self.width), gap) for gap in gaps)[2])
        return [*xs, end]

    def _untangle(self) -> None:
        """Row by row, down and up again, the order that leaves the least of a tangle, until that
        changes nothing.
        """
        before: list[list[str]] = []
        while before != self._layers:
            before = [*self._layers]
            for row in (*range(self.height), *reversed(range(self.height))):
                orders = [list(order) for order in permutations(self._layers[row])]
                self._layers[row] = min(orders, key=lambda order, row=row: self._tangle(row, order))  # type: ignore[misc]

    def _tangle(self, row: int, order: list[str]) -> tuple[int, int, int]:
        """With a row in some order: how many lines cross, how far they lead sideways, how often the
        path reads from right to left.
        """
        self._layers[row] = order
        steps = [
            (self._row[need] + down, *pair)
            for need, item in self._links
            for down, pair in enumerate(pairwise(self._way(need, item)))
        ]
        crossings = sum(
            at == other and (x - u) * (y - v) < 0
            for (at, x, y), (other, u, v) in combinations(steps, 2)
        )
        backwards = sum(
            self._rank[x] > self._rank[y]
            for layer in self._layers
            for x, y in combinations(layer, 2)
        )
        return crossings, sum((x - y) ** 2 for _, x, y in steps), backwards


def _line(xs: list[int], row: int) -> str:
    """From the middle of a row to the middle of another, through every x of the rows on the way."""
    edge, bend = 2 * HALF, HALF // 3
    turns = (
        f"V{y - bend}C{x} {y} {to} {y} {to} {y + bend}"
        for y, (x, to) in enumerate(pairwise(xs), row + 1)
        for y in (y * edge,)
    )
    return (
        f'<path d="M{xs[0]} {row * edge + HALF}{"".join(turns)}V{(row + len(xs)) * edge - HALF}"/>'
    )
