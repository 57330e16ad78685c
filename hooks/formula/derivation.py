"""The work: how a number comes about, one step at a time, down to its sources."""

from dataclasses import dataclass

from hooks.formula.branch import names_taking_part
from hooks.formula.declaration import (
    Cell,
    Choice,
    Constant,
    Declaration,
    Field,
    Quantity,
    Row,
    Setting,
    Source,
)
from hooks.formula.evaluate import Scenario
from hooks.text.languages import Language

GIVEN: dict[Language, str] = {"en": "given here", "zh": "此处给定"}
"""What stands for the origin of a value that a reference or a command line gives."""


@dataclass(frozen=True)
class Step:
    """One name of a derivation: what it is, what it comes to, and what it was computed from or
    where it was read.
    """

    declaration: Declaration
    text: str
    inputs: tuple[str, ...] = ()
    cell: Cell | None = None
    row: Row | None = None
    given: bool = False
    """Whether the value is given, instead of being computed or looked up."""

    @property
    def source(self) -> Source | None:
        """Where an input was read, if a document says it."""
        return self.cell.source if self.cell else None

    def why(self, language: Language) -> str:
        """The sentence that a reader sees under the label."""
        match self.declaration:
            case Quantity() | Setting() | Constant():
                return self.declaration.why_zh if language == "zh" else self.declaration.why
        return ""


def step(name: str, scenario: Scenario, language: Language) -> Step:
    """The step that a name is, in a scenario."""
    declaration = scenario.library.names[name]
    text = scenario.text(name, "", language)
    if name in scenario.special:
        return Step(declaration, text, given=True)
    match declaration:
        case Quantity(parameters=parameters):
            names = names_taking_part(declaration.body, {p: scenario[p] for p in parameters})
            return Step(
                declaration,
                text,
                tuple(parameter for parameter in parameters if parameter in names),
            )
        case Field():
            return Step(
                declaration, text, (), scenario.cell(declaration), scenario.row(declaration.of)
            )
        case Choice():
            return Step(declaration, text, row=scenario.row(name))
    return Step(declaration, text)


def outline(name: str, scenario: Scenario, language: Language = "en") -> str:
    """The whole derivation as indented text, for a terminal. What was shown once is not unfolded
    again.
    """
    lines: list[str] = []
    _outline(name, scenario, language, 0, lines, set())
    return "\n".join(lines)


def _outline(
    name: str, scenario: Scenario, language: Language, depth: int, lines: list[str], seen: set[str]
) -> None:
    this = step(name, scenario, language)
    known = name in seen and bool(this.inputs)
    origin = _origin(this, language)
    lines.append(
        f"{'  ' * depth}{this.declaration.title(language)} ="
        f" {this.text}{f'   [{origin}]' if origin else ''}{' …' if known else ''}"
    )
    if known:
        return
    seen.add(name)
    for parameter in this.inputs:
        _outline(parameter, scenario, language, depth + 1, lines, seen)


def _origin(this: Step, language: Language) -> str:
    if this.given:
        return GIVEN[language]
    if this.source and this.source.mark == "default":
        rule = this.source.title_zh if language == "zh" else this.source.title
        return f"{this.row.title(language)}: {rule}" if this.row else rule
    if this.source:
        mark = "" if this.source.mark == "read" else f", {this.source.mark}"
        return (
            f"{this.row.title(language) if this.row else ''}: {this.source.title},"
            f" {this.source.accessed or 'no date'}{mark} {this.source.url}".strip()
        )
    if isinstance(this.declaration, Quantity):
        return f"{this.declaration.path}:{this.declaration.line}"
    return this.why(language)
