"""The work panels in the reader's scenario: what the browser needs to write them, loaded when a
reader changes something.
"""

import ast
from collections.abc import Iterable, Iterator
from html import escape

from hooks.formula.branch import branches, names_in_expressions
from hooks.formula.declaration import (
    Choice,
    Constant,
    Declaration,
    Field,
    Quantity,
    Setting,
    Tables,
)
from hooks.formula.library import Library, closure
from hooks.formula.typeset import template
from hooks.live.bundle import column, constants_of, declared, lazy_files
from hooks.live.emit import javascript, literal
from hooks.page.derivations import cite
from hooks.text.languages import Language


def work_script(
    library: Library,
    tables: Tables,
    names: Iterable[str],
    rows: dict[str, set[str]],
    language: Language,
    code: str,
) -> str:
    """The script `live-work.js` for the twin that has the same `names` and `rows`; `code` is where
    readers find the project's files.
    """
    panels = work(library, tables, names, rows, language, code)
    return lazy_files(["work"], language, f"const WORK={panels};")


def work(
    library: Library,
    tables: Tables,
    names: Iterable[str],
    rows: dict[str, set[str]],
    language: Language,
    code: str,
) -> str:
    """Sentences, formulas with their cases, and citations, as the object literal that `work.js`
    reads as WORK.
    """
    wanted = closure(library, names)
    entries = [
        f"{name}:{entry}"
        for name in wanted
        if (entry := _entry(library.names[name], library, language)) != "{}"
    ]
    cites: dict[str, int] = {}
    picked = sorted({d.table for name in wanted if isinstance(d := library.names[name], Choice)})
    sources = {
        table: _sources(table, library, wanted, tables, rows.get(table), cites, language)
        for table in picked
    }
    limits = {
        table: {
            id: escape(limit)
            for id, row in tables[table].items()
            if id in rows.get(table, {id}) and (limit := row.limit(language))
        }
        for table in picked
    }
    fields = [name for name in library.fields_of_scenario if name in wanted]
    constants = declared("constants", library, wanted, set(wanted), set(wanted), language)
    return (
        f"{{{constants},code:{literal(escape(code))},fields:{literal(fields)},"
        f"names:{{{','.join(entries)}}},sources:{literal(sources)},limits:{literal(limits)},"
        f"cites:{literal(list(cites))}}}"
    )


def _entry(declaration: Declaration, library: Library, language: Language) -> str:
    given: dict[str, str] = {}
    match declaration:
        case Quantity() | Setting() | Constant():
            why = declaration.why_zh if language == "zh" else declaration.why
            given |= {"why": literal(escape(why))} if why else {}
    match declaration:
        case Quantity(path=path, line=line, source=source):
            given["at"] = literal(escape(f"{path}#L{line}"))
            given |= {"after": literal(escape(source))} if source else {}
            given |= _formula(declaration, library, language)
    if not isinstance(declaration, (Setting, Choice)):
        given |= {
            "label": literal(declaration.title(language)),
            "unit": literal(str(declaration.unit)),
        }  # a page has but those that it says
    return "{" + ",".join(f"{key}:{value}" for key, value in given.items()) + "}"


def _formula(quantity: Quantity, library: Library, language: Language) -> dict[str, str]:
    """The formula as a template, the names that it rests on, and its cases with those that they
    rest on.
    """
    all_names = _in_order(quantity, quantity.body)
    given = {"names": literal(all_names), "math": literal(template(quantity.body, language))}
    if isinstance(quantity.body, ast.IfExp):
        cases = [(branch, tests) for branch, tests in branches(quantity.body) if branch is not None]
        numbered = _numbered(quantity.body, iter(range(len(cases))))
        given["pick"] = f"$=>{javascript(numbered, language, constants_of(quantity, library))}"
        given["cases"] = literal(
            [
                [
                    template(branch, language) if names_in_expressions(branch) else "",
                    _in_order(quantity, branch, *tests),
                ]
                for branch, tests in cases
            ]
        )
    return given


def _in_order(quantity: Quantity, *parts: ast.expr) -> str:
    return " ".join(name for name in quantity.parameters if name in names_in_expressions(*parts))


def _numbered(body: ast.expr, numbers: Iterator[int]) -> ast.expr:
    """A formula with the number of the case in place of its value, and -1 where there is none."""
    if isinstance(body, ast.IfExp):
        return ast.IfExp(body.test, _numbered(body.body, numbers), _numbered(body.orelse, numbers))
    [(branch, _)] = branches(body)
    return ast.Constant(-1 if branch is None else next(numbers))


def _sources(
    table: str,
    library: Library,
    wanted: list[str],
    tables: Tables,
    only: set[str] | None,
    cites: dict[str, int],
    language: Language,
) -> dict[str, object]:
    """Of every row the number of the citation that most of its cells have, and of those cells that
    have another.
    """
    keys = {
        d.key: column(d, library)
        for name in wanted
        if isinstance(d := library.names[name], Field) and library.table(d.of) == table
    }
    found: dict[str, object] = {}
    for id, row in tables.get(table, {}).items():
        numbers = {
            keys[key]: cites.setdefault(cite(cell.source, language), len(cites))
            for key, cell in row.cells.items()
            if key in keys and (only is None or id in only)
        }
        if numbers:
            usual = max(numbers.values(), key=list(numbers.values()).count)
            others = {key: number for key, number in numbers.items() if number != usual}
            found[id] = [usual, others] if others else [usual]
    return found
