"""Compiling a page: its Markdown in, one record out."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hooks.formula.evaluate import Scenario
from hooks.live.scripts import script_of
from hooks.page import formula
from hooks.page.features import completed, needs_markup
from hooks.page.fill import Filled, LiveParts, Page, body_at
from hooks.page.foreign import foreign
from hooks.page.links import broken_links, link_targets, without_unreadable
from hooks.page.pair import disagreements, with_ids
from hooks.page.placeholders import Fragment
from hooks.page.refused import refused_in
from hooks.pictures.drawing import FigureProblem, Picture, draw_picture
from hooks.publish.cards.share_card import Card
from hooks.publish.feeds.content import content, pictured
from hooks.publish.feeds.page_address import copy_of, page_of
from hooks.publish.feeds.share import CARD
from hooks.publish.search.index import indexed
from hooks.series.essay import minutes
from hooks.series.inherited import contradictions, inherited
from hooks.series.metadata import accepted, front_matter, front_matter_mistakes
from hooks.site.assets import framed
from hooks.site.page_figures import as_file, points_file, shown
from hooks.site.project import Project
from hooks.site.record import Body, Files, PageSource, Record, Rendered
from hooks.text.address import quoted
from hooks.text.languages import twin_path
from hooks.text.problems import Mistake, Problem
from hooks.text.rows import relative

CLAIMS_ALONE = re.compile(r'<p>((?:<span class="claim"[^>]*></span>\s*)+)</p>')
"""A paragraph of claims and nothing else, which Markdown has made."""


def compile_page(source: PageSource, project: Project) -> Record:
    """The record of a page: a function of its source, the project's files, and nothing else.

    What is wrong with the page is in the record's problems; nothing that a writer writes raises an exception.
    """
    meta, inputs = _front_matter(source), _inputs(source)
    page = project.page(source.path, source.text, meta, inputs)
    page.generated = source.generated
    astray = list(broken_links(source.text, source.uri, project.documents, page.body_at))
    for wrong in (
        *front_matter_mistakes(source.text, source.uri in project.essay_uris),
        *astray,
        *project.words.mistakes(source.text),
    ):
        page.refuse(wrong)
    _fill_texts(page, meta)
    filled = page.fill(source.path.parent)
    filled.problems += _pair_problems(source, project, page.scenario)
    pictures = _draw(filled, project, inputs)
    text = without_unreadable(filled.text, source.uri) if astray else filled.text
    text = with_ids(text, source.english[body_at(source.english) :])  # both languages share them
    if formula.FENCE.search(text):
        inputs.add("labels")
        text = formula.with_formulas(text, project.labels(source.path))
    rendered = project.markdown(source.uri, filled.placeholders.markdown(text))
    for mistake in () if source.generated else foreign(rendered.html, source.text):
        page.refuse(mistake)
    return _record(source, project, page, filled, pictures, meta, rendered, inputs)


def _front_matter(source: PageSource) -> dict[str, Any]:
    """The front matter that can be used; a translation inherits what the English page says for both."""
    meta = accepted(_readable(source.text), source.text)
    if not source.path.name.endswith(".zh.md"):
        return meta
    return inherited(accepted(_readable(source.english), source.english), meta)


def _readable(text: str) -> dict[str, Any]:
    """A page's front matter; nothing while YAML cannot read it, which `mistakes` tells."""
    try:
        return front_matter(text)
    except Mistake:
        return {}


def _inputs(source: PageSource) -> set[str]:
    """What a page's checks look at besides the page: the files that it links to."""
    return {f"document {target}" for target in link_targets(source.text, source.uri)}


def _fill_texts(page: Page, meta: dict[str, Any]) -> None:
    for key in ("title", "question", "description"):
        if isinstance(meta.get(key), str):
            meta[f"{key}_followed"] = page.followed(meta[key]) if key != "description" else ""
            meta[key] = page.plain(meta[key])


def _pair_problems(source: PageSource, project: Project, scenario: Scenario) -> list[Problem]:
    """Where the two languages differ. A build tells it once, of the translation; a preview on either page."""
    if source.generated or source.chinese is None:
        return []
    if project.language == "en" and not project.settings.served:
        return []
    where = project.relative(project.settings.docs / twin_path(source.uri))
    refused = tuple(
        refused_in(
            text,
            scenario,
            lambda path: (source.path.parent / unquote(path)).is_file(),
            [mistake.at for mistake in project.words.mistakes(text)],
        )
        for text in (source.english, source.chinese)
    )
    return [
        *disagreements(source.english, source.chinese, where, (refused[0], refused[1])),
        *contradictions(source.english, source.chinese, where, project.scenario),
    ]


def _draw(filled: Filled, project: Project, inputs: set[str]) -> dict[str, Picture]:
    """A page's pictures, by token, each put where its figure stands. A mistake in a figure's file is a problem."""
    drawn: dict[str, Picture] = {}
    for request in filled.figures:
        inputs.add(f"file {relative(request.path, project.settings.root)}")
        try:
            one = draw_picture(
                request.path,
                filled.scenario,
                project.language,
                request.alt,
                project.settings.drawings,
                project.settings.root,
            )
        except FigureProblem as error:
            filled.problems.append(error.problem)
            filled.placeholders.replace(request.sign, Fragment("", "", "", block=True))
            continue
        inputs |= {f"file {path}" for path in one.inputs}
        drawn[request.token] = one
        fragment = Fragment(
            shown(request, one, project.language),
            pictured(request.token, one.svg, request.alt),
            "",
            block=True,
        )
        filled.placeholders.replace(request.sign, fragment)
    return drawn


def _record(
    source: PageSource,
    project: Project,
    page: Page,
    filled: Filled,
    pictures: dict[str, Picture],
    meta: dict[str, Any],
    rendered: Rendered,
    inputs: set[str],
) -> Record:
    uri, language, signs = source.uri, project.language, filled.placeholders
    title = str(meta.get("title") or "")
    html, cards, uses = project.words.read(uri, title, rendered.html, signs.parts)
    html = CLAIMS_ALONE.sub(r"\1", signs.shown(html))
    lead = next((one for one in filled.figures if one.token in pictures), None)
    files = _files(source, project, filled, pictures)
    live, script = project.scripts.page(
        uri, _with_charts(filled, pictures, project), filled.scenario
    )
    if script:
        files[script_of(uri)] = script
    essay = uri in project.publisher.essays
    if essay:
        figure = files[_figure_file(uri, lead.token)] if lead else ""
        _card(meta, str(figure), uri, page, project, files)
    entries = filled.works.html()
    meta |= {
        "minutes": minutes(source.text),
        "marks": uri in project.essay_uris or "data-essay=" in html,
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
        _figure_file(uri, lead.token) if lead else "",
        f"{meta.get('question') or title} {lead.alt if lead else ''}".strip() if essay else "",
        page.problems,
        inputs,
        Body(
            framed(completed(html, language), language),
            entries,
            filled.works.scenario_in_words(filled.scenario),
            project.publisher.copy(
                project.publisher.published_page(uri, meta, project.language), meta, filled.bare
            ),
            _feed(uri, signs.words(rendered.html), project),
            files,
        ),
    )


def _files(
    source: PageSource, project: Project, filled: Filled, pictures: dict[str, Picture]
) -> Files:
    """What lies beside a page: the long tables in full, the points of its charts, and its figures for its copy and feeds."""
    folder = Path(source.uri).parent
    files: Files = {(folder / name).as_posix(): text for name, text in filled.works.files.items()}
    for token, one in pictures.items():
        if one.rows:
            files[(folder / points_file(token)).as_posix()] = one.csv
        files[_figure_file(source.uri, token)] = as_file(one.svg, project.settings.drawings)
    return files


def _figure_file(uri: str, token: str) -> str:
    return (Path(copy_of(uri)).parent / f"{token}.svg").as_posix()


def _with_charts(filled: Filled, pictures: dict[str, Picture], project: Project) -> LiveParts:
    """The live parts of a page, with what its pictures plot."""
    for term in (term for one in pictures.values() for term in one.terms):
        filled.live.terms.add(term)
        filled.live.fields |= term.follows(project.engine.library)
    return filled.live


def _feed(uri: str, html: str, project: Project) -> str:
    """The content of an essay that is in a feed: pictures in place of figures, and no claims."""
    if uri not in project.publisher.fed:
        return ""
    address = project.publisher.site.address + quoted(page_of(uri))
    return content(CLAIMS_ALONE.sub("", html), address)


def _card(
    meta: dict[str, Any], figure: str, uri: str, page: Page, project: Project, files: Files
) -> None:
    """The share card of an essay. It is drawn where it can be found: a card's address must be a complete one."""
    title, question = (str(meta.get(key) or "") for key in ("title", "question"))
    card = Card(question or title, title if question else "", project.settings.site, figure)
    try:
        card.check(page.text)
    except Mistake as mistake:
        page.refuse(mistake)
    else:
        if project.settings.address:
            files[page_of(uri) + CARD] = card.png(project.settings.drawings)


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
