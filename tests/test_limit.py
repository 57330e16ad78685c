"""Long tables: what a page shows of them, what it says of the rest, and what lies beside it."""

import csv
import io
from pathlib import Path

import pytest

from hooks.formula.csv import csv_line
from hooks.formula.declaration import Row, Tables
from hooks.formula.evaluate import Scenario
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.filled import Filled
from hooks.page.long_table import SHOWN, WITH_WORK
from hooks.page.page import Page
from hooks.text.languages import Language
from tests.listing import listing
from tests.real import ENGINE

TABLE = "<!-- for model in * -->\n| Model | Weights |\n|---|---|\n| `{model}` | `{weight_bytes:GB}` |\n\nAfter it.\n"
FIRST = next(iter(ENGINE.catalogue.tables["models"].values()))


def models(count: int) -> Tables:
    """So many models, each like the first one."""
    rows = {
        f"made-{at}": Row(f"made-{at}", f"Made | {at}", f"第 {at} 个", FIRST.cells, "=family")
        for at in range(count - 1)
    }
    default = ENGINE.library.names["model"].default  # type: ignore[attr-defined]
    return {**ENGINE.catalogue.tables, "models": {default: FIRST, **rows}}


def filled(count: int, language: Language = "en", text: str = TABLE) -> Filled:
    base = Scenario(ENGINE.library, models(count), {})
    works = Works(language, "/source/", quantities="quantities/")

    def sources(choice: str, scenario: Scenario, works: Works, live_number: object) -> str:
        return listing(f"sources {choice}", works=works, scenario=scenario)

    return fill(Page("p.md", text, base, language, works, {"sources": sources}), Path())


@pytest.mark.parametrize("count", [2, WITH_WORK])
def test_a_table_that_is_not_long_is_whole_opens_everywhere_and_says_nothing(count: int) -> None:
    page = filled(count)
    assert (page.markdown.count('<a class="n"'), page.works.files) == (count, {})
    assert "table-rest" not in page.markdown


@pytest.mark.parametrize(
    ("language", "below"),
    [
        ("en", "Numbers open to their work in the first 60 rows."),
        ("zh", "前 60 行的数字可以点开看推导。"),
    ],
)
def test_three_hundred_models_all_stand_there_and_sixty_open(
    language: Language, below: str
) -> None:
    page = filled(300, language)
    assert page.problems == []
    assert page.markdown.count("weight_bytes(model=") == 300
    assert page.markdown.count('<a class="n"') == WITH_WORK == 60
    assert f'\n\n<p class="table-rest">{below}</p>\n' in page.markdown
    assert page.works.files == {}


LINK = '<a href="models.csv" download>models.csv</a>'


@pytest.mark.parametrize(
    ("language", "below"),
    [
        (
            "en",
            f"The first 300 of 5,000 rows. All of them, as their sources print them: {LINK}. Numbers open to their work in the first 60 rows.",
        ),
        (
            "zh",
            f"共 5,000 行，这里是前 300 行。全部各行照来源原样收在 {LINK}。前 60 行的数字可以点开看推导。",
        ),
    ],
)
def test_five_thousand_models_are_a_page_of_a_megabyte_and_a_file(
    language: Language, below: str
) -> None:
    """The file is CSV: a head and 5,000 rows, no cell of which is a formula."""
    page = filled(5000, language)
    assert page.markdown.count("weight_bytes(model=") == SHOWN == 300
    assert f'<p class="table-rest">{below}</p>' in page.markdown
    assert len(page.markdown) + len(page.works.html()) < 1_000_000
    [(name, text)] = page.works.files.items()
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    assert (name, len(rows), head[:3], head[-1]) == (
        "models.csv",
        5000,
        ["id", "name", "family"],
        "sources",
    )
    assert rows[2][:3] == ["made-1", "Made | 1" if language == "en" else "第 1 个", "'=family"]
    assert dict(zip(head, rows[2], strict=True))["num_hidden_layers"] == "32"


def test_those_who_read_the_markdown_are_told_the_same() -> None:
    assert "The first 300 of 5,000 rows." in filled(5000).bare
    assert "table-rest" not in filled(5000).bare


def test_the_rows_that_do_not_open_follow_the_reader_all_the_same() -> None:
    text = filled(100).markdown
    last = text[text.index("made-98") :]
    assert '<span data-n="weight_bytes(model=made-98):GB">' in last


def test_a_table_over_many_values_of_no_catalogue_has_no_file() -> None:
    values = ", ".join(str(at) for at in range(1, 302))
    page = filled(
        2,
        text=f"<!-- for batch in {values} -->\n| B | T |\n|---|---|\n| `{{batch}}` | `{{kv_bytes:GB}}` |\n",
    )
    assert "The first 300 of 301 rows. Numbers open" in page.markdown
    assert page.works.files == {}


@pytest.mark.parametrize(
    ("language", "below"),
    [
        ("en", f"The first 300 of 301 rows. All of them, as their sources print them: {LINK}."),
        ("zh", f"共 301 行，这里是前 300 行。全部各行照来源原样收在 {LINK}。"),
    ],
)
def test_a_list_of_sources_has_the_same_limit(language: Language, below: str) -> None:
    page = filled(301, language, "<!-- sources models -->\n")
    assert page.markdown.count("<li>") == 300
    assert f'<p class="table-rest">{below}</p>' in page.markdown
    assert len(page.works.files["models.csv"].splitlines()) == 302
    assert csv_line(("id", "name")) in page.works.files["models.csv"]
