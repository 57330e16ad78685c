"""What a pair of pages need not agree in: parts that are refused on one page, and what stands for
them on the other.
"""

from collections import Counter
from collections.abc import Callable, Collection
from difflib import SequenceMatcher

from hooks.formula.evaluate import Scenario
from hooks.formula.reference import parse_reference
from hooks.page.claim import parse_claim
from hooks.page.scan import Slot, scan
from hooks.page.table import sweep
from hooks.text.problems import Mistake

Facts = list[tuple[str, int]]
"""Texts, each with its offset."""


def refused_in(
    text: str, scenario: Scenario, is_figure: Callable[[str], bool], citations: Collection[int]
) -> set[int]:
    """The offsets of the parts of a page that cannot be read; `citations` are those of works that
    nobody knows.
    """
    return {
        *citations,
        *(piece.start for piece in scan(text) if _is_refused(piece, scenario, is_figure)),
    }


def _is_refused(piece: Slot, scenario: Scenario, is_figure: Callable[[str], bool]) -> bool:
    try:
        match piece.kind:
            case "number":
                parse_reference(piece.text, scenario)
            case "claim":
                parse_claim(piece.text, scenario)
            case "table":
                sweep(piece.text, scenario)
            case "figure":
                return not is_figure(piece.parts[1][0])
    except Mistake:
        return True
    return False


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
