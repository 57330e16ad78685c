"""What is nearly ours and would be left alone: comments, references and tables that lack a sign or a letter."""

from pathlib import Path

import pytest

from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page
from hooks.page.scan import scan
from tests.real import ENGINE

HERE = Path(__file__).parent


def said(text: str) -> list[str]:
    """The problems of a page, without its name."""
    page = Page("p.md", text, ENGINE.scenario, "en", Works("en", ""))
    return [str(found).removeprefix("p.md:") for found in fill(page, HERE).problems]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "<!-- hold: kv_bytes < 3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- Holds: kv_bytes < 3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- holds kv_bytes<3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- hold kv_bytes < 3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- hodls: kv_bytes < 3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        ("<!-- holds : kv_bytes < 3 GB -->", []),
        ("<!--holds:kv_bytes < 3 GB-->", []),
        (
            "<!-- holds： kv_bytes < 3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        ("<!-- holds: kv_bytes ＜ 3 GB -->", ["1:22: '＜' in a claim: write '<'"]),
        (
            "<!-- kv_bytes < 3 GB -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- check: kv_bytes(batch=2) < weights_read -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes(batch=2) < weights_read -->'? (a remark begins with 'note:')"
            ],
        ),
        ("<!-- holds: kv_bytes < 3 GB", ["1:1: this comment is never closed: '-->' is missing"]),
        (
            "<!-- holds: kv_bytes < 3 GB\n\n<!-- holds: kv_bytes < 3 GB -->\n",
            ["1:1: this comment is never closed: '-->' is missing"],
        ),
        (
            "<!- holds: kv_bytes < 3 GB -->",
            ["1:1: a comment begins with '<!--' and ends with '-->'"],
        ),
        (
            "<!— holds: kv_bytes < 3 GB —>",
            ["1:1: a comment begins with '<!--' and ends with '-->'"],
        ),
        (
            "<!--- holds: kv_bytes < 3 GB --->",
            [
                "1:1: this comment does nothing; did you mean '<!-- holds: kv_bytes < 3 GB -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- for: batch in 1, 2 -->\n| `{batch}` |\n| --- |\n| `{batch}` |\n",
            [
                "1:1: this comment does nothing; did you mean '<!-- for batch in 1, 2 -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- fro batch in 1, 2 -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- for batch in 1, 2 -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!--for batch=1,2-->",
            [
                "1:1: this comment does nothing; did you mean '<!-- for batch in 1,2 -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- foreach batch in 1, 2 -->\n| `{batch}` |\n| --- |\n| `{batch}` |\n",
            [
                "1:1: this comment does nothing; did you mean '<!-- for batch in 1, 2 -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- batch in 1, 2 -->\n| `{batch}` |\n| --- |\n| `{batch}` |\n",
            [
                "1:1: this comment does nothing; did you mean '<!-- for batch in 1, 2 -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- For batch in 1, 2 -->\n\n| `{batch}` |\n| --- |\n| `{batch}` |\n",
            [
                "1:1: this comment does nothing; did you mean '<!-- for batch in 1, 2 -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- for batch in 1, 2 -->\n\n| `{batch}` |\n| --- |\n| `{batch}` |\n",
            [
                "1:1: no table follows this comment: its header stands in the next line, without a blank one between"
            ],
        ),
        (
            "<!-- for batch in 1, 2 --> text",
            [
                "1:1: no table follows this comment: its header stands in the next line, without a blank one between"
            ],
        ),
        (
            "<!-- essay -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- essays -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- Glossary -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- glossary -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- source models -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- sources models -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "<!-- sources: models -->",
            [
                "1:1: this comment does nothing; did you mean '<!-- sources models -->'? (a remark begins with 'note:')"
            ],
        ),
        (
            "- item\n\n    <!-- holds: kv_bytes > 3 GB -->\n",
            ["3:17: this claim does not hold: kv_bytes (2.68\u202fGB) > 3\u202fGB"],
        ),
        (
            "!!! note\n    <!-- holds: kv_bytes > 3 GB -->\n",
            ["2:17: this claim does not hold: kv_bytes (2.68\u202fGB) > 3\u202fGB"],
        ),
        (
            "| a | b |\n| --- | --- |\n| `{batch}` | 2 <!-- holds: kv_bytes > 3 GB --> |\n",
            ["3:29: this claim does not hold: kv_bytes (2.68\u202fGB) > 3\u202fGB"],
        ),
    ],
)
def test_a_comment_that_looks_like_ours_and_is_not(text: str, problems: list[str]) -> None:
    """Each is refused with what was meant, or works: a claim in a cell, a list, an admonition."""
    assert said(text) == problems


@pytest.mark.parametrize(
    "text",
    [
        "<!-- TODO: mend -->",
        "<!-- for later -->",
        "<!-- for later in the day -->",
        "<!-- for context: see section 2 -->",
        "<!-- map of the series comes here -->",
        "<!-- recent changes: see git -->",
        "<!-- more -->",
        "<!-- prettier-ignore -->",
        "<!-- markdownlint-disable MD013 -->",
        "<!-- note: hold: kv_bytes < 3 GB -->",
        "<!-- note: essay -->",
        "<!-- hold the line -->",
        "<!-- holds for now -->",
        "<!-- 37 < 40 -->",
        "<!-- vim: set tw=80: -->",
        "<!-- FIXME(jo): for batch in 1, 2 too -->",
        "<!-- our hour of need -->",
        "<!-- batch > 1 is dull -->",
        "<!-- TOC -->",
        "<!---->",
        "`<!-- hold: a < b -->` in code",
        "```\n<!-- hold: a < b -->\n```",
    ],
)
def test_an_ordinary_remark_passes(text: str) -> None:
    """A word of ours at its beginning makes no comment ours."""
    assert said(text) == []
    assert not [piece for piece in scan(text) if piece.kind in ("claim", "list")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "| a | b |\n| --- | --- |\n| `{batch}` | 2 |\n<!-- holds: kv_bytes < 3 GB -->\n",
            [
                "4:1: this comment makes a row of its own in the table above it: leave a blank line between them"
            ],
        ),
        (
            "`{decode_step:ms`",
            [
                "1:1: '}' is missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "`decode_step:ms}`",
            [
                "1:1: '{' is missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "One `{decode_step:ms} and then `{kv_bytes}` more.\n\nNext `{kv_bytes`.\n",
            [
                "1:5: the backtick behind '}' is missing: a number is written `{name:unit}`, in one pair of braces within backticks",
                "3:6: '}' is missing: a number is written `{name:unit}`, in one pair of braces within backticks",
            ],
        ),
        (
            "One {decode_step:ms}` and",
            [
                "1:5: the backtick before '{' is missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "One {decode_step:ms} and {.kv} and { #x }",
            [
                "1:5: the backticks around this are missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "`{ decode_step (batch=32 }`",
            ["1:16: ')' is missing: pins stand in one pair of brackets, name(field=value)"],
        ),
        (
            "`{{decode_step}}`",
            [
                "1:1: two braces where one is right: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "`{decode_step}}`",
            ["1:14: a number, its unit and both halves of a ratio stand in one pair of braces"],
        ),
        (
            "｛decode_step:ms｝ and `｛decode_step:ms｝`",
            [
                "1:1: the backticks around this are missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        ("`{decode_step（batch=32）：ms}`", ["1:14: '（' is a full-width sign: write '('"]),
        (
            "‘{decode_step:ms}’",
            [
                "1:2: '‘' stands where a backtick is right: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "`{decode_step(precision=“fp8”)}`",
            ["1:25: '“' stands in a reference: names and values take no quotes"],
        ),
        (
            "`{decode_step}:ms` `{decode_step} / {kv_bytes}`",
            [
                "1:1: a unit, pins and the second half of a ratio stand within the braces: a number is written `{name:unit}`, in one pair of braces within backticks",
                "1:33: a number, its unit and both halves of a ratio stand in one pair of braces",
            ],
        ),
        (
            "`{decode_step:ms)`",
            [
                "1:1: '}' is missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "`{decode_stp:ms` and `{foo: bar` and `{x, y}` and `scenario: {model: x}`",
            [
                "1:1: '}' is missing: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            '<a title="{decode_step:ms}">x</a> [x](y.md "{decode_step}") `` `{decode_step` `` \n\n```\n`{decode_step\n```\n',
            [],
        ),
        (
            "decode_step:ms} is",
            [
                "1:1: '{' is missing before 'decode_step': a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        (
            "text `{kv_bytes:GB}`` more",
            [
                "1:7: the backticks do not pair: a number is written `{name:unit}`, in one pair of braces within backticks"
            ],
        ),
        ("```\ncode\n", ["1:1: this fence is never closed, so the rest of the page is code"]),
        (
            '---\ntitle: `{decode_step:ms`\nquestion: "how {kv_bytes:GB}?"\n---\nx\n',
            [
                "2:8: '}' is missing: a number is written `{name:unit}`, in one pair of braces within backticks",
                "3:16: the backticks around this are missing: a number is written `{name:unit}`, in one pair of braces within backticks",
            ],
        ),
    ],
)
def test_a_reference_that_lacks_a_sign(text: str, problems: list[str]) -> None:
    """Its place, which sign, and how a number is written. Link titles, attributes, other code are left alone."""
    assert said(text) == problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "<!-- for batch in 1, 2 -->\n| a | b |\n| `{batch}` | 2 |\n| 2 | 3 |\n",
            ["3:1: the rule is missing below the table's header: | --- | --- |"],
        ),
        (
            "<!-- for batch in 1, 2 -->\n| a | b |\n| --- | --- |\n| `{batch}` | 2 | 4 |\n| `{batch}` | 2\n| `{batch}` |\n `{batch}` | 2 |\n",
            [
                "4:1: this row has 3 cells, the table's header 2",
                "5:1: this line of the table does not end with '|'",
                "6:1: this row has 1 cell, the table's header 2",
                "7:1: this line of the table does not begin with '|'",
            ],
        ),
        (
            "<!-- for batch in 1, 2 -->\n| a | b |\n| --- | --- |\n",
            ["2:1: a table needs a header, a rule such as | --- | --- | and a row below it"],
        ),
    ],
)
def test_a_table_that_lacks_its_rule_or_a_cell(text: str, problems: list[str]) -> None:
    """Each line of it at its place."""
    assert said(text) == problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('[a](b.md) [c](https://d.example/e_(f) "g") [h]: (i) and (../j k)', []),
        ("`](` and ``[a](b`` <!-- [a](b -->\n\n    [a](b\n", []),
        ("a <b and {5, c}, {.5, `{#d` and {e: f}", []),
        ("*a*{.weights} {: .b #c}\n\n<div\n markdown='block'>\n\n</div>", []),
        ("see [a](b.md and c", ["1:7: this link is never closed: ')' is missing"]),
        ("*a*{.weights b", ["1:4: this list of attributes is never closed: '}' is missing"]),
        ("a <span class='b'\n\nc", ["1:3: this tag is never closed: '>' is missing"]),
        ("[a]（b.md）", ["1:4: '（' is a full-width sign: write '('"]),
    ],
)
def test_markup_that_nothing_closes(text: str, problems: list[str]) -> None:
    """Links, lists of attributes and tags, of which readers would see the signs. Code and remarks are left alone."""
    assert said(text) == problems
