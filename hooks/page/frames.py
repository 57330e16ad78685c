"""Frames: the wide parts of a page scroll by themselves."""

import re

from hooks.text.languages import Language, say

FRAMED = re.compile(r"^<table>.*?</table>", re.DOTALL | re.MULTILINE)
"""A table that Markdown wrote: it begins a line."""

PERMANENT = 'title="Permanent link"'
"""What Markdown says of a heading's link, in English."""

CODE = re.compile(r"(?<=<code>)[^<]+(?=</code>)")
"""In a narrow column a name parts behind `_`, and within a word only where that is not enough."""

PRE = re.compile(r"<pre>(?=(.*?)</pre>)", re.DOTALL)
NARROW = 36
"""So many characters of code fit on a phone."""


def framed(html: str, language: Language) -> str:
    """A page whose wide parts scroll by themselves: tables in a frame of their own, and code that a
    keyboard reaches.

    The links of its headings say what they are.
    """
    html = FRAMED.sub(lambda match: _frame(match[0], language), html)
    html = html.replace(PERMANENT, f'aria-label="{say("page.section_link", language)}"')
    return PRE.sub(lambda match: '<pre tabindex="0">' if _wide(match[1]) else match[0], html)


def _frame(table: str, language: Language) -> str:
    """A table with numbers to press or links is reached through them; another one is reached
    itself.
    """
    table = CODE.sub(lambda match: match[0].replace("_", "_<wbr>"), table)
    if re.search(r"<(?:button|a) ", table):
        return f'<div class="frame">{table}</div>'
    return (
        '<div class="frame" tabindex="0" role="group"'
        f' aria-label="{say("page.table", language)}">{table}</div>'
    )


def _wide(code: str) -> bool:
    return max(map(len, re.sub(r"<[^>]*>", "", code).split("\n"))) > NARROW
