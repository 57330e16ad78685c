"""What a published `config.json` comes to as a row of `docs/data/models.yml`. Nothing is passed
over in silence: a key that nobody knows is named.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hooks.data.keys import ALIASES, IRRELEVANT, UNCOUNTED, UNEXPRESSED
from hooks.tools.config_keys import (
    ABSENT_AT_ZERO,
    EXPERTS,
    GATED_ATTENTION,
    LATENT,
    LINEAR,
    LOOKING_BACK,
    NEEDED,
    NESTED,
    ORDER,
    POSITIONS,
    READ,
    STATE_SPACE,
    TIED,
    UNGATED,
    WIDTH_OF_EXPERTS,
    WINDOWED,
    YES_OR_NO,
)

LARGEST = 4_000_000
"""So many bytes a config has at most; one with weights or a vocabulary in it is something else.
"""


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

    def put(self, key: str, value: Any, note: str) -> None:
        """Say in the row what is not the file's own, and where it is from."""
        self.row[key] = value
        self.notes[key] = note


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
            by_default = "four times the hidden size, by default"
            found.put(
                "intermediate_size",
                text[key] or 4 * row["hidden_size"],
                f"config key {key}" if text[key] else by_default,
            )
    if family in UNGATED:
        found.put("ffn_matrices", 2, "the FFN of this family has no gate")
    if family in POSITIONS and row.get("max_position_embeddings"):
        found.put(
            "position_embeddings",
            row["max_position_embeddings"] + POSITIONS[family],
            "a table, in this family",
        )
    if "dense_intermediate_size" in text:
        found.put(
            "intermediate_size",
            text["dense_intermediate_size"],
            "config key dense_intermediate_size",
        )
    for key in ("word_embed_proj_dim", "embedding_size"):
        if text.get(key) and text[key] != row["hidden_size"]:
            found.refused[key] = text[key]
            found.unexpressed.append(
                f"an embedding of another width than the model ({key}: {text[key]})"
            )
    if text.get("is_encoder_decoder"):
        found.unexpressed.append("an encoder with a decoder (is_encoder_decoder)")


def _experts(family: str, text: dict[str, Any], found: Found) -> None:
    row = found.row
    if not row.get("num_experts"):
        for key in EXPERTS:
            row.pop(key, None)
        return
    if not row.get("num_experts_per_tok") and isinstance(text.get("top_k"), int):
        found.put("num_experts_per_tok", text["top_k"], "config key top_k")
    if "moe_intermediate_size" not in row and "intermediate_size" in row:
        found.put(
            "moe_intermediate_size", row.pop("intermediate_size"), "config key intermediate_size"
        )
        if family not in WIDTH_OF_EXPERTS:
            found.notes["moe_intermediate_size"] += ", taken as an expert's"
    if text.get("intermediate_size_mlp"):
        found.put(
            "intermediate_size", text["intermediate_size_mlp"], "config key intermediate_size_mlp"
        )
    if text.get("enable_moe_block") and "intermediate_size" in row:
        found.put(
            "shared_expert_intermediate_size",
            row.pop("intermediate_size"),
            "config key intermediate_size: a dense FFN beside the experts of every layer",
        )
    _shared(found)
    if family in ("llama4", "llama4_text") and "n_shared_experts" not in row:
        found.put("n_shared_experts", 1, "one in every layer with experts of this family")
    row["first_k_dense_replace"] = _dense(text, found)
    if row["first_k_dense_replace"] == 0 and "intermediate_size" in row:
        found.irrelevant.append("intermediate_size, which no layer has")
        del row["intermediate_size"]


def _shared(found: Found) -> None:
    """Shared experts: how many, where they are as wide as the others, or the width of all of
    them together.
    """
    row = found.row
    shared, width = row.get("shared_expert_intermediate_size"), row.get("moe_intermediate_size", 0)
    if not shared and "moe_latent_size" in row and row.get("n_shared_experts"):
        found.put(
            "shared_expert_intermediate_size",
            row.pop("n_shared_experts") * width,
            "all shared experts together",
        )
    elif shared and "moe_latent_size" not in row and shared == width:
        found.put("n_shared_experts", 1, f"a shared expert of width {shared}")
        del row["shared_expert_intermediate_size"]
    elif shared:
        row.pop("n_shared_experts", None)


def _dense(text: dict[str, Any], found: Found) -> int:
    """How many layers have no experts."""
    row = found.row
    layers: int = row["num_hidden_layers"]
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
        found.put("num_key_value_heads", 1, "config key multi_query")
    if family in GATED_ATTENTION:
        found.put("attn_output_gate", True, "the file does not say so, the model's code does")
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
        found.put(
            "index_layers",
            sum(bool(each) for each in sparse.get("sparse_attention_freq") or []),
            "our count from sparse_attention_freq",
        )
        found.limits.append(
            "not counted: that a decoded token reads only the entries that an index picks"
            " (sparse_attention_config)"
        )
    if isinstance(text.get("indexer_types"), list):
        found.put(
            "index_layers",
            sum(each == "full" for each in text["indexer_types"]),
            "our count from indexer_types",
        )


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
        found.put(ours, row[theirs], f"config key {theirs}")
    found.put("head_dim", head or row["head_dim"], "config key global_head_dim")
    heads = kv or row["num_key_value_heads"]
    found.put("num_key_value_heads", heads, "config key num_global_key_value_heads")


def _compressed(text: dict[str, Any], found: Found) -> None:
    """DeepSeek-V4: layers that compress their cache, beside a window; an entry is key and value
    at once.
    """
    row, layers = found.row, found.row["num_hidden_layers"]
    ratios = Counter(text["compress_ratios"][:layers])
    del ratios[0], ratios[1]
    if len(ratios) != 2 or "head_dim" not in row or "qk_rope_head_dim" not in row:
        kept = _short(sorted(ratios))
        found.unexpressed.append(
            f"layers that compress the cache by other ratios (compress_ratios: {kept})"
        )
        return
    for kind, ratio in zip(("csa", "hca"), sorted(ratios), strict=True):
        found.put(f"{kind}_layers", ratios[ratio], f"our count from compress_ratios: {ratio}")
        row[f"{kind}_ratio"] = ratio
    row["sliding_window_layers"] = layers
    found.put("v_head_dim", row["head_dim"], "head_dim: the entry serves as the value, too")
    for key in ("kv_lora_rank", "qk_nope_head_dim"):
        width = row["head_dim"] - row["qk_rope_head_dim"]
        found.put(key, width, "head_dim less qk_rope_head_dim")


def _layers(text: dict[str, Any], found: Found) -> None:
    row, layers = found.row, found.row["num_hidden_layers"]
    linear = text.get("linear_attn_config")
    if isinstance(linear, dict):
        row["linear_attention_layers"] = len(linear.get("kda_layers") or [])
        row["linear_num_value_heads"] = row["linear_num_key_heads"] = linear.get("num_heads")
        row["linear_conv_kernel_dim"] = linear.get("short_conv_kernel_size", 0)
        if linear.get("use_full_rank_gate") is not True:
            found.limits.append(
                "counted at full width: the gate of a linear layer's output (linear_attn_config)"
            )
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
        found.put(
            "linear_attention_layers", counts["linear_attention"], "our count from layer_types"
        )
    elif not kinds and isinstance(interval, int) and interval > 1:
        found.put(
            "linear_attention_layers",
            layers - layers // interval,
            f"our count: all but one layer in {interval}",
        )
    if isinstance(pattern, str) and len(pattern) == layers and set(pattern) <= set("M*-E"):
        row["linear_attention_layers"] = pattern.count("M")
        row["attention_layers"] = pattern.count("*")
        row["ffn_layers"] = pattern.count("-") + pattern.count("E")
        for key, what in (
            ("linear_attention_layers", "M"),
            ("attention_layers", "*"),
            ("ffn_layers", "E and -"),
        ):
            found.notes[key] = f"our count of {what} in hybrid_override_pattern"
    elif pattern:
        found.unexpressed.append(
            f"layers of another kind (hybrid_override_pattern: {_short(pattern)})"
        )
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
        found.put("sliding_window", chunk, "config key attention_chunk_size")
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
        found.put(
            "sliding_window_layers",
            sum(bool(each) for each in flags),
            "our count from hybrid_layer_pattern",
        )
    elif kinds:
        found.put("sliding_window_layers", windowed, "our count from layer_types")
    elif isinstance(pattern, int) and pattern > 0:
        found.put(
            "sliding_window_layers",
            layers - layers // pattern,
            f"our count: all but one layer in {pattern}",
        )
    elif isinstance(text.get("max_window_layers"), int) and text.get("use_sliding_window"):
        found.put(
            "sliding_window_layers",
            max(layers - text["max_window_layers"], 0),
            "our count: the layers behind max_window_layers",
        )
    elif chunk and isinstance(rotary, list) and len(rotary) == layers:
        found.put(
            "sliding_window_layers",
            sum(bool(each) for each in rotary),
            "our count from no_rope_layers",
        )
    elif chunk or str(text.get("model_type", "")).startswith(("gemma", "gpt_oss", "cohere2")):
        found.unexpressed.append(
            "the file does not say which layers have the window: count them, sliding_window_layers"
        )
    else:
        found.put("sliding_window_layers", layers, "the file names no others: every layer")


def _embeddings(family: str, found: Found) -> None:
    if "tie_word_embeddings" not in found.row:
        tied = family in TIED
        known = "this family ties them" if tied else "most families do not tie them: look it up"
        found.put("tie_word_embeddings", tied, f"the file does not say; {known}")
