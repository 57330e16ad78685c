"""A model's counted parameters beside those that its publisher prints.

A publisher prints a few digits, rounded or cut off: `14 billion` stands for anything from 13.5
to 15, but for no more than a tenth above or below. One hundredth comes on top, for what the
models leave out of every model: biases, norms of queries and keys, the taps of convolutions. A
row whose `limits` say what else is left out may differ by a tenth.
"""

import re
from collections.abc import Iterator

from hooks.data.rules.rule import Broken
from hooks.formula.declaration import Cell, Row, Tables
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.text.problems import Mistake

LEFT_OUT = 0.01
"""What biases, norms and convolution taps come to at most."""

MOST = 0.1
"""So much of the printed figure its own rounding allows for at most, and so much a row with
limits may differ.
"""

COUNTS = {
    "published_params": ("params",),
    "published_active_params": ("active_params", "matmul_params", "layers_active_params"),
}
"""What each printed figure is held against. Publishers count both tables as active, the LM head
alone, or neither: the nearest count decides.
"""


def count_faults(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """Where a count lies further from the printed figure than its digits allow."""
    scenario = Scenario(library, tables, {"model": row.id})
    for key, names in COUNTS.items():
        if key not in row.cells or any(name not in library.names for name in names):
            continue
        values = [value for name in names if isinstance(value := _value(scenario, name), float)]
        printed = row.cells[key]
        low, high = allowed(printed, bool(row.limits))
        if values and not any(low <= value <= high for value in values):
            yield (
                key,
                _message(min(values, key=lambda value: abs(value - _number(printed))), row, key),
            )


def allowed(printed: Cell, limited: bool) -> tuple[float, float]:
    """The counts that a printed figure may stand for."""
    number = _number(printed)
    most = MOST * number
    last = _last_digit(printed)
    below, above = min(last / 2, most), min(last, most)
    slack = most if limited else LEFT_OUT * number
    return number - max(below + LEFT_OUT * number, slack), number + max(
        above + LEFT_OUT * number, slack
    )


def _last_digit(printed: Cell) -> float:
    """What one more in the last printed digit would be: 1 billion for `14 billion`, 0.1 billion
    for `14.7 billion`.
    """
    match = re.match(r"[\d,]*(?:\.(\d+))?", printed.text.strip())
    digits = match[0] if match else ""
    number = float(digits.replace(",", "") or 1)
    unit = _number(printed) / number if number else 1.0
    return unit / 10 ** len(match[1] or "") if match else unit


def _number(printed: Cell) -> float:
    return printed.value if isinstance(printed.value, float) else 0.0


def _value(scenario: Scenario, name: str) -> object:
    try:
        return scenario[name]
    except Mistake:
        return None


def _message(counted: float, row: Row, key: str) -> str:
    printed = _number(row.cells[key])
    off = counted / printed - 1
    active = "active " if key == "published_active_params" else ""
    few = "more" if off > 0 else "fewer"
    cure = (
        "with its limits a row may differ by a tenth; look at the keys again"
        if row.limits
        else "look at the keys again, or say in limits and limits_zh what is not counted"
    )
    count = f"{counted / 1e9:,.4g} billion"
    return (
        f"the row's keys come to {count} {active}parameters, {abs(off):.1%} {few} than the"
        f" {row.cells[key].text} that are published: {cure}"
    )
