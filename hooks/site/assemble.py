"""Assembling a site: what is made of all records of one language."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from hooks.cache.store import Store
from hooks.page.filled import LiveParts
from hooks.publish.feeds.publication import PublishedPage
from hooks.publish.search.index import IndexedPage, SearchedTerm, search_scripts
from hooks.site.assembly import Assembly, published_page
from hooks.site.assets import asset_texts
from hooks.site.page_checks import lost_places
from hooks.site.page_files import site_card
from hooks.site.project import Project
from hooks.site.record import Body, Files, Record
from hooks.text.problems import Mistake, Problem
from hooks.words.uses import Uses

Bodies = Callable[[str], Body]
"""The body of a page, by its URI. All of them would fill the memory, so each is read when it is
needed.
"""


def assemble(
    records: Mapping[str, Record],
    bodies: Bodies,
    project: Project,
    store: Store | None = None,
    partial: bool = False,
) -> Assembly:
    """Scripts, search, feeds, lists, sitemap and the site's card. `store` holds the scripts of
    earlier builds.

    A `partial` site lacks pages, so entries that no page uses are no problem.
    """
    published = {uri: published_page(record, project) for uri, record in records.items()}
    uses = Uses(record.uses for record in records.values() if record.uses)
    problems = [problem for record in records.values() for problem in record.problems]
    problems += lost_places(records, project)
    if not partial and not project.sources.writers.problems and not project.engine.problems:
        # what is left out for a mistake may have used and cited it
        problems += project.words.unused(uses)
    if project.language == "en" and not project.engine.problems:
        problems += project.models.misses(store)
    files: Files = dict(_feeds(published, bodies, project))
    try:
        files |= site_card(_lead(records, bodies, project), project)
    except Mistake as mistake:
        problems.append(Problem("mkdocs.yml", 0, 0, mistake.message))
    if project.language == "en":
        files |= asset_texts()
    try:
        scripts: Files = {**_scripts(records, project, store)}
        scripts |= search_scripts(_indexed(records), _searched(project))
        files |= {f"assets/{name}": text for name, text in scripts.items()}
    except Mistake as mistake:
        problems.append(Problem("hooks/costs", 1, 1, mistake.message))
    return Assembly(project, published, uses, files, problems)


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


def _searched(project: Project) -> list[SearchedTerm]:
    """The glossary's terms, each with the essays that explain it, and its entry for want of one."""
    return [
        SearchedTerm(
            term.searched(project.language),
            (*(_essay_place(see) for see in term.see), f"glossary/#{term.id}"),
        )
        for term in project.words.glossary.terms.values()
    ]


def _essay_place(see: str) -> str:
    slug, mark, id = see.partition("#")
    return f"essays/{slug}/{mark}{id}"


def _feeds(
    published: Mapping[str, PublishedPage], bodies: Bodies, project: Project
) -> dict[str, str]:
    fed = {uri: bodies(uri).feed for uri in sorted(project.publisher.fed & published.keys())}
    return project.publisher.texts(published, fed)


def _lead(records: Mapping[str, Record], bodies: Bodies, project: Project) -> str:
    """The first figure on the path, as a file's text; empty where there is none."""
    essays = (records.get(uri) for uri in project.publisher.essays)
    lead = next((record for record in essays if record and record.lead), None)
    return str(bodies(lead.uri).files[lead.lead]) if lead else ""
