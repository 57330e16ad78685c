"""What an exported file computes with, besides the page's formulas and rows: a scenario, and
the numbers asked of it.

`hooks/live/export.py` copies this text into the file, with the excerpts of the engine that read
and write numbers.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any, NamedTuple

from hooks.formula.evaluate import in_sentence
from hooks.formula.format import as_printed, format_value
from hooks.formula.quantity import Impossible, Reason
from hooks.formula.template import fill_template
from hooks.formula.units import WORD, Unit, unit
from hooks.formula.value import read_value
from hooks.text.languages import Language
from hooks.text.problems import Mistake, row_meant


class Formula(NamedTuple):
    """A formula with its unit and its labels. `words` are Chinese for what it answers, `picks`
    is the choice whose row it names.
    """

    function: Callable[..., Any]
    unit: str
    label: str
    zh: str
    words: dict[str, str]
    picks: str


DECLARED: dict[str, Formula] = {}
"""The formulas by name."""


def quantity(
    unit: str, label: str, *, zh: str, words: Any = None, source: str = "", picks: str = ""
) -> Callable[[Any], Any]:
    """Declare a formula; the function stays the plain one that it looks like."""

    def declare(function: Any) -> Any:
        DECLARED[function.__name__] = Formula(function, unit, label, zh, words or {}, picks)
        return function

    return declare


class Input(NamedTuple):
    """An input that a row of a choice supplies. Sources print it in the unit `printed`;
    `default` is for rows that are silent.
    """

    choice: str
    name: str
    unit: Unit
    label: str
    printed: Unit
    default: float | str | None


def field_of(
    choice: str, name: str, of: str, label: str, each: str = "", default: float | str | None = None
) -> Input:
    """An input whose sources leave `each` out of its unit."""
    return Input(choice, name, unit(of), label, unit(of.removesuffix(f"/{each}")), default)


class Here:
    """The scenario, and every value in it: `here["decode_step"]` is a value in base units, or
    the reason why there is none.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        units: dict[str, str],
        inputs: dict[str, Input],
        catalogue: dict[str, Any],
    ) -> None:
        self.settings = settings
        self.units = units
        self.inputs = inputs
        self.catalogue = catalogue
        self.values: dict[str, Any] = {}
        self.others: dict[Any, Here] = {}

    def pinned(self, pins: tuple[tuple[str, Any], ...]) -> "Here":
        """The same scenario with some settings pinned to other values, and some inputs or
        formulas given.
        """
        if not pins:
            return self
        if pins not in self.others:
            settings = self.settings | dict(pins)
            self.others[pins] = Here(settings, self.units, self.inputs, self.catalogue)
        return self.others[pins]

    def row(self, choice: str) -> Any:
        """The row that a choice picks, or a formula that picks; or the reason why this picks
        none.
        """
        table = DECLARED[choice].picks if choice in DECLARED else choice
        picked = self[choice] if choice in DECLARED else self.settings[choice]
        if isinstance(picked, Reason):
            return picked
        if picked not in self.catalogue[table]:
            rows = self.catalogue[table]
            raise Mistake(f"no row '{picked}' in {table}{row_meant(picked, rows)}")
        return self.catalogue[table][picked]

    def __getitem__(self, name: str) -> Any:
        if name not in self.values:
            self.values[name] = self._compute(name)
        return self.values[name]

    def _compute(self, name: str) -> Any:
        if name in self.settings and (name in DECLARED or name in self.inputs):
            return self.settings[name]  # given, instead of being computed or looked up
        if name in DECLARED:
            return self._formula(DECLARED[name])
        if name in self.inputs:
            return self._input(self.inputs[name])
        if name in self.catalogue:
            self.row(name)  # refuses one that is not there
        return self.settings[name]

    def _input(self, asked: Input) -> Any:
        row = self.row(asked.choice)
        if isinstance(row, Reason):
            return row
        cell = row.get(asked.name, asked.default)
        if cell is None:
            text = f"{row['name']} has no {in_sentence(asked.label)}"
            return Reason(text, f"{row['name']}没有{asked.label}")
        if asked.name not in row:
            return cell if isinstance(cell, str) else float(cell)
        return read_value(
            cell if isinstance(cell, str) else f"{cell} {asked.printed}", "", asked.printed
        )

    def _formula(self, formula: Formula) -> Any:
        code = formula.function.__code__
        values = [self[needed] for needed in code.co_varnames[: code.co_argcount]]
        label = in_sentence(formula.label)
        try:
            result = formula.function(*values)
        except Impossible as impossible:
            return impossible.reason
        except ZeroDivisionError:
            return Reason(f"{label} would divide by zero", f"{formula.zh}的分母为零")
        except (OverflowError, ValueError):  # floor and ceil of infinity
            result = float("inf")
        if isinstance(result, Reason):
            return Reason(
                fill_template(result.text, lambda name, display: self.text(name, display, "en")),
                fill_template(result.zh, lambda name, display: self.text(name, display, "zh")),
            )
        if isinstance(result, str):
            return result
        if not isfinite(result):
            return Reason(f"{label} is too large", f"{formula.zh}太大")
        return float(result)

    def unit(self, name: str) -> Unit:
        """The unit of a value."""
        if name in DECLARED:
            return unit(DECLARED[name].unit)
        if name in self.inputs:
            return self.inputs[name].unit
        return WORD if name in self.catalogue else unit(self.units[name])

    def text(self, name: str, display: str, language: Language) -> str:
        """A value as a reader sees it, in the unit `display` or in one that suits."""
        value = self[name]
        if isinstance(value, str):
            if name in self.catalogue or (name in DECLARED and DECLARED[name].picks):
                return str(self.row(name)["name"])
            if name in DECLARED and language == "zh":
                return DECLARED[name].words.get(value, value)
        if (
            name in self.inputs
            and name not in self.settings
            and not display
            and not isinstance(value, Reason)
        ):
            cell = self.row(self.inputs[name].choice).get(name, "")
            printed = as_printed(cell, language) if isinstance(cell, str) else ""
            if printed:
                return printed
        return format_value(value, self.unit(name), display, language)


def opened(
    assigned: dict[str, Any], units: dict[str, str], fields: list[Input], catalogue: dict[str, Any]
) -> Here:
    """The scenario that the assignments at the top of the file set."""
    settings = {name: assigned.get(name, "") for name in catalogue}
    settings |= {name: float(assigned.get(name, 0)) for name in units}
    return Here(settings, units, {field.name: field for field in fields}, catalogue)


class Number(NamedTuple):
    """A name with the settings that stay pinned, over another one or alone, and the unit that
    it shall be shown in.
    """

    name: str
    pins: tuple[tuple[str, Any], ...]
    display: str = ""
    below: "Number | None" = None

    def value(self, here: Here) -> Any:
        """The value in base units, or the reason why there is none."""
        value = here.pinned(self.pins)[self.name]
        below = self.below.value(here) if self.below else 1.0
        if isinstance(value, Reason | str) or not self.below:
            return value
        if isinstance(below, Reason | str):
            return below
        return (
            value / below if below else Reason("the ratio would divide by zero", "比值的分母为零")
        )

    def text(self, here: Here, language: Language) -> str:
        """What a reader sees."""
        if self.below is None:
            return here.pinned(self.pins).text(self.name, self.display, language)
        of = here.unit(self.name) / here.unit(self.below.name)
        return format_value(self.value(here), of, self.display, language)


def number(name: str, display: str = "", /, **pins: Any) -> Number:
    """A name's value in the scenario with some settings pinned, to be shown in the unit
    `display` or in one that suits.
    """
    given = sorted((key, pin if isinstance(pin, str) else float(pin)) for key, pin in pins.items())
    return Number(name, tuple(given), display)


def ratio(above: Number, below: Number, display: str = "") -> Number:
    """How many times the one is the other."""
    return above._replace(below=below, display=display)
