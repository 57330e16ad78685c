"""What a rule says of a row: where it is broken, and how."""

from collections.abc import Iterator

from hooks.formula.declaration import Row

Broken = tuple[str, str]
"""The key at which a rule is broken (empty for the row itself), and what is wrong."""


def value(row: Row, key: str) -> float:
    """A number of the row; 0 where it has none."""
    cell = row.cells.get(key)
    return cell.value if cell and isinstance(cell.value, float) else 0.0


def lacking(row: Row, keys: tuple[str, ...]) -> Iterator[Broken]:
    """The keys that a row cannot do without and has not."""
    for key in keys:
        if key not in row.cells:
            yield "", f"has no {key}"


def count_text(number: float) -> str:
    """A count as a message prints it."""
    return f"{number:,.0f}"
