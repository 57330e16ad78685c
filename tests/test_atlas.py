"""The atlas: every operator has a card, and every card an operator."""

import re
from pathlib import Path

import pytest
import yaml

from hooks.data.engine import ROOT
from hooks.text.address import card_of
from hooks.text.languages import twin_path

ATLAS = ROOT / "docs" / "atlas"
OPERATORS = list(yaml.safe_load((ROOT / "docs" / "data" / "operators.yml").read_text("utf-8")))
SWEEP = re.compile(r"<!-- for operator in (.+?) -->")


def test_every_operator_has_a_card_and_every_card_an_operator():
    assert sorted(OPERATORS) == sorted(path.parent.name for path in ATLAS.glob("*/index.md"))


def test_cards_stand_in_the_order_in_which_a_token_meets_the_operators():
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.findall(r"- atlas/([^/\s]+)/index\.md", navigation) == OPERATORS
    for path in ("docs/atlas/index.md", twin_path("docs/atlas/index.md")):
        (swept,) = SWEEP.findall((ROOT / path).read_text("utf-8"))
        assert swept.split(", ") == OPERATORS, path


def test_a_card_tells_its_own_operator_in_the_scenario_of_the_overview():
    overview = _front(ATLAS / "index.md")["scenario"]
    for operator in OPERATORS:
        card = ATLAS / operator / "index.md"
        assert _front(card)["scenario"] == overview, operator
        text = card.read_text("utf-8")
        assert re.findall(r"^\*\*(.+?)\*\*", text, re.M) == [
            "What does it cost?",
            "Why?",
            "What moves it?",
        ], operator
        assert len(re.findall(r"^\?\?\? question ", text, re.M)) == 1, operator


@pytest.mark.parametrize("language", ["", "zh/"])
def test_each_row_of_the_table_leads_to_its_card_in_its_own_language(language, site: Path):
    for file, link, end in (
        ("index.html", r'<td[^>]*><a href="([^"]+)">[^<]+</a></td>', ""),
        ("index.md", r"^\| \[[^\]]+\]\(([^)]+)\) \|", "index.md"),
    ):
        text = (site / language / "atlas" / file).read_text("utf-8")
        assert re.findall(link, text, re.M) == [f"{name}/{end}" for name in OPERATORS], file
    for name in OPERATORS:
        assert (site / language / card_of("operators", name)).with_name("index.html").is_file()


def _front(path):
    return yaml.safe_load(path.read_text("utf-8").split("---")[1])
