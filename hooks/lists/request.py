"""What a list is written from. Whatever it reads here that only some pages depend on becomes an
input of its page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from hooks.formula.declaration import Quantity, Row
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import Reference, parse_reference
from hooks.page.derivations import Works, number_link
from hooks.page.mentions import Mentions
from hooks.page.page_list import PageList, page_lists
from hooks.series.route import Route
from hooks.series.tag import Tags
from hooks.text.languages import Language, say
from hooks.text.source import read_source
from hooks.words.bibliography import Bibliography
from hooks.words.glossary import Glossary


@dataclass(frozen=True)
class SiteData:
    """What the pages of one language share, as far as lists show it."""

    root: Path
    route: Route
    tags: Tags
    glossary: Glossary
    bibliography: Bibliography
    mentions: Mentions


@dataclass(frozen=True)
class ListRequest:
    """A comment on a page that asks for a list.

    `choice` is the comment's second word, `up` leads from the page to the root of its language,
    `scenario` is the page's, and `works` collects the panels that its numbers open.

    A page is compiled again when one of its `inputs` has changed. Reading a property or a file of a
    request adds to them; catalogue, tags, glossary and bibliography need not, since every page is
    compiled again for a change in data.
    """

    site: SiteData
    works: Works
    scenario: Scenario
    choice: str = ""
    up: str = ""
    inputs: set[str] = field(default_factory=set)
    live_number: Callable[[str], str] = escape
    """A reference as a number that opens to its work and follows the reader's scenario, as HTML."""

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.works.language

    @property
    def route(self) -> Route:
        """The essays in their order."""
        self.inputs.add("series")
        return self.site.route

    @property
    def tags(self) -> Tags:
        """The tags of the essays."""
        return self.site.tags

    @property
    def glossary(self) -> Glossary:
        """The terms."""
        return self.site.glossary

    @property
    def bibliography(self) -> Bibliography:
        """The works."""
        return self.site.bibliography

    @property
    def mentions(self) -> Mentions:
        """The pages and tests that name a quantity."""
        self.inputs.add("names")
        return self.site.mentions

    def read(self, path: str) -> str:
        """The text of a file of the project, by its path below the root."""
        self.inputs.add(f"file {path}")
        return read_source(self.site.root / path)

    def found(self, path: str) -> str | None:
        """The same; None where there is no such file."""
        return self.read(path) if (self.site.root / path).is_file() else None

    def say(self, key: str, **places: object) -> str:
        """A text of the interface, in the language of the page."""
        return say(key, self.language, **places)

    def title(self, named: Row | Quantity) -> str:
        """What a row or a quantity is called, as HTML."""
        return escape(named.title(self.language))

    def number(
        self, reference: Reference | str, scenario: Scenario | None = None, text: str = ""
    ) -> str:
        """A number that opens to its work, as HTML, in the page's scenario or another; `text` in
        place of its own.
        """
        at = scenario or self.scenario
        one = parse_reference(reference, at) if isinstance(reference, str) else reference
        entry = self.works.open(one, at, deep=False)
        return number_link(text or one.text(at, self.language), entry, False)


def list_writers(
    site: Callable[[], SiteData], up: str, inputs: set[str]
) -> dict[str, Callable[[str, Scenario, Works, Callable[[str], str]], str]]:
    """The writers of all lists for one page, by name; its inputs are added to `inputs`.

    `site` is called when a list is written: titles are filled as pages are, before the series is
    known.
    """

    def writer(one: PageList) -> Callable[[str, Scenario, Works, Callable[[str], str]], str]:
        return lambda choice, scenario, works, live_number: one.write(
            ListRequest(site(), works, scenario, choice, up, inputs, live_number)
        )

    return {name: writer(one) for name, one in page_lists().items()}
