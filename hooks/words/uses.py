"""Uses: the sections of the site in which a term is used or a work is cited."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from hooks.address import quoted
from hooks.words.forms import Forms
from hooks.words.mark import CITED
from hooks.words.prose import Prose, Section

TAUGHT = ("essays/", "calculator/", "reference/")
"""The pages that count: not lists of pages, nor the glossary itself."""


@dataclass(frozen=True)
class Spot:
    """A section of a page: its address from the root of the language, and what a reader knows both by."""

    page: str
    title: str
    section: Section

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"{self.page}#{self.section.id}" if self.section.id else self.page

    @property
    def told(self) -> tuple[str, ...]:
        """All of it."""
        return self.page, self.title, self.section.id, self.section.title

    @property
    def number(self) -> str:
        """The section's number where its heading has one."""
        match = re.match(r"\d+(?=[.．、)）])", self.section.title)
        return match[0] if match else ""


@dataclass(frozen=True)
class Page:
    """A page's sections, and those of them that use a term or cite a work."""

    spots: list[Spot]
    terms: dict[str, list[Spot]]
    works: dict[str, list[Spot]]


class Uses:
    """Collects from pages as they are rendered."""

    def __init__(self, forms: Forms):
        self._forms = forms
        self.pages: dict[str, Page] = {}
        self.terms: dict[str, list[Spot]] = defaultdict(list)
        self.works: dict[str, list[Spot]] = defaultdict(list)
        self.spots: dict[str, Spot] = {}
        """Every section by its address."""

    def take(self, uri: str, title: str, prose: Prose) -> None:
        """Read a page. `title` is its own; what follows a colon in it is left out."""
        if not uri.startswith(TAUGHT):
            return
        spots = [
            Spot(
                quoted(uri.removesuffix("index.md")), re.split(r"[:：]", title)[0].strip(), section
            )
            for section in prose.sections
        ]
        found: dict[str, set[int]] = defaultdict(set)
        cited: dict[str, set[int]] = defaultdict(set)
        for piece in prose.pieces:
            for hit in chain.from_iterable(map(self._forms.hits, piece.said)):
                found[hit.term].add(piece.section)
        for link in prose.links:
            if match := CITED.search(link.href):
                cited[match[1]].add(link.section)
        self.put(
            uri,
            Page(
                spots,
                *(
                    {
                        key: [spots[section] for section in sorted(sections)]
                        for key, sections in by.items()
                    }
                    for by in (found, cited)
                ),
            ),
        )

    def put(self, uri: str, page: Page) -> None:
        """Take a page that has been read."""
        self.pages[uri] = page
        self.spots |= {spot.address: spot for spot in page.spots}
        for where, by in ((self.terms, page.terms), (self.works, page.works)):
            for key, spots in by.items():
                where[key] += spots
