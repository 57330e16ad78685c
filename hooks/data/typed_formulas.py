"""Numbers that a cost model types in a formula: without a name, nobody asks where they are from."""

import ast

from hooks.formula.library import Library
from hooks.text.problems import Problem

LARGEST = 12
"""Whole numbers up to here may count what a formula's own sentence names: three projections."""


def typed_formulas(library: Library) -> list[Problem]:
    """Every number in a formula that is no small whole one, at its place."""
    return [
        Problem(
            quantity.path,
            node.lineno,
            node.col_offset + 1,
            f"{node.value:g} is typed in a formula: give it a name with its reason,"
            f' constant("1", {node.value:g}, …, why=…), or make it an input with a source',
        )
        for quantity in library.quantities
        for node in ast.walk(quantity.body)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, (int, float))
        and not (float(node.value).is_integer() and node.value <= LARGEST)
    ]
