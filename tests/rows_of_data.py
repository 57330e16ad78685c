"""Rows of docs/data for tests to spoil, and what the catalogue says of them."""

from hooks.data.catalogue import Catalogue
from tests.real import ENGINE

SOURCE = "source: {title: A file, mark: recalled}"

DENSE = {
    "name": "Dense",
    "num_hidden_layers": "32",
    "hidden_size": "4096",
    "num_attention_heads": "32",
    "num_key_value_heads": "8",
    "head_dim": "128",
    "intermediate_size": "14336",
    "vocab_size": "128256",
    "tie_word_embeddings": "false",
    "max_position_embeddings": "131072",
    "published_params": "8 billion",
}
"""Llama 3.1 8B: 8.03 billion parameters by its keys."""

EXPERTS = {
    "num_experts": "8",
    "num_experts_per_tok": "2",
    "moe_intermediate_size": "14336",
}
LATENT = {
    "kv_lora_rank": "512",
    "qk_nope_head_dim": "128",
    "qk_rope_head_dim": "64",
    "v_head_dim": "128",
}
LINEAR = {
    "linear_attention_layers": "24",
    "linear_num_value_heads": "32",
    "linear_num_key_heads": "16",
    "linear_key_head_dim": "128",
    "linear_value_head_dim": "128",
}
CHIP = {
    "name": "Chip",
    "memory": "80 GB",
    "memory_bandwidth": "3.35 TB/s",
    "bf16_flops": "989 TFLOP/s",
}
FORMAT = {"name": "FP8", "width": "8 bit", "math": "fp8"}
PRICE = {
    "name": "Price",
    "accelerator": "h100-sxm",
    "price_per_hour": "1.79 USD/h",
    "date": "2026-11-22",
}
CARD = {
    "name": "Card",
    "date": "2026-11-22",
    "input_price": "2.50 USD/Mtoken",
    "cached_input_price": "1.25 USD/Mtoken",
    "output_price": "10.00 USD/Mtoken",
}
CALIBRATION = {
    "name": "Fit",
    "layer_overhead": "58.2 µs",
    "bandwidth_share": "0.805",
    "points": "[gptfast-l2-7b-bf16]",
    "date": "2026-11-22",
}
MEASUREMENT = {
    "name": "Run",
    "scenario": "{model: llama-2-7b, accelerator: a100-80-sxm, chips: 1, precision: bf16, batch: 1}",
    "expression": "user_speed",
    "speed": "104.9 token/s",
    "kind": "measured",
    "between": "[0.6, 0.75]",
}
EXACT = {
    "name": "Sum",
    "scenario": "{model: llama-2-7b}",
    "expression": "params",
    "params": "6.74 billion",
    "kind": "exact",
    "relative": "0.1%",
}
ROWS = {
    "models": DENSE,
    "accelerators": CHIP,
    "precisions": FORMAT,
    "prices": PRICE,
    "price_cards": CARD,
    "calibrations": CALIBRATION,
    "measurements": MEASUREMENT,
}
"""A sound row of every table."""


def text(row: dict[str, str], changes: dict[str, str | None], id: str = "row") -> str:
    """A row as YAML, with other values for some keys; None leaves a key out."""
    lines = [f"  {key}: {value}" for key, value in {**row, **changes}.items() if value is not None]
    return "\n".join([f"{id}:", *lines, f"  {SOURCE}", ""])


def told(table: str, yaml: str) -> list[str]:
    """What the catalogue says of a file whose rows stand beside the real ones."""
    files = [
        (
            f"docs/data/{name}.yml",
            (ENGINE.root / "docs" / "data" / f"{name}.yml").read_text("utf-8"),
        )
        for name in ROWS
        if table in ("prices", "calibrations", "measurements") and name != table
    ]
    found = Catalogue(ENGINE.library, [*files, (f"{table}.yml", yaml)])
    return [
        str(problem).removeprefix(f"{table}.yml:")
        for problem in sorted(found.problems)
        if problem.path == f"{table}.yml"
    ]


def of(table: str, **changes: str | None) -> list[str]:
    """What the catalogue says of the sound row of a table with other values for some keys."""
    return told(table, text(ROWS[table], changes))
