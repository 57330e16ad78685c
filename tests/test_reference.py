"""References: the whole grammar of a number on a page, and every refusal with its place."""

from dataclasses import replace

import pytest

from hooks.data.scoreboard import scores
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from hooks.formula.reference import parse_reference, scenario_from, setting_value
from hooks.text.problems import Mistake
from tests.real import ENGINE

SCENARIO = ENGINE.scenario


def text(reference: str, language: str = "en") -> str:
    return parse_reference(reference, SCENARIO).text(SCENARIO, language).replace("\u202f", "_")


def value(reference: str):
    return parse_reference(reference, SCENARIO).value(SCENARIO)


@pytest.mark.parametrize(
    ("reference", "en", "zh"),
    [
        ("decode_step", "12.1_ms", "12.1_ms"),
        ("decode_step:ms", "12.1_ms", "12.1_ms"),
        (" decode_step : ms ", "12.1_ms", "12.1_ms"),
        ("decode_step():s", "0.0121_s", "0.0121_s"),
        ("kv_per_token:KiB", "320_KiB", "320_KiB"),
        ("params:billion", "70.6_billion", "706亿"),
        ("context:token", "8,192_tokens", "8,192_token"),
        ("batch( batch = 32 )", "32", "32"),
        ("decode_regime", "memory", "显存"),
        ("decode_regime(batch=2048)", "memory", "显存"),
        ("decode_regime(batch=2048, context=1)", "compute", "算力"),
        ("model", "Llama 3.1 70B", "Llama 3.1 70B"),
        ("model(model=deepseek-v3)", "DeepSeek-V3", "DeepSeek-V3"),
        ("bandwidth(accelerator=h200)", "4.80_TB/s", "4.80_TB/s"),
        ("memory", "80_GB", "80_GB"),
        ("kv_bytes / step_bytes:%", "3.72%", "3.72%"),
        ("kv_bytes(batch=32) / kv_bytes", "32", "32"),
        ("token_cost:USD/Mtoken", "$73.23/M_tokens", "$73.23/百万token"),
    ],
)
def test_what_a_reader_sees(reference, en, zh):
    assert (text(reference), text(reference, "zh")) == (en, zh)


def test_a_value_is_given_instead_of_looked_up_or_computed():
    """64 of the 80 layers are 64/80 of 320 KiB; 264 GiB hold 264 · 2^30 / (320 KiB · 8192) = 105.6 sequences."""
    assert text("kv_per_token(layers=64):KiB") == "256_KiB"
    assert text("max_batch(kv_memory=264GiB)") == text("max_batch(kv_memory=264 GiB)") == "105"
    assert text("max_batch(kv_memory=264 GiB, layers=64)") == "132"
    assert value("kv_per_token(layers=64) / kv_per_token") == 0.8
    read = parse_reference("kv_per_token(kv_precision=fp8, layers=64)", SCENARIO)
    assert str(read) == read.wire(SCENARIO) == "kv_per_token(kv_precision=fp8, layers=64)"
    assert read.text(SCENARIO.pinned({"model": "llama-3.1-8b"}), "en") == "131\u202fkB/token"


def test_a_value_is_given_to_a_run():
    """The run's whole scenario, but for the value; a row's own `given` yields to it."""
    whole = "decode_step(measurement=nim-70b-h100x2-fp8-b1, layers=60)"
    assert value(whole) < value("decode_step(measurement=nim-70b-h100x2-fp8-b1)")
    assert str(parse_reference(whole, SCENARIO)) == (
        "decode_step(layers=60, measurement=nim-70b-h100x2-fp8-b1)"
    )
    scenario = with_row(scenario={"chips": 2}, given={"decode_step": 0.04})
    faster = parse_reference("user_speed(measurement=run, decode_step=20 ms)", scenario)
    assert faster.value(scenario) == 50


def test_a_pinned_field_stays_pinned_when_the_scenario_changes():
    reference = parse_reference("batch(batch=32)", SCENARIO)
    assert reference.value(SCENARIO.pinned({"batch": 5.0})) == 32


@pytest.mark.parametrize(
    ("reference", "en"),
    [
        ("decode_step(measurement=nim-70b-h100x2-fp8-b1)", "11.8_ms"),
        ("decode_step(measurement=nim-70b-h100x2-fp8-b1, overhead=2)", "13.8_ms"),
        ("decode_step(overhead=2, measurement=nim-70b-h100x2-fp8-b1):ms", "13.8_ms"),
        ("context(measurement=nim-70b-h100x2-fp8-b1):token", "5,250_tokens"),
        ("model(measurement=gptfast-l2-7b-int4)", "Llama 2 7B"),
        ("layers(measurement=gptfast-l2-7b-int4)", "32"),
        ("kv_precision(measurement=gptfast-l2-7b-int4)", "BF16"),
        ("calibration(measurement=gptfast-l2-7b-int4)", "gpt-fast on A100"),
        ("decode_regime(measurement=gptfast-l2-7b-int4)", "memory"),
        ("decode_step(measurement=nim-70b-h100x2-fp8-b1) / decode_step(measurement=nim-70b-h100x2-fp8-b1, batch=1)", "1"),
        ("measured_time(measurement=nim-70b-h100x2-fp8-b1):ms", "18.6_ms"),
    ],
)  # fmt: skip
def test_a_pinned_run_carries_its_whole_scenario_and_no_reader_moves_it(reference, en):
    """What the row does not say is the declared default, whatever the page or its reader says."""
    read = parse_reference(reference, SCENARIO)
    assert read.follows(ENGINE.library) == set()
    moved = SCENARIO.pinned(
        {"chips": 8.0, "kv_precision": "fp8", "overhead": 0.5, "calibration": "llamacpp-metal"}
    )
    for scenario in (SCENARIO, moved):
        assert read.text(scenario, "en").replace("\u202f", "_") == en


def test_a_number_in_a_run_is_the_scoreboards_own():
    """The expression of every row that says a scenario and overrides nothing, told by the row's name alone."""
    told = 0
    for score in scores(SCENARIO):
        term = score.reference.top
        whole = score.row.extra.get("scenario") and not score.row.extra.get("given")
        if whole and score.reference.bottom is None and not term.pins:
            at = parse_reference(f"{term.name}(measurement={score.row.id})", SCENARIO)
            assert at.value(SCENARIO.pinned({"chips": 7.0})) == score.bound
            told += 1
    assert told > 50


def test_a_run_prints_short_and_browsers_are_told_every_pin():
    """`str` is what a writer would write; the wire has no run in it."""
    read = parse_reference("kv_per_token(measurement=kv-dsv3-mla) / kv_per_token", SCENARIO)
    assert str(read) == "kv_per_token(measurement=kv-dsv3-mla) / kv_per_token"
    assert read.wire(SCENARIO) == "70272.0 B/token / kv_per_token"
    alone = parse_reference("kv_per_token(measurement=kv-dsv3-mla)", SCENARIO)
    assert alone.wire(SCENARIO) == "kv_per_token(kv_precision=bf16, model=deepseek-v3)"


def with_row(**extra: object) -> Scenario:
    """A scenario whose only measurement, `run`, says this besides its figures."""
    row = ENGINE.catalogue.tables["measurements"]["nim-70b-h100x2-fp8-b1"]
    tables = {**ENGINE.catalogue.tables, "measurements": {"run": replace(row, extra=extra)}}
    return Scenario(ENGINE.library, tables, {})


def test_a_given_scenario_field_belongs_to_the_run():
    """`given` in base units, after `scenario`; what overrides a formula matters only to what rests on it."""
    scenario = with_row(scenario={"output": 4}, given={"output": 120, "decode_step": 0.04})
    assert parse_reference("output(measurement=run)", scenario).value(scenario) == 120
    assert parse_reference("kv_per_token(measurement=run):kB", scenario).value(scenario) == 327_680
    with pytest.raises(Mistake, match="whose row overrides 'decode_step' with `given`"):
        parse_reference("user_speed(measurement=run)", scenario)


def test_a_run_of_a_row_that_is_wrong_is_refused_with_the_row():
    with pytest.raises(Mistake) as raised:
        parse_reference("decode_step(measurement=run)", with_row(scenario={"model": "llama-9"}))
    assert raised.value.message.startswith(
        "the scenario of the run 'run' in docs/data/measurements.yml: no row 'llama-9' in docs/data/models.yml"
    )


def test_the_order_of_pins_does_not_matter():
    assert parse_reference("decode_step(batch=32, context=1024)", SCENARIO) == parse_reference(
        "decode_step( context=1024,batch=32 )", SCENARIO
    )


def test_a_ratio_of_two_of_a_kind_is_a_bare_number():
    assert (
        value("decode_step(batch=32) / decode_step")
        == SCENARIO.pinned({"batch": 32.0})["decode_step"] / SCENARIO["decode_step"]
    )
    assert parse_reference("decode_step / memory_time", SCENARIO).unit(ENGINE.library).plain


def test_a_ratio_may_differ_in_what_is_counted():
    assert value("kv_per_sequence / kv_per_token") == 8192


def test_a_ratio_with_an_impossible_side_is_the_reason_of_that_side():
    assert value("decode_step / decode_step(accelerator=a100-80-sxm)") == Reason(
        "A100 80GB SXM has no FP8 rate", "A100 80GB SXM没有FP8 算力"
    )


def test_a_ratio_over_nothing_is_a_reason():
    assert value("decode_step / overhead") == Reason(
        "the ratio would divide by zero", "比值的分母为零"
    )


@pytest.mark.parametrize(
    ("reference", "at", "message"),
    [
        ("decode_stp", 0, "no quantity named 'decode_stp'; did you mean 'decode_step'?"),
        (
            "decode_step / decode_stp",
            14,
            "no quantity named 'decode_stp'; did you mean 'decode_step'?",
        ),
        ("", 0, "expected a name, found ''"),
        ("3 / decode_step", 0, "expected a name, found '3 / decode_step'"),
        ("decode_step / ", 13, "expected a name, found ''"),
        (
            "decode_step * 2",
            12,
            "cannot read '* 2': a number is a name, pins in brackets, one '/' and a unit after ':'",
        ),
        (
            "decode_step / decode_step / decode_step",
            26,
            "cannot read '/ decode_step': a number is a name, pins in brackets, one '/' and a unit after ':'",
        ),
        (
            "decode_step(batch=32",
            11,
            "')' is missing: pins stand in one pair of brackets, name(field=value)",
        ),
        ("decode_step:", 11, "a unit is missing after ':'"),
        ("decode_step:mss", 12, "no unit named 'mss' in 'mss'"),
        (
            "decode_step:GB",
            12,
            "'decode_step' is in s: 'GB' cannot show s; write ms or leave the unit out",
        ),
        ("model:GB", 6, "'model' is in word: 'GB' cannot show word; leave the unit out"),
        ("kv_bytes / step_bytes:GB", 22, "a ratio: 'GB' cannot show 1; leave the unit out"),
        (
            "decode_step / kv_bytes",
            0,
            "a ratio needs two of a kind, but 'decode_step' is in s and 'kv_bytes' in B",
        ),
        (
            "decode_regime / decode_regime",
            0,
            "'decode_regime' is a word: a ratio is of two numbers",
        ),
        (
            "decode_step(batch=2) / decode_step(batch=2)",
            0,
            "both halves of this ratio are the same, so it is always 1",
        ),
        (
            "max_batch(context=4, kv_memory=264 GiB, chips=4)",
            40,
            "'chips' changes nothing where 'kv_memory' is given: remove the pin",
        ),
        (
            "max_batch(chips=4, precision=fp8, kv_memory=264 GiB)",
            10,
            "'chips', 'precision' change nothing where 'kv_memory' is given: remove the pins",
        ),
        ("decode_step(batch)", 12, "a pin reads field=value, not 'batch'"),
        (
            "decode_step(batch=32, contxt=4)",
            22,
            "'contxt' is no scenario field; did you mean 'context'?",
        ),
        ("decode_step(kv_bytes=4)", 12, "'4' lacks its unit: expected B"),
        ("decode_step(kv_bytes=4 ms)", 12, "'4 ms' is in ms, but this input is in B"),
        ("decode_step(batch=2, layers=0.5)", 21, "'layers' is at least 1, not 0.5"),
        ("decode_step(layer=4)", 12, "'layer' is no scenario field; did you mean 'layers'?"),
        ("decode_step(memory=4)", 12, "'decode_step' does not depend on 'memory': remove the pin"),
        (
            "decode_step / decode_step(layers=4, layers=5)",
            36,
            "'layers' is pinned twice",
        ),
        (
            "layers(layers=4)",
            7,
            "'layers' is what is asked for: give what it is computed from",
        ),
        (
            "kv_bytes(flops_per_param=4)",
            9,
            "'kv_bytes' does not depend on 'flops_per_param': remove the pin",
        ),
        (
            "decode_step(flops_per_param=4)",
            12,
            "'flops_per_param' holds by definition, so it cannot be given",
        ),
        (
            "expected_step(fitted_family=x)",
            14,
            "'fitted_family' picks a row, so it cannot be given: set 'calibration'",
        ),
        (
            "decode_step(math=fp3)",
            12,
            "'math' is one of bf16, fp8, fp4, int8, not 'fp3'; did you mean 'fp8'?",
        ),
        (
            "decode_step(model=llama-3.1-8)",
            12,
            "no row 'llama-3.1-8' in docs/data/models.yml; did you mean 'llama-3.1-8b'?",
        ),
        ("kv_per_token(batch=32)", 13, "'kv_per_token' does not depend on 'batch': remove the pin"),
        (
            "decode_step(batch=2, measurement=nim-70b)",
            21,
            "no row 'nim-70b' in docs/data/measurements.yml; did you mean 'nim-70b-h100x2-fp8-b1'?",
        ),
        (
            "kv_per_token(measurement=kv-opt13b-token)",
            13,
            "'kv_per_token' cannot be told in the run 'kv-opt13b-token', whose row overrides 'layers', 'kv_heads', "
            "'head_dim', 'kv_width' with `given`: pin the fields one by one",
        ),
        (
            "decode_step(overhead=2, measurement=lmdeploy-7b-long-64-wait)",
            24,
            "the run 'lmdeploy-7b-long-64-wait' has no `scenario` in docs/data/measurements.yml: add it, or pin the "
            "fields one by one",
        ),
        (
            "kv_per_token(measurement=kv-dsv3-mla, batch=4)",
            38,
            "'kv_per_token' does not depend on 'batch': remove the pin",
        ),
        (
            "measured_time(measurement=nim-70b-h100x2-fp8-b1, batch=4)",
            49,
            "'measured_time' does not depend on 'batch': remove the pin",
        ),
        ("decode_step(batch=32, batch=4)", 22, "'batch' is pinned twice"),
        ("decode_step(batch=many)", 12, "'batch' is a number, not 'many'"),
        ("decode_step(batch=)", 12, "'batch' is a number, not ''"),
        ("decode_step(batch=1e999)", 12, "'batch' is a number, not '1e999'"),
        ("decode_step(batch=0)", 12, "'batch' is at least 1, not 0"),
        ("decode_step(batch=1.5)", 12, "'batch' is a whole number, not 1.5"),
        ("decode_step(batch=4 GB)", 12, "'batch' is in seq, not GB"),
        ("decode_step(overhead=4 mss)", 12, "no unit named 'mss' in 'mss'"),
        (
            "decode_step(bandwidth_efficiency=120)",
            12,
            "'bandwidth_efficiency' is at most 100%, not 120",
        ),
    ],
)
def test_a_mistake_is_refused_at_its_place(reference, at, message):
    with pytest.raises(Mistake) as raised:
        parse_reference(reference, SCENARIO)
    assert (raised.value.message, raised.value.at) == (message, at)


@pytest.mark.parametrize(
    ("field", "written", "base"),
    [
        ("overhead", "2", 0.002), ("overhead", "2 ms", 0.002), ("overhead", "0.5 s", 0.5), ("prefill_mfu", "40", 0.4), ("prefill_mfu", "40%", 0.4),
        ("activation_memory", "3", 3e9), ("activation_memory", "3 GiB", 3 * 2**30), ("context", "8192", 8192.0), ("context", "8 thousand", 8000.0),
        ("context", "128 token", 128.0), ("model", "deepseek-v3", "deepseek-v3"),
    ],
)  # fmt: skip
def test_a_setting_is_read_in_its_own_unit_or_in_one_of_its_kind(field, written, base):
    assert setting_value(field, written, SCENARIO) == (
        base if isinstance(base, str) else pytest.approx(base, rel=1e-15)
    )


def test_a_scenario_tells_all_its_mistakes_and_keeps_the_rest():
    scenario, mistakes = scenario_from({"batch": 32, "chip": 3, "model": "gpt5"}, SCENARIO)
    assert [mistake.message for mistake in mistakes] == [
        "'chip' is no scenario field; did you mean 'chips'?",
        "no row 'gpt5' in docs/data/models.yml",
    ]
    assert (scenario["batch"], scenario.setting("model")) == (32, "llama-3.1-70b")


def test_a_reference_prints_as_it_could_be_written():
    for written in (
        "decode_step",
        "decode_step(batch=32)",
        "decode_step(batch=32) / decode_step:%",
        "kv_bytes(context=1048577, model=deepseek-v3):GiB",
    ):
        assert str(parse_reference(written, SCENARIO)) == written


def test_a_given_value_follows_nothing_that_it_would_be_computed_from() -> None:
    """Beside a measurement, nobody need pin what changes nothing."""
    reference = parse_reference("max_batch(kv_memory=264 GiB)", ENGINE.scenario)
    follows = reference.follows(ENGINE.library)
    assert "context" in follows and not follows & {"chips", "accelerator", "precision"}
