"""Words of one build: the glossary, the bibliography, and every page's share in them."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

from hooks.box import Box
from hooks.formula.declaration import Tables, sound
from hooks.formula.format import Language
from hooks.formula.library import Library
from hooks.page.pair import CITATION, headings
from hooks.page.scan import code
from hooks.problems import Mistake, Problem, did_you_mean
from hooks.text import read_source
from hooks.words.bibliography import Bibliography
from hooks.words.card import term_card, work_card
from hooks.words.glossary import Glossary
from hooks.words.lists import Lists
from hooks.words.mark import Marked, marked
from hooks.words.prose import Prose, whole
from hooks.words.uses import Page, Uses


class Words:
    """Reads each page once it is rendered, then finishes it: its marks, their cards, and the lists of both own pages."""

    def __init__(
        self,
        docs: Path,
        root: Path,
        language: Language,
        library: Library,
        tables: Tables,
        aside: IO[bytes] | None = None,
    ):
        """`aside` is the file in which pages wait until all are read."""
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
            not library.problems and all(map(sound, tables.values())),
        )
        self.problems = [*self.glossary.problems, *self.bibliography.problems]
        self.lists = Lists(self.glossary, self.bibliography, language)
        self._forms = self.glossary.forms(language)
        self._uses = Uses(self._forms)
        self._pages: dict[str, Box[Marked]] = {}
        self._aside = aside

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
        self, uri: str, title: str, html: str, said: Callable[[str], tuple[str, ...]] = whole
    ) -> None:
        """Take a page's own HTML; `said` tells the parts of a text in which something stands aside."""
        prose = Prose(html, said)
        self._uses.take(uri, title, prose)
        if uri.startswith("essays/"):
            self._pages[uri] = Box(marked(html, prose, self._forms, self._language), self._aside)

    def finish(self, uri: str, html: str, own: str) -> str:
        """A page with its share put in. `own` is the part of it that was read."""
        if uri in ("glossary/index.md", "bibliography/index.md"):
            labels = {
                name: quantity.title(self._language) for name, quantity in self._quantities.items()
            }
            return self.lists.finished(
                html, self._uses.terms, self._uses.works, self._uses.spots, labels
            )
        if uri not in self._pages:
            return html
        page = self._pages.pop(uri).open()
        if not (page.terms or page.works):
            return html
        up = "../" * uri.count("/")
        cards = [term_card(self.glossary.terms[id], self._language) for id in page.terms]
        cards += [
            work_card(self.bibliography.works[key], self._language)
            for key in page.works
            if key in self.bibliography.works
        ]
        html = html.replace(own, page.html, 1)
        return html.replace(
            "</article>",
            f'</article>{"".join(cards)}<script src="{up}assets/words.js" defer></script>',
            1,
        )

    def put(self, uri: str, told: Page | None) -> None:
        """Take a page as `of` has told of it."""
        if told:
            self._uses.put(uri, told)

    def of(self, uri: str) -> Page | None:
        """What has been read of a page: its sections, and those that use a term or cite a work."""
        return self._uses.pages.get(uri)

    def entry(self, key: str) -> str:
        """What a page shows of a work that it cites; nothing of one that there is not."""
        return (
            work_card(self.bibliography.works[key], self._language)
            if key in self.bibliography.works
            else ""
        )

    def uses(self) -> str:
        """Everything that the lists of the two own pages say of the other pages."""
        return repr(
            [
                (key, [spot.told for spot in spots])
                for by in (self._uses.terms, self._uses.works)
                for key, spots in sorted(by.items())
            ]
        )

    def unused(self) -> list[Problem]:
        """Entries that no page has asked for, once every page is read."""
        place = "Chinese" if self._language == "zh" else "English"
        terms = [
            term.place.refused(
                f"no {place} page uses '{term.names[self._language]}'; leave '{id}' out"
            )
            for id, term in self.glossary.terms.items()
            if not self._uses.terms.get(id)
        ]
        works = [
            work.place.refused(
                f"nobody cites '{work.key}': no {place} page, no formula, no row of the catalogue"
            )
            for work in self.bibliography.written
            if not (work.rows or work.quantities or self._uses.works.get(work.key))
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
