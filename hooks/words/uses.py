"""Uses: the sections of the site in which a term is used or a work is cited."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from hooks.text.address import collection_of, quoted
from hooks.words.forms import Forms
from hooks.words.mark import CITED
from hooks.words.prose import Prose, SectionSpan

TAUGHT = ("essays/", "calculator/", "reference/")
"""The pages that count, beside short ones: not lists of pages, nor the glossary itself."""


@dataclass(frozen=True)
class UsedIn:
    """A section of a page: its address from the root of the language, and what a reader knows both
    by.
    """

    page: str
    title: str
    section: SectionSpan

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"{self.page}#{self.section.id}" if self.section.id else self.page

    @property
    def number(self) -> str:
        """The section's number where its heading has one."""
        match = re.match(r"\d+(?=[.．、)）])", self.section.title)
        return match[0] if match else ""


@dataclass(frozen=True)
class PageUses:
    """A page's sections, and those of them that use a term or cite a work."""

    spots: list[UsedIn]
    terms: dict[str, list[UsedIn]]
    works: dict[str, list[UsedIn]]


def uses_of(uri: str, title: str, prose: Prose, forms: Forms) -> PageUses | None:
    """What a page uses; None for one that does not count. `title` is the page's; what follows a
    colon in it is left out.
    """
    if not (uri.startswith(TAUGHT) or collection_of(uri)):
        return None
    short = re.split(r"[:：]", title)[0].strip()
    spots = [
        UsedIn(quoted(uri.removesuffix("index.md")), short, section) for section in prose.sections
    ]
    terms: dict[str, set[int]] = defaultdict(set)
    works: dict[str, set[int]] = defaultdict(set)
    for run in prose.runs:
        for hit in chain.from_iterable(map(forms.hits, run.said)):
            terms[hit.term].add(run.section)
    for link in prose.links:
        if match := CITED.search(link.href):
            works[match[1]].add(link.section)

    def listed(by: dict[str, set[int]]) -> dict[str, list[UsedIn]]:
        return {key: [spots[at] for at in sorted(sections)] for key, sections in by.items()}

    return PageUses(spots, listed(terms), listed(works))


class Uses:
    """The uses of all pages: by term, by work, and every section by its address."""

    def __init__(self, pages: Iterable[PageUses]):
        self.terms: dict[str, list[UsedIn]] = defaultdict(list)
        self.works: dict[str, list[UsedIn]] = defaultdict(list)
        self.spots: dict[str, UsedIn] = {}
        for page in pages:
            self.spots |= {spot.address: spot for spot in page.spots}
            for where, by in ((self.terms, page.terms), (self.works, page.works)):
                for key, spots in by.items():
                    where[key] += spots
