"""The classical slips of the field, and why they cannot be made here."""

import re

import pytest

from hooks.formula.declaration import Field, Quantity
from hooks.formula.units import unit
from hooks.formula.value import read_value
from hooks.text.problems import Mistake
from tests.real import ENGINE

LIBRARY = ENGINE.library
CHIPS = ENGINE.catalogue.tables["accelerators"]


QUADRUPLED = ("trainium3",)
"""Chips whose dense FP8 rate really is nearly four times their BF16 rate, by their vendor's own documentation."""


def inputs_of(name: str) -> set[str]:
    """Every name that a quantity rests on, however far down."""
    declaration = LIBRARY.names[name]
    if not isinstance(declaration, Quantity):
        return {name}
    return {name}.union(*(inputs_of(parameter) for parameter in declaration.parameters))


def test_the_kv_cache_never_counts_query_heads():
    """Computed with query heads it would be eight times too large for Llama 3.1 70B."""
    for name in (
        "kv_values",
        "kv_per_token",
        "kv_per_sequence",
        "kv_bytes",
        "block_bytes",
        "max_batch",
    ):
        assert "kv_heads" in inputs_of(name)
    assert "heads" not in inputs_of("kv_per_sequence")
    assert (
        ENGINE.scenario.pinned({"heads": 128.0})["kv_per_token"]
        == ENGINE.scenario["kv_per_token"]
        == 327_680
    )


@pytest.mark.parametrize("chip", CHIPS)
def test_no_rate_is_a_sparse_one(chip: str):
    """Halving the width about doubles a dense rate; a sparse figure would stand out, or its source says that it was halved."""
    rates = {name: cell for name, cell in CHIPS[chip].cells.items() if name.endswith("_flops")}
    value = {name: float(cell.value) for name, cell in rates.items()}
    if "bf16_flops" in value:
        assert (
            value.get("fp8_flops", 0) <= (4 if chip in QUADRUPLED else 2.05) * value["bf16_flops"]
        )
        assert value.get("fp4_flops", 0) <= 8.1 * value["bf16_flops"]
    for cell in rates.values():
        if re.search(r"spars", cell.source.section, re.IGNORECASE):
            assert re.search(r"halved|dense|without", cell.source.section, re.IGNORECASE), (
                cell.source.section
            )


@pytest.mark.parametrize(
    "chip", [chip for chip, row in CHIPS.items() if "link_bandwidth" in row.cells]
)
def test_every_link_says_that_it_is_one_way(chip: str):
    """The well-known printed two-way figures never stand as a one-way one."""
    cell = CHIPS[chip].cells["link_bandwidth"]
    assert float(cell.value) <= 1.5e12, (
        "a scale-up link of more than 1.5 TB/s one way is a two-way figure"
    )
    if re.search(r"both|bidirectional|two.way", cell.source.section, re.IGNORECASE):
        assert re.search(
            r"halved|one (direction|way)|unidirectional", cell.source.section, re.IGNORECASE
        ), cell.source.section


def test_a_key_for_a_sparse_or_two_way_figure_does_not_exist():
    """So a row that brings one is refused by the build."""
    keys = {d.key for d in LIBRARY.names.values() if isinstance(d, Field)}
    assert not [key for key in keys if re.search(r"spars|bidirectional|two_way", key)]


def test_gb_and_gib_never_meet_unconverted():
    """Both are read into bytes: 1 GiB + 1 GB = 2,073,741,824 B. A bare number of bytes is refused."""
    assert read_value("1 GiB", "", unit("B")) + read_value("1 GB", "", unit("B")) == 2_073_741_824
    with pytest.raises(Mistake, match="lacks its unit"):
        read_value("80", "", unit("B"))


def test_an_mla_cache_is_not_divided_by_tensor_parallelism():
    """Every chip of a tensor-parallel group keeps the whole latent; KV heads are shared out, at least one each."""
    latent = ENGINE.scenario.pinned({"model": "deepseek-v3", "chips": 8.0, "tensor_parallel": 8.0})
    heads = ENGINE.scenario.pinned({"chips": 8.0, "tensor_parallel": 8.0})
    more = ENGINE.scenario.pinned({"chips": 16.0, "tensor_parallel": 16.0})
    assert latent["layout_kv"] == latent["kv_per_sequence"]
    assert heads["layout_kv"] == heads["kv_per_sequence"] / 8
    assert more["layout_kv"] == more["kv_per_sequence"] / 8, (
        "eight KV heads do not divide among sixteen chips"
    )


def test_every_quantity_has_units_over_every_branch():
    """The dimensional check ran on all of them, on the day they were written: nothing is left to complain about."""
    assert LIBRARY.problems == []
    assert len(LIBRARY.quantities) > 200
