"""A section: what a page says below one of its headings, or in an entry that has an address of its
own.
"""

from dataclasses import dataclass, field

from hooks.text.html_tree import Node, parse_html
from hooks.text.line import one_line

ENTRY = 7
"""The depth of an entry, such as a row: below every heading."""

GONE = ("script", "style", "template", "svg")
GONE_CLASSES = frozenset(
    ("headerlink", "footnote-ref", "footnote-backref", "essays", "hour", "recent")
)
"""Signs, and lists of what other pages are called."""
INLINE = frozenset(
    [
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
    ]
)
"""What does not part the words before and after it."""
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Section:
    """Its id on the page (none at the top), its depth, its heading, what it says, and what else it
    is called.
    """

    id: str
    depth: int
    heading: str
    text: str
    names: str = ""


def sections(html: str) -> list[Section]:
    """The sections of a page's own HTML, in its order; the first stands before every heading.

    A heading with an id begins one. Entries are a list's item with an id, whose first cited title
    is its heading, and a table's row that holds an id. `data-search-exclude` leaves out what it
    marks.
    """
    reader = _Reader()
    reader.read(parse_html(html), reader.found[0].text)
    return [
        Section(one.id, one.depth, one_line("".join(one.heading)), one_line("".join(one.text)))
        for one in reader.found
    ]


@dataclass
class _Found:
    """A section while its words come in."""

    id: str
    depth: int
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reader:
    """Sorts the words of a page."""

    def __init__(self) -> None:
        self.found = [_Found("", 0)]
        self.entry = _Found("", ENTRY)
        self.columns: list[str] = []

    def read(self, node: Node, words: list[str]) -> None:
        """Take what an element holds; its words go to `words`, and those below a heading to its
        section.
        """
        for child in node.children:
            if isinstance(child, str):
                words.append(child)
                continue
            parting = "" if child.tag in INLINE else " "
            words.append(parting)
            words = self._element(child, words)
            words.append(parting)

    def _element(self, node: Node, words: list[str]) -> list[str]:
        """Take an element, and tell where the words behind it go."""
        id = node.attributes.get("id", "")
        if _is_gone(node):
            return words
        if node.tag in HEADINGS and id:
            section = self._begin(id, int(node.tag[1]))
            self.read(node, section.heading)
            return section.text
        if node.tag == "li" and id:
            self.entry = self._begin(id, ENTRY)
            self.read(node, self.entry.text)
        elif node.tag == "cite" and words is self.entry.text and not self.entry.heading:
            self.read(node, self.entry.heading)
        elif node.tag == "tr":
            self._row(node, words)
        else:
            if node.tag == "table":
                self.columns = []
            self.read(node, words)
        return words

    def _begin(self, id: str, depth: int) -> _Found:
        self.found.append(_Found(id, depth))
        return self.found[-1]

    def _row(self, node: Node, words: list[str]) -> None:
        cells = [cell for cell in node.children if isinstance(cell, Node)]
        texts = [self._cell(cell) for cell in cells]
        self.columns = self.columns or texts
        inside = cells[0].nodes() if cells else ()
        ids = [one.attributes["id"] for one in inside if "id" in one.attributes]
        if not ids:
            words.append(" · ".join(texts) + " | ")
            return
        entry = self._begin(ids[-1], ENTRY)
        entry.heading.append(texts[0])
        told = zip(self.columns[1:], texts[1:], strict=False)
        entry.text.append(" · ".join(f"{column} {cell}" for column, cell in told if cell != "—"))

    def _cell(self, cell: Node) -> str:
        words: list[str] = []
        self.read(cell, words)
        return one_line("".join(words))


def _is_gone(node: Node) -> bool:
    return (
        node.tag in GONE
        or "data-search-exclude" in node.attributes
        or not GONE_CLASSES.isdisjoint(node.classes)
    )
