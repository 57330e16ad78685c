"""What pages weigh on the way to a reader, and that nothing moves under a reader's eyes."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.host import Host, compressed, hosted
from tests.kinds import pages, title
from tests.often import each

KB = 1024
PAGE = 30 * 1024
"""The HTML of an essay, compressed, with its figures, each drawn for a desktop and for a phone."""
BYTES = 150_000
"""The same before compression: the heaviest has 111,000."""
OWN = 33 * KB
"""The styles and scripts that a first page loads; a quarter of them are the catalogue's rows, and one KB gives panels
addresses and the way back."""
MORE = {"calculator/": 18 * KB, "": 9 * KB}
"""What some pages add to them: the calculator's controls stand open, its charts can be told to plot anything, and every
floor has its expectation beside it; on the home page a chart that follows its handle is in sight at once."""
ALL = 200 * KB
"""A first page with everything that it loads."""

ELEMENTS = 3_500
"""An essay with its figures: the heaviest has 1,200."""

LANGUAGES = ("", "zh/")
SEEN = (
    *pages("home"),
    *(f"essays/{slug}/" for slug in ("two-clocks", "kv-cache", "empty-seats")),
    *pages("calculator", "roadmap", "models", "scoreboard", "glossary"),
)


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    """The site where nothing has been asked for yet."""
    with hosted(site) as fresh:
        yield fresh


def test_an_essay_and_its_figures_are_one_small_file(site: Path) -> None:
    essays = [*site.glob("essays/*/index.html"), *site.glob("zh/essays/*/index.html")]
    weights = {path.relative_to(site).as_posix(): len(compressed(path)) for path in essays}
    assert len(weights) >= 6
    assert {page: weight for page, weight in weights.items() if weight > PAGE} == {}


class Elements(HTMLParser):
    """Counts the elements of a page: what a browser has to lay out, and a search for one has to pass."""

    def __init__(self, html: str):
        super().__init__()
        self.count = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more."""
        self.count += 1


def test_an_essay_has_no_more_elements_than_a_phone_can_lay_out(site: Path) -> None:
    essays = [*site.glob("essays/*/index.html"), *site.glob("zh/essays/*/index.html")]
    counts = {
        path.relative_to(site).as_posix(): Elements(path.read_text("utf-8")).count
        for path in essays
    }
    assert min(counts.values()) > 500
    assert max(path.stat().st_size for path in essays) <= BYTES
    assert {page: count for page, count in counts.items() if count > ELEMENTS} == {}


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        pytest.param(
            kind,
            language,
            marks=() if number % 2 == bool(language) else pytest.mark.weekly,
            id=f"{title(kind)}-{language[:2] or 'en'}",
        )
        for number, kind in enumerate(SEEN)
        for language in LANGUAGES
    ],
)
def test_a_first_page_is_light_and_asks_nobody_else(
    kind: str, language: str, browser: Browser, host: Host
) -> None:
    """Nothing kept, and as long as the page likes to go on loading."""
    context = browser.new_context()
    page = context.new_page()
    strangers: list[str] = []
    page.on(
        "request",
        lambda request: (
            strangers.append(request.url)
            if not request.url.startswith((host.address, "data:", "blob:"))
            else None
        ),
    )
    page.goto(f"{host.address}/{language}{kind}", wait_until="networkidle")
    context.close()
    assert strangers == []
    assert 3 * KB < host.weight(".css", ".js") <= OWN + MORE.get(kind, 0), host.sent
    assert 8 * KB < host.weight() <= ALL, host.sent


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "zh"])
def test_a_second_page_costs_its_html_and_its_own_formulas(
    language: str, browser: Browser, host: Host
) -> None:
    """From one essay to the next: its HTML and some 3 KB of formulas; the styles and the engine are there already."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host.address}/{language}essays/two-clocks/", wait_until="networkidle")
    page.locator(
        "a.onward-after"
    ).scroll_into_view_if_needed()  # the end of an essay marks it as read, with a script of its own
    page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")
    before = len(host.sent)
    page.locator("a.onward-after").click()
    page.wait_for_url("**/kv-cache/")
    page.wait_for_selector(".scenario")
    page.wait_for_load_state("networkidle")
    context.close()
    host.sent = [
        (path, size) for path, size in host.sent[before:] if path != "/assets/favicon.svg"
    ]  # which a browser gets when it likes
    assert {path for path, _ in host.sent} == {
        f"/{language}essays/kv-cache/",
        f"/{language}assets/pages/essays-kv-cache.js",
    }
    assert host.weight() <= PAGE + 4 * KB


SETTLING = 0.02
"""How far all that moves on a page may move, as browsers count layout shift."""

SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) if (!hadRecentInput) window.shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 90) || node?.nodeName)]);
  }).observe({ type: "layout-shift", buffered: true });
"""


def read_on(page: Page) -> None:
    """Down the page by the screen, and up a bit."""
    for _ in range(12):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(60)
    page.mouse.wheel(0, -900)
    page.wait_for_timeout(200)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path",
    each(
        [
            "essays/kv-cache/",
            "zh/essays/two-clocks/",
            "calculator/",
            "zh/calculator/",
            "",
            "zh/reference/models/",
        ],
        ["zh/essays/two-clocks/", "calculator/", "zh/reference/models/"],
    ),
)
def test_nothing_moves_while_a_page_loads_and_is_read(
    path: str, width: int, browser: Browser, host: Host
) -> None:
    """The scenario bar as it comes, the calculator's controls, a long table, the header on its way out and in.

    A slow machine paints a long table before its last rows are there, and its columns settle: a fiftieth in all, where
    0.1 counts as good. On a quick one nothing moves.
    """
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(f"{host.address}/{path}", wait_until="networkidle")
    read_on(page)
    found = page.evaluate("window.shifts")
    context.close()
    assert sum(value for value, *_ in found) <= SETTLING, found
