"""A book: the published essays of one language in the order of the site, and what its cover
says.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from hooks.publish.feeds.publication import Publication, day, publication
from hooks.publish.paper.chapter import Chapter, chapter
from hooks.series import Essay, essays
from hooks.text.address import quoted
from hooks.text.html_tree import Node, parse_html
from hooks.text.languages import Language


@dataclass(frozen=True)
class Book:
    """The series in one language. `date` is the newest essay's, so that the same text gives the
    same book.
    """

    site: Publication
    chapters: tuple[Chapter, ...]
    date: str

    @property
    def language(self) -> Language:
        """The language of its cover."""
        return self.site.language


def book(site: Path, root: Path, language: Language) -> Book:
    """The book of a built site, whose essays are those of the project in `root`.

    Raises ValueError where the site lacks what the project has.
    """
    folder = site if language == "en" else site / language
    written = _in_order(essays(root / "docs", language), root / "mkdocs.yml")
    bound = [essay.slug for essay in written]
    headwords = _headwords(folder / "glossary" / "index.html")
    chapters = tuple(chapter(folder, essay, bound, headwords) for essay in written)
    if not chapters:
        raise ValueError(f"{root / 'docs/essays'}: no essay is published")
    _connect(chapters)
    name, description = _site_texts(folder / "llms.txt")
    address = chapters[0].address.removesuffix(quoted(f"essays/{chapters[0].slug}/"))
    return Book(
        publication(root, name, description, address, language),
        chapters,
        max(day(essay.meta) for essay in written),
    )


def _in_order(written: list[Essay], config: Path) -> list[Essay]:
    """Essays as the site's menu has them; those that it lacks come last."""
    listed = re.findall(r"essays/([\w-]+)/index\.md", config.read_text("utf-8"))
    places = {slug: place for place, slug in enumerate(listed)}
    return sorted(written, key=lambda essay: places.get(essay.slug, len(places)))


def _headwords(file: Path) -> dict[str, str]:
    """The terms of the site's glossary by id, in the form that a dictionary has."""
    page = parse_html(file.read_text("utf-8")) if file.is_file() else Node("")
    return {
        node.attributes["id"]: "".join(
            child if isinstance(child, str) else child.text
            for child in node.children
            if isinstance(child, str) or not {"class", "lang"} & set(child.attributes)
        ).strip()
        for node in page.all("h2")
        if "id" in node.attributes
    }


def _site_texts(file: Path) -> tuple[str, str]:
    """The site's name and description, as it gives them to readers of plain text."""
    if not file.is_file():
        raise ValueError(f"{file}: not there; build the site first")
    lines = file.read_text("utf-8").splitlines()
    return lines[0].removeprefix("# "), next(
        (line[2:] for line in lines if line.startswith("> ")), ""
    )


def _connect(chapters: tuple[Chapter, ...]) -> None:
    """A link to a place that the book leaves out leads to the chapter that had it."""
    known = set().union(*(one.ids for one in chapters))
    links: list[Node] = [node for one in chapters for part in one.parts for node in part.all("a")]
    for link in links:
        href = link.attributes.get("href", "")
        if href.startswith("#") and href[1:] not in known:
            link.attributes["href"] = href.partition("--")[0]
