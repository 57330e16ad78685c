"""The press: takes every page of a build once, and prints what leaves the site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import dirname, join
from typing import IO, Any

from hooks.address import quoted
from hooks.box import Box
from hooks.feeds.article import article, website
from hooks.feeds.atom import FILE, atom
from hooks.feeds.content import content
from hooks.feeds.copy import copied
from hooks.feeds.llms import llms
from hooks.feeds.publication import Leaf, Publication, day, leaf
from hooks.feeds.share import CARD, Image, share
from hooks.feeds.sitemap import FILE as SITEMAP
from hooks.feeds.sitemap import robots, sitemap
from hooks.formula.format import Language
from hooks.series import Essay

HOME = "index.md"

NEWEST = 20
"""So many essays stand in a feed: readers' programs ask for it every hour."""


@dataclass(frozen=True)
class Head:
    """What a page's head says of it and of its other forms; nothing in it is escaped but `data`. Empty is absent.

    `markdown`, `atom` and the page's `own` feed are addresses below the site's; the others are whole ones.
    """

    markdown: str
    atom: str
    own: str
    data: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    share: tuple[tuple[str, str], ...]


class Press:
    """Collects the pages of one language. `essays` are the published ones, in the order of the path.

    `shelves` are the pages that list some of them and have a feed of their own, by source, with the slugs of what they list.
    `aside` is the file in which pages' copies wait.
    """

    def __init__(
        self,
        site: Publication,
        essays: Sequence[Essay],
        shelves: Mapping[str, Sequence[str]] | None = None,
        aside: IO[bytes] | None = None,
    ):
        self.site = site
        self.essays = [_source(essay.slug) for essay in essays]
        self.days = {_source(essay.slug): day(essay.meta) for essay in essays}
        self.shelves = {
            uri: [_source(slug) for slug in slugs] for uri, slugs in (shelves or {}).items()
        }
        self.fed = {
            uri for listed in (self.essays, *self.shelves.values()) for uri in self._latest(listed)
        }
        """The essays that stand in a feed in full."""
        self.leaves: dict[str, Leaf] = {}
        self.pages: dict[str, str] = {}
        self._files: dict[str, Box[dict[str, str]]] = {}
        self._aside = aside

    def page(
        self,
        uri: str,
        meta: Mapping[str, Any],
        language: Language,
        both: bool = True,
        shown: str = "",
    ) -> Head:
        """Take a page by its front matter, whose texts have been filled.

        `both` tells whether it is written in both languages; `shown` what its own card shows, where it has one.
        """
        one = leaf(uri, meta, language, both)
        one = self.leaves[uri] = (
            one
            if one.date
            else replace(
                one, date=self._newest(self.essays if uri == HOME else self.shelves.get(uri, ()))
            )
        )
        essay = uri in self.essays
        image = Image(one.address + CARD, shown) if shown else Image(CARD, self.site.name)
        data = (
            article(self.site, one, self.site.address + image.path if self.site.address else "")
            if essay
            else website(self.site)
            if uri == HOME
            else ""
        )
        atom = FILE if self.site.address and self._newest(self.essays) else ""
        own = (
            one.address + FILE
            if self.site.address and self._newest(self.shelves.get(uri, ()))
            else ""
        )
        return Head(
            quoted(one.copy),
            atom,
            own,
            data,
            self.site.at(one),
            self.site.alternates(one),
            share(self.site, one, essay, image),
        )

    def copy(
        self, uri: str, meta: Mapping[str, Any], body: str, figures: Mapping[str, str]
    ) -> None:
        """Take the Markdown of a page, filled with bare texts, and the files of its figures, by name, for its copy and its feeds to show."""
        one = self.leaves[uri]
        text = copied(
            one,
            body,
            headed=bool(one.question) or (bool(meta.get("title")) and not meta.get("bare")),
        )
        self._files[uri] = Box(
            {one.copy: text}
            | {join(dirname(one.copy), f"{name}.svg"): svg for name, svg in figures.items()},
            self._aside,
        )

    def files(self, uri: str) -> dict[str, str]:
        """A page's Markdown copy and the figures in it, by address, handed out once."""
        return self._files.pop(uri).open() if uri in self._files else {}

    def full(self, uri: str, html: str) -> None:
        """Take a page's own HTML, with pictures in place of its figures, if a feed has it."""
        if uri in self.fed:
            self.pages[uri] = content(html, self.site.address + self.leaves[uri].address)

    def put(self, uri: str, told: tuple[Leaf, str]) -> None:
        """Take a page as `of` has told of it."""
        self.leaves[uri], full = told
        if full:
            self.pages[uri] = full

    def of(self, uri: str) -> tuple[Leaf, str]:
        """What has been taken of a page: its leaf, and its content where a feed has it."""
        return self.leaves[uri], self.pages.get(uri, "")

    def texts(self) -> dict[str, str]:
        """Everything printed, by address below the site's."""
        others = [
            self.leaves[uri]
            for uri in sorted(self.leaves)
            if uri != HOME and not uri.startswith(("essays/", "tags/"))
        ]
        printed = {
            "llms.txt": llms(self.site, self._taken(self.essays), others),
            FILE: atom(self.site, self._taken(self._latest(self.essays)), self.pages),
        }
        for uri, listed in self.shelves.items():
            if uri in self.leaves:
                printed[self.leaves[uri].page + FILE] = atom(
                    self.site, self._taken(self._latest(listed)), self.pages, self.leaves[uri]
                )
        printed[SITEMAP] = sitemap(
            self.site,
            [
                leaf
                for uri, leaf in self.leaves.items()
                if uri in self.essays or not uri.startswith("essays/")
            ],
        )
        printed["robots.txt"] = robots(self.site) if self.site.language == "en" else ""
        copies = {path: text for uri in list(self._files) for path, text in self.files(uri).items()}
        return copies | {path: text for path, text in printed.items() if text}

    def _taken(self, uris: Iterable[str]) -> list[Leaf]:
        return [self.leaves[uri] for uri in uris if uri in self.leaves]

    def _latest(self, uris: Iterable[str]) -> list[str]:
        """The essays that a feed of these holds."""
        return sorted(
            (uri for uri in uris if self.days.get(uri)),
            key=lambda uri: self.days[uri],
            reverse=True,
        )[:NEWEST]

    def _newest(self, uris: Iterable[str]) -> str:
        return max((self.days.get(uri, "") for uri in uris), default="")


def _source(slug: str) -> str:
    return f"essays/{slug}/index.md"
