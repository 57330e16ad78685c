"""What checks the project's JavaScript: Prettier its format, TypeScript its types. `python -m tests.javascript` formats it and prints what is wrong."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.node import install, node

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PRETTIER = "3.10.1"
TYPESCRIPT = "6.0.3"
"""The last that is written in JavaScript: it runs wherever Node does, and gives its syntax trees away."""

Pair = tuple[str, str, str]
"""A name, and two texts of a script."""


def scripts() -> list[Path]:
    """Every script of the project, and what declares their types."""
    found = [
        path
        for folder in ("hooks", "tests")
        for pattern in ("*.js", "*.mjs", "*.d.ts")
        for path in (ROOT / folder).rglob(pattern)
    ]
    return sorted(found)


def unformatted(write: bool = False) -> str:
    """The scripts that Prettier would format otherwise, a line each; `write` has it do so."""
    program = install("prettier", PRETTIER) / "bin" / "prettier.cjs"
    mode = ("--write", "--log-level", "error") if write else ("--list-different",)
    return _said(str(program), *mode, *map(str, scripts()))


def mistyped() -> str:
    """What TypeScript has against the scripts, a line each."""
    return "\n".join(filter(None, _tsc("--pretty", "false")))


def typed() -> list[Path]:
    """The scripts that TypeScript reads."""
    found = {Path(line).resolve() for said in _tsc("--listFilesOnly") for line in said.splitlines()}
    return [path for path in scripts() if path in found]


def different(pairs: list[Pair]) -> str:
    """The pairs whose second script is not the program that the first one is, a line each: `same.mjs` compares syntax trees."""
    package = install("typescript", TYPESCRIPT)
    with TemporaryDirectory() as folder:
        path = Path(folder, "pairs.json")
        path.write_text(json.dumps(pairs), "utf-8")
        return _said(str(HERE / "same.mjs"), str(package), str(path))


def _tsc(*options: str) -> list[str]:
    """What TypeScript prints of those for browsers, and of those that Node runs."""
    program = install("typescript", TYPESCRIPT) / "bin" / "tsc"
    projects = (HERE / "tsconfig.json", HERE / "node.json")
    return [_said(str(program), "--project", str(project), *options) for project in projects]


def _said(*arguments: str) -> str:
    result = node(*arguments)
    if result.returncode not in (0, 1, 2) or result.stderr:
        raise RuntimeError(f"{arguments[0]} stopped:\n{result.stdout}{result.stderr}")
    return result.stdout.strip()
