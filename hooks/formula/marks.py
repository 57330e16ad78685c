"""A mark: a number that is meant as it stands, such as one that somebody else printed, written as
the code span `{=80 GB}`.
"""

import re

from hooks.formula.format import NARROW

MARK = re.compile(r"\s*\{\s*=\s*([^{}]*?)\s*\}\s*")
"""All of a code span that is a mark."""

SPAN = re.compile(rf"(?<!`)`{MARK.pattern}`(?!`)")


def meant(text: str) -> str:
    """A marked number as it is shown: as it is written, and never parted from its unit."""
    return re.sub(r"(?<=\d)\s+(?=[^\s\d])", NARROW, " ".join(text.split()))


def unmarked(text: str) -> str:
    """A text of `docs/data` with its marks as they are shown."""
    return SPAN.sub(lambda match: meant(match[1]), text)
