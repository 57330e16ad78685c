"""Formulas as HTML that a reader sees, with names or with values.

A formula is text that says everything in one line: `a × (b + c) ÷ d`, `if a > b: c; otherwise: d`.
Each operand is a `span` that begins with its operator, so that lines break before operators. A
style sheet stacks fractions (`over`) and sets cases (`cases`) under one another; what this makes
superfluous is in an `i`, which the same style sheet hides.
"""

import ast
from collections.abc import Callable
from html import escape
from typing import Any

from hooks.formula.branch import names_in_expressions, taken
from hooks.formula.declaration import Quantity
from hooks.text.languages import Language, say

NameText = Callable[[str], str]
"""Writes a parameter: its label or its value."""

SIGNS = {ast.Lt: "&lt;", ast.LtE: "≤", ast.Gt: "&gt;", ast.GtE: "≥", ast.Eq: "=", ast.NotEq: "≠"}

EQUALS, OVER = "=&nbsp;", "<i>÷&nbsp;</i>"
"""What begins a right side, and the lower part of a fraction. No line ends with an operator."""

BRACKETS = {"floor": "⌊⌋", "ceil": "⌈⌉", "root": ("√(", ")")}
"""Of calls that are not written with their names."""

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly an expression binds, to know where it needs brackets."""


def formula_html(quantity: Quantity, name: NameText, language: Language) -> str:
    """The whole formula in names, every case of it."""
    printed = _Printer(name, language).print(quantity.body, lead=EQUALS)
    return f'<p class="formula"><span>{escape(quantity.title(language))}</span> {printed}</p>'


def with_values(
    quantity: Quantity, text: NameText, values: dict[str, Any], language: Language
) -> str:
    """The case that applies, with values in place of names; empty when there is no number."""
    branch, _ = taken(quantity.body, values)
    if branch is None or not names_in_expressions(branch):
        return ""
    return f'<p class="formula">{_Printer(text, language).print(branch, lead=EQUALS)}</p>'


def ratio_html(*sides: tuple[str, str]) -> str:
    """Fractions that are equal, each as what stands above and what stands below."""
    fractions = (
        f"<span>{EQUALS}{_over(escape(above), f'{OVER}{escape(below)}')}</span>"
        for above, below in sides
    )
    return f'<p class="formula">{" ".join(fractions)}</p>'


def template(body: ast.expr, language: Language) -> str:
    """What follows the left side of a formula, with `{name}` wherever a name or its value belongs,
    for a browser to fill.
    """
    return _Printer(lambda name: f"{{{name}}}", language).print(body, lead=EQUALS)


def _binds(node: ast.expr) -> int:
    match node:
        case ast.IfExp():
            return 0
        case ast.UnaryOp() | ast.BinOp(op=ast.Add() | ast.Sub()):
            return SUM
        case ast.BinOp():
            return PRODUCT
    return ATOM


def _over(above: str, below: str) -> str:
    return f'<span class="over"><span>{above}</span> <span>{below}</span></span>'


class _Printer:
    def __init__(self, name_text: NameText, language: Language):
        self.name_text = name_text
        self.language = language

    def print(self, node: ast.expr, binding: int = 0, lead: str = "", tail: str = "") -> str:
        """An expression as spans, the first of which begins with `lead`, the last of which ends
        with `tail`: an operator, brackets.
        """
        if _binds(node) < binding:
            return f"<span>{self.print(node, 0, f'{lead}(', f'){tail}')}</span>"
        match node:
            case ast.Name(id=name):
                return f"<span>{lead}{escape(self.name_text(name))}{tail}</span>"
            case ast.Constant(value=str() as word):
                return f"<span>{lead}“{escape(word)}”{tail}</span>"
            case ast.Constant(value=int() | float() as value):
                return f"<span>{lead}{value:g}{tail}</span>"
            case ast.UnaryOp(operand=operand):
                return self.print(operand, PRODUCT, f"{lead}−", tail)
            case ast.BinOp(left=above, op=ast.Div(), right=below):
                return f"<span>{lead}{_over(self.part(above), self.part(below, OVER))}{tail}</span>"
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                factors = (
                    self.print(left, PRODUCT, lead),
                    self.print(right, PRODUCT, "×&nbsp;", tail),
                )
                return " ".join(factors)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return f"{self.term(left, SUM, lead)} {self.term(right, PRODUCT, '−&nbsp;', tail)}"
            case ast.BinOp(left=left, right=right):
                return f"{self.term(left, SUM, lead)} {self.term(right, SUM, '+&nbsp;', tail)}"
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                sign = f"{SIGNS[type(operator)]}&nbsp;"
                return f"{self.print(left, 0, lead)} {self.print(right, 0, sign, tail)}"
            case ast.BoolOp(op=operator, values=parts):
                name = "formula.and" if isinstance(operator, ast.And) else "formula.or"
                return self.several(parts, f"{say(name, self.language)} ", "", lead, tail)
            case ast.IfExp():
                return f"<span>{lead}{self.cases(node)}{tail}</span>"
            case ast.Call(func=ast.Name(id="power"), args=[base, exponent]):
                raised = f"{self.print(base, ATOM, lead)}<sup><i>^</i>{self.part(exponent)}</sup>"
                return f'<span class="power">{raised}{tail}</span>'
            case ast.Call(func=ast.Name(id="impossible")):
                return f"<span>{lead}n/a{tail}</span>"
            case ast.Call(func=ast.Name(id=name), args=arguments):
                opening, closing = BRACKETS.get(name, (f"{name}(", ")"))
                inside = self.several(arguments, "", ",", f"{lead}{opening}", f"{closing}{tail}")
                return f"<span>{inside}</span>"
        raise TypeError(ast.dump(node))

    def several(self, nodes: list[ast.expr], before: str, after: str, lead: str, tail: str) -> str:
        """Expressions with a sign before or after each that has a neighbour there."""
        leads = [lead, *[before] * (len(nodes) - 1)]
        tails = [*[after] * (len(nodes) - 1), tail]
        ends = zip(nodes, leads, tails, strict=True)
        return " ".join(self.print(node, 0, first, last) for node, first, last in ends)

    def term(self, node: ast.expr, binding: int, lead: str, tail: str = "") -> str:
        """A term of a sum: lines break between terms first."""
        inside = self.print(node, binding, lead, tail)
        product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
        return f"<span>{inside}</span>" if product else inside

    def part(self, node: ast.expr, lead: str = "") -> str:
        """A part of a fraction, an exponent or a case: in a single line it needs brackets."""
        if _binds(node) == ATOM:
            return self.print(node, 0, lead)
        return self.print(node, 0, f"{lead}<i>(</i>", "<i>)</i>")

    def cases(self, node: ast.expr) -> str:
        colon = say("mark.colon", self.language)
        lead, space = f"{say('formula.if', self.language)} ", colon[1:]
        after = f"<i>{say('mark.semicolon', self.language)}</i>"
        lines = []
        while isinstance(node, ast.IfExp):
            test = self.print(node.test, 0, lead, colon[0])
            lines.append(f"{test}{space}<span>{self.case(node.body)}</span>{after}")
            node = node.orelse
        otherwise = say("formula.otherwise", self.language)
        lines.append(f"{otherwise}{colon}<span>{self.case(node)}</span>")
        return f'<span class="cases">{"".join(f"<span>{line}</span>" for line in lines)}</span>'

    def case(self, node: ast.expr) -> str:
        return self.part(node) if isinstance(node, ast.IfExp) else self.print(node)
