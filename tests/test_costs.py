"""The cost models, worked by hand: every docstring holds the arithmetic, or names who published the figure."""

import random
from fractions import Fraction

import pytest

from hooks.costs import cache, load, parameters, prefill, price, step, weights, work
from hooks.formula.declaration import Choice, Quantity
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from tests.real import ENGINE, pinned


def scenario(**given: float | str) -> Scenario:
    """The series' running scenario, Llama 3.1 70B in FP8 on two H100s at 8,192 tokens, without launches and latency, but for what is given."""
    given = {"launch_time": 0, "collective_latency": 0} | given
    return pinned(**given)


class TestParameters:
    """How many numbers a model is."""

    def test_attention_of_llama_3_1_8b(self):
        """4096 · 128 · (2 · 32 + 2 · 8) = 524,288 · 80 = 41,943,040."""
        assert scenario(model="llama-3.1-8b")["attention_params"] == 41_943_040

    def test_llama_3_1_8b(self):
        """32 · (41,943,040 + 3 · 4096 · 14,336 + 2 · 4096) = 6,979,584,000; two tables of 128,256 · 4096; 4096: the card's 8.03 B."""
        assert (
            scenario(model="llama-3.1-8b")["params"]
            == 6_979_584_000 + 2 * 525_336_576 + 4096
            == 8_030_261_248
        )

    def test_llama_3_1_70b_in_squares(self):
        """8192² = 67,108,864. A layer has 2 + 2 · 8/64 = 2.25 squares of attention, 3 · 28,672/8192 = 10.5 of FFN."""
        found = scenario()
        square = found["hidden_square"]
        assert square == parameters.hidden_square(8192) == 67_108_864
        assert found["attention_params"] == 2.25 * square
        assert found["ffn_params"] == 10.5 * square
        assert found["layer_params"] == 12.75 * square + 2 * 8192 == 855_654_400

    def test_layers_tables_and_the_last_norm_are_the_whole_model(self):
        """80 · 855,654,400 = 68,452,352,000; two tables of 128,256 · 8192 = 2,101,346,304; 8192: 70,553,706,496."""
        found = scenario()
        assert found["stack_params"] == 68_452_352_000
        assert found["table_params"] == 2_101_346_304
        assert (
            found["stack_params"] + found["table_params"] + 8192
            == found["params"]
            == 70_553_706_496
        )

    def test_a_dense_layers_ffn(self):
        """Llama 3.1 70B: 3 · 8192 · 28,672 = 704,643,072."""
        found = scenario(model="llama-3.1-70b")
        assert (found["layer_ffn_width"], found["layer_ffn_params"]) == (28_672, 704_643_072)

    def test_a_table_that_serves_both_ends_is_one(self):
        """Llama 3.2 1B: 128,256 · 2048 = 262,668,288, stored and multiplied once."""
        assert scenario(model="llama-3.2-1b")["table_params"] == 262_668_288

    def test_layers_of_a_model_with_experts(self):
        """Mixtral 8x7B: 32 · (41,943,040 + 8 · 176,160,768 + 8 · 4096 + 2 · 4096) = 46,440,644,608; two tables, a norm."""
        found = scenario(model="mixtral-8x7b")
        assert found["stacked_attention_params"] == 32 * 41_943_040
        assert found["stacked_ffn_params"] == 32 * (8 * 176_160_768 + 8 * 4096)
        assert found["layer_ffn_params"] == 8 * 176_160_768 + 8 * 4096
        assert found["layer_ffn_width"] == 8 * 14_336
        assert found["stack_params"] == 46_440_644_608 == found["params"] - 262_144_000 - 4096

    def test_tied_embeddings_are_stored_once(self):
        """Llama 3.2 1B: 16 · (10,485,760 + 50,331,648 + 4096) + 128,256 · 2048 + 2048 = 1,235,814,400, the published count."""
        found = scenario(model="llama-3.2-1b")
        assert (found["params"], found["input_embedding_params"]) == (1_235_814_400, 0)

    def test_llama_3_1_70b_and_405b(self):
        """The counts of the published checkpoints: 70,553,706,496 and 405,853,388,800."""
        assert scenario(model="llama-3.1-70b")["params"] == 70_553_706_496
        assert scenario(model="llama-3.1-405b")["params"] == 405_853_388_800

    def test_a_mixture_of_experts(self):
        """Mixtral 8x7B's published 46,702,792,704, and 12.9 B active: 6 of 8 experts less on each of 32 layers, 176,160,768 each."""
        found = scenario(model="mixtral-8x7b")
        assert found["params"] == 46_702_792_704
        assert found["params"] - found["active_params"] == 32 * 6 * 176_160_768

    def test_a_latent_attention(self):
        """DeepSeek-V3: 7168·1536 + 1536·128·192, 7168·576, 512·128·256 and 128·128·7168 make 187,105,280 a layer."""
        found = scenario(model="deepseek-v3")
        assert found["mla_query_params"] == 11_010_048 + 37_748_736
        assert (
            found["attention_params"]
            == 48_758_784 + 4_128_768 + 16_777_216 + 117_440_512
            == 187_105_280
        )

    def test_deepseek_v3(self):
        """Published: 671 B in all, 37 B active; 58 layers of 256 experts of 3 · 7168 · 2048."""
        found = scenario(model="deepseek-v3")
        assert (found["moe_layers"], found["dense_layers"], found["expert_params"]) == (
            58,
            3,
            44_040_192,
        )
        assert found["params"] == pytest.approx(671e9, rel=0.001)
        assert found["matmul_params"] == pytest.approx(37e9, rel=0.02)

    def test_a_query_without_a_latent(self):
        """DeepSeek-V2-Lite: 2048 · 16 · (128 + 64) = 6,291,456."""
        assert parameters.mla_query_params(2048, 0, 16, 128, 64, 1) == 6_291_456

    def test_a_model_of_dense_layers_has_no_layers_with_experts(self):
        assert (
            parameters.moe_layers(32, 0, 0, 0),
            parameters.moe_layers(61, 3, 256, 0),
            parameters.dense_layers(61, 58, 0),
        ) == (0, 58, 3)


class TestCache:
    """What each token leaves behind."""

    def test_one_number_of_the_design(self):
        """80 · 2048 · 2 = 327,680."""
        assert cache.kv_per_token(80, 2048, 2, 0, 0, 2048) == 327_680

    @pytest.mark.parametrize(
        ("model", "expected"),
        [
            ("llama-2-7b", 2 * 32 * 128 * 32 * 2),  # MHA: 524,288
            ("llama-3.1-70b", 2 * 8 * 128 * 80 * 2),  # GQA: 327,680
            ("llama-3.1-405b", 516_096),  # DeepSeek, Insights (2505.09343), table 1
            ("deepseek-v3", 70_272),  # the same table: MLA, 61 · 576 · 2
            ("qwen3-next-80b-a3b", 2 * 2 * 256 * 12 * 2),  # hybrid: 12 full layers, 24,576
        ],
    )
    def test_bytes_of_a_token(self, model, expected):
        assert scenario(model=model)["kv_per_token"] == expected

    def test_half_the_width_is_half_the_cache(self):
        assert scenario(kv_precision="fp8")["kv_per_token"] == 163_840

    def test_a_sequence_of_grouped_heads(self):
        """8192 · 327,680 = 2,684,354,560, 2.5 GiB."""
        assert scenario()["kv_per_sequence"] == 2_684_354_560 == 2.5 * 2**30

    def test_llama_2_13b_at_8k_is_the_scaling_books_6_7_gb(self):
        """2 · 40 · 128 · 40 · 2 · 8192 = 6,710,886,400."""
        assert scenario(model="llama-2-13b")["kv_per_sequence"] == 6_710_886_400

    def test_a_window_in_every_layer(self):
        """Mistral 7B at 16,384 keeps 4096 tokens of 131,072 B: a quarter of the full cache."""
        found = scenario(model="mistral-7b", context=16384)
        assert (found["kv_per_sequence"], found["window_saving"]) == (4096 * 131_072, 4)
        assert scenario(model="mistral-7b", context=1000)["kv_per_sequence"] == 1000 * 131_072

    def test_windows_in_five_layers_of_six(self):
        """Gemma 3 27B at 131,072: a layer's token is 2·16·128·2 = 8192 B; 10 full layers 10.74 GB, 52 of 1024 tokens 0.44 GB."""
        found = scenario(model="gemma-3-27b", context=131_072)
        assert found["kv_per_sequence"] == 10 * 131_072 * 8192 + 52 * 1024 * 8192 == 11_173_625_856

    def test_linear_layers_keep_a_fixed_state(self):
        """Qwen3-Next: 36 · 32 · 128 · 128 · 4 = 75,497,472 B in FP32, at one token as at 100,000, whatever the cache is kept in."""
        short, long = (
            scenario(model="qwen3-next-80b-a3b", context=1),
            scenario(model="qwen3-next-80b-a3b", context=100_000),
        )
        assert short["linear_state"] == long["linear_state"] == 75_497_472
        assert (
            scenario(model="qwen3-next-80b-a3b", kv_precision="fp8")["linear_state"] == 75_497_472
        )
        assert short["kv_per_sequence"] == 24_576 + 75_497_472
        assert long["kv_per_sequence"] - short["kv_per_sequence"] == 99_999 * 24_576

    def test_a_block_of_sixteen_tokens(self):
        """vLLM's table: 2 MiB for Llama 3.1 8B, 0.5 MiB for Llama 3.2 1B, 1.75 MiB for Qwen3 0.6B."""
        assert [
            scenario(model=model)["block_bytes"] / 2**20
            for model in ("llama-3.1-8b", "llama-3.2-1b", "qwen3-0.6b")
        ] == [2, 0.5, 1.75]

    def test_memory_left_for_the_cache(self):
        """The driver reports 79.11 GiB = 84,943,715,696.64 B: 2 · 0.9 · 84.944 − 70.553706496 GB = 82.344981758 GB."""
        assert scenario()["kv_memory"] == pytest.approx(82_344_981_758, rel=1e-10)
        assert scenario()["visible_memory"] == 79.11 * 2**30

    def test_where_no_report_is_known_the_printed_figure_counts(self):
        """An L40S is printed with 48 GB, and no report of its driver is in the catalogue."""
        assert scenario(accelerator="l40s")["visible_memory"] == 48e9
        assert cache.visible_memory(85e9, 80e9) == 85e9

    def test_capacity_is_no_lower_than_a_measured_machine(self):
        """Qwen3-235B in FP8 on four H100 at 93 %: SGLang reports 367,404 tokens (vLLM issue 21348)."""
        found = scenario(model="qwen3-235b-a22b", chips=4, memory_utilisation=0.93)
        assert found["kv_slots"] >= 367_404

    def test_a_workspace_takes_its_part_on_every_chip(self):
        """1 GB on each of two chips leaves 2 GB less; 8 + 3 of 10 do not fit."""
        assert scenario(activation_memory=1e9)["kv_memory"] == pytest.approx(
            80_344_981_758, rel=1e-10
        )
        assert isinstance(cache.kv_memory(1, 10.0, 8.0, 3.0), Reason)

    def test_the_largest_batch(self):
        """82,344,981,758 / 2,684,354,560 = 30.68: 30 whole sequences."""
        assert (scenario()["max_batch"], cache.max_batch(73_446_293_504, 2_684_354_560)) == (30, 27)

    def test_weights_that_do_not_fit_leave_no_batch(self):
        """70.55 B parameters in BF16 are 141 GB on one chip of 76 usable."""
        assert isinstance(scenario(chips=1, precision="bf16")["max_batch"], Reason)
        assert cache.kv_memory(1, 10.0, 10.0, 0.0) == 0, "just fitting is no mistake"

    def test_the_last_block_is_taken_whole(self):
        """8193 tokens take 513 blocks, 8208 tokens of 327,680 B."""
        found = scenario(context=8193)
        assert (found["blocks_per_sequence"], cache.blocks_per_sequence(8192, 16)) == (513, 512)
        assert found["paged_bytes"] == pytest.approx(8208 * 327_680, rel=1e-12)

    def test_paging_wastes_half_a_block_less_half_a_token(self):
        """Over the 16 places where a sequence may stop, 15 + 14 + … + 0 slots are empty: 7.5 on average."""
        assert cache.paging_waste(0.5, 16, 1, 1) == sum(range(16)) / 16 == 7.5
        assert cache.paging_waste_share(7.5, 92.5) == 0.075

    def test_a_reservation_wastes_what_is_never_used(self):
        """512 of 2048 used: three quarters wasted. 82.3 GB hold 122 reservations of 327,680 · 2048 B."""
        assert (
            cache.reservation_waste_share(512, 2048),
            cache.reservation_waste_share(2048, 2048),
        ) == (0.75, 0)
        assert isinstance(scenario(context=4096)["reservation_waste_share"], Reason)
        assert scenario()["max_batch_reserved"] == 122


class TestStep:
    """The race of two clocks."""

    def test_the_bytes_clock(self):
        """(70,553,706,496 − 128,256 · 8192) B + 2,684,354,560 B = 72,187,387,904 B; over 6.7 TB/s: 10.774 ms."""
        found = scenario()
        assert found["step_bytes"] == 69_503_033_344 + 2_684_354_560
        assert found["memory_time"] == pytest.approx(10.774237e-3, rel=1e-7)

    def test_the_flops_clock(self):
        """2 · 69,503,033,344 + 2 · (64 · 2 · 128) · 80 · 8192 = 160,480,903,168 FLOPs; over 3.958 PFLOP/s: 40.5 µs."""
        found = scenario()
        assert found["step_flops"] == 139_006_066_688 + 21_474_836_480
        assert found["compute_time"] == pytest.approx(40.545958e-6, rel=1e-7)

    def test_the_slower_clock_decides_and_the_overhead_comes_on_top(self):
        assert (step.matrices_time(3.0, 2.0), step.attention_time(1.0, 4.0)) == (3, 4)
        assert step.decode_step(3.0, 4.0, 0.5) == 7.5
        assert step.one_clock_floor(3.0 + 1.0, 2.0 + 4.0, 0.5) == 6.5

    def test_each_part_waits_for_a_clock_of_its_own(self):
        """Matrices: 2 s of weights, 3 s of arithmetic; attention: 4 s of cache, 1 s of arithmetic. Of 7 s 4 are spent on bytes."""
        assert (step.matrices_wait(2, 3), step.attention_wait(4, 1)) == ("arithmetic", "cache")
        assert step.bytes_wait(2, 3, 4, 1) == 4
        assert (step.decode_regime(4, 3, 4), step.decode_regime(3, 4, 3)) == ("memory", "compute")

    def test_a_batch_of_32_takes_little_longer_than_one(self):
        """(69.503 + 32 · 2.684) GB / 6.7 TB/s = 23.19 ms: 2.15 times as long for 32 times the work."""
        assert scenario(batch=32)["decode_step"] == pytest.approx(23.1943e-3, rel=1e-5)

    def test_half_the_bandwidth_is_twice_the_time(self):
        assert scenario(bandwidth_efficiency=0.5)["memory_time"] == pytest.approx(
            2 * scenario()["memory_time"]
        )

    def test_speed_and_throughput(self):
        """1 / 10.774 ms = 92.8 tokens a second; 32 sequences every 23.19 ms make 1380."""
        assert scenario()["user_speed"] == pytest.approx(92.814, rel=1e-5)
        assert scenario(batch=32)["throughput"] == pytest.approx(32 / 23.1943e-3, rel=1e-5)

    def test_the_ridge_point(self):
        """H100: 989 / 3.35 = 295 FLOP/B in BF16, twice that in FP8; A100 80 GB: 312 / 2.04 = 153."""
        assert scenario(precision="bf16")["ridge_point"] == pytest.approx(295.2, abs=0.05)
        assert scenario()["ridge_point"] == pytest.approx(1979 / 3.35)
        assert scenario(precision="bf16", accelerator="a100-80-sxm")[
            "ridge_point"
        ] == pytest.approx(153, rel=0.002)

    def test_the_critical_batch_depends_on_the_width_of_the_weights_against_the_rate(self):
        """BF16: 295 · 2 / 2; FP8: 591 · 1 / 2, the same; five-bit weights multiplied in BF16: 295 · 0.625 / 2 = 92."""
        assert scenario(precision="bf16")["critical_batch"] == pytest.approx(295.2, abs=0.05)
        assert scenario()["critical_batch"] == pytest.approx(295.4, abs=0.05)
        assert scenario(precision="int4-g32")["critical_batch"] == pytest.approx(92.3, abs=0.05)

    def test_the_critical_batch_of_a_mixture_of_experts(self):
        """DeepSeek-V3 uses 8 of 256 experts: 295.4 · 32 = 9452."""
        assert step.critical_batch(240.0, 2, 2, 1, 0, 0) == 240
        assert step.critical_batch(240.0, 2, 2, 3, 0, 0) == 80, (
            "three tokens a step need a third of the sequences"
        )
        assert scenario(model="deepseek-v3")["critical_batch"] == pytest.approx(9452, rel=1e-4)

    def test_the_clocks_meet_at_the_critical_batch_when_there_is_no_cache(self):
        """At one token of context 295 sequences wait for bytes and 296 for FLOPs; the cache of one token moves it by less than one."""
        assert scenario(batch=295, context=1)["decode_regime"] == "memory"
        assert scenario(batch=297, context=1)["decode_regime"] == "compute"

    def test_where_the_cache_weighs_as_much_as_the_weights(self):
        """69,503,033,344 / 2,684,354,560 = 25.9 sequences; / 327,680 = 212,106 tokens."""
        assert scenario()["kv_equals_weights"] == pytest.approx(25.8919, rel=1e-5)
        assert scenario()["crossover_tokens"] == pytest.approx(212_106.4, rel=1e-6)

    def test_the_roof(self):
        """Left of the ridge the slope, 2 · 3 B/s; right of it the flat top."""
        assert (step.attainable_flops(100, 2, 3), step.attainable_flops(100, 2, 80)) == (6, 100)

    def test_a_step_of_pure_reading_uses_the_bandwidth_and_little_else(self):
        """MFU: 160.5 GFLOPs in 10.774 ms of 3.958 PFLOP/s = 0.376 %."""
        assert scenario()["mbu"] == pytest.approx(1)
        assert scenario()["decode_mfu"] == pytest.approx(0.00376323, rel=1e-5)

    def test_each_context_token_lengthens_every_later_step(self):
        """327,680 B / 6.7 TB/s = 48.9 ns for each sequence."""
        assert scenario(batch=4)["itl_slope"] == pytest.approx(4 * 48.9075e-9, rel=1e-5)

    def test_the_rate_follows_the_precision(self):
        """B200: 2.25, 4.5 and 9 PFLOP/s."""
        rates = [
            scenario(accelerator="b200", precision=p)["peak_flops"]
            for p in ("bf16", "fp8", "nvfp4", "int8")
        ]
        assert rates == [2.25e15, 4.5e15, 9e15, 4.5e15]

    def test_speed_if_only_the_weights_were_read(self):
        """One walk through 69,503 MB at 6.7 TB/s takes 10.3736 ms: 96.399 tokens/s, and two tokens a walk twice that."""
        assert scenario()["walk_speed"] == pytest.approx(96.3988, rel=1e-5)
        assert step.walk_speed(2, 0.01) == 200


class TestWeights:
    """The bytes that a step reads."""

    def test_experts_that_a_batch_touches(self):
        """8 · (1 − 0.75⁴) = 8 · 0.68359375 = 5.46875; a single sequence touches its two, a large batch all eight."""
        assert weights.experts_touched(8, 2, 4) == 5.46875
        assert (weights.experts_touched(8, 2, 1), weights.experts_touched(0, 0, 64)) == (2, 0)
        assert weights.experts_touched(8, 2, 200) == pytest.approx(8)

    def test_a_step_skips_the_input_embedding(self):
        """Llama 3.1 70B in FP8: 70,553,706,496 − 128,256 · 8192."""
        assert scenario()["weights_read"] == 70_553_706_496 - 1_050_673_152

    def test_a_tied_table_is_read_as_the_lm_head(self):
        found = scenario(model="llama-3.2-1b", precision="bf16")
        assert found["weights_read"] == found["weight_bytes"] == 2 * 1_235_814_400

    def test_a_single_sequence_reads_its_own_experts_only(self):
        """Mixtral in BF16: 12,748,853,248 parameters multiplied, two bytes each."""
        assert scenario(model="mixtral-8x7b", precision="bf16")["weights_read"] == pytest.approx(
            2 * 12_748_853_248, rel=1e-12
        )

    def test_weights_are_cut_evenly(self):
        assert scenario(chips=8)["weights_per_chip"] == 70_553_706_496 / 8


class TestWork:
    """FLOPs of a token and of a prompt."""

    def test_two_flops_for_each_parameter(self):
        assert work.flops_per_token(2, 69_503_033_344) == 139_006_066_688

    def test_attention_of_a_decoded_token(self):
        """Llama 2 7B: 4 · 32 · 4096 = 524,288 FLOPs for each pair of tokens."""
        assert scenario(model="llama-2-7b", context=1)["decode_attention_flops"] == 524_288

    def test_latent_attention_is_wide_in_decode_and_narrow_in_prefill(self):
        """128 · (2 · 512 + 64) = 139,264 against 128 · (128 + 64 + 128) = 40,960."""
        found = scenario(model="deepseek-v3")
        assert (found["decode_attention_width"], found["prefill_attention_width"]) == (
            139_264,
            40_960,
        )

    def test_a_window_bounds_decode_attention(self):
        """Mistral 7B: 4 · 32 · 32 · 128 · 4096, at 16,384 tokens as at 4096."""
        assert (
            scenario(model="mistral-7b", context=16384)["decode_attention_flops"]
            == 4 * 32 * 32 * 128 * 4096
        )

    def test_prefill_attention_is_half_of_the_square(self):
        """0.5 · 2 · (64 · 2 · 128) · 80 · 2048² = 5,497,558,138,880."""
        assert scenario()["prefill_attention_flops"] == 5_497_558_138_880

    def test_a_window_cuts_the_corner_off_the_triangle(self):
        """In the limit of many tokens: pairs within the window are n²/2 − (n − w)²/2; counted one by one they differ by n/2 at most."""
        n, w = 2000, 300
        counted = sum(min(token, w) for token in range(n))
        assert work.prompt_beyond_window(n, w) == 1700
        assert work.prefill_attention_flops(0.5, 1, 1, 1, 1, n, 1700, 0, 0) == pytest.approx(
            counted, abs=n / 2
        )

    def test_a_prompt_shorter_than_the_window_has_nothing_beyond_it(self):
        assert work.prompt_beyond_window(100, 300) == 0

    def test_prefill(self):
        """139,006,066,688 · 2048 + 5,497,558,138,880 = 290.18 TFLOPs at 40 % of 3.958 PFLOP/s: 183.3 ms."""
        assert scenario()["prefill_flops"] == 290_181_982_715_904
        assert scenario()["prefill_time"] == pytest.approx(0.183288, rel=1e-5)
        assert prefill.prefill_throughput(2048, 0.5) == 4096

    def test_the_scaling_books_prefill(self):
        """Part 8: 70 B in 16 bits, 8192 tokens, 16 TPU v5e at 40 %: 2 · 70e9 · 8192 / (16 · 1.97e14 · 0.4) = 0.91 s."""
        found = scenario(accelerator="tpu-v5e", chips=16, precision="bf16", prompt=8192)
        assert found["prefill_matmul_time"] == pytest.approx(0.91, rel=0.01)


class TestPrice:
    """What a token costs."""

    def test_the_machine(self):
        """2 · 10.80 USD / 3600 s = 0.006 USD/s; at half utilisation twice that."""
        assert scenario()["machine_price"] == pytest.approx(0.006)
        assert scenario(utilisation=0.5)["machine_price"] == pytest.approx(0.012)

    def test_a_token(self):
        """0.006 USD/s · 10.774 ms = 64.65 USD a million; the prompt's 0.4 · 183.288 ms over 512 tokens are 0.86 USD more."""
        assert scenario()["decode_cost"] == pytest.approx(64.6454e-6, rel=1e-5)
        assert scenario()["prompt_cost"] == pytest.approx(0.8592e-6, rel=1e-4)
        assert scenario()["token_cost"] == pytest.approx(65.5046e-6, rel=1e-5)
        assert price.decode_cost(6, 3) == 2

    def test_an_answer_is_never_cheaper_than_its_prompt_at_a_full_memory(self):
        """Three shapes of NVIDIA's table, from which 2.0, 2.3 and 3.5 follow; one share of FLOP/s on both sides."""
        for prompt, context, batch in ((128, 1152, 431), (1000, 1500, 331), (2048, 3072, 161)):
            found = scenario(prompt=prompt, context=context, batch=batch, kv_precision="fp8")
            assert 1.5 < found["output_input_ratio"] < 4.5

    def test_three_terms(self):
        """0.006 USD/s · (10.3736 + 0.4007 + 0.0405) ms = 62.24 + 2.40 + 0.24 = 64.89 USD a million."""
        found = scenario()
        assert [
            found[name] for name in ("weights_cost", "kv_cost", "compute_cost")
        ] == pytest.approx([62.2415e-6, 2.40390e-6, 0.243276e-6], rel=1e-5)
        assert found["three_term_cost"] == pytest.approx(64.8887e-6, rel=1e-5)

    def test_only_the_weights_are_shared_by_a_batch(self):
        one, many = scenario(), scenario(batch=32)
        assert one["weights_cost"] == pytest.approx(32 * many["weights_cost"])
        assert (one["kv_cost"], one["compute_cost"]) == pytest.approx(
            (many["kv_cost"], many["compute_cost"])
        )

    def test_the_parts_of_a_step_add_up(self):
        """Matrices, attention and pauses: the whole step, in any scenario."""
        chance = random.Random(3)
        for _ in range(200):
            found = scenario(
                model=chance.choice(["llama-3.1-70b", "deepseek-v3", "qwen3-next-80b-a3b"]),
                batch=chance.choice([1, 16, 300, 2000]),
                context=chance.choice([64, 2048, 65_536]),
                chips=chance.choice([1, 8]),
                launch_time=chance.choice([0, 2e-6]),
                collective_latency=chance.choice([0, 5e-6]),
                flops_efficiency=chance.choice([0.3, 1]),
            )
            assert found["decode_step"] == pytest.approx(
                found["matrices_time"] + found["attention_time"] + found["step_overhead"]
            )
            assert (
                found["one_clock_floor"]
                <= found["decode_step"] * (1 + 1e-12)
                <= (found["memory_time"] + found["compute_time"] + found["step_overhead"])
                * (1 + 1e-9)
            )
            assert 0 <= found["bytes_wait"] <= found["decode_step"]

    def test_a_request(self):
        """2048 prompt tokens at 0.2148 and 512 at 64.645 USD a million: 0.0440 + 3.3098 cents; a ratio of 301."""
        assert scenario()["request_cost"] == pytest.approx(0.0335384, rel=1e-5)
        assert scenario()["output_input_ratio"] == pytest.approx(300.97, rel=1e-5)


class TestLoad:
    """Sequences in flight."""

    def test_littles_law(self):
        """0.2 s of prefill and 500 tokens at 50 a second: 10.2 s; three arrivals a second: 30.6 in flight."""
        assert load.request_time(0.2, 1, 500, 50) == 10.2
        assert load.in_flight(3, 10.2) == pytest.approx(30.6)

    def test_the_batch_settles_where_littles_law_holds(self):
        """A step of 12 ms + 1 ms a sequence, 512 steps a second, seen by a rider who shares it with the others: B = 512 · 0.013 / 0.488 = 13.64, and 512 · (12 + 14.64) ms = 13.64."""
        batch = load.settled_batch(512, 0.010, 0.002, 1, 0.0001, 0.001)
        assert batch == pytest.approx(13.6393, rel=1e-5)
        assert batch == pytest.approx(512 * (0.012 + 0.001 * (batch + 1)))

    def test_a_lone_rider_travels_at_the_lone_speed(self):
        """One arrival in ten seconds: 51.2 · 10.774 ms / (1 − 51.2 · 0.4007 ms) = 0.563, not the 0.542 of riders who do not count themselves."""
        assert scenario(arrival_rate=0.1)["settled_batch"] == pytest.approx(0.5632, rel=1e-3)

    def test_a_load_that_the_machine_cannot_read_is_unstable(self):
        assert isinstance(load.settled_batch(1000, 0.010, 0.002, 1, 0.0001, 0.001), Reason)
        assert scenario(arrival_rate=10)["settled_batch"].zh.startswith("不稳定")

    def test_steps_demanded(self):
        """One arrival a second of 512 tokens asks for 512 steps, for 256 when each step yields two."""
        assert (load.steps_demanded(1, 1, 512, 1), load.steps_demanded(1, 1, 512, 2)) == (512, 256)


STRETCH = {"B": 7, "s": 11, "FLOP": 13, "USD": 17, "J": 19}
"""Another choice of base units."""


def stretch(name: str) -> Fraction:
    factor = Fraction(1)
    for base, power in ENGINE.library.names[name].unit.powers:
        factor *= Fraction(STRETCH.get(base, 1)) ** power
    return factor


@pytest.mark.parametrize(
    "model", ["llama-3.1-70b", "deepseek-v3", "gemma-3-27b", "qwen3-next-80b-a3b"]
)
@pytest.mark.parametrize("batch", [1.0, 500.0])
def test_every_quantity_scales_as_its_unit_says(model, batch):
    """In a world whose byte is 7 of ours, its second 11, its FLOP 13 and its dollar 17, the formulas are the same."""
    ours = scenario(
        model=model,
        batch=batch,
        context=1024,
        chips=16,
        accelerator="b200",
        overhead=0.001,
        arrival_rate=0.01,
    )
    inputs = {
        name
        for name, d in ENGINE.library.names.items()
        if not isinstance(d, (Quantity, Choice)) and isinstance(ours[name], float)
    }
    theirs = ours.pinned({name: ours[name] * float(stretch(name)) for name in inputs})
    numbers = [
        quantity.name
        for quantity in ENGINE.library.quantities
        if isinstance(ours[quantity.name], float)
    ]
    assert len(numbers) > 70
    for name in numbers:
        assert theirs[name] == pytest.approx(ours[name] * float(stretch(name)), rel=1e-9), name
    assert theirs["decode_regime"] == ours["decode_regime"]


def test_a_wrong_formula_would_not_scale():
    """The net has no hole: a step that forgets to divide by the bandwidth grows by 7, not by 11."""
    assert (
        stretch("decode_step") == 11
        and stretch("step_bytes") == 7
        and stretch("ridge_point") == Fraction(13, 7)
    )


class TestLaterForms:
    """Compressed and shared caches, the intensity of attention, the tighter step, and an overhead that is counted."""

    def test_intensity_of_attention(self):
        """GQA, 64 heads on 8 in 16 bits: 64/8 · 2/2 = 8. MLA, 128 heads: 128 · (2·512 + 64) · 2 / (576 · 2) = 241.8."""
        assert scenario()["attention_intensity"] == 8
        assert scenario(model="deepseek-v3")["attention_intensity"] == pytest.approx(
            2 * 128 * 1088 / 1152
        )

    def test_compressed_entries(self):
        """One million tokens: 20 layers keep one of 4, 20 one of 128: 20 · 250,000 + 20 · 7,812.5 = 5,156,250 entries."""
        assert cache.compressed_entries(20, 4, 20, 128, 1e6) == 5_156_250

    def test_shared_layers_are_read_but_not_stored(self):
        """Half of the layers reuse a cache: half is stored, all is read, and twice as many sequences fit."""
        shared = scenario(shared_kv_layers=40)
        assert shared["kv_stored"] == scenario()["kv_stored"] / 2
        assert shared["kv_per_sequence"] == scenario()["kv_per_sequence"]
        assert shared["max_batch"] == 61

    def test_one_clock_for_the_whole_step_is_the_looser_floor(self):
        """At batch 512 and 128 tokens the matrices compute: 512 · 139 GFLOP / 3.958 PFLOP/s = 17.98 ms, then 3.2 ms of cache."""
        long = scenario(batch=512, context=128)
        assert long["decode_step"] == pytest.approx(
            512 * long["flops_per_token"] / 3.958e15 + 512 * 128 * 327_680 / 6.7e12
        )
        assert long["decode_step"] > long["one_clock_floor"]

    def test_overhead_is_counted_in_launches_and_collectives(self):
        """80 layers of 7 kernels at 5 µs each are 2.8 ms, and 1 ms more a step; 160 collectives at 10 µs 1.6 ms, on one chip none."""
        assert scenario(launch_time=5e-6, overhead=1e-3)["step_overhead"] == pytest.approx(3.8e-3)
        assert scenario(launch_time=5e-6)["decode_step"] == pytest.approx(
            scenario()["decode_step"] + 2.8e-3
        )
        assert scenario(collective_latency=1e-5)["step_overhead"] == pytest.approx(1.6e-3)
        assert scenario(collective_latency=1e-5, chips=1)["step_overhead"] == 0

    def test_one_reader_on_eight_fast_chips_waits_for_launches_and_collectives(self):
        """DeepSeek-V3 on eight B200: 61 · 7 · 1.3 µs + 122 · 3.5 µs = 0.982 ms, beside 0.57 ms of bytes; about 9 ms are measured."""
        found = scenario(
            model="deepseek-v3",
            accelerator="b200",
            chips=8,
            launch_time=1.3e-6,
            collective_latency=3.5e-6,
        )
        assert found["step_overhead"] == pytest.approx(0.9821e-3)
        assert found["decode_step"] > 0.1 * 9.2e-3

    def test_a_full_memory_takes_its_bandwidth_to_read(self):
        """0.9 · 84.944 GB at 3.35 TB/s: 22.8 ms, whoever owns what is in it."""
        assert scenario()["full_memory_time"] == pytest.approx(0.9 * 79.11 * 2**30 / 3.35e12)

    def test_a_load_pays_the_rent_between_its_tokens(self):
        """Two chips at $3 an hour, two requests a second of 500 tokens: 6/3600/1000 dollars."""
        assert price.load_cost(2, 3 / 3600, 2, 1, 500) == pytest.approx(6 / 3600 / 1000)

    def test_served_throughput_takes_turns_with_prefill(self):
        """0.5 s of prefill, 100 steps of 20 ms shared by 4: one request a second, 100 tokens."""
        assert load.machine_time(0.5, 100, 1, 0.02, 4) == 1
        assert load.served_throughput(100, 1) == 100

    def test_a_step_waits_for_the_prompts_of_its_neighbours(self):
        """Three neighbours of 0.5 s each in a hundred steps: 15 ms beside a step's own 20."""
        assert load.served_step(0.02, load.others_wait(4, 1, 0.5, 1, 100)) == pytest.approx(0.035)
        assert load.served_step(0.02, load.others_wait(1, 1, 0.5, 1, 100)) == 0.02

    def test_room_is_told_chip_by_chip(self):
        """82.3 GB on two chips are 41.15 on each."""
        assert cache.kv_memory_per_chip(82.3e9, 2) == 41.15e9
