"""A chapter's text for readers of paper, who can follow no link: what a number, a work or another
essay would open has its page or its number beside it.
"""

from collections.abc import Mapping, Sequence

from hooks.publish.paper.book import Book
from hooks.publish.paper.chapter import Chapter
from hooks.publish.paper.english import marked_english
from hooks.publish.paper.register import Register
from hooks.text.html_tree import Child, Node
from hooks.text.languages import say

Pages = Mapping[str, int]
"""The page of each id, from 1; empty before the first print."""

UNKNOWN = 100
"""Stands for a page before the first print, as wide as most."""


class Ink:
    """Writes the chapters of a book whose ids are on `pages`."""

    def __init__(self, book: Book, register: Register, pages: Pages):
        self._language, self._register, self._pages = book.language, register, pages

    def text(self, body: Node, one: Chapter) -> Node:
        """A chapter's text."""
        return self._node(marked_english(body, self._language), one, "text")

    def entry(self, work: Node, one: Chapter) -> Node:
        """The entry of a number behind the page where that stands first."""
        place = f"{work.attributes['id']}--at"
        page = Node("a", {"class": "at", "href": f"#{place}"}, [self._page(place)])
        inked = self._node(marked_english(work, self._language), one, "entry")
        return Node(inked.tag, inked.attributes, [page, " ", *inked.children])

    def term(self, name: str, note: Node) -> Node:
        """The entry of a term in the glossary."""
        return Node(
            "div", {"class": "note", "id": name}, marked_english(note, self._language).children
        )

    def work(self, title: Child) -> Child:
        """A part of the title of a work that is cited."""
        return title if isinstance(title, str) else marked_english(title, self._language)

    def _page(self, place: str) -> str:
        return say("book.page", self._language, page=self._pages.get(place, UNKNOWN))

    def _node(self, node: Node, one: Chapter, where: str) -> Node:
        if "formula" in node.classes:
            where = "formula"
        held = self._children(node.children, one, where)
        href = node.attributes.get("href", "")
        if node.tag != "a" or where == "formula":
            return Node(node.tag, node.attributes, held)
        key = href.removeprefix(f"#{one.slug}--")
        if "term" in node.classes:
            return Node("a", {"class": "term", "href": f"#{key}"}, held)
        if not href.startswith("http") and "cited" not in node.classes:
            return Node("a", node.attributes, held)
        number = str(self._register.number(key))
        target = href if href.startswith("http") else f"#work-{number}"
        given = {name: value for name, value in node.attributes.items() if name == "class"}
        if where == "entry":
            return Node("a", {"href": target, **given}, [f"[{number}]"])
        link = Node("a", {"href": target, **given}, held)
        return Node("span", {}, [link, Node("sup", {"class": "address"}, [number])])

    def _children(self, children: Sequence[Child], one: Chapter, where: str) -> list[Child]:
        """A run of elements and texts, in which a link to another essay or to an answer names its
        page.
        """
        held: list[Child] = []
        for place, child in enumerate(children):
            if isinstance(child, str):
                held.append(child)
                continue
            held.append(self._node(child, one, where))
            href = child.attributes.get("href", "#")
            slug = href[1:].partition("--")[0]
            if (
                where == "text"
                and child.tag == "a"
                and href[:1] == "#"
                and (slug not in ("", one.slug) or "answer" in child.classes)
            ):
                held.append(self._reference(href[1:], children[place + 1 :]))
        return held

    def _reference(self, target: str, rest: Sequence[Child]) -> Node:
        """The page of a link's target, without brackets of its own where the link stands last in
        others.
        """
        after = rest[0] if rest and isinstance(rest[0], str) else ""
        page, language = self._page(target), self._language
        text = (
            say("book.page_within", language, page=page)
            if after.startswith((")", "）"))
            else say("book.page_beside", language, page=page)
        )
        return Node("span", {"class": "at"}, [text])
