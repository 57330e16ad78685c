"""Walls: what each room may import, read from the files themselves (the table is in the design)."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PURE = set(sys.stdlib_module_names)
"""A room that may import the standard library is not held to single modules of it."""

ROOMS: list[tuple[str, set[str]]] = [
    ("hooks/costs", {"hooks.formula.quantity"}),
    ("hooks/formula", {*PURE, "hooks.formula", "hooks.problems", "hooks.text"}),
    (
        "hooks/pictures",
        {
            *PURE,
            "matplotlib",
            "numpy",
            "fontTools",
            "hooks.pictures",
            "hooks.formula",
            "hooks.page.reference",
            "hooks.page.scoreboard",
            "hooks.problems",
            "hooks.languages",
            "hooks.cache",
            "figures",
            "hooks.text",
        },
    ),
    (
        "hooks/page",
        {
            *PURE,
            "pymdownx",
            "hooks.page",
            "hooks.formula",
            "hooks.languages",
            "hooks.problems",
            "hooks.text",
            "hooks.address",
            "hooks.markup",
            "hooks.marks",
            "hooks.names",
        },
    ),
    (
        "hooks/live",
        {
            *PURE,
            "yaml",
            "rjsmin",
            "hooks.live",
            "hooks.page",
            "hooks.formula",
            "hooks.sheet",
            "hooks.engine",
            "hooks.languages",
            "hooks.problems",
            "hooks.rows",
            "hooks.address",
        },
    ),
    (
        "hooks/feeds",
        {
            *PURE,
            "hooks.feeds",
            "hooks.formula",
            "hooks.page",
            "hooks.languages",
            "hooks.series",
            "hooks.problems",
            "hooks.text",
            "hooks.address",
        },
    ),
    (
        "hooks/cards",
        {
            *PURE,
            "matplotlib",
            "fontTools",
            "hooks.cards",
            "hooks.problems",
            "hooks.cache",
            "figures.style",
        },
    ),
    (
        "hooks/paper",
        {
            *PURE,
            "playwright",
            "pypdf",
            "hooks.paper",
            "hooks.command",
            "hooks.feeds",
            "hooks.formula.format",
            "hooks.formula.line",
            "hooks.languages",
            "hooks.series",
            "hooks.address",
        },
    ),
    (
        "hooks/series",
        {
            *PURE,
            "yaml",
            "hooks.series",
            "hooks.formula.evaluate",
            "hooks.formula.format",
            "hooks.languages",
            "hooks.page.reference",
            "hooks.marks",
            "hooks.problems",
            "hooks.rows",
            "hooks.text",
            "hooks.address",
            "hooks.day",
        },
    ),
    (
        "hooks/words",
        {
            *PURE,
            "yaml",
            "hooks.address",
            "hooks.markup",
            "hooks.words",
            "hooks.formula",
            "hooks.page",
            "hooks.languages",
            "hooks.marks",
            "hooks.problems",
            "hooks.rows",
            "hooks.text",
        },
    ),
    (
        "hooks/search",
        {
            *PURE,
            "hooks.search",
            "hooks.markup",
            "hooks.feeds.address",
            "hooks.formula",
            "hooks.languages",
            "hooks.address",
        },
    ),
    ("hooks/problems.py", PURE),
    ("hooks/address.py", PURE),
    ("hooks/day.py", PURE),
    ("hooks/navigation.py", {*PURE, "yaml", "hooks.problems", "hooks.rows", "hooks.text"}),
    ("hooks/text.py", {*PURE, "hooks.problems"}),
    (
        "hooks/files.py",
        {*PURE, "yaml", "hooks.languages", "hooks.problems", "hooks.rows", "hooks.text"},
    ),
    ("hooks/marks.py", {*PURE, "hooks.formula.format"}),
    ("hooks/markup.py", PURE),
    (
        "hooks/shell.py",
        {
            *PURE,
            "rcssmin",
            "hooks.formula.format",
            "hooks.languages",
            "hooks.live.twin",
            "hooks.page.icons",
        },
    ),
    ("hooks/policy.py", PURE),
    ("hooks/languages.py", {*PURE, "hooks.formula"}),
    ("hooks/rows.py", {*PURE, "yaml", "hooks.problems", "hooks.text"}),
    ("hooks/names.py", PURE),
    ("hooks/keys.py", PURE),
    (
        "hooks/sheet.py",
        {
            *PURE,
            "yaml",
            "hooks.formula",
            "hooks.keys",
            "hooks.names",
            "hooks.problems",
            "hooks.rows",
        },
    ),
    (
        "hooks/catalogue.py",
        {
            *PURE,
            "hooks.formula",
            "hooks.problems",
            "hooks.rows",
            "hooks.rules",
            "hooks.sheet",
            "hooks.text",
        },
    ),
    (
        "hooks/rules",
        {
            *PURE,
            "hooks.rules",
            "hooks.formula",
            "hooks.page.reference",
            "hooks.page.scoreboard",
            "hooks.problems",
        },
    ),
    ("hooks/command.py", {*PURE}),
    ("hooks/given.py", {*PURE, "hooks.formula", "hooks.problems", "hooks.sheet"}),
    ("hooks/config.py", {*PURE, "hooks.command", "hooks.keys", "hooks.engine", "hooks.catalogue"}),
    ("hooks/engine.py", {*PURE, "hooks.formula", "hooks.catalogue", "hooks.problems"}),
    ("hooks/simulation", {*PURE, "hooks.simulation", "hooks.formula"}),
    ("hooks/cache/templates.py", {*PURE, "jinja2"}),
    ("hooks/cache", {*PURE, "hooks.cache"}),
    ("hooks/build", {*PURE, "hooks"}),
    ("hooks/dependencies.py", {*PURE, "hooks.engine", "hooks.formula"}),
    ("hooks/preview", {*PURE, "watchdog", "hooks.preview", "hooks.rows"}),
    ("hooks/events.py", {*PURE, "mkdocs", "jinja2", "hooks"}),
    ("hooks/main.py", {*PURE, "mkdocs", "jinja2", "hooks.cache", "hooks.day", "hooks.events"}),
    (
        "figures",
        {
            "typing",
            "matplotlib",
            "numpy",
            "hooks.pictures.chart",
            "hooks.simulation",
            "figures.style",
        },
    ),
]
"""A file belongs to the first room that its path begins with."""


def files(*folders: str) -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def imports(path: str) -> list[tuple[int, str]]:
    """Every module that a file imports, anywhere in it, with its line."""
    found = []
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [
                (
                    node.lineno,
                    f"{node.module}.{alias.name}"
                    if node.module in ("hooks", "hooks.page", "hooks.cache", "figures")
                    else node.module or "." * node.level,
                )
                for alias in node.names
            ]
    return found


def allowed(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(name + ".") for name in names)


@pytest.mark.parametrize(("room", "names"), ROOMS, ids=[room for room, _ in ROOMS])
def test_a_room_imports_only_what_it_may(room, names):
    first = {
        path: next((name for name, _ in ROOMS if path == name or path.startswith(name + "/")), "")
        for path in files("hooks", "figures")
    }
    inside = [path for path, name in first.items() if name == room and path != "figures/style.py"]
    broken = [
        f"{path}:{line} imports {module}"
        for path in inside
        for line, module in imports(path)
        if not allowed(module, names)
    ]
    assert broken == []


def test_only_two_files_import_mkdocs():
    assert {
        path
        for path in files("hooks", "figures")
        for _, module in imports(path)
        if allowed(module, {"mkdocs", "material"})
    } <= {"hooks/main.py", "hooks/events.py"}


def test_the_cost_models_touch_no_file_clock_or_chance():
    """They import one module only, and that module holds neither."""
    broken = [
        module
        for _, module in imports("hooks/formula/quantity.py")
        if module.split(".")[0] not in ("collections", "math", "typing")
    ]
    assert files("hooks/costs") and broken == []


@pytest.mark.parametrize(
    "word", ["llm", "kv", "model", "batch", "gpu", "attention", "prefill", "decode"]
)
def test_the_formula_engine_knows_no_llm(word):
    """No name in hooks/formula says what the cost models are about; sentences in docstrings may give examples."""
    names = {
        part
        for path in files("hooks/formula")
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        for part in (
            getattr(node, "id", None)
            or getattr(node, "attr", None)
            or getattr(node, "arg", None)
            or getattr(node, "name", None)
            or ""
        )
        .lower()
        .split("_")
    }
    assert word not in names


def test_every_file_tells_in_its_first_line_what_it_is_for():
    silent = [
        path
        for path in files("hooks", "figures")
        if not ast.get_docstring(ast.parse((ROOT / path).read_text("utf-8")))
    ]
    assert silent == []
