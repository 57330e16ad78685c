"""The store: a folder of records that outlive a build. What is damaged, half-written or of another house is as if it were not there."""

import os
import pickle
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

DIGEST = 64
"""The length of a digest in hexadecimal signs."""


class Store:
    """Records by name, below a folder that nobody else writes to.

    `house` is a digest of all that every record rests on; a record of another house is ignored.
    """

    def __init__(self, folder: Path, house: str):
        self.folder = folder
        self.house = house
        self._used: set[str] = set()

    def read(self, name: str) -> Any | None:
        """The record, or None where there is none that can be trusted."""
        try:
            with self._path(name).open("rb") as file:
                house, digest, content = file.read(DIGEST), file.read(DIGEST), file.read()
        except OSError:
            return None
        if house != self.house.encode() or digest != _digest(self.house, name, content):
            return None
        self._used.add(name)
        return pickle.loads(content)  # what the digest has vouched for: our own writing

    def write(self, name: str, record: Any) -> None:
        """Keep a record. Two builds may do so at once, so it appears whole or not at all."""
        content = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=self.folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(self.house.encode() + _digest(self.house, name, content) + content)
        Path(part).replace(self._path(name))
        self._used.add(name)

    def prune(self) -> None:
        """Drop every record that nobody has read or written since this store was opened."""
        kept = {self._path(name) for name in self._used}
        for path in self.folder.glob("*.kept"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{sha256(name.encode()).hexdigest()[:24]}.kept"


def _digest(house: str, name: str, content: bytes) -> bytes:
    return sha256(b"\0".join((house.encode(), name.encode(), content))).hexdigest().encode()
