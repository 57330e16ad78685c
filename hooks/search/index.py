"""The index: every page's sections in one language, as two scripts that a browser fetches when its reader reaches for search."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import IO, Any

from hooks.address import quoted
from hooks.box import Box
from hooks.feeds.address import page_of
from hooks.formula.format import Language
from hooks.formula.library import Library
from hooks.search.entries import quantities
from hooks.search.section import Section, sections

QUANTITIES = '<section class="quantities"'
"""What a page holds where it lists the quantities."""


class Index:
    """Collects the pages of one build."""

    def __init__(self, library: Library, language: Language, aside: IO[bytes] | None = None):
        """`aside` is the file in which pages wait."""
        self.library = library
        self.language = language
        self.heads: dict[str, tuple[str, str]] = {}
        self.pages: dict[str, Box[list[Section]]] = {}
        self._aside = aside

    def head(self, uri: str, meta: Mapping[str, Any]) -> None:
        """Take a page's title and question, which its own HTML does not hold."""
        self.heads[uri] = str(meta.get("title") or ""), str(meta.get("question") or "")

    def page(self, uri: str, html: str, words: Callable[[str], str] = str) -> None:
        """Take a page's own HTML, before figures and panels are in it; `words` tells a text in which something stands aside."""
        self.pages[uri] = Box(
            sections(html, words)
            + (quantities(self.library, self.language) if QUANTITIES in html else []),
            self._aside,
        )

    def put(self, uri: str, told: tuple[tuple[str, str], Box[list[Section]]]) -> None:
        """Take a page as `of` has told of it."""
        self.heads[uri], self.pages[uri] = told

    def of(self, uri: str) -> tuple[tuple[str, str], Box[list[Section]]]:
        """What has been taken of a page."""
        return self.heads[uri], self.pages[uri]

    def texts(self) -> dict[str, bytes]:
        """The two scripts by file name: what is matched and shown first, and the sections' texts in the same order."""
        order = sorted(self.pages, key=lambda uri: (not self.heads[uri][1], uri))
        heads, said = [], []
        for uri in order:
            page = self.pages[uri].open()
            heads.append(_compact(self._heads(uri, page)))
            said += [_compact(one.text) for one in page]
        texts = b"search.told([%b]);\n" % b",".join(said)
        name = f"search-texts.js?{sha256(texts).hexdigest()[:8]}"
        return {
            "search-heads.js": b"search.take([%b],%b);\n" % (b",".join(heads), _compact(name)),
            "search-texts.js": texts,
        }

    def _heads(self, uri: str, page: list[Section]) -> list[Any]:
        title, question = self.heads[uri]
        address = page_of(uri)
        top = [
            "",
            0,
            question,
            address.rstrip("/").rpartition("/")[2].replace("-", " "),
        ]  # an address is English words in every language
        return [
            quoted(address),
            title,
            int(bool(question)),
            [top, *(_head(one) for one in page[1:])],
        ]


def _head(one: Section) -> list[Any]:
    return [one.id, one.depth, one.heading, *([one.names] if one.names else [])]


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
