"""A table template: `for batch in 1, 32` above a table repeats its row for every value."""

from itertools import product

from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given, Scenario
from hooks.page.reference import setting_value
from hooks.problems import Mistake


def _all(name: str, scenario: Scenario, at: int) -> list[float | str]:
    """Every row of the table that a choice picks from, in its own order."""
    choice = scenario.library.fields_of_scenario.get(name)
    if not isinstance(choice, Choice):
        raise Mistake(f"'*' stands for every row of a table, and '{name}' picks from none", at + 1)
    return [*scenario.rows(choice.table)]


def sweep(text: str, scenario: Scenario) -> list[Given]:
    """The pins of every row, the first field varying slowest.

    `text` is what follows `for`: one or two of `field in value, value …`, joined by `;`. `*` stands for every row.
    """
    fields: list[tuple[str, list[float | str]]] = []
    at = 0
    for part in text.split(";"):
        name, word, values = part.partition(" in ")
        if not word:
            raise Mistake("a table template reads: for batch in 1, 8, 32", at)
        offset = at + len(name) + len(word)
        row: list[float | str] = []
        if values.strip() == "*":
            row += _all(name.strip(), scenario, at)
            values = ""
        for value in values.split(",") if values else ():
            where = offset + len(value) - len(value.lstrip())
            if not value.strip():
                raise Mistake("a value is missing between the commas", where)
            row.append(
                setting_value(
                    name.strip(),
                    value.strip(),
                    scenario,
                    where if name.strip() in scenario.library.fields_of_scenario else at + 1,
                )
            )
            offset += len(value) + 1
        fields.append((name.strip(), row))
        at += len(part) + 1
    if len(fields) > 2:
        raise Mistake("a table sweeps one or two fields")
    names = [name for name, _ in fields]
    return [
        dict(zip(names, values, strict=True))
        for values in product(*(values for _, values in fields))
    ]
