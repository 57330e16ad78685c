"""Whether a site is as a build would make it: then it is left as it is. Without this an unchanged
site costs half a build's start.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from hooks.cache.fingerprint import digest_of
from hooks.cache.store import Store

FOLDERS = ("hooks", "figures", "tests")
"""What a site is made from, besides its documents, its configuration and single files that its
figures read.
"""

Known = tuple[str, str, dict[str, str]]
"""The digests of a site's sources and of its own files, and those of single files."""


class BuiltSite:
    """A site below `site`, made from some `folders` besides those of the project.

    `version` is the digest of what its sources do not hold: configuration, packages, the day.
    """

    def __init__(self, root: Path, folders: list[Path], site: Path, store: Store, version: str):
        self._root, self._site, self._store = root, site, store
        self._folders = [*folders, *(root / name for name in FOLDERS)]
        self._version = version
        self._sources = self._digest()

    def is_unchanged(self) -> bool:
        """Whether the site holds, to the byte, what a build would make of its sources."""
        known: Known | None = self._store.read(str(self._site), Known)
        return (
            known is not None
            and known[0] == self._sources
            and all(digest_of(self._root / path) == digest for path, digest in known[2].items())
            and known[1] == folder_digest(self._site)
        )

    def remember(self, files: dict[str, str]) -> None:
        """Remember what has just been built, unless somebody has edited meanwhile. `files` are the
        digests of single files.
        """
        if self._digest() == self._sources:
            self._store.write(str(self._site), (self._sources, folder_digest(self._site), files))

    def _digest(self) -> str:
        parts = [self._version, *map(folder_digest, self._folders)]
        return sha256(repr(parts).encode()).hexdigest()


def folder_digest(folder: Path) -> str:
    """A digest of every file below a folder and of its path, without what is hidden or compiled."""
    paths = sorted(_below(folder))
    with ThreadPoolExecutor(
        os.cpu_count()
    ) as threads:  # digests are computed outside of Python's lock
        digests = threads.map(digest_of, map(Path, paths), chunksize=64)
        found = [
            (path.removeprefix(str(folder)), digest)
            for path, digest in zip(paths, digests, strict=True)
        ]
    return sha256(repr(found).encode()).hexdigest()


def _below(folder: Path) -> Iterator[str]:
    for root, folders, files in os.walk(folder, followlinks=True):  # as MkDocs does
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            f"{root}/{name}"
            for name in files
            if not name.startswith(".") and not name.endswith(".pyc")
        )
