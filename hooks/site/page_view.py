"""A page as readers get it: its record with what depends on all records."""

from dataclasses import dataclass
from html import escape
from typing import Any

from hooks.page.companion import COMPANION, companion, without_marks
from hooks.preview.preview_page import with_position
from hooks.publish.feeds.page_address import copy_of, page_of
from hooks.publish.feeds.publisher import Head
from hooks.site.assembly import Assembly, published_page
from hooks.site.policy import guarded
from hooks.site.record import Body, Files, Record
from hooks.text.problems import Problem, folded


@dataclass(frozen=True)
class PageView:
    """What the template shows of a page."""

    content: str
    meta: dict[str, Any]


def view(record: Record, body: Body, assembly: Assembly) -> PageView:
    """A page's own HTML, and its front matter with what depends on all pages: its neighbours, tags
    and addresses.
    """
    project, html = assembly.project, body.html
    if "<!-- term " in html or "<!-- work " in html:
        html = project.words.finished(html, assembly.uses)
    shared = [*project.engine.problems, *project.series.route.problems]
    problems = project.sources.writers.without_consequences([*shared, *record.problems])
    page = assembly.published.get(record.uri) or published_page(record, project)
    head: Head = project.publisher.head(page, record.card)
    return PageView(
        notice(problems) + html,
        record.meta
        | {
            "place": project.series.neighbours(record.uri),
            "adjacent": project.series.adjacent_pages.get(record.uri),
            "labels": project.series.tags_of(record.uri),
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


def finished(html: str, served: bool) -> str:
    """What a browser gets: a page with its policy.

    A preview has none, since the server's own reload script is inline, but keeps the writer's
    position.
    """
    html = without_marks(html)
    return with_position(html) if served else guarded(html)
