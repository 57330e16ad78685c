"""What a reader does, in a real browser: open numbers by keyboard, change the language, read on a phone, print."""

import pytest
from playwright.sync_api import Browser, Page

from tests.often import each
from tests.test_site import BOTH, ESSAYS

OPEN = "() => [...document.querySelectorAll('.work:popover-open')].map(panel => panel.id)"
FOCUSED = "() => document.activeElement.getAttribute('popovertarget')"


def focus_returns(page: Page, panel: str) -> None:
    """Browsers tell a page that a panel has closed in a task of its own, and only then is focus given back."""
    page.wait_for_function(f"panel => ({FOCUSED})() === panel", arg=panel)


def test_nested_work_opens_and_closes_by_keyboard(page: Page, address: str) -> None:
    """Enter opens, Tab reaches an input, Enter opens that, Escape goes back one at a time, and focus comes back."""
    page.goto(f"{address}/essays/two-clocks/")
    number = page.locator("article p .n[data-n=user_speed]").first
    outer = number.get_attribute("popovertarget")
    number.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(OPEN) == [outer]
    inner = None
    for _ in range(20):
        page.keyboard.press("Tab")
        inner = page.evaluate(FOCUSED)
        if inner and inner != outer:
            break
    assert inner and inner != outer
    page.keyboard.press("Enter")
    assert page.evaluate(OPEN) == [outer, inner] or set(page.evaluate(OPEN)) == {outer, inner}
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == [outer]
    focus_returns(page, inner)
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == []
    focus_returns(page, outer)


def test_work_opens_without_javascript(browser: Browser, address: str) -> None:
    """The page is whole without a script: a click opens a panel with formula, values and a source."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/essays/kv-cache/")
    number = page.locator("article p .n").first
    panel = page.locator(f"#{number.get_attribute('popovertarget')}")
    assert not panel.is_visible()
    number.click()
    assert panel.is_visible()
    context.close()


def test_every_input_leads_to_a_source(page: Page, address: str) -> None:
    """The running number's panels name documents, with a link and a day."""
    page.goto(f"{address}/essays/kv-cache/")
    links = page.locator(".work a[href^='https://']")
    assert links.count() > 10
    assert page.locator(".work small", has_text="read 20").count() > 10


@pytest.mark.parametrize(
    "path",
    each(BOTH, ["", "zh/essays/two-clocks/", "reference/models/", "zh/reference/scoreboard/"]),
)
def test_no_request_to_another_host_and_no_sideways_scrolling_on_a_phone(
    path: str, browser: Browser, address: str
) -> None:
    """At 390 px, in both palettes."""
    for palette in ("light", "dark"):
        context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=palette)  # type: ignore[arg-type]
        page = context.new_page()
        asked: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        page.goto(f"{address}/{path}", wait_until="networkidle")
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
        assert errors == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        context.close()


@pytest.mark.parametrize("slug", each(ESSAYS, ["two-clocks"]))
def test_language_switch_lands_on_the_same_section(slug: str, page: Page, address: str) -> None:
    """From the middle of the English essay to the same heading of the Chinese one, and back."""
    page.goto(f"{address}/essays/{slug}/")
    heading = page.locator("article h2[id]").nth(3)
    name = heading.get_attribute("id")
    heading.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.locator("[data-language]").evaluate("link => link.click()")
    page.wait_for_url(f"**/zh/essays/{slug}/#{name}")
    assert page.locator("html").get_attribute("lang") == "zh"
    assert (
        page.locator(f"[id='{name}']").evaluate("element => element.getBoundingClientRect().top")
        < 450
    )
    page.locator("[data-language]").evaluate("link => link.click()")
    page.wait_for_url(f"{address}/essays/{slug}/#{name}")


def test_print_shows_the_numbers_as_an_appendix(page: Page, address: str) -> None:
    """On paper the panels stand open at the end, under their heading."""
    page.goto(f"{address}/essays/kv-cache/")
    page.emulate_media(media="print")
    assert page.locator(".works-title").is_visible()
    assert page.locator(".work").first.is_visible()
    assert not page.locator(".top").is_visible()
