"""Pools, by hand and against the simulated engine."""

from dataclasses import replace
from itertools import product

import pytest

from hooks.costs import pools, promise
from hooks.data.engine import Engine
from hooks.formula.quantity import Reason
from hooks.formula.reference import scenario_from
from hooks.simulation.machine import NOTHING, Machine
from hooks.simulation.simulator import fixed, poisson, simulate

GIVEN = {
    "model": "llama-3.1-70b",
    "accelerator": "h100-sxm",
    "chips": "2",
    "precision": "fp8",
    "kv_precision": "fp8",
    "context": "5250",
    "prompt": "5000",
    "output": "500",
    "prefill_mfu": "55",
    "overhead": "8",
    "chunk_size": "2048",
    "launch_time": "0",
    "collective_latency": "0",
    "ttft_target": "2",
    "tpot_target": "30",
}


class TestPools:
    def test_the_smaller_of_gap_and_memory_seats_writers(self):
        assert pools.writing_seats(90, 95) == 90
        assert pools.writing_seats(240, 95) == 95

    def test_arithmetic_takes_the_place_of_the_walk(self):
        """Ten riders of 2 s each outlast a walk of 10 s; three don't."""
        assert pools.writing_beat(3, 2, 10, 1) == 11
        assert pools.writing_beat(10, 2, 10, 1) == 1
        assert pools.writing_rider(0.5, 2, 3, 10) == 0.5
        assert pools.writing_rider(0.5, 2, 10, 10) == 2.5

    def test_a_crowd_and_its_chance_fill_the_seats(self):
        """Where nobody slows anybody down, 49 + 2 · 7 = 63 seats; where 49 do, 49 + 2 · √(49 · 2) = 68.8."""
        assert pools.writing_crowd(63, 2, 1, 1e12) == pytest.approx(49)
        assert pools.writing_crowd(49 + 2 * 98**0.5, 2, 1, 49) == pytest.approx(49)

    def test_too_few_seats_are_refused(self):
        """One on average, and two deviations of one, are three seats."""
        assert isinstance(pools.writing_crowd(2.99, 2, 1, 1e12), Reason)
        assert pools.writing_crowd(3.01, 2, 1, 1e12) > 1

    def test_little(self):
        """49 aboard, 10 beats of 1 + 50 · 0.02 = 2 seconds: 2.45 a second."""
        assert pools.writing_rate(49, 10, 1, 1, 0.02) == pytest.approx(2.45)

    def test_a_prompt_and_what_the_promise_leaves(self):
        """4 s and a pause of 1 s; of 10 s a beat of 1 s (0.6 s and 4 riders of 0.1 s), a transfer of 0.5 s and the prompt leave 3.5 s."""
        assert pools.pool_prompt(4, 1, 1) == 5
        assert pools.pool_budget(10, 1, 0.6, 4, 0.1, 1, 0.5, 5) == pytest.approx(3.5)

    def test_readers_solve_the_queue(self):
        """Twice 6 s less 2 prompts of 1 s, over twice 6 s and 3 of them: 10/15 of the time busy."""
        assert pools.reading_rate(6, 1, 2, 3, 11, 100, 1) == pytest.approx(10 / 15)
        assert isinstance(pools.reading_rate(1, 1, 3, 3, 3, 3, 1), Reason)

    def test_both_pools_share_the_machines(self):
        """One writer for two readers: 3 machines take 2 a second."""
        assert pools.split_ratio(2, 1) == 2
        assert pools.split_rate(1, 2) == pytest.approx(2 / 3)
        assert pools.split_gain(3, 2) == 1.5

    @pytest.mark.parametrize(
        ("machines", "reading", "writing", "total"),
        [(9, 1.4, 4.96, 9.8), (4, 1.4, 4.96, 4.2), (2, 1, 10, 1), (2, 10, 1, 1), (3, 1, 2, 2)],
    )
    def test_whole_machines(self, machines, reading, writing, total):
        """Seven and two; three and one; never a pool without a machine."""
        assert pools.split_total(machines, reading, writing) == pytest.approx(total)

    def test_machines_that_do_both(self):
        assert pools.joint_total(9, 0.57) == pytest.approx(5.13)


SEATS = (5, 14.4, 37.8, 95, 720)
SPREADS = (1, 2.4, 2.56, 3)
CALM = (6, 17.6, 22.5, 140, 1e9)
BUDGETS = (0.4, 0.6, 1.5, 9.6, 30)
PROMPTS = (0.05, 0.37, 0.42, 0.59)
TANGENTS = ((2.4, 3.33, 1.3, 10), (2, 3, 1, 9))


def test_what_is_written_twice_says_the_same():
    """The crowd of some seats, in three places, and the rate that a queue allows, in two."""
    for seats, spread, calm in product(SEATS, SPREADS, CALM):
        crowd = promise.gap_crowd(seats, spread, 1, calm)
        assert promise.memory_crowd(seats, spread, 1, calm) == crowd
        assert crowd + spread * (crowd * (1 + crowd / calm)) ** 0.5 == pytest.approx(seats)
        assert promise.crowd_spread(2.4, 1, calm) == pools.writing_spread(2.4, 1, calm)
        writing = pools.writing_crowd(seats, spread, 1, calm)
        assert writing == crowd if crowd > 1 else isinstance(writing, Reason)
    for budget, prompt, tangents in product(BUDGETS, PROMPTS, TANGENTS):
        both = [
            rate(budget, prompt, *tangents, 2)
            for rate in (promise.first_token_rate, pools.reading_rate)
        ]
        if 2 * budget > tangents[2] * prompt:
            assert both[0] == both[1] > 0
        else:
            assert all(isinstance(each, Reason) for each in both)


def test_the_simulated_engine_agrees():
    """Four thousand requests by chance: a machine that does both, one that reads, one that writes, each at the rate that it can promise, keep thirty milliseconds and two seconds within a twentieth."""
    told, mistakes = scenario_from(GIVEN, Engine().scenario)
    assert not mistakes
    plain = Machine.of(told)
    machine = replace(
        plain, prompt_row_time=plain.prompt_row_time + told["prompt_sums_time"] / 5000
    )
    answers = {"prompt": fixed(5000), "output": fixed(500)}
    both = simulate(
        machine, poisson(told["promised_rate"], 4000, **answers, seed=1), budget=2048, margin=300
    )
    reads = simulate(
        machine, poisson(told["reading_rate"], 4000, fixed(5000), fixed(1), seed=2), margin=300
    )
    writer = replace(plain, prompt_row_time=0, prompt_attention_time=NOTHING)
    writes = simulate(
        writer, poisson(told["writing_rate"], 4000, **answers, seed=3), budget=1 << 20, margin=300
    )
    assert 0.95 < both.tpot.p99 / 0.03 < 1.05
    assert 0.95 < writes.tpot.p99 / 0.03 < 1.05
    assert 0.9 < (reads.ttft.p99 + 0.03) / 2 < 1.0


def test_a_fitting_chunk_takes_half_as_much_again():
    """Rows that ride in the shadow of the weights cost no time: cut to 384, one machine that does both keeps the promise at 0.84 requests a second, and two pools take 1.3 times that."""
    told, mistakes = scenario_from(GIVEN, Engine().scenario)
    assert not mistakes
    plain = Machine.of(told)
    machine = replace(
        plain, prompt_row_time=plain.prompt_row_time + told["prompt_sums_time"] / 5000
    )
    both = simulate(
        machine,
        poisson(0.84, 4000, fixed(5000), fixed(500), seed=1),
        budget=384,
        margin=300,
    )
    assert 0.95 < both.tpot.p99 / 0.03 < 1.01
    assert both.ttft.p99 < 2
    assert 1.25 < told["split_rate"] / 0.84 < 1.35
    assert 1.5 < 0.84 / told["promised_rate"] < 1.6


def test_a_looser_gap_never_takes_less():
    """A machine that keeps a tight promise keeps a loose one."""
    rates = [
        scenario_from({**GIVEN, "tpot_target": gap}, Engine().scenario)[0]["split_rate"]
        for gap in ("25", "30", "40", "50", "100")
    ]
    assert rates == sorted(rates)
