"""What a figure file reads while it runs: the files that it opens, the folders that it lists, the
modules that it imports.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

OPENED = ("open", "os.listdir", "os.scandir")
"""The audit events of Python that have a path as their first argument."""

_open: list[set[str]] = []
"""The sets that collect paths at present."""
_modules: set[str] = set()
"""The modules of the project that figures have imported."""


@contextmanager
def reading(root: Path) -> Iterator[set[str]]:
    """Collect the paths below `root`, relative to it, that are read meanwhile.

    Modules that a figure has imported are imported anew, since Python reads them only once; those
    of `hooks` and the style are not, since every page depends on them anyway. Without this an edit
    of such a file would leave stale figures.
    """
    for name in _modules:
        sys.modules.pop(name, None)
    _modules.clear()
    before, found, paths = set(sys.modules), set[str](), set[str]()
    _open.append(found)
    try:
        yield paths
    finally:
        _open.remove(found)
        for name in set(sys.modules) - before:
            path = _inside(getattr(sys.modules[name], "__file__", None) or "", root)
            if path and path != "figures/style.py":
                _modules.add(name)
                found.add(str(root / path))
        paths |= {path for name in found if (path := _inside(name, root))}
        for collecting in _open:
            collecting |= found


def _inside(name: str, root: Path) -> str:
    """A path relative to a folder; empty for one outside of it, or in something hidden. Compiled
    files are their sources.
    """
    if not name:
        return ""
    path = Path(os.path.abspath(name))  # noqa: PTH100 - links stay what they are
    if path.suffix == ".pyc":
        try:
            path = Path(source_from_cache(str(path)))
        except ValueError:
            return ""
    if path == root or not path.is_relative_to(root):
        return ""  # Python itself lists the project when it looks for a module
    inside = path.relative_to(root)
    hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
    return "" if hidden or inside.parts[:1] == ("hooks",) else inside.as_posix()


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _open and event in OPENED and isinstance(arguments[0], (str, bytes)):
        name = os.fsdecode(arguments[0])
        for found in _open:
            found.add(name)


sys.addaudithook(_audit)  # cannot be removed, and costs nothing while nobody collects
