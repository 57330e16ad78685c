"""Foreign markup: what a page's own HTML may not hold, since it would run, load or show what is not
of this site.

The page's policy (hooks/site/policy.py) makes browsers refuse it too. This tells the writer, and it
guards feeds and copies, which carry no policy.
"""

import re
from collections.abc import Iterator
from html import unescape

from hooks.page.scan import prose
from hooks.text.markup import tags
from hooks.text.problems import Mistake

FRAMES = ("iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe")

ELEMENTS = {
    "script": "no script runs on a page but the site's own; take it out",
    "base": "'base' changes where all links of the page lead; take it out",
    "meta": "'meta' belongs into the head of a page, which front matter writes: title, description",
    "link": "'link' loads what is not of this page; write an ordinary link: [words](address)",
    **dict.fromkeys(FRAMES, "a page shows no other page and no program in a frame; link to it: [words](address)"),  # noqa: E501
}  # fmt: skip
"""Elements that no page holds, and what would be right."""

LOADING = ("src", "srcset", "poster", "background", "ping")
"""Attributes whose addresses a browser asks for by itself."""

LINKS = ("href", "xlink:href")
"""Loaded too, but where they are links."""

SENDING = ("action", "formaction")

ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
ELSEWHERE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|(?!data:image/)[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
PROGRAM = re.compile(
    r"(?:^|;)(?:javascript|vbscript|livescript|data:(?!image/(?!svg))):?", re.IGNORECASE
)
STYLE = re.compile(r"@import|url\(\s*[\"']?\s*(?:https?:)?//|expression\(", re.IGNORECASE)
IGNORED = re.compile(r"[\x00-\x20\x7f]")
"""What browsers leave out of an address before they read its scheme."""


def foreign(html: str, text: str) -> list[Mistake]:
    """What is foreign in a page's own HTML, each with its place in the Markdown `text` that it was
    made from.
    """
    source, seen = prose(text), dict[str, int]()
    found = []
    for pattern, message in _found(html):
        places = [match.start() for match in re.finditer(pattern, source, re.IGNORECASE)]
        count = seen[pattern] = seen.get(pattern, 0) + 1
        found.append(Mistake(message, places[min(count, len(places)) - 1] if places else 0))
    return found


def _found(html: str) -> Iterator[tuple[str, str]]:
    """A pattern that finds each in Markdown, and what is wrong with it."""
    for tag in tags(html):
        if tag.closes or not tag.name:
            continue
        if tag.name in ELEMENTS:
            yield rf"<\s*{tag.name}\b", ELEMENTS[tag.name]
        elif tag.name == "style":
            end = html.lower().find("</style", tag.end)
            if STYLE.search(unescape(html[tag.end : end if end >= 0 else len(html)])):
                yield (
                    r"<\s*style\b",
                    "a style loads nothing from another site; put the file beside the page",
                )
        elif tag.rest and "=" in tag.rest:
            yield from _attributes(tag.name, tag.rest)


def _attributes(name: str, rest: str) -> Iterator[tuple[str, str]]:
    for match in ATTRIBUTE.finditer(rest):
        key, value = match[1].lower(), unescape((match[2] or "").strip("\"'"))
        address = IGNORED.sub("", value).replace("\\", "/")
        place = re.escape(match[2].strip("\"'")) if match[2] else re.escape(key)
        if key.startswith("on") and len(key) > 2:
            yield (
                rf"\b{re.escape(key)}\s*=",
                (
                    f"'{key}' would be a script, and no script runs on a page but the site's own;"
                    " take it out"
                ),
            )
        elif key == "srcdoc":
            yield r"\bsrcdoc\s*=", ELEMENTS["iframe"]
        elif key not in ("title", "alt", "content", "style") and PROGRAM.search(address):
            yield (
                rf"{place}|script\s*:",
                f"an address that is a program, '{_short(value)}'; link to a page or a file",
            )
        elif key == "style" and STYLE.search(value):
            yield (
                r"\bstyle\s*=",
                "a style loads nothing from another site; put the file beside the page",
            )
        elif key in SENDING and ELSEWHERE.match(address):
            yield (
                place,
                (
                    f"this form would send what readers type to '{_short(value)}'; link to that"
                    " page instead"
                ),
            )
        elif (key in LOADING or (key in LINKS and name != "a" and name != "area")) and any(
            ELSEWHERE.match(part) for part in _addresses(key, value)
        ):
            yield (
                place,
                (
                    f"'{_short(value)}' would be loaded from another site, which learns who reads;"
                    " put the file beside the page"
                ),
            )


def _addresses(key: str, value: str) -> list[str]:
    parts = value.split(",") if key == "srcset" and "data:" not in value else [value]
    return [IGNORED.sub("", part).replace("\\", "/") for part in parts]


def _short(address: str) -> str:
    address = " ".join(address.split())
    return address if len(address) <= 60 else f"{address[:57]}…"
