"""A mistake in a file of data or formulas is told first, at its line, and what rests on it is folded into it."""

import pytest
import yaml

from hooks.data.catalogue import Catalogue
from hooks.data.engine import ROOT
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.quantity import Reason
from hooks.formula.reference import parse_reference
from hooks.page.claim import parse_claim
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page
from hooks.text.problems import Mistake, Problem, folded, row_meant
from hooks.text.rows import PlainLoader, composed
from tests.real import ENGINE

PAGE = """---
title: "A step takes `{time}`"
question: "Why does a van carry `{load}`?"
scenario: {van: large, trips: 3}
---
A van carries `{load}` in `{time:s}`.
<!-- holds: load < 1 MB -->
<!-- for van in small, large -->
| Van | Load |
| --- | --- |
| `{van}` | `{load}` |
"""

TOY = ROOT / "tests" / "toy"
COSTS = (TOY / "hooks" / "costs" / "toy.py").read_text("utf-8")
VANS = (TOY / "docs" / "data" / "vans.yml").read_text("utf-8")


def filled(costs: str, vans: str, page: str = PAGE) -> tuple[list[Problem], list[Problem], str]:
    """The problems of formulas and data, those of a page, and its text."""
    library = Library([("hooks/costs/toy.py", costs)])
    catalogue = Catalogue(library, [("docs/data/vans.yml", vans)])
    scenario = Scenario(library, catalogue.tables, {})
    source = Page("docs/page.md", page, scenario, "en", Works("en", ""))
    source.set_scenario({"van": "large", "trips": 3})
    titles = [source.plain("A step takes `{time}`"), source.plain("Why does a van carry `{load}`?")]
    source.followed("A step takes `{time}`")
    result = fill(source, TOY)
    return (
        sorted([*library.problems, *catalogue.problems]),
        result.problems,
        " ".join([*titles, result.markdown]),
    )


def test_a_sound_house_has_no_problem():
    assert filled(COSTS, VANS.replace("40 kB", "40 kB\n  speed: 5 kB/s"))[:2] == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("room: 40 kB", "room: -40 kB", "docs/data/vans.yml:9:9: 'room' is at least 0 B, not -40 kB"),
        ("room: 40 kB", "room: forty", "docs/data/vans.yml:9:9: 'forty' is not a number with a unit"),
        ("room: 40 kB", "room: 40 kB/s", "docs/data/vans.yml:9:9: '40 kB/s' is in kB/s, but this input is in B"),
        ("room: 40 kB", "room: null", "docs/data/vans.yml:9:9: 'room' has no value: write one, or leave the key out"),
        ("room: 40 kB", "rom: 40 kB", "docs/data/vans.yml:9:3: no input reads 'rom'; did you mean 'room'?"),
        ("room: 40 kB", "room: 1e400 B", "docs/data/vans.yml:9:9: '1e400 B' is too large for a number"),
        ("  source: {title: Van book, mark: recalled}", "", "docs/data/vans.yml:7:1: row 'large' has no source: where was it read?"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_row_that_a_page_uses_is_told_first_and_alone(old, new, cause):
    causes, resting, text = filled(COSTS, VANS.replace(old, new))
    assert [str(problem) for problem in causes] == [cause]
    place = ":".join(cause.split(":")[:2])
    assert resting and {problem.cause for problem in resting} == {place}
    assert {problem.message for problem in resting} == {f"{place} has a mistake"}
    assert [str(each) for each in folded([*causes, *resting])] == [
        f"{cause} (and {len(resting)} claims and numbers rest on it)"
    ]
    assert f"{place} has a mistake" in text and "did you mean" not in text


def test_a_title_and_a_question_say_which_line_has_the_mistake():
    *_, text = filled(COSTS, VANS.replace("40 kB", "forty"))
    assert text.startswith(
        "A step takes docs/data/vans.yml:9 has a mistake Why does a van carry docs/data/vans.yml:9 has a mistake?"
    )


def test_the_sound_rows_beside_a_wrong_one_stay():
    causes, _, text = filled(COSTS, VANS.replace("40 kB", "forty"))
    assert "15\u202fkB" in text  # 10 kB · 3 trips · 50 %
    assert len(causes) == 1


@pytest.mark.parametrize("where", [7, 9])
def test_a_tab_anywhere_in_a_file_is_told_once_and_every_page_names_it(where):
    lines = VANS.splitlines()
    lines[where - 1] = "\t" + lines[where - 1].lstrip()
    causes, resting, _ = filled(COSTS, "\n".join(lines))
    assert len(causes) == 1 and str(causes[0]).startswith(f"docs/data/vans.yml:{where}:")
    assert "YAML cannot read this" in causes[0].message
    assert len(folded([*causes, *resting])) == 1


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("return room * trips * share", "return romm * trips * share", "hooks/costs/toy.py:40:12: 'romm' is not a parameter"),
        ("return room * trips * share", "return room ** trips", "hooks/costs/toy.py:40:12: '**' rounds differently"),
        ("def load(room,", "def load(room,,", "hooks/costs/toy.py:33:15: Python cannot read this"),
        ('van = choice("vans",', 'van = choice("vans"', "hooks/costs/toy.py:5:"),
        ('room = field("van",', 'room = field("van",,', "hooks/costs/toy.py:27:"),
        ('room = field("van", "room", "B/request"', 'room = field("van", "room", "X/request"', "hooks/costs/toy.py:27:"),
    ],
)  # fmt: skip
def test_a_formula_or_an_input_that_does_not_load_is_told_first_and_alone(old, new, cause):
    assert old in COSTS
    causes, resting, _ = filled(COSTS.replace(old, new, 1), VANS)
    lines = [str(line) for line in folded([*causes, *resting])]
    assert lines[0].startswith(cause) and "rest on it" in lines[0]
    assert all(problem.cause for problem in resting)
    assert len(lines) == 1


def test_one_thing_that_rests_on_a_mistake_is_counted_as_one():
    cause = Problem("a.yml", 3, 1, "wrong")
    resting = Problem("b.md", 9, 2, "a.yml:3 has a mistake", "a.yml:3")
    assert [str(each) for each in folded([resting, cause, cause])] == [
        "a.yml:3:1: wrong (and one claim or number rests on it)"
    ]
    assert [str(each) for each in folded([resting])] == [
        "a.yml:3: has a mistake, and one claim or number rests on it"
    ]


def test_a_reason_that_rests_on_a_mistake_travels_through_formulas():
    rows = (ROOT / "docs" / "data" / "accelerators.yml").read_text("utf-8")
    found = Catalogue(
        ENGINE.library,
        [("docs/data/accelerators.yml", rows.replace("memory: 80 GB", "memory: 0 GB", 1))],
    )
    scenario = Scenario(
        ENGINE.library, {**ENGINE.catalogue.tables, **found.tables}, {"accelerator": "h100-sxm"}
    )
    value = scenario["max_batch"]
    assert isinstance(value, Reason) and value.cause == found.problems[0].where
    assert value.zh == f"{value.cause} 处有错"
    with pytest.raises(Mistake) as raised:
        parse_claim("max_batch > 1", scenario).failure(scenario)
    assert raised.value.cause == value.cause
    assert parse_reference("max_batch(accelerator=h100-sxm)", scenario)  # a wrong row is there


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("h100", "; did you mean 'h100-sxm'?"),
        ("h100-sxn", "; did you mean 'h100-sxm'?"),
        ("h200-sxm", ""),  # not another chip
        ("a100", "; did you mean 'a100-80-sxm'?"),
        ("b100", ""),
        ("zz", ""),
    ],
)
def test_a_hint_never_leads_to_another_machine(word, hint):
    assert row_meant(word, ["a100-80-sxm", "h100-sxm", "h800", "b200"]) == hint


LOADERS = [PlainLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{url: https://example.org/a?b=c}", {"url": "https://example.org/a?b=c"}),
        ("{url: https://example.org/a?b=c&d=e, title: What is it?}", {"url": "https://example.org/a?b=c&d=e", "title": "What is it?"}),
        ("[a?b, c? d, what?]", ["a?b", "c? d", "what?"]),
        ("{? a: b}", {"a": "b"}),
        ("a: b?c", {"a": "b?c"}),
        ("{a: 1, b: [2, 3.5], c: true, d: x:y}", {"a": 1, "b": [2, 3.5], "c": True, "d": "x:y"}),
        ("a: two\n  lines # and a word\nb: '?'", {"a": "two lines", "b": "?"}),
    ],
)  # fmt: skip
def test_both_readers_of_yaml_take_a_question_mark_in_an_address(loader, text, value):
    assert yaml.load(text, Loader=loader) == value


@pytest.mark.parametrize("loader", LOADERS)
def test_both_readers_give_one_catalogue(loader, monkeypatch):
    monkeypatch.setattr("hooks.text.rows.LOADER", loader)
    found: list[Problem] = []
    node = composed("a.yml", "a: {url: https://example.org/?q=1, accessed: 2026-11-22}\n", found)
    assert node is not None and found == []
    url = node.value[0][1].value[0][1]
    assert (url.value, url.start_mark.line, url.start_mark.column) == (
        "https://example.org/?q=1",
        0,
        9,
    )


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "text", ["a: b: c\n", "a:\n\tb: 1\n", "a: [1, 2\n", "a: {b: ?c}\n", "a: \x07\n"]
)
def test_both_readers_refuse_the_same_in_the_same_words(loader, text, monkeypatch):
    told: dict[str, list[str]] = {}
    for name, each in (("this", loader), ("plain", PlainLoader)):
        monkeypatch.setattr("hooks.text.rows.LOADER", each)
        found: list[Problem] = []
        assert composed("a.yml", text, found) is None
        told[name] = [str(problem) for problem in found]
    assert told["this"] == told["plain"] and len(told["this"]) == 1


def test_a_page_that_shows_a_state_is_written_while_its_data_have_a_mistake():
    """A half-saved file of models stops no build, and every line that rests on it names it."""
    broken = Catalogue(ENGINE.library, [("docs/data/models.yml", 'llama-3.1-70b:\n  name: "L\n')])
    tables = {**ENGINE.catalogue.tables, **broken.tables}
    scenario = Scenario(ENGINE.library, tables, {"state_precision": "bf16"})
    page = Page("p.md", "`{kv_bytes}`", scenario, "en", Works("en", ""))
    page.plain("Room for `{max_batch}`")
    filled = fill(page, ROOT)
    assert filled.works.html()
    assert {problem.cause for problem in filled.problems} == {broken.problems[0].where}
