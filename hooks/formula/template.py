"""Names inside a sentence: `{weight_bytes:GB} of weights`."""

import re
from collections.abc import Callable, Iterator

NAME = re.compile(r"\{([a-z_][a-z0-9_]*)(?::([^{}]+))?\}")


def names_in_template(text: str) -> Iterator[tuple[str, str]]:
    """The names that a template mentions, each with its display unit or an empty text."""
    for match in NAME.finditer(text):
        yield match[1], match[2] or ""


def fill_template(text: str, value: Callable[[str, str], str]) -> str:
    """The template with every name replaced by what `value(name, unit)` writes."""
    return NAME.sub(lambda match: value(match[1], match[2] or ""), text)
