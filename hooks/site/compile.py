"""Compiling a page: its Markdown in, one record out."""

import re
from dataclasses import replace
from typing import Any

from hooks.page import formula
from hooks.page.features import completed, needs_markup
from hooks.page.fill import fill
from hooks.page.filled import Filled
from hooks.page.page import Page
from hooks.publish.search.index import indexed
from hooks.series.essay import minutes
from hooks.site.page_checks import (
    foreign_markup,
    linked_documents,
    links_to_nothing,
    pair_problems,
    source_mistakes,
    usable_front_matter,
    with_shared_ids,
    without_unreadable_links,
)
from hooks.site.page_figures import Pictures, draw_figures, with_charts
from hooks.site.page_files import add_card, beside_files, feed_content, figure_path
from hooks.site.project import Project
from hooks.site.record import Body, PageSource, Record, Rendered

CLAIMS_ALONE = re.compile(r'<p>((?:<span class="claim"[^>]*></span>\s*)+)</p>')
"""A paragraph of claims and nothing else, which Markdown has made."""


def compile_page(source: PageSource, project: Project) -> Record:
    """The record of a page: a function of its source, the project's files, and nothing else.

    What is wrong with the page is in the record's problems; nothing that a writer writes raises an
    exception.
    """
    meta, inputs = usable_front_matter(source), linked_documents(source)
    page = project.page(source.path, source.text, meta, inputs)
    page.generated = source.generated
    astray = links_to_nothing(source, project)
    for wrong in (*source_mistakes(source, project), *astray):
        page.refuse(wrong)
    page.fill_texts(meta)
    filled = fill(page, source.path.parent)
    filled.problems += pair_problems(source, project, page.scenario)
    pictures = draw_figures(filled, project, inputs)
    text = without_unreadable_links(source, filled.text) if astray else filled.text
    text = with_shared_ids(source, text)
    if formula.FENCE.search(text):
        inputs.add("labels")
        text = formula.with_formulas(text, _labels(source, project), filled.placeholders.add_markup)
    rendered = project.markdown(source.uri, filled.placeholders.markdown(text))
    for mistake in foreign_markup(source, rendered.html):
        page.refuse(mistake)
    return _record(source, project, page, filled, pictures, meta, rendered, inputs)


def _labels(source: PageSource, project: Project) -> dict[str, str]:
    """Where the names in a page's formulas lead; nowhere on a site without a page of quantities."""
    if not project.quantities:
        return {}
    up = "../" * source.uri.count("/")
    return formula.labels(project.engine.library, project.language, up + project.quantities)


def _record(
    source: PageSource,
    project: Project,
    page: Page,
    filled: Filled,
    pictures: Pictures,
    meta: dict[str, Any],
    rendered: Rendered,
    inputs: set[str],
) -> Record:
    uri, language, signs = source.uri, project.language, filled.placeholders
    title = str(meta.get("title") or "")
    html, cards, uses = project.words.read(uri, title, rendered.html, signs.parts)
    html = CLAIMS_ALONE.sub(r"\1", signs.shown(html))
    lead = next((one for one in filled.figures if one.token in pictures), None)
    live, script = project.scripts.page(
        uri, with_charts(filled, pictures, project), filled.scenario
    )
    files = beside_files(source, project, filled, pictures) | script
    essay = uri in project.publisher.essays
    if essay:
        figure = files[figure_path(uri, lead.token)] if lead else ""
        add_card(meta, str(figure), uri, page, project, files)
    entries = filled.works.html()
    meta |= {
        "minutes": minutes(source.text),
        "marks": uri in project.series.uris or "data-essay=" in html,
        "untranslated": not source.translated,
        "both": source.generated or source.chinese is not None,
        "claims": filled.claims,
        "live": live,
        "numbers": bool(entries),
        "markup": needs_markup(rendered.html),
        "cards": cards,
    }
    return Record(
        uri,
        _plain(meta),
        replace(rendered, html=""),
        indexed(rendered.html, signs.words, project.engine.library, language),
        filled.live,
        uses,
        figure_path(uri, lead.token) if lead else "",
        f"{meta.get('question') or title} {lead.alt if lead else ''}".strip() if essay else "",
        page.problems,
        inputs,
        Body(
            completed(html, language),
            entries,
            filled.works.scenario_in_words(filled.scenario),
            project.publisher.copy(
                project.publisher.published_page(uri, meta, project.language), meta, filled.bare
            ),
            feed_content(uri, CLAIMS_ALONE.sub("", signs.words(rendered.html)), project),
            files,
        ),
    )


def _plain(meta: dict[str, Any]) -> dict[str, Any]:
    """Front matter as JSON can hold it: days as texts. Of `status` Material would make an icon."""
    return {key: _json(value) for key, value in meta.items() if key != "status"}


def _json(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dict():
            return {str(key): _json(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_json(one) for one in value]
    return str(value)
