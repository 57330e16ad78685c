"""A text on one line."""

import re


def one_line(text: str) -> str:
    """A text on one line, without spaces around it. The thin and no-break spaces that hold a number
    to its unit stay.
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
