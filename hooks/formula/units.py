"""Units: what a number counts, so that bytes are never added to seconds nor tokens to sequences."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from hooks.text.problems import Mistake, did_you_mean

PREFIXES = {
    "p": Fraction(1, 10**12), "n": Fraction(1, 10**9), "µ": Fraction(1, 10**6), "m": Fraction(1, 10**3),  # noqa: E501
    "k": Fraction(10**3), "M": Fraction(10**6), "G": Fraction(10**9),
    "T": Fraction(10**12), "P": Fraction(10**15), "E": Fraction(10**18),
    "Ki": Fraction(2**10), "Mi": Fraction(2**20), "Gi": Fraction(2**30), "Ti": Fraction(2**40),
}  # fmt: skip

PREFIXED = {
    "B": None,
    "s": ("p", "n", "µ", "m"),
    "FLOP": None,
    "J": None,
    "W": None,
    "bit": None,
    "token": ("k", "M", "G", "T"),
    "USD": ("k", "M", "G"),
}
"""Units that take a prefix, and which; None for all."""

COUNTS = ("token", "seq", "layer", "head", "expert", "chip", "value", "block", "request", "step")
"""Units that count things. They may be floored, and a display unit may leave them out."""


@dataclass(frozen=True)
class Unit:
    """A factor and whole powers of base units: `ms` is 1/1000 · s, `TB/s` is 10¹² · B · s⁻¹."""

    factor: Fraction
    powers: tuple[tuple[str, int], ...]
    text: str = ""

    def __mul__(self, other: "Unit") -> "Unit":
        return self._combine(other, 1)

    def __truediv__(self, other: "Unit") -> "Unit":
        return self._combine(other, -1)

    def _combine(self, other: "Unit", sign: int) -> "Unit":
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, 0) + sign * power
        factor = self.factor * other.factor if sign > 0 else self.factor / other.factor
        return _unit(factor, powers)

    def __pow__(self, power: int) -> "Unit":
        return _unit(self.factor**power, {base: exponent * power for base, exponent in self.powers})

    def same_kind(self, other: "Unit") -> bool:
        """Whether the two differ by a factor only, as ms and s do."""
        return self.powers == other.powers

    @property
    def plain(self) -> bool:
        """Whether this is a bare number."""
        return not self.powers

    @property
    def counts_only(self) -> bool:
        """Whether this counts things (tokens, chips, sequences) and so may be rounded to whole
        ones.
        """
        return self.factor == 1 and all(base in COUNTS for base, _ in self.powers)

    def measured_part(self) -> "Unit":
        """The unit without the things it counts: B for B/token, B/s for B/s/chip."""
        return _unit(
            self.factor, {base: power for base, power in self.powers if base not in COUNTS}
        )

    def __str__(self) -> str:
        return self.text or _spell(self.powers)


def _unit(factor: Fraction, powers: dict[str, int], text: str = "") -> Unit:
    return Unit(
        factor, tuple(sorted((base, power) for base, power in powers.items() if power)), text
    )


def _spell(powers: tuple[tuple[str, int], ...]) -> str:
    above = [base for base, power in powers for _ in range(power)]
    below = [base for base, power in powers for _ in range(-power)]
    return "/".join(["·".join(above) or "1", *below]) if powers else "1"


ONE = _unit(Fraction(1), {}, "1")
WORD = _unit(Fraction(1), {"word": 1}, "word")

_NAMED = {name: _unit(Fraction(1), {name: 1}) for name in ("B", "s", "FLOP", "J", "USD", *COUNTS)}
_NAMED |= {
    "1": ONE,
    "word": WORD,
    "%": _unit(Fraction(1, 100), {}),
    "bit": _unit(Fraction(1, 8), {"B": 1}),
    "W": _unit(Fraction(1), {"J": 1, "s": -1}),
    "min": _unit(Fraction(60), {"s": 1}),
    "h": _unit(Fraction(3600), {"s": 1}),
    "day": _unit(Fraction(86400), {"s": 1}),
    # A parameter joins one value to another: an m × n matrix has m·n of them.
    "param": _unit(Fraction(1), {"value": 2}),
    "thousand": _unit(Fraction(10**3), {}),
    "million": _unit(Fraction(10**6), {}),
    "billion": _unit(Fraction(10**9), {}),
    "trillion": _unit(Fraction(10**12), {}),
}


@cache
def unit(text: str) -> Unit:
    """Read a unit such as `TB/s`, `FLOP/token`, `USD/Mtoken` or `1`. Refuses a name nobody
    declared.
    """
    result = ONE
    for position, factor in enumerate(re.split(r"/", text.strip())):
        product = ONE
        for name in re.split(r"[·*]", factor):
            product *= _named(name.strip(), text)
        result = result * product if position == 0 else result / product
    return Unit(result.factor, result.powers, text.strip())


def _named(name: str, text: str) -> Unit:
    if name in _NAMED:
        return _NAMED[name]
    name = name.replace("μ", "µ")  # Greek mu looks like the micro sign and is typed as often
    for prefix in sorted(PREFIXES, key=len, reverse=True):
        base = name.removeprefix(prefix)
        if base != name and base in PREFIXED and _takes(base, prefix):
            named = _NAMED[base]
            return Unit(named.factor * PREFIXES[prefix], named.powers)
    raise Mistake(f"no unit named '{name}' in '{text}'{did_you_mean(name, _NAMED)}")


def _takes(base: str, prefix: str) -> bool:
    allowed = PREFIXED[base]
    if allowed is None:
        return (
            prefix in ("k", "M", "G", "T", "P", "E")
            or (base == "B" and len(prefix) == 2)
            or base in "JW"
        )
    return prefix in allowed
