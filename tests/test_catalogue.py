"""The catalogue: what is wrong in a data file and where, and that nothing is wrong in the real ones."""

import pytest

from hooks.data.catalogue import Catalogue
from hooks.data.rules.counts import allowed
from hooks.formula.library import Library
from tests.real import ENGINE

LIBRARY = Library([("inputs.py", '''from hooks.formula.quantity import *
chip = choice("chips", "Chip", zh="卡", default="one")
memory = field("chip", "memory", "B/chip", "Memory", zh="显存", each="chip")
count = field("chip", "cores", "chip", "Cores", zh="核数")
fast = field("chip", "fast", "1", "Fast", zh="快", default=0, low=0, high=1, whole=True)
''')])  # fmt: skip

SOURCE = (
    '  source: {title: Datasheet, url: "https://example.org", section: 3, accessed: 2026-11-22}\n'
)
ROW = (
    "one:\n  name: Chip One\n  name_zh: 一号\n  memory: 80 GB\n  cores: 4\n  fast: true\n" + SOURCE
)


def catalogue(*texts: str) -> Catalogue:
    assert LIBRARY.problems == []
    return Catalogue(LIBRARY, [("docs/data/chips.yml", text) for text in texts])


def problems(text: str) -> list[str]:
    return [str(problem) for problem in catalogue(text).problems]


def test_a_row_is_read_with_values_in_base_units_and_the_text_of_its_source():
    found = catalogue(ROW)
    assert found.problems == []
    row = found.tables["chips"]["one"]
    assert (row.title("en"), row.title("zh"), row.line) == ("Chip One", "一号", 1)
    memory = row.cells["memory"]
    assert (memory.value, memory.text, memory.line) == (80e9, "80 GB", 4)
    assert (row.cells["cores"].value, row.cells["fast"].value) == (4.0, 1.0)
    assert (
        memory.source.title,
        memory.source.section,
        memory.source.accessed,
        memory.source.mark,
    ) == ("Datasheet", "3", "2026-11-22", "read")


def test_a_value_may_have_a_source_of_its_own():
    text = ROW + "  sources:\n    memory: {title: Another, mark: recalled}\n"
    row = catalogue(text).tables["chips"]["one"]
    assert (row.cells["memory"].source.title, row.cells["cores"].source.title) == (
        "Another",
        "Datasheet",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ROW.replace("memory", "memroy"), "4:3: no input reads 'memroy'; did you mean 'memory'?"),
        (ROW.replace(SOURCE, ""), "1:1: row 'one' has no source: where was it read?"),
        (ROW.replace("  name: Chip One\n", ""), "1:1: row 'one' has no name"),
        (ROW.replace("80 GB", "80 GB/s"), "4:11: '80 GB/s' is in GB/s, but this input is in B"),
        (ROW.replace("80 GB", "80"), "4:11: '80' lacks its unit: expected B"),
        (ROW.replace("80 GB", "80 GX"), "4:11: no unit named 'GX' in 'GX'"),
        (ROW.replace("80 GB", "[80 GB, 90 GB]"), "4:11: 'memory' is one value, not a list or a mapping"),
        (ROW.replace("80 GB", ""), "4:10: 'memory' has no value: write one, or leave the key out"),
        (ROW.replace("80 GB", "true"), "4:11: 'memory' is a number in B, not true"),
        (ROW.replace("  cores: 4\n", "  cores: 4\n  memory: 90 GB\n"), "6:3: 'memory' stands twice in row 'one'"),
        (ROW + ROW, "8:1: 'one' stands twice in this file"),
        (ROW + "two: 3\n", "8:6: row 'two' needs keys and values"),
        (ROW + "[1, 2]: 3\n", "8:1: a key in this file is a plain word"),
        (ROW.replace("accessed: 2026-11-22", "accessed: 2026-11-22, mark: guessed"), "7:11: mark is one of read, recalled or fitted, not 'guessed'"),
        (ROW.replace("section", "setcion"), "7:11: a source has no 'setcion'; did you mean 'section'?"),
        (ROW.replace("2026-11-22", "2999-11-22"), "7:11: accessed is a day that has come, not 2999-11-22"),
        (ROW.replace(", accessed: 2026-11-22", ""), "7:11: a source that was read has a url and the day: accessed: 2026-11-22"),
        (ROW.replace('url: "https://example.org", ', ""), "7:11: a source that was read has a url and the day: accessed: 2026-11-22"),
        (ROW.replace("title: Datasheet, ", ""), "7:11: a source has at least a title, and the url, section and day on which it was read"),
        (ROW + "  sources:\n    memroy: {title: A, mark: recalled}\n", "9:5: a source for 'memroy', which this row does not have; did you mean 'memory'?"),
        (ROW + "  sources: Datasheet\n", "8:12: sources map a key of this row to the source of its value"),
        ("- one\n", "1:1: a catalogue file maps ids to rows"),
        ("", "1:1: a catalogue file maps ids to rows"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_told_with_its_place(text, problem):
    assert problems(text) == [f"docs/data/chips.yml:{problem}"]


def test_a_character_that_yaml_forbids_is_a_problem_and_no_crash():
    # libyaml and PyYAML word the rest differently
    assert problems(ROW + "  memory: [\n")[0].startswith(
        "docs/data/chips.yml:9:1: YAML cannot read this: "
    )
    assert problems("one:\n  name: a: b\n")[0].startswith(
        "docs/data/chips.yml:2:10: YAML cannot read this: mapping values"
    )
    assert problems("one: \x07\n")[0].startswith(
        "docs/data/chips.yml:1:1: YAML cannot read this: unacceptable character"
    )


def test_a_row_with_a_mistake_is_left_out_and_the_others_stay():
    found = catalogue(ROW + ROW.replace("one", "two").replace("80 GB", "80"))
    assert list(found.tables["chips"]) == ["one"]


def test_all_problems_of_a_file_are_told_at_once():
    assert len(problems(ROW.replace("80 GB", "80").replace("cores", "coers") + ROW)) == 3


def test_a_later_file_adds_rows_and_replaces_those_of_the_same_id():
    found = catalogue(ROW, ROW.replace("80 GB", "90 GB") + ROW.replace("one", "two"))
    assert found.problems == []
    assert found.tables["chips"]["one"].cells["memory"].value == 90e9
    assert list(found.tables["chips"]) == ["one", "two"]


def test_a_choice_whose_default_row_is_missing_is_told_at_its_declaration():
    assert problems(ROW.replace("one", "won")) == [
        "inputs.py:2:1: no row 'one' in docs/data/chips.yml; did you mean 'won'?"
    ]


def test_the_real_cost_models_and_data_have_no_problems():
    assert ENGINE.problems == []


def test_the_catalogue_is_worth_choosing_from():
    assert len(ENGINE.catalogue.tables["models"]) >= 12
    assert len(ENGINE.catalogue.tables["accelerators"]) >= 12


CELLS = [
    (table, row.id, key, cell)
    for table, rows in ENGINE.catalogue.tables.items()
    for row in rows.values()
    for key, cell in row.cells.items()
]


def test_every_value_that_was_read_says_where_and_when():
    lacking = [
        place
        for *place, cell in CELLS
        if cell.source.mark == "read"
        and not (cell.source.url.startswith("https://") and cell.source.accessed.startswith("202"))
    ]
    assert CELLS and lacking == []


def test_every_choice_gives_numbers_for_every_row_of_its_table():
    """No row makes the engine stumble: each quantity is a number, a word or a reason."""
    for choice, table in (
        ("model", "models"),
        ("accelerator", "accelerators"),
        ("precision", "precisions"),
        ("kv_precision", "precisions"),
        ("price", "prices"),
    ):
        for identifier in ENGINE.catalogue.tables[table]:
            scenario = ENGINE.scenario.pinned({choice: identifier})
            for name in (
                "decode_step",
                "prefill_time",
                "max_batch",
                "token_cost",
                "critical_batch",
            ):
                assert scenario.text(name, "", "zh") != "n/a"


@pytest.mark.parametrize("identifier", ENGINE.catalogue.tables["models"])
def test_a_models_counted_parameters_come_to_the_published_figure(identifier):
    """Within the digits of the print, rounded or cut off, and one hundredth, whatever the row's limits say.

    6.74 billion is sold as 7B (−3.7 %), 14.66 billion as 14B (+4.7 %), 1.026 trillion as 1T (+2.6 %). The hundredth
    holds biases, QK norms and convolution taps, which the formulas leave out.
    """
    row = ENGINE.catalogue.tables["models"][identifier]
    low, high = allowed(row.cells["published_params"], limited=False)
    assert low <= ENGINE.scenario.pinned({"model": identifier})["params"] <= high


@pytest.mark.parametrize(
    "identifier",
    [
        row.id
        for row in ENGINE.catalogue.tables["models"].values()
        if "published_active_params" in row.cells
    ],
)
def test_a_models_counted_active_parameters_come_to_the_published_figure(identifier):
    """Publishers count both tables, the LM head alone, or neither: the nearest count is within the digits of the print."""
    row = ENGINE.catalogue.tables["models"][identifier]
    low, high = allowed(row.cells["published_active_params"], limited=False)
    scenario = ENGINE.scenario.pinned({"model": identifier})
    assert any(
        low <= scenario[name] <= high
        for name in ("active_params", "matmul_params", "layers_active_params")
    )
