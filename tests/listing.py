"""A list as a page shows it, of a series that a test makes up."""

from pathlib import Path
from typing import Any

from hooks.formula.evaluate import Scenario
from hooks.lists.request import ListRequest, SiteData
from hooks.page.derivations import Works
from hooks.page.mentions import Mentions
from hooks.page.page_list import page_lists
from hooks.series.route import Route
from hooks.series.tag import Tags
from hooks.text.languages import Language
from hooks.words.bibliography import Bibliography
from hooks.words.glossary import Glossary
from tests.conftest import ROOT
from tests.real import ENGINE


def request(
    choice: str = "",
    route: Route | None = None,
    language: Language = "en",
    up: str = "",
    tags: Tags | None = None,
    works: Works | None = None,
    scenario: Scenario = ENGINE.scenario,
    root: Path = ROOT,
) -> ListRequest:
    """What a list is written from."""
    site = SiteData(
        root,
        route or Route([]),
        tags or Tags(),
        Glossary("g.yml", "", lambda see: ""),
        Bibliography("b.yml", "", {}),
        Mentions(root),
    )
    return ListRequest(site, works or Works(language, "/source/"), scenario, choice, up)


def listing(comment: str, *given: Any, **more: Any) -> str:
    """What stands in place of a comment, `tagged memory`; the rest is as for `request`."""
    name, _, choice = comment.partition(" ")
    return page_lists()[name].write(request(choice, *given, **more))
