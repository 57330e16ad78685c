"""The drawing of a block: every operator once, bars as wide as shares, switches by keyboard, a scenario that it follows."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from hooks.data.engine import ROOT
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import parse_reference
from hooks.lists.block_list import FIRST, POSITIONS
from hooks.page.derivations import Works
from hooks.page.number import Numbers
from hooks.page.page_list import page_lists
from hooks.text.html_tree import Node, parse_html
from hooks.text.languages import LANGUAGES, Language, say
from tests.axe import findings
from tests.conftest import eventually
from tests.listing import listing, request
from tests.real import ENGINE
from tests.test_atlas import OPERATORS
from tests.test_budget import KB, compressed

OPERATOR = re.compile(r'<li class="op" data-op="[^"]*" style="([^"]*)"><a href="([^"]*)">')
ATLAS = yaml.safe_load((ROOT / "docs/atlas/index.md").read_text("utf-8").split("---")[1])
HOME = ENGINE.scenario.pinned(
    {k: float(v) if isinstance(v, int) else v for k, v in ATLAS["scenario"].items()}
)

LACKING = {"en": "Llama 3.1 8B has no vocabulary", "zh": "Llama 3.1 8B没有词表大小"}
"""What an operator says whose size is that of a list that nobody knows."""

COVERED = """(op) => {
  const [bar, reason] = [".bar", "[data-of=writing-bytes]"].map((one) => op.querySelector(one).getBoundingClientRect());
  return op.scrollWidth <= op.clientWidth && ["left", "top"].every((side) => reason[side] <= bar[side] + 1) && ["right", "bottom"].every((side) => reason[side] >= bar[side] - 1);
}"""
"""Whether what an operator says stands where its bar would, and nothing is wider than its place."""

PLACES = """() => [...document.querySelectorAll(".block .op")].map((op) => {
  const [track, bar, mark] = [...op.querySelectorAll(".bar, .bar > *")].map((one) => one.getBoundingClientRect());
  return [(bar.right - track.left) / track.width, (mark.right - track.left) / track.width];
})"""
NUMBERS = """() => [...document.querySelectorAll(".block .op")].map((op) =>
  [...op.querySelectorAll("[data-of]")].filter((one) => one.checkVisibility()).map((one) => [one.dataset.of, parseFloat(one.innerText)]))"""


def shares(position: str) -> list[float]:
    """The shares of all operators in a position of the two switches, in the scenario of the atlas."""
    asked = (parse_reference(POSITIONS[position].share_of(name), HOME) for name in OPERATORS)
    return [float(one.value(HOME)) for one in asked]  # type: ignore[arg-type]


@pytest.mark.parametrize("position", POSITIONS)
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
        assert list(widths) == list(POSITIONS)
        for position, width in widths.items():
            share = 100 * shares(position)[number]
            assert float(width.removesuffix("%")) == pytest.approx(share, abs=0.001)


def without_a_vocabulary() -> Scenario:
    """The scenario of the atlas, whose model's row lacks a value: the LM head has no size."""
    tables = ENGINE.catalogue.tables
    row = tables["models"]["llama-3.1-8b"]
    cells = {key: cell for key, cell in row.cells.items() if key != "vocab_size"}
    models = tables["models"] | {row.id: replace(row, cells=cells)}
    given = {**HOME.given, "model": row.id}
    return Scenario(ENGINE.library, tables | {"models": models}, given)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("position", POSITIONS)
def test_an_operator_without_a_number_says_why_and_the_others_stay(
    position: str, language: Language
) -> None:
    scenario = without_a_vocabulary()
    numbers = Numbers("", scenario, language, Works(language, "/source/"), lambda *_: None)
    asked = replace(request(language=language, scenario=scenario), live_number=numbers.in_list)
    html = parse_html(page_lists()["block"].write(asked))
    parts = {
        name: parse_reference(POSITIONS[position].part_of(name), scenario) for name in OPERATORS
    }
    known = {
        name: value
        for name, part in parts.items()
        if isinstance(value := part.value(scenario), float)
    }
    assert "lm-head" not in known and {"scores", "values", "loop"} <= {*known}
    if position != "writing-time":  # which of its clocks decides nobody knows
        assert len(known) == len(OPERATORS) - 1
    for row in html.all(".op"):
        name = row.attributes["data-op"]
        (number,) = shown_at(position, row)
        (width,) = re.findall(rf"--{position}:([^%]+)%", row.attributes["style"])
        assert number.text == (
            parts[name].text(scenario, language) if name in known else LACKING[language]
        )
        share = known.get(name, 0) / sum(known.values())
        assert float(width) == pytest.approx(100 * share, abs=0.001)
    (whole,) = shown_at(position, html.all(".m")[0])
    assert LACKING[language] in whole.text and say("block.rest", language) in whole.text
    assert "hidden" not in whole.all("span")[-1].attributes


def shown_at(position: str, holder: Node) -> list[Node]:
    """What an element holds for a position of the switches."""
    return [one for one in holder.all("span") if one.attributes.get("data-of") == position]


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
def test_a_model_that_lacks_a_value_loses_the_operators_that_rest_on_it_alone(
    width: int, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/atlas/?batch=9", wait_until="networkidle")
    eventually(page, lambda: page.evaluate("!!window.live?.limits"))
    page.evaluate(
        "delete live.row('models', 'llama-3.1-8b').cells.vocabulary; live.set({model: 'llama-3.1-8b'})"
    )
    page.locator(".block [value=bytes]").check()
    expect(page.locator(".block")).to_be_visible()
    scenario = without_a_vocabulary().pinned({"batch": 9.0})
    for name in OPERATORS:
        number = page.locator(f".op[data-op={name}] [data-of=writing-bytes]")
        part = parse_reference(POSITIONS["writing-bytes"].part_of(name), scenario)
        expect(number).to_have_text(
            LACKING["en"] if name == "lm-head" else part.text(scenario, "en")
        )
    assert page.locator(".op[data-op=lm-head]").evaluate(COVERED)
    said = page.locator(".block .m [data-of=writing-bytes]")
    expect(said).to_have_text(f"A full bar: {LACKING['en']}{say('block.rest', 'en')}.")
    page.evaluate("live.reset()")
    expect(said).to_have_text("A full bar: 91.0 GB.", use_inner_text=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    width: int, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/atlas/", wait_until="networkidle")
    assert findings(page, within=".block") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
