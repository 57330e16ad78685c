"""Fills a page: Markdown with references in, Markdown with numbers, tables, figures and panels
out.
"""

import re
from bisect import bisect_left
from difflib import get_close_matches
from html import escape
from os.path import relpath
from pathlib import Path
from urllib.parse import unquote

from hooks.formula.evaluate import Given, Scenario
from hooks.formula.reference import beside_references, parse_reference, wired
from hooks.page.claim import parse_claim
from hooks.page.filled import FigureRequest, Filled
from hooks.page.long_table import SHOWN, WITH_WORK, note_below, table_of
from hooks.page.page import Page
from hooks.page.page_mistakes import follow_mistakes, near_mistakes
from hooks.page.placeholders import Fragment, Placeholders
from hooks.page.scan import Slot, scan
from hooks.page.table import sweep
from hooks.page.withheld import Block, blocks, why_impossible
from hooks.text.problems import Mistake, did_you_mean

CLINGING = tuple("，。、；：？！）」』”’》,.;:!?)%")
"""Punctuation that never begins a line."""

OPENING = tuple("（「『“‘《(")
"""Punctuation that never ends a line."""


def fill(page: Page, folder: Path) -> Filled:
    """The filled page. `folder` is what figures' paths are relative to: that of the page's
    file.
    """
    return _Filler(page, folder).filled()


class _Filler:
    """Fills one page, slot by slot."""

    def __init__(self, page: Page, folder: Path):
        self.page = page
        self.folder = folder
        self.text = page.text
        self.numbers = page.numbers
        self.placeholders = Placeholders()
        self.figures: list[FigureRequest] = []
        self.claims = 0
        self.slots = [slot for slot in scan(self.text) if slot.start >= page.body_at]
        self.blocks: list[Block] = []
        """What gives way because the page's scenario cannot be."""

    def filled(self) -> Filled:
        """Check the page, and fill it from its first word to its last."""
        page = self.page
        for mistakes in (
            near_mistakes(page.text, page.body_at, page.scenario, page.generated),
            follow_mistakes(page.text, page.body_at, self.slots, page.scenario),
        ):
            for mistake in mistakes:
                page.refuse(mistake)
        self.blocks = self._blocks()
        text = self._between(page.body_at, len(self.text), page.scenario, deep=True)
        return Filled(
            text,
            self.placeholders,
            page.works,
            page.scenario,
            self.figures,
            page.problems,
            self.claims,
            self.numbers.live,
        )

    def _between(self, start: int, end: int, scenario: Scenario, deep: bool) -> str:
        result = []
        last = start
        for slot in self.slots[bisect_left(self.slots, start, key=lambda slot: slot.start) :]:
            if slot.start >= end:
                break
            if slot.start < last or slot.end > end:
                continue
            block = next((b for b in self.blocks if b.start <= slot.start < b.end), None)
            if block:
                result += [self.text[last : block.start], self._given_way(block)]
                last = block.end
                for claim in self.slots:
                    if claim.kind == "claim" and block.start <= claim.start < block.end:
                        self._claim(claim, scenario)
                continue
            result.append(self.text[last : slot.start])
            last = slot.end
            if slot.kind == "number":
                number = self.numbers.fragment(slot, scenario, deep)
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
                sign = self.placeholders.add(number)
                card = (
                    "" if self.numbers.in_button_or_link(slot.start) else self.page.card(slot.text)
                )
                result.append(f"[{sign}]({card})" if card else sign)
            elif slot.kind == "mark":
                result.append(escape(self.numbers.mark(slot), quote=False))
            else:
                result.append(self._slot(slot, scenario))
        return "".join(result) + self.text[last:end]

    def _blocks(self) -> list[Block]:
        """What gives way because the page's scenario cannot be: paragraphs, points and figures
        with a number that is not told.
        """
        if why_impossible(self.page.scenario) is None:
            return []
        numbers, figures, last = [], [], 0
        for slot in self.slots:
            if slot.start < last:
                continue
            if slot.kind in ("table", "figure"):
                last = slot.end
            inside = [slot] if slot.kind == "number" else []
            if slot.kind == "figure":
                inside = [part for part in scan(slot.text) if part.kind == "number"]
            reasons = [r for r in map(self.numbers.withheld, inside) if r is not None]
            if reasons and slot.kind == "figure":
                figures.append((slot.start, slot.end, reasons[0]))
            elif reasons and not self._line_of(slot.start).startswith(("|", "#", "???")):
                numbers.append((slot.start, reasons[0]))
        return blocks(self.text, numbers, figures, self.page.language)

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

    def _slot(self, slot: Slot, scenario: Scenario) -> str:
        match slot.kind:
            case "claim":
                claim = self._claim(slot, scenario)
                return claim and self.placeholders.add(Fragment(claim, claim, ""))
            case "table":
                return self._table(slot, scenario)
            case "figure":
                return self._figure(slot, scenario)
        return self._list(slot, scenario)

    def _claim(self, slot: Slot, scenario: Scenario) -> str:
        self.claims += 1
        try:
            claim = parse_claim(slot.text, scenario)
            failure = claim.failure(scenario)
        except Mistake as mistake:
            self.page.refuse(mistake, slot.inner)
            return f'<span class="problem">{escape(mistake.message)}</span>'
        if failure:
            self.page.refuse(Mistake(failure, len(slot.text) - len(slot.text.lstrip())), slot.inner)
            return f'<span class="problem">{escape(failure)}</span>'
        for side in (claim.left, claim.right):
            if side.reference:
                self.numbers.live.take(wired(side.reference, scenario))
        wire = claim.wire(scenario)
        return f'<span class="claim" hidden data-claim="{escape(wire)}"></span>' if wire else ""

    def _table(self, slot: Slot, scenario: Scenario) -> str:
        block, start = slot.parts[0]
        field = slot.text.split()[0]
        known = scenario.library.fields_of_scenario
        if not block.strip() and field not in known and not did_you_mean(field, known):
            return self.text[slot.start : slot.end]  # a remark: for readers in a hurry
        try:
            rows: list[Given] = sweep(slot.text, scenario)
        except Mistake as mistake:
            self.page.refuse(mistake, slot.inner)
            return self._between(start, slot.end, scenario, False)
        lines = [match for match in re.finditer(r"[^\n]*\n?", block) if match[0].strip()]
        if not lines:
            self.page.refuse(
                Mistake(
                    "no table follows this comment: its header stands in the next line, without a"
                    " blank one between"
                ),
                slot.start,
            )
        if len(lines) < 3:
            return block
        head = self._between(start, start + lines[2].start(), scenario, False)
        body = []
        self.numbers.every = slot.text.rstrip().endswith("*")
        opening = min(WITH_WORK, len(rows))
        for number, pins in enumerate(rows[:SHOWN]):
            silent = len(self.page.problems)
            self.numbers.row, self.numbers.opens = pins, number < opening
            own = scenario.pinned(pins)
            text = self._between(start + lines[2].start(), start + lines[-1].end(), own, False)
            if not self.numbers.opens:
                scenario.forget(own)  # no panel will ask for it
            if number:  # the same mistake once, not once a row
                self.page.problems[silent:] = [
                    problem
                    for problem in self.page.problems[silent:]
                    if problem not in self.page.problems[:silent]
                ]
            body.append(text if text.endswith("\n") else text + "\n")
        self.numbers.row, self.numbers.opens = {}, True
        return head + "".join(body) + self._rest(rows, opening, scenario)

    def _rest(self, rows: list[Given], opening: int, scenario: Scenario) -> str:
        """What stands below a long table."""
        table = table_of(rows[0], scenario)
        below = note_below(
            min(SHOWN, len(rows)), len(rows), opening, table, scenario, self.page.works
        )
        return self.placeholders.add_html(below, "\n") if below else ""

    def _figure(self, slot: Slot, scenario: Scenario) -> str:
        (alt, alt_at), (path, path_at), (caption, caption_at), (indent, _) = slot.parts
        file = (self.folder / unquote(path)).resolve()
        if not alt.strip():
            self.page.refuse(
                Mistake("a figure needs alt text: what one would see, in a sentence"), alt_at - 2
            )
        if not file.is_file():
            self.page.refuse(Mistake(f"no figure at '{path}'{self._figure_meant(file)}"), path_at)
            return f'{indent}<p class="problem">{escape(path)}</p>\n'
        spoken = self.numbers.line(alt, alt_at, self.numbers.bare, str)
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

    def _figure_meant(self, file: Path) -> str:
        """`; did you mean '../../figures/x.py'?`, with a figure of the folder that was named, or of
        one beside the pages'.
        """
        name = file.name.rpartition("\\")[2]
        for folder in (file.parent, *(each / "figures" for each in self.folder.parents)):
            for near in get_close_matches(name, [each.name for each in folder.glob("*.py")], n=1):
                return f"; did you mean '{Path(relpath(folder / near, self.folder)).as_posix()}'?"
        return ""

    def _alt_for_browser(self, alt: str) -> str:
        """An alt text with references in braces for the browser to fill; empty where it says
        none.
        """
        if not any(slot.kind == "number" for slot in scan(alt)):
            return ""
        return self.numbers.line(
            alt, 0, lambda slot, _: f"{{{self._wire_of(slot)}}}", beside_references
        )

    def _wire_of(self, slot: Slot) -> str:
        try:
            return self.numbers.wire(parse_reference(slot.text, self.page.scenario)).text
        except Mistake:
            return ""  # refused where the alt text was filled

    def _list(self, slot: Slot, scenario: Scenario) -> str:
        name, _, rest = slot.text.partition(" ")
        if name not in self.page.lists:
            return ""
        try:
            html = self.page.lists[name](rest, scenario, self.page.works, self.numbers.in_list)
            return self.placeholders.add_html(html)
        except Mistake as mistake:
            self.page.refuse(mistake, slot.inner)
            return ""
