"""Languages: a page's two texts, and the words of the site itself."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

T = TypeVar("T")

Language = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def say(english: str, chinese: str, language: Language) -> str:
    """One of two texts."""
    return chinese if language == "zh" else english


def twin_path(path: str) -> str:
    """The Chinese twin of a page's source: `essays/kv-cache/index.zh.md`."""
    return path.removesuffix(".md") + ".zh.md"


def listed(
    parts: Sequence[T],
    limit: int,
    comma: str,
    language: Language,
    counter: str = "篇",
    tell: Callable[[T], str] = str,
) -> str:
    """A list in one line, each part as `tell` puts it. Of more than `limit` the first are named,
    and all are counted, in Chinese with their `counter`.
    """
    more = (
        say(f" and {len(parts) - limit} more", f"等{len(parts)}{counter}", language)
        if len(parts) > limit
        else ""
    )
    return comma.join(map(tell, parts[:limit])) + more
