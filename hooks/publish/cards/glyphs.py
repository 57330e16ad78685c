"""The glyphs of the cards' fonts: which characters a card can show. Asked in every build, so it
reads no font.

`python -m hooks.publish.cards.font` makes the fonts from these lists: `sans.otf` has everything,
`serif.otf` only what is Latin.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hooks.text.line import one_line

SANS, SERIF = (Path(__file__).with_name(name) for name in ("sans.otf", "serif.otf"))

LATIN = ((0x20, 0x7E), (0xA0, 0xFF))
"""Basic Latin, and Latin-1."""

SIGNS = "‰→←↑↓−×÷±≈≠≤≥∞√·•●○、。〈〉《》「」『』【】！（），：；？～％￥＋／⁴αβγδελμπρστφω"

MORE = "摞浏"
"""Characters that a page has needed beyond the first level of GB 2312."""

NARROW = str.maketrans(dict.fromkeys("\u2009\u200a\u202f", "\u00a0"))
"""Spaces that hold a number to its unit."""


@cache
def latin() -> frozenset[str]:
    """The characters of an English headline."""
    return frozenset(
        chr(code) for first, last in LATIN for code in range(first, last + 1)
    ) | frozenset("–—‘’“”…×")


@cache
def known() -> frozenset[str]:
    """Every character that a card can show: the 3,755 of GB 2312's first level are 99.7 % of what
    is written in Chinese.
    """
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return (
        latin()
        | frozenset(SIGNS + MORE)
        | frozenset(code.decode("gb2312", "ignore") for code in rows) - {""}
    )


def settable(text: str) -> str:
    """A text on one line, as the font can set it."""
    return one_line(text.translate(NARROW))


def missing(texts: Iterable[str]) -> str:
    """The characters of some texts that the font has not, in their order, each once."""
    return "".join(
        dict.fromkeys(
            letter for text in texts for letter in settable(text) if letter not in known()
        )
    )
