"""The work in the reader's scenario: panels equal to Python's, opened by hand, watched and put away."""

import ast
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from hooks.formula.branch import names_in_expressions, names_taking_part, taken
from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.library import closure
from hooks.formula.quantity import Reason
from hooks.formula.reference import PinnedName, Reference, parse_reference
from hooks.formula.units import WORD
from hooks.live.bundle import models_object, script
from hooks.live.panels import work_script
from hooks.live.scripts import MAIN
from hooks.page.derivations import Works, number_link
from hooks.site.assets import asset_texts
from hooks.text.languages import Language
from tests.often import times
from tests.real import ENGINE
from tests.twins import random_given, random_giving

LANGUAGES: tuple[Language, ...] = ("en", "zh")
LIBRARY, TABLES = ENGINE.library, ENGINE.catalogue.tables
CODE = "https://code.test/?a&b/"
ROOT = Path(__file__).resolve().parent.parent
QUANTITIES = [quantity.name for quantity in LIBRARY.quantities]
ASKED = [*QUANTITIES, *LIBRARY.fields_of_scenario]
NAMES = closure(LIBRARY, ASKED)
POLICY = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'"


class Small:
    """A page with a few numbers, at one scenario, with the scripts that the site's own pages have."""

    def __init__(self, language: Language, home: Scenario):
        self.language = language
        self.home = home
        self.works = Works(language, CODE)
        self.body: list[str] = []
        self.opened: list[tuple[Reference, Given, bool]] = []

    def number(self, text: str, row: Given | None = None, deep: bool = True) -> str:
        """A number as hooks/page/fill.py writes it."""
        reference, row = parse_reference(text, self.home), row or {}
        scenario, told = self.home.pinned(row), reference.within(row, LIBRARY)
        self.opened.append((told, row, deep))
        wire = f' data-n="{escape(told.wire(self.home))}"' if told.follows(LIBRARY) else ""
        impossible = isinstance(reference.value(scenario), Reason)
        return number_link(
            reference.text(scenario, self.language),
            self.works.open(told, scenario, deep),
            impossible,
            "",
            wire,
        )

    def paragraph(self, *texts: str) -> None:
        self.body.append(f"<p>{' '.join(self.number(text) for text in texts)}</p>")

    def table(self, rows: list[Given], *texts: str) -> None:
        lines = (
            "".join(f"<td>{self.number(text, row, deep=False)}</td>" for text in texts)
            for row in rows
        )
        self.body.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")

    def html(self) -> str:
        live = escape('{"given":{},"fields":["batch"]}')
        head = f'<!doctype html><html lang="{self.language}"><meta charset="utf-8"><link rel="stylesheet" href="site.css"><script src="live.js?1" defer></script>'
        return f'{head}<article data-live="{live}"><h1>Numbers</h1>{"".join(self.body)}<input id="elsewhere"></article></html>'


@cache
def files(language: Language) -> dict[str, str]:
    """What the page loads, by file name."""
    return {
        "site.css": asset_texts()["assets/site.css"],
        "live.js": script(models_object(LIBRARY, TABLES, ASKED, language), MAIN, language),
        "live-work.js": work_script(LIBRARY, TABLES, ASKED, {}, language, CODE),
        "live-limits.js": "",  # verdicts are none of this page's business
    }


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a small page under a strict policy; a test fails on any error of its scripts."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    errors: list[str] = []

    def opened(small: Small, query: str = "", held: list[Route] | None = None) -> Page:
        texts, page = {**files(small.language), "page.html": small.html()}, context.new_page()
        texts["numbers.html"] = f'<!doctype html><meta charset="utf-8">{small.works.html()}'
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: errors.append(message.text) if message.type == "error" else None,
        )

        def serve(route: Route) -> None:
            path = route.request.url.split("?")[0].removesuffix("/")
            name = "numbers.html" if path.endswith("/numbers") else path.split("/")[-1]
            if held is not None and name == "live-work.js":
                held.append(route)
                return
            kind = {"html": "text/html", "css": "text/css", "js": "text/javascript"}[
                name.split(".")[-1]
            ]
            route.fulfill(
                body=texts[name],
                content_type=f"{kind}; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )

        page.route("http://live.test/**", serve)
        page.goto(f"http://live.test/page.html{query}", wait_until="domcontentloaded")
        return page

    yield opened
    context.close()
    assert errors == []


# Parity

NORMAL = """
const holder = document.createElement("template");
const normal = (html) => {
  holder.innerHTML = html;
  for (const link of holder.content.querySelectorAll("li > a")) link.outerHTML = `<button type="button" popovertarget="${link.hash.slice(1)}">${link.innerHTML}</button>`;
  const numbers = new Map();
  for (const attribute of ["id", "popovertarget", "aria-labelledby"]) for (const element of holder.content.querySelectorAll(`[${attribute}]`)) {
    const id = element.getAttribute(attribute).replace(/-t$/, "");
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    element.setAttribute(attribute, numbers.get(id));
  }
  return holder.innerHTML;
};
"""
"""HTML as the browser reads and writes it, with ids in the order in which they appear."""

COMPARE = f"""(scenarios) => {{
  {NORMAL}
  const wrong = [];
  let links = 0;
  for (const [given, panels] of scenarios) {{
    const scenario = new live.Scenario(given);
    for (const [text, html, essay] of panels) {{
      const home = document.createElement("template");
      home.innerHTML = essay;
      const open = (name, pins) => live.work.key(live.work.part(name, pins), scenario);
      const found = normal(live.work.panel(live.reference(text), scenario, "own", open, home.content)), right = normal(html);
      if (essay && found.replace(/ popovertarget="[0-9]+"/g, "") === right.replace(/ popovertarget="[0-9]+"/g, "")) continue; // the side that stays leads to the entry at home
      links += found.split("<li><button").length - 1;
      if (found === right) continue;
      const at = [...right].findIndex((sign, at) => sign !== found[at]);
      wrong.push([text, given, right.slice(at - 60, at + 120), found.slice(at - 60, at + 120)]);
    }}
  }}
  return [wrong.slice(0, 3), links];
}}"""


def random_pins(
    name: str, chance: random.Random, given: Given
) -> tuple[tuple[str, float | str], ...]:
    """Some of the fields that a name depends on, set at random."""
    fields = sorted(LIBRARY.depends_on(name) & set(given))
    pins = {
        field: given[field]
        for field in chance.sample(fields, min(len(fields), chance.randrange(3)))
    }
    pins |= random_giving(name, chance) if chance.random() < 0.4 else {}
    return tuple(sorted(pins.items()))


def references(chance: random.Random) -> list[Reference]:
    """Every name of the library, some with pins, and ratios of two of a kind."""
    asked = [Reference(PinnedName(name)) for name in NAMES]
    asked += [
        Reference(PinnedName(name, random_pins(name, chance, random_given(chance))))
        for name in chance.sample(QUANTITIES, 20)
    ]
    for name in chance.sample(QUANTITIES, 50):
        like = chance.choice(
            [other for other in QUANTITIES if LIBRARY.names[other].unit == LIBRARY.names[name].unit]
        )
        terms = [
            PinnedName(part, random_pins(part, chance, random_given(chance)))
            for part in (name, like)
        ]
        if LIBRARY.names[name].unit != WORD:
            asked.append(Reference(*terms))
    return asked


def panel(reference: Reference, scenario: Scenario, language: Language) -> str:
    """The entry as the companion of a page in this scenario has it."""
    works = Works(language, CODE)
    works.open(reference, scenario)
    works.html()  # which finds all that entries lead to
    return works.entry("own", reference, scenario)[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rounds", times(2, 29))
def test_every_panel_of_the_library_is_the_same_in_python_and_in_the_browser(
    rounds: int, language: Language, visit: Callable[..., Page]
) -> None:
    """Some 500 panels in each random scenario: sentence, scenario, formulas, result, inputs, sources, foot."""
    page = visit(Small(language, ENGINE.scenario), "?batch=2")
    page.wait_for_function("() => live.work")
    chance = random.Random(20261122)
    count = links = 0
    for _ in range(rounds):
        given = random_given(chance)
        scenario = ENGINE.scenario.pinned(given)
        panels = [
            (str(reference), panel(reference, scenario, language), "")
            for reference in references(chance)
        ]
        wrong, opened = page.evaluate(COMPARE, [[given, panels]])
        assert wrong == [], "\n".join(map(str, wrong[0]))
        count += len(panels)
        links += opened
    assert count >= 460 * rounds
    assert links >= 340 * rounds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ratio_keeps_the_side_that_nothing_changes(
    language: Language, visit: Callable[..., Page]
) -> None:
    """Its name and its source are not among what the browser computes: they are taken from the essay's own panel."""
    page = visit(Small(language, ENGINE.scenario), "?batch=2")
    page.wait_for_function("() => live.work")
    panels = []
    given: Given = {"batch": 7.0}
    for name in ("decode_step", "weight_bytes", "kv_bytes", "weights_read"):
        pins = tuple(
            (field, ENGINE.scenario.setting(field)) for field in sorted(LIBRARY.depends_on(name))
        )
        for terms in (
            (PinnedName(name, pins), PinnedName(name)),
            (PinnedName(name), PinnedName(name, pins)),
        ):
            reference = Reference(*terms)
            wire = reference.wire(ENGINE.scenario)
            assert re.search(r"(^|/ )\d", wire)
            panels.append(
                (
                    wire,
                    panel(reference, ENGINE.scenario.pinned(given), language),
                    panel(reference, ENGINE.scenario, language),
                )
            )
    wrong, _ = page.evaluate(COMPARE, [[given, panels]])
    assert wrong == [], "\n".join(map(str, wrong[0]))


def essay(language: Language) -> Small:
    """A page with numbers that nest, coincide, stand in a table, stay put, and divide."""
    small = Small(language, ENGINE.scenario)
    small.paragraph(
        "decode_step:ms",
        "weight_bytes",
        "decode_step(batch=32) / decode_step",
        "decode_regime",
        "decode_step(batch=1)",
    )
    small.table(
        [{"batch": 1.0}, {"batch": 64.0}],
        "decode_step",
        "kv_bytes",
        "weight_bytes",
        "kv_bytes / weight_bytes",
    )
    small.table([{"model": "llama-3.1-8b"}, {"model": "deepseek-v3"}], "kv_per_token", "layers")
    small.paragraph(
        "kv_per_token", "batch", "kv_per_token(model=llama-3.1-8b) / kv_per_token", "layers"
    )
    return small


# By hand

OPEN = "() => [...document.querySelectorAll('.work:popover-open')].map(panel => panel.querySelector('.work-title').textContent)"
FOCUSED = "() => document.activeElement.closest('.work')?.querySelector('.work-title').textContent ?? document.activeElement.dataset.n"


def tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def title(name: str, given: Given, language: Language = "en", pins: Given | None = None) -> str:
    scenario = ENGINE.scenario.pinned(given).pinned(pins or {})
    return f"{LIBRARY.names[name].title(language)} {scenario.text(name, '', language)}"


def test_a_number_opens_by_keyboard_in_the_readers_scenario_and_focus_comes_back(
    visit: Callable[..., Page],
) -> None:
    """Enter, Tab to an input, Enter, Escape twice; then back to the essay's scenario, where its own panel opens."""
    page = visit(essay("en"))
    number = page.locator("[data-n='decode_step:ms']")
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => live.work")
    number.focus()
    page.keyboard.press("Enter")
    outer = title("decode_step", {"batch": 9.0})
    assert page.evaluate(OPEN) == [outer]
    assert (
        page.locator(".work:popover-open .work-essay").inner_text()
        == f"In the page’s scenario: {ENGINE.scenario.text('decode_step')}"
    )
    tab_to(page, ".work li button")
    page.keyboard.press("Enter")
    assert sorted(page.evaluate(OPEN)) == sorted([outer, title("matrices_time", {"batch": 9.0})])
    page.wait_for_function(f"() => ({FOCUSED})() !== {outer!r}")
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == [outer]
    page.wait_for_function("() => document.activeElement.matches('li button')")
    assert page.evaluate(FOCUSED) == outer
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == []
    page.wait_for_function("() => document.activeElement.dataset.n === 'decode_step:ms'")
    page.evaluate("() => live.reset()")
    assert page.locator(".panels *").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector(".work:popover-open")
    assert page.evaluate(OPEN) == [title("decode_step", {})]


def test_a_click_before_the_script_is_there_waits_for_it(visit: Callable[..., Page]) -> None:
    """Two impatient clicks open the number once, in the reader's scenario and not in the essay's."""
    held: list[Route] = []
    page = visit(essay("zh"), "?batch=9", held)
    number = page.locator("[data-n='decode_step:ms']")
    for _ in range(2):
        number.click()
        assert page.evaluate(OPEN) == []
    assert len(held) == 1
    held[0].fulfill(body=files("zh")["live-work.js"], content_type="text/javascript; charset=utf-8")
    page.wait_for_selector(".work:popover-open")
    assert page.evaluate(OPEN) == [title("decode_step", {"batch": 9.0}, "zh")]
    assert (
        page.locator(".work:popover-open .work-essay").inner_text()
        == f"本页场景里：{ENGINE.scenario.text('decode_step', '', 'zh')}"
    )


def test_open_panels_are_watched_while_the_scenario_changes(visit: Callable[..., Page]) -> None:
    """From the essay's own panel to the reader's, from change to change, and home again; the focus stays where it is."""
    page = visit(essay("en"))
    page.locator("[data-n='decode_step:ms']").click()
    page.locator(".work:popover-open li a[href*='/numbers/#']").first.click()
    page.wait_for_function("() => document.querySelectorAll('.work:popover-open').length === 2")
    names = ("decode_step", "matrices_time")
    assert sorted(page.evaluate(OPEN)) == sorted(title(name, {}) for name in names)
    field = page.locator("#elsewhere")
    field.focus()
    for batch in (9.0, 17.0):
        page.evaluate("(batch) => live.set({ batch })", batch)
        page.wait_for_function("() => live.work")
        page.wait_for_function(
            "(titles) => titles.every((title) => [...document.querySelectorAll('.work:popover-open .work-title')].some((found) => found.textContent === title))",
            arg=[title(name, {"batch": batch}) for name in names],
        )
        assert sorted(page.evaluate(OPEN)) == sorted(
            title(name, {"batch": batch}) for name in names
        )
        page.wait_for_timeout(50)
        assert field.evaluate("field => document.activeElement === field")
    page.evaluate("() => live.reset()")
    page.wait_for_timeout(50)
    assert sorted(page.evaluate(OPEN)) == sorted(title(name, {}) for name in names)
    assert page.locator(".panels *").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == []
    page.wait_for_timeout(50)
    assert field.evaluate("field => document.activeElement === field")


def test_table_cells_keep_the_pins_of_their_row(visit: Callable[..., Page]) -> None:
    """In the reader's scenario they open as far as any number does."""
    page = visit(essay("en"))
    page.evaluate("() => live.set({ model: 'llama-3.1-8b' })")
    page.wait_for_function("() => live.work")
    page.locator("td [data-n='decode_step(batch=64)']").click()
    assert page.evaluate(OPEN) == [title("decode_step", {"model": "llama-3.1-8b", "batch": 64.0})]
    assert page.locator(".work:popover-open li button").count() >= 2


def test_a_number_that_the_change_leaves_alone_opens_the_essays_own_panel(
    visit: Callable[..., Page],
) -> None:
    """Weights do not depend on the batch: no new panel, and no line on what the essay has."""
    page = visit(essay("en"))
    number = page.locator("p [data-n='weight_bytes']")
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => live.work")
    number.click()
    page.wait_for_selector(".work:popover-open")
    assert page.locator(".work:popover-open .work-essay").count() == 0
    page.evaluate("() => live.set({ batch: 10 })")
    page.wait_for_timeout(50)
    assert page.evaluate(OPEN) == [title("weight_bytes", {})]


def test_numbers_that_are_one_at_home_part_in_the_readers_scenario(
    visit: Callable[..., Page],
) -> None:
    """The step, and the step at the batch that the essay happens to have."""
    page = visit(essay("en"))
    free, pinned = (
        page.locator("p [data-n='decode_step:ms']"),
        page.locator("p [data-n='decode_step(batch=1)']"),
    )
    assert ENGINE.scenario.setting("batch") == 1
    assert free.get_attribute("href") == "numbers/#decode_step" == pinned.get_attribute("href")
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => live.work")
    free.click()
    assert page.evaluate(OPEN) == [title("decode_step", {"batch": 9.0})]
    page.keyboard.press("Escape")
    pinned.click()
    page.wait_for_selector(".work:popover-open")
    assert page.evaluate(OPEN) == [title("decode_step", {})]


def test_a_number_that_becomes_impossible_says_why_in_its_panel(visit: Callable[..., Page]) -> None:
    """The panel's result is the reason, in the reader's language, and no formula with values stands above it."""
    page = visit(essay("zh"))
    impossible: Given = {"model": "deepseek-v3", "accelerator": "h100-sxm", "chips": 1.0}
    scenario = ENGINE.scenario.pinned(impossible)
    assert isinstance(scenario["decode_step"], Reason) or isinstance(scenario["decode_regime"], str)
    page.evaluate("(given) => live.set(given)", impossible)
    page.wait_for_function("() => live.work")
    page.locator("[data-n='decode_regime']").click()
    assert (
        page.locator(".work:popover-open .work-result").inner_text()
        == f"= {scenario.text('decode_regime', '', 'zh')}"
    )


def test_the_script_for_work_names_only_what_the_site_needs() -> None:
    """The closure of one name, with the rows of a table that are asked for in part."""
    text = work_script(LIBRARY, TABLES, ["kv_per_token"], {"models": {"llama-3.1-8b"}}, "en", CODE)
    assert "decode_step" not in text and "kv_per_token" in text
    assert "llama-3.1-8b" in text and "deepseek-v3" not in text
    assert not any(
        isinstance(LIBRARY.names[name], Choice) and f"{name}:{{" in text for name in LIBRARY.names
    )


@pytest.mark.parametrize("test", ["a == b", "a != b", "b < 1", "c == a", "floor(c - c) > 0"])
def test_a_case_that_hangs_on_what_has_no_number_is_not_chosen(test: str) -> None:
    """Neither two reasons nor the whole part of infinity less infinity say which case applies."""
    body = ast.parse(f"a if {test} else c", mode="eval").body
    reason = Reason("none", "没有")
    assert taken(body, {"a": reason, "b": reason, "c": float("inf")})[0] is None
    assert names_taking_part(
        body, {"a": reason, "b": reason, "c": float("inf")}
    ) == names_in_expressions(body)
