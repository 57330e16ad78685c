"""A store: records that outlive a build, in a folder. What is damaged, half-written or of another house is as if it were not there."""

import os
import pickle
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

DIGEST = 64
"""The length of a digest in hexadecimal signs."""


class Store:
    """Records by name, below a folder that nobody else writes to.

    `house` stands for all that every record rests on besides its name; a record of another house is ignored.
    """

    def __init__(self, folder: Path, house: str = ""):
        self._folder = folder
        self._house = house
        self._used: set[Path] = set()

    def read(self, name: str) -> Any | None:
        """The record, or None where there is none that can be trusted."""
        path = self._path(name)
        try:
            found = path.read_bytes()
        except OSError:
            return None
        digest, content = found[:DIGEST], found[DIGEST:]
        if digest != self._digest(name, content):
            return None
        self._used.add(path)
        return pickle.loads(content)  # what the digest has vouched for: our own writing

    def write(self, name: str, record: Any) -> None:
        """Keep a record. Two builds may do so at once, so it appears whole or not at all."""
        content = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(self._digest(name, content) + content)
        Path(part).replace(self._path(name))
        self._used.add(self._path(name))

    def made(self, name: str, make: Callable[[], Any]) -> Any:
        """The record; where there is none, what `make` makes, which is kept."""
        record = self.read(name)
        if record is None:
            record = make()
            self.write(name, record)
        return record

    def prune(self) -> None:
        """Drop every record that nobody has read or written since this store was opened."""
        for path in set(self._folder.glob("*.kept")) - self._used:
            path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{sha256(name.encode()).hexdigest()[:24]}.kept"

    def _digest(self, name: str, content: bytes) -> bytes:
        return sha256(b"\0".join((self._house.encode(), name.encode(), content))).hexdigest().encode()
