"""A store: records that outlive a build, in a folder. A damaged or half-written record is
treated as missing.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from hooks.cache import json_records as plain

T = TypeVar("T")

DIGEST = 64
"""The length of a digest in hexadecimal digits."""

log = logging.getLogger("mkdocs.hooks.store")


def report_unwritable(folder: Path, error: OSError) -> None:
    """Log, once a process, that a folder of records cannot be written: the build is right
    without, and slower.
    """
    if not _REPORTED:
        log.info(
            "Nothing is cached for the next build: %s cannot be written (%s).",
            folder,
            error.strerror or error,
        )
    _REPORTED.add(str(folder))


_REPORTED: set[str] = set()
"""The folders that could not be written."""


class Store:
    """Records by name. `version` stands for all that every record depends on; a record of
    another version is missing.
    """

    def __init__(self, folder: Path, version: str = ""):
        self._folder = folder
        self._version = version
        self._used: set[Path] = set()
        self._id = token_hex(8)  # of this store alone, whoever else writes to the folder

    def read(self, name: str, shape: Any = Any) -> Any | None:
        """The record, or None where there is none that is undamaged and of this `shape`."""
        path = self._path(name)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        digest, content = found[:DIGEST], found[DIGEST:]
        if digest != self._digest(name, content):
            return None
        record = plain.decode(content, shape)
        if record is not None:
            self._used.add(path)
        return record

    def write(self, name: str, record: Any) -> bool:
        """Write a record, and say whether it could be written.

        Two builds may do so at once, so it appears complete or not at all. Where the folder
        cannot be written, the build logs that once. Raises TypeError for what is not plain
        data.
        """
        content = plain.encode(record)
        path = self._path(name)
        part = path.with_suffix(f".{self._id}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.writelines((self._digest(name, content), content))
            part.replace(path)
        except OSError as error:
            report_unwritable(self._folder, error)
            with suppress(OSError):
                part.unlink()
            return False
        self._used.add(path)
        return True

    def made(self, name: str, shape: type[T], make: Callable[[], T]) -> T:
        """The record; where there is none, what `make` returns, which is written."""
        record: T | None = self.read(name, shape)
        if record is None:
            record = make()
            self.write(name, record)
        return record

    def prune(self) -> None:
        """Delete every record that has been neither read nor written since this store was
        opened.
        """
        with suppress(OSError):
            for path in set(self._folder.glob("*.record")) - self._used:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{sha256(name.encode()).hexdigest()[:24]}.record"

    def _digest(self, name: str, content: bytes) -> bytes:
        digest = sha256(b"\0".join((self._version.encode(), name.encode(), b"")))
        digest.update(content)
        return digest.hexdigest().encode()
