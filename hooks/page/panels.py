"""Rendered panels, kept for other pages and later builds: a series told in one scenario shares most of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

LIMIT = 4096
"""So many are kept, some twenty pages' worth."""


@dataclass(frozen=True)
class Panel:
    """A rendered panel, and the names that its buttons open in turn, each where the first or the second term of the reference stands."""

    title: str
    html: str
    children: tuple[tuple[str, int], ...]


class Panels:
    """The panels that were asked for last, by a key that says all that they show."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Panel] = OrderedDict()

    def panel(self, key: Hashable, render: Callable[[], Panel]) -> Panel:
        """The panel of a key, rendered if nobody has asked for it lately."""
        if key not in self._kept:
            self._kept[key] = render()
            if len(self._kept) > LIMIT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
