"""JavaScript: a formula as the browser computes it, printed from the same syntax tree.

`$` holds every value by name. What Python would refuse to divide or to touch throws in the browser
too (`hooks/live/browser/formula.js`), so that both come to the same value or to the same reason.
"""

import ast
import json
from collections.abc import Mapping

from hooks.formula.grammar import reasons_in
from hooks.formula.template import names_in_template
from hooks.text.languages import Language

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.NotEq: "!=",
    ast.And: "&&", ast.Or: "||",
}  # fmt: skip

CONDITION, OR, AND, COMPARISON, SUM, PRODUCT, ATOM = range(7)
"""How tightly an expression binds, to know where it needs brackets."""


def javascript(body: ast.expr, language: Language, constants: Mapping[str, float]) -> str:
    """A formula's body as one JavaScript expression; its reasons are in the reader's language.

    `constants` are names to write as the numbers that they are. The browser reads in this text what
    the formula rests on, so what only a reason mentions stands in a comment.
    """
    computed = {node.id for node in ast.walk(body) if isinstance(node, ast.Name)}
    mentioned = {
        name
        for _, *texts in reasons_in(body)
        for text in texts
        for name, _ in names_in_template(text)
    } - computed
    comment = f"/*{','.join(f'$.{name}' for name in sorted(mentioned))}*/" if mentioned else ""
    return comment + _Emitter(language, constants).emit(body)


class _Emitter:
    def __init__(self, language: Language, constants: Mapping[str, float]):
        self.language = language
        self.constants = constants

    def emit(self, node: ast.expr, needs: int = CONDITION) -> str:
        code, binds = self.expression(node)
        return f"({code})" if binds < needs else code

    def expression(self, node: ast.expr) -> tuple[str, int]:
        """A node's text, and how tightly it binds."""
        match node:
            case ast.Name(id=name):
                return (
                    js_number(self.constants[name]) if name in self.constants else f"$.{name}"
                ), ATOM
            case ast.Constant(value=str() as word):
                return text(word), ATOM
            case ast.Constant(value=int() | float() as value):
                return js_number(value), ATOM
            case ast.UnaryOp(operand=operand):
                return (
                    f"(-{self.emit(operand, ATOM)})",
                    ATOM,
                )  # in brackets, for a--b is no difference
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return f"over({self.emit(left)},{self.emit(right)})", ATOM
            case ast.BinOp(left=left, op=operator, right=right):
                binds = PRODUCT if isinstance(operator, ast.Mult) else SUM
                return (
                    (
                        f"{self.emit(left, binds)}{OPERATORS[type(operator)]}{self.emit(right, binds + 1)}"  # noqa: E501
                    ),
                    binds,
                )
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                return f"same({self.emit(left)},{self.emit(right)})", ATOM
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[right]):
                return f"!same({self.emit(left)},{self.emit(right)})", ATOM
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return (
                    f"{self.emit(left, SUM)}{OPERATORS[type(operator)]}{self.emit(right, SUM)}",
                    COMPARISON,
                )
            case ast.BoolOp(op=operator, values=parts):
                binds = AND if isinstance(operator, ast.And) else OR
                return (
                    OPERATORS[type(operator)].join(self.emit(part, binds + 1) for part in parts),
                    binds,
                )
            case ast.IfExp(test=test, body=body, orelse=other):
                return f"{self.emit(test, OR)}?{self.emit(body)}:{self.emit(other)}", CONDITION
            case ast.Call(
                func=ast.Name(id="impossible"),
                args=[ast.Constant(value=str(en))],
                keywords=[ast.keyword(value=ast.Constant(value=str(zh)))],
            ):
                return f"no({text(zh if self.language == 'zh' else en)})", ATOM
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return f"{name}({','.join(self.emit(argument) for argument in arguments)})", ATOM
        raise TypeError(ast.dump(node))


def text(words: str) -> str:
    """A text that JavaScript reads as the same one, in which no dollar looks like the name of a
    value.
    """
    return json.dumps(words, ensure_ascii=False).replace("$", "\\u0024")


def literal(value: object) -> str:
    """Plain values as JavaScript reads them; of an object's keys, JavaScript alone takes
    `__proto__` for something else.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace('"__proto__":', '["__proto__"]:')


def js_number(value: float) -> str:
    """A number that JavaScript reads as the same double; one below zero in brackets, for a--1 is no
    difference.
    """
    try:
        digits = repr(float(value))
    except OverflowError:
        digits = "inf"
    if value < 0:
        return f"(-{js_number(-value)})"
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(
        digits, digits.removesuffix(".0")
    )
