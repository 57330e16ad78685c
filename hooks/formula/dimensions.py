"""Checks that every branch of a formula comes to the unit that the quantity declares."""

import ast
from collections.abc import Callable

from hooks.formula.declaration import Declaration, Quantity
from hooks.formula.grammar import reasons_in
from hooks.formula.template import names_in_template
from hooks.formula.units import COUNTS, ONE, WORD, Unit, unit
from hooks.text.problems import Mistake, Problem, did_you_mean

Anything = None
"""The unit of 0 and of a reason: it fits everywhere."""


class UnitError(Exception):
    """A unit that does not fit, at a node."""

    def __init__(self, node: ast.AST, message: str):
        self.node = node
        self.message = message


def check(quantity: Quantity, known: dict[str, Declaration]) -> list[Problem]:
    """Problems with a quantity's units, over every branch; empty when they come to what it
    declares.
    """
    try:
        found = _unit_of(quantity.body, lambda name: known[name].unit)
        if found is not Anything and not _equal(found, quantity.unit):
            raise UnitError(
                quantity.body,
                f"'{quantity.name}' is declared in {quantity.unit}, but its formula comes to"
                f" {_spelt(found)}",
            )
        for node, *texts in reasons_in(quantity.body):
            for name, wanted in (pair for text in texts for pair in names_in_template(text)):
                _check_reason(node, name, wanted, quantity, known)
    except UnitError as error:
        return [
            Problem(
                quantity.path,
                getattr(error.node, "lineno", quantity.line),
                getattr(error.node, "col_offset", 0) + 1,
                error.message,
            )
        ]
    return []


def _check_reason(
    node: ast.AST, name: str, wanted: str, quantity: Quantity, known: dict[str, Declaration]
) -> None:
    if name not in quantity.parameters and name not in known:
        raise UnitError(
            node,
            f"the reason mentions '{name}', which does not"
            f" exist{did_you_mean(name, quantity.parameters)}",
        )
    if name not in quantity.parameters and known[name].unit != WORD:
        raise UnitError(
            node, f"the reason mentions '{name}', which is not a parameter of '{quantity.name}'"
        )
    try:
        if wanted and not shows(unit(wanted), known[name].unit):
            raise UnitError(
                node, f"the reason shows '{name}' in {wanted}, but it is in {known[name].unit}"
            )
    except Mistake as mistake:
        raise UnitError(node, mistake.message) from None


def shows(wanted: Unit, of: Unit) -> bool:
    """Whether `wanted` can show a value in unit `of`: of the same kind, or silent on what is
    counted below the line.

    So a cache of B/token may be shown in KiB, and a count of tokens as a bare number or in
    billions.
    """
    if wanted.plain and of.counts_only:
        return True
    have = dict(of.powers)
    unsaid = {base: power - have.get(base, 0) for base, power in wanted.powers} | {
        base: -power for base, power in have.items() if base not in dict(wanted.powers)
    }
    return bool(wanted.powers or of.plain) and all(
        base in COUNTS and 0 < power <= -have.get(base, 0)
        for base, power in unsaid.items()
        if power
    )


def _equal(a: Unit, b: Unit) -> bool:
    return a.powers == b.powers


def _spelt(found: Unit) -> str:
    return str(Unit(found.factor, found.powers))


def _unit_of(node: ast.expr, of: Callable[[str], Unit]) -> Unit | None:
    match node:
        case ast.Name(id=name):
            return Unit(
                ONE.factor, of(name).powers
            )  # values are in base units, whatever prefix a label shows
        case ast.Constant(value=str()):
            return WORD
        case ast.Constant(value=value):
            return Anything if value == 0 else ONE
        case ast.UnaryOp(operand=operand):
            found = _unit_of(operand, of)
            _refuse_word(node, found)
            return found
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as operator, right=right):
            a, b = _unit_of(left, of), _unit_of(right, of)
            _refuse_word(node, a, b)
            if a is Anything or b is Anything:
                return Anything
            return a * b if isinstance(operator, ast.Mult) else a / b
        case ast.BinOp(left=left, right=right):
            verb = "add" if isinstance(node.op, ast.Add) else "subtract"
            found = _same(node, (left, right), of, verb)
            _refuse_word(node, found)
            return found
        case ast.IfExp(test=test, body=body, orelse=other):
            _unit_of(test, of)
            return _same(node, (body, other), of, "return")
        case ast.BoolOp(values=values):
            for part in values:
                _unit_of(part, of)
            return ONE
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            found = _same(node, (left, right), of, "compare")
            if not isinstance(operator, (ast.Eq, ast.NotEq)):
                _refuse_word(node, found)
            return ONE
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=arguments):
            found = _same(node, tuple(arguments), of, f"take the {name} of")
            _refuse_word(node, found)
            return found
        case ast.Call(func=ast.Name(id="floor" | "ceil" as name), args=[argument]):
            found = _unit_of(argument, of)
            if found is not Anything and not found.counts_only:
                raise UnitError(
                    node,
                    f"{name}() of {_spelt(found)}: only counts (tokens, sequences, chips …) come"
                    " whole; divide first",
                )
            return found
        case ast.Call(func=ast.Name(id="power"), args=[base, count]):
            a, b = _unit_of(base, of), _unit_of(count, of)
            if a is not Anything and not a.plain:
                raise UnitError(
                    node, f"power() of {_spelt(a)}: only a bare number can be raised to a count"
                )
            if b is not Anything and not b.counts_only:
                raise UnitError(node, f"power() to {_spelt(b)}: the second argument is a count")
            return ONE
        case ast.Call(func=ast.Name(id="root"), args=[argument]):
            found = _unit_of(argument, of)
            _refuse_word(node, found)
            if found is Anything:
                return Anything
            if any(power % 2 for _, power in found.powers):
                raise UnitError(node, f"root() of {_spelt(found)}: only a square has a root")
            return Unit(ONE.factor, tuple((base, power // 2) for base, power in found.powers))
        case ast.Call():
            return Anything
    raise UnitError(node, f"{type(node).__name__} has no unit")


def _same(
    node: ast.AST, sides: tuple[ast.expr, ...], of: Callable[[str], Unit], verb: str
) -> Unit | None:
    result: Unit | None = Anything
    for side in sides:
        found = _unit_of(side, of)
        if found is Anything:
            continue
        if result is not Anything and not _equal(result, found):
            raise UnitError(node, f"cannot {verb} {_spelt(result)} and {_spelt(found)}")
        result = found
    return result


def _refuse_word(node: ast.AST, *units: Unit | None) -> None:
    if any(found is not Anything and found.powers == WORD.powers for found in units):
        raise UnitError(node, "a word takes no part in arithmetic, only in == and !=")
