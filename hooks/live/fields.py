"""Every scenario field there is, by the file that declares it: what the calculator folds away,
loaded when a reader opens it.
"""

import ast
from pathlib import Path

from hooks.formula.declaration import Choice, Declaration, Field, Quantity, Setting, Tables
from hooks.formula.library import Library, needs
from hooks.live.bundle import VOCABULARY, lazy_files, models_object
from hooks.live.emit import literal
from hooks.text.languages import Language
from hooks.text.source import read_source


def fields_script(
    library: Library, tables: Tables, root: Path, language: Language, quantities: str
) -> str:
    """The script `live-fields.js`: all fields with what rests on them. `quantities` is the page
    that lists all formulas, or empty.
    """
    groups = [group(path, library, root, language) for path in dict.fromkeys(_paths(library))]
    names = [
        *library.fields_of_scenario,
        *(name for _, _, _, outcomes in groups for name in outcomes),
    ]
    known = models_object(library, tables, names, language)
    reasons = {
        name: field.why_zh if language == "zh" else field.why
        for name, field in library.fields_of_scenario.items()
        if isinstance(field, Setting)
    }
    before = (
        f"const FIELDS=(({{{VOCABULARY}}})=>({known}))(live),GROUPS={literal(groups)},"
        f"REASONS={literal(reasons)},QUANTITIES={literal(quantities)};"
    )
    return lazy_files(["fields"], language, before)


def group(
    path: str, library: Library, root: Path, language: Language
) -> tuple[str, str, list[str], list[str]]:
    """A file of cost models as a group of fields: its title, what it is about, its fields, and what
    they change in the end.

    The title is what stands before the colon in the docstring's first line of that language.
    """
    declared = [d for d in library.names.values() if d.path == path]
    fields = [d.name for d in declared if isinstance(d, (Choice, Setting))]
    inside = {
        name for d in declared if isinstance(d, Quantity) for name in needs(d)
    }  # a step on the way to another of the same file
    outcomes = [
        d.name
        for d in declared
        if isinstance(d, (Quantity, Field))
        and d.name not in inside
        and not library.depends_on(d.name).isdisjoint(fields)
    ]
    title, about = _heading(root / path, language)
    return title, about, fields, outcomes


def _paths(library: Library) -> list[str]:
    """The files that declare fields, in the order of the library."""
    fields: list[Declaration] = list(library.fields_of_scenario.values())
    return [field.path for field in fields]


def _heading(path: Path, language: Language) -> tuple[str, str]:
    """The title and the sentence of a file's docstring in one language; the file's name where it
    has none.
    """
    text = ast.get_docstring(ast.parse(read_source(path))) or path.stem
    lines = [line for line in text.splitlines() if line.strip()]
    chinese = [line for line in lines if not line.isascii() and ("：" in line or "。" in line)]
    line = chinese[-1] if language == "zh" and chinese else lines[0]
    title, _, about = line.partition("：" if "：" in line else ": ")
    return title, about[:1].upper() + about[1:]
