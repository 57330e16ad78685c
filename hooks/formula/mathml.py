"""MathML: a formula as a reader sees it, with names or with values."""

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

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly an expression binds, to know where it needs brackets."""


def formula_mathml(quantity: Quantity, name: NameText, language: Language) -> str:
    """The whole formula in names, every case of it."""
    return _Printer(name, language, {}).math(quantity.body, quantity.title(language))


def with_values(
    quantity: Quantity, text: NameText, values: dict[str, Any], language: Language
) -> str:
    """The case that applies, with values in place of names; empty when there is no number."""
    branch, _ = taken(quantity.body, values)
    if branch is None or not names_in_expressions(branch):
        return ""
    return _Printer(text, language, values).math(branch, "")


def template(body: ast.expr, language: Language) -> str:
    """An expression with `{name}` wherever a name or its value belongs, for a browser to fill."""
    return _Printer(lambda name: f"{{{name}}}", language, {}).print(body)


class _Printer:
    def __init__(self, name_text: NameText, language: Language, values: dict[str, Any]):
        self.name_text = name_text
        self.language = language
        self.values = values

    def math(self, body: ast.expr, label: str) -> str:
        left = f"<mtext>{escape(label)}</mtext>" if label else ""
        return f'<math display="block">{left}<mo>=</mo>{self.print(body)}</math>'

    def print(self, node: ast.expr, binding: int = 0) -> str:
        match node:
            case ast.Name(id=name):
                return f"<mtext>{escape(self.name_text(name))}</mtext>"
            case ast.Constant(value=str() as word):
                return f"<mtext>“{escape(word)}”</mtext>"
            case ast.Constant(value=int() | float() as value):
                return f"<mn>{value:g}</mn>"
            case ast.UnaryOp(operand=operand):
                return self.bracket(f"<mo>−</mo>{self.print(operand, PRODUCT)}", SUM, binding)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return f"<mfrac>{self.row(left)}{self.row(right)}</mfrac>"
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return self.bracket(
                    f"{self.print(left, PRODUCT)}<mo>×</mo>{self.print(right, PRODUCT)}",
                    PRODUCT,
                    binding,
                )
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return self.bracket(
                    f"{self.print(left, SUM)}<mo>−</mo>{self.print(right, PRODUCT)}", SUM, binding
                )
            case ast.BinOp(left=left, right=right):
                return self.bracket(
                    f"{self.print(left, SUM)}<mo>+</mo>{self.print(right, SUM)}", SUM, binding
                )
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return f"{self.print(left)}<mo>{SIGNS[type(operator)]}</mo>{self.print(right)}"
            case ast.BoolOp(op=operator, values=parts):
                name = "and" if isinstance(operator, ast.And) else "or"
                word = say(f"formula.{name}", self.language)
                return f"<mtext> {word} </mtext>".join(self.print(part) for part in parts)
            case ast.IfExp():
                return self.cases(node)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.call(name, arguments)
        raise TypeError(ast.dump(node))

    def bracket(self, inside: str, has: int, needs: int) -> str:
        return f"<mo>(</mo>{inside}<mo>)</mo>" if has < needs else inside

    def row(self, node: ast.expr, binding: int = 0) -> str:
        """One element, whatever is in it: what a fraction and a power are made of."""
        inside = self.print(node, binding)
        return inside if isinstance(node, (ast.Name, ast.Constant)) else f"<mrow>{inside}</mrow>"

    def call(self, name: str, arguments: list[ast.expr]) -> str:
        match name:
            case "floor":
                return f"<mo>⌊</mo>{self.print(arguments[0])}<mo>⌋</mo>"
            case "ceil":
                return f"<mo>⌈</mo>{self.print(arguments[0])}<mo>⌉</mo>"
            case "power":
                return f"<msup>{self.row(arguments[0], ATOM)}{self.row(arguments[1])}</msup>"
            case "root":
                return f"<msqrt>{self.print(arguments[0])}</msqrt>"
            case "impossible":
                return "<mtext>n/a</mtext>"
        inside = "<mo>,</mo>".join(self.print(argument) for argument in arguments)
        return f"<mi>{name}</mi><mo>(</mo>{inside}<mo>)</mo>"

    def cases(self, node: ast.expr) -> str:
        rows = []
        while isinstance(node, ast.IfExp):
            condition = f"<mtext>{say('formula.if', self.language)} </mtext>{self.print(node.test)}"
            rows.append(f"<mtr><mtd>{self.print(node.body)}</mtd><mtd>{condition}</mtd></mtr>")
            node = node.orelse
        rows.append(
            f"<mtr><mtd>{self.print(node)}</mtd><mtd><mtext>{say('formula.otherwise', self.language)}</mtext></mtd></mtr>"  # noqa: E501
        )
        return (
            '<mrow><mo stretchy="true">{</mo><mtable'
            f' columnalign="left">{"".join(rows)}</mtable></mrow>'
        )
