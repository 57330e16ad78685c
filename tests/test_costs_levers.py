"""The bill of a token on a full machine, line by line and lever by lever, each docstring with its arithmetic."""

import pytest

from hooks.costs import levers
from hooks.formula.evaluate import Scenario
from tests.real import pinned


def scenario(**given: float | str) -> Scenario:
    """Llama 3.1 70B in FP8 on two H100s, prompts of 7,936 tokens and answers of 512, no launches or latency, but for what is given."""
    given = {
        "context": 8192,
        "prompt": 7936,
        "output": 512,
        "price": "h100x2-lambda-2026-09",
        "launch_time": 0,
        "collective_latency": 0,
    } | given
    return pinned(**given)


class TestBill:
    """Four lines, as they are."""

    def test_lines_of_a_full_machine(self):
        """30 seats: 10.374 ms ÷ 30 = 345.8 µs of weights; 8,192 · 327,680 B ÷ 6.7 TB/s = 400.6 µs of cache; 299.6 ms of prompt ÷ 512 = 585.1 µs."""
        found = scenario()
        assert found["bill_weights"] == pytest.approx(10.374e-3 / 30, rel=1e-3)
        assert found["bill_cache"] == pytest.approx(8192 * 327_680 / 6.7e12, rel=1e-3)
        assert found["bill_prompt"] == pytest.approx(299.6e-3 / 512, rel=1e-3)
        assert found["bill_rest"] == 0
        assert found["bill"] == pytest.approx(1331.5e-6, rel=1e-3)
        assert found["bill_cost"] == pytest.approx(1331.5e-6 * 8.38 / 3600, rel=1e-3)

    def test_without_levers_it_is_the_step_of_a_full_machine_and_its_prompt(self):
        found = scenario()
        assert found["bill"] == pytest.approx(
            found["full_output_time"] + found["priced_prefill"] / 512
        )

    def test_shares(self):
        """346, 401 and 585 of 1,332 µs are 26, 30 and 44 %."""
        found = scenario()
        assert found["bill_weights_share"] == pytest.approx(0.26, abs=0.005)
        assert found["bill_cache_share"] == pytest.approx(0.30, abs=0.005)
        assert found["bill_prompt_share"] == pytest.approx(0.44, abs=0.005)

    def test_pauses_come_once_a_step(self):
        """80 layers of 7 kernels at 1.3 µs are 0.728 ms, among 30 readers 24.3 µs."""
        assert scenario(launch_time=1.3e-6)["bill_rest"] == pytest.approx(0.728e-3 / 30, rel=1e-3)


class TestLevers:
    """What a lever does to each line."""

    def test_guesses_that_are_checked_for_free(self):
        """30 · 5 = 150 rows stay under 295, so walk and caches give 3.3616 tokens; four drafts take a fifth of 22.39 ms."""
        found = scenario(guesses=4)
        assert found["step_yield"] == pytest.approx((1 - 0.8**5) / 0.2)
        assert found["bill_weights"] == pytest.approx(345.8e-6 / 3.3616, rel=1e-3)
        assert found["bill_cache"] == pytest.approx(400.6e-6 / 3.3616, rel=1e-3)
        assert found["bill_rest"] == pytest.approx(0.2 * 22.39e-3 / 30 / 3.3616, rel=1e-3)
        assert found["bill_prompt"] == scenario()["bill_prompt"]

    def test_guesses_that_cost_arithmetic(self):
        """81 seats of four-bit weights: 405 rows of 70.24 µs are 28.4 ms, where the walk takes 6.48."""
        found = scenario(guesses=4, precision="int4-g32", kv_precision="fp8")
        assert found["max_batch"] == 81
        assert found["full_matrices_step"] == pytest.approx(405 * 70.24e-6, rel=1e-3)
        assert found["bill_weights"] == pytest.approx(28.45e-3 / 81 / 3.3616, rel=1e-3)

    def test_every_guess_right(self):
        """Four of four, and the model's own: five tokens."""
        assert levers.step_yield(1, 4, 1) == 5
        assert levers.step_yield(0.5, 0, 1) == 1

    def test_hits_skip_rows_and_the_pairs_among_them(self):
        """Half of the prompt cached leaves half of the rows and three quarters of the pairs: 0.5 · 0.6 + 0.75 · 0.2 = 0.45 s; of it 0.4 ÷ 512 for a token."""
        assert levers.missed_prefill(0.6, 0.2, 0.5) == pytest.approx(0.45)
        assert levers.bill_prompt(0.45, 0.4, 1, 512) == pytest.approx(0.45 * 0.4 / 512)
        assert scenario()["missed_prefill"] == scenario()["prefill_time"]
        assert scenario(hit_share=1)["bill_prompt"] == 0

    def test_attention_of_many_guesses_waits_for_arithmetic(self):
        """1 µs of reading, or 3 rows of 2 GFLOP at 1 PFLOP/s: 6 µs."""
        assert levers.full_attention(1e-6, 2, 1, 2e9, 1e15, 1) == pytest.approx(6e-6)

    def test_a_full_batch_of_a_mixture_touches_its_own_experts(self):
        """8 experts, 2 a token, 6 rows: 8 · (1 − 0.75⁶) = 6.576; three rows for each reader as many as 18 readers."""
        assert levers.full_experts(8, 2, 6, 0, 1) == pytest.approx(6.576, abs=1e-3)
        assert levers.full_experts(8, 2, 6, 2, 1) == levers.full_experts(8, 2, 18, 0, 1)
        assert levers.full_experts(0, 0, 6, 0, 1) == 0
