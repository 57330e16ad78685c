"""The whole series as one HTML document, for a printer: cover, contents, chapters, and what their
numbers rest on.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from hooks.publish.paper import book_words as words
from hooks.publish.paper.book import Book
from hooks.publish.paper.chapter import Chapter
from hooks.publish.paper.xhtml import markup
from hooks.text.html_tree import Node
from hooks.text.languages import say

HERE = Path(__file__).parent
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Millimetres across and down."""

SCREEN = (794, 1123)
"""A sheet of A4 in CSS pixels, across and down."""


def document(book: Book, paper: str, pages: Mapping[str, int]) -> str:
    """The document for sheets of `paper`. `pages` has the page of each id, once it is known; the
    contents name them.
    """
    body = [_cover(book), _contents(book, pages), *(_chapter(book, one) for one in book.chapters)]
    return _html(book, paper, "".join(body), "".join(map(_sheet, book.chapters)))


def about(book: Book) -> dict[str, str]:
    """The document's metadata, by their names in a PDF."""
    day = {"CreationDate": f"D:{book.date.replace('-', '')}000000Z"} if book.date else {}
    return {
        "Title": book.site.name,
        "Author": ", ".join(author.name for author in book.site.authors),
        "Subject": book.site.description,
        **day,
    }


def jacket(book: Book) -> str:
    """The cover alone, for a camera with a `SCREEN`."""
    return _html(book, "a4", _cover(book))


def _html(book: Book, paper: str, body: str, more: str = "") -> str:
    across, down = PAPERS[paper]
    sizes = (
        f":root {{ --across: {across}mm; --down: {down}mm }}\n@page {{ size: {across}mm {down}mm"
        " }\n"
    )
    style = (
        sizes
        + "".join((HERE / name).read_text("utf-8") for name in ("book.css", "paper.css"))
        + more
    )
    head = f'<meta charset="utf-8"><title>{escape(book.site.name)}</title><style>{style}</style>'
    return (
        "<!doctype html>\n<html"
        f' lang="{words.tag(book.language)}"><head>{head}</head><body>{body}</body></html>\n'
    )


def _cover(book: Book) -> str:
    """What stands in front: name, purpose, authors, day, addresses, and a roofline."""
    site = book.site
    authors = say("mark.enumeration", book.language).join(author.name for author in site.authors)
    lines = "".join(
        f"<p>{escape(line)}</p>"
        for line in (
            authors,
            words.date_text(book.date, book.language),
            words.bare(site.address),
            words.bare(site.licence),
        )
        if line
    )
    art = (HERE / "cover.svg").read_text("utf-8")
    return (
        f'<section class="cover">{art}<h1>{escape(site.name)}</h1><p'
        f' class="purpose">{escape(site.description)}</p><div'
        f' class="imprint">{lines}</div></section>'
    )


def _contents(book: Book, pages: Mapping[str, int]) -> str:
    def row(name: str, text: str, more: str = "") -> str:
        page = f'<span class="page">{pages.get(name, "")}</span>'
        return f'<a href="#{escape(name)}"><span class="name">{escape(text)}</span>{page}</a>{more}'

    rows = []
    for one in book.chapters:
        parts = "".join(
            f"<li>{row(name, text)}</li>" for name, text in [*one.sections, *_appendix(one, book)]
        )
        question = f'<p class="question">{escape(one.question)}</p>' if one.question else ""
        rows.append(
            f"<li{_lang(one, book)}>{row(one.slug, one.title, question)}<ol>{parts}</ol></li>"
        )
    return (
        f'<nav class="contents"><h1>{words.contents_title(book.language)}</h1><p'
        f' class="how">{words.how(book.language)}</p><ol>{"".join(rows)}</ol></nav>'
    )


def _appendix(one: Chapter, book: Book) -> list[tuple[str, str]]:
    return [(f"{one.slug}--works", words.works(book.language))] if one.works else []


def _chapter(book: Book, one: Chapter) -> str:
    addresses: dict[str, str] = {}
    question = f'<p class="question">{escape(one.question)}</p>' if one.question else ""
    head = (
        "<header><p"
        f' class="kicker">{escape(words.kicker(one, book.language))}</p><h1>{escape(one.title)}</h1>{question}</header>'  # noqa: E501
    )
    body = markup(_inked(one.body, addresses))
    works = "".join(markup(_inked(work, addresses, brief=True)) for work in one.works)
    notes = "".join(markup(_inked(note, addresses)) for note in one.notes)
    parts = [f'<h2 id="{name}">{title}</h2>{works}' for name, title in _appendix(one, book)]
    parts += [f"<h2>{words.notes(book.language)}</h2>{notes}"] if notes else []
    parts += (
        [
            f"<h2>{words.links_title(book.language)}</h2><ol>{''.join(_address(*pair) for pair in addresses.items())}</ol>"  # noqa: E501
        ]
        if addresses
        else []
    )
    end = (
        '<section class="end" style="page:'
        f' {_sheet_name(one)}-end"{_lang(one, book)}>{"".join(parts)}</section>'
        if parts
        else ""
    )
    return (
        f'<article class="chapter" id="{one.slug}" style="page:'
        f' {_sheet_name(one)}"{_lang(one, book)}>{head}{body}</article>{end}'
    )


def _inked(node: Node, addresses: dict[str, str], brief: bool = False) -> Node:
    """An element for readers of paper: a link has the number of its address, which is all that is
    left of a `brief` one.

    `addresses` gathers them with their names.
    """
    held = [
        child if isinstance(child, str) else _inked(child, addresses, brief)
        for child in node.children
    ]
    href = node.attributes.get("href", "")
    if not href.startswith("http"):
        return Node(node.tag, node.attributes, held)
    addresses.setdefault(href, node.text.strip())
    number = str(list(addresses).index(href) + 1)
    link = Node("a", node.attributes, [f"[{number}]"] if brief else held)
    return link if brief else Node("span", {}, [link, Node("sup", {}, [number])])


def _address(href: str, name: str) -> str:
    return f"<li>{escape(name)} <span>{escape(href)}</span></li>"


def _sheet_name(one: Chapter) -> str:
    return f"chapter-{one.slug}"


def _sheet(one: Chapter) -> str:
    """The foot of a chapter's pages: its title, in the words of a style sheet."""
    title = "".join(
        char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in one.title
    )
    return (
        "".join(
            f'@page {_sheet_name(one)}{part} {{ @bottom-left {{ content: "{title}" }} }}\n'
            for part in ("", "-end")
        )
        + f"@page {_sheet_name(one)}-end {{ margin-inline: 20mm }}\n"
    )


def _lang(one: Chapter, book: Book) -> str:
    return "" if one.language == book.language else f' lang="{words.tag(one.language)}"'
