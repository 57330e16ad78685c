"""The browser's twin of the cost models: formulas, units, labels and catalogue rows as one
JavaScript object.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rjsmin import jsmin

from hooks.formula.declaration import (
    Cell,
    Choice,
    Constant,
    Declaration,
    Field,
    Quantity,
    Row,
    ScenarioField,
    Setting,
    Tables,
)
from hooks.formula.format import NARROW, NOUNS, WORDS
from hooks.formula.library import Library, closure, mentioned
from hooks.live.emit import javascript, js_number, literal
from hooks.live.spoken import in_language
from hooks.text.languages import Language

BROWSER = Path(__file__).resolve().parent / "browser"
CORE = ("formula", "number", "scenario", "reference")
"""What computes, and touches no page; first what formulas are made of, which a page's own formulas
are handed.
"""

GIVEN = {"chip_hour": "price"}
"""What a reader may give instead of choosing a row: the input, and the choice whose row `own`
(docs/data) says so.
"""

VOCABULARY = "over,same,no,min,max,floor,ceil,power,root"
"""The functions that formulas call."""


KINDS: dict[str, type[Declaration]] = {
    "quantities": Quantity,
    "fields": Field,
    "settings": Setting,
    "choices": Choice,
    "constants": Constant,
}


def models_object(
    library: Library,
    tables: Tables,
    names: Iterable[str],
    language: Language,
) -> str:
    """Everything that `names` rest on, as the object literal that the browser's files read as
    TWIN.
    """
    shared = shared_properties(library, tables, names, {}, language, "")
    return f"{{{shared},{formulas(library, names, language)}}}"


def shared_properties(
    library: Library,
    tables: Tables,
    names: Iterable[str],
    rows: dict[str, set[str]],
    language: Language,
    version: str,
    apart: Iterable[str] = (),
) -> str:
    """What pages have in common, as properties of TWIN: the scenario's fields and the catalogue
    that `names` rest on, but for what is `apart`.

    `rows` lists the rows of tables that are wanted in part; every other table comes whole.
    """
    wanted = [name for name in closure(library, names) if name not in apart]
    words = {
        word: (scale, text.replace(" ", NARROW))
        for word, by in WORDS.items()
        for scale, text in [by[language]]
    }
    nouns = {name: by[language] for name, by in NOUNS.items()}
    parts = [
        f"language:{literal(language)},version:{literal(version)},words:{literal(words)},nouns:{literal(nouns)}"
    ]
    parts += [
        declared(plural, library, wanted, set(), set(wanted), language)
        for plural in ("settings", "choices")
    ]
    given = [_given(name, library, language) for name in GIVEN if name in wanted]
    parts.append(f"given:{{{','.join(given)}}}")
    parts.append(_tables(library, tables, wanted, wanted, rows, language))
    return ",".join(parts)


def page_script(
    library: Library,
    names: Iterable[str],
    language: Language,
    more: str = "",
    later: Iterable[str] = (),
) -> str:
    """A page's own formulas as a script of their own, for the main one to take up; `more` is what
    it needs that pages do not have in common.

    What only the names that come `later` rest on is left to `later_script`.
    """
    own = formulas(library, names, language, only=_first(library, names, later))
    own += f",more:{{{more}}}" if more else ""
    return f"window.live={{page:({{{VOCABULARY}}})=>({{{own}}})}};\n"


def later_script(
    library: Library, names: Iterable[str], language: Language, later: Iterable[str]
) -> str:
    """The rest of a page's formulas, as a script that the main one calls for and that hands them
    over.
    """
    rest = set(closure(library, names)) - _first(library, names, later)
    own = formulas(library, names, language, only=rest)
    return f"live.learn((({{{VOCABULARY}}})=>({{{own}}}))(live));\n"


def _first(library: Library, names: Iterable[str], later: Iterable[str]) -> set[str]:
    """What a page's names rest on, but for what only those rest on that come later."""
    return set(closure(library, set(names) - set(later)))


def fields_apart(
    library: Library, tables: Tables, names: Iterable[str], apart: set[str], language: Language
) -> str:
    """Of the fields that are `apart` those that `names` rest on, with the whole tables that they
    pick from; nothing for none.
    """
    wanted = [name for name in closure(library, names) if name in apart]
    if not wanted:
        return ""
    parts = [
        declared(plural, library, wanted, set(), set(wanted), language)
        for plural in ("settings", "choices")
    ]
    parts.append(_tables(library, tables, wanted, list(library.names), {}, language))
    return ",".join(parts)


def formulas(
    library: Library, names: Iterable[str], language: Language, only: set[str] | None = None
) -> str:
    """What one page computes, as properties of TWIN: the quantities, inputs and constants that
    `names` rest on, and `only` some of them where that is said.
    """
    asked = set(names)
    wanted = closure(library, asked)
    shown = asked | _mentioned(library, wanted)
    inside = {
        name for name in wanted if isinstance(library.names[name], Constant)
    } - shown  # formulas hold their values
    return ",".join(
        declared(
            plural,
            library,
            [
                name
                for name in wanted
                if name not in inside and (only is None or name in only or name in shown - asked)
            ],
            asked,
            shown,
            language,
        )
        for plural in ("quantities", "fields", "constants")
    )


def _mentioned(library: Library, names: list[str]) -> set[str]:
    """What reasons mention."""
    bodies = [
        declaration.body
        for name in names
        if isinstance(declaration := library.names[name], Quantity)
    ]
    return {name for body in bodies for name in mentioned(body)}


def declared(
    plural: str,
    library: Library,
    names: list[str],
    asked: set[str],
    shown: set[str],
    language: Language,
) -> str:
    """The declarations of one kind among `names`, as a property of TWIN.

    `asked` are those whose label a page will say, `shown` those whose value it will write, in its
    unit.
    """
    entries = [
        f"{name}:{_entry(name, library, language, name in asked, name in shown)}"
        for name in names
        if isinstance(library.names[name], KINDS[plural])
    ]
    return f"{plural}:{{{','.join(entries)}}}"


def script(twin: str, files: Iterable[str], language: Language) -> str:
    """The hand-written files around a twin in one language, as one script that defines nothing but
    `live`.

    `twin` is an expression: the object itself, or one that adds what a page has put down in `live`
    before.
    """
    first, *others = (_read(name, language) for name in files)
    return "\n".join(['(()=>{"use strict";', first, f"const TWIN={twin};", *others, "})();", ""])


def lazy_files(files: Iterable[str], language: Language, before: str = "") -> str:
    """Hand-written files that a page loads only when a reader asks for them; they take what they
    need from `live`.

    `before` is what a build adds at their head.
    """
    parts = [before] * bool(before) + [_read(name, language) for name in files]
    return '(()=>{"use strict";\n' + "\n".join(parts) + "\n})();\n"


def _read(name: str, language: Language) -> str:
    return stripped(unlinked(in_language((BROWSER / f"{name}.js").read_text("utf-8"), language)))


LINKS = re.compile(r"^import [^;]*;\n|^export (?=\w)", re.MULTILINE)


def unlinked(code: str) -> str:
    """A module without what links it to others: editors and tests/javascript read it as one,
    browsers as part of a script.
    """
    return LINKS.sub("", code)


def stripped(code: str) -> str:
    """JavaScript without comments and without spaces and line ends that mean nothing."""
    return str(jsmin(code)).strip()


def data_version(root: Path) -> str:
    """A short name for the state of formulas and data that pages are computed from."""
    paths = sorted(
        [*(root / "hooks" / "costs").glob("*.py"), *(root / "docs" / "data").glob("*.yml")]
    )
    return sha256(
        b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths)
    ).hexdigest()[:8]


def constants_of(quantity: Quantity, library: Library) -> dict[str, float]:
    """The constants among a formula's parameters, which JavaScript writes as the numbers that they
    are.
    """
    return {
        name: d.value
        for name in quantity.parameters
        if isinstance(d := library.names[name], Constant)
    }


def _given(name: str, library: Library, language: Language) -> str:
    """An input that a reader may give: its entry, which every page has, with its range."""
    field = library.names[name]
    assert isinstance(field, Field)
    entry = _entry(name, library, language, True, True).removesuffix("}")
    high = f",high:{js_number(field.high)}" if field.high is not None else ""
    return f"{name}:{entry},low:{js_number(field.low)}{high},choice:{literal(GIVEN[name])}}}"


@lru_cache(maxsize=4096)
def _entry(name: str, library: Library, language: Language, asked: bool, shown: bool) -> str:
    declaration = library.names[name]
    said = (
        asked
        or isinstance(declaration, ScenarioField)
        or (isinstance(declaration, Field) and declaration.default is None)
    )
    given = (
        {"label": literal(declaration.title(language))} if said else {}
    )  # the others' come with their panels
    if shown or str(declaration.unit) == "word":
        given["unit"] = literal(str(declaration.unit))
    match declaration:
        case Quantity(body=body, words=words, picks=picks):
            given["formula"] = (
                f"$=>{javascript(body, language, constants_of(declaration, library))}"
            )
            if words and language == "zh":
                given["words"] = literal(words)
            if picks:
                given["picks"] = literal(picks)
        case Field(of=of, default=default):
            given["row"] = literal(of)
            if (key := column(declaration, library)) != declaration.name:
                given["key"] = literal(key)
            if default is not None:
                given["start"] = (
                    js_number(default) if isinstance(default, (int, float)) else literal(default)
                )
        case Setting(default=default, low=low, high=high, whole=whole):
            given |= {"start": js_number(default)} | ({"low": js_number(low)} if low else {})
            given |= {"high": js_number(high)} if high is not None else {}
            given |= {"whole": "1"} if whole else {}
        case Choice(table=table, default=default):
            given |= {"table": literal(table), "start": literal(default)}
        case Constant(value=value):
            given["value"] = js_number(value)
    if isinstance(declaration, ScenarioField):
        template = declaration.template(language)
        given |= {"phrase": literal(template)} if template else {}
        given |= {"always": "1"} if declaration.always else {}
        given |= {"where": literal(declaration.where)} if declaration.where else {}
    return "{" + ",".join(f"{key}:{value}" for key, value in given.items()) + "}"


def _tables(
    library: Library,
    tables: Tables,
    wanted: list[str],
    read: list[str],
    rows: dict[str, set[str]],
    language: Language,
) -> str:
    """The tables that the wanted choices pick from, with the columns that the fields in `read`
    read, and of each the rows that are listed, or all.
    """
    picked = sorted({d.table for name in wanted if isinstance(d := library.names[name], Choice)})
    listed = (
        f"{table}:{_table(table, library, read, tables.get(table, {}), rows.get(table), language)}"
        for table in picked
    )
    return f"tables:{{{','.join(listed)}}}"


def _table(
    table: str,
    library: Library,
    wanted: list[str],
    rows: dict[str, Row],
    only: set[str] | None,
    language: Language,
) -> str:
    """A table with the columns that the wanted fields read: every row its id, name, family and
    cells as their sources print them.
    """
    fields = [
        d
        for name in wanted
        if isinstance(d := library.names[name], Field) and library.table(d.of) == table
    ]
    keys = {field.key: column(field, library) for field in fields}
    wanted_rows = {id: row for id, row in rows.items() if only is None or id in only}
    usual = {
        key: _usual_unit(
            [printed_cell(row.cells[key]) for row in wanted_rows.values() if key in row.cells]
        )
        for key in keys
    }
    lines = [_line(row, usual, language) for row in _sorted(wanted_rows.values())]
    heads = [f"{keys[key]} {unit}".strip() for key, unit in usual.items()]
    return f"{{keys:{literal(heads)},rows:[{','.join(lines)}]}}"


def _sorted(rows: Iterable[Row]) -> list[Row]:
    """Rows as a list to choose from has them: by family, then by name, numbers by their size.
    Those of a table without families stay as they are.
    """
    return sorted(rows, key=lambda row: (row.family.casefold(), _by_size(row)))


def _by_size(row: Row) -> list[str | float]:
    parts = re.split(r"(\d+(?:\.\d+)?)", row.name.casefold()) if row.family else []
    return [float(part) if at % 2 else part for at, part in enumerate(parts)]


@lru_cache(maxsize=1024)
def column(field: Field, library: Library) -> str:
    """What the browser calls a column of a table: the first input that reads it."""
    table = {name for name in library.names if library.table(name) == library.table(field.of)}
    return next(
        name
        for name, d in library.names.items()
        if isinstance(d, Field) and d.key == field.key and d.of in table
    )


def _usual_unit(cells: list[str]) -> str:
    """The unit that most cells of a column are printed in, for its head to say once; none where a
    cell has no unit.
    """
    units = [unit for _, _, unit in (cell.partition(" ") for cell in cells)]
    return (
        max(units, key=units.count)
        if units and all(units) and all(cell[0] in "0123456789" for cell in cells)
        else ""
    )


def _line(row: Row, usual: dict[str, str], language: Language) -> str:
    """A row as an array; what the source does not list is a hole in it."""
    cells = [
        (
            literal(printed_cell(row.cells[key]).removesuffix(f" {unit}" if unit else ""))
            if key in row.cells
            else ""
        )
        for key, unit in usual.items()
    ]
    texts = (literal(text) for text in (row.id, row.title(language), row.family))
    return f"[{','.join([*texts, *cells]).rstrip(',')}]"


def printed_cell(cell: Cell) -> str:
    """What the source prints; a yes or no as the number that formulas see."""
    return (
        cell.text
        if isinstance(cell.value, str) or cell.text[:1] in "+-.0123456789"
        else js_number(cell.value)
    )
