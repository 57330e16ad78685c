"""Lighthouse on a phone gives every kind of page, in both languages, all four hundreds."""

from pathlib import Path

import pytest

from tests.host import compressed, hosted
from tests.lighthouse import NotInstalled, reports

LANGUAGES = ("", "zh/")
PERFECT = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}


def pages(site: Path) -> list[str]:
    """Home, the heaviest essay, and the models of the reference, in each language."""
    essays = {
        language: max(
            (site / language / "essays").glob("*/index.html"),
            key=lambda path: len(compressed(path)),
        )
        for language in LANGUAGES
    }
    return [
        f"{language}{page}"
        for language in LANGUAGES
        for page in ("", f"essays/{essays[language].parent.name}/", "reference/models/")
    ]


@pytest.mark.alone
def test_home_an_essay_and_a_reference_page_reach_four_hundreds_in_both_languages(
    site: Path,
) -> None:
    with hosted(site) as host:
        try:
            found = reports([f"{host.address}/{page}" for page in pages(site)])
        except NotInstalled as problem:
            pytest.fail(str(problem), pytrace=False)
        wanting = [
            f"{report.address.removeprefix(host.address)} {report.scores}: {'; '.join(report.short)}"
            for report in found
            if report.scores != PERFECT
        ]
    assert len(found) == 6
    assert not wanting, "\n".join(wanting)
