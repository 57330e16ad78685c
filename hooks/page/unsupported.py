"""Markdown that Material's documentation describes and this site does not render, refused with what
to write instead.
"""

import re
from collections.abc import Iterator

from hooks.page import icons
from hooks.page.scan import fences, prose
from hooks.text.problems import Mistake

TABS = 12
"""So many tabs of one set have a style."""

DIAGRAM = re.compile(r"[`~]{3,}[ \t]*\{?[ \t]*\.?(mermaid|plantuml|dot|graphviz)\b", re.IGNORECASE)
SNIPPET = re.compile(r"^[ \t]*(?:;*)-{1,}8<-{1,}.*$", re.MULTILINE)
TEX = re.compile(r"(?<!\\)\$\$")
CRITIC = re.compile(r"\{(\+\+|--|~~|==|>>)(?=[^}]*(?:\+\+|--|~~|==|<<)\})")
TAB = re.compile(r"^([ \t]*)===[!+]{0,2}[ \t]+(\S.*)$", re.MULTILINE)

CURES = {
    "+": "'^^words^^' underlines what was added",
    "-": "'~~words~~' strikes out what was removed",
    "~": "'~~words~~' strikes out what was removed",
    "=": "'==words==' marks words",
    ">": "'<!-- note: … -->' is a remark that no reader sees",
}
"""What to write instead of an editor's marks, by their first sign."""


def unsupported(text: str, start: int) -> Iterator[Mistake]:
    """What a page would show as it stands, or not at all, behind an offset; offsets are into the
    whole text.

    Diagrams in a language of their own, files that a page takes in, TeX, an editor's marks, unknown
    icons, and sets of more tabs than have a style. Code is left alone.
    """
    for at in fences(text):
        if at >= start and (match := DIAGRAM.match(text, at)):
            yield Mistake(
                f"{match[1]} would be drawn by a program from another site in the reader's browser;"
                " draw it as a figure: a file in figures/, shown by ![what one"
                " sees](../../../figures/name.py)",
                at,
            )
    shown = prose(text)
    for match in SNIPPET.finditer(shown, start):
        yield Mistake(
            "no page takes in another file; write the text here, or link to it",
            match.start() + len(match[0]) - len(match[0].lstrip()),
        )
    for number, match in enumerate(TEX.finditer(shown, start)):
        if number % 2 == 0:  # the second one ends what the first one begins
            yield Mistake(
                "TeX is not typeset; a number `{name}` shows its own formula, other formulas are"
                " written as code",
                match.start(),
            )
    for match in CRITIC.finditer(shown, start):
        yield Mistake(
            f"marks of an editor are not shown: {CURES[match[1][0]]}",
            match.start(),
        )
    yield from icons.unknown(text, start)
    yield from _tabs(shown, start)


def _tabs(shown: str, start: int) -> Iterator[Mistake]:
    """Tabs without a title in quotes, and those that are too many for their set."""
    counts: dict[int, int] = {}
    """How many tabs the open sets have, by their indent."""
    at = 0
    for line in shown.splitlines(keepends=True):
        match = TAB.match(line)
        indent = len(line) - len(line.lstrip(" \t")) if line.strip() else None
        if match and at >= start:
            assert indent is not None
            if not re.fullmatch(r"(['\"]).*\1[ \t]*", match[2]):
                yield Mistake('the title of a tab stands in quotes: === "Python"', at + indent)
            counts = {other: count for other, count in counts.items() if other <= indent}
            again = match[0].lstrip().startswith("===!")  # begins a set of its own
            counts[indent] = 1 if again else counts.get(indent, 0) + 1
            if counts[indent] == TABS + 1:
                yield Mistake(
                    f"a set holds at most {TABS} tabs; make it a table, or a section each",
                    at + indent,
                )
        elif indent is not None:
            counts = {other: count for other, count in counts.items() if other < indent}
        at += len(line)
