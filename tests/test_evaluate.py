"""Evaluation: values in a scenario, and reasons where there are none."""

import gc
from weakref import ref

import pytest

from hooks.formula import evaluate
from hooks.formula.declaration import Cell, Row, Source
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.quantity import Impossible, Reason, ceil, floor, impossible, power, root
from hooks.text.problems import Mistake
from tests.real import ENGINE

COSTS = '''
from hooks.formula.quantity import *
chip = choice("chips", "Chip", zh="卡", default="old")
rate = field("chip", "rate", "1", "Rate", zh="速率")
fp8_rate = field("chip", "fp8", "1", "FP8 rate", zh="FP8 速率")
spare = field("chip", "spare", "1", "Spare", zh="备用", default=5)
batch = setting("1", "Batch", zh="批", default=2)
two = constant("1", 2, "Two", zh="二", why="w", why_zh="因")

@quantity("1", "Work", zh="工作量")
def work(rate, batch, two):
    """One.

    一。
    """
    return rate * batch * two

@quantity("1", "Chosen rate", zh="所选速率")
def chosen(rate, fp8_rate, batch):
    """One.

    一。
    """
    if batch > 8:
        return fp8_rate
    return rate

@quantity("1", "Load", zh="负载")
def load(work, fp8_rate):
    """One.

    一。
    """
    return work / fp8_rate

@quantity("1", "Share", zh="份额")
def share(work, spare):
    """One.

    一。
    """
    return work / (spare - 5)

@quantity("1", "Growth", zh="增长")
def growth(batch, work):
    """One.

    一。
    """
    if work > 100:
        return impossible("{chip} does not fit: {work} of work for {batch}", zh="{chip} 放不下：{work}，批 {batch}")
    return power(batch, 2000)

@quantity("1", "After growth", zh="之后")
def after(growth):
    """One.

    一。
    """
    return growth + 1

@quantity("word", "Pace", zh="快慢", words={"fast": "快", "slow": "慢"})
def pace(work):
    """One.

    一。
    """
    return "fast" if work > 20 else "slow"
'''


def row(identifier: str, name: str, zh: str = "", **cells: float) -> Row:
    return Row(
        identifier,
        name,
        zh,
        {key: Cell(value, str(value), Source("S")) for key, value in cells.items()},
    )


LIBRARY = Library([("costs.py", COSTS)])
TABLES = {
    "chips": {
        "old": row("old", "Old Chip", "旧卡", rate=3.0),
        "new": row("new", "New Chip", rate=10.0, fp8=40.0),
    }
}


def scenario(**given: float | str) -> Scenario:
    assert LIBRARY.problems == []
    return Scenario(LIBRARY, TABLES, given)


def test_a_quantity_is_its_function_of_its_parameters_values():
    assert scenario()["work"] == 3 * 2 * 2


def test_a_pin_changes_one_field_and_leaves_the_scenario_alone():
    base = scenario()
    assert base.pinned({"batch": 7.0})["work"] == 3 * 7 * 2
    assert base.pinned({"chip": "new"})["work"] == 10 * 2 * 2
    assert base["work"] == 12


def test_pins_that_change_nothing_give_the_same_scenario():
    base = scenario()
    assert base.pinned({"batch": 2.0, "chip": "old"}) is base
    assert base.pinned({"batch": 7.0}) is base.pinned({"batch": 7.0})


def test_a_scenario_is_the_same_in_whatever_order_it_is_pinned():
    """Pages tell it to browsers, and a page that is built alone must tell it as it does beside others."""
    assert list(scenario().pinned({"chip": "new", "batch": 7.0}).given) == list(
        scenario().pinned({"batch": 7.0, "chip": "new"}).given
    )


def test_a_pin_may_return_to_the_default():
    assert scenario(batch=9.0).pinned({"batch": 2.0})["work"] == 12


def test_what_a_pin_does_not_change_is_computed_once(monkeypatch: pytest.MonkeyPatch):
    base, computed = scenario(), []
    own = Scenario._quantity
    monkeypatch.setattr(
        Scenario,
        "_quantity",
        lambda self, quantity: [computed.append(quantity.name), own(self, quantity)][1],
    )
    assert [base.pinned({"batch": batch})["chosen"] for batch in (1.0, 3.0)] == [3.0, 3.0]
    assert [base.pinned({"chip": chip, "batch": 5.0})["work"] for chip in ("new", "old")] == [
        100.0,
        30.0,
    ]
    assert [
        base.pinned({"batch": 9.0}).pinned({"chip": chip})["pace"] for chip in ("new", "old")
    ] == [
        "fast",
        "fast",
    ]
    assert computed.count("work") == 4
    assert (
        base.pinned({"rate": 7.0})["work"] == 28
    )  # what is no field of the scenario has a say in everything
    assert base.pinned({"rate": 7.0}).pinned({"batch": 1.0})["rate"] == 7


def test_what_scenarios_have_in_common_is_computed_once_however_they_came_about(
    monkeypatch: pytest.MonkeyPatch,
):
    base, computed = scenario(), []
    own = Scenario._quantity
    monkeypatch.setattr(
        Scenario,
        "_quantity",
        lambda self, quantity: [computed.append(quantity.name), own(self, quantity)][1],
    )
    ways = (
        base.pinned({"batch": 5.0}).pinned({"chip": "new"}),
        base.pinned({"chip": "new"}).pinned({"batch": 5.0}),
        base.pinned({"chip": "new", "batch": 5.0}),
    )
    assert [way["work"] for way in ways] == [100.0] * 3
    assert [way.text("work") for way in ways] == ["100"] * 3
    assert computed.count("work") == 1
    assert base.pinned({"chip": "new", "batch": 6.0})["work"] == 120
    assert (
        base.pinned({"chip": "new", "batch": 5.0, "rate": 7.0})["work"] == 70
    )  # what is no field of the scenario has a say in everything
    assert base.pinned({"chip": "new", "batch": 5.0, "rate": 7.0}).text("work") == "70"


def test_what_is_remembered_for_scenarios_to_come_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(evaluate, "RECENT", 10)
    base = scenario()
    assert [base.pinned({"batch": float(batch)})["work"] for batch in range(1, 50)] == [
        2 * base["rate"] * batch for batch in range(1, 50)
    ]
    assert len(base._recent) <= 10


def test_a_scenario_that_is_forgotten_goes_at_once_with_all_that_were_made_from_it():
    base = scenario()
    one = base.pinned({"batch": 7.0})
    near, far = ref(one), ref(one.pinned({"chip": "new"}).pinned({"spare": 3.0}))
    gc.disable()
    try:
        base.forget(one)
        del one
        assert near() is None and far() is None
    finally:
        gc.enable()
    assert base.pinned({"batch": 7.0})["work"] == 42


def test_a_given_field_or_quantity_replaces_what_would_be_read_or_computed():
    assert scenario(rate=100.0)["work"] == 400
    assert scenario(work=1.0, fp8_rate=4.0)["load"] == 0.25


def test_a_field_without_a_cell_takes_its_default():
    assert scenario()["spare"] == 5.0


def test_a_field_without_cell_or_default_is_a_reason_that_names_the_row():
    assert scenario()["fp8_rate"] == Reason("Old Chip has no FP8 rate", "旧卡没有FP8 速率")


def test_a_reason_travels_to_whatever_is_computed_from_it():
    assert scenario()["load"] == scenario()["fp8_rate"]


def test_a_missing_field_does_no_harm_in_a_branch_that_is_not_taken():
    assert scenario()["chosen"] == 3.0
    assert scenario(batch=9.0)["chosen"] == Reason("Old Chip has no FP8 rate", "旧卡没有FP8 速率")


def test_division_by_zero_is_a_reason():
    assert scenario()["share"] == Reason("share would divide by zero", "份额的分母为零")


def test_a_number_beyond_all_bounds_is_a_reason():
    assert scenario()["growth"] == Reason("growth is too large", "增长太大")


def test_a_reason_is_filled_with_the_values_it_mentions_in_both_languages():
    found = scenario(batch=50.0)["after"]
    assert found == Reason("Old Chip does not fit: 300 of work for 50", "旧卡 放不下：300，批 50")


def test_a_word_is_written_in_the_readers_language():
    assert scenario()["pace"] == "slow"
    assert (scenario().text("pace"), scenario().text("pace", "", "zh")) == ("slow", "慢")


def test_a_choice_is_written_as_its_rows_name():
    assert (
        scenario().text("chip"),
        scenario().text("chip", "", "zh"),
        scenario(chip="new").text("chip", "", "zh"),
    ) == ("Old Chip", "旧卡", "New Chip")


def test_an_unknown_row_is_refused_with_the_nearest():
    with pytest.raises(Mistake, match=r"no row 'odl' in chips; did you mean 'old'\?"):
        scenario(chip="odl")["work"]


def test_equal_keys_say_that_two_scenarios_give_one_value():
    assert scenario(batch=3.0).key("rate") == scenario().key("rate") == (("chip", "old"),)
    assert scenario(batch=3.0).key("work") != scenario().key("work")


@pytest.mark.parametrize(
    "touch",
    [lambda r: r + 1, lambda r: 1 - r, lambda r: 2 * r, lambda r: 1 / r, lambda r: r < 1, lambda r: r <= 1, lambda r: -r, lambda r: r == 1, lambda r: r != "a",
     lambda r: 1 if r else 2, lambda r: min(r, 1), lambda r: max(1, r), floor, ceil, lambda r: power(r, 2), lambda r: power(2.0, r), root],
)  # fmt: skip
def test_whatever_touches_a_reason_becomes_that_reason(touch):
    reason = impossible("no", zh="无")
    with pytest.raises(Impossible) as raised:
        touch(reason)
    assert raised.value.args[0] is reason


def test_two_reasons_are_never_found_equal_in_a_formula():
    text = (
        COSTS
        + '''
missing = field("chip", "missing", "1", "Missing", zh="缺")

@quantity("1", "Alike", zh="相同")
def alike(fp8_rate, missing):
    """One.

    一。
    """
    return 1 if fp8_rate == missing or fp8_rate != fp8_rate else 2
'''
    )
    assert Scenario(Library([("costs.py", text)]), TABLES, {})["alike"] == Reason(
        "Old Chip has no FP8 rate", "旧卡没有FP8 速率"
    )


def test_floor_and_ceil_give_floats_and_power_multiplies():
    assert (repr(floor(2.5)), repr(ceil(2.5)), repr(floor(-2.5))) == ("2.0", "3.0", "-3.0")
    assert (power(3.0, 4), power(5.0, 0), power(0.75, 8.0)) == (81.0, 1.0, 0.1001129150390625)


@pytest.mark.parametrize("square", [-1e-300, float("nan")])
def test_only_what_is_not_below_zero_has_a_root(square):
    assert (root(2.25), root(0)) == (1.5, 0.0)
    assert root(square) == Reason("a number below zero has no square root", "负数没有平方根")


@pytest.mark.parametrize("count", [-1, 2.5, float("nan")])
def test_a_power_needs_a_whole_number_of_factors(count):
    assert power(2.0, count) == Reason(
        "a power needs a whole number of factors", "乘方的次数必须是非负整数"
    )


def test_an_a100_has_no_fp8_rate_and_says_so_in_both_languages():
    found = ENGINE.scenario.pinned({"accelerator": "a100-80-sxm"})
    assert found["decode_step"] == Reason(
        "A100 80GB SXM has no FP8 rate", "A100 80GB SXM没有FP8 算力"
    )
    assert found["weights_time"] == pytest.approx(69_503_033_344 / (2 * 2.039e12), rel=0.001), (
        "bytes need no rate"
    )


def test_a_model_that_does_not_fit_says_how_much_is_lacking():
    found = ENGINE.scenario.pinned({"chips": 1.0, "precision": "bf16"})
    assert found["max_batch"] == Reason(
        "does not fit: 141\u202fGB of weights per chip, 76.4\u202fGB to put them in",
        "放不下：每块卡要放 141\u202fGB 权重，可用的只有 76.4\u202fGB",
    )
    assert found.text("kv_slots", "", "zh").startswith("放不下")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_name_can_be_written(language):
    for name in ENGINE.library.names:
        text = ENGINE.scenario.text(name, "", language)
        assert text and not text.endswith("/") and "n/a" not in text, name
