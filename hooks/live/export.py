"""What a reader takes away: the parts of the runnable file, in the project's own source text.

The browser knows the scenario and lays the file out (`hooks/live/browser/export.js`). Here its
parts are cut: the formulas as they stand in hooks/costs, the catalogue's rows with their sources,
and the kernel that computes them: `hooks/live/kernel.py`, with excerpts of the engine, so that no
rule of writing numbers is written twice.
"""

import ast
import builtins
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from hooks.formula.declaration import (
    Choice,
    Constant,
    Declaration,
    Field,
    Quantity,
    ScenarioField,
    Setting,
    Source,
    Tables,
)
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library, closure
from hooks.formula.reference import Reference, given_names
from hooks.formula.units import ONE, Unit
from hooks.live.bundle import GIVEN, lazy_files, printed_cell
from hooks.live.emit import literal
from hooks.page.derivations import section_in
from hooks.text.languages import Language, either, say
from hooks.text.problems import Mistake
from hooks.text.source import read_source

ROOT = Path(__file__).resolve().parents[2]

FIRST = ("Formula", "DECLARED", "quantity")
"""What formulas are declared with: the file has it before them, and the rest of the kernel behind.
"""

ENGINE = {
    "hooks/text/languages.py": ("Language",),
    "hooks/text/problems.py": ("Mistake", "row_meant", "did_you_mean"),
    "hooks/formula/units.py": (),
    "hooks/formula/dimensions.py": ("shows",),
    "hooks/formula/quantity.py": (
        "Impossible",
        "Reason",
        "impossible",
        "floor",
        "ceil",
        "power",
        "root",
    ),
    "hooks/formula/template.py": ("NAME", "fill_template"),
    "hooks/formula/format.py": (),
    "hooks/formula/evaluate.py": ("in_sentence",),
    "hooks/formula/value.py": ("SUFFIXES", "read_value"),
}
"""What the kernel shares with the engine: the names of each file, none for all of them."""

IMPORTS = """\
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from math import ceil as _ceil
from math import floor as _floor
from math import isfinite
from math import sqrt as _sqrt
from typing import Any, Literal, NamedTuple"""
"""What all of it needs of the standard library."""

LAYOUT = (
    "CATALOGUE",
    "UNITS",
    "FIELDS",
    "NUMBERS",
    "LANGUAGE",
    "here",
    "label",
    "asked",
    "name",
    "sys",
)
"""Names that the file gives itself; a row's title is its `name`."""


# The script


def export_script(
    library: Library,
    tables: Tables,
    references: Iterable[Reference],
    scenario: Scenario,
    language: Language,
    site: str,
    root: Path = ROOT,
) -> str:
    """The script `live-export.js`: every part that a page's file may need, and the code that lays
    them out.

    `references` are the numbers of all live pages, row pins of tables included. `scenario` computes
    those that nothing changes. Refuses a quantity or an input whose name the kernel uses itself.
    """
    parts = literal(
        _parts(library, tables, sorted(set(references), key=str), scenario, language, site, root)
    )
    return lazy_files(["export"], language, f"const PARTS={parts};")


def _copyright() -> str:
    """The licence's own line; a copy of the project may come without the file."""
    licence = ROOT / "LICENSE"
    found = (
        re.search(r"^Copyright .*", licence.read_text("utf-8"), re.MULTILINE)
        if licence.is_file()
        else None
    )
    return found[0] if found else "MIT"


def _parts(
    library: Library,
    tables: Tables,
    references: list[Reference],
    scenario: Scenario,
    language: Language,
    site: str,
    root: Path,
) -> dict[str, Any]:
    names = closure(library, (term.name for reference in references for term in reference.terms()))
    first, rest = kernel()
    _refuse_clashes(names, f"{IMPORTS}\n{first}\n{rest}", library)
    sources: dict[str, int] = {}
    fields = [d for name in names if isinstance(d := library.names[name], Field)]
    rows = _rows(library, tables, references, names)
    wires = {reference.wire(scenario): reference for reference in references}
    terms = [term for reference in references for term in reference.terms()]
    units = {name: {"unit": str(library.names[name].unit)} for name in given_names(terms, library)}
    return {
        "site": site,
        "copyright": _copyright(),
        "imports": IMPORTS,
        "quantity": first,
        "kernel": rest,
        "names": {
            name: _name(library.names[name], language, root) | units.get(name, {}) for name in names
        },
        "tables": {
            table: {id: _row(table, id, tables, library, fields, language, sources) for id in ids}
            for table, ids in rows.items()
        },
        "sources": list(sources),
        "written": {
            wire: str(reference) for wire, reference in wires.items() if wire != str(reference)
        },
        "fixed": {
            wire: _fixed(reference, scenario, language)
            for wire, reference in wires.items()
            if not reference.follows(library)
        },
    }


def kernel() -> tuple[str, str]:
    """What every file computes with: the text before its formulas, and the text behind them."""
    file = ROOT / "hooks/live/kernel.py"
    parts = {path: excerpt(ROOT / path, names) for path, names in ENGINE.items()}
    parts["hooks/live/kernel.py"] = excerpt(file, without=FIRST)
    return excerpt(file, FIRST), "\n\n\n".join(
        f"# {path}\n\n{text}" for path, text in parts.items()
    )


def _refuse_clashes(names: list[str], code: str, library: Library) -> None:
    known: dict[str, Any] = dict.fromkeys(LAYOUT)
    exec(code, known)
    for name in names:
        if name in known or hasattr(builtins, name):
            raise Mistake(
                f"'{name}' ({library.names[name].path}:{library.names[name].line}) is also a name"
                " in every exported file: rename one"
            )


def _name(declaration: Declaration, language: Language, root: Path) -> dict[str, Any]:
    """What the file's layout needs to know of a name."""
    given: dict[str, Any] = {"label": declaration.title(language)}
    match declaration:
        case Quantity(parameters=parameters, why=why, why_zh=why_zh, picks=picks):
            given |= {"picks": picks} if picks else {}
            given |= {
                "needs": parameters,
                "code": source_text(
                    root / declaration.path, declaration.name, either(why, why_zh, language)
                ),
            }
        case Field(of=of, key=key, default=default, printed=printed):
            given |= {"of": of, "key": key, "unit": str(declaration.unit)}
            given |= {"base": base(declaration.unit)} if declaration.name in GIVEN else {}
            given |= (
                {"each": str(declaration.unit).removeprefix(f"{printed}/")}
                if str(printed) != str(declaration.unit)
                else {}
            )
            given |= {"start": default} if default is not None else {}
        case Setting(low=low, high=high, whole=whole):
            given |= {
                "unit": str(declaration.unit),
                "base": base(declaration.unit),
                "low": low,
                "high": high,
                "whole": whole,
            }
        case Constant(value=value, why=why, why_zh=why_zh):
            given |= {
                "unit": str(declaration.unit),
                "base": base(declaration.unit),
                "value": value,
                "why": either(why, why_zh, language),
            }
        case Choice(table=table):
            given |= {"table": table}
    if isinstance(declaration, ScenarioField) and (phrase := declaration.template(language)):
        given["phrase"] = phrase
    return given


def base(of: Unit) -> str:
    """The unit that values are computed in: s for ms, B/chip for GB/chip."""
    return str(of if of.factor == 1 else Unit(ONE.factor, of.powers))


def _fixed(reference: Reference, scenario: Scenario, language: Language) -> list[Any]:
    """A number that no scenario changes: its value, or null with a reason, its base unit and its
    text.
    """
    value = reference.value(scenario)
    of = reference.unit(scenario.library)
    return [
        value if isinstance(value, (float, str)) else None,
        base(ONE if reference.bottom and of.counts_only else of),  # a factor, as its text says
        reference.text(scenario, language),
    ]


# The catalogue


def _rows(
    library: Library, tables: Tables, references: list[Reference], names: list[str]
) -> dict[str, list[str]]:
    """The rows that the numbers may need, by table: all where a reader chooses, else those that
    pages pin.
    """
    chosen = {field for reference in references for field in reference.follows(library)}
    picking = {d.picks for name in names if isinstance(d := library.names[name], Quantity)}
    wanted: dict[str, set[str]] = {}
    for name in names:
        if isinstance(choice := library.names[name], Choice):
            pinned = {
                str(value)
                for reference in references
                for term in reference.terms()
                for field, value in term.pins
                if field == name
            }
            wanted.setdefault(choice.table, set()).update(
                tables[choice.table] if name in chosen | picking else pinned
            )
    return {table: [id for id in tables[table] if id in ids] for table, ids in wanted.items()}


def _row(
    table: str,
    id: str,
    tables: Tables,
    library: Library,
    fields: list[Field],
    language: Language,
    sources: dict[str, int],
) -> dict[str, Any]:
    """A row: its name, and its cells by key with the number of the source that each was read in."""
    row = tables[table][id]
    keys = dict.fromkeys(field.key for field in fields if library.table(field.of) == table)
    cells = {
        key: [printed_cell(cell), sources.setdefault(cited(cell.source, language), len(sources))]
        for key in keys
        if (cell := row.cells.get(key))
    }
    return {"name": row.title(language), "cells": cells}


def cited(source: Source, language: Language) -> str:
    """A source in one line of plain text: title, section, the day on which it was read, address."""
    if source.mark == "default":
        return either(source.title, source.title_zh, language)
    marks = {
        "read": say("source.read", language, day=source.accessed),
        "fitted": say("source.fitted", language),
        "recalled": say("source.unverified", language),
    }
    section = section_in(source.section, language)
    return " ".join(
        say("mark.comma", language)
        .join(part for part in (source.title, section, marks[source.mark], source.url) if part)
        .split()
    )


# Text as it stands in its files


def source_text(path: Path, name: str, sentence: str) -> str:
    """A quantity's own source text, with the sentence of one language for its docstring."""
    lines, statements = _module(path)
    node = next(one for one in statements if isinstance(one, ast.FunctionDef) and one.name == name)
    said = node.body[0]
    return "\n".join(
        [
            *lines[_first_line(node) : said.lineno - 1],
            "    " + docstring(sentence),
            *lines[said.end_lineno : node.end_lineno],
        ]
    )


def docstring(text: str) -> str:
    """A text as a docstring."""
    text = text.replace("\\", "\\\\")
    if '"""' in text or text.endswith('"'):
        text = text.replace('"', '\\"')
    return f'"""{text}"""'


def excerpt(path: Path, names: Iterable[str] = (), without: Iterable[str] = ()) -> str:
    """The statements of a file that make `names`, with their docstrings; without `names` all but
    its imports and its head.

    `without` stand elsewhere.
    """
    lines, statements = _module(path)
    lines, made = list(lines), ""
    for node in statements:
        made = made if isinstance(node, ast.Expr) else _makes(node)
        if not made or made in without or (names and made not in names):
            for line in range(_first_line(node), node.end_lineno or 0):
                lines[line] = ""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")


def _makes(node: ast.stmt) -> str:
    """The name that a statement makes, or adds to."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
            return name
    return ""


def _first_line(node: ast.stmt) -> int:
    """The index of its first line, decorators included."""
    first: int = min(one.lineno for one in (node, *getattr(node, "decorator_list", ())))
    return first - 1


@cache
def _parsed(path: Path, changed: int) -> tuple[list[str], list[ast.stmt]]:
    text = read_source(path)
    return text.split("\n"), ast.parse(text).body


def _module(path: Path) -> tuple[list[str], list[ast.stmt]]:
    """The lines of a file, and its statements."""
    return _parsed(path, path.stat().st_mtime_ns)
