"""The calibrations: the fit worked by hand, the file against a refit, and predicted against measured."""

import random
import shutil
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from hooks.costs import expected, step
from hooks.data.engine import Engine
from hooks.data.scoreboard import FAILURES, GOALS, TWINS
from hooks.formula.declaration import Choice, Setting
from hooks.formula.quantity import Reason
from hooks.text.problems import Mistake
from hooks.tools import calibration
from hooks.tools.calibration import fitted_families, rewritten
from hooks.tools.fit import LEAST, OVERHEADS, SHARES, Family, Point, fit, parameter_text, solve
from tests.real import ENGINE

HELD_OUT = {"batch 1": (0.10, 0.40), "throughput": (0.25, 0.65)}
"""The median (the goal) and the 90th percentile (as it is) that the points on which nothing was fitted must stay under.

All of them count, those whose failure has a name included.
"""

FITTED = [id for id, row in ENGINE.catalogue.tables["calibrations"].items() if row.cells]
"""Every calibration but the choice to choose none."""

GPT_FAST = (
    "gptfast-l2-7b-bf16",
    "gptfast-l2-7b-int8",
    "gptfast-l2-7b-int4",
    "gptfast-l2-70b-int8",
    "gptfast-l2-70b-int4",
)


@cache
def found() -> tuple[Family, ...]:
    return tuple(fitted_families(ENGINE))


def of(identifier: str) -> Family:
    return next(family for family in found() if family.id == identifier)


def errors(alone: bool, held_out: bool, sound: bool = False) -> list[float]:
    """Sizes of the errors under the parameters that the file prints."""
    return sorted(
        abs(point.error(family.terms(family.written)))
        for family in found()
        for point in (family.held_out if held_out else family.fitted)
        if point.alone == alone and not (sound and point.failure)
    )


def step_point(
    identifier: str,
    time: float,
    layers: float,
    read: float,
    multiplied: float = 0.0,
    alone: bool = True,
) -> Point:
    """A step made up for a test: `layers` layers, `read` seconds of reading, `multiplied` seconds of arithmetic."""
    terms = dict.fromkeys((*OVERHEADS, "prefill_share"), 0.0) | {
        "layer_overhead": layers,
        "overhead": 1.0,
    }
    return Point(
        identifier,
        "toy",
        alone,
        False,
        time,
        terms,
        (
            {"bandwidth_share": read, "flops_share": multiplied},
            {"bandwidth_share": 0.0, "flops_share": 0.0},
        ),
    )


class TestTheFormulas:
    """Each is a plain function; the docstrings hold the arithmetic."""

    def test_two_collectives_a_layer_and_none_on_a_chip_alone(self):
        """80 layers · 2 = 160, on two chips as on eight."""
        assert [step.collectives(chips, 1, 80, 2) for chips in (1, 2, 8)] == [0, 160, 160]

    def test_what_a_layer_and_a_collective_take_at_least_is_the_floors(self):
        """7 kernels of 1.3 µs are 9.1 µs."""
        at = ENGINE.scenario
        assert {
            "layer_overhead": pytest.approx(at["kernels_per_layer"] * at["launch_time"]),
            "collective": at["collective_latency"],
        } == LEAST
        names = ENGINE.library.names
        for name, least in LEAST.items():
            assert names[f"fitted_{name}"].default == least

    def test_overhead_adds_up(self):
        """0 + 1 ms + 80 · 10 µs + 160 · 5 µs + 4 · 100 µs + 0.5 ms = 3.5 ms."""
        assert expected.expected_overhead(
            0, 1e-3, 80, 10e-6, 160, 5e-6, 4, 100e-6, 0.5e-3
        ) == pytest.approx(3.5e-3)

    def test_matrices_race_first_and_attention_afterwards(self):
        """max(8/0.8, 6/0.5) + max(4/0.8, 1/0.5) + 3 = 12 + 5 + 3 = 20 ms; as one race it would be max(15, 14) + 3 = 18."""
        matrices = expected.expected_matrices_time(8, 0.8, 6, 0.5, "toy")
        attention = expected.expected_attention_time(4, 0.8, 1)
        assert (matrices, attention, expected.expected_step(1, matrices, attention, 3)) == (
            12,
            5,
            20,
        )

    def test_only_quantised_weights_are_unpacked(self):
        """8e9 parameters at one byte, of 0.1 ps: 0.8 ms on one chip, 0.4 on two; at two bytes nothing. Of 2e9 at two bytes and 3 · 2 · 1e9 of experts at half a byte, the experts: 0.6 ms."""
        assert expected.unpacking_time(8e9, 0, 0, 0, 1, 0, 2, 1, 1e-13) == pytest.approx(0.8e-3)
        assert expected.unpacking_time(8e9, 0, 0, 0, 1, 0, 2, 2, 1e-13) == pytest.approx(0.4e-3)
        assert expected.unpacking_time(8e9, 0, 0, 0, 2, 0, 2, 1, 1e-13) == 0
        assert expected.unpacking_time(2e9, 3, 2, 1e9, 0.5, 2, 2, 1, 1e-13) == pytest.approx(6e-4)
        assert expected.unpacking_time(2e9, 3, 2, 1e9, 0.5, 1, 2, 1, 1e-13) == pytest.approx(8e-4)

    def test_an_uneven_load_lengthens_the_experts_part_only(self):
        """Half of 10 ms is experts, 1.2 times as long on the busiest chip: 5 + 6 = 11."""
        assert expected.busiest_weights_time(10e-3, 0.5, 1.2) == pytest.approx(11e-3)
        assert expected.busiest_weights_time(10e-3, 0.0, 1.2) == 10e-3

    def test_prefill_and_decode_share_the_machine(self):
        """0.5 s of prefill and 100 steps of 20 ms shared by 4: 0.5 + 0.5 = 1 s for 100 tokens."""
        time = expected.expected_machine_time(0.5, 100, 1, 0.02, 4)
        assert (time, expected.expected_throughput(100, time)) == (1.0, 100.0)
        assert expected.expected_decode_throughput(4, 1 / 0.02) == 200, (
            "without prefill twice as much"
        )

    def test_the_others_prefills_hold_everybody_up(self):
        """20 ms and 3 others' prefills of 0.5 s every 100 steps: 20 + 15 = 35 ms; alone nobody else comes."""
        assert expected.expected_itl(0.02, 4, 1, 0.5, 1, 100) == pytest.approx(0.035)
        assert expected.expected_itl(0.02, 1, 1, 0.5, 1, 100) == 0.02

    def test_a_mixture_pays_for_the_experts_that_its_batch_touches(self):
        """Mixtral alone reads 2 of 8 experts, at batch 64 all of them: guard against charging all or the active ones always."""
        alone, many = (
            ENGINE.scenario.pinned({"model": "mixtral-8x7b", "batch": batch})
            for batch in (1.0, 64.0)
        )
        assert alone["busiest_weights_time"] < 0.35 * many["busiest_weights_time"]
        assert alone["experts_touched"] == pytest.approx(2) and many[
            "experts_touched"
        ] == pytest.approx(8, rel=1e-4)

    def test_the_whole_of_a_calibration_reaches_the_step(self):
        """Whatever a row of the file says moves a step that is large enough for its FLOPs to count."""
        assert len(
            {
                ENGINE.scenario.pinned(
                    {
                        "calibration": family.id,
                        "model": "mixtral-8x7b",
                        "precision": "int8",
                        "chips": 2.0,
                        "batch": 1024.0,
                        "context": 64.0,
                    }
                )["expected_step"]
                for family in found()
            }
        ) == len(found())

    def test_no_calibration_is_faster_than_the_floor(self):
        """Over 2,000 random scenarios with a number: shares are at most 1 and overheads at least 0."""
        dice = random.Random(20261122)
        fields = ENGINE.library.fields_of_scenario
        rows = {
            name: sorted(ENGINE.catalogue.tables[declaration.table])
            for name, declaration in fields.items()
            if isinstance(declaration, Choice)
        }
        compared = 0
        for _ in range(4000):
            given: dict[str, float | str] = {
                name: dice.choice(rows[name])
                for name in ("model", "accelerator", "precision", "kv_precision", "calibration")
            }
            given |= {
                "chips": float(dice.choice((1, 2, 4, 8, 16))),
                "batch": float(2 ** dice.randrange(11)),
                "context": float(dice.randrange(1, 40000)),
            }
            given |= {
                "bandwidth_efficiency": dice.uniform(0.3, 1),
                "flops_efficiency": dice.uniform(0.3, 1),
                "overhead": dice.uniform(0, 0.01),
                "tokens_per_step": float(dice.choice((1, 2))),
            }
            scenario = ENGINE.scenario.pinned(given)
            floor, step = scenario["decode_step"], scenario["expected_step"]
            assert isinstance(step, Reason) or isinstance(floor, float)
            if isinstance(step, float):
                compared += 1
                assert step >= floor * (1 - 1e-12), given
        assert compared > 1000
        assert all(
            isinstance(fields[name], Setting)
            for name in (
                "chips",
                "batch",
                "context",
                "bandwidth_efficiency",
                "flops_efficiency",
                "overhead",
                "tokens_per_step",
            )
        )

    def test_every_calibrated_quantity_has_a_number_on_the_running_machine(self):
        names = [
            quantity.name
            for quantity in ENGINE.library.quantities
            if quantity.path.endswith("expected.py")
        ]
        assert len(names) >= 19
        assert [name for name in names if isinstance(ENGINE.scenario[name], Reason)] == []


class TestTheFit:
    """Least squares over the terms of each point."""

    def test_a_line_through_three_points(self):
        """y = 2 + 3x at x = 1, 2, 3."""
        assert solve([[1, 1], [1, 2], [1, 3]], [5, 8, 11]) == pytest.approx([2, 3])

    def test_terms_that_the_points_cannot_tell_apart_have_no_solution(self):
        assert solve([[1, 2], [2, 4]], [1, 2]) is None
        assert solve([[0.0], [0.0]], [1, 2]) is None

    def test_planted_parameters_are_found(self):
        """50 µs a layer and 80 % of the bandwidth: t = 32 · 50 µs + read / 0.8."""
        points = [
            step_point(str(read), 32 * 50e-6 + read / 0.8, 32, read) for read in (2e-3, 4e-3, 8e-3)
        ]
        terms = fit(points, ("layer_overhead", "bandwidth_share"))
        assert {name: parameter_text(name, term) for name, term in terms.items()} == {
            "layer_overhead": "50 µs",
            "bandwidth_share": "0.800",
        }

    def test_the_clock_that_decides_is_found_by_turns(self):
        """Reading takes 1 ms at 80 %; arithmetic at 40 % overtakes it at the two larger points."""
        points = [
            step_point(str(work), max(1e-3 / 0.8, work / 0.4), 0, 1e-3, work)
            for work in (0.01e-3, 0.02e-3, 1e-3, 2e-3)
        ]
        terms = fit(points, ("bandwidth_share", "flops_share"))
        assert (1 / terms["bandwidth_share"], 1 / terms["flops_share"]) == (
            pytest.approx(0.8),
            pytest.approx(0.4),
        )

    def test_no_overhead_below_the_floors_and_no_share_above_all(self):
        """Faster than the datasheet: the share stays at 1, and the overhead at that of the floor."""
        terms = fit(
            [step_point(str(read), 0.9 * read, 32, read) for read in (1e-3, 2e-3)],
            ("layer_overhead", "bandwidth_share"),
        )
        assert terms == {"layer_overhead": LEAST["layer_overhead"], "bandwidth_share": 1.0}

    def test_a_parameter_that_is_taken_counts_and_is_not_fitted(self):
        """Reading 4 ms at a taken 80 % is 5 ms; the other 1.6 of 6.6 ms are 32 layers of 50 µs."""
        terms = fit(
            [step_point("a", 6.6e-3, 32, 4e-3)], ("layer_overhead",), {"bandwidth_share": 1.25}
        )
        assert terms == {"bandwidth_share": 1.25, "layer_overhead": pytest.approx(50e-6)}

    def test_errors_are_relative_so_small_steps_count_as_much(self):
        """Reading takes 1 and 10 s, the steps 1 and 12: 1/η = (1 + 1/1.2) / (1 + 1/1.44) = 1.082."""
        terms = fit(
            [step_point("a", 1.0, 0, 1.0), step_point("b", 12.0, 0, 10.0)], ("bandwidth_share",)
        )
        assert terms["bandwidth_share"] == pytest.approx((1 + 1 / 1.2) / (1 + 1 / 1.44))

    def test_every_second_point_is_fitted_and_one_with_a_named_failure_never(self):
        points = tuple(step_point(name, 1.0, 1, 0.5) for name in "abcd")
        family = Family("toy", ("layer_overhead",), {}, points, {}, ())
        assert (
            "".join(point.id for point in family.fitted) == "ac"
            and "".join(point.id for point in family.held_out) == "bd"
        )
        failed = Point(**{**points[2].__dict__, "failure": "host-bound"})
        family = Family(
            "toy", ("layer_overhead",), {}, (points[0], points[1], failed, points[3]), {}, ()
        )
        assert "".join(point.id for point in family.fitted) == "a" and len(family.held_out) == 3

    def test_a_point_that_is_there_to_judge_is_never_fitted_and_one_there_to_fit_always(self):
        """The others, a, d and e, take turns among themselves: a and e are fitted."""
        a, b, c, d, e = (step_point(name, 1.0, 1, 0.5) for name in "abcde")
        judge = Point(**{**b.__dict__, "role": "judge"})
        fits = Point(**{**c.__dict__, "role": "fit"})
        family = Family("toy", ("layer_overhead",), {}, (a, judge, fits, d, e), {}, ())
        assert "".join(point.id for point in family.fitted) == "ace"
        assert "".join(point.id for point in family.held_out) == "bd"

    def test_prompts_have_an_interval_of_their_own(self):
        """Four steps to judge, off by ×1 to ×4, and three prompts, off by ×10 to ×12; the fit knows one step of 20 µs a layer."""
        steps = [step_point(f"s{n}", n * 640e-6, 32, 0.0) for n in (1, 2, 3, 4)]
        prompts = [step_point(f"t{n}", n * 640e-6, 32, 0.0) for n in (10, 11, 12)]
        points = [
            Point(**{**p.__dict__, "role": "judge", "prompts": p in prompts})
            for p in (*steps, *prompts)
        ]
        known = Point(**{**step_point("k-1", 640e-6, 32, 0.0).__dict__, "role": "fit"})
        family = Family("toy", ("layer_overhead",), {}, (known, *points), {}, ())
        assert family.judged(True) == pytest.approx([10, 11, 12])
        assert family.interval == {
            "fast": "1.00",
            "slow": "4.00",
            "prefill_fast": "10.00",
            "prefill_slow": "12.00",
        }
        few = Family("toy", ("layer_overhead",), {}, (known, *points[:-1]), {}, ())
        assert "prefill_fast" not in few.interval

    def test_a_number_that_the_file_lacks_is_written_before_the_points(self):
        text = "toy:\n  name: Toy\n  points: [a]\n  source: {title: Fitted to 1 published point, mark: fitted}\n"
        family = Family(
            "toy", ("layer_overhead",), {}, (step_point("a", 640e-6, 32, 0.0),), {}, ("a",)
        )
        assert rewritten(text, family) == text.replace(
            "  points", "  layer_overhead: 20 µs\n  points"
        )

    def test_numbers_are_rewritten_and_the_rest_of_the_file_stays(self):
        text = "# top\ntoy:\n  name: Toy\n  layer_overhead: 9 µs  # why\n  points: []\n  source: {title: Fitted to 0 published points, mark: fitted}\n# next\nother:\n  layer_overhead: 9 µs\n"
        family = Family(
            "toy",
            ("layer_overhead",),
            {},
            (step_point("a", 640e-6, 32, 0.0),),
            {"layer_overhead": "9 µs"},
            (),
        )
        assert rewritten(text, family) == text.replace("9 µs  #", "20 µs  #").replace(
            "[]", "[a]"
        ).replace("0 published points", "1 published point")
        assert calibration.differences(family) == [
            "toy: layer_overhead is 9 µs, the fit gives 20 µs",
            "toy: points are not a",
        ]

    def test_a_measurement_without_a_calibrated_twin_is_refused(self):
        row = next(
            row
            for row in ENGINE.catalogue.tables["measurements"].values()
            if row.extra.get("expression") == "kv_per_token"
        )
        with pytest.raises(Mistake, match="'kv_per_token' has no calibrated twin"):
            calibration.point(ENGINE, row, ENGINE.catalogue.tables["calibrations"][found()[0].id])

    def test_percentiles(self):
        """Of ten sizes the ninth; of one the one."""
        assert (
            calibration.percentile([i / 10 for i in range(1, 11)]),
            calibration.percentile([0.3]),
            calibration.percentile([0.1, 0.2]),
        ) == (0.9, 0.3, 0.2)


class TestTheFile:
    """docs/data/calibrations.yml against a refit, today."""

    @pytest.mark.parametrize("identifier", FITTED)
    def test_a_refit_gives_the_numbers_of_the_file(self, identifier):
        assert calibration.differences(of(identifier)) == []

    def test_the_command_agrees_and_prints_the_table(self, capsys):
        assert calibration.main([]) == 0
        printed = capsys.readouterr().out
        assert all(family.id in printed for family in found()) and "held out" in printed

    def test_writing_mends_a_number_that_was_changed(self, tmp_path: Path, monkeypatch):
        """One family is fitted; the test of the command above fits them all."""
        every = calibration.fitted_families
        monkeypatch.setattr(
            calibration,
            "fitted_families",
            lambda engine: [one for one in every(engine) if one.id == "gptfast-a100"],
        )
        text = calibration.FILE.read_text("utf-8")
        house = tmp_path / "house"
        for part in ("hooks/costs", "docs/data"):
            shutil.copytree(calibration.ROOT / part, house / part)
        file = house / "docs" / "data" / "calibrations.yml"
        share = f"bandwidth_share: {of('gptfast-a100').written['bandwidth_share']}"
        before, name, own = text.partition("gptfast-a100:")
        own = own.replace(share, "bandwidth_share: 0.5", 1)
        file.write_text(before + name + own, "utf-8")
        monkeypatch.setattr(calibration, "FILE", file)
        monkeypatch.setattr(calibration, "Engine", lambda: Engine(house))
        assert calibration.main([]) == 1
        assert calibration.main(["--write"]) == 0
        assert file.read_text("utf-8") == text and calibration.main([]) == 0

    def test_every_calibration_named_by_a_measurement_exists_and_every_one_is_named(self):
        named = {
            row.extra["calibration"]
            for row in ENGINE.catalogue.tables["measurements"].values()
            if "calibration" in row.extra
        }
        assert named == set(FITTED)

    def test_an_instead_is_for_a_point_of_its_family(self):
        for identifier in FITTED:
            row = ENGINE.catalogue.tables["calibrations"][identifier]
            assert set(row.extra.get("instead", {})) <= {
                point.id for point in of(identifier).points
            } | set(TWINS)

    def test_a_share_taken_from_another_row_is_that_rows(self):
        rows = ENGINE.catalogue.tables["calibrations"]
        borrowed = [
            (row.id, name, cell)
            for row in rows.values()
            for name, cell in row.cells.items()
            if cell.source.title in rows
        ]
        assert [
            (identifier, name)
            for identifier, name, cell in borrowed
            if cell.text != rows[cell.source.title].cells[name].text
        ] == []
        assert borrowed

    def test_there_are_fewer_parameters_than_points(self):
        assert [family.id for family in found() if len(family.free) > len(family.fitted)] == []

    def test_shares_and_overheads_are_physical(self):
        for row in ENGINE.catalogue.tables["calibrations"].values():
            for name, cell in row.cells.items():
                assert (
                    0 < cell.value <= 1
                    if name in SHARES
                    else cell.value >= (1 if name == "imbalance" else 0)
                ), (row.id, name)


class TestPredictedAgainstMeasured:
    """The score."""

    @pytest.mark.parametrize("alone", [True, False], ids=["batch 1", "throughput"])
    def test_points_on_which_nothing_was_fitted(self, alone):
        most, worst = HELD_OUT["batch 1" if alone else "throughput"]
        sizes = errors(alone, held_out=True)
        assert len(sizes) >= 10
        assert median(sizes) <= most
        assert calibration.percentile(sizes) <= worst

    def test_about_half_of_every_family_is_held_out_among_points_without_a_role(self):
        for family in found():
            points, fitted = (
                [point for point in group if not point.role]
                for group in (family.points, family.fitted)
            )
            assert len(fitted) <= (len(points) + 1) // 2

    @pytest.mark.parametrize("identifier", GPT_FAST)
    def test_gpt_fast_on_one_a100(self, identifier):
        family = of("gptfast-a100")
        ((point,), terms) = (
            [point for point in family.points if point.id == identifier],
            family.terms(family.written),
        )
        assert abs(point.error(terms)) <= 0.08

    def test_one_efficiency_factor_does_not_fit(self):
        """The same card reaches 71 % of the floor in 16-bit runs and 46 % in INT4: the best single share misses both by a quarter or more of one."""
        points = [point for point in of("gptfast-a100").points if point.id in GPT_FAST]
        reached = [
            sum(race["bandwidth_share"] for race in point.races) / point.time for point in points
        ]
        assert max(reached) > 0.65 and min(reached) < 0.47
        one = fit(points, ("bandwidth_share",))
        assert max(abs(point.error(one)) for point in points) > 0.20
        several = fit(points, ("layer_overhead", "unpacking", "bandwidth_share"))
        assert max(abs(point.error(several)) for point in points) < 0.05

    def test_a_point_that_misses_its_goal_says_why(self):
        """And a name is given to such a point only, or to one whose place in the order would have it fitted: it missed while it was. What has a role is counted, not explained."""
        for family in found():
            if "pools" in ENGINE.catalogue.tables["calibrations"][family.id].extra:
                continue  # its points that have no role are another family's
            for place, point in enumerate(point for point in family.points if not point.role):
                error = point.error(family.terms(family.written))
                missed = abs(error) > point.goal
                assert point.failure or not missed, (
                    f"{point.id} is off by {error:+.1%} and names no failure"
                )
                assert missed or not point.failure or place % 2 == 0, (
                    f"{point.id} is off by {error:+.1%} only: no failure"
                )

    def test_sound_points_are_most_of_those_held_out(self):
        """Failures are counted, not hidden: named ones are fewer than three in ten of all points."""
        points = [point for family in found() for point in family.points]
        assert sum(bool(point.failure) for point in points) < 0.3 * len(points)

    def test_failures_are_known_words_with_a_sentence_in_both_languages(self):
        rows = ENGINE.catalogue.tables["measurements"].values()
        assert {row.extra["failure"] for row in rows if "failure" in row.extra} <= set(FAILURES)
        for english, chinese in FAILURES.values():
            assert (
                english.endswith(".")
                and english.replace("’", "").isascii()
                and chinese.endswith("。")
                and not chinese.isascii()
            )

    def test_the_floor_alone_is_far_off(self):
        """What calibration is for: at batch 1 the floors of the same points are off by more than the goal at the median."""
        floors = [
            abs(point.error({})) for family in found() for point in family.points if point.alone
        ]
        assert median(floors) > 0.4 > GOALS["one"] * 3
