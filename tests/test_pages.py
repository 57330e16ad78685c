"""Golden pages: what a writer writes, what comes out in both languages, and what the problems say."""

import os
from pathlib import Path

import pytest

from hooks.engine import Engine
from hooks.page.fill import Page
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
    figures = "".join(f"{request.token}: {request.path.name}: {request.alt}\n" for request in filled.figures)
    problems = "".join(f"{problem}\n" for problem in filled.problems)
    golden(HERE / "pages" / f"{case}.{language}.golden", f"{with_short_ids(filled.markdown)}\n--- figures\n{figures}--- problems\n{problems}")


def test_panels_open_every_number(engine: Engine) -> None:
    """The panels of a page, to the letter: formula, values, inputs, sources, and a way out."""
    page = Page("p.md", "`{time}` `{time(trips=3) / time}` `{pace}`", engine.scenario, "en", Works("en", "/source/"))
    golden(HERE / "pages" / "panels.en.golden", with_short_ids(page.fill(HERE).works.html()).replace("<div", "\n<div").replace("<li>", "\n<li>") + "\n")


def golden(path: Path, text: str) -> None:
    """Compare with a golden file, or write it."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
