"""The sources of the catalogue, table by table."""

from collections import defaultdict
from html import escape

from hooks.formula.declaration import Row, Source
from hooks.lists.request import ListRequest
from hooks.page.derivations import cite
from hooks.page.long_table import SHOWN, note_below
from hooks.page.page_list import page_list
from hooks.text.languages import say
from hooks.text.problems import Mistake, did_you_mean, resting_on


@page_list("sources", choosing=True)
def source_list(page: ListRequest) -> str:
    """Every row of a table with the documents that its values were read in, and its limits: `<!--
    sources models -->`.
    """
    table, scenario = page.choice, page.scenario
    if table not in scenario.tables and scenario.library.inputs_broken:
        raise resting_on(next(iter(scenario.library.broken.values())))
    if table not in scenario.tables:
        raise Mistake(f"no table '{table}'{did_you_mean(table, scenario.tables)}")
    rows = [row for row in scenario.tables[table].values() if row.cells]
    entries = "".join(_sources_of(page, row) for row in rows[:SHOWN])
    shown = min(SHOWN, len(rows))
    rest = note_below(shown, len(rows), shown, table, scenario, page.works)
    return f'<ul class="sources" data-search-exclude>{entries}</ul>{rest}'


def _sources_of(page: ListRequest, row: Row) -> str:
    by_source: dict[Source, list[str]] = defaultdict(list)
    for key, cell in row.cells.items():
        by_source[cell.source].append(key)
    language, parts = page.language, []
    comma, colon = say("mark.comma", language), say("mark.colon", language)
    for source, keys in sorted(by_source.items(), key=lambda item: -len(item[1])):
        names = (
            ""
            if len(by_source) == 1 or len(keys) == max(map(len, by_source.values()))
            else f"<small>{say('mark.brackets', language, text=comma.join(keys))}</small>"
        )
        parts.append(cite(source, language) + names)
    limits = row.limit(language)
    also = f' <em class="limits">{escape(limits)}</em>' if limits else ""
    listed = say("mark.semicolon", language).join(parts)
    return f"<li><strong>{page.title(row)}</strong>{colon}{listed}{also}</li>"
