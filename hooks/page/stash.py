"""A stash: a page's numbers and claims stand aside, each as a sign, while Markdown runs: half of what it would read is theirs."""

import re

HELD = re.compile(r'<button type="button" class="n".*?</button>|<span class="claim"[^>]*></span>', re.DOTALL)
"""What Markdown would pass through as it is."""

HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
"""Its words also make its entry in the table of contents, so nothing in it stands aside."""

SIGN = re.compile("\ue000([0-9]+)\ue001")


class Stash:
    """What one page has put aside."""

    def __init__(self) -> None:
        self._held: list[str] = []

    def put(self, markdown: str) -> str:
        """A page's Markdown with signs."""
        headings = [match.span() for match in HEADING.finditer(markdown)]
        parts, last = [], 0
        for start, end in headings:
            parts += [HELD.sub(self._sign, markdown[last:start]), markdown[start:end]]
            last = end
        return "".join([*parts, HELD.sub(self._sign, markdown[last:])])

    def back(self, html: str) -> str:
        """A page's HTML with what the signs stand for, which is let go of."""
        held, self._held = self._held, []
        return SIGN.sub(lambda match: held[int(match[1])], html)

    def _sign(self, match: re.Match[str]) -> str:
        self._held.append(match[0])
        return f"\ue000{len(self._held) - 1}\ue001"
