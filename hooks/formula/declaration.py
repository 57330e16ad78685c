"""What the cost models declare: quantities and the inputs that they rest on."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hooks.formula.units import Unit


@dataclass(frozen=True)
class Declaration:
    """A name that formulas and pages may use, with its unit, its labels and the line that declares it."""

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
    function: Callable[..., Any] = field(default=lambda: None, compare=False)


@dataclass(frozen=True)
class Choice(Declaration):
    """A scenario field that picks a row of a catalogue table."""

    table: str
    default: str


@dataclass(frozen=True)
class Setting(Declaration):
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


@dataclass(frozen=True)
class Constant(Declaration):
    """A number that holds by definition."""

    value: float
    why: str
    why_zh: str


@dataclass(frozen=True)
class Source:
    """Where a value was read: a document, its address, the day, and whether it was read or only recalled."""

    title: str
    url: str = ""
    section: str = ""
    accessed: str = ""
    mark: str = "read"


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

    def title(self, language: str) -> str:
        """The row's name in the reader's language."""
        return self.name_zh if language == "zh" and self.name_zh else self.name


Tables = dict[str, dict[str, Row]]
