"""The fit behind docs/data/calibrations.yml: `python -m hooks.tools.calibration` refits and
says where the file differs.

A step is linear in its overheads and in one over each share, so that relative least squares fit
it. What a term contributes to a point is asked of the formulas themselves, with every other
term switched off.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import ceil, isfinite
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from hooks.data.engine import ROOT, Engine
from hooks.data.rules.calibrations import claimed
from hooks.data.rules.measurements import series_of
from hooks.data.scoreboard import GOALS, STEPS, TIMES, calibrated_expression, scenario_of
from hooks.formula.declaration import Row
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.reference import parse_reference
from hooks.page.goals import CEILINGS
from hooks.text.command import run
from hooks.text.problems import Mistake

FILE = ROOT / "docs" / "data" / "calibrations.yml"

OVERHEADS = {
    "overhead": ("ms", 1e-3),
    "layer_overhead": ("µs", 1e-6),
    "collective": ("µs", 1e-6),
    "sequence_overhead": ("µs", 1e-6),
    "prompt_overhead": ("ms", 1e-3),
    "unpacking": ("ps·chip/param", 1e-12),
}
"""Parameters that add time, with the unit that they are written in; none is below its least."""

LEAST = {"layer_overhead": 9.1e-6, "collective": 3.5e-6}
"""What a layer and a collective take at least, and where nothing else is fitted: the launches
and the latency of the floor.
"""

SHARES = ("bandwidth_share", "flops_share", "prefill_share")
"""Parameters that divide a clock; none is above 1."""

ATTENTION = "attention"
"""The arithmetic of attention: taken as it is, and never fitted."""

RACE = ("bandwidth_share", "flops_share")
"""The two clocks: bytes and FLOPs."""

STARTS = (1.0, 2.0, 4.0, 8.0)
"""Inverse shares of FLOP/s that the fit starts from."""

ENDS = {False: ("fast", "slow"), True: ("prefill_fast", "prefill_slow")}
"""The intervals, which are counted, not fitted: that of prompts alone, and that of all other
runs.
"""

COUNTED = (*ENDS[False], *ENDS[True])
PROMPTS = ("prefill_time", "prefill_throughput")
"""The expressions of runs that only read prompts."""

EDGE, FEW, ENOUGH = 0.05, 3, 10
"""The share of the points beyond each end of an interval; fewer points than this have none; so
many held out are enough for one.
"""

MANY = 40
"""Of a family with more points than this no leave-one-out is made: those held out are many."""

NOTHING = 1e-24
"""A time this short is a term that was switched off, not a part of the figure."""

ALIKE = 3e-5
"""Points whose terms are no further apart than this, as shares of their lengths, cannot tell
them apart.
"""

OWN = re.compile(r"Fitted to \d+ published points?$")
"""The source of a parameter that is fitted here; one with another source is taken."""

Terms = dict[str, float]


@dataclass(frozen=True)
class Point:
    """One measurement: the time that its figure stands for, and what each term adds to it per
    unit.
    """

    id: str
    family: str
    alone: bool
    """Whether it is of one sequence."""
    rate: bool
    """Whether its figure is one over a time, as a speed is."""
    time: float
    terms: Terms
    """Overheads and prefill, which simply add up."""
    races: tuple[Terms, ...]
    """The matrices' two clocks, and attention's: of each pair only the slower one counts."""
    failure: str = ""
    role: str = ""
    """What its row says it is for, where it says so: `fit` or `judge`."""
    prompts: bool = False
    """Whether it only reads prompts."""

    def slower(self, terms: Terms) -> tuple[str, ...]:
        """The clock that decides each race."""
        return tuple(
            max(race, key=lambda name: race[name] * terms.get(name, 1.0)) for race in self.races
        )

    def weighed(self, slower: tuple[str, ...]) -> Terms:
        """Every term's part in the time once it is known which clocks decide."""
        clocks = dict.fromkeys((*RACE, ATTENTION), 0.0)
        for race, decides in zip(self.races, slower, strict=True):
            clocks[decides] += race[decides]
        return self.terms | clocks

    def predict(self, terms: Terms) -> float:
        """Its time with these overheads and inverse shares; a term that is not given stays at
        its floor.
        """
        return sum(
            part * terms.get(name, _floor(name))
            for name, part in self.weighed(self.slower(terms)).items()
        )

    def error(self, terms: Terms) -> float:
        """How far the predicted figure is off, as a share of the published one: a speed for a
        speed, a time for a time.
        """
        return (
            self.time / self.predict(terms) - 1
            if self.rate
            else self.predict(terms) / self.time - 1
        )

    @property
    def goal(self) -> float:
        """The error allowed."""
        return GOALS["one" if self.alone else "many"]


@dataclass(frozen=True)
class Family:
    """One row of the file, its points, and what it says now."""

    id: str
    free: tuple[str, ...]
    taken: Terms
    """Terms that rest on another source: they are part of every prediction, and not fitted."""
    points: tuple[Point, ...]
    written: dict[str, str]
    listed: tuple[str, ...]

    @property
    def fitted(self) -> tuple[Point, ...]:
        """The points that are there to fit, and every second of those without a role in the
        order of their ids, unless its failure has a name: the parameters rest on these.
        """
        second = [point for point in self.points if not point.role][::2]
        return tuple(
            point
            for point in self.points
            if (point.role == "fit" or point in second) and not point.failure
        )

    @property
    def held_out(self) -> tuple[Point, ...]:
        """All others, which only judge."""
        return tuple(point for point in self.points if point not in self.fitted)

    @cached_property
    def refitted(self) -> dict[str, str]:
        """The parameters as the file shall print them."""
        return {
            name: parameter_text(name, value)
            for name, value in fit(self.fitted, self.free, self.taken).items()
            if name in self.free
        }

    def judged(self, prompts: bool) -> list[float]:
        """The times of points against the expected, of prompts alone or of the others, each
        from parameters that it has no part in: those held out; where these are few, the fitted
        ones too, under a fit without their whole series, or, where no other point tells what a
        prompt takes, without the prompt alone.
        """
        found = {
            point.id: point.time / point.predict(self.terms(self.refitted))
            for point in self.held_out
            if point.prompts == prompts
        }
        few = len(found) < ENOUGH
        for series in {series_of(point.id) for point in self.fitted} if few else ():
            left = [p for p in self.fitted if series_of(p.id) == series and p.prompts == prompts]
            others = [point for point in self.fitted if series_of(point.id) != series]
            for point in left:
                alone = [other for other in self.fitted if other is not point]
                without = others if not prompts or self._tell(others, point) else alone
                if len(without) >= len(self.free):
                    terms = fit(without, self.free, self.taken)
                    found[point.id] = point.time / point.predict(terms)
        return sorted(found.values())

    def _tell(self, points: Sequence[Point], point: Point) -> bool:
        """Whether points tell every term that adds to another one and is fitted here."""
        return all(
            any(other.terms.get(name, 0.0) > 0 for other in points)
            for name in self.free
            if point.terms.get(name, 0.0) > 0
        )

    @cached_property
    def interval(self) -> dict[str, str]:
        """The ends of what runs took against the expected, without a twentieth of them at each
        end, as the file shall print them; nothing where too few points judge.
        """
        found: dict[str, str] = {}
        for prompts, (fast, slow) in ENDS.items():
            ratios = self.judged(prompts)
            if len(ratios) >= FEW:
                apart = int(EDGE * len(ratios))
                found |= {fast: f"{ratios[apart]:.2f}", slow: f"{ratios[-1 - apart]:.2f}"}
        return found

    @property
    def printed(self) -> dict[str, str]:
        """All that the file shall print of the fit."""
        return self.refitted | self.interval

    def terms(self, texts: dict[str, str]) -> Terms:
        """Printed parameters as overheads in seconds and inverse shares, with those that are
        taken.
        """
        return self.taken | {
            name: _read(name, text) for name, text in texts.items() if name not in COUNTED
        }


def fit(points: Sequence[Point], free: Sequence[str], taken: Terms | None = None) -> Terms:
    """Relative least squares over the free terms; the rest are as taken, or at their floor.

    Which clock of a race decides depends on the answer, so it is found by turns, from a few
    starts.
    """
    found = [_by_turns(points, free, taken or {}, start) for start in STARTS]
    return min(
        found,
        key=lambda terms: round(
            sum((point.predict(terms) / point.time - 1) ** 2 for point in points), 9
        ),
    )


def _by_turns(points: Sequence[Point], free: Sequence[str], taken: Terms, start: float) -> Terms:
    terms = taken | ({"flops_share": start} if "flops_share" in free else {})
    for _ in range(50):
        slower = [point.slower(terms) for point in points]
        terms = _bounded(
            [point.weighed(names) for point, names in zip(points, slower, strict=True)],
            [point.time for point in points],
            free,
            taken,
        )
        if [point.slower(terms) for point in points] == slower:
            break
    return terms


def _bounded(
    parts: Sequence[Terms], times: Sequence[float], free: Sequence[str], taken: Terms
) -> Terms:
    """The best fit with no overhead below 0 and no share above 1: every set of terms at the
    bound is tried.
    """
    best: tuple[float, Terms] = (float("inf"), taken | {name: _floor(name) for name in free})
    for count in range(len(free) + 1):
        for bound in combinations(free, count):
            loose = [name for name in free if name not in bound]
            rows = [
                [part[name] / time for name in loose]
                for part, time in zip(parts, times, strict=True)
            ]
            goals = [
                1
                - sum(
                    part[name] * taken.get(name, _floor(name)) for name in part if name not in loose
                )
                / time
                for part, time in zip(parts, times, strict=True)
            ]
            solved = solve(rows, goals)
            if solved is None or any(
                term < _floor(name) for name, term in zip(loose, solved, strict=True)
            ):
                continue
            squares = sum(
                (goal - sum(a * b for a, b in zip(row, solved, strict=True))) ** 2
                for row, goal in zip(rows, goals, strict=True)
            )
            if squares < best[0] - 1e-12:
                best = (
                    squares,
                    taken
                    | {name: _floor(name) for name in bound}
                    | dict(zip(loose, solved, strict=True)),
                )
    return best[1]


def _floor(name: str) -> float:
    return LEAST.get(name, 0.0) if name in OVERHEADS else 1.0


def solve(rows: Sequence[Sequence[float]], goals: Sequence[float]) -> list[float] | None:
    """Least squares; None where the points cannot tell the terms apart."""
    matrix = np.array(rows, float)
    scale = np.linalg.norm(matrix, axis=0)  # terms differ by twelve orders of magnitude
    if not scale.all():
        return None
    found, _, rank, _ = np.linalg.lstsq(matrix / scale, np.array(goals), rcond=ALIKE)
    return [float(term) for term in found / scale] if rank == scale.size else None


def parameter_text(name: str, term: float) -> str:
    """A parameter as the file prints it: three digits with a unit, or a share with three
    decimals.
    """
    if name not in OVERHEADS:
        return f"{1 / term:.3f}"
    unit, size = OVERHEADS[name]
    return f"{float(f'{term / size:.3g}'):g} {unit}"


def _read(name: str, text: str) -> float:
    return float(text.split()[0]) * OVERHEADS[name][1] if name in OVERHEADS else 1 / float(text)


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
            name: _read(name, cell.text)
            for name, cell in row.cells.items()
            if name in (*OVERHEADS, *SHARES) and name not in free
        }
        found.append(
            Family(
                row.id,
                free,
                taken,
                points,
                {name: cell.text for name, cell in row.cells.items() if name in (*free, *COUNTED)},
                tuple(row.extra.get("points", ())),
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
        row.id,
        calibration.id,
        alone,
        rate,
        1 / figure if rate else figure,
        plain,
        (matrices, attention),
        str(row.extra.get("failure", "")),
        str(row.extra.get("role", "")),
        str(row.extra["expression"]).partition("(")[0] in PROMPTS,
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
