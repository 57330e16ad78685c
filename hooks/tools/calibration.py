"""The fit behind docs/data/calibrations.yml: `python -m hooks.tools.calibration` refits and
says where the file differs.

What a term contributes to a point is asked of the formulas themselves, with every other term
switched off.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from math import ceil, isfinite
from pathlib import Path
from statistics import median
from typing import Any

from hooks.data.engine import ROOT, Engine
from hooks.data.rules.calibrations import claimed
from hooks.data.scoreboard import STEPS, TIMES, calibrated_expression, scenario_of
from hooks.formula.declaration import Row
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.reference import parse_reference
from hooks.page.goals import CEILINGS
from hooks.text.command import run
from hooks.text.problems import Mistake
from hooks.tools.fit import (
    ATTENTION,
    COUNTED,
    OVERHEADS,
    RACE,
    SHARES,
    Family,
    Point,
    fit,
    parameter_term,
)

FILE = ROOT / "docs" / "data" / "calibrations.yml"

PROMPTS = ("prefill_time", "prefill_throughput")
"""The expressions of runs that only read prompts."""

MANY = 40
"""Of a family with more points than this no leave-one-out is made: those held out are many."""

NOTHING = 1e-24
"""A time this short is a term that was switched off, not a part of the figure."""

OWN = re.compile(r"Fitted to \d+ published points?$")
"""The source of a parameter that is fitted here; one with another source is taken."""


def fitted_families(engine: Engine) -> list[Family]:
    """Every calibration with the measurements that name it, in the order of their ids."""
    tables = engine.catalogue.tables
    found = []
    for row in tables["calibrations"].values():
        if not row.cells:
            continue  # the choice to choose none
        free = tuple(
            name
            for name in (*OVERHEADS, *SHARES)
            if name in row.cells and OWN.match(row.cells[name].source.title)
        )
        rows = sorted(
            (
                other
                for other in tables["measurements"].values()
                if other.extra.get("calibration") == row.id or _pooled(engine, other, row)
            ),
            key=lambda other: other.id,
        )
        points = tuple(point(engine, other, row) for other in rows)
        taken = {
            name: parameter_term(name, cell.text)
            for name, cell in row.cells.items()
            if name in (*OVERHEADS, *SHARES) and name not in free
        }
        found.append(
            Family(
                id=row.id,
                free=free,
                taken=taken,
                points=points,
                written={
                    name: cell.text for name, cell in row.cells.items() if name in (*free, *COUNTED)
                },
                listed=tuple(row.extra.get("points", ())),
            )
        )
    return found


def _pooled(engine: Engine, run: Row, row: Row) -> bool:
    """Whether a run of another calibration is a point of this one's pool too."""
    if run.extra.get("calibration") not in row.extra.get("pools", ()):
        return False
    within = scenario_of(run, engine.scenario)
    kind = "moe" if within["experts"] != 0 else "dense"
    return (
        kind in claimed(row, str(within["accelerator"]))
        and str(run.extra["expression"]).partition("(")[0] not in CEILINGS
    )


def point(engine: Engine, row: Row, calibration: Row) -> Point:
    """A measurement with the terms of its time. Refuses one that has no calibrated twin or no
    number.
    """
    ask, scenario = _question(engine, row, calibration)
    ((field, cell),) = row.cells.items()
    rate = field not in TIMES
    off: Given = {f"fitted_{name}": 0.0 for name in OVERHEADS}
    off |= {f"fitted_{name}": 1e30 for name in SHARES} | {
        "attention_compute_time": 0.0,
        "step_overhead": 0.0,
    }

    def term(name: str, given: Given | None = None) -> float:
        """The time in which only this term counts, per unit of it."""
        value = ask(
            scenario.pinned(off | ({f"fitted_{name}": 1.0} if name else {}) | (given or {}))
        )
        number = float(value) if isinstance(value, float) else 0.0 if rate else float("nan")
        time = (1 / number if number else 0.0) if rate else number
        return 0.0 if time < NOTHING else time

    plain = {name: term(name) for name in (*OVERHEADS, "prefill_share")}
    both = {name: term(name) for name in RACE}
    matrices = both | {RACE[0]: term(RACE[0], {"kv_time": 0.0})}
    arithmetic = scenario["attention_compute_time"]
    attention = {
        RACE[0]: max(0.0, both[RACE[0]] - matrices[RACE[0]]),
        ATTENTION: (
            term("", {"attention_compute_time": arithmetic})
            if isinstance(arithmetic, float)
            else 0.0
        ),
    }
    if not all(isfinite(value) for terms in (plain, both) for value in terms.values()) or not any(
        (*plain.values(), *both.values())
    ):
        raise Mistake(f"{row.id}: the calibrated formula gives no number")
    alone = scenario.setting("batch") == 1 and str(row.extra["expression"]) in STEPS
    figure = float(cell.value)
    return Point(
        id=row.id,
        family=calibration.id,
        alone=alone,
        rate=rate,
        time=1 / figure if rate else figure,
        terms=plain,
        races=(matrices, attention),
        failure=str(row.extra.get("failure", "")),
        role=str(row.extra.get("role", "")),
        prompts=str(row.extra["expression"]).partition("(")[0] in PROMPTS,
    )


def _question(
    engine: Engine, row: Row, calibration: Row
) -> tuple[Callable[[Scenario], Any], Scenario]:
    scenario = scenario_of(row, engine.scenario).pinned({"calibration": calibration.id})
    own = engine.catalogue.tables["calibrations"].get(str(row.extra.get("calibration")))
    reference = parse_reference(calibrated_expression(row, own or calibration), scenario)
    return reference.value, reference.top.pinned_in(scenario)


def left_out(family: Family) -> list[float]:
    """Leave-one-out: each point's error under the parameters that all the others give."""
    return (
        [
            point.error(
                fit(
                    [other for other in family.points if other is not point],
                    family.free,
                    family.taken,
                )
            )
            for point in family.points
        ]
        if 1 < len(family.points) <= MANY
        else []
    )


def spread(errors: Iterable[float]) -> str:
    """Count, median and 90th percentile of the errors' sizes."""
    sizes = sorted(abs(error) for error in errors)
    if not sizes:
        return "  0      –      –"
    return f"{len(sizes):3} {median(sizes):6.1%} {percentile(sizes):6.1%}"


def percentile(sizes: Sequence[float]) -> float:
    """The smallest size that at least nine in ten of the sorted sizes do not exceed."""
    return sizes[ceil(0.9 * len(sizes)) - 1]


def differences(family: Family) -> list[str]:
    """Where the file says something else than the fit."""
    found = [
        f"{family.id}: {name} is {family.written.get(name, 'not there')}, the fit gives {text}"
        for name, text in family.printed.items()
        if family.written.get(name) != text
    ]
    ids = tuple(point.id for point in family.fitted)
    return found + (
        [f"{family.id}: points are not {', '.join(ids)}"] if family.listed != ids else []
    )


def rewritten(text: str, family: Family) -> str:
    """The file with one family's numbers and points replaced; everything else, comments
    included, stays.
    """
    start = re.search(rf"^{re.escape(family.id)}:.*$", text, re.MULTILINE)
    assert start, family.id
    after = re.search(r"^\S", text[start.end() :], re.MULTILINE)
    end = start.end() + (after.start() if after else len(text) - start.end())
    block = text[start.start() : end]
    points = "[" + ", ".join(point.id for point in family.fitted) + "]"
    for name, value in (family.printed | {"points": points}).items():
        if not re.search(rf"^  {name}: ", block, re.MULTILINE):
            block = block.replace("\n  points: ", f"\n  {name}: {value}\n  points: ", 1)
        block = re.sub(
            rf"^(  {name}: )(?:\[[^\]]*\]|[^#\n]*?)(\s*#.*)?$",
            rf"\g<1>{value}\g<2>",
            block,
            flags=re.MULTILINE,
        )
    count = len(family.fitted)
    block = re.sub(
        r"Fitted to \d+ published points?",
        f"Fitted to {count} published point{'s' * (count != 1)}",
        block,
    )
    return text[: start.start()] + block + text[end:]


def fit_report(found: Sequence[Family], every: bool) -> list[str]:
    """The report: each family's parameters and errors, and with `every` each point's own."""
    lines = [
        f"{'':18} {'fitted':>17}   {'held out':>17}   {'leave one out':>17}   n, median and p90 of"
        " the errors"
    ]
    for family in found:
        terms = family.terms(family.refitted)
        held = [point.error(terms) for point in family.held_out]
        lines.append(
            f"{family.id:18} {spread(point.error(terms) for point in family.fitted)}  "
            f" {spread(held)}   {spread(left_out(family))}   "
            + ", ".join(f"{name} {text}" for name, text in family.refitted.items())
        )
        if every:
            lines += [
                f"  {'held out' if point in family.held_out else 'fitted':9} {point.id:36}"
                f" {point.error(terms):+7.1%}"
                f" {'' if abs(point.error(terms)) <= point.goal else 'MISSED'} {point.failure}"
                for point in family.points
            ]
    for alone, label in ((True, "batch 1"), (False, "throughput")):
        fitted = [
            point.error(family.terms(family.refitted))
            for family in found
            for point in family.fitted
            if point.alone == alone
        ]
        held = [
            point.error(family.terms(family.refitted))
            for family in found
            for point in family.held_out
            if point.alone == alone
        ]
        lines.append(f"{label:18} {spread(fitted)}   {spread(held)}")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Print the table and the differences; 0 when the file says what the fit says, or was
    rewritten, else 1.
    """
    parser = argparse.ArgumentParser(
        prog="python -m hooks.tools.calibration",
        description="Refit the calibrations to the published points.",
    )
    parser.add_argument(
        "--write", action="store_true", help="rewrite the numbers in docs/data/calibrations.yml"
    )
    parser.add_argument("--points", action="store_true", help="print every point's error too")
    options = parser.parse_args(arguments)
    engine = Engine()
    for problem in engine.problems:
        print(problem, file=sys.stderr)
    try:
        found = fitted_families(engine)
    except Mistake as mistake:
        print(f"python -m hooks.tools.calibration: {mistake.message}", file=sys.stderr)
        return 2
    print("\n".join(fit_report(found, options.points)))
    wrong = [line for family in found for line in differences(family)]
    print("\n".join(wrong))
    if options.write and wrong:
        _write(FILE, found)
    return 1 if wrong and not options.write else 0


def _write(path: Path, found: Sequence[Family]) -> None:
    text = path.read_text("utf-8")
    for family in found:
        text = rewritten(text, family)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    run(main)
