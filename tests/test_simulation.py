"""The simulated engine against the closed forms: exactly where they are identities, within the run's own noise elsewhere."""

import os
import subprocess
import sys
from itertools import accumulate, pairwise
from math import ceil, isnan, nan, sqrt

import pytest

from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Impossible, Reason
from hooks.simulation.crowd import Crowd
from hooks.simulation.machine import Machine, Reach
from hooks.simulation.report import Report, Spread
from hooks.simulation.simulator import Arrival, fixed, geometric, poisson, regular, serve, simulate
from tests.real import ENGINE
from tests.test_walls import PURE, ROOT, allowed, files, imports

EVERYTHING = 1 << 20
"""A budget that takes in every prompt at once."""

SMALL = Machine(
    weights_time=0.010,
    kv_time=Reach(per_token=1e-5),
    prompt_row_time=1e-4,
    overhead=0.002,
    blocks=60,
    block_size=16,
)
"""Holds 960 tokens: memory is what a busy hour runs out of."""

BUSY = poisson(30, 400, geometric(60), geometric(30))
POLICIES = [(None, None), (EVERYTHING, None), (64, None), (16, 8), (None, 4)]


def scenario(model: str = "llama-3.1-8b", **given: float) -> Scenario:
    return ENGINE.scenario.pinned(
        {"model": model, "chips": 1.0, "bandwidth_efficiency": 0.7, "overhead": 1e-3, **given}
    )


class TestMachine:
    """The simulator has no cost model of its own."""

    @pytest.mark.parametrize(
        "model",
        [
            "llama-3.1-8b",
            "deepseek-v3",
            "gemma-3-27b",
            "gpt-oss-120b",
            "qwen3-next-80b-a3b",
            "mistral-7b",
        ],
    )
    @pytest.mark.parametrize(("batch", "context"), [(1, 300), (64, 2000), (2000, 9)])
    def test_a_decode_step_is_the_formulas(self, model, batch, context):
        """Dense, latent, windowed, sparse and linear alike, whichever clock decides."""
        told = ENGINE.scenario.pinned(
            {
                "model": model,
                "chips": 16.0,
                "batch": float(batch),
                "context": float(context),
                "overhead": 1e-3,
            }
        )
        assert Machine.of(told).iteration([context] * batch, []) == pytest.approx(
            told["decode_step"], rel=1e-12
        )

    @pytest.mark.parametrize(
        "model", ["llama-3.1-8b", "deepseek-v3", "gemma-3-27b", "qwen3-next-80b-a3b"]
    )
    def test_a_prompt_read_whole_takes_the_formulas_prefill(self, model):
        told = scenario(model, chips=16.0, prompt=6000.0)
        assert Machine.of(told).iteration([], [(0, 6000)]) == pytest.approx(
            told["prefill_time"] + told["step_overhead"], rel=1e-12
        )

    @pytest.mark.parametrize(
        "model", ["llama-3.1-8b", "deepseek-v3", "gemma-3-27b", "qwen3-next-80b-a3b"]
    )
    def test_memory_holds_the_formulas_largest_batch(self, model):
        told = scenario(model, chips=16.0)
        assert Machine.of(told).blocks // told["blocks_per_sequence"] == told["max_batch"]

    def test_an_impossible_scenario_says_why(self):
        with pytest.raises(Impossible) as raised:
            Machine.of(scenario("llama-3.1-405b"))
        assert raised.value.reason.text.startswith("does not fit")

    def test_speculation_is_refused(self):
        with pytest.raises(ValueError, match="plainly"):
            Machine.of(scenario(tokens_per_step=2.0))


class TestOneIteration:
    """What a batch and a prompt cost when nothing is left to chance."""

    def test_a_batch_decodes_at_the_formulas_step(self):
        """32 requests at once, prompts first: then gap k reads 500 + k tokens each, and the mean gap is the step at 500 + 99/2."""
        told = scenario(batch=32.0)
        trace = serve(Machine.of(told), [Arrival(0, 500, 101)] * 32)
        gaps = [later - sooner for sooner, later in pairwise(trace.requests[-1].tokens)]
        steps = [told.pinned({"context": 500.0 + number})["decode_step"] for number in range(100)]
        assert gaps == pytest.approx(steps, rel=1e-9)
        assert sum(gaps) / 100 == pytest.approx(
            told.pinned({"context": 549.5})["decode_step"], rel=1e-9
        )

    def test_a_lone_request(self):
        """TTFT is the prefill; then one step a token, and one token fewer than the answer has."""
        told = scenario(prompt=2048.0)
        alone = simulate(Machine.of(told), [Arrival(3, 2048, 50)])
        assert alone.ttft.p50 == pytest.approx(
            told["prefill_time"] + told["step_overhead"], rel=1e-12
        )
        assert alone.end_to_end.mean == pytest.approx(alone.ttft.mean + 49 * alone.tpot.mean)
        assert (alone.requests, alone.utilisation) == (1, pytest.approx(1))

    @pytest.mark.parametrize("chunk", [128, 512, 4096])
    def test_the_chunk_tax(self, chunk):
        """Chunk k reads again the k·C tokens before it: C · m(m−1)/2 for m = n/C chunks, n²/(2C) less half a prompt."""
        reader = Machine(kv_time=Reach(per_token=1.0))
        read = simulate(reader, [Arrival(0, 8192, 1)], budget=chunk).ttft.mean
        assert read == 8192 * (8192 - chunk) / (2 * chunk)
        assert read == pytest.approx(8192**2 / (2 * chunk) - 8192 / 2)

    @pytest.mark.parametrize("chunk", [300, 512, 4096])
    def test_chunks_bring_no_further_arithmetic(self, chunk):
        """A prompt that computes takes its prefill in any chunks, but for an overhead in each of ceil(n/C)."""
        told = scenario(prompt=8000.0)
        trace = serve(Machine.of(told), [Arrival(0, 8000, 1)], budget=chunk)
        assert len(trace.iterations) == ceil(8000 / chunk)
        assert trace.iterations[-1].end == pytest.approx(
            told["prefill_time"] + ceil(8000 / chunk) * told["step_overhead"], rel=1e-12
        )


class TestLittle:
    """Sequences present are arrivals times the time that each one stays."""

    @pytest.mark.parametrize(("budget", "seats"), POLICIES)
    def test_littles_law_is_an_identity_of_the_trace(self, budget, seats):
        """L from a head count between all arrivals and departures, λ and W from the requests."""
        trace = serve(SMALL, BUSY, budget, seats)
        moves = sorted(
            [(r.arrival, 1) for r in trace.requests] + [(r.tokens[-1], -1) for r in trace.requests]
        )
        heads = accumulate(change for _, change in moves)
        area = sum(
            present * (later - sooner)
            for present, ((sooner, _), (later, _)) in zip(heads, pairwise(moves), strict=False)
        )
        report = Report.of(trace)
        assert report.in_flight == pytest.approx(area / report.span, rel=1e-9)
        assert report.in_flight == pytest.approx(
            report.arrival_rate * report.end_to_end.mean, rel=1e-9
        )

    @pytest.mark.parametrize("budget", [EVERYTHING, 64])
    def test_it_holds_for_the_batch_alone(self, budget):
        """Where no decode ever waits, a sequence decodes from its first token to its last."""
        report = simulate(SMALL, BUSY, budget)
        assert report.batch == pytest.approx(
            report.arrival_rate * (report.end_to_end.mean - report.ttft.mean), rel=1e-9
        )

    def test_the_batch_settles_where_the_formula_says(self):
        """130 tokens are 129 steps over 16 to 144 cached tokens, 80 on average.

        Without queues N requests give a head count within 1/√N of its mean, and a batch that slows itself down by
        1/(1 − b) wanders that much further: three deviations of 4000 requests at b = 0.29 are 6.7 %.
        """
        told = scenario(
            "llama-2-7b",
            bandwidth_efficiency=1.0,
            overhead=0.0,
            context=80.0,
            output=129.0,
            arrival_rate=180.0,
        )
        share = told["steps_demanded"] * told["kv_time_per_sequence"]
        report = simulate(
            Machine.of(told), poisson(180, 4000, fixed(16), fixed(130)), budget=1024, margin=200
        )
        assert report.batch == pytest.approx(
            told["settled_batch"], rel=3 / sqrt(4000) / (1 - share)
        )

    def test_long_answers_weigh_twice(self):
        """A geometric answer of m more steps is met at age m on average, not m/2: the formula holds at context 16 + 129."""
        told = scenario(
            "llama-2-7b",
            bandwidth_efficiency=1.0,
            overhead=0.0,
            context=145.0,
            output=129.0,
            arrival_rate=110.0,
        )
        share = told["steps_demanded"] * told["kv_time_per_sequence"]
        report = simulate(
            Machine.of(told), poisson(110, 2500, fixed(16), geometric(130)), budget=1024, margin=200
        )
        assert report.batch == pytest.approx(
            told["settled_batch"], rel=3 * sqrt(2 / 2500) / (1 - share)
        )

    def test_a_sequence_slows_itself_too(self):
        """Where one cache is a fifth of the weights, the fixed point a/(1−b) is a fifth too low.

        As a processor-sharing queue the batch is negative binomial, of mean (a + b)/(1 − b): here a = 2.88 steps' worth
        of weights and b = 0.576 of cache a second make 6.79 and 8.15. Iterations are whole, which adds some 2 %.
        """
        machine = Machine(weights_time=0.005, kv_time=Reach(fixed=0.001))
        found = simulate(
            machine, poisson(9, 6_000, fixed(1), geometric(65)), budget=EVERYTHING, margin=300
        ).batch
        assert found == pytest.approx(
            (2.88 + 0.576) / (1 - 0.576), rel=0.02 + 2 * sqrt(2 / 6_000) / (1 - 0.576)
        )
        assert found > 1.1 * 2.88 / (1 - 0.576)


class TestQueues:
    """Waiting, and what happens when the machine cannot keep up."""

    PREFILL = Machine(prompt_row_time=1e-3)

    @pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
    def test_the_wait_for_a_prefill_is_that_of_an_m_d_1_queue(self, load):
        """DistServe, Eq. 1: D + R·D²/(2(1 − R·D)); twelve runs tell their own noise, four of their standard errors are allowed."""
        rate = load / 0.1
        runs = [
            simulate(
                self.PREFILL, poisson(rate, 1500, fixed(100), fixed(1), seed), margin=100
            ).ttft.mean
            for seed in range(12)
        ]
        mean = sum(runs) / 12
        error = sqrt(sum((run - mean) ** 2 for run in runs) / 11 / 12)
        assert mean == pytest.approx(0.1 + rate * 0.01 / (2 * (1 - load)), abs=4 * error)
        assert error < 0.05 * mean

    def test_every_single_wait_is_lindleys(self):
        """The next one waits what is left of this one's wait and service: max(0, wait + D − gap)."""
        arrivals = poisson(8, 1000, fixed(100), fixed(1))
        waits = [0.0]
        for sooner, later in pairwise(arrivals):
            waits.append(max(0.0, waits[-1] + 0.1 - (later.time - sooner.time)))
        served = serve(self.PREFILL, arrivals).requests
        assert [r.tokens[0] - r.arrival for r in served] == pytest.approx(
            [wait + 0.1 for wait in waits], abs=1e-9
        )

    def test_nobody_waits_when_arrivals_keep_their_distance(self):
        assert simulate(
            self.PREFILL, regular(9.9, 500, fixed(100), fixed(1))
        ).ttft.p99 == pytest.approx(0.1)

    def test_beyond_capacity_the_queue_grows_as_long_as_requests_come(self):
        """Twice the traffic, twice the queue; meanwhile the machine gives what its eight seats can."""
        machine = Machine(weights_time=0.010, kv_time=Reach(per_token=1e-5))
        short, long = (
            simulate(machine, poisson(100, count, fixed(100), fixed(101)), budget=512, seats=8)
            for count in (400, 800)
        )
        assert long.in_flight / short.in_flight == pytest.approx(2, rel=0.05)
        assert long.ttft.mean / short.ttft.mean == pytest.approx(2, rel=0.05)
        assert long.throughput == pytest.approx(8 / machine.iteration([150] * 8, []), rel=0.03)

    def test_where_the_formula_says_unstable_the_simulation_is(self):
        """Caches come faster than they can be read: the queue doubles with the traffic, and just below it does not."""
        told = scenario("llama-2-7b", context=80.0, output=129.0, arrival_rate=500.0)
        assert isinstance(told["settled_batch"], Reason)
        short, long = (
            simulate(
                Machine.of(told), poisson(500, count, fixed(16), fixed(130)), budget=1024
            ).in_flight
            for count in (400, 800)
        )
        assert long > 1.4 * short
        short, long = (
            simulate(
                Machine.of(told), poisson(100, count, fixed(16), fixed(130)), budget=1024
            ).in_flight
            for count in (400, 800)
        )
        assert long < 1.2 * short


@pytest.fixture(scope="module")
def reports() -> dict[int | None, Report]:
    """Twenty short questions a second, and three long prompts, under three budgets."""
    traffic = poisson(20, 600, fixed(32), geometric(100)) + regular(3, 90, fixed(4000), fixed(20))
    return {
        budget: simulate(Machine.of(TestChunking.TOLD), traffic, budget)
        for budget in (None, 1024, 256)
    }


class TestChunking:
    """A long prompt in the middle of other people's answers."""

    TOLD = scenario(prompt=4000.0, context=200.0, batch=16.0)

    def test_a_prompt_read_whole_stalls_everybody(self, reports):
        """One gap in a hundred or more holds a whole prefill, while half of all gaps are still short."""
        assert reports[None].itl.p99 > self.TOLD["prefill_time"]
        assert reports[None].itl.p50 < 1.2 * self.TOLD["decode_step"]

    def test_chunks_cut_the_longest_gaps_to_their_own_length(self, reports):
        """At most the budget's rows at the prefill's rate, with the attention that the end of the prompt pays."""
        machine = Machine.of(self.TOLD)
        for budget in (1024, 256):
            assert reports[budget].itl.p99 <= machine.iteration(
                [200] * 16, [(4000 - budget, budget)]
            )
        assert reports[256].itl.p99 < reports[1024].itl.p99 / 2 < reports[None].itl.p99 / 4

    def test_the_long_prompt_itself_pays(self, reports):
        assert reports[None].ttft.p99 < reports[1024].ttft.p99 < reports[256].ttft.p99


class TestBooks:
    """Nothing is lost, lent twice or done by chance."""

    @pytest.mark.parametrize(("budget", "seats"), POLICIES)
    def test_every_token_is_read_and_written_once(self, budget, seats):
        trace = serve(SMALL, BUSY, budget, seats)
        assert sum(i.prompt_rows for i in trace.iterations) == sum(a.prompt for a in BUSY)
        assert sum(i.decoding for i in trace.iterations) == sum(a.output - 1 for a in BUSY)
        assert [(r.arrival, r.prompt, r.output) for r in trace.requests] == BUSY
        assert all(
            len(r.tokens) == r.output and r.cached == r.prompt + r.output - 1
            for r in trace.requests
        )

    @pytest.mark.parametrize(("budget", "seats"), POLICIES)
    def test_time_runs_forward_and_first_come_is_first_served(self, budget, seats):
        trace = serve(SMALL, BUSY, budget, seats)
        assert all(
            sooner.end <= later.start < later.end for sooner, later in pairwise(trace.iterations)
        )
        firsts = [r.tokens[0] for r in trace.requests]
        assert firsts == sorted(firsts)
        assert all(r.arrival < r.tokens[0] and r.tokens == sorted(r.tokens) for r in trace.requests)

    @pytest.mark.parametrize(("budget", "seats"), POLICIES)
    def test_memory_is_never_overcommitted(self, budget, seats):
        trace = serve(SMALL, BUSY, budget, seats)
        assert all(i.cached <= i.reserved * 16 and 0 < i.reserved <= 60 for i in trace.iterations)
        assert all(i.decoding + i.prompt_rows <= budget for i in trace.iterations if budget)
        if seats is None:
            assert max(i.reserved for i in trace.iterations) > 55, "or the limit was never near"

    def test_a_request_that_can_never_fit_is_refused(self):
        """900 + 61 tokens, of which the last is never cached, are 60 blocks; one more is too many."""
        simulate(SMALL, [Arrival(0, 900, 61)])
        with pytest.raises(ValueError, match="61 blocks never fits into 60"):
            simulate(SMALL, [Arrival(0, 900, 62)])

    @pytest.mark.parametrize(("prompt", "output"), [(0, 5), (5, 0)])
    def test_an_empty_request_is_refused(self, prompt, output):
        with pytest.raises(ValueError, match="of a token at least"):
            simulate(SMALL, [Arrival(0, prompt, output)])

    @pytest.mark.parametrize(("budget", "seats"), POLICIES)
    def test_a_report_is_in_order(self, budget, seats):
        report = simulate(SMALL, BUSY, budget, seats, margin=40)
        for spread in (report.ttft, report.itl, report.tpot, report.end_to_end):
            assert 0 < spread.p50 <= spread.p99 and spread.mean <= spread.p99
        assert report.ttft.p99 <= report.end_to_end.p99
        assert 0 < report.kv_occupancy <= report.kv_reserved <= 1 and 0 < report.utilisation <= 1
        assert 0 < report.batch <= report.in_flight and report.requests == 320

    def test_margins_leave_the_steady_state(self):
        """Two requests a second of 30 tokens are 60 tokens a second; a whole trace counts its ends as well."""
        traffic = regular(2, 100, fixed(60), fixed(30))
        assert simulate(SMALL, traffic, 64, margin=10).throughput == pytest.approx(60)
        whole = simulate(SMALL, traffic, 64)
        assert whole.throughput == pytest.approx(3000 / whole.span)

    def test_a_percentile_is_one_of_the_values(self):
        assert Spread.of(range(1, 201)) == (100.5, 100, 198)
        assert Spread.of([7.0]) == (7, 7, 7)
        assert all(isnan(value) for value in Spread.of([])) and Spread.of([]) == (nan, nan, nan)

    def test_the_same_seed_gives_the_same_bits(self):
        first, again, other = (
            simulate(SMALL, poisson(5, 200, geometric(60), geometric(30), seed), 64)
            for seed in (1, 1, 2)
        )
        assert first == again and repr(first) == repr(again)
        assert first != other

    def test_even_in_another_process(self):
        program = "from tests.test_simulation import BUSY, SMALL, simulate; print(simulate(SMALL, BUSY, 64))"
        environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": "."}
        run = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == repr(simulate(SMALL, BUSY, 64))

    def test_lengths_have_their_means(self):
        """A geometric length spreads as wide as its mean: 40 on average, within three deviations of 20,000 draws."""
        drawn = [arrival.output for arrival in poisson(1, 20_000, fixed(1), geometric(40))]
        assert (
            sum(drawn) / 20_000 == pytest.approx(40, abs=3 * 40 / sqrt(20_000)) and min(drawn) == 1
        )

    def test_another_rate_leaves_the_lengths_alone(self):
        slow, fast = (poisson(rate, 50, geometric(60), geometric(30)) for rate in (1, 10))
        assert [arrival[1:] for arrival in slow] == [arrival[1:] for arrival in fast]
        assert [arrival.time for arrival in slow] == pytest.approx(
            [10 * arrival.time for arrival in fast]
        )

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"budget": 0}, "a budget"),
            ({"seats": 0}, "a seat"),
            ({"margin": 200}, "no request left"),
        ],
    )
    def test_an_engine_that_could_do_nothing_is_refused(self, wrong, message):
        with pytest.raises(ValueError, match=message):
            simulate(SMALL, BUSY, **wrong)


def test_the_room_imports_only_formulas_and_the_standard_library():
    names = {*PURE, "hooks.simulation", "hooks.formula"}
    assert [
        (path, module)
        for path in files("hooks/simulation")
        for _, module in imports(path)
        if not allowed(module, names)
    ] == []


class TestCrowd:
    """Readers who are writing already, as one sequence."""

    CROWD = Crowd(
        weights=0.010,
        cache=0.002,
        rows=0.001,
        attention=0.0001,
        pause=0.001,
        tokens=1000,
        prompt=400,
        prompt_rows=0.4,
        prompt_attention=0.08,
    )

    def test_without_a_prompt_every_beat_is_the_step(self):
        """10 ms of weights, 2 ms of caches, 1 ms of pauses; the caches grow by a thousandth a beat."""
        beats = self.CROWD.beats(None, [], 0.03)
        assert self.CROWD.step == pytest.approx(0.013)
        assert [beat.end - beat.start for beat in beats] == pytest.approx([0.013] * 3, rel=1e-3)

    def test_a_prompt_read_whole_is_one_beat_without_a_token_for_the_crowd(self):
        """0.4 s of rows, 0.08 s of looking back, 1 ms of pauses."""
        (freeze,) = (beat for beat in self.CROWD.beats(None, [0.1], 1) if beat.prompt_rows)
        assert freeze.end - freeze.start == pytest.approx(0.481)
        assert freeze.decoding == 0

    def test_chunks_deal_the_same_time_out(self):
        """Four chunks of 100 rows look back at 50, 150, 250, 350 tokens: 5, 15, 25, 35 ms beside 100 ms of rows, 1.1 ms of the crowd's and 1 ms of pauses."""
        beats = [beat for beat in self.CROWD.beats(100, [0.1], 1) if beat.prompt_rows]
        gaps = [beat.end - beat.start for beat in beats]
        assert gaps == pytest.approx([0.1071, 0.1171, 0.1271, 0.1371], rel=1e-3)
        assert all(beat.decoding for beat in beats)

    def test_a_freeze_is_one_gap(self):
        """Seven beats of 13 ms, then 0.481 s and one more beat: one gap in thirty-six is the long one."""
        gaps = self.CROWD.gaps(None, [0.09], 0.95)
        assert [length for length, _ in gaps] == [0.013, 0.49]
        assert gaps[0][1] == 1
        assert gaps[1][1] == pytest.approx(1 / 34, rel=0.1)

    def test_a_step_that_takes_no_time_has_no_beats(self):
        """A figure's numbers are zero where its scenario is impossible."""
        assert Crowd(0, 0, 0, 0, 0, 0, 0, 0, 0).beats(512, [1], 2) == []
