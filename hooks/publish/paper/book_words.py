"""The words of a book that no page has, where they are more than a text of the interface: the head
of an essay, the scenario of its numbers, the colophon, a date.
"""

from datetime import date
from html import escape

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


def language_tag(language: Language) -> str:
    """The language as documents name it."""
    return either("en", "zh-Hans", language)


def scenario_line(chapter: Chapter, language: Language) -> str:
    """The scenario that a chapter's entries are told in; nothing for none."""
    if not chapter.scenario:
        return ""
    return say("book.scenario", language, scenario=BETWEEN.join(chapter.scenario))


def chapter_head(chapter: Chapter, book: Book) -> str:
    """What stands over an essay, as HTML: its place in the book, its title and its question."""
    place = say("book.essay", book.language, number=chapter.number)
    question = f'<p class="question">{escape(chapter.question)}</p>' if chapter.question else ""
    return (
        f'<header><p class="kicker">{escape(place)}</p><h1>{escape(chapter.title)}</h1>'
        f"{question}</header>"
    )


def colophon(book: Book) -> list[str]:
    """What the last page says: how to cite the book, who may copy it, where it is kept up."""
    site, language = book.site, book.language
    authors = say("mark.enumeration", language).join(author.name for author in site.authors)
    day, address = date_text(book.date, language), without_scheme(site.address)
    lines = [
        say("book.cite", language, authors=authors, title=site.name, date=day, address=address),
        say("book.licence", language, address=without_scheme(site.licence)) if site.licence else "",
        say("book.site", language, address=address) if address else "",
    ]
    return [line for line in lines if line]


def date_text(day: str, language: Language) -> str:
    """A date as people write it; nothing for none."""
    if not day:
        return ""
    read = date.fromisoformat(day)
    month = either(MONTHS[read.month - 1], str(read.month), language)
    return say("book.date", language, day=read.day, month=month, year=read.year)


def without_scheme(address: str) -> str:
    """An address as people write it: without `https://` and the last slash."""
    return address.removeprefix("https://").removesuffix("/")
