"""A published `config.json` as a row of `docs/data/models.yml`: `python -m hooks.tools.config
FILE`.

The row goes to standard output; to standard error goes what the models cannot express, what was
left out, and what the writer adds. Nothing is passed over in silence: a key that nobody knows
is named.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hooks.data.catalogue import Catalogue
from hooks.data.engine import Engine
from hooks.data.keys import ALIASES, IRRELEVANT, UNCOUNTED, UNEXPRESSED
from hooks.text.command import run

OK, UNEXPRESSIBLE, WRONG = 0, 1, 2

LARGEST = 4_000_000
"""So many bytes a config has at most; one with weights or a vocabulary in it is something else.
"""

NESTED = ("text_config", "llm_config", "language_config", "thinker_config")
"""Where a model with towers keeps the configuration of its text model."""

PLAIN = (
    "num_hidden_layers",
    "hidden_size",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
    "intermediate_size",
    "vocab_size",
    "tie_word_embeddings",
    "max_position_embeddings",
)
EXPERTS = (
    "num_experts",
    "num_experts_per_tok",
    "moe_intermediate_size",
    "moe_latent_size",
    "n_shared_experts",
    "shared_expert_intermediate_size",
    "first_k_dense_replace",
)
LATENT = ("kv_lora_rank", "q_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim")
LINEAR = (
    "linear_num_value_heads",
    "linear_num_key_heads",
    "linear_key_head_dim",
    "linear_value_head_dim",
    "linear_gates_per_head",
    "linear_conv_kernel_dim",
)
OWN_HEADS = ("swa_num_attention_heads", "swa_num_key_value_heads", "swa_head_dim", "swa_v_head_dim")
COMPRESSED = ("csa_layers", "csa_ratio", "hca_layers", "hca_ratio")
ORDER = (
    *PLAIN,
    "position_embeddings",
    "hidden_size_per_layer_input",
    "ffn_matrices",
    "attention_layers",
    "ffn_layers",
    "attn_output_gate",
    "attention_k_eq_v",
    "sliding_window",
    "sliding_window_layers",
    *OWN_HEADS,
    *COMPRESSED,
    "num_kv_shared_layers",
    "linear_attention_layers",
    *LINEAR,
    *EXPERTS,
    *LATENT,
    "o_lora_rank",
    "o_groups",
    "index_n_heads",
    "index_head_dim",
    "index_layers",
)
"""The keys of a row, in the order in which it writes them."""

NEEDED = ("num_hidden_layers", "hidden_size", "num_attention_heads", "vocab_size")
"""What makes a file the configuration of a language model."""

WIDTH_OF_EXPERTS = {"mixtral", "gpt_oss", "llama4_text", "llama4", "minimax_m2", "phimoe", "dbrx"}
"""Families whose `intermediate_size` is that of an expert."""

YES_OR_NO = {"tie_word_embeddings", "attn_output_gate", "attention_k_eq_v"}
"""Keys whose value is true or false."""

ABSENT_AT_ZERO = {
    "hidden_size_per_layer_input",
    "num_kv_shared_layers",
    "moe_latent_size",
    "shared_expert_intermediate_size",
}
"""Keys whose zero says that the model has no such thing."""

UNGATED = {
    "gpt2",
    "opt",
    "gptj",
    "gpt_neox",
    "gpt_bigcode",
    "bloom",
    "falcon",
    "mpt",
    "phi",
    "nemotron",
    "nemotron_h",
    "starcoder2",
}
"""Families whose FFN has two matrices."""

POSITIONS = {"gpt2": 0, "gpt_bigcode": 0, "opt": 2}
"""Families that look positions up, with the rows that their table has beside one for each
position.
"""

STATE_SPACE = {"nemotron_h", "granitemoehybrid", "falcon_h1", "bamba"}
"""Families with layers of Mamba-2."""

GATED_ATTENTION = {"qwen3_next"}
"""Families whose attention gates its output, where the file does not say."""

WINDOWED = {"sliding_attention", "local_attention", "chunked_attention"}
LOOKING_BACK = {"full_attention", "attention", "global_attention", "deepseek_sparse_attention"}

TIED = {"gemma", "gemma2", "gemma3", "gemma3_text", "gemma4", "gemma4_text", "gpt2", "opt", "cohere", "cohere2"}  # fmt: skip  # noqa: E501
"""Families that tie their embeddings where the file does not say."""


@dataclass
class Found:
    """What a file comes to: the row, where its values are not the file's own, and what else
    there is to say.
    """

    row: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Any] = field(default_factory=dict)
    """The file's keys that say so, which the catalogue refuses until the models know them."""
    unexpressed: list[str] = field(default_factory=list)
    """What the models cannot express: the row's numbers would be wrong."""
    limits: list[str] = field(default_factory=list)
    """What they leave out: true of the row, and to be said in its limits."""
    irrelevant: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class NoConfig(ValueError):
    """A file that is no configuration of a language model."""


def read_config(path: Path) -> dict[str, Any]:
    """The configuration in a file. Refuses what is no JSON, no mapping, too large, or cannot be
    read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise NoConfig(
                f"{path}: {path.stat().st_size:,} bytes are no config.json: it has {LARGEST:,} at"
                " most"
            )
        text = path.read_text("utf-8-sig")
        given = json.loads(text, parse_constant=_no_number)
    except NoConfig:
        raise
    except OSError as error:
        raise NoConfig(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise NoConfig(f"{path}: not UTF-8 text, at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise NoConfig(f"{path}:{error.lineno}:{error.colno}: no JSON: {error.msg}") from None
    except RecursionError:
        raise NoConfig(f"{path}: nested too deeply to be a config.json") from None
    except ValueError as error:
        raise NoConfig(f"{path}: {error}") from None
    if not isinstance(given, dict):
        raise NoConfig(f"{path}: a config.json is a mapping, not a {type(given).__name__}")
    return given


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def converted(config: dict[str, Any]) -> Found:
    """The row that a configuration comes to. Refuses one that is not a language model's."""
    found = Found()
    text = config
    for name in NESTED:
        if isinstance(config.get(name), dict):
            text = {**_outer_keys(config), **config[name]}
            outside = sorted(key for key in config if key not in text and key != name)
            for key in outside:
                _sort(key, config[key], found)
            break
    named: dict[str, Any] = {}
    for key, value in text.items():
        _take(key, value, named, found)
    missing = [key for key in NEEDED if key not in named]
    if missing:
        raise NoConfig(
            "not the configuration of a language model that the models know: it has no"
            f" {', '.join(missing)}"
        )
    family = str(text.get("model_type") or config.get("model_type") or "")
    found.row = {key: named[key] for key in ORDER if key in named}
    _ffn(family, text, found)
    _experts(family, text, found)
    _attention(family, text, found)
    _layers(text, found)
    _embeddings(family, found)
    found.row = {key: found.row[key] for key in ORDER if key in found.row}
    return found


def _outer_keys(config: dict[str, Any]) -> dict[str, Any]:
    """What the outer part of a nested configuration says of the text model too."""
    return {
        key: config[key]
        for key in ("tie_word_embeddings", "vocab_size", "model_type")
        if key in config
    }


def _take(key: str, value: Any, named: dict[str, Any], found: Found) -> None:
    name = ALIASES.get(key, key)
    if name in ORDER:
        if value is None or value == "auto" or (value is False and name != "tie_word_embeddings"):
            return
        if value == 0 and name in ABSENT_AT_ZERO:
            return
        if isinstance(value, (list, dict)):
            found.unexpressed.append(
                f"{key} is a {type(value).__name__}: layers that differ from one another"
            )
            return
        if not isinstance(value, (int, float)) or (value is True and name not in YES_OR_NO):
            raise NoConfig(f"'{key}' is a number, not {json.dumps(value)}")
        if name in named and named[name] != value:
            raise NoConfig(f"'{key}' is {value}, and {name} {named[name]}: they say the same")
        named[name] = value
        if key != name and key not in ("experts_per_token", "n_ctx"):
            found.notes[name] = f"config key {key}"
        return
    _sort(key, value, found)


READ = {
    "layer_types", "sliding_window_pattern", "_sliding_window_pattern", "full_attention_interval", "linear_attn_config",  # noqa: E501
    "attention_chunk_size", "use_sliding_window", "max_window_layers", "shared_expert_intermediate_size", "shared_intermediate_size",  # noqa: E501
    "interleave_moe_layer_step", "decoder_sparse_step", "moe_layer_freq", "mlp_only_layers", "intermediate_size_mlp", "moe_layers",  # noqa: E501
    "mlp_layer_types", "word_embed_proj_dim", "embedding_size", "top_k", "multi_query", "compress_ratios", "enable_moe_block",  # noqa: E501
    "no_rope_layers", "num_dense_layers", "is_encoder_decoder", "global_head_dim", "num_global_key_value_heads", "vocab_size_per_layer_input",  # noqa: E501
    "ffn_dim", "n_inner", "ffn_hidden_size", "hybrid_override_pattern", "hybrid_layer_pattern", "dense_intermediate_size", "sparse_attention_config",  # noqa: E501
    "indexer_types", "layers_block_type", "mamba_d_ssm", "attn_layer_indices", "mlp_hidden_act", "attn_type_list", "expand", "mamba_expand",  # noqa: E501
}  # fmt: skip
"""Keys that are looked at together with others."""


def _sort(key: str, value: Any, found: Found) -> None:
    """Put a key that no row holds where the writer is told of it."""
    if key in READ:
        return
    empty = value is None or value is False or value == 0 or value == [] or value == {}
    if key in UNEXPRESSED:
        if not empty and isinstance(value, (int, float, str)):
            found.refused[key] = value
        if not empty:
            found.unexpressed.append(f"{UNEXPRESSED[key]} ({key}: {_short(value)})")
    elif key in UNCOUNTED:
        if not empty:
            found.limits.append(f"not counted: {UNCOUNTED[key]} ({key})")
    elif key in IRRELEVANT or key.endswith(("_token_id", "_token_index", "_token_ids")):
        found.irrelevant.append(key)
    elif not empty:
        found.unknown.append(f"{key}: {_short(value)}")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "…"


def _ffn(family: str, text: dict[str, Any], found: Found) -> None:
    row = found.row
    for key in ("ffn_dim", "n_inner", "ffn_hidden_size"):
        if key in text:
            row["intermediate_size"] = text[key] or 4 * row["hidden_size"]
            found.notes["intermediate_size"] = (
                f"config key {key}" if text[key] else "four times the hidden size, by default"
            )
    if family in UNGATED:
        row["ffn_matrices"] = 2
        found.notes["ffn_matrices"] = "the FFN of this family has no gate"
    if family in POSITIONS and row.get("max_position_embeddings"):
        row["position_embeddings"] = row["max_position_embeddings"] + POSITIONS[family]
        found.notes["position_embeddings"] = "a table, in this family"
    if "dense_intermediate_size" in text:
        row["intermediate_size"] = text["dense_intermediate_size"]
        found.notes["intermediate_size"] = "config key dense_intermediate_size"
    for key in ("word_embed_proj_dim", "embedding_size"):
        if text.get(key) and text[key] != row["hidden_size"]:
            found.refused[key] = text[key]
            found.unexpressed.append(
                f"an embedding of another width than the model ({key}: {text[key]})"
            )
    if text.get("is_encoder_decoder"):
        found.unexpressed.append("an encoder with a decoder (is_encoder_decoder)")


def _experts(family: str, text: dict[str, Any], found: Found) -> None:
    row, layers = found.row, found.row["num_hidden_layers"]
    if not row.get("num_experts"):
        for key in EXPERTS:
            row.pop(key, None)
        return
    if not row.get("num_experts_per_tok") and isinstance(text.get("top_k"), int):
        row["num_experts_per_tok"] = text["top_k"]
        found.notes["num_experts_per_tok"] = "config key top_k"
    if "moe_intermediate_size" not in row and "intermediate_size" in row:
        row["moe_intermediate_size"] = row.pop("intermediate_size")
        found.notes["moe_intermediate_size"] = "config key intermediate_size"
        if family not in WIDTH_OF_EXPERTS:
            found.notes["moe_intermediate_size"] += ", taken as an expert's"
    if text.get("intermediate_size_mlp"):
        row["intermediate_size"] = text["intermediate_size_mlp"]
        found.notes["intermediate_size"] = "config key intermediate_size_mlp"
    if text.get("enable_moe_block") and "intermediate_size" in row:
        row["shared_expert_intermediate_size"] = row.pop("intermediate_size")
        found.notes["shared_expert_intermediate_size"] = (
            "config key intermediate_size: a dense FFN beside the experts of every layer"
        )
    _shared(row, found)
    if family in ("llama4", "llama4_text") and "n_shared_experts" not in row:
        row["n_shared_experts"] = 1
        found.notes["n_shared_experts"] = "one in every layer with experts of this family"
    row["first_k_dense_replace"] = _dense(text, row, layers, found)
    if row["first_k_dense_replace"] == 0 and "intermediate_size" in row:
        found.irrelevant.append("intermediate_size, which no layer has")
        del row["intermediate_size"]


def _shared(row: dict[str, Any], found: Found) -> None:
    """Shared experts: how many, where they are as wide as the others, or the width of all of
    them together.
    """
    shared, width = row.get("shared_expert_intermediate_size"), row.get("moe_intermediate_size", 0)
    if not shared and "moe_latent_size" in row and row.get("n_shared_experts"):
        row["shared_expert_intermediate_size"] = row.pop("n_shared_experts") * width
        found.notes["shared_expert_intermediate_size"] = "all shared experts together"
    elif shared and "moe_latent_size" not in row and shared == width:
        row["n_shared_experts"] = 1
        found.notes["n_shared_experts"] = f"a shared expert of width {shared}"
        del row["shared_expert_intermediate_size"]
    elif shared:
        row.pop("n_shared_experts", None)


def _dense(text: dict[str, Any], row: dict[str, Any], layers: int, found: Found) -> int:
    """How many layers have no experts."""
    pattern = text.get("hybrid_override_pattern")
    if isinstance(pattern, str):
        return pattern.count("-")
    kinds = text.get("mlp_layer_types")
    frequency = text.get("moe_layer_freq")
    if isinstance(kinds, list):
        found.notes["first_k_dense_replace"] = "counted from mlp_layer_types"
        return sum(kind == "dense" for kind in kinds)
    if isinstance(frequency, list):
        found.notes["first_k_dense_replace"] = "counted from moe_layer_freq"
        return sum(not kind for kind in frequency)
    step = text.get("interleave_moe_layer_step") or text.get("decoder_sparse_step") or frequency
    if isinstance(step, int) and step > 1:
        found.notes["first_k_dense_replace"] = f"our count: one layer in {step} has experts"
        return layers - layers // step
    only = text.get("mlp_only_layers")
    if isinstance(only, list) and only:
        found.notes["first_k_dense_replace"] = "counted from mlp_only_layers"
        return len(only)
    leading = row.get("first_k_dense_replace", text.get("num_dense_layers") or 0)
    return leading if isinstance(leading, int) else 0


def _attention(family: str, text: dict[str, Any], found: Found) -> None:
    row = found.row
    if text.get("multi_query") and "num_key_value_heads" not in row:
        row["num_key_value_heads"] = 1
        found.notes["num_key_value_heads"] = "config key multi_query"
    if family in GATED_ATTENTION:
        row["attn_output_gate"] = True
        found.notes["attn_output_gate"] = "the file does not say so, the model's code does"
    if text.get("compress_ratios"):
        _compressed(text, found)
    if "kv_lora_rank" in row:
        for key in ("num_key_value_heads", "head_dim"):
            if row.pop(key, None):
                found.irrelevant.append(f"{key}, since MLA keeps one latent for all heads")
    else:
        for key in LATENT[:-1]:
            row.pop(key, None)
        if row.get("v_head_dim") == row.get("head_dim"):
            row.pop("v_head_dim", None)
        _full_heads(text, found)
    sparse = text.get("sparse_attention_config")
    if isinstance(sparse, dict) and sparse.get("use_sparse_attention"):
        row["index_n_heads"] = sparse.get("sparse_num_index_heads")
        row["index_head_dim"] = sparse.get("sparse_index_dim")
        row["index_layers"] = sum(bool(each) for each in sparse.get("sparse_attention_freq") or [])
        found.notes["index_layers"] = "our count from sparse_attention_freq"
        found.limits.append("not counted: that a decoded token reads only the entries that an index picks (sparse_attention_config)")  # fmt: skip  # noqa: E501
    if isinstance(text.get("indexer_types"), list):
        row["index_layers"] = sum(each == "full" for each in text["indexer_types"])
        found.notes["index_layers"] = "our count from indexer_types"


def _full_heads(text: dict[str, Any], found: Found) -> None:
    """A file that has keys for the heads of the full layers has those of the sliding ones under
    the usual names.
    """
    row = found.row
    head, kv = text.get("global_head_dim"), text.get("num_global_key_value_heads")
    if not head and not kv:
        return
    for ours, theirs in (
        ("swa_num_attention_heads", "num_attention_heads"),
        ("swa_num_key_value_heads", "num_key_value_heads"),
        ("swa_head_dim", "head_dim"),
    ):
        row[ours] = row[theirs]
        found.notes[ours] = f"config key {theirs}"
    row["head_dim"], row["num_key_value_heads"] = head or row["head_dim"], kv or row["num_key_value_heads"]  # fmt: skip  # noqa: E501
    found.notes["head_dim"] = "config key global_head_dim"
    found.notes["num_key_value_heads"] = "config key num_global_key_value_heads"


def _compressed(text: dict[str, Any], found: Found) -> None:
    """DeepSeek-V4: layers that compress their cache, beside a window; an entry is key and value
    at once.
    """
    row, layers = found.row, found.row["num_hidden_layers"]
    ratios = Counter(text["compress_ratios"][:layers])
    del ratios[0], ratios[1]
    if len(ratios) != 2 or "head_dim" not in row or "qk_rope_head_dim" not in row:
        found.unexpressed.append(f"layers that compress the cache by other ratios (compress_ratios: {_short(sorted(ratios))})")  # fmt: skip  # noqa: E501
        return
    for kind, ratio in zip(("csa", "hca"), sorted(ratios), strict=True):
        row[f"{kind}_layers"], row[f"{kind}_ratio"] = ratios[ratio], ratio
        found.notes[f"{kind}_layers"] = f"our count from compress_ratios: {ratio}"
    row["sliding_window_layers"] = layers
    row["v_head_dim"] = row["head_dim"]
    row["kv_lora_rank"] = row["qk_nope_head_dim"] = row["head_dim"] - row["qk_rope_head_dim"]
    for key in ("kv_lora_rank", "qk_nope_head_dim"):
        found.notes[key] = "head_dim less qk_rope_head_dim"
    found.notes["v_head_dim"] = "head_dim: the entry serves as the value, too"


def _layers(text: dict[str, Any], found: Found) -> None:
    row, layers = found.row, found.row["num_hidden_layers"]
    linear = text.get("linear_attn_config")
    if isinstance(linear, dict):
        row["linear_attention_layers"] = len(linear.get("kda_layers") or [])
        row["linear_num_value_heads"] = row["linear_num_key_heads"] = linear.get("num_heads")
        row["linear_conv_kernel_dim"] = linear.get("short_conv_kernel_size", 0)
        if linear.get("use_full_rank_gate") is not True:
            found.limits.append("counted at full width: the gate of a linear layer's output (linear_attn_config)")  # fmt: skip  # noqa: E501
        row["linear_key_head_dim"] = row["linear_value_head_dim"] = linear.get("head_dim")
        found.notes["linear_attention_layers"] = "our count of linear_attn_config's kda_layers"
        if not row["linear_attention_layers"]:
            for key in ("linear_attention_layers", *LINEAR):
                row.pop(key, None)
    pattern = text.get("hybrid_override_pattern")
    kinds = text.get("layer_types") or text.get("layers_block_type")
    kinds = kinds if isinstance(kinds, list) and all(isinstance(k, str) for k in kinds) else []
    counts = Counter(kinds)
    family = str(text.get("model_type"))
    if family in STATE_SPACE:
        counts["linear_attention"] += counts.pop("mamba", 0)
    strange = sorted(counts.keys() - WINDOWED - LOOKING_BACK - {"linear_attention"})
    if strange:
        found.unexpressed.append(f"layers of another kind (layer_types: {', '.join(strange)})")
    if kinds and len(kinds) != layers:
        found.unexpressed.append(f"layer_types has {len(kinds)} entries for {layers} layers")
    interval = text.get("full_attention_interval")
    if counts["linear_attention"]:
        row["linear_attention_layers"] = counts["linear_attention"]
        found.notes["linear_attention_layers"] = "our count from layer_types"
    elif not kinds and isinstance(interval, int) and interval > 1:
        row["linear_attention_layers"] = layers - layers // interval
        found.notes["linear_attention_layers"] = f"our count: all but one layer in {interval}"
    if isinstance(pattern, str) and len(pattern) == layers and set(pattern) <= set("M*-E"):
        row["linear_attention_layers"] = pattern.count("M")
        row["attention_layers"] = pattern.count("*")
        row["ffn_layers"] = pattern.count("-") + pattern.count("E")
        for key, what in (("linear_attention_layers", "M"), ("attention_layers", "*"), ("ffn_layers", "E and -")):  # fmt: skip  # noqa: E501
            found.notes[key] = f"our count of {what} in hybrid_override_pattern"
    elif pattern:
        found.unexpressed.append(f"layers of another kind (hybrid_override_pattern: {_short(pattern)})")  # fmt: skip  # noqa: E501
    types = text.get("attn_type_list")
    if isinstance(types, list) and not all(types):
        found.unexpressed.append(f"lightning attention (attn_type_list: {_short(types)})")
    if family == "falcon_h1":
        row["linear_attention_layers"] = row["attention_layers"] = layers
        found.notes["attention_layers"] = "every layer has attention and Mamba-2 side by side"
    if not row.get("linear_attention_layers"):
        for key in LINEAR:
            row.pop(key, None)
    else:
        if "linear_value_head_dim" not in row and row.get("linear_num_value_heads"):
            inner = (
                text.get("mamba_d_ssm")
                or (text.get("mamba_expand") or text.get("expand") or 2) * row["hidden_size"]
            )
            row["linear_value_head_dim"] = inner // row["linear_num_value_heads"]
        row["linear_gates_per_head"] = 1 if family in STATE_SPACE or isinstance(linear, dict) else 2
        found.limits.append("not counted: the state of a linear layer's convolution")
    _windows(text, counts, kinds, found)


def _windows(text: dict[str, Any], counts: Counter[str], kinds: list[str], found: Found) -> None:
    row, layers = found.row, found.row["num_hidden_layers"]
    chunk = text.get("attention_chunk_size")
    if chunk and "sliding_window" not in row:
        row["sliding_window"] = chunk
        found.notes["sliding_window"] = "config key attention_chunk_size"
        found.limits.append(
            "a layer with chunks is taken as one with a window; a chunk holds half on average"
        )
    if "sliding_window" not in row:
        return
    pattern = text.get("sliding_window_pattern") or text.get("_sliding_window_pattern")
    flags = text.get("hybrid_layer_pattern")
    rotary = text.get("no_rope_layers")
    windowed = sum(counts[kind] for kind in WINDOWED)
    if text.get("use_sliding_window") is False or (kinds and not windowed):
        found.irrelevant.append("sliding_window, which no layer uses")
        del row["sliding_window"]
        return
    if "sliding_window_layers" in row:
        return
    if isinstance(flags, list) and len(flags) == layers:
        row["sliding_window_layers"] = sum(bool(each) for each in flags)
        found.notes["sliding_window_layers"] = "our count from hybrid_layer_pattern"
    elif kinds:
        row["sliding_window_layers"] = windowed
        found.notes["sliding_window_layers"] = "our count from layer_types"
    elif isinstance(pattern, int) and pattern > 0:
        row["sliding_window_layers"] = layers - layers // pattern
        found.notes["sliding_window_layers"] = f"our count: all but one layer in {pattern}"
    elif isinstance(text.get("max_window_layers"), int) and text.get("use_sliding_window"):
        row["sliding_window_layers"] = max(layers - text["max_window_layers"], 0)
        found.notes["sliding_window_layers"] = "our count: the layers behind max_window_layers"
    elif chunk and isinstance(rotary, list) and len(rotary) == layers:
        row["sliding_window_layers"] = sum(bool(each) for each in rotary)
        found.notes["sliding_window_layers"] = "our count from no_rope_layers"
    elif chunk or str(text.get("model_type", "")).startswith(("gemma", "gpt_oss", "cohere2")):
        found.unexpressed.append(
            "the file does not say which layers have the window: count them, sliding_window_layers"
        )
    else:
        row["sliding_window_layers"] = layers
        found.notes["sliding_window_layers"] = "the file names no others: every layer"


def _embeddings(family: str, found: Found) -> None:
    if "tie_word_embeddings" not in found.row:
        tied = family in TIED
        found.row["tie_word_embeddings"] = tied
        found.notes["tie_word_embeddings"] = "the file does not say; " + (
            "this family ties them" if tied else "most families do not tie them: look it up"
        )


def row_yaml(found: Found, identifier: str) -> str:
    """The row as YAML, with what is not the file's own as comments."""
    lines = [f"{identifier}:", "  name: TODO"]
    for key, value in found.row.items():
        note = f"  # {found.notes[key]}" if key in found.notes else ""
        shown = (
            ("true" if value else "false")
            if key in YES_OR_NO
            else f"{value:.0f}"
            if isinstance(value, float) and value == int(value)
            else str(value)
        )
        lines.append(f"  {key}: {shown}{note}")
    if found.refused:
        lines.append("  # These keys keep the row from being taken for the model that it is not:")
    for key, value in found.refused.items():
        lines.append(f"  {key}: {json.dumps(value)}")
    for what in found.unexpressed:
        lines.append(f"  # The models cannot express this yet: {what}")
    for what in found.limits:
        lines.append(f"  # For limits and limits_zh: {what}")
    lines += [
        "  published_params: TODO  # as the publisher prints it: 14.7 billion",
        '  source: {title: "config.json of TODO", url: "TODO", accessed: TODO}',
    ]
    return "\n".join(lines) + "\n"


def checked(row: str, found: Found) -> list[str]:
    """What the catalogue's own rules say of a row whose TODOs are taken as said, besides what
    it cannot express.
    """
    text = row.replace("name: TODO", "name: a model")
    text = "\n".join(
        line
        for line in text.split("\n")
        if not line.lstrip().startswith(("published_params", "source", *found.refused))
    )
    text += "  source: {title: a file, mark: recalled}\n"
    engine = Engine()
    catalogue = Catalogue(engine.library, [("models.yml", text)])
    return [p.message for p in catalogue.problems if p.path == "models.yml"]


def main(arguments: list[str] | None = None) -> int:
    """Print the row; 0 if it says all of the model, 1 if the models cannot express it, 2 if the
    file is no configuration.
    """
    parser = argparse.ArgumentParser(
        prog="python -m hooks.tools.config",
        description="Turn a published config.json into a row for docs/data/models.yml.",
    )
    parser.add_argument("file", type=Path, help="a config.json as published")
    parser.add_argument(
        "--id", default="new-model", help="the row's id, by which scenarios name it"
    )
    options = parser.parse_args(arguments)
    try:
        found = converted(read_config(options.file))
    except NoConfig as error:
        message = str(error)
        place = "" if message.startswith(str(options.file)) else f"{options.file}: "
        print(f"{place}{message}", file=sys.stderr)
        return WRONG
    row = row_yaml(found, options.id)
    print(row, end="")
    problems = checked(row, found)
    for what in found.unexpressed:
        print(f"the models cannot express this yet: {what}", file=sys.stderr)
    for what in problems:
        print(f"the row as it stands is refused: {what}", file=sys.stderr)
    for what in found.limits:
        print(f"say in limits and limits_zh: {what}", file=sys.stderr)
    for what in found.unknown:
        print(f"a key that nobody here knows, look what it means: {what}", file=sys.stderr)
    if found.irrelevant:
        print(
            f"left out, no matter of cost: {', '.join(sorted(found.irrelevant))}", file=sys.stderr
        )
    print("add name, family, published_params and source (title, url, accessed)", file=sys.stderr)
    return UNEXPRESSIBLE if found.unexpressed or problems else OK


if __name__ == "__main__":
    run(main)
