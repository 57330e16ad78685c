"""What a published result must hold to: one figure, a scenario that exists, an expression of
its kind, a range of sense.
"""

import hashlib
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from hooks.data.rules.rule import Broken
from hooks.data.scoreboard import FAILURES
from hooks.formula.declaration import Field, Row, Tables, find, ids
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library, closure
from hooks.formula.reference import parse_reference, setting_value
from hooks.text.problems import Mistake, did_you_mean, row_meant

KINDS = {
    "exact": "arithmetic that the source prints",
    "measured": "somebody ran it",
    "observed": "seen, and held against nothing",
}

ROLES = {
    "fit": "a calibration may be fitted to it",
    "judge": "calibrations are only judged by it",
}


BATCH = re.compile(
    r"\bbatch (?:of )?(\d+(?:,\d{3})*)(?![\d.]| to )|(?<![\d.-])(\d+(?:,\d{3})*) at once\b"
)
"""A batch in words."""


def series_of(identifier: str) -> str:
    """The series that a run belongs to: its id without the part behind the last hyphen."""
    return identifier.rpartition("-")[0] or identifier


def role_of(identifier: str) -> str:
    """The role of a run. All runs of a series have the same, and its name decides, so that
    nobody chooses by looking at errors.

    `judge` where the first digit of the SHA-256 of the series' name is even, else `fit`.
    """
    digit = int(hashlib.sha256(series_of(identifier).encode()).hexdigest()[0], 16)
    return "fit" if digit % 2 else "judge"


def measurement_faults(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """What is wrong with a row as a whole."""
    kind = row.extra.get("kind")
    if kind not in KINDS:
        yield (
            "kind" if kind is not None else "",
            f"kind is one of {', '.join(KINDS)}{'' if kind is None else f', not {kind!r}'}",
        )
        return
    if len(row.cells) != 1:
        yield (
            list(row.cells)[1] if row.cells else "",
            f"a result has one figure, not {len(row.cells)}: {', '.join(row.cells) or 'none'}",
        )
    yield from _scenario(row, tables, library)
    yield from _batch(row)
    yield from _expression(row, tables, library)
    yield from _tolerance(row)
    yield from _names(row, tables)
    yield from _role(row)


def _scenario(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    base = Scenario(library, tables, {})
    scenario = row.extra.get("scenario", {})
    if not isinstance(scenario, dict):
        yield "scenario", "scenario maps fields to values: {model: llama-3.1-8b, chips: 1}"
        scenario = {}
    for name, text in scenario.items():
        try:
            setting_value(str(name), text if isinstance(text, str) else repr(text), base)
        except Mistake as mistake:
            if not mistake.cause:
                yield f"scenario.{name}", mistake.message
    given = row.extra.get("given", {})
    if not isinstance(given, dict):
        yield "given", "given maps names to values in base units: {weights_read: 26e9}"
        given = {}
    for name, text in given.items():
        if name not in library.names and name not in library.broken:
            yield f"given.{name}", f"no name '{name}'{did_you_mean(str(name), library.names)}"
        elif (
            name not in library.broken and not _is_value(text) and not _is_word(name, text, library)
        ):
            yield f"given.{name}", f"'{name}' is a number of at least 0 in base units, not {text!r}"


def _batch(row: Row) -> Iterator[Broken]:
    """What the row says in words and in its scenario is one batch."""
    scenario = row.extra.get("scenario")
    batch = scenario.get("batch") if isinstance(scenario, dict) else None
    for words in (row.name, str(row.extra.get("setting", ""))):
        for match in BATCH.finditer(words):
            said = (match[1] or match[2]).replace(",", "")
            if batch is not None and said != str(batch).split()[0]:
                yield "scenario.batch", f"'{match[0]}' is said of it, and its scenario has {batch}"


def _is_value(text: Any) -> bool:
    try:
        return isfinite(float(text)) and float(text) >= 0
    except (TypeError, ValueError):
        return False


def _is_word(name: str, text: Any, library: Library) -> bool:
    declared = library.names.get(name)
    return isinstance(declared, Field) and text in declared.words


def _expression(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    expression, kind = row.extra.get("expression"), row.extra["kind"]
    if expression is None:
        if kind != "observed":
            yield "", f"has no expression: what a result that is {kind} is held against"
        return
    try:
        reference = parse_reference(str(expression), Scenario(library, tables, {}))
    except Mistake as mistake:
        if not mistake.cause:
            yield "expression", mistake.message
        return
    behind = {*closure(library, [term.name for term in reference.terms()])}
    given = row.extra.get("given")
    for name in given if isinstance(given, dict) else ():
        if name in library.names and name not in behind:
            yield f"given.{name}", f"{expression} does not rest on '{name}'"
    ours = reference.unit(library).measured_part()
    for name, declared in library.names.items():
        if (
            isinstance(declared, Field)
            and declared.of == "measurement"
            and declared.key in row.cells
            and not ours.same_kind(declared.unit.measured_part())
        ):
            yield (
                "expression",
                (
                    f"{expression} is in {reference.unit(library)}, and the figure, {name}, in"
                    f" {declared.unit}"
                ),
            )


def _tolerance(row: Row) -> Iterator[Broken]:
    kind = row.extra["kind"]
    if kind == "exact" and "relative" not in row.extra and "absolute" not in row.extra:
        yield "", "an exact result has a tolerance: relative: 0.5%, or absolute"
    if kind == "measured" and "between" not in row.extra:
        yield "", "a measured result says what share of the bound it reaches: between: [0.5, 0.7]"
    for key, wanted in (("relative", "exact"), ("absolute", "exact"), ("between", "measured")):
        if key in row.extra and kind != wanted:
            yield key, f"{key} belongs to a result that is {wanted}, and this one is {kind}"
    if "relative" in row.extra:
        match = re.fullmatch(r"(\d+(?:\.\d+)?) ?%", str(row.extra["relative"]))
        if not match or not 0 < float(match[1]) <= 20:
            yield (
                "relative",
                f"relative is a share up to 20%: relative: 0.5%, not {row.extra['relative']}",
            )
    if "absolute" in row.extra and not (
        _is_value(row.extra["absolute"]) and float(row.extra["absolute"]) > 0
    ):
        yield "absolute", f"absolute is more than 0, in base units, not {row.extra['absolute']}"
    if "between" in row.extra:
        yield from _between(row.extra["between"])


def _between(between: Any) -> Iterator[Broken]:
    if (
        not isinstance(between, list)
        or len(between) != 2
        or not all(_is_value(side) for side in between)
    ):
        yield "between", "between is two shares of the bound: between: [0.5, 0.7]"
        return
    low, high = (float(side) for side in between)
    if low >= high:
        yield "between", f"the lower share comes first: between: [{between[1]}, {between[0]}]"
    for number, side in enumerate((low, high)):
        if side > 1:
            yield (
                f"between.{number}",
                f"{between[number]} is more than all of the bound: a share is at most 1",
            )


def _names(row: Row, tables: Tables) -> Iterator[Broken]:
    calibration = row.extra.get("calibration")
    if calibration is not None and not find(tables, "calibrations", str(calibration)):
        near = row_meant(str(calibration), ids(tables, "calibrations"))
        yield "calibration", f"no row '{calibration}' in docs/data/calibrations.yml{near}"
    if calibration is not None and row.extra["kind"] != "measured":
        yield (
            "calibration",
            (
                "a calibration belongs to a result that is measured, and this one is"
                f" {row.extra['kind']}"
            ),
        )
    for key in ("failure", "missed"):
        reason = row.extra.get(key)
        if reason is not None and reason not in FAILURES:
            yield (
                key,
                (
                    f"no failure '{reason}'{did_you_mean(str(reason), FAILURES)}; it is one of"
                    f" {', '.join(FAILURES)}"
                ),
            )


def _role(row: Row) -> Iterator[Broken]:
    if "role" not in row.extra:
        return
    role = row.extra["role"]
    if role not in ROLES:
        yield "role", f"role is one of {', '.join(ROLES)}, not {role!r}"
    elif row.extra["kind"] != "measured":
        yield (
            "role",
            f"a role belongs to a result that is measured, and this one is {row.extra['kind']}",
        )
    elif role != role_of(row.id):
        yield (
            "role",
            (
                f"the series '{series_of(row.id)}' is there to {role_of(row.id)}, not to {role}:"
                " its name decides, as the head of the file says"
            ),
        )
