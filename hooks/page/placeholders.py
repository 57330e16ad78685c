"""Placeholders: what a page is filled with is represented by short signs while Markdown runs, which
would otherwise read and escape it.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from hooks.page.plain_markdown import as_markdown

LINKED_NUMBER = re.compile(r'<a class="n(?: na)?" .*?</a>', re.DOTALL)
"""A number in a list's own HTML."""

HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
"""Its words also make its entry in the table of contents, so nothing in it is replaced by a sign.
"""

SIGN = "\ue000"
INLINE = re.compile("(<p>)?\ue000([0-9]{1,9})\ue001(?(1)(</p>)?)")
"""A sign in HTML, with the tags of the paragraph that Markdown makes around one that stands alone.
"""

WORD = re.compile("\ue000([0-9]{1,9})\ue001")
BLOCK = re.compile("\ue002([0-9]{1,9})\ue003")
TAG = re.compile(r"<[^>]*>")


class Fragment(NamedTuple):
    """What one sign represents: on the page, for readers of the page's words alone, and in Markdown
    for readers of Markdown.

    A `block` is no part of a paragraph, so the one that Markdown makes around its sign is removed.
    """

    shown: str
    words: str
    bare: str
    block: bool = False

    def between(self, opening: str, closing: str) -> "Fragment":
        """The same with the punctuation beside it, from which no line break may separate it."""
        return Fragment(
            f'<span class="nb">{opening}{self.shown}{closing}</span>',
            opening + self.words + closing,
            opening + self.bare + closing,
        )


NOTHING = Fragment("", "", "")


class Placeholders:
    """The placeholders of one page. Fragments have a sign until Markdown has run; blocks, such as
    lists, are Markdown themselves.
    """

    def __init__(self) -> None:
        self._fragments: list[Fragment] = []
        self._blocks: list[tuple[str, str]] = []

    def add(self, fragment: Fragment) -> str:
        """A new sign for a fragment."""
        self._fragments.append(fragment)
        return f"\ue000{len(self._fragments) - 1}\ue001"

    def replace(self, sign: str, fragment: Fragment) -> None:
        """Let a sign represent another fragment."""
        self._fragments[int(sign[1:-1])] = fragment

    def add_block(self, shown: str, bare: str) -> str:
        """A new sign for lines of Markdown, and for what readers of Markdown get in their place."""
        self._blocks.append((shown, bare))
        return f"\ue002{len(self._blocks) - 1}\ue003"

    def add_numbers(self, html: str) -> str:
        """A list's HTML with signs in place of its numbers."""
        return LINKED_NUMBER.sub(
            lambda match: self.add(Fragment(match[0], TAG.sub("", match[0]), "")), html
        )

    def add_markup(self, html: str) -> str:
        """A new sign for HTML that Markdown must not read, and that is no part of a paragraph."""
        return self.add(Fragment(html, html, "", block=True))

    def add_html(self, html: str, around: str = "") -> str:
        """A new sign for the HTML of a list, whose numbers get signs of their own; its readers of
        Markdown get it as such.
        """
        bare = around + as_markdown(html) + around
        return self.add_block(around + self.add_numbers(html) + around, bare)

    def markdown(self, text: str) -> str:
        """Markdown for the page: blocks and the fragments of headings are put back."""
        return HEADING.sub(
            lambda match: self.shown(match[0]),
            BLOCK.sub(lambda match: self._block(match)[0], text),
        )

    def bare(self, text: str) -> str:
        """Markdown for its readers: nothing to press, and no claims."""
        return self._put(BLOCK.sub(lambda match: self._block(match)[1], text), lambda one: one.bare)

    def shown(self, html: str) -> str:
        """A page's HTML with everything put back."""
        return self._put(html, lambda one: one.shown)

    def words(self, html: str) -> str:
        """A page's HTML with the words that it shows, but nothing to press."""
        return self._put(html, lambda one: one.words)

    def parts(self, text: str) -> tuple[str, ...]:
        """The parts of a text from a page's HTML: what a writer wrote and, between, the words of
        fragments.
        """
        if SIGN not in text:
            return (text,)
        parts = WORD.split(text)
        return tuple(
            TAG.sub("", self._fragment(int(part)).words) if at % 2 else part
            for at, part in enumerate(parts)
        )

    def _put(self, text: str, form: Callable[[Fragment], str]) -> str:
        def put(match: re.Match[str]) -> str:
            fragment = self._fragment(int(match[2]))
            if fragment.block and match[3]:
                return form(fragment)
            return f"{match[1] or ''}{form(fragment)}{match[3] or ''}"

        return INLINE.sub(put, text) if SIGN in text else text

    def _fragment(self, at: int) -> Fragment:
        """A fragment by its number; an empty one for a sign that somebody else has written."""
        return self._fragments[at] if at < len(self._fragments) else NOTHING

    def _block(self, sign: re.Match[str]) -> tuple[str, str]:
        at = int(sign[1])
        return self._blocks[at] if at < len(self._blocks) else ("", "")
