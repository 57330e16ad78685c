"""Operators: what each holds, reads and multiplies adds up to the totals that other pages use."""

import math

import pytest

from hooks.formula.quantity import Reason
from tests.real import ENGINE

HOME = ENGINE.scenario
OPERATORS = list(ENGINE.catalogue.tables["operators"])
MODELS = list(ENGINE.catalogue.tables["models"])

TOTALS = {
    "operator_params": "params",
    "operator_met": "matmul_params",
    "operator_bytes": "step_bytes",
    "operator_flops": "step_flops",
    "operator_time": "decode_step",
    "operator_stored": "weight_bytes",
    "operator_prompt_bytes": "prefill_bytes",
    "operator_prompt_flops": "prefill_flops",
    "operator_prompt_time": "prefill_time",
}
"""Each quantity of an operator, and what the sum over all operators is."""


def total(quantity: str, **given: float | str) -> float:
    values = [HOME.pinned({**given, "operator": name})[quantity] for name in OPERATORS]
    assert all(isinstance(value, float | int) for value in values), (quantity, given, values)
    assert min(float(value) for value in values) >= 0, (quantity, given, values)
    return math.fsum(float(value) for value in values)


class TestSums:
    """Over all operators, for every model: in one format and in a recipe by groups of tensors, for
    one reader and for many.
    """

    @pytest.mark.parametrize("model", MODELS)
    @pytest.mark.parametrize(
        ("precision", "batch"), [("fp8", 1.0), ("bf16", 4096.0), ("mxfp4-experts", 64.0)]
    )
    def test_equal_the_totals(self, model, precision, batch):
        given = {"model": model, "precision": precision, "batch": batch, "launch_time": 4.5e-6}
        at = HOME.pinned(given)
        for quantity, whole in TOTALS.items():
            said = at[whole]
            assert not isinstance(said, Reason), (whole, said)
            assert total(quantity, **given) == pytest.approx(float(said), rel=1e-9), quantity

    def test_shares_add_up_to_all_of_it(self):
        assert total("operator_share", batch=32.0) == pytest.approx(1)
        assert total("operator_prompt_share", prompt=16_384.0) == pytest.approx(1)


class TestWorkedByHand:
    """Llama 3.1 70B in FP8: 80 layers, a row of 8,192, 64 heads and 8 KV heads of 128, FFN 28,672."""

    @pytest.mark.parametrize(
        ("operator", "params"),
        [
            ("projections", 80 * 8192 * (64 + 8 + 8) * 128),
            ("output", 80 * 8192 * 8192),
            ("gate-up", 80 * 2 * 8192 * 28_672),
            ("down", 80 * 8192 * 28_672),
            ("lm-head", 128_256 * 8192),
            ("embedding", 128_256 * 8192),
            ("rmsnorm", 161 * 8192),
            ("experts", 0),
            ("rope", 0),
            ("scores", 0),
        ],
    )
    def test_parameters(self, operator, params):
        assert HOME.pinned({"operator": operator})["operator_params"] == params

    def test_a_prefill_reads_all_weights_but_the_table_and_its_own_cache(self):
        at = HOME.pinned({"precision": "fp8", "kv_precision": "bf16", "prompt": 1000.0})
        layer = 8192 * (64 + 8 + 8) * 128 + 8192 * 8192 + 3 * 8192 * 28_672
        weights = 80 * layer + 161 * 8192 + 128_256 * 8192
        assert at["prefill_bytes"] == pytest.approx(weights + 1000 * 2 * 80 * 8 * 128 * 2)

    def test_the_two_products_of_attention_share_the_cache(self):
        at = {"context": 1000.0, "batch": 3.0, "kv_precision": "bf16"}
        keys = HOME.pinned({**at, "operator": "scores"})["operator_bytes"]
        assert keys == 3 * 1000 * 80 * 8 * 128 * 2
        assert HOME.pinned({**at, "operator": "values"})["operator_bytes"] == keys

    def test_a_latent_is_read_once_and_serves_as_key_and_value(self):
        at = {"model": "deepseek-v3", "context": 1000.0}
        assert HOME.pinned({**at, "operator": "values"})["operator_bytes"] == 0
        scores = HOME.pinned({**at, "operator": "scores"})["operator_flops"]
        values = HOME.pinned({**at, "operator": "values"})["operator_flops"]
        assert scores / values == pytest.approx((512 + 64) / 512)

    def test_the_loop_pays_for_launches(self):
        at = HOME.pinned({"operator": "loop", "launch_time": 4.5e-6})
        assert at["operator_time"] == at["step_overhead"] > 0

    def test_past_the_critical_batch_time_follows_the_flops(self):
        at = HOME.pinned({"operator": "down", "batch": 4096.0})
        share = at["operator_flops"] / at["machine_flops"]
        assert at["operator_time"] == pytest.approx(share)

    def test_a_recipe_by_groups_gives_each_operator_the_width_of_its_group(self):
        at = HOME.pinned({"precision": "q4_k_m"})
        groups = {
            "attention_width": ["rmsnorm", "projections", "output", "stack"],
            "ffn_group_width": ["gate-up", "down", "experts"],
            "head_width": ["lm-head"],
        }
        for width, operators in groups.items():
            for name in operators:
                assert at.pinned({"operator": name})["operator_width"] == at[width], name
        assert HOME.pinned({"operator": "lm-head"})["operator_width"] == HOME["weight_width"]

    def test_what_reads_nothing_takes_no_time_and_the_two_clocks_are_read_apart(self):
        for name in ("tokens", "embedding", "rope", "softmax", "activation", "sampling"):
            assert HOME.pinned({"operator": name})["operator_time"] == 0, name
        few, many = (HOME.pinned({"operator": "down", "batch": n}) for n in (1.0, 4096.0))
        assert few["operator_time"] == few["operator_read_time"] > few["operator_work_time"]
        assert many["operator_time"] == many["operator_work_time"] > many["operator_read_time"]
