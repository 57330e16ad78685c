"""Values: what a quantity comes to in a scenario, or the reason why there is no number."""

from collections.abc import Callable, Hashable
from functools import cached_property
from math import isfinite
from typing import Any, TypeVar

from hooks.formula.declaration import (
    Cell,
    Choice,
    Constant,
    Declaration,
    Field,
    Quantity,
    Row,
    Setting,
    Tables,
    find,
)
from hooks.formula.format import as_printed, format_value
from hooks.formula.library import Library, closure
from hooks.formula.quantity import Impossible, Reason
from hooks.formula.template import fill_template
from hooks.text.languages import Language
from hooks.text.problems import Mistake, row_meant

Value = float | str | Reason
Given = dict[str, float | str]
Pins = tuple[tuple[str, float | str], ...]
"""Scenario fields with what they are pinned to, in the order of their names."""

Asked = tuple[tuple[str, ...], str]
"""A name, behind the rows that were chosen when it was asked for."""

T = TypeVar("T")

RECENT = 20_000
"""So many values and texts are remembered for scenarios to come."""


class Scenario:
    """One setting of all scenario fields, and the values of everything in it."""

    def __init__(
        self,
        library: Library,
        tables: Tables,
        given: Given,
        reads: set[Asked] | None = None,
        parent: "Scenario | None" = None,
        pinned: frozenset[str] = frozenset(),
    ):
        """`given` holds what differs from the declared defaults, in base units.

        It may also name a field or a quantity, which then is taken as given instead of being looked
        up or computed: so a published result is reproduced for a machine that is not in the
        catalogue.

        `reads` collects the names that are asked of this scenario and of those made from it.
        `parent` is the one that this was made from by pinning the fields `pinned`.
        """
        self.library = library
        self.given = given
        self.reads = reads
        self._tables = tables
        self.root: Scenario = parent.root if parent else self
        self._parent = parent if pinned <= library.fields_of_scenario.keys() else None
        self._pinned = pinned
        self._values: dict[str, Value] = {}
        self._texts: dict[tuple[str, str, Language], str] = {}
        self.known: dict[Hashable, Any] = {}
        """What others have made of something in this scenario."""
        self._siblings: dict[Pins, Scenario] = {}
        self._ordinary = given.keys() <= library.fields_of_scenario.keys()
        """Whether nothing is given that else would be looked up or computed."""
        self._orders: dict[str, list[str]] = {}
        """Of the root: the fields that a name rests on, in one order for all."""
        self._recent: dict[Hashable, Any] = {}
        """Of the root: what has been made of names, by what they rest on."""

    def pinned(self, pins: Given) -> "Scenario":
        """The same scenario with some fields pinned to other values."""
        return self.with_pins(tuple(sorted(pins.items()))) if pins else self

    def with_pins(self, pins: Pins) -> "Scenario":
        """The same scenario with some fields pinned, by name."""
        if pins not in self._siblings:
            changed = {name: value for name, value in pins if self._settings.get(name) != value}
            if len(changed) < len(pins):
                return self.pinned(changed)
            self._siblings[pins] = Scenario(
                self.library,
                self._tables,
                {**self.given, **changed},
                self.reads,
                self,
                frozenset(changed),
            )
        return self._siblings[pins]

    def forget(self, scenario: "Scenario") -> None:
        """Let go of a scenario that was made from this one; it would be made anew."""
        self._siblings = {key: each for key, each in self._siblings.items() if each is not scenario}
        scenario._part()

    def _part(self) -> None:
        """Let go of all that were made from this one. They know it and it knows them, and nobody
        looks for such circles for long.
        """
        for each in self._siblings.values():
            each._part()
        self._siblings.clear()

    @property
    def tables(self) -> Tables:
        """The whole catalogue."""
        return self._tables

    def rows(self, table: str) -> list[str]:
        """The ids of a table's rows, in its own order; none of a table that is not there."""
        return list(self._tables.get(table, {}))

    def has(self, table: str, row: str) -> bool:
        """Whether a table has a row."""
        return find(self._tables, table, row) is not None

    def names(self, table: str) -> dict[str, tuple[str, str]]:
        """What a table's rows are called in either language, by id."""
        return {id: (row.name, row.name_zh) for id, row in self._tables.get(table, {}).items()}

    def extra(self, table: str, row: str) -> dict[str, Any]:
        """What a row says besides its cells, such as the scenario of a measurement."""
        return self._tables[table][row].extra

    def setting(self, name: str) -> float | str:
        """What a scenario field is set to: a row's id, or a number in base units."""
        return self._settings[name]

    def row(self, choice: str) -> Row:
        """The catalogue row that a choice picks, or a quantity that picks; one without values where
        that has a reason to pick none.
        """
        declaration = self.library.names[choice]
        picked = self._value(choice) if isinstance(declaration, Quantity) else self.setting(choice)
        if isinstance(picked, Reason):
            return Row("", picked.text, picked.zh, {})
        if isinstance(declaration, Quantity):
            declaration = self.library.names[declaration.picks]
        assert isinstance(declaration, Choice)
        identifier = str(picked)
        row = find(self._tables, declaration.table, identifier)
        if row is None:
            rows = self._tables.get(declaration.table, {})
            raise Mistake(
                f"no row '{identifier}' in {declaration.table}{row_meant(identifier, rows)}"
            )
        return row

    def cell(self, field: Field) -> Cell | None:
        """The catalogue cell that supplies a field, or None where the row has none."""
        return self.row(field.of).cells.get(field.key)

    def key(self, name: str) -> Pins:
        """The part of the scenario that a name depends on: two scenarios with equal keys give equal
        values.
        """
        return tuple((field, self._settings[field]) for field in self._order(name))

    @cached_property
    def _settings(self) -> Given:
        """What every field is set to."""
        return {**self.library.defaults, **self.given}

    def _order(self, name: str) -> list[str]:
        orders = self.root._orders
        if name not in orders:
            orders[name] = sorted(self.library.depends_on(name))
        return orders[name]

    def note(self, name: str) -> None:
        """Note that a name is asked for here, by something that may know its value already."""
        if self.reads is not None:
            self.reads.add(self.asked(name))

    @cached_property
    def special(self) -> Given:
        """What is given that else would be looked up or computed."""
        fields = self.library.fields_of_scenario
        return {name: value for name, value in self.given.items() if name not in fields}

    def given_to(self, name: str) -> Pins:
        """What of that a name rests on, in the order of the names."""
        if not self.special:
            return ()
        behind = set(closure(self.library, [name]))
        return tuple(sorted(pin for pin in self.special.items() if pin[0] in behind))

    def asked(self, name: str) -> Asked:
        """A name as it is asked for here."""
        return self._chosen, name

    @cached_property
    def _chosen(self) -> tuple[str, ...]:
        return tuple(str(self.setting(choice)) for choice in self.library.choices)

    def __getitem__(self, name: str) -> Value:
        self.note(name)
        if name not in self._values:
            self._values[name] = self.memo(
                "value", name, lambda: self._compute(self.library.names[name])
            )
        return self._values[name]

    def memo(self, what: Hashable, name: str, make: Callable[[], T]) -> T:
        """What has lately been made of a name in a scenario that differs only in what the name does
        not rest on.
        """
        if not self._ordinary:
            return make()
        recent, key = (
            self.root._recent,
            (what, name, *map(self._settings.__getitem__, self._order(name))),
        )
        if key not in recent:
            if len(recent) >= RECENT:
                recent.clear()
            recent[key] = make()
        made: T = recent[key]
        return made

    def _value(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = self._compute(self.library.names[name])
        return self._values[name]

    def _compute(self, declaration: Declaration) -> Value:
        if self._parent and self._pinned.isdisjoint(self.library.depends_on(declaration.name)):
            return self._parent._value(
                declaration.name
            )  # the hundred scenarios along a curve share all that it does not run over
        if declaration.name in self.given and not isinstance(declaration, Choice):
            return self.given[declaration.name]
        match declaration:
            case Constant(value=value):
                return value
            case Setting():
                return self.setting(declaration.name)
            case Choice(name=name):
                self.row(name)
                return str(self.setting(name))
            case Field():
                return self._field(declaration)
            case Quantity():
                return self._quantity(declaration)
        raise TypeError(declaration)

    def _field(self, field: Field) -> Value:
        if isinstance(self.library.names[field.of], Quantity):
            picked = self._value(field.of)
            if isinstance(picked, Reason):
                return picked
        cell = self.cell(field)
        if cell is not None:
            return cell.value
        row = self.row(field.of)
        if row.wrong:
            return Reason(f"{row.wrong} has a mistake", f"{row.wrong} 处有错", cause=row.wrong)
        if field.default is not None:
            return (
                float(field.default) if isinstance(field.default, (int, float)) else field.default
            )
        return Reason(
            f"{row.name} has no {in_sentence(field.label)}",
            f"{row.title('zh')}没有{field.zh}",
            missing=True,
        )

    def _quantity(self, quantity: Quantity) -> Value:
        values = [self._value(name) for name in quantity.parameters]
        try:
            result = quantity.function(*values)
        except Impossible as impossible:
            return impossible.reason
        except ZeroDivisionError:
            return Reason(
                f"{in_sentence(quantity.label)} would divide by zero", f"{quantity.zh}的分母为零"
            )
        except (
            OverflowError,
            ValueError,
        ):  # floor and ceil of infinity, and of infinity less infinity
            result = float("inf")
        if isinstance(result, Reason) and result.cause:
            return result
        if isinstance(result, Reason):
            return Reason(
                fill_template(result.text, self._written("en")),
                fill_template(result.zh, self._written("zh")),
            )
        if isinstance(result, str):
            return result
        return (
            float(result)
            if isfinite(result)
            else Reason(f"{in_sentence(quantity.label)} is too large", f"{quantity.zh}太大")
        )

    def _written(self, language: Language):  # type: ignore[no-untyped-def]
        return lambda name, unit: self.text(name, unit, language)

    def text(self, name: str, unit: str = "", language: Language = "en") -> str:
        """A name's value as a reader sees it, in the display unit `unit` or in one that suits."""
        self.note(name)
        key = name, unit, language
        if key not in self._texts:
            self._texts[key] = self.memo(
                (unit, language), name, lambda: self._text(name, unit, language)
            )
        return self._texts[key]

    def _text(self, name: str, unit: str, language: Language) -> str:
        declaration = self.library.names[name]
        value = self._value(name)
        if isinstance(declaration, Choice):
            return self.row(name).title(language)
        if isinstance(value, str) and isinstance(declaration, Quantity):
            if declaration.picks:
                return self.row(name).title(language)
            return declaration.words.get(value, value) if language == "zh" else value
        cell = (
            self.cell(declaration)
            if isinstance(declaration, Field) and not unit and name not in self.given
            else None
        )
        if cell and not isinstance(value, Reason):
            return as_printed(cell.text, language) or format_value(
                value, declaration.unit, unit, language
            )
        return format_value(value, declaration.unit, unit, language)


def in_sentence(label: str) -> str:
    """A label inside a sentence: 'FP8 rate' stays, 'Decode step' becomes 'decode step'."""
    return label if label[:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]
