"""The words of a book that no page has: its cover, its contents, what stands over its appendices."""

from datetime import date

from hooks.publish.paper.chapter import Chapter
from hooks.text.languages import Language, say

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
    return say("en", "zh-Hans", language)


def contents_title(language: Language) -> str:
    """The title of the contents."""
    return say("Contents", "目录", language)


def works(language: Language) -> str:
    """The title over the entries that numbers lead to."""
    return say("Where the numbers come from", "这些数字怎么算出来的", language)


def notes(language: Language) -> str:
    """The title over the entries that terms and citations lead to."""
    return say("Terms and works cited", "术语和引用的资料", language)


def links_title(language: Language) -> str:
    """The title over the addresses of a chapter, for readers of paper."""
    return say("Addresses", "链接地址", language)


def cover(language: Language) -> str:
    """The title of the cover, where readers list it."""
    return say("Cover", "封面", language)


def how(language: Language) -> str:
    """How this copy is read."""
    return say(
        "Every number here was computed from cited inputs when this copy was made. On screen, each leads to its formula, its values and its sources at the end of its essay. On the site it opens where it stands, and follows the model, the chip and the batch of your choice.",
        "书里的数字都是生成这份文件时，用注明出处的数据现算的。在屏幕上看，点一下数字，就能跳到文末，看到公式、代入的值和来源。在网站上，数字当场就能点开，还会跟着你选的模型、芯片和 batch 变。",
        language,
    )


def date_text(day: str, language: Language) -> str:
    """A date as people write it; nothing for none."""
    if not day:
        return ""
    read = date.fromisoformat(day)
    return say(
        f"{read.day} {MONTHS[read.month - 1]} {read.year}",
        f"{read.year} 年 {read.month} 月 {read.day} 日",
        language,
    )


def kicker(chapter: Chapter, language: Language) -> str:
    """Where an essay stands and how long it takes."""
    part = chapter.essay.meta.get("part")
    time = say(f"{chapter.essay.minutes} min", f"{chapter.essay.minutes} 分钟", language)
    return (
        say(f"Part {part} of the path · ", f"路线第 {part} 篇 · ", language)
        if part is not None
        else ""
    ) + time


def bare(address: str) -> str:
    """An address as one says it."""
    return address.removeprefix("https://").removesuffix("/")
