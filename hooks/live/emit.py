"""JavaScript: a formula as the browser computes it, printed from the same syntax tree.

`$` holds every value by name. What Python would refuse to divide or to touch throws in the browser too
(`hooks/live/browser/formula.js`), so that both come to the same value or to the same reason.
"""

import ast
import json

from hooks.formula.format import Language

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.NotEq: "!=",
    ast.And: "&&", ast.Or: "||",
}  # fmt: skip

CONDITION, OR, AND, COMPARISON, SUM, PRODUCT, SIGN, ATOM = range(8)
"""How tightly an expression binds, to know where it needs brackets."""


def javascript(body: ast.expr, language: Language) -> str:
    """A formula's body as one JavaScript expression; its reasons are in the reader's language."""
    return _Emitter(language).emit(body)


class _Emitter:
    def __init__(self, language: Language):
        self.language = language

    def emit(self, node: ast.expr, needs: int = CONDITION) -> str:
        text, binds = self.expression(node)
        return f"({text})" if binds < needs else text

    def expression(self, node: ast.expr) -> tuple[str, int]:
        """A node's text, and how tightly it binds."""
        match node:
            case ast.Name(id=name):
                return f"$.{name}", ATOM
            case ast.Constant(value=str() as word):
                return json.dumps(word, ensure_ascii=False), ATOM
            case ast.Constant(value=int() | float() as value):
                return number(value), ATOM
            case ast.UnaryOp(operand=operand):
                return f"-{self.emit(operand, ATOM)}", SIGN
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return f"over({self.emit(left)},{self.emit(right)})", ATOM
            case ast.BinOp(left=left, op=operator, right=right):
                binds = PRODUCT if isinstance(operator, ast.Mult) else SUM
                return f"{self.emit(left, binds)}{OPERATORS[type(operator)]}{self.emit(right, binds + 1)}", binds
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                return f"same({self.emit(left)},{self.emit(right)})", ATOM
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[right]):
                return f"!same({self.emit(left)},{self.emit(right)})", SIGN
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return f"{self.emit(left, SUM)}{OPERATORS[type(operator)]}{self.emit(right, SUM)}", COMPARISON
            case ast.BoolOp(op=operator, values=parts):
                binds = AND if isinstance(operator, ast.And) else OR
                return OPERATORS[type(operator)].join(self.emit(part, binds + 1) for part in parts), binds
            case ast.IfExp(test=test, body=body, orelse=other):
                return f"{self.emit(test, OR)}?{self.emit(body)}:{self.emit(other)}", CONDITION
            case ast.Call(func=ast.Name(id="impossible"), args=[ast.Constant(value=str(text))], keywords=[ast.keyword(value=ast.Constant(value=str(zh)))]):
                return f"no({json.dumps(zh if self.language == 'zh' else text, ensure_ascii=False)})", ATOM
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return f"{name}({','.join(self.emit(argument) for argument in arguments)})", ATOM
        raise TypeError(ast.dump(node))


def number(value: float) -> str:
    """A number that JavaScript reads as the same double."""
    try:
        text = repr(float(value))
    except OverflowError:
        text = "inf"
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(text, text.removesuffix(".0"))
