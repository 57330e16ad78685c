"""What stands around every page: palette, drawer, contents, measure and colours, zoom, paper, weight, links from a folder."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hooks.page.frames import framed
from hooks.site.assets import asset_texts, ships
from tests.conftest import eventually
from tests.kinds import pages, title
from tests.often import each
from tests.test_site import BOTH, ESSAYS

CSS = asset_texts()["assets/site.css"]


# What the build makes of styles and tables


@pytest.mark.parametrize(
    ("table", "frame"),
    [
        (
            "<table>\n<tr><td>1</td></tr>\n</table>",
            '<div class="frame" tabindex="0" role="group" aria-label="Table">',
        ),
        (
            '<table>\n<tr><td><button type="button">1</button></td></tr>\n</table>',
            '<div class="frame">',
        ),
    ],
)
def test_a_table_scrolls_in_a_frame_that_a_keyboard_reaches(table: str, frame: str) -> None:
    assert (
        framed(f"<p>a</p>\n{table}\n<p>b</p>", "en") == f"<p>a</p>\n{frame}{table}</div>\n<p>b</p>"
    )


def test_a_name_in_a_cell_parts_behind_its_underscores() -> None:
    table = "<table><tr><td><code>num_kv_heads</code> a_b</td></tr></table>"
    assert "<code>num_<wbr>kv_<wbr>heads</code> a_b" in framed(table, "en")


def test_a_table_that_has_a_frame_gets_no_other() -> None:
    html = "<div class='points-scroll'><table><tr><td>1</td></tr></table></div>"
    assert framed(html, "en") == html


def test_code_that_may_be_wider_than_a_phone_can_be_reached() -> None:
    assert framed(f"<pre><span></span><code>{'x' * 60}\n</code></pre>", "en").startswith(
        '<pre tabindex="0">'
    )
    assert framed(
        f"<pre><span></span><code>{'x' * 20}\n{'y' * 20}\n</code></pre>", "en"
    ).startswith("<pre><span>")


# The colours

PAIRS = [
    (text, ground, 4.5)
    for text in ("ink", "faint", "accent", "warn")
    for ground in ("ground", "raised", "sunk")
]
PAIRS += [("edge", "ground", 3.0), ("edge", "raised", 3.0), ("fig-faint", "ground", 3.0)]
PAIRS += [
    (f"fig-{role}", ground, 4.5)
    for role in ("ink", "compute", "weights", "kv", "network")
    for ground in ("ground", "raised")
]


def tokens(selector: str) -> dict[str, str]:
    """The colours of the palette that a selector sets."""
    block = re.search(re.escape(selector) + r"\{([^}]*)\}", CSS)
    assert block, selector
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})(?![0-9a-f])", block[1]))


LIGHT, DARK = tokens(":root"), tokens(':root[data-palette="dark"]')


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_what_is_to_be_seen_stands_out(
    palette: dict[str, str], text: str, ground: str, least: float
) -> None:
    assert contrast(palette[text], palette[ground]) >= least


def test_the_dark_palette_is_one_for_those_who_chose_it_and_those_whose_device_did() -> None:
    assert tokens(':root:not([data-palette="light"])') == DARK and DARK.keys() == LIGHT.keys()


# What the site ships


def test_nothing_of_the_theme_is_shipped_that_no_page_loads(site: Path) -> None:
    assert not ships("assets/javascripts/bundle.0.min.js") and ships("assets/favicon.svg")
    assert [
        path
        for path in site.rglob("*")
        if re.search(
            r"javascripts|stylesheets|lunr|bundle|styles/", path.relative_to(site).as_posix()
        )
    ] == []


@pytest.mark.parametrize("path", [*BOTH, "calculator/", "zh/roadmap/"])
def test_a_page_loads_our_stylesheet_and_scripts_alone(path: str, site: Path) -> None:
    """Whatever it names is there; one stylesheet blocks an essay, and no script stands in its way."""
    text = (site / path / "index.html").read_text("utf-8")
    found = re.findall(r'<(?:script[^>]*? src|link rel="(?:stylesheet|icon)" href)="([^"?]*)', text)
    for address in found:
        assert (site / path / address).resolve().is_file(), address
    assert {Path(address).name for address in found if address.endswith(".css")} == (
        {"site.css"}
        if "essays/" in path
        else {"site.css", "rooms.css", *(["markup.css"] if "writing" in path else [])}
    )
    assert all(" defer" in script for script in re.findall(r"<script[^>]* src=[^>]*>", text))
    assert "__config" not in text and "__md_scope" not in text


@pytest.mark.parametrize("prefix", ["", "zh/"])
@pytest.mark.parametrize("slug", ESSAYS)
def test_an_essays_styles_and_scripts_are_light(slug: str, prefix: str, site: Path) -> None:
    """The first load at most 34.5 KiB in all, the stylesheet 9, the site's script 1.5."""
    folder = site / prefix / "essays" / slug
    found = re.findall(
        r'<(?:script[^>]*? src|link rel="stylesheet" href)="([^"?]*)',
        (folder / "index.html").read_text("utf-8"),
    )
    sizes = {
        Path(address).name: len(gzip.compress((folder / address).resolve().read_bytes(), 9))
        for address in found
    }
    # two for the addresses of panels and the handles of timelines, one for touch and dashes
    assert sum(sizes.values()) <= 34.5 * 1024, sizes
    assert sizes["site.css"] <= 9 * 1024 and sizes["site.js"] <= 1.5 * 1024


# In the reader's browser


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Closes what a test has opened."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def page(browser: Browser, contexts: list[BrowserContext]) -> Page:
    """A fresh desktop page."""
    contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
    return contexts[-1].new_page()


@pytest.fixture
def phone(browser: Browser, contexts: list[BrowserContext]) -> Page:
    """A fresh page on a phone."""
    contexts.append(browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True))
    return contexts[-1].new_page()


GROUND = "() => getComputedStyle(document.body).backgroundColor"


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"


def test_the_palette_goes_round_and_stays(page: Page, address: str) -> None:
    """Automatic, light, dark; the next page has it, in the other language too."""
    page.goto(f"{address}/essays/kv-cache/")
    turn = page.locator("[data-palette-switch]")
    assert turn.get_attribute("aria-label") == "Palette: automatic"
    turn.click()
    assert page.evaluate(GROUND) == rgb(LIGHT["ground"])
    turn.click()
    assert turn.get_attribute("aria-label") == "Palette: dark" and page.evaluate(GROUND) == rgb(
        DARK["ground"]
    )
    page.goto(f"{address}/zh/roadmap/")
    assert (
        page.evaluate(GROUND) == rgb(DARK["ground"])
        and turn.get_attribute("aria-label") == "配色: 深色"
    )
    turn.click()
    page.reload()
    assert (
        page.evaluate(GROUND) == rgb(LIGHT["ground"])
        and turn.get_attribute("aria-label") == "配色: 自动"
    )


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_a_palette_is_there_before_anything_is_painted(
    chosen: str, browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    """Against what the device prefers, and without the script that comes later."""
    other = "dark" if chosen == "light" else "light"
    contexts.append(browser.new_context(color_scheme=other))  # type: ignore[arg-type]
    page = contexts[-1].new_page()
    page.route("**/site.js*", lambda route: route.abort())
    page.add_init_script(f"localStorage.setItem('worked-out.palette', '{chosen}')")
    page.goto(f"{address}/essays/kv-cache/")
    assert page.evaluate(GROUND) == rgb((LIGHT if chosen == "light" else DARK)["ground"])


def test_a_device_that_is_dark_needs_no_script(
    browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(browser.new_context(color_scheme="dark", java_script_enabled=False))
    page = contexts[-1].new_page()
    page.goto(f"{address}/")
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == rgb(
        DARK["ground"]
    )
    assert page.locator("[data-palette-switch]").is_hidden()


def test_a_reader_whose_device_keeps_nothing_changes_the_palette_all_the_same(
    page: Page, address: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    )
    page.goto(f"{address}/roadmap/")
    page.locator("[data-palette-switch]").click(click_count=2)
    assert (
        page.evaluate(GROUND) == rgb(DARK["ground"])
        and [error for error in errors if "shell" in error] == []
    )


def test_the_drawer_opens_and_closes_by_keyboard(phone: Page, address: str) -> None:
    """Enter opens it, Tab walks through every place, Escape closes it and the focus is back."""
    phone.goto(f"{address}/essays/kv-cache/")
    drawer = phone.locator(".drawer")
    expect(phone.locator("#places")).to_be_hidden()
    drawer.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#places")).to_be_visible()
    walked = []
    for _ in range(phone.locator("#places a:visible").count()):
        phone.keyboard.press("Tab")
        walked.append(phone.evaluate("document.activeElement.textContent"))
    assert (
        walked[:3] == ["Essays", "Questions", "Atlas"] and "Models" in walked and len(walked) >= 9
    )
    phone.keyboard.press("Escape")
    expect(phone.locator("#places")).to_be_hidden()
    assert drawer.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("width", [390, 1280])
def test_every_place_is_reached_without_a_script(
    width: int, browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(
        browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    )
    page = contexts[-1].new_page()
    page.goto(f"{address}/essays/kv-cache/")
    page.locator(".drawer" if width < 960 else ".room > button").click()
    page.locator("#reference").get_by_role("link", name="Models").click()
    expect(page.locator("h1")).to_have_text("Models")
    page.locator(".kin").get_by_role("link", name="Accelerators").click()
    expect(page.locator("h1")).to_have_text("Accelerators")


def test_the_contents_mark_the_section_that_is_read(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    links = page.locator(".contents a")
    assert links.first.is_visible() and page.locator(".contents [aria-current]").count() == 0
    links.nth(3).click()
    expect(page.locator(".contents [aria-current]")).to_have_text(links.nth(3).inner_text())
    assert (
        page.locator(".contents").evaluate("element => getComputedStyle(element).position")
        == "absolute"
    )
    heading = page.locator("article h2").nth(3).bounding_box()
    assert heading and 56 <= heading["y"] < 300


def test_on_a_phone_the_contents_are_folded_below_the_head(phone: Page, address: str) -> None:
    phone.goto(f"{address}/zh/essays/kv-cache/")
    assert phone.locator(".contents a").first.is_hidden()
    phone.locator(".contents summary").click()
    phone.locator(".contents a").nth(2).click()
    expect(phone.locator("article h2").nth(2)).to_be_in_viewport()


def test_on_a_phone_the_header_leaves_while_one_reads_on_and_comes_back(
    phone: Page, address: str
) -> None:
    phone.goto(f"{address}/essays/kv-cache/")
    phone.evaluate("scrollTo(0, 1500)")
    expect(phone.locator(".top .name")).not_to_be_in_viewport()
    phone.evaluate("scrollTo(0, 1300)")
    expect(phone.locator(".top .name")).to_be_in_viewport()


def test_skipping_leads_to_the_text(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/essays/kv-cache/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert (
        skip.evaluate("element => element === document.activeElement")
        and skip.inner_text() == "跳到正文"
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


# Typography

LINES = """() => [...document.querySelectorAll("article > p")].filter((part) => part.textContent.length > 150).flatMap((part) => {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), range = document.createRange(), lines = new Map(), high = parseFloat(getComputedStyle(part).lineHeight);
  const top = part.getBoundingClientRect().top;
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.data.length; at++) {
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const box = range.getBoundingClientRect(), line = Math.floor((box.top + box.height / 2 - top) / high);
    if (box.width) lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines.values()].slice(0, -1);
})"""


def test_a_line_holds_about_seventy_letters(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        lines = page.evaluate(LINES)
        assert len(lines) > 50 and 62 <= sum(lines) / len(lines) <= 78


def test_a_line_holds_about_36_han(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/essays/kv-cache/")
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        wide, size = page.locator("article > p").first.evaluate(
            "part => [part.clientWidth, parseFloat(getComputedStyle(part).fontSize)]"
        )
        assert 34 <= wide / size <= 38


@pytest.mark.parametrize(("prefix", "leading"), [("", 1.6), ("zh/", 1.85)])
def test_prose_is_large_and_each_language_has_its_leading(
    prefix: str, leading: float, page: Page, address: str
) -> None:
    page.goto(f"{address}/{prefix}essays/two-clocks/")
    for width in (320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        size, high = page.locator("article > p").first.evaluate(
            "part => [getComputedStyle(part).fontSize, getComputedStyle(part).lineHeight].map(parseFloat)"
        )
        assert size >= 17 and abs(high / size - leading) < 0.05


def test_chinese_text_is_set_as_chinese(page: Page, address: str) -> None:
    """Spacing between scripts, strict line breaks, no slanted Han, no script mistaken for the other."""
    page.goto(f"{address}/zh/essays/kv-cache/")
    style = page.locator("article > p").first.evaluate(
        "part => { const { textAutospace, lineBreak, fontFamily } = getComputedStyle(part); return [textAutospace, lineBreak, fontFamily]; }"
    )
    assert (
        style[0] in ("normal", None)
        and style[1] == "strict"
        and style[2].startswith('"PingFang SC"')
    )
    slant = page.locator("article > p").first.evaluate(
        "part => getComputedStyle(part.appendChild(document.createElement('em'))).fontStyle"
    )
    assert slant == "normal"


ASTRAY = """() => [...document.querySelectorAll("article > p, article > ul > li")].flatMap((part) => {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), range = document.createRange(), marks = [];
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.data.length; at++) {
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const box = range.getBoundingClientRect();
    if (box.width) marks.push([walker.currentNode.data[at], box.top + box.height / 2]);
  }
  const below = (one, other) => other[1] - one[1] > 12;
  return marks.filter((mark, at) => (at && "，。、；：？！）」』”’》".includes(mark[0]) && below(marks[at - 1], mark)) || (marks[at + 1] && "（「『“‘《".includes(mark[0]) && below(mark, marks[at + 1])))
    .map(([sign]) => sign + part.textContent.slice(0, 40));
})"""


@pytest.mark.parametrize("slug", each(ESSAYS, ["kv-cache"]))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(
    slug: str, page: Page, address: str
) -> None:
    """In Chinese, beside numbers that are buttons as everywhere else."""
    page.goto(f"{address}/zh/essays/{slug}/")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(ASTRAY) == []


def test_figures_and_tables_reach_further_than_prose_and_their_figures_stand_in_columns(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    wide = {
        name: page.locator(f"article > {name}").first.evaluate(
            "part => part.getBoundingClientRect().width"
        )
        for name in ("p", ".figure", ".frame")
    }
    assert wide["p"] < wide[".figure"] <= wide[".frame"] < 1.3 * wide["p"]
    assert "tabular-nums" in page.locator("article td").first.evaluate(
        "cell => getComputedStyle(cell).fontVariantNumeric"
    )
    assert "tabular-nums" in page.locator("article p .n").first.evaluate(
        "button => getComputedStyle(button).fontVariantNumeric"
    )


# Everyone


@pytest.mark.parametrize(
    "path",
    [
        *pages("home", "essay", "calculator", "quantities", "roadmap", "atlas"),
        *(f"zh/{page}" for page in pages("essay", "models", "operator")),
    ],
    ids=title,
)
def test_at_400_percent_nothing_scrolls_sideways_but_tables_figures_and_code(
    path: str, page: Page, address: str
) -> None:
    """1280 px wide at 400 % are 320 of the page's own."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{address}/{path}", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_colours_that_the_device_forces_leave_numbers_controls_and_charts_visible(
    browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(
        browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    )
    page = contexts[-1].new_page()
    page.goto(f"{address}/essays/kv-cache/?chips=8")
    assert (
        page.locator("article p .n.changed").first.evaluate(
            "button => getComputedStyle(button).textDecorationStyle"
        )
        == "double"
    )
    underline, edge, line = page.evaluate("""() => [
      getComputedStyle(document.querySelector("article p .n:not(.changed)")).textDecorationLine,
      getComputedStyle(document.querySelector(".scenario")).borderTopStyle,
      getComputedStyle(document.querySelector(".figure svg path[style*=stroke]")).stroke]""")
    assert (
        underline == "underline" and edge == "solid" and line not in ("none", page.evaluate(GROUND))
    )


STROKES = """() => [...document.querySelectorAll('.figure svg.wide')].map((svg) => [...svg.querySelectorAll('path[style*="stroke-width:2.2"]')]
  .filter((line) => line.getAttribute('display') !== 'none')
  .map((line) => [/--fig-\\w+/.exec(line.getAttribute('style'))[0], getComputedStyle(line)])
  .map(([role, { stroke, strokeDasharray }]) => [role, stroke + ' ' + strokeDasharray]))"""


@pytest.mark.parametrize("path", ["essays/levers/", "essays/kv-cache/", "essays/two-clocks/"])
def test_lines_of_a_chart_stay_apart_in_colours_that_the_device_forces(
    path: str, browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(browser.new_context(forced_colors="active"))
    page = contexts[-1].new_page()
    page.goto(f"{address}/{path}", wait_until="networkidle")
    charts = [dict(lines) for lines in page.evaluate(STROKES)]
    assert max(map(len, charts)) > 1
    assert [lines for lines in charts if len(set(lines.values())) < len(lines)] == []


FILLS = """() => [...document.querySelectorAll('.figure svg.wide')].map((svg) => [...svg.querySelectorAll('path[style$="-opacity:0.28"]')]
  .map((shape) => [/--fig-\\w+/.exec(shape.getAttribute('style'))[0], getComputedStyle(shape).fill])
  .map(([role, fill]) => [role, /url/.test(fill) && document.querySelector('pattern' + /#[\\w-]+/.exec(fill)[0]) ? fill : 'none']))"""


@pytest.mark.parametrize("path", ["essays/levers/", "essays/kv-cache/", "essays/empty-seats/"])
def test_areas_and_bars_stay_apart_in_colours_that_the_device_forces(
    path: str, browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(browser.new_context(forced_colors="active"))
    page = contexts[-1].new_page()
    page.goto(f"{address}/{path}", wait_until="networkidle")
    charts = [dict(shapes) for shapes in page.evaluate(FILLS)]
    assert max(map(len, charts)) > 2
    assert [fills for fills in charts if len(set(fills.values())) < len(fills)] == []


def test_what_opens_a_number_and_what_explains_a_word_are_told_apart(
    page: Page, address: str
) -> None:
    """As the home page says it: dots and dashes."""
    page.goto(f"{address}/essays/kv-cache/")
    style = "one => getComputedStyle(one).textDecorationStyle"
    kinds = [
        {one.evaluate(style) for one in page.locator(f"article {kind}").all()[:40]}
        for kind in (".n:not(.changed)", ".term")
    ]
    assert kinds == [{"dotted"}, {"dashed"}]
    page.goto(f"{address}/")
    expect(page.locator("article")).to_contain_text("Dots underneath mean open")
    expect(page.locator("article")).to_contain_text("Dashes under a word")


def test_reduced_motion_moves_nothing(
    browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(
        browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    )
    page = contexts[-1].new_page()
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((part) => { const style = getComputedStyle(part); return style.transitionDuration !== "0s" || style.animationName !== "none" || style.scrollBehavior === "smooth"; }).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", each(["", "essays/kv-cache/", "calculator/", "zh/calculator/"], ["zh/calculator/"])
)
def test_nothing_moves_while_a_page_comes(path: str, width: int, page: Page, address: str) -> None:
    """The bar, the controls and the contents have their places before they are there."""
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const shift of list.getEntries()) moved += shift.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(f"{address}/{path}", wait_until="networkidle")
    expect(page.locator(".scenario")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == 0


def test_what_has_the_focus_is_hidden_by_nothing(phone: Page, address: str) -> None:
    """Forwards and backwards through an essay: neither the header nor the bar covers it."""
    phone.emulate_media(reduced_motion="reduce")
    phone.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    hidden = """() => {
      const focused = document.activeElement, box = focused.getBoundingClientRect();
      if (focused.closest(".top, .scenario") || !box.width) return "";
      const seen = document.elementFromPoint(box.left + Math.min(box.width, innerWidth) / 2, box.top + box.height / 2);
      return seen && (focused.contains(seen) || seen.contains(focused)) ? "" : focused.outerHTML.slice(0, 80);
    }"""
    for key, times in (("Tab", 60), ("Shift+Tab", 40)):
        for _ in range(times):
            phone.keyboard.press(key)
            assert phone.evaluate(hidden) == ""


def test_targets_are_large_enough(phone: Page, address: str) -> None:
    """Header, contents, neighbours, footer and bar: 24 px or more each way; numbers in a sentence are exempt."""
    phone.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    phone.locator(".contents summary").click()
    small = phone.locator(
        ":is(.top, .contents, .foot, .scenario) :is(a, button, summary):visible, .onward > a"
    ).evaluate_all(
        "parts => parts.map((part) => [part.textContent.trim(), part.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"
    )
    assert small == []


# Paper, and a folder


@pytest.mark.parametrize("chosen", ["", "dark"])
def test_paper_is_light_has_no_chrome_and_every_answer(
    chosen: str, browser: Browser, contexts: list[BrowserContext], address: str
) -> None:
    contexts.append(browser.new_context(color_scheme="dark"))
    page = contexts[-1].new_page()
    page.add_init_script(f"localStorage.setItem('worked-out.palette', '{chosen}')")
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    page.emulate_media(media="print")
    assert page.locator("article > p").first.evaluate(
        "part => getComputedStyle(part).color"
    ) == rgb(LIGHT["ink"])
    for chrome in (".top", ".foot", ".scenario", ".contents", ".onward"):
        assert page.locator(chrome).is_hidden(), chrome
    assert all(answer.is_visible() for answer in page.locator("article details details p").all())
    assert (
        page.locator("article a[href^='https://']")
        .first.evaluate("link => getComputedStyle(link, '::after').content")
        .find("https://")
        > 0
    )
    assert (
        page.locator("article > .figure").first.evaluate(
            "part => getComputedStyle(part).breakInside"
        )
        == "avoid"
    )


def test_an_essay_prints_alone_or_with_its_numbers(page: Page, address: str) -> None:
    """Its numbers follow on a page of their own, once, and are gone when it is printed; without scripts a link leads to them."""
    page.add_init_script(
        "window.print = () => { printed.push(document.querySelectorAll('.works .work').length); }; window.printed = [];"
    )
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    line = page.locator("[data-print]")
    assert line.get_by_role("link").get_attribute("href") == "numbers/"
    line.get_by_role("button", name="Print", exact=True).click()
    line.get_by_role("button", name="Print with its numbers").click()
    expect(page.locator(".appended")).to_have_count(1)
    alone, with_numbers = page.evaluate("printed")
    assert (alone, with_numbers > 20) == (0, True)
    page.emulate_media(media="print")
    works = page.locator(".works")
    assert (
        works.is_visible()
        and works.evaluate("part => getComputedStyle(part).breakBefore") == "page"
    )
    page.emulate_media(media="screen")
    assert works.is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert works.count() == 0


def test_links_lead_from_page_to_page_in_a_folder(
    browser: Browser, contexts: list[BrowserContext], site: Path
) -> None:
    """Home, an essay, the other language, its roadmap: each is the page itself and no list of files."""
    contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
    page = contexts[-1].new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "index.html").as_uri())
    page.locator("ol.essays a[href*=kv-cache]").first.click()
    page.wait_for_url("**/essays/kv-cache/index.html")
    page.locator("[data-language]").click()
    page.wait_for_url("**/zh/essays/kv-cache/index.html")
    page.locator("#places").get_by_role("link", name="路线图").click()
    page.wait_for_url("**/zh/roadmap/index.html")
    assert page.locator("h1").inner_text() == "全系列地图" and errors == []


# Ahead of the reader


def test_a_page_that_the_pointer_rests_on_is_fetched_ahead(page: Page, address: str) -> None:
    asked: list[str] = []
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".onward-after").hover()
    eventually(page, lambda: bool(asked))
    page.wait_for_timeout(400)
    assert asked == [f"{address}/essays/empty-seats/"]


def test_a_reader_who_saves_data_fetches_nothing_ahead(page: Page, address: str) -> None:
    asked: list[str] = []
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    page.on(
        "request",
        lambda request: (
            asked.append(request.url)
            if request.is_navigation_request() or "/essays/" in request.url
            else None
        ),
    )
    page.locator(".onward-after").hover()
    page.wait_for_timeout(400)
    assert asked == []
