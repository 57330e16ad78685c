"""Backlinks: below each entry of the glossary and the bibliography, the sections, formulas and rows
that use it.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from hooks.text.address import quoted
from hooks.text.languages import Language, listed, say
from hooks.words.bibliography import Bibliography, Work
from hooks.words.glossary import Glossary
from hooks.words.uses import UsedIn

UP = "../"
"""Both pages lie one level below the root of their language."""

SHOWN = 4
"""How many rows of a table are named before they are only counted."""

PAGES = 30
"""Likewise of pages: what a reader would not read to the end, search finds."""

IN_LINE = 3
"""Of more pages than that, the uses of a term are folded."""

TABLES = {
    "models": "reference/models/",
    "accelerators": "reference/accelerators/",
    "precisions": "reference/quantities/",
    "prices": "reference/prices/",
    "price_cards": "reference/prices/",
    "measurements": "reference/scoreboard/",
    "calibrations": "reference/scoreboard/",
}
"""The page of each of the catalogue's tables."""


def term_comment(id: str) -> str:
    """What stands in a page for the backlinks of a term until every page is rendered, and its uses
    are known.
    """
    return f"<!-- term {id} -->"


def work_comment(key: str) -> str:
    """The same for a work."""
    return f"<!-- work {key} -->"


def _quantity_link(name: str, title: str) -> str:
    return f'<a href="{UP}reference/quantities/#q-{name}">{escape(title)}</a>'


class Backlinks:
    """Writes the backlinks of one language."""

    def __init__(self, glossary: Glossary, bibliography: Bibliography, language: Language):
        self._glossary = glossary
        self._bibliography = bibliography
        self._language = language

    def filled_in(
        self,
        html: str,
        terms: Mapping[str, list[UsedIn]],
        works: Mapping[str, list[UsedIn]],
        spots: Mapping[str, UsedIn],
        quantities: Mapping[str, str],
    ) -> str:
        """A page with the backlinks in place of their comments. `spots` are sections by their
        addresses, `quantities` labels by their names.
        """
        for id, term in self._glossary.terms.items():
            see = self._say("mark.enumeration").join(
                self._see(see, spots, quantities) for see in term.see
            )
            html = html.replace(term_comment(id), self._term(see, terms.get(id, [])), 1)
        for key, work in self._bibliography.works.items():
            lines = [
                (self._say("backlinks.cited_in"), self._spots(works.get(key, []))),
                (self._say("backlinks.formulas"), self._formulas(work)),
                *self._rows(work),
            ]
            html = html.replace(work_comment(key), self._lines(lines), 1)
        return html

    def _term(self, see: str, spots: list[UsedIn]) -> str:
        """What explains a term at length, and where it is used: on a phone twenty pages in a line
        would hide the next term.
        """
        count = len({spot.page for spot in spots})
        folded = count > IN_LINE
        uses = "" if folded else self._spots(spots)
        line = self._lines(
            [(self._say("backlinks.see"), see), (self._say("backlinks.used_in"), uses)]
        )
        html = f'<p class="m">{line}</p>' if line else ""
        if folded:
            summary = say("backlinks.used_in_pages", self._language, count=count)
            items = self._spots(spots, "</li><li>")
            html += f"<details><summary>{summary}</summary><ul><li>{items}</li></ul></details>"
        return html

    def _lines(self, lines: Iterable[tuple[str, str]]) -> str:
        return " · ".join(
            f"{label}{self._say('mark.colon')}{text}" for label, text in lines if text
        )

    def _see(self, see: str, spots: Mapping[str, UsedIn], quantities: Mapping[str, str]) -> str:
        if see in quantities:
            return _quantity_link(see, quantities[see])
        slug, _, id = see.partition("#")
        page = quoted(f"essays/{slug}/")
        spot = spots.get(f"{page}#{id}" if id else page)
        if not spot:
            return ""
        section = self._say("mark.comma") + self._section(spot) if id else ""
        return f'<a href="{UP}{spot.address}">{escape(spot.title)}{section}</a>'

    def _spots(self, spots: list[UsedIn], between: str = "") -> str:
        """Sections page by page: KV cache §1, §4."""
        pages = [list(group) for _, group in groupby(spots, key=lambda spot: spot.page)]
        between = between or self._say("mark.semicolon")
        return listed(pages, PAGES, between, self._language, tell=self._page)

    def _page(self, spots: list[UsedIn]) -> str:
        links = self._say("mark.enumeration").join(
            f'<a href="{UP}{spot.address}">{self._section(spot)}</a>' for spot in spots
        )
        return f"{escape(spots[0].title)} {links}"

    def _section(self, spot: UsedIn) -> str:
        if not spot.section.id:
            return self._say("backlinks.opening")
        return (
            f"§{spot.number}" if spot.number else escape(re.split(r"[:：]", spot.section.title)[0])
        )

    def _formulas(self, work: Work) -> str:
        return self._say("mark.enumeration").join(
            _quantity_link(quantity.name, quantity.title(self._language))
            for quantity in work.quantities
        )

    def _rows(self, work: Work) -> Iterable[tuple[str, str]]:
        for table, group in groupby(work.rows, key=lambda pair: pair[0]):
            rows = [row for _, row in group]
            page = TABLES.get(table, "")
            names = listed(
                [escape(row.title(self._language)) for row in rows],
                SHOWN,
                self._say("mark.enumeration"),
                self._language,
                "行",
            )
            yield (
                (
                    f'<a href="{UP}{page}">{self._say(f"table.{table}").capitalize()}</a>'
                    if page
                    else escape(table)
                ),
                names,
            )

    def _say(self, key: str) -> str:
        return say(key, self._language)
