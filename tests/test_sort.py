"""The board of levers puts itself in the order of the reader's machine."""

from playwright.sync_api import Page

ROWS = """() => [...document.querySelectorAll("[data-sort] tbody tr")].map((row) => row.cells[0].innerText)"""
GAINS = """() => [...document.querySelectorAll("[data-sort] tbody tr")].map((row) => parseFloat(row.cells[2].innerText)).filter((gain) => gain)"""


def test_a_board_is_sorted_by_a_heads_button_and_by_the_readers_own_scenario(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/levers/", wait_until="networkidle")
    written = page.evaluate(ROWS)
    head = page.locator("[data-sort] th").nth(2)
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").press("Enter")
    gains = page.evaluate(GAINS)
    assert gains == sorted(gains, reverse=True) and page.evaluate(ROWS) != written
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").press("Enter")
    assert page.evaluate(ROWS) == written
    page.evaluate("live.set({ batch: 32, context: 1024 })")
    page.wait_for_timeout(300)
    own = page.evaluate(GAINS)
    assert own == sorted(own, reverse=True) and own != gains
    assert sorted(page.evaluate(ROWS)) == sorted(written)
    page.evaluate("live.reset()")
    page.wait_for_timeout(300)
    assert page.evaluate(ROWS) == written
