"""A table template: `for batch in 1, 32` above a table repeats its row for every value."""

from itertools import product

from hooks.formula.evaluate import Given, Scenario
from hooks.page.reference import setting_value
from hooks.problems import Mistake


def sweep(text: str, scenario: Scenario) -> list[Given]:
    """The pins of every row, the first field varying slowest.

    `text` is what follows `for`: one or two of `field in value, value …`, joined by `;`.
    """
    fields: list[tuple[str, list[float | str]]] = []
    at = 0
    for part in text.split(";"):
        name, word, values = part.partition(" in ")
        if not word:
            raise Mistake("a table template reads: for batch in 1, 8, 32", at)
        offset = at + len(name) + len(word)
        row = []
        for value in values.split(","):
            where = offset + len(value) - len(value.lstrip())
            if not value.strip():
                raise Mistake("a value is missing between the commas", where)
            row.append(setting_value(name.strip(), value.strip(), scenario, where if name.strip() in scenario.library.fields_of_scenario else at + 1))
            offset += len(value) + 1
        fields.append((name.strip(), row))
        at += len(part) + 1
    if len(fields) > 2:
        raise Mistake("a table sweeps one or two fields")
    names = [name for name, _ in fields]
    return [dict(zip(names, values, strict=True)) for values in product(*(values for _, values in fields))]
