"""A phone: nothing is cut, words in charts can be read, and a table keeps its first column while it scrolls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.host import Host, hosted
from tests.kinds import pages, title

PAGES = [
    *pages("home", "essay", "question", "operator", "scoreboard", "calculator"),
    "zh/essays/kv-cache/",
]


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[Host]:
    with hosted(site) as host:
        yield host


@pytest.fixture(params=[320, 390])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    wide = request.param
    context = browser.new_context(
        viewport={"width": wide, "height": 800}, is_mobile=True, has_touch=True
    )
    yield context.new_page()
    context.close()


CUT = """() => [...document.querySelectorAll('.formula')]
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.slice(0, 40))"""

SMALL = """() => [...document.querySelectorAll('.formula')]
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < parseFloat(getComputedStyle(one.parentElement).fontSize))
  .map((one) => one.textContent.slice(0, 40))"""

FINE = """() => [...document.querySelectorAll('figure svg text')]
  .filter((text) => text.getBoundingClientRect().width)
  .filter((text) => parseFloat(getComputedStyle(text).fontSize) * Math.abs(text.getScreenCTM().d) < 11.9)
  .map((text) => text.textContent)"""

APART = """() => [...document.querySelectorAll('article p.formula')].filter((one) => one.offsetParent).flatMap((one) => {
    const terms = [...one.querySelectorAll('span')].filter((term) => !term.querySelector('span'));
    const top = (term) => term.getBoundingClientRect().top, left = (term) => term.getBoundingClientRect().left;
    const early = terms.some((term) => top(term) < top(terms[0]) - 2);
    // A term that takes several lines must be too long for the one that it could have had.
    const torn = terms.filter((term) => term.getClientRects()[0].height > 1.5 * parseFloat(getComputedStyle(term).lineHeight))
      .filter((term) => { const range = document.createRange(); range.selectNodeContents(term); return [...range.getClientRects()].every((line) => line.width < one.clientWidth / 3); });
    return early || torn.length ? [one.textContent] : [];
  })"""
"""Formulas whose first word does not stand on their first line, or that break a short term."""

SCROLLED = """() => [...document.querySelectorAll(':is(.frame, .board, .points-scroll) table')]
  .filter((table) => table.scrollWidth > table.parentElement.clientWidth + 40)
  .map((table) => {
    const box = table.parentElement, first = table.querySelector('tbody :is(td, th)');
    box.scrollLeft = 40;
    return Math.round(first.getBoundingClientRect().left - box.getBoundingClientRect().left);
  })"""


@pytest.mark.parametrize("kind", PAGES, ids=title)
def test_nothing_is_cut_and_tables_keep_their_first_column(kind, phone, host):
    phone.goto(f"{host.address}/{kind}", wait_until="networkidle")
    wide = phone.viewport_size["width"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= wide
    assert phone.evaluate(CUT) == []
    assert phone.evaluate(SMALL) == []
    if wide == 390:
        assert phone.evaluate(FINE) == []
    phone.evaluate("document.querySelectorAll('.points').forEach((one) => { one.open = true; })")
    scrolled = phone.evaluate(SCROLLED)
    assert all(-1 <= left <= 20 for left in scrolled), scrolled
    assert scrolled or kind not in ("essays/levers/", "reference/scoreboard/")


@pytest.mark.parametrize("wide", [0, 1280], ids=["phone", "desk"])
def test_a_formula_begins_on_its_first_line_and_breaks_no_term_that_has_room(wide, phone, host):
    """`seats = (memory − weights)`: a short word and what follows it share a line."""
    if wide:
        phone.set_viewport_size({"width": wide, "height": 800})
    for kind in (
        "essays/levers/",
        "essays/kv-cache/",
        "zh/questions/few-users/",
        "serving/bubble/",
    ):
        phone.goto(f"{host.address}/{kind}", wait_until="networkidle")
        assert phone.locator("article p.formula").count()
        assert phone.evaluate(APART) == []


def test_the_board_of_levers_shows_its_numbers_first(phone, host):
    phone.goto(f"{host.address}/essays/levers/", wait_until="networkidle")
    box = phone.locator("[data-sort] tbody tr").first.locator("td").nth(1).bounding_box()
    assert box and box["x"] + 40 < phone.viewport_size["width"]


def test_the_table_of_machines_shows_the_price_that_it_is_sorted_by(phone, host):
    phone.goto(f"{host.address}/calculator/", wait_until="networkidle")
    box = phone.locator("[data-sort] tbody tr").first.locator("td").nth(1).bounding_box()
    assert box and box["x"] + 40 < phone.viewport_size["width"]


def test_the_bar_says_what_is_set_and_below_it_what_a_step_takes(phone, host):
    phone.goto(f"{host.address}/essays/two-clocks/", wait_until="networkidle")
    bar = phone.locator(".scenario-summary")
    above, below = bar.text_content().split("\n")
    assert above.startswith("Llama 3.1 70B · H100 SXM · Chips 2") and "FP32" not in above
    assert below.startswith("step: at least ") and ", expect " in below
    box = bar.bounding_box()
    assert box and 30 < box["height"] < 44


def test_formulas_in_a_panel_are_not_cut(phone, host):
    phone.goto(f"{host.address}/essays/two-clocks/", wait_until="networkidle")
    phone.locator("article .n").nth(3).tap()
    phone.wait_for_selector(".work:popover-open .formula")
    assert phone.evaluate(CUT) == []


def test_what_a_finger_presses_is_large_enough(phone, host):
    phone.goto(f"{host.address}/essays/levers/", wait_until="networkidle")
    sizes = phone.evaluate(
        "[...document.querySelectorAll('.tool, article details > summary, [data-sort] th button')]"
        ".map((one) => one.getBoundingClientRect()).filter((box) => box.width).map((box) => Math.min(box.width, box.height))"
    )
    assert len(sizes) > 5 and min(sizes) >= 43.5


def test_the_menu_names_the_reference_in_two_columns_that_begin_alike(phone, host):
    phone.goto(f"{host.address}/glossary/", wait_until="networkidle")
    phone.locator(".drawer").tap()
    links = phone.locator("#reference a")
    names = links.all_text_contents()
    assert names[-3:] == ["Glossary", "Bibliography", "How to write here"]  # kin stand together
    boxes = [links.nth(k).bounding_box() for k in range(len(names))]
    left = min(box["x"] for box in boxes)
    tops = [
        min(box["y"] for box in boxes if (box["x"] == left) == first) for first in (True, False)
    ]
    assert abs(tops[0] - tops[1]) < 1
