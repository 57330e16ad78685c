"""Lines of CSV files, as spreadsheets read them."""

import re

FORMULA = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes a text for a formula by, which may start programs."""

SPECIAL = re.compile(r'[",\r\n]')


def csv_line(cells: tuple[str | float | None, ...]) -> str:
    """A line without its end, with straight apostrophes. A text that a spreadsheet would read as a
    formula begins with one.
    """
    return ",".join(map(_cell, cells))


def _cell(cell: str | float | None) -> str:
    text = "" if cell is None else str(cell).replace("’", "'")
    if isinstance(cell, str) and FORMULA.match(cell):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text
