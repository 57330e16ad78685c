"""A box: something large that waits for its turn, small while it waits. A site's pages all wait until the last one is read."""

import pickle
import zlib
from typing import IO, Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    """Holds one thing: in a file, or compressed where there is none; or as it is, if it will not wait for long."""

    def __init__(self, content: T, file: IO[bytes] | None = None, packed: bool = True):
        """`file` belongs to boxes alone. What is packed is of this process: a record of a box is its content (hooks/plain.py)."""
        self._content = None if packed else content
        self._file = file if packed else None
        told = pickle.dumps(content, pickle.HIGHEST_PROTOCOL) if packed else b""
        if self._file:
            self._at, self._size = self._file.seek(0, 2), self._file.write(told)
        self._packed = zlib.compress(told, 1) if packed and not file else b""

    def pack(self) -> None:
        """Make it small, if it is not: nobody will ask for it soon."""
        if self._content is not None:
            self._packed = zlib.compress(pickle.dumps(self._content, pickle.HIGHEST_PROTOCOL), 1)
            self._content = None

    def open(self) -> T:
        """The thing; one that was packed comes anew each time."""
        if self._content is not None:
            return self._content
        content: T = pickle.loads(self._read() if self._file else zlib.decompress(self._packed))
        return content

    def _read(self) -> bytes:
        assert self._file
        self._file.seek(self._at)
        return self._file.read(self._size)
