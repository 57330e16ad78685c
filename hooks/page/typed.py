"""What a page types and should compute: in prose, in tables, and beside references."""

from collections.abc import Iterator

from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import MEASUREMENT
from hooks.page.second_unit import second_units
from hooks.page.typed_columns import typed_columns
from hooks.page.typed_numbers import typed_numbers
from hooks.text.problems import Mistake


def typed(text: str, scenario: Scenario, start: int = 0) -> Iterator[Mistake]:
    """Every typed number of a text behind `start`; offsets are into the whole text."""
    yield from typed_numbers(text, _row_names(scenario), start)
    yield from typed_columns(text, start)
    yield from second_units(text, start, scenario)


def _row_names(scenario: Scenario) -> dict[str, dict[str, tuple[str, str]]]:
    """What the rows of each table that a scenario picks from are called; runs are named after
    those.
    """
    fields = scenario.library.fields_of_scenario.values()
    tables = {
        field.table for field in fields if isinstance(field, Choice) and field.name != MEASUREMENT
    }
    return {table: scenario.names(table) for table in sorted(tables)}
