"""What the browser loads: files joined, spoken in one language and stripped; presets; what a page needs and nothing else."""

import re
from pathlib import Path

import pytest

from hooks.formula.library import closure
from hooks.formula.quantity import Reason
from hooks.live.bundle import lazy_files, page_script, stripped, unlinked
from hooks.live.presets import Presets
from hooks.live.spoken import in_language
from tests.real import ENGINE

ROOT = Path(__file__).resolve().parent.parent


def presets(tmp_path: Path, text: str) -> Presets:
    path = tmp_path / "presets.yml"
    path.write_text(text, "utf-8")
    return Presets(path, tmp_path, ENGINE.scenario)


def test_a_preset_is_a_name_in_two_languages_and_a_scenario(tmp_path: Path) -> None:
    found = presets(
        tmp_path,
        "- name: Mine\n  name_zh: 我的\n  scenario: {chips: 4, overhead: 2 ms, model: llama-3.1-8b}\n",
    )
    assert found.problems == []
    assert [(preset.title("en"), preset.title("zh"), preset.given) for preset in found.all] == [
        ("Mine", "我的", {"chips": 4.0, "overhead": 0.002, "model": "llama-3.1-8b"})
    ]


def test_a_preset_names_all_that_it_means() -> None:
    """Model, chips, layout, load and the chip's own price, so that it means the same after any other; each runs, in a layout that can be."""
    found = Presets(ROOT / "docs/data/presets.yml", ROOT, ENGINE.scenario).all
    assert len(found) >= 8
    whole = set(found[0].given)
    assert whole >= {
        "model",
        "accelerator",
        "chips",
        "precision",
        "kv_precision",
        "context",
        "batch",
        "price",
    }
    assert whole >= {"tensor_parallel", "pipeline_stages", "expert_parallel", "node_size"}
    for preset in found:
        assert set(preset.given) == whole, preset.name
        scenario = ENGINE.scenario.pinned(preset.given)
        assert (scenario["can_run"], scenario["layout_verdict"]) == ("runs", "yes"), preset.name
        alone = scenario.pinned({"batch": 1.0})
        assert 1 < scenario["user_speed"] < 200, preset.name
        assert 10 < alone["user_speed"] < 1_000, preset.name
        assert alone["expected_user_speed"] < 200, preset.name
        assert scenario["batch"] <= scenario["layout_max_batch"] <= scenario["max_batch"] < 50_000
        cost = scenario.pinned({"price": "auto"})["bill_cost"]
        assert isinstance(cost, Reason) or 0.05 < 1e6 * cost < 20, preset.name


def test_a_house_without_presets_has_none(tmp_path: Path) -> None:
    assert Presets(tmp_path / "presets.yml", tmp_path, ENGINE.scenario).all == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "- name: A\n  name_zh: 甲\n  scenario: {chip: 4}\n",
            ["presets.yml:3:14: 'chip' is no scenario field; did you mean 'chips'?"],
        ),
        (
            "- name: A\n  name_zh: 甲\n  scenario: {chips: 0}\n",
            ["presets.yml:3:14: 'chips' is at least 1, not 0"],
        ),
        ("- name: A\n  scenario: {chips: 1}\n", ["presets.yml:1:3: a preset lacks its name_zh"]),
        (
            "- name: A\n  name_zh: 甲\n  scenario: 4\n",
            ["presets.yml:3:13: a preset's scenario maps fields to values: {chips: 1}"],
        ),
        (
            "A: {chips: 1}\n",
            ["presets.yml:1:1: presets are a list: - {name: …, name_zh: …, scenario: {…}}"],
        ),
        (
            "- name: [\n",
            [
                "presets.yml:2:1: YAML cannot read this: expected the node content, but found '<stream end>'"
            ],
        ),
    ],
)
def test_what_is_wrong_in_a_preset_has_its_line_and_that_one_is_left_out(
    tmp_path: Path, text: str, problems: list[str]
) -> None:
    found = presets(tmp_path, text)
    assert [str(problem) for problem in found.problems] == problems
    assert found.all == []


def test_a_text_is_spoken_in_one_language_only() -> None:
    code = """f(say("work.link"), say("sheet.more_assumptions", {\n  count: n(a, { b: c })\n}), say("mark.comma"));"""
    assert (
        in_language(code, "en")
        == 'f("Copy a link to this", `${n(a, { b: c })} more assumptions`, ", ");'
    )
    assert (
        in_language(code, "zh") == 'f("复制这一步的链接", `另外 ${n(a, { b: c })} 项假设`, "，");'
    )


def test_a_text_within_a_text_and_a_place_in_another_form() -> None:
    code = 'say("bar.not_taken", { problems: all.join(say("mark.semicolon")) })'
    assert in_language(code, "zh") == '`未采用：${all.join("；")}。`'
    code = 'say("reason.missing", { row: row(a).name, label })'
    assert in_language(code, "en") == "`${row(a).name} has no ${lower(label)}`"
    assert in_language(code, "zh") == "`${row(a).name}没有${label}`"


def test_a_count_of_one_has_a_text_of_its_own() -> None:
    code = 'say("claim.fail", { count: all.length })'
    one, other = "`${all.length} claim fails`", "`${all.length} claims fail`"
    assert in_language(code, "en") == f"(all.length === 1 ? {one} : {other})"
    assert in_language(code, "zh") == "`${all.length} 条论断不成立`"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("say(text)", "say takes a key and places: say(text)"),
        ('say("one", "一")', "say takes a key and places"),
        ('say("work.link", places)', "say takes a key and places"),
        (
            'say("work.links")',
            "interface/en.yml has no text 'work.links'; did you mean 'work.link'?",
        ),
        ('say("work.link"', "a bracket is not closed"),
    ],
)
def test_a_text_that_cannot_be_found_is_refused(code: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        in_language(code, "en")


def test_stripping_leaves_texts_and_regular_expressions_alone() -> None:
    code = '// a comment\n  const a = b / c, d = "x , y";\n\n  e.replace(/[ ,] */g, `${f } , `) ; // another\n'
    assert stripped(code) == 'const a=b/c,d="x , y";e.replace(/[ ,] */g,`${f } , `);'


def test_a_module_is_a_part_of_a_script_without_what_links_it() -> None:
    code = 'import {\n  a,\n  b\n} from "./a.js";\n\nexport const c = "export d";\nexport function e() {}\n'
    assert unlinked(code) == '\nconst c = "export d";\nfunction e() {}\n'


def test_stripping_never_joins_two_signs() -> None:
    assert stripped("x = a + +b - -c;") == "x=a+ +b- -c;"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_script_holds_the_other_languages_words(language) -> None:
    texts = lazy_files(["sheet", "calculator"], language)
    assert ("留住" in texts) == (language == "zh")
    assert ("Hold this scenario to compare" in texts) == (language == "en")


def test_a_page_is_told_what_its_numbers_rest_on_and_nothing_else() -> None:
    told = page_script(ENGINE.library, {"kv_per_token"}, "en")
    assert set(closure(ENGINE.library, {"kv_per_token"})) >= {
        "kv_per_token",
        "kv_values",
        "kv_width",
        "kv_precision",
    }
    assert "kv_values:" in told and "decode_step" not in told
