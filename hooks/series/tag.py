"""A tag: what a reader came to know, and the essays that answer it; `docs/data/tags.yml` has them,
each in both languages.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from hooks.formula.marks import unmarked
from hooks.series.item import Item
from hooks.series.route import Route
from hooks.text.address import quoted
from hooks.text.languages import Language, say
from hooks.text.problems import Mistake, Problem, did_you_mean
from hooks.text.rows import Place, Reading, relative, rows
from hooks.text.source import read_source

KEYS = ("title", "title_zh", "about", "about_zh")
INDEX = "tags/index.md"


@dataclass(frozen=True)
class Tag:
    """A tag in one language: what it is called, and a sentence about it."""

    slug: str
    title: str
    about: str
    place: Place

    @property
    def uri(self) -> str:
        """The source of its page, which the build writes."""
        return f"tags/{self.slug}/index.md"

    @property
    def address(self) -> str:
        """Where its page is read, from the root of its language."""
        return quoted(f"tags/{self.slug}/")


class Tags:
    """The file's tags in its order; what is wrong in one becomes a problem at its line, and that
    one is left out.
    """

    def __init__(self, path: str = "", text: str = "", language: Language = "en"):
        """`path` is the file as problems print it."""
        self.problems: list[Problem] = []
        self._language = language
        self._path = path
        self._by_slug: dict[str, Tag] = {}
        for key, row in rows(
            path,
            text,
            "the tags map slugs to tags: memory: {title: …, title_zh: …, about: …, about_zh: …}",
            self.problems,
        ):
            self._take(key, row)

    @classmethod
    def read(cls, path: Path, root: Path, language: Language) -> "Tags":
        """The file, or no tags where there is none."""
        return cls(relative(path, root), read_source(path), language)

    def __iter__(self) -> Iterator[Tag]:
        return iter(self._by_slug.values())

    def known(self, slug: str) -> Tag:
        """The tag of a slug. Refuses one that there is not."""
        if slug not in self._by_slug:
            raise Mistake(
                f"no tag '{slug}' in docs/data/tags.yml{did_you_mean(slug, self._by_slug)}"
            )
        return self._by_slug[slug]

    def of(self, item: Item) -> list[Tag]:
        """The tags that a piece carries, as far as they are known."""
        return [self._by_slug[label.slug] for label in item.tags if label.slug in self._by_slug]

    def misused(self, route: Route) -> list[Problem]:
        """Tags that a piece carries and nobody knows, and tags that nothing carries."""
        problems = []
        labels = [label for item in route.items for label in item.tags]
        for label in labels:
            try:
                self.known(label.slug)
            except Mistake as mistake:
                problems.append(label.place.refused(mistake.message))
        carried = {label.slug for label in labels}
        problems += [
            tag.place.refused(
                f"no essay carries the tag '{tag.slug}'; give it to one, or delete it here"
            )
            for tag in self
            if tag.slug not in carried
        ]
        return problems

    def pages(self) -> dict[str, str]:
        """The Markdown of each tag's page and of the page that lists them all, by source; nothing
        without tags.
        """
        if not self._by_slug:
            return {}
        title = say("tags.title", self._language)
        about = say("tags.about", self._language)
        every = say("tags.all", self._language)
        pages = {INDEX: f"{_head(title, about)}{about}\n\n<!-- tags -->\n"}
        return pages | {
            tag.uri: (
                f"{_head(tag.title, tag.about)}<!-- tagged {tag.slug}"
                f" -->\n\n[{every}](../index.md){{.alone}}\n"
            )
            for tag in self
        }

    def _take(self, key: yaml.Node, node: yaml.Node) -> None:
        before = len(self.problems)
        row = Reading(self._path, node, self.problems)
        slug = str(key.value)
        if slug in self._by_slug:
            row.refuse(key, f"'{slug}' stands twice among the tags")
        if not slug.replace("-", "").isalnum() or not slug.isascii() or slug != slug.lower():
            row.refuse(
                key,
                f"'{slug}' is part of an address: small letters, digits and hyphens, such as"
                " kv-cache",
            )
        for name in KEYS:
            if not row.text(name).strip():
                row.refuse(key, f"the tag '{slug}' has no {name}: tags are in both languages")
        row.refuse_unknown(KEYS, "a tag")
        if len(self.problems) == before:
            title, about = (
                unmarked(row.text(f"{name}_zh" if self._language == "zh" else name))
                for name in ("title", "about")
            )
            self._by_slug[slug] = Tag(slug, title, about, row.place(key))


def _head(title: str, description: str) -> str:
    """Front matter; JSON is YAML that nothing in a text can leave."""
    return (
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndescription:"
        f" {json.dumps(description, ensure_ascii=False)}\nhide: [navigation, toc]\n---\n"
    )
