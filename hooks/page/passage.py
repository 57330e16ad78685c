"""Passages: the paragraphs, list items, headings, titles, captions and tables of a page, and the
sentences in them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from hooks.page.scan import Slot, code, tokens

NUMBER, IGNORED = "\0", "\1"
"""What stands for the characters of a number, and for those of a comment, which interrupts no
paragraph.
"""

LINK = re.compile(r"(\[(?:[^\[\]]|\[[^\]]*\])*\])(\([^)\s]*(?:\s+\"[^\"]*\")?\))")
TAG = re.compile(r"</?[A-Za-z][^>]*>")
ALONE = re.compile(r"\s*(?:#{1,6}\s|!!!|\?\?\?|===)")
"""A line that is a passage by itself."""
BEGIN = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\[\^[^\]]+\]:|\||>|:\s)")
"""A line that begins a passage."""
QUOTE = re.compile(r"\s*>")
STOP = re.compile(r"[.!?。！？](?!\d)")
RULE = re.compile(r"[\s|:-]+$")
CELL = re.compile(r"(?<!\\)\|")
END = re.compile(
    r"[.!?]+[\"'”’)\]*_]*(?=\s|$|[\u3000-\u303f\u4e00-\u9fff])|[。！？]+[”’」』）】*_]*"
)
SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|approx|[Nn]o|[Ff]ig|[Ss]ec|[Cc]h|pp?|[DM]r|Ms|St|al)|(?:^|\s)[A-Z])\.$"
)
"""An abbreviation, whose full stop ends no sentence."""


class PipeTable(NamedTuple):
    """A pipe table: where its rows stand, the header first and the rule left out, and the cells of
    each.
    """

    rows: tuple[tuple[int, int], ...]
    cells: tuple[tuple[tuple[int, int], ...], ...]


class Passages(NamedTuple):
    """A page's text with signs for numbers and comments, every other character in its place; and
    its passages.
    """

    text: str
    passages: tuple[tuple[int, int], ...]
    tables: tuple[PipeTable, ...]

    def sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentences of a passage. No sentence ends in a link, in code, or after an
        abbreviation.
        """
        begin = start
        for match in END.finditer(self.text, start, end):
            said = self.text[begin : match.start() + 1]
            after = self.text[match.end() : end].lstrip()
            if said.endswith(".") and (SHORT.search(said) or after[:1].islower()):
                continue
            yield begin, match.end()
            begin = match.end()
        if self.text[begin:end].strip():
            yield begin, end


def passages(text: str, start: int, slots: tuple[Slot, ...]) -> Passages:
    """The passages of a page from an offset on. `slots` are those of the whole page."""
    masked = _masked(text, slots)
    letters = list(masked)
    found: list[tuple[int, int]] = []
    tables: list[list[tuple[int, int]]] = []
    for figure in (slot for slot in slots if slot.kind == "figure" and slot.start >= start):
        alt, _, caption, _ = figure.parts
        found += [(at, at + len(said)) for said, at in (alt, caption) if said]
        _fill(letters, figure.start, figure.end, " ")
    inside = in_table = quoted = False
    at = start
    for line in "".join(letters)[start:].splitlines(keepends=True):
        end, said = at + len(line), line.replace(IGNORED, "").strip("> \t\n")
        if not said and IGNORED in line:
            pass  # a comment interrupts nothing
        elif not said:
            inside = in_table = quoted = False
        elif line.lstrip().startswith("|"):
            if not in_table:
                tables.append([])
            tables[-1].append((at, end))
            inside, in_table = False, True
        else:
            quote, alone = bool(QUOTE.match(line)), bool(ALONE.match(line))
            begins = alone or (BEGIN.match(line) and not (quote and quoted))
            if inside and not begins:
                found[-1] = found[-1][0], end
            else:
                found.append((at, end))
            inside, in_table, quoted = not alone, False, quote
        at = end
    return Passages(masked, tuple(sorted(found)), tuple(_table(masked, lines) for lines in tables))


def passage(text: str, slots: tuple[Slot, ...]) -> Passages:
    """A text that is one passage, such as a title of the front matter."""
    return Passages(_masked(text, slots), ((0, len(text)),), ())


def _table(text: str, lines: list[tuple[int, int]]) -> PipeTable:
    rows = [
        span for at, span in enumerate(lines) if at != 1 or not RULE.fullmatch(text[slice(*span)])
    ]
    return PipeTable(tuple(rows), tuple(tuple(_cells(text, *row)) for row in rows))


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [match.start() for match in CELL.finditer(text, start, end)]
    if text[edges[-1] + 1 : end].strip():
        edges.append(end)
    return [(left + 1, right) for left, right in pairwise(edges)]


def _masked(text: str, slots: tuple[Slot, ...]) -> str:
    """The text with code, addresses and tags blanked, and signs for numbers and comments."""
    letters = list(text)
    for start, end in code(text):
        _fill(letters, start, end, " ")
    for token in tokens(text):
        _fill(letters, token.start, token.end, "x" if token.ticks else IGNORED)
    for slot in slots:
        if slot.kind == "number":
            _fill(letters, slot.start, slot.end, NUMBER)
    for match in LINK.finditer("".join(letters)):
        for stop in STOP.finditer(match[1]):
            letters[match.start(1) + stop.start()] = ","
        _fill(letters, *match.span(2), " ")
    for match in TAG.finditer("".join(letters)):
        _fill(letters, *match.span(), " ")
    return "".join(letters)


def _fill(letters: list[str], start: int, end: int, sign: str) -> None:
    for at in range(start, end):
        if letters[at] != "\n":
            letters[at] = sign
