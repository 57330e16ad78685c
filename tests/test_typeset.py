"""Formulas as text that says in one line what their layout shows."""

import ast

import pytest

from hooks.formula.typeset import template
from hooks.text.html_tree import parse_html
from hooks.text.languages import Language


def said(expression: str, language: Language = "en") -> str:
    """What a formula says to who reads its text and sees no layout."""
    html = template(ast.parse(expression, mode="eval").body, language)
    return parse_html(html).text.replace("\u00a0", " ").replace("{", "").replace("}", "")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("a", "= a"),
        ("a - (b - c) + d", "= a − (b − c) + d"),
        ("(a + b) * c * 2", "= (a + b) × c × 2"),
        ("a * b / c", "= (a × b) ÷ c"),
        ("a / (b / c)", "= a ÷ (b ÷ c)"),
        ("a / b * (c / d - e)", "= a ÷ b × (c ÷ d − e)"),
        ("-a * b", "= (−a) × b"),
        ("power(a / b, c + 1)", "= (a ÷ b)^(c + 1)"),
        ("root(a) - max(b, 1 / c)", "= √(a) − max(b, 1 ÷ c)"),
        ("floor(a / b) * ceil(c)", "= ⌊a ÷ b⌋ × ⌈c⌉"),
        ("a if b > 1 and c != 'x' else 0", "= if b > 1 and c ≠ “x”: a; otherwise: 0"),
        ("a if b < 1 else c if d else e", "= if b < 1: a; if d: c; otherwise: e"),
        (
            "(a if b else c) if d else e",
            "= if d: (if b: a; otherwise: c); otherwise: e",
        ),
        ("(a if b else c) + d", "= (if b: a; otherwise: c) + d"),
        ("impossible('why') if a == 1 else b", "= if a = 1: n/a; otherwise: b"),
    ],
)
def test_a_formula_says_everything_in_one_line(expression: str, text: str) -> None:
    assert said(expression) == text


def test_a_formula_speaks_chinese() -> None:
    assert said("a if b > c else a / b", "zh") == "= 若 b > c：a；否则：a ÷ b"


def test_no_line_ends_with_an_operator() -> None:
    html = template(ast.parse("a * (b + c) / d - e", mode="eval").body, "en")
    assert not any(f"{sign} " in html for sign in "=×÷+−")
