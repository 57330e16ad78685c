"""Typed numbers of tables whose unit stands apart from them: in the head of their column, or in the
first cell of their row.
"""

import re
from collections.abc import Iterator

from hooks.page.scan import blanked, code, flat, tokens
from hooks.page.table import BLOCK, RULE
from hooks.page.typed_numbers import NUMBER
from hooks.text.problems import Mistake

CELL = re.compile(r"(?<!\\)\|((?:[^|\\\n]|\\.)*)(?=\|)")
TYPED = re.compile(rf"[ \t*_~≈<>≤≥+−±-]*(?P<typed>{NUMBER}(?:[ \t]?[-–~][ \t]?{NUMBER})?)[ \t*_]*$")
SIGNS = r"[kKMGTPE]i?B(?:ps)?|[kKMGTP]i?b(?:it|ps)|[nµμm]s|[kMGTPE]?FLOPs?|[kKMGT][JW]h?|USD"
WORDS = r"bytes?|seconds?|secs?|minutes?|mins|hours?|days?|watts?|joules?|dollars?|cents?|percent"
UNIT = re.compile(
    rf"(?<![\w'’])(?:(?:{SIGNS}|(?i:{WORDS}))(?:/\w+)?|(?i:tok(?:en)?s?)/\w+)(?!\w)"
    r"|(?<=[,(\[])[ \t]?(?:s|h|B|W|J|min)(?!\w)|[%$€£¥]"
    r"|[毫微纳]?秒(?!表)|分钟|小时|字节|美[元分金]|瓦|焦"
)
"""A unit in the words of a head. One of a letter stands behind a comma or a bracket."""


def typed_columns(text: str, start: int) -> Iterator[Mistake]:
    """Every bare number behind `start` that a table's head gives a unit; offsets are into the whole
    text.
    """
    hidden = [*code(text), *((token.start, token.end) for token in tokens(text))]
    signs = flat(blanked(text, hidden))
    for block in BLOCK.finditer(signs, start):
        head: list[str] = []
        for line in re.finditer(r"[^\n]+", block[0]):
            cells = [*CELL.finditer(line[0])]
            if not head:
                head = [_unit(cell[1]) for cell in cells]
                continue
            if RULE.match(line[0]) or not cells:
                continue
            named = _unit(cells[0][1])
            for index, cell in enumerate(cells):
                typed = TYPED.match(cell[1])
                unit = head[index] if index < len(head) else ""
                if typed and (unit := unit or (named if index else "")):
                    shown = f"{typed['typed']} {unit}"
                    yield Mistake(
                        f"{typed['typed']} is typed beside '{unit}': let a reference compute it, or"
                        f" mark it as meant: `{{={shown}}}`",
                        block.start() + line.start() + cell.start(1) + typed.start("typed"),
                    )


def _unit(words: str) -> str:
    """The unit in the words of a cell; empty where they name none."""
    found = UNIT.search(words)
    return found[0].strip() if found else ""
