"""Parts: what Markdown has made of the text between a page's headings, so that an early page is read by Markdown where it has changed.

A part that leans on others is always read with them: one with headings of its own, or with tags that it does not close.
A page with footnotes or tabs, or with links defined apart from their text, has no parts.
"""

import re

from hooks.markup import VOID, tags

LINE = re.compile(r"^(?:#{1,6}[ \t].*|[ \t]*(```|~~~).*)$", re.MULTILINE)
"""A heading, or the fence around code, in which nothing is a heading."""

APART = re.compile(r"\[\^|^ {0,3}(?:\[[^\]]+\]|\*\[[^\]]+\]):|^[ \t]*===[!+]*[ \t]", re.MULTILINE)
"""Footnotes, links' addresses and abbreviations, which may stand anywhere on a page, and tabs, which are counted."""

SIGN = re.compile("<p>\ue004([0-9]+)\ue005</p>")


class Parts:
    """The parts of one page as Markdown has made them last."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}
        self._asked: list[str] = []

    def signed(self, markdown: str) -> str:
        """Markdown with a sign for each part that is known already, and signs around each that is not."""
        self._asked = []
        if APART.search(markdown):
            return markdown
        heads, fenced = [], False
        for line in LINE.finditer(markdown):
            if line[1]:
                fenced = not fenced
            elif not fenced:
                heads.append(line.span())
        parts, at = [], 0
        for start, end in [*heads, (len(markdown), len(markdown))]:
            parts += [self._signed(markdown[at:start]), markdown[start:end]]
            at = end
        return "".join(parts)

    def _signed(self, part: str) -> str:
        if not part.strip():
            return part
        sign = f"\n\n\ue004{len(self._asked)}\ue005\n\n"
        self._asked.append(part)
        return sign if part in self._made else f"{sign}{part}{sign}"

    def whole(self, html: str) -> str:
        """What Markdown has made of that, with all its parts."""
        made: dict[str, str] = {}
        pieces, last = [], 0
        signs = SIGN.finditer(html)
        for sign in signs:
            part = self._asked[int(sign[1])]
            pieces.append(html[last : sign.start()])
            if part in self._made:
                made[part] = self._made[part]
                pieces.append(made[part])
                last = sign.end()
                continue
            end = next(signs)
            text = html[sign.end() : end.start()].removeprefix("\n").removesuffix("\n")
            if sound(text):
                made[part] = text
            pieces.append(text)
            last = end.end()
        self._made = made
        return ("".join(pieces) + html[last:]).strip()


def sound(html: str) -> bool:
    """Whether a part's HTML is whole in itself: every tag is closed, and nothing in it is a heading."""
    opened: list[str] = []
    for tag in tags(html):
        if re.fullmatch("h[1-6]", tag.name):
            return False
        if tag.closes:
            if not opened or opened.pop() != tag.name:
                return False
        elif tag.name and tag.name not in VOID and not tag.rest.endswith("/"):
            opened.append(tag.name)
    return not opened
