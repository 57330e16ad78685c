"""Panels: the way back from one that another opened, their addresses, the step back, and a phone's width."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

TITLES = """() => {
  const way = (panel) => { const outer = panel.opener.closest(".work"); return outer ? [...way(outer), panel] : [panel]; };
  const ways = [...document.querySelectorAll(".work:popover-open")].map(way).sort((a, b) => b.length - a.length);
  return (ways[0] ?? []).map((panel) => panel.ariaLabel);
}"""
"""What is open, the outermost first."""

UNFOLD = (
    "() => document.querySelectorAll('article details').forEach((fold) => { fold.open = true; })"
)

SPEED = "article p a.n[href$='numbers/#user_speed']"
CHAIN = ["Speed for one reader", "Decode step", "Time of the matrices"]
CHAIN_ZH = ["单个用户的速度", "一步 decode 的时间", "矩阵部分的时间"]
DEEP = "#of:user_speed/decode_step/matrices_time"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh desktop page on which nothing throws."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh = context.new_page()
    wrong: list[str] = []
    fresh.on("pageerror", lambda error: wrong.append(str(error)))
    yield fresh
    context.close()
    assert wrong == []


def top(page: Page) -> Locator:
    """The panel that nothing has been opened from."""
    titles = page.evaluate(TITLES)
    return page.locator(f'.work:popover-open[aria-label="{titles[-1]}"]')


def wait_for(page: Page, titles: list[str], fragment: str | None = None) -> None:
    """Until so many panels are open and the address says so."""
    page.wait_for_function(f"(titles) => ({TITLES})().join() === titles.join()", arg=titles)
    if fragment is not None:
        page.wait_for_function("(hash) => location.hash === hash", arg=fragment)


def go_in(page: Page, name: str) -> None:
    """Open an input of the topmost panel."""
    top(page).locator(f"li a[href$='#{name}']").click()


def open_deep(page: Page) -> None:
    """A number, an input of it, and an input of that."""
    page.locator(SPEED).first.click()
    wait_for(page, CHAIN[:1])
    go_in(page, "decode_step")
    wait_for(page, CHAIN[:2])
    go_in(page, "matrices_time")
    wait_for(page, CHAIN, DEEP)


# The way back


def test_a_panel_names_those_that_it_was_opened_from_and_leads_back(
    page: Page, address: str
) -> None:
    """The first has none above it; a step of the path closes what stands below, and the focus is where one went in."""
    page.goto(f"{address}/essays/two-clocks/")
    page.locator(SPEED).first.click()
    wait_for(page, CHAIN[:1])
    assert page.locator(".work-path").count() == 0
    page.keyboard.press("Escape")
    wait_for(page, [], "")
    open_deep(page)
    path = top(page).locator(".work-path button")
    assert path.all_inner_texts() == CHAIN[:2]
    path.first.click()
    wait_for(page, CHAIN[:1], "#of:user_speed")
    page.wait_for_function("() => document.activeElement.hash === '#decode_step'")
    page.keyboard.press("Enter")
    wait_for(page, CHAIN[:2])
    assert top(page).locator(".work-path button").all_inner_texts() == CHAIN[:1]


def test_the_path_is_walked_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/two-clocks/")
    open_deep(page)
    page.wait_for_function("() => document.activeElement.ariaLabel === 'Time of the matrices'")
    page.keyboard.press("Tab")  # close, then the path from its beginning
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(top(page).locator(".work-path button").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    wait_for(page, CHAIN[:2])
    page.wait_for_function("() => document.activeElement.hash === '#matrices_time'")


def test_one_entry_opened_from_two_places_names_the_one_that_it_was_opened_from(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/two-clocks/")
    open_deep(page)
    for _ in range(3):
        page.keyboard.press("Escape")
    wait_for(page, [], "")
    page.evaluate(UNFOLD)
    page.locator("article p a.n[href$='numbers/#decode_step']").first.click()
    wait_for(page, CHAIN[1:2], "#of:decode_step")
    assert top(page).locator(".work-path").count() == 0
    go_in(page, "matrices_time")
    wait_for(page, CHAIN[1:], "#of:decode_step/matrices_time")
    assert top(page).locator(".work-path button").all_inner_texts() == CHAIN[1:2]


# Addresses


def test_the_address_says_what_is_open_and_then_what_it_said_before(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/two-clocks/#the-slower-clock-is-the-step")
    before = page.evaluate("history.length")
    open_deep(page)
    page.keyboard.press("Escape")
    wait_for(page, CHAIN[:2], "#of:user_speed/decode_step")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    wait_for(page, [], "#the-slower-clock-is-the-step")
    open_deep(page)
    assert page.evaluate("history.length") == before + 1  # however often one opens


def test_a_step_back_closes_and_one_forward_opens(page: Page, address: str) -> None:
    """The scenario that the reader has set meanwhile stays in the address."""
    page.goto(f"{address}/essays/two-clocks/")
    page.wait_for_function("() => window.live?.set")
    open_deep(page)
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => location.search === '?batch=9'")
    wait_for(page, CHAIN, DEEP)
    page.go_back()
    wait_for(page, [], "")
    page.wait_for_function("() => location.search === '?batch=9'")
    page.go_forward()
    wait_for(page, CHAIN, DEEP)
    page.go_back()
    wait_for(page, [], "")
    page.go_back()  # and out of the page: nothing has been left behind
    page.wait_for_url("about:blank")


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/essays/two-clocks/" + DEEP, CHAIN),
        ("/zh/essays/two-clocks/" + DEEP, CHAIN_ZH),
        ("/essays/two-clocks/?batch=9" + DEEP, CHAIN),
        ("/zh/essays/two-clocks/?model=llama-3.1-8b" + DEEP, CHAIN_ZH),
        ("/calculator/?batch=9#of:user_speed/decode_step", CHAIN[:2]),
    ],
)
def test_who_comes_with_the_address_finds_it_open(
    path: str, titles: list[str], page: Page, address: str
) -> None:
    """In either language, in the scenario of the address, with the path and the focus as by hand."""
    page.goto(address + path)
    wait_for(page, titles, path[path.index("#") :])
    assert page.url == address + path
    assert top(page).locator(".work-path button").all_inner_texts() == titles[:-1]
    page.wait_for_function("(title) => document.activeElement.ariaLabel === title", arg=titles[-1])
    if "batch" in path:
        expect(page.locator(".work:popover-open .work-essay").first).to_contain_text(
            re.compile("In the (essay|page)")
        )
    while page.evaluate(TITLES):  # browsers may close at once what no reader's hand has opened
        page.keyboard.press("Escape")
    wait_for(page, [], "")
    page.wait_for_function("() => document.activeElement.hash === '#user_speed'")


@pytest.mark.parametrize(
    "kind",
    [
        "article p a.n[href*='-per-']",  # a ratio, whose two sides may be one name
        "article details:not(.points) a.n[href*='numbers/#']",  # in an answer that is folded
        "article td a.n[href*='numbers/#']",
    ],
)
def test_any_number_is_found_again_by_its_address(kind: str, page: Page, address: str) -> None:
    """With the first input that opens, where it has one."""
    page.goto(f"{address}/essays/two-clocks/")
    page.evaluate(UNFOLD)
    page.locator(kind).first.click()
    page.wait_for_function("() => location.hash.startsWith('#of:')")
    inputs = page.locator(".work:popover-open li a[href*='/numbers/#']")
    if inputs.count():
        inputs.last.click()
        page.wait_for_function("() => location.hash.includes('/')")
    titles = page.evaluate(TITLES)
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    wait_for(page, titles)
    assert page.url == url


def test_on_a_page_that_follows_no_scenario(page: Page, address: str) -> None:
    page.goto(f"{address}/reference/prices/")
    page.locator("article a.n[href*='numbers/#']").first.click()
    page.wait_for_function("() => location.hash.startsWith('#of:')")
    titles = page.evaluate(TITLES)
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    wait_for(page, titles)
    page.keyboard.press("Escape")
    wait_for(page, [], "")


@pytest.mark.parametrize("fragment", ["#of:nothing", "#of:user_speed/nothing", "#of:", "#of:%22]"])
def test_an_address_that_nothing_has_harms_nothing(fragment: str, page: Page, address: str) -> None:
    """What there is of it is open; the next number opens by itself."""
    page.goto(f"{address}/essays/two-clocks/{fragment}")
    first = CHAIN[:1] if "user_speed" in fragment else []
    wait_for(page, first)
    page.keyboard.press("Escape")
    wait_for(page, [])
    page.locator(SPEED).first.click()
    wait_for(page, CHAIN[:1], "#of:user_speed")


def test_a_link_is_copied_with_the_scenario(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/essays/two-clocks/?batch=9{DEEP}")
    wait_for(page, CHAIN, DEEP)
    link = top(page).locator(".work-here a")
    link.click()
    expect(link).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{address}/essays/two-clocks/?batch=9{DEEP}"
    outer = page.locator(f'.work:popover-open[aria-label="{CHAIN[1]}"] .work-here a')
    assert (outer.get_attribute("href") or "") == "#of:user_speed/decode_step"
    context.close()


# A phone

CUT = """(panel) => {
  const box = panel.getBoundingClientRect();
  return [...panel.querySelectorAll("*")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < box.left - 0.5 || right > box.right + 0.5;
  }).map((one) => one.outerHTML.slice(0, 90));
}"""
"""What reaches out of a panel."""


@pytest.fixture(params=[320, 390])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A phone of a narrow and of a usual width."""
    options: dict[str, Any] = {"has_touch": True, "is_mobile": True}
    context = browser.new_context(viewport={"width": request.param, "height": 640}, **options)
    yield context
    context.close()


@pytest.mark.parametrize("language", ["", "zh/"])
def test_on_a_phone_nothing_of_a_panel_is_cut_and_one_can_always_close_it(
    language: str, phone: BrowserContext, address: str
) -> None:
    """Every kind of entry, long names included; the sign to close it is large, and stays in sight at the panel's end."""
    page = phone.new_page()
    page.goto(f"{address}/{language}essays/two-clocks/{DEEP}")
    wait_for(page, CHAIN_ZH if language else CHAIN)
    panel = top(page)
    assert panel.evaluate(CUT) == []
    for _ in range(3):
        page.keyboard.press("Escape")
    wait_for(page, [], "")
    names = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('article a.n[href*=\"numbers/#\"]')].map((link) => link.hash))]"
    )
    for name in sorted(names, key=len)[-3:]:
        page.goto("about:blank")
        page.goto(f"{address}/{language}essays/two-clocks/#of:{name[1:]}")
        page.wait_for_selector(".work:popover-open")
        panel = page.locator(".work:popover-open")
        assert panel.evaluate(CUT) == [], name
        panel.evaluate("(panel) => { panel.scrollTop = panel.scrollHeight; }")
        close = panel.locator(".work-close")
        box, frame = close.bounding_box(), panel.bounding_box()
        assert box and frame and box["width"] >= 44 and box["height"] >= 44
        assert (
            frame["y"] <= box["y"] + 1 and box["y"] + box["height"] <= frame["y"] + frame["height"]
        )
        close.tap()
        wait_for(page, [])


def test_a_citation_opens_at_its_start(browser: Browser, address: str) -> None:
    """On a phone its line is longer than its window, and is selected whole."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{address}/essays/two-clocks/?batch=9&chips=4&context=4096&model=llama-3.1-8b")
    page.wait_for_function("() => window.live?.load")
    page.locator(".scenario-toggle").tap()
    page.get_by_role("button", name="Cite").tap()
    line = page.locator(".cite textarea")
    line.wait_for()
    page.wait_for_function("() => document.querySelector('.cite p').textContent")
    scrolled, room, chosen = line.evaluate(
        "(line) => [line.scrollTop, line.scrollHeight - line.clientHeight, line.value.slice(line.selectionStart, line.selectionEnd) === line.value]"
    )
    assert room > 0, "the line fits, so that this says nothing"
    assert scrolled == 0 and chosen
    assert re.match("“?[A-Z]", line.input_value())
    context.close()
