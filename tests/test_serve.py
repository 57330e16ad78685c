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
from playwright.sync_api import Page, expect

from tests.conftest import HANG, copy_to


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the project, being served."""
    house = copy_to(tmp_path_factory.mktemp("serve") / "house", cached=True)
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
        process.wait(HANG)
        log.close()


def wait_for(address: str, text: str, absent: bool = False) -> str:
    """The page, once it holds the text, or no longer holds it."""
    end = time.monotonic() + HANG
    page = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=HANG) as answer:
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
    """Prose, data, a cost model, a figure, a template and words of the interface, one after the other, and a syntax error in between."""
    house, address = served
    essay = address + "essays/kv-cache/"

    edit(house / "docs/essays/kv-cache/index.md", "\n## ", "\nA fresh sentence.\n\n## ")
    wait_for(essay, "A fresh sentence.")

    edit(house / "docs/data/models.yml", "name: Llama 3.1 70B", "name: Llama Renamed")
    wait_for(essay, "Llama Renamed")

    model = house / "hooks/costs/cache.py"
    edit(model, '"KV cache per token"', '"Notes per token"')
    wait_for(essay + "numbers/", "Notes per token")

    edit(model, "def kv_per_token(", "def kv_per_token((")
    wait_for(essay, "hooks/costs/cache.py:")
    edit(model, "def kv_per_token((", "def kv_per_token(")
    wait_for(essay, 'role="alert"', absent=True)

    edit(house / "figures/block_table.py", "say(", "say('REDRAWN', 'REDRAWN') + say(")
    wait_for(essay, "REDRAWN")

    edit(
        house / "hooks/theme/main.html",
        '<header class="essay-head">',
        '<header class="essay-head"><b>New head</b>',
    )
    wait_for(essay, "New head")
    assert "Llama" in wait_for(address + "zh/essays/kv-cache/", "New head")

    edit(house / "hooks/text/interface/zh.yml", "skip: 跳到正文", "skip: 去正文")
    wait_for(address + "zh/essays/kv-cache/", "去正文")

    edit(house / "hooks/theme/styles/20-prose.css", "h1 {", "h1 { outline: 1px solid;")
    wait_for(address + "assets/site.css", "outline:1px solid")

    for path, old, new, said in [
        (
            "hooks/theme/main.html",
            "{% block content %}",
            "{% block content",
            "hooks/theme/main.html:",
        ),
        ("hooks/site/assets.py", "def ships(", "def ships((", "hooks/site/assets.py:"),
        ("mkdocs.yml", "site_name: ", "site_name: [", "mkdocs.yml"),
    ]:
        edit(house / path, old, new)
        assert said in wait_for(essay, "The site cannot be built")
        edit(house / path, new, old)
        wait_for(essay, "A fresh sentence.")


def test_a_reload_leaves_a_writer_where_they_were(served: tuple[Path, str], page: Page) -> None:
    """The section keeps its place in the window, the panel stays open, and a fold does."""
    house, address = served
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{address}essays/kv-cache/")
    heading = page.locator("article h2[id]").nth(2)
    page.locator("article details").first.evaluate("fold => { fold.open = true; }")
    heading.evaluate(
        "element => { element.scrollIntoView({ block: 'start' }); scrollBy(0, -140); }"
    )
    number = page.locator("article p a.n:visible").filter(has_not=page.locator(".work *"))
    number.first.evaluate("button => button.click()")
    title = page.locator(".work:popover-open").get_attribute("aria-label")
    where = "element => Math.round(element.getBoundingClientRect().top)"
    before = heading.evaluate(where)
    edit(
        house / "docs/essays/kv-cache/index.md",
        "\n## ",
        "\nA sentence that pushes everything below it down.\n\n## ",
    )
    expect(page.get_by_text("A sentence that pushes everything below it down.")).to_be_attached(
        timeout=1000 * HANG
    )
    expect(page.locator(".work:popover-open")).to_have_attribute("aria-label", title or "")
    assert abs(heading.evaluate(where) - before) <= 2
    assert page.locator("article details").first.evaluate("fold => fold.open")
