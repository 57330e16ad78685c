"""What a cut sends and what it saves, worked by hand: every docstring holds the arithmetic."""

import pytest

from hooks.formula.evaluate import Scenario
from tests.real import pinned


def scenario(**given: float | str) -> Scenario:
    """Llama 3.1 70B in FP8 on two H100s at 8,192 tokens, without launches; a sum takes 5 µs, whatever its bytes."""
    given = {"launch_time": 0, "all_reduce_form": 1, "collective_latency": 5e-6} | given
    return pinned(**given)


def runs(**given: float | str) -> Scenario:
    """gpt-fast's Llama 2 7B on one A100 beside the same on eight."""
    given = {
        "measurement": "gptfast-l2-7b-bf16",
        "model": "llama-2-7b",
        "chips": 1,
        "compared": "gptfast-l2-7b-tp8",
        "compared_ways": 8,
    } | given
    return scenario(**given)


class TestTheSum:
    """Bytes against reading, and waiting against reading."""

    def test_on_the_wire(self):
        """8,192 values of two bytes are 16,384 B; eight ways send 1.75 times that: 28,672 B / 450 GB/s = 63.7 ns."""
        eight = scenario(chips=8, tensor_parallel=8)
        assert eight["all_reduce_wire"] == pytest.approx(63.716e-9, rel=1e-4)

    def test_nothing_is_sent_where_nothing_is_cut(self):
        """One chip has every sum complete."""
        alone = scenario(chips=1, tensor_parallel=1)
        assert (alone["all_reduce_wire"], alone["all_reduce_time"]) == (0, 0)

    def test_a_layer(self):
        """Attention 150,994,944 and FFN 704,643,072 parameters and 16,384 of norms, a byte each, on eight times 3.35 TB/s: 31.93 µs."""
        assert scenario(chips=8, tensor_parallel=8)["layer_time"] == pytest.approx(
            855_654_400 / 26.8e12, rel=1e-4
        )

    def test_where_half_of_the_step_is_waiting(self):
        """One chip reads 69.5 GB + 2.68 GB in 21.55 ms; 160 sums of 5 µs wait 0.8 ms: 26.9 ways."""
        assert scenario()["waiting_ways"] == pytest.approx(26.9, abs=0.05)

    def test_launches_halve_it(self):
        """560 kernels of 1.3 µs are 0.728 ms more: 21.55 / 1.528 is 14.1 ways."""
        assert scenario(launch_time=1.3e-6)["waiting_ways"] == pytest.approx(14.1, abs=0.05)

    def test_the_way_it_is_cut_now_does_not_matter(self):
        """Eight chips read an eighth as long each: the same number of ways."""
        eight = scenario(chips=8, tensor_parallel=8)
        assert eight["waiting_ways"] == pytest.approx(scenario()["waiting_ways"], rel=1e-12)

    def test_a_faster_memory_makes_the_limit_lower(self):
        """The GB200 reads 72.2 GB in 9.0 ms: 11.3 ways with the same sums."""
        fast = scenario(accelerator="gb200")
        assert fast["waiting_ways"] == pytest.approx(11.3, abs=0.05)


class TestTheExchange:
    """Tokens that go to their experts and come back."""

    def test_what_a_chip_sends(self):
        """128 tokens to 8 experts: 1,024 copies of 7,168 + 56 · 4 = 7,392 B out and 14,336 B back, 22,249,472 B."""
        rack = scenario(
            model="deepseek-v3",
            accelerator="gb200",
            chips=64,
            tensor_parallel=1,
            expert_parallel=64,
            batch=8192,
        )
        assert rack["exchange_bytes"] == 22_249_472

    def test_a_step_has_one_in_each_layer_with_experts(self):
        """DeepSeek-V3 has 61 layers, the first three without experts: 58 · 487 µs = 28.25 ms."""
        measured = scenario(measurement="deepep-exchange-64", model="deepseek-v3")
        assert measured["measured_exchanges"] == pytest.approx(28.246e-3, rel=1e-4)


class TestTwoRuns:
    """The divided and the undivided part of a step, from the speeds at both ends, checked by the runs between them."""

    def test_the_divided_part(self):
        """1/104.9 s = 9.533 ms and 1/328.43 s = 3.045 ms; their difference over 1 − 1/8 is 7.415 ms of one chip."""
        assert runs()["divided_time"] == pytest.approx(7.415e-3, rel=1e-3)

    def test_the_undivided_part(self):
        """9.533 − 7.415 = 2.118 ms, and a thirty-second of it is 66.2 µs a layer."""
        assert runs()["undivided_time"] == pytest.approx(2.118e-3, rel=1e-3)
        assert runs()["undivided_per_layer"] == pytest.approx(66.2e-6, rel=1e-3)

    @pytest.mark.parametrize("ways, measured", [(2, 168.84), (4, 254.02)])
    def test_the_runs_between_are_foretold(self, ways: int, measured: float):
        """7.415/2 + 2.118 = 5.826 ms is 171.7 token/s, 7.415/4 + 2.118 = 3.972 ms is 251.8: within two percent."""
        assert runs(planned_ways=ways)["foretold_speed"] == pytest.approx(measured, rel=0.02)

    def test_a_model_ten_times_as_large(self):
        """46.904 and 16.000 ms over 1/2 − 1/8: 82.41 ms of one chip, 5.70 left; four ways take 26.30 ms, 38.0 token/s."""
        large = runs(
            measurement="gptfast-l2-70b-tp2",
            model="llama-2-70b",
            chips=2,
            compared="gptfast-l2-70b-tp8",
            planned_ways=4,
        )
        assert large["foretold_speed"] == pytest.approx(38.01, rel=0.002)
        assert large["undivided_per_layer"] == pytest.approx(71.2e-6, rel=2e-3)
