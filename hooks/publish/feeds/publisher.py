"""The publisher: what the head of each page says of its other forms, and the feeds, lists and
sitemap of all pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hooks.publish.feeds.article import article, website
from hooks.publish.feeds.atom import FILE, atom
from hooks.publish.feeds.copy import copied
from hooks.publish.feeds.llms import llms
from hooks.publish.feeds.publication import (
    Publication,
    PublishedPage,
    day,
    page_from_meta,
    publication,
)
from hooks.publish.feeds.share import CARD, Image, share
from hooks.publish.feeds.sitemap import FILE as SITEMAP
from hooks.publish.feeds.sitemap import robots, sitemap
from hooks.series import Essay
from hooks.text.address import quoted
from hooks.text.languages import Language

HOME = "index.md"

NEWEST = 20
"""So many pages are in a feed: readers' programs ask for it every hour."""


@dataclass(frozen=True)
class Head:
    """What a page's head says of it and of its other forms; nothing in it is escaped but `data`.
    Empty is absent.

    `markdown`, `atom` and the page's `own` feed are addresses below the site's; the others are
    complete ones.
    """

    markdown: str
    atom: str
    own: str
    data: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    share: tuple[tuple[str, str], ...]


class Publisher:
    """Knows the essays of one language. `essays` are the published ones, in the order of the path.

    `lists` are the pages that list some of them and have a feed of their own, by source, with the
    slugs of what they list. `short` are the overviews of short pages likewise, with the sources of
    what they list and the days of these.
    """

    def __init__(
        self,
        site: Publication,
        essays: Sequence[Essay],
        lists: Mapping[str, Sequence[str]] | None = None,
        short: Mapping[str, Mapping[str, str]] | None = None,
    ):
        self.site = site
        self.essays = [_source(essay.slug) for essay in essays]
        self.days = {_source(essay.slug): day(essay.meta) for essay in essays}
        self.lists = {
            uri: [_source(slug) for slug in slugs] for uri, slugs in (lists or {}).items()
        }
        for overview, days in (short or {}).items():
            self.days |= days
            self.lists[overview] = list(days)
        self.fed = {
            uri for listed in (self.essays, *self.lists.values()) for uri in self._latest(listed)
        }
        """The pages that are in a feed, with their content."""

    @classmethod
    def of_site(
        cls,
        root: Path,
        name: str,
        description: str,
        address: str,
        language: Language,
        essays: Sequence[Essay],
        lists: Mapping[str, Sequence[str]],
        short: Mapping[str, Mapping[str, str]],
    ) -> "Publisher":
        """That of a site which calls itself so, with the authors of the project below `root`."""
        return cls(publication(root, name, description, address, language), essays, lists, short)

    def published_page(
        self, uri: str, meta: Mapping[str, Any], language: Language, both: bool = True
    ) -> PublishedPage:
        """A page by its front matter, whose texts have been filled. `both` tells whether it is
        written in both languages.

        A page that lists essays is as new as the newest of them.
        """
        one = page_from_meta(uri, meta, language, both)
        listed = self.essays if uri == HOME else self.lists.get(uri, ())
        return one if one.date else replace(one, date=self._newest(listed))

    def head(self, one: PublishedPage, card: str = "") -> Head:
        """The head of a page; `card` is what its own card shows, where it has one."""
        essay = one.uri in self.essays
        image = Image(one.address + CARD, card) if card else Image(CARD, self.site.name)
        data = ""
        if essay:
            address = self.site.address + image.path if self.site.address else ""
            data = article(self.site, one, address)
        elif one.uri == HOME:
            data = website(self.site)
        listed = self._newest(self.lists.get(one.uri, ()))
        return Head(
            quoted(one.copy),
            FILE if self.site.address and self._newest(self.essays) else "",
            one.address + FILE if self.site.address and listed else "",
            data,
            self.site.address_of(one),
            self.site.alternates(one),
            share(self.site, one, essay, image),
        )

    def copy(self, one: PublishedPage, meta: Mapping[str, Any], body: str) -> str:
        """The copy of a page in Markdown; `body` is its text, filled with bare texts."""
        headed = bool(one.question) or (bool(meta.get("title")) and not meta.get("bare"))
        return copied(one, body, headed)

    def texts(
        self, entries: Mapping[str, PublishedPage], contents: Mapping[str, str]
    ) -> dict[str, str]:
        """The feeds, lists and sitemap of all pages, by address below the site's. `contents` are
        those of the essays in feeds.
        """
        others = [
            entries[uri]
            for uri in sorted(entries)
            if uri != HOME and not uri.startswith(("essays/", "tags/"))
        ]

        def chosen(uris: Iterable[str]) -> list[PublishedPage]:
            return [entries[uri] for uri in uris if uri in entries]

        texts = {
            "llms.txt": llms(self.site, chosen(self.essays), others),
            FILE: atom(self.site, chosen(self._latest(self.essays)), contents),
        }
        for uri, listed in self.lists.items():
            if uri in entries:
                feed = atom(self.site, chosen(self._latest(listed)), contents, entries[uri])
                texts[entries[uri].page + FILE] = feed
        public = [
            one
            for uri, one in entries.items()
            if uri in self.essays or not uri.startswith("essays/")
        ]
        texts[SITEMAP] = sitemap(self.site, public)
        texts["robots.txt"] = robots(self.site) if self.site.language == "en" else ""
        return {path: text for path, text in texts.items() if text}

    def _latest(self, uris: Iterable[str]) -> list[str]:
        """The pages that a feed of these holds."""
        dated = (uri for uri in uris if self.days.get(uri))
        return sorted(dated, key=lambda uri: self.days[uri], reverse=True)[:NEWEST]

    def _newest(self, uris: Iterable[str]) -> str:
        return max((self.days.get(uri, "") for uri in uris), default="")


def _source(slug: str) -> str:
    return f"essays/{slug}/index.md"
