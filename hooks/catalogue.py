"""The catalogue: `docs/data/*.yml`, rows of models, accelerators, formats and prices, each value with its source."""

from collections.abc import Iterable
from pathlib import Path

from hooks.formula.declaration import Choice, Field, Tables
from hooks.formula.library import Library
from hooks.problems import Problem, did_you_mean
from hooks.rows import relative
from hooks.sheet import sheet
from hooks.text import read_source


class Catalogue:
    """Every table of the given files; `problems` holds what is wrong in them, and wrong rows are left out."""

    def __init__(self, library: Library, files: Iterable[tuple[str, str]]):
        """`files` are pairs of a path, as problems shall print it, and its text; the file's stem names the table."""
        self.problems: list[Problem] = []
        self.tables: Tables = {}
        self._library = library
        wanted = {d.table for d in library.names.values() if isinstance(d, Choice)}
        for path, text in files:
            table = Path(path).stem
            if table in wanted:
                read = sheet(path, text, self._fields(table))
                self.tables.setdefault(table, {}).update(read.rows)
                self.problems += read.problems
        if not self.problems:
            self._check_defaults()

    @classmethod
    def read(cls, library: Library, folders: Iterable[Path], root: Path) -> "Catalogue":
        """Every `*.yml` of the folders; a later folder adds rows and replaces those of the same id."""
        paths = [path for folder in folders for path in sorted(folder.glob("*.yml"))]
        return cls(library, [(relative(path, root), read_source(path)) for path in paths])

    def _check_defaults(self) -> None:
        for choice in self._library.names.values():
            if isinstance(choice, Choice) and choice.default not in (
                rows := self.tables.get(choice.table, {})
            ):
                message = f"no row '{choice.default}' in docs/data/{choice.table}.yml{did_you_mean(choice.default, rows)}"
                self.problems.append(Problem(choice.path, choice.line, 1, message))

    def _fields(self, table: str) -> tuple[Field, ...]:
        names = self._library.names
        picks = {name for name, d in names.items() if isinstance(d, Choice) and d.table == table}
        return tuple(d for d in names.values() if isinstance(d, Field) and d.of in picks)
