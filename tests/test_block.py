"""The drawing of a block: every operator once, bars as wide as shares, switches by keyboard, a scenario that it follows."""

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from hooks.data.engine import ROOT
from hooks.formula.reference import parse_reference
from hooks.lists.block_list import FIRST, SHARES
from hooks.text.languages import LANGUAGES, Language
from tests.axe import findings
from tests.listing import listing
from tests.real import ENGINE
from tests.test_atlas import OPERATORS
from tests.test_budget import KB, compressed

OPERATOR = re.compile(r'<li class="op" style="([^"]*)"><a href="([^"]*)">')
ATLAS = yaml.safe_load((ROOT / "docs/atlas/index.md").read_text("utf-8").split("---")[1])
HOME = ENGINE.scenario.pinned(
    {k: float(v) if isinstance(v, int) else v for k, v in ATLAS["scenario"].items()}
)

PLACES = """() => [...document.querySelectorAll(".block .op")].map((op) => {
  const [track, bar, mark] = [...op.querySelectorAll(".bar, .bar > *")].map((one) => one.getBoundingClientRect());
  return [(bar.right - track.left) / track.width, (mark.right - track.left) / track.width];
})"""
NUMBERS = """() => [...document.querySelectorAll(".block .op")].map((op) =>
  [...op.querySelectorAll("[data-of]")].filter((one) => one.checkVisibility()).map((one) => [one.dataset.of, parseFloat(one.innerText)]))"""


def shares(position: str) -> list[float]:
    """The shares of all operators in a position of the two switches, in the scenario of the atlas."""
    asked = (parse_reference(SHARES[position][0].format(name), HOME) for name in OPERATORS)
    return [float(one.value(HOME)) for one in asked]  # type: ignore[arg-type]


@pytest.mark.parametrize("position", SHARES)
def test_shares_add_up_to_all_of_it(position: str) -> None:
    assert sum(shares(position)) == pytest.approx(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operator_stands_once_in_the_tables_order_and_links_to_its_card(
    language: Language,
) -> None:
    html = listing("block", language=language, up="../", scenario=HOME)
    assert [link for _, link in OPERATOR.findall(html)] == [
        f"../atlas/{name}/" for name in OPERATORS
    ]
    assert html.count('class="layer"') == 3


def test_bars_are_as_wide_as_shares() -> None:
    found = [style for style, _ in OPERATOR.findall(listing("block", scenario=HOME))]
    for number, style in enumerate(found):
        widths = dict(part.removeprefix("--").split(":") for part in style.split(";"))
        assert list(widths) == list(SHARES)
        for position, width in widths.items():
            share = 100 * shares(position)[number]
            assert float(width.removesuffix("%")) == pytest.approx(share, abs=0.001)


def test_a_reader_of_markdown_gets_each_operator_with_one_share(site: Path) -> None:
    text = (site / "atlas/index.md").read_text("utf-8")
    (line,) = re.findall(r"^- \[Gate and up\].*$", text, re.M)
    assert len(re.findall(r"\d%", line)) == 1
    assert "radio" not in text and "Reading a prompt" not in text


def test_its_script_is_small_and_loaded_where_it_stands(
    site: Path, page: Page, address: str
) -> None:
    for name in ("live-block.js", "zh/assets/live-block.js"):
        (path,) = site.glob(name if "/" in name else f"assets/{name}")
        assert len(compressed(path)) <= 2 * KB
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/atlas/down/", wait_until="networkidle")
    assert not any("live-block" in url for url in asked)
    page.goto(f"{address}/atlas/", wait_until="networkidle")
    assert any("live-block" in url for url in asked)


def shown(page: Page, position: str) -> list[float]:
    """How wide the bars are, each as wide as the number beside it says."""
    page.wait_for_timeout(500)  # until they have come to rest
    numbers = page.evaluate(NUMBERS)
    assert all([name for name, _ in one] == [position] for one in numbers), numbers
    widths = [bar for bar, _ in page.evaluate(PLACES)]
    for ((_, number),), width in zip(numbers, widths, strict=True):
        assert 100 * width == pytest.approx(number, abs=0.06)
    return widths


def test_the_switches_are_turned_by_keyboard_and_the_mark_is_the_other_phase(
    page: Page, address: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/atlas/", wait_until="networkidle")
    assert shown(page, FIRST) == pytest.approx(shares(FIRST), abs=1e-4)
    page.locator(".block [value=writing]").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page, "reading-time") == pytest.approx(shares("reading-time"), abs=1e-4)
    marks = [mark for _, mark in page.evaluate(PLACES)]
    assert marks == pytest.approx(shares(FIRST), abs=1e-4)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert shown(page, "reading-bytes") == pytest.approx(shares("reading-bytes"), abs=1e-4)


def test_pressing_an_operator_opens_its_card(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/atlas/", wait_until="networkidle")
    page.locator(".block .op > a").nth(OPERATORS.index("down")).press("Enter")
    expect(page).to_have_url(f"{address}/zh/atlas/down/")


def test_bars_follow_the_readers_scenario_and_come_back(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/atlas/?batch=20", wait_until="networkidle")
    own = shown(page, FIRST)
    many = HOME.pinned({"batch": 20.0, "operator": "scores"})["operator_share"]
    assert own[OPERATORS.index("scores")] == pytest.approx(many, abs=1e-3)
    assert own[OPERATORS.index("scores")] > 1.5 * shares(FIRST)[OPERATORS.index("scores")]
    page.evaluate("live.reset()")
    assert shown(page, FIRST) == pytest.approx(shares(FIRST), abs=1e-4)


def test_switches_work_without_scripts(site: Path, browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/atlas/")
    page.locator(".block [value=bytes]").check()
    down = page.locator(".block .op").nth(OPERATORS.index("down"))
    expect(down.locator("[data-of=writing-bytes]")).to_be_visible()
    expect(down.locator("[data-of=writing-time]")).to_be_hidden()
    context.close()


def test_a_machine_that_cannot_run_the_model_has_one_line_in_its_place(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/atlas/?model=deepseek-v3&chips=1", wait_until="networkidle")
    expect(page.locator(".block")).to_be_hidden()
    expect(page.locator(".withheld + .block")).to_have_count(1)
    expect(page.locator(".block .withheld")).to_have_count(0)
    page.evaluate("live.reset()")
    expect(page.locator(".block")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    width: int, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/atlas/", wait_until="networkidle")
    assert findings(page, within=".block") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
