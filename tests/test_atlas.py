"""The atlas: every operator has a card, and every card an operator."""

import re

import yaml

from hooks.data.engine import ROOT
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


def _front(path):
    return yaml.safe_load(path.read_text("utf-8").split("---")[1])
