"""A section: what a page says below one of its headings, or in an entry that has an address of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from hooks.text.markup import VOID, id_and_classes, tags

ENTRY = 7
"""The depth of an entry, such as a row: below every heading."""

GONE = ("script", "style", "template", "svg", "math")
GONE_CLASSES = frozenset(
    ("headerlink", "footnote-ref", "footnote-backref", "essays", "hour", "recent")
)
"""Signs, and lists of what other pages are called."""
INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "button",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    )
)
"""What does not part the words before and after it."""
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Section:
    """Its id on the page (none at the top), its depth, its heading, what it says, and what else it is called."""

    id: str
    depth: int
    heading: str
    text: str
    names: str = ""


def sections(html: str, words: Callable[[str], str] = str) -> list[Section]:
    """The sections of a page's own HTML, in its order; the first stands before every heading.

    A heading with an id begins one. Entries are a list's item with an id, whose first cited title is its heading, and
    a table's row that holds an id. `data-search-exclude` leaves out what it marks. `words` tells the HTML of a text in
    which something stands aside.
    """
    reader = _Reader(words)
    reader.read_all(html)
    return [
        Section(one.id, one.depth, joined_words(one.heading), joined_words(one.text))
        for one in reader.read
    ]


def joined_words(words: list[str]) -> str:
    """Words as one line; the spaces within numbers stay what they are."""
    return re.sub(r"[ \t\r\n]+", " ", "".join(words)).strip(" ")


class _Read:
    """A section while its words come in."""

    def __init__(self, id: str, depth: int):
        self.id = id
        self.depth = depth
        self.heading: list[str] = []
        self.text: list[str] = []


class _Reader:
    """Sorts the words of a page."""

    def __init__(self, within: Callable[[str], str]) -> None:
        self.within = within
        self.section, self.entry = _Read("", 0), _Read("", ENTRY)
        self.read = [self.section]
        self.words = self.section.text
        """Where the next words go."""
        self.open: list[tuple[str, list[str]]] = []
        """Open elements, and where words go on behind them."""
        self.gone = 0
        """How many were open when one that is left out had begun."""
        self.columns: list[str] = []
        self.cells: list[list[str]] = []
        self.row = ""
        """The id that the open row holds."""

    def read_all(self, html: str) -> None:
        """Read what there is of a page, from the first tag to behind the last."""
        at = 0
        for start, end, name, closes, rest in tags(html):
            self.say(html[at:start])
            at = end
            if closes:
                self.end(name)
            elif name:
                self.start(name, rest)
        self.say(html[at:])

    def start(self, tag: str, rest: str) -> None:
        """Open a section, an entry or a cell, or leave an element out."""
        if tag not in INLINE:
            self.words.append(" ")
        if tag in VOID:
            return
        self.open.append((tag, self.words))
        if self.gone:
            return
        id, classes = id_and_classes(rest)
        if tag in GONE or "data-search-exclude" in rest or not GONE_CLASSES.isdisjoint(classes):
            self.gone = len(self.open)
        else:
            self._begin(tag, id)

    def _begin(self, tag: str, id: str) -> None:
        if tag in HEADINGS and id:
            self.section = _Read(id, int(tag[1]))
            self.read.append(self.section)
            self.words = self.section.heading
            self.open[-1] = tag, self.section.text
        elif tag == "li" and id:
            self.entry = _Read(id, ENTRY)
            self.read.append(self.entry)
            self.words = self.entry.text
        elif tag == "cite" and self.words is self.entry.text and not self.entry.heading:
            self.words = self.entry.heading
        elif tag == "table":
            self.columns = []
        elif tag == "tr":
            self.cells, self.row = [], ""
        elif tag in ("td", "th"):
            self.words = []
            self.cells.append(self.words)
        if len(self.cells) == 1 and id:
            self.row = id

    def end(self, tag: str) -> None:
        """Close what was opened."""
        if all(name != tag for name, _ in reversed(self.open)):
            return
        name, behind = self.open.pop()
        while name != tag:
            name, behind = self.open.pop()
        if self.gone:
            self.gone *= len(self.open) >= self.gone
            return
        self.words = behind
        if tag == "tr":
            self._close_row()
        if tag not in INLINE:
            self.words.append(" ")

    def say(self, text: str) -> None:
        """Take words, unless they are left out; what stands aside in them may be HTML itself."""
        if self.gone or not text:
            return
        whole = self.within(text)
        if whole != text and "<" in whole:
            self.read_all(whole)
        else:
            self.words.append(unescape(whole))

    def _close_row(self) -> None:
        cells = [joined_words(cell) for cell in self.cells]
        self.cells = []
        if not self.columns:
            self.columns = cells
        if self.row:
            entry = _Read(self.row, ENTRY)
            entry.heading.append(cells[0])
            entry.text.append(
                " · ".join(
                    f"{column} {cell}"
                    for column, cell in zip(self.columns[1:], cells[1:], strict=False)
                    if cell != "—"
                )
            )
            self.read.append(entry)
        else:
            self.words.append(" · ".join(cells) + " | ")
