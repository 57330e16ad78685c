"""Values as people write them: `3.35 TB/s`, `80`, `70.6 billion`, and the range that an input
declares.
"""

from math import isfinite

from hooks.formula.declaration import Field
from hooks.formula.format import PRINTED, format_value
from hooks.formula.units import Unit, unit
from hooks.text.problems import Mistake, did_you_mean

SUFFIXES = {
    "K": "thousand",
    "M": "million",
    "B": "billion",
    "T": "trillion",
}
"""What publishers mean by a letter behind a count."""


def read_value(text: str, tag: str, printed: Unit) -> float | str:
    """A value as its source prints it (`3.35 TB/s`, `80`, `70.6 billion`), in base units.

    A bare number takes the unit that the input declares. Refuses a unit of another kind.
    """
    if dict(printed.powers).get("word"):
        return text
    bare = printed.measured_part().plain
    if tag.endswith(":bool") and bare:
        return 1.0 if text.lower() in ("true", "yes", "on") else 0.0
    match = PRINTED.match(text.strip())
    if not match or not match[1].isascii():
        raise Mistake(f"'{text}' is not a number with a unit")
    number = float(match[1].replace(",", ""))
    if not isfinite(number):
        raise Mistake(f"'{text}' is too large for a number")
    if not match[2]:
        if not bare:
            raise Mistake(f"'{text}' lacks its unit: expected {printed}")
        return number
    if match[2].upper() in SUFFIXES and (bare or printed == unit("param")):
        raise Mistake(
            f"'{text}' is no count: a publisher's {match[2]} is written out: {match[1]}"
            f" {SUFFIXES[match[2].upper()]}"
        )
    given = unit(match[2])
    if given.same_kind(printed) or (given.plain and bare):
        return (
            number * float(given.factor) if given.factor >= 1 else number / float(1 / given.factor)
        )
    raise Mistake(f"'{text}' is in {given}, but this input is in {printed}")


def check_range(value: float | str, text: str, field: Field) -> None:
    """Refuse a value outside the range that its input declares; `text` is how the row says it."""
    if isinstance(value, str):
        if field.words and value not in field.words:
            raise Mistake(
                f"'{field.key}' is one of {', '.join(field.words)}, not"
                f" '{value}'{did_you_mean(value, field.words)}"
            )
        return
    plain = field.printed.measured_part().plain
    share = plain and field.high == 1 and not field.whole
    if field.yes_or_no and value not in (0, 1):
        raise Mistake(f"'{field.key}' is true or false, not {text}")
    if share and not 0 <= value <= 1:
        raise Mistake(f"'{field.key}' is a share from 0 to 1, not {text}")
    if field.positive and value <= 0:
        raise Mistake(f"'{field.key}' is more than 0, not {text}")
    if value < field.low:
        raise Mistake(f"'{field.key}' is at least {_edge(field.low, field)}, not {text}")
    if field.high is not None and value > field.high:
        raise Mistake(f"'{field.key}' is at most {_edge(field.high, field)}, not {text}")
    if field.whole and value != int(value):
        raise Mistake(f"'{field.key}' is a whole number, not {text}")


def _edge(value: float, field: Field) -> str:
    """An end of a range, as a message prints it."""
    return format_value(value, field.printed).replace("\u202f", " ")
