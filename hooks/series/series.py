"""The series of one language: its essays, with what the roadmap and the tags add."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from hooks.series.collection import Adjacent, adjacent, short_days, short_pages
from hooks.series.essay import Essay, written_essays
from hooks.series.item import Item, head
from hooks.series.roadmap import Roadmap
from hooks.series.route import Neighbours, Route
from hooks.series.tag import Tag, Tags
from hooks.text.address import COLLECTIONS
from hooks.text.languages import Language
from hooks.text.problems import Problem
from hooks.text.rows import relative
from hooks.text.source import read_source

Fill = Callable[[Path, str, dict[str, Any], list[str]], list[str]]
"""Fills the numbers of some lines of a page: its file, its text, its front matter, and the
lines.
"""


class Series:
    """Reads the essays below `docs`, the roadmap and the tags, and puts them in order;
    `problems` are those on the way.
    """

    def __init__(self, docs: Path, root: Path, language: Language, fill: Fill):
        self._docs, self._root, self._language = docs, root, language
        self.tags = Tags.read(docs / "data" / "tags.yml", root, language)
        self.essays: list[Essay] = written_essays(docs, language)
        self.route = self._route(fill)

    @property
    def published(self) -> list[Essay]:
        """The essays that readers find, in the order of the path."""
        return [essay for essay in self.essays if essay.status == "published"]

    @property
    def uris(self) -> set[str]:
        """The sources of all essays."""
        return {f"essays/{essay.slug}/index.md" for essay in self.essays}

    @property
    def tagged(self) -> dict[str, list[str]]:
        """The slugs of the published essays that carry each tag, by the source of the tag's
        page.
        """
        return {
            tag.uri: [item.slug for item in self.route.published if tag in self.tags.of(item)]
            for tag in self.tags
        }

    @property
    def short_days(self) -> dict[str, dict[str, str]]:
        """The days of the short pages, by their sources, for each overview."""
        return short_days(self._docs)

    @cached_property
    def adjacent_pages(self) -> dict[str, Adjacent]:
        """The neighbours of every short page, by its source."""
        navigation = self._read("mkdocs.yml") or ""
        return {
            uri: neighbours
            for folder in COLLECTIONS
            for uri, neighbours in adjacent(
                short_pages(folder, navigation, self._read, self._language)
            ).items()
        }

    def _read(self, path: str) -> str | None:
        found = self._root / path
        return read_source(found) if found.is_file() else None

    def neighbours(self, uri: str) -> Neighbours | None:
        """An essay among the others; None for another page."""
        return self.route.around(uri.split("/")[1]) if uri.startswith("essays/") else None

    def tags_of(self, uri: str) -> list[Tag]:
        """The tags of an essay; none for another page."""
        place = self.neighbours(uri)
        return self.tags.of(place.item) if place else []

    def _route(self, fill: Fill) -> Route:
        """What has a page, and what the roadmap adds."""
        path = self._docs / "data" / "roadmap.yml"
        roadmap = Roadmap.read(path, self._root, self._language)
        problems = roadmap.problems
        items = {essay.slug: self._item(essay, fill, problems) for essay in self.essays}
        for item in roadmap.items:
            if item.slug in items:
                problems.append(
                    item.place.refused(
                        f"'{item.slug}' has a page now, whose front matter says all this; delete it"
                        " here"
                    )
                )
        planned = (item for item in roadmap.items if item.slug not in items)
        route = Route([*items.values(), *planned], problems)
        route.problems += [*self.tags.problems, *self.tags.misused(route)]
        return route

    def _item(self, essay: Essay, fill: Fill, problems: list[Problem]) -> Item:
        english = self._docs / "essays" / essay.slug / "index.md"
        text = head(relative(english, self._root), read_source(english), problems)
        title, question = (str(essay.meta.get(key, "")) for key in ("title", "question"))
        if "`{" in title + question:
            title, question = fill(essay.path, essay.text, essay.meta, [title, question])
        return text.item(essay, title, question)
