"""Checks of a page against the project: its front matter, its links, its translation."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from hooks.formula.evaluate import Scenario
from hooks.page.foreign import foreign
from hooks.page.links import broken_links, link_targets, lost, without_unreadable
from hooks.page.page import body_at
from hooks.page.pair import CITATION, disagreements, with_ids
from hooks.page.refused import refused_in, unread
from hooks.series.inherited import contradictions, inherited
from hooks.series.metadata import accepted, front_matter, front_matter_mistakes
from hooks.site.project import Project
from hooks.site.record import PageSource, Record
from hooks.text.languages import twin_path
from hooks.text.problems import Mistake, Problem, line_and_column


def usable_front_matter(source: PageSource) -> dict[str, Any]:
    """The front matter that can be used; a translation inherits what the English page says for
    both.
    """
    meta = accepted(_front_matter(source.text), source.text)
    if not source.path.name.endswith(".zh.md"):
        return meta
    return inherited(accepted(_front_matter(source.english), source.english), meta)


def _front_matter(text: str) -> dict[str, Any]:
    """A page's front matter; nothing while YAML cannot read it: `front_matter_mistakes` says so."""
    try:
        return front_matter(text)
    except Mistake:
        return {}


def linked_documents(source: PageSource) -> set[str]:
    """What a page's checks look at besides the page: the files that it links to."""
    return {f"document {target}" for target in link_targets(source.text, source.uri)}


def source_mistakes(source: PageSource, project: Project) -> Iterator[Mistake]:
    """What is wrong with the front matter and the words of a page."""
    yield from front_matter_mistakes(source.text, source.uri in project.series.uris)
    yield from project.words.mistakes(source.text)


def links_to_nothing(source: PageSource, project: Project) -> list[Mistake]:
    """The links of a page's Markdown that lead to no document."""
    start = body_at(source.text)
    return list(broken_links(source.text, source.uri, project.sources.documents, start))


def without_unreadable_links(source: PageSource, text: str) -> str:
    """The Markdown of a page without the links that Markdown itself could not read."""
    return without_unreadable(text, source.uri)


def with_shared_ids(source: PageSource, text: str) -> str:
    """The Markdown of a page with the ids of the English headings, which both languages share."""
    return with_ids(text, source.english[body_at(source.english) :])


def foreign_markup(source: PageSource, html: str) -> Iterable[Mistake]:
    """What in the HTML of a page is not of this site; what a build has written needs no check."""
    return () if source.generated else foreign(html, source.text)


def pair_problems(source: PageSource, project: Project, scenario: Scenario) -> list[Problem]:
    """Where the two languages differ. A build tells it once, of the translation; a preview on
    either page.
    """
    if source.generated or source.chinese is None:
        return []
    if project.language == "en" and not project.settings.served:
        return []
    where = project.settings.relative(project.settings.docs / twin_path(source.uri))
    pair = source.english, source.chinese
    refused = tuple(
        refused_in(
            text,
            scenario,
            lambda path: (source.path.parent / unquote(path)).is_file(),
            [mistake.at for mistake in project.words.mistakes(text)],
        )
        for text in pair
    )
    found = disagreements(*pair, where, (refused[0], refused[1]))
    if found:  # what cannot be read is looked for only then
        spans = [unread(text, body_at(text), scenario.library) for text in pair]
        found = disagreements(*pair, where, (refused[0], refused[1]), (spans[0], spans[1]))
    return [*found, *contradictions(*pair, where, project.scenario)]


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
                source = project.sources.source(uri)
                mistake = lost(source.text, uri, to, anchor, link, known)
                place = line_and_column(source.text, mistake.at)
                problems.append(
                    Problem(project.settings.relative(source.path), *place, mistake.message)
                )
    return problems
