"""Prose: the text of a rendered page, run by run, with its section and what it stands in."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from hooks.text.markup import VOID, HtmlTag, tags

ID = re.compile(r"\bid=[\"']?([\w-]+)")
HREF = re.compile(r"\bhref=[\"']([^\"']*)[\"']")

SILENT = frozenset(("code", "pre", "script", "style", "svg", "kbd", "samp"))
"""Elements whose text is no language."""

STRESS = ("em", "strong")


class SectionSpan(NamedTuple):
    """A part of a page that a heading of the second level opens; what stands before the first has
    no id.
    """

    id: str = ""
    title: str = ""


class TextRun(NamedTuple):
    """Text between two tags, from `start` to `end` of the page's HTML, and the elements around it,
    outermost first.

    `said` is what a reader reads there, part by part: with the numbers that stand aside.
    """

    start: int
    end: int
    text: str
    said: tuple[str, ...]
    around: tuple[str, ...]
    section: int


class Ancestors(NamedTuple):
    """The elements around a place, outermost first, and whether one of them hides what it holds."""

    names: tuple[str, ...] = ()
    hidden: bool = False


class ProseLink(NamedTuple):
    """A link's address, where its tag begins and ends, and its section."""

    href: str
    start: int
    end: int
    section: int


def without_placeholders(text: str) -> tuple[str, ...]:
    """A text in which nothing stands aside."""
    return (text,)


class Prose:
    """The runs of text, the sections and the links of a page's own HTML. What search shall not
    find is left out.
    """

    def __init__(self, html: str, said: Callable[[str], tuple[str, ...]] = without_placeholders):
        """`said` tells the parts of a text in which something stands aside."""
        self._said = said
        self.sections: list[SectionSpan] = [SectionSpan()]
        self.runs: list[TextRun] = []
        self.links: list[ProseLink] = []
        opened: list[Ancestors] = [Ancestors()]
        at = 0
        for tag in tags(html):
            start, end, name, closes, rest = tag
            self._take(html, at, start, opened[-1])
            at = end
            if not name or name in VOID or rest.endswith("/"):
                continue
            if closes:
                while name in opened[-1].names and opened.pop().names[-1] != name:
                    pass
                continue
            names, hidden = opened[-1]
            hidden = (
                hidden or name in SILENT or "data-search-exclude" in rest or "headerlink" in rest
            )
            opened.append(Ancestors((*names, name), hidden))
            if name == "h2":
                self.sections.append(self._section(html, tag))
            elif name == "a" and (href := HREF.search(rest)) and not hidden:
                self.links.append(ProseLink(unescape(href[1]), start, end, len(self.sections) - 1))
        self._take(html, at, len(html), opened[-1])

    def _take(self, html: str, start: int, end: int, around: Ancestors) -> None:
        if start == end or around.hidden:
            return
        text = html[start:end]
        if not text.isspace():
            self.runs.append(
                TextRun(start, end, text, self._said(text), around.names, len(self.sections) - 1)
            )

    def _section(self, html: str, start: HtmlTag) -> SectionSpan:
        found = ID.search(start.rest)
        inside = html[start.end : html.find("</h2>", start.end)]
        title = re.sub(r"<a class=\"headerlink\".*?</a>|<[^>]*>", "", inside)
        return SectionSpan(found[1] if found else "", re.sub(r"\s+", " ", unescape(title)).strip())

    def stressed(self) -> Iterator[tuple[int, str]]:
        """Every text that is stressed as a whole, with its section: that is how an essay names what
        it defines.
        """
        for run in self.runs:
            if run.around and run.around[-1] in STRESS:
                yield run.section, run.text
