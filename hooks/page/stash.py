"""A stash: what a page is filled with stands aside, each as a sign, while Markdown runs: half of what it would read is numbers and claims."""

import re
from collections.abc import Callable
from typing import NamedTuple

HELD = re.compile(r'<a class="n(?: na)?" .*?</a>', re.DOTALL)
"""A number in a list's own HTML."""

HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
"""Its words also make its entry in the table of contents, so nothing in it stands aside."""

SIGN = "\ue000"
WORD = re.compile("\ue000([0-9]{1,9})\ue001")
BLOCK = re.compile("\ue002([0-9]{1,9})\ue003")
TAG = re.compile(r"<[^>]*>")


class Aside(NamedTuple):
    """One thing that stands aside: on the page, for those who only read the page's words, and in Markdown for readers of Markdown."""

    shown: str
    words: str
    bare: str

    def between(self, opening: str, closing: str) -> "Aside":
        """The same, with signs beside it that no line may part from it."""
        return Aside(
            f'<span class="nb">{opening}{self.shown}{closing}</span>',
            opening + self.words + closing,
            opening + self.bare + closing,
        )


class Stash:
    """What one page has put aside. Words stand in a line; blocks, such as figures and lists, are Markdown themselves."""

    def __init__(self) -> None:
        self._words: list[Aside] = []
        self._blocks: list[tuple[str, str]] = []

    def word(self, aside: Aside) -> str:
        """A sign for something in a line."""
        self._words.append(aside)
        return f"\ue000{len(self._words) - 1}\ue001"

    def block(self, shown: str, bare: str) -> str:
        """A sign for lines of Markdown, and for what its readers get in their place."""
        self._blocks.append((shown, bare))
        return f"\ue002{len(self._blocks) - 1}\ue003"

    def numbers(self, html: str) -> str:
        """A list's HTML with signs for its numbers."""
        return HELD.sub(lambda match: self.word(Aside(match[0], TAG.sub("", match[0]), "")), html)

    def opened(self, text: str) -> str:
        """Markdown for the page: blocks are put back, and so is what stands in headings."""
        return HEADING.sub(
            lambda match: self.shown(match[0]),
            BLOCK.sub(lambda match: self._block(match)[0], text),
        )

    def bare(self, text: str) -> str:
        """Markdown for its readers: nothing to press, and no claims."""
        return self._put(
            BLOCK.sub(lambda match: self._block(match)[1], text), lambda aside: aside.bare
        )

    def let_go(self) -> None:
        """Blocks are Markdown by now, and nobody will ask for them again."""
        self._blocks.clear()

    def shown(self, html: str) -> str:
        """A page's HTML with everything put back."""
        return self._put(html, lambda aside: aside.shown)

    def words(self, html: str) -> str:
        """A page's HTML with the words that it shows, but nothing to press."""
        return self._put(html, lambda aside: aside.words)

    def said(self, text: str) -> tuple[str, ...]:
        """The parts of a text from a page's HTML: what a writer wrote, and what stands between as words alone."""
        if SIGN not in text:
            return (text,)
        parts = WORD.split(text)
        return tuple(
            (TAG.sub("", self._words[int(part)].words) if int(part) < len(self._words) else "")
            if at % 2
            else part
            for at, part in enumerate(parts)
        )

    def _put(self, text: str, form: Callable[[Aside], str]) -> str:
        if SIGN not in text:
            return text
        return WORD.sub(lambda match: form(self._word(match)), text)

    def _word(self, sign: re.Match[str]) -> Aside:
        """What a sign stands for; nothing for one that somebody else has written."""
        at = int(sign[1])
        return self._words[at] if at < len(self._words) else Aside("", "", "")

    def _block(self, sign: re.Match[str]) -> tuple[str, str]:
        at = int(sign[1])
        return self._blocks[at] if at < len(self._blocks) else ("", "")
