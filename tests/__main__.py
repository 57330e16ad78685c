"""Everything that must pass: style, types, spelling, and the tests, browser included. Installs a browser where there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import executable

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run all checks, report all failures, and return 1 if there was one."""
    executable()
    python = sys.executable
    checks = [
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "mypy"],
        [python, "-m", "tests.spelling"],
        [
            python,
            "-m",
            "pytest",
            "-n",
            "2",
            "--dist",
            "loadfile",
            "--no-loadscope-reorder",
            "-m",
            "not alone",
            *sys.argv[1:],
        ],
        [
            python,
            "-m",
            "pytest",
            "-m",
            "alone",
            *sys.argv[1:],
        ],  # what measures time, with nothing beside it
    ]
    codes = [
        subprocess.run(check, cwd=ROOT, check=False).returncode for check in checks
    ]  # all of them, whatever fails
    return int(any(code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED) for code in codes))


if __name__ == "__main__":
    sys.exit(main())
