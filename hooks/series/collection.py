"""Collections: folders of short pages beside the essays, each with an overview that lists them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks.series.essay import minutes
from hooks.series.metadata import front_matter
from hooks.text.address import COLLECTIONS
from hooks.text.day import today, written_day
from hooks.text.languages import Language, twin_path
from hooks.text.problems import Mistake
from hooks.text.source import read_source

Read = Callable[[str], str | None]
"""The text of a file by its path below the root; None where there is none."""


@dataclass(frozen=True)
class ShortPage:
    """A question, a card or a note in one language."""

    uri: str
    title: str
    description: str
    minutes: int
    tags: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where it is read, from the root of its language."""
        return self.uri.removesuffix("index.md")


@dataclass(frozen=True)
class Adjacent:
    """The short pages before and after one in its collection."""

    before: ShortPage | None
    after: ShortPage | None


def adjacent(pages: list[ShortPage]) -> dict[str, Adjacent]:
    """The neighbours of each page of a collection, by its source."""
    ends: list[ShortPage | None] = [None, *pages, None]
    return {one.uri: Adjacent(ends[at], ends[at + 2]) for at, one in enumerate(pages)}


def short_pages(folder: str, navigation: str, read: Read, language: Language) -> list[ShortPage]:
    """The pages of a collection in the order of the navigation, which is the text of `mkdocs.yml`.

    A page without a twin in the language is told in English; one that is missing or whose front
    matter cannot be read is left out, for the build tells of it.
    """
    found = []
    for slug in re.findall(rf"^\s*- {folder}/([^/\s]+)/index\.md\s*$", navigation, re.M):
        uri = f"{folder}/{slug}/index.md"
        english = read(f"docs/{uri}")
        if english is None:
            continue
        own = read(f"docs/{twin_path(uri)}") if language != "en" else None
        try:
            meta = front_matter(english) | (front_matter(own) if own else {})
        except Mistake:
            continue
        found.append(_short_page(uri, meta, own or english))
    return found


def short_days(docs: Path) -> dict[str, dict[str, str]]:
    """The day of every short page that has one, by its source, for each overview: 2026-11-29."""
    found = {}
    for folder in COLLECTIONS:
        days = {}
        for path in sorted(docs.glob(f"{folder}/*/index.md")):
            try:
                day = written_day(front_matter(read_source(path)).get("date"))
            except Mistake:
                continue
            if day and day <= today():
                days[f"{folder}/{path.parent.name}/index.md"] = str(day)
        if days:
            found[f"{folder}/index.md"] = days
    return found


def _short_page(uri: str, meta: dict[str, Any], text: str) -> ShortPage:
    said, tags = str(meta.get("question") or meta.get("description") or ""), meta.get("tags")
    return ShortPage(
        uri,
        str(meta.get("title") or uri.split("/")[1]),
        said,
        minutes(text),
        tuple(map(str, tags)) if isinstance(tags, list) else (),
    )
