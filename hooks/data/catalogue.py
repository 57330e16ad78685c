"""The catalogue: `docs/data/*.yml`, rows of models, accelerators, formats and prices, each
value with its source.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hooks.data.data_file import read_data_file
from hooks.data.rules import calibrations, counts, measurements, models, small
from hooks.data.rules.rule import Broken
from hooks.formula.declaration import Choice, Field, Table, Tables
from hooks.formula.library import Library
from hooks.text.problems import Problem, row_meant
from hooks.text.rows import relative
from hooks.text.source import read_source

RULES = {
    "models": models.model_faults,
    "accelerators": small.accelerator,
    "precisions": small.precision,
    "prices": small.price,
    "price_cards": small.price_card,
    "calibrations": calibrations.calibration_faults,
    "measurements": measurements.measurement_faults,
}
"""What a row is checked for as a whole, by table, in the order of the checks: a later table may
name rows of an earlier one.
"""


class Catalogue:
    """Every table of the given files; `problems` holds what is wrong in them. Wrong rows are
    known, but have no values.
    """

    def __init__(self, library: Library, files: Iterable[tuple[str, str]]):
        """`files` are pairs of a path, as problems shall print it, and its text; the file's
        stem names the table.
        """
        self.problems: list[Problem] = []
        self._tables: dict[str, Table] = {}
        self._library = library
        self._paths: dict[tuple[str, str], str] = {}
        wanted = {d.table for d in library.names.values() if isinstance(d, Choice)}
        for path, text in files:
            table = Path(path).stem
            if table in wanted:
                read = read_data_file(path, text, self._fields(table), not library.inputs_broken)
                self._tables.setdefault(table, Table()).take(read.rows)
                self._paths |= {(table, row): path for row in read.rows}
                self.problems += read.problems
        self._complete()
        for table in RULES:
            self._check(table)
        if not self.problems and not library.problems:
            self._check_defaults()

    @property
    def tables(self) -> Tables:
        """The rows of every table, by id."""
        return {**self._tables}

    @classmethod
    def read(cls, library: Library, folders: Iterable[Path], root: Path) -> "Catalogue":
        """Every `*.yml` of the folders; a later folder adds rows and replaces those of the same
        id.
        """
        paths = [path for folder in folders for path in sorted(folder.glob("*.yml"))]
        return cls(library, [(relative(path, root), read_source(path)) for path in paths])

    def path(self, table: str, row: str) -> str:
        """The file that a row stands in, as problems print it."""
        return self._paths[table, row]

    def _complete(self) -> None:
        """Give models what their configurations leave to the defaults of the field, and
        accelerators the calibrations and the price that are for them.
        """
        rows = self._tables.get("models", Table())
        for identifier, row in list(rows.items()):
            rows[identifier] = replace(row, cells={**row.cells, **models.defaults(row)})
        rows = self._tables.get("accelerators", Table())
        for identifier, row in list(rows.items()):
            given = calibrations.family_cells(identifier, self._tables.get("calibrations", Table()))
            given |= small.usual_price(identifier, self._tables.get("prices", Table()))
            rows[identifier] = replace(row, cells={**given, **row.cells})

    def _check(self, table: str) -> None:
        """Hold every row of a table against its rules; one that breaks some loses its values."""
        rows = self._tables.get(table, Table())
        for identifier, row in list(rows.items()):
            broken: list[Broken] = list(RULES[table](row, self.tables, self._library))
            if table == "models" and not broken:
                broken = list(counts.count_faults(row, self.tables, self._library))
            path = self._paths[table, identifier]
            found = [
                Problem(path, *row.place(where), f"'{identifier}': {message}")
                for where, message in broken
            ]
            self.problems += found
            if found:
                rows.refuse(row, found[0].where)

    def _check_defaults(self) -> None:
        for choice in self._library.names.values():
            if isinstance(choice, Choice) and choice.default not in (
                rows := self._tables.get(choice.table, Table())
            ):
                message = (
                    f"no row '{choice.default}' in"
                    f" docs/data/{choice.table}.yml{row_meant(choice.default, rows)}"
                )
                self.problems.append(Problem(choice.path, choice.line, 1, message))

    def _fields(self, table: str) -> tuple[Field, ...]:
        names = self._library.names
        picks = {name for name in names if self._library.table(name) == table}
        return tuple(d for d in names.values() if isinstance(d, Field) and d.of in picks)
