"""The formula language: what an expression may hold, and what to write instead of the rest."""

import ast
from collections.abc import Collection, Iterator
from functools import lru_cache

from hooks.text.problems import did_you_mean

FUNCTIONS = {
    "min": "at least two",
    "max": "at least two",
    "floor": "one",
    "ceil": "one",
    "power": "two",
    "root": "one",
    "impossible": "one",
}
"""The functions that a formula calls, each with how many arguments it takes."""

NO_VARIABLES = "a formula has no local variables: a step worth a name is worth being a quantity"
NO_LOOPS = "a formula has no loops: find the closed form"

CURES: dict[type[ast.AST], str] = {
    ast.Pow: "'**' rounds differently in browsers: write power(x, n), or x * x",
    ast.FloorDiv: "'//' is not in the formula language: write floor(a / b)",
    ast.Mod: "'%' is not in the formula language: write a - b * floor(a / b)",
    ast.MatMult: "'@' is not in the formula language",
    ast.Assign: NO_VARIABLES,
    ast.AugAssign: NO_VARIABLES,
    ast.AnnAssign: NO_VARIABLES,
    ast.For: NO_LOOPS,
    ast.While: NO_LOOPS,
    ast.ListComp: "a formula has no lists: make each term a quantity",
    ast.GeneratorExp: NO_LOOPS,
    ast.Attribute: "a formula uses plain names only: make it a parameter",
    ast.Subscript: "a formula has no indexing: make it a parameter",
    ast.Lambda: "a formula has no functions of its own: make it a quantity",
    ast.Expr: "a formula is early returns and one final return: remove this line",
    ast.Call: "a formula calls only " + ", ".join(FUNCTIONS),
    ast.Raise: 'a formula does not raise: return impossible("…", zh="…")',
}
"""What Python has and formulas have not, and what to write instead."""


def grammar_faults(
    body: ast.expr, parameters: Collection[str], words: Collection[str]
) -> Iterator[tuple[ast.AST, str]]:
    """What is wrong with a formula's expression, each at its node.

    Refuses names that are no parameters, words that are not among `words` (any, where there are
    none), everything that the formula language does not have, and a test where a value belongs.
    """
    for node, compared in _parts(body):
        for message in _faults_of(node, parameters, () if compared else words):
            yield node, message
    yield from _out_of_place(body)


@lru_cache(maxsize=4096)
def reasons_in(body: ast.expr) -> tuple[tuple[ast.Call, str, str], ...]:
    """Every well-formed impossible(…) in an expression, with its two texts."""
    found = []
    for node in ast.walk(body):
        match node:
            case ast.Call(
                func=ast.Name(id="impossible"),
                args=[ast.Constant(value=str(text))],
                keywords=[ast.keyword(value=ast.Constant(value=str(zh)))],
            ):
                found.append((node, text, zh))
    return tuple(found)


def _parts(body: ast.expr, compared: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """The nodes of an expression that mean something, leaving out operators and the inside of
    reasons, and whether each is a side of a comparison.
    """
    yield body, compared
    match body:
        case ast.Call(func=ast.Name(id=name), args=arguments) if name != "impossible":
            for argument in arguments:
                yield from _parts(argument)
        case ast.Compare(left=left, comparators=others):
            for side in (left, *others):
                yield from _parts(side, compared=True)
        case ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.IfExp():
            for child in ast.iter_child_nodes(body):
                if isinstance(child, ast.expr):
                    yield from _parts(child)


def _faults_of(node: ast.AST, parameters: Collection[str], words: Collection[str]) -> Iterator[str]:
    match node:
        case ast.Name(id=name):
            if name not in parameters:
                yield f"'{name}' is not a parameter of this formula{did_you_mean(name, parameters)}"
        case ast.Constant(value=str() as word):
            if words and word not in words:
                yield f"'{word}' is not among this quantity's words{did_you_mean(word, words)}"
        case ast.Constant(value=bool()) | ast.Constant(value=None):
            yield "a formula computes numbers and words, not True, False or None"
        case ast.Constant(value=int() | float()):
            pass
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
            pass
        case ast.BinOp(op=operator):
            yield CURES.get(type(operator), "only + - * / are in the formula language")
        case ast.UnaryOp(op=ast.USub()) | ast.BoolOp() | ast.IfExp():
            pass
        case ast.UnaryOp(op=ast.Not()):
            yield "'not' is not in the formula language: turn the comparison round"
        case ast.Compare(
            ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE() | ast.Eq() | ast.NotEq()]
        ):
            pass
        case ast.Compare(ops=[_]):
            yield "only < <= > >= == != compare in the formula language"
        case ast.Compare():
            yield "one comparison at a time: join two with 'and'"
        case ast.Call(func=ast.Name(id=name)):
            yield from _faults_of_call(node, name)
        case _:
            yield CURES.get(type(node), f"{type(node).__name__} is not in the formula language")


def _faults_of_call(node: ast.Call, name: str) -> Iterator[str]:
    if name not in FUNCTIONS:
        hint = (
            "browsers round it differently; find a rational form"
            if name in ("log", "exp", "pow", "log2", "log10")
            else "write root(x)"
            if name == "sqrt"
            else "only " + ", ".join(FUNCTIONS)
        )
        yield f"{name}() is not in the formula language: {hint}"
        return
    count = FUNCTIONS[name]
    if not {
        "at least two": len(node.args) >= 2,
        "one": len(node.args) == 1,
        "two": len(node.args) == 2,
    }[count]:
        yield f"{name}() takes {count} argument{'' if count == 'one' else 's'}"
    if name != "impossible":
        if node.keywords:
            yield f"{name}() takes no named arguments"
    elif not all(
        isinstance(text, ast.Constant) and isinstance(text.value, str)
        for text in (*node.args, *(keyword.value for keyword in node.keywords))
    ):
        yield "impossible() takes the reason as literal text, in both languages"
    elif [keyword.arg for keyword in node.keywords] != ["zh"]:
        yield 'impossible() needs the reason in both languages: add zh="…"'


def _out_of_place(node: ast.expr, test: bool = False) -> Iterator[tuple[ast.expr, str]]:
    """Comparisons that give a value, and numbers that are asked whether they hold: only a test
    is true or false.
    """
    match node:
        case ast.Compare(left=left, comparators=others):
            if not test:
                yield node, "a comparison is no number: write 1 if a < b else 0"
            for side in (left, *others):
                yield from _out_of_place(side)
        case ast.BoolOp(values=values):
            if not test:
                yield (
                    node,
                    "'and' and 'or' join comparisons in a test: write 1 if a < b and c < d else 0",
                )
            for value in values:
                yield from _out_of_place(value, test=True)
        case ast.IfExp(test=condition, body=body, orelse=other):
            if test:
                yield node, "a test is a comparison: join two with 'and' or 'or'"
            yield from _out_of_place(condition, test=True)
            yield from _out_of_place(body)
            yield from _out_of_place(other)
        case ast.UnaryOp(op=ast.Not()):
            pass  # refused for what it is
        case _:
            if test:
                yield node, "a test is a comparison: write a > 0"
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "impossible"):
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        yield from _out_of_place(child)
