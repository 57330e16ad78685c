"""A table template: `for batch in 1, 32` above a table repeats its row for every value."""

import re
from collections.abc import Iterator
from itertools import product

from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.reference import setting_value
from hooks.page.scan import FOR, blanked, code, scan, tokens
from hooks.text.problems import Mistake, resting_on

BLOCK = re.compile(r"(?:^[ \t]*\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def misshapen(text: str, start: int) -> Iterator[Mistake]:
    """What is wrong with the shape of tables behind `start` that hold references or stand below a
    `for`; offsets are into the whole text.

    A table has a header, a rule and rows, all of as many cells; each line begins and ends with `|`.
    """
    found = tokens(text)
    signs = blanked(text, [*code(text), *((each.start, each.end) for each in found)])
    numbers = [slot.start for slot in scan(text) if slot.kind == "number"]
    below = [each.end for each in found if each.closed and not each.ticks and FOR.match(each.inner)]
    for block in BLOCK.finditer(signs, start):
        if not any(block.start() <= at < block.end() for at in numbers) and not any(
            text[at : block.start()].strip() == "" and at <= block.start() for at in below
        ):
            continue
        lines = [*re.finditer(r"[^\n]+", signs[block.start() : block.end()])]
        if len(lines) < 3:
            yield Mistake(
                "a table needs a header, a rule such as | --- | --- | and a row below it",
                block.start(),
            )
            continue
        width = _cells(lines[0][0])
        if not RULE.match(lines[1][0]):
            rule = "| --- " * width + "|"
            yield Mistake(
                f"the rule is missing below the table's header: {rule}",
                block.start() + lines[1].start(),
            )
            continue
        for number, line in enumerate(lines):
            at = block.start() + line.start()
            cells = _cells(line[0])
            if not line[0].rstrip().endswith("|"):
                yield Mistake("this line of the table does not end with '|'", at)
            elif not text[at:].lstrip(" \t").startswith("|"):
                yield Mistake("this line of the table does not begin with '|'", at)
            elif cells != width:
                what = "rule" if number == 1 else "row"
                counted = f"{cells} cells" if cells != 1 else "1 cell"
                yield Mistake(f"this {what} has {counted}, the table's header {width}", at)
        rest = signs[block.end() :].split("\n", 1)[0]
        if rest.strip() and "|" in rest:
            yield Mistake("this line of the table does not begin with '|'", block.end())


def _cells(line: str) -> int:
    """How many cells a line has, whose code is blanked."""
    return len(re.findall(r"(?<!\\)\|", line)) - 1


def _all(name: str, scenario: Scenario, at: int) -> list[float | str]:
    """Every row of the table that a choice picks from, in its own order, but for one that says
    nothing itself and stands for whichever suits the scenario.
    """
    choice = scenario.library.fields_of_scenario.get(name)
    if name in scenario.library.broken:
        raise resting_on(scenario.library.broken[name], at + 1)
    if not isinstance(choice, Choice):
        raise Mistake(f"'*' stands for every row of a table, and '{name}' picks from none", at + 1)
    rows = scenario.rows(choice.table)
    return [row for row in rows if scenario.tables[choice.table][row].cells] or [*rows]


def sweep(text: str, scenario: Scenario) -> list[Given]:
    """The pins of every row, the first field varying slowest.

    `text` is what follows `for`: one or two of `field in value, value …`, joined by `;`. `*` stands
    for every row.
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
