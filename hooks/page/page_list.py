"""The registry of lists: a comment such as `<!-- map -->` asks for one by its name, and a function
writes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Writer = Callable[..., str]
"""Writes a list as HTML, from a request of `hooks/lists/request.py`."""


@dataclass(frozen=True)
class PageList:
    """A list that any page may show. A `choosing` one takes a word more in its comment: which
    table, which part.
    """

    name: str
    write: Writer
    choosing: bool


_registered: dict[str, PageList] = {}


def page_list(name: str, choosing: bool = False) -> Callable[[Writer], Writer]:
    """Register a function as the writer of the list that comments call `name`."""

    def register(write: Writer) -> Writer:
        if name in _registered:
            raise ValueError(f"two lists are called '{name}'")
        _registered[name] = PageList(name, write, choosing)
        return write

    return register


def page_lists() -> Mapping[str, PageList]:
    """Every list by its name.

    Refuses to answer before `hooks.lists` has been imported: every list would pass for a remark.
    """
    if not _registered:
        raise RuntimeError("no list is registered: import hooks.lists first")
    return _registered
