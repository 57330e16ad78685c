"""Serving, worked by hand: queues, chunks, transfers, speculation, prices and energy, each docstring with its arithmetic."""

import random

import pytest

from hooks.costs import (
    cached_input,
    chunk,
    disaggregation,
    energy,
    latency,
    load,
    price_card,
    queue,
    speculation,
)
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from tests.real import ENGINE, pinned


def scenario(**given: float | str) -> Scenario:
    """The series' running scenario, Llama 3.1 70B in FP8 on two H100s, prompts of 2,048 and answers of 512, without launches and latency, but for what is given."""
    given = {"launch_time": 0, "collective_latency": 0} | given
    return pinned(**given)


class TestLatency:
    """From the arrival to the last token."""

    def test_a_request_of_splitwise(self):
        """155 ms to the first token and 120 more steps of 40 ms: 4.955 s; published median: 4.957 s (split-e2e-a100)."""
        assert latency.end_to_end(0.155, 121, 1, 1, 0.040) == pytest.approx(4.957, rel=0.001)

    def test_the_first_token_follows_no_gap(self):
        """121 tokens have 120 gaps: (4.955 − 0.155) / 120 = 40 ms. The classical slip divides by 121: 39.7 ms."""
        assert latency.tpot(4.955, 0.155, 121, 1, 1) == pytest.approx(0.040)
        assert isinstance(latency.tpot(0.2, 0.2, 1, 1, 1), Reason)

    def test_tpot_is_the_step_over_its_tokens(self):
        assert scenario()["tpot"] == pytest.approx(scenario()["decode_step"])
        assert scenario(tokens_per_step=2)["tpot"] == pytest.approx(
            scenario(tokens_per_step=2)["decode_step"] / 2
        )

    def test_ttft_is_queue_prompt_and_step(self):
        """0.35 s in the queue and the prompt, one step of 10 ms."""
        assert latency.ttft(0.35, 1, 0.010) == pytest.approx(0.36)
        assert latency.ttft(0.35, 0, 0.010) == 0.35

    def test_mean_itl(self):
        """One prompt of 4 chunks a second at 50 ms: 20 % of the time, 4 long gaps a second beside 80 short ones of 10 ms.

        4 of 84 gaps are long, 4.76 %; the mean is 1 s over 84, 11.9 ms.
        """
        share = latency.mixed_time_share(1, 1, 1, 4, 0.050)
        gaps = latency.mixed_gap_share(share, 0.050, 0.010)
        assert (share, gaps) == (pytest.approx(0.2), pytest.approx(4 / 84))
        assert latency.mean_itl(gaps, 0.050, 0.010) == pytest.approx(1 / 84)
        assert isinstance(latency.mixed_time_share(5, 1, 1, 4, 0.050), Reason)

    def test_without_arrivals_every_gap_is_a_step(self):
        assert scenario(arrival_rate=0)["mean_itl"] == scenario()["decode_step"]


class TestChunks:
    """A prompt read piece by piece."""

    def test_the_last_chunk_is_taken_short(self):
        assert [chunk.chunks(prompt, 512) for prompt in (1, 512, 513, 2048)] == [1, 1, 2, 4]

    def test_rereads(self):
        """Four chunks of 512 look back at 0 + 512 + 1024 + 1536 = 3072 tokens; n²/2C would be 4096, and nears it with more chunks."""
        assert chunk.chunk_rereads(512, 4) == 3072
        assert chunk.chunk_rereads(512, 256) / (131_072**2 / 2 / 512) == pytest.approx(1, rel=0.005)
        assert chunk.chunk_rereads(512, 1) == 0

    def test_a_window_bounds_what_is_read_again(self):
        """Chunks of 512 and a window of 1300: 0 + 512 + 1024 + 1300 + 1300."""
        within = chunk.chunks_in_window(1300, 512, 5)
        assert within == 2
        assert chunk.window_rereads(512, 5, within, 1300) == 512 + 1024 + 1300 + 1300
        assert chunk.window_rereads(
            512, 3, chunk.chunks_in_window(9999, 512, 3), 9999
        ) == chunk.chunk_rereads(512, 3)

    def test_the_tax(self):
        """3072 tokens of 327,680 B over 6.7 TB/s: 0.150 ms, 0.08 % of the prefill's 183 ms."""
        assert scenario()["chunk_tax"] == pytest.approx(3072 * 327_680 / 6.7e12)
        assert scenario()["chunk_tax"] == pytest.approx(0.15024e-3, rel=1e-4)

    def test_half_the_chunk_is_nearly_twice_the_tax(self):
        long, short = (
            scenario(prompt=131_072, chunk_size=1024),
            scenario(prompt=131_072, chunk_size=512),
        )
        assert short["chunk_tax"] / long["chunk_tax"] == pytest.approx(2, rel=0.01)

    def test_chunks_leave_the_flops_as_they_are(self):
        """Pairs of tokens, chunk by chunk: C·start + C²/2 summed over the starts 0, 512, 1024, 1536 are 2048²/2."""
        assert sum(512 * start + 512 * 512 / 2 for start in range(0, 2048, 512)) == 2048 * 2048 / 2
        found = scenario()
        assert (
            found["mixed_matmul_time"] + found["mixed_attention_compute_time"]
        ) * 4 == pytest.approx(found["prefill_time"] + 4 * found["compute_time"])
        assert (
            scenario(chunk_size=64)["prefill_attention_flops"] == found["prefill_attention_flops"]
        )

    def test_a_mixed_iteration(self):
        """A quarter of 183.288 ms and 0.041 ms of the batch: 45.863 ms of FLOPs, against 10.4 ms of weights and 0.4 ms of cache."""
        assert scenario()["mixed_step"] == pytest.approx(183.288e-3 / 4 + 40.546e-6, rel=1e-5)
        assert scenario()["mixed_rows"] == 513

    def test_a_chunk_of_the_whole_prompt_is_no_chunk(self):
        """One iteration of 183.33 ms, as long as 17.0 ordinary steps of 10.77 ms."""
        whole = scenario(chunk_size=2048)
        assert (
            whole["mixed_step"]
            == pytest.approx(whole["unchunked_step"])
            == pytest.approx(0.183329, rel=1e-5)
        )
        assert whole["prefill_stall"] == pytest.approx(0.183329 / 10.774237e-3, rel=1e-5)
        assert scenario(chunk_size=9999)["mixed_rows"] == 2049

    def test_a_chunk_touches_nearly_all_experts(self):
        """DeepSeek-V3: 256 · (1 − (31/32)^513) = 255.99998 experts; a single sequence touches 8."""
        found = scenario(model="deepseek-v3", chips=8, accelerator="h200")
        assert found["mixed_experts"] == pytest.approx(256, rel=1e-6)
        assert found["mixed_weights_time"] > 10 * found["weights_time"]


class TestQueue:
    """Prompts that wait for each other."""

    def test_distserves_mean(self):
        """0.2 + 3 · 0.2² / (2 · (1 − 0.6)) = 0.2 + 0.12 / 0.8 = 0.35 s (mdq1-ttft)."""
        assert scenario(prefill_time=0.2, arrival_rate=3)["prefill_ttft"] == pytest.approx(0.35)

    def test_a_simulated_queue_agrees(self):
        """100,000 random arrivals, 0.2 s each, three a second: the mean wait is 0.15 s. M/M/1 would give 0.3 s, the classical slip."""
        chance, free, now, waited = random.Random(7), 0.0, 0.0, 0.0
        for _ in range(100_000):
            now += chance.expovariate(3)
            waited += max(0.0, free - now)
            free = max(free, now) + 0.2
        assert (
            waited / 100_000
            == pytest.approx(queue.queue_wait(0.6, 0.2, 1), rel=0.05)
            == pytest.approx(0.15, rel=0.05)
        )

    def test_nobody_waits_on_an_empty_machine(self):
        assert scenario(arrival_rate=0)["queue_wait"] == 0

    def test_a_full_machine_has_no_mean(self):
        assert isinstance(scenario(prefill_time=0.2, arrival_rate=5)["prefill_ttft"], Reason)

    def test_the_batch_within_the_target(self):
        """50 ms less 10 ms of weights leave 40 at 1 ms a sequence; FLOPs at 2 ms a sequence besides allow 50 / 3 = 16.7."""
        assert queue.target_batch(0.050, 0, 0.010, 0.001, 0.0001) == pytest.approx(40)
        assert queue.target_batch(0.050, 0, 0.010, 0.001, 0.002) == pytest.approx(50 / 3)
        assert isinstance(queue.target_batch(0.010, 0, 0.010, 0.001, 0.002), Reason)

    def test_arrivals_of_a_batch(self):
        """1.6 a second, each for 500 steps of 50 ms: 1.6 · 25 s = 40."""
        assert load.in_flight(1.6, 25) == pytest.approx(40)


class TestLoad:
    """Little's law with both clocks."""

    def test_compute_bound(self):
        """100 steps a second, 2 ms of overhead, 4 ms of matrices and 1 ms of cache a sequence: B = 100 · (2 + 5) ms / 0.5 = 1.4, and 100 · (2 + 2.4 · 5) ms = 1.4."""
        assert load.settled_batch(100, 0, 0.002, 1, 0.004, 0.001) == pytest.approx(1.4)
        assert isinstance(load.settled_batch(200, 0, 0.002, 1, 0.004, 0.001), Reason)

    @pytest.mark.parametrize("overhead", [0.0, 0.005, 0.05])
    @pytest.mark.parametrize("context", [64, 2048])
    def test_the_larger_fixed_point_is_the_fixed_point(self, overhead, context):
        """Stepping B ← R · t(B + 1), with t the matrices, then attention, and the overhead, ends where the closed form says."""
        found = scenario(overhead=overhead, context=context, arrival_rate=8, chips=4, prompt=128)
        batch = 0.0
        for _ in range(5000):
            batch = found["shared_steps"] * (
                max(found["weights_time"], (batch + 1) * found["matmul_time_per_sequence"])
                + (batch + 1) * found["attention_time_per_sequence"]
                + overhead
            )
        assert found["steady_batch"] == pytest.approx(batch, rel=1e-6)

    def test_beyond_capacity_and_unstable(self):
        assert scenario(arrival_rate=2)["steady_batch"].text.startswith("beyond capacity")
        assert scenario(arrival_rate=4.5)["steady_batch"].text.startswith("unstable")
        assert scenario(arrival_rate=1.7)["steady_batch"] < 30

    def test_prompts_take_their_share_of_the_capacity(self):
        """8k prompts: a request takes 0.78 s of prefill and 512 · 22.39 ms / 30 = 0.38 s of steps: 0.86 a second, not 2.62."""
        found = scenario(prompt=8192)
        assert found["capacity_rate"] == pytest.approx(
            1 / (found["prefill_time"] + 512 * found["capacity_step"] / 30)
        )
        assert found["capacity_rate"] == pytest.approx(0.86, abs=0.01)
        assert found["decode_capacity_rate"] == pytest.approx(2.617, rel=1e-3)
        assert found["capacity_step"] == pytest.approx(scenario(batch=30)["decode_step"])

    def test_prompts_on_the_same_machine_lengthen_every_stay(self):
        """18.3 % of the time goes to prompts: as if 1 / 0.817 as many steps were asked for."""
        found = scenario()
        share = found["prefill_load"]
        assert found["steady_batch"] == pytest.approx(
            scenario(arrival_rate=1 / (1 - share))["settled_batch"]
        )
        assert found["steady_batch"] > found["settled_batch"]


class TestDisaggregation:
    """Two machines and a link."""

    def test_the_cache_of_a_prompt(self):
        """2048 tokens of 327,680 B: 671 MB; it is what a sequence of that context holds."""
        assert scenario()["prompt_cache"] == 2048 * 327_680
        for model in (
            "llama-3.1-70b",
            "deepseek-v3",
            "gemma-3-27b",
            "qwen3-next-80b-a3b",
            "mistral-7b",
        ):
            found = scenario(model=model, prompt=8192, context=8192)
            assert found["prompt_cache"] == pytest.approx(found["kv_stored"]), model

    def test_the_bandwidth_that_distserve_asks_for(self):
        """OPT-66B: a prompt of 512 tokens is 1.13 GB as printed; ten a second are 11.3 GB/s, the printed 90 Gbit/s."""
        assert disaggregation.transfer_demand(10, 1, 1.13 * 1e9) * 8 == pytest.approx(
            90e9, rel=0.01
        )

    def test_a_transfer_uses_one_direction(self):
        """671 MB at NVLink's 450 GB/s one way: 1.49 ms. The classical slip takes the printed 900 GB/s, both ways together: 0.75 ms."""
        found = scenario(transfer_bandwidth=450e9)
        assert (
            found["transfer_time"]
            == pytest.approx(671_088_640 / 450e9)
            == pytest.approx(1.4913e-3, rel=1e-4)
        )
        assert ENGINE.scenario["link_bandwidth"] == 450e9

    @pytest.mark.parametrize("transfer", [0.02, 0.18, 0.2, 1.0])
    def test_what_streaming_hides(self, transfer):
        """Eighty layers, each computed in 1/80 of 0.18 s and then sent, one after the other: what is left when the last is computed."""
        computed = sent = 0.0
        for _ in range(80):
            computed += 0.18 / 80
            sent = max(sent, computed) + transfer / 80
        assert disaggregation.exposed_transfer(transfer, 0.18, 1, 80) == pytest.approx(
            sent - computed
        )

    def test_the_scaling_books_pools(self):
        """0.91 s · 32 / (512 · 19 ms) = 29.12 / 9.728 = 2.99 (pd-ratio-70b)."""
        assert disaggregation.pool_ratio(0.91, 32, 512, 1, 0.019) == pytest.approx(2.9934, rel=1e-4)


class TestSpeculation:
    """Guesses and checks."""

    @pytest.mark.parametrize(
        ("alpha", "gamma", "tokens", "flops"), [(0.6, 2, 1.96, 1.53), (0.8, 5, 3.69, 1.63)]
    )
    def test_leviathans_table(self, alpha, gamma, tokens, flops):
        """(1 − 0.6³)/0.4 = 1.96 and 3/1.96 = 1.53; (1 − 0.8⁶)/0.2 = 3.689 and 6/3.689 = 1.63 (spec-a06-g2, spec-a08-g5)."""
        found = speculation.expected_tokens(alpha, gamma, 1)
        assert found == pytest.approx(tokens, rel=0.005)
        assert speculation.speculation_flops(gamma, 0, 1, found) == pytest.approx(flops, rel=0.005)

    def test_the_target_adds_its_own_token(self):
        """No guess holds: one token. All hold: γ + 1, not γ, the classical slip."""
        assert (speculation.expected_tokens(0, 4, 1), speculation.expected_tokens(1, 4, 1)) == (
            1,
            5,
        )
        assert speculation.expected_tokens(0.999999, 4, 1) == pytest.approx(5, rel=1e-5)

    def test_counted_out(self):
        """α = 1/2, two guesses: 1 with chance 1/2, 2 with 1/4, 3 with 1/4: 1.75."""
        assert speculation.expected_tokens(0.5, 2, 1) == 0.5 * 1 + 0.25 * 2 + 0.25 * 3

    def test_speed_up(self):
        """3.36 tokens for four guesses of a twentieth: 3.3616 / 1.2 = 2.80, what a small batch sees."""
        assert scenario()["speculation_speedup"] == pytest.approx(3.3616 / 1.2)
        assert scenario()["speculation_gain"] == pytest.approx(3.3616 / 1.2)

    def test_one_mtp_head(self):
        """1 + α: 1.8 to 1.9 at the published 80 to 90 %, where 1.8 was measured (mtp-v3)."""
        assert (
            speculation.mtp_tokens(0.8)
            == 1.8
            == pytest.approx(speculation.expected_tokens(0.8, 1, 1))
        )

    def test_checks_are_free_below_the_critical_batch(self):
        """295.4 / 5 = 59.1 sequences: cache aside, 59 are checked in the time of a step, 60 are not."""
        assert scenario()["free_check_batch"] == pytest.approx(59.08, rel=1e-3)
        inside, outside = scenario(batch=58, context=1), scenario(batch=61, context=1)
        assert inside["check_step"] == inside["decode_step"]
        assert outside["check_step"] > outside["decode_step"]
        assert scenario(tokens_per_step=2)["free_check_batch"] == pytest.approx(
            scenario()["free_check_batch"]
        )

    def test_at_the_limit_nothing_is_gained(self):
        """The closed form is where the gain, computed with both clocks, passes one."""
        limit = scenario(context=128)["speculation_limit"]
        assert scenario(context=128, batch=limit)["speculation_gain"] == pytest.approx(1)
        assert (
            scenario(context=128, batch=limit / 2)["speculation_gain"]
            > 1
            > scenario(context=128, batch=2 * limit)["speculation_gain"]
        )

    def test_a_long_cache_pays_at_any_batch_and_a_poor_draft_at_none(self):
        assert scenario(context=32_768)["speculation_limit"].text.startswith("pays at any batch")
        assert scenario(acceptance=0.1, draft_cost=0.3)["speculation_limit"].text.startswith(
            "never pays"
        )

    def test_guesses_of_a_mixture_touch_more_experts(self):
        """DeepSeek-V3: five tokens touch 256 · (1 − (31/32)⁵) = 37.6 experts, one touches 8: the check costs more at batch 1."""
        found = scenario(model="deepseek-v3", accelerator="h200", chips=8)
        assert found["checked_experts"] == pytest.approx(256 * (1 - (31 / 32) ** 5))
        assert found["speculation_gain"] < found["speculation_speedup"]
        assert isinstance(found["speculation_limit"], Reason)


class TestCachedInput:
    """Read again, load, or keep."""

    def test_load_or_recompute(self):
        """671 MB at 50 GB/s are 13.4 ms against 183.3 ms of prefill: 13.7 times faster, 7.3 % of the cost."""
        assert scenario()["cache_load_speedup"] == pytest.approx(183.288 / 13.4218, rel=1e-4)
        assert scenario()["cached_input_ratio"] == pytest.approx(0.073228, rel=1e-4)

    def test_break_even(self):
        """0.183288 s · 0.006 USD/s less 0.0134218 · 0.006 are 0.101920 cents; 0.671 GB at half a cent an hour: 1093 s."""
        assert scenario()["break_even_life"] == pytest.approx(
            0.0010192 / (0.67108864 * 0.005 / 3600), rel=1e-4
        )

    def test_a_slow_tier_is_not_worth_it(self):
        assert isinstance(scenario(tier_bandwidth=1e9)["break_even_life"], Reason)
        assert cached_input.break_even_life(3, 1, 0.5) == 4


class TestPrices:
    """What a price card says."""

    def test_list_prices(self):
        """GPT-4o 10 : 2.50 : 1.25, Kimi K2 2.50 : 0.60 : 0.15, Claude Sonnet 4.5 3 → 6 and 15 → 22.50."""
        assert (price_card.list_output_ratio(10, 2.5), price_card.list_cached_ratio(1.25, 2.5)) == (
            4,
            0.5,
        )
        assert (
            price_card.list_output_ratio(2.5, 0.6),
            price_card.list_cached_ratio(0.15, 0.6),
        ) == pytest.approx((4.167, 0.25), rel=0.001)
        assert (price_card.long_input_step(6, 3), price_card.long_output_step(22.5, 15)) == (2, 1.5)

    @pytest.mark.parametrize(
        ("card", "output", "cached"),
        [
            ("gpt-4o-2024-10", 10 / 2.5, 1.25 / 2.5),
            ("gpt-5-2025-08", 10 / 1.25, 0.125 / 1.25),
            ("kimi-k2-0905-2025-11", 2.5 / 0.6, 0.15 / 0.6),
            ("claude-sonnet-4.5-2025-10", 15 / 3, 0.3 / 3),
            ("deepseek-chat-2025-02", 1.1 / 0.27, 0.07 / 0.27),
        ],
    )
    def test_cards(self, card, output, cached):
        """Ratios of what the card prints, a million tokens or one."""
        found = scenario(price_card=card)
        assert (found["list_output_ratio"], found["list_cached_ratio"]) == pytest.approx(
            (output, cached)
        )

    def test_a_card_is_read_in_dollars_a_token(self):
        """Gemini 2.5 Pro: 1.25 USD for 10⁶ tokens. The classical slip takes them for a token."""
        assert scenario()["list_input_price"] == pytest.approx(1.25e-6)
        assert scenario().text("list_output_price") == "$10.00/M\u202ftokens"

    @pytest.mark.parametrize(
        ("card", "threshold", "input_step", "output_step"),
        [
            ("claude-sonnet-4.5-2025-10", 200_000, 6 / 3, 22.5 / 15),
            ("gpt-5.4-2026-03", 272_000, 5 / 2.5, 22.5 / 15),
            ("gemini-1.5-pro-2024-10", 128_000, 2.5 / 1.25, 10 / 5),
            ("qwen3.6-plus-2026-04", 256_000, 2 / 0.5, 6 / 3),
        ],
    )
    def test_long_tiers(self, card, threshold, input_step, output_step):
        found = scenario(price_card=card)
        assert (
            found["long_threshold"],
            found["long_input_step"],
            found["long_output_step"],
        ) == pytest.approx((threshold, input_step, output_step))

    def test_a_card_without_a_price_says_so(self):
        assert (
            scenario(price_card="qwen3.6-plus-2026-04")["list_cached_ratio"].text
            == "Qwen3.6 Plus (2026-04) has no list price of cached input"
        )
        assert scenario(price_card="gpt-5-2025-08")["implied_kv_high"].text.startswith(
            "GPT-5 (2025-08) has no "
        )

    def test_every_card_stands_in_order(self):
        """Its id and name end with the month of its date; reading a hit costs less than reading afresh, and writing no less; a long tier has all three of its figures, and is dearer."""
        cards = ENGINE.catalogue.tables["price_cards"]
        assert len(cards) >= 40
        for row in cards.values():
            price = {key: cell.value for key, cell in row.cells.items()}
            month = row.extra["date"][:7]
            assert row.id.endswith(f"-{month}") and row.name.endswith(f" ({month})") and row.family
            assert (
                price.get("cached_input_price", 0) < price["input_price"] <= price["output_price"]
            )
            tier = {key for key in price if key.startswith("long_")}
            assert tier in (
                set(),
                {"long_input_price", "long_output_price", "long_context_threshold"},
            )
            assert not tier or (
                price["long_input_price"] > price["input_price"]
                and price["long_output_price"] > price["output_price"]
            )

    def test_deepseeks_margin(self):
        """562,027 / 87,072 − 1 = 5.4547: the published 545 % (ds-margin)."""
        assert price_card.profit_margin(562_027, 87_072) == pytest.approx(5.45, rel=0.005)
        assert scenario()["profit_margin"] == pytest.approx(5.4547, rel=1e-4)

    def test_the_troughs(self):
        """DeepSeek's 226.75 of 278 nodes: what can wait costs at most 18.4 % less; an even day leaves nothing to fill."""
        assert price_card.batch_discount(226.75, 278) == pytest.approx(0.184, abs=0.0005)
        assert price_card.batch_discount(0.8, 0.8) == 0
        assert isinstance(price_card.batch_discount(0.9, 0.8), Reason)

    def test_matched_bytes(self):
        """139.0 GFLOP over 590.7 FLOP/B: 235.3 MB can be read while a token computes."""
        assert scenario()["matched_bytes"] == pytest.approx(139_006_066_688 / (1979 / 3.35))

    def test_a_price_step_as_an_interval(self):
        """Half as much again at 200,000 tokens, margins of 50 to 60 %: a = 235.3 MB / 200,000 = 1176.5 B.

        Low: 1.5 · 0.4 / 0.5 − 1 = 0.2, 235 B. High: 1.5 · 0.5 / 0.4 = 1.875, 2206 B.
        """
        assert scenario()["implied_kv_low"] == pytest.approx(0.2 * 1176.53, rel=1e-4)
        assert scenario()["implied_kv_high"] == pytest.approx(1.875 * 1176.53, rel=1e-4)

    def test_the_interval_holds_what_was_put_in(self):
        """Price both tiers of a known machine with margins inside the bounds, clocks added or overlapped: its cache is found."""
        matched, true = 235e6, 1000.0
        for short_margin in (0.5, 0.55, 0.6):
            for long_margin in (0.5, 0.55, 0.6):
                for long_cost in (matched + 200_000 * true, max(matched, 200_000 * true)):
                    step = long_cost / (1 - long_margin) / (matched / (1 - short_margin))
                    assert price_card.implied_kv_low(
                        matched, 1, 200_000, step, 0.5, 0.6
                    ) <= true * (1 + 1e-9)
                    assert long_cost == matched or price_card.implied_kv_high(
                        matched, 1, 200_000, step, 0.5, 0.6
                    ) >= true * (1 - 1e-9)

    def test_without_doubt_about_margins_the_interval_is_the_two_clocks(self):
        """r − 1 if they add, r if they overlap."""
        assert price_card.implied_kv_low(100, 1, 1, 1.5, 0.5, 0.5) == 50
        assert price_card.implied_kv_high(100, 1, 1, 1.5, 0.5, 0.5) == 150

    def test_margins_alone_may_explain_a_step(self):
        assert scenario(low_margin=0.2, high_margin=0.8)["implied_kv_low"] == 0
        assert isinstance(scenario(low_margin=0.8, high_margin=0.2)["implied_kv_low"], Reason)


class TestQuantisation:
    """Bits with their scales."""

    @pytest.mark.parametrize(
        ("precision", "value", "scale", "group", "bits"),
        [
            ("q8_0", 8, 16, 32, 8.5),
            ("q4_0", 4, 16, 32, 4.5),
            ("mxfp4", 4, 8, 32, 4.25),
            ("nvfp4", 4, 8, 16, 4.5),
            ("int4-g32", 4, 32, 32, 5),  # a scale and a zero
        ],
    )
    def test_formats(self, precision, value, scale, group, bits):
        """value + scale / group: the width that the catalogue gives the format. Forgetting the scale is the classical slip."""
        assert value + scale / group == bits
        assert scenario(precision=precision)["weight_width"] * 8 == bits


class TestExpectedSpeculation:
    """A check as engines take it."""

    def test_a_check_by_hand(self):
        """Weights 8 ms at 0.8 of the bandwidth are 10 ms, matrices 1 ms at 0.5 only 2; attention 0.4 ms at 0.8 is 0.5; overhead 1.5: 12 ms.

        3 tokens in 12 + 4 · 0.05 · 10 = 14 ms are 214 a second, 2.14 times one in 10 ms.
        """
        assert speculation.expected_check_matrices(8e-3, 0.8, 1e-3, 0.5, "a") == pytest.approx(0.01)
        assert speculation.expected_check_matrices(8e-3, 0.8, 1e-3, 0, "a") == pytest.approx(0.01)
        assert speculation.expected_check_step(
            1, 0.01, 0.4e-3, 0.8, 0.1e-3, 1.5e-3
        ) == pytest.approx(0.012)
        speed = speculation.expected_speculative_speed(3, 0.012, 4, 1, 0.05, 0.01)
        assert speed == pytest.approx(3 / 0.014)
        assert speculation.expected_speculation_gain(speed, 1, 0.01) == pytest.approx(3 / 1.4)

    def test_it_is_refused_where_arithmetic_decides_and_none_was_fitted(self):
        at = scenario(calibration="nim-h100", batch=4096, context=64)
        assert at["expected_speculative_speed"].text.startswith("no published run to fit")

    def test_no_check_is_faster_than_its_floor_nor_than_a_step(self):
        for batch in (1, 8, 64):
            at = scenario(batch=batch)
            assert at["expected_check_step"] >= at["check_step"]
            assert at["expected_check_step"] >= at["expected_step"]


class TestEnergy:
    """Joules of a token."""

    def test_a_token(self):
        """1400 W · 10.774 ms = 15.08 J alone; at batch 32, 1400 W · 23.194 ms / 32 = 1.01 J."""
        assert scenario()["token_energy"] == pytest.approx(15.0839, rel=1e-4)
        assert scenario(batch=32)["token_energy"] == pytest.approx(1.01475, rel=1e-4)

    def test_electricity(self):
        """15.08 J at 0.08 USD for 3.6 MJ: 0.335 USD a million tokens, half a percent of the rent."""
        assert scenario()["token_electricity"] == pytest.approx(0.33520e-6, rel=1e-4)
        assert scenario()["electricity_share"] == pytest.approx(0.33520 / 64.6454, rel=1e-4)

    def test_a_request(self):
        """2048 · 0.1253 J + 512 · 15.08 J = 7.98 kJ."""
        assert scenario()["request_energy"] == pytest.approx(7979.5, rel=1e-4)

    def test_the_building_comes_on_top(self):
        assert energy.machine_power(2, 700, 0.8, 1.25) == 1400

    def test_what_to_expect_has_hosts_and_idle_hours(self):
        """2 · (700 · 0.75 + 350) = 1750 W; half idle, 2 · (700 · (0.375 + 0.075) + 350) = 1330 W.

        500 tokens/s for half the time: 1330 / 250 = 5.32 J a token. 100 prompt tokens at 0.1 J and 10 at 5 J are 60 J.
        """
        assert energy.expected_machine_power(2, 700, 1, 0.75, 0.15, 350, 1) == 1750
        assert energy.expected_machine_power(2, 700, 0.5, 0.75, 0.15, 350, 1) == pytest.approx(1330)
        assert energy.expected_token_energy(1330, 500, 0.5) == pytest.approx(5.32)
        assert energy.expected_prompt_token_energy(1330, 500, 0.5) == pytest.approx(5.32)
        assert energy.expected_request_energy(1, 100, 0.1, 10, 5) == pytest.approx(60)

    def test_idle_hours_cost_and_nothing_expected_is_below_the_chips_alone(self):
        busy = scenario(batch=32)
        idle = scenario(batch=32, utilisation=0.5)
        assert idle["expected_token_energy"] > busy["expected_token_energy"]
        alone = scenario(batch=32, host_power=0)
        assert alone["expected_token_energy"] < busy["expected_token_energy"]

    @pytest.mark.parametrize(
        ("accelerator", "chips", "batch", "watts"),
        [
            ("h100-sxm", 4, 32, 1794.2),
            ("h100-sxm", 4, 64, 2001.5),
            ("h100-sxm", 4, 128, 2183.8),
            ("b200", 2, 32, 1735.0),
            ("b200", 2, 64, 1810.8),
            ("b200", 2, 128, 1913.1),
        ],
    )
    def test_the_chips_power_is_what_was_measured(self, accelerator, chips, batch, watts):
        """ML.ENERGY Leaderboard, commit 0cd52da, Llama 3.1 70B in BF16, average power of the chips alone."""
        at = scenario(accelerator=accelerator, chips=chips, batch=batch, host_power=0)
        assert at["expected_machine_power"] / watts == pytest.approx(1, abs=0.22)
