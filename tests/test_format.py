"""Formats: how a number looks to a reader, in both languages. `_` stands for the thin no-break space."""

import pytest

from hooks.formula.format import as_printed, digits, format_value
from hooks.formula.quantity import Reason
from hooks.formula.units import unit
from hooks.text.problems import Mistake


def show(value, of: str, display: str = "", language: str = "en") -> str:
    return format_value(value, unit(of), display, language).replace("\u202f", "_")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (-0.0, "0"), (1, "1"), (32.0, "32"), (8192, "8,192"), (9_999_999, "9,999,999"),
        (12_345_678, "12,300,000"), (1e7, "10,000,000"), (3.14159, "3.14"), (31.4159, "31.4"), (314.159, "314"), (3141.59, "3,140"),
        (99.96, "100"), (9.996, "10.0"), (999.6, "1,000"), (0.0299, "0.0299"), (0.00012345, "0.000123"),
        (0.00001234, "1.23×10⁻⁵"), (0.00009999, "0.000100"), (1.5e15, "1.50×10¹⁵"), (9.996e14, "1.00×10¹⁵"), (9.99e14, "999,000,000,000,000"),
        (-2.5, "−2.50"), (-4096, "−4,096"), (-1.5e20, "−1.50×10²⁰"),
        (float("nan"), "n/a"), (float("inf"), "n/a"), (float("-inf"), "n/a"),
    ],
)  # fmt: skip
def test_three_significant_digits_and_whole_numbers_in_full(value, text):
    assert digits(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.125, "0.13"), (2.5, "3"), (3.5, "4"), (1.25, "1.3"), (-0.125, "−0.13"), (10.5, "11")],
)
def test_ties_go_away_from_zero(value, text):
    assert digits(value, 1 if value in (2.5, 3.5) else 2) == text


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        (0.0107742, "s", "10.8_ms"), (4.05e-5, "s", "40.5_µs"), (2e-9, "s", "2_ns"), (5e-11, "s", "0.0500_ns"), (2.5, "s", "2.50_s"), (7200.0, "s", "7,200_s"),
        (327_680.0, "B/token", "328_kB/token"), (70.554e9, "B", "70.6_GB"), (512.0, "B", "512_B"), (3.35e12, "B/s/chip", "3.35_TB/s"),
        (290.2e12, "FLOP", "290_TFLOPs"), (1.0, "FLOP", "1_FLOP"), (295.4, "FLOP/B", "295_FLOP/B"), (1.5e10, "FLOP/token", "15_GFLOPs/token"),
        (0.0, "B", "0_B"), (-2e9, "B", "−2_GB"), (512.0, "seq/s", "512_sequences/s"), (1.0, "request/s", "1_request/s"),
        (0.4, "%", "40%"), (0.000914, "%", "0.0914%"), (0.4, "1", "0.400"), (27.0, "seq", "27"), (8192.0, "token/seq", "8,192"),
        (700.0, "W/chip", "700_W"), (0.002, "ms", "2_ms"),
        (2.0, "FLOP·seq/value/token/token", "2_FLOPs"), (3e-12, "s·chip/B", "0.00300_ns/B"), (40.0, "layer·token/seq", "40"),
    ],
)  # fmt: skip
def test_a_suitable_prefix_is_chosen(value, of, text):
    assert show(value, of) == text


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        (999.4e3, "B", "999_kB"), (999.6e3, "B", "1.00_MB"), (999_999.0, "B", "1.00_MB"), (1e6, "B", "1_MB"), (999.6, "B", "1.00_kB"),
        (0.9994, "s", "999_ms"), (0.9996, "s", "1.00_s"), (999.6e-6, "s", "1.00_ms"), (999.6e15, "FLOP", "1.00_EFLOPs"),
        (999.4e6, "param", "999_million"), (999.6e6, "param", "1.00_billion"), (999.6e9, "token", "1.00_trillion"),
    ],
)  # fmt: skip
def test_what_rounds_to_a_thousand_moves_to_the_next_prefix(value, of, text):
    assert show(value, of) == text


@pytest.mark.parametrize(
    ("value", "of", "display", "text"),
    [
        (0.0107742, "s", "ms", "10.8_ms"), (0.0107742, "s", "s", "0.0108_s"), (327_680, "B/token", "KiB", "320_KiB"), (327_680, "B/token", "kB/token", "328_kB/token"),
        (8192, "token/seq", "token", "8,192_tokens"), (1, "token", "token", "1_token"), (1, "seq", "seq", "1_sequence"), (2, "seq", "seq", "2_sequences"),
        (2.0, "chip", "chip", "2_chips"), (70.554e9, "param", "billion", "70.6_billion"), (8000, "token", "thousand", "8_thousand"),
        (0.4, "1", "%", "40%"), (32, "1", "%", "3,200%"), (7200, "s", "h", "2_h"), (90, "s", "min", "1.50_min"), (86400, "s", "day", "1_day"), (92.8, "token/s/seq", "token/s", "92.8_tokens/s"),
    ],
)  # fmt: skip
def test_a_writer_may_ask_for_a_unit(value, of, display, text):
    assert show(value, of, display) == text


@pytest.mark.parametrize(
    ("value", "of", "display", "text"),
    [
        (70.554e9, "param", "", "706亿"), (70.554e9, "param", "billion", "706亿"), (1.2e7, "token", "million", "1,200万"), (1.5e12, "token", "", "1.50万亿"),
        (8000, "token", "thousand", "8千"), (999.6e6, "param", "", "10.0亿"), (27, "seq", "seq", "27_条序列"), (2, "chip", "chip", "2_块卡"),
        (8192, "token/seq", "token", "8,192_token"), (5.24e6, "B/block", "", "5.24_MB/块"), (2e12, "B/s/chip", "B/s/chip", "2,000,000,000,000_B/s/卡"),
        (6.4e-5, "USD/token", "", "$64.00/百万token"), (7200, "s", "h", "2_小时"), (0.0107742, "s", "ms", "10.8_ms"), (0.5, "B/layer", "B/layer", "0.500_B/层"),
    ],
)  # fmt: skip
def test_chinese_counts_by_ten_thousands_and_has_its_own_nouns(value, of, display, text):
    assert show(value, of, display, "zh") == text


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        (6.464542e-5, "USD/token", "$64.65/M_tokens"), (0.0034, "USD/request", "$0.0034"), (10.8 / 3600, "USD/h/chip", "$10.80/h"), (0.996, "USD", "$1.00"),
        (0.994, "USD", "$0.99"), (1.005, "USD", "$1.00"), (2.345, "USD", "$2.35"), (999.994, "USD", "$999.99"), (999.996, "USD", "$1,000"), (87_072.4, "USD", "$87,072"),
        (0.0, "USD", "$0"), (-5.0, "USD", "−$5.00"),
    ],
)  # fmt: skip
def test_dollars_have_cents_where_cents_matter(value, of, text):
    assert show(value, of) == text


def test_a_display_unit_of_another_kind_is_refused_with_one_that_fits():
    for display, of, message in (
        ("GB", "s", "'GB' cannot show s; write ms or leave the unit out"),
        ("ms", "B/s", "'ms' cannot show B/s; write GB/s or leave the unit out"),
        ("token", "layer", "'token' cannot show layer; leave the unit out"),
        ("billion", "B", "'billion' cannot show B; write GB or leave the unit out"),
    ):
        with pytest.raises(Mistake) as raised:
            format_value(1.0, unit(of), display)
        assert raised.value.message == message


def test_a_reason_is_written_as_its_sentence_whatever_the_unit():
    reason = Reason("does not fit", "放不下")
    assert (format_value(reason, unit("s"), "ms"), format_value(reason, unit("s"), "ms", "zh")) == (
        "does not fit",
        "放不下",
    )


@pytest.mark.parametrize("of", ["B", "token", "s", "USD", "%"])
def test_what_is_no_number_has_no_unit_either(of):
    assert show(float("nan"), of) == show(float("inf"), of) == "n/a"


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("104.9 token/s", "en", "104.9_tokens/s"), ("3.350 TB/s", "en", "3.350_TB/s"), ("1979 TFLOP/s", "en", "1,979_TFLOP/s"),
        ("95 GiB", "zh", "95_GiB"), ("22 GB", "en", "22_GB"), ("4.25 bit", "en", "4.25_bit"), ("1,024 token", "zh", "1,024_token"),
        ("1 token", "en", "1_token"), ("12 token", "en", "12_tokens"), ("-0.5 s", "en", "−0.5_s"), (".5 s", "en", "0.5_s"), ("40 %", "en", "40%"),
    ],
)  # fmt: skip
def test_a_cited_figure_keeps_its_own_digits(text, language, shown):
    assert as_printed(text, language).replace("\u202f", "_") == shown


@pytest.mark.parametrize("text", ["80", "70.6 billion", "1e3 B", "much"])
def test_a_cited_figure_without_a_unit_of_its_own_is_written_afresh(text):
    assert as_printed(text, "en") == ""


def test_a_printed_price_keeps_its_digits():
    """$0.125 for a million tokens is not $0.13; a price without cents gets them."""
    assert as_printed("0.125 USD/Mtoken", "en") == "$0.125/M\u202ftokens"
    assert as_printed("10.8 USD/h", "zh") == "$10.80/小时"
