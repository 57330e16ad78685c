"""Languages: a page's two texts, and the words of the site itself."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml

from hooks.text.curly import curly_values
from hooks.text.problems import Mistake, did_you_mean
from hooks.text.rows import LOADER

T = TypeVar("T")

Language = Literal["en", "zh"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")


Text = str | Mapping[str, str]
"""A text of the interface, whose places are `{name}`; or two: `one` for a count of 1, and `other`.
"""


def say(key: str, language: Language, /, **places: object) -> str:
    """A text of the interface with its places filled: `say("page.minutes", "en", minutes=9)`.

    Its key is the one that it has in the two files of `interface/`.
    """
    text = interface_text(key, language)
    if not isinstance(text, str):
        text = text["one" if places["count"] == 1 else "other"]
    return text.format(**places) if places else text


def interface_text(key: str, language: Language) -> Text:
    """The text that a key has. Raises Mistake, with its file and the nearest key, where there is
    none.
    """
    texts = interface(language)
    if key not in texts:
        near = did_you_mean(key, texts)
        raise Mistake(f"hooks/text/interface/{language}.yml has no text '{key}'{near}")
    return texts[key]


@cache
def interface(language: Language) -> Mapping[str, Text]:
    """The texts of the interface by key: `page.minutes`."""
    path = Path(__file__).resolve().parent / "interface" / f"{language}.yml"
    with path.open(encoding="utf-8") as file:  # whose name a mistake in it is told with
        groups = curly_values(yaml.load(file, Loader=LOADER))
    return {
        f"{group}.{name}": text for group, texts in groups.items() for name, text in texts.items()
    }


def either(english: str, chinese: str, language: Language) -> str:
    """One of two texts that are declared side by side, as data, cost models and figures do."""
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
        say("mark.more", language, rest=len(parts) - limit, count=len(parts), counter=counter)
        if len(parts) > limit
        else ""
    )
    return comma.join(map(tell, parts[:limit])) + more
