"""The browser computes the page's numbers, texts, reasons and claims exactly as Python does: not nearly, but to the last bit."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser

from hooks.text.languages import Language
from tests import formulas, twins
from tests.often import each, times, weekly
from tests.twins import REAL

both = pytest.mark.parametrize("language", ["en", "zh"])
either = pytest.mark.parametrize("language", each(["en", "zh"], ["zh"]))
"""Chinese in every run, since its numbers are the harder ones (亿), and both every week."""
EDGES = twins.edges()


def compared(browser: Browser, scripts: Iterable[str]) -> dict[str, int]:
    """How much was compared; nothing may differ. Scripts come as elements: a page of ours has no eval."""
    page = browser.new_page()
    for text in (twins.BROWSER, *scripts):
        page.add_script_tag(content=text)
    counts, wrong = page.evaluate("() => [twins.counts, twins.wrong]")
    page.close()
    assert wrong == []
    return dict(counts)


@both
@pytest.mark.parametrize("count", times(60, 1000))
def test_every_name_in_random_scenarios(browser: Browser, count: int, language: Language):
    counts = compared(browser, twins.random_scenarios(count, language))
    assert counts["scenarios"] == count
    assert counts["values"] == count * len(REAL.library.names)
    assert counts["rests"] == len(REAL.library.names)


@pytest.mark.parametrize(
    ("edge", "language"),
    [
        pytest.param(
            edge,
            language,
            marks=() if number % 2 == (language == "zh") else weekly,
            id=f"{edge}-{language}",
        )
        for number, edge in enumerate(EDGES)
        for language in ("en", "zh")
    ],
)
def test_every_name_at_the_edge_of_what_is_possible(
    browser: Browser, edge: str, language: Language
):
    assert (
        compared(browser, twins.about_scenarios(REAL, EDGES[edge], language))["scenarios"]
        == len(EDGES[edge])
        > 0
    )


@either
def test_every_cell_of_every_row_of_the_catalogue(browser: Browser, language: Language):
    rows = max(len(table) for table in REAL.tables.values())
    assert compared(browser, twins.every_cell(language))["scenarios"] == rows


@either
def test_every_name_in_every_unit_that_it_may_be_asked_for_in(browser: Browser, language: Language):
    assert compared(browser, twins.displayed(language))["references"] == len(twins.every_display())


@both
@pytest.mark.parametrize("count", times(5, 25))
def test_references_with_pins_and_ratios(browser: Browser, count: int, language: Language):
    counts = compared(browser, twins.random_references_in(count, language))
    assert counts["references"] == counts["follows"] == count * 40 + len(twins.ratios_at_the_edge())


@both
@pytest.mark.parametrize("count", times(15, 100))
def test_claims_hold_or_fail_with_the_same_sides_and_reasons(
    browser: Browser, count: int, language: Language
):
    counts = compared(browser, twins.random_claims_in(count, language))
    assert counts["claims"] == count * 10 == counts["sides"] / 2


@both
@pytest.mark.parametrize("count", times(200, 2000))
def test_a_scenario_in_words(browser: Browser, count: int, language: Language):
    assert compared(browser, twins.about_phrases(count, language))["phrases"] == count


@both
def test_numbers_over_forty_decades_and_at_every_tie_in_every_unit(
    browser: Browser, language: Language
):
    asked = list(twins.in_every_unit(1))
    assert (
        compared(browser, twins.about_numbers(asked, language))["texts"]
        == sum(len(numbers) for _, _, numbers in asked)
        > 30_000
    )


@both
def test_formulas_in_which_the_two_languages_could_part_company(
    browser: Browser, language: Language
):
    world = formulas.traps()
    assert len(formulas.accepted(world)) == len(formulas.TRAPS)
    assert compared(browser, formulas.about(world, 20, 20, language))["scenarios"] == 20


@pytest.mark.parametrize("seed", each(range(20), [0, 1]))
def test_random_formulas(browser: Browser, seed: int):
    """Twenty times 250 formulas, two of them in every run, each with eight sets of inputs."""
    world = formulas.made_up(seed, 260)
    assert len(formulas.accepted(world)) >= 250
    assert (
        compared(browser, formulas.about(world, 8, seed, "zh" if seed % 2 else "en"))["scenarios"]
        == 8
    )
