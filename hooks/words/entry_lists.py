"""The lists of the glossary's and the bibliography's own pages: every entry with the way back to what uses it."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from hooks.text.address import quoted
from hooks.text.languages import Language, listed, say
from hooks.text.problems import Mistake
from hooks.words.bibliography import Bibliography, Work
from hooks.words.glossary import Glossary, Term
from hooks.words.popover import doubt, work_link
from hooks.words.uses import UsedIn

UP = "../"
"""Both pages lie one level below the root of their language."""

SHOWN = 4
"""How many rows of a table are named before they are only counted."""

PAGES = 30
"""Likewise of pages: what a reader would not read to the end, search finds."""

TABLES = {
    "models": ("models", "模型", "reference/models/"),
    "accelerators": ("accelerators", "加速卡", "reference/accelerators/"),
    "precisions": ("number formats", "数值格式", "reference/quantities/"),
    "prices": ("prices of an hour", "每小时价格", "reference/prices/"),
    "price_cards": ("price cards", "价目表", "reference/prices/"),
    "measurements": ("published results", "公布的结果", "reference/scoreboard/"),
    "calibrations": ("fits", "拟合", "reference/scoreboard/"),
}
"""What readers call the catalogue's tables, and the page of each."""


class EntryLists:
    """Writes the lists in one language. What uses an entry is known only when every page is rendered: until then a place is kept for it."""

    def __init__(self, glossary: Glossary, bibliography: Bibliography, language: Language):
        self._glossary = glossary
        self._bibliography = bibliography
        self._language = language

    def glossary(self) -> str:
        """`<!-- glossary -->`: every term in both languages, by its English name."""
        terms = sorted(self._glossary.terms.values(), key=lambda term: term.names["en"].casefold())
        return f'<div class="glossary">{"".join(self._term(term) for term in terms)}</div>'

    def _term(self, term: Term) -> str:
        other: Language = "en" if self._language == "zh" else "zh"
        names = dict.fromkeys(
            word
            for word in (term.names[other], *term.forms[other])
            if word not in (term.names[self._language], *term.forms[self._language])
        )
        foreign = (
            f' <span lang="{other}">{escape(say("、", ", ", self._language).join(names))}</span>'
            if names
            else ""
        )
        return f'<h2 id="{term.id}">{escape(term.names[self._language])}{foreign}</h2><p>{escape(term.definitions[self._language])}</p><p class="m"><!-- term {term.id} --></p>'

    def bibliography(self, which: str) -> str:
        """`<!-- bibliography works -->` or `documents`: what has an entry of its own, or what only the catalogue reads."""
        if which not in ("works", "documents"):
            raise Mistake(f"a bibliography is of works or documents, not '{which}'")
        works = self._bibliography.written if which == "works" else self._bibliography.documents
        return f'<ul class="bibliography"{"" if which == "works" else " data-search-exclude"}>{"".join(self._work(work) for work in works)}</ul>'

    def _work(self, work: Work) -> str:
        stop, comma = self._say(". ", "。"), self._say(", ", "，")
        lead = (
            comma.join(part for part in (work.by(self._language), work.year) if part)
            if work.authors
            else ""
        )
        days = (
            self._say(f"read {', '.join(work.days)}", f"查阅于{'、'.join(work.days)}")
            if work.days
            else self._say(f"entry checked {work.checked}", f"条目核对于{work.checked}")
            if work.checked
            else ""
        )
        tail = [
            escape(part)
            for part in (work.venue, work.host, "" if lead else work.year, days)
            if part
        ]
        said = f"{escape(lead) + stop if lead else ''}<cite>{work_link(work, work.title)}</cite>{stop if tail else ''}{comma.join(tail)}{doubt(work, self._language)}"
        return f'<li id="{work.key}">{said}<br><small><!-- work {work.key} --></small></li>'

    def finished(
        self,
        html: str,
        terms: Mapping[str, list[UsedIn]],
        works: Mapping[str, list[UsedIn]],
        spots: Mapping[str, UsedIn],
        quantities: Mapping[str, str],
    ) -> str:
        """A page with the ways back put in. `spots` are sections by their addresses, `quantities` labels by their names."""
        for id, term in self._glossary.terms.items():
            lines = [
                (
                    self._say("See", "详见"),
                    self._say(", ", "、").join(
                        self._see(see, spots, quantities) for see in term.see
                    ),
                ),
                (self._say("Used in", "用在"), self._spots(terms.get(id, []))),
            ]
            html = html.replace(f"<!-- term {id} -->", self._lines(lines), 1)
        for key, work in self._bibliography.works.items():
            lines = [
                (self._say("Cited in", "引用于"), self._spots(works.get(key, []))),
                (self._say("Formulas", "公式"), self._formulas(work)),
                *self._rows(work),
            ]
            html = html.replace(f"<!-- work {key} -->", self._lines(lines), 1)
        return html

    def _lines(self, lines: Iterable[tuple[str, str]]) -> str:
        return " · ".join(f"{label}{self._say(': ', '：')}{text}" for label, text in lines if text)

    def _see(self, see: str, spots: Mapping[str, UsedIn], quantities: Mapping[str, str]) -> str:
        if see in quantities:
            return f'<a href="{UP}reference/quantities/#q-{see}">{escape(quantities[see])}</a>'
        slug, _, id = see.partition("#")
        page = quoted(f"essays/{slug}/")
        spot = spots.get(f"{page}#{id}" if id else page)
        return (
            f'<a href="{UP}{spot.address}">{escape(spot.title)}{self._say(", ", "，") + self._section(spot) if id else ""}</a>'
            if spot
            else ""
        )

    def _spots(self, spots: list[UsedIn]) -> str:
        """Sections page by page: KV cache §1, §4."""
        pages = [list(group) for _, group in groupby(spots, key=lambda spot: spot.page)]
        return listed(pages, PAGES, self._say("; ", "；"), self._language, tell=self._page)

    def _page(self, spots: list[UsedIn]) -> str:
        links = self._say(", ", "、").join(
            f'<a href="{UP}{spot.address}">{self._section(spot)}</a>' for spot in spots
        )
        return f"{escape(spots[0].title)} {links}"

    def _section(self, spot: UsedIn) -> str:
        if not spot.section.id:
            return self._say("opening", "开头")
        return (
            f"§{spot.number}" if spot.number else escape(re.split(r"[:：]", spot.section.title)[0])
        )

    def _formulas(self, work: Work) -> str:
        return self._say(", ", "、").join(
            f'<a href="{UP}reference/quantities/#q-{quantity.name}">{escape(quantity.title(self._language))}</a>'
            for quantity in work.quantities
        )

    def _rows(self, work: Work) -> Iterable[tuple[str, str]]:
        for table, group in groupby(work.rows, key=lambda pair: pair[0]):
            rows = [row for _, row in group]
            english, chinese, page = TABLES.get(table, (table, table, ""))
            names = listed(
                [escape(row.title(self._language)) for row in rows],
                SHOWN,
                self._say(", ", "、"),
                self._language,
                "行",
            )
            yield (
                f'<a href="{UP}{page}">{self._say(english, chinese).capitalize()}</a>'
                if page
                else escape(table),
                names,
            )

    def _say(self, english: str, chinese: str) -> str:
        return say(english, chinese, self._language)
