"""A record: everything that a build knows of one compiled page, as plain data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hooks.page.filled import LiveParts
from hooks.publish.search.section import Section
from hooks.text.problems import Problem
from hooks.words.uses import PageUses

Files = dict[str, str | bytes]
"""Contents by address below the site's."""


@dataclass(frozen=True)
class PageSource:
    """A page before it is compiled: the file that it is read from, and the texts of both languages.

    `english` and `chinese` are the sources of the pair; `chinese` is None where there is no
    translation, and both are the same for a page that no writer wrote.
    """

    uri: str
    path: Path
    text: str
    english: str
    chinese: str | None
    translated: bool
    generated: bool = False


@dataclass(frozen=True)
class Rendered:
    """What Markdown has made of a page.

    `toc` nests headings as [title, id, level, [...]]. `anchors` are the places on the page, `links`
    the places on others that it links to, with the links as they are written. `complete` is false
    where Markdown logged a warning, or links are not known: such a page is not cached, so that the
    warning comes again.
    """

    html: str
    title: str | None = None
    toc: list[Any] = field(default_factory=list)
    anchors: frozenset[str] = frozenset()
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    complete: bool = True


Markdown = Callable[[str, str], Rendered]
"""Turns the Markdown of a page, by its URI, into HTML."""


@dataclass(frozen=True)
class Body:
    """The long texts of a page, which are read only when it is written: a thousand pages of them
    would fill the memory.

    `html` is the page's own HTML, complete but for the lists of uses; `entries` those of its
    companion, in the scenario `scenario`; `copy` its copy in Markdown, `feed` its content for
    feeds; `files` what lies beside it.
    """

    html: str
    entries: str
    scenario: str
    copy: str
    feed: str
    files: Files


@dataclass(frozen=True)
class Record:
    """One compiled page.

    `meta` is its front matter, filled in, with what templates ask for; `rendered` has no HTML.
    `inputs` are the names of what the page depends on besides its own source (`States` has
    their states). `lead` is its first figure's file, by name. `card` is what its share card shows.
    """

    uri: str
    meta: dict[str, Any]
    rendered: Rendered
    sections: list[Section]
    live: LiveParts
    uses: PageUses | None
    lead: str
    card: str
    problems: list[Problem]
    inputs: set[str]
    body: Body
