"""A scenario in words: which fields are told, in which order, and how."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Given
from hooks.formula.library import Library
from hooks.formula.phrases import BETWEEN, in_order, phrase, worth_telling
from hooks.text.html_tree import parse_html
from hooks.text.languages import Language
from tests.real import ENGINE

LIBRARY = ENGINE.library
STEP = LIBRARY.depends_on("decode_step")
LINEAR = "qwen3-next-80b-a3b"
"""A model with linear-attention layers."""


def in_words(language: Language, **given: float | str) -> str:
    scenario = ENGINE.scenario.pinned(given)
    return BETWEEN.join(phrase(name, scenario, language) for name in worth_telling(STEP, scenario))


@pytest.mark.parametrize(
    ("language", "given", "words"),
    [
        ("en", {}, "Llama 3.1 70B · H100 SXM · Chips 2 · weights in FP8 · KV cache in BF16 · Batch 1 · Context 8,192"),
        ("zh", {}, "Llama 3.1 70B · H100 SXM · 卡数 2 · 权重 FP8 · KV cache BF16 · batch 1 · 上下文长度 8,192"),
        ("en", {"model": LINEAR}, "Qwen3-Next 80B-A3B · H100 SXM · Chips 2 · weights in FP8 · KV cache in BF16 · states in FP32 · Batch 1 · Context 8,192"),
        ("zh", {"model": LINEAR}, "Qwen3-Next 80B-A3B · H100 SXM · 卡数 2 · 权重 FP8 · KV cache BF16 · 状态 FP32 · batch 1 · 上下文长度 8,192"),
        ("en", {"collective_latency": 0.0, "overhead": 0.002}, "Llama 3.1 70B · H100 SXM · Chips 2 · weights in FP8 · KV cache in BF16 · Batch 1 · Context 8,192 · Overhead per step 2 ms · Latency of a collective 0 µs"),
    ],
)  # fmt: skip
def test_every_format_says_of_what_it_is_and_the_machine_comes_first(
    language: Language, given: Given, words: str
):
    assert in_words(language, **given).replace("\u202f", " ") == words


def test_the_order_is_that_of_the_inputs_then_of_the_other_files():
    fields = list(LIBRARY.fields_of_scenario)
    first = (
        "model accelerator chips precision kv_precision state_precision batch context prompt output"
    )
    assert fields[:10] == first.split()
    paths = list(dict.fromkeys(field.path for field in LIBRARY.fields_of_scenario.values()))
    assert paths[0].endswith("inputs.py")
    assert paths[1:] == sorted(paths[1:])
    given = ("overhead", "layers", "batch", "heads", "model")
    assert in_order(given, ENGINE.scenario) == ["model", "batch", "overhead", "heads", "layers"]


def test_a_states_format_is_told_where_nobody_knows_whether_the_model_has_any():
    """In a table of models, each row has its own."""
    assert "state_precision" not in worth_telling(STEP, ENGINE.scenario)
    assert "state_precision" in worth_telling(STEP - {"model"}, ENGINE.scenario)


def test_tables_that_fields_share_are_told_apart():
    """Two choices of one table say of what each is."""
    choices = [field for field in LIBRARY.fields_of_scenario.values() if isinstance(field, Choice)]
    tables = [choice.table for choice in choices if choice.table != "measurements"]
    for choice in choices:
        assert choice.phrase or tables.count(choice.table) <= 1, choice.name


# What is declared


def problems(declaration: str) -> list[str]:
    text = f"from hooks.formula.quantity import *\n{declaration}"
    return [str(problem) for problem in Library([("costs.py", text)]).problems]


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ('phrase="{van} van"', "'van' has a phrase in one language: give phrase=… and phrase_zh=…"),
        ('phrase="a van", phrase_zh="{van} 车"', "the phrase 'a van' tells the field: write {van} in it, once"),
        ('phrase="{van}", phrase_zh="{vans} 车"', "the phrase '{vans} 车' tells the field: write {van} in it, once"),
        ('phrase="{van}", phrase_zh="{van:GB}"', "the phrase '{van:GB}' tells the field: write {van} in it, once"),
        ('where="sets"', "'van' is told where there is 'sets', which nobody declares; did you mean 'seats'?"),
        ('phrase="{van} van", phrase_zh="{van} 车", always=True, where="seats"', ""),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_told_is_refused_at_its_line(how: str, problem: str):
    seats = 'seats = setting("1", "Seats", zh="座", default=2)\n'
    van = f'van = setting("1", "Van", zh="车", default=1, {how})\n'
    assert problems(seats + van) == ([f"costs.py:3:1: {problem}"] if problem else [])


# On the site


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_bar_and_the_companion_tell_the_same_in_the_same_words(
    language: Language, site: Path, address: str, page: Page
) -> None:
    """The bar tells the reader's scenario, the companion the page's, each of its entries the part that it rests on."""
    essay = f"{'' if language == 'en' else 'zh/'}essays/kv-cache/"
    summary = page.locator(".scenario-summary")
    page.goto(f"{address}/{essay}")
    expect(summary).to_contain_text(in_words(language))
    page.goto(f"{address}/{essay}?model={LINEAR}&batch=4")
    expect(summary).to_contain_text(in_words(language, model=LINEAR, batch=4.0))
    numbers = parse_html((site / essay / "numbers/index.html").read_text("utf-8"))
    heading, *entries = numbers.all(".work-scenario")
    assert in_words(language) in heading.text
    fields = [
        [node.attributes["data-field"] for node in line.all("span")] for line in (heading, *entries)
    ]
    assert len(fields) > 10
    assert {"measurement", "operator", "price_card"}.isdisjoint(fields[0])
    for names in fields:
        told = [name for name in names if name != "run"]
        assert told == in_order(told, ENGINE.scenario)
