"""The Content Security Policy that every page carries, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kinds import pages, title

PAGES = [
    *pages("home", "essay", "models", "quantities", "atlas", "calculator"),
    "zh/essays/two-clocks/",
    "404.html",
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that must not be refused anything."""
    context = browser.new_context()
    fresh = context.new_page()
    refused: list[str] = []
    fresh.on(
        "console",
        lambda message: (
            refused.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield fresh
    context.close()
    assert refused == []


@pytest.mark.parametrize("path", PAGES, ids=title)
def test_a_page_is_refused_nothing_that_it_needs(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    page.wait_for_timeout(300)


def test_search_works_under_the_policy(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    page.keyboard.press("/")
    expect(page.locator(".search [type=search]")).to_be_focused()
    page.keyboard.type("notebook")
    expect(page.locator(".search li a").first).to_be_visible()


def test_a_changed_scenario_and_its_panels_work_under_the_policy(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/?chips=8")
    page.locator("article p .n.changed").first.click()
    expect(page.locator(".work:popover-open")).to_be_visible()


def test_what_somebody_injects_does_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/essays/kv-cache/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.injected = 1\">')"
    )
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.injected = 1' }))"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.injected") is None
    page.close()


def test_the_site_opens_from_a_folder_without_a_server(browser: Browser, site: Path) -> None:
    """A number opens, the scenario changes, what loads later loads, all from files."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "essays/kv-cache/index.html").as_uri() + "?chips=8")
    assert page.locator(".n.changed").count() > 0
    page.click(".scenario-toggle")
    page.select_option("#scenario-model", "llama-3.1-8b")
    page.locator("article p .n.changed").first.click()
    expect(page.locator(".work:popover-open")).to_be_visible()
    assert errors == []
    page.close()
