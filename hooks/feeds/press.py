"""The press: takes every page of a build once, and prints what leaves the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join
from typing import Any

from hooks.feeds.article import article
from hooks.feeds.atom import FILE, atom
from hooks.feeds.content import picture
from hooks.feeds.copy import copied
from hooks.feeds.llms import llms
from hooks.feeds.publication import Leaf, Publication, day, leaf
from hooks.formula.format import Language
from hooks.series import Essay


@dataclass(frozen=True)
class Head:
    """What a page's head says of its other forms: addresses below the site's, and structured data. Empty is absent."""

    markdown: str
    atom: str
    article: str


class Press:
    """Collects the pages of one language. `essays` are the published ones, in the order of the path."""

    def __init__(self, site: Publication, essays: Sequence[Essay]):
        self.site = site
        self.essays = [f"essays/{essay.slug}/index.md" for essay in essays]
        self.dated = any(day(essay.meta) for essay in essays)
        self.leaves: dict[str, Leaf] = {}
        self.pages: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def page(self, uri: str, meta: Mapping[str, Any], body: str, language: Language) -> Head:
        """Take a page: its front matter with filled texts, and its Markdown filled with bare ones."""
        one = self.leaves[uri] = leaf(uri, meta, language)
        self.files[one.copy] = copied(one, body, headed=bool(one.question) or (bool(meta.get("title")) and not meta.get("bare")))
        return Head(one.copy, FILE if self.site.address and self.dated else "", article(self.site, one) if uri in self.essays else "")

    def picture(self, uri: str, name: str, svg: str) -> None:
        """Take a figure of a page, for its copy to show."""
        self.files[join(dirname(self.leaves[uri].copy), f"{name}.svg")] = picture(svg)

    def full(self, uri: str, html: str) -> None:
        """Take a page's own HTML, figures included."""
        if uri in self.essays:
            self.pages[uri] = html

    def texts(self) -> dict[str, str]:
        """Everything printed, by address below the site's."""
        essays = [self.leaves[uri] for uri in self.essays if uri in self.leaves]
        others = [self.leaves[uri] for uri in sorted(self.leaves) if uri != "index.md" and not uri.startswith("essays/")]
        feed = atom(self.site, essays, self.pages)
        return self.files | {"llms.txt": llms(self.site, essays, others)} | ({FILE: feed} if feed else {})
