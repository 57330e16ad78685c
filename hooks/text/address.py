"""An address, from the path of a file: the one place where it is escaped."""

from urllib.parse import quote


def quoted(path: str) -> str:
    """A path as part of an address, escaped as MkDocs escapes its own: `%E6%98%BE%20a/` for `显
    a/`.
    """
    return quote(path)
