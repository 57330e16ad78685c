"""What a model's keys must come to together: every combination has a rule, and what no formula
can use is refused.
"""

from collections.abc import Iterator

from hooks.data.rules.rule import Broken, count_text, lacking, value
from hooks.formula.declaration import Cell, Row, Source, Tables
from hooks.formula.library import Library

LATENT = ("qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim")
"""What MLA needs besides kv_lora_rank."""

LINEAR = (
    "linear_num_value_heads",
    "linear_num_key_heads",
    "linear_key_head_dim",
    "linear_value_head_dim",
)
"""What layers with linear attention need."""

OWN_HEADS = ("swa_num_attention_heads", "swa_num_key_value_heads", "swa_head_dim")
"""What layers with a window need, where their heads differ from those of the others."""

TOGETHER = (("index_n_heads", "index_head_dim"), ("o_lora_rank", "o_groups"))
"""Keys of which each needs the others."""

PLAIN = ("num_key_value_heads", "head_dim")
"""What attention without MLA needs."""

WITHIN_LAYERS = (
    "sliding_window_layers",
    "csa_layers",
    "hca_layers",
    "linear_attention_layers",
    "num_kv_shared_layers",
    "first_k_dense_replace",
    "attention_layers",
    "ffn_layers",
    "index_layers",
)
"""Counts of layers, none of them larger than all."""


def defaults(row: Row) -> dict[str, Cell]:
    """What a row leaves to the defaults of published configurations: a head's width, and KV
    heads as many as heads.
    """
    heads, hidden = value(row, "num_attention_heads"), value(row, "hidden_size")
    found: dict[str, Cell] = {}
    if "kv_lora_rank" in row.cells or not heads or any(key in row.cells for key in LATENT[:2]):
        return found
    if "head_dim" not in row.cells and hidden and hidden % heads == 0:
        found["head_dim"] = _default(row, hidden / heads, "hidden_size / num_attention_heads")
    if "num_key_value_heads" not in row.cells:
        found["num_key_value_heads"] = _default(row, heads, "num_attention_heads")
    return found


def _default(row: Row, number: float, rule: str) -> Cell:
    heads = row.cells["num_attention_heads"]
    source = Source(
        f"by the config's default, {rule}",
        accessed=heads.source.accessed,
        mark="default",
        title_zh=f"按配置的默认值，{rule}",
    )
    return Cell(number, f"{number:.0f}", source, heads.line)


def model_faults(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """What is wrong with a row as a whole."""
    yield from lacking(
        row, ("num_hidden_layers", "hidden_size", "num_attention_heads", "vocab_size")
    )
    if value(row, "num_hidden_layers") and value(row, "num_attention_heads"):
        yield from _heads(row)
        yield from _together(row)
        yield from _layers(row)
        yield from _experts(row)
        yield from _published(row)


def _together(row: Row) -> Iterator[Broken]:
    for keys in TOGETHER:
        missing = [key for key in keys if key not in row.cells]
        for key in keys if missing and len(missing) < len(keys) else ():
            if key in row.cells:
                yield key, f"{key} needs {', '.join(missing)}"
    own = [key for key in (*OWN_HEADS, "swa_v_head_dim") if key in row.cells]
    missing = [key for key in OWN_HEADS if key not in row.cells]
    if own and missing:
        yield own[0], f"heads of the windowed layers: {', '.join(missing)} is missing"
    if own and not value(row, "sliding_window_layers"):
        yield own[0], f"{own[0]} without layers that have a window: add sliding_window_layers"
    if "index_layers" in row.cells and "index_n_heads" not in row.cells:
        yield "index_layers", "layers with an index, and no index: add index_n_heads"


def _heads(row: Row) -> Iterator[Broken]:
    heads, hidden = value(row, "num_attention_heads"), value(row, "hidden_size")
    given = [key for key in LATENT if key in row.cells]
    if "kv_lora_rank" in row.cells:
        for key in LATENT:
            if key not in row.cells:
                yield "kv_lora_rank", f"MLA has kv_lora_rank, {', '.join(LATENT)}: {key} is missing"
        for key in PLAIN:
            if key in row.cells:
                yield (
                    key,
                    (
                        f"with kv_lora_rank all heads share one latent: no formula reads {key},"
                        " leave it out"
                    ),
                )
        nope, rope = value(row, "qk_nope_head_dim"), value(row, "qk_rope_head_dim")
        if len(given) == len(LATENT) and rope > nope:
            yield (
                "qk_rope_head_dim",
                (
                    f"the part of a head with position is {count_text(rope)} wide, and the part"
                    f" without only {count_text(nope)}"
                ),
            )
        for key in ("kv_lora_rank", "q_lora_rank"):
            if value(row, key) > hidden:
                yield (
                    key,
                    (
                        f"a latent of {count_text(value(row, key))} is wider than the model itself,"
                        f" {count_text(hidden)}"
                    ),
                )
        return
    given = [key for key in given if key != "v_head_dim"]
    for key in (*given, *(key for key in ("q_lora_rank",) if key in row.cells)):
        yield key, f"{key} belongs to MLA, and the row has no kv_lora_rank"
    if given:
        return
    if "head_dim" not in row.cells:
        yield (
            "",
            (
                f"has no head_dim, and a hidden_size of {count_text(hidden)} does not divide into"
                f" {count_text(heads)} heads"
            ),
        )
    elif value(row, "head_dim") > hidden:
        yield (
            "head_dim",
            (
                f"a head of {count_text(value(row, 'head_dim'))} is wider than the model itself,"
                f" {count_text(hidden)}"
            ),
        )
    kv = value(row, "num_key_value_heads")
    if kv > heads:
        yield (
            "num_key_value_heads",
            (
                f"{count_text(kv)} KV heads are more than the {count_text(heads)} heads that share"
                " them"
            ),
        )
    elif kv and heads % kv:
        yield (
            "num_key_value_heads",
            f"{count_text(heads)} heads do not divide into {count_text(kv)} KV heads",
        )


def _layers(row: Row) -> Iterator[Broken]:
    layers = value(row, "num_hidden_layers")
    over = [key for key in WITHIN_LAYERS if value(row, key) > layers]
    for key in over:
        yield (
            key,
            (
                f"{count_text(value(row, key))} of {count_text(layers)} layers: {key} is more than"
                " num_hidden_layers"
            ),
        )
    yield from _window(row)
    for kind in ("csa", "hca"):
        yield from _pair(row, f"{kind}_layers", f"{kind}_ratio")
    linear = value(row, "linear_attention_layers")
    given = [key for key in LINEAR if key in row.cells]
    if linear and len(given) < len(LINEAR):
        missing = ", ".join(key for key in LINEAR if key not in row.cells)
        yield "linear_attention_layers", f"layers with linear attention need {missing}"
    if not linear:
        for key in given:
            yield (
                key,
                f"{key} without layers that have it: add linear_attention_layers, or leave it out",
            )
    if over:
        return
    given_attention = value(row, "attention_layers")
    if linear and linear == layers and not given_attention:
        yield (
            "linear_attention_layers",
            (
                "every layer is linear, so nothing would be cached: the models need one layer that"
                " looks back at every token"
            ),
        )
    attention = given_attention or layers - linear
    for keys, what in (
        (("sliding_window_layers",), "with a window"),
        (("csa_layers", "hca_layers"), "that compress"),
    ):
        count = sum(value(row, key) for key in keys)
        if attention and count > attention:
            yield (
                next(key for key in reversed(keys) if value(row, key)),
                (
                    f"{count_text(count)} layers {what} and {count_text(linear)} linear ones are"
                    f" more than the {count_text(layers)} that there are"
                    if linear and not given_attention
                    else (
                        f"{count_text(count)} layers {what} are more than the"
                        f" {count_text(attention)} with attention"
                        if given_attention
                        else (
                            f"{count_text(count)} layers {what} are more than the"
                            f" {count_text(layers)} that there are"
                        )
                    )
                ),
            )
    if attention and value(row, "num_kv_shared_layers") >= attention:
        yield (
            "num_kv_shared_layers",
            (
                f"{count_text(value(row, 'num_kv_shared_layers'))} of {count_text(attention)}"
                " layers with attention reuse another's cache: one at least keeps its own"
            ),
        )


def _window(row: Row) -> Iterator[Broken]:
    layers = value(row, "num_hidden_layers")
    if "sliding_window" in row.cells and not value(row, "sliding_window_layers"):
        yield (
            "sliding_window",
            (
                f"a window without its layers: say how many of the {count_text(layers)} have it,"
                " sliding_window_layers, or leave the window out"
            ),
        )
    if value(row, "sliding_window_layers") and "sliding_window" not in row.cells:
        yield "sliding_window_layers", "layers with a window, and no window: add sliding_window"
    longest = value(row, "max_position_embeddings")
    if longest and value(row, "sliding_window") > longest:
        yield (
            "sliding_window",
            (
                f"a window of {count_text(value(row, 'sliding_window'))} tokens is longer than the"
                f" longest context, {count_text(longest)}"
            ),
        )


def _pair(row: Row, layers: str, ratio: str) -> Iterator[Broken]:
    if value(row, layers) and ratio not in row.cells:
        yield layers, f"{layers} need their {ratio}"
    if ratio in row.cells and not value(row, layers):
        yield ratio, f"{ratio} without layers that have it: add {layers}, or leave it out"


def _experts(row: Row) -> Iterator[Broken]:
    layers, experts = value(row, "num_hidden_layers"), value(row, "num_experts")
    leading = value(row, "first_k_dense_replace")
    width = value(row, "moe_intermediate_size")
    if not experts:
        for key in (
            "num_experts_per_tok",
            "moe_intermediate_size",
            "n_shared_experts",
            "shared_expert_intermediate_size",
            "moe_latent_size",
            "first_k_dense_replace",
        ):
            if value(row, key):
                yield key, f"{key} without experts: add num_experts, or leave it out"
        if "intermediate_size" not in row.cells:
            yield (
                "",
                "has neither intermediate_size nor num_experts: every layer has an FFN of one kind",
            )
        return
    if value(row, "n_shared_experts") and "shared_expert_intermediate_size" in row.cells:
        yield (
            "n_shared_experts",
            (
                "shared_expert_intermediate_size is the width of all shared experts together: leave"
                " n_shared_experts out"
            ),
        )
    if value(row, "n_shared_experts") and "moe_latent_size" in row.cells:
        yield (
            "n_shared_experts",
            (
                "shared experts don't work in the latent of the others: write"
                " shared_expert_intermediate_size, the width of all of them together"
            ),
        )
    chosen = value(row, "num_experts_per_tok")
    if not chosen:
        yield (
            "num_experts",
            (
                f"{count_text(experts)} experts, of which a token chooses none: add"
                " num_experts_per_tok"
            ),
        )
    if chosen > experts:
        yield (
            "num_experts_per_tok",
            f"a token chooses {count_text(chosen)} of {count_text(experts)} experts",
        )
    if not width:
        also = (
            ": where a file prints it as intermediate_size, as Mixtral's does, write it as"
            " moe_intermediate_size"
            if "intermediate_size" in row.cells
            else ": add moe_intermediate_size"
        )
        yield "num_experts", f"{count_text(experts)} experts of no width{also}"
    if leading == (value(row, "ffn_layers") or layers):
        yield (
            "first_k_dense_replace",
            (
                f"all {count_text(layers)} layers are dense, so no layer has the"
                f" {count_text(experts)} experts"
            ),
        )
    elif leading and "intermediate_size" not in row.cells:
        yield (
            "first_k_dense_replace",
            f"{count_text(leading)} dense layers without their width: add intermediate_size",
        )
    elif not leading and "intermediate_size" in row.cells and width:
        yield (
            "intermediate_size",
            (
                "no layer is dense, so nothing has this width: leave it out, or say with"
                " first_k_dense_replace how many are"
            ),
        )


def _published(row: Row) -> Iterator[Broken]:
    active, all_of_them = value(row, "published_active_params"), value(row, "published_params")
    if active and all_of_them and active > all_of_them:
        yield (
            "published_active_params",
            (
                f"{row.cells['published_active_params'].text} active parameters are more than all"
                f" {row.cells['published_params'].text}"
            ),
        )
    if active and not value(row, "num_experts"):
        yield (
            "published_active_params",
            "without experts a token uses every parameter: leave published_active_params out",
        )
