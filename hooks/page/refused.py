"""What a pair of pages need not agree in: parts that are refused on one page or cannot be read
there, and what stands for them on the other.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection
from difflib import SequenceMatcher

from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.reference import parse_reference
from hooks.page.claim import parse_claim
from hooks.page.page_mistakes import SHOWN_LINES
from hooks.page.scan import Slot, open_fence, scan, tokens
from hooks.page.table import sweep
from hooks.page.unclosed import unclosed
from hooks.text.problems import Mistake

Facts = list[tuple[str, int]]
"""Texts, each with its offset."""

Spans = Collection[tuple[int, int]]

WORD = re.compile(r"\d[\d.,]*|[\w-]+", re.ASCII)
"""What a fact begins with: a quantity's name, a figure's, a work's, or the digits of a number."""


def refused_in(
    text: str, scenario: Scenario, is_figure: Callable[[str], bool], citations: Collection[int]
) -> set[int]:
    """The offsets of the parts of a page that cannot be read; `citations` are those of works that
    nobody knows.
    """
    return {
        *citations,
        *(slot.start for slot in scan(text) if _is_refused(slot, scenario, is_figure)),
    }


def _is_refused(slot: Slot, scenario: Scenario, is_figure: Callable[[str], bool]) -> bool:
    try:
        match slot.kind:
            case "number":
                parse_reference(slot.text, scenario)
            case "claim":
                parse_claim(slot.text, scenario)
            case "table":
                sweep(slot.text, scenario)
            case "figure":
                return not is_figure(slot.parts[1][0])
    except Mistake:
        return True
    return False


def unread(text: str, body_at: int, library: Library) -> list[tuple[int, int]]:
    """The spans of a page in which a sign is missing, so that nobody knows what they hold: the rest
    of the page behind a fence, what a comment swallows, and otherwise a paragraph.
    """
    fence = open_fence(text)
    spans = [] if fence is None else [(fence, len(text))]
    found = [one.at for one in unclosed(text, body_at, library) if one.at != fence]
    for line in SHOWN_LINES.finditer(text, 0, body_at):
        found += [line.start(1) + one.at for one in unclosed(line[1], 0, library)]
    for token in tokens(text):
        if not token.ticks and not token.closed:
            found.append(token.start)
        elif not token.ticks and "<!--" in token.inner:
            spans.append((token.start, token.end))
    for at in found:
        start, end = text.rfind("\n\n", 0, at), text.find("\n\n", at)
        spans.append((max(start, 0), end if end >= 0 else len(text)))
    return sorted(set(spans))


def readable_parts(
    facts: tuple[Facts, Facts], texts: tuple[str, str], unread: tuple[Spans, Spans]
) -> tuple[Facts, Facts]:
    """The facts of two pages without those in spans that cannot be read, and without those of the
    other page that such a span seems to hold: it mentions their names.
    """
    if not any(unread):
        return facts
    sound = [
        [fact for fact in side if not any(start <= fact[1] < end for start, end in spans)]
        for side, spans in zip(facts, unread, strict=True)
    ]
    for here, there in ((0, 1), (1, 0)):
        held = " ".join(texts[here][start:end] for start, end in unread[here])
        words, whole = Counter(WORD.findall(held)), "".join(held.split())
        lacks = Counter(text for text, _ in sound[there])
        lacks -= Counter(text for text, _ in sound[here])
        for text in sorted(lacks.elements(), key=lambda text: text not in whole):
            word = WORD.search(text)
            if word and words[word[0]]:
                words[word[0]] -= 1
                at = max(at for at, fact in enumerate(sound[there]) if fact[0] == text)
                del sound[there][at]
    return sound[0], sound[1]


def sound_parts(
    ours: Facts, theirs: Facts, refused: tuple[Collection[int], Collection[int]]
) -> tuple[Facts, Facts]:
    """The facts of two pages without those that are refused, and without those that stand for them
    on the other page.
    """
    if not any(refused):
        return ours, theirs
    sides = ours, theirs
    bad = [
        Counter(text for text, at in facts if at in offsets)
        for facts, offsets in zip(sides, refused, strict=True)
    ]
    good = [
        [fact for fact in facts if fact[1] not in offsets]
        for facts, offsets in zip(sides, refused, strict=True)
    ]
    for here, there in ((0, 1), (1, 0)):
        for text in (bad[here] - bad[there]).elements():
            _drop_nearest(text, good[there], good[here])
    return good[0], good[1]


def _drop_nearest(text: str, facts: Facts, others: Facts) -> None:
    """Take the fact out that is most like a text, of those that the other page does not have."""
    extra = Counter(fact for fact, _ in facts) - Counter(fact for fact, _ in others)
    if extra:
        nearest = max(extra, key=lambda each: SequenceMatcher(None, text, each).ratio())
        facts.remove(next(fact for fact in facts if fact[0] == nearest))
