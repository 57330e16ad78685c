"""What to expect beside a floor: which calibration a scenario takes, where it refuses, the interval, and who says it."""

import json

import pytest

from hooks.costs import expected as costs
from hooks.data.rules.calibrations import KINDS, claimed
from hooks.data.scoreboard import quantile, scores
from hooks.formula.declaration import Field
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.quantity import Reason
from hooks.formula.reference import parse_reference
from hooks.page.floors import BESIDE, LINES, expected, floor_line, names
from tests.real import ENGINE
from tests.test_command_line import ask  # noqa: F401

HOME = ENGINE.scenario
MOE = {"model": "deepseek-v3", "chips": 8.0}


def family(**given: float | str) -> object:
    value = HOME.pinned(given)["fitted_family"]
    return value.text if isinstance(value, Reason) else value


class TestTheFamily:
    """Chosen by the chip and by whether the model has experts."""

    def test_it_follows_the_chip_and_the_kind_of_model(self):
        assert family() == "hopper-dense"
        assert family(**MOE) == "hopper-moe"
        assert family(accelerator="b200") == "blackwell-dense"
        assert family(accelerator="gb200", **MOE) == "blackwell-moe"
        assert family(accelerator="apple-m4-max") == family(accelerator="apple-m4-max", **MOE)

    def test_a_reader_may_choose_another(self):
        assert family(accelerator="mi355x", calibration="nim-h100") == "nim-h100"

    def test_where_nothing_was_fitted_the_reason_says_what_runs_reach_elsewhere(self):
        said = family(accelerator="mi300x", **MOE)
        assert said == (
            "no published run to fit: of a mixture of experts on Instinct MI300X there is none; "
            "on the machines we know, most runs reach 15% to 74% of the floor"
        )
        at = HOME.pinned({"accelerator": "mi300x", **MOE})
        for name in set(BESIDE.values()):
            assert at.text(name) == said, name

    def test_those_two_shares_are_what_runs_reached(self):
        """All but a tenth of the measured results at each end."""
        reached = [
            score.efficiency for score in scores(HOME) if score.row.extra["kind"] == "measured"
        ]
        assert HOME["least_reached"] == pytest.approx(quantile(reached, 0.1), abs=0.01)
        assert HOME["most_reached"] == pytest.approx(quantile(reached, 0.9), abs=0.01)

    def test_no_two_calibrations_are_for_the_same(self):
        calibrations = ENGINE.catalogue.tables["calibrations"].values()
        for accelerator in ENGINE.catalogue.tables["accelerators"]:
            for kind in KINDS:
                assert sum(kind in claimed(row, accelerator) for row in calibrations) <= 1


class TestWhatWasNotFittedIsRefused:
    """Nothing is answered from the datasheet under the name of an expectation."""

    def test_a_prefill_where_none_was_fitted(self):
        at = HOME.pinned({"calibration": "vllm-2023-h100", "batch": 4.0})
        reason = "no published run to fit: none behind “vLLM of 2023 on DGX H100” reads prompts"
        assert at.text("expected_prefill_time") == at.text("expected_itl") == reason
        assert isinstance(at["expected_step"], float), "the step alone can be told"
        assert isinstance(at.pinned({"batch": 1.0})["expected_itl"], float), "nobody else's prompt"

    def test_a_step_that_waits_for_arithmetic_where_none_did(self):
        at = HOME.pinned({"calibration": "nim-h100", "batch": 4096.0, "context": 64.0})
        assert at.text("expected_step") == (
            "no published run to fit: here the matrices wait for arithmetic, "
            "and no run behind “NVIDIA NIM on H100” did"
        )

    def test_an_interval_where_too_few_points_judge(self):
        at = HOME.pinned({"calibration": "jetstream-v5e", "outlook": 2.0})
        assert isinstance(at["expected_step"], Reason)
        found = expected(parse_reference("decode_step", at), at.pinned({"outlook": 0.0}))
        assert found and isinstance(found.value, float) and found.ends is None


class TestTwoIntervals:
    """What a prompt takes is off by other errors than what a step takes."""

    @pytest.mark.parametrize(("end", "name"), [(1.0, "fast"), (2.0, "slow")])
    @pytest.mark.parametrize("model", [{}, MOE])
    def test_a_prompt_goes_by_the_errors_of_prompts(self, model, end, name):
        middle = HOME.pinned(model)
        at = middle.pinned({"outlook": end})
        step, prompt = at[f"fitted_{name}"], at[f"fitted_prefill_{name}"]
        assert step != prompt
        assert at["expected_step"] / middle["expected_step"] == pytest.approx(step)
        for asked in ("expected_prefill_time", "expected_ttft"):
            assert at[asked] / middle[asked] == pytest.approx(prompt), asked

    def test_where_few_prompts_were_published_the_other_interval_stands_for_theirs(self):
        middle = HOME.pinned({"accelerator": "mi300x"})
        at = middle.pinned({"outlook": 2.0})
        assert at["fitted_prefill_slow"] == 0
        ratio = at["expected_prefill_time"] / middle["expected_prefill_time"]
        assert ratio == pytest.approx(at["fitted_slow"])

    def test_worked_by_hand(self):
        """0.6 + 1.2 · (0.1 + 1 · 0.02 / 2) = 0.732 s: the step's own factor, 2, is taken off it."""
        assert costs.prefill_outlook_factor(0, 1, 0.8, 1.2) == 1
        assert costs.prefill_outlook_factor(2, 2, 0.8, 1.2) == 1.2
        assert costs.prefill_outlook_factor(1, 0.9, 0, 0) == 0.9
        assert costs.expected_ttft(0.6, 1, 1.2, 0.1, 1, 0.02, 2) == pytest.approx(0.732)


class TestALoad:
    """As many callers as the batch, each with a prompt."""

    def test_worked_by_hand(self):
        """0.5 s a prompt, steps of 20 ms, 4 callers, answers of 100.

        ITL 20 + 3 · 500/100 = 35 ms; a request 0.5 + 100 · 0.035 = 4 s; 100 tokens in 0.5 + 100 · 0.02/4 = 1 s.
        TTFT 0.5 + 0.1 + 0.02 = 0.62 s.
        """
        assert costs.expected_itl(0.02, 4, 1, 0.5, 1, 100) == pytest.approx(0.035)
        assert costs.expected_request_time(0.5, 1, 100, 1, 0.035) == pytest.approx(4)
        assert (
            costs.expected_throughput(100, costs.expected_machine_time(0.5, 100, 1, 0.02, 4)) == 100
        )
        assert costs.expected_ttft(0.5, 1, 1, 0.1, 1, 0.02, 1) == pytest.approx(0.62)
        assert costs.expected_token_cost(0.01, 100) == pytest.approx(1e-4)

    def test_four_callers_share_what_one_request_takes(self):
        """Little: callers ÷ time of a request × tokens is the throughput."""
        at = HOME.pinned({"batch": 16.0, "output": 200.0})
        assert 16 / at["expected_request_time"] * 200 == pytest.approx(at["expected_throughput"])

    def test_both_ends_move_together(self):
        fast, middle, slow = (HOME.pinned({"outlook": end}) for end in (1.0, 0.0, 2.0))
        for name in (
            "expected_step",
            "expected_ttft",
            "expected_request_time",
            "expected_token_cost",
        ):
            assert fast[name] < middle[name] < slow[name], name
        for name in ("expected_user_speed", "expected_throughput"):
            assert slow[name] < middle[name] < fast[name], name

    def test_latencies_that_a_page_leaves_out_of_its_floor_are_expected_all_the_same(self):
        bare = HOME.pinned({"launch_time": 0.0, "collective_latency": 0.0})
        assert bare["decode_step"] < HOME["decode_step"]
        assert bare["expected_step"] == HOME["expected_step"]


class TestBesideTheFloor:
    """On the command line and in the scenario bar."""

    def test_the_command_line_says_it_below_the_floor(self, ask):  # noqa: F811
        code, out, _ = ask("decode_step:ms")
        _, beside = out.splitlines()
        found = expected(parse_reference("decode_step:ms", HOME), HOME)
        assert found and found.ends
        low, high = (end.text(HOME, "en").replace("\u202f", " ") for end in found.ends)
        middle = found.reference.text(HOME, "en").replace("\u202f", " ")
        assert (code, beside) == (
            0,
            f"  expect {middle}, between {low} and {high}: H100 and H200, dense models",
        )

    def test_in_chinese_and_where_there_is_nothing_to_expect(self, ask):  # noqa: F811
        code, out, _ = ask("user_speed", "--scenario", "accelerator=mi355x", "--language", "zh")
        assert code == 0 and out.splitlines()[1].startswith(
            "  没有公开的实测可供拟合：缺 Instinct MI355X 上稠密模型"
        )
        assert "预期" in ask("user_speed", "--language", "zh")[1]

    def test_json_has_the_interval_and_the_calibration(self, ask):  # noqa: F811
        [result] = json.loads(ask("served_throughput", "--json")[1])
        beside = result["expected"]
        low, high = beside["between"]
        assert low < beside["value"] < high < result["value"]
        assert beside["calibration"] == "hopper-dense"
        [refused] = json.loads(ask("decode_step", "--json", "--scenario", "accelerator=mi355x")[1])
        assert refused["expected"]["reason"].startswith("no published run to fit")

    def test_a_quantity_that_is_no_floor_has_nothing_beside_it(self, ask):  # noqa: F811
        assert ask("kv_per_token:KiB") == (0, "320 KiB\n", "")
        assert expected(parse_reference("decode_step / weights_time", HOME), HOME) is None

    def test_pins_hold_for_both(self):
        found = expected(parse_reference("decode_step(batch=32):ms", HOME), HOME)
        assert found and str(found.reference) == "expected_step(batch=32.0):ms".replace(
            "32.0", "32"
        )

    @pytest.mark.parametrize(
        ("given", "en", "zh"),
        [
            (
                {},
                "step: at least 12.1 ms, expect ",
                "一步：至少 12.1 ms，预期 ",
            ),
            ({"accelerator": "mi355x"}, "no published run to fit", "没有公开的实测可供拟合"),
            ({"calibration": "jetstream-v5e"}, ", expect ", "，预期 "),
            (
                {"launch_time": 0.0, "collective_latency": 0.0},
                "(overhead in the floor 0 ms)",
                "固定开销 0 ms",
            ),
        ],
    )
    def test_the_bar_says_it_in_a_line(self, given, en, zh):
        at = HOME.pinned(given)
        assert en in floor_line(at, "en").replace("\u202f", " ")
        assert zh in floor_line(at, "zh").replace("\u202f", " ")

    def test_the_bar_says_nothing_where_there_is_no_floor(self):
        assert floor_line(HOME.pinned({"accelerator": "a100-80-sxm"}), "en") == ""

    def test_both_languages_ask_the_same(self):
        import re

        asked = {
            language: [re.findall(r"\{[^}]+\}", template) for template in LINES[language]]
            for language in ("en", "zh")
        }
        assert asked["en"] == asked["zh"]

    def test_cost_models_without_expectations_have_no_line(self):
        assert names(Library([])) == set()


class TestAFieldOfAPickedRow:
    """A quantity may pick the row that a field is read from."""

    TOY = '''"""Toy."""
from hooks.formula.quantity import choice, field, impossible, quantity

card = choice("cards", "Card", zh="卡", default="auto")
speed = field("picked", "speed", "1", "Speed", zh="速度")

@quantity("word", "Picked card", zh="选中的卡", picks="card")
def picked(card):
    """Pick.

    选。
    """
    if card == "auto":
        return "fast"
    if card == "none":
        return impossible("no card", zh="没有卡")
    return card
'''

    def scenario(self, card: str) -> Scenario:
        from hooks.data.catalogue import Catalogue

        library = Library([("toy.py", self.TOY)])
        rows = "".join(
            f"{id}:\n  name: {id.title()}\n{cell}  source: {{title: T, mark: recalled}}\n"
            for id, cell in (
                ("auto", ""),
                ("none", ""),
                ("fast", "  speed: 9\n"),
                ("slow", "  speed: 2\n"),
            )
        )
        catalogue = Catalogue(library, [("cards.yml", rows)])
        assert library.problems == catalogue.problems == []
        return Scenario(library, catalogue.tables, {"card": card})

    def test_its_fields_are_those_of_the_row(self):
        assert self.scenario("auto")["speed"] == 9.0
        assert self.scenario("slow")["speed"] == 2.0
        assert self.scenario("auto").text("picked") == "Fast"

    def test_its_reason_is_the_fields(self):
        assert self.scenario("none").text("speed", language="zh") == "没有卡"

    def test_the_field_rests_on_what_the_pick_rests_on(self):
        library = Library([("toy.py", self.TOY)])
        assert library.depends_on("speed") == {"card"}
        assert isinstance(library.names["speed"], Field) and library.table("picked") == "cards"

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('picks="card"', 'picks="cards"', "'cards' is among its parameters"),
            ('"word", "Picked', '"1", "Picked', 'its unit is "word"'),
            ('field("picked"', 'field("pickt"', "no choice named 'pickt'"),
        ],
    )
    def test_a_pick_that_is_none_is_refused(self, old, new, message):
        problems = Library([("toy.py", self.TOY.replace(old, new))]).problems
        assert any(message in problem.message for problem in problems), problems


class TestTheTableOfGoals:
    """Every measured run, asked with its scenario alone."""

    def test_runs_that_are_there_to_judge_are_never_among_the_fitted(self):
        from hooks.page.goals import goal_errors

        table = goal_errors(HOME)
        runs = [
            row
            for row in ENGINE.catalogue.tables["measurements"].values()
            if row.extra["kind"] == "measured"
            and (row.extra.get("calibration") or row.extra.get("role"))
        ]
        assert sum(len(one.judged) + len(one.fitted) + one.refused for one in table) == len(runs)

    @pytest.mark.parametrize(
        ("kind", "half", "nine"),
        [
            ("Many sequences, mixture of experts", 0.30, 0.70),
            ("Many sequences, dense model", 0.20, 0.45),
            ("Prefill and TTFT", 0.25, 0.60),
            ("Speculative decoding", 0.30, 0.60),
            ("One reader, dense model", 0.12, 0.50),
            ("One reader, mixture of experts", 0.15, 0.30),
            ("Long context", 0.20, 0.50),
            ("MLPerf, offline and server", 0.50, 1.0),
        ],
    )
    def test_what_nothing_was_fitted_to_stays_within(self, kind, half, nine):
        """The goals where they are reached, else what is reached."""
        from hooks.page.goals import goal_errors

        line = next(one for one in goal_errors(HOME) if one.goal.label == kind)
        assert len(line.judged) >= 5
        assert quantile(list(line.judged), 0.5) <= half
        assert quantile(list(line.judged), 0.9) <= nine

    def test_in_both_languages(self):
        from hooks.page.goals import goals_table, intervals_table

        english, chinese = goals_table(HOME, "en"), goals_table(HOME, "zh")
        assert english[0][0] == "Kind of run" and chinese[0][0] == "哪一类实测"
        assert [row[1] for row in english[1:]] == [row[1] for row in chinese[1:]]
        assert all(len(row) == len(english[0]) for row in english + chinese)
        row = ENGINE.catalogue.tables["calibrations"]["hopper-moe"]
        ends = [row.cells[name].text for name in ("fast", "slow", "prefill_fast", "prefill_slow")]
        assert [
            row.name,
            f"{ends[0]} to {ends[1]} times",
            f"{ends[2]} to {ends[3]} times",
        ] in intervals_table(HOME, "en")
        few = [line for line in intervals_table(HOME, "zh") if line[2] == "实测太少"]
        assert few, "some chips have no three runs that only read prompts"

    def test_every_run_beyond_a_missed_goal_says_why(self):
        from hooks.data.scoreboard import FAILURES
        from hooks.page.goals import goal_errors, missed_table

        missed = [line for line in goal_errors(HOME) if not line.reached]
        rows = missed_table(HOME, "en")[1:]
        assert len(rows) == sum(len(line.beyond) for line in missed) > 0
        assert {row[3] for row in rows} <= {line.goal.label for line in missed}
        sentences = [english for english, _ in FAILURES.values()]
        assert all(row[2] in sentences for row in rows)
        unexplained = [row[0] for row in rows if row[2] == FAILURES["unexplained"][0]]
        assert len(unexplained) <= 10, unexplained
        assert [row[1] for row in missed_table(HOME, "zh")[1:]] == [row[1] for row in rows]
        for line in missed:
            assert all(abs(error) > line.goal.nine for error, _ in line.beyond)

    def test_most_runs_lie_in_their_interval(self):
        from hooks.page.goals import goal_errors

        inside = [each for line in goal_errors(HOME) for each in line.inside]
        assert 0.8 < sum(inside) / len(inside) < 1
