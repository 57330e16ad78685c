"""A tree of HTML, to be cut and written again as XHTML. Names keep the case in which they stand, since SVG needs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Union

VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
ATTRIBUTE = re.compile(r"([^\s=<>\"'/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?")


@dataclass
class Node:
    """An element: its name, its attributes with their plain values, and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Node", str]] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names of its class attribute."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What it says, on one line."""
        said = "".join(child if isinstance(child, str) else child.text for child in self.children)
        return re.sub(r"[ \t\r\n]+", " ", said)

    def nodes(self) -> Iterator["Node"]:
        """Itself and every element below it, as they stand in the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.nodes()

    def all(self, name: str) -> list["Node"]:
        """The elements of a name, or of a class: `figure`, `.work`."""
        return [
            node
            for node in self.nodes()
            if (name[1:] in node.classes if name.startswith(".") else node.tag == name)
        ]

    def first(self, name: str) -> Union["Node", None]:
        """The first element of a name or a class."""
        return next(iter(self.all(name)), None)


def parse_html(html: str) -> Node:
    """The tree of a page; its root has no name. An end without a beginning is dropped, a beginning without an end ends with what holds it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def markup(piece: Node | str) -> str:
    """XHTML that a reader of HTML understands as well."""
    if isinstance(piece, str):
        return escape(piece, quote=False)
    given = (
        {"xmlns": NAMESPACES[piece.tag], **piece.attributes}
        if piece.tag in NAMESPACES
        else piece.attributes
    )
    start = piece.tag + "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    if piece.tag in VOID:
        return f"<{start}/>"
    return f"<{start}>{''.join(map(markup, piece.children))}</{piece.tag}>"


class _Reader(HTMLParser):
    """Builds the tree. The parser lowers names, so they are read from the tag as it was written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, if it can hold anything."""
        node = self._node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing, such as a path."""
        self.open[-1].children.append(self._node(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and whatever in it was left open."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag.lower() == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.open[-1].children.append(data)

    def _node(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        written = (self.get_starttag_text() or "").lstrip("<")
        case = {match[1].lower(): match[1] for match in ATTRIBUTE.finditer(written[len(tag) :])}
        return Node(
            written[: len(tag)], {case.get(name, name): value or "" for name, value in attrs}
        )
