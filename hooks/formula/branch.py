"""The branch of a formula that applies: what its tests chose, and which names took part."""

import ast
from typing import Any

from hooks.formula import quantity as vocabulary

FUNCTIONS = {name: getattr(vocabulary, name) for name in ("floor", "ceil", "power")} | {"min": min, "max": max}


def taken(body: ast.expr, values: dict[str, Any]) -> tuple[ast.expr | None, list[ast.expr]]:
    """The expression that gives the value, and the tests that led there; None when there is no number."""
    tests = []
    while isinstance(body, ast.IfExp):
        tests.append(body.test)
        try:
            holds = eval(compile(ast.Expression(body.test), "<test>", "eval"), dict(FUNCTIONS), values)
        except (vocabulary.Impossible, ArithmeticError):
            return None, tests
        body = body.body if holds else body.orelse
    if isinstance(body, ast.Call) and getattr(body.func, "id", "") == "impossible":
        return None, tests
    return body, tests


def used(body: ast.expr, values: dict[str, Any]) -> set[str]:
    """The names that the value rests on in this case; all of them when there is no number."""
    branch, tests = taken(body, values)
    parts = [body] if branch is None else [branch, *tests]
    return {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}
