"""Lifetime, by hand."""

from hooks.costs import lifetime


class TestLifetime:
    def test_turns_add_up(self):
        """Four turns of 100: 100 + 200 + 300 + 400."""
        assert lifetime.agent_fresh(4, 100) == 400
        assert lifetime.agent_read(4, 100) == 1000

    def test_bills(self):
        """1,000 at a dollar; 400 at a dollar and 600 at a tenth."""
        assert lifetime.agent_bill(1000, 1) == 1000
        assert lifetime.agent_cached_bill(1000, 400, 1, 0.1) == 460

    def test_training(self):
        """300 tokens passed three times, at 9 a second: 100 seconds."""
        assert lifetime.training_even(3, 300, 9) == 100
