"""The table of goals: how far off the expected is for somebody who gives the scenario alone, by
kind of run, fitted and judged apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isclose

from hooks.data.scoreboard import FAILURES, Score, calibrated_expression, quantile, scores
from hooks.formula.declaration import Row
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import parse_reference
from hooks.page.floors import FAMILY, OUTLOOK
from hooks.text.languages import Language, either, say
from hooks.text.problems import Mistake

CEILINGS = ("compute_ceiling", "answer_ceiling")
"""What asks for FLOPs alone, since nobody says how many sequences ran."""

LONG = 16_384
"""Tokens of context that are many."""


def _moe(score: Score) -> bool:
    return score.scenario["experts"] != 0


def _one(score: Score) -> bool:
    return score.scenario["batch"] == 1


def _asks(*names: str) -> Callable[[Score], bool]:
    return lambda score: str(score.row.extra["expression"]).partition("(")[0] in names


@dataclass(frozen=True)
class Goal:
    """A kind of run, and the median and nine-in-ten error that the expected shall keep to."""

    label: str
    zh: str
    half: float
    nine: float
    holds: Callable[[Score], bool]


KINDS = (
    Goal("MLPerf, offline and server", "MLPerf 的 offline 与 server", 0.25, 0.60, lambda s: s.row.id.startswith("mlperf")),  # noqa: E501
    Goal("Speculative decoding", "投机解码", 0.30, 0.60, _asks("speculative_speed", "speculation_speedup", "mtp_tokens")),  # noqa: E501
    Goal("Prefill and TTFT", "prefill 与 TTFT", 0.25, 0.60, _asks("prefill_time", "prefill_throughput")),  # noqa: E501
    Goal("Held against FLOPs alone, batch unknown", "只按算力衡量，batch 未知", 0.30, 0.70, _asks(*CEILINGS)),  # noqa: E501
    Goal("One reader, dense model", "单个用户，稠密模型", 0.05, 0.15, lambda s: _one(s) and not _moe(s)),  # noqa: E501
    Goal("One reader, mixture of experts", "单个用户，MoE", 0.15, 0.30, lambda s: _one(s) and _moe(s)),  # noqa: E501
    Goal("Long context", "长上下文", 0.20, 0.40, lambda s: float(s.scenario.setting("context")) >= LONG),  # noqa: E501
    Goal("Many sequences, dense model", "许多序列，稠密模型", 0.20, 0.40, lambda s: not _moe(s)),
    Goal("Many sequences, mixture of experts", "许多序列，MoE", 0.30, 0.70, _moe),
)  # fmt: skip
"""Each run is of the first kind that it holds for."""


@dataclass
class KindErrors:
    """One kind's runs: the errors of those that the expected was fitted to, as sizes; the others
    with their errors; and how many got no answer.
    """

    goal: Goal
    fitted: list[float] = field(default_factory=list)
    others: list[tuple[float, Score]] = field(default_factory=list)
    refused: int = 0
    inside: list[bool] = field(default_factory=list)
    """Of the others, those whose calibration has an interval: whether the measured lies in it."""

    @property
    def judged(self) -> list[float]:
        """The errors of the others, as sizes."""
        return [abs(error) for error, _ in self.others]

    @property
    def reached(self) -> bool:
        """Whether the others keep to both errors of the goal."""
        half, nine = quantile(self.judged, 0.5), quantile(self.judged, 0.9)
        return half <= self.goal.half and nine <= self.goal.nine

    @property
    def beyond(self) -> list[tuple[float, Score]]:
        """Of the others, those whose error is larger than nine in ten should have, the worst
        first.
        """
        far = [one for one in self.others if abs(one[0]) > self.goal.nine]
        return sorted(far, key=lambda one: -abs(one[0]))


def goal_errors(base: Scenario) -> list[KindErrors]:
    """Every measured run that asks for a time or a speed, in its own scenario, with the calibration
    that follows from it.
    """
    found = {goal: KindErrors(goal) for goal in KINDS}
    for score in scores(base):
        goal = next(goal for goal in KINDS if goal.holds(score))
        if score.row.extra.get("kind") != "measured" or not (
            score.row.extra.get("calibration") or score.row.extra.get("role")
        ):
            continue
        kind = found[goal]
        error, within, family = _error(score, base)
        if error is None:
            kind.refused += 1
        elif score.row.id in base.tables["calibrations"][family].extra.get("points", []):
            kind.fitted.append(abs(error))
        else:
            kind.others.append((error, score))
            kind.inside += [] if within is None else [within]
    return list(found.values())


def _error(score: Score, base: Scenario) -> tuple[float | None, bool | None, str]:
    """How far off the expected is, whether the measured lies in its interval, and the calibration
    that the scenario picked; no error where there is no answer.
    """
    at = score.scenario.pinned({"calibration": base.library.defaults["calibration"]})
    family = at[FAMILY]
    rows = base.tables["calibrations"]
    own = rows.get(str(score.row.extra.get("calibration")))
    if not isinstance(family, str):
        return None, None, ""
    try:
        asked = parse_reference(calibrated_expression(score.row, own or rows[family]), at)
    except Mistake:
        return None, None, family  # no quantity says what to expect of it, such as of speculation
    value = asked.value(at)
    if not isinstance(value, float):
        return None, None, family
    ends = [asked.value(at.pinned({OUTLOOK: end})) for end in (1.0, 2.0)]
    low, high = (end if isinstance(end, float) else value for end in ends)
    none = isclose(low, high)  # no interval, or one that a ratio does not follow
    within = None if none else min(low, high) <= score.measured <= max(low, high)
    return value / score.measured - 1, within, family


def goals_table(base: Scenario, language: Language) -> list[list[str]]:
    """The table's rows, the head first: kind, goal, points judged with their errors, how many of
    them lie in the interval, points fitted with their errors, refused.
    """
    head = [
        say("goals.kind", language),
        say("goals.goal", language),
        say("goals.never_fitted", language),
        say("goals.in_interval", language),
        say("goals.fitted", language),
        say("goals.no_answer", language),
    ]
    return [head] + [
        [
            either(line.goal.label, line.goal.zh, language),
            f"{line.goal.half:.0%}, {line.goal.nine:.0%}",
            _sizes_text(line.judged, language),
            _share_text(line.inside, language),
            _sizes_text(line.fitted, language),
            str(line.refused),
        ]
        for line in goal_errors(base)
    ]


def missed_table(base: Scenario, language: Language) -> list[list[str]]:
    """Of every kind that misses its goal, each run that lies beyond it, and why; the head first."""
    head = [
        say("goals.run", language),
        say("goals.error", language),
        say("goals.why", language),
        say("goals.kind", language),
    ]
    return [head] + [
        [
            score.row.title(language),
            f"{error:+.0%}".replace("-", "−"),
            either(*FAILURES[score.missed], language),
            either(line.goal.label, line.goal.zh, language),
        ]
        for line in goal_errors(base)
        if not line.reached
        for error, score in line.beyond
    ]


def intervals_table(base: Scenario, language: Language) -> list[list[str]]:
    """The intervals of the calibrations that scenarios take by themselves, the head first: steps
    and mixed loads, and prompts.
    """
    head = [
        say("goals.calibration", language),
        say("goals.without_prompts", language),
        say("goals.prompts_only", language),
    ]
    rows = [row for row in base.tables["calibrations"].values() if row.extra.get("for")]
    return [head] + [
        [
            row.title(language),
            _interval_text(row, "fast", "slow", language),
            _interval_text(row, "prefill_fast", "prefill_slow", language),
        ]
        for row in rows
    ]


def _interval_text(row: Row, fast: str, slow: str, language: Language) -> str:
    """What runs took against the expected: `0.94 to 1.49 times`."""
    if fast not in row.cells:
        return say("goals.too_few", language)
    low, high = row.cells[fast].text, row.cells[slow].text
    return say("goals.times", language, low=low, high=high)


def _share_text(inside: Sequence[bool], language: Language) -> str:
    """How many of some runs: `32 of 36`."""
    if not inside:
        return say("goals.none", language)
    return say("goals.inside", language, some=sum(inside), all=len(inside))


def _sizes_text(sizes: list[float], language: Language) -> str:
    """Median and nine in ten of some errors, and of how many: `9%, 30% (36)`."""
    if not sizes:
        return say("goals.none", language)
    half, nine = quantile(sizes, 0.5), quantile(sizes, 0.9)
    return f"{half:.0%}, {nine:.0%} ({len(sizes)})"
