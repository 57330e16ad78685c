"""The index: every page's sections in one language, as two scripts that a browser fetches when
its reader reaches for search.
"""

import json
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


def indexed(
    html: str, words: Callable[[str], str], library: Library, language: Language
) -> list[Section]:
    """The sections of a page's own HTML with placeholders in it; `words` puts their words into
    it.
    """
    listed = quantities(library, language) if QUANTITIES in html else []
    return sections(words(html)) + listed


def search_scripts(pages: Iterable[IndexedPage]) -> dict[str, bytes]:
    """The two scripts by file name: what is matched and shown first, and the sections' texts in
    the same order.
    """
    heads, texts = [], []
    for page in sorted(pages, key=lambda page: (not page.question, page.uri)):
        heads.append(_compact(_heads(page)))
        texts += [_compact(one.text) for one in page.sections]
    script = b"search.told([%b]);\n" % b",".join(texts)
    name = f"search-texts.js?{sha256(script).hexdigest()[:8]}"
    return {
        "search-heads.js": b"search.take([%b],%b);\n" % (b",".join(heads), _compact(name)),
        "search-texts.js": script,
    }


def _heads(page: IndexedPage) -> list[Any]:
    address = page_of(page.uri)
    slug = address.rstrip("/").rpartition("/")[2]
    top = ["", 0, page.question, slug.replace("-", " ")]  # English words in every language
    return [
        quoted(address),
        page.title,
        int(bool(page.question)),
        [top, *(_head(one) for one in page.sections[1:])],
    ]


def _head(one: Section) -> list[Any]:
    return [one.id, one.depth, one.heading, *([one.names] if one.names else [])]


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
