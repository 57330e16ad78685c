"""One unit a quantity: no page shows in KiB what the others show in kB, unless it pins what it
speaks of.
"""

import re
from collections.abc import Mapping

from hooks.page.scan import scan
from hooks.text.problems import Problem, line_and_column

BINARY = re.compile(r"[KMGT]iB")
DECIMAL = re.compile(r"[kMGTPE]B")
UNPINNED = re.compile(r"\s*(\w+)\s*:\s*([^:]+)")


def mixed(pages: Mapping[str, str]) -> list[Problem]:
    """References without pins, of the pages with these paths, that show a quantity in powers of two
    which another shows in powers of ten.

    A reference with pins may follow the source that it stands beside.
    """
    decimal: dict[str, str] = {}
    binary: list[tuple[str, int, str, str]] = []
    if not any("iB}" in text for text in pages.values()):
        return []
    for path, text in pages.items():
        for slot in scan(text):
            match = UNPINNED.fullmatch(slot.text) if slot.kind == "number" else None
            if match and BINARY.match(match[2]):
                binary.append((path, slot.inner, match[1], match[2].strip()))
            elif match and DECIMAL.match(match[2]):
                place = f"{path}:{line_and_column(text, slot.start)[0]}"
                decimal.setdefault(match[1], f"{match[2].strip()} in {place}")
    return [
        Problem(
            path,
            *line_and_column(pages[path], at),
            f"'{name}' is in {display} here and in {decimal[name]}: show a quantity in one unit, or"
            " pin what this one speaks of",
        )
        for path, at, name, display in binary
        if name in decimal
    ]
