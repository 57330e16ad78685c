"""Diagrams that are stepped through: all steps without a script, one at a time with it, by button, key and touch."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hooks.data.engine import ROOT
from hooks.live.bundle import lazy_files
from hooks.pictures.drawing import draw_picture
from hooks.site.page_figures import STEP
from hooks.text.languages import Language
from tests.real import ENGINE

STYLE = (ROOT / "hooks" / "theme" / "styles" / "45-figure.css").read_text("utf-8")
DRAWING = "".join(
    f'<text y="{20 * step}" data-part="step-{step}">{words}</text>'
    for step, words in ((1, "a token"), (2, "a row"), (2, "is read"), (3, "scores"))
)
FIGURE = (
    f"<figure class='figure'><svg class='wide'>{DRAWING}</svg><div class='steps'></div></figure>"
)


def opened(browser: Browser, language: Language = "en", **context: object) -> Page:
    """A page of one diagram of three steps, with the script of that language."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.set_content(f"<style>{STYLE}</style>{FIGURE}{FIGURE}")
    make = "element: (tag, given = {}, ...inside) => { const made = Object.assign(document.createElement(tag), given); made.append(...inside); return made; }"
    page.add_script_tag(content=f"const live = {{ {make} }};{lazy_files(['steps'], language)}")
    return page


def seen(page: Page, figure: int = 0) -> list[str]:
    """The texts of a figure that are not faded."""
    page.wait_for_timeout(300)
    texts = page.locator("figure").nth(figure).locator("text").all()
    return [
        text.inner_html()
        for text in texts
        if float(text.evaluate("node => getComputedStyle(node).opacity")) > 0.9
    ]


def test_at_first_all_steps_are_seen(browser: Browser) -> None:
    page = opened(browser)
    assert seen(page) == ["a token", "a row", "is read", "scores"]
    expect(page.locator("output").first).to_have_text("All steps")


def test_next_shows_one_step_at_a_time_and_all_again_at_the_end(browser: Browser) -> None:
    page = opened(browser)
    following = page.get_by_role("button", name="Next").first
    found = []
    for _ in range(4):
        following.click()
        found.append(seen(page))
    assert found == [["a token"], ["a row", "is read"], ["scores"], seen(page, 1)]


def test_previous_goes_back_from_all_to_the_last(browser: Browser) -> None:
    page = opened(browser)
    page.get_by_role("button", name="Previous").first.click()
    assert seen(page) == ["scores"]


def test_arrow_keys_step_where_a_button_has_the_focus(browser: Browser) -> None:
    page = opened(browser)
    page.get_by_role("button", name="Next").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert seen(page) == ["a token"]
    page.keyboard.press("Enter")
    assert seen(page) == ["a row", "is read"]


def test_a_finger_steps_on_a_phone(browser: Browser) -> None:
    page = opened(browser, has_touch=True, viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="Next").first.tap()
    assert seen(page) == ["a token"]
    box = page.get_by_role("button", name="Next").first.bounding_box()
    assert box is not None and box["height"] >= 44 and box["width"] >= 44


def test_who_listens_is_told_the_step_and_its_words(browser: Browser) -> None:
    page = opened(browser)
    page.get_by_role("button", name="Next").first.click(click_count=2)
    expect(page.locator("output").first).to_have_text("2 / 3a row, is read")


def test_figures_of_a_page_step_apart(browser: Browser) -> None:
    page = opened(browser)
    page.get_by_role("button", name="Next").first.click()
    assert len(seen(page, 1)) == 4


def test_in_chinese_the_buttons_are_chinese(browser: Browser) -> None:
    page = opened(browser, "zh")
    expect(page.get_by_role("button", name="下一步").first).to_be_visible()
    expect(page.get_by_role("group", name="逐步看图").first).to_be_visible()
    expect(page.locator("output").first).to_have_text("全部步骤")


def test_on_paper_all_steps_are_seen(browser: Browser) -> None:
    page = opened(browser)
    page.get_by_role("button", name="Next").first.click()
    page.emulate_media(media="print")
    assert len(seen(page)) == 4


def test_who_wants_less_motion_sees_the_step_at_once(browser: Browser) -> None:
    page = opened(browser, reduced_motion="reduce")
    base = (ROOT / "hooks" / "theme" / "styles" / "10-base.css").read_text("utf-8")
    page.add_style_tag(content=base)
    page.get_by_role("button", name="Next").first.click()
    assert page.locator("text").nth(3).evaluate("node => getComputedStyle(node).opacity") == "0.15"


def test_without_scripts_there_are_no_buttons_and_no_room_for_them(browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_content(f"<style>{STYLE}</style>{FIGURE}")
    expect(page.locator(".steps")).to_be_hidden()


@pytest.mark.parametrize("name", ["one_walk", "reply_in_time"])
def test_the_diagrams_of_the_first_essay_have_steps_in_both_sizes(name: str) -> None:
    path: Path = ROOT / "figures" / f"{name}.py"
    drawn = draw_picture(path, ENGINE.scenario, "en", "alt")
    assert STEP in drawn.svg and STEP in drawn.phone
