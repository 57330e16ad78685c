"""The scoreboard: every published result beside what the models say, and how far off they are."""

from dataclasses import dataclass
from math import exp, log

from hooks.formula.declaration import Row
from hooks.formula.evaluate import Scenario
from hooks.page.reference import Reference, parse, scenario_from

TIMES = ("time", "slope")
"""Figures of which less is faster."""

CALIBRATED = {"user_speed": "calibrated_user_speed", "throughput": "calibrated_throughput", "decode_step": "calibrated_step"}
"""The quantity that says what a real engine reaches, for each floor."""


@dataclass(frozen=True)
class Score:
    """One published result: what was measured, our bound, and our prediction where a calibration covers it."""

    row: Row
    field: str
    measured: float
    bound: float
    scenario: Scenario
    reference: Reference
    predicted: float | None = None
    fitted: bool = False

    @property
    def efficiency(self) -> float:
        """The share of the bound that was reached: 1 would be all of it."""
        return self.bound / self.measured if self.field in TIMES else self.measured / self.bound

    @property
    def error(self) -> float | None:
        """Predicted over measured, less 1; None without a prediction."""
        return self.predicted / self.measured - 1 if self.predicted else None


def scenario_of(row: Row, base: Scenario) -> Scenario:
    """The scenario that a row was measured in, what it overrides included."""
    chosen, _ = scenario_from(dict(row.extra.get("scenario") or {}), base)
    given = {name: _value(text) for name, text in dict(row.extra.get("given") or {}).items()}
    return chosen.but(given)


def scores(base: Scenario) -> list[Score]:
    """Every row of the catalogue that has an expression and comes to a number."""
    found = []
    calibrations = base.tables.get("calibrations", {})
    fitted = {point for row in calibrations.values() for point in row.extra.get("points", [])}
    for row in base.tables.get("measurements", {}).values():
        if not row.extra.get("expression") or not row.cells:
            continue
        within = scenario_of(row, base)
        reference = parse(str(row.extra["expression"]), within)
        bound = reference.value(within)
        field, cell = next(iter(row.cells.items()))
        if isinstance(bound, float) and isinstance(cell.value, float):
            found.append(Score(row, field, cell.value, bound, within, reference, _predicted(row, reference, within), row.id in fitted))
    return found


def _predicted(row: Row, reference: Reference, within: Scenario) -> float | None:
    name = CALIBRATED.get(reference.top.name)
    if not row.extra.get("calibration") or reference.bottom or name not in within.library.names:
        return None
    value = within.but({"calibration": str(row.extra["calibration"]), **dict(reference.top.pins)})[name]
    return value if isinstance(value, float) else None


def _value(text: object) -> float | str:
    try:
        return float(str(text))
    except ValueError:
        return str(text)


def quantile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies; the median at one half."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def geometric_mean(values: list[float]) -> float:
    """The mean of ratios."""
    return exp(sum(map(log, values)) / len(values))
