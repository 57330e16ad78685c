"""The project's JavaScript: its format, its types, and that what is shipped is the program that was written."""

import pytest

from hooks.live.twin import spoken, stripped, unlinked
from tests import javascript
from tests.javascript import ROOT, different, mistyped, unformatted


def test_every_script_is_formatted() -> None:
    assert len(javascript.scripts()) > 25
    assert unformatted() == "", "`python -m tests.javascript` formats them"


def test_every_script_holds_to_its_types() -> None:
    assert javascript.typed() == javascript.scripts()
    assert mistyped() == ""


def test_what_is_shipped_is_what_was_written() -> None:
    pairs = [
        (f"{path.relative_to(ROOT).as_posix()} in {language}", text, stripped(text))
        for path in javascript.scripts()
        if path.is_relative_to(ROOT / "hooks") and path.suffix == ".js"
        for language in ("en", "zh")
        for text in [unlinked(spoken(path.read_text("utf-8"), language))]
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
