"""A box: something large that waits for its turn, small while it waits. A site's pages all wait until the last one is read."""

import pickle
import zlib
from typing import IO, Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    """Holds one thing, compressed, in a file where there is one; or as it is, if it will not wait for long."""

    def __init__(self, content: T, file: IO[bytes] | None = None, packed: bool = True):
        """`file` belongs to boxes alone; one that is in it cannot be pickled."""
        self._content = None if packed else content
        self._file = file if packed else None
        self._packed = zlib.compress(pickle.dumps(content, pickle.HIGHEST_PROTOCOL), 1) if packed else b""
        if self._file:
            self._at, self._size = self._file.seek(0, 2), self._file.write(self._packed)
            self._packed = b""

    def open(self) -> T:
        """The thing; one that was compressed comes anew each time."""
        if self._content is not None:
            return self._content
        packed = self._packed
        if self._file:
            self._file.seek(self._at)
            packed = self._file.read(self._size)
        content: T = pickle.loads(zlib.decompress(packed))
        return content
