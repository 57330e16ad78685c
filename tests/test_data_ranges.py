"""Every input has a range, and a value outside it is told at its line and column."""

import pytest

from hooks.formula.declaration import Field, Setting
from hooks.formula.units import WORD
from tests.real import ENGINE
from tests.rows_of_data import ROWS, of


@pytest.mark.parametrize("table", ROWS)
def test_a_sound_row_has_no_problem(table):
    assert of(table) == []


def test_every_input_declares_its_range():
    """At most something, and at least something or more than nothing; a word is one of a list, or a row's id that the catalogue fills in."""
    fields = [d for d in ENGINE.library.names.values() if isinstance(d, Field)]
    open_ended = [
        d.name
        for d in fields
        if (not d.words and d.default is None if d.unit == WORD else d.high is None or d.low < 0)
    ]
    assert len(fields) > 60 and open_ended == []


@pytest.mark.parametrize(
    ("table", "key", "value", "problem"),
    [
        # signs, nothings, and what is beyond any machine
        ("accelerators", "memory", "-192 GB", "3:11: 'memory' is at least 1 MB, not -192 GB"),
        ("accelerators", "memory", "0 GB", "3:11: 'memory' is at least 1 MB, not 0 GB"),
        ("accelerators", "memory", "80 PB", "3:11: 'memory' is at most 1 PB, not 80 PB"),
        ("accelerators", "memory_bandwidth", "0 TB/s", "4:21: 'memory_bandwidth' is at least 1 MB/s, not 0 TB/s"),
        ("accelerators", "memory_bandwidth", "3.35", "4:21: '3.35' lacks its unit: expected B/s"),
        ("accelerators", "memory_bandwidth", "3.35 TB", "4:21: '3.35 TB' is in TB, but this input is in B/s"),
        ("accelerators", "bf16_flops", "-989 TFLOP/s", "5:15: 'bf16_flops' is at least 1 MFLOP/s, not -989 TFLOP/s"),
        ("prices", "price_per_hour", "-1.79 USD/h", "4:19: 'price_per_hour' is more than 0, not -1.79 USD/h"),
        ("prices", "price_per_hour", "0 USD/h", "4:19: 'price_per_hour' is more than 0, not 0 USD/h"),
        ("price_cards", "input_price", "-2.50 USD/Mtoken", "4:16: 'input_price' is more than 0, not -2.50 USD/Mtoken"),
        ("price_cards", "output_price", "10 USD", "6:17: '10 USD' is in USD, but this input is in USD/token"),
        ("precisions", "width", "0 bit", "3:10: 'width' is more than 0, not 0 bit"),
        ("precisions", "width", "8 B/token", "3:10: '8 B/token' is in B/token, but this input is in B"),
        ("precisions", "width", "1 kB", "3:10: 'width' is at most 16 B, not 1 kB"),
        ("measurements", "speed", "-104.9 token/s", "5:10: 'speed' is more than 0, not -104.9 token/s"),
        # shares, whole numbers, words
        ("calibrations", "bandwidth_share", "1.3", "4:20: 'bandwidth_share' is a share from 0 to 1, not 1.3"),
        ("calibrations", "bandwidth_share", "80.5 %", None),
        ("calibrations", "bandwidth_share", "-0.1", "4:20: 'bandwidth_share' is a share from 0 to 1, not -0.1"),
        ("calibrations", "bandwidth_share", "0", "4:20: 'bandwidth_share' is more than 0, not 0"),
        ("calibrations", "layer_overhead", "-3 µs", "3:19: 'layer_overhead' is at least 0 s, not -3 µs"),
        ("models", "num_hidden_layers", "32.5", "3:22: 'num_hidden_layers' is a whole number, not 32.5"),
        ("models", "num_hidden_layers", "0", "3:22: 'num_hidden_layers' is at least 1, not 0"),
        ("models", "num_hidden_layers", "-32", "3:22: 'num_hidden_layers' is at least 1, not -32"),
        ("models", "num_hidden_layers", "32000000", "3:22: 'num_hidden_layers' is at most 10,000, not 32000000"),
        ("models", "tie_word_embeddings", "0.5", "10:24: 'tie_word_embeddings' is true or false, not 0.5"),
        ("models", "tie_word_embeddings", "2", "10:24: 'tie_word_embeddings' is true or false, not 2"),
        ("precisions", "math", "fp16", "4:9: 'math' is one of bf16, fp8, fp4, int8, not 'fp16'; did you mean 'bf16'?"),
        ("precisions", "math", "true", "4:9: 'math' is one of bf16, fp8, fp4, int8, not true"),
        # what is no number
        ("models", "hidden_size", "1e400", "4:16: '1e400' is too large for a number"),
        ("models", "hidden_size", ".inf", "4:16: '.inf' is not a number with a unit"),
        ("models", "hidden_size", "-.inf", "4:16: '-.inf' is not a number with a unit"),
        ("models", "hidden_size", ".nan", "4:16: '.nan' is not a number with a unit"),
        ("models", "hidden_size", "NaN", "4:16: 'NaN' is not a number with a unit"),
        ("models", "hidden_size", "inf", "4:16: 'inf' is not a number with a unit"),
        ("models", "hidden_size", "many", "4:16: 'many' is not a number with a unit"),
        ("models", "hidden_size", "null", "4:16: 'hidden_size' has no value: write one, or leave the key out"),
        ("models", "hidden_size", "~", "4:16: 'hidden_size' has no value: write one, or leave the key out"),
        ("models", "hidden_size", "", "4:15: 'hidden_size' has no value: write one, or leave the key out"),
        ("models", "hidden_size", '""', "4:16: '' is not a number with a unit"),
        ("models", "hidden_size", "[4096]", "4:16: 'hidden_size' is one value, not a list or a mapping"),
        ("models", "hidden_size", "{width: 4096}", "4:16: 'hidden_size' is one value, not a list or a mapping"),
        ("models", "hidden_size", "true", "4:16: 'hidden_size' is a number, not true"),
        ("models", "hidden_size", "yes", "4:16: 'hidden_size' is a number, not yes"),
        ("models", "hidden_size", "４０９６", "4:16: '４０９６' is not a number with a unit"),
        ("accelerators", "memory", "true", "3:11: 'memory' is a number in B, not true"),
        # a publisher's letters
        ("models", "published_params", "671B", "12:21: '671B' is no count: a publisher's B is written out: 671 billion"),
        ("models", "published_params", "8 B", "12:21: '8 B' is no count: a publisher's B is written out: 8 billion"),
        ("models", "published_params", "1.6T", "12:21: '1.6T' is no count: a publisher's T is written out: 1.6 trillion"),
        ("models", "published_params", "270M", "12:21: '270M' is no count: a publisher's M is written out: 270 million"),
        ("models", "published_params", "8 GB", "12:21: '8 GB' is in GB, but this input is in param"),
        ("models", "max_position_embeddings", "128K", "11:28: '128K' is no count: a publisher's K is written out: 128 thousand"),
        ("models", "vocab_size", "128k", "9:15: '128k' is no count: a publisher's k is written out: 128 thousand"),
    ],
)  # fmt: skip
def test_a_value_outside_its_range_is_told_at_its_place(table, key, value, problem):
    assert of(table, **{key: value}) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("date", "2026/11/22", "'date' is a day: date: 2026-11-22"),
        ("date", "2026-02-30", "'date' is a day: date: 2026-11-22"),
        ("date", "yesterday", "'date' is a day: date: 2026-11-22"),
        ("name", "", "name is empty"),
        ("name", "[a, b]", "name is one text, not a list or a mapping"),
    ],
)
def test_what_a_row_says_besides_values_is_held_to_its_kind(key, value, problem):
    assert [line.split(": ", 1)[1] for line in of("prices", **{key: value})] == [problem]


@pytest.mark.parametrize(
    "text", ["0", "-2", "1.5", "1e400", "nan", "inf", "true", "two", "", "[2]"]
)
def test_a_scenarios_number_is_held_to_its_range_too(text):
    """Chips are whole and at least one."""
    from hooks.formula.reference import setting_value
    from hooks.text.problems import Mistake

    with pytest.raises(Mistake, match="'chips' is "):
        setting_value("chips", text, ENGINE.scenario)


def test_every_scenario_field_that_is_a_number_declares_its_range():
    """At least something, at most something, and its default lies between."""
    fields = [d for d in ENGINE.library.names.values() if isinstance(d, Setting)]
    open_ended = [
        d.name for d in fields if d.high is None or d.low < 0 or not d.low <= d.default <= d.high
    ]
    assert len(fields) > 40 and open_ended == []
