"""Markup: where tags stand in HTML that Markdown or this project has written, for what changes a
page at these places, or tells a writer of them.

lexbor tells no places. Whoever needs none reads `html_tree.py`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

TAG = re.compile(
    r"(<!--(?!-?>).*?--!?>|<(/)?([a-zA-Z][\w-]*)((?:[^>\"']++|\"[^\"]*\"|'[^']*')*+)>)", re.DOTALL
)
"""A tag, or a comment, which has no name: all of it, whether it closes, its name, and what stands
behind that.
"""

VOID = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
"""Elements that hold nothing, and have no end."""

ATTRIBUTE = re.compile(r"(?<![\w-])(id|class)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


class HtmlTag(NamedTuple):
    """A tag from `start` to `end` of the HTML: its name in small letters, whether it closes, and
    what stands behind its name. A comment has no name.
    """

    start: int
    end: int
    name: str
    closes: bool
    rest: str


@lru_cache(maxsize=1)  # several read a page, one after the other
def tags(html: str) -> tuple[HtmlTag, ...]:
    """The tags and the comments of a text, in their order."""
    found, at = [], 0
    parts = iter(TAG.split(html))
    for text, tag, closes, name, rest in zip(parts, parts, parts, parts, parts, strict=False):
        start = at + len(text)
        at = start + len(tag)
        found.append(HtmlTag(start, at, (name or "").lower(), closes is not None, rest or ""))
    return tuple(found)


def id_and_classes(rest: str) -> tuple[str, list[str]]:
    """The id and the classes of a tag, by what stands in it behind its name."""
    given = (
        {match[1]: match[2] or match[3] or match[4] or "" for match in ATTRIBUTE.finditer(rest)}
        if "id=" in rest or "class=" in rest
        else {}
    )
    return given.get("id", ""), given.get("class", "").split()
