"""What a token read and a token written cost a machine, worked by hand, each docstring with its arithmetic."""

import pytest

from hooks.costs import measured_pair, service_day, token_time
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from tests.real import pinned


def scenario(**given: float | str) -> Scenario:
    """The essay's scenario: Llama 3.1 70B and its cache in FP8 on two H100s, 3,072 tokens of context, no launches or latency, but for what is given."""
    given = {
        "kv_precision": "fp8",
        "price": "h100-lambda-2026-09",
        "context": 3072,
        "launch_time": 0,
        "collective_latency": 0,
    } | given
    return pinned(**given)


class TestTokenTime:
    """A row, a token alone, a token of a full machine."""

    def test_a_row(self):
        """2 · 69.503 billion FLOPs over 3.958 PFLOP/s: 35.12 µs; at 7.98 USD an hour, 0.0779 USD a million."""
        assert scenario()["row_time"] == pytest.approx(139.006e9 / 3.958e15, rel=1e-4)
        assert scenario()["row_cost"] == pytest.approx(35.12e-6 * 7.98 / 3600, rel=1e-3)

    def test_alone_a_token_costs_the_critical_batch_in_rows(self):
        """Without a cache to speak of, 69.503 GB over 6.7 TB/s are 10.37 ms: 295 rows, whatever the model."""
        assert scenario(context=1)["output_ratio"] == pytest.approx(
            scenario()["critical_batch"], rel=1e-4
        )
        assert token_time.output_ratio(10.37e-3, 35.12e-6) == pytest.approx(295, abs=0.5)

    def test_looking_back(self):
        """76.44 GB over 3.35 TB/s are 22.8 ms, over 503,000 cached tokens 45.4 ns: a row buys 773 of them."""
        found = scenario()
        assert found["looking_back_time"] == pytest.approx(22.82e-3 / 503e3, rel=2e-3)
        assert found["row_in_context"] == pytest.approx(35.12e-6 / 45.4e-9, rel=3e-3)

    @pytest.mark.parametrize("context", [3072, 6144, 8192, 32768])
    def test_a_full_machine_writes_at_its_context_over_that_length(self, context):
        """Where matrices wait for bytes, the ratio is context over 773, but for seats that do not come out even."""
        found = scenario(context=context)
        assert found["full_output_ratio"] == pytest.approx(
            context / found["row_in_context"], rel=0.02
        )

    def test_short_contexts_pay_their_row(self):
        """256 tokens: 1,964 seats are past the critical batch, so each pays a row, and 256 · 163,840 B / 6.7 TB/s = 6.26 µs for its cache: 1.18."""
        assert scenario(context=256)["full_output_ratio"] == pytest.approx(
            1 + 6.26 / 35.12, rel=1e-3
        )
        assert scenario(context=16)["full_output_ratio"] > 1

    def test_the_full_batch_is_the_cheapest(self):
        """163 seats of 3,072 tokens: the step of 10.37 + 12.25 = 22.62 ms is 139 µs a token, as at batch 163."""
        found = scenario()
        assert found["full_output_time"] == pytest.approx(22.62e-3 / 163, rel=1e-3)
        assert found["full_output_time"] == pytest.approx(scenario(batch=163)["output_time"])
        assert scenario(batch=64)["output_time"] > found["full_output_time"]

    def test_fetching_what_a_token_left(self):
        """163,840 B at 50 GB/s: 3.28 µs, 9.3 % of a row."""
        assert scenario()["fetch_time"] == pytest.approx(3.2768e-6)
        assert scenario()["fetch_ratio"] == pytest.approx(3.2768 / 35.12, rel=1e-3)

    def test_keeping_a_token_costs_a_row_in_the_end(self):
        """A row is 35.12 µs at 7.98 USD an hour, 7.785e-8 USD; 163,840 B at half a cent for a GB and hour are 2.2756e-10 USD a second: 342 s."""
        assert scenario()["row_life"] == pytest.approx(7.785e-8 / 2.2756e-10, rel=1e-3)

    def test_prompts_take_their_share(self):
        """2,816 rows of 35.12 µs are 98.9 ms, 512 tokens of 138.8 µs are 71.0 ms: 58.2 % for the prompt."""
        found = scenario(prompt=2816, output=512)
        assert found["prompt_share"] == pytest.approx(98.9 / (98.9 + 71.0), rel=2e-3)


class TestMeasuredPair:
    """Two published runs whose lengths are exchanged, and what they say about others."""

    def test_nvidias_pair(self):
        """128 / 762 = 168.0 ms and 2,048 / 6,651 = 307.9 ms. 2,048 r + 192 w = 168.0 and 128 r + 2,048 w = 307.9: (2,048 · 168.0 − 192 · 307.9) / (2,048² − 192 · 128) = 284,900 / 4,169,728 = 68.3 µs."""
        found = scenario()
        assert found["pair_request_time"] == pytest.approx(0.16798, rel=1e-4)
        assert found["mirrored_request_time"] == pytest.approx(0.30792, rel=1e-4)
        assert found["measured_input_time"] == pytest.approx(68.33e-6, rel=1e-3)

    @pytest.mark.parametrize(
        ("prompt", "output", "microseconds", "ratio"),
        [
            (2048, 128, 219.1, 3.21),
            (128, 2048, 146.1, 2.14),
            (2048, 2048, 256.1, 3.75),
            (5000, 500, 430.3, 6.30),
            (20000, 2000, 1605, 23.5),
        ],
    )
    def test_writing_in_each_of_nvidias_runs(self, prompt, output, microseconds, ratio):
        """2,048 / 3,082 = 664.5 ms, less 2,048 · 68.33 µs = 139.9 ms, over 2,048: 256.1 µs, 3.75 times the reading. In the pair itself 219.1 µs are 1.5 times 146.1."""
        found = scenario(
            measurement=f"trt10-70b-h100x2-{prompt}x{output}", prompt=prompt, output=output
        )
        assert found["measured_output_time"] == pytest.approx(microseconds * 1e-6, rel=2e-3)
        assert found["measured_output_ratio"] == pytest.approx(ratio, rel=3e-3)

    def test_what_was_put_in_comes_out(self):
        """Reading 3, writing 5 and in the first run 10: 10 in and 2 out take 50, 2 in and 10 out take 56."""
        assert measured_pair.measured_input_time(10, 2, 50, 56, 2) == pytest.approx(3)
        assert measured_pair.measured_output_time(10, 2, 2 / 50, 3) == pytest.approx(10)

    def test_a_run_is_no_pair_with_itself(self):
        assert isinstance(measured_pair.measured_input_time(5, 5, 1, 1, 1), Reason)
        assert isinstance(measured_pair.measured_input_time(6, 5, 1, 1, 2), Reason)

    def test_half_as_much_again_is_the_machines_own_line(self):
        """A context of 2,112 fits 237 readers, 22.6 ms ÷ 237 = 95.4 µs; one of 1,152 is a row of 35.1 µs and 1,152 · 163,840 B ÷ 6.7 TB/s = 28.2 µs: 63.3 µs."""
        first, mirrored = (
            scenario(measurement=f"trt10-70b-h100x2-{run}", context=context)["full_output_time"]
            for run, context in (("2048x128", 2112), ("128x2048", 1152))
        )
        assert first / mirrored == pytest.approx(95.4 / 63.3, rel=5e-3)
        assert scenario()["pair_writing_ratio"] == pytest.approx(first / mirrored, rel=0.01)


class TestServiceDay:
    """DeepSeek's day to 28 February 2025."""

    def test_hits(self):
        """342 of 608 billion: 56.25 %; of 73,700 a node really reads 32,243."""
        assert scenario()["day_hit_share"] == pytest.approx(0.5625)
        assert scenario()["day_fresh_input"] == pytest.approx(73_700 * 0.4375)
        assert isinstance(service_day.day_hit_share(2, 1), Reason)

    def test_two_costs(self):
        """32,243 / 14,800 = 2.179. 87,072 USD over 266 + 2.179 · 168 = 632.0 billion: 0.1378 USD a million in, 0.300 out. A node's 16 USD an hour over 14,800 token/s is the same 0.300."""
        found = scenario()
        assert found["day_output_ratio"] == pytest.approx(2.1786, rel=1e-4)
        assert found["day_input_cost"] == pytest.approx(87_072 / 632.0e9, rel=1e-3)
        assert found["day_output_cost"] == pytest.approx(16 / 3600 / 14_800, rel=0.01)
