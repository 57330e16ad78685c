"""Rendered panels, kept for other pages and later builds: a series told in one scenario shares most of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from errno import ENOSPC
from tempfile import TemporaryFile
from typing import TypeVar

from hooks.page.reference import Reference

LIMIT = 4096
"""So many are known, some twenty pages' worth, and the trees of so many."""


@dataclass(frozen=True)
class Panel:
    """A rendered panel, and what its buttons open in turn, each where the first or the second term of the reference stands."""

    title: str
    html: str
    children: tuple[tuple[Reference, int], ...]


@dataclass(frozen=True)
class Laid:
    """A panel whose HTML lies in the file of all panels: where it begins, and how long it is."""

    title: str
    place: tuple[int, int]
    children: tuple[tuple[Reference, int], ...]


Tree = dict[str, tuple[float, Laid]]
"""A panel and all that it opens, by id, each with how many levels it opens in turn."""

T = TypeVar("T")


class Panels:
    """The panels that were asked for last, by a key that says all that they show. Their HTML lies in a file without a name."""

    def __init__(self) -> None:
        self._panels: OrderedDict[Hashable, Laid] = OrderedDict()
        self._trees: OrderedDict[Hashable, Tree] = OrderedDict()
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it goes with the panels
        self._end = 0

    def panel(self, key: Hashable, render: Callable[[], Panel]) -> Laid:
        """The panel of a key, rendered if nobody has asked for it lately."""
        return _latest(self._panels, key, lambda: self._laid(render()))

    def tree(self, key: Hashable, grow: Callable[[], Tree]) -> Tree:
        """What a panel opens, likewise; nobody else may change it."""
        return _latest(self._trees, key, grow)

    def html(self, places: Iterable[tuple[int, int]]) -> str:
        """The HTML of panels, one after the other."""
        return b"".join(map(self._read, places)).decode()

    def _laid(self, panel: Panel) -> Laid:
        html, at = panel.html.encode(), self._end
        self._file.seek(at)
        if self._file.write(html) != len(html):
            raise OSError(ENOSPC, "no room for the panels of this build")
        self._end += len(html)
        return Laid(panel.title, (at, len(html)), panel.children)

    def _read(self, place: tuple[int, int]) -> bytes:
        self._file.seek(place[0])
        return self._file.read(place[1])


def _latest(kept: OrderedDict[Hashable, T], key: Hashable, make: Callable[[], T]) -> T:
    """What is kept under a key, made if it is not, and the oldest let go of."""
    if key not in kept:
        made = make()
        kept[key] = made
        if len(kept) > LIMIT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
