"""A tree of HTML, as browsers read it: lexbor parses, and names keep the case that SVG needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEP = 100
"""Of what is nested deeper only the words are kept, so that a page whose writer closes nothing can
be read; ours nest 17 deep.
"""

TEXT = "-text"
"""What lexbor calls a text; the names of comments and the like begin with the same sign."""


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes with their plain values, and what it holds. The root has
    no name.
    """

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


Child = Node | str
"""What an element holds: elements and texts."""


def parse_html(html: str) -> Node:
    """The tree of a page, or of a part of one: `html`, `head` and `body` are left out, and so are
    comments.
    """
    return Node("", {}, _siblings(LexborHTMLParser(html, is_fragment=True).root))


def _siblings(node: LexborNode | None, depth: int = 0) -> list[Child]:
    """An element or a text, and all that follow it in what holds them."""
    found: list[Child] = []
    while node is not None:
        tag = node.tag or ""
        if tag == TEXT:
            found.append(node.text_content or "")
        elif not tag.startswith("-"):
            given = {name: value or "" for name, value in node.attributes.items()}
            below: list[Child] = []
            below += _siblings(node.first_child, depth + 1) if depth < DEEP else [node.text()]
            found.append(Node(tag, given, below))
        node = node.next
    return found
