"""Golden pages: what a writer writes, what comes out in both languages, and what the problems say."""

import os
from pathlib import Path

import pytest

from hooks.engine import Engine
from hooks.formula.evaluate import Given
from hooks.page.fill import Page
from hooks.page.panels import LIMIT, Panel, Panels
from hooks.page.reference import parse
from hooks.page.scan import scan
from hooks.page.work import Works, with_short_ids
from hooks.series import front_matter

HERE = Path(__file__).parent
CASES = sorted(path.stem for path in (HERE / "pages").glob("*.md") if "." not in path.stem)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The toy house: two vans, three quantities."""
    house = Engine(HERE / "toy")
    assert house.problems == []
    return house


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES)
def test_page_is_filled_as_its_golden_file_says(case: str, language: str, engine: Engine) -> None:
    """Markdown and problems, to the letter. `UPDATE_GOLDEN=1` writes them anew: read the difference."""
    path = HERE / "pages" / f"{case}.md"
    text = path.read_text("utf-8")
    page = Page(f"pages/{case}.md", text, engine.scenario, language, Works(language, "/source/"))
    page.set_scenario(front_matter(text).get("scenario") or {})
    filled = page.fill(path.parent)
    figures = "".join(
        f"{request.token}: {request.path.name}: {request.alt}\n" for request in filled.figures
    )
    problems = "".join(f"{problem}\n" for problem in filled.problems)
    golden(
        HERE / "pages" / f"{case}.{language}.golden",
        f"{with_short_ids(filled.markdown)}\n--- figures\n{figures}--- problems\n{problems}",
    )


def test_panels_open_every_number(engine: Engine) -> None:
    """The panels of a page, to the letter: formula, values, inputs, sources, and a way out."""
    page = Page(
        "p.md",
        "`{time}` `{time(trips=3) / time}` `{pace}`",
        engine.scenario,
        "en",
        Works("en", "/source/"),
    )
    golden(
        HERE / "pages" / "panels.en.golden",
        with_short_ids(page.fill(HERE).works.html())
        .replace("<div", "\n<div")
        .replace("<li>", "\n<li>")
        + "\n",
    )


def test_equal_panels_open_their_inputs_wherever_they_are_asked_for(engine: Engine) -> None:
    """A panel that one page has rendered for its own scenario is another page's for a pinned one, and so is all that it opens."""
    panels = Panels()

    def works(text: str, given: Given) -> str:
        page = Page("p.md", text, engine.scenario.but(given), "en", Works("en", "/source/", panels))
        return page.fill(HERE).works.html()

    assert (
        works("`{time}`", {"trips": 3.0})
        == works("`{time(trips=3)}`", {})
        == works("`{time(trips=3)}`", {"trips": 4.0})
    )


def test_a_panel_is_rendered_anew_once_what_it_rests_on_has_changed(engine: Engine) -> None:
    """Its number may be the same; its stamp is not."""
    panels, stamps = Panels(), iter("aabb")
    rendered = [
        Works("en", "/source/", panels, stamp=lambda _, now=now: now)._tree(
            "w", parse("trips", engine.scenario), engine.scenario, 1
        )
        for now in stamps
    ]
    assert rendered[0] is rendered[1] is not rendered[2] is rendered[3]


def test_only_the_latest_panels_are_kept() -> None:
    """Whoever comes again stays; who was asked for longest ago goes."""
    panels = Panels()
    first = panels.panel("first", lambda: Panel("", "", ()))
    for number in range(LIMIT - 1):
        panels.panel(number, lambda: Panel("", "", ()))
    assert panels.panel("first", lambda: Panel("anew", "", ())) is first
    panels.panel("one more", lambda: Panel("", "", ()))
    assert panels.panel("first", lambda: Panel("anew", "", ())) is first
    assert panels.panel(0, lambda: Panel("anew", "", ())).title == "anew"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("`{time}`, `{trips}`", ["time", "trips"]),
        ("`` `{time}` `` and `{trips}`", ["trips"]),
        ("\\`{time}` and `{trips}`", []),  # the second sign opens a span, which the third closes
        ("`{time}`` `{trips}`", []),  # two signs do not close one
        ("a ` alone\n\n<!-- `{time}` --> `{trips}`", ["trips"]),  # no span goes over a blank line
        ("`<!-- for` `{trips}` `-->`", ["trips"]),
        ("`{time}`\n\n```\n`{trips}`\n```\n", ["time"]),
    ],
)
def test_numbers_are_code_spans_and_nothing_else(text: str, numbers: list[str]) -> None:
    """A span ends with as many backticks as it began with, and none is within code or a comment."""
    assert [piece.text for piece in scan(text) if piece.kind == "number"] == numbers


def test_panels_are_read_from_where_they_lie() -> None:
    """In any order, again and again, whatever letters they are made of."""
    panels = Panels()
    places = [
        panels.panel(html, lambda html=html: Panel("", html, ())).place
        for html in ("<p>one</p>", "<p>二</p>", "", "<p>three</p>")
    ]
    assert panels.html(reversed(places)) == "<p>three</p><p>二</p><p>one</p>"
    assert panels.html(places[1:2] * 2) == "<p>二</p><p>二</p>"


def golden(path: Path, text: str) -> None:
    """Compare with a golden file, or write it."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
