"""An axis: the window that it opens, where a value stands in it, and the numbers that are written along it."""

from dataclasses import dataclass
from math import ceil, floor, log10

from hooks.formula.format import digits

Point = tuple[float, float]
"""Two positions: across and up as shares of a frame, (0, 0) its lower left corner; or across and down on a sheet."""

TOPS = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8)
"""What a linear axis may end at, times a power of ten: people say the quarters of each."""


@dataclass(frozen=True)
class Tick:
    """A number on an axis, and where it stands as a share of the axis."""

    text: str
    at: float


@dataclass(frozen=True)
class Axis:
    """One axis: from low to high, in the displayed unit, linear or logarithmic."""

    low: float
    high: float
    log: bool

    def at(self, value: float) -> float:
        """Where a value stands, as a share of the axis; a logarithm of nothing lies far below it."""
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return -9.0
        return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))

    def spread(self, steps: int) -> list[float]:
        """Values from low to high, at even steps on the axis."""
        low, high = self.low, self.high
        values = [
            low * (high / low) ** (k / steps) if self.log else low + (high - low) * k / steps for k in range(steps)
        ]
        return [*values, float(high)]

    def ticks(self, wanted: tuple[float, ...] = ()) -> tuple[Tick, ...]:
        """Three to five numbers that people say."""
        values = wanted or (self._powers() if self.log else self.spread(4))
        return tuple(Tick(spoken(value), self.at(value)) for value in values)

    def _powers(self) -> list[float]:
        first, last = ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9)
        return [_ten(exponent) for exponent in range(first, last + 1, 1 + (last - first) // 5)]


def quarters(highest: float) -> Axis:
    """A linear axis from zero that holds a value, and whose quarters people say: 24 stands over 6, 12 and 18."""
    if highest <= 0:
        return Axis(0.0, 1.0, False)
    exponent = floor(log10(highest))
    tops = [step * _ten(power) for power in (exponent, exponent + 1) for step in TOPS]
    return Axis(0.0, next(top for top in tops if top >= highest * (1 - 1e-9)), False)


def decades(highest: float, count: int) -> Axis:
    """A logarithmic axis of so many decades below the power of ten that holds a value."""
    top = ceil(log10(highest) - 1e-9) if highest > 0 else count
    return Axis(_ten(top - count), _ten(top), True)


def rounded(values: list[float]) -> Axis:
    """A logarithmic axis from a 1, 2 or 5 of some power of ten to another, that holds the values."""
    steps = [step * _ten(power) for power in range(-15, 22) for step in (1, 2, 5)]
    low = max(step for step in steps if step <= min(values, default=1.0) * (1 + 1e-9))
    return Axis(low, min(step for step in steps if step >= max(10 * low, *values, 0.0) * (1 - 1e-9)), True)


def spoken(value: float) -> str:
    """A number on an axis: 0.1, 25, 1,000; whole multiples of 1,024 as 8k."""
    if value >= 1024 and value % 1024 == 0:
        return f"{value / 1024:g}k"
    text = digits(value)
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text


def _ten(exponent: int) -> float:
    return float(10**exponent) if exponent >= 0 else 1 / 10**-exponent
