"""Fills a page: Markdown with references in, Markdown with numbers, tables, figures and panels out."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import unquote

from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given, Scenario, Value
from hooks.formula.marks import meant
from hooks.formula.quantity import Reason
from hooks.formula.reference import (
    MEASUREMENT,
    PinnedName,
    Reference,
    Wire,
    beside_references,
    parse_reference,
    scenario_from,
    wired,
)
from hooks.page import beside
from hooks.page.claim import parse_claim
from hooks.page.derivations import Works, number_link
from hooks.page.limit import SHOWN, WITH_WORK, note
from hooks.page.passage import passage, passages
from hooks.page.placeholders import Fragment, Placeholders
from hooks.page.plain_markdown import as_markdown
from hooks.page.remark import misread
from hooks.page.scan import Slot, scan
from hooks.page.table import misshapen, sweep
from hooks.page.typed_numbers import typed_numbers
from hooks.page.unclosed import unclosed
from hooks.page.unsupported import unsupported
from hooks.page.withheld import Block, blocks, limit, short, withheld
from hooks.text.languages import Language
from hooks.text.problems import Mistake, Problem, did_you_mean, line_and_column, resting_on

List = Callable[[str, Scenario, Works], str]
"""Writes a list: from the comment's own words, the page's scenario, and the works that its numbers open."""


LINKED = re.compile(r"(?<!!)\[[^\[\]]*\](?:\(|\[)")
"""The text of a link in a line."""

SHOWN_LINES = re.compile(
    r"^(?:title|question|description):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE
)
"""What front matter shows to readers."""

CLINGING = tuple("，。、；：？！）」』”’》,.;:!?)%")
"""Punctuation that never begins a line."""

OPENING = tuple("（「『“‘《(")
"""Punctuation that never ends a line."""


@dataclass(frozen=True)
class FigureRequest:
    """A figure that a page shows: its file, its alt text, its id on the page, and the sign of its placeholder.

    `live_alt` is the alt text with its references in place of numbers, where a reader's scenario changes them.
    """

    path: Path
    alt: str
    token: str
    sign: str
    live_alt: str = ""


@dataclass
class Filled:
    """A page after filling. `text` is its Markdown with signs for its `placeholders`."""

    text: str
    placeholders: Placeholders
    works: Works
    scenario: Scenario
    figures: list[FigureRequest] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    claims: int = 0
    live: "LiveParts" = field(default_factory=lambda: LiveParts())

    @property
    def markdown(self) -> str:
        """The page as Markdown shows it."""
        return self.placeholders.shown(self.placeholders.markdown(self.text))

    @property
    def bare(self) -> str:
        """The page for readers who cannot press anything: numbers as bare texts, figures as pictures, no claims."""
        return self.placeholders.bare(self.text)


@dataclass
class LiveParts:
    """What the reader's browser needs of a page: its numbers, the terms that it computes, the fields that change something."""

    numbers: set[Reference] = field(default_factory=set)
    terms: set[PinnedName] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)

    def join(self, other: "LiveParts") -> None:
        """Add what another page needs."""
        self.numbers |= other.numbers
        self.terms |= other.terms
        self.fields |= other.fields

    def take(self, wire: Wire) -> None:
        """Note what a reader's scenario can change of a reference."""
        self.terms |= wire.terms
        self.fields |= wire.fields


class Page:
    """One page's source, ready to be filled."""

    def __init__(
        self,
        path: str,
        text: str,
        base: Scenario,
        language: Language,
        works: Works,
        lists: Mapping[str, List] | None = None,
    ):
        """`path` as problems print it; `text` is the whole file, front matter included; `works` collects
        its panels; `lists` writes what comments such as `<!-- essays -->` stand for.
        """
        self.path = path
        self.text = text
        self.language = language
        self.problems: list[Problem] = []
        self.figures: list[FigureRequest] = []
        self.claims = 0
        self.row: Given = {}
        """The pins of the table row that is being filled."""
        self.opens = True
        """Whether the numbers of that row open to their work."""
        self.every = False
        """Whether its table has a row for everything there is."""
        self.anchors: set[str] = set()
        """The ids of such rows."""
        self.generated = False
        """Whether no writer wrote the page, so that what it says is checked where it was read."""
        self.blocks: list[Block] = []
        """What gives way because the page's scenario cannot be."""
        self.dashed: tuple[int, Given] | None = None
        """The row that has said why it has no numbers."""
        self.live = LiveParts()
        self.lists = lists or {}
        self.works = works
        self.placeholders = Placeholders()
        self.body_at = body_at(text)
        self.scenario = base

    def set_scenario(
        self, given: object, typed: Mapping[str, str] | None = None, inherited: bool = False
    ) -> None:
        """Take the scenario of the front matter; what is wrong in it becomes a problem at its line.

        `typed` are its values as they stand there: YAML reads the id 007 as seven. Of an `inherited` one nothing is
        told here, since the page that says it tells it.
        """
        fields = self.scenario.library.fields_of_scenario
        if given is None or isinstance(given, Mapping):
            values = {
                name: (typed or {}).get(name, value)
                if isinstance(fields.get(name), Choice)
                else value
                for name, value in (given or {}).items()
            }
            scenario, mistakes = scenario_from(values, self.scenario)
        else:
            shape = "scenario maps fields to values: scenario: {batch: 1}"
            scenario, mistakes = self.scenario, [Mistake(shape)]
        self.scenario = self.works.home = scenario
        if inherited:
            return
        for mistake in mistakes:
            word = re.search(r"'([^']*)'", mistake.message)
            key = re.search(
                rf"^scenario:[^\x00]*?\b{re.escape(word[1])}\b" if word else r"^scenario:",
                self.text,
                re.MULTILINE,
            )
            self._refuse(mistake, key.end() - len(word[1] if word else key[0]) if key else 0)

    def fill(self, root: Path) -> Filled:
        """The filled page. `root` is the folder that figures' paths are relative to: that of the page's file."""
        self.folder = root
        self.pieces = [piece for piece in scan(self.text) if piece.start >= self.body_at]
        self._check()
        for mistake in beside.beside_mistakes(
            passages(self.text, self.body_at, scan(self.text)), self.pieces, self.scenario
        ):
            self._refuse(mistake, 0)
        self.blocks = self._blocks()
        text = self._between(self.body_at, len(self.text), self.scenario, deep=True)
        return Filled(
            text,
            self.placeholders,
            self.works,
            self.scenario,
            self.figures,
            self.problems,
            self.claims,
            self.live,
        )

    def _check(self) -> None:
        """Refuse what is nearly a comment, a reference or a table of ours, and would be left alone."""
        library = self.scenario.library
        names = {} if self.generated else self._row_names()
        mistakes = [
            *(() if self.generated else typed_numbers(self.text, names, self.body_at)),
            *misread(self.text, self.body_at, library),
            *unclosed(self.text, self.body_at, library),
            *misshapen(self.text, self.body_at),
            *unsupported(self.text, self.body_at),
        ]
        lines = [*SHOWN_LINES.finditer(self.text, 0, self.body_at)]
        for line in lines:
            mistakes += [
                Mistake(mistake.message, mistake.at + line.start(1))
                for mistake in (
                    *unclosed(line[1], 0, library),
                    *(() if self.generated else typed_numbers(line[1], names)),
                )
            ]
        for mistake in mistakes:
            self._refuse(mistake, 0)

    def _row_names(self) -> dict[str, dict[str, tuple[str, str]]]:
        """What the rows of each table that a scenario picks from are called; runs are named after those."""
        fields = self.scenario.library.fields_of_scenario.values()
        tables = {
            field.table
            for field in fields
            if isinstance(field, Choice) and field.name != MEASUREMENT
        }
        return {table: self.scenario.names(table) for table in sorted(tables)}

    def refuse(self, mistake: Mistake) -> None:
        """Note a mistake whose offset is one into the whole file."""
        self._refuse(mistake, 0)

    def plain(self, text: str) -> str:
        """A line of front matter with its references as plain text."""
        at = max(self.text.find(text, 0, self.body_at), 0)
        for mistake in beside.beside_mistakes(passage(text, scan(text)), scan(text), self.scenario):
            self._refuse(mistake, at)
        return self._line(text, at, self._bare, str)

    def followed(self, text: str) -> str:
        """A line of front matter as HTML whose numbers follow the reader's scenario."""
        return self._line(text, 0, lambda piece, _: self._followed(piece), escape)

    def _line(
        self, text: str, at: int, number: Callable[[Slot, int], str], plain: Callable[[str], str]
    ) -> str:
        result, last = [], 0
        for piece in scan(text):
            if piece.kind in ("number", "mark"):
                shown = number(piece, at) if piece.kind == "number" else plain(meant(piece.text))
                result += [plain(text[last : piece.start]), shown]
                last = piece.end
        return "".join(result) + plain(text[last:])

    def _followed(self, piece: Slot, scenario: Scenario | None = None) -> str:
        """A number that opens nothing; `scenario` is its row's."""
        own = scenario or self.scenario
        try:
            reference = parse_reference(piece.text, own)
        except Mistake:
            return escape(piece.text)  # refused where the line was filled as plain text
        text = reference.text(own, self.language)
        value = reference.value(own)
        if isinstance(value, Reason) and value.missing and scenario:
            return f'<span class="na"{self._wired(reference)}>—</span>'
        shown = in_short(text, value) if isinstance(value, Reason) else text
        return f"<span{self._wired(reference)}>{escape(shown)}</span>"

    def _wired(self, reference: Reference) -> str:
        """The attribute that tells a browser what a number is, and whether a reader's scenario changes it."""
        within = reference.within(self.row, self.scenario.library)
        self.live.numbers.add(within)
        wire = self._wire(within)
        return f' data-{"n" if wire.fields else "fixed"}="{escape(wire.text)}"'

    def _wire(self, reference: Reference) -> Wire:
        """The reference as the browser reads it; noted among the live parts."""
        wire = wired(reference, self.scenario)
        self.live.take(wire)
        return wire

    def _between(self, start: int, end: int, scenario: Scenario, deep: bool) -> str:
        result = []
        last = start
        for piece in self.pieces[bisect_left(self.pieces, start, key=lambda piece: piece.start) :]:
            if piece.start >= end:
                break
            if piece.start < last or piece.end > end:
                continue
            block = next((b for b in self.blocks if b.start <= piece.start < b.end), None)
            if block:
                result += [self.text[last : block.start], self._given_way(block)]
                last = block.end
                for claim in self.pieces:
                    if claim.kind == "claim" and block.start <= claim.start < block.end:
                        self._claim(claim, scenario)
                continue
            result.append(self.text[last : piece.start])
            last = piece.end
            if piece.kind == "number":
                number = self._number(piece, scenario, deep)
                if number.shown.startswith("<a "):
                    # A number and the punctuation beside it stay on one line.
                    opening = result[-1][-1:] if result[-1].endswith(OPENING) else ""
                    closing = (
                        self.text[last : last + 1] if self.text[last : last + 1] in CLINGING else ""
                    )
                    if opening or closing:
                        result[-1] = result[-1].removesuffix(opening)
                        number = number.between(opening, closing)
                        last += len(closing)
                result.append(self.placeholders.add(number))
            elif piece.kind == "mark":
                result.append(escape(meant(piece.text), quote=False))
            else:
                result.append(self._piece(piece, scenario, deep))
        return "".join(result) + self.text[last:end]

    def _blocks(self) -> list[Block]:
        """What gives way because the page's scenario cannot be: paragraphs, points and figures with a number that is not told."""
        if limit(self.scenario) is None:
            return []
        numbers, figures, last = [], [], 0
        for piece in self.pieces:
            if piece.start < last:
                continue
            if piece.kind in ("table", "figure"):
                last = piece.end
            inside = [piece] if piece.kind == "number" else []
            if piece.kind == "figure":
                inside = [part for part in scan(piece.text) if part.kind == "number"]
            reasons = [r for r in map(self._withheld, inside) if r is not None]
            if reasons and piece.kind == "figure":
                figures.append((piece.start, piece.end, reasons[0]))
            elif reasons and not self._line_of(piece.start).startswith(("|", "#", "???")):
                numbers.append((piece.start, reasons[0]))
        return blocks(self.text, numbers, figures, self.language)

    def _withheld(self, piece: Slot) -> Reason | None:
        """Why a number outside a table's rows is not told; None where it is, or where it will be refused."""
        try:
            return withheld(parse_reference(piece.text, self.scenario), self.scenario)
        except Mistake:
            return None

    def _line_of(self, at: int) -> str:
        """The line of a place, from its first word on."""
        start = self.text.rfind("\n", 0, at) + 1
        return self.text[start : self.text.find("\n", at)].lstrip()

    def _given_way(self, block: Block) -> str:
        """The line in place of a block; nothing where the block before has said it."""
        if not block.line:
            return ""
        line = f'<span class="withheld" role="note">{escape(block.line)}</span>'
        return self.placeholders.add(Fragment(line, line, block.line))

    def _piece(self, piece: Slot, scenario: Scenario, deep: bool) -> str:
        match piece.kind:
            case "claim":
                claim = self._claim(piece, scenario)
                return claim and self.placeholders.add(Fragment(claim, claim, ""))
            case "table":
                return self._table(piece, scenario)
            case "figure":
                return self._figure(piece, scenario)
        return self._list(piece, scenario)

    def _bare(self, piece: Slot, at: int) -> str:
        """A number as a bare text, in a line that begins at an offset."""
        try:
            reference = parse_reference(piece.text, self.scenario)
            self._note_cause(reference.value(self.scenario), piece.inner + at)
            reason = withheld(reference, self.scenario)
            if reason is not None:
                raise Mistake(f"'{{{piece.text}}}' cannot be told: {reason.text}")
            return reference.text(self.scenario, self.language)
        except Mistake as mistake:
            self._refuse(mistake, piece.inner + at)
            return piece.text

    def _number(self, piece: Slot, scenario: Scenario, deep: bool) -> Fragment:
        try:
            reference = parse_reference(piece.text, scenario)
            reference = reference.in_row(self.row, scenario)
            text = reference.text(scenario, self.language)
            if self._presses(piece.start):
                followed = self._followed(
                    piece
                )  # a link within a button or a link would do nothing
                return Fragment(followed, followed, text)
            if not self.opens and not (reference.top.name in self.row and not reference.bottom):
                followed = self._followed(piece, scenario)
                return Fragment(followed, followed, text)
            if reference.top.name in self.row and not reference.bottom:
                named = self._named(reference.top.name, text)
                return Fragment(named, named, text.replace("|", "\\|"))
            value = reference.value(scenario)
            self._note_cause(value, piece.inner)
            entry = self.works.open(reference, scenario, deep)
            shown, spoken = text, ""
            none = withheld(reference.within(self.row, scenario.library), self.scenario)
            if none is not None:  # a table's row says once why it has no numbers
                line = self.text.rfind("\n", 0, piece.start), self.row
                shown = text = "—" if self.dashed == line else short(none, self.language)
                spoken = none.zh if self.language == "zh" else none.text
                self.dashed = line
                value = none
            elif isinstance(
                value, Reason
            ):  # a table's column says what is missing, and the panel in words
                shown, spoken = ("—" if value.missing and not deep else in_short(text, value)), text
            return Fragment(
                number_link(
                    shown, entry, isinstance(value, Reason), spoken, self._wired(reference)
                ),
                escape(shown),
                text,
            )
        except Mistake as mistake:
            self._refuse(mistake, piece.inner)
            refused = f'<strong class="problem" title="{escape(mistake.message)}">{escape(piece.text)}</strong>'
            return Fragment(refused, refused, piece.text)

    def _note_cause(self, value: Value, at: int) -> None:
        """Note a number that rests on a mistake in a file of data."""
        if isinstance(value, Reason) and value.cause:
            self._refuse(resting_on(value.cause), at)

    def _presses(self, at: int) -> bool:
        """Whether a place is in the title of a block that folds, all of which is a button, or in the text of a link."""
        start = self.text.rfind("\n", 0, at) + 1
        line = self.text[start : self.text.find("\n", at) % (len(self.text) + 1)]
        return line.lstrip().startswith("???") or any(
            match.start() < at - start < match.end() for match in LINKED.finditer(line)
        )

    def _named(self, name: str, text: str) -> str:
        """A row's own name, which needs no derivation; in a table of everything it has an address, `#model-llama-3.1-8b`."""
        anchor = f"{name}-{self.row[name]}"
        if not self.every or anchor in self.anchors:
            return escape(text)
        self.anchors.add(anchor)
        return f'<span id="{escape(anchor)}">{escape(text)}</span>'

    def _claim(self, piece: Slot, scenario: Scenario) -> str:
        self.claims += 1
        try:
            claim = parse_claim(piece.text, scenario)
            failure = claim.failure(scenario)
        except Mistake as mistake:
            self._refuse(mistake, piece.inner)
            return f'<span class="problem">{escape(mistake.message)}</span>'
        if failure:
            self._refuse(Mistake(failure, len(piece.text) - len(piece.text.lstrip())), piece.inner)
            return f'<span class="problem">{escape(failure)}</span>'
        for side in (claim.left, claim.right):
            if side.reference:
                self.live.take(wired(side.reference, scenario))
        wire = claim.wire(scenario)
        return f'<span class="claim" hidden data-claim="{escape(wire)}"></span>' if wire else ""

    def _table(self, piece: Slot, scenario: Scenario) -> str:
        block, start = piece.parts[0]
        field = piece.text.split()[0]
        known = scenario.library.fields_of_scenario
        if not block.strip() and field not in known and not did_you_mean(field, known):
            return self.text[piece.start : piece.end]  # a remark: for readers in a hurry
        try:
            rows: list[Given] = sweep(piece.text, scenario)
        except Mistake as mistake:
            self._refuse(mistake, piece.inner)
            return self._between(start, piece.end, scenario, False)
        lines = [match for match in re.finditer(r"[^\n]*\n?", block) if match[0].strip()]
        if not lines:
            self._refuse(
                Mistake(
                    "no table follows this comment: its header stands in the next line, without a blank one between"
                ),
                piece.start,
            )
        if len(lines) < 3:
            return block
        head = self._between(start, start + lines[2].start(), scenario, False)
        body = []
        self.every = piece.text.rstrip().endswith("*")
        opening = min(WITH_WORK, len(rows))
        for number, pins in enumerate(rows[:SHOWN]):
            silent = len(self.problems)
            self.row, self.opens = pins, number < opening
            own = scenario.pinned(pins)
            text = self._between(start + lines[2].start(), start + lines[-1].end(), own, False)
            if not self.opens:
                scenario.forget(own)  # no panel will ask for it
            if number:  # the same mistake once, not once a row
                self.problems[silent:] = [
                    problem
                    for problem in self.problems[silent:]
                    if problem not in self.problems[:silent]
                ]
            body.append(text if text.endswith("\n") else text + "\n")
        self.row, self.opens = {}, True
        return head + "".join(body) + self._rest(rows, opening, scenario)

    def _rest(self, rows: list[Given], opening: int, scenario: Scenario) -> str:
        """What stands below a long table."""
        fields = scenario.library.fields_of_scenario
        tables = [of.table for name in rows[0] if isinstance(of := fields[name], Choice)] + [""]
        below = note(min(SHOWN, len(rows)), len(rows), opening, tables[0], scenario, self.works)
        return (
            self.placeholders.add_block(f"\n{below}\n", f"\n{as_markdown(below)}\n")
            if below
            else ""
        )

    def _figure(self, piece: Slot, scenario: Scenario) -> str:
        (alt, alt_at), (path, path_at), (caption, caption_at), (indent, _) = piece.parts
        file = (self.folder / unquote(path)).resolve()
        if not alt.strip():
            self._refuse(
                Mistake("a figure needs alt text: what one would see, in a sentence"), alt_at - 2
            )
        if not file.is_file():
            near = did_you_mean(
                file.name,
                [p.name for p in file.parent.glob("*.py")] if file.parent.is_dir() else [],
            )
            self._refuse(Mistake(f"no figure at '{path}'{near}"), path_at)
            return f'{indent}<p class="problem">{escape(path)}</p>\n'
        spoken = self._line(alt, alt_at, self._bare, str)
        token = f"figure-{len(self.figures) + 1}-{re.sub('[^A-Za-z0-9]+', '-', file.stem)}"
        sign = self.placeholders.add(
            Fragment(f'<div data-figure="{token}"></div>', "", "", block=True)
        )
        self.figures.append(FigureRequest(file, spoken, token, sign, self._alt_for_browser(alt)))
        below = (
            self._between(caption_at, caption_at + len(caption), scenario, True) if caption else ""
        )
        bare = f"{indent}![{spoken}]({token}.svg)\n" + (f"{indent}*{below}*\n" if below else "")
        lines = [
            f'<figure class="figure" id="{token}" markdown="block">',
            sign,
        ]
        lines += [f'<figcaption markdown="span">{below}</figcaption>'] if below else []
        return self.placeholders.add_block(
            "\n".join(indent + line for line in [*lines, "</figure>"]) + "\n", bare
        )

    def _alt_for_browser(self, alt: str) -> str:
        """An alt text with references in braces for the browser to fill; empty where it says none."""
        if not any(piece.kind == "number" for piece in scan(alt)):
            return ""
        return self._line(alt, 0, lambda piece, _: f"{{{self._wire_of(piece)}}}", beside_references)

    def _wire_of(self, piece: Slot) -> str:
        try:
            return self._wire(parse_reference(piece.text, self.scenario)).text
        except Mistake:
            return ""  # refused where the alt text was filled

    def _list(self, piece: Slot, scenario: Scenario) -> str:
        name, _, rest = piece.text.partition(" ")
        if name not in self.lists:
            return ""
        try:
            html = self.lists[name](rest, scenario, self.works)
            return self.placeholders.add_block(
                self.placeholders.add_numbers(html), as_markdown(html)
            )
        except Mistake as mistake:
            self._refuse(mistake, piece.inner)
            return ""

    def _refuse(self, mistake: Mistake, at: int) -> None:
        self.problems += [
            Problem(self.path, *line_and_column(self.text, at + each.at), each.message, each.cause)
            for each in mistake.all
        ]


def in_short(text: str, reason: Reason) -> str:
    """A reason's text where a number stands in a sentence: `does not fit`. What is behind it, the panel says.

    That of a missing value begins with a name, and that of a mistake with its place, which may hold a colon.
    """
    return text if reason.missing or reason.cause else re.split("[:：]", text)[0]


def body_at(text: str) -> int:
    """Where the Markdown begins, after the front matter."""
    match = re.match(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n+", text, re.DOTALL)
    return match.end() if match else 0
