"""What a reader does, in a real browser: open numbers by keyboard, change the language, read on a phone, print."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.often import each
from tests.test_site import BOTH, ESSAYS

OPEN = "() => [...document.querySelectorAll('.work:popover-open')].map(panel => panel.id)"


SPEED = "article p a.n[href*=user_speed]"
"""A number that opens further ones."""


def test_nested_work_opens_and_closes_by_keyboard(page: Page, address: str) -> None:
    """Enter opens, Tab reaches an input, Enter opens that, Escape goes back one at a time, and focus comes back."""
    page.goto(f"{address}/essays/two-clocks/")
    number = page.locator(SPEED).first
    number.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".work:popover-open")
    outer = page.evaluate(OPEN)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(
            "() => document.activeElement.matches('.work li a[href*=\"/numbers/#\"]')"
        ):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.work:popover-open').length === 2")
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == outer
    page.wait_for_function("() => document.activeElement.matches('.work li a')")
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == []
    page.wait_for_function(f"() => document.activeElement === document.querySelector('{SPEED}')")


@pytest.mark.parametrize(
    ("path", "name"), [("zh/essays/kv-cache/", "max_batch"), ("", "decode_step")]
)
def test_a_number_leads_to_its_entry_without_javascript(
    path: str, name: str, browser: Browser, address: str
) -> None:
    """The page is whole without a script: a click leads to formula, values and sources, and a link leads back."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    number = page.locator(f"article a.n[href*='#{name}']").first
    text = number.text_content()
    number.click()
    page.wait_for_url(f"{address}/{path}numbers/#*")
    entry = page.locator(".work:target")
    assert entry.locator(".work-title strong").text_content() == text
    assert entry.locator(".formula").count() and entry.locator("li").count()
    page.locator("article .kicker a").click()
    page.wait_for_url(f"{address}/{path}")
    context.close()


def test_a_number_in_place_says_what_its_entry_says(page: Page, address: str) -> None:
    """Also one that no scenario changes; a click with a key held down is left to the browser."""
    page.goto(f"{address}/essays/two-clocks/")
    for number in (
        page.locator("article p a.n[data-n]").first,
        page.locator("a.n[data-fixed]").first,
    ):
        entry = (number.get_attribute("href") or "").partition("#")[2]
        number.click()
        panel = page.locator(".work:popover-open")
        panel.wait_for()
        said = panel.locator(":scope > :not(.work-close, .work-here)").all_text_contents()
        page.keyboard.press("Escape")
        other = page.context.new_page()
        other.goto(f"{address}/essays/two-clocks/numbers/#{entry}")
        assert other.locator(".work:target > *").all_text_contents() == said
        other.close()
    with page.context.expect_page() as opened:
        page.locator("article p a.n").first.click(modifiers=["Control"])
    assert "/numbers/#" in opened.value.url
    assert page.evaluate(OPEN) == []


def test_where_entries_cannot_be_had_a_number_is_a_link(page: Page, address: str) -> None:
    """The first request fails; the click goes to the companion all the same."""
    page.goto(f"{address}/essays/two-clocks/")
    page.route(
        "**/numbers/",
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    page.locator("article p a.n").first.click()
    page.wait_for_url("**/essays/two-clocks/numbers/#*")


def test_every_input_leads_to_a_source(page: Page, address: str) -> None:
    """The companion's entries name documents, with a link and a day."""
    page.goto(f"{address}/essays/kv-cache/numbers/")
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


def test_an_essay_prints_alone_and_its_companion_prints_the_numbers(
    page: Page, address: str
) -> None:
    """The foot of the essay leads to the numbers, for whoever wants them on paper too."""
    page.goto(f"{address}/essays/kv-cache/")
    page.locator("article p a.n").first.click()
    page.wait_for_selector(".work:popover-open")
    page.emulate_media(media="print")
    assert not page.locator(".work").first.is_visible()
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    page.locator(".foot a[href='numbers/']").click()
    page.emulate_media(media="print")
    assert page.locator("article.works .work").first.is_visible()
    assert not page.locator(".top").is_visible()


@pytest.mark.parametrize("language", ["", "zh/"])
def test_a_companion_is_no_page_of_its_own_to_machines(language: str, site: Path) -> None:
    """No robot lists it, no script follows a scenario there, and what leads elsewhere arrives."""
    folder = site / language / "essays/two-clocks/numbers"
    html = (folder / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert "live.js" not in html and 'rel="canonical"' not in html and "<!--" not in html
    for target in set(re.findall(r'(?:href|src)="(\.[^"#?:]+)', html)):
        found = (folder / target).resolve()
        assert (found / "index.html" if found.is_dir() else found).is_file(), target
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<li><a href="#([^"]+)"', html)) <= set(ids)
    page = (folder.parent / "index.html").read_text("utf-8")
    assert set(re.findall(r'href="numbers/#([^"]+)"', page)) <= set(ids)
    assert "/numbers/" not in (site / language / "llms.txt").read_text("utf-8")
