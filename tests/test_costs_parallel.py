"""Parallel layouts and communication, worked by hand: every docstring holds the arithmetic, or names who published the figure."""

import pytest

from hooks.costs import communication, parallel
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from tests.real import pinned

FREE = {"link_latency": 0, "network_latency": 0, "link_bandwidth": 1e30, "network_bandwidth": 1e30}
"""Links that take no time."""


def scenario(**given: float | str) -> Scenario:
    """The series' running scenario, Llama 3.1 70B in FP8 on two H100s at 8,192 tokens, without launches and without a least latency of collectives, but for what is given."""
    given = {"launch_time": 0, "collective_latency": 0} | given
    return pinned(**given)


def dense(**given: float | str) -> Scenario:
    """Llama 3.1 70B on eight H100s, cut eight ways, 32 sequences."""
    return scenario(**{"chips": 8, "tensor_parallel": 8, "batch": 32, **given})


def deepseek(**given: float | str) -> Scenario:
    """DeepSeek-V3 on 64 H800s with data-parallel attention and experts spread over all of them."""
    return scenario(
        **{
            "model": "deepseek-v3",
            "accelerator": "h800",
            "chips": 64,
            "tensor_parallel": 1,
            "expert_parallel": 64,
            "batch": 2048,
            "context": 4096,
            **given,
        }
    )


class TestAllReduce:
    """What tensor parallelism adds to every layer."""

    def test_the_bytes(self):
        """32 rows of 8192 values of two bytes: 524,288 B."""
        assert dense()["activation_bytes"] == 524_288

    def test_a_ring_moves_almost_two_copies_in_many_messages(self):
        """Eight chips: 2 · 7/8 = 1.75 times the bytes in 14 messages."""
        assert (dense()["all_reduce_passes"], dense()["all_reduce_messages"]) == (1.75, 14)

    def test_a_ring_over_nvlink(self):
        """1.75 · 524,288 B / 450 GB/s = 2.0389 µs, and 14 · 0.6 µs = 8.4 µs."""
        assert dense()["all_reduce_time"] == pytest.approx(10.4389e-6, rel=1e-5)

    def test_the_link_counts_one_way(self):
        """A guard: with NVLink's two-way 900 GB/s the 1.75 · 524,288 B would take 1.02 µs instead of 2.04."""
        assert dense(link_latency=0)["all_reduce_time"] == pytest.approx(1.75 * 524_288 / 450e9)

    def test_a_switch_that_adds_up_sends_little_more_than_once(self):
        """9/8 · 524,288 B / 450 GB/s = 1.3107 µs and two messages, 1.2 µs; direct: 2.0389 + 1.2 µs."""
        assert dense(all_reduce_form=2)["all_reduce_time"] == pytest.approx(2.5107e-6, rel=1e-4)
        assert dense(all_reduce_form=1)["all_reduce_time"] == pytest.approx(3.2389e-6, rel=1e-4)

    def test_one_chip_has_nobody_to_talk_to(self):
        alone = scenario(chips=1, tensor_parallel=1, accelerator="h100-sxm")
        assert (
            alone["communication_time"]
            == alone["prefill_communication"]
            == alone["all_reduce_messages"]
            == alone["all_reduce_passes"]
            == 0
        )

    def test_a_node_leaves_through_all_its_network_cards(self):
        """8 · 50 = 400 GB/s, less than NVLink's 450; with 100 Gb/s cards 100; NCCL reaches 320 of the 400 on four nodes (nccl issue 1221)."""
        assert dense(tensor_parallel=32, chips=32)["all_reduce_bandwidth"] == 400e9
        assert communication.all_reduce_bandwidth(32, 8, 450e9, 12.5e9, 1) == 100e9
        assert communication.all_reduce_bandwidth(8, 8, 450e9, 12.5e9, 1) == 450e9, (
            "within the node nothing is slower"
        )

    def test_a_group_that_leaves_its_node_waits_for_the_network(self):
        assert (
            dense()["all_reduce_latency"],
            dense(chips=16, tensor_parallel=16)["all_reduce_latency"],
        ) == (0.6e-6, 2.7e-6)

    def test_two_all_reduces_a_layer(self):
        """80 layers: 160 · 10.4389 µs = 1.6702 ms, of it 1.344 ms latency."""
        assert dense()["all_reduces"] == 160
        assert dense()["tensor_communication"] == pytest.approx(1.67022e-3, rel=1e-5)
        assert dense()["tensor_latency"] == pytest.approx(1.344e-3)

    def test_kipplys_latency_of_a_260b_model(self):
        """4 · 80 · 8 µs = 2.56 ms: two all-reduces, each of two messages."""
        found = scenario(
            chips=16, tensor_parallel=16, all_reduce_form=1, all_reduce_latency=8e-6, layers=80
        )
        assert found["tensor_latency"] == pytest.approx(2.56e-3)

    def test_a_prefill_sends_a_row_for_every_token(self):
        """2048 · 8192 · 2 B = 33,554,432 B: 160 · (1.75 · 33,554,432 / 450 GB/s + 8.4 µs) = 22.2223 ms."""
        assert dense()["prefill_activation_bytes"] == 33_554_432
        assert dense()["prefill_communication"] == pytest.approx(22.2223e-3, rel=1e-5)
        alone = dense(**FREE)
        assert alone["parallel_prefill"] == pytest.approx(alone["prefill_time"]), (
            "without communication it is the prefill of the machine"
        )


class TestLimit:
    """How many ways are of use."""

    def test_the_scaling_books_limit_in_decode(self):
        """F / (B · β) = 16,384 / (32 · 8) = 64, for its FFN of two matrices in 16 bits."""
        found = scenario(
            precision="bf16",
            batch=32,
            ffn_width=16384,
            ffn_matrices=2,
            bandwidth=8e11,
            link_bandwidth=1e11,
        )
        assert found["tensor_parallel_limit"] == pytest.approx(64)

    def test_twice_the_batch_is_half_the_ways(self):
        assert scenario(batch=64)["tensor_parallel_limit"] == pytest.approx(
            scenario(batch=32)["tensor_parallel_limit"] / 2
        )

    def test_at_the_limit_both_take_equally_long(self):
        """At Y ways the FFN's weights take as long as its all-reduce without latency, but for the ring's (Y − 1)/Y."""
        found = scenario(batch=32)
        ways = found["tensor_parallel_limit"]
        reading = found["ffn_params"] * found["weight_width"] / ways / found["bandwidth"]
        assert reading == pytest.approx(2 * found["activation_bytes"] / found["link_bandwidth"])

    def test_a_model_without_a_dense_ffn_has_none(self):
        assert isinstance(scenario(ffn_width=0)["tensor_parallel_limit"], Reason)


class TestMemory:
    """What lives on a chip."""

    def test_heads_are_shared_out(self):
        """Eight KV heads on eight chips: one each, 2,684,354,560 B / 8; on sixteen still one each: two copies of everything."""
        assert dense()["layout_kv"] == 2_684_354_560 / 8
        wide = dense(chips=16, tensor_parallel=16)
        assert wide["layout_kv"] == 2_684_354_560 / 8
        assert (dense()["kv_copies"], wide["kv_copies"]) == (1, 2)

    def test_heads_that_do_not_divide_burden_the_fullest_chip(self):
        """Ten heads on four chips: three on the fullest."""
        assert parallel.kv_share(0, 1, 40, 10, 4) == 3 / 10

    def test_query_heads_must_divide(self):
        assert (
            scenario(chips=6, tensor_parallel=6)["kv_share"].text
            == "no such layout: 64 query heads cannot be cut 6 ways; take a divisor of 64"
        )

    def test_the_latent_of_mla_is_copied_to_every_chip(self):
        """A guard: 70,272 B · 4096 on each of eight chips, not an eighth of it."""
        found = deepseek(chips=8, expert_parallel=1, tensor_parallel=8)
        assert found["layout_kv"] == found["kv_per_sequence"] == 70_272 * 4096
        assert found["kv_copies"] == 8

    def test_data_parallel_attention_holds_as_many_caches_as_there_are_chips(self):
        """The same 64 chips: attention cut eight ways keeps eight copies of each latent; data-parallel it keeps one."""
        apart, cut = deepseek(), deepseek(tensor_parallel=8)
        assert (apart["kv_copies"], cut["kv_copies"]) == (1, 8)
        assert apart["data_parallel"] == 64
        assert apart["layout_max_batch"] > 5 * cut["layout_max_batch"], (
            "not quite eight: uncut attention weights take their room"
        )

    def test_a_linear_state_is_cut_by_its_own_heads(self):
        """Qwen3-Next on four chips: its two KV heads reach half the chips' wish, its 75,497,472 B of state are quartered."""
        found = scenario(model="qwen3-next-80b-a3b", chips=4, tensor_parallel=4, context=1)
        assert found["layout_kv"] == 24_576 / 2 + 75_497_472 / 4

    def test_weights_of_a_dense_model(self):
        """70,553,706,496 B by ways and stages."""
        assert dense()["layout_weights"] == 70_553_706_496 / 8
        assert (
            dense(chips=8, tensor_parallel=4, pipeline_stages=2)["layout_weights"]
            == 70_553_706_496 / 8
        )
        assert dense(chips=8, tensor_parallel=4)["layout_weights"] == 70_553_706_496 / 4, (
            "two groups keep a copy each"
        )

    def test_experts_are_dealt_out(self):
        """DeepSeek's service: (256 + 32) / 32 = 9 in prefill, / 144 = 2 in decode."""
        assert [
            deepseek(chips=n, expert_parallel=n, redundant_experts=32)["experts_per_chip"]
            for n in (32, 144)
        ] == [9, 2]

    def test_weights_with_experts_apart(self):
        """DeepSeek-V3 in FP8 on 64 chips: all but the routed experts, and 58 · 4 · 44,040,192 B of them."""
        found = deepseek()
        shared = found["core_params"] + found["input_embedding_params"]
        assert found["layout_weights"] == pytest.approx(shared + 58 * 4 * 44_040_192)

    def test_without_expert_parallelism_everything_is_cut_alike(self):
        found = scenario(model="mixtral-8x7b", chips=4, tensor_parallel=4)
        assert found["layout_weights"] == pytest.approx(found["params"] / 4)

    def test_the_largest_batch_of_one_group_is_the_machines(self):
        """30, as `max_batch`; what does not fit says so."""
        assert scenario()["layout_max_batch"] == scenario()["max_batch"] == 30
        assert scenario(tensor_parallel=1, precision="bf16")["layout_max_batch"].zh.startswith(
            "放不下"
        )

    def test_chips_that_are_left_over_are_refused(self):
        assert (
            scenario(chips=9)["data_parallel"].text
            == "no such layout: 9 chips do not form groups of 2 ways × 1 stages; take a multiple of 2 chips, or other ways or stages"
        )
        assert isinstance(deepseek(chips=48, expert_parallel=32)["expert_groups"], Reason)


class TestPipeline:
    """Stages."""

    def test_the_bubble(self):
        """Four stages, eight micro-batches: 3/8 of ideal, 3/11 of the total."""
        found = scenario(chips=8, pipeline_stages=4, microbatches=8)
        assert (found["bubble_of_ideal"], found["bubble_of_total"]) == (0.375, 3 / 11)

    def test_a_pipeline_does_not_make_a_step_shorter(self):
        """Four stages of two chips take as long as two chips, and three hops more."""
        two, eight = scenario(batch=32), scenario(batch=32, chips=8, pipeline_stages=4)
        assert eight["layout_time"] == pytest.approx(two["layout_time"])
        assert eight["tensor_communication"] == pytest.approx(two["tensor_communication"])
        assert eight["parallel_step"] == pytest.approx(two["parallel_step"] + eight["hop_time"])

    def test_micro_batches_fill_the_stages(self):
        """With as many micro-batches as stages the weights are read no oftener, and each turn reads a quarter of the caches."""
        whole, split = (
            scenario(batch=32, chips=8, pipeline_stages=4),
            scenario(batch=32, chips=8, pipeline_stages=4, microbatches=4),
        )
        saved = (32 - 8) * 2_684_354_560 / (2 * 3.35e12)
        assert split["layout_time"] == pytest.approx(whole["layout_time"] - saved)

    def test_hops_inside_a_node_and_between_nodes(self):
        """Four stages of four chips on nodes of eight: one hand-over of three leaves. 16,384 B: 2 · (36.4 ns + 0.6 µs) + 327.7 ns + 2.7 µs."""
        found = scenario(chips=16, tensor_parallel=4, pipeline_stages=4)
        assert found["node_crossings"] == 1
        assert found["hop_time"] == pytest.approx(4.3005e-6, rel=1e-4)
        assert [
            communication.node_crossings(ways, stages, 8)
            for ways, stages in ((2, 4), (8, 3), (16, 4))
        ] == [0, 2, 3]


class TestExperts:
    """Dispatch and combine."""

    def test_a_copy_with_its_scales(self):
        """7168 + 4 · 7168/128 = 7392 B there, 14,336 B back."""
        assert (deepseek()["dispatch_copy_bytes"], deepseek()["combine_copy_bytes"]) == (
            7392,
            14_336,
        )

    def test_deepseeks_stage(self):
        """(1 + 2) B · 32 · 9 · 7000 / 50 GB/s = 120.96 µs, every copy over the network."""
        ideal = {
            "hidden": 7000,
            "dispatch_scale_width": 0,
            "network_share": 1,
            "link_latency": 0,
            "network_latency": 0,
            "shared_experts_sent": 1,
        }
        assert deepseek(**ideal)["all_to_all_time"] == pytest.approx(120.96e-6)
        found = deepseek(**ideal, batch=4096, microbatches=2, moe_layers=61)
        assert (
            found["expert_communication"]
            == pytest.approx(2 * 61 * 120.96e-6)
            == pytest.approx(14.76e-3, rel=1e-3)
        )
        assert found["expert_speed_limit"] == pytest.approx(67, rel=0.02)

    def test_deepeps_bandwidth_among_8_chips(self):
        """128 · 8 · 7392 B = 7,569,408 B in 77 µs: 98.3 GB/s; printed 98."""
        found = deepseek(chips=8, expert_parallel=8, batch=1024, dispatch_time=77e-6)
        assert found["dispatch_bytes"] == 7_569_408
        assert found["dispatch_bandwidth"] == pytest.approx(98e9, rel=0.02)

    def test_deepeps_dispatch_among_64_chips_stays_above_the_floor(self):
        """7,569,408 B / 50 GB/s = 151.4 µs and 2.7 µs of latency, measured 173 µs."""
        found = deepseek(batch=8192, network_share=1)
        assert found["dispatch_time"] == pytest.approx(154.09e-6, rel=1e-4)
        assert 0.75 < found["dispatch_time"] / 173e-6 < 0.95

    def test_what_stays_within_the_node_takes_the_fast_links(self):
        """64 chips, nodes of 8: 56/64 leave, 7/64 go to neighbours, 1/64 stays. The network takes 0.875/50, the links 0.109/200 per GB."""
        found = deepseek()
        assert (found["network_share"], found["link_share"]) == (0.875, 7 / 64)
        assert found["routed_byte_time"] == 0.875 / 50e9
        rack = deepseek(node_size=64)
        assert (rack["network_share"], rack["link_share"]) == (0, 63 / 64)
        assert rack["routed_byte_time"] == pytest.approx(63 / 64 / 200e9)

    def test_the_busiest_chip_carries_more(self):
        """A quarter more: bytes sent and FLOPs grow by it; experts read grow too, but never beyond all that the chip has."""
        even, skewed = deepseek(batch=128), deepseek(batch=128, expert_imbalance=1.25)
        assert skewed["dispatch_bytes"] == pytest.approx(1.25 * even["dispatch_bytes"])
        shared = even["core_params"]
        assert skewed["layout_weights_read"] - shared == pytest.approx(
            min(1.25 * (even["layout_weights_read"] - shared), 58 * 4 * 44_040_192)
        )
        assert deepseek(batch=8, expert_imbalance=1.25)[
            "layout_weights_read"
        ] - shared == pytest.approx(1.25 * (deepseek(batch=8)["layout_weights_read"] - shared))

    def test_slices_of_every_expert_know_no_luck(self):
        found = scenario(model="mixtral-8x7b", expert_imbalance=2, batch=4)
        assert found["parallel_step"] == scenario(model="mixtral-8x7b", batch=4)["parallel_step"]

    def test_experts_gather_the_tokens_of_all_groups(self):
        """2048 sequences, 32 to a chip; at the experts all 2048 meet, at attention 32."""
        assert (
            deepseek()["microbatch_size"],
            deepseek()["expert_batch"],
            deepseek()["tokens_per_chip"],
        ) == (32, 2048, 32)
        assert deepseek(expert_parallel=32)["expert_batch"] == 1024

    def test_one_all_reduce_less_where_experts_are_apart(self):
        """DeepSeek-V3, attention cut eight ways: two in each of 3 dense layers, one in each of 58."""
        assert deepseek(tensor_parallel=8)["all_reduces"] == 64
        assert deepseek(tensor_parallel=8, chips=8, expert_parallel=1)["all_reduces"] == 122


class TestStep:
    """The whole step."""

    @pytest.mark.parametrize("model", ["llama-3.1-70b", "mixtral-8x7b", "gemma-3-27b"])
    @pytest.mark.parametrize("batch", [1, 32, 1000])
    def test_with_free_links_it_is_the_floor(self, model, batch):
        """All chips in one group, heads that divide, links that take no time: `decode_step`."""
        found = scenario(
            model=model, batch=batch, chips=8, tensor_parallel=8, overhead=1e-3, **FREE
        )
        assert found["parallel_step"] == pytest.approx(found["decode_step"])

    @pytest.mark.parametrize(
        "layout",
        [
            {},
            {"tensor_parallel": 4},
            {"tensor_parallel": 2, "pipeline_stages": 4},
            {"tensor_parallel": 1},
        ],
    )
    def test_no_layout_beats_the_floor(self, layout):
        found = dense(**layout)
        assert found["parallel_step"] >= found["decode_step"] * (1 - 1e-12)

    def test_a_collective_takes_its_latency_however_little_it_carries(self):
        """Two chips: the ring's two messages of 0.6 µs are less than 3.5 µs, so 160 all-reduces wait 0.56 ms, as `decode_step` counts them."""
        found = scenario(collective_latency=3.5e-6)
        assert found["tensor_latency"] == pytest.approx(0.56e-3)
        assert found["tensor_latency"] == pytest.approx(found["step_overhead"])
        assert found["parallel_step"] >= found["decode_step"]

    def test_its_parts_add_up(self):
        """(69.503 + 32 · 2.684) GB / 8 / 3.35 TB/s = 5.7986 ms, and 1.6702 ms of all-reduces: 7.4688 ms."""
        assert dense()["parallel_step"] == pytest.approx(7.46880e-3, rel=1e-5)
        assert dense()["communication_share"] == pytest.approx(1.67022 / 7.46880, rel=1e-5)
        assert dense()["overlapped_step"] == pytest.approx(5.79858e-3, rel=1e-5)
        assert dense()["parallel_throughput"] == pytest.approx(32 / 7.46880e-3, rel=1e-5)

    def test_more_ways_help_less_and_less(self):
        """At batch 1 each doubling saves less, and past the node it costs."""
        one, two, four, eight, sixteen = (
            scenario(chips=n, tensor_parallel=n)["parallel_step"] for n in (1, 2, 4, 8, 16)
        )
        assert 2 > one / two > two / four > four / eight > 1 > eight / sixteen

    def test_slower_links_never_help(self):
        assert dense(link_bandwidth=100e9)["parallel_step"] > dense()["parallel_step"]
        assert deepseek(network_bandwidth=25e9)["parallel_step"] > deepseek()["parallel_step"]

    @pytest.mark.parametrize(
        ("model", "chips", "measured"),
        [
            ("llama-2-7b", 2, 168.84),
            ("llama-2-7b", 4, 254.02),
            ("llama-2-7b", 8, 328.43),
            ("llama-2-70b", 8, 62.5),
            ("mixtral-8x7b", 8, 227.82),
        ],
    )
    def test_gpt_fast_stays_below_and_nearer_than_to_the_floor(self, model, chips, measured):
        """gpt-fast on A100s in BF16: communication explains a part of what is missing, and never more."""
        found = scenario(
            model=model,
            accelerator="a100-80-sxm",
            chips=chips,
            tensor_parallel=chips,
            precision="bf16",
            context=105,
        )
        assert 0.4 < measured / found["parallel_speed"] < 1
        assert found["parallel_speed"] < found["user_speed"]


class TestNodes:
    """A machine's own node: a board of eight, or a rack whose links join all of it."""

    def test_a_rack_is_one_node(self):
        """72 chips of an NVL72: no copy leaves, 71 of 72 go to neighbours over 900 GB/s, where nodes of eight would send 64 of 72 over 50 GB/s."""
        rack = deepseek(accelerator="gb200", chips=72, expert_parallel=72, batch=6336)
        assert rack["node_chips"] == 72
        assert (rack["network_share"], rack["link_share"]) == (0, 71 / 72)
        assert rack["routed_byte_time"] == pytest.approx(71 / 72 / 900e9)
        boards = deepseek(
            accelerator="gb200", chips=72, expert_parallel=72, batch=6336, node_size=8
        )
        assert boards["routed_byte_time"] == pytest.approx(64 / 72 / 50e9)

    @pytest.mark.parametrize(
        ("accelerator", "chips"),
        [("h800", 8), ("b200", 8), ("gb300", 72), ("tpu-v5e", 256), ("trainium2", 64)],
    )
    def test_the_row_says_how_many_chips_its_links_join(self, accelerator, chips):
        assert scenario(accelerator=accelerator)["node_chips"] == chips

    def test_one_chip_needs_no_link(self):
        """A laptop's row has no links, and its step waits for none."""
        alone = scenario(
            model="llama-3.1-8b",
            accelerator="apple-m4-pro",
            chips=1,
            tensor_parallel=1,
            precision="q4_0",
        )
        assert alone["communication_time"] == 0
        assert alone["parallel_step"] == pytest.approx(alone["decode_step"])
