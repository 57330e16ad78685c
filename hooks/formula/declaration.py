"""What the cost models declare: quantities and the inputs that they rest on."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hooks.formula.units import Unit


@dataclass(frozen=True)
class Declaration:
    """A name that formulas and pages may use, with its unit, its labels and the line that declares
    it.
    """

    name: str
    unit: Unit
    label: str
    zh: str
    path: str
    line: int

    def title(self, language: str) -> str:
        """The label in the reader's language."""
        return self.zh if language == "zh" else self.label


@dataclass(frozen=True)
class Quantity(Declaration):
    """A computed thing: parameters, one expression, and a sentence on what it means."""

    parameters: tuple[str, ...]
    body: ast.expr = field(compare=False)
    why: str
    why_zh: str
    source: str = ""
    words: dict[str, str] = field(default_factory=dict, hash=False)
    picks: str = ""
    """Of a word that is a row's id: the choice from whose table it picks."""
    function: Callable[..., Any] = field(default=lambda: None, compare=False)


@dataclass(frozen=True, kw_only=True)
class ScenarioField(Declaration):
    """What a scenario may set. hooks/formula/phrases.py puts it in words by these."""

    phrase: str = ""
    phrase_zh: str = ""
    always: bool = False
    """Whether it is told where it is as usual, too."""
    where: str = ""
    """The name without whose value, or with 0 for it, the field means nothing."""

    def template(self, language: str) -> str:
        """Its phrase in the reader's language; empty where its label and value are all."""
        return self.phrase_zh if language == "zh" else self.phrase


@dataclass(frozen=True)
class Choice(ScenarioField):
    """A scenario field that picks a row of a catalogue table."""

    table: str
    default: str


@dataclass(frozen=True)
class Setting(ScenarioField):
    """A scenario field that is a number."""

    default: float
    low: float = 0
    high: float | None = None
    whole: bool = False
    why: str = ""
    why_zh: str = ""


@dataclass(frozen=True)
class Field(Declaration):
    """An input that the chosen row of a table supplies."""

    of: str
    key: str
    printed: Unit
    default: float | str | None = None
    low: float = 0
    high: float | None = None
    positive: bool = False
    whole: bool = False
    words: tuple[str, ...] = ()

    @property
    def yes_or_no(self) -> bool:
        """Whether a row may write the value as true or false."""
        return self.whole and (self.low, self.high) == (0, 1)


@dataclass(frozen=True)
class Constant(Declaration):
    """A number that holds by definition."""

    value: float
    why: str
    why_zh: str


@dataclass(frozen=True)
class Source:
    """Where a value was read: a document, its address, the day, and whether it was read or only
    recalled.
    """

    title: str
    url: str = ""
    section: str = ""
    accessed: str = ""
    mark: str = "read"
    title_zh: str = ""
    """Of a source that is no document but a rule of ours; a document has one title."""


@dataclass(frozen=True)
class Cell:
    """One value of one row, as the source prints it and in base units."""

    value: float | str
    text: str
    source: Source
    line: int = 0


@dataclass(frozen=True)
class Row:
    """One row of a catalogue table: a model, an accelerator, a price."""

    id: str
    name: str
    name_zh: str
    cells: dict[str, Cell]
    family: str = ""
    line: int = 0
    extra: dict[str, Any] = field(default_factory=dict)
    limits: str = ""
    limits_zh: str = ""
    """What the models leave out of it, or only approximate."""
    wrong: str = ""
    """Of a row that has a mistake: where it stands. Such a row has no values."""
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each value, by its key; of a value inside another one, by both:
    `scenario.model`.
    """

    def title(self, language: str) -> str:
        """The row's name in the reader's language."""
        return self.name_zh if language == "zh" and self.name_zh else self.name

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of a value; of the row itself where it has no such value."""
        return self.places.get(key) or self.places.get("", (self.line, 1))

    def without_values(self, wrong: str) -> "Row":
        """The row as it is known while it has a mistake, which stands at `wrong`."""
        return Row(self.id, self.name, self.name_zh, {}, self.family, self.line, wrong=wrong)

    def limit(self, language: str) -> str:
        """What the models leave out of it, in the reader's language."""
        return self.limits_zh if language == "zh" else self.limits


class Table(dict[str, Row]):
    """The sound rows of a table, by id. `wrong` holds rows without values, for those that have a
    mistake.

    `unread` is the place of the mistake in a file that cannot be read at all: any row may stand in
    it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[str, Row] = {}
        self.unread = ""

    def take(self, later: "Table") -> None:
        """Add the rows of another file, which replace those of the same id."""
        for identifier, row in later.items():
            self.wrong.pop(identifier, None)
            self[identifier] = row
        for identifier, row in later.wrong.items():
            self.pop(identifier, None)
            self.wrong[identifier] = row
        self.unread = self.unread or later.unread

    def refuse(self, row: Row, place: str) -> None:
        """Take a row's values away: it has a mistake, which stands at `place`."""
        del self[row.id]
        self.wrong[row.id] = row.without_values(place)

    def find(self, identifier: str) -> Row | None:
        """A row, sound or wrong; None if there is none."""
        row = self.get(identifier) or self.wrong.get(identifier)
        if row is None and self.unread:
            return Row(identifier, identifier, "", {}, wrong=self.unread)
        return row


Tables = dict[str, dict[str, Row]]


def ids(tables: Tables, table: str) -> list[str]:
    """The ids of a table's rows, those that have a mistake last."""
    rows = tables.get(table, {})
    return [*rows, *(rows.wrong if isinstance(rows, Table) else ())]


def has_no_mistake(rows: dict[str, Row]) -> bool:
    """Whether no row of a table has a mistake."""
    return not (isinstance(rows, Table) and (rows.wrong or rows.unread))


def find(tables: Tables, table: str, identifier: str) -> Row | None:
    """A row of a table, be it one that has a mistake; None if there is none."""
    rows = tables.get(table, {})
    return rows.find(identifier) if isinstance(rows, Table) else rows.get(identifier)
