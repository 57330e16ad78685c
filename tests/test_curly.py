"""Quotes are curly wherever English is read, though sources are typed with straight ones."""

import re
from pathlib import Path

import pytest

from hooks.formula.csv import csv_line
from hooks.text.curly import curly
from hooks.text.html_tree import Node, parse_html
from tests.kinds import ONE_OF_EACH, pages, title

CODE = {"code", "pre", "math", "script", "style", "kbd"}
READ_OUT = ("aria-label", "alt", "title", "data-alt")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a row's own", "a row’s own"),
        ("the weights' share", "the weights’ share"),
        ("it's 'fast', they said", "it’s ‘fast’, they said"),
        ('the word "step" (or "beat")', "the word “step” (or “beat”)"),
        ("`{model}`'s cost", "`{model}`’s cost"),
        ("'s notebook", "’s notebook"),
        ("`at('x')` isn't", "`at('x')` isn’t"),
        ("``a`'b'`` 'c'", "``a`'b'`` ‘c’"),
        ("5' wide", "5' wide"),
        ('![a](b.png){ width="320" }', '![a](b.png){ width="320" }'),
    ],
)
def test_what_is_typed_straight_is_read_curly(typed: str, read: str) -> None:
    assert curly(typed) == read and curly(read) == read


def straight(node: Node) -> list[str]:
    """Texts with straight quotes below an element, and such of what is read out."""
    found = [
        text for name in READ_OUT if re.search("['\"]", text := node.attributes.get(name) or "")
    ]
    if node.tag in CODE:
        return found
    for child in node.children:
        if isinstance(child, Node):
            found += straight(child)
        elif re.search("['\"]", child):
            found.append(child)
    return found


@pytest.mark.parametrize("kind", ONE_OF_EACH, ids=title)
def test_a_page_has_no_straight_quotes_outside_code(kind: str, site: Path) -> None:
    html = (site / kind / "index.html").read_text("utf-8")
    assert "’" in html
    assert straight(parse_html(html)) == []


@pytest.mark.parametrize("kind", pages("essay", "note", "glossary"))
def test_the_copy_in_markdown_has_none_either(kind: str, site: Path) -> None:
    text = (site / kind / "index.md").read_text("utf-8")
    assert "’" in text
    assert re.findall(r".*['\"].*", re.sub(r"(`+).*?\1", "", text, flags=re.DOTALL)) == []


def test_tables_and_code_that_readers_take_away_have_straight_ones(site: Path) -> None:
    assert csv_line(("a row’s own", '"')) == 'a row\'s own,""""'
    for file in [*site.rglob("*.csv"), *(site / "source").rglob("*.py")]:
        assert "’" not in file.read_text("utf-8"), file
