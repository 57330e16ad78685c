"""Cost line, by hand."""

import pytest

from hooks.costs import cost_line


class TestCostLine:
    def test_a_slope_is_bytes_that_the_same_money_could_read(self):
        """2 dollars more over 1,000 tokens at 1 TB/s for 0.5 dollars a second: 4 GB for each."""
        assert cost_line.slope_kv(2.5, 0.5, 1000, 1, 1e12, 0.5) == pytest.approx(4e9)

    def test_a_flat_line_holds_no_cache(self):
        """What costs the same everywhere looks back on nothing."""
        assert cost_line.slope_kv(1, 1, 1000, 1, 1e12, 0.5) == 0

    def test_the_line_is_straight(self):
        """From 1 to 3 over 100 tokens, a quarter of the way is 1.5, three rows of 0.5."""
        assert cost_line.line_cost(1, 3, 100, 25) == 1.5
        assert cost_line.line_ratio(1.5, 0.5) == 3

    def test_a_step_compares_two_contexts(self):
        """Rows worth 1,000 bytes, 10 for each token looked back on: (1 + 3) ÷ (1 + 1) rows."""
        assert cost_line.cost_step(1000, 1, 10, 100, 300) == 2
