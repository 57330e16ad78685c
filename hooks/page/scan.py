"""Finds what a page asks for: numbers, table templates, figures and claims, and leaves code alone."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from hooks.page.reference import LOOKS_LIKE

Kind = Literal["number", "figure", "table", "claim", "list"]

FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})")
CONTAINER = re.compile(r"^(\s*)(?:(?:!!!|\?\?\?\+?|===)\s|(?:[-*+]|\d+[.)])\s+|\[\^[^\]]+\]:\s)")
SPAN = re.compile(r"(`(?<![\\`].)`*)(?!`)([^`]+(?:(?!\1(?!`))`+[^`]+)*)\1(?!`)", re.DOTALL)
"""Written so that a search leaps from backtick to backtick."""
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
FIGURE = re.compile(
    r"^(?P<indent>[ \t]*)!\[(?P<alt>(?:[^\]`]|`[^`]*`)*)\]\((?P<path>[^)\s]+\.py)\)[ \t]*(?:\n[ \t]*\*(?P<caption>(?!\*)(?:[^*\n]|\*\*[^*\n]*\*\*)+)\*[ \t]*(?=\n|$))?",
    re.MULTILINE,
)
NAMED = re.compile(r"`\{[^`]*`")
HOLDS = re.compile(r"<!--\s*holds:.*?-->", re.DOTALL)
NAME = re.compile(r"\b[a-z_][a-z0-9_]+\b")

LISTS = (
    "essays",
    "hour",
    "recent",
    "map",
    "roadmap",
    "tags",
    "tagged",
    "quantities",
    "sources",
    "scoreboard",
    "glossary",
    "bibliography",
)
"""Comments that a page's own lists take the place of."""


class Piece(NamedTuple):
    """Something to fill, from `start` to `end` of the page's text; `inner` is where its own text begins."""

    kind: Kind
    start: int
    end: int
    text: str
    inner: int = 0
    parts: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=64)
def scan(text: str) -> tuple[Piece, ...]:
    """Every piece of a page, in order of their starts. A piece inside a table's rows or a caption stands by itself too."""
    hidden = list(code(text))
    pieces: list[Piece] = []
    for match in [match for match in COMMENT.finditer(text) if not _hit(hidden, match.start())]:
        pieces += _comment(text, match)
        hidden.append(match.span())
    for match in FIGURE.finditer(text):
        if not _hit(hidden, match.start("alt")):
            parts = tuple(
                (match[name] or "", match.start(name))
                for name in ("alt", "path", "caption", "indent")
            )
            pieces.append(
                Piece("figure", match.start(), match.end(), match[0], match.start(), parts)
            )
    for match in SPAN.finditer(_blank(text, hidden)):
        inner = match[2]
        if len(match[1]) == 1 and LOOKS_LIKE.match(inner) and inner.rstrip().endswith("}"):
            at = match.start(2) + inner.index("{") + 1
            pieces.append(
                Piece(
                    "number",
                    match.start(),
                    match.end(),
                    text[at : match.start(2) + inner.rindex("}")],
                    at,
                )
            )
    return tuple(sorted(pieces, key=lambda piece: (piece.start, -piece.end)))


def _comment(text: str, match: re.Match[str]) -> list[Piece]:
    body = match[1]
    word = body.split(None, 1)[0] if body.split() else ""
    at = match.start(1) + body.index(word) + len(word)
    rest = text[at : match.end(1)]
    if word == "holds:":
        return [Piece("claim", match.start(), match.end(), rest, at)]
    if word in LISTS:
        return [Piece("list", match.start(), match.end(), f"{word} {rest.strip()}".strip(), at)]
    if word == "for":
        rows = re.compile(r"[ \t]*\n(?:[ \t]*\|[^\n]*(?:\n|$))*").match(text, match.end())
        end = rows.end() if rows else match.end()
        return [
            Piece("table", match.start(), end, rest, at, ((text[match.end() : end], match.end()),))
        ]
    return []


def prose(text: str) -> str:
    """The text with code and comments blanked, so that offsets stay true."""
    hidden = list(code(text))
    hidden += [m.span() for m in COMMENT.finditer(text) if not _hit(hidden, m.start())]
    spans = [match.span() for match in SPAN.finditer(_blank(text, hidden))]
    return _blank(text, hidden + spans)


def named(text: str) -> set[str]:
    """Every name that a page's numbers and claims are written with, those in its samples of code included."""
    return set(NAME.findall(" ".join(NAMED.findall(text) + HOLDS.findall(text))))


@lru_cache(maxsize=64)
def code(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of fenced and indented code. Indented text inside a list or an admonition is no code."""
    hidden: list[tuple[int, int]] = []
    at = 0
    fence = ""
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
    return tuple(hidden)


def _hit(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans' characters blanked, so that offsets stay true."""
    parts, last = [], 0
    for start, end in sorted(spans):
        parts += [
            text[last:start],
            "\n".join(" " * len(line) for line in text[max(start, last) : end].split("\n")),
        ]
        last = max(end, last)
    return "".join([*parts, text[last:]])
