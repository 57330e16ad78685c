"""Units: how they are read, multiplied and shown, and how a catalogue value is read in them."""

from fractions import Fraction

import pytest

from hooks.formula.dimensions import shows
from hooks.formula.units import ONE, unit
from hooks.formula.value import read_value
from hooks.text.problems import Mistake

TEXT = "tag:yaml.org,2002:str"
BOOL = "tag:yaml.org,2002:bool"


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("GB", 10**9), ("kB", 1000), ("EB", 10**18), ("GiB", 2**30), ("KiB", 1024), ("TiB", 2**40),
        ("ms", Fraction(1, 1000)), ("ns", Fraction(1, 10**9)), ("h", 3600), ("min", 60), ("day", 86400),
        ("TFLOP", 10**12), ("kW", 1000), ("mJ", Fraction(1, 1000)), ("Mtoken", 10**6), ("bit", Fraction(1, 8)),
        ("%", Fraction(1, 100)), ("thousand", 1000), ("billion", 10**9), ("1", 1), ("  GB ", 10**9),
        ("TB/s", 10**12), ("USD/Mtoken", Fraction(1, 10**6)), ("USD/h/chip", Fraction(1, 3600)), ("GB/ms", 10**12),
    ],
)  # fmt: skip
def test_a_prefix_is_a_factor(text, factor):
    assert unit(text).factor == factor


def test_the_two_mus_are_one_unit():
    assert unit("µs").factor == unit("μs").factor == Fraction(1, 10**6)


def test_every_slash_divides_by_one_more():
    assert unit("FLOP/s/chip").powers == (("FLOP", 1), ("chip", -1), ("s", -1))


def test_a_dot_or_a_star_multiplies():
    assert (
        unit("FLOP·seq/token").powers
        == unit("FLOP*seq/token").powers
        == (("FLOP", 1), ("seq", 1), ("token", -1))
    )


def test_a_parameter_joins_two_values():
    assert unit("param").same_kind(unit("value") * unit("value"))


def test_a_watt_is_a_joule_each_second():
    assert unit("W").powers == unit("J/s").powers


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("GBs", "no unit named 'GBs' in 'GBs'"),
        ("B/tokn", "no unit named 'tokn' in 'B/tokn'; did you mean 'token'?"),
        ("", "no unit named '' in ''"),
        ("B//s", "no unit named '' in 'B//s'"),
        ("mB", "no unit named 'mB' in 'mB'; did you mean 'B'?"),
        ("ks", "no unit named 'ks' in 'ks'; did you mean 's'?"),
        ("Kichip", "no unit named 'Kichip' in 'Kichip'; did you mean 'chip'?"),
    ],
)
def test_an_unknown_unit_is_refused_with_the_nearest_known_one(text, message):
    with pytest.raises(Mistake) as raised:
        unit(text)
    assert raised.value.message == message


def test_what_cancels_is_gone():
    assert (unit("B/token") * unit("token/seq")).powers == unit("B/seq").powers
    assert (unit("GB") / unit("GB")) == unit("B") / unit("B")


def test_factors_travel_through_arithmetic():
    assert (unit("GB") / unit("ms")).factor == 10**12
    assert (unit("TB/s") * unit("ms")).factor == 10**9


def test_a_power_raises_factor_and_base():
    assert (unit("ms") ** 2) == (unit("ms") * unit("ms"))
    assert (unit("B") ** 0) == unit("B") / unit("B")


def test_a_computed_unit_is_spelt_from_its_bases():
    assert str(unit("B/token") * unit("token/seq")) == "B/seq"
    assert str(unit("1") / unit("s")) == "1/s"
    assert str(unit("s") / unit("s")) == "1"


def test_ms_and_s_are_of_one_kind_but_s_and_bytes_are_not():
    assert unit("ms").same_kind(unit("s"))
    assert not unit("ms").same_kind(unit("B"))
    assert not unit("B/s").same_kind(unit("B/s/chip"))


def test_only_counts_come_whole():
    assert unit("token/seq").counts_only and unit("1").counts_only
    assert (
        not unit("B").counts_only and not unit("%").counts_only and not unit("Mtoken").counts_only
    )


def test_the_measured_part_leaves_the_counts_out():
    assert unit("B/s/chip").measured_part().same_kind(unit("B/s"))
    assert unit("token").measured_part() == ONE.measured_part()


@pytest.mark.parametrize(
    ("wanted", "of", "fits"),
    [
        ("ms", "s", True), ("GB", "s", False), ("KiB", "B/token", True), ("TB/s", "B/s/chip", True),
        ("1", "token", True), ("billion", "param", True), ("%", "1", True),
        ("1", "B", False), ("billion", "B/token", False), ("B/token", "B", False), ("token", "seq", False),
        ("token", "token/seq", True), ("seq", "token/seq", False), ("B/s", "B", False), ("1", "B/token", False),
        ("GB·s", "B", False), ("USD/Mtoken", "USD/token", True), ("token/s", "token/s/seq", True),
    ],
)  # fmt: skip
def test_a_display_unit_may_be_silent_on_what_is_counted_below(wanted, of, fits):
    assert shows(unit(wanted), unit(of)) is fits


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("80 GB", "B", 80e9), ("95 GiB", "B", 95 * 2**30), ("80GB", "B", 80e9), ("3.35 TB/s", "B/s", 3.35e12),
        ("16 bit", "B", 2.0), ("4.25 bit", "B", 0.53125), ("1,979 TFLOP/s", "FLOP/s", 1979e12), ("700 W", "W", 700.0),
        ("80", "layer", 80.0), ("128,256", "value", 128256.0), ("70.6 billion", "param", 70.6e9), ("1000 billion", "param", 1e12),
        ("40 %", "1", 0.4), ("1.5e3 B", "B", 1500.0), (".5 s", "s", 0.5), ("10.8 USD/h", "USD/h", 10.8 / 3600),
        ("FP8, whatever", "word", "FP8, whatever"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_source_prints_it(text, printed, value):
    found = read_value(text, TEXT, unit(printed))
    assert found == (value if isinstance(value, str) else pytest.approx(value, rel=1e-15))


def test_gigabytes_are_not_gibibytes():
    assert read_value("1 GiB", TEXT, unit("B")) - read_value("1 GB", TEXT, unit("B")) == 73_741_824


@pytest.mark.parametrize(
    ("text", "value"), [("true", 1.0), ("yes", 1.0), ("false", 0.0), ("no", 0.0)]
)
def test_a_yes_or_no_becomes_one_or_zero(text, value):
    assert read_value(text, BOOL, unit("1")) == value


@pytest.mark.parametrize(
    ("text", "tag", "printed", "message"),
    [
        ("80", TEXT, "B", "'80' lacks its unit: expected B"),
        ("700", TEXT, "W", "'700' lacks its unit: expected W"),
        ("5", TEXT, "USD", "'5' lacks its unit: expected USD"),
        ("80 GB", TEXT, "B/s", "'80 GB' is in GB, but this input is in B/s"),
        ("80 token", TEXT, "layer", "'80 token' is in token, but this input is in layer"),
        ("3 million", TEXT, "s", "'3 million' is in million, but this input is in s"),
        ("much", TEXT, "B", "'much' is not a number with a unit"),
        ("", TEXT, "B", "'' is not a number with a unit"),
        ("true", BOOL, "B", "'true' is not a number with a unit"),
        ("3,35 TB/s", TEXT, "B/s", "no unit named ',35 TB' in ',35 TB/s'"),
    ],
)
def test_a_value_in_the_wrong_unit_is_refused(text, tag, printed, message):
    with pytest.raises(Mistake) as raised:
        read_value(text, tag, unit(printed))
    assert raised.value.message == message
