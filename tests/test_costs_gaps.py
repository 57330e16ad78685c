"""Gaps: what a measured step took beyond its bytes, worked by hand."""

import pytest

from hooks.formula.quantity import Reason
from tests.real import ENGINE

HOME = ENGINE.scenario
LINE = {
    "measurement": "itl-intercept-8b",
    "model": "llama-3.1-8b",
    "precision": "bf16",
    "chips": 1.0,
}
READER = {
    "measurement": "trt-mtp-r1-b200x8-fp4-d0",
    "model": "deepseek-v3",
    "accelerator": "b200",
    "precision": "nvfp4",
    "chips": 8.0,
    "context": 2048.0,
}


class TestOneLine:
    """Measured 6.44 ms without context; 15.01 GB of weights at 3.35 TB/s."""

    def test_what_is_left_of_the_intercept(self):
        at = HOME.pinned({**LINE, "bandwidth_efficiency": 0.9})
        read = 15.01e9 / 3.35e12 / 0.9
        assert at["pause_time"] == pytest.approx(6.44e-3 - read, rel=0.01)
        assert at["pause_per_layer"] == pytest.approx((6.44e-3 - read) / 32, rel=0.01)

    def test_a_measurement_below_its_floor_is_refused(self):
        at = HOME.pinned({**LINE, "bandwidth_efficiency": 0.1})
        refused = at["pause_time"]
        assert isinstance(refused, Reason) and "measured 6.44" in refused.text


class TestDefaults:
    """A setting has no row of its own: each stands for one that is in the data, and follows it here."""

    def test_the_pause_is_that_of_the_line_in_whole_microseconds(self):
        at = HOME.pinned({**LINE, "bandwidth_efficiency": 0.9})
        assert at["layer_pause"] == pytest.approx(round(at["pause_per_layer"] * 1e6) * 1e-6)

    def test_the_sum_is_the_one_that_was_measured_among_eight_cards(self):
        measured = HOME.pinned({"measurement": "aic-allreduce-h100x8-16k"})["measured_time"]
        assert HOME["layer_sum"] == pytest.approx(measured)


class TestNineMilliseconds:
    """61 layers of 46 µs, and 122 sums of 5.6 µs, of a step of 1 ÷ 111 s."""

    def test_named_and_unnamed_make_the_step(self):
        at = HOME.pinned(READER)
        assert at["layer_pauses"] == pytest.approx(61 * 46e-6)
        assert at["layer_sums"] == pytest.approx(122 * 5.6e-6)
        assert at["measured_step"] == pytest.approx(1 / 111)
        assert at["named_step"] + at["unnamed_time"] == pytest.approx(1 / 111)

    def test_names_that_add_up_to_more_than_the_step_are_refused(self):
        refused = HOME.pinned({**READER, "layer_pause": 1e-3})["unnamed_time"]
        assert isinstance(refused, Reason) and "what has a name" in refused.text
