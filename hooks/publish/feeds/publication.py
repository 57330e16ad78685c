"""The publication: what the site says of itself in one language, and what one page of it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks.publish.feeds.page_address import copy_of, page_of
from hooks.series import front_matter
from hooks.series.tag import Tag
from hooks.text.address import quoted
from hooks.text.day import written_day
from hooks.text.languages import LANGUAGES, Language, either
from hooks.text.line import one_line
from hooks.text.problems import Mistake
from hooks.text.source import read_source


@dataclass(frozen=True)
class PublishedPage:
    """One page in the language that it is really written in, its texts without markup. `date`
    is empty where it has none.

    `both` tells whether it is written in the other language too.
    """

    uri: str
    title: str
    question: str
    description: str
    language: Language
    date: str = ""
    both: bool = True
    minutes: int = 0
    tags: tuple[Tag, ...] = ()

    @property
    def page(self) -> str:
        """Its address below the site's."""
        return page_of(self.uri)

    @property
    def address(self) -> str:
        """The same as part of an address: escaped."""
        return quoted(self.page)

    @property
    def copy(self) -> str:
        """The address of its Markdown copy, below the site's."""
        return copy_of(self.uri)


@dataclass(frozen=True)
class Author:
    """Who answers for the texts: people, or a body of them."""

    name: str
    person: bool = False


@dataclass(frozen=True)
class Publication:
    """The site in one language. `address` ends in a slash, or is empty as long as nobody knows
    where the site will stand.
    """

    name: str
    description: str
    address: str
    language: Language
    authors: tuple[Author, ...]
    licence: str

    def edition(self, language: Language) -> str:
        """The address of the site in a language, empty without one: the Chinese edition stands
        in a folder of the English one.
        """
        root = self.address.removesuffix("zh/") if self.language == "zh" else self.address
        return root + either("", "zh/", language) if root else ""

    def address_of(self, entry: PublishedPage) -> str:
        """The one address of a page, whichever edition shows it: that in the language that it
        is written in.
        """
        edition = self.edition(entry.language)
        return edition + entry.address if edition else ""

    def alternates(self, entry: PublishedPage) -> tuple[tuple[str, str], ...]:
        """The page in every language, itself included, and for readers of none of them; nothing
        for a page without a twin.

        `zh` rather than `zh-CN`: there is one Chinese text, for readers of Chinese anywhere.
        """
        if not self.address or not entry.both:
            return ()
        return (
            *((language, self.edition(language) + entry.address) for language in LANGUAGES),
            ("x-default", self.edition("en") + entry.address),
        )


def publication(
    root: Path, name: str, description: str, address: str, language: Language
) -> Publication:
    """With authors and licence as `CITATION.cff` has them; without it, the site is its own
    author.
    """
    file = root / "CITATION.cff"
    try:
        cited = front_matter(f"---\n{read_source(file)}\n---\n") if file.is_file() else {}
    except Mistake:
        cited = {}
    authors = tuple(_author(given) for given in cited.get("authors", []))
    return Publication(
        name,
        description,
        f"{address.rstrip('/')}/" if address else "",
        language,
        authors or (Author(name),),
        _licence(str(cited.get("license", ""))),
    )


def page_from_meta(
    uri: str, meta: Mapping[str, Any], language: Language, both: bool = True
) -> PublishedPage:
    """A page by its front matter, whose texts have been filled and whose tags are known ones."""
    title, question, description = (
        one_line(str(meta.get(key) or "")) for key in ("title", "question", "description")
    )
    return PublishedPage(
        uri,
        title or page_of(uri) or "/",
        question,
        description,
        language,
        day(meta),
        both,
        int(meta.get("minutes") or 0),
        tuple(meta.get("labels") or ()),
    )


def day(meta: Mapping[str, Any]) -> str:
    """The day of a front matter's `date`: 2026-11-22; nothing where there is none."""
    return str(written_day(meta.get("date")) or "")


def _author(given: Mapping[str, Any]) -> Author:
    if given.get("name"):
        return Author(str(given["name"]))
    return Author(
        " ".join(str(given[key]) for key in ("given-names", "family-names") if given.get(key)),
        person=True,
    )


def _licence(name: str) -> str:
    """The address of a licence by its SPDX name."""
    commons = re.fullmatch(r"CC-([A-Z-]+)-([\d.]+)", name)
    if commons:
        return f"https://creativecommons.org/licenses/{commons[1].lower()}/{commons[2]}/"
    return f"https://spdx.org/licenses/{name}.html" if name else ""
