"""Rendered panels, kept for other pages and later builds: a series told in one scenario shares most of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from tempfile import TemporaryFile

from hooks.page.reference import Reference

LIMIT = 8192
"""So many are known, some forty pages' worth."""


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
    at: int
    size: int
    children: tuple[tuple[Reference, int], ...]

    @property
    def place(self) -> tuple[int, int]:
        """By which its HTML is found again."""
        return self.at, self.size


class Panels:
    """The panels that were asked for last, by a key that says all that they show. Their HTML lies in a file without a name."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Laid] = OrderedDict()
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it goes with the panels
        self._end = 0

    def panel(self, key: Hashable, render: Callable[[], Panel]) -> Laid:
        """The panel of a key, rendered if nobody has asked for it lately."""
        if key not in self._kept:
            self._kept[key] = self._laid(render())
            if len(self._kept) > LIMIT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def html(self, places: Iterable[tuple[int, int]]) -> str:
        """The HTML of panels, one after the other."""
        return b"".join(map(self._read, places)).decode()

    def _laid(self, panel: Panel) -> Laid:
        html = panel.html.encode()
        self._file.seek(self._end)
        self._file.write(html)
        laid = Laid(panel.title, self._end, len(html), panel.children)
        self._end += len(html)
        return laid

    def _read(self, place: tuple[int, int]) -> bytes:
        self._file.seek(place[0])
        return self._file.read(place[1])
