"""One unit a quantity across the site."""

from hooks.formula.format import digits
from hooks.page.one_unit import mixed


def test_a_quantity_in_powers_of_two_here_and_of_ten_there() -> None:
    """At the one in powers of two, with the place of the other."""
    pages = {
        "a.md": "`{kv_per_token:kB}`",
        "b.md": "x\n`{kv_per_token:KiB}` and `{block_bytes:MiB}`",
    }
    assert [str(problem) for problem in mixed(pages)] == [
        "b.md:2:3: 'kv_per_token' is in KiB here and in kB in a.md:1: show a quantity in one unit, or pin what this one speaks of"
    ]


def test_a_pinned_one_may_follow_its_source() -> None:
    """A paper that prints KB and means powers of two."""
    assert mixed({"a.md": "`{kv:kB}` `{kv(model=llama-2-13b):KiB}`", "b.md": "`{kv:GB}`"}) == []


def test_a_whole_number_is_one_by_value() -> None:
    """0.1 + 0.7 is 0.7999999999999999 in floats, and ten times that is 8, not 8.00; what is really beside 8 stays so."""
    assert (0.1 + 0.7) * 10 != 8
    assert [digits(x) for x in ((0.1 + 0.7) * 10, 8.0, 5 * (1 + 2**-50), -4.999999999999999)] == [
        "8",
        "8",
        "5",
        "−5",
    ]
    assert [digits(x) for x in (5.001, 4.9999999, 0.1 + 0.2, 1e-20, 0.0)] == [
        "5.00",
        "5.00",
        "0.300",
        "1.00×10⁻²⁰",
        "0",
    ]
