"""The branch of a formula that applies: what its tests chose, and which names took part."""

import ast
from functools import lru_cache
from types import CodeType
from typing import Any

from hooks.formula import quantity as vocabulary

FUNCTIONS = {name: getattr(vocabulary, name) for name in ("floor", "ceil", "power", "root")} | {
    "min": min,
    "max": max,
}


class _Untouchable(vocabulary.Reason):
    """A reason inside a test: not even another reason may be compared with it."""

    def __eq__(self, other: object) -> bool:
        raise vocabulary.Impossible(self)

    __hash__ = None  # type: ignore[assignment]


def taken(body: ast.expr, values: dict[str, Any]) -> tuple[ast.expr | None, list[ast.expr]]:
    """The expression that gives the value, and the tests that led there; None when there is no
    number.
    """
    tests = []
    values = {
        name: _Untouchable(value.text, value.zh) if isinstance(value, vocabulary.Reason) else value
        for name, value in values.items()
    }
    while isinstance(body, ast.IfExp):
        tests.append(body.test)
        try:
            holds = eval(_compiled(body.test), dict(FUNCTIONS), values)
        except (
            vocabulary.Impossible,
            ArithmeticError,
            ValueError,
        ):  # floor and ceil of infinity less infinity
            return None, tests
        body = body.body if holds else body.orelse
    return (None if _refuses(body) else body), tests


@lru_cache(maxsize=4096)
def _compiled(test: ast.expr) -> CodeType:
    return compile(ast.Expression(test), "<test>", "eval")


def _refuses(body: ast.expr) -> bool:
    return isinstance(body, ast.Call) and getattr(body.func, "id", "") == "impossible"


def branches(
    body: ast.expr, tests: tuple[ast.expr, ...] = ()
) -> list[tuple[ast.expr | None, list[ast.expr]]]:
    """Everything that `taken` can come to, in the order in which the cases stand."""
    if isinstance(body, ast.IfExp):
        return [
            case
            for part in (body.body, body.orelse)
            for case in branches(part, (*tests, body.test))
        ]
    return [(None if _refuses(body) else body, list(tests))]


def names_taking_part(body: ast.expr, values: dict[str, Any]) -> frozenset[str]:
    """The names that the value rests on in this case; all of them when there is no number."""
    branch, tests = taken(body, values)
    return names_in_expressions(body) if branch is None else names_in_expressions(branch, *tests)


@lru_cache(maxsize=4096)
def names_in_expressions(*parts: ast.expr) -> frozenset[str]:
    """The names that expressions mention."""
    return frozenset(
        node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)
    )
