"""The whole: a site is left as it lies while nothing has changed that it was made from, and nothing in it.

What it was made from is read and compared, always. The site itself is read unless the system says that no file of it
has been touched since it was read last.
"""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from time import time_ns
from typing import Any

from hooks.day import today
from hooks.kept.house import house
from hooks.store import Store

FOLDERS = ("hooks", "figures", "tests")
"""What a site is made from, besides its documents and what the house rests on."""

CORES = os.cpu_count() or 1
SETTLED = 50_000_000
"""So many nanoseconds after a write, the system's clock has surely moved on."""


class Whole:
    """The site of a configuration, in a project at `root`, and what a folder has kept of both."""

    def __init__(self, root: Path, config: Any, kept: Path):
        self._root = root
        self._docs = Path(config.docs_dir)
        self._site = Path(config.site_dir)
        self._settings = settings(config)
        self._store = Store(
            kept, house(root)
        )  # what other code of ours has written is none of this one's business
        self._sources = self._digest()

    def stands(self) -> bool:
        """Whether the site holds, to the byte, what a build would make of its sources."""
        sources, looked, held = self._store.read(str(self._site), tuple[str, str, str]) or (
            "",
            "",
            "",
        )
        if sources != self._sources:
            return False
        now = looks(
            self._site
        )  # before anything is read, so that what is written meanwhile shows the next time
        if now and now == looked:
            return True
        if held != contents(self._site):
            return False
        self._remember(now, held)
        return True

    def keep(self) -> None:
        """Remember what has just been built, unless somebody has edited meanwhile."""
        if self._digest() == self._sources:
            self._remember(looks(self._site), contents(self._site))

    def _remember(self, looked: str, held: str) -> None:
        self._store.write(str(self._site), (self._sources, looked, held))

    def _digest(self) -> str:
        found = sha256(f"{house(self._root)}{self._settings}".encode())
        for folder in (self._docs, *(self._root / name for name in FOLDERS)):
            found.update(contents(folder).encode())
        return found.hexdigest()


def contents(folder: Path) -> str:
    """A digest of every file below a folder, and of where it lies; not of what is hidden there or compiled."""
    paths = sorted(_below(folder))
    shares = [paths[core::CORES] for core in range(CORES)]
    with ThreadPoolExecutor(
        CORES
    ) as threads:  # what is read and digested is outside of Python's lock
        digests = dict(pair for share in threads.map(_digests, shares) for pair in share)
    return sha256(
        repr([(path.removeprefix(str(folder)), digests[path]) for path in paths]).encode()
    ).hexdigest()


def looks(folder: Path) -> str:
    """A digest of what the system says of every file below a folder. It changes with every write, and costs a tenth of reading.

    Empty where it might not: something was written or taken away just now, or the system counts whole seconds only.
    """
    try:
        found = [
            (path.removeprefix(str(folder)), Path(path).lstat()) for path in sorted(_below(folder))
        ]
    except OSError:
        return ""
    changes, now = [said.st_ctime_ns for _, said in found], time_ns()
    if any(now - change < SETTLED for change in changes) or all(
        change % 10**9 == 0 for change in changes
    ):
        return ""
    return sha256(
        repr(
            [
                (path, said.st_ino, said.st_size, said.st_mtime_ns, said.st_ctime_ns)
                for path, said in found
            ]
        ).encode()
    ).hexdigest()


def settings(config: Any) -> str:
    """A configuration as MkDocs has understood it: its file, the command line, the environment, the theme's folders, and the day."""
    known = json.dumps(
        dict(config),
        default=lambda value: (
            dict(value) if isinstance(value, Mapping) else type(value).__qualname__
        ),
        skipkeys=True,
    )
    file = Path(config.config_file_path)
    return f"{known}{today()}{config.theme.dirs}{file.read_text('utf-8') if file.is_file() else ''}"  # no file where it comes from standard input


def _below(folder: Path) -> Iterator[str]:
    for root, folders, files in os.walk(folder, followlinks=True):  # as MkDocs does
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            f"{root}/{name}"
            for name in files
            if not name.startswith(".") and not name.endswith(".pyc")
        )


def _digests(paths: list[str]) -> list[tuple[str, str]]:
    return [(path, _file(path)) for path in paths]


def _file(path: str) -> str:
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""  # a link to nowhere, or gone meanwhile
