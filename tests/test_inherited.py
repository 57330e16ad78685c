"""A pair's front matter: the English page says what both share, and the 中文 page inherits it or says the same."""

import pytest

from hooks.series.essay import front_matter
from hooks.series.inherited import contradictions, inherited
from tests.real import ENGINE

ENGLISH = """---
title: A page
scenario: {model: llama-3.1-70b, chips: 2, context: 8192, overhead: 2 ms}
part: 2
tags: [basics, speed]
needs: [two-clocks]
date: 2026-11-22
status: published
---
Text.
"""


def said(head: str, english: str = ENGLISH) -> list[str]:
    """What is wrong with a twin whose front matter has these lines below its title."""
    chinese = f"---\ntitle: 一页\n{head}---\n文。\n" if head is not None else "文。\n"
    return [str(found) for found in contradictions(english, chinese, "p.zh.md", ENGINE.scenario)]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "scenario:\n",
        "scenario: {model: llama-3.1-70b, chips: 2, context: 8192, overhead: 2 ms}\n",
        'scenario: {overhead: 2, context: "8,192", chips: 2.0, model: "llama-3.1-70b"}\n',
        "scenario:\n  chips: 2\n  overhead: 0.002 s\n",  # the rest is inherited
        "scenario: {batch: 1}\n",  # what the English page leaves at its default
        "part: 2.0\ntags: [speed, basics]\nneeds: [two-clocks]\n",
        'date: "2026-11-22"\nstatus: published\n',
    ],
)
def test_a_twin_that_says_nothing_or_the_same_is_right(head: str) -> None:
    """By value: in another order, with a comma, in another unit, as text."""
    assert said(head) == []


def test_a_twin_without_front_matter_inherits_all() -> None:
    """It says nothing, so nothing differs."""
    assert contradictions(ENGLISH, "文。\n", "p.zh.md", ENGINE.scenario) == []
    assert inherited(front_matter(ENGLISH), {})["scenario"]["chips"] == 2


@pytest.mark.parametrize(
    ("head", "problems"),
    [
        (
            "scenario: {chips: 1}\n",
            ["p.zh.md:3:19: the English page says 'chips: 2'; leave it out or say the same"],
        ),
        (
            "scenario:\n  chips: 2\n  model: llama-3.1-8b\n  context: 4096\n",
            [
                "p.zh.md:5:10: the English page says 'model: llama-3.1-70b'; leave it out or say the same",
                "p.zh.md:6:12: the English page says 'context: 8192'; leave it out or say the same",
            ],
        ),
        (
            "scenario: {overhead: 2 s}\n",
            ["p.zh.md:3:22: the English page says 'overhead: 2 ms'; leave it out or say the same"],
        ),
        (
            "scenario: {batch: 32}\n",
            [
                "p.zh.md:3:12: the English page's scenario says no 'batch', and the two pages share one: say it there, not here"
            ],
        ),
        (
            "scenario: {chip: 2}\n",
            ["p.zh.md:3:12: 'chip' is no scenario field; did you mean 'chips'?"],
        ),
        (
            "scenario: {decode_step: 2}\n",
            ["p.zh.md:3:12: 'decode_step' is computed, so it cannot be set"],
        ),
        (
            "scenario: {model: llama-3.1-71b}\n",
            ["p.zh.md:3:19: no row 'llama-3.1-71b' in docs/data/models.yml"],
        ),
        (
            "scenario: {chips: zwei}\n",
            ["p.zh.md:3:19: 'chips' is a number, not 'zwei'"],
        ),
        (
            "scenario: [chips, 2]\n",
            [
                "p.zh.md:3:1: scenario maps fields to values: scenario: {batch: 1}; or leave it out, and the English page's holds"
            ],
        ),
        (
            "scenario: two chips\n",
            [
                "p.zh.md:3:1: scenario maps fields to values: scenario: {batch: 1}; or leave it out, and the English page's holds"
            ],
        ),
        (
            "part: 3\n",
            ["p.zh.md:3:1: the English page says 'part: 2'; leave it out or say the same"],
        ),
        (
            "part: 2\ntags: [basics]\n",
            [
                "p.zh.md:4:1: the English page says 'tags: [basics, speed]'; leave it out or say the same"
            ],
        ),
        (
            "needs: []\n",
            [
                "p.zh.md:3:1: the English page says 'needs: [two-clocks]'; leave it out or say the same"
            ],
        ),
        (
            "date: 2026-11-23\nstatus: writing\n",
            [
                "p.zh.md:4:1: the English page says 'status: published'; leave it out or say the same",
                "p.zh.md:3:1: the English page says 'date: 2026-11-22'; leave it out or say the same",
            ],
        ),
    ],
)
def test_a_twin_that_says_something_else_is_told_at_its_place(
    head: str, problems: list[str]
) -> None:
    """What the English page says, and both ways out."""
    assert sorted(said(head)) == sorted(problems)


def test_what_only_the_twin_says_belongs_on_the_english_page() -> None:
    """A date that only one language knows would put the essay into one feed."""
    assert said("date: 2026-11-22\nneeds: []\nstatus: published\n", "---\ntitle: A\n---\n") == [
        "p.zh.md:3:1: the English page says no 'date', and the two pages share one: say it there, not here"
    ]


def test_a_mistake_of_the_english_page_is_told_there_alone() -> None:
    """Repeating it is no second mistake, and what YAML cannot read is told by the page that says it."""
    wrong = ENGLISH.replace("chips: 2", "chips: two")
    assert said("scenario: {chips: two}\n", wrong) == []
    assert said("scenario: {chips: 2}\n", wrong) == []
    assert said("part: 3\n", "---\ntitle: a: b\n---\n") == []
    assert said("title: a: b\n") == []
