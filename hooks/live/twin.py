"""The browser's twin of the cost models: formulas, units, labels and catalogue rows as one JavaScript object."""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from hooks.formula.declaration import Cell, Choice, Constant, Declaration, Field, Quantity, Row, Setting, Tables
from hooks.formula.format import NARROW, NOUNS, WORDS, Language
from hooks.formula.library import Library
from hooks.live.emit import javascript, number

BROWSER = Path(__file__).resolve().parent / "browser"
CORE = ("number", "formula", "scenario", "reference")
"""What computes, and touches no page."""


def twin(library: Library, tables: Tables, names: Iterable[str], rows: dict[str, set[str]], language: Language, version: str = "", presets: list[Any] | None = None) -> str:
    """Everything that `names` rest on, as the object literal that the browser's files read as TWIN.

    `rows` lists the rows of tables that are wanted in part; every other table comes whole.
    """
    asked = set(names)
    wanted = closure(library, asked)
    kinds = {"quantities": Quantity, "fields": Field, "settings": Setting, "choices": Choice, "constants": Constant}
    words = {word: (scale, text.replace(" ", NARROW)) for word, by in WORDS.items() for scale, text in [by[language]]}
    nouns = {name: by[language] for name, by in NOUNS.items()}
    parts = [f"language:{_text(language)},version:{_text(version)},words:{_text(words)},nouns:{_text(nouns)},presets:{_text(presets or [])}"]
    for plural, kind in kinds.items():
        entries = [f"{name}:{_entry(library.names[name], language, name in asked)}" for name in wanted if isinstance(library.names[name], kind)]
        parts.append(f"{plural}:{{{','.join(entries)}}}")
    used = sorted({d.table for name in wanted if isinstance(d := library.names[name], Choice)})
    parts.append("tables:{" + ",".join(f"{table}:{_table(table, library, wanted, tables.get(table, {}), rows.get(table), language)}" for table in used) + "}")
    return "{" + ",".join(parts) + "}"


def closure(library: Library, names: Iterable[str]) -> list[str]:
    """The names and everything that they are computed from, in the library's own order."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            declaration = library.names[name]
            waiting += declaration.parameters if isinstance(declaration, Quantity) else [declaration.of] if isinstance(declaration, Field) else []
    return [name for name in library.names if name in found]


SAID = re.compile(r"\bsay\((?P<quote>[\"`])(?P<en>.*?)(?P=quote), (?P=quote)(?P<zh>.*?)(?P=quote)\)")


def script(twin: str, files: Iterable[str], language: Language) -> str:
    """The hand-written files around a twin in one language, as one script that defines nothing but `live`."""
    code = "\n".join(_read(name, language) for name in files)
    return f'(()=>{{"use strict";\nconst TWIN={twin};\n{code}\n}})();\n'


def later(files: Iterable[str], language: Language) -> str:
    """Hand-written files that a page loads only when a reader asks for them; they take what they need from `live`."""
    return '(()=>{"use strict";\n' + "\n".join(_read(name, language) for name in files) + "\n})();\n"


def _read(name: str, language: Language) -> str:
    return stripped(spoken((BROWSER / f"{name}.js").read_text("utf-8"), language))


def spoken(code: str, language: Language) -> str:
    """JavaScript with every `say("English", "中文")` replaced by the text in one language."""
    return SAID.sub(lambda said: said["quote"] + said[language] + said["quote"], code)


TOKEN = re.compile(r"""("(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|/(?![ /*])(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\n])+/)""")
"""What spaces mean something in: texts, and regular expressions, which no space follows as it does a division."""


def stripped(code: str) -> str:
    """JavaScript without what only a person reads: lines of comment, indentation, spaces around signs."""
    lines = (line.strip() for line in code.split("\n"))
    parts = TOKEN.split("\n".join(line for line in lines if line and not line.startswith("//")))
    return "".join(part if at % 2 else re.sub(r" *([=*?:,{}()<>|&!\[\]]) *", r"\1", part) for at, part in enumerate(parts))


def data_version(root: Path) -> str:
    """A short name for the state of formulas and data that pages are computed from."""
    paths = sorted([*(root / "hooks" / "costs").glob("*.py"), *(root / "docs" / "data").glob("*.yml")])
    return sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths)).hexdigest()[:8]


def _entry(declaration: Declaration, language: Language, asked: bool) -> str:
    unheard = isinstance(declaration, Constant) or (isinstance(declaration, Field) and declaration.default is not None)
    given = {} if unheard and not asked else {"label": _text(declaration.title(language))}  # no reason will say it
    if str(declaration.unit) != "word":
        given["unit"] = _text(str(declaration.unit))
    match declaration:
        case Quantity(body=body, words=words):
            given["formula"] = f"$=>{javascript(body, language)}"
            if words and language == "zh":
                given["words"] = _text(words)
        case Field(of=of, key=key, default=default):
            given |= {"row": _text(of), "key": _text(key)}
            if default is not None:
                given["start"] = number(default) if isinstance(default, (int, float)) else _text(default)
        case Setting(default=default, low=low, high=high, whole=whole):
            given |= {"start": number(default), "low": number(low)}
            given |= {"high": number(high)} if high is not None else {}
            given |= {"whole": "1"} if whole else {}
        case Choice(table=table, default=default):
            given |= {"table": _text(table), "start": _text(default)}
        case Constant(value=value):
            given["value"] = number(value)
    return "{" + ",".join(f"{key}:{value}" for key, value in given.items()) + "}"


def _table(table: str, library: Library, wanted: list[str], rows: dict[str, Row], only: set[str] | None, language: Language) -> str:
    """A table with the columns that the wanted fields read: every row one text, its cells as their sources print them."""
    fields = [d for name in wanted if isinstance(d := library.names[name], Field) and isinstance(of := library.names[d.of], Choice) and of.table == table]
    keys = list(dict.fromkeys(field.key for field in fields))
    lines = [f"{_text(id)}:{_text(_line(row, keys, language))}" for id, row in rows.items() if only is None or id in only]
    return f"{{keys:{_text(keys)},rows:{{{','.join(lines)}}}}}"


def _line(row: Row, keys: list[str], language: Language) -> str:
    cells = [_cell(row.cells[key]) if key in row.cells else "" for key in keys]
    return "|".join([row.title(language), row.family, *cells]).rstrip("|")


def _cell(cell: Cell) -> str:
    """What the source prints; a yes or no as the number that formulas see."""
    return cell.text if isinstance(cell.value, str) or cell.text[:1] in "+-.0123456789" else number(cell.value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
