"""A box: something large that waits for its turn, small while it waits. A site's pages all wait until the last one is read."""

import pickle
import zlib
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    """Holds one thing: in a file, or compressed where there is none; or as it is, if it will not wait for long."""

    def __init__(self, content: T, file: IO[bytes] | None = None, packed: bool = True):
        """`file` belongs to boxes alone; one that is in it is pickled without it."""
        self._content = None if packed else content
        self._file = file if packed else None
        told = pickle.dumps(content, pickle.HIGHEST_PROTOCOL) if packed else b""
        if self._file:
            self._at, self._size = self._file.seek(0, 2), self._file.write(told)
        self._packed = zlib.compress(told, 1) if packed and not file else b""

    def open(self) -> T:
        """The thing; one that was packed comes anew each time."""
        if self._content is not None:
            return self._content
        content: T = pickle.loads(self._read() if self._file else zlib.decompress(self._packed))
        return content

    def __getstate__(self) -> dict[str, Any]:
        return {
            "_content": None,
            "_file": None,
            "_packed": zlib.compress(self._read(), 1) if self._file else self._packed,
        }

    def _read(self) -> bytes:
        assert self._file
        self._file.seek(self._at)
        return self._file.read(self._size)
