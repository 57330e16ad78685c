"""Lighthouse: fetched once, by the npm that the test extra brings, and run over pages as on a phone."""

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import executable
from tests.node import install, node

VERSION = "13.5.0"
HERE = Path(__file__).resolve().parent


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


def reports(addresses: list[str], runs: int = 5, floor: int = 0) -> list[Report]:
    """A report on each page. Raises NotInstalled without Lighthouse.

    Performance is measured `runs` times, or until it is known whether it reaches `floor`: one run does that, or else most of them.
    """
    packages = install("lighthouse", VERSION).parent
    result = node(
        str(HERE / "lighthouse.mjs"),
        str(packages.parent),
        executable() or _playwrights(),
        str(runs),
        str(floor),
        *addresses,
    )
    if result.returncode:
        raise RuntimeError(f"Lighthouse stopped:\n{result.stdout}{result.stderr}")
    return [Report(**json.loads(line)) for line in result.stdout.splitlines()]


def _playwrights() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path
