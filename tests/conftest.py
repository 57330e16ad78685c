"""What several tests share: a copy of the project to break, and the real site built once."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import hooks.lists  # noqa: F401  # registered, as a build has them
from tests.browser import FLAGS, executable
from tests.host import hosted

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("mkdocs.yml", "docs", "hooks", "figures", "CITATION.cff", "LICENSE")
"""What a build rests on: a copy of less would not recognise the pages that a build of the project has cached."""
HANG = 600
"""Seconds after which a build hangs. No test asserts how long anything takes."""
PATIENCE = 120
"""Seconds that a browser may take to do what a test waits for: some hundred times as long as it takes a slow machine."""

expect.set_options(timeout=1000 * PATIENCE)


def eventually(page: Page, true: Callable[[], bool]) -> None:
    """Let the page run until something is true; give up, for the test to say what is wrong, after PATIENCE."""
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        page.wait_for_timeout(50)


def mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs in a folder; its output in one string."""
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "REPOSITORY_URL": "",
        "SITE_URL": "",
    }
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=HANG,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path, site: Path) -> Path:
    """A copy of the project that a test may break, with the pages that the build of the real docs has cached."""
    return copy_to(tmp_path / "house", cached=True)


def copy_to(target: Path, cached: bool = False) -> Path:
    """Copy what a build needs; `cached` takes the project's cache too, so that a build renders only what an edit changes."""
    target.mkdir(parents=True)
    for name in (*COPIED, *([".cache/figures", ".cache/pages"] if cached else [])):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, target / name)
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The real docs, built strictly, once: the first worker that asks builds, the others wait for its site."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent  # what the workers of one run share
    target, said = folder / "real-site", folder / "real-site.log"
    try:
        (folder / "real-site.lock").touch(exist_ok=False)
    except FileExistsError:  # somebody builds it, or has
        for _ in range(10 * HANG):
            if said.is_file():
                break
            time.sleep(0.1)
    else:
        result = mkdocs(ROOT, "build", "--strict", "-d", str(target))
        done = said.with_suffix(".done")
        done.write_text(result.stdout if result.returncode else "", "utf-8")
        done.rename(said)  # there as a whole, or not at all
    assert said.is_file(), "the worker that builds the real docs has died"
    assert not said.read_text("utf-8"), said.read_text("utf-8")
    return target


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The built site, served from this machine."""
    with hosted(site) as host:
        yield host.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this file."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        chromium.on("context", _be_patient)
        yield chromium
        chromium.close()


def _be_patient(context: BrowserContext) -> None:
    context.set_default_timeout(1000 * PATIENCE)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh desktop page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
