"""What several tests share: a copy of the project to break, and the real site built once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import FLAGS, executable
from tests.host import hosted

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("mkdocs.yml", "docs", "hooks", "figures")


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
        timeout=300,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the project that a test may break."""
    return copy_to(tmp_path / "house")


def copy_to(target: Path) -> Path:
    """Copy what a build needs."""
    target.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real docs, built strictly, once."""
    target = tmp_path_factory.mktemp("site")
    result = mkdocs(ROOT, "build", "--strict", "-d", str(target))
    assert result.returncode == 0, result.stdout
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
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh desktop page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
