"""The English of the site, spelt: `python -m tests.spelling` names every word that no dictionary knows.

The checker is CSpell with its British dictionary. Words of the field and names are added to `tests/words.txt`, one a line.
"""

import argparse
import os
import re
import sys
from pathlib import Path

from hooks.site.annotations import annotate
from hooks.text.problems import Problem
from tests.node import NotInstalled, install, node

VERSION = "10.4.1"
ROOT = Path(__file__).resolve().parent.parent

UNKNOWN = re.compile(
    r"^(.+?):(\d+):(\d+) - Unknown word \((.+?)\)(?: fix: \((.+?)\))?(?: Suggestions: \[([^*,\]]+))?"
)
"""A line of CSpell's: where, which word, and what may have been meant."""


def misspelt(*files: str) -> list[Problem]:
    """Each unknown word, in some files or in all that `.cspell.json` names. Raises NotInstalled without CSpell."""
    program = install("cspell", VERSION) / "bin.mjs"
    flags = (
        "--no-progress",
        "--no-summary",
        "--relative",
        "--show-suggestions",
        "--root",
        str(ROOT),
    )
    result = node(str(program), "lint", *flags, "--config", str(ROOT / ".cspell.json"), *files)
    if result.returncode not in (0, 1):
        raise RuntimeError(f"CSpell stopped:\n{result.stdout}{result.stderr}")
    return problems(result.stdout)


def problems(output: str) -> list[Problem]:
    """What CSpell prints, as problems."""
    found = []
    for line in output.splitlines():
        if match := UNKNOWN.match(line):
            path, row, column, word, fix, near = match.groups()
            hint = f"did you mean '{fix or near}'? " if fix or near else ""
            cure = f"no dictionary knows '{word}'; {hint}A word that is meant goes into tests/words.txt"
            found.append(Problem(Path(path).as_posix(), int(row), int(column), cure))
    return found


def main() -> int:
    """Print the words, and where to add those that are meant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="only these; else all that .cspell.json names")
    options = parser.parse_args()
    try:
        found = misspelt(*options.files)
    except NotInstalled as problem:
        print(problem, file=sys.stderr)
        return 2
    for problem in found:
        print(problem)
    print(annotate(found, os.environ), end="")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
