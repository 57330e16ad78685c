"""The words of a book that no page has: its cover, its contents, what stands over its
appendices.
"""

from datetime import date

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


def notes(language: Language) -> str:
    """The title over the entries that terms and citations lead to."""
    return say("book.notes", language)


def links_title(language: Language) -> str:
    """The title over the addresses of a chapter, for readers of paper."""
    return say("book.addresses", language)


def cover(language: Language) -> str:
    """The title of the cover, where readers list it."""
    return say("book.cover", language)


def how(language: Language) -> str:
    """How this copy is read."""
    return say("book.how", language)


def date_text(day: str, language: Language) -> str:
    """A date as people write it; nothing for none."""
    if not day:
        return ""
    read = date.fromisoformat(day)
    month = either(MONTHS[read.month - 1], str(read.month), language)
    return say("book.date", language, day=read.day, month=month, year=read.year)


def kicker(chapter: Chapter, language: Language) -> str:
    """Where an essay stands and how long it takes."""
    part = chapter.essay.meta.get("part")
    time = say("page.minutes", language, minutes=chapter.essay.minutes)
    return (f"{say('page.part', language, part=part)} · " if part is not None else "") + time


def bare(address: str) -> str:
    """An address as one says it."""
    return address.removeprefix("https://").removesuffix("/")
