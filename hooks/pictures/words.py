"""What a figure file writes in words: its references, its texts in two languages, and the mistakes in them."""

import re

from hooks.formula.evaluate import Scenario, Value
from hooks.formula.format import Language, scaled, written
from hooks.formula.quantity import Reason
from hooks.formula.units import Unit, unit
from hooks.page.reference import Reference, parse, setting_value
from hooks.problems import Mistake

Words = tuple[str, str]
"""The same words in English and Chinese; both may hold `{references}`."""

REFERENCE = re.compile(r"\{([^{}]+)\}")


class Misread(Mistake):
    """A mistake in a text of a figure file; `text` is what stands there, so that its line can be found."""

    def __init__(self, text: str, message: str):
        super().__init__(message)
        self.text = text


class Shown(str):
    """The text of a reference in a diagram, and its number: in base units, or 0 where there is none."""

    number: float = 0.0


class Scale:
    """The unit that values are in, and the one that they are shown in."""

    def __init__(self, of: Unit, display: str = ""):
        self.of, self.display = of, display
        self.shown = unit(display) if display else of
        self.factor = float(self.shown.factor)

    def number(self, value: Value) -> float | None:
        """A value in base units as a number in the shown unit, if it is one."""
        plain = number(value)
        return None if plain is None else scaled(plain, self.shown)

    def text(self, value: Value, language: Language) -> str:
        """A value in base units as a reader sees it."""
        return written(value, self.of, self.display, language)

    def unit(self, language: Language) -> str:
        """The shown unit alone, as it stands behind a number."""
        return re.sub(r"\d[\d.,]*\u202f?", "", self.text(2 * self.factor, language), count=1)


def number(value: Value) -> float | None:
    """A value, if it is a number."""
    return None if isinstance(value, (Reason, str)) else float(value)


def read(text: str, scenario: Scenario, within: str = "", display: str = "") -> Reference:
    """A reference, whose value the unit `display` can show. `within` is the text that it stands in."""
    try:
        reference = parse(text, scenario)
    except Mistake as mistake:
        raise Misread(within or text, mistake.message) from None
    if display:
        try:
            written(1.0, reference.unit(scenario.library), display)
        except Mistake as mistake:
            raise Misread(text, f"'{text}': {mistake.message}") from None
    return reference


def pins(text: str, scenario: Scenario) -> dict[str, float | str]:
    """The fields that a text such as `chips=2, batch=8` pins."""
    pinned = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        try:
            pinned[name] = setting_value(name, value, scenario)
        except Mistake as mistake:
            raise Misread(text, mistake.message) from None
    return pinned


def fill(words: Words, scenario: Scenario, language: Language) -> str:
    """The words in the reader's language, with every `{reference}` replaced by its text."""
    text = words[language == "zh"]
    return REFERENCE.sub(lambda match: read(match[1], scenario, text).text(scenario, language), text)


def brief(words: Words, scenario: Scenario, language: Language) -> str:
    """The words filled; where one of the numbers is missing, the reason in few words and nothing else."""
    text = words[language == "zh"]
    values = [read(match[1], scenario, text).value(scenario) for match in REFERENCE.finditer(text)]
    reasons = [value for value in values if isinstance(value, Reason)]
    if reasons:
        return shortened(reasons[0].zh if language == "zh" else reasons[0].text)
    return fill(words, scenario, language)


def shortened(reason: str) -> str:
    """A reason where there is room for few words only: `does not fit`, or that there is no number."""
    verdict, colon, _ = reason.replace("：", ":").partition(":")
    return verdict if colon else "n/a"


def titled(title: Words, scale: Scale, scenario: Scenario, language: Language) -> str:
    """The quantity, and what it is shown in."""
    text, shown = fill(title, scenario, language), scale.unit(language)
    return text if not shown else f"{text}（{shown}）" if language == "zh" else f"{text} ({shown})"
