"""Dependencies of a number: the formulas and cells behind it, by name, each with a digest of
what it says.

A name is written `declaration decode_step`, `cell models/llama-3.1-70b/layers`, `row
models/llama-3.1-70b` or `file figures/step_race.py`.
"""

import ast
from collections.abc import Iterable
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

from hooks.data.engine import Engine
from hooks.formula.declaration import Choice, Field, Quantity, find
from hooks.formula.evaluate import Asked, Scenario
from hooks.formula.library import needs


class Dependencies:
    """The dependencies of the numbers of one engine, below `root`."""

    def __init__(self, root: Path, engine: Engine):
        self._root = root
        self._engine = engine
        self._digests: dict[str, str] = {}
        self._behind: dict[str, frozenset[str]] = {}

    def digest(self, name: str) -> str:
        """The digest of a dependency; of one that is not there, that of nothing."""
        if name not in self._digests:
            text = self._text(*name.partition(" ")[::2])
            self._digests[name] = sha256(text.encode()).hexdigest()[:32]
        return self._digests[name]

    def behind(self, reads: Iterable[Asked]) -> set[str]:
        """What the values of names depend on where these rows are chosen, formula by formula
        and cell by cell.
        """
        asked: dict[tuple[str, ...], set[str]] = {}
        for chosen, name in reads:
            asked.setdefault(chosen, set()).update(self._names_behind(name))
        return {
            dependency
            for chosen, names in asked.items()
            for name in names
            for dependency in self._direct(chosen, name)
        }

    def _names_behind(self, name: str) -> frozenset[str]:
        if name not in self._behind:
            self._behind[name] = frozenset({name}).union(
                *map(self._names_behind, self._parts(name))
            )
        return self._behind[name]

    def _parts(self, name: str) -> list[str]:
        match self._engine.library.names.get(name):
            case Quantity() as quantity:
                return needs(quantity)
            case Field(of=of):
                return [of]
        return []

    def _direct(self, chosen: tuple[str, ...], name: str) -> tuple[str, ...]:
        """The declaration of a name, and the part of the catalogue that it reads."""
        match self._engine.library.names.get(name):
            case Field(of=of, key=column):
                return f"declaration {name}", f"cell {self._row_of(chosen, of)}/{column}"
            case Choice():
                return f"declaration {name}", f"row {self._row_of(chosen, name)}"
        return (f"declaration {name}",)

    def _row_of(self, chosen: tuple[str, ...], choice: str) -> str:
        library = self._engine.library
        if isinstance(library.names[choice], Choice):
            return f"{library.table(choice)}/{chosen[library.choices.index(choice)]}"
        given: dict[str, float | str] = dict(zip(library.choices, chosen, strict=True))
        picked = Scenario(library, self._engine.catalogue.tables, given)[choice]
        return f"{library.table(choice)}/{picked}"

    def _text(self, kind: str, which: str) -> str:
        tables = self._engine.catalogue.tables
        match kind:
            case "declaration":
                return self._declaration(which)
            case "cell":
                table, row, column = which.split("/", 2)
                found = find(tables, table, row)
                cell = found.cells.get(column) if found else None
                wrong = found.wrong if found else ""
                return wrong or repr(cell and (cell.value, cell.text, cell.source))
            case "row":
                one = find(tables, *which.split("/", 1))
                return repr(
                    one
                    and (one.name, one.name_zh, one.family, one.limits, one.limits_zh, one.wrong)
                )
            case "file":
                path = self._root / which
                return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        raise ValueError(kind)

    def _declaration(self, name: str) -> str:
        declaration = self._engine.library.names.get(name)
        if not isinstance(declaration, Quantity):
            return repr(declaration)
        known = {
            each.name: getattr(declaration, each.name)
            for each in fields(declaration)
            if each.name not in ("body", "function")
        }
        return repr(known) + ast.unparse(declaration.body)
