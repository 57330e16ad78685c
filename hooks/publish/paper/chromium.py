"""Chromium as a printer and a camera: a document in, a PDF or a picture out."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright
from pypdf import PdfReader

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


PRINTS = 3
"""Of a document that names its own pages; more than two would be a page that goes to and fro."""


GROUNDS = """() => {
    for (const text of document.querySelectorAll("svg text[style*='paint-order']")) {
        const {x, y, width, height} = text.getBBox();
        const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const given = {x, y: y + height * 0.18, width, height: height * 0.68, fill: "#ffffff"};
        if (text.hasAttribute("transform")) given.transform = text.getAttribute("transform");
        for (const [name, value] of Object.entries(given)) ground.setAttribute(name, value);
        text.style.stroke = "none";
        text.before(ground);
    }
}"""
"""Gives labels a ground in place of a halo, which the printer would write as a second text."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own browser, or the one that Playwright keeps. Raises ValueError where there is
    neither.
    """
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error as error:
            raise ValueError(
                "no Chromium to print with; `playwright install chromium` brings one"
                f" ({error.message.splitlines()[0]})"
            ) from error
        yield browser
        browser.close()


def print_pdf(browser: Browser, write: Callable[[dict[str, int]], str]) -> bytes:
    """The PDF of a document that names its own pages: `write` is told the page of every link's
    target once a print has them, and again where naming them has moved one.
    """
    with _page(browser) as page:
        pages = link_pages(_print(page, write({}), draft=True))
        for _ in range(PRINTS):
            pdf = _print(page, write(pages))
            if (found := link_pages(pdf)) == pages:
                break
            pages = found
        return pdf


def photographed(browser: Browser, html: str, across: int, down: int) -> bytes:
    """A PNG of a document's first screen, twice as many dots each way as CSS pixels."""
    with _page(browser, across, down) as page:
        _show(page, html)
        return page.screenshot(clip={"x": 0, "y": 0, "width": across, "height": down})


def link_pages(pdf: bytes) -> dict[str, int]:
    """The page, counted from 1, of each place that a link of a PDF leads to."""
    reader = PdfReader(BytesIO(pdf))
    found = {
        name.removeprefix("/"): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    return {name: page + 1 for name, page in found.items() if page is not None}


@contextmanager
def _page(browser: Browser, across: int = 800, down: int = 1000) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": across, "height": down},
        device_scale_factor=2,
        color_scheme="light",
        offline=True,
    )
    yield context.new_page()
    context.close()


def _print(page: Page, html: str, draft: bool = False) -> bytes:
    _show(page, html)
    page.evaluate(GROUNDS)
    return page.pdf(
        prefer_css_page_size=True, print_background=True, outline=not draft, tagged=not draft
    )


def _show(page: Page, html: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder
    ):  # a document of its own address, so that its links are links within it
        file = Path(folder) / "book.html"
        file.write_text(html, "utf-8")
        page.goto(file.as_uri())
