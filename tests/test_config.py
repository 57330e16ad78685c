"""A published `config.json` becomes a row, and what of it the models cannot express is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from hooks.data.catalogue import Catalogue
from hooks.data.keys import ALIASES, EVERY, explained, hint
from hooks.formula.evaluate import Scenario
from hooks.tools.config import OK, UNEXPRESSIBLE, WRONG, main, row_yaml
from hooks.tools.config_row import NoConfig, converted, read_config
from tests import configs
from tests.real import ENGINE
from tests.rows_of_data import DENSE, text, told

FINISHED = {
    "name: TODO": "name: A model",
    "published_params: TODO": "# published_params: TODO",
    'source: {title: "config.json of TODO", url: "TODO", accessed: TODO}': "source: {title: A file, mark: recalled}",
}


def row(config: dict[str, Any]) -> Scenario:
    """The scenario of a model that is given as its configuration, once its row is finished by hand."""
    yaml = row_yaml(converted(config), "new")
    for old, new in FINISHED.items():
        yaml = yaml.replace(old, new)
    found = Catalogue(ENGINE.library, [("models.yml", yaml)])
    assert [p for p in found.problems if p.path == "models.yml"] == []
    return Scenario(ENGINE.library, {**ENGINE.catalogue.tables, **found.tables}, {"model": "new"})


def said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], config: object
) -> tuple[int, str, str]:
    """The exit code, the row, and what is said beside it."""
    file = tmp_path / "config.json"
    file.write_text(config if isinstance(config, str) else json.dumps(config))
    code = main([str(file)])
    out, error = capsys.readouterr()
    return code, out, error.replace(str(file), "config.json")


@pytest.mark.parametrize(
    ("config", "params", "kv"),
    [
        (configs.LLAMA_3_8B, 8.03e9, 2 * 32 * 8 * 128 * 2),
        (configs.QWEN_25_14B, 14.77e9, 2 * 48 * 8 * 128 * 2),
        (configs.MIXTRAL_8X7B, 46.70e9, 2 * 32 * 8 * 128 * 2),
        (configs.DEEPSEEK_V3, 671.0e9, 61 * (512 + 64) * 2),
        (configs.GEMMA_3_12B, 11.77e9, 2 * 48 * 8 * 256 * 2),
        (configs.GPT_OSS_20B, 20.91e9, 2 * 24 * 8 * 64 * 2),
        (configs.QWEN3_NEXT_80B, 79.67e9, 2 * 12 * 2 * 256 * 2),
        (configs.GPT_2, 1.558e9, 2 * 48 * 25 * 64 * 2),
        (configs.GEMMA_4_31B, 30.70e9, 2 * 2 * (10 * 4 * 512 + 50 * 16 * 256)),
        (configs.KIMI_K3, 2779e9, 24 * (512 + 64) * 2),
        (configs.LLAMA_4_MAVERICK, 400.7e9, 2 * 48 * 8 * 128 * 2),
    ],
    ids=["llama", "qwen2.5", "mixtral", "deepseek", "gemma3", "gpt-oss", "qwen3-next", "gpt2", "gemma4", "kimi-k3", "llama4"],
)  # fmt: skip
def test_a_configuration_comes_to_the_models_parameters_and_cache(config, params, kv):
    """The parameters that its publisher prints, and by hand: keys and values · layers · KV heads · width · 2 bytes."""
    found = row(config)
    assert found["params"] == pytest.approx(params, rel=1e-3)
    assert found["kv_per_token"] == kv


@pytest.mark.parametrize(
    ("config", "model"),
    [
        (configs.MIXTRAL_8X7B, "mixtral-8x7b"),
        (configs.DEEPSEEK_V3, "deepseek-v3"),
        (configs.GPT_OSS_20B, "gpt-oss-20b"),
        (configs.QWEN3_NEXT_80B, "qwen3-next-80b-a3b"),
        (configs.LLAMA_4_MAVERICK, "llama-4-maverick"),
        (configs.GEMMA_4_31B, "gemma-4-31b"),
        (configs.KIMI_K3, "kimi-k3"),
        (configs.NEMOTRON_3_NANO, "nemotron-3-nano-30b-a3b"),
        (configs.MIMO_V2_FLASH, "mimo-v2-flash"),
        (configs.DEEPSEEK_V4_FLASH, "deepseek-v4-flash"),
        (configs.GRANITE_4_SMALL, "granite-4.0-h-small"),
        (configs.FALCON_H1, "falcon-h1-0.5b"),
        (configs.OPT_13B, "opt-13b"),
        (configs.MINIMAX_M3, "minimax-m3"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_configuration_says_what_the_catalogues_own_row_says(config, model):
    """Every number that a person has taken from the file, zeros aside."""
    cells = ENGINE.catalogue.tables["models"][model].cells
    ours = {k: float(v) for k, v in converted(config).row.items() if v}
    for key in ("head_dim", "num_key_value_heads"):
        if key in cells:  # Mixtral's file leaves the first to the default, OPT's both
            ours.setdefault(key, {"head_dim": 128.0, "num_key_value_heads": 40.0}[key])
    theirs = {k: c.value for k, c in cells.items() if c.value and not k.startswith("published")}
    assert ours == theirs


@pytest.mark.parametrize(
    ("config", "whats"),
    [
        (configs.OPT_350M, ["an embedding of another width than the model (word_embed_proj_dim: 512)"]),
        ({**configs.GEMMA_4_31B["text_config"], "use_double_wide_mlp": True}, ["layers with an FFN of twice the width (use_double_wide_mlp: true)"]),
        ({**configs.NEMOTRON_3_NANO, "hybrid_override_pattern": "MX"}, ['layers of another kind (hybrid_override_pattern: "MX")']),
        ({**configs.LLAMA_3_8B, "attn_type_list": [0, 1]}, ["lightning attention (attn_type_list: [0, 1])"]),
        ({**configs.DEEPSEEK_V4_FLASH, "compress_ratios": [4] * 43}, ["layers that compress the cache by other ratios (compress_ratios: [4])"]),
        ({**configs.LLAMA_3_8B, "layer_types": ["mamba"] * 32}, ["layers of another kind (layer_types: mamba)"]),
        ({**configs.LLAMA_3_8B, "layer_types": ["full_attention"] * 30}, ["layer_types has 30 entries for 32 layers"]),
        ({**configs.LLAMA_3_8B, "num_key_value_heads": [8, 4] * 16}, ["num_key_value_heads is a list: layers that differ from one another"]),
        ({**configs.LLAMA_3_8B, "is_encoder_decoder": True}, ["an encoder with a decoder"]),
        ({**configs.LLAMA_3_8B, "state_size": 16}, ["state-space layers of the first Mamba (state_size: 16)"]),
        ({**configs.GEMMA_3_12B["text_config"], "sliding_window_pattern": None}, ["the file does not say which layers have the window"]),
    ],
)  # fmt: skip
def test_what_the_models_cannot_express_is_said_and_the_exit_code_says_so(
    tmp_path, capsys, config, whats
):
    code, _, error = said(tmp_path, capsys, config)
    assert code == UNEXPRESSIBLE
    for what in whats:
        assert f"the models cannot express this yet: {what}" in error


@pytest.mark.parametrize(
    "config",
    [configs.OPT_350M, {**configs.GEMMA_4_31B["text_config"], "use_double_wide_mlp": True}],
)
def test_a_row_that_would_be_wrong_is_refused_by_the_catalogue_too(config):
    """Its comments may be lost on the way: the keys that decide stay in it."""
    yaml = row_yaml(converted(config), "new")
    for old, new in FINISHED.items():
        yaml = yaml.replace(old, new)
    assert any("the models cannot express" in line for line in told("models", yaml))


def test_the_row_says_what_its_writer_adds_and_is_no_row_until_then(tmp_path, capsys):
    code, out, error = said(tmp_path, capsys, configs.LLAMA_3_8B)
    assert code == OK
    assert out.startswith("new-model:\n  name: TODO\n  num_hidden_layers: 32\n")
    assert "add name, family, published_params and source (title, url, accessed)" in error
    assert "left out, no matter of cost: architectures, attention_bias" in error
    assert told("models", out)


def test_what_is_not_counted_is_said_for_the_rows_limits(tmp_path, capsys):
    _, out, error = said(tmp_path, capsys, configs.GEMMA_3_12B)
    assert "say in limits and limits_zh: not counted: a vision tower (vision_config)" in error
    assert "  # For limits and limits_zh: not counted: a vision tower (vision_config)\n" in out
    assert (
        "not counted: layers that predict several tokens"
        in said(tmp_path, capsys, configs.DEEPSEEK_V3)[2]
    )
    assert (
        "not counted: that a decoded token reads only the entries that an index picks (index_topk)"
        in said(tmp_path, capsys, configs.DEEPSEEK_V4_FLASH)[2]
    )


def test_a_key_that_nobody_knows_is_named(tmp_path, capsys):
    _, _, error = said(tmp_path, capsys, {**configs.LLAMA_3_8B, "flux_capacitance": 1.21})
    assert "a key that nobody here knows, look what it means: flux_capacitance: 1.21" in error


def test_where_a_value_is_our_own_count_the_row_says_so():
    out = row_yaml(converted(configs.GPT_OSS_20B), "new")
    assert "  sliding_window_layers: 12  # our count from layer_types\n" in out
    assert "  moe_intermediate_size: 2880  # config key intermediate_size\n" in out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "config.json:1:1: no JSON: Expecting value"),
        ("{", "config.json:1:2: no JSON: Expecting property name enclosed in double quotes"),
        ("model: llama", "config.json:1:1: no JSON: Expecting value"),
        ("[1, 2]", "config.json: a config.json is a mapping, not a list"),
        ("3", "config.json: a config.json is a mapping, not a int"),
        ("null", "config.json: a config.json is a mapping, not a NoneType"),
        ("{}", "config.json: not the configuration of a language model that the models know: it has no num_hidden_layers, hidden_size, num_attention_heads, vocab_size"),
        ('{"hidden_size": NaN}', "config.json: NaN is no number"),
        ('{"hidden_size": "4096"}', "config.json: 'hidden_size' is a number, not \"4096\""),
        ('{"hidden_size": true}', "config.json: 'hidden_size' is a number, not true"),
        ('{"hidden_size": 4096, "n_embd": 2048}', "config.json: 'n_embd' is 2048, and hidden_size 4096: they say the same"),
        ("[" * 100_000, "config.json: nested too deeply to be a config.json"),
        (" " * 4_000_001, "config.json: 4,000,001 bytes are no config.json: it has 4,000,000 at most"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_configuration_is_refused_in_a_sentence(
    tmp_path, capsys, content, message
):
    code, out, error = said(tmp_path, capsys, content)
    assert (code, out, error) == (WRONG, "", message + "\n")


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "config.json").write_bytes(b"\xff\xfe{")
    for name, message in (("none.json", "No such file or directory"), (".", "Is a directory"), ("config.json", "not UTF-8 text, at byte 0")):  # fmt: skip
        with pytest.raises(NoConfig, match=message):
            read_config(tmp_path / name)


def test_a_byte_order_mark_does_no_harm(tmp_path, capsys):
    (tmp_path / "config.json").write_bytes(
        b"\xef\xbb\xbf" + json.dumps(configs.LLAMA_3_8B).encode()
    )
    assert main([str(tmp_path / "config.json")]) == OK


@pytest.mark.parametrize("config", [{**configs.LLAMA_3_8B, "num_key_value_heads": 12}, {**configs.LLAMA_3_8B, "hidden_size": -4096}])  # fmt: skip
def test_what_the_catalogue_would_refuse_is_said_at_once(tmp_path, capsys, config):
    code, _, error = said(tmp_path, capsys, config)
    assert code == UNEXPRESSIBLE and "the row as it stands is refused: " in error


# The names that published configurations use, in a row


@pytest.mark.parametrize(
    ("old", "new"),
    [("num_hidden_layers", "n_layer"), ("hidden_size", "n_embd"), ("num_attention_heads", "n_head"), ("max_position_embeddings", "n_positions"), ("num_key_value_heads", "n_kv_heads"), ("hidden_size", "d_model")],
)  # fmt: skip
def test_another_name_of_the_same_thing_is_read(old, new):
    assert (
        told(
            "models", text({new if key == old else key: value for key, value in DENSE.items()}, {})
        )
        == []
    )


@pytest.mark.parametrize(
    "name", ["n_routed_experts", "num_local_experts", "moe_num_experts", "num_experts"]
)
@pytest.mark.parametrize(
    "chosen", ["num_experts_per_tok", "num_experts_per_token", "moe_topk", "top_k_experts"]
)
def test_experts_go_by_many_names(name, chosen):
    mixture = {
        "intermediate_size": None,
        "published_params": None,
        "moe_intermediate_size": "14336",
    }
    assert told("models", text(DENSE, {**mixture, name: "8", chosen: "2"})) == []


@pytest.mark.parametrize(
    "line",
    ["rope_theta: 500000.0", "torch_dtype: bfloat16", "quantization_config: {bits: 4}", "rope_scaling: null", "architectures: [LlamaForCausalLM]", "do_layer_norm_before: true", "attention_bias: false", "use_cache: true"],
)  # fmt: skip
def test_what_is_no_matter_of_cost_does_no_harm_in_a_row(line):
    key, value = line.split(": ", 1)
    assert told("models", text(DENSE, {key: value})) == []


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("global_head_dim", "512", "'global_head_dim': the heads of the full layers: write them as head_dim and num_key_value_heads, "),
        ("num_global_key_value_heads", "4", "'num_global_key_value_heads': the heads of the full layers: write them as head_dim and num_key_value_heads, "),
        ("routed_expert_hidden_size", "3584", "moe_latent_size without experts: add num_experts, or leave it out"),
        ("ffn_dim", "16384", "'ffn_dim': an FFN of two matrices: write its width as intermediate_size, and ffn_matrices: 2"),
        ("n_inner", "6400", "'n_inner': an FFN of two matrices: write its width as intermediate_size, and ffn_matrices: 2"),
        ("hybrid_override_pattern", "MEM", "'hybrid_override_pattern': a row counts its layers: attention_layers, linear_attention_layers and ffn_layers"),
        ("block_configs", "[]", "'block_configs': the models cannot express this yet: layers that differ from one another"),
        ("word_embed_proj_dim", "512", "'word_embed_proj_dim': an embedding as wide as the model needs no key; the models cannot express another width"),
        ("attention_chunk_size", "8192", "'attention_chunk_size': a token sees its own chunk only: write it as sliding_window, "),
        ("layer_types", "[full_attention]", "'layer_types': a row counts its layers: sliding_window_layers, linear_attention_layers"),
        ("sliding_window_pattern", "6", "'sliding_window_pattern': a row counts its layers: write sliding_window_layers"),
        ("top_k", "50", "'top_k': experts per token are num_experts_per_tok; a top_k of sampling belongs in no row"),
        ("vision_config", "{}", "'vision_config': the models leave this out (a vision tower): say so in limits"),
        ("text_config", "{}", "'text_config': a row holds the text model's keys themselves: python -m hooks.tools.config FILE writes it"),
        ("n_embd", "2048", "'n_embd' says the same as 'hidden_size', with another value"),
    ],
)  # fmt: skip
def test_a_published_key_that_a_row_cannot_hold_is_explained(key, value, message):
    found = told("models", text(DENSE, {key: value}))
    assert len(found) == 1 and message in found[0]


def test_every_known_name_is_either_read_or_explained_and_never_guessed():
    for key in EVERY - ALIASES.keys():
        assert "did you mean" not in explained(key)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("num_hiden_layers", "num_hidden_layers"), ("num_hidden_layer", "num_hidden_layers"), ("hiddenSize", "hidden_size"), ("head_dims", "head_dim"),
        ("memory_bandwith", "memory_bandwidth"), ("memroy", "memory"), ("bf16_flop", "bf16_flops"), ("kv_lora_rnak", "kv_lora_rank"),
        ("shared_experts", ""), ("n_dense_experts", ""), ("sliding_head_dim", ""), ("k_head_dim", ""), ("qk_head_dim", ""), ("fp6_flops", ""),
        ("fp16_flops", ""), ("num_query_heads", ""), ("long_price", ""), ("output_tokens", ""), ("memory_latency", ""), ("hidden_layers", ""),
        ("num_hidden_heads", ""), ("linear_key_value_heads", ""), ("moe_hidden_size", ""), ("v_lora_rank", ""), ("global_head_size", ""),
    ],
)  # fmt: skip
def test_a_hint_is_for_a_misspelt_key_and_never_leads_to_another_meaning(key, meant):
    fields = [getattr(d, "key", "") for d in ENGINE.library.names.values() if getattr(d, "key", "")]
    assert hint(key, fields) == (f"; did you mean '{meant}'?" if meant else "")
