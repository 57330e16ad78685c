"""What to expect beside a floor: which quantity stands beside which, and the ends of its
interval.
"""

import re
from typing import NamedTuple

from hooks.data.scoreboard import TWINS
from hooks.formula.dimensions import shows
from hooks.formula.evaluate import Scenario, Value
from hooks.formula.format import WORDS
from hooks.formula.library import Library
from hooks.formula.quantity import Reason
from hooks.formula.reference import PinnedName, Reference, parse_reference
from hooks.formula.units import unit
from hooks.text.languages import Language, say

BESIDE = TWINS | {
    "ttft": "expected_ttft",
    "tpot": "expected_itl",
    "mean_itl": "expected_itl",
    "end_to_end": "expected_request_time",
    "token_cost": "expected_token_cost",
    "prompt_token_cost": "expected_prompt_token_cost",
    "token_energy": "expected_token_energy",
    "prompt_token_energy": "expected_prompt_token_energy",
    "request_energy": "expected_request_energy",
}
"""The quantity that says what to expect where a floor or a ceiling stands."""

OUTLOOK = "outlook"
APART = ("calibration", OUTLOOK)
"""The scenario fields that only pages with expectations have."""

FAMILY = "fitted_family"


class Expected(NamedTuple):
    """What to expect, in base units or as a reason, and the ends of its interval, the smaller
    one first.
    """

    reference: Reference
    value: Value
    ends: tuple[Reference, Reference] | None

    def text(self, scenario: Scenario, language: Language) -> str:
        """In a line: `expect 18.1 ms, between 17.0 ms and 27.0 ms: H100 and H200, dense
        models`.
        """
        said = self.reference.text(scenario, language)
        if isinstance(self.value, Reason):
            return said
        family = self.reference.top.pinned_in(scenario).text(FAMILY, "", language)
        between = ""
        if self.ends:
            low, high = (end.text(scenario, language) for end in self.ends)
            between = say("expected.between", language, low=low, high=high)
        return say("expected.line", language, said=said, between=between, family=family)


def expected(reference: Reference, scenario: Scenario) -> Expected | None:
    """What to expect where a reference states a floor; nothing where it does not, or has no
    number itself.
    """
    names = scenario.library.names
    name = BESIDE.get(reference.top.name, "")
    if reference.bottom or name not in names or isinstance(reference.value(scenario), Reason):
        return None
    pins = {key: value for key, value in reference.top.pins if key != OUTLOOK}
    middle = _asked(name, pins, reference.display, scenario)
    sides = [_asked(name, pins | {OUTLOOK: end}, reference.display, scenario) for end in (1.0, 2.0)]
    ends = [(value, side) for side in sides if isinstance(value := side.value(scenario), float)]
    ends.sort(key=lambda end: end[0])
    between = (ends[0][1], ends[1][1]) if len(ends) == len(sides) else None
    return Expected(middle, middle.value(scenario), between)


def _asked(name: str, pins: dict[str, float | str], display: str, scenario: Scenario) -> Reference:
    shown = display if _shows(display, name, scenario) else ""
    return Reference(PinnedName(name, tuple(sorted(pins.items()))), None, shown)


def _shows(display: str, name: str, scenario: Scenario) -> bool:
    """Whether a unit can show a quantity too: `ms/token` a TPOT, but not the step that stands
    beside it.
    """
    return bool(display) and (
        display in WORDS or shows(unit(display), scenario.library.names[name].unit)
    )


LINES = {
    "en": (
        (
            "step: at least {decode_step}, expect {expected_step(outlook=1)} to"
            " {expected_step(outlook=2)} (overhead in the floor {step_overhead:ms})"
        ),
        (
            "step: at least {decode_step}, expect {expected_step}"
            " (overhead in the floor {step_overhead:ms})"
        ),
        (
            "step: at least {decode_step}, no published run to fit"
            " (overhead in the floor {step_overhead:ms})"
        ),
    ),
    "zh": (
        (
            "一步：至少 {decode_step}，预期 {expected_step(outlook=1)} 到"
            " {expected_step(outlook=2)}（下限中固定开销 {step_overhead:ms}）"
        ),
        "一步：至少 {decode_step}，预期 {expected_step}（下限中固定开销 {step_overhead:ms}）",
        ("一步：至少 {decode_step}，没有公开的实测可供拟合（下限中固定开销 {step_overhead:ms}）"),
    ),
}
"""What the scenario bar says of a step: the first of these whose numbers all are there. Many pages
count no launches, so that the overhead in the floor is what two of them differ in.
hooks/live/browser/expected.js says it of other scenarios.
"""

ASKED = re.compile(r"\{([^{}]+)\}")


def floor_line(scenario: Scenario, language: Language) -> str:
    """A scenario's floor and what to expect, in a line; nothing where there is no floor."""
    for template in LINES[language]:
        asked = [parse_reference(text, scenario) for text in ASKED.findall(template)]
        if all(isinstance(one.value(scenario), float) for one in asked):
            return ASKED.sub(
                lambda told: parse_reference(told[1], scenario).text(scenario, language), template
            )
    return ""


def names(library: Library) -> set[str]:
    """The names that the lines mention; none where these cost models lack one."""
    found = {"decode_step", "step_overhead", "expected_step"}
    return found if found <= library.names.keys() else set()
