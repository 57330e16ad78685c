"""Figures and captions that are written in a way in which no figure or caption is seen, so that
readers would see the signs, or a sentence that belongs to no figure.
"""

import re
from collections.abc import Iterator

from hooks.page.scan import IMAGE_OF_CODE, prose, scan
from hooks.text.problems import Mistake

RIGHT = "a caption is one line, `*…*`, right below its figure"
ALONE = "a figure stands on a line of its own: `![what one sees](path.py)`"
BELOW = re.compile(r"[ \t]*\n[ \t]*(?P<said>\S[^\n]*)")
LATER = re.compile(
    r"[ \t]*\n(?:[ \t]*\n)+[ \t]*(?P<said>([*_])(?!\2)(?:(?!\2)[^\n])+\2)[ \t]*(?:\n|$)"
)
SIGNS = ("*", "_", "＊")


def figure_mistakes(text: str, start: int) -> Iterator[Mistake]:
    """What is nearly a figure or a caption behind `start`; offsets are into the whole text. Code
    and comments are left alone.
    """
    shown = prose(text)
    figures = {slot.start: slot for slot in scan(text) if slot.kind == "figure"}
    lines = {text.rfind("\n", 0, slot.parts[0][1]) + 1 for slot in figures.values()}
    for match in IMAGE_OF_CODE.finditer(shown, start):
        line = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end()) % (len(text) + 1)
        if match[0].startswith("!") and (line not in lines or shown[match.end() : end].strip()):
            yield Mistake(ALONE, match.start())
    for slot in figures.values():
        if slot.start < start or slot.parts[2][0]:
            continue
        if below := BELOW.match(shown, slot.end):
            signed = below["said"].startswith(SIGNS) or below["said"].rstrip().endswith(SIGNS)
            yield Mistake(
                f"this is no caption: {RIGHT}"
                + ("" if signed else "; leave a blank line before a paragraph"),
                below.start("said"),
            )
        elif later := LATER.match(shown, slot.end):
            yield Mistake(f"a blank line parts this from its figure: {RIGHT}", later.start("said"))
