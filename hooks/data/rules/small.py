"""What the rows of the small tables must hold to: accelerators, number formats, prices, price
cards.
"""

from collections.abc import Iterator

from hooks.data.rules.rule import Broken, lacking, value
from hooks.formula.declaration import Cell, Row, Source, Tables, find, ids
from hooks.formula.library import Library
from hooks.text.problems import row_meant

RATES = ("bf16_flops", "fp8_flops", "fp4_flops", "int8_flops")
GROUPS = ("experts", "ffn", "attention", "embedding", "head")
"""The groups of tensors that a recipe stores in formats of their own."""

BY_CHIP = "auto"
"""The price that stands for the usual one of whichever chip a scenario has."""

OWN = "own"
"""The price that stands for one that the scenario gives."""

USABLE = 0.75, 1.1
"""The share of the printed memory that a driver may report: 80 GB are 85.9·10⁹ bytes where a
gigabyte is a power of two.
"""


def accelerator(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """A chip has memory, a bandwidth and a rate; what its driver reports is about what is
    printed.
    """
    yield from lacking(row, ("memory", "memory_bandwidth"))
    if not any(key in row.cells for key in RATES):
        yield "", f"has no rate: one of {', '.join(RATES)}"
    memory, usable = value(row, "memory"), value(row, "memory_visible")
    low, high = USABLE
    if memory and usable and not low * memory <= usable <= high * memory:
        yield (
            "memory_visible",
            (
                f"{row.cells['memory_visible'].text} visible of {row.cells['memory'].text} printed:"
                f" {usable / memory:.0%}"
            ),
        )


def precision(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """A number format has a width and the rate that multiplies it; a recipe has a width for
    every group of tensors.
    """
    yield from lacking(row, ("width", "math"))
    given = [key for key in GROUPS if key in row.cells]
    missing = [key for key in GROUPS if key not in row.cells]
    if given and missing:
        yield (
            given[0],
            f"a recipe has a width for every group of tensors: {', '.join(missing)} is missing",
        )


def usual_price(accelerator: str, prices: dict[str, Row]) -> dict[str, Cell]:
    """The cell that says which price an hour of an accelerator has where nobody chooses one."""
    source = Source("docs/data/prices.yml", section="usual", mark="fitted")
    for row in prices.values():
        if row.extra.get("usual") and row.extra.get("accelerator") == accelerator:
            return {"usual_price": Cell(row.id, row.id, source, row.line)}
    return {}


def price(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """A price is one of an hour, on its day, of a chip that there is; one of a chip's prices may be
    its usual one. The rows that stand for whichever is usual, and for one that is given, have none.
    """
    if row.id in (BY_CHIP, OWN):
        return
    yield from lacking(row, ("price_per_hour",))
    if "date" not in row.extra:
        yield "", "has no date: a price is one of its day"
    chip = row.extra.get("accelerator")
    if chip is None:
        yield "", "has no accelerator: the row of docs/data/accelerators.yml that it rents"
    elif not isinstance(chip, str) or not find(tables, "accelerators", chip):
        yield (
            "accelerator",
            (
                f"no row '{chip}' in"
                f" docs/data/accelerators.yml{row_meant(str(chip), ids(tables, 'accelerators'))}"
            ),
        )
    for other in tables.get("prices", {}).values():
        if other.id == row.id:
            break
        if (
            row.extra.get("usual")
            and other.extra.get("usual")
            and other.extra.get("accelerator") == chip
        ):
            yield "usual", f"'{other.id}' is the usual price of this accelerator already"


def price_card(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """A card prints a price at least; cached input is no dearer than input; what holds for long
    contexts has a threshold.
    """
    if "input_price" not in row.cells and "output_price" not in row.cells:
        yield "", "has neither input_price nor output_price"
    fresh, cached = value(row, "input_price"), row.cells.get("cached_input_price")
    if cached and not fresh:
        yield "cached_input_price", "a price of cached input without one of input: add input_price"
    elif cached and value(row, "cached_input_price") > fresh:
        yield (
            "cached_input_price",
            (
                f"cached input at {cached.text} is dearer than input at"
                f" {row.cells['input_price'].text}"
            ),
        )
    long = [key for key in ("long_input_price", "long_output_price") if key in row.cells]
    for key in long:
        if "long_context_threshold" not in row.cells:
            yield key, f"{key} without the context at which it begins: add long_context_threshold"
        if key.removeprefix("long_") not in row.cells:
            yield (
                key,
                f"{key} without the price of a shorter context: add {key.removeprefix('long_')}",
            )
    if "long_context_threshold" in row.cells and not long:
        yield (
            "long_context_threshold",
            "a threshold without what begins there: add long_input_price or long_output_price",
        )
