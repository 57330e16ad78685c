"""`mkdocs serve`: an edit anywhere shows on the page without a restart, and a mistake does not stop it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import copy_to

PATIENCE = 60


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the project, being served."""
    house = copy_to(tmp_path_factory.mktemp("serve") / "house")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (house / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=house, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}, stdout=log, stderr=log,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(address, "<article")
        yield house, address
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def wait_for(address: str, text: str, absent: bool = False) -> str:
    """The page, once it holds the text, or no longer holds it."""
    end = time.monotonic() + PATIENCE
    page = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page = answer.read().decode()
        except OSError:
            page = ""
        if page and (text in page) != absent:
            return page
        time.sleep(0.2)
    raise AssertionError(f"{address} never {'lost' if absent else 'had'} {text!r}")


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_edits_show_and_mistakes_heal(served: tuple[Path, str]) -> None:
    """Prose, data, a cost model, a figure and a template, one after the other, and a syntax error in between."""
    house, address = served
    essay = address + "essays/kv-cache/"

    edit(house / "docs/essays/kv-cache/index.md", "\n## ", "\nA fresh sentence.\n\n## ")
    wait_for(essay, "A fresh sentence.")

    edit(house / "docs/data/models.yml", "name: Llama 3.1 70B", "name: Llama Renamed")
    wait_for(essay, "Llama Renamed")

    model = house / "hooks/costs/cache.py"
    edit(model, '"KV cache per token"', '"Notes per token"')
    wait_for(essay, "Notes per token")

    edit(model, "def kv_per_token(", "def kv_per_token((")
    wait_for(essay, "hooks/costs/cache.py:")
    edit(model, "def kv_per_token((", "def kv_per_token(")
    wait_for(essay, 'role="alert"', absent=True)

    edit(house / "figures/block_table.py", "say(", "say('REDRAWN', 'REDRAWN') + say(")
    wait_for(essay, "REDRAWN")

    edit(house / "hooks/theme/main.html", '<header class="essay-head">', '<header class="essay-head"><b>New head</b>')
    wait_for(essay, "New head")
    assert "Llama" in wait_for(address + "zh/essays/kv-cache/", "New head")

    edit(house / "hooks/theme/styles/20-prose.css", "h1 {", "h1 { outline: 1px solid;")
    wait_for(address + "assets/site.css", "outline:1px solid")
