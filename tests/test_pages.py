"""Golden pages: what a writer writes, what comes out in both languages, and what the problems say."""

import os
import re
from pathlib import Path

import pytest

from hooks.data.engine import Engine
from hooks.formula.evaluate import Given
from hooks.formula.reference import parse_reference
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page
from hooks.page.scan import scan
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
    filled = fill(page, path.parent)
    figures = "".join(
        f"{request.token}: {request.path.name}: {request.alt}\n" for request in filled.figures
    )
    problems = "".join(f"{problem}\n" for problem in filled.problems)
    golden(
        HERE / "pages" / f"{case}.{language}.golden",
        f"{filled.markdown}\n--- figures\n{figures}--- problems\n{problems}",
    )


def test_every_number_has_an_entry(engine: Engine) -> None:
    """The entries of a page, to the letter: formula, values, inputs, sources."""
    page = Page(
        "p.md",
        "`{time}` `{time(trips=3) / time}` `{pace}`",
        engine.scenario,
        "en",
        Works("en", "/source/"),
    )
    golden(
        HERE / "pages" / "panels.en.golden",
        fill(page, HERE).works.html().replace("<div", "\n<div").replace("<li>", "\n<li>") + "\n",
    )


def test_an_address_of_an_entry_is_its_name_and_stays(engine: Engine) -> None:
    """Only what is told in another scenario has a suffix, which hangs on nothing but that scenario."""

    def entries(text: str, given: Given) -> list[str]:
        page = Page("p.md", text, engine.scenario, "en", Works("en", "/source/"))
        page.set_scenario(given)
        return re.findall(r'class="work" id="([^"]*)"', fill(page, HERE).works.html())

    home = entries("`{time}`", {"trips": 3})
    assert "time" in home and not any("-" in id for id in home)
    assert entries("`{time(trips=3)}` `{time}`", {"trips": 3}) == home
    pinned = next(id for id in entries("`{time(trips=3)}`", {}) if id.startswith("time"))
    assert re.fullmatch("time-[0-9a-f]{6}", pinned)
    assert pinned in entries("`{time}` `{pace}` `{time(trips=3) / time}`", {}) + [
        id.partition("-per-")[0] for id in entries("`{time(trips=3) / time}`", {})
    ]


def test_what_a_table_opens_leads_on_to_entries_that_are_there_anyway(engine: Engine) -> None:
    """Alone it has no entries below it, and its inputs lead to the list of all formulas."""
    for deep in (False, True):
        works = Works("en", "/source/", "../quantities/")
        works.open(parse_reference("time", engine.scenario), engine.scenario, deep=False)
        if deep:
            works.open(parse_reference("time", engine.scenario), engine.scenario)
        links = re.findall(r'<li><a href="([^"]*)"', works.html())
        assert links and all(
            link.startswith("#" if deep else "../quantities/#q-") for link in links
        )


@pytest.mark.parametrize(
    "text", ["[a `{time}` b](../x/)", "[`{time}`][x]", '??? note "At `{time}`"']
)
def test_a_number_within_a_link_is_no_link(text: str, engine: Engine) -> None:
    """A link within a link would end the outer one; the number follows the reader all the same."""
    page = fill(Page("p.md", text, engine.scenario, "en", Works("en", "/source/")), HERE)
    assert '<span data-n="time">' in page.markdown and "<a " not in page.markdown


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


def golden(path: Path, text: str) -> None:
    """Compare with a golden file, or write it."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
