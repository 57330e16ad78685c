"""The whole: a site is left as it lies while nothing has changed that it was made from, and nothing in it."""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from hooks.kept.house import house
from hooks.store import Store

FOLDERS = ("hooks", "figures", "tests")
"""What a site is made from, besides its documents and what the house rests on."""


class Whole:
    """The site of a configuration, in a project at `root`, and what a folder has kept of both."""

    def __init__(self, root: Path, config: Any, kept: Path):
        self._root = root
        self._docs = Path(config.docs_dir)
        self._site = Path(config.site_dir)
        self._settings = settings(config)
        self._store = Store(kept)

    def stands(self) -> bool:
        """Whether the site holds, to the byte, what a build would make of what is there now."""
        self._before = self._made_from()
        record = self._store.read(str(self._site))
        return record is not None and record[0] == self._before and record[1] == contents(self._site)

    def keep(self) -> None:
        """Keep in mind what has just been built, unless somebody has edited meanwhile."""
        if self._made_from() == self._before:
            self._store.write(str(self._site), (self._before, contents(self._site)))

    def _made_from(self) -> str:
        found = sha256(f"{house(self._root)}\0{self._settings}".encode())
        for folder in (self._docs, *(self._root / name for name in FOLDERS)):
            found.update(contents(folder).encode())
        return found.hexdigest()


def contents(folder: Path) -> str:
    """A digest of every file below a folder, and of where it lies; not of what is hidden there or compiled."""
    paths = sorted(_below(folder))
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # a digest is computed outside of Python's lock
        return sha256(repr([(path.removeprefix(str(folder)), digest) for path, digest in zip(paths, threads.map(_digest, paths), strict=True)]).encode()).hexdigest()


def settings(config: Any) -> str:
    """A configuration as MkDocs has understood it: its file, the command line, the environment and the theme's folders."""
    known = json.dumps(dict(config), default=lambda value: dict(value) if isinstance(value, Mapping) else type(value).__qualname__, skipkeys=True)
    return f"{known}{config.theme.dirs}{Path(config.config_file_path).read_text('utf-8')}"


def _below(folder: Path) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (f"{root}/{name}" for name in files if not name.startswith(".") and not name.endswith(".pyc"))


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
