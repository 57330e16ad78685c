"""Nothing in a panel is cut, at any width: every quantity's formula, its values and its sources, in both languages."""

import pytest
from playwright.sync_api import Page

from hooks.formula.evaluate import Given
from hooks.formula.reference import parse_reference
from hooks.page.derivations import Works
from hooks.site.assets import asset_texts
from hooks.text.languages import Language
from tests.kinds import KINDS
from tests.real import ENGINE

WIDTHS = (1280, 390, 320)
HEIGHT = 720
"""Playwright's own first size of a page is the first of these: the layout of thousands of formulas is made once less."""
SCENARIOS: tuple[Given, ...] = (
    {},
    {"model": "deepseek-v3", "accelerator": "h100-sxm", "chips": 64, "batch": 1_000_000},
)
"""One model is dense, the other has experts, and numbers as long as they come."""

CUT = """(holders) => [...document.querySelectorAll(holders)].flatMap((holder) => {
  const box = holder.getBoundingClientRect(), { fontSize } = getComputedStyle(holder.matches(".formula") ? holder.parentElement : holder);
  if (!box.width) return ["unseen " + holder.id];
  return [holder, ...holder.querySelectorAll("*")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < box.left - 1 || right > box.right + 1 || (one.clientWidth && one.scrollWidth > one.clientWidth + 1)
      || (one.matches(".formula, .formula span") && !one.closest("sup") && parseFloat(getComputedStyle(one).fontSize) < parseFloat(fontSize));
  }).map((one) => (one.closest("[id]")?.id ?? "") + ": " + one.textContent.slice(0, 60));
})"""
"""What reaches out of its panel or its formula, is wider than its own box, or is smaller than the text around it."""


def panels(language: Language) -> str:
    """A page on which the panels of all quantities are open at once."""
    works = Works(language, "https://code.test/")
    for given in SCENARIOS:
        for quantity in ENGINE.library.quantities:
            works.open(
                parse_reference(quantity.name, ENGINE.scenario), ENGINE.scenario.pinned(given)
            )
    ratio = parse_reference("decode_step(batch=32) / decode_step", ENGINE.scenario)
    works.open(ratio, ENGINE.scenario)
    head = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    html = works.html().replace('<div class="work"', '<div class="work" popover="manual"')
    return f"{head}<style>{asset_texts()['assets/site.css']}</style><body>{html}"


def hide(page: Page) -> None:
    """Let nothing be painted, which takes four times as long as to lay it out: boxes are where they were, and as wide."""
    page.evaluate("document.documentElement.style.visibility = 'hidden'")


def cut(page: Page, holders: str) -> dict[int, list[str]]:
    """What is cut, by width."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found[width] = page.evaluate(CUT, holders)[:9]
    return {width: some for width, some in found.items() if some}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_panel_cuts_anything(language: Language, page: Page) -> None:
    page.set_content(panels(language))
    hide(page)
    count = page.evaluate(
        "(all => (all.forEach((one) => one.showPopover()), all.length))([...document.querySelectorAll('.work')])"
    )
    assert count > len(ENGINE.library.quantities)
    assert cut(page, ".work, .work .formula") == {}


@pytest.mark.parametrize("language", ["", "zh/"])
@pytest.mark.parametrize(
    ("kind", "holders"),
    [
        (KINDS["quantities"], ".quantity, .quantity .formula"),
        (KINDS["numbers"], ".work, .work .formula"),
        ("calculator/numbers/", ".work, .work .formula"),
    ],
)
def test_no_page_of_formulas_cuts_any(
    kind: str, holders: str, language: str, page: Page, address: str
) -> None:
    page.goto(f"{address}/{language}{kind}")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    hide(page)
    assert page.locator(".formula").count() > 100
    assert cut(page, holders) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
