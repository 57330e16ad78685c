"""The copy of a page in Markdown alone: what a writer wrote, with every number in it and no markup
of the site's.
"""

import re
from collections.abc import Callable, Iterable

from hooks.page.scan import code, spans, without_comments
from hooks.publish.feeds.page_address import followed
from hooks.publish.feeds.publication import PublishedPage
from hooks.text.curly import curly

LINK = re.compile(r"(\](?:\(|:[ ](?=\S*[./#])))((?<=\()[^)\s]+|(?<=[ ])\S+)")
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^>]*)?/?>")
"""A tag that a writer or the site has put in; an address in angle brackets is none."""
ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*[#.][^}\n]*\}(?=[ \t]*$)", re.MULTILINE)


def copied(entry: PublishedPage, body: str, headed: bool) -> str:
    """The copy's whole text. `body` is the page's Markdown, filled with bare texts; `headed` asks
    for a head from front matter.
    """
    head = (
        f"# {entry.title}\n\n" + (f"> {entry.question}\n\n" if entry.question else "")
        if headed
        else ""
    )

    def tidy(text: str) -> str:
        text = ATTRIBUTES.sub("", TAG.sub("", text))
        return LINK.sub(lambda match: match[1] + followed(match[2], entry.uri), text)

    def prose(text: str) -> str:
        text = re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", without_comments(text))
        return curly(_outside(text, spans(text), tidy))

    return f"{head}{_outside(body, code(body), prose).strip()}\n"


def _outside(text: str, spans: Iterable[tuple[int, int]], change: Callable[[str], str]) -> str:
    """The text with everything changed but the spans."""
    parts, last = [], 0
    for start, end in spans:
        parts += [change(text[last:start]), text[start:end]]
        last = end
    return "".join([*parts, change(text[last:])])
