"""The index: every page's sections in one language, as two scripts that a browser fetches when
its reader reaches for search.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from hooks.formula.library import Library
from hooks.publish.feeds.page_address import page_of
from hooks.publish.search.entries import quantities
from hooks.publish.search.section import Section, sections
from hooks.text.address import quoted
from hooks.text.languages import Language

QUANTITIES = '<section class="quantities"'
"""What a page holds where it lists the quantities."""


@dataclass(frozen=True)
class IndexedPage:
    """A page as search knows it; title and question are in its front matter, the sections in
    its HTML.
    """

    uri: str
    title: str
    question: str
    sections: list[Section]


@dataclass(frozen=True)
class SearchedTerm:
    """A term as search knows it: its names, the language's own first, and the addresses of the
    places that explain it, the best first. Some of them may not be on the site.
    """

    names: tuple[str, ...]
    places: tuple[str, ...]


def indexed(
    html: str, words: Callable[[str], str], library: Library, language: Language
) -> list[Section]:
    """The sections of a page's own HTML with placeholders in it; `words` puts their words into
    it.
    """
    listed = quantities(library, language) if QUANTITIES in html else []
    return sections(words(html)) + listed


def search_scripts(
    pages: Iterable[IndexedPage], terms: Iterable[SearchedTerm] = ()
) -> dict[str, bytes]:
    """The two scripts by file name: what is matched and shown first with the terms, and the
    sections' texts in the same order.
    """
    heads, texts = [], []
    numbers: dict[str, int] = {}
    called: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: (not page.question, page.uri)):
        address = page_of(page.uri)
        called[address] = f"{page.title} {_slug(page)}"
        for one in page.sections:
            numbers[f"{address}#{one.id}" if one.id else address] = len(numbers)
        heads.append(_compact(_heads(page)))
        texts += [_compact(one.text) for one in page.sections]
    glossary = _compact([[_place(term, numbers, called), *term.names] for term in terms])
    script = b"search.told([%b]);\n" % b",".join(texts)
    name = f"search-texts.js?{sha256(script).hexdigest()[:8]}"
    return {
        "search-heads.js": b"search.take([%b],%b,%b);\n"
        % (b",".join(heads), _compact(name), glossary),
        "search-texts.js": script,
    }


def _place(term: SearchedTerm, numbers: dict[str, int], called: dict[str, str]) -> int:
    """The number of the section that explains a term, -1 where none does: of the page that has the
    term in its title, the top.
    """
    named = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, term.names))})(?![a-z])", re.I)
    for place in term.places:
        page = place.partition("#")[0]
        if named.search(called.get(page, "")):
            place = page
        if place in numbers:
            return numbers[place]
    return -1


def _slug(page: IndexedPage) -> str:
    """English words in every language."""
    return page_of(page.uri).rstrip("/").rpartition("/")[2].replace("-", " ")


def _heads(page: IndexedPage) -> list[Any]:
    top = ["", 0, page.question, _slug(page)]
    return [
        quoted(page_of(page.uri)),
        page.title,
        int(bool(page.question)),
        [top, *(_head(one) for one in page.sections[1:])],
    ]


def _head(one: Section) -> list[Any]:
    return [one.id, one.depth, one.heading, *([one.names] if one.names else [])]


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
