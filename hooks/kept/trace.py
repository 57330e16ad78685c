"""A trace: every input that a page was made from, each with its digest. A page is as new as long as all of them hold.

An input is written `quantity decode_step`, `cell models/llama-3.1-70b/layers` or `file docs/index.md`: what it is, and which.
"""

import ast
from collections.abc import Callable, Iterable
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

from hooks.engine import Engine
from hooks.formula.declaration import Choice, Field, Quantity, find
from hooks.formula.evaluate import Asked, Scenario
from hooks.formula.library import needs

Trace = dict[str, str]


class State:
    """The inputs as they are now. `others` answers for kinds that only the caller knows, by the rest of the input's name."""

    def __init__(self, root: Path, engine: Engine, others: dict[str, Callable[[str], str]]):
        self._root = root
        self._engine = engine
        self._others = others
        self._digests: dict[str, str] = {}
        self._behind: dict[str, frozenset[str]] = {}
        self._stamps: dict[Asked, str] = {}

    def trace(self, inputs: Iterable[str]) -> Trace:
        """The inputs with their digests."""
        known = self._digests
        return {name: known.get(name) or self.digest(name) for name in sorted(inputs)}

    def holds(self, trace: Trace) -> bool:
        """Whether nothing of it has changed."""
        known = self._digests
        return all(
            (known.get(name) or self.digest(name)) == digest for name, digest in trace.items()
        )

    def digest(self, name: str) -> str:
        """The digest of one input; of one that is gone, that of nothing."""
        if name not in self._digests:
            kind, _, which = name.partition(" ")
            tell = getattr(self, f"_{kind}", None) or self._others[kind]
            self._digests[name] = sha256(tell(which).encode()).hexdigest()[:32]
        return self._digests[name]

    def forget(self) -> None:
        """What files say may have changed; formulas and data have not."""
        self._digests = {
            name: digest
            for name, digest in self._digests.items()
            if name.partition(" ")[0] in ("declaration", "cell", "row", "rows", "names", "extra")
        }

    def stamp(self, asked: Asked) -> str:
        """What a name's value rests on, in short: two stamps are equal as long as nothing behind the name has changed."""
        if asked not in self._stamps:
            chosen, name = asked
            parts = [
                *map(self.digest, self._read(chosen, name)),
                *(self.stamp((chosen, part)) for part in self._parts(name)),
            ]
            self._stamps[asked] = sha256("".join(parts).encode()).hexdigest()[:32]
        return self._stamps[asked]

    def behind(self, reads: Iterable[Asked]) -> set[str]:
        """What the values of names rest on where these rows are chosen, formula by formula and cell by cell."""
        asked: dict[tuple[str, ...], set[str]] = {}
        for chosen, name in reads:
            asked.setdefault(chosen, set()).update(self._names_behind(name))
        return {
            input
            for chosen, names in asked.items()
            for name in names
            for input in self._read(chosen, name)
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

    def _read(self, chosen: tuple[str, ...], name: str) -> tuple[str, ...]:
        """What is read for a name alone: its declaration, and the part of the catalogue that it stands for."""
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

    # Kinds

    def _declaration(self, name: str) -> str:
        declaration = self._engine.library.names.get(name)
        if not isinstance(declaration, Quantity):
            return repr(declaration)
        told = {
            each.name: getattr(declaration, each.name)
            for each in fields(declaration)
            if each.name not in ("body", "function")
        }
        return repr(told) + ast.unparse(declaration.body)

    def _cell(self, which: str) -> str:
        table, row, column = which.split("/", 2)
        found = find(self._engine.catalogue.tables, table, row)
        cell = found.cells.get(column) if found else None
        wrong = found.wrong if found else ""
        return wrong or repr(cell and (cell.value, cell.text, cell.source))

    def _row(self, which: str) -> str:
        table, row = which.split("/", 1)
        found = find(self._engine.catalogue.tables, table, row)
        return repr(
            found
            and (
                found.name,
                found.name_zh,
                found.family,
                found.limits,
                found.limits_zh,
                found.wrong,
            )
        )

    def _rows(self, table: str) -> str:
        return repr(list(self._engine.catalogue.tables.get(table, {})))

    def _names(self, table: str) -> str:
        rows = self._engine.catalogue.tables.get(table, {})
        return repr([(row.id, row.name, row.name_zh) for row in rows.values()])

    def _extra(self, which: str) -> str:
        table, row = which.split("/", 1)
        found = self._engine.catalogue.tables.get(table, {}).get(row)
        return repr(found and found.extra)

    def _file(self, path: str) -> str:
        try:
            return sha256((self._root / path).read_bytes()).hexdigest()
        except OSError:
            return ""

    def _exists(self, path: str) -> str:
        return str((self._root / path).exists())

    def _data(self, _: str) -> str:
        return self._folder("docs/data", "*.yml")

    def _costs(self, _: str) -> str:
        return self._folder("hooks/costs", "*.py")

    def _tests(self, _: str) -> str:
        return self._folder("tests", "*.py")

    def _folder(self, folder: str, pattern: str) -> str:
        """All files of a folder, for pages that list what is in them."""
        paths = (
            str(path.relative_to(self._root))
            for path in sorted((self._root / folder).glob(pattern))
        )
        return "".join(path + self._file(path) for path in paths)
