"""What filling makes of a page: its Markdown, its figures, its problems, and what a browser needs
of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.reference import PinnedName, Reference, Wire, given_names
from hooks.page.derivations import Works
from hooks.page.placeholders import Placeholders
from hooks.text.problems import Problem

List = Callable[[str, Scenario, Works, Callable[[str], str]], str]
"""Writes a list: from the comment's own words, the page's scenario, the works that its numbers
open, and what writes a number that follows the reader.
"""


@dataclass(frozen=True)
class FigureRequest:
    """A figure that a page shows: its file, its alt text, its id on the page, and the sign of its
    placeholder.

    `live_alt` is the alt text with its references in place of numbers, where a reader's scenario
    changes them.
    """

    path: Path
    alt: str
    token: str
    sign: str
    live_alt: str = ""


@dataclass
class LiveParts:
    """What the reader's browser needs of a page: its numbers, the terms that it computes, the
    fields that change something.
    """

    numbers: set[Reference] = field(default_factory=set)
    terms: set[PinnedName] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)

    def join(self, other: "LiveParts") -> None:
        """Add what another page needs."""
        self.numbers |= other.numbers
        self.terms |= other.terms
        self.fields |= other.fields

    def names(self, library: Library) -> set[str]:
        """What a browser computes, sets or takes as given, and without which a field means
        nothing.
        """
        conditions = {library.fields_of_scenario[field].where for field in self.fields}
        return (
            {term.name for term in self.terms}
            | self.fields
            | given_names(self.terms, library)
            | (conditions & library.names.keys())
        )

    def take(self, wire: Wire) -> None:
        """Note what a reader's scenario can change of a reference."""
        self.terms |= wire.terms
        self.fields |= wire.fields


@dataclass
class Filled:
    """A page after filling. `text` is its Markdown with signs for its `placeholders`."""

    text: str
    placeholders: Placeholders
    works: Works
    scenario: Scenario
    figures: list[FigureRequest] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    claims: int = 0
    live: LiveParts = field(default_factory=LiveParts)

    @property
    def markdown(self) -> str:
        """The page as Markdown shows it."""
        return self.placeholders.shown(self.placeholders.markdown(self.text))

    @property
    def bare(self) -> str:
        """The page for readers who cannot press anything: numbers as bare texts, figures as
        pictures, no claims.
        """
        return self.placeholders.bare(self.text)
