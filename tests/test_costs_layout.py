"""What a layout holds, sends and waits for, and the inverse questions, worked by hand: every docstring holds the arithmetic."""

from math import ceil

import pytest

from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from tests.real import pinned as scenario


def rack(**given: float | str) -> Scenario:
    """DeepSeek-V3 in FP8 on an NVL72: attention on every chip for its own 88 sequences, four experts of a layer each."""
    return scenario(
        **{
            "model": "deepseek-v3",
            "accelerator": "gb200",
            "chips": 72,
            "tensor_parallel": 1,
            "expert_parallel": 72,
            "redundant_experts": 32,
            "batch": 6336,
            **given,
        }
    )


def reason(found: Scenario, name: str) -> str:
    """Why there is no number."""
    value = found[name]
    assert isinstance(value, Reason), value
    return value.text


class TestHolds:
    """Weights, caches, workspace."""

    def test_a_half_of_a_dense_model(self):
        """70.55 GB cut in two are 35.3 GB; one sequence's 2.684 GB in two are 1.342 GB; a gigabyte of workspace."""
        found = scenario(activation_memory=1e9)
        assert found["layout_weights"] == pytest.approx(found["weight_bytes"] / 2)
        assert found["layout_cache"] == pytest.approx(8192 * 327_680 / 2)
        assert found["layout_held"] == pytest.approx(
            found["layout_weights"] + 8192 * 327_680 / 2 + 1e9
        )

    def test_a_rack_seats_88_to_a_chip(self):
        """6,336 / 72 = 88 sequences of 8,192 tokens with 70,272 B each: 50.66 GB, whole on the chip that serves them."""
        assert rack()["group_batch"] == 88
        assert rack()["layout_cache"] == pytest.approx(88 * 8192 * 70_272)

    def test_the_fullest_group_counts(self):
        """Three sequences in two groups: two in one of them."""
        assert scenario(chips=4, batch=3)["group_batch"] == 2


class TestSends:
    """Bytes per layer and step."""

    def test_a_dense_layer_sums_twice(self):
        """A row of 8,192 values of two bytes, 16,384 B; two chips send 2 · 1/2 = 1 time as much, twice a layer: 32,768 B, and 80 layers of it."""
        assert scenario()["layer_sent"] == 2 * 16_384
        assert scenario()["step_sent"] == 80 * 2 * 16_384

    def test_one_chip_sends_nothing(self):
        alone = scenario(chips=1, tensor_parallel=1)
        assert (alone["layer_sent"], alone["step_sent"]) == (0, 0)

    def test_a_rack_sends_copies_to_all_but_itself(self):
        """88 tokens to 8 experts: dispatch 7,392 B and combine 14,336 B each, of which 71 in 72 leave the chip: 15.08 MB a layer, and 58 of them."""
        sent = 88 * 8 * (7392 + 14_336) * 71 / 72
        assert rack()["layer_sent"] == pytest.approx(sent)
        assert rack()["step_sent"] == pytest.approx(58 * sent)

    def test_stages_hand_on_a_row_for_each_token(self):
        """Two stages of one chip, four micro-batches of eight: 32 rows of 16,384 B once, and no sums."""
        staged = scenario(tensor_parallel=1, pipeline_stages=2, batch=32, microbatches=4)
        assert staged["handed_on"] == staged["step_sent"] == 32 * 16_384

    def test_halves_send_as_much_as_a_whole(self):
        assert rack(microbatches=2)["step_sent"] == pytest.approx(rack()["step_sent"])


class TestWaits:
    """The parts beside the total."""

    @pytest.mark.parametrize(
        "found",
        [
            scenario(),
            scenario(chips=8, tensor_parallel=2, pipeline_stages=2, batch=64, microbatches=3),
            rack(),
            rack(microbatches=2, batch=12_672),
        ],
    )
    def test_they_add_up(self, found):
        parts = (
            "layout_matrices_step",
            "layout_attention_step",
            "tensor_communication",
            "hop_time",
            "expert_communication",
            "launch_overhead",
        )
        assert sum(found[part] for part in parts) == pytest.approx(found["parallel_step"])

    @pytest.mark.parametrize(
        ("found", "wait"),
        [
            (scenario(), "weights"),
            (scenario(batch=30), "KV cache"),
            (scenario(chips=1, tensor_parallel=1, context=1, batch=4096), "arithmetic"),
            (scenario(chips=16, tensor_parallel=16), "other chips"),
            (
                scenario(chips=1, tensor_parallel=1, model="llama-3.2-1b", launch_time=1e-5),
                "launches",
            ),
            (rack(), "KV cache"),
        ],
    )
    def test_the_longest_has_a_name(self, found, wait):
        assert found["layout_wait"] == wait


class TestCannotBe:
    """Refused with a reason and a cure."""

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ({"chips": 3}, "take a multiple of 2 chips, or other ways or stages"),
            ({"expert_parallel": 2}, "set the expert-parallel ways to 1"),
            ({"chips": 162, "pipeline_stages": 81}, "81 stages for 80 layers of Llama 3.1 70B"),
            ({"chips": 3, "tensor_parallel": 3}, "take a divisor of 64"),
            (
                {
                    "model": "mixtral-8x7b",
                    "chips": 16,
                    "tensor_parallel": 1,
                    "expert_parallel": 16,
                },
                "take at most one an expert",
            ),
            ({"model": "deepseek-v3"}, "cut into more ways or stages"),
            ({"batch": 31}, "this layout seats 30 sequences, and the batch is 31"),
        ],
    )
    def test_a_layout(self, given, why):
        assert why in reason(scenario(**given), "layout_verdict")

    def test_redundant_experts_fill_more_chips(self):
        """288 chips for 256 experts leave 32 idle, unless 32 are kept twice."""
        many = {"chips": 288, "expert_parallel": 288}
        assert "at most one an expert" in reason(
            rack(**many, redundant_experts=0), "layout_verdict"
        )
        assert rack(**many)["layout_verdict"] == "yes"


DENSE = [
    scenario(),
    scenario(model="llama-3.1-8b", chips=1, precision="bf16", tpot_target=0.01),
    scenario(context=100, tpot_target=0.03, batch=512),
    scenario(
        model="qwen3-32b", accelerator="l40s", tpot_target=0.1, prompt=200, target_price=50e-6
    ),
]
ALL = [*DENSE, rack(), scenario(model="mixtral-8x7b", batch=8)]


class TestTime:
    """What a time between tokens allows and needs."""

    def test_the_batch_by_hand(self):
        """50 ms less 10.374 of weights, 0.728 of launches and 0.56 of collectives leave 38.34 ms; a sequence's cache takes 0.4006: 95."""
        assert scenario()["gap_batch"] == 95

    @pytest.mark.parametrize("found", DENSE)
    def test_the_batch_is_the_largest(self, found):
        most = found["gap_batch"]
        target = found["target_step"]
        assert found.pinned({"batch": most})["decode_step"] <= target * (1 + 1e-12)
        assert found.pinned({"batch": most + 1})["decode_step"] > target

    @pytest.mark.parametrize("found", DENSE)
    def test_with_the_others_prompts_too(self, found):
        most = found["served_gap_batch"]
        target = found["target_step"]
        assert 1 <= most <= found["gap_batch"]
        assert found.pinned({"batch": most})["served_step"] <= target * (1 + 1e-12)
        assert found.pinned({"batch": most + 1})["served_step"] > target

    @pytest.mark.parametrize("found", ALL)
    def test_a_mixture_is_never_promised_too_much(self, found):
        """Every expert counted as read, the step of the batch that is allowed meets the target."""
        assert found.pinned({"batch": found["gap_batch"]})["decode_step"] <= found[
            "target_step"
        ] * (1 + 1e-12)

    @pytest.mark.parametrize("found", ALL)
    def test_the_bandwidth_makes_the_step_as_long_as_the_target(self, found):
        needed = found.pinned({"bandwidth": found["bandwidth_for_gap"]})
        assert needed["decode_step"] == pytest.approx(found["target_step"])

    def test_each_pairing_can_decide(self):
        """Bytes with bytes, weights beside attention's arithmetic, cache beside the matrices' arithmetic."""
        for given in (
            {},
            {"model": "deepseek-v3", "accelerator": "h800", "chips": 16, "batch": 64},
            {"batch": 500, "tpot_target": 0.12},
        ):
            found = scenario(**given)
            needed = found.pinned({"bandwidth": found["bandwidth_for_gap"]})
            assert needed["decode_step"] == pytest.approx(found["target_step"]), given

    @pytest.mark.parametrize("found", [*ALL, scenario(tpot_target=0.012)])
    def test_the_chips_are_the_fewest(self, found):
        fewest = found["chips_for_gap"]
        assert found.pinned({"chips": fewest})["decode_step"] <= found["target_step"] * (1 + 1e-12)
        if fewest > 1:
            assert found.pinned({"chips": fewest - 1})["decode_step"] > found["target_step"]

    def test_the_chips_by_hand(self):
        """Two chips take 10.374 + 0.401 ms, one twice that; in 5 ms less 1.288 of waiting 21.55 / 3.712 = 5.8: six."""
        assert scenario(tpot_target=0.005)["chips_for_gap"] == ceil(21.55 / 3.712) == 6

    @pytest.mark.parametrize(
        ("name", "given", "why"),
        [
            (
                "gap_batch",
                {"tpot_target": 0.01},
                "a step with one sequence takes longer than 10",
            ),
            ("served_gap_batch", {"tpot_target": 0.01}, "a step with one sequence takes longer"),
            ("bandwidth_for_gap", {"tpot_target": 0.001}, "no bandwidth helps"),
            ("chips_for_gap", {"tpot_target": 0.001}, "no number of chips helps"),
            ("guesses_for_gap", {"tpot_target": 0.001}, "even if all 4 guesses held"),
            ("acceptance_for_gap", {}, "no closed form for several guesses"),
            ("time_for_price", {"target_price": 1e-8}, "the prompt alone costs"),
            ("batch_for_price", {"target_price": 1.5e-6}, "own cache and arithmetic"),
            ("hits_for_input", {"target_input": 0.01}, "a hit itself costs 7.32"),
        ],
    )
    def test_what_cannot_be_is_refused(self, name, given, why):
        assert why in reason(scenario(**given), name)


class TestGuesses:
    """What speculation must bring."""

    def test_the_guesses_give_the_target(self):
        """At 8 ms a token: a check and its drafting, over one token of the target's own and the guesses that hold, is 8 ms."""
        found = scenario(tpot_target=0.008)
        tokens = 1 + found["guesses_for_gap"]
        assert 1 / found.pinned({"expected_tokens": tokens})["speculative_speed"] == pytest.approx(
            0.008
        )

    def test_one_guess_is_an_acceptance(self):
        found = scenario(tpot_target=0.008, draft_tokens=1)
        accepted = found.pinned({"acceptance": found["acceptance_for_gap"]})
        assert 0 < found["acceptance_for_gap"] < 1
        assert accepted["speculative_speed"] == pytest.approx(1 / 0.008)

    def test_none_are_needed_where_a_plain_step_will_do(self):
        assert scenario()["guesses_for_gap"] == 0


class TestPrice:
    """What a price and a throughput mean."""

    def test_a_throughput_is_a_price(self):
        """Two chips at $10.80 an hour are $21.60 / 3,600 = $0.006 a second; over 1,000 tokens $6 a million."""
        assert scenario()["price_of_throughput"] == pytest.approx(6e-6)
        assert scenario()["throughput_of_price"] == pytest.approx(1200)

    @pytest.mark.parametrize("found", [*DENSE, scenario(target_price=20e-6), scenario(context=100)])
    def test_the_batch_is_the_smallest(self, found):
        fewest = found["batch_for_price"]
        assert found.pinned({"batch": fewest})["token_cost"] <= found["target_price"] * (1 + 1e-12)
        if fewest > 1:
            assert found.pinned({"batch": fewest - 1})["token_cost"] > found["target_price"]

    def test_the_rent_makes_ends_meet(self):
        """The tokens of an hour, sold at the target, pay for the chips of an hour."""
        found = scenario(batch=16)
        rented = found.pinned({"chip_hour": found["rent_for_price"]})
        assert rented["machine_price"] / rented["served_throughput"] == pytest.approx(5e-6)


class TestHits:
    """What share of input a cache must serve."""

    def test_the_mix_costs_the_target(self):
        """A hit costs 7.32 % of fresh input: half of it on average needs 0.5 / 0.9268 = 54 % of hits."""
        found = scenario()
        hits, cached = found["hits_for_input"], found["cached_input_ratio"]
        assert hits == pytest.approx(0.54, abs=0.001)
        assert hits * cached + 1 - hits == pytest.approx(0.5)
