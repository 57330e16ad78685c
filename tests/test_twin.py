"""The browser computes the page's numbers, texts, reasons and claims exactly as Python does: not nearly, but to the last bit."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser

from hooks.formula.format import Language
from tests import formulas, twins
from tests.twins import REAL

both = pytest.mark.parametrize("language", ["en", "zh"])
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
def test_every_name_in_a_thousand_random_scenarios(browser: Browser, language: Language):
    counts = compared(browser, twins.random_scenarios(1000, language))
    assert counts["scenarios"] == 1000
    assert counts["values"] == 1000 * len(REAL.library.names)
    assert counts["rests"] == len(REAL.library.names)


@both
@pytest.mark.parametrize("edge", EDGES)
def test_every_name_at_the_edge_of_what_is_possible(
    browser: Browser, edge: str, language: Language
):
    assert (
        compared(browser, twins.about_scenarios(REAL, EDGES[edge], language))["scenarios"]
        == len(EDGES[edge])
        > 0
    )


@both
def test_every_cell_of_every_row_of_the_catalogue(browser: Browser, language: Language):
    rows = max(len(table) for table in REAL.tables.values())
    assert compared(browser, twins.every_cell(language))["scenarios"] == rows


@both
def test_every_name_in_every_unit_that_it_may_be_asked_for_in(browser: Browser, language: Language):
    assert compared(browser, twins.displayed(language))["references"] == len(twins.every_display())


@both
def test_references_with_pins_and_ratios(browser: Browser, language: Language):
    counts = compared(browser, twins.random_references_in(25, language))
    assert counts["references"] == counts["follows"] == 25 * 40 + len(twins.ratios_at_the_edge())


@both
def test_claims_hold_or_fail_with_the_same_sides_and_reasons(browser: Browser, language: Language):
    counts = compared(browser, twins.random_claims_in(100, language))
    assert counts["claims"] == 100 * 10 == counts["sides"] / 2


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


@pytest.mark.parametrize("seed", range(20))
def test_random_formulas(browser: Browser, seed: int):
    """Twenty times 250 formulas, each with eight sets of inputs."""
    world = formulas.made_up(seed, 260)
    assert len(formulas.accepted(world)) >= 250
    assert (
        compared(browser, formulas.about(world, 8, seed, "zh" if seed % 2 else "en"))["scenarios"]
        == 8
    )
