"""Walls: what each room may import, read from the files themselves (the table is in the design)."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PURE = set(sys.stdlib_module_names)
"""A room that may import the standard library is not held to single modules of it."""

ROOMS: list[tuple[str, set[str]]] = [
    ("hooks/text/html_tree.py", {*PURE, "selectolax"}),
    ("hooks/text", {*PURE, "yaml", "hooks.text"}),
    ("hooks/formula", {*PURE, "hooks.formula", "hooks.text"}),
    ("hooks/costs", {"hooks.formula.quantity"}),
    ("hooks/data", {*PURE, "yaml", "hooks.data", "hooks.formula", "hooks.text"}),
    (
        "hooks/page",
        {*PURE, "pymdownx", "hooks.page", "hooks.data.scoreboard", "hooks.formula", "hooks.text"},
    ),
    (
        "hooks/pictures",
        {
            *PURE,
            "matplotlib",
            "numpy",
            "fontTools",
            "hooks.pictures",
            "hooks.cache",
            "hooks.data.scoreboard",
            "hooks.formula",
            "hooks.text",
            "figures",
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
            "hooks.data",
            "hooks.formula",
            "hooks.text",
        },
    ),
    ("hooks/series", {*PURE, "yaml", "hooks.series", "hooks.formula", "hooks.text"}),
    ("hooks/words", {*PURE, "yaml", "hooks.words", "hooks.page", "hooks.formula", "hooks.text"}),
    (
        "hooks/lists",
        {
            *PURE,
            "hooks.lists",
            "hooks.page",
            "hooks.series",
            "hooks.words",
            "hooks.data.scoreboard",
            "hooks.formula",
            "hooks.text",
        },
    ),
    ("hooks/simulation", {*PURE, "hooks.simulation", "hooks.formula"}),
    (
        "hooks/publish/feeds",
        {*PURE, "hooks.publish.feeds", "hooks.page", "hooks.series", "hooks.formula", "hooks.text"},
    ),
    (
        "hooks/publish/search",
        {
            *PURE,
            "hooks.publish.search",
            "hooks.publish.feeds.page_address",
            "hooks.formula",
            "hooks.text",
        },
    ),
    (
        "hooks/publish/cards",
        {
            *PURE,
            "matplotlib",
            "fontTools",
            "hooks.publish.cards",
            "hooks.cache",
            "hooks.text",
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
            "hooks.publish.feeds",
            "hooks.series",
            "hooks.formula",
            "hooks.text",
        },
    ),
    ("hooks/publish", set()),
    ("hooks/cache/templates.py", {*PURE, "jinja2"}),
    ("hooks/cache", {*PURE, "hooks.cache"}),
    ("hooks/preview", {*PURE, "watchdog", "hooks.preview", "hooks.text"}),
    ("hooks/site/events.py", {*PURE, "mkdocs", "jinja2", "hooks"}),
    ("hooks/site/mkdocs_parts.py", {*PURE, "mkdocs", "hooks"}),
    ("hooks/site", {*PURE, "yaml", "rcssmin", "hooks"}),
    (
        "hooks/tools",
        {
            *PURE,
            "numpy",
            "hooks.tools",
            "hooks.data",
            "hooks.formula",
            "hooks.lists",
            "hooks.page",
            "hooks.pictures",
            "hooks.series",
            "hooks.text",
        },
    ),
    (
        "hooks/main.py",
        {
            *PURE,
            "mkdocs",
            "jinja2",
            "hooks.cache",
            "hooks.site",
            "hooks.text.day",
            "hooks.text.logs",
        },
    ),
    ("hooks/__main__.py", {*PURE, "hooks.data", "hooks.formula", "hooks.page", "hooks.text"}),
    ("hooks/__init__.py", set()),
    ("figures/style.py", {*PURE, "matplotlib", "cycler"}),
    (
        "figures",
        {
            "math",
            "typing",
            "matplotlib",
            "numpy",
            "hooks.pictures.chart",
            "hooks.pictures.following",
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
    inside = [path for path, name in first.items() if name == room]
    broken = [
        f"{path}:{line} imports {module}"
        for path in inside
        for line, module in imports(path)
        if not allowed(module, names)
    ]
    assert broken == []


def test_every_file_stands_in_a_room_and_three_at_the_door():
    rooms = [room for room, _ in ROOMS]
    homeless = [
        path
        for path in files("hooks", "figures")
        if not any(path == room or path.startswith(room + "/") for room in rooms)
    ]
    assert homeless == []
    assert sorted(path.name for path in (ROOT / "hooks").glob("*.py")) == [
        "__init__.py",
        "__main__.py",
        "main.py",
    ]


def room_of(module: str) -> str:
    """The folder of hooks/ that a module stands in; of `publish` the folder within."""
    parts = module.split(".")
    return ".".join(parts[1:3] if parts[1] == "publish" else parts[1:2])


def test_no_rooms_import_each_other_in_a_circle():
    to: dict[str, set[str]] = {}
    for path in files("hooks"):
        here = room_of(path.removesuffix(".py").replace("/", "."))
        for _, module in imports(path):
            if module.startswith("hooks.") and room_of(module) != here:
                to.setdefault(here, set()).add(room_of(module))
    while leaves := {
        room for room in {*to, *(one for many in to.values() for one in many)} if not to.get(room)
    }:
        to = {room: many - leaves for room, many in to.items() if room not in leaves}
        if not to:
            break
    assert to == {}


def test_nothing_is_imported_behind_the_walls():
    """By its name as a text only where a room imports all of its own files, and where edited code is loaded anew."""
    hidden = {
        path for path in files("hooks") if "import_module" in (ROOT / path).read_text("utf-8")
    }
    assert hidden == {"hooks/main.py", "hooks/lists/__init__.py"}


TWELVE = 12


@pytest.mark.parametrize("path", [path for path in files("hooks") if path != "hooks/main.py"])
def test_a_file_rests_on_at_most_twelve_others(path):
    known = {
        other.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for other in files("hooks")
    }
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & known
        elif isinstance(node, ast.ImportFrom) and node.module in known | {"hooks"}:
            found |= {
                name if (name := f"{node.module}.{alias.name}") in known else node.module
                for alias in node.names
            }
    assert len(found) <= TWELVE, sorted(found)


def test_only_three_files_import_mkdocs():
    assert {
        path
        for path in files("hooks", "figures")
        for _, module in imports(path)
        if allowed(module, {"mkdocs", "material"})
    } <= {"hooks/main.py", "hooks/site/events.py", "hooks/site/mkdocs_parts.py"}


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


SHARED = {
    "main": "what a command line calls",
    "quantity": "an exported file writes its formulas with the same word as the cost models",
}
"""Public names that stand for one thing in several files, and why."""

HIDING = {
    *("rests", "kept", "house", "whole", "former", "aside", "stash", "keeper", "told", "said"),
    *("own", "still", "deal", "deck", "leaf", "leaves", "press", "stop", "stops", "shelf"),
    *("gallery", "shell", "but", "alike"),
}
"""Words that tell nobody what is meant: as a public name, or as one of its words."""


def public_names() -> list[tuple[str, str]]:
    """Every public class and function of hooks/ at the top of a file, and every module, with its file."""
    found = [
        (node.name, path)
        for path in files("hooks")
        if not path.startswith(
            "hooks/costs/"
        )  # whose functions are the site's quantities: hooks/formula checks them
        for node in ast.parse((ROOT / path).read_text("utf-8")).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    ]
    return found + [
        (Path(path).stem, f"{path} itself")
        for path in files("hooks")
        if not path.endswith(("__init__.py", "__main__.py"))
    ]


def test_a_public_name_stands_for_one_thing():
    where: dict[tuple[str, bool], list[str]] = {}
    for name, path in public_names():
        if name not in SHARED:
            where.setdefault((name, path.endswith(" itself")), []).append(path)
    assert {name: paths for (name, _), paths in where.items() if len(paths) > 1} == {}


def test_no_public_name_hides_what_it_means():
    hiding = [
        (name, path)
        for name, path in public_names()
        if HIDING & set(re.findall("[A-Z]?[a-z]+", name)) | (HIDING & set(name.lower().split("_")))
    ]
    assert hiding == []
