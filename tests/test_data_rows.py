"""A row is checked as a whole: parts are no larger than the whole, and what no formula can use is refused."""

import pytest

from hooks.data.catalogue import Catalogue
from hooks.formula.evaluate import Scenario
from tests.real import ENGINE
from tests.rows_of_data import (
    CARD,
    DENSE,
    EXACT,
    EXPERTS,
    LATENT,
    LINEAR,
    ROWS,
    of,
    text,
    told,
)

NO_HEADS: dict[str, str | None] = {"num_key_value_heads": None, "head_dim": None}
MIXTURE = {**EXPERTS, "intermediate_size": None, "published_params": None}
MLA = {**LATENT, **NO_HEADS, "published_params": None}
HYBRID = {**LINEAR, "published_params": None}
WINDOW = {"sliding_window": "4096", "sliding_window_layers": "16", "published_params": None}
OWN_HEADS = {
    "swa_num_attention_heads": "64",
    "swa_num_key_value_heads": "8",
    "swa_head_dim": "128",
    "published_params": None,
}


def messages(table: str, changes: dict[str, str | None]) -> list[str]:
    """What is said of a row, without places and the row's name."""
    return [
        line.split(" ", 1)[1].removeprefix("'row': ")
        for line in told(table, text(ROWS[table], changes))
    ]


@pytest.mark.parametrize(
    "changes",
    [
        MIXTURE,
        MLA,
        HYBRID,
        {"sliding_window": "4096", "sliding_window_layers": "32"},
        {**WINDOW, **OWN_HEADS},
        {**HYBRID, "linear_attention_layers": "32", "attention_layers": "32"},
        {**HYBRID, "attention_layers": "4", "ffn_layers": "4"},
        {**MIXTURE, "shared_expert_intermediate_size": "512", "moe_latent_size": "512"},
    ],
)
def test_a_sound_combination_has_no_problem(changes):
    assert messages("models", changes) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        # what a model cannot do without
        ({"num_hidden_layers": None}, "has no num_hidden_layers"),
        ({"vocab_size": None}, "has no vocab_size"),
        ({"intermediate_size": None}, "has neither intermediate_size nor num_experts: every layer has an FFN of one kind"),
        # heads
        ({"head_dim": None, "num_attention_heads": "30", "num_key_value_heads": "30"}, "has no head_dim, and a hidden_size of 4,096 does not divide into 30 heads"),
        ({"head_dim": "8192"}, "a head of 8,192 is wider than the model itself, 4,096"),
        ({"num_key_value_heads": "64"}, "64 KV heads are more than the 32 heads that share them"),
        ({"num_key_value_heads": "12"}, "32 heads do not divide into 12 KV heads"),
        # windows
        ({"sliding_window": "4096"}, "a window without its layers: say how many of the 32 have it, sliding_window_layers, or leave the window out"),
        ({"sliding_window": "4096", "sliding_window_layers": "0"}, "a window without its layers: say how many of the 32 have it, sliding_window_layers, or leave the window out"),
        ({"sliding_window_layers": "16"}, "layers with a window, and no window: add sliding_window"),
        ({"sliding_window": "4096", "sliding_window_layers": "40"}, "40 of 32 layers: sliding_window_layers is more than num_hidden_layers"),
        ({"sliding_window": "262144", "sliding_window_layers": "16"}, "a window of 262,144 tokens is longer than the longest context, 131,072"),
        ({**HYBRID, "sliding_window": "4096", "sliding_window_layers": "10"}, "10 layers with a window and 24 linear ones are more than the 32 that there are"),
        ({"csa_layers": "20"}, "csa_layers need their csa_ratio"),
        ({"hca_ratio": "128"}, "hca_ratio without layers that have it: add hca_layers, or leave it out"),
        ({"csa_layers": "20", "csa_ratio": "4", "hca_layers": "20", "hca_ratio": "128"}, "40 layers that compress are more than the 32 that there are"),
        ({"num_kv_shared_layers": "33"}, "33 of 32 layers: num_kv_shared_layers is more than num_hidden_layers"),
        ({"num_kv_shared_layers": "32"}, "32 of 32 layers with attention reuse another's cache: one at least keeps its own"),
        # linear attention
        ({**HYBRID, "linear_attention_layers": "33"}, "33 of 32 layers: linear_attention_layers is more than num_hidden_layers"),
        ({**HYBRID, "linear_attention_layers": "32"}, "every layer is linear, so nothing would be cached: the models need one layer that looks back at every token"),
        ({**HYBRID, "linear_key_head_dim": None}, "layers with linear attention need linear_key_head_dim"),
        ({"linear_num_value_heads": "32"}, "linear_num_value_heads without layers that have it: add linear_attention_layers, or leave it out"),
        # experts
        ({"num_experts_per_tok": "2"}, "num_experts_per_tok without experts: add num_experts, or leave it out"),
        ({"num_experts": "0", "num_experts_per_tok": "2"}, "num_experts_per_tok without experts: add num_experts, or leave it out"),
        ({"moe_intermediate_size": "2048"}, "moe_intermediate_size without experts: add num_experts, or leave it out"),
        ({"n_shared_experts": "1"}, "n_shared_experts without experts: add num_experts, or leave it out"),
        ({"first_k_dense_replace": "3"}, "first_k_dense_replace without experts: add num_experts, or leave it out"),
        ({**MIXTURE, "num_experts_per_tok": None}, "8 experts, of which a token chooses none: add num_experts_per_tok"),
        ({**MIXTURE, "num_experts_per_tok": "9"}, "a token chooses 9 of 8 experts"),
        ({**MIXTURE, "moe_intermediate_size": None}, "8 experts of no width: add moe_intermediate_size"),
        ({**MIXTURE, "moe_intermediate_size": None, "intermediate_size": "14336"}, "8 experts of no width: where a file prints it as intermediate_size, as Mixtral's does, write it as moe_intermediate_size"),
        ({**MIXTURE, "intermediate_size": "14336"}, "no layer is dense, so nothing has this width: leave it out, or say with first_k_dense_replace how many are"),
        ({**MIXTURE, "first_k_dense_replace": "3"}, "3 dense layers without their width: add intermediate_size"),
        ({**MIXTURE, "first_k_dense_replace": "33"}, "33 of 32 layers: first_k_dense_replace is more than num_hidden_layers"),
        ({**MIXTURE, "first_k_dense_replace": "32", "intermediate_size": "14336"}, "all 32 layers are dense, so no layer has the 8 experts"),
        # MLA
        ({**MLA, "v_head_dim": None}, "MLA has kv_lora_rank, qk_nope_head_dim, qk_rope_head_dim, v_head_dim: v_head_dim is missing"),
        ({"qk_nope_head_dim": "128"}, "qk_nope_head_dim belongs to MLA, and the row has no kv_lora_rank"),
        ({"q_lora_rank": "1536"}, "q_lora_rank belongs to MLA, and the row has no kv_lora_rank"),
        ({**MLA, "num_key_value_heads": "128"}, "with kv_lora_rank all heads share one latent: no formula reads num_key_value_heads, leave it out"),
        ({**MLA, "qk_rope_head_dim": "256"}, "the part of a head with position is 256 wide, and the part without only 128"),
        ({**MLA, "kv_lora_rank": "8192"}, "a latent of 8,192 is wider than the model itself, 4,096"),
        # an index, an output through a latent, heads of windowed layers
        ({"index_n_heads": "4"}, "index_n_heads needs index_head_dim"),
        ({"index_layers": "4"}, "layers with an index, and no index: add index_n_heads"),
        ({**MLA, "o_groups": "8"}, "o_groups needs o_lora_rank"),
        ({**WINDOW, "swa_head_dim": "128"}, "heads of the windowed layers: swa_num_attention_heads, swa_num_key_value_heads is missing"),
        ({**OWN_HEADS}, "swa_num_attention_heads without layers that have a window: add sliding_window_layers"),
        # kinds of layers
        ({"attention_layers": "33"}, "33 of 32 layers: attention_layers is more than num_hidden_layers"),
        ({**WINDOW, "attention_layers": "8"}, "16 layers with a window are more than the 8 with attention"),
        ({**MIXTURE, "ffn_layers": "8", "first_k_dense_replace": "8", "intermediate_size": "14336"}, "all 32 layers are dense, so no layer has the 8 experts"),
        ({"ffn_matrices": "1"}, "'ffn_matrices' is at least 2, not 1"),
        # shared experts
        ({"shared_expert_intermediate_size": "512"}, "shared_expert_intermediate_size without experts: add num_experts, or leave it out"),
        ({**MIXTURE, "n_shared_experts": "1", "shared_expert_intermediate_size": "512"}, "shared_expert_intermediate_size is the width of all shared experts together: leave n_shared_experts out"),
        ({**MIXTURE, "n_shared_experts": "1", "moe_latent_size": "512"}, "shared experts don't work in the latent of the others"),
        # what is published
        ({"published_active_params": "3 billion"}, "without experts a token uses every parameter: leave published_active_params out"),
        ({**MIXTURE, "published_params": "46.7 billion", "published_active_params": "129 billion"}, "129 billion active parameters are more than all 46.7 billion"),
        ({"limits": "A tower"}, "is shown to readers in both languages: add limits_zh"),
    ],
)  # fmt: skip
def test_a_model_whose_parts_do_not_go_together_is_refused(changes, problem):
    assert any(problem in message for message in messages("models", changes))


@pytest.mark.parametrize(
    ("table", "changes", "problem"),
    [
        ("accelerators", {"memory": None}, "has no memory"),
        ("accelerators", {"bf16_flops": None}, "has no rate: one of bf16_flops, fp8_flops, fp4_flops, int8_flops"),
        ("accelerators", {"memory_visible": "95 GB"}, "95 GB visible of 80 GB printed: 119%"),
        ("accelerators", {"memory_visible": "8.5 GB"}, "8.5 GB visible of 80 GB printed: 11%"),
        ("precisions", {"math": None}, "has no math"),
        ("prices", {"price_per_hour": None}, "has no price_per_hour"),
        ("prices", {"date": None}, "has no date: a price is one of its day"),
        ("prices", {"accelerator": "h100"}, "no row 'h100' in docs/data/accelerators.yml; did you mean 'h100-sxm'?"),
        ("prices", {"accelerator": None}, "has no accelerator: the row of docs/data/accelerators.yml that it rents"),
        ("price_cards", {"cached_input_price": "3 USD/Mtoken"}, "cached input at 3 USD/Mtoken is dearer than input at 2.50 USD/Mtoken"),
        ("price_cards", {"input_price": None}, "a price of cached input without one of input: add input_price"),
        ("price_cards", {"long_input_price": "5 USD/Mtoken"}, "long_input_price without the context at which it begins: add long_context_threshold"),
        ("price_cards", {"long_context_threshold": "200000 token"}, "a threshold without what begins there: add long_input_price or long_output_price"),
        ("price_cards", {"output_price": "1 USD/Mtoken"}, ""),
        ("calibrations", {"points": "[gptfast-l2-7b]"}, "no row 'gptfast-l2-7b' in docs/data/measurements.yml; did you mean "),
        ("calibrations", {"points": "[gptfast-l2-7b-bf16, gptfast-l2-7b-bf16]"}, "'gptfast-l2-7b-bf16' stands twice among the points"),
        ("calibrations", {"points": "[trt10-qwen3-235b-h200x8-2048x2048]"}, "'trt10-qwen3-235b-h200x8-2048x2048' is there to judge, and nothing is fitted to it"),
        ("calibrations", {"points": "gptfast-l2-7b-bf16"}, "points are a list of rows of docs/data/measurements.yml"),
        ("calibrations", {"layer_overhead": None, "bandwidth_share": None}, "says nothing: one fitted parameter at least"),
        ("calibrations", {"instead": "{decode_step: decode_stp}"}, "no quantity named 'decode_stp'; did you mean 'decode_step'?"),
        ("measurements", {"between": "[0.75, 0.6]"}, "the lower share comes first: between: [0.6, 0.75]"),
        ("measurements", {"between": "[0.6, 1.2]"}, "1.2 is more than all of the bound: a share is at most 1"),
        ("measurements", {"between": "[0.6]"}, "between is two shares of the bound: between: [0.5, 0.7]"),
        ("measurements", {"between": "0.6"}, "between is two shares of the bound: between: [0.5, 0.7]"),
        ("measurements", {"between": None}, "a measured result says what share of the bound it reaches: between: [0.5, 0.7]"),
        ("measurements", {"kind": "mesured"}, "kind is one of exact, measured, observed, not 'mesured'"),
        ("measurements", {"kind": None}, "kind is one of exact, measured, observed"),
        ("measurements", {"throughput": "400 token/s"}, "a result has one figure, not 2: speed, throughput"),
        ("measurements", {"speed": None}, "a result has one figure, not 0: none"),
        ("measurements", {"expression": "user_sped"}, "no quantity named 'user_sped'; did you mean 'user_speed'?"),
        ("measurements", {"expression": None}, "has no expression: what a result that is measured is held against"),
        ("measurements", {"expression": "decode_step"}, "decode_step is in s, and the figure, measured_speed, in token/s/seq"),
        ("measurements", {"scenario": "{model: llama-2-7}"}, "no row 'llama-2-7' in docs/data/models.yml; did you mean 'llama-2-7b'?"),
        ("measurements", {"scenario": "{chips: 0}"}, "'chips' is at least 1, not 0"),
        ("measurements", {"scenario": "{chip: 1}"}, "'chip' is no scenario field; did you mean 'chips'?"),
        ("measurements", {"scenario": "llama-2-7b"}, "scenario maps fields to values: {model: llama-3.1-8b, chips: 1}"),
        ("measurements", {"given": "{bandwith: 1e12}"}, "no name 'bandwith'; did you mean 'bandwidth'?"),
        ("measurements", {"given": "{bandwidth: -1}"}, "'bandwidth' is a number of at least 0 in base units, not '-1'"),
        ("measurements", {"given": "{bandwidth: 1 TB/s}"}, "'bandwidth' is a number of at least 0 in base units, not '1 TB/s'"),
        ("measurements", {"given": "{prompt: 5}"}, "user_speed does not rest on 'prompt'"),
        ("measurements", {"setting": "batch 8, a short prompt"}, "'batch 8' is said of it, and its scenario has 1"),
        ("measurements", {"name": '"Run, 16 at once"'}, "'16 at once' is said of it, and its scenario has 1"),
        ("measurements", {"setting": "batch 1, at once; batch 1 to 8"}, ""),
        ("measurements", {"calibration": "gptfast"}, "no row 'gptfast' in docs/data/calibrations.yml; did you mean 'gptfast-a100'?"),
        ("measurements", {"failure": "unexplaned"}, "no failure 'unexplaned'; did you mean 'unexplained'?"),
        ("measurements", {"missed": "dedline"}, "no failure 'dedline'; did you mean 'deadline'?"),
        ("measurements", {"role": "jugde"}, "role is one of fit, judge, not 'jugde'"),
        ("measurements", {"role": "judge"}, ""),
        ("measurements", {"role": "fit"}, "the series 'row' is there to judge, not to fit: its name decides, as the head of the file says"),
        ("measurements", {**EXACT, "speed": None, "between": None, "role": "fit"}, "a role belongs to a result that is measured, and this one is exact"),
        ("measurements", {"relative": "1%"}, "relative belongs to a result that is exact, and this one is measured"),
        ("measurements", {**EXACT, "speed": None, "between": None, "relative": None}, "an exact result has a tolerance: relative: 0.5%, or absolute"),
        ("measurements", {**EXACT, "speed": None, "between": None, "relative": "50%"}, "relative is a share up to 20%: relative: 0.5%, not 50%"),
    ],
)  # fmt: skip
def test_a_row_of_another_table_that_does_not_hold_together_is_refused(table, changes, problem):
    found = messages(table, changes)
    assert any(problem in message for message in found) if problem else found == []


def test_a_mistake_in_a_measurements_scenario_stands_at_its_value():
    assert of("measurements", scenario="{chips: 1, model: llama-2-7}") == [
        "3:31: 'row': no row 'llama-2-7' in docs/data/models.yml; did you mean 'llama-2-7b'?"
    ]


def test_all_mistakes_of_a_row_are_told_at_once():
    assert (
        len(
            messages(
                "models",
                {"num_key_value_heads": "12", "sliding_window": "8", "n_shared_experts": "1"},
            )
        )
        == 3
    )


def scenario(**changes: str | None) -> Scenario:
    """The scenario of a model that is written as a row."""
    found = Catalogue(ENGINE.library, [("models.yml", text(DENSE, changes))])
    assert found.problems == [] or all(p.path != "models.yml" for p in found.problems)
    return Scenario(ENGINE.library, {**ENGINE.catalogue.tables, **found.tables}, {"model": "row"})


def test_heads_that_a_configuration_leaves_to_the_default_are_those_of_the_field():
    """Qwen2.5 14B: 5120 / 40 = 128 a head, and 48 · 2 · 8 · 128 · 2 B = 196,608 B a token."""
    found = scenario(num_hidden_layers="48", hidden_size="5120", num_attention_heads="40", head_dim=None, intermediate_size="13824", vocab_size="152064", published_params="14.7 billion")  # fmt: skip
    assert (found["head_dim"], found["kv_per_token"]) == (128, 196_608)
    cell = found.row("model").cells["head_dim"]
    assert cell.source.title == "by the config's default, hidden_size / num_attention_heads"
    assert cell.source.title_zh == "按配置的默认值，hidden_size / num_attention_heads"


def test_without_kv_heads_every_head_keeps_its_own():
    """32 · 2 · 32 · 128 · 2 B = 524,288 B a token."""
    found = scenario(num_key_value_heads=None, intermediate_size="11008", vocab_size="32000", published_params="6.7 billion")  # fmt: skip
    assert (found["kv_heads"], found["kv_per_token"]) == (32, 524_288)


def test_where_a_default_comes_from_is_said_with_the_number():
    from hooks.formula.derivation import outline

    found = scenario(head_dim=None)
    assert "Dense: by the config's default, hidden_size / num_attention_heads" in outline(
        "kv_per_token", found
    )
    assert "Dense: 按配置的默认值，hidden_size / num_attention_heads" in outline(
        "kv_per_token", found, "zh"
    )


@pytest.mark.parametrize(
    ("printed", "limits", "sound"),
    [
        ("8 billion", "", True),  # 8.03
        ("8.0 billion", "", True),
        ("8.03 billion", "", True),
        ("8030261248", "", True),
        ("7 billion", "", False),  # 7 to 7.7, and 1 % on top
        ("9 billion", "", False),
        ("7.5 billion", "", False),
        ("7.5 billion", "A tower", True),  # 7 % more
        ("7 billion", "A tower", False),  # 15 % more, whatever is left out
        ("80 billion", "", False),
        ("671 billion", "", False),
        ("8 million", "", False),
    ],
)
def test_counted_parameters_are_held_against_the_published_ones(printed, limits, sound):
    also: dict[str, str | None] = {"limits": limits, "limits_zh": "塔"} if limits else {}
    found = messages("models", {"published_params": printed, **also})
    assert (found == []) is sound
    assert sound or "the row's keys come to 8.03 billion parameters" in found[0]


def test_a_publishers_cut_off_digit_is_allowed_for():
    """Qwen2.5 14B counts 14.77 billion without biases and is sold as 14B: a digit less than 15 is cut off, not rounded."""
    wide: dict[str, str | None] = {"num_hidden_layers": "48", "hidden_size": "5120", "num_attention_heads": "40", "intermediate_size": "13824", "vocab_size": "152064"}  # fmt: skip
    assert messages("models", {**wide, "published_params": "14 billion"}) == []
    assert messages("models", {**wide, "published_params": "14.0 billion"}) == [
        "the row's keys come to 14.77 billion parameters, 5.5% more than the 14.0 billion that are published: look at the keys again, or say in limits and limits_zh what is not counted"
    ]


def test_active_parameters_are_held_against_the_nearer_of_both_counts():
    """Mixtral's keys: 12.9 billion active with the input embedding, 12.75 without."""
    row: dict[str, str | None] = {
        **MIXTURE,
        "vocab_size": "32000",
        "published_params": "46.7 billion",
    }
    assert messages("models", {**row, "published_active_params": "12.9 billion"}) == []
    assert messages("models", {**row, "published_active_params": "13 billion"}) == []
    assert (
        "active parameters, "
        in messages("models", {**row, "published_active_params": "17 billion"})[0]
    )


def test_output_may_be_cheaper_than_input():
    assert told("price_cards", text(CARD, {"output_price": "0.1 USD/Mtoken"})) == []


@pytest.mark.parametrize("model", ENGINE.catalogue.tables["models"])
def test_no_model_of_the_catalogue_has_an_empty_or_a_negative_cache(model):
    found = ENGINE.scenario.pinned({"model": model})
    assert found["kv_per_token"] > 0 and found["kv_per_sequence"] > 0
