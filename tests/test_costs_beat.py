"""Beats, worked by hand: the freeze of a long prompt, the longest beat of a chunk, rows that ride for nothing, what a percentile sees."""

from itertools import pairwise

import pytest

from hooks.costs import beat, load
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from hooks.simulation.crowd import Crowd
from hooks.simulation.machine import Machine
from hooks.simulation.report import Spread
from hooks.simulation.simulator import Arrival, serve
from tests.real import pinned


def scenario(**given: float | str) -> Scenario:
    """32 readers of Llama 3.1 70B in FP8 on two H100s with 2,048 tokens each, a prompt of 32,768 at half of the rate, no pauses."""
    given = {
        "model": "llama-3.1-70b",
        "accelerator": "h100-sxm",
        "chips": 2,
        "precision": "fp8",
        "kv_precision": "fp8",
        "context": 2048,
        "prompt": 32_768,
        "batch": 32,
        "chunk_size": 2048,
        "prefill_mfu": 0.5,
        "launch_time": 0,
        "collective_latency": 0,
        "arrival_rate": 1 / 60,
    } | given
    return pinned(**given)


def beats(**given: float | str) -> list[float]:
    """The beats of the simulated engine while the prompt is read; it comes as soon as everybody is writing."""
    told = scenario(**given)
    readers, context = int(told["batch"]), int(told["context"])
    trace = serve(
        Machine.of(told),
        [Arrival(0, context - 100, 900)] * readers + [Arrival(8, int(told["prompt"]), 1)],
        int(told["chunk_size"]) + readers,
    )
    return [i.end - i.start for i in trace.iterations if i.start >= 8 and i.prompt_rows]


class TestFreeze:
    """A prompt that is read in one beat."""

    def test_a_row_of_the_prompt(self):
        """138.94 GFLOP at half of 3,958 TFLOP/s: 70.2 µs."""
        assert beat.prompt_row_time(138.94e9, 3958e12, 0.5) == pytest.approx(70.2e-6, rel=1e-3)
        assert scenario()["prompt_row_time"] == pytest.approx(70.2e-6, rel=1e-3)

    def test_looking_back_that_costs_as_much_as_the_row(self):
        """A pair takes 2 · 2 · 8,192 · 80 = 2.62 MFLOP: 138.94 G ÷ 2.62 M = 53,000 tokens."""
        assert beat.row_in_pairs(138.94e9, 2, 2 * 8192, 80, 0) == pytest.approx(53_000, rel=1e-3)

    def test_where_no_layer_looks_back_at_everything_there_is_no_such_length(self):
        reason = beat.row_in_pairs(138.94e9, 2, 2 * 8192, 80, 80)
        assert isinstance(reason, Reason)
        assert reason.text == "no layer looks back at the whole prompt"

    def test_the_napkin_gives_the_prefill(self):
        """32,768 · 70.2 µs · (1 + 32,768 ÷ 2 ÷ 53,000) = 2.30 s · 1.309 = 3.01 s."""
        told = scenario()
        napkin = told["prompt_row_time"] * 32_768 * (1 + 32_768 / 2 / told["row_in_pairs"])
        assert napkin == pytest.approx(told["prefill_time"], rel=1e-12)
        assert napkin == pytest.approx(3.01, rel=1e-3)


class TestLongestGap:
    """The last chunk looks back the furthest."""

    def test_the_last_chunk_of_2048(self):
        """2,048 · 70.2 µs = 144 ms of matrices, 31,744 ÷ 53,000 of that for looking back, 86 ms, and 1.4 ms of the batch's arithmetic: 231 ms."""
        assert scenario()["before_last_chunk"] == 30_720
        assert scenario()["longest_gap"] == pytest.approx(0.231, rel=2e-3)

    def test_a_chunk_as_long_as_the_prompt_is_the_freeze(self):
        whole = scenario(chunk_size=32_768)
        assert whole["longest_gap"] == pytest.approx(whole["unchunked_step"], rel=1e-12)
        assert scenario(chunk_size=99_999)["longest_gap"] == whole["longest_gap"]

    def test_it_is_longer_than_the_mean_chunk_and_the_early_ones(self):
        told = scenario()
        assert told["longest_gap"] > told["mixed_step"] > told["decode_step"]

    @pytest.mark.parametrize("chunk", [512, 2048, 8192])
    def test_the_simulated_engine_has_just_that_gap(self, chunk):
        """The readers' own caches grow by a token a beat, and hide behind the chunk's arithmetic."""
        told = scenario(chunk_size=chunk)
        assert max(beats(chunk_size=chunk)) == pytest.approx(told["longest_gap"], rel=0.01)

    def test_in_a_windowed_layer_only_the_window_counts(self):
        """2 layers, one with a window of 100: prompts of 300 and 200 have 300² + (300² − 200²) and 200² + (200² − 100²) half pairs: 140,000 less 70,000; times ½ · 2 · 8."""
        flops = beat.last_chunk_attention_flops(0.5, 2, 8, 2, 1, 300, 200, 200, 100, 0, 0)
        assert flops == 0.5 * 2 * 8 * 70_000
        assert beat.last_chunk_rereads(2, 1, 200, 100, 10, 2, 0, 10) == (200 + 100) * 20


class TestFreeRows:
    """The walk through the weights has room beside the batch."""

    def test_rows_that_ride_along(self):
        """10.37 ms of walk at 70.2 µs a row are 148 rows, of which the readers take 32: 116."""
        assert beat.free_rows(10.37e-3, 70.2e-6, 32, 1) == pytest.approx(116, abs=0.5)
        assert scenario()["free_rows"] == pytest.approx(116, abs=0.5)

    def test_a_batch_that_computes_leaves_none(self):
        assert beat.free_rows(0.010, 70e-6, 150, 1) == 0

    def test_so_many_rows_lengthen_a_beat_by_their_looking_back_alone(self):
        told = scenario(chunk_size=100)
        assert told["mixed_step"] - told["decode_step"] < 0.1 * told["decode_step"]


class TestPercentile:
    """A percentile counts gaps."""

    def test_one_in_a_hundred_decides(self):
        """If two in a hundred are long, half of those are longer than the percentile: of five chunks of 40 to 60 ms it is the third. If four are, it is the fourth of five; a lone chunk is its own longest."""
        ranks = [beat.rare_chunk(share, 0.01, 5) for share in (0, 0.01, 0.02, 0.04)]
        assert ranks == [0, 0, 3, 4]
        beats = [beat.gap_p99(rank, 5, 0.05, 0.06, 0.012) for rank in (0, 3, 4)]
        assert beats == pytest.approx([0.012, 0.05, 0.055])
        assert beat.gap_p99(1, 1, 0.06, 0.06, 0.012) == 0.06

    def test_one_gap_in_so_many(self):
        """Sixteen chunks beside 4,760 ordinary beats: one in 298. Without prompts there is none."""
        assert scenario()["gaps_per_long_gap"] == pytest.approx(298, rel=0.01)
        assert beat.gaps_per_long_gap(0).text == "no prompt arrives"

    def test_a_freeze_a_minute_is_not_seen_and_sixty_four_short_ones_are(self):
        """A minute has 57 s of ordinary beats, 4,750 of 12 ms. One of 3 s beside them is 0.02 %. 64 of 37 to 59 ms are 1.33 %, of which 0.33 lie below the percentile: it is the sixteenth, which looks back at 7,936 tokens: 35.9 · (1 + 7,936 ÷ 53,000) + 1.2 = 42.5 ms."""
        assert scenario(chunk_size=32_768)["gap_p99"] == scenario()["decode_step"]
        assert scenario(chunk_size=512)["gap_p99"] == pytest.approx(0.0425, rel=1e-3)
        assert scenario(chunk_size=512)["mixed_gap_share"] == pytest.approx(0.0133, rel=0.01)

    @pytest.mark.parametrize("chunk", [2048, 512, 256])
    def test_the_simulated_engine_has_that_percentile(self, chunk):
        """A minute of 32 readers' beats with the one long prompt in its middle."""
        told = scenario(chunk_size=chunk)
        names = ("weights_time", "kv_time", "matmul_time", "attention_compute_time")
        crowd = Crowd(
            *(told[name] for name in names),
            pause=0,
            tokens=32 * 2048,
            prompt=32_768,
            prompt_rows=told["prefill_matmul_time"],
            prompt_attention=told["prefill_attention_time"],
        )
        ends = [i.end for i in crowd.beats(chunk, [30], 60)]
        seen = Spread.of(later - sooner for sooner, later in pairwise(ends)).p99
        assert seen == pytest.approx(told["gap_p99"], rel=0.05)

    def test_others_prompts_in_the_mean(self):
        """24 others, each with a prompt of 0.368 s, while 500 tokens are written: 17.7 ms on top of every step."""
        told = scenario(batch=25, prompt=5000, output=500, context=5250)
        assert load.others_wait(25, 1, 0.368, 1, 500) == pytest.approx(0.0177, rel=0.01)
        assert told["served_step"] == told["decode_step"] + told["others_wait"]
