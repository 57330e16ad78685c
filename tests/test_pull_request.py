"""What a writer sees on a pull request: mistakes at their lines, and the published numbers that a change moves."""

import shutil
from pathlib import Path

import pytest

from hooks.site.annotations import annotate, annotation, summary
from hooks.text.problems import Mistake, Problem
from hooks.tools.moves import Tree, checked_out, main, moves, report, untouched
from tests.conftest import ROOT
from tests.spelling import problems

TYPO = Problem("docs/essays/a, b/index.md", 8, 16, "no quantity named 'decode_stp'; 100%\nwrong")


def test_a_problem_is_an_annotation_at_its_line() -> None:
    """A workflow command carries no `%`, line end, `:` or `,` as it is."""
    assert annotation(TYPO) == (
        "::error file=docs/essays/a%2C b/index.md,line=8,col=16::"
        "no quantity named 'decode_stp'; 100%25%0Awrong"
    )


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert annotation(Problem("mkdocs.yml", 0, 0, "x")) == "::error file=mkdocs.yml::x"


def test_the_summary_lists_all_problems_in_a_table() -> None:
    text = summary([TYPO, Problem("a.yml", 1, 1, "one | two <b>")])
    assert text.startswith("## 2 problems in the writers' files\n")
    assert (
        "| `docs/essays/a, b/index.md:8:16` | no quantity named 'decode_stp'; 100% wrong |" in text
    )
    assert "| `a.yml:1:1` | one \\| two &lt;b> |" in text
    assert summary([]) == ""


def test_annotations_are_printed_on_github_alone(tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    assert annotate([TYPO], {"GITHUB_STEP_SUMMARY": str(target)}) == ""
    assert not target.exists()
    there = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(target)}
    assert annotate([TYPO], there) == f"{annotation(TYPO)}\n"
    assert "1 problem " in target.read_text("utf-8")
    assert annotate([TYPO], {"GITHUB_ACTIONS": "true"}) == f"{annotation(TYPO)}\n"


def test_a_misspelt_word_names_its_place_and_the_word_that_was_meant() -> None:
    output = (
        "docs/index.md:1:3 - Unknown word (sentance) Suggestions: [sentence*, seance]\n"
        "docs/index.md:2:3 - Unknown word (mispelled) fix: (misspelled) Suggestions: [miscalled]\n"
        "docs/index.md:4:1 - Unknown word (Qwxyz)\n"
    )
    assert [str(problem) for problem in problems(output)] == [
        "docs/index.md:1:3: no dictionary knows 'sentance'; did you mean 'sentence'? "
        "A word that is meant goes into tests/words.txt",
        "docs/index.md:2:3: no dictionary knows 'mispelled'; did you mean 'misspelled'? "
        "A word that is meant goes into tests/words.txt",
        "docs/index.md:4:1: no dictionary knows 'Qwxyz'; A word that is meant goes into tests/words.txt",
    ]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The project's data and formulas with one short essay."""
    return Tree(small(tmp_path_factory.mktemp("before")))


def small(folder: Path) -> Path:
    """A tree to edit: the real formulas, data and figures, and one essay with a bit of everything."""
    for name in ("docs/data", "hooks/costs", "figures"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "docs" / "index.md").write_text(
        "---\n"
        "title: A page\n"
        "question: Why `{user_speed}`?\n"
        "scenario: {model: llama-3.1-8b, accelerator: h100-sxm, chips: 1, precision: bf16}\n"
        "---\n"
        "One step takes `{decode_step:ms}`, and `{params:billion}` stay.\n\n"
        "<!-- for accelerator in h100-sxm, h200 -->\n"
        "| Chip | Step |\n| --- | --- |\n| `{accelerator}` | `{decode_step:ms}` |\n\n"
        "<!-- holds: decode_step < 6 ms -->\n\n"
        "![A line.](../figures/step_race.py)\n",
        "utf-8",
    )
    return folder


def edited(before: Tree, tmp_path: Path, path: str, old: str, new: str) -> str:
    """The report on one edit."""
    tree = shutil.copytree(before.root, tmp_path / "after")
    text = (tree / path).read_text("utf-8")
    assert old in text
    (tree / path).write_text(text.replace(old, new), "utf-8")
    after = Tree(tree)
    return report(moves(before, after), untouched(before, after))


def test_a_datum_names_every_number_claim_and_chart_that_it_moves(
    before: Tree, tmp_path: Path
) -> None:
    """3.35 to 1.675 TB/s: a step that reads bytes takes twice as long, so a claim of 6 ms breaks."""
    old, new = "memory_bandwidth: 3.35 TB/s", "memory_bandwidth: 1.675 TB/s"
    text = edited(before, tmp_path, "docs/data/accelerators.yml", old, new)
    cause = "docs/data/accelerators.yml, h100-sxm: memory_bandwidth 3.35 TB/s → 1.675 TB/s"
    lines = [line for line in text.splitlines() if cause in line]
    assert [line.split(" | ")[1] for line in lines] == [
        "number `user_speed`", "number `decode_step:ms`",
        "number `decode_step:ms at accelerator=h100-sxm`", "claim `decode_step < 6 ms`",
        "chart `step_race.py`",
    ]  # fmt: skip
    assert "holds |" in lines[3] and "broken |" in lines[3]
    assert "## docs/index.md (its own text has not changed)" in text
    assert "params" not in text and "h200" not in text


def test_a_formula_is_named_as_the_cause(before: Tree, tmp_path: Path) -> None:
    """Half the speed for every reader: the question and nothing else on the page."""
    old, new = "return tokens_per_step / decode_step", "return tokens_per_step / decode_step / 2"
    text = edited(before, tmp_path, "hooks/costs/step.py", old, new)
    assert text.count("the formula user_speed |") == 1
    assert "1 number" in text


def test_a_page_that_changes_its_scenario_is_told_so(before: Tree, tmp_path: Path) -> None:
    text = edited(before, tmp_path, "docs/index.md", "chips: 1", "chips: 2")
    assert "the page's scenario: chips=2.0" in text and "has not changed" not in text


def test_words_alone_move_nothing(before: Tree, tmp_path: Path) -> None:
    text = edited(before, tmp_path, "docs/index.md", "One step takes", "A step takes")
    assert text == "No published number, claim or chart moves.\n"


def test_a_revision_that_is_not_there_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Mistake, match="git cannot read 'no-such'"):
        checked_out("no-such", tmp_path)
    assert main(["no-such"]) == 2
    assert "python -m hooks.tools.moves: git cannot read 'no-such'" in capsys.readouterr().err
