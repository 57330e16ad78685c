"""Why a page's scenario cannot be, and which of its numbers are then not told.
hooks/live/browser/limits.js does the same for readers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hooks.formula.evaluate import Scenario, Value
from hooks.formula.library import Library
from hooks.formula.quantity import Reason
from hooks.formula.reference import Reference
from hooks.text.languages import Language, either, say

VERDICTS = ("can_run", "takes_context")
"""The quantities that judge a scenario: each is a word, or the reason why the scenario cannot be.
"""

MACHINE = frozenset({"model", "accelerator", "chips"})
"""A number that rests on all of these is one of a model on a machine."""


def why_impossible(scenario: Scenario) -> Reason | None:
    """Why a scenario's machine cannot run its model; None where it can.

    A model whose row names no longest context takes any.
    """
    for name in VERDICTS:
        value = scenario[name] if name in scenario.library.names else None
        if isinstance(value, Reason) and not (name == "takes_context" and value.missing):
            return value
    return None


def is_bound(name: str, library: Library) -> bool:
    """Whether a name is of a model on a machine."""
    return library.depends_on(name) >= MACHINE


def why_withheld(reference: Reference, scenario: Scenario) -> Reason | None:
    """Why a number is not told: the page's scenario cannot be, nor can it with the number's own
    pins. None where it is told, as what no scenario changes always is.
    """
    library = scenario.library
    if not reference.follows(library) or why_impossible(scenario) is None:
        return None
    for term in reference.terms():
        if is_bound(term.name, library):
            reason = why_impossible(term.pinned_in(scenario))
            if reason is not None:
                return reason
    return None


def value_in_list(reference: Reference, scenario: Scenario) -> Value:
    """What a number of a list comes to, or why it is not told. A value that a row lacks takes only
    those numbers away that rest on it, though it leaves open whether the scenario can be.
    """
    reason = why_withheld(reference, scenario)
    return reference.value(scenario) if reason is None or reason.missing else reason


@dataclass(frozen=True)
class Block:
    """A paragraph, a point of a list or a figure that gives way: where it stands in the page's
    text, and its line.

    The line is empty where the block before it, next to this one, says it for both.
    """

    start: int
    end: int
    line: str


PREFIX = re.compile(r"[ \t]*(?:>[ \t]*)*(?P<point>(?:[-*+]|\d+[.)])[ \t]+)?")
"""What stands on a line before its words: indentation, the sign of a quotation, that of a point."""


def short(reason: Reason, language: Language) -> str:
    """The verdict of a reason, which stands where a number would: `does not fit`. What is behind
    it, the panel says.

    That of a missing value begins with a name, and that of a mistake with its place, which may hold
    a colon.
    """
    text = _text(reason, language)
    return text if reason.missing or reason.cause else re.split("[:：]", text)[0]


def clause(reason: Reason, language: Language) -> str:
    """What a reason says after its verdict, as the beginning of a sentence."""
    text = _text(reason, language)
    why = text if reason.missing else re.sub(r"^[^:：]*[:：]\s*", "", text)
    return why[:1].upper() + why[1:]


def _text(reason: Reason, language: Language) -> str:
    return either(reason.text, reason.zh, language)


def blocks(
    text: str,
    numbers: Iterable[tuple[int, Reason]],
    figures: Iterable[tuple[int, int, Reason]],
    language: Language,
) -> list[Block]:
    """The blocks of a page's text that give way, in order: those around `numbers`, and `figures` as
    they are.
    """
    found: dict[tuple[int, int], tuple[str, Reason]] = {
        (start, end): ("figure", reason) for start, end, reason in figures
    }
    for at, reason in numbers:
        start, end, kind = paragraph(text, at)
        found.setdefault((start, end), (kind, reason))
    runs: list[list[tuple[int, int]]] = []
    for span in sorted(found):
        between = text[runs[-1][-1][1] : span[0]] if runs else "x"
        if re.sub(r"<!--.*?-->", "", between, flags=re.DOTALL).strip("-*+> \t\n"):
            runs.append([])
        runs[-1].append(span)
    result = []
    for run in runs:
        kind, reason = found[run[0]]
        line = _line(kind if len(run) == 1 else len(run), reason, language)
        result += [Block(start, end, "" if at else line) for at, (start, end) in enumerate(run)]
    return result


def paragraph(text: str, at: int) -> tuple[int, int, str]:
    """From where to where the paragraph or point around a place reaches, without its prefix, and
    which of the two it is.
    """
    start = text.rfind("\n", 0, at) + 1
    while start and text[text.rfind("\n", 0, start - 1) + 1 : start].strip("> \t\n"):
        match = PREFIX.match(text, start)
        before = text[text.rfind("\n", 0, start - 1) + 1 : start].lstrip("> \t")
        if (match and match["point"]) or before.startswith(("#", "<!--", "|", "???", "!!!")):
            break
        start = text.rfind("\n", 0, start - 1) + 1
    prefix = PREFIX.match(text, start)
    lines = re.compile(
        r"[^\n]*(?:\n(?![ \t>]*\n)(?![ \t>]*(?:[-*+]|\d+[.)])[ \t])(?![ \t]*<!--)[^\n]+)*"
    )
    body = lines.match(text, start)
    assert prefix and body
    return prefix.end(), body.end(), "point" if prefix["point"] else "paragraph"


def _line(what: str | int, reason: Reason, language: Language) -> str:
    if isinstance(what, int):
        so = say("withheld.several", language, count=what)
    elif what == "figure":
        so = say("withheld.figure", language)
    elif what == "point":
        so = say("withheld.point", language)
    else:
        so = say("withheld.paragraph", language)
    because = clause(reason, language)
    return say("withheld.so", language, because=because, so=so)
