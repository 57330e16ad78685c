"""Experts: rows, a layer of them, and what reaching them costs, worked by hand for DeepSeek-V3's 256 experts of which a token picks eight."""

import pytest

from hooks.costs import experts, parallel
from hooks.formula.quantity import Reason
from tests.test_costs_parallel import deepseek, dense

EXPERT = 3 * 7168 * 2048
"""Parameters of one expert: 44,040,192."""


class TestRows:
    """What an expert sees of a batch."""

    def test_a_batch_of_thirty_two_brings_one_row_to_each_expert(self):
        """32 · 8 / 256 = 1."""
        assert experts.rows_per_expert(32, 1, 8, 256) == 1

    def test_a_guessed_token_brings_rows_too(self):
        """Two tokens a step from each of 64 sequences: 128 · 8 / 256 = 4."""
        assert experts.rows_per_expert(64, 2, 8, 256) == 4

    def test_two_micro_batches_halve_the_rows(self):
        """DeepSeek's unit: 12,690 · 8 / 256 = 396.6 rows, and 6,345 · 8 / 256 = 198.3 in each half."""
        unit = {"chips": 144, "expert_parallel": 144, "redundant_experts": 32, "batch": 12_690}
        assert deepseek(**unit)["rows_per_expert"] == 396.5625
        assert deepseek(**unit, microbatches=2)["rows_per_expert"] == 198.28125

    def test_a_dense_model_has_none(self):
        """The reason says so, in both languages."""
        reason = dense()["rows_per_expert"]
        assert isinstance(reason, Reason)
        assert (reason.text, reason.zh) == ("the model has no experts", "模型没有专家")

    def test_the_critical_number_of_rows_is_that_of_any_matrix(self):
        """1,979 TFLOP/s over 3.35 TB/s are 590.75 FLOP/B; at one byte and two FLOPs a weight, 295.4 rows. A dense model's critical batch is the same."""
        rows = deepseek()["critical_rows"]
        assert rows == pytest.approx(1979 / 3.35 / 2)
        assert rows == pytest.approx(dense(accelerator="h800")["critical_batch"])
        assert deepseek()["critical_batch"] == pytest.approx(32 * 1979 / 3.35 / 2)


class TestLayer:
    """A layer's experts on one chip."""

    def test_a_lone_token_reads_its_eight(self):
        """8 · 44,040,192 B over 3.35 TB/s: 105.2 µs."""
        assert deepseek(batch=1)["expert_layer_time"] == pytest.approx(8 * EXPERT / 3.35e12)
        assert deepseek(batch=1)["expert_layer_time"] == pytest.approx(105.17e-6, rel=1e-4)

    def test_with_many_tokens_all_are_read(self):
        """256 · 44,040,192 B = 11.27 GB, 3.365 ms; multiplying 4,096 tokens takes 4,096 · 8 · 88.08 MFLOP / 1,979 TFLOP/s = 1.458 ms."""
        assert deepseek(batch=4096)["expert_layer_bytes"] == pytest.approx(256 * EXPERT)
        assert deepseek(batch=4096)["expert_layer_time"] == pytest.approx(3.3654e-3, rel=1e-4)

    def test_past_the_critical_batch_the_arithmetic_decides(self):
        """16,384 · 8 · 88.08 MFLOP / 1,979 TFLOP/s = 5.834 ms."""
        assert deepseek(batch=16_384)["expert_layer_time"] == pytest.approx(5.8337e-3, rel=1e-4)

    def test_each_rider_pays_its_share_of_the_reading(self):
        """10.4 ms of weights among 32: 0.325 ms."""
        assert experts.weights_time_each(0.0104, 32) == pytest.approx(0.000325)


class TestTraffic:
    """What expert parallelism copies and sends."""

    def test_everything_but_the_routed_experts_is_copied(self):
        """What is stored, 671.03 GB, less 58 layers of 256 experts: 58 · 256 · 44,040,192 B = 653.91 GB; of the 17.12 GB left, 129,280 · 7,168 B are the table of embeddings."""
        state = deepseek()
        assert state["copied_weights"] == pytest.approx(
            state["weight_bytes"] - 58 * 256 * EXPERT - 129_280 * 7_168
        )

    def test_an_expert_in_one_layer(self):
        """Three matrices of 7,168 by 2,048, a byte each: 44,040,192 B."""
        assert deepseek()["expert_bytes"] == EXPERT == 3 * 7_168 * 2_048

    def test_a_row_goes_to_eight_experts_and_eight_come_back(self):
        """8 · (7,168 + 56 · 4 + 2 · 7,168) B = 173,824 B."""
        assert deepseek()["exchanged_bytes"] == 173_824

    def test_hidden_traffic_leaves_the_longer_of_the_two(self):
        """One token each 25 ms: 40 token/s."""
        assert parallel.overlapped_speed(1, 0.025) == 40
