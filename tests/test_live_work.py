"""The work in the reader's scenario: panels equal to Python's, opened by hand, watched, put away and printed."""

import ast
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from math import inf
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from hooks.formula.branch import names_in, taken, used
from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.format import Language
from hooks.formula.library import closure
from hooks.formula.quantity import Reason
from hooks.formula.units import WORD
from hooks.live.scripts import MAIN
from hooks.live.twin import script, twin
from hooks.live.work import work_script
from hooks.page.reference import Reference, Term, parse
from hooks.page.work import Works, button
from hooks.shell import texts
from tests.often import times
from tests.real import ENGINE
from tests.twins import random_given

LANGUAGES: tuple[Language, ...] = ("en", "zh")
LIBRARY, TABLES = ENGINE.library, ENGINE.catalogue.tables
CODE = "https://code.test/?a&b/"
ROOT = Path(__file__).resolve().parent.parent
QUANTITIES = [quantity.name for quantity in LIBRARY.quantities]
ASKED = [*QUANTITIES, *LIBRARY.fields_of_scenario]
NAMES = closure(LIBRARY, ASKED)
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"


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
        reference, row = parse(text, self.home), row or {}
        scenario, told = self.home.but(row), reference.within(row, LIBRARY)
        self.opened.append((told, row, deep))
        wire = f' data-n="{escape(told.wire(self.home))}"' if told.follows(LIBRARY) else ""
        impossible = isinstance(reference.value(scenario), Reason)
        return button(
            reference.text(scenario, self.language),
            self.works.open(told, scenario, inf if deep else 1),
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

    def appendix(self, given: Given) -> str:
        """What Python prints behind the page in another scenario."""
        works = Works(self.language, CODE)
        for reference, row, deep in self.opened:
            works.open(reference, self.home.but(given).but(row), inf if deep else 1)
        return works.html()

    def html(self) -> str:
        live = escape('{"given":{},"fields":["batch"]}')
        head = f'<!doctype html><html lang="{self.language}"><meta charset="utf-8"><link rel="stylesheet" href="site.css"><script src="live.js?1" defer></script>'
        return f'{head}<article data-live="{live}"><h1>Numbers</h1>{"".join(self.body)}<input id="elsewhere"></article>{self.works.html()}</html>'


@cache
def files(language: Language) -> dict[str, str]:
    """What the page loads, by file name."""
    return {
        "site.css": texts()["assets/site.css"],
        "live.js": script(twin(LIBRARY, TABLES, ASKED, {}, language), MAIN, language),
        "live-work.js": work_script(LIBRARY, TABLES, ASKED, {}, language, CODE),
        "live-limits.js": "",  # which a page whose machine can run has no use for
    }


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a small page under a strict policy; a test fails on any error of its scripts."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    errors: list[str] = []

    def opened(small: Small, query: str = "", held: list[Route] | None = None) -> Page:
        texts, page = {**files(small.language), "page.html": small.html()}, context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: errors.append(message.text) if message.type == "error" else None,
        )

        def serve(route: Route) -> None:
            name = route.request.url.split("/")[-1].split("?")[0]
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
    for (const [text, deep, html, essay] of panels) {{
      const home = document.createElement("template");
      home.innerHTML = essay;
      const open = deep && ((name, pins) => live.work.key(live.work.part(name, pins), scenario));
      const found = normal(live.work.panel(live.reference(text), scenario, "own", open, home.content)), right = normal(html);
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
    fields = sorted(LIBRARY.rests_on(name) & set(given))
    return tuple(
        sorted(
            (field, given[field])
            for field in chance.sample(fields, min(len(fields), chance.randrange(3)))
        )
    )


def references(chance: random.Random) -> list[tuple[Reference, bool]]:
    """Every name of the library opened deep, some flat, some with pins, and ratios of two of a kind."""
    asked = [(Reference(Term(name)), True) for name in NAMES]
    asked += [(Reference(Term(name)), False) for name in chance.sample(QUANTITIES, 40)]
    asked += [
        (Reference(Term(name, random_pins(name, chance, random_given(chance)))), True)
        for name in chance.sample(QUANTITIES, 20)
    ]
    for name in chance.sample(QUANTITIES, 50):
        like = chance.choice(
            [other for other in QUANTITIES if LIBRARY.names[other].unit == LIBRARY.names[name].unit]
        )
        terms = [
            Term(part, random_pins(part, chance, random_given(chance))) for part in (name, like)
        ]
        if LIBRARY.names[name].unit != WORD:
            asked.append((Reference(*terms), chance.random() < 0.7))
    return asked


def panel(reference: Reference, scenario: Scenario, deep: bool, language: Language) -> str:
    return Works(language, CODE)._render("own", reference, scenario, deep).html


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
        scenario = ENGINE.scenario.but(given)
        panels = [
            (str(reference), deep, panel(reference, scenario, deep, language), "")
            for reference, deep in references(chance)
        ]
        wrong, opened = page.evaluate(COMPARE, [[given, panels]])
        assert wrong == [], "\n".join(map(str, wrong[0]))
        count += len(panels)
        links += opened
    assert count >= 500 * rounds
    assert links >= 340 * rounds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ratio_keeps_the_side_that_nothing_changes(
    language: Language, visit: Callable[..., Page]
) -> None:
    """Its name and its source are not among what the browser computes: they are taken from the essay's own panel."""
    page = visit(Small(language, ENGINE.scenario), "?batch=2")
    page.wait_for_function("() => live.work")
    chance = random.Random(5)
    panels = []
    given: Given = {"batch": 7.0}
    for name in ("decode_step", "weight_bytes", "kv_bytes", "weights_read"):
        pins = tuple(
            (field, ENGINE.scenario.setting(field)) for field in sorted(LIBRARY.rests_on(name))
        )
        for terms in ((Term(name, pins), Term(name)), (Term(name), Term(name, pins))):
            reference, deep = Reference(*terms), chance.random() < 0.5
            wire = reference.wire(ENGINE.scenario)
            assert re.search(r"(^|/ )\d", wire)
            panels.append(
                (
                    wire,
                    deep,
                    panel(reference, ENGINE.scenario.but(given), deep, language),
                    panel(reference, ENGINE.scenario, deep, language),
                )
            )
    wrong, _ = page.evaluate(COMPARE, [[given, panels]])
    assert wrong == [], "\n".join(map(str, wrong[0]))


# On paper

PAPER = f"""(html) => {{
  {NORMAL}
  const shown = [...document.querySelectorAll(".works")].filter((section) => !section.hidden).map((section) => section.innerHTML);
  const section = document.createElement("template");
  section.innerHTML = html;
  return [shown.map(normal), normal(section.content.firstChild.innerHTML)];
}}"""


def alike(section: str) -> list[str]:
    """A section's panels without their ids; equal titles with equal results may stand in either order."""
    return sorted(re.sub(r' (?:id|popovertarget)="[^"]*"', "", section).split('<div class="work"'))


VISIBLE = "() => [...document.querySelectorAll('.work')].filter((panel) => panel.checkVisibility()).map((panel) => panel.querySelector('.work-title').textContent)"


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_appendix_is_that_of_the_readers_scenario(
    language: Language, visit: Callable[..., Page]
) -> None:
    """The same panels as Python prints for that scenario, by title; afterwards all is as before."""
    small = essay(language)
    page = visit(small)
    chance = random.Random(7)
    before = page.evaluate("() => document.querySelector('.works').outerHTML")
    for model in ("llama-3.1-8b", *chance.sample(list(TABLES["models"]), 10)):
        given = {**random_given(chance), "batch": float(chance.randrange(2, 40)), "model": model}
        page.evaluate("(given) => live.set(given)", given)
        page.wait_for_function("() => live.work")
        page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        shown, right = page.evaluate(PAPER, small.appendix(given))
        assert [alike(text) for text in shown] == [alike(right)]
        page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        page.evaluate("() => live.reset()")
    assert (
        page.evaluate("() => document.querySelector('.works').outerHTML").replace(' hidden=""', "")
        == before
    )
    assert page.evaluate(
        "() => [...document.querySelectorAll('.works')].map(section => [section.hidden, section.childElementCount > 0])"
    ) == [[False, True], [False, False]]


def test_a_printer_sees_the_readers_panels_only(visit: Callable[..., Page]) -> None:
    """Chromium's own printing tells the page before and after."""
    page = visit(essay("en"))
    page.evaluate(
        "() => { window.addEventListener('beforeprint', () => setTimeout(() => 0)); live.set({ batch: 9 }); }"
    )
    page.wait_for_function("() => live.work")
    page.evaluate(
        "() => { window.printed = []; new MutationObserver(() => printed.push(document.querySelectorAll('.works').length)).observe(document.body, { childList: true, subtree: true }); }"
    )
    page.pdf()
    assert 3 in page.evaluate("() => printed")
    assert page.locator(".works").count() == 2
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    titles = page.evaluate(VISIBLE)
    assert any(title.startswith("Batch") and title.endswith(" 9") for title in titles)
    assert not any(title.startswith("Batch") and title.endswith(" 1") for title in titles)


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
    scenario = ENGINE.scenario.but(given).but(pins or {})
    return f"{LIBRARY.names[name].title(language)} {scenario.text(name, '', language)}"


def test_a_number_opens_by_keyboard_in_the_readers_scenario_and_focus_comes_back(
    visit: Callable[..., Page],
) -> None:
    """Enter, Tab to an input, Enter, Escape twice; then back to the essay's scenario, where its own panel opens."""
    page = visit(essay("en"))
    number = page.locator("[data-n='decode_step:ms']")
    own = number.get_attribute("popovertarget")
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => live.work")
    number.focus()
    page.keyboard.press("Enter")
    outer = title("decode_step", {"batch": 9.0})
    assert page.evaluate(OPEN) == [outer]
    assert (
        page.locator(".work:popover-open .work-essay").inner_text()
        == f"In the essay: {ENGINE.scenario.text('decode_step')}"
    )
    tab_to(page, ".work li button")
    page.keyboard.press("Enter")
    assert sorted(page.evaluate(OPEN)) == sorted([outer, title("memory_time", {"batch": 9.0})])
    page.wait_for_function(f"() => ({FOCUSED})() !== {outer!r}")
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == [outer]
    page.wait_for_function("() => document.activeElement.matches('li button')")
    assert page.evaluate(FOCUSED) == outer
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == []
    page.wait_for_function("() => document.activeElement.dataset.n === 'decode_step:ms'")
    assert number.get_attribute("data-w") == own
    page.evaluate("() => live.reset()")
    assert number.get_attribute("popovertarget") == own
    assert number.get_attribute("data-w") is None
    assert page.locator(".works").nth(1).locator("*").count() == 0
    page.keyboard.press("Enter")
    assert page.locator(f"#{own}").evaluate("panel => panel.matches(':popover-open')")


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
        == f"文中：{ENGINE.scenario.text('decode_step', '', 'zh')}"
    )


def test_open_panels_are_watched_while_the_scenario_changes(visit: Callable[..., Page]) -> None:
    """From the essay's own panel to the reader's, from change to change, and home again; the focus stays where it is."""
    page = visit(essay("en"))
    page.locator("[data-n='decode_step:ms']").click()
    page.locator(".work:popover-open li button").first.click()
    names = ("decode_step", "memory_time")
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
    assert sorted(page.evaluate(OPEN)) == sorted(title(name, {}) for name in names)
    assert page.locator(".works").nth(1).locator("*").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == []
    page.wait_for_timeout(50)
    assert field.evaluate("field => document.activeElement === field")


def test_table_cells_open_one_level(visit: Callable[..., Page]) -> None:
    """The row's pin holds, computed inputs are text, and a sentence's number that comes to the same panel opens further."""
    page = visit(essay("en"))
    page.evaluate("() => live.set({ model: 'llama-3.1-8b' })")
    page.wait_for_function("() => live.work")
    page.locator("td [data-n='decode_step(batch=64)']").click()
    assert page.evaluate(OPEN) == [title("decode_step", {"model": "llama-3.1-8b", "batch": 64.0})]
    assert page.locator(".work:popover-open li").count() >= 2
    assert page.locator(".work:popover-open li button").count() == 0
    page.keyboard.press("Escape")
    page.evaluate("() => live.set({ batch: 64 })")
    page.locator("td [data-n='decode_step(batch=64)']").click()
    page.keyboard.press("Escape")
    page.locator("[data-n='decode_step:ms']").click()
    assert page.locator(".work:popover-open li button").count() >= 2


def test_a_number_that_the_change_leaves_alone_opens_the_essays_own_panel(
    visit: Callable[..., Page],
) -> None:
    """Weights do not depend on the batch: no new panel, and no line on what the essay has."""
    page = visit(essay("en"))
    number = page.locator("p [data-n='weight_bytes']")
    own = number.get_attribute("popovertarget")
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => live.work")
    number.click()
    assert page.locator(f"#{own}").evaluate("panel => panel.matches(':popover-open')")
    assert page.locator(".work:popover-open .work-essay").count() == 0
    page.evaluate("() => live.set({ batch: 10 })")
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
    assert free.get_attribute("popovertarget") == pinned.get_attribute("popovertarget")
    page.evaluate("() => live.set({ batch: 9 })")
    page.wait_for_function("() => live.work")
    free.click()
    assert page.evaluate(OPEN) == [title("decode_step", {"batch": 9.0})]
    page.keyboard.press("Escape")
    pinned.click()
    assert page.evaluate(OPEN) == [title("decode_step", {})]


def test_a_number_that_becomes_impossible_says_why_in_its_panel(visit: Callable[..., Page]) -> None:
    """The panel's result is the reason, in the reader's language, and no formula with values stands above it."""
    page = visit(essay("zh"))
    impossible: Given = {"model": "deepseek-v3", "accelerator": "h100-sxm", "chips": 1.0}
    scenario = ENGINE.scenario.but(impossible)
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
    assert used(body, {"a": reason, "b": reason, "c": float("inf")}) == names_in(body)
