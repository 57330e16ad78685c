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
    ("hooks/formula", {*PURE, "hooks.formula", "hooks.text.problems", "hooks.text.source"}),
    (
        "hooks/pictures",
        {
            *PURE,
            "matplotlib",
            "numpy",
            "fontTools",
            "hooks.pictures",
            "hooks.formula",
            "hooks.formula.reference",
            "hooks.data.scoreboard",
            "hooks.text.problems",
            "hooks.text.languages",
            "hooks.cache",
            "figures",
            "hooks.text.source",
        },
    ),
    (
        "hooks/page",
        {
            *PURE,
            "pymdownx",
            "hooks.page",
            "hooks.formula",
            "hooks.text.languages",
            "hooks.text.problems",
            "hooks.text.source",
            "hooks.text.address",
            "hooks.text.markup",
            "hooks.formula.marks",
            "hooks.text.ids",
        },
    ),
    (
        "hooks/live",
        {
            *PURE,
            "yaml",
            "hooks.live",
            "hooks.page",
            "hooks.formula",
            "hooks.data.data_file",
            "hooks.data.engine",
            "hooks.text.languages",
            "hooks.text.problems",
            "hooks.text.rows",
            "hooks.text.address",
        },
    ),
    (
        "hooks/publish/feeds",
        {
            *PURE,
            "hooks.publish.feeds",
            "hooks.formula",
            "hooks.page",
            "hooks.text.languages",
            "hooks.series",
            "hooks.text.problems",
            "hooks.text.source",
            "hooks.text.address",
        },
    ),
    (
        "hooks/publish/cards",
        {
            *PURE,
            "matplotlib",
            "fontTools",
            "hooks.publish.cards",
            "hooks.text.problems",
            "hooks.cache",
            "figures.style",
        },
    ),
    (
        "hooks/publish/paper",
        {
            *PURE,
            "playwright",
            "pypdf",
            "hooks.publish.paper",
            "hooks.text.command",
            "hooks.publish.feeds",
            "hooks.formula.format",
            "hooks.formula.line",
            "hooks.text.languages",
            "hooks.series",
            "hooks.text.address",
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
            "hooks.text.languages",
            "hooks.formula.reference",
            "hooks.formula.marks",
            "hooks.text.problems",
            "hooks.text.rows",
            "hooks.text.source",
            "hooks.text.address",
            "hooks.text.day",
        },
    ),
    (
        "hooks/words",
        {
            *PURE,
            "yaml",
            "hooks.text.address",
            "hooks.text.markup",
            "hooks.words",
            "hooks.formula",
            "hooks.page",
            "hooks.text.languages",
            "hooks.formula.marks",
            "hooks.text.problems",
            "hooks.text.rows",
            "hooks.text.source",
        },
    ),
    (
        "hooks/publish/search",
        {
            *PURE,
            "hooks.publish.search",
            "hooks.text.markup",
            "hooks.publish.feeds.page_address",
            "hooks.formula",
            "hooks.text.languages",
            "hooks.text.address",
        },
    ),
    ("hooks/text/problems.py", PURE),
    ("hooks/text/address.py", PURE),
    ("hooks/text/day.py", PURE),
    (
        "hooks/site/navigation.py",
        {*PURE, "yaml", "hooks.text.problems", "hooks.text.rows", "hooks.text.source"},
    ),
    ("hooks/text/source.py", {*PURE, "hooks.text.problems"}),
    (
        "hooks/site/writers_files.py",
        {
            *PURE,
            "yaml",
            "hooks.text.languages",
            "hooks.text.problems",
            "hooks.text.rows",
            "hooks.text.source",
        },
    ),
    ("hooks/formula/marks.py", {*PURE, "hooks.formula.format"}),
    ("hooks/text/markup.py", PURE),
    (
        "hooks/site/assets.py",
        {
            *PURE,
            "hooks.formula.format",
            "hooks.text.languages",
            "hooks.live.bundle",
            "hooks.page.icons",
        },
    ),
    ("hooks/site/policy.py", PURE),
    ("hooks/text/languages.py", {*PURE, "hooks.formula"}),
    ("hooks/text/rows.py", {*PURE, "yaml", "hooks.text.problems", "hooks.text.source"}),
    ("hooks/text/ids.py", PURE),
    ("hooks/data/keys.py", PURE),
    (
        "hooks/data/data_file.py",
        {
            *PURE,
            "yaml",
            "hooks.formula",
            "hooks.data.keys",
            "hooks.text.ids",
            "hooks.text.problems",
            "hooks.text.rows",
        },
    ),
    (
        "hooks/data/catalogue.py",
        {
            *PURE,
            "hooks.formula",
            "hooks.text.problems",
            "hooks.text.rows",
            "hooks.data.rules",
            "hooks.data.data_file",
            "hooks.text.source",
        },
    ),
    (
        "hooks/data/rules",
        {
            *PURE,
            "hooks.data.rules",
            "hooks.formula",
            "hooks.formula.reference",
            "hooks.data.scoreboard",
            "hooks.text.problems",
        },
    ),
    ("hooks/text/command.py", {*PURE}),
    (
        "hooks/data/given.py",
        {*PURE, "hooks.formula", "hooks.text.problems", "hooks.data.data_file"},
    ),
    (
        "hooks/tools/config.py",
        {
            *PURE,
            "hooks.text.command",
            "hooks.data.keys",
            "hooks.data.engine",
            "hooks.data.catalogue",
        },
    ),
    (
        "hooks/data/engine.py",
        {*PURE, "hooks.formula", "hooks.data.catalogue", "hooks.text.problems"},
    ),
    ("hooks/simulation", {*PURE, "hooks.simulation", "hooks.formula"}),
    ("hooks/cache/templates.py", {*PURE, "jinja2"}),
    ("hooks/cache", {*PURE, "hooks.cache"}),
    ("hooks/site", {*PURE, "hooks"}),
    (
        "hooks/lists",
        {
            *PURE,
            "hooks.lists",
            "hooks.page",
            "hooks.series",
            "hooks.words",
            "hooks.formula",
            "hooks.data.scoreboard",
            "hooks.text",
        },
    ),
    ("hooks/data/dependencies.py", {*PURE, "hooks.data.engine", "hooks.formula"}),
    ("hooks/preview", {*PURE, "watchdog", "hooks.preview", "hooks.text.rows"}),
    ("hooks/site/events.py", {*PURE, "mkdocs", "jinja2", "hooks"}),
    (
        "hooks/main.py",
        {*PURE, "mkdocs", "jinja2", "hooks.cache", "hooks.text.day", "hooks.site.events"},
    ),
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
    } <= {"hooks/main.py", "hooks/site/events.py"}


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
