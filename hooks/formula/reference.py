"""A reference to a quantity: `decode_step`, `decode_step(batch=32):ms`, or the ratio of two."""

import re
from collections.abc import Iterable
from math import isfinite
from typing import NamedTuple

from hooks.formula.declaration import Choice, Quantity, Setting
from hooks.formula.dimensions import shows
from hooks.formula.evaluate import Given, Pins, Scenario, Value
from hooks.formula.format import PRINTED, format_value
from hooks.formula.given import given_value
from hooks.formula.library import Library, closure
from hooks.formula.quantity import Reason
from hooks.formula.units import WORD, Unit, unit
from hooks.text.ids import identifier
from hooks.text.languages import Language
from hooks.text.problems import Mistake, did_you_mean, resting_on, row_meant, together

TERM = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:\(([^()]*)\))?\s*")
MEASUREMENT = "measurement"
"""The scenario field that picks somebody's run. As a pin it stands for that run's whole scenario.
"""

LOOKS_LIKE = re.compile(r"^\{\s*[A-Za-z_]\w*\s*(\(|:|/|\}|$|\s[^:]*\})")


class PinnedName(NamedTuple):
    """One name with the scenario fields that stay pinned, and values that are given instead of
    looked up or computed.

    `pins` are all of them. `written` are those in the brackets where these name a run,
    `measurement=ROW`, which pins every field that the name depends on.
    """

    name: str
    pins: Pins = ()
    written: Pins = ()

    @property
    def run(self) -> str:
        """The row of the measurement in whose scenario the term is told; empty for none."""
        return str(dict(self.written).get(MEASUREMENT, ""))

    def pinned_in(self, scenario: Scenario) -> Scenario:
        """The scenario that it is told in."""
        return scenario.with_pins(self.pins) if self.pins else scenario

    def value(self, scenario: Scenario) -> Value:
        """The term's value in base units."""
        return self.pinned_in(scenario)[self.name]

    def follows(self, library: Library) -> frozenset[str]:
        """The scenario fields that the term depends on and that its pins leave open."""
        rests = library.depends_on(self.name)
        if not self.pins:
            return rests
        if given := given_names([self], library):
            rests &= set(closure(library, [self.name], given))
        return rests - {name for name, _ in self.pins}

    def is_mere_number(self, scenario: Scenario) -> bool:
        """Whether no reader's scenario changes it; a reason is no number."""
        return not self.follows(scenario.library) and isinstance(self.value(scenario), float)

    def within(self, row: Given, library: Library) -> "PinnedName":
        """The term as it stands in a table's row: what the row pins, it pins too, unless it says
        otherwise.
        """
        if not row:
            return self
        pins = {name: value for name, value in row.items() if name in library.depends_on(self.name)}
        return self._replace(pins=tuple(sorted((pins | dict(self.pins)).items())))

    def spelled(self) -> str:
        """The term with every pin, as browsers read it: they know no runs."""
        return _spelled(self.name, self.pins)

    def __str__(self) -> str:
        return _spelled(self.name, self.written or self.pins)


def given_names(terms: Iterable[PinnedName], library: Library) -> set[str]:
    """What some terms give, instead of looking it up or computing it."""
    fields = library.fields_of_scenario
    return {name for term in terms for name, _ in term.pins if name not in fields}


class Reference(NamedTuple):
    """A term or the ratio of two, and the unit it shall be shown in."""

    top: PinnedName
    bottom: PinnedName | None = None
    display: str = ""

    def terms(self) -> tuple[PinnedName, ...]:
        """The one or two names that it mentions."""
        return (self.top, self.bottom) if self.bottom else (self.top,)

    def value(self, scenario: Scenario) -> Value:
        """The value in base units, or the reason why there is none."""
        top = self.top.value(scenario)
        if self.bottom is None or isinstance(top, (Reason, str)):
            return top
        bottom = self.bottom.value(scenario)
        if isinstance(bottom, (Reason, str)):
            return bottom
        if bottom == 0:
            return Reason("the ratio would divide by zero", "比值的分母为零")
        return top / bottom

    def text(self, scenario: Scenario, language: Language) -> str:
        """What the reader sees."""
        if self.bottom is None:
            return self.top.pinned_in(scenario).text(self.top.name, self.display, language)
        return format_value(
            self.value(scenario), self.unit(scenario.library), self.display, language
        )

    def unit(self, library: Library) -> Unit:
        """The unit of the value; the ratio of two equal kinds is a bare number."""
        top = library.names[self.top.name].unit
        return top / library.names[self.bottom.name].unit if self.bottom else top

    def follows(self, library: Library) -> frozenset[str]:
        """The scenario fields that change the number when a reader changes them."""
        top = self.top.follows(library)
        return top | self.bottom.follows(library) if self.bottom else top

    def within(self, row: Given, library: Library) -> "Reference":
        """The reference as it stands in a table's row, with the row's pins written out."""
        if not row:
            return self
        top, *rest = (term.within(row, library) for term in self.terms())
        return Reference(top, rest[0] if rest else None, self.display)

    def in_row(self, row: Given, scenario: Scenario) -> "Reference":
        """The reference as a table's row shows it: where the row is for a run, in that run's whole
        scenario.
        """
        if MEASUREMENT not in row:
            return self
        others = {name: value for name, value in row.items() if name != MEASUREMENT}
        top, *rest = (
            in_run(term.within(others, scenario.library), scenario, str(row[MEASUREMENT]))
            for term in self.terms()
        )
        return Reference(top, rest[0] if rest else None, self.display)

    def wire(self, scenario: Scenario) -> str:
        """What a page tells the reader's browser: the reference with its pins in base units.

        A term of a ratio that nothing changes, such as a measurement, goes as the number that it
        is, with its unit.
        """
        numbers = self.bottom is not None and bool(self.follows(scenario.library))
        sides = [
            (
                f"{term.value(scenario)!r} {scenario.library.names[term.name].unit}"
                if numbers and term.is_mere_number(scenario)
                else term.spelled()
            )
            for term in self.terms()
        ]
        return " / ".join(sides) + (f":{self.display}" if self.display else "")

    def __str__(self) -> str:
        names = f"{self.top} / {self.bottom}" if self.bottom else str(self.top)
        return names + (f":{self.display}" if self.display else "")


class Wire(NamedTuple):
    """What a page tells the reader's browser of a reference: its text, and the terms and scenario
    fields that the browser then needs.
    """

    text: str
    terms: frozenset[PinnedName]
    fields: frozenset[str]


def wired(reference: Reference, scenario: Scenario) -> Wire:
    """The wire of a reference, which is the same in every scenario. A term that nothing changes is
    a mere number.
    """
    known = scenario.root.known
    key = "wire", reference
    if key not in known:
        live = (
            [term for term in reference.terms() if not term.is_mere_number(scenario)]
            if reference.follows(scenario.library)
            else []
        )
        known[key] = Wire(
            reference.wire(scenario),
            frozenset(live),
            frozenset().union(*(term.follows(scenario.library) for term in live)),
        )
    wire: Wire = known[key]
    return wire


def _spelled(name: str, pins: Pins) -> str:
    text = ", ".join(f"{field}={_plain(value)}" for field, value in pins)
    return f"{name}({text})" if text else name


def _plain(value: float | str) -> str:
    return repr(value).removesuffix(".0") if isinstance(value, float) else value


def parse_reference(text: str, scenario: Scenario) -> Reference:
    """Read a reference; `text` is what stands between the braces.

    Refuses a name nobody declares, a pin that is no scenario field or has an impossible value, and
    a unit that cannot show the result.
    """
    texts = scenario.root.known
    reference: Reference | None = texts.get(("reference", text))
    if reference is None:
        reference = texts["reference", text] = _parsed(text, scenario)
    return reference


SIGNS = str.maketrans("（）：，＝／｛｝｀“”‘’＿．　", "():,=/{}`\"\"''_. ")
"""Signs that an input method or a word processor writes for plain ones."""


def _check_signs(text: str) -> None:
    """Refuse signs that no reference has, each with the one that is right in its place."""
    for at, sign in enumerate(text):
        plain = sign.translate(SIGNS)
        if plain in "\"'":
            raise Mistake(f"'{sign}' stands in a reference: names and values take no quotes", at)
        if plain != sign:
            raise Mistake(f"'{sign}' is a full-width sign: write '{plain}'", at)
        if sign in "{}`":
            raise Mistake(
                "a number, its unit and both halves of a ratio stand in one pair of braces", at
            )
    if text.count("(") != text.count(")"):
        missing = "(" if text.count("(") < text.count(")") else ")"
        raise Mistake(
            f"'{missing}' is missing: pins stand in one pair of brackets, name(field=value)",
            text.index("(") if missing == ")" else text.index(")"),
        )


def _parsed(text: str, scenario: Scenario) -> Reference:
    _check_signs(text)
    body, colon, display = text.partition(":")
    terms: list[PinnedName] = []
    mistakes: list[Mistake] = []
    at = -1
    while at < 0 or (len(terms) + len(mistakes) < 2 and body[at : at + 1] == "/"):
        start = at + 1
        try:
            term, at = _term(body, start, scenario)
            terms.append(term)
        except Mistake as mistake:
            mistakes.append(mistake)
            match = TERM.match(body, start)
            at = match.end() if match else len(body)
    if mistakes:
        raise together(mistakes)
    top, bottom = terms[0], terms[1] if len(terms) > 1 else None
    if body[at:].strip():
        raise Mistake(
            f"cannot read '{body[at:].strip()}': a number is a name, pins in brackets, one '/' and"
            " a unit after ':'",
            at,
        )
    display = display.strip()
    if colon and not display:
        raise Mistake("a unit is missing after ':'", len(body))
    reference = Reference(top, bottom, display)
    _check_unit(reference, scenario.library, len(body) + 1)
    return reference


def _check_unit(reference: Reference, library: Library, at: int) -> None:
    if reference.bottom:
        above, below = (library.names[term.name] for term in reference.terms())
        for word in (above, below):
            if word.unit == WORD:
                raise Mistake(f"'{word.name}' is a word: a ratio is of two numbers")
        if reference.bottom == reference.top:
            raise Mistake("both halves of this ratio are the same, so it is always 1")
        if not above.unit.measured_part().same_kind(below.unit.measured_part()):
            raise Mistake(
                f"a ratio needs two of a kind, but '{above.name}' is in {above.unit} and"
                f" '{below.name}' in {below.unit}"
            )
    if reference.display:
        try:
            format_value(1.0, reference.unit(library), reference.display)
        except Mistake as mistake:
            what = (
                f"'{reference.top.name}' is in {library.names[reference.top.name].unit}: "
                if not reference.bottom
                else "a ratio: "
            )
            raise Mistake(
                (what if "cannot show" in mistake.message else "") + mistake.message, at
            ) from None


def _term(text: str, start: int, scenario: Scenario) -> tuple[PinnedName, int]:
    match = TERM.match(text, start)
    if not match:
        raise Mistake(f"expected a name, found '{text[start:].strip()}'", start)
    name = match[1]
    library = scenario.library
    if name in library.broken:
        raise resting_on(library.broken[name], match.start(1))
    if name not in library.names:
        raise Mistake(
            f"no quantity named '{name}'{did_you_mean(name, library.names)}", match.start(1)
        )
    if match[2] is None:
        return PinnedName(name), match.end()
    pins, places = _pins(match[2], match.start(2), name, scenario)
    _check_given(PinnedName(name, pins), places, library)
    try:
        return in_run(PinnedName(name, pins), scenario), match.end()
    except Mistake as mistake:
        raise Mistake(mistake.message, places[MEASUREMENT]) from None


def _check_given(term: PinnedName, places: dict[str, int], library: Library) -> None:
    """Refuse pins that change nothing, since what would follow from them is given."""
    given = given_names([term], library)
    left = closure(library, [term.name], given) if given else places
    idle = [key for key in places if key not in left and key != MEASUREMENT]
    if idle:
        names, computed = (
            ", ".join(f"'{key}'" for key in keys) for keys in (idle, sorted(given.difference(idle)))
        )
        pins, change = ("pin", "changes") if len(idle) == 1 else ("pins", "change")
        raise Mistake(
            f"{names} {change} nothing where {computed} is given: remove the {pins}",
            places[idle[0]],
        )


def in_run(term: PinnedName, scenario: Scenario, run: str = "") -> PinnedName:
    """The term in the whole scenario of the run that it pins, or of `run`; as it is, where there is
    neither.

    Every field that its name depends on is pinned to what the run's row says, or to the declared
    default where the row says nothing; the term's own pins come first. Refuses a row that says no
    scenario or a wrong one, and one that overrides with `given` what the name is computed from.
    """
    own = dict(term.pins)
    chosen = str(own.get(MEASUREMENT, run))
    library = scenario.library
    rests = library.depends_on(term.name)
    if not rests and MEASUREMENT in own:
        raise Mistake(f"'{term.name}' does not depend on '{MEASUREMENT}': remove the pin")
    if term.written or not chosen or rests <= {MEASUREMENT}:
        return term
    own[MEASUREMENT] = chosen
    whole = {field: library.defaults[field] for field in rests}
    whole |= {
        field: value
        for field, value in _settings_of_run(term.name, chosen, own, scenario).items()
        if field in rests
    }
    pins = {field: own.get(field, value) for field, value in whole.items()}
    pins |= {key: value for key, value in own.items() if key not in library.fields_of_scenario}
    return PinnedName(term.name, tuple(sorted(pins.items())), tuple(sorted(own.items())))


def _settings_of_run(name: str, run: str, own: Given, scenario: Scenario) -> Given:
    """What a run's row sets of the scenario, in base units. `own` are the pins of the term, which
    come first.
    """
    table = _table(MEASUREMENT, scenario)
    row = scenario.extra(table, run)
    fields = scenario.library.fields_of_scenario
    given = {str(key): value for key, value in dict(row.get("given") or {}).items()}
    behind = set(closure(scenario.library, [name]))
    overridden = [
        f"'{key}'" for key in given if key in behind and key not in fields and key not in own
    ]
    if overridden:
        raise Mistake(
            f"'{name}' cannot be told in the run '{run}', whose row overrides"
            f" {', '.join(overridden)} with `given`: pin the fields one by one"
        )
    if not isinstance(row.get("scenario"), dict):
        raise Mistake(
            f"the run '{run}' has no `scenario` in docs/data/{table}.yml: add it, or pin the fields"
            " one by one"
        )
    settings: Given = {}
    for key, value in ({k: v for k, v in row.items() if k in fields} | row["scenario"]).items():
        try:
            settings[key] = setting_value(str(key), str(value), scenario)
        except Mistake as mistake:
            raise Mistake(
                f"the scenario of the run '{run}' in docs/data/{table}.yml: {mistake.message}"
            ) from None
    for key in given.keys() & fields.keys():
        settings[key] = str(given[key]) if isinstance(fields[key], Choice) else float(given[key])
    return settings


def _table(choice: str, scenario: Scenario) -> str:
    declaration = scenario.library.names[choice]
    assert isinstance(declaration, Choice)
    return declaration.table


def _pins(text: str, start: int, name: str, scenario: Scenario) -> tuple[Pins, dict[str, int]]:
    """The pins in brackets, and where each stands."""
    pins: dict[str, float | str] = {}
    places: dict[str, int] = {}
    mistakes = []
    for match in re.finditer(r"[^,]+", text):
        at = start + match.start() + len(match[0]) - len(match[0].lstrip())
        try:
            key, value = _pin(match[0].strip(), at, name, scenario)
            if key in pins:
                raise Mistake(f"'{key}' is pinned twice", at)
            pins[key], places[key] = value, at
        except Mistake as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise together(mistakes)
    return tuple(sorted(pins.items())), places


def _pin(text: str, at: int, name: str, scenario: Scenario) -> tuple[str, float | str]:
    key, equals, written = (part.strip() for part in text.partition("="))
    if not equals:
        raise Mistake(f"a pin reads field=value, not '{text}'", at)
    library = scenario.library
    if key in library.names and key not in library.fields_of_scenario:
        return key, _given(key, written, at, name, scenario)
    if key not in library.names and key not in library.broken:
        known = [*library.fields_of_scenario, *closure(library, [name])]
        raise Mistake(f"'{key}' is no scenario field{did_you_mean(key, known)}", at)
    value = setting_value(key, written, scenario, at)
    if (
        key != MEASUREMENT
        and key not in library.depends_on(name)
        and not isinstance(library.names[name], Choice)
    ):
        raise Mistake(f"'{name}' does not depend on '{key}': remove the pin", at)
    return key, value


def _given(key: str, written: str, at: int, name: str, scenario: Scenario) -> float | str:
    """The value of an input or a quantity that a term takes as given."""
    if key == name:
        raise Mistake(f"'{name}' is what is asked for: give what it is computed from", at)
    if key not in closure(scenario.library, [name]):
        raise Mistake(f"'{name}' does not depend on '{key}': remove the pin", at)
    try:
        return given_value(key, written, scenario)
    except Mistake as mistake:
        raise Mistake(mistake.message, at, cause=mistake.cause) from None


def setting_value(name: str, text: str, scenario: Scenario, at: int = 0) -> float | str:
    """The value of a scenario field as a writer or reader wrote it, checked.

    Refuses an unknown field, an unknown row, a number out of range or of another unit.
    """
    fields = scenario.library.fields_of_scenario
    declaration = fields.get(name)
    if declaration is None and name in scenario.library.broken:
        raise resting_on(scenario.library.broken[name], at)
    if declaration is None:
        if isinstance(scenario.library.names.get(name), Quantity):
            raise Mistake(f"'{name}' is computed, so it cannot be set", at)
        raise Mistake(f"'{name}' is no scenario field{did_you_mean(name, fields)}", at)
    if isinstance(declaration, Choice):
        text = identifier(text)
        if not scenario.has(declaration.table, text):
            rows = scenario.rows(declaration.table)
            raise Mistake(
                f"no row '{text}' in docs/data/{declaration.table}.yml{row_meant(text, rows)}",
                at,
            )
        return text
    return _number(declaration, text, at)


def _number(declaration: Setting, text: str, at: int) -> float:
    match = PRINTED.match(text.strip())
    if not match:
        raise Mistake(f"'{declaration.name}' is a number, not '{text}'", at)
    number = float(match[1].replace(",", "")) * float(
        declaration.unit.factor if not match[2] else 1
    )
    if match[2]:
        try:
            given = unit(match[2])
        except Mistake as mistake:
            raise Mistake(mistake.message, at) from None
        if not shows(given, declaration.unit) or (match[2] == "%" and declaration.unit.powers):
            raise Mistake(f"'{declaration.name}' is in {declaration.unit}, not {match[2]}", at)
        number *= float(given.factor)
    if not isfinite(number):
        raise Mistake(f"'{declaration.name}' is a number, not '{text}'", at)
    if number < declaration.low or (declaration.high is not None and number > declaration.high):
        edge = (
            f"at least {format_value(declaration.low, declaration.unit)}"
            if number < declaration.low
            else f"at most {format_value(declaration.high or 0, declaration.unit)}"
        )
        raise Mistake(f"'{declaration.name}' is {edge}, not {text}", at)
    if declaration.whole and number != int(number):
        raise Mistake(f"'{declaration.name}' is a whole number, not {text}", at)
    return number


def beside_references(text: str) -> str:
    """A text among references in braces, `{decode_step:ms}`, as browsers are told it: they read two
    braces as one.
    """
    return text.replace("{", "{{")


def scenario_from(given: dict[str, object], base: Scenario) -> tuple[Scenario, list[Mistake]]:
    """The scenario that front matter or a command line sets, and what is wrong with it."""
    values: Given = {}
    mistakes = []
    for name, value in given.items():
        try:
            if value is None:
                raise Mistake(f"'{name}' lacks a value: {name}: 1, or leave it out")
            values[name] = setting_value(str(name), str(value), base)
        except Mistake as mistake:
            mistakes.append(mistake)
    return base.pinned(values), mistakes
