"""Everyone can read: axe finds nothing on any page in either palette, and what axe cannot see is tried by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page as Source
from tests import axe
from tests.conftest import eventually
from tests.often import each
from tests.real import ENGINE

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
MAGNIFIED = {"width": 320, "height": 256}
"""1280 px wide at 400 %."""

SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
"""What WCAG 1.4.12 lets a reader set."""

WIDER = "() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"

CUT = """() => [...document.querySelectorAll("body *")].filter((part) => {
  const style = getComputedStyle(part), cuts = (way) => ["hidden", "clip"].includes(way);
  if (part.matches(".spoken, .scenario-summary, svg *") || !part.checkVisibility()) return false;  // a summary's whole text is what the sheet shows
  return (cuts(style.overflowX) && part.scrollWidth > part.clientWidth + 1) || (cuts(style.overflowY) && part.scrollHeight > part.clientHeight + 1);
}).map((part) => part.outerHTML.slice(0, 100))"""
"""What hides a part of its own text."""

UNMARKED = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const chinese = document.documentElement.lang.startsWith("zh"), foreign = chinese ? /([A-Za-z][\\w’'-]*[ ,]+){6}/ : /\\p{Script=Han}/u;
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (foreign.test(data) && !parentElement.closest("script, style, code, option, .formula, .work, .sources, .bibliography, .board, a[href^='http'], [lang]:not(html)")) found.push(data.trim().slice(0, 100));
  }
  return found;
}"""
"""Texts in the other language that do not say so: any Han in English; in Chinese six Latin words in a row, for terms are its own.

Sources are cited by their own titles, which are names.
"""

MOVING = """() => [...document.querySelectorAll("*")].flatMap((part) => ["", "::before", "::after"].map((pseudo) => getComputedStyle(part, pseudo))).filter((style) =>
  style.transitionDuration.split(", ").some((time) => parseFloat(time)) || style.animationName !== "none" || style.scrollBehavior === "smooth").length"""


@dataclass
class Visit:
    """What a walk finds on a page."""

    light: list[str]
    dark: list[str]
    wider: int
    spaced: list[str]
    unmarked: list[str]
    moving: int


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Contexts that a test opens; they are closed after it."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def kind(path: str) -> str:
    """What kind of page stands at a path: a page by itself, or one of a folder of pages that are alike."""
    parts = path.removeprefix("zh/").rstrip("/").split("/")
    return "/".join(parts) if parts[0] == "reference" else parts[0]


def one_of_each_kind(paths: list[str], weight: Callable[[str], int]) -> list[str]:
    """The heaviest page of each kind, one kind in English and the next in Chinese, where it is in both."""
    chosen = []
    for number, one in enumerate(sorted({kind(path) for path in paths})):
        alike = [path for path in paths if kind(path) == one]
        chinese = [path for path in alike if path.startswith("zh/")]
        english = [path for path in alike if path not in chinese]
        chosen.append(max((chinese if number % 2 else english) or alike, key=weight))
    return chosen


def test_each_kind_of_page_is_visited_in_one_language() -> None:
    paths = ["", "a/", "essays/x/", "essays/y/", "reference/p/", "reference/q/"]
    both = [f"{prefix}{path}" for prefix in ("", "zh/") for path in paths]
    assert one_of_each_kind(both, lambda path: int("/y" in path)) == [
        "",
        "zh/a/",
        "essays/y/",
        "zh/reference/p/",
        "reference/q/",
    ]


@pytest.fixture(
    scope="module",
    params=["one of each kind", pytest.param("every page", marks=pytest.mark.weekly)],
)
def walk(
    request: pytest.FixtureRequest, browser: Browser, site: Path, address: str
) -> dict[str, Visit]:
    """Pages of the site, each visited once, by its path."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    paths = sorted(
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("*.html")
    )
    assert len(paths) > 40
    some = one_of_each_kind(paths, lambda path: size(site, path))
    visits = {
        path: visit(page, f"{address}/{path}")
        for path in (paths if request.param == "every page" else some)
    }
    context.close()
    return visits


def size(site: Path, path: str) -> int:
    """The bytes of a page."""
    file = site / path
    return (file / "index.html" if file.is_dir() else file).stat().st_size


def visit(page: Page, url: str) -> Visit:
    """A page as it comes, then magnified, then with wide spaces, then before axe in both palettes."""
    page.goto(url, wait_until="load")
    unmarked, moving = page.evaluate(UNMARKED), page.evaluate(MOVING)
    page.set_viewport_size(MAGNIFIED)
    wider = page.evaluate(WIDER)
    style = page.add_style_tag(content=SPACED)
    spaced = page.evaluate(CUT) + [f"{over} px too wide" for over in [page.evaluate(WIDER)] if over]
    style.evaluate("style => style.remove()")
    page.set_viewport_size(DESKTOP)
    axe.abridge(page)
    page.emulate_media(color_scheme="light")
    light = axe.findings(page)
    page.emulate_media(color_scheme="dark")
    return Visit(light, axe.findings(page, axe.OF_COLOUR), wider, spaced, unmarked, moving)


def test_axe_finds_nothing_on_any_page_in_either_palette(walk: dict[str, Visit]) -> None:
    assert [
        f"{path} ({palette}) {found}"
        for path, visit in walk.items()
        for palette in ("light", "dark")
        for found in getattr(visit, palette)
    ] == []


def test_at_400_percent_no_page_scrolls_sideways(walk: dict[str, Visit]) -> None:
    assert {path: visit.wider for path, visit in walk.items() if visit.wider} == {}


def test_a_reader_may_space_letters_words_and_lines_and_loses_nothing(
    walk: dict[str, Visit],
) -> None:
    assert {path: visit.spaced for path, visit in walk.items() if visit.spaced} == {}


def test_what_is_in_the_other_language_says_so(walk: dict[str, Visit]) -> None:
    assert {path: visit.unmarked for path, visit in walk.items() if visit.unmarked} == {}


def test_on_no_page_does_anything_move_for_a_reader_who_wants_less_of_it(
    walk: dict[str, Visit],
) -> None:
    assert {path: visit.moving for path, visit in walk.items() if visit.moving} == {}


def test_each_page_is_in_its_language_and_names_the_others(
    contexts: list[BrowserContext], browser: Browser, address: str
) -> None:
    contexts.append(browser.new_context(java_script_enabled=False))
    page = contexts[-1].new_page()
    for path, own, other in (
        ("essays/kv-cache/", "en", "zh"),
        ("zh/essays/kv-cache/", "zh", "en"),
        ("404.html", "en", "zh"),
        ("zh/404.html", "zh", "en"),
    ):
        page.goto(f"{address}/{path}")
        assert page.locator("html").get_attribute("lang").split("-")[0] == own
        link = page.locator("[data-language]")
        assert (link.get_attribute("lang"), link.get_attribute("hreflang")) == (other, other)


# What opens


OPENED = {
    "panel": ("essays/kv-cache/", "document.querySelector('article p .n').click()"),
    "changed": (
        "zh/essays/two-clocks/?batch=4096&precision=bf16",
        "document.querySelector('.scenario-toggle').click()",
    ),
    "impossible": (
        "essays/two-clocks/?accelerator=rtx-4090&chips=1",
        "document.querySelector('.scenario-toggle').click()",
    ),
    "calculator": ("zh/calculator/", "document.querySelectorAll('.compare button')[0].click()"),
    "search": ("zh/essays/kv-cache/", "document.querySelector('[data-search]').click()"),
    "drawer": (
        "essays/empty-seats/",
        "document.querySelectorAll('.top [popovertarget]').forEach((button) => button.checkVisibility() && button.click())",
    ),
    "term": ("essays/kv-cache/", "document.querySelector('.term').click()"),
    "folds": (
        "reference/quantities/",
        "document.querySelectorAll('.room:nth-of-type(-n + 3), .room:nth-of-type(-n + 3) details').forEach((part) => { part.open = true; })",
    ),
    "points": (
        "essays/two-clocks/",
        "document.querySelectorAll('details').forEach((part) => { part.open = true; })",
    ),
    "works": (
        "zh/essays/empty-seats/numbers/",
        "document.querySelectorAll('article .work').forEach((part) => before.delete(part))",
    ),
}


@pytest.mark.parametrize(
    ("what", "size"),
    [
        pytest.param(
            what,
            size,
            marks=() if (number % 2 == 0) == (name == "desktop") else pytest.mark.weekly,
            id=f"{what}-{name}",
        )
        for number, what in enumerate(OPENED)
        for name, size in (("desktop", DESKTOP), ("phone", PHONE))
    ],
)
def test_axe_finds_nothing_in_what_opens(
    what: str, size: dict[str, int], contexts: list[BrowserContext], browser: Browser, address: str
) -> None:
    path, opening = OPENED[what]
    contexts.append(
        browser.new_context(viewport=size, reduced_motion="reduce", color_scheme="light")
    )
    page = contexts[-1].new_page()
    page.goto(f"{address}/{path}", wait_until="networkidle")
    page.evaluate(CLOSED)
    page.evaluate(opening)
    page.wait_for_timeout(300)
    page.wait_for_load_state("networkidle")
    eventually(page, lambda: bool(page.evaluate(NEW)))
    axe.abridge(page, hidden=False)
    assert page.evaluate(NEW), "nothing has opened"
    found = axe.findings(page, within="[data-new]")
    page.emulate_media(color_scheme="dark")
    assert found + axe.findings(page, axe.OF_COLOUR, "[data-new]") == []


CLOSED = "() => { window.before = new Set([...document.querySelectorAll('body *')].filter((part) => part.checkVisibility())); }"
NEW = """() => {
  const open = [...document.querySelectorAll("body *")].filter((part) => part.checkVisibility() && (!before.has(part) || part.matches(".changed, .doubted")));
  for (const part of open) part.toggleAttribute("data-new", !open.includes(part.parentElement));
  return open.length;
}"""
"""Marks what an opening has brought: the page as it was has been looked at."""


def test_a_number_in_the_title_of_a_fold_follows_and_is_no_button_within_a_button() -> None:
    text = '??? question "How many at `{decode_step}`?"\n    `{decode_step}`\n'
    page = Source("it.md", text, ENGINE.scenario, "en", Works("en", ""))
    title, answer = fill(page, Path()).markdown.splitlines()[:2]
    assert '<span data-n="decode_step">' in title and "<button" not in title
    assert '<a class="n"' in answer


# The keyboard


WHERE = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const box = [...focused.getClientRects()].find(({ width }) => width) || focused.getBoundingClientRect();
  const inside = ["header.top", ".contents", "article", "nav.onward", "footer.foot", ".scenario"].find((part) => focused.closest(part)) || "";
  const points = [[0.5, 0.5], [0.1, 0.3], [0.9, 0.7]].map(([x, y]) => [box.left + x * box.width, box.top + y * box.height]);
  const over = (x, y) => document.elementFromPoint(x, y)?.closest("header.top, .scenario");
  const seen = points.some(([x, y]) => x >= 0 && x < innerWidth && y >= 0 && y < innerHeight && (!over(x, y) || over(x, y).contains(focused)));
  return { inside, seen, top: box.top + scrollY, what: focused.outerHTML.slice(0, 100) };
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path",
    each(
        ["essays/two-clocks/", "zh/essays/kv-cache/", "calculator/"],
        ["zh/essays/kv-cache/"],
    ),
)
def test_the_keyboard_goes_through_a_page_as_one_reads_it_and_nothing_covers_its_place(
    path: str, size: dict[str, int], contexts: list[BrowserContext], browser: Browser, address: str
) -> None:
    """Head, text from top to bottom, where to go from here, foot, scenario; and back up again."""
    contexts.append(browser.new_context(viewport=size, reduced_motion="reduce"))
    page = contexts[-1].new_page()
    page.goto(f"{address}/{path}", wait_until="networkidle")
    stops = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate(WHERE)) and len(stops) < 600:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert "skip" in stops[0]["what"]
    order = list(dict.fromkeys(stop["inside"] for stop in stops if stop["inside"] != ".contents"))
    assert (
        order
        == [
            part
            for part in ("header.top", "article", "nav.onward", "footer.foot", ".scenario")
            if part in order
        ]
        and len(order) > 3
    )
    text = [stop for stop in stops if stop["inside"] == "article"]
    assert len(text) > 20
    assert [
        after["what"] for before, after in pairwise(text) if after["top"] < before["top"] - 40
    ] == []
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        stops.append(page.evaluate(WHERE) or stops[0])
    assert [stop["what"] for stop in stops if not stop["seen"]] == []


# The pointer


HOVER = """() => [...document.styleSheets].flatMap(function rules(sheet) { return [...sheet.cssRules].flatMap((rule) => rule.cssRules?.length ? [rule, ...rules(rule)] : [rule]); })
  .filter((rule) => rule.selectorText?.includes(":hover"))
  .filter((rule) => ["display", "visibility", "opacity", "content", "height", "max-height", "clip", "clip-path", "content-visibility"].some((name) => rule.style.getPropertyValue(name)))
  .map((rule) => rule.selectorText).filter((selector) => !selector.includes(":focus"))"""


def test_nothing_is_shown_to_a_pointer_alone(
    contexts: list[BrowserContext], browser: Browser, address: str
) -> None:
    """Each rule that shows something at a pointer shows it at the focus, too."""
    contexts.append(browser.new_context())
    page = contexts[-1].new_page()
    for path in ("essays/kv-cache/", "roadmap/", "calculator/"):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        assert page.evaluate(
            "[...document.styleSheets].some((sheet) => sheet.cssRules.length > 50)"
        )
        assert page.evaluate(HOVER) == []


# Colours that the device forces


FORCED = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = (colour) => { const [r, g, b] = channels(colour); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const against = (colour) => { const [low, high] = [light(colour), ground].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
  const faint = [];
  for (const part of document.querySelectorAll(".figure svg :is(path, text, circle), .series-map path")) {
    const { stroke, fill, fillOpacity, display } = getComputedStyle(part);
    const seen = [stroke, fill].filter((colour) => colour !== "none");
    if (display !== "none" && seen.length && fillOpacity > 0.3 && !seen.some((colour) => against(colour) >= 3)) faint.push(part.outerHTML.slice(0, 120) + stroke + fill);
  }
  const changed = document.querySelector("p .n.changed"), plain = document.querySelector("p .n:not(.changed)");
  const mark = (part) => { const style = getComputedStyle(part); return [style.textDecorationLine, style.textDecorationStyle, style.borderBottomStyle, style.outlineStyle, style.fontWeight, style.backgroundColor].join(); };
  return { faint, changed: changed && mark(changed), plain: plain && mark(plain), bar: getComputedStyle(document.querySelector(".scenario")).borderTopStyle };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    each(
        ["essays/two-clocks/?batch=16", "zh/essays/empty-seats/?batch=64", "calculator/?batch=64"],
        ["essays/two-clocks/?batch=16"],
    ),
)
def test_colours_that_the_device_forces_leave_charts_and_what_has_changed_to_be_seen(
    path: str, scheme: str, contexts: list[BrowserContext], browser: Browser, address: str
) -> None:
    contexts.append(
        browser.new_context(forced_colors="active", color_scheme=scheme, viewport=DESKTOP)
    )
    page = contexts[-1].new_page()
    page.goto(f"{address}/{path}", wait_until="networkidle")
    page.wait_for_selector(".scenario")
    page.wait_for_selector("p .n.changed")
    seen = page.evaluate(FORCED)
    assert seen["faint"] == []
    assert seen["changed"] and "underline" in seen["changed"] and seen["changed"] != seen["plain"]
    assert seen["bar"] == "solid"
