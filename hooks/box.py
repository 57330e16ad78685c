"""A box: something large that waits for its turn, small while it waits. A site's pages all wait until the last one is read."""

import pickle
import zlib
from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    """Holds one thing, compressed."""

    def __init__(self, content: T):
        self._packed = zlib.compress(pickle.dumps(content, pickle.HIGHEST_PROTOCOL), 1)

    def open(self) -> T:
        """The thing, anew each time."""
        content: T = pickle.loads(zlib.decompress(self._packed))
        return content
