"""A line: a text on one, as it is read."""

import re


def joined(text: str) -> str:
    """A text on one line. The thin spaces that hold a number to its unit stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
