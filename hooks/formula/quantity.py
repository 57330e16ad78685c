"""How a cost model is written: quantities, inputs and constants, each one declaration.

Nothing here computes. `hooks.formula.reader` reads the declarations from the source text, so
that a mistake is found, with its line, before anything runs; called directly, a quantity stays
the plain function that it looks like.
"""

from collections.abc import Callable
from math import ceil as _ceil
from math import floor as _floor
from math import sqrt as _sqrt
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def quantity(
    unit: str,
    label: str,
    *,
    zh: str,
    words: dict[str, str] | None = None,
    source: str = "",
    picks: str = "",
) -> Callable[[F], F]:
    """Declare one thing that the cost models compute; the function's parameter names are what
    it is computed from.

    `unit` is what the formula's own units must come to. A quantity that answers with a word has
    the unit "word" and lists its `words` with their Chinese, or `picks` a row of the table that
    this choice picks from: its word is the row's id. `source` names where the formula is
    published.
    """
    return lambda function: function


def choice(
    table: str,
    label: str,
    *,
    zh: str,
    default: str,
    phrase: str = "",
    phrase_zh: str = "",
    always: bool = True,
    where: str = "",
) -> None:
    """Declare a scenario field that picks one row of a catalogue table, such as the model.

    A scenario in words has its fields in the order of their declaration. Each is told by its
    `phrase`, in which its name in braces stands for its value: `weights in {precision}`; without
    one by the row's name. It is told `always`, or only where it is not the default; and only
    `where` this name has a value other than 0.
    """


def setting(
    unit: str,
    label: str,
    *,
    zh: str,
    default: float,
    low: float = 0,
    high: float | None = None,
    whole: bool = False,
    why: str = "",
    why_zh: str = "",
    phrase: str = "",
    phrase_zh: str = "",
    always: bool = False,
    where: str = "",
) -> None:
    """Declare a scenario field that is a number. `why` says what the default assumes.

    The rest is as for a choice; without a `phrase` the number stands behind the label.
    """


def field(
    of: str,
    key: str,
    unit: str,
    label: str,
    *,
    zh: str,
    default: float | str | None = None,
    each: str = "",
    low: float = 0,
    high: float | None = None,
    positive: bool = False,
    whole: bool = False,
    words: tuple[str, ...] = (),
) -> None:
    """Declare an input that a catalogue row supplies: `key` of the row that `of` picked, a
    choice or a quantity that `picks`.

    A row's value is refused below `low`, above `high`, at 0 if it must be `positive`, with a
    fraction if it must be `whole`, and outside `words` if it is a word. A whole number from 0
    to 1 may also be written as true or false.

    `each` is what the source leaves unsaid: a datasheet prints 3.35 TB/s and means it for each
    chip. Without a `default`, a row that lacks the key makes whatever needs it impossible, and
    the reason says so.
    """


def constant(unit: str, value: float, label: str, *, zh: str, why: str, why_zh: str) -> None:
    """Declare a number that holds by definition, with the reason why."""


class Impossible(Exception):
    """Raised when a formula touches something that cannot be."""

    def __init__(self, reason: "Reason"):
        super().__init__(reason)
        self.reason = reason


class Reason:
    """Why there is no number, in both languages. It travels: whatever is computed from it is
    the same reason.

    `missing` marks the dullest one: a catalogue row that simply has no such value. `cause` is
    the place of a mistake in a file that it rests on.
    """

    def __init__(self, text: str, zh: str, missing: bool = False, cause: str = ""):
        self.text = text
        self.zh = zh
        self.missing = missing
        self.cause = cause

    def __repr__(self) -> str:
        return f"Reason({self.text!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Reason):
            return (self.text, self.zh) == (other.text, other.zh)
        raise Impossible(self)

    def __hash__(self) -> int:
        return hash((self.text, self.zh))

    def _touched(self, *_: object) -> Any:
        raise Impossible(self)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = (
        _touched
    )
    __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __pos__ = __bool__ = __float__ = _touched


def same(a: Any, b: Any) -> bool:
    """What `==` asks in a formula: two reasons are no more equal there than a reason and a
    number. The first one travels.
    """
    if isinstance(a, Reason):
        raise Impossible(a)
    return bool(a == b)


def impossible(text: str, *, zh: str) -> Any:
    """Say in a formula that there is no number, and why: `does not fit: {weights_per_chip:GB}
    …`.
    """
    return Reason(text, zh)


def floor(x: float) -> float:
    """The largest whole number that is at most x, as a float: Python's own int would not match
    the browser's.
    """
    return float(_floor(+x))


def ceil(x: float) -> float:
    """The smallest whole number that is at least x, as a float."""
    return float(_ceil(+x))


def power(base: float, count: float) -> float:
    """`base` multiplied by itself `count` times, by repeated squaring: the same bits in every
    engine.

    Refuses a count that is negative or not whole.
    """
    if not (count >= 0 and count == _floor(count)):
        refused: float = impossible(
            "a power needs a whole number of factors", zh="乘方的次数必须是非负整数"
        )
        return refused
    result = 1.0
    factor = +base
    remaining = int(count)
    while remaining:
        if remaining & 1:
            result *= factor
        factor *= factor
        remaining >>= 1
    return result


def root(x: float) -> float:
    """The square root, which IEEE 754 rounds correctly, so that every engine has the same bits.
    Refuses a number below zero.
    """
    if not x >= 0:
        refused: float = impossible("a number below zero has no square root", zh="负数没有平方根")
        return refused
    return _sqrt(x)
