"""A store: records that outlive a build, in a folder. What is damaged, half-written or of another house is as if it were not there."""

import logging
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from hooks import plain

T = TypeVar("T")

DIGEST = 64
"""The length of a digest in hexadecimal signs."""


log = logging.getLogger("mkdocs.hooks.store")


def tell(folder: Path, error: OSError) -> None:
    """Say, once a process, that a folder of records cannot be written: the build is right without, and slower."""
    if not _TOLD:
        log.info(
            "Nothing is kept for the next build: %s cannot be written (%s).",
            folder,
            error.strerror or error,
        )
    _TOLD.add(str(folder))


_TOLD: set[str] = set()
"""The folders that could not be written."""


class Store:
    """Records by name, below a folder that nobody else writes to.

    `house` stands for all that every record rests on besides its name; a record of another house is ignored.
    """

    def __init__(self, folder: Path, house: str = ""):
        self._folder = folder
        self._house = house
        self._used: set[Path] = set()
        self._sign = token_hex(8)  # of this store alone, whoever else writes to the folder

    def read(
        self, name: str, shape: Any = Any, sound: Callable[[Any], bool] = lambda _: True
    ) -> Any | None:
        """The record, or None where there is none that is whole, of this `shape`, and `sound`.

        Whoever writes to the folder can make such a record, but none that runs code: see hooks/plain.py.
        """
        path = self._path(name)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        digest, content = found[:DIGEST], found[DIGEST:]
        if digest != self._digest(name, content):
            return None
        record = plain.read(content, shape, sound)
        if record is not None:
            self._used.add(path)
        return record

    def write(self, name: str, record: Any) -> None:
        """Keep a record. Two builds may do so at once, so it appears whole or not at all.

        Where the folder cannot be written, nothing is kept and the build says so once.
        """
        content = plain.written(record)
        path = self._path(name)
        part = path.with_suffix(f".{self._sign}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.writelines((self._digest(name, content), content))
            part.replace(path)
        except OSError as error:
            tell(self._folder, error)
            with suppress(OSError):
                part.unlink()
        else:
            self._used.add(path)

    def made(self, name: str, shape: type[T], make: Callable[[], T]) -> T:
        """The record; where there is none, what `make` makes, which is kept."""
        record: T | None = self.read(name, shape)
        if record is None:
            record = make()
            self.write(name, record)
        return record

    def prune(self) -> None:
        """Drop every record that nobody has read or written since this store was opened."""
        with suppress(OSError):
            for path in set(self._folder.glob("*.kept")) - self._used:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{sha256(name.encode()).hexdigest()[:24]}.kept"

    def _digest(self, name: str, content: bytes) -> bytes:
        digest = sha256(b"\0".join((self._house.encode(), name.encode(), b"")))
        digest.update(content)
        return digest.hexdigest().encode()
