"""Names and ids of any spelling: what an id may hold, and that browsers read every row as Python does."""

import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hooks.data.catalogue import Catalogue
from hooks.formula.csv import csv_line
from hooks.formula.declaration import Tables
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.quantity import Reason
from hooks.formula.reference import parse_reference, wired
from hooks.live.emit import literal
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page
from hooks.page.withheld import short
from hooks.text.ids import identifier
from hooks.text.languages import Language
from hooks.text.problems import Mistake
from hooks.text.rows import typed_values
from tests.twins import World

LIBRARY = Library([("inputs.py", '''from hooks.formula.quantity import *
chip = choice("chips", "Chip", zh="卡", default="plain")
count = setting("chip", "Chips", zh="卡数", default=2)
memory = field("chip", "memory", "B/chip", "Memory", zh="显存", each="chip")
note = field("chip", "note", "word", "Note", zh="备注", default="none")
cores = field("chip", "cores", "1", "Cores", zh="核数")

@quantity("B", "All memory", zh="总显存")
def total(count, memory):
    """Every chip's memory.

    每块卡的显存之和。
    """
    return count * memory

@quantity("chip", "All cores", zh="总核数")
def all_cores(count, cores):
    """Every chip's cores.

    每块卡的核数之和。
    """
    return count * cores
''')])  # fmt: skip

IDS = (
    "plain", "a.b-c_d+e", "模型-甲", "نموذج", "मॉडल", "café", "nai\u0308ve", "🙂", "constructor", "__proto__", "toString",
    "hasOwnProperty", "42", "7", "007", "1e3", "1.10", "true", "null", "yes", "2026-11-28", "-", ".",
)  # fmt: skip
"""Ids out of the ordinary that references, addresses and scripts can carry."""

NAMES = (
    "A | B", "||", 'say "hi"', "it's", "back\\slash", "a\\", "a, b", "a; b = c & d", "<script>alert(1)</script>", "</script>",
    "<!-- x -->", "line\nbreak\tand tab", "100% #1 / a:b", "Llama: the 8B", "骆驼：八十亿", "(brackets)", "{count}", "{{count}}",
    "$& $1 ${x}", "`code`", "模型", "نموذج ١", "é", "e\u0301", "🙂👩\u200d🔬", "zero\u200dwidth", "  spaces around  ", "constructor", "__proto__",
    "toString", "007", "1e3", "true", "null", "=cmd|' /C calc'!A0", "@SUM(1)", "-1", "one\u2028line", "*stars*", "[link](x)",
)  # fmt: skip
"""Names out of the ordinary, every one of which a row may have."""


def quoted(text: str) -> str:
    """A text as YAML reads it, in quotes."""
    return "".join(
        f"\\u{ord(sign):04x}"
        if not sign.isprintable() and ord(sign) < 0x10000 and sign not in "\n\t"
        else sign
        for sign in json.dumps(text, ensure_ascii=False)
    )


def rows() -> str:
    """A data file with every id and every name."""
    ids = [*IDS, *(f"row-{at}" for at in range(len(NAMES) - len(IDS)))]
    return "".join(
        f"{quoted(id)}:\n  name: {quoted(name)}\n  name_zh: {quoted(name + ' 号')}\n  family: {quoted(name)}\n"
        f"  note: {quoted(name)}\n  memory: {10 + at} GB\n  source: {{title: {quoted(name)}, mark: recalled}}\n"
        for at, (id, name) in enumerate(zip(ids, NAMES, strict=True))
    )


@cache
def tables() -> Tables:
    """The rows as the catalogue reads them."""
    found = Catalogue(LIBRARY, [("docs/data/chips.yml", rows())])
    assert (LIBRARY.problems, found.problems) == ([], [])
    return found.tables


# Ids


def refused(id: str) -> list[str]:
    text = f"{quoted(id)}:\n  name: A\n  memory: 1 GB\n  source: {{title: T, mark: recalled}}\n"
    plain = rows().partition('"a.b-c_d+e"')[0]
    return [
        str(one) for one in Catalogue(LIBRARY, [("docs/data/chips.yml", plain + text)]).problems
    ]


MAY_HOLD = "an id is of letters and digits of any script, '.', '-', '_' and '+'; the name may hold anything"


@pytest.mark.parametrize("sign", "|\"'\\,;=&<>%#/:()[]{}?*!@$^~`，。（）：")
def test_a_sign_that_a_reference_or_an_address_cannot_carry_is_refused_in_an_id(sign: str) -> None:
    id = f"a{sign}b"
    assert refused(id) == [f"docs/data/chips.yml:8:1: the id {id!r} holds '{sign}': {MAY_HOLD}"]


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        (" ", "a space"),
        ("\t", "a tab"),
        ("\n", "a line break"),
        ("\u00a0", "the character U+00A0"),
        ("\u200d", "the character U+200D"),
        ("\u202e", "the character U+202E"),
        ("\u2028", "the character U+2028"),
        ("\ufeff", "the character U+FEFF"),
    ],
)
def test_what_nobody_can_see_is_named_by_what_it_is(sign: str, told: str) -> None:
    id = f"a{sign}b"
    assert refused(id) == [f"docs/data/chips.yml:8:1: the id {id!r} holds {told}: {MAY_HOLD}"]


def test_an_empty_id_is_refused() -> None:
    assert refused("") == ["docs/data/chips.yml:8:1: a row has an id, by which scenarios name it"]


def test_two_ids_that_are_one_when_composed_stand_twice() -> None:
    text = (
        rows() + '"cafe\\u0301":\n  name: A\n  memory: 1 GB\n  source: {title: T, mark: recalled}\n'
    )
    [problem] = Catalogue(LIBRARY, [("docs/data/chips.yml", text)]).problems
    assert problem.message == "'café' stands twice in this file, composed in two ways"


@pytest.mark.parametrize("id", IDS)
def test_a_page_names_a_row_by_any_id_in_references_tables_and_front_matter(id: str) -> None:
    """YAML alone would read 007 as seven, 1.10 as 1.1, yes as true and null as nothing."""
    base = Scenario(LIBRARY, tables(), {})
    page = f"---\nscenario: {{chip: {id}}}\n---\n"
    own = typed_values(page, "scenario")
    assert own == {"chip": id}
    asked = Page("p.md", page, base, "en", Works("en", "/"))
    asked.set_scenario({"chip": 7}, own)
    text = f"`{{memory(chip={id})}}`\n\n<!-- for chip in plain, {id} -->\n| `{{chip}}` |\n|---|\n| `{{memory}}` |\n"
    filled = fill(Page("p.md", text, base, "en", Works("en", "/")), Path())
    assert asked.problems == filled.problems == []
    assert asked.scenario["memory"] == base.pinned({"chip": identifier(id)})["memory"]


# Names


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ('""', "name is empty"),
        ('"  "', "name is empty"),
        ('"a\\0b"', "a text for readers cannot hold the character U+0000"),
        ('"a\\x1bb"', "a text for readers cannot hold the character U+001B"),
        ('"\\ud800"', "a text for readers cannot hold the character U+D800"),
        ('"\\ue000"', "a text for readers cannot hold the character U+E000"),
        ("[a, b]", "name is one text, not a list or a mapping"),
    ],
)
def test_a_name_that_no_page_can_show_is_refused(name: str, message: str) -> None:
    text = f"plain:\n  name: {name}\n  memory: 1 GB\n  source: {{title: T, mark: recalled}}\n"
    problems = Catalogue(LIBRARY, [("docs/data/chips.yml", text)]).problems
    assert [str(one) for one in problems] == [f"docs/data/chips.yml:2:9: {message}"]


def test_a_name_stands_on_one_line_without_spaces_around_it() -> None:
    found = [row.name for row in tables()["chips"].values()]
    assert "line break and tab" in found
    assert "spaces around" in found


def test_digits_are_those_that_browsers_read() -> None:
    text = "plain:\n  name: A\n  memory: ٨٠ GB\n  source: {title: T, mark: recalled}\n"
    [problem] = Catalogue(LIBRARY, [("docs/data/chips.yml", text)]).problems
    assert str(problem) == "docs/data/chips.yml:3:11: '٨٠ GB' is not a number with a unit"


# Parity

ASKED = ("chip(chip={})", "memory(chip={}):GB", "note(chip={})", "total(chip={}):kB", "cores(chip={})", "all_cores(chip={})", "total(chip={}) / total")  # fmt: skip

BROWSER = """(wires) => wires.map((wire) => {
  const { reference, valueOf, textOf, inShort, Scenario, Reason } = live, home = new Scenario({});
  const asked = reference(wire), value = valueOf(asked, home);
  return [value instanceof Reason ? value.text : value, textOf(asked, home), value instanceof Reason ? inShort(value) : ""];
})"""

CHOSEN = """(ids) => ids.map((id) => {
  const own = new live.Scenario({ chip: id });
  return [own.text("chip"), own.value("total"), own.row("chip").family];
})"""


def test_browsers_read_every_row_as_python_does(browser: Browser) -> None:
    """Every id and name, in both languages: values, texts, reasons in full and in short."""
    world, page = World(LIBRARY, tables()), browser.new_page()
    ids = list(tables()["chips"])
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        page.evaluate(world.script(language))
        base = Scenario(LIBRARY, tables(), {})
        texts = [text.format(id) for id in ids for text in ASKED]
        told = []
        for text in texts:
            asked = parse_reference(text, base)
            value, shown = asked.value(base), asked.text(base, language)
            told.append([shown, shown, short(value, language)] if isinstance(value, Reason) else [value, shown, ""])  # fmt: skip
        wires = [wired(parse_reference(text, base), base).text for text in texts]
        assert page.evaluate(BROWSER, wires) == told
        chosen = [base.pinned({"chip": id}) for id in ids]
        assert page.evaluate(CHOSEN, ids) == [
            [own.text("chip", "", language), own["total"], tables()["chips"][id].family]
            for id, own in zip(ids, chosen, strict=True)
        ]
        assert page.evaluate("[...live.rowsOf('chips').keys()].sort()") == sorted(ids)
        objects = {
            "__proto__": [1],
            "constructor": {"__proto__": 2},
            '"__proto__":': '"__proto__":',
        }
        as_told = json.dumps(objects, separators=(",", ":"))
        assert page.evaluate(f"JSON.stringify({literal(objects)})") == as_told
    page.close()


# What leaves for spreadsheets


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_in_a_csv_file_is_a_formula(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_line((text,)), newline=""))
    assert cell == f"'{text}"


def test_a_csv_file_has_every_other_text_and_number_as_it_is() -> None:
    cells = ("a,b", 'say "hi"', "two\nlines", "模型 | 甲", -1.5, None, 7)
    [read] = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert read == ["a,b", 'say "hi"', "two\nlines", "模型 | 甲", "-1.5", "", "7"]


def test_both_sides_write_the_same_lines(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate(World(LIBRARY, tables()).script("en"))
    for cells in [list(NAMES), [1, -2.5, None, "x"], ["\t=1", "a\r\nb", "a row’s", "=it’s"]]:
        assert page.evaluate("(cells) => live.csvLine(cells)", cells) == csv_line(tuple(cells))
    page.close()


def test_a_wrong_pin_is_told_with_the_id_that_is_near() -> None:
    with pytest.raises(Mistake) as refused:
        parse_reference("memory(chip=模型-乙)", Scenario(LIBRARY, tables(), {}))
    assert str(refused.value) == "no row '模型-乙' in docs/data/chips.yml; did you mean '模型-甲'?"


def test_a_bar_in_a_name_parts_no_cell_of_a_table_in_the_markdown_copy() -> None:
    text = "<!-- for chip in plain -->\n| Chip | Memory |\n|---|---|\n| `{chip}` | `{memory}` |\n"
    filled = fill(
        Page("p.md", text, Scenario(LIBRARY, tables(), {}), "en", Works("en", "/")), Path()
    )
    assert "| A \\| B | 10\u202fGB |" in filled.bare
    assert '<span id="' not in filled.bare


@pytest.mark.parametrize(
    "sign", ["\ue0000\ue001", "\ue00099\ue001", "\ue0027\ue003", "\ue000" + "9" * 5000 + "\ue001"]
)
def test_a_sign_of_the_build_s_own_in_a_text_ends_no_build(sign: str) -> None:
    page = Page("p.md", f"{sign} words", Scenario(LIBRARY, tables(), {}), "en", Works("en", "/"))
    filled = fill(page, Path())
    assert "words" in filled.markdown
    assert "words" in filled.bare
    assert (
        filled.placeholders.parts(sign + "words")[-1] == "words"
        or sign in filled.placeholders.parts(sign + "words")[0]
    )


@pytest.mark.parametrize("alt", ["A set {a, b} at `{total}`", "`{total}` of {{x}}", "{`{total}`}"])
def test_braces_in_an_alt_text_are_no_references_for_browsers(
    alt: str, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "drawn.py").touch()
    base = Scenario(LIBRARY, tables(), {})
    source = Page("p.md", f"![{alt}](drawn.py)\n", base, "en", Works("en", "/"))
    said = fill(source, tmp_path).figures[0].live_alt
    page = browser.new_page()
    page.evaluate(World(LIBRARY, tables()).script("en"))
    shown = page.evaluate(
        "(text) => live.worded(text, (asked) => live.textOf(live.reference(asked), new live.Scenario({})))",
        said,
    )
    assert shown == alt.replace("`{total}`", "20\u202fGB")
    page.close()
