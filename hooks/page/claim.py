"""A claim: a comparison that prose relies on, `holds: kv_bytes < weights_read`."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from hooks.formula.dimensions import shows
from hooks.formula.evaluate import Scenario
from hooks.formula.format import PRINTED, format_value
from hooks.formula.quantity import Reason
from hooks.formula.reference import Reference, parse_reference, wired
from hooks.formula.units import ONE, Unit, unit
from hooks.text.languages import Language
from hooks.text.problems import Mistake, resting_on, together

AS_SHOWN = 0.0005
"""Two numbers are equal when they look so in three digits."""

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le, ">=": operator.ge, "==": lambda a, b: abs(a - b) <= AS_SHOWN * max(abs(a), abs(b)), "<": operator.lt, ">": operator.gt,  # noqa: E501
}  # fmt: skip
SPLIT = re.compile(r"(<=|>=|==|<|>)")

SIGNS = {"≤": "<=", "≥": ">=", "≠": "< or >", "＜": "<", "＞": ">", "＝": "=="}
"""What is typed for an operator, and the one that is meant."""


@dataclass(frozen=True)
class Side:
    """One side of a claim: a reference, or a number with a unit."""

    text: str
    reference: Reference | None
    number: float
    unit: Unit

    def value(self, scenario: Scenario) -> object:
        """The side's value in base units, or a reason."""
        return self.reference.value(scenario) if self.reference else self.number

    def wire(self, scenario: Scenario) -> str:
        """The side as a page tells it to a browser: the reference, or the number in base units and
        its unit.
        """
        if self.reference and (wire := wired(self.reference, scenario)).fields:
            return wire.text
        return f"{self.value(scenario)!r} {self.unit}"

    def written(self, scenario: Scenario, language: Language) -> str:
        """The side with what it comes to: `kv_bytes (2.68 GB)`."""
        return (
            f"{self.text} ({self.reference.text(scenario, language)})"
            if self.reference
            else format_value(self.number, self.unit, "", language)
        )


@dataclass(frozen=True)
class Claim:
    """Two sides and what shall hold between them."""

    left: Side
    operator: str
    right: Side

    def failure(self, scenario: Scenario) -> str:
        """What is wrong with the claim in a scenario; empty while it holds. Refuses one that rests
        on a mistake elsewhere.
        """
        left, right = self.left.value(scenario), self.right.value(scenario)
        for value in (left, right):
            if isinstance(value, Reason) and value.cause:
                raise resting_on(value.cause)
            if isinstance(value, Reason):
                return f"this claim cannot be checked: {value.text}"
        if OPERATORS[self.operator](left, right):
            return ""
        return (
            f"this claim does not hold: {self.left.written(scenario, 'en')} {self.operator}"
            f" {self.right.written(scenario, 'en')}"
        )

    def wire(self, scenario: Scenario) -> str:
        """The claim as a page tells it to a browser; empty where no scenario can change it."""
        if not any(
            side.reference and wired(side.reference, scenario).fields
            for side in (self.left, self.right)
        ):
            return ""
        return f"{self.left.wire(scenario)} {self.operator} {self.right.wire(scenario)}"

    def __str__(self) -> str:
        return f"{self.left.text} {self.operator} {self.right.text}"


def parse_claim(text: str, scenario: Scenario) -> Claim:
    """Read a claim. Refuses anything but one comparison between two of a kind."""
    for at, sign in enumerate(text):
        if sign in SIGNS:
            raise Mistake(f"'{sign}' in a claim: write '{SIGNS[sign]}'", at)
    parts = SPLIT.split(text)
    if len(parts) != 3:
        raise Mistake("a claim is one comparison: left < right, with one of < <= > >= ==")
    sides, mistakes = [], []
    for part, start in ((parts[0], 0), (parts[2], len(parts[0]) + len(parts[1]))):
        try:
            sides.append(_side(part, start, scenario))
        except Mistake as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise together(mistakes)
    left, right = sides
    if left.reference is None and right.reference is None:
        raise Mistake("a claim rests on a quantity, and both sides of this one are typed")
    if left.reference and right.reference and left.reference.terms() == right.reference.terms():
        raise Mistake(f"{left.text} is compared with itself, so the claim says nothing")
    if not (shows(left.unit, right.unit) or shows(right.unit, left.unit)):
        raise Mistake(
            f"a claim compares two of a kind, but {left.text} is in {left.unit} and {right.text} in"
            f" {right.unit}"
        )
    return Claim(left, parts[1], right)


def _side(text: str, start: int, scenario: Scenario) -> Side:
    text_only = text.strip()
    at = start + len(text) - len(text.lstrip())
    if re.match(r"^[A-Za-z_]", text_only):
        try:
            reference = parse_reference(text_only, scenario)
        except Mistake as mistake:
            raise mistake.shifted(at) from None
        return Side(text_only, reference, 0, reference.unit(scenario.library))
    if re.match(r"^'\w[\w -]*'$", text_only):
        raise Mistake("a claim compares numbers; a word needs no claim", at)
    match = PRINTED.match(text_only)
    if not match:
        raise Mistake(f"expected a quantity or a number, found '{text_only}'", at)
    given = unit(match[2]) if match[2] else ONE
    number = float(match[1].replace(",", "")) * float(given.factor)
    if not isfinite(number):
        raise Mistake(f"'{match[1]}' is too large for a number", at)
    return Side(text_only, None, number, given)
