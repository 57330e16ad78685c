"""The library: every declaration of the cost models by name, and what each rests on."""

import ast
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from hooks.formula.declaration import Choice, Declaration, Field, Quantity, Setting
from hooks.formula.dimensions import check
from hooks.formula.grammar import reasons_in
from hooks.formula.reader import Reader
from hooks.formula.template import names_in_template
from hooks.text.problems import Problem, did_you_mean
from hooks.text.source import read_source

INPUTS = "inputs.py"
"""What the other files start from."""


def needs(quantity: Quantity) -> list[str]:
    """The names that a quantity takes, and those that only its reasons mention."""
    return list(dict.fromkeys([*quantity.parameters, *mentioned(quantity.body)]))


@lru_cache(maxsize=4096)
def mentioned(body: ast.expr) -> tuple[str, ...]:
    """The names that the reasons in an expression mention, in either language."""
    return tuple(
        name
        for _, *texts in reasons_in(body)
        for text in texts
        for name, _ in names_in_template(text)
    )


@lru_cache(maxsize=256)
def _read(path: str, text: str) -> Reader:
    return Reader(path, text)


class Library:
    """Reads files of cost models; afterwards `names` holds what is sound and `problems` what is
    not.
    """

    def __init__(self, files: Iterable[tuple[str, str]]):
        """`files` are pairs of a path, as problems shall print it, and its text."""
        self.problems: list[Problem] = []
        self.names: dict[str, Declaration] = {}
        self.broken: dict[str, str] = {}
        """Names that exist in a file, but cannot be used, each with the place of the mistake that
        they rest on.
        """
        self.inputs_broken = False
        """Whether an input is among them, so that nobody knows all keys of a row."""
        for path, text in files:
            reader = _read(path, text)
            self.problems += reader.problems
            self.broken |= reader.refused
            self.inputs_broken |= reader.inputs_refused
            for declaration in reader.declarations:
                self._add(declaration)
        self._check_names()
        self._check_circles()
        for quantity in self.quantities:
            self.problems += check(quantity, self.names)

    @staticmethod
    def read(folder: Path, root: Path) -> "Library":
        """Every `*.py` of a folder: the inputs, then the others in alphabetical order, which is the
        order in which a scenario is told. Read once as long as nothing in them has changed.
        """
        paths = sorted(
            (path for path in folder.glob("*.py") if path.name != "__init__.py"),
            key=lambda path: (path.name != INPUTS, path),
        )
        return _library(
            tuple((path.relative_to(root).as_posix(), read_source(path)) for path in paths)
        )

    @property
    def quantities(self) -> list[Quantity]:
        """All computed things, in the order of their files."""
        return [
            declaration for declaration in self.names.values() if isinstance(declaration, Quantity)
        ]

    @cached_property
    def fields_of_scenario(self) -> dict[str, Choice | Setting]:
        """What a scenario may set, by name."""
        return {name: d for name, d in self.names.items() if isinstance(d, (Choice, Setting))}

    @cached_property
    def defaults(self) -> dict[str, float | str]:
        """What the fields of a scenario are set to where nobody sets them."""
        return {name: field.default for name, field in self.fields_of_scenario.items()}

    @cached_property
    def choices(self) -> list[str]:
        """The scenario fields that pick a row of a table."""
        return [
            name
            for name, declaration in self.fields_of_scenario.items()
            if isinstance(declaration, Choice)
        ]

    @cached_property
    def _scenario_names(self) -> dict[str, frozenset[str]]:
        return {}

    def depends_on(self, name: str) -> frozenset[str]:
        """The scenario fields that a name depends on, directly or through others."""
        cache = self._scenario_names
        if name not in cache:
            declaration = self.names[name]
            match declaration:
                case Quantity():
                    parts = [self.depends_on(part) for part in needs(declaration)]
                    cache[name] = frozenset().union(*parts)
                case Field():
                    cache[name] = self.depends_on(declaration.of)
                case Choice() | Setting():
                    cache[name] = frozenset({name})
                case _:
                    cache[name] = frozenset()
        return cache[name]

    def computed_from(self, name: str, other: str) -> bool:
        """Whether a name is another one, or a quantity that is computed from it, directly or
        through others.
        """
        declaration = self.names[name]
        return name == other or (
            isinstance(declaration, Quantity)
            and any(self.computed_from(part, other) for part in declaration.parameters)
        )

    def table(self, name: str) -> str:
        """The table that a choice picks its rows from, or a quantity that picks as a choice does;
        empty for other names.
        """
        declaration = self.names.get(name)
        if isinstance(declaration, Quantity) and declaration.picks:
            declaration = self.names.get(declaration.picks)
        return declaration.table if isinstance(declaration, Choice) else ""

    def _add(self, declaration: Declaration) -> None:
        other = self.names.get(declaration.name)
        if other:
            self._refuse(
                declaration,
                f"'{declaration.name}' is declared twice: also at {other.path}:{other.line}",
            )
        else:
            self.names[declaration.name] = declaration

    def _refuse(self, declaration: Declaration, message: str) -> None:
        self.problems.append(Problem(declaration.path, declaration.line, 1, message))

    def _check_names(self) -> None:
        """Drop what leans on a name that does not exist, and what leans on that in turn."""
        for declaration in self.names.values():
            if (
                isinstance(declaration, Field)
                and declaration.of not in self.broken
                and not self.table(declaration.of)
            ):
                choices = [name for name, d in self.names.items() if isinstance(d, Choice)]
                meant = did_you_mean(declaration.of, choices)
                self._refuse(declaration, f"no choice named '{declaration.of}'{meant}")
        known = {*self.names, *self.broken}
        for field in self.fields_of_scenario.values():
            if field.where and field.where not in known:
                self._refuse(
                    field,
                    f"'{field.name}' is told where there is '{field.where}', which nobody"
                    f" declares{did_you_mean(field.where, known)}",
                )
        broken = {
            d.name: self.broken.get(d.of) or f"{d.path}:{d.line}"
            for d in self.names.values()
            if isinstance(d, Field) and not self.table(d.of)
        }
        dropping = True
        while dropping:
            dropping = False
            for quantity in self.quantities:
                missing = [
                    name for name in quantity.parameters if name not in self.names or name in broken
                ]
                if missing and quantity.name not in broken:
                    for name in missing:
                        if name not in known:
                            self._refuse(
                                quantity,
                                f"'{quantity.name}' needs '{name}', which nobody"
                                f" declares{did_you_mean(name, known)}",
                            )
                    causes = [broken.get(name) or self.broken.get(name) for name in missing]
                    own = f"{quantity.path}:{quantity.line}"
                    broken[quantity.name] = next((cause for cause in causes if cause), own)
                    dropping = True
        self.broken |= broken
        for name in broken:
            del self.names[name]

    def _check_circles(self) -> None:
        done: set[str] = set()
        for quantity in self.quantities:
            circle = self._circle(quantity.name, [], done)
            if circle:
                self._refuse(quantity, "a circle: " + " → ".join(circle))
                self.broken |= dict.fromkeys(circle, f"{quantity.path}:{quantity.line}")
                for name in circle:
                    self.names.pop(name, None)
                self._check_names()
                self._check_circles()
                return

    def _circle(self, name: str, above: list[str], done: set[str]) -> list[str] | None:
        if name in above:
            return [*above[above.index(name) :], name]
        declaration = self.names.get(name)
        if name in done or not isinstance(declaration, (Quantity, Field)):
            return None
        parts = declaration.parameters if isinstance(declaration, Quantity) else (declaration.of,)
        for parameter in parts:
            circle = self._circle(parameter, [*above, name], done)
            if circle:
                return circle
        done.add(name)
        return None


def closure(library: Library, names: Iterable[str], given: Collection[str] = ()) -> list[str]:
    """The names and everything that they are computed from, in the library's own order. What is
    `given` is computed from nothing.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            declaration = library.names[name]
            waiting += (
                []
                if name in given
                else needs(declaration)
                if isinstance(declaration, Quantity)
                else [declaration.of]
                if isinstance(declaration, Field)
                else []
            )
    return [name for name in library.names if name in found]


@lru_cache(maxsize=4)
def _library(files: tuple[tuple[str, str], ...]) -> Library:
    return Library(files)
