"""Models whose layers are of several kinds, and weights whose groups have formats of their own, worked by hand from their configurations."""

import pytest

from tests.real import pinned as scenario

GIB = 2**30


class TestParameters:
    """A sum over the kinds of layers."""

    def test_heads_of_their_own_in_windowed_layers(self):
        """Gemma 4 31B: a full layer 5376 · 512 · (2 · 32 + 4) for keys that are the values; a windowed one 5376 · 256 · (2 · 32 + 2 · 16)."""
        found = scenario(model="gemma-4-31b")
        assert found["attention_params"] == 5376 * 512 * 68
        assert found["window_attention_params"] == 5376 * 256 * 96
        assert found["stacked_attention_params"] == 10 * 5376 * 512 * 68 + 50 * 5376 * 256 * 96

    def test_values_narrower_than_keys(self):
        """MiMo-V2-Flash: 4096 · (192 + 128) · (64 + 4), and 8 KV heads under a window."""
        found = scenario(model="mimo-v2-flash")
        assert found["attention_params"] == 4096 * 320 * 68
        assert found["window_attention_params"] == 4096 * 320 * 72

    def test_a_gate_is_as_large_as_the_queries(self):
        """Qwen3.5 397B: 4096 · 256 · (3 · 32 + 2 · 2)."""
        assert scenario(model="qwen3.5-397b-a17b")["attention_params"] == 4096 * 256 * 100

    def test_a_layer_of_gated_deltanet(self):
        """Qwen3-Next: queries and keys 2 · 16 · 128, values, gate and output 3 · 32 · 128, two numbers a head; a convolution of 4 over 8,192 rows."""
        assert scenario(model="qwen3-next-80b-a3b")["linear_params"] == (
            2048 * (4096 + 12_288 + 64) + 4 * 8192
        )

    def test_a_layer_of_mamba_2(self):
        """Nemotron 3 Nano: B and C of 8 groups · 128, x, z and the output 64 · 64 each, one number a head; a convolution of 4 over 6,144 rows."""
        assert scenario(model="nemotron-3-nano-30b-a3b")["linear_params"] == (
            2688 * (2048 + 3 * 4096 + 64) + 4 * 6144
        )

    def test_layers_that_have_one_part_only(self):
        """Nemotron 3 Nano: 23 layers of Mamba-2, 6 of attention, 23 of experts with two matrices each."""
        found = scenario(model="nemotron-3-nano-30b-a3b")
        assert (found["attention_layers"], found["moe_layers"], found["dense_layers"]) == (6, 23, 0)
        assert found["expert_params"] == 2 * 2688 * 1856
        assert found["shared_params"] == 2 * 2688 * 3712 + 128 * 2688

    def test_layers_that_have_both(self):
        """Falcon-H1: all 36 layers have attention and Mamba-2."""
        found = scenario(model="falcon-h1-0.5b")
        assert (found["attention_layers"], found["linear_layers"]) == (36, 36)
        assert found["stacked_attention_params"] == 36 * (
            1024 * 64 * (2 * 8 + 2 * 2) + 1024 * (256 + 3 * 1536 + 24) + 4 * (256 + 1536)
        )

    def test_experts_in_a_latent(self):
        """Kimi K3: 3 · 3584 · 3072 an expert; two shared ones at full width, and a way in and out of the latent."""
        found = scenario(model="kimi-k3")
        assert found["expert_params"] == 3 * 3584 * 3072
        assert found["shared_params"] == 3 * 7168 * 6144 + 896 * 7168 + 2 * 7168 * 3584
        assert found["exchanged_width"] == 3584

    def test_an_output_in_groups_and_a_compressed_cache(self):
        """DeepSeek-V4 Flash: 1024 ranks for 64 heads of 512, 8 groups of 1024 back; compressors of 4 or 2 matrices of 4096 · 512."""
        found = scenario(model="deepseek-v4-flash")
        assert found["attention_params"] == (
            4096 * 1024 + 1024 * 64 * 512 + 4096 * 512 + 64 * 512 * 1024 + 8 * 1024 * 4096
        )
        index = 64 * 128 * 1024 + 64 * 4096 + 128 * 4096
        assert found["selection_params"] == (
            (4 * 21 + 2 * 20) * 4096 * 512 + 21 * (index + 3 * 128 * 4096)
        )

    @pytest.mark.parametrize(("model", "layers"), [("glm-5", 78), ("glm-5.2", 21)])
    def test_layers_that_share_an_index(self, model, layers):
        """32 heads of 128 from 2048 ranks, a weight for each head, one key: 9,371,648 a layer that has one."""
        found = scenario(model=model)
        assert found["index_params"] == 32 * 128 * 2048 + 32 * 6144 + 128 * 6144 == 9_371_648
        assert found["selection_params"] == layers * 9_371_648

    def test_an_ffn_without_a_gate_and_a_table_of_positions(self):
        """OPT 13B: 2 · 5120 · 20,480 a layer; 2,050 positions, looked up."""
        found = scenario(model="opt-13b", context=2048)
        assert found["ffn_params"] == 2 * 5120 * 20_480
        assert found["input_embedding_params"] == 2050 * 5120

    def test_an_embedding_for_every_layer(self):
        """Three matrices a layer take part, the tables are looked up."""
        plain, wide = (
            scenario(model="llama-3.2-1b"),
            scenario(model="llama-3.2-1b", per_layer_width=256),
        )
        assert wide["core_params"] - plain["core_params"] == 3 * 16 * 2048 * 256
        assert wide["input_embedding_params"] == 128_256 * 16 * 256


class TestCache:
    """What a token leaves behind, kind by kind."""

    def test_two_widths_of_entries(self):
        """Gemma 4 31B at 8,192: 10 layers keep 2 · 4 · 512 · 2 B of every token, 50 keep 2 · 16 · 256 · 2 B of 1,024."""
        found = scenario(model="gemma-4-31b")
        assert found["kv_per_sequence"] == 10 * 8192 * 8192 + 50 * 16_384 * 1024
        assert found["kv_per_token"] == 10 * 8192 + 50 * 16_384
        assert found["kv_growth"] == 10 * 8192
        assert scenario(model="gemma-4-31b", prompt=8192)["prompt_cache"] == pytest.approx(
            found["kv_per_sequence"]
        )

    def test_a_short_sequence_fills_no_window(self):
        found = scenario(model="gemma-4-31b", context=1000)
        assert found["kv_per_sequence"] == 1000 * found["kv_per_token"] == 1000 * found["kv_growth"]

    def test_values_narrower_than_keys(self):
        """MiMo-V2-Flash: 9 layers keep 4 · 320 values of every token, 39 keep 8 · 320 of 128."""
        found = scenario(model="mimo-v2-flash")
        assert found["kv_per_sequence"] == 2 * (9 * 8192 * 1280 + 39 * 128 * 2560)

    def test_opt_13b_is_the_papers_800_kb(self):
        """PagedAttention (2309.06180), section 3: 2 · 5120 · 40 · 2 B a token."""
        assert scenario(model="opt-13b", context=2048)["kv_per_token"] == 819_200

    def test_a_state_of_mamba_2(self):
        """Nemotron 3 Nano: 23 · 64 · 128 · 64 · 4 B, whatever the length."""
        assert scenario(model="nemotron-3-nano-30b-a3b")["linear_state"] == 23 * 64 * 128 * 64 * 4

    def test_a_chunk_reads_the_windowed_entries_at_their_own_width(self):
        """The last chunk of 1,024 of a prompt of 4,096 reads 3,072 full entries, and 1,024 of the windows."""
        found = scenario(model="gemma-4-31b", prompt=4096, chunk_size=1024)
        assert found["last_chunk_rereads"] == 10 * 3072 * 8192 + 50 * 1024 * 16_384

    def test_chips_share_out_the_heads_of_each_kind(self):
        """Eight ways: each of 4 KV heads lies on two chips, of 16 a chip has two; a quarter of the full cache and an eighth of the windows."""
        found = scenario(model="gemma-4-31b", chips=8, tensor_parallel=8)
        assert found["layout_kv"] == 10 * 8192 * 8192 / 4 + 50 * 16_384 * 1024 / 8


class TestWork:
    """Attention of windowed layers has the width of their own heads."""

    def test_decode(self):
        """2 · (32 · 2 · 512 · 10 · 8192 + 32 · 2 · 256 · 50 · 1024)."""
        assert scenario(model="gemma-4-31b")["decode_attention_flops"] == 2 * (
            32 * 1024 * 10 * 8192 + 32 * 512 * 50 * 1024
        )

    def test_prefill(self):
        """½ · 2 · (full · 10 · n² + windowed · 50 · (n² − (n − w)²)), and its last chunk is all of it where there is one."""
        found = scenario(model="gemma-4-31b", prompt=4096, chunk_size=4096)
        assert found["prefill_attention_flops"] == (
            32 * 1024 * 10 * 4096**2 + 32 * 512 * 50 * (4096**2 - 3072**2)
        )
        assert found["last_chunk_attention_flops"] == found["prefill_attention_flops"]


class TestRecipes:
    """A width for each group of tensors."""

    def test_gpt_oss_is_as_large_as_its_publisher_says(self):
        """120b: 36 · 128 · 24,883,200 parameters of experts at 4.25 bit, the other 2.12 billion at 16; biases make up the 60.8 GiB."""
        found = scenario(model="gpt-oss-120b", precision="mxfp4-experts")
        experts = 36 * 128 * 3 * 2880 * 2880
        assert found["weight_bytes"] == experts * 4.25 / 8 + (found["params"] - experts) * 2
        assert found["weight_bytes"] / GIB == pytest.approx(60.8, rel=0.003)

    def test_only_the_experts_that_are_touched_are_read(self):
        """One sequence: 4 experts of each layer at 4.25 bit, and everything else but the input embedding at 16."""
        found = scenario(model="gpt-oss-120b", precision="mxfp4-experts")
        chosen = 36 * 4 * 3 * 2880 * 2880
        assert found["weights_read"] == pytest.approx(
            chosen * 4.25 / 8 + (found["matmul_params"] - chosen) * 2
        )

    def test_fp8_with_embeddings_in_16_bits(self):
        """Llama 3.1 70B: 68.45 billion bytes of layers, and two tables of 1.05 billion parameters at two: 33.83 GiB a chip."""
        found = scenario(precision="fp8-block")
        assert found["weight_bytes"] == 68_452_352_000 + 8192 + 2 * 2_101_346_304

    @pytest.mark.parametrize(("model", "gib"), [("llama-3.1-8b", 4.58), ("llama-3.1-70b", 39.59)])
    def test_files_in_q4_k_m(self, model, gib):
        """As large as the files whose speed is measured, within 0.5 %."""
        found = scenario(model=model, precision="q4_k_m")
        assert found["weight_bytes"] / GIB == pytest.approx(gib, rel=0.005)

    @pytest.mark.parametrize("model", ["llama-3.1-70b", "deepseek-v3", "qwen3-next-80b-a3b"])
    def test_groups_of_one_width_are_a_format(self, model):
        """A recipe whose groups all have 8 bits reads and holds what FP8 does."""
        plain = scenario(model=model, precision="fp8")
        groups = scenario(
            model=model, precision="fp8", attention_width=1, ffn_group_width=1, routed_width=1,
            table_width=1, head_width=1,
        )  # fmt: skip
        for name in ("weight_bytes", "weights_read", "core_bytes", "layout_weights", "decode_step"):
            assert groups[name] == pytest.approx(plain[name], rel=1e-12), name
