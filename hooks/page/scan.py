"""Finds what a page asks for: numbers, table templates, figures and claims, and leaves code
alone.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from hooks.formula.marks import MARK
from hooks.formula.reference import LOOKS_LIKE
from hooks.page.page_list import page_lists
from hooks.text.curly import curly

Kind = Literal["number", "mark", "figure", "table", "claim", "list"]

FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})")
CONTAINER = re.compile(r"^(\s*)(?:(?:!!!|\?\?\?\+?|===)\s|(?:[-*+]|\d+[.)])\s+|\[\^[^\]]+\]:\s)")
TOKEN = re.compile(r"<!--|`+")
BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
HOLDS_COLON = re.compile(r"\s*holds\s*:")
LIST = re.compile(r"\s*([a-z]+)(?:\s+([\w.-]+))?\s*$")
FOR = re.compile(r"\s*for\s")
IN = re.compile(r"\s*for\s+\w+\s+in\s")
ROWS = re.compile(r"[ \t]*\n(?:[ \t]*\|[^\n]*(?:\n|$))*")
FIGURE = re.compile(
    r"^(?P<indent>[ \t]*)!\[(?P<alt>(?:[^\]`]|`[^`]*`)*)\]\((?P<path>[^)\s]+\.py)\)[ \t]*(?:\n["
    r" \t]*\*(?P<caption>(?!\*)(?:[^*\n]|\*\*[^*\n]*\*\*)+)\*[ \t]*(?=\n|$))?",
    re.MULTILINE,
)
IMAGE_OF_CODE = re.compile(r"[!！]\[[^\]\n]*\]\([ \t]*<?[^()\n]*\.py\b[^()\n]*\)", re.IGNORECASE)
"""A figure as a writer meant it, wherever it stands and whatever stands behind its path."""
NAMED = re.compile(r"`\{[^`]*`")
HOLDS = re.compile(r"<!--\s*holds:.*?-->", re.DOTALL)
NAME = re.compile(r"\b[a-z_][a-z0-9_]+\b")


class Slot(NamedTuple):
    """Something to fill, from `start` to `end` of the page's text; `inner` is where its own
    text begins.
    """

    kind: Kind
    start: int
    end: int
    text: str
    inner: int = 0
    parts: tuple[tuple[str, int], ...] = ()


class Token(NamedTuple):
    """A code span or a comment, from `start` to `end`; `inner` is what stands in it, from `at`
    on.

    `ticks` is how many backticks a span has on each side, and 0 for a comment. One that is not
    closed ends where its sign does.
    """

    start: int
    end: int
    inner: str
    at: int
    ticks: int

    @property
    def closed(self) -> bool:
        """Whether its end is there."""
        return self.end > self.at


def flat(text: str) -> str:
    """The text with full-width letters, digits and signs as plain ones, each in its place."""
    return (
        "".join(
            plain if len(plain := unicodedata.normalize("NFKC", letter)) == 1 else letter
            for letter in text
        )
        if not text.isascii()
        else text
    )


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """Every code span and comment outside code blocks, in order, as Markdown reads them: none
    within another, no span over a blank line.
    """
    return _tokens(blanked(text, list(code(text))))


def without_comments(text: str) -> str:
    """A text without code blocks, and without its comments."""
    parts, last = [], 0
    for each in _tokens(text):
        if each.closed and not each.ticks:
            parts.append(text[last : each.start])
            last = each.end
    return "".join([*parts, text[last:]])


def spans(text: str) -> list[tuple[int, int]]:
    """Where the code spans of a text without code blocks stand."""
    return [(each.start, each.end) for each in _tokens(text) if each.ticks]


def _tokens(body: str) -> tuple[Token, ...]:
    found: list[Token] = []
    at = 0
    while match := TOKEN.search(body, at):
        start, at = match.span()
        if match[0] == "<!--":
            end = body.find("-->", at)
            found.append(
                Token(start, end + 3, body[at:end], at, 0)
                if end >= 0
                else Token(start, at, "", at, 0)
            )
            at = found[-1].end
        elif body[start - 1 : start] != "\\":
            ticks = at - start
            blank = BLANK_LINE.search(body, at)
            close = re.compile(rf"(?<!`)`{{{ticks}}}(?!`)").search(
                body, at, blank.start() if blank else len(body)
            )
            if close:
                found.append(Token(start, close.end(), body[at : close.start()], at, ticks))
                at = close.end()
    return tuple(found)


@lru_cache(maxsize=64)
def scan(text: str) -> tuple[Slot, ...]:
    """Every slot of a page, in order of their starts. A slot inside a table's rows or a
    caption stands by itself too.
    """
    slots: list[Slot] = []
    hidden = list(code(text))
    for token in tokens(text):
        if not token.ticks:
            slots += _comment(text, token) if token.closed else []
            hidden.append((token.start, token.end))
        elif token.ticks == 1 and refers(token.inner):
            at = token.at + flat(token.inner).index("{") + 1
            end = token.at + flat(token.inner).rindex("}")
            slots.append(Slot("number", token.start, token.end, text[at:end], at))
        elif token.ticks == 1 and (mark := MARK.fullmatch(flat(token.inner))):
            slots.append(
                Slot(
                    "mark",
                    token.start,
                    token.end,
                    token.inner[slice(*mark.span(1))],
                    token.at + mark.start(1),
                )
            )
    for match in FIGURE.finditer(text):
        if not _hit(hidden, match.start("alt")):
            parts = tuple(
                (curly(match[name]) if name == "alt" else match[name] or "", match.start(name))
                for name in ("alt", "path", "caption", "indent")
            )
            slots.append(Slot("figure", match.start(), match.end(), match[0], match.start(), parts))
    return tuple(sorted(slots, key=lambda slot: (slot.start, -slot.end)))


def refers(inner: str) -> bool:
    """Whether a code span is a reference, full-width signs in it or not, which are refused when
    it is read.
    """
    plain = flat(inner)
    return LOOKS_LIKE.match(plain) is not None and plain.rstrip().endswith("}")


def _comment(text: str, token: Token) -> list[Slot]:
    body, start, end = token.inner, token.start, token.end
    if "<!--" in body:
        return []  # the first one is not closed
    if match := HOLDS_COLON.match(body):
        at = token.at + match.end()
        return [Slot("claim", start, end, text[at : end - 3], at)]
    if (match := LIST.match(body)) and (one := page_lists().get(match[1])):
        if match[2] and not one.choosing:
            return []
        asked = f"{match[1]} {match[2] or ''}".strip()
        return [Slot("list", start, end, asked, token.at + match.end(1))]
    if match := FOR.match(body):
        rows = ROWS.match(text, end)
        below = rows.end() if rows else end
        at = token.at + match.end() - 1
        if "|" in text[end:below] or IN.match(body):
            parts = ((text[end:below], end),)
            return [Slot("table", start, below, text[at : end - 3], at, parts)]
    return []


def prose(text: str) -> str:
    """The text with code and comments blanked, so that offsets stay true."""
    hidden = list(code(text))
    return blanked(text, hidden + [(each.start, each.end) for each in tokens(text)])


def names_used(text: str) -> set[str]:
    """Every name that a page's numbers and claims are written with, those in its samples of
    code included.
    """
    return set(NAME.findall(" ".join(NAMED.findall(text) + HOLDS.findall(text))))


def code(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of fenced and indented code. Indented text inside a list or an admonition is no
    code.
    """
    return _blocks(text)[0]


def open_fence(text: str) -> int | None:
    """Where a fence begins that nothing closes, so that the rest of the page is code; None on
    other pages.
    """
    return _blocks(text)[1]


def fences(text: str) -> tuple[int, ...]:
    """Where the fences begin that open code."""
    return _blocks(text)[2]


@lru_cache(maxsize=64)
def _blocks(text: str) -> tuple[tuple[tuple[int, int], ...], int | None, tuple[int, ...]]:
    hidden: list[tuple[int, int]] = []
    fences: list[int] = []
    at = 0
    fence = ""
    opened = 0
    content = 0  # where the innermost container's own text begins
    blank_before = True
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        indent = len(line) - len(line.lstrip(" \t")) if line.strip() else None
        marker = FENCE.match(line)
        if fence:
            hidden.append((at, end))
            if marker and marker[2].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif marker:
            hidden.append((at, end))
            fence = marker[2]
            opened = at + marker.start(2)
            fences.append(opened)
        elif indent is not None:
            while content and indent < content and blank_before:
                content -= 4
            if indent >= content + 4 and blank_before and not CONTAINER.match(line):
                hidden.append((at, end))
                at = end
                continue
            if CONTAINER.match(line):
                content = indent // 4 * 4 + 4
        blank_before = indent is None or (blank_before and bool(hidden) and hidden[-1][1] == at)
        at = end
    return tuple(hidden), opened if fence else None, tuple(fences)


def _hit(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans' characters blanked, so that offsets stay true."""
    parts, last = [], 0
    for start, end in sorted(spans):
        parts += [
            text[last:start],
            "\n".join(" " * len(line) for line in text[max(start, last) : end].split("\n")),
        ]
        last = max(end, last)
    return "".join([*parts, text[last:]])
