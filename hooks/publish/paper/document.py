"""The whole series as one HTML document, for a printer: cover, contents, chapters, and what their
numbers rest on.
"""

from html import escape
from pathlib import Path

from hooks.publish.paper import book_words as words
from hooks.publish.paper.book import Book
from hooks.publish.paper.chapter import Chapter
from hooks.publish.paper.ink import Ink, Pages
from hooks.publish.paper.register import CitedWork, Register
from hooks.publish.paper.xhtml import markup
from hooks.text.languages import say

HERE = Path(__file__).parent
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Millimetres across and down."""

SCREEN = (794, 1123)
"""A sheet of A4 in CSS pixels, across and down."""


def document(book: Book, paper: str, pages: Pages) -> str:
    """The document for sheets of `paper`. `pages` has the page of each id, once it is known; the
    contents and references name them.
    """
    register = Register(book)
    ink = Ink(book, register, pages)
    chapters = [_chapter(book, one, ink) for one in book.chapters]
    body = [_cover(book), _contents(book, pages), *chapters, _back(book, register, ink)]
    sheets = [_sheet(_sheet_name(one), _numbered(one, book)) for one in book.chapters]
    return _html(book, paper, "".join(body), "".join(sheets))


def bookmark_titles(book: Book) -> list[str]:
    """The titles of everything that a list of bookmarks names."""
    own = ("page.contents", "book.works", "book.glossary", "book.works_cited")
    return [
        *(say(key, book.language) for key in own),
        *(one.title for one in book.chapters),
        *(
            node.text.strip()
            for one in book.chapters
            for node in one.body.nodes()
            if node.tag in ("h2", "h3", "h4")
        ),
    ]


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
        f'<!doctype html>\n<html lang="{words.language_tag(book.language)}">'
        f"<head>{head}</head><body>{body}</body></html>\n"
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
            words.without_scheme(site.address),
            words.without_scheme(site.licence),
        )
        if line
    )
    art = (HERE / "cover.svg").read_text("utf-8")
    return (
        f'<section class="cover">{art}<h1>{escape(site.name)}</h1><p'
        f' class="purpose">{escape(say("book.purpose", book.language))}</p><div'
        f' class="imprint">{lines}</div></section>'
    )


def _contents(book: Book, pages: Pages) -> str:
    def row(name: str, text: str, more: str = "") -> str:
        page = f'<span class="page">{pages.get(name, "")}</span>'
        return f'<a href="#{escape(name)}"><span class="name">{escape(text)}</span>{page}</a>{more}'

    rows = []
    for one in book.chapters:
        parts = "".join(
            f"<li>{row(name, text)}</li>" for name, text in one.sections if text[:1].isdigit()
        )
        question = f'<p class="question">{escape(one.question)}</p>' if one.question else ""
        title = _numbered(one, book)
        rows.append(f"<li{_lang(one, book)}>{row(one.slug, title, question)}<ol>{parts}</ol></li>")
    rows += [
        f"<li>{row(name, say(key, book.language))}</li>"
        for name, key in (("glossary", "book.glossary"), ("works", "book.works_cited"))
    ]
    return (
        f'<nav class="contents"><h1>{say("page.contents", book.language)}</h1><p'
        f' class="how">{say("book.how", book.language)}</p><ol>{"".join(rows)}</ol></nav>'
    )


def _chapter(book: Book, one: Chapter, ink: Ink) -> str:
    body = markup(ink.text(one.body, one))
    works = "".join(markup(ink.entry(work, one)) for work in one.works)
    order = say("book.order", book.language) + words.scenario_line(one, book.language)
    end = (
        f'<section class="end"><h2 id="{one.slug}--works">{say("book.works", book.language)}</h2>'
        f'<p class="order">{escape(order)}</p>{works}</section>'
        if works
        else ""
    )
    return (
        f'<article class="chapter" id="{one.slug}" style="page: {_sheet_name(one)}"'
        f"{_lang(one, book)}>{words.chapter_head(one, book)}{body}{end}</article>"
    )


def _back(book: Book, register: Register, ink: Ink) -> str:
    """What stands behind the essays: their terms, the works that they cite, and how to cite
    them.
    """
    terms = "".join(markup(ink.term(name, note)) for name, note in register.glossary.items())
    works = "".join(_work(number, work, ink) for number, work in register.works)
    parts = [
        f'<section class="end back"><h1 id="{name}">{title}</h1>{held}</section>'
        for name, title, held in (
            ("glossary", say("book.glossary", book.language), terms),
            ("works", say("book.works_cited", book.language), works),
        )
        if held
    ]
    lines = "".join(f"<p>{escape(line)}</p>" for line in words.colophon(book))
    return f'{"".join(parts)}<section class="colophon">{lines}</section>'


def _work(number: int, work: CitedWork, ink: Ink) -> str:
    title = "".join(markup(ink.work(child)) for child in work.title)
    addresses = "".join(
        f' <a href="{escape(address)}">{escape(words.without_scheme(address))}</a>'
        for address in work.addresses
    )
    return f'<div class="work-cited" id="work-{number}"><b>{number}</b> {title}{addresses}</div>'


def _numbered(one: Chapter, book: Book) -> str:
    return say("book.numbered", book.language, number=one.number, title=one.title)


def _sheet_name(one: Chapter) -> str:
    return f"chapter-{one.slug}"


def _sheet(name: str, title: str) -> str:
    """The foot of a chapter's pages: its title, in the words of a style sheet."""
    content = "".join(
        char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in title
    )
    return f'@page {name} {{ @bottom-left {{ content: "{content}" }} }}\n'


def _lang(one: Chapter, book: Book) -> str:
    return "" if one.language == book.language else f' lang="{words.language_tag(one.language)}"'
