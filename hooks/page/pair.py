"""A pair: a page and its twin in the other language share headings' ids, and must agree in what
they compute.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from hooks.page.refused import Spans, readable_parts, sound_parts
from hooks.page.scan import code, scan
from hooks.page.typed_numbers import shared_meaning
from hooks.text.problems import Problem, line_and_column

HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*$", re.MULTILINE)
CITATION = re.compile(r"\]\([./]*bibliography/index\.md#([\w-]+)\)")
OWN_ID = re.compile(r"\{:?[ ]*#([\w-]+)[^}]*\}$")


@dataclass(frozen=True)
class Heading:
    """One heading: its level, its id, and where its line starts and ends."""

    level: int
    id: str
    start: int
    end: int
    own: bool


@lru_cache(maxsize=64)
def headings(text: str) -> tuple[Heading, ...]:
    """The headings of a page with the ids that they get: from their words, without section numbers
    and computed ones.
    """
    found = []
    seen: Counter[str] = Counter()
    hidden = code(text)
    for match in HEADING.finditer(text):
        if any(start <= match.start() < end for start, end in hidden):
            continue
        own = OWN_ID.search(match[2])
        name = own[1] if own else _slug(match[2])
        seen[name] += 1
        found.append(
            Heading(
                len(match[1]),
                name if seen[name] == 1 else f"{name}-{seen[name]}",
                match.start(),
                match.end(),
                bool(own),
            )
        )
    return tuple(found)


def _slug(words: str) -> str:
    words = re.sub(r"`[^`]*`", " ", words)
    words = re.sub(r"^\s*\d+[.)]\s*", "", words)
    return (
        re.sub(r"[^a-z0-9]+", "-", words.lower().replace("’", "").replace("'", "")).strip("-")
        or "section"
    )


def with_ids(text: str, english: str) -> str:
    """The page with the English page's heading ids written into it, in order."""
    ids = [heading.id for heading in headings(english)]
    for index, heading in reversed(list(enumerate(headings(text)))):
        if not heading.own and index < len(ids):
            text = f"{text[: heading.end]} {{ #{ids[index]} }}{text[heading.end :]}"
    return text


def disagreements(
    english: str,
    chinese: str,
    path: str,
    refused: tuple[Collection[int], Collection[int]] = ((), ()),
    unread: tuple[Spans, Spans] = ((), ()),
) -> list[Problem]:
    """What the Chinese page at `path` computes, shows, claims or cites differently from the English
    one.

    `refused` are the offsets of the parts of either page that have a problem of their own, and
    `unread` the spans in which a sign is missing, so that nobody knows what they hold: what either
    page lacks for that is not told again.
    """
    problems = []
    ours, theirs = _facts(english), _facts(chinese)
    for kind in ours:
        ours[kind], theirs[kind] = sound_parts(
            *readable_parts((ours[kind], theirs[kind]), (english, chinese), unread), refused
        )
    for kind, noun in (
        ("number", "number"),
        ("mark", "meant number"),
        ("table", "table sweep"),
        ("figure", "figure"),
        ("claim", "claim"),
        ("citation", "citation"),
    ):
        here, there = (
            Counter(text for text, _ in ours[kind]),
            Counter(text for text, _ in theirs[kind]),
        )
        for text in here - there:
            at = _first(ours[kind], text)
            seen = (
                f"{_times(here[text])}, {'first ' if here[text] > 1 else ''}in line"
                f" {line_and_column(english, at)[0]}"
            )
            problems.append(
                Problem(
                    path,
                    *line_and_column(chinese, _opposite(english, at, chinese)),
                    f"the English page has the {noun} '{text}' {seen}, this one"
                    f" {_times(there[text])}",
                )
            )
        for text in there - here:
            problems.append(
                Problem(
                    path,
                    *line_and_column(chinese, _first(theirs[kind], text)),
                    f"this page has the {noun} '{text}' {_times(there[text])}, the English one"
                    f" {_times(here[text])}",
                )
            )
    moved = [
        at
        for (figure, _), (other, at) in zip(ours["figure"], theirs["figure"], strict=False)
        if figure != other
    ]
    if moved and not problems and not any(unread):
        problems.append(
            Problem(
                path,
                *line_and_column(chinese, moved[0]),
                "the figures come in another order than on the English page",
            )
        )
    levels, others = [h.level for h in headings(english)], [h.level for h in headings(chinese)]
    if levels != others and not any(
        HEADING.search(text[start:end])
        for text, spans in zip((english, chinese), unread, strict=True)
        for start, end in spans
    ):
        odd = next(
            index
            for index, (level, other) in enumerate(zip_longest(levels, others))
            if level != other
        )
        starts = [*(heading.start for heading in headings(chinese)), len(chinese)]
        problems.append(
            Problem(
                path,
                *line_and_column(chinese, starts[odd]),
                f"the headings' levels are {_levels(others)}, on the English page"
                f" {_levels(levels)}",
            )
        )
    return problems


def _first(facts: list[tuple[str, int]], text: str) -> int:
    return next(at for found, at in facts if found == text)


def _opposite(english: str, at: int, chinese: str) -> int:
    """Where the section of the Chinese page begins that belongs to a place on the English one."""
    passed = sum(heading.start <= at for heading in headings(english))
    return ([0] + [heading.start for heading in headings(chinese)])[: passed + 1][-1]


def _facts(text: str) -> dict[str, list[tuple[str, int]]]:
    facts: dict[str, list[tuple[str, int]]] = {
        "number": [],
        "mark": [],
        "table": [],
        "figure": [],
        "claim": [],
        "list": [],
        "citation": [],
    }
    facts["citation"] = [(match[1], match.start(1)) for match in CITATION.finditer(text)]
    for slot in scan(text):
        if slot.kind == "figure":
            facts["figure"].append((slot.parts[1][0].rsplit("/", 1)[-1], slot.start))
        elif slot.kind == "mark":
            facts["mark"].append((shared_meaning(slot.text), slot.start))
        else:
            shown = slot.text.split(":")[0] if slot.kind == "number" else slot.text
            facts[slot.kind].append(("".join(shown.split()), slot.start))
    return facts


def _times(count: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _levels(levels: list[int]) -> str:
    return " ".join(map(str, levels)) or "none"
