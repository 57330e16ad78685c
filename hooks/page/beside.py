"""What stands beside a measurement, or beside a machine named in words: it must not follow the
reader.

A slider changes every number whose pins leave something open, and no word. So what a page says
of somebody's run, or of a machine that it names, would become false.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hooks.formula.declaration import Choice, Declaration, Setting
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.library import Library
from hooks.formula.reference import MEASUREMENT, PinnedName, Reference, in_run, parse_reference
from hooks.page.claim import parse_claim
from hooks.page.passage import Passages
from hooks.page.scan import Slot
from hooks.page.table import sweep
from hooks.text.problems import Mistake

CHIPS = "chips"
"""The scenario field that counts accelerators, which prose names with a word: `two H100s`."""

ACCELERATOR = "accelerator"

CODE = r"[A-Z]{1,5}\d+[A-Za-z]?|(?:TPU|RTX|Gaudi) \w+"
SHORT = {"models": r"(?:\d+x)?\d+(?:\.\d+)?[Bb]", "accelerators": CODE, "precisions": CODE}
"""The part of a row's name that names it alone, by table: `70B`, `H100`, `FP8`."""

COUNTS = {
    word: float(number)
    for number, words in {
        1: "one single 一 单", 2: "two both 两 二 双", 3: "three 三", 4: "four 四", 5: "five 五", 6: "six 六",  # noqa: E501
        7: "seven 七", 8: "eight 八", 9: "nine 九", 10: "ten 十", 16: "sixteen 十六", 32: "thirty-two",  # noqa: E501
    }.items()
    for word in words.split()
}  # fmt: skip
"""Numbers in words."""

CHIP_WORDS = r"chips?|cards?|GPUs?|accelerators?|加速卡|卡|芯片"


Span = tuple[int, int]
Names = tuple[re.Pattern[str], dict[str, tuple[str, ...]]]


class Statement(NamedTuple):
    """A reference of a page as it is told where it stands: with the pins of its table's row."""

    at: int
    reference: Reference

    def open(self, library: Library) -> list[str]:
        """The scenario fields that it follows, in their own order."""
        follows = self.reference.follows(library)
        return [field for field in library.fields_of_scenario if field in follows]

    def measured(self, library: Library) -> bool:
        """Whether it says what somebody measured."""
        return any(MEASUREMENT in library.depends_on(term.name) for term in self.reference.terms())


class Word(NamedTuple):
    """Something that a sentence names in plain words: the text, the fields that could mean it,
    and to what it sets them.
    """

    text: str
    fields: frozenset[str]
    values: tuple[float | str, ...]

    def means(self, scenario: Scenario) -> frozenset[str]:
        """The fields that it is about: of several that could be meant, those that the page sets
        to it, if any.
        """
        set_so = frozenset(field for field in self.fields if scenario.setting(field) in self.values)
        return set_so or self.fields


def beside_mistakes(page: Passages, slots: Iterable[Slot], scenario: Scenario) -> Iterator[Mistake]:
    """What follows the reader and must not, each at its place in the page's text.

    A passage, a table's row and a claim that hold a measured value leave no field open. A
    sentence, a table's row, or a column with its title, that names a row of the catalogue or a
    number of chips in words leaves that field closed.
    """
    slots = tuple(slots)
    numbers = [slot for slot in slots if slot.kind == "number"]
    rows = list(_rows(slots, scenario))

    def statements(span: Span) -> list[Statement]:
        row = next((row for at, to, row in rows if at <= span[0] < to), {})
        inside = (slot for slot in numbers if span[0] <= slot.start < span[1])
        return [each for slot in inside for each in _statements(slot, row, scenario)]

    units = [
        statements(span) for span in (*page.passages, *(row for t in page.tables for row in t.rows))
    ]
    units += [list(_sides(slot, scenario)) for slot in slots if slot.kind == "claim"]
    found = [mistake for unit in units for mistake in _beside(unit, scenario)]
    for numbers_in, words_in in _sentences(page):
        found += _named(statements(numbers_in), page.text[slice(*words_in)], scenario)
    first: dict[int, Mistake] = {}
    for mistake in found:
        first.setdefault(mistake.at, mistake)
    yield from (first[at] for at in sorted(first))


def _sentences(page: Passages) -> Iterator[tuple[Span, Span]]:
    """Where numbers stand, and where the words that name what they are about."""
    for passage in page.passages:
        for sentence in page.sentences(*passage):
            yield sentence, sentence
    for table in page.tables:
        yield from ((row, row) for row in table.rows)
        titles, *body = table.cells
        for cells in body:
            yield from ((cell, title) for title, cell in zip(titles, cells, strict=False))


def _rows(slots: Iterable[Slot], scenario: Scenario) -> Iterator[tuple[int, int, Given]]:
    """The rows of table templates: where each stands, and what the first that is made of it
    pins.
    """
    for slot in slots:
        if slot.kind == "table":
            block, start = slot.parts[0]
            lines = [match for match in re.finditer(r"[^\n]*\n?", block) if match[0].strip()]
            try:
                row = sweep(slot.text, scenario)[0]
            except Mistake:
                continue  # refused where the table is filled
            if len(lines) > 2:
                yield start + lines[2].start(), start + lines[-1].end(), row


def _statements(slot: Slot, row: Given, scenario: Scenario) -> Iterator[Statement]:
    try:
        reference = parse_reference(slot.text, scenario).in_row(row, scenario)
    except Mistake:
        return  # refused where the number is filled
    yield Statement(slot.inner, reference.within(row, scenario.library))


def _sides(slot: Slot, scenario: Scenario) -> Iterator[Statement]:
    try:
        claim = parse_claim(slot.text, scenario)
    except Mistake:
        return
    at = 0
    for side in (claim.left, claim.right):
        at = slot.text.index(side.text, at)
        if side.reference:
            yield Statement(slot.inner + at, side.reference)
        at += len(side.text)


def _beside(unit: list[Statement], scenario: Scenario) -> Iterator[Mistake]:
    """What stands open beside a measured value."""
    library = scenario.library
    measured = [statement for statement in unit if statement.measured(library)]
    for statement in unit if measured else ():
        terms = [term for term in statement.reference.terms() if term.follows(library)]
        fields = statement.open(library)
        if fields == [MEASUREMENT]:
            names = _listed(terms, scenario)
            yield Mistake(
                f"{names} follows the reader's {MEASUREMENT}: pin it, {MEASUREMENT}=ROW",
                statement.at,
            )
        elif fields:
            stand, follow = ("stands", "follows") if len(terms) == 1 else ("stand", "follow")
            near = sorted(measured, key=lambda other: abs(other.at - statement.at))
            runs = dict.fromkeys(run for other in near if (run := _run(other.reference)))
            yield Mistake(
                f"{_listed(terms, scenario)} {stand} beside a measurement, but {follow} the"
                f" reader's {', '.join(fields)}: {_cure(terms, list(runs), scenario)}",
                statement.at,
            )


def _run(reference: Reference) -> str:
    pinned = (str(dict(term.pins).get(MEASUREMENT, "")) for term in reference.terms())
    return next(filter(None, pinned), "")


def _cure(terms: list[PinnedName], runs: list[str], scenario: Scenario) -> str:
    """What a writer may write instead: each term in the run that it differs least from."""
    told = []
    refusal = ""
    for term in terms:
        found = []
        for run in runs:
            try:
                found.append(_difference(term, run, scenario))
            except Mistake as mistake:
                refusal = f" ({mistake.message.rpartition(': ')[0] or mistake.message})"
        if found:
            told.append(min(found, key=lambda each: len(each.written)))
    if len(told) == len(terms):
        return f"write {_listed(told, scenario)}, or pin them"
    return (
        f"pin them{refusal}" if refusal else f"write {MEASUREMENT}=ROW in the brackets, or pin them"
    )


def _difference(term: PinnedName, run: str, scenario: Scenario) -> PinnedName:
    """A term in a run, with those of its pins that differ from the run's."""
    whole = dict(in_run(PinnedName(term.name), scenario, run).pins)
    others = tuple(pin for pin in term.pins if whole.get(pin[0]) != pin[1])
    return in_run(PinnedName(term.name, others), scenario, run)


def _listed(terms: Iterable[PinnedName], scenario: Scenario) -> str:
    """Terms as a writer would write them: pins in the units of their fields."""
    names = scenario.library.names
    texts = []
    for term in terms:
        pins = [f"{name}={_shown(names[name], value)}" for name, value in term.written or term.pins]
        texts.append(f"`{term.name}({', '.join(pins)})`" if pins else f"`{term.name}`")
    return " and ".join(dict.fromkeys(texts))


def _shown(name: Declaration, value: float | str) -> str:
    if isinstance(value, str):
        return value
    measured = name.unit.measured_part()
    if isinstance(name, Setting) or measured.plain:
        return f"{value / float(name.unit.factor):.12g}"
    return f"{value:.12g} {measured}"


def _named(unit: list[Statement], text: str, scenario: Scenario) -> Iterator[Mistake]:
    """What follows the reader in a field that the text names in plain words."""
    fields = scenario.library.fields_of_scenario
    for statement in unit:
        found: dict[str, set[Word]] = {}
        for term in statement.reference.terms():
            for field in sorted(term.follows(scenario.library)):
                for word in _words(field, text, scenario):
                    pinned = any(
                        name in word.fields and value in word.values for name, value in term.pins
                    )
                    if field in word.means(scenario) and not pinned:
                        found.setdefault(field, set()).add(word)
        if found:
            open_fields = [field for field in fields if field in found]
            words = ", ".join(
                f"'{text}'" for text in sorted({w.text for ws in found.values() for w in ws})
            )
            pins = ", ".join(
                f"{field}={_value(field, found[field], scenario)}" for field in open_fields
            )
            names = ", ".join(f"`{{{field}}}`" for field in open_fields)
            terms = [
                term
                for term in statement.reference.terms()
                if found.keys() & term.follows(scenario.library)
            ]
            follow = "follows" if len(terms) == 1 else "follow"
            yield Mistake(
                f"{_listed(terms, scenario)} {follow} the reader's {', '.join(open_fields)}, but"
                f" the words {words} do not: pin {pins}, or write {names} in place of the words",
                statement.at,
            )


def _value(field: str, words: Iterable[Word], scenario: Scenario) -> str:
    """What a field would be pinned to: what the words say; where they leave a choice, the
    page's own.
    """
    values = sorted({value for word in words for value in word.values}, key=str)
    mine = scenario.setting(field)
    return _shown(scenario.library.fields_of_scenario[field], mine if mine in values else values[0])


def _words(field: str, text: str, scenario: Scenario) -> set[Word]:
    """The words of a text that name a value of a scenario field."""
    declaration = scenario.library.fields_of_scenario[field]
    if isinstance(declaration, Choice):
        pattern, rows = _names(declaration.table, scenario)
        fields = frozenset(
            name
            for name, other in scenario.library.fields_of_scenario.items()
            if isinstance(other, Choice) and other.table == declaration.table
        )
        return {
            Word(_plain(match["name"]), fields, rows[_plain(match["name"]).lower()])
            for match in pattern.finditer(text)
        }
    if field == CHIPS:
        return {
            Word(_plain(match[0]), frozenset({CHIPS}), (count,))
            for match in _counted(scenario).finditer(text)
            if (count := _count(match["count"])) > 1 or match["name"]  # `one chip` is any chip
        }
    return set()


def _names(table: str, scenario: Scenario) -> Names:
    """What the rows of a table are called: a pattern, and the rows by name."""
    known, titles = scenario.root.known, scenario.names(table)
    if ("words", table) not in known:
        rows: dict[str, tuple[str, ...]] = {}
        for id, names in titles.items():
            for name in filter(None, names):
                short = re.findall(rf"(?<![\w.])(?:{SHORT.get(table, '(?!)')})(?![\w.])", name)
                for each in {_plain(name).lower(), *map(str.lower, short)}:
                    rows[each] = (*rows.get(each, ()), id)
        known["words", table] = re.compile(_either(rows), re.IGNORECASE), rows
    found: Names = known["words", table]
    return found


def _either(names: Iterable[str]) -> str:
    """A pattern for any of these names, or for its plural."""
    ordered = sorted(names, key=len, reverse=True)
    texts = (re.escape(name).replace("\\ ", r"\s+") for name in ordered)
    return (
        rf"(?<![A-Za-z0-9_.])(?P<name>{'|'.join(texts) or '(?!)'})(?:['’]?s)?(?![A-Za-z0-9_]|\.\d)"
    )


def _counted(scenario: Scenario) -> re.Pattern[str]:
    """So many chips in words: `two H100s`, `eight cards`, `两块卡`."""
    accelerator = scenario.library.names.get(ACCELERATOR)
    names = _names(accelerator.table, scenario)[1] if isinstance(accelerator, Choice) else {}
    known = scenario.root.known
    if "counted" not in known:
        counts = "|".join(sorted(COUNTS, key=len, reverse=True))
        between = r"(?:\s*[块张个颗片]\s*|\s*[×x]\s*|[\s-]+(?:[a-z-]+\s+)?)?"
        known["counted"] = re.compile(
            rf"(?<![A-Za-z0-9.十百])(?P<count>{counts}|\d+){between}(?:{CHIP_WORDS}|{_either(names)})(?![A-Za-z])",
            re.IGNORECASE,
        )
    found: re.Pattern[str] = known["counted"]
    return found


def _count(text: str) -> float:
    return COUNTS.get(text.lower()) or float(text)


def _plain(name: str) -> str:
    return " ".join(name.split())
