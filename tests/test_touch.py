"""Fingers: whatever stands alone, in menus, contents, controls and lists of links, is 44 pixels high.

Links, terms, numbers and notes within a line of text are as high as the line, which WCAG 2.5.8 allows.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.host import Host, hosted
from tests.kinds import KINDS, ONE_OF_EACH, title

LOW = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden], :disabled), select, textarea, summary')]
  .filter((one) => !one.matches('.n, .term, .skip, .headerlink, svg *') && one.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .filter((one) => {
    let block = one;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    const letters = (element) => element.textContent.replace(/[^\\p{L}\\p{N}]/gu, '');
    return block === one || !one.matches('a, button') || letters(block) === letters(one);
  })
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && box.height < 43.5)
  .map(([one, box]) => [one.tagName, one.className, one.textContent.trim().slice(0, 30), Math.round(box.height)])"""


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[Host]:
    with hosted(site) as host:
        yield host


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", [*ONE_OF_EACH, f"zh/{KINDS['essay']}"], ids=title)
def test_what_stands_alone_is_high_enough(kind: str, phone: Page, host: Host) -> None:
    phone.goto(f"{host.address}/{kind}", wait_until="networkidle")
    phone.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert phone.evaluate(LOW) == []


def test_the_menu_the_controls_a_panel_and_the_search_too(phone: Page, host: Host) -> None:
    phone.goto(f"{host.address}/{KINDS['essay']}", wait_until="networkidle")
    phone.locator(".drawer").tap()
    assert phone.locator("#places a").first.is_visible()
    assert phone.evaluate(LOW) == []
    phone.keyboard.press("Escape")
    phone.locator(".contents summary").tap()
    assert phone.evaluate(LOW) == []
    phone.locator("article .n").nth(3).tap()
    phone.wait_for_selector(".work:popover-open .work-here a")
    assert phone.evaluate(LOW) == []
    phone.keyboard.press("Escape")
    phone.locator(".scenario-toggle").tap()
    phone.wait_for_selector(".scenario-field select")
    assert phone.evaluate(LOW) == []
    phone.evaluate("document.querySelector('[data-search]').click()")
    phone.locator(".search input[type=search]").fill("cache")
    phone.wait_for_selector(".search ul a")
    assert phone.evaluate(LOW) == []
