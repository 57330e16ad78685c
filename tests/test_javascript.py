"""The project's JavaScript: its format, its types, and that what is shipped is the program that was written."""

import re
from html import unescape
from pathlib import Path

import pytest

from hooks.live.bundle import stripped, unlinked
from hooks.live.spoken import in_language
from tests import javascript
from tests.javascript import ROOT, different, misshapen, mistyped, unformatted


def test_every_script_is_formatted() -> None:
    assert len(javascript.scripts()) > 25
    assert unformatted() == "", "`python -m tests.javascript` formats them"


def test_every_script_holds_to_its_types() -> None:
    assert javascript.typed() == javascript.scripts()
    assert mistyped() == ""


def written(path: Path, names: list[str]) -> list[str]:
    """What the build has written for the constants at the head of a script, but for what a page's own script adds."""
    [line] = [
        line
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(f"const {names[0]}=")
    ]
    line = re.sub(r",\.\.\.window\.live\.page\([^)]*\)", "", line.removesuffix(";"))
    return re.split("|".join(rf"(?:^const |,){name}=" for name in names), line)[1:]


def attributes(site: Path, name: str) -> str:
    """What all pages have in an attribute, as a list."""
    found = {
        unescape(match[1])
        for path in site.rglob("index.html")
        for match in re.finditer(rf'data-{name}="([^"]*)"', path.read_text("utf-8"))
    }
    return f"[{','.join(sorted(found))}]"


def test_what_the_build_writes_has_the_shape_that_is_declared(site: Path) -> None:
    values: dict[str, tuple[str, str]] = {}
    types = {
        "live": {"TWIN": "Values"},
        "live-limits": {"LIMITS": "Formulas"},
        "live-expected": {"EXPECTED": "{ known: Formulas; lines: string[] }"},
        "live-work": {"WORK": "Texts"},
        "live-export": {"PARTS": "Parts"},
        "live-fields": {
            "FIELDS": "Formulas",
            "GROUPS": "Group[]",
            "REASONS": "Record<string, string>",
            "QUANTITIES": "string",
        },
    }
    for script, declared in types.items():
        found = written(site / "assets" / f"{script}.js", [*declared])
        values |= dict(zip(declared, zip(declared.values(), found, strict=True), strict=True))
    values["charts"] = (
        "(Partial<Chart> | Timeline | { shows: string[] })[]",
        attributes(site, "chart"),
    )
    values["pages"] = ("Followed[]", attributes(site, "live"))
    heads = (site / "assets" / "search-heads.js").read_text("utf-8")
    values["found"] = (
        "[FoundPage[], string, FoundTerm[]]",
        f"[{heads[len('search.take(') : -len(');') - 1]}]",
    )
    assert misshapen(values) == ""


def test_values_of_another_shape_are_seen() -> None:
    found = misshapen(
        {
            "a": ("Formulas", '{ fields: { layers: { row: "model", of: "layers" } } }'),
            "b": ("Formulas", "{ quantities: { a: { formula: ($) => [$.b] } } }"),
            "c": ("Row[]", '[{ id: "a" }]'),
            "d": ("FoundPage", '["a/", "A", 1, [["", 0, "A", "", "A"]]]'),
        }
    )
    assert re.findall(r"^\S*values\.ts\((\d+),", found, re.MULTILINE) == ["7", "8", "9", "10"]


def test_what_is_shipped_is_what_was_written() -> None:
    pairs = [
        (f"{path.relative_to(ROOT).as_posix()} in {language}", text, stripped(text))
        for path in javascript.scripts()
        if path.is_relative_to(ROOT / "hooks") and path.suffix == ".js"
        for language in ("en", "zh")
        for text in [unlinked(in_language(path.read_text("utf-8"), language))]
    ]
    assert len(pairs) > 50
    assert [name for name, _, shipped in pairs if "@type" in shipped] == [], "no comment is"
    assert different(pairs) == "", "what rjsmin gets wrong has to be written in another way"


@pytest.mark.parametrize(
    ("written", "shipped", "wrong"),
    [
        ("const a = `${ x }  ${y ? `(  ${y})` : 1}`;", None, "`(  ${"),
        ("a = b / c; // d\nreturns(/[ /]  x/.test(a));", None, ""),
        ("a = b\n++c", "a=b++\nc", "b\n++c"),
        ("const a = 1;", "let a=1;", "const a = 1"),
        ("a = b + c;", "a=b-c;", "+"),
        ("a = b;", "a = ;", "Expression expected."),
    ],
)
def test_a_script_that_is_shipped_as_another_one_is_seen(
    written: str, shipped: str | None, wrong: str
) -> None:
    """The first holds a template within a template, whose spaces rjsmin takes for those between signs."""
    found = different([("it", written, stripped(written) if shipped is None else shipped)])
    assert found.startswith(f"it: {wrong}" if wrong else "")
    assert bool(found) == bool(wrong)
