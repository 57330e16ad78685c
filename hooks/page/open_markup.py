"""Links, lists of attributes and HTML tags that nothing closes, so that readers would see their
signs.
"""

import re
from collections.abc import Iterator

from hooks.page.links import INLINE
from hooks.page.scan import prose
from hooks.text.problems import Mistake

ADDRESS = re.compile(r"(?<!\\)\](?=\()")
"""Where a link's words end and its address begins."""
FULL_WIDTH = re.compile(
    r"(?:\]（[^（）()\n]*(?:/|\.md|\.py)[^（）()\n]*[）)]?|！(?=\[[^\[\]\n]*\]\())"
)
WORDS = re.compile(r"(?<![\](])\((?=\.{1,2}/[^\s()]*\))")
"""An address whose words lack their bracket."""
LIST = re.compile(r"\{:?[ \t]*[.#][A-Za-z][\w-]*(?=[^{}\n]*(?:[{\n]|$))")
TAG = re.compile(
    r"<(?:div|span|details|summary|figure|figcaption|table|section|kbd|sub|sup|abbr|mark)"
    r"(?:\s[^<>]*?)?(?=<|\n[ \t]*\n|\Z)"
)


def open_markup(text: str, start: int) -> Iterator[Mistake]:
    """What lacks its last sign, or has a full-width one, behind `start`; offsets are into the whole
    text. Code and comments are left alone.
    """
    shown = prose(text)
    for match in ADDRESS.finditer(shown, start):
        if not INLINE.match(shown, match.start()):
            yield Mistake("this link is never closed: ')' is missing", match.start())
    for match in WORDS.finditer(shown, start):
        yield Mistake("the words of a link stand in brackets: [words](address)", match.start())
    for match in FULL_WIDTH.finditer(shown, start):
        at = match.start() + (match[0][0] == "]")
        sign = shown[at]
        yield Mistake(f"'{sign}' is a full-width sign: write '{'!' if sign == '！' else '('}'", at)
    for match in LIST.finditer(shown, start):
        yield Mistake("this list of attributes is never closed: '}' is missing", match.start())
    for match in TAG.finditer(shown, start):
        yield Mistake("this tag is never closed: '>' is missing", match.start())
