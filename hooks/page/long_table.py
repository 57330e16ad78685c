"""How much of a long table a page shows: what a reader can look through, and what a browser can
hold.

A row of numbers that open is some 12 kB of panels, one whose numbers do not open some 600 bytes: 60
of the first and 240 of the second make a page of about a megabyte, however many rows the catalogue
has.
"""

from html import escape

from hooks.formula.csv import csv_line
from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given, Scenario
from hooks.page.derivations import Works
from hooks.text.languages import say

WITH_WORK = 60
"""So many rows of a table have numbers that open to their work."""

SHOWN = 300
"""So many rows of a table, or entries of a list of rows, stand on a page."""


def table_of(pins: Given, scenario: Scenario) -> str:
    """The table of the catalogue that a row's pins pick from; empty for none."""
    fields = scenario.library.fields_of_scenario
    tables = (of.table for name in pins if isinstance(of := fields[name], Choice))
    return next(tables, "")


def note_below(
    shown: int, total: int, opening: int, table: str, scenario: Scenario, works: Works
) -> str:
    """What stands below a long table, as HTML: how many rows there are, and where the others are.

    Nothing below one that is whole. `table` names the catalogue's table, whose rows then lie in a
    CSV file beside the page; it is empty where the rows are no rows of the catalogue.
    """
    language, parts = works.language, []
    if shown < total:
        parts.append(say("limit.first", language, shown=f"{shown:,}", count=f"{total:,}"))
        if table:
            name = f"{table}.csv"
            works.files[name] = published(table, scenario, language)
            link = f'<a href="{escape(name)}" download>{escape(name)}</a>'
            parts.append(say("limit.file", language, link=link))
    if opening < shown:
        parts.append(say("limit.opening", language, count=opening))
    return f'<p class="table-rest">{say("mark.space", language).join(parts)}</p>' if parts else ""


def published(table: str, scenario: Scenario, language: str) -> str:
    """A table of the catalogue as CSV: every row with its values as its sources print them, and its
    sources.
    """
    rows = scenario.tables[table]
    keys = list(dict.fromkeys(key for row in rows.values() for key in row.cells))
    lines = [csv_line(("id", "name", "family", *keys, "sources"))]
    for row in rows.values():
        sources = dict.fromkeys(
            " ".join(part for part in (cell.source.title, cell.source.url) if part)
            for cell in row.cells.values()
        )
        cells = (row.cells[key].text if key in row.cells else "" for key in keys)
        lines.append(
            csv_line((row.id, row.title(language), row.family, *cells, "; ".join(sources)))
        )
    return "\ufeff" + "".join(f"{one}\r\n" for one in lines)
