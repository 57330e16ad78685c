"""The text of a file that a person writes: read as MkDocs reads it, and what keeps it from being
read.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from hooks.text.problems import Problem, line_and_column

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that neither YAML nor HTML takes."""

CONFLICT = re.compile(r"^(<{7}|={7}|>{7})(?:[ \t].*)?$", re.MULTILINE)
"""What git writes into a file that it cannot merge."""

LOST = "\ufffd"
"""What stands for a character that cannot be read."""


def read_source(path: Path) -> str:
    """A file's text without a byte-order mark, every line ended by a line feed.

    Refuses nothing: what is no UTF-8 reads as U+FFFD, and a file that cannot be read as an empty
    one; `faults` says so.
    """
    try:
        content = path.read_bytes()
    except OSError:
        return ""
    return CONTROL.sub(LOST, _lines(content.decode("utf-8-sig", "replace")))


def faults(path: Path, name: str) -> list[Problem]:
    """What is wrong with a file as a whole; `name` is the file as problems print it.

    Refuses what cannot be read, another encoding than UTF-8, control characters, and the conflicts
    that git leaves.
    """
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        return [Problem(name, 0, 0, "this is a folder; a page is a file: rename the folder")]
    except FileNotFoundError:
        return [Problem(name, 0, 0, "this link leads nowhere: mend it, or delete it")]
    except OSError as error:
        cure = "; let everybody read it: chmod a+r" if isinstance(error, PermissionError) else ""
        return [Problem(name, 0, 0, f"this file cannot be read: {error.strerror}{cure}")]
    if wide := _wide(content):
        return [Problem(name, 1, 1, f"this file is in {wide}: save it as UTF-8")]
    try:
        text = _lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        start = 3 if content.startswith(b"\xef\xbb\xbf") else 0  # which the error does not count
        at = start + error.start
        before = _lines(content[start:at].decode("utf-8"))
        message = (
            f"byte {at + 1} of this file, 0x{content[at]:02x}, is no UTF-8; "
            f"it may be {_encoding(content)}: save it as UTF-8"
        )
        return [Problem(name, *line_and_column(before, len(before)), message)]
    found = [*_characters(text, path.suffix), *_conflicts(text, path.suffix)]
    return [Problem(name, *line_and_column(text, at), message) for at, message in found]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wide(content: bytes) -> str:
    """The encoding of two or four bytes a character that a file is in; empty for none of them."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content.count(0) > len(content) / 5:
        return "UTF-16"
    return ""


def _encoding(content: bytes) -> str:
    """What a file that is no UTF-8 probably is."""
    try:
        han = re.findall(r"[\u4e00-\u9fff]", content.decode("gb18030"))
    except UnicodeDecodeError:
        return "Latin-1 or Windows-1252"
    high = sum(byte > 127 for byte in content)
    return "GBK" if 2 * len(han) >= high / 2 else "Latin-1 or Windows-1252"


def _characters(text: str, suffix: str) -> Iterator[tuple[int, str]]:
    """Characters that stand for nothing; the first of each kind."""
    seen: set[str] = set()
    for match in CONTROL.finditer(text):
        if match[0] not in seen and not (suffix == ".py" and match[0] == "\f"):
            seen.add(match[0])
            yield (
                match.start(),
                f"a control character stands here, U+{ord(match[0]):04X}: delete it",
            )
    if (at := text.find("\ufeff")) >= 0:
        yield at, "a byte-order mark stands here, within the text: delete it"


def _conflicts(text: str, suffix: str) -> Iterator[tuple[int, str]]:
    """Every conflict at its first line; a marker that has lost the others, too, but a line of `=`
    below a heading.
    """
    opened: list[re.Match[str]] = []
    found: list[tuple[int, str]] = []
    for match in CONFLICT.finditer(text):
        line = line_and_column(text, match.start())[0]
        if match[1][0] == "<":
            opened.append(match)
        elif match[1][0] == "=":
            if not opened and suffix != ".md":
                found.append((match.start(), _left(match)))
        elif opened:
            found.append(
                (
                    opened.pop().start(),
                    (
                        f"git has left a conflict here, down to line {line}: keep one side, and"
                        " delete the lines of <, = and >"
                    ),
                )
            )
        else:
            found.append((match.start(), _left(match)))
    yield from sorted([*found, *((match.start(), _left(match)) for match in opened)])


def _left(match: re.Match[str]) -> str:
    return f"'{match[1]}' is left of a conflict that git could not merge: delete this line"
