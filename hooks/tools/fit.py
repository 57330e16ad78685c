"""The numbers of a calibration: what each measurement's time is made of, and the overheads and
shares that fit the measurements of a family best.

A step is linear in its overheads and in one over each share, so that relative least squares fit
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from hooks.data.rules.measurements import series_of
from hooks.data.scoreboard import GOALS

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

EDGE, FEW, ENOUGH = 0.05, 3, 10
"""The share of the points beyond each end of an interval; fewer points than this have none; so
many held out are enough for one.
"""

ALIKE = 3e-5
"""Points whose terms are no further apart than this, as shares of their lengths, cannot tell
them apart.
"""

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
            name: parameter_term(name, text) for name, text in texts.items() if name not in COUNTED
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


def parameter_term(name: str, text: str) -> float:
    """A printed parameter as the fit takes it: an overhead in seconds, or an inverse share."""
    return float(text.split()[0]) * OVERHEADS[name][1] if name in OVERHEADS else 1 / float(text)
