"""The words of a book that no page has: its cover, its contents, what stands over its
appendices.
"""

from datetime import date

from hooks.formula.phrases import BETWEEN
from hooks.publish.paper.book import Book
from hooks.publish.paper.chapter import Chapter
from hooks.text.languages import Language, either, say

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def tag(language: Language) -> str:
    """The language as documents name it."""
    return either("en", "zh-Hans", language)


def contents_title(language: Language) -> str:
    """The title of the contents."""
    return say("page.contents", language)


def works(language: Language) -> str:
    """The title over the entries that numbers lead to."""
    return say("book.works", language)


def order(chapter: Chapter, language: Language) -> str:
    """In which order those entries stand on paper, and in which scenario they are told."""
    return say("book.order", language) + scenario_line(chapter, language)


def scenario_line(chapter: Chapter, language: Language) -> str:
    """The scenario that a chapter's entries are told in; nothing for none."""
    if not chapter.scenario:
        return ""
    return say("book.scenario", language, scenario=BETWEEN.join(chapter.scenario))


def notes(language: Language) -> str:
    """The title over the entries that terms and citations lead to."""
    return say("book.notes", language)


def glossary(language: Language) -> str:
    """The title over a book's terms."""
    return say("book.glossary", language)


def works_cited(language: Language) -> str:
    """The title over the works that a book cites."""
    return say("book.works_cited", language)


def colophon(book: Book) -> list[str]:
    """What the last page says: how to cite the book, who may copy it, where it is kept up."""
    site, language = book.site, book.language
    authors = say("mark.enumeration", language).join(author.name for author in site.authors)
    day, address = date_text(book.date, language), bare(site.address)
    lines = [
        say("book.cite", language, authors=authors, title=site.name, date=day, address=address),
        say("book.licence", language, address=bare(site.licence)) if site.licence else "",
        say("book.site", language, address=address) if address else "",
    ]
    return [line for line in lines if line]


def cover(language: Language) -> str:
    """The title of the cover, where readers list it."""
    return say("book.cover", language)


def purpose(language: Language) -> str:
    """What the cover says below the title."""
    return say("book.purpose", language)


def how(language: Language) -> str:
    """How a copy on paper is read."""
    return say("book.how", language)


def how_on_screen(language: Language) -> str:
    """How a copy in a reading device is read."""
    return say("book.how_on_screen", language)


def date_text(day: str, language: Language) -> str:
    """A date as people write it; nothing for none."""
    if not day:
        return ""
    read = date.fromisoformat(day)
    month = either(MONTHS[read.month - 1], str(read.month), language)
    return say("book.date", language, day=read.day, month=month, year=read.year)


def kicker(chapter: Chapter, language: Language) -> str:
    """Where an essay stands in the book."""
    return say("book.essay", language, number=chapter.number)


def numbered(chapter: Chapter, language: Language) -> str:
    """An essay's title behind its number."""
    return say("book.numbered", language, number=chapter.number, title=chapter.title)


def bare(address: str) -> str:
    """An address as one says it."""
    return address.removeprefix("https://").removesuffix("/")
