"""Assembling a site: what is made of all records of one language, and what they add to single pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from hooks.cache.store import Store
from hooks.page.companion import COMPANION, companion
from hooks.page.fill import LiveParts
from hooks.page.links import lost
from hooks.page.pair import CITATION
from hooks.publish.cards.share_card import Card
from hooks.publish.feeds.page_address import copy_of, page_of
from hooks.publish.feeds.publication import PublishedPage
from hooks.publish.feeds.publisher import Head
from hooks.publish.feeds.share import CARD
from hooks.publish.search.index import IndexedPage, search_scripts
from hooks.series.route import Neighbours
from hooks.series.tag import Tag
from hooks.site.assets import asset_texts
from hooks.site.project import Project
from hooks.site.record import Body, Files, Record
from hooks.text.problems import Mistake, Problem, folded, line_and_column
from hooks.words.uses import Uses

Bodies = Callable[[str], Body]
"""The body of a page, by its URI. All of them would fill the memory, so each is read when it is needed."""


@dataclass(frozen=True)
class Assembly:
    """What all records of one language make: files that no single page has, and what pages say of each other."""

    project: Project
    published: dict[str, PublishedPage]
    uses: Uses
    files: Files
    problems: list[Problem]


def assemble(
    records: Mapping[str, Record],
    bodies: Bodies,
    project: Project,
    store: Store | None = None,
    partial: bool = False,
) -> Assembly:
    """Scripts, search, feeds, lists, sitemap and the site's card. `store` holds the scripts of earlier builds.

    A `partial` site lacks pages, so entries that no page uses are no problem.
    """
    published = {uri: _published_page(record, project) for uri, record in records.items()}
    uses = Uses(record.uses for record in records.values() if record.uses)
    problems = [problem for record in records.values() for problem in record.problems]
    problems += lost_places(records, project)
    if not partial and not project.writers.problems and not project.engine.problems:
        # what is left out for a mistake may have used and cited it
        problems += project.words.unused(uses)
    files: Files = dict(_feeds(published, bodies, project))
    files |= _site_card(records, bodies, project, problems)
    if project.language == "en":
        files |= asset_texts()
    try:
        scripts: Files = {**_scripts(records, project, store)}
        scripts |= search_scripts(_indexed(records))
        files |= {f"assets/{name}": text for name, text in scripts.items()}
    except Mistake as mistake:
        problems.append(Problem("hooks/costs", 1, 1, mistake.message))
    return Assembly(project, published, uses, files, problems)


def _published_page(record: Record, project: Project) -> PublishedPage:
    meta = record.meta | {"labels": labels(record.uri, project)}
    written = "en" if record.meta["untranslated"] else project.language
    return project.publisher.published_page(record.uri, meta, written, record.meta["both"])


def neighbours(uri: str, project: Project) -> Neighbours | None:
    """An essay among the others; None for another page."""
    return project.route.around(uri.split("/")[1]) if uri.startswith("essays/") else None


def labels(uri: str, project: Project) -> list[Tag]:
    """The tags of an essay; none for another page."""
    place = neighbours(uri, project)
    return project.tags.of(place.item) if place else []


def lost_places(records: Mapping[str, Record], project: Project) -> list[Problem]:
    """Links to places on other pages that are not there."""
    problems = []
    for uri, record in records.items():
        for to, links in record.rendered.links.items():
            if to not in records:
                continue
            known = records[to].rendered.anchors
            for anchor, link in links.items():
                if anchor in known or CITATION.search(f"]({link})"):
                    continue  # a citation of nothing is refused as an unknown work
                source = project.source(uri)
                mistake = lost(source.text, uri, to, anchor, link, known)
                place = line_and_column(source.text, mistake.at)
                problems.append(Problem(project.relative(source.path), *place, mistake.message))
    return problems


def _scripts(
    records: Mapping[str, Record], project: Project, store: Store | None
) -> dict[str, str]:
    """The scripts that pages share. Without the store they cost half a second a language."""
    live = LiveParts()
    for record in records.values():
        live.join(record.live)
    if store is None:
        return project.scripts.site_scripts(live)
    key = repr([sorted(map(repr, part)) for part in (live.numbers, live.terms, live.fields)])
    name = f"scripts {project.language} {sha256(key.encode()).hexdigest()}"
    return store.made(name, dict[str, str], lambda: project.scripts.site_scripts(live))


def _indexed(records: Mapping[str, Record]) -> list[IndexedPage]:
    return [
        IndexedPage(
            uri,
            str(record.meta.get("title") or ""),
            str(record.meta.get("question") or ""),
            record.sections,
        )
        for uri, record in records.items()
    ]


def _feeds(
    published: Mapping[str, PublishedPage], bodies: Bodies, project: Project
) -> dict[str, str]:
    fed = {uri: bodies(uri).feed for uri in sorted(project.publisher.fed & published.keys())}
    return project.publisher.texts(published, fed)


def _site_card(
    records: Mapping[str, Record], bodies: Bodies, project: Project, problems: list[Problem]
) -> Files:
    """The site's card, for pages that have none, over the first figure on the path."""
    essays = (records.get(uri) for uri in project.publisher.essays)
    lead = next((record for record in essays if record and record.lead), None)
    figure = str(bodies(lead.uri).files[lead.lead]) if lead else ""
    card = Card(project.settings.site, project.settings.description, "", figure)
    try:
        card.check()
    except Mistake as mistake:
        problems.append(Problem("mkdocs.yml", 0, 0, mistake.message))
        return {}
    return {CARD: card.png(project.settings.drawings)} if project.settings.address else {}


# Single pages


@dataclass(frozen=True)
class PageView:
    """What the template shows of a page."""

    content: str
    meta: dict[str, Any]


def view(record: Record, body: Body, assembly: Assembly) -> PageView:
    """A page's own HTML, and its front matter with what depends on all pages: its neighbours, tags and addresses."""
    project, html = assembly.project, body.html
    if "<!-- term " in html or "<!-- work " in html:
        html = project.words.finished(html, assembly.uses)
    shared = [*project.engine.problems, *project.route.problems]
    problems = project.writers.without_consequences([*shared, *record.problems])
    page = assembly.published.get(record.uri) or _published_page(record, project)
    head: Head = project.publisher.head(page, record.card)
    return PageView(
        notice(problems) + html,
        record.meta
        | {
            "place": neighbours(record.uri, project),
            "labels": labels(record.uri, project),
            "feeds": head,
        },
    )


def page_files(record: Record, body: Body, page: str, assembly: Assembly) -> Files:
    """What lies beside a page, by address: its copy, its companion, figures, tables and its script.

    `page` is what the template has made of the page.
    """
    project, uri = assembly.project, record.uri
    files: Files = {**body.files, copy_of(uri): body.copy}
    if body.entries:
        title = str(record.meta.get("title") or project.settings.site)
        files[companion_of(uri)] = companion(
            page, title, project.settings.site, body.scenario, body.entries, project.language
        )
    return files


def companion_of(uri: str) -> str:
    """The file of the companion of a page."""
    return f"{page_of(uri)}{COMPANION}index.html"


def notice(problems: list[Problem]) -> str:
    """What a writer sees on top of a page with problems."""
    if not problems:
        return ""
    rows = "".join(f"<li><code>{escape(str(each))}</code></li>" for each in folded(problems))
    return f'<div class="problems" role="alert"><ul>{rows}</ul></div>\n\n'
