"""Words of one language: the glossary, the bibliography, what a page marks of them and what it uses."""

from collections.abc import Callable
from pathlib import Path

from hooks.formula.declaration import Tables, has_no_mistake
from hooks.formula.library import Library
from hooks.page.pair import CITATION, headings
from hooks.page.scan import code
from hooks.text.languages import Language
from hooks.text.problems import Mistake, Problem, did_you_mean
from hooks.text.source import read_source
from hooks.words.backlinks import Backlinks
from hooks.words.bibliography import Bibliography
from hooks.words.glossary import Glossary
from hooks.words.mark import marked
from hooks.words.popover import term_card, work_card
from hooks.words.prose import Prose, without_placeholders
from hooks.words.uses import PageUses, Uses, uses_of


class Words:
    """Marks terms and citations in essays, and writes the lists of the glossary's and the bibliography's own pages."""

    def __init__(
        self,
        docs: Path,
        root: Path,
        language: Language,
        library: Library,
        tables: Tables,
    ):
        self._docs = docs
        self._language = language
        self._quantities = {quantity.name: quantity for quantity in library.quantities}
        self._broken = library.broken
        """What the models declare and cannot use: its own mistake is told where it stands."""
        self.glossary = Glossary.read(docs / "data" / "glossary.yml", root, self._unknown)
        self.bibliography = Bibliography.of(
            docs / "data" / "bibliography.yml",
            root,
            tables,
            library.quantities,
            not library.problems and all(map(has_no_mistake, tables.values())),
        )
        self.problems = [*self.glossary.problems, *self.bibliography.problems]
        self._backlinks = Backlinks(self.glossary, self.bibliography, language)
        self._forms = self.glossary.forms(language)

    def mistakes(self, text: str) -> list[Mistake]:
        """What is wrong with the citations of a page's Markdown."""
        hidden = code(text)
        return [
            Mistake(
                f"no work '{match[1]}' in docs/data/bibliography.yml{did_you_mean(match[1], [work.key for work in self.bibliography.written])}",
                match.start(1),
            )
            for match in CITATION.finditer(text)
            if match[1] not in self.bibliography.works
            and not any(start <= match.start() < end for start, end in hidden)
        ]

    def read(
        self,
        uri: str,
        title: str,
        html: str,
        parts: Callable[[str], tuple[str, ...]] = without_placeholders,
    ) -> tuple[str, str, PageUses | None]:
        """A page's own HTML with its terms and citations marked, the cards that the marks open, and what the page uses.

        `parts` takes apart a text with placeholders in it. Only essays are marked.
        """
        prose = Prose(html, parts)
        uses = uses_of(uri, title, prose, self._forms)
        if not uri.startswith("essays/"):
            return html, "", uses
        page = marked(html, prose, self._forms, self._language)
        if not (page.terms or page.works):
            return html, "", uses
        up = "../" * uri.count("/")
        cards = [term_card(self.glossary.terms[id], self._language) for id in page.terms]
        cards += [
            work_card(self.bibliography.works[key], self._language)
            for key in page.works
            if key in self.bibliography.works
        ]
        return page.html, f'{"".join(cards)}<script src="{up}assets/words.js" defer></script>', uses

    def finished(self, html: str, uses: Uses) -> str:
        """The HTML of the glossary's or the bibliography's own page, with the sections that use each entry."""
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

    def _unknown(self, see: str) -> str:
        """What is wrong with something to see: a quantity, an essay, or a section of one."""
        slug, mark, id = see.partition("#")
        if see in self._quantities or see in self._broken:
            return ""
        page = self._docs / "essays" / slug / "index.md"
        if not page.is_file():
            essays = [path.parent.name for path in (self._docs / "essays").glob("*/index.md")]
            return (
                f"no quantity or essay '{slug}'{did_you_mean(slug, [*self._quantities, *essays])}"
            )
        known = [heading.id for heading in headings(read_source(page)) if heading.level == 2]
        return (
            f"no section '{id}' in the essay '{slug}'{did_you_mean(id, known)}"
            if mark and id not in known
            else ""
        )
