"""Ring, by hand."""

import pytest

from hooks.costs import ring


class TestRing:
    def test_parts_and_rounds(self):
        """1,000 tokens over 4 machines; 32 seconds of looking back are 16 parts of 2 seconds."""
        assert ring.ring_tokens(1000, 4) == 250
        assert ring.ring_round(32, 4) == 2

    def test_a_part_of_the_cache_crosses(self):
        """4 GB over 4 machines at 1 GB/s: a second for each part."""
        assert ring.ring_transfer(4e9, 4, 1e9) == 1

    def test_half_the_part_is_free_where_sending_takes_half_as_long(self):
        """250 tokens need 2 seconds of arithmetic and 1 of sending: at 125 both take half a second."""
        assert ring.ring_free_tokens(250, 1, 2) == 125

    def test_the_slower_clock_of_a_round_counts(self):
        """8 seconds of matrices and 4 rounds of 2 seconds, then of 3 where sending is slower."""
        assert ring.ring_prefill(8, 4, 2, 1) == pytest.approx(10)
        assert ring.ring_prefill(8, 4, 2, 3) == pytest.approx(14)
