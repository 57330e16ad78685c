"""Setting: a headline broken into lines of about the same width, between clauses rather than inside
a Chinese word.
"""

import re
from collections.abc import Callable

HAN = "\u2e80-\u9fff"
OPENING = "“（《〈「『【"
CLOSING = "”，。、；：？！）》〉」』】％…"
PIECE = re.compile(rf"[{OPENING}]*(?:[^ {HAN}{OPENING}{CLOSING}]+|.)[{CLOSING}]* ?")
"""What stays on one line: a Han character or a word, with the punctuation that clings to it."""

INSIDE = 0.35
"""How bad it is to break between two Han characters, which may be one word: as a line's width as a
share of the room.
"""


def break_lines(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """The fewest lines that fit into the room; of their breaks, the ones that leave no line much
    wider than the others.
    """
    pieces = PIECE.findall(text)
    widths = [measure(piece) for piece in pieces]
    end = len(pieces)
    best: dict[int, tuple[int, float, tuple[int, ...]]] = {end: (0, 0.0, ())}
    """By piece: how many lines the text takes from there on, how bad they are, and where each
    begins.
    """
    for start in reversed(range(end)):
        wide = 0.0
        found: list[tuple[int, float, tuple[int, ...]]] = []
        for stop in range(start + 1, end + 1):
            wide += widths[stop - 1]
            if wide > room and found:
                break
            count, cost, begins = best[stop]
            found.append(
                (
                    count + 1,
                    cost + (wide / room) ** 2 + INSIDE * _inside(pieces, stop),
                    (start, *begins),
                )
            )
        best[start] = min(found)
    begins = best[0][2]
    return [
        "".join(pieces[start:stop]).rstrip(" ")
        for start, stop in zip(begins, (*begins[1:], end), strict=False)
    ]


def _inside(pieces: list[str], at: int) -> bool:
    """Whether a break at a piece may part a Chinese word."""
    return (
        0 < at < len(pieces)
        and re.search(rf"[{HAN}]$", pieces[at - 1]) is not None
        and re.match(rf"[{HAN}]", pieces[at]) is not None
    )
