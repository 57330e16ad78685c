"""What an exported file adds to the engine: its plain assignments, formulas and tables read as declarations.

`hooks/live/export.py` copies these functions into the file, with what they need of the engine; see there.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hooks.data.data_file import read_value
from hooks.formula.declaration import (
    Cell,
    Choice,
    Declaration,
    Field,
    Quantity,
    Row,
    Setting,
    Source,
)
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import PinnedName, Reference
from hooks.formula.units import WORD, unit

DECLARED: dict[str, Any] = {}
"""What @quantity says of each formula, by the formula's name."""


def quantity(
    unit: str, label: str, *, zh: str, words: Any = None, source: str = "", picks: str = ""
) -> Callable[[Any], Any]:
    """Note a formula's unit and its labels in both languages; the function stays the plain one that it looks like."""

    def note(function: Any) -> Any:
        DECLARED[function.__name__] = (function, unit, label, zh, words or {}, picks)
        return function

    return note


def field_of(
    choice: str, name: str, of: str, label: str, each: str = "", default: float | str | None = None
) -> Field:
    """An input that a row of `choice` supplies. Sources print it in its unit without `each`; `default` is for rows that are silent."""
    return Field(
        name,
        unit(of),
        label,
        label,
        "",
        0,
        of=choice,
        key=name,
        printed=unit(of.removesuffix(f"/{each}")),
        default=default,
    )


def opened(
    assigned: dict[str, Any], units: dict[str, str], fields: list[Field], catalogue: dict[str, Any]
) -> Scenario:
    """The scenario that the assignments at the top of the file set; `here["decode_step"]` then is a value in base units."""
    names: dict[str, Declaration] = {
        name: _formula(name, *declared) for name, declared in DECLARED.items()
    }
    names |= {field.name: field for field in fields}
    names |= {
        name: Choice(name, WORD, name, name, "", 0, table=name, default="") for name in catalogue
    }
    names |= {
        name: Setting(name, unit(of), name, name, "", 0, default=0.0) for name, of in units.items()
    }
    tables = {
        choice: {id: _row(id, cells, names) for id, cells in rows.items()}
        for choice, rows in catalogue.items()
    }
    settings: dict[str, Any] = {name: names[name] for name in (*catalogue, *units)}
    defaults = {name: setting.default for name, setting in settings.items()}
    library: Any = SimpleNamespace(
        names=names, fields_of_scenario=settings, defaults=defaults, depends_on=lambda _: settings
    )  # a few numbers need not know what they share
    given = {
        name: float(assigned[name]) if name in units else assigned[name]
        for name in (*catalogue, *units)
        if name in assigned
    }
    return Scenario(library, tables, given)


def _formula(
    name: str, function: Any, of: str, label: str, zh: str, words: dict[str, str], picks: str
) -> Quantity:
    parameters = function.__code__.co_varnames[: function.__code__.co_argcount]
    tree: Any = None  # the function is called, not read
    return Quantity(
        name, unit(of), label, zh, "", 0, parameters, tree, "", "",
        words=words, picks=picks, function=function,
    )  # fmt: skip


def _row(id: str, cells: dict[str, Any], names: dict[str, Declaration]) -> Row:
    """A row of the catalogue; its cells are texts as their sources print them, or plain numbers in the input's unit."""
    read = {}
    for name, cell in cells.items():
        field = names.get(name)
        if isinstance(field, Field):
            text = cell if isinstance(cell, str) else f"{cell} {field.printed}"
            read[name] = Cell(
                read_value(text, "", field.printed),
                cell if isinstance(cell, str) else "",
                Source(""),
            )
    return Row(id, cells["name"], "", read)


def number(name: str, display: str = "", /, **pins: Any) -> Reference:
    """A name's value in the scenario with some fields pinned, to be shown in the unit `display` or in one that suits."""
    return Reference(
        PinnedName(
            name,
            tuple(
                sorted(
                    (key, value if isinstance(value, str) else float(value))
                    for key, value in pins.items()
                )
            ),
        ),
        None,
        display,
    )


def ratio(above: Reference, below: Reference, display: str = "") -> Reference:
    """How many times the one is the other."""
    return Reference(above.top, below.top, display)
