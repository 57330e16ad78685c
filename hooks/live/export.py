"""What a reader takes away: the parts of the runnable file, joined from the project's own source text.

The browser knows the scenario and lays the file out (`hooks/live/browser/export.js`). Here its parts are cut:
the formulas as they stand in hooks/costs, the catalogue's rows with their sources, and of the engine just
those functions that give the numbers, so that nothing is written twice.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from hooks.formula.declaration import (
    Cell,
    Choice,
    Constant,
    Declaration,
    Field,
    Quantity,
    Setting,
    Source,
    Tables,
)
from hooks.formula.evaluate import Scenario
from hooks.formula.format import Language
from hooks.formula.library import Library, closure
from hooks.formula.units import ONE, Unit
from hooks.languages import say
from hooks.live.emit import literal
from hooks.live.twin import BROWSER, spoken, stripped
from hooks.page.reference import Reference
from hooks.problems import Mistake

ROOT = Path(__file__).resolve().parent.parent.parent

ROOTS = tuple(
    ("hooks.live.standalone", name) for name in ("field_of", "opened", "number", "ratio")
) + tuple(
    ("hooks.formula.quantity", name) for name in ("floor", "ceil", "power", "root", "impossible")
)
"""What the exported file calls: the rest of its kernel follows from these."""

QUANTITY = ("hooks.live.standalone", "quantity")
"""What formulas are declared with: the file has it before them, and the rest of the kernel behind."""

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
    """The script `live-export.js`: every part that a page's file may need, and the code that lays them out.

    `references` are the numbers of all live pages, row pins of tables included. `scenario` computes those that
    nothing changes. Refuses a quantity or an input whose name the kernel uses itself.
    """
    parts = literal(
        _parts(library, tables, sorted(set(references), key=str), scenario, language, site, root)
    )
    code = stripped(spoken((BROWSER / "export.js").read_text("utf-8"), language))
    return f'(()=>{{"use strict";\nconst PARTS={parts};\n{code}\n}})();\n'


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
    first, joined = _own_kernels()
    _refuse_clashes(names, joined, library)
    sources: dict[str, int] = {}
    fields = [d for name in names if isinstance(d := library.names[name], Field)]
    rows = _rows(library, tables, references, names)
    wires = {reference.wire(scenario): reference for reference in references}
    return {
        "site": site,
        "copyright": _copyright(),
        "imports": "\n".join(import_lines(joined.imports | {("sys", "", "sys")})),
        "quantity": first.text,
        "kernel": joined.text,
        "names": {name: _name(library.names[name], language, root) for name in names},
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


@cache
def _own_kernels() -> tuple["Kernel", "Kernel"]:
    """The project's own, which change with its code only."""
    first = kernel((QUANTITY,))
    return first, kernel(ROOTS, without=frozenset(first.names))


def _refuse_clashes(names: list[str], joined: "Kernel", library: Library) -> None:
    for name in names:
        if name in joined.names or name in LAYOUT or hasattr(builtins, name):
            place = joined.names.get(name, "every exported file")
            raise Mistake(
                f"'{name}' ({library.names[name].path}:{library.names[name].line}) is also a name in {place}, and a reader's file holds both: rename one"
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
                    root / declaration.path, declaration.name, say(why, why_zh, language)
                ),
            }
        case Field(of=of, key=key, default=default, printed=printed):
            given |= {"of": of, "key": key, "unit": str(declaration.unit)}
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
                "why": say(why, why_zh, language),
            }
        case Choice(table=table):
            given |= {"table": table}
    return given


def base(of: Unit) -> str:
    """The unit that values are computed in: s for ms, B/chip for GB/chip."""
    return str(of if of.factor == 1 else Unit(ONE.factor, of.powers))


def _fixed(reference: Reference, scenario: Scenario, language: Language) -> list[Any]:
    """A number that no scenario changes: its value, or null with a reason, its base unit and its text."""
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
    """The rows that the numbers may need, by table: all where a reader chooses, else those that pages pin."""
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
        key: [_printed(cell), sources.setdefault(cited(cell.source, language), len(sources))]
        for key in keys
        if (cell := row.cells.get(key))
    }
    return {"name": row.title(language), "cells": cells}


def _printed(cell: Cell) -> str:
    """What the source prints; a yes or no as the number that formulas see."""
    return (
        cell.text
        if isinstance(cell.value, str) or cell.text[:1] in "+-.0123456789"
        else f"{cell.value:g}"
    )


def cited(source: Source, language: Language) -> str:
    """A source in one line of plain text: title, section, the day on which it was read, address."""
    if source.mark == "default":
        return say(source.title, source.title_zh, language)
    marks = {
        "read": say(f"read {source.accessed}", f"查阅于 {source.accessed}", language),
        "fitted": say("our fit", "本站拟合", language),
        "recalled": say("unverified", "未核实", language),
    }
    return " ".join(
        ", ".join(
            part for part in (source.title, source.section, marks[source.mark], source.url) if part
        ).split()
    )


# Formulas, as they stand in their files


def source_text(path: Path, name: str, sentence: str) -> str:
    """A quantity's own source text, with the sentence of one language for its docstring."""
    module = _module(path)
    node = next(
        node for node in module.tree.body if isinstance(node, ast.FunctionDef) and node.name == name
    )
    return module.edited(node, [(*module.span(node.body[0]), docstring(sentence))])


def docstring(text: str) -> str:
    """A text as a docstring."""
    text = text.replace("\\", "\\\\")
    if '"""' in text or text.endswith('"'):
        text = text.replace('"', '\\"')
    return f'"""{text}"""'


# The kernel: what the file needs of the engine


@dataclass(frozen=True)
class Kernel:
    """Functions and classes of several modules as one text.

    `imports` is what they need of the standard library: a module, a name in it or none, and the name that it goes by.
    `names` says of every name which module it comes from.
    """

    text: str
    imports: frozenset[tuple[str, str, str]]
    names: dict[str, str]


def kernel(
    roots: Iterable[tuple[str, str]], root: Path = ROOT, without: frozenset[str] = frozenset()
) -> Kernel:
    """The definitions that `roots` (a module and a name each) rest on, read from the modules' source and joined.

    Imports of the project itself are dropped. So are annotations and methods that nobody calls. Refuses a name
    that two modules define, or that one of them imports under another name. Names in `without` stand elsewhere.
    """
    return _Joiner(root, without).join(list(roots))


class _Module:
    """A file's syntax tree, with the text of its parts."""

    def __init__(self, path: Path):
        self.path = path
        self.bytes = path.read_bytes()  # the tree counts columns in bytes
        self.tree = ast.parse(self.bytes)
        self.starts = [0]
        for line in self.bytes.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node: Any) -> tuple[int, int]:
        """Where a node begins and ends in the file's bytes, decorators included."""
        first = node.decorator_list[0] if getattr(node, "decorator_list", None) else node
        begin = self.starts[first.lineno - 1] + first.col_offset - (first is not node)
        return begin, self.starts[node.end_lineno - 1] + node.end_col_offset

    def edited(self, node: ast.AST, changes: Iterable[tuple[int, int, str]]) -> str:
        """A node's text with some stretches replaced."""
        begin, end = self.span(node)
        parts, at = [], begin
        for start, stop, text in sorted(changes):
            parts += [self.bytes[at:start], text.encode()]
            at = stop
        return b"".join([*parts, self.bytes[at:end]]).decode()

    @cached_property
    def defined(self) -> dict[str, list[ast.stmt]]:
        """The statements that make each name of the file, a constant's docstring among them."""
        found: dict[str, list[ast.stmt]] = {}
        last = ""
        for node in self.tree.body:
            if isinstance(node, ast.Expr) and last:
                found[last].append(node)
            last = _makes(node)
            if last:
                found.setdefault(last, []).append(node)
        return found

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """Where each imported name comes from: a module and a name in it, which is empty for the module itself."""
        found: dict[str, tuple[str, str]] = {}
        for node in self.tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {
                    alias.asname or alias.name: (node.module, alias.name) for alias in node.names
                }
            elif isinstance(node, ast.Import):
                found |= {alias.asname or alias.name: (alias.name, "") for alias in node.names}
        return found


@cache
def _parsed(path: Path, changed: int) -> _Module:
    return _Module(path)


def _module(path: Path) -> _Module:
    return _parsed(path, path.stat().st_mtime_ns)


def _makes(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case (
            ast.Assign(targets=[ast.Name(id=name)])
            | ast.AnnAssign(target=ast.Name(id=name))
            | ast.AugAssign(target=ast.Name(id=name))
        ):
            return name
    return ""


class _Joiner:
    def __init__(self, root: Path, without: frozenset[str]):
        self.root = root
        self.without = without
        self.kept: dict[str, str] = {}
        """Names of the joined text, each with the module that defines it, or that it is imported from."""
        self.imports: set[tuple[str, str, str]] = set()
        self.calls: set[str] = set()
        self.reads: set[str] = set()
        """Attributes that the kept code calls or reads: methods and properties of other names are left out."""

    def join(self, roots: list[tuple[str, str]]) -> Kernel:
        known = None
        while known != (
            known := (len(self.kept), len(self.calls), len(self.reads))
        ):  # a method that is kept may call others
            self.kept, self.imports = {}, set()
            for module, name in roots:
                self.keep(module, name)
        text = "\n\n\n".join(self.text(module) for module in self.order())
        return Kernel(text, frozenset(self.imports), dict(self.kept))

    def order(self) -> list[str]:
        """The project's modules that take part, those that others import first."""
        taking = dict.fromkeys(
            module for module in self.kept.values() if module.startswith("hooks.")
        )
        found: dict[str, None] = {}

        def visit(module: str) -> None:
            for source, _ in self.module(module).imported.values():
                if source in taking and source not in found:
                    visit(source)
            found[module] = None

        for module in taking:
            if module not in found:
                visit(module)
        return list(found)

    def module(self, name: str) -> _Module:
        return _module(self.root / (name.replace(".", "/") + ".py"))

    def keep(self, module: str, name: str) -> None:
        """Take a definition and all that it rests on."""
        if self.kept.get(name) == module:
            return
        self.claim(name, module)
        read = self.module(module)
        if name not in read.defined:
            raise Mistake(f"{module} has no '{name}'")
        for node in read.defined[name]:
            for used in sorted(self.used(node)):
                if used in read.defined:
                    self.keep(module, used)
                elif used in read.imported:
                    self.take(used, *read.imported[used])

    def take(self, used: str, source: str, name: str) -> None:
        """Take what a module imports."""
        if source.split(".")[0] == "hooks":
            if used != name:
                raise Mistake(
                    f"'{used}' is {source}.{name} under another name: an exported file joins modules, so import it as it is called"
                )
            self.keep(source, name)
        else:
            self.claim(used, source)
            self.imports.add((source, name, used))

    def claim(self, name: str, module: str) -> None:
        other = self.kept.setdefault(name, module)
        if other != module:
            raise Mistake(
                f"'{name}' comes from both {other} and {module}: an exported file joins them, so rename one"
            )

    def used(self, node: ast.AST) -> set[str]:
        """The names of the module that a statement mentions where it runs; attributes that it calls are noted."""
        if isinstance(node, ast.ClassDef):
            idle = self.idle(node)
            fields = {
                name.id
                for part in node.body
                if isinstance(part, ast.AnnAssign)
                for name in ast.walk(part.annotation)
                if isinstance(name, ast.Name)
            }
            return fields.union(
                *(self.used(part) for part in ast.iter_child_nodes(node) if part not in idle)
            )
        names, local = set(), set()
        for part in _running(node):
            match part:
                case ast.Name(id=name, ctx=ast.Load()):
                    names.add(name)
                case ast.arg(arg=name) | ast.Name(id=name) | ast.MatchAs(name=str(name)):
                    local.add(name)
                case ast.Call(func=ast.Attribute(attr=attribute)):
                    self.calls.add(attribute)
                case ast.Attribute(attr=attribute):
                    self.reads.add(attribute)
        return names - local if isinstance(node, ast.FunctionDef) else names

    def idle(self, node: ast.AST) -> list[ast.FunctionDef]:
        """The methods of a class that nobody calls."""
        if not isinstance(node, ast.ClassDef):
            return []
        own = {
            name.id
            for part in node.body
            if not isinstance(part, ast.FunctionDef)
            for name in ast.walk(part)
            if isinstance(name, ast.Name)
        }
        methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
        return [
            method
            for method in methods
            if not method.name.startswith("__")
            and method.name not in own | (self.reads if method.decorator_list else self.calls)
        ]

    def text(self, module: str) -> str:
        """The kept definitions of a module in its own order; lines that stand together stay together."""
        read = self.module(module)
        nodes: list[ast.stmt] = [
            node
            for name, of in self.kept.items()
            if of == module and name not in self.without
            for node in read.defined[name]
        ]
        result = f"# {module.replace('.', '/')}.py"
        last: ast.stmt | None = None
        for node in sorted(nodes, key=lambda node: node.lineno):
            adjacent = (
                last is not None
                and read.bytes[read.span(last)[1] : read.span(node)[0]].count(b"\n") == 1
            )
            loose = any(isinstance(part, (ast.FunctionDef, ast.ClassDef)) for part in (node, last))
            result += ("\n" if adjacent else "\n\n\n" if loose else "\n\n") + re.sub(
                r"  # (type: ignore|noqa|fmt:).*", "", read.edited(node, self.changes(read, node))
            )
            last = node
        return result

    def changes(self, read: _Module, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        """What is cut from a definition: methods that nobody calls, and annotations where they say nothing at run time."""
        for method in self.idle(node):
            begin, end = read.span(method)
            begin = read.bytes.rindex(b"\n", 0, begin)
            yield len(read.bytes[:begin].rstrip()), end, ""
        kept = (
            [part for part in getattr(node, "body", []) if part not in self.idle(node)]
            if isinstance(node, ast.ClassDef)
            else [node]
        )
        for of, note in [
            pair
            for part in kept
            if not isinstance(part, ast.AnnAssign) or part is node
            for pair in _annotations(part)
        ]:
            begin, end = read.span(note)
            sign = re.search(rb"\s*(->|:)\s*$", read.bytes[:begin])
            assert sign
            default = re.match(rb" = ", read.bytes[end:]) if isinstance(of, ast.arg) else None
            yield sign.start(), end + (3 if default else 0), "=" if default else ""


def _annotations(node: ast.AST) -> Iterator[tuple[ast.AST, ast.expr]]:
    """What a definition says of types and nothing reads at run time, each with the argument, function or variable that it is about."""
    for part in ast.walk(node):
        match part:
            case (
                ast.FunctionDef(returns=ast.expr() as note)
                | ast.arg(annotation=ast.expr() as note)
                | ast.AnnAssign(annotation=note)
            ):
                yield part, note


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and what is below it, without annotations."""
    silent = (
        set()
        if isinstance(node, ast.AnnAssign) and node.value is None
        else {id(note) for _, note in _annotations(node)}
    )
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += [child for child in ast.iter_child_nodes(part) if id(child) not in silent]


def import_lines(imports: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The imports of a file in the order that Python's tools agree on."""
    known = sorted(imports)
    yield from (f"import {module}" for module, name, _ in known if not name)
    for module in dict.fromkeys(module for module, name, _ in known if name):
        names = [(name, used) for source, name, used in known if source == module and name]
        plain = sorted(
            (name for name, used in names if name == used),
            key=lambda name: (not name.isupper(), name.islower(), name),
        )
        lines = {
            name: f"from {module} import {name} as {used}" for name, used in names if name != used
        }
        if plain:
            lines[plain[0]] = f"from {module} import {', '.join(plain)}"
        yield from (lines[name] for name in sorted(lines))
