"""What the site is built with: pinned to the leaves, under MkDocs or ProperDocs, and no deploy is broken off."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

PINS = (ROOT / ".constraints.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SITE = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))


def plain(name: str) -> str:
    """The one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name, maxsplit=1)[0]).lower()


def runs(job: dict[str, Any]) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


def test_every_package_that_comes_with_ours_has_a_version_in_the_file() -> None:
    """Everything that is installed and that some requirement of ours leads to, markers and extras aside."""
    direct = {
        plain(each)
        for group in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
        for each in group
    }
    reached, open_ = set[str](), list(direct)
    while open_:
        name = open_.pop()
        if name in reached:
            continue
        try:
            version(name)
        except PackageNotFoundError:
            continue
        reached.add(name)
        open_ += [plain(each) for each in requires(name) or () if "extra ==" not in each]
    pinned = {plain(line) for line in PINS.splitlines() if not line.startswith("#")}
    assert len(pinned) > 30 and reached - direct - pinned == set()
    assert not pinned & direct, "a package is pinned in one place"


def test_the_file_holds_names_and_versions_and_no_address() -> None:
    for line in PINS.splitlines():
        assert line.startswith("# ") or re.fullmatch(r"[\w.-]+==[\w.]+", line), line
    assert "/" not in PINS.replace(".ci/pin", "")


def test_whoever_installs_the_project_installs_those_versions() -> None:
    """Both commands of the README, in either system's spelling, and every job but the one that looks for newer ones."""
    texts = [
        (ROOT / name).read_text("utf-8")
        for name in ("README.md", ".ci/run", ".github/workflows/site.yml", ".github/workflows/release.yml")
    ]  # fmt: skip
    commands = re.findall(r"pip install [^\n]*-e [^\n]*", "\n".join(texts))
    builds = [each for each in commands if "`" not in each]  # in a sentence, the rest is known
    assert len(builds) >= 8
    assert [each for each in builds if "-c .constraints.txt -e" not in each] == []


def test_the_versions_are_renewed_every_week() -> None:
    job = SITE["jobs"]["pins"]
    assert "schedule" in job["if"] and ".ci/pin" in runs(job)
    assert any(step.get("with", {}).get("path") == ".constraints.txt" for step in job["steps"])


def test_properdocs_is_known_and_tried_every_week() -> None:
    known = (ROOT / "hooks/main.py").read_text("utf-8")
    assert '"1.6.7"' in known
    job = SITE["jobs"]["properdocs"]
    assert "schedule" in job["if"] and "diff -r" in runs(job) and "properdocs" in runs(job)


def test_a_newer_run_of_main_does_not_cancel_a_deploy() -> None:
    """A run of main ends by itself, and one deploy waits for another."""
    assert SITE["concurrency"]["cancel-in-progress"] == "${{ github.ref != 'refs/heads/main' }}"
    assert SITE["jobs"]["deploy"]["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_pygments_is_named() -> None:
    assert any(each.startswith("pygments==") for each in PROJECT["dependencies"])
    assert Path(ROOT / ".ci/pin").is_file()
