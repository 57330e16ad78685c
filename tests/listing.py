"""A list as a page shows it, of a series that a test makes up."""

from pathlib import Path

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
from tests.real import ENGINE


def listing(
    comment: str,
    route: Route | None = None,
    language: Language = "en",
    up: str = "",
    tags: Tags | None = None,
    works: Works | None = None,
    scenario: Scenario = ENGINE.scenario,
) -> str:
    """What stands in place of a comment, `tagged memory`."""
    name, _, choice = comment.partition(" ")
    site = SiteData(
        Path(),
        route or Route([]),
        tags or Tags(),
        Glossary("g.yml", "", lambda see: ""),
        Bibliography("b.yml", "", {}),
        Mentions(Path()),
    )
    works = works or Works(language, "/source/")
    return page_lists()[name].write(ListRequest(site, works, scenario, choice, up))
