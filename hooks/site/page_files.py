"""Files that lie beside a page: its figures and tables, its share card, its content for feeds."""

from pathlib import Path
from typing import Any

from hooks.page.filled import Filled
from hooks.page.page import Page
from hooks.publish.cards.share_card import Card
from hooks.publish.feeds.content import content
from hooks.publish.feeds.page_address import copy_of, page_of
from hooks.publish.feeds.share import CARD
from hooks.site.page_figures import Pictures, as_file, points_file
from hooks.site.project import Project
from hooks.site.record import Files, PageSource
from hooks.text.address import quoted
from hooks.text.problems import Mistake


def beside_files(source: PageSource, project: Project, filled: Filled, pictures: Pictures) -> Files:
    """What lies beside a page: the long tables in full, the points of its charts, and its figures
    for its copy and feeds.
    """
    folder = Path(source.uri).parent
    files: Files = {(folder / name).as_posix(): text for name, text in filled.works.files.items()}
    for token, one in pictures.items():
        if one.rows:
            files[(folder / points_file(token)).as_posix()] = one.csv
        files[figure_path(source.uri, token)] = as_file(one.svg, project.settings.drawings)
    return files


def figure_path(uri: str, token: str) -> str:
    return (Path(copy_of(uri)).parent / f"{token}.svg").as_posix()


def feed_content(uri: str, html: str, project: Project) -> str:
    """The content of an essay that is in a feed: pictures in place of figures, and no claims."""
    if uri not in project.publisher.fed:
        return ""
    address = project.publisher.site.address + quoted(page_of(uri))
    return content(html, address)


def add_card(
    meta: dict[str, Any], figure: str, uri: str, page: Page, project: Project, files: Files
) -> None:
    """The share card of an essay. It is drawn where it can be found: a card's address must be a
    complete one.
    """
    title, question = (str(meta.get(key) or "") for key in ("title", "question"))
    card = Card(question or title, title if question else "", project.settings.site, figure)
    try:
        card.check(page.text)
    except Mistake as mistake:
        page.refuse(mistake)
    else:
        if project.settings.address:
            files[page_of(uri) + CARD] = card.png(project.settings.drawings)


def site_card(figure: str, project: Project) -> Files:
    """The site's own card, for pages that have none. Refuses what the card's font cannot set."""
    card = Card(project.settings.site, project.settings.description, "", figure)
    card.check()
    return {CARD: card.png(project.settings.drawings)} if project.settings.address else {}
