"""Drawings by what they show: drawn again only when that, or a file that they depend on, has
changed.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from figures import style
from hooks.cache.fingerprint import digest_of
from hooks.cache.store import Store
from hooks.pictures.tracing import reading

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
STYLE = ROOT / "figures" / "style.py"
SOURCES = (STYLE, style.METRICS, *sorted(HERE.parent.glob("*.py")))
"""What a drawing depends on besides its own file: the style, and every file of this room."""


OWN = {path.relative_to(ROOT).as_posix() for path in SOURCES}
"""The same as names of inputs; Python may read one of them once for many drawings."""

Cached = tuple[tuple[str, str], dict[str, str]]
"""Two drawings, and the digests of the files that were read for them."""


@cache
def _matplotlib() -> str:
    """Its version, asked for once: the answer costs ten milliseconds. It is not imported for
    that.
    """
    return version("matplotlib")


class DrawingCache:
    """The drawings in a folder; without one, all are drawn. A miss costs 0.1 to 0.2 seconds a
    drawing.
    """

    def __init__(self, folder: Path | None, root: Path):
        self._folder = folder
        self._root = root
        self.read: frozenset[str] = frozenset()
        """What was read when a drawing was made that now comes from the cache."""

    def drawings(self, shown: list[str], draw: Callable[[float], str]) -> tuple[str, str]:
        """The drawings for a page and for a phone, cached ones if the same has been drawn from
        the same files.

        `shown` is the figure's file and all that it shows; `draw` draws in a width.
        """

        def both() -> tuple[str, str]:
            return draw(style.WIDE), draw(style.PHONE)

        if self._folder is None:
            return both()
        digests = [sha256(source.read_bytes()).hexdigest() for source in SOURCES]
        store, name = Store(self._folder), repr([*shown, *digests, _matplotlib()])
        cached: Cached | None = store.read(name, Cached)
        if cached and all(digest_of(self._root / path) == was for path, was in cached[1].items()):
            self.read = frozenset(cached[1])
            return cached[0]
        with reading(self._root) as read:
            drawings = both()
        store.write(name, (drawings, {path: digest_of(self._root / path) for path in read}))
        return drawings
