"""An address, from the path of a file: the one place where it is escaped."""

from urllib.parse import quote

COLLECTIONS = ("questions", "atlas", "serving", "notes")
"""The folders of short pages beside the essays, in the order of the menu."""

CARDS = {"operators": "atlas"}
"""The tables whose every row has a short page, and the collection that holds these."""


def card_of(table: str, row: str) -> str:
    """The source of the short page of a row; empty where rows of its table have none."""
    return f"{CARDS[table]}/{row}/index.md" if table in CARDS else ""


def collection_of(uri: str) -> str:
    """The folder of a short page, by its source; empty for an overview and for any other page."""
    folder, _, rest = uri.partition("/")
    return folder if folder in COLLECTIONS and rest not in ("", "index.md") else ""


def quoted(path: str) -> str:
    """A path as part of an address, escaped as MkDocs escapes its own: `%E6%98%BE%20a/` for `显
    a/`.
    """
    return quote(path)
