"""Names and ids in data files: what an id may hold, so that references, addresses and browsers can
carry it, and how a name is read.
"""

import re
from unicodedata import category, normalize

SIGNS = ".-_+"
"""What an id may hold besides letters and digits."""

UNSAFE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\ue003\ufffe\uffff]"
)
"""Control characters and halves of characters, which HTML and UTF-8 cannot carry, and the signs of
hooks/page/placeholders.py.
"""


def identifier(text: str) -> str:
    """An id as it is compared: composed, since keyboards write the same accented letter in two
    ways.
    """
    return normalize("NFC", text)


def wrong_in_id(id: str) -> str:
    """What is wrong with the id of a row; nothing if pins, addresses and scripts can carry it."""
    if not id:
        return "a row needs an id"
    wrong = next((sign for sign in id if not _may_stand_in_id(sign)), "")
    if not wrong:
        return ""
    shown = f"'{wrong}'" if wrong.isprintable() and wrong != " " else _spoken(wrong)
    return (
        f"the id {id!r} holds {shown}: an id is of letters and digits of any script, '.', '-', '_'"
        " and '+'; the name may hold anything"
    )


def wrong_in_name(text: str) -> str:
    """What is wrong with a name or another text that pages show; nothing if they can."""
    found = UNSAFE.search(text)
    return f"a text for readers cannot hold {_spoken(found[0])}" if found else ""


def _may_stand_in_id(sign: str) -> bool:
    return sign in SIGNS or (
        category(sign)[0] in "LMN" or (category(sign) in ("So", "Sk") and ord(sign) > 127)
    )


def _spoken(sign: str) -> str:
    names = {" ": "a space", "\n": "a line break", "\t": "a tab"}
    return names.get(sign, f"the character U+{ord(sign):04X}")
