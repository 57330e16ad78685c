"""The register of a book: its terms and the works that it cites, once each, at its end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hooks.publish.paper.book import Book
from hooks.publish.paper.chapter import Chapter
from hooks.text.html_tree import Child, Node


@dataclass
class CitedWork:
    """What is cited under one number: its title with who wrote it, and the addresses where it is
    read. A link of which only the address is known has no title.
    """

    title: list[Child]
    addresses: list[str] = field(default_factory=list)


class Register:
    """Numbers works as they are asked for, so that they stand in the order of the text."""

    def __init__(self, book: Book):
        self.glossary = dict(sorted(_terms(book), key=lambda term: _place(term[1])))
        self._works: dict[str, CitedWork] = {}
        """By address, or by id where a work has none."""
        self._numbers: dict[int, int] = {}
        titled: dict[str, CitedWork] = {}
        for name, address, title, words in [*_bibliography(book), *_sources(book)]:
            work = titled.setdefault(title, CitedWork(words))
            for key in filter(None, (name, address)):
                self._works.setdefault(key, work)
            if address and address not in work.addresses:
                work.addresses.append(address)

    def number(self, key: str) -> int:
        """The number of the work that an address or the id of a citation stands for."""
        work = self._works.setdefault(key, CitedWork([], [key]))
        return self._numbers.setdefault(id(work), len(self._numbers) + 1)

    @property
    def works(self) -> list[tuple[int, CitedWork]]:
        """Those that have been asked for, by their numbers."""
        known = {id(work): work for work in self._works.values()}
        return [(number, known[each]) for each, number in self._numbers.items()]


def name_of(note: Node, one: Chapter) -> str:
    """The id of a note without its chapter: `t-token`, `c-splitwise`."""
    return note.attributes["id"].removeprefix(f"{one.slug}--")


def _terms(book: Book) -> Iterator[tuple[str, Node]]:
    found = {
        name: note
        for one in reversed(book.chapters)
        for note in one.notes
        if (name := name_of(note, one)).startswith("t-")
    }
    yield from found.items()


def _place(note: Node) -> bytes:
    """Where a term stands: by the alphabet, and Chinese by its sound, as its oldest code has it."""
    head = note.first("b")
    return (head.text if head else "").casefold().encode("gb18030")


def _bibliography(book: Book) -> Iterator[tuple[str, str, str, list[Child]]]:
    """The entries of citations: id, address, title, and their words without the link."""
    for one in book.chapters:
        for note in one.notes:
            name = name_of(note, one)
            if name.startswith("c-"):
                link = next((link for link in note.all("a") if _is_web(link)), None)
                words = [_unlinked(child) for child in note.children]
                title = link.text if link else note.text
                yield name, link.attributes["href"] if link else "", title.strip(), words


def _sources(book: Book) -> Iterator[tuple[str, str, str, list[Child]]]:
    """What numbers were read from."""
    for one in book.chapters:
        for work in one.works:
            for link in work.all("a"):
                if _is_web(link):
                    title = link.text.strip()
                    yield "", link.attributes["href"], title, [Node("p", {}, [title])]


def _is_web(link: Node) -> bool:
    return link.attributes.get("href", "").startswith("http")


def _unlinked(child: Child) -> Child:
    if isinstance(child, str):
        return child
    held = [_unlinked(inner) for inner in child.children]
    return Node("cite", {}, held) if child.tag == "a" else Node(child.tag, child.attributes, held)
