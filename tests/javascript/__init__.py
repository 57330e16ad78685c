"""What checks the project's JavaScript: Prettier its format, TypeScript its types. `python -m tests.javascript` formats it and prints what is wrong.

In .prettierrc.json a comma after the last of a list is off, since it would go to readers.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.node import install, node

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PRETTIER = "3.10.1"
TYPESCRIPT = "6.0.3"
"""The last that is written in JavaScript: it runs wherever Node does, and gives its syntax trees away."""

SHAPES = """\
type Some<T, K extends keyof any> = { [P in K]?: Record<string, Partial<T>> };
type Formulas = Some<Entry, Kind> & { tables?: Twin["tables"]; more?: Formulas };
type Values = Omit<Twin, Kind | "given" | "more" | "tables"> & Formulas & { given: Record<string, Partial<Twin["given"][""]>> };
type Texts = Omit<Panels, "names" | "constants"> & Some<Work, "names"> & Some<Entry, "constants">;
type Parts = Omit<FileParts, "names"> & Some<Name, "names">;
const { over, same, no, min, max, floor, ceil, power, root } = live;
"""
"""Types as the build writes them: of an entry that has some properties for each kind, some."""

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


def misshapen(values: dict[str, tuple[str, str]]) -> str:
    """What TypeScript has against `values`, a type and an expression by name: the types are those of types.d.ts."""
    with TemporaryDirectory() as folder:
        code = Path(folder, "values.ts")
        lines = (
            f"export const {name}: {type} = {value};" for name, (type, value) in values.items()
        )
        code.write_text(SHAPES + "\n".join(lines), "utf-8")
        project = {
            "extends": (HERE / "tsconfig.json").as_posix(),
            "include": [code.as_posix(), f"{ROOT.as_posix()}/hooks/live/browser/*.d.ts"],
        }
        Path(folder, "tsconfig.json").write_text(json.dumps(project), "utf-8")
        program = install("typescript", TYPESCRIPT) / "bin" / "tsc"
        return _said(str(program), "--project", folder, "--pretty", "false")


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
