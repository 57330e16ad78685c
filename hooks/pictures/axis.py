"""An axis: the window that it opens, where a value stands in it, and the numbers that are
written along it.

A reader's browser comes to the same coordinates, bit for bit (`hooks/live/browser/chart.js`).
So nothing on the way to one is rounded by a library of its own: a logarithm is worked out here
from sums, products and quotients.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import floor

from hooks.formula.format import digits, format_value
from hooks.formula.units import ONE
from hooks.text.languages import Language

Point = tuple[float, float]
"""Two positions: across and up in the units of two axes, or across and down in pixels of a
drawing.
"""

TOPS = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8)
"""What a linear axis may end at, times a power of ten: people say the quarters of each."""

IN_WORDS = 1e7
"""From here on an axis says millions and billions, as a text does."""

LN2 = 0.6931471805599453

POWERS = range(-60, 309)
"""Powers of ten that an axis may end at."""


@dataclass(frozen=True)
class Tick:
    """A number on an axis, as it is written and as it is."""

    text: str
    value: float


@dataclass(frozen=True)
class Axis:
    """One axis: from low to high, in the displayed unit, linear or logarithmic."""

    low: float
    high: float
    log: bool

    def position(self, value: float) -> float:
        """Where a value stands, as a share of the axis; a logarithm of nothing lies far below
        it.
        """
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return -9.0
        return (log(value) - log(self.low)) / (log(self.high) - log(self.low))

    def value(self, share: float) -> float:
        """The value that stands at a share of the axis."""
        if self.log:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + share * (self.high - self.low)

    def spread(self, steps: int) -> list[float]:
        """Values from low to high, at even steps on the axis; four digits are even enough on a
        logarithmic one.
        """
        low, high = self.low, self.high
        values = [
            (
                float(f"{low * (high / low) ** (k / steps):.4g}")
                if self.log
                else low + (high - low) * k / steps
            )
            for k in range(1, steps)
        ]
        return [float(low), *values, float(high)]

    def ticks(self, language: Language, wanted: tuple[float, ...] = ()) -> tuple[Tick, ...]:
        """Three to five numbers that people say."""
        say = short_number if wanted else tick_text
        values = wanted or (self._powers() if self.log else self.spread(4))
        return tuple(Tick(say(value, language), value) for value in values)

    def _powers(self) -> list[float]:
        first, last = _above(self.low), _above(self.high)
        last -= _ten(last) > self.high * (1 + 1e-9)
        return [_ten(exponent) for exponent in range(first, last + 1, 1 + (last - first) // 5)]


def quarters(highest: float) -> Axis:
    """A linear axis from zero that holds a value, and whose quarters people say: 24 stands over
    6, 12 and 18.
    """
    return Axis(0.0, _first(TOPS, highest) if highest > 0 else 1.0, False)


def decades(highest: float, count: int) -> Axis:
    """A logarithmic axis of so many decades below the power of ten that holds a value."""
    top = _above(highest) if highest > 0 else count
    return Axis(_ten(top - count), _ten(top), True)


def rounded(values: list[float]) -> Axis:
    """A logarithmic axis from a 1, 2 or 5 of some power of ten to another, that holds the
    values.
    """
    steps = [step * _ten(power) for power in range(-15, 22) for step in (1, 2, 5)]
    low = max(step for step in steps if step <= min(values, default=1.0) * (1 + 1e-9))
    return Axis(
        low, min(step for step in steps if step >= max(10 * low, *values, 0.0) * (1 - 1e-9)), True
    )


def tick_text(value: float, language: Language) -> str:
    """A number on an axis: 0.1, 25, 1,000, 10 billion."""
    if value >= IN_WORDS:
        return format_value(value, ONE, language=language)
    text = digits(value)
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text


def short_number(value: float, language: Language) -> str:
    """A number that a figure asks for: whole multiples of 1,024 as 8k."""
    return (
        f"{value / 1024:.0f}k"
        if value >= 1024 and value % 1024 == 0
        else tick_text(value, language)
    )


@lru_cache(4096)
def log(value: float) -> float:
    """The natural logarithm of a positive number: the twos in it, and the series of the rest,
    which is below two.
    """
    twos = 0
    while value >= 2:
        value, twos = value / 2, twos + 1
    while value < 1:
        value, twos = value * 2, twos - 1
    ratio = (value - 1) / (value + 1)
    square, series = ratio * ratio, 0.0
    for odd in range(33, 0, -2):
        series = series * square + 1 / odd
    return twos * LN2 + 2 * ratio * series


def tenth(place: float) -> str:
    """A coordinate to a tenth of a unit."""
    return f"{floor(place * 10 + 0.5) / 10:g}"


def _above(value: float) -> int:
    """The exponent of the first power of ten that holds a value."""
    return next(exponent for exponent in POWERS if _ten(exponent) >= value * (1 - 1e-9))


def _first(steps: tuple[float, ...], value: float) -> float:
    """The first of the steps of some power of ten that holds a value."""
    return next(
        top
        for exponent in POWERS
        for step in steps
        if (top := step * _ten(exponent)) >= value * (1 - 1e-9)
    )


@lru_cache(1024)
def _ten(exponent: int) -> float:
    return float(f"1e{exponent}")
