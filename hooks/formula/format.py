"""Numbers as a reader sees them: three significant digits, a unit, and the language's own words for
large counts.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from hooks.formula.dimensions import shows
from hooks.formula.quantity import Reason
from hooks.formula.units import COUNTS, PREFIXES, Unit, unit
from hooks.text.languages import Language
from hooks.text.problems import Mistake

NARROW = "\u202f"
"""No-break thin space: a number never leaves its unit."""

WORDS: dict[str, dict[Language, tuple[float, str]]] = {
    "thousand": {"en": (1e3, " thousand"), "zh": (1e3, "千")},
    "million": {"en": (1e6, " million"), "zh": (1e4, "万")},
    "billion": {"en": (1e9, " billion"), "zh": (1e8, "亿")},
    "trillion": {"en": (1e12, " trillion"), "zh": (1e12, "万亿")},
}

NOUNS: dict[str, dict[Language, tuple[str, str]]] = {
    "token": {"en": ("token", "tokens"), "zh": ("token", "token")},
    "seq": {"en": ("sequence", "sequences"), "zh": ("条序列", "条序列")},
    "layer": {"en": ("layer", "layers"), "zh": ("层", "层")},
    "head": {"en": ("head", "heads"), "zh": ("个头", "个头")},
    "expert": {"en": ("expert", "experts"), "zh": ("个专家", "个专家")},
    "chip": {"en": ("chip", "chips"), "zh": ("块卡", "块卡")},
    "value": {"en": ("value", "values"), "zh": ("个数", "个数")},
    "param": {"en": ("parameter", "parameters"), "zh": ("个参数", "个参数")},
    "block": {"en": ("block", "blocks"), "zh": ("块", "块")},
    "request": {"en": ("request", "requests"), "zh": ("个请求", "个请求")},
    "min": {"en": ("min", "min"), "zh": ("分钟", "分钟")},
    "h": {"en": ("h", "h"), "zh": ("小时", "小时")},
    "day": {"en": ("day", "days"), "zh": ("天", "天")},
}
"""Units that are words in a sentence: one and many."""

CLASSIFIED = ("seq", "request", "expert", "chip")
"""Those that Chinese counts with a word of its own, and per 秒 instead of per s."""

UNSAID = ("seq", "chip", "layer", "request")
"""What a chosen display unit leaves to the sentence: 3.35 TB/s is understood to be for each chip.
"""

RESIDUE = 2.0**-44
"""So small a share of a number is no part of it: some hundred roundings."""


def digits(value: float, significant: int = 3) -> str:
    """A bare number: whole ones below ten million in full, others to `significant` digits, ties
    away from zero.

    A zero at the end is one of the digits and stays: 2.80 s was computed, and is neither 2.79 nor
    2.81. A figure that a source prints shorter is shown as printed, by `as_printed`.

    Beyond a thousand million millions it is written as a power of ten.
    """
    if not isfinite(value):
        return "n/a"
    exact = Decimal(nearest_integer(value))
    if value == 0:
        return "0"
    if exact == exact.to_integral_value() and abs(exact) < 10**7:
        return f"{int(exact):,}".replace("-", "−")
    rounded = _round(exact, significant)
    if abs(rounded) >= 10**15 or abs(rounded) < Decimal("0.0001"):
        exponent = rounded.adjusted()
        mantissa = rounded.scaleb(-exponent)
        return f"{mantissa:.{significant - 1}f}×10{_superscript(exponent)}".replace("-", "−")
    places = max(0, significant - 1 - rounded.adjusted())
    return f"{rounded:,.{places}f}".replace("-", "−")


def nearest_integer(value: float) -> float:
    """The value, or the whole number that it is but for what adding and multiplying floats has
    left: 5 for 4.999999999999999.
    """
    near = int(abs(value) + 0.5)
    if near and abs(abs(value) - near) <= RESIDUE * near:
        return float(near) if value > 0 else -float(near)
    return value


def _round(exact: Decimal, significant: int) -> Decimal:
    step = Decimal(1).scaleb(exact.adjusted() - significant + 1)
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _superscript(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def format_value(
    value: "float | str | Reason", of: Unit, display: str = "", language: Language = "en"
) -> str:
    """A value in base units as text. `display` is the unit that a writer asked for; without it one
    is chosen.

    Refuses a display unit of another kind. A reason is written as its sentence.
    """
    if isinstance(value, Reason):
        return value.zh if language == "zh" else value.text
    if isinstance(value, str):
        return value
    if not isfinite(value):
        return digits(value)
    display = display or _word_for(value, of)
    chosen = unit(display) if display else suitable(value, of)
    if display and not shows(chosen, of):
        raise Mistake(f"'{display}' cannot show {of}{_suggest(of)}")
    if display in WORDS:
        scale, word = WORDS[display][language]
        return digits(value / scale) + word.replace(" ", NARROW)
    if not display and of.counts_only:
        return digits(value)
    return _with_unit(scaled(value, chosen), chosen, language)


def _word_for(value: float, of: Unit) -> str:
    """The word that shortens a long count: 70.6 billion."""
    if not of.counts_only or abs(value) < 10**7:
        return ""
    size = _size(value)
    return "trillion" if size >= 10**12 else "billion" if size >= 10**9 else "million"


def _size(value: float) -> float:
    """How large a value looks once it is rounded: 999.6 kB is written 1.00 MB, never 1,000 kB."""
    return float(_round(abs(Decimal(value)), 3))


def scaled(value: float, chosen: Unit) -> float:
    """A value in base units as a count of `chosen`."""
    if chosen.factor >= 1:
        return value / float(chosen.factor)
    return value * float(1 / chosen.factor)


def _suggest(of: Unit) -> str:
    examples = {"B": "GB", "s": "ms", "FLOP": "TFLOP", "USD": "USD"}
    first = next((base for base, power in of.powers if power > 0), "")
    return (
        f"; write {examples[first]}{str(of).removeprefix(first)} or leave the unit out"
        if first in examples
        else "; leave the unit out"
    )


COUNTED = (*COUNTS, "param")
"""What a unit counts, as it is written; all of it is left out where a unit multiplies by some of
it.
"""


def suitable(value: float, of: Unit) -> Unit:
    """The unit to show a value in when nobody asked: the declared one with the prefix that leaves 1
    to 999.
    """
    above, *below = str(of).split("/")
    unsaid: tuple[str, ...] = UNSAID
    measured = [part for part in above.split("·") if part not in COUNTED]
    if "·" in above and measured:
        # FLOP·seq/value/token/token says no more than FLOP
        above, unsaid = "·".join(measured), COUNTED
    text = "/".join([above, *(part for part in below if part not in unsaid)])
    if text == "USD/token":
        return unit("USD/Mtoken")
    if of.factor != 1 or above not in ("B", "s", "FLOP", "J", "W") or value == 0:
        return unit(text)
    size = _size(value)
    allowed = ("n", "µ", "m") if above == "s" else ("k", "M", "G", "T", "P", "E")
    best = ""
    for prefix in sorted(allowed, key=lambda name: PREFIXES[name]):
        factor = float(PREFIXES[prefix])
        if (factor < 1 and size < 1 and not (best and size < factor)) or (
            factor > 1 and size >= factor
        ):
            best = prefix
    return unit(best + text)


def _with_unit(value: float, shown: Unit, language: Language) -> str:
    text = shown.text or str(shown)
    number = digits(value)
    if text in ("1", "word"):
        return number
    if text == "%":
        return number + "%"
    above, *below = text.split("/")
    if language == "zh" and below[:1] == ["s"] and (above == "USD" or above in CLASSIFIED):
        below = ["秒", *below[1:]]
    if above == "USD":
        return f"{'−' if value < 0 else ''}${_money(abs(value))}" + "".join(
            f"/{_below(part, language)}" for part in below
        )
    plural = number != "1"
    if above in NOUNS:
        above = NOUNS[above][language][plural]
    elif above.endswith("FLOP") and below in ([], ["token"]):
        above += "s" if plural else ""
    return number + NARROW + "/".join([above, *(_below(part, language) for part in below)])


PRINTED = re.compile(
    r"^([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*\.?[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*)$"
)
"""A number as a source prints it, and what stands behind it. A comma separates thousands: 3,35 is
no number.

Digits are 0 to 9: browsers read no others.
"""


def as_printed(text: str, language: Language) -> str:
    """A source's own figure, `104.9 token/s`, digit for digit; empty where it has no unit of its
    own to show.
    """
    match = PRINTED.match(text)
    if not match or not match[2] or match[2] in WORDS or "e" in match[1].lower():
        return ""
    one = Decimal(match[1].replace(",", "")) == 1
    template = _with_unit(1.0 if one else 2.0, unit(match[2]), language)
    whole, _, decimals = match[1].replace(",", "").partition(".")
    sign = "−" if whole.startswith("-") else ""
    if match[2].startswith("USD"):
        below = "".join(f"/{_below(part, language)}" for part in match[2].split("/")[1:])
        return f"{sign}${int(whole.lstrip('+-') or 0):,}.{decimals.ljust(2, '0')}{below}"
    return template.replace(
        "1" if one else "2",
        f"{sign}{int(whole.lstrip('+-') or 0):,}" + ("." + decimals if decimals else ""),
        1,
    )


def _money(value: float) -> str:
    """Dollars: whole from a thousand up, with cents from one up, two significant digits below."""
    if value >= 10**15:
        return digits(value)
    exact = Decimal(value)
    cents = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if cents >= 1000:
        return f"{exact.quantize(Decimal(1), ROUND_HALF_UP):,}"
    if exact >= Decimal("0.995"):
        return f"{cents:,}"
    return digits(value, 2)


def _below(part: str, language: Language) -> str:
    if part == "Mtoken":
        return "M" + NARROW + "tokens" if language == "en" else "百万token"
    if part not in NOUNS:
        return part
    noun = NOUNS[part][language][0]
    return noun[1:] if len(noun) > 1 and noun[0] in "个块条" else noun
