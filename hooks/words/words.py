"""Words of one language: the glossary, the bibliography, what a page marks of them and what it
uses.
"""

from functools import partial
from pathlib import Path

from hooks.formula.declaration import Tables
from hooks.formula.library import Library
from hooks.text.languages import Language
from hooks.text.problems import Problem
from hooks.words.backlinks import Backlinks
from hooks.words.bibliography import Bibliography
from hooks.words.glossary import Glossary
from hooks.words.page_marks import PageMarks
from hooks.words.see_also import unknown_target
from hooks.words.uses import Uses


class Words:
    """Reads the glossary and the bibliography, checks and marks what pages say of them, and links
    entries back to their uses.
    """

    def __init__(
        self,
        docs: Path,
        root: Path,
        language: Language,
        library: Library,
        tables: Tables,
    ):
        self._language = language
        self._quantities = {quantity.name: quantity for quantity in library.quantities}
        unknown = partial(unknown_target, docs=docs, library=library)
        self.glossary = Glossary.read(docs / "data" / "glossary.yml", root, unknown)
        self.bibliography = Bibliography.of(
            docs / "data" / "bibliography.yml", root, tables, library
        )
        self.problems = [*self.glossary.problems, *self.bibliography.problems]
        self._backlinks = Backlinks(self.glossary, self.bibliography, language)
        self.mistakes = self.bibliography.mistakes
        """What is wrong with the citations of a page's Markdown."""
        self.read = PageMarks(self.glossary, self.bibliography, language).read
        """A page's HTML with its marks, the cards that they open, and what the page uses."""

    def finished(self, html: str, uses: Uses) -> str:
        """The HTML of the glossary's or the bibliography's own page, with the sections that use
        each entry.
        """
        labels = {
            name: quantity.title(self._language) for name, quantity in self._quantities.items()
        }
        return self._backlinks.filled_in(html, uses.terms, uses.works, uses.spots, labels)

    def unused(self, uses: Uses) -> list[Problem]:
        """Entries that no page uses."""
        place = "Chinese" if self._language == "zh" else "English"
        terms = [
            term.place.refused(
                f"no {place} page uses '{term.names[self._language]}'; leave '{id}' out"
            )
            for id, term in self.glossary.terms.items()
            if not uses.terms.get(id)
        ]
        works = [
            work.place.refused(
                f"nobody cites '{work.key}': no {place} page, no formula, no row of the catalogue"
            )
            for work in self.bibliography.written
            if not (work.rows or work.quantities or uses.works.get(work.key))
        ]
        return [*terms, *works]
