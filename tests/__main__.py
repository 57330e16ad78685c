"""Everything that must pass: style, types, spelling, and the tests, browser included. Installs a browser where there is none.

    python -m tests [--weekly] [pytest's options]

`--weekly` also runs what takes long: every page where the normal run takes one of each kind, random walks, the books.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import executable

ROOT = Path(__file__).resolve().parent.parent
WEEKLY = "--weekly"
WORKERS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def commands(arguments: list[str]) -> list[list[str]]:
    """The checks, each with its arguments; pytest comes last, so that its summary closes the run."""
    others = [argument for argument in arguments if argument != WEEKLY]
    weekly = ["-m", ""] if WEEKLY in arguments else []
    return [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["tests.spelling"],
        ["pytest", *WORKERS, *weekly, *others],
    ]


def main(arguments: list[str]) -> int:
    """Run all checks, whatever fails, and return 1 if one did."""
    if {"-h", "--help"} & {*arguments}:
        print(__doc__)
        return 0
    executable()
    codes = [
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode
        for command in commands(arguments)
    ]
    return int(any(code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED) for code in codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
