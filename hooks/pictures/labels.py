"""What a figure file writes in words: its references, its texts in two languages, and the
mistakes in them.
"""

import re
from collections.abc import Iterator

from hooks.formula.declaration import Field, Quantity
from hooks.formula.evaluate import Scenario, Value
from hooks.formula.format import format_value, scaled
from hooks.formula.given import given_value
from hooks.formula.quantity import Reason
from hooks.formula.reference import Reference, parse_reference, setting_value
from hooks.formula.units import Unit, unit
from hooks.pictures.following import FollowedNumber
from hooks.text.languages import Language
from hooks.text.problems import Mistake

Words = tuple[str, str]
"""The same words in English and Chinese; both may hold `{references}`."""

LARGEST = 1e200

SELECTORS, WORD_END = [chr(code) for code in range(0xFE00, 0xFE10)], "\u2060"
"""Characters of no width, which no text of ours holds: variation selectors, and a joiner."""

MARKED = re.compile(f"([{SELECTORS[0]}-{SELECTORS[-1]}]{{2}})([^{WORD_END}]*){WORD_END}")

REFERENCE = re.compile(r"\{([^{}]+)\}")


class Misread(Mistake):
    """A mistake in a text of a figure file; `text` is what stands there, so that its line can
    be found.
    """

    def __init__(self, text: str, message: str, cause: str = ""):
        super().__init__(message, cause=cause)
        self.text = text


class Shown(str):
    """The text of a reference in a diagram, and its number: in base units, or 0 where there is
    none.

    With a `place` among the numbers that follow a reader's scenario the text stands between
    marks of no width, by which it is found again in the drawing.
    """

    place: int | None
    _number: float
    drawn = False
    """Whether something is drawn by the number."""

    def __new__(cls, text: str, number: float = 0.0, place: int | None = None) -> "Shown":
        if place is not None:
            text = SELECTORS[place // 16] + SELECTORS[place % 16] + text + WORD_END
        shown = super().__new__(cls, text)
        shown.place, shown._number = place, number
        return shown

    @property
    def number(self) -> float:
        """For what is drawn by it: that stays as it was drawn, unless it `follows`."""
        self.drawn = True
        if self.place is None:
            return self._number
        return FollowedNumber(self._number, f"n{self.place}")

    @property
    def content(self) -> tuple[str, float]:
        """All that can be seen of it."""
        return str(self), self._number


class Scale:
    """The unit that values are in, and the one that they are shown in."""

    def __init__(self, of: Unit, display: str = ""):
        self.of, self.display = of, display
        self.shown = unit(display) if display else of
        self.factor = float(self.shown.factor)

    def number(self, value: Value) -> float | None:
        """A value in base units as a number in the shown unit, if it is one."""
        plain = finite_number(value)
        return None if plain is None else scaled(plain, self.shown)

    def text(self, value: Value, language: Language) -> str:
        """A value in base units as a reader sees it."""
        return format_value(value, self.of, self.display, language)

    def unit(self, language: Language) -> str:
        """The shown unit alone, as it stands behind a number."""
        return re.sub(r"\d[\d.,]*\u202f?", "", self.text(2 * self.factor, language), count=1)


def scale(reference: Reference, scenario: Scenario, display: str) -> Scale:
    """The scale of a chart's values, by the first of its references: its unit as it is written
    down.
    """
    return Scale(unit(str(reference.unit(scenario.library))), display)


def finite_number(value: Value) -> float | None:
    """A value, if it is a number, and not too large for any axis."""
    return None if isinstance(value, (Reason, str)) or abs(value) > LARGEST else float(value)


def read_label(text: str, scenario: Scenario, within: str = "", display: str = "") -> Reference:
    """A reference, whose value the unit `display` can show. `within` is the text that it stands
    in.
    """
    try:
        reference = parse_reference(text, scenario)
    except Mistake as mistake:
        raise Misread(within or text, mistake.message, mistake.cause) from None
    if display:
        try:
            format_value(1.0, reference.unit(scenario.library), display)
        except Mistake as mistake:
            raise Misread(text, f"'{text}': {mistake.message}") from None
    return reference


def shown_value(
    text: str, scenario: Scenario, language: Language, place: int | None = None
) -> Shown:
    """A reference as a diagram shows it."""
    reference = parse_reference(text, scenario)
    written, value = reference.text(scenario, language), reference.value(scenario)
    words = short_reason(written, value) if isinstance(value, Reason) else written
    return Shown(words, value if isinstance(value, float) else 0.0, place)


def marked_parts(text: str) -> Iterator[tuple[str, int | None]]:
    """The parts of a text, each with the place of the number that it shows, if it does."""
    *pairs, rest = MARKED.split(text)
    for before, marks, shown in zip(pairs[::3], pairs[1::3], pairs[2::3], strict=True):
        yield before, None
        yield shown, 16 * SELECTORS.index(marks[0]) + SELECTORS.index(marks[1])
    yield rest, None


def pins(text: str, scenario: Scenario) -> dict[str, float | str]:
    """What a text such as `chips=2, batch=8` pins: fields of the scenario, or a value that stands
    for what a row or a formula would say, `kv_bytes=0 B`.
    """
    pinned = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        try:
            computed = isinstance(scenario.library.names.get(name), (Field, Quantity))
            read = given_value if computed else setting_value
            pinned[name] = read(name, value, scenario)
        except Mistake as mistake:
            raise Misread(text, mistake.message, mistake.cause) from None
    return pinned


def fill_label(words: Words, scenario: Scenario, language: Language) -> str:
    """The words in the reader's language, with every `{reference}` replaced by its text, or by
    the reason in few words.
    """
    text = words[language == "zh"]

    def shown(found: str) -> str:
        reference = read_label(found, scenario, text)
        written = reference.text(scenario, language)
        value = reference.value(scenario)
        return short_reason(written, value) if isinstance(value, Reason) else written

    return REFERENCE.sub(lambda match: shown(match[1]), text)


def short_reason(text: str, reason: Reason) -> str:
    """A reason's text where there is room for few words only: `does not fit`, or that there is
    no number.
    """
    verdict, colon, _ = text.replace("：", ":").partition(":")
    return verdict if colon and not reason.missing else "n/a"


def titled(title: Words, scale: Scale, scenario: Scenario, language: Language) -> str:
    """The quantity, and what it is shown in."""
    return fill_label(titles(title, scale), scenario, language)


def titles(title: Words, scale: Scale) -> Words:
    """The words of a title, and what it is shown in."""
    shown, zh = scale.unit("en"), scale.unit("zh")
    return title[0] + (f" ({shown})" if shown else ""), title[1] + (f"（{zh}）" if zh else "")
