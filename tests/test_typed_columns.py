"""Typed numbers of tables: the unit stands in a head, the number in a cell."""

import pytest

from hooks.page.typed_columns import typed_columns
from hooks.text.problems import line_and_column


def told(text: str) -> list[str]:
    """Every typed number of a table, with its unit and its place."""
    return [
        f"{':'.join(map(str, line_and_column(text, one.at)))} {one.message.split(': let')[0]}"
        for one in typed_columns(text, 0)
    ]


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Step, ms", "ms"), ("Step (s)", "s"), ("GB", "GB"), ("TB/s", "TB/s"), ("Seconds", "Seconds"), ("Speed, tokens/s", "tokens/s"),
        ("% of peak", "%"), ("USD/h", "USD/h"), ("Requests a second", "second"), ("一步，毫秒", "毫秒"), ("显存（GB）", "GB"), ("占比％", "%"),
    ],
)  # fmt: skip
def test_a_bare_number_below_a_unit_is_typed(head: str, unit: str) -> None:
    """By its sign or its name, wherever in the head it stands; a mark and a reference are not typed."""
    table = f"| Model | {head} |\n| --- | ---: |\n| A | 37 |\n| B | **1,200** |\n| C | `{{=5 ms}}` |\n| D | `{{decode_step:ms}}` |\n"
    assert told(table) == [
        f"3:7 37 is typed beside '{unit}'",
        f"4:9 1,200 is typed beside '{unit}'",
    ]


def test_a_unit_in_the_first_cell_of_a_row() -> None:
    """Numbers across as well as down; ranges; `~`."""
    assert told("| | A | B |\n| --- | --- | --- |\n| Step, ms | 37 | ~20–30 |\n") == [
        "3:14 37 is typed beside 'ms'",
        "3:20 20–30 is typed beside 'ms'",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Cards | Step |\n| --- | --- |\n| 8 | `{decode_step:ms}` |",
        "| A token's time | min | W |\n| --- | --- | --- |\n| 3 | 4 | 5 |",
        "| vLLM's log | Bits |\n| --- | --- |\n| 3 | 8 |",
        "| Year | Seconds of fame |\n| --- | --- |\n| 2026 | none |",
        "```\n| ms |\n| --- |\n| 37 |\n```\n",
        "| 两块秒表 |\n| --- |\n| 37 |",
    ],
)
def test_columns_without_a_unit_pass(table: str) -> None:
    """Counts, genitives, letters that may be anything, code."""
    assert told(table) == []
