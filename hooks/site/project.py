"""A project: what the pages of one language share. Formulas, data, words, the series, and what their lists say."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks.cache.fingerprint import digest_of, folders_digest
from hooks.data.engine import Engine
from hooks.formula.declaration import Quantity
from hooks.formula.evaluate import Scenario
from hooks.lists.request import SiteData, list_writers
from hooks.live.presets import Presets
from hooks.live.scripts import Scripts
from hooks.page.derivations import Works
from hooks.page.fill import Page
from hooks.page.mentions import Mentions
from hooks.page.one_unit import mixed
from hooks.publish.feeds.publication import publication
from hooks.publish.feeds.publisher import Publisher
from hooks.series.essay import Essay, written_essays
from hooks.series.item import Item, head
from hooks.series.roadmap import Roadmap
from hooks.series.route import Route
from hooks.series.tag import Tags
from hooks.site.record import Markdown, PageSource, Rendered
from hooks.site.writers_files import WritersFiles
from hooks.text.languages import Language, twin_path
from hooks.text.problems import Problem
from hooks.text.rows import relative, typed_values
from hooks.text.source import read_source
from hooks.words.typed_in_data import typed_in_data
from hooks.words.words import Words

QUANTITIES = "reference/quantities/"
"""The page that lists every formula."""

SCENARIOS = 8
"""So many pages' scenarios are remembered: what is computed in one takes a megabyte."""

PLACES = re.compile(r"place=Place\([^)]*\)")
"""The places of texts in files, which no list shows."""


@dataclass(frozen=True)
class Settings:
    """Where a project lies, and what the site says of itself in one language.

    `code` is the address under which readers find the project's files. Without an `address` the site has no feed.
    `drawings` is the folder of cached drawings. `served` tells a preview from the site.
    """

    root: Path
    docs: Path
    language: Language
    code: str = ""
    site: str = ""
    description: str = ""
    address: str = ""
    drawings: Path | None = None
    served: bool = False


@dataclass(frozen=True)
class Models:
    """Formulas and data, read together, with what has been computed of them lately; both languages share them."""

    digest: str
    engine: Engine
    scenario: Scenario
    recent: list[Scenario]

    @classmethod
    def read(cls, root: Path, docs: Path, last: "Models | None" = None) -> "Models":
        """The formulas and data of a project as their files are now; the `last` ones while the files are the same."""
        digest = folders_digest(root / "hooks" / "costs", docs / "data")
        if last and last.digest == digest:
            return last
        engine = Engine(root)
        return cls(digest, engine, engine.scenario, [])


class Project:
    """Reads what pages share, and finds their sources. `problems` are those of no single page.

    `check` is called often while pages are compiled; it may raise to stop.
    """

    def __init__(
        self,
        settings: Settings,
        models: Models | None = None,
        check: Callable[[], None] = lambda: None,
    ):
        self.settings = settings
        self.language: Language = settings.language
        self.check = check
        self.markdown: Markdown = lambda uri, text: Rendered(text)
        """Markdown as MkDocs is configured to run it; a project without MkDocs leaves Markdown as it is."""
        self._states: dict[str, str] = {}
        root, docs, language = settings.root, settings.docs, settings.language
        self.writers = WritersFiles(root, docs)
        self.quantities = QUANTITIES if (docs / QUANTITIES / "index.md").is_file() else ""
        self._use(models or Models.read(root, docs))
        library, tables = self.engine.library, self.engine.catalogue.tables
        self.words = Words(docs, root, language, library, tables)
        self.written: list[Essay] = written_essays(docs, language)
        self.tags = Tags.read(docs / "data" / "tags.yml", root, language)
        self.generated = self.tags.pages()
        """The sources of pages that no writer wrote: those of the tags."""
        self.route = self._route()
        self.essay_uris = {f"essays/{essay.slug}/index.md" for essay in self.written}
        published = [essay for essay in self.written if essay.status == "published"]
        self.publisher = Publisher(
            publication(root, settings.site, settings.description, settings.address, language),
            published,
            {
                tag.uri: [item.slug for item in self.route.published if tag in self.tags.of(item)]
                for tag in self.tags
            },
        )
        sources = {
            self.relative(path): read_source(path)
            for path in sorted(docs.rglob("*.md"))
            if path.name.endswith(".zh.md") == (language == "zh")
        }
        self.problems: list[Problem] = [
            *self.writers.problems,
            *self.engine.problems,
            *self.presets.problems,
            *self.words.problems,
            *typed_in_data(docs, root),
            *mixed(sources),
            *self.route.problems,
        ]

    def _use(self, models: Models) -> None:
        settings = self.settings
        self.models, self.engine, self.scenario = models, models.engine, models.scenario
        self.presets = Presets(
            settings.docs / "data" / "presets.yml", settings.root, self.engine.scenario
        )
        self.scripts = Scripts(
            self.engine,
            self.presets,
            self.language,
            settings.code,
            settings.site,
            self.quantities,
        )
        self.mentions = Mentions(settings.root)

    def with_models(self, models: Models) -> "Project":
        """The same pages over other formulas and data, as a preview needs them.

        The series and the glossary are not read again: that takes a tenth of a second per hundred essays, and
        the site that is built behind the preview has it.
        """
        fresh = copy(self)
        fresh._states = {}
        fresh._use(models)
        return fresh

    @property
    def documents(self) -> set[str]:
        """What a link may lead to, by its path below the documents."""
        return self.writers.documents | self.generated.keys()

    def relative(self, path: Path) -> str:
        """A path as problems print it."""
        return relative(path, self.settings.root)

    def source(self, uri: str) -> PageSource:
        """The source of a page in this language: the English one where there is no translation."""
        if uri in self.generated:
            text = self.generated[uri]
            return PageSource(uri, self.settings.docs / uri, text, text, text, True, generated=True)
        path, other = self.settings.docs / uri, self.settings.docs / twin_path(uri)
        english = read_source(path)
        chinese = read_source(other) if other.is_file() else None
        if self.language == "zh" and chinese is not None:
            return PageSource(uri, other, chinese, english, chinese, True)
        return PageSource(uri, path, english, english, chinese, self.language == "en")

    # What pages are filled with

    def page(self, path: Path, text: str, meta: dict[str, Any], inputs: set[str]) -> Page:
        """A page ready to be filled. The names of what its lists depend on are added to `inputs`."""
        up = "../" * (len(path.relative_to(self.settings.docs).parts) - 1)
        quantities = self.quantities and "../" + up + self.quantities
        works = Works(self.language, self.settings.code, quantities, self.check)
        page = Page(
            self.relative(path),
            text,
            self.scenario,
            self.language,
            works,
            list_writers(self._site_data, up, inputs),
        )
        inherits = path.name.endswith(".zh.md")
        english = path.with_name(path.name.removesuffix(".zh.md") + ".md") if inherits else None
        shared = read_source(english) if english and english.is_file() else text
        given = meta.get("scenario")
        page.set_scenario(
            given if isinstance(given, dict) else {},
            typed_values(shared, "scenario"),
            inherited=inherits,
        )
        self._remember(page.scenario)
        return page

    def labels(self, path: Path) -> dict[str, str]:
        """Where a page's formulas lead: the address of each quantity, by its label in lower case."""
        up = "../" * (len(path.relative_to(self.settings.docs).parts) - 1)
        names = self.engine.library.names if self.quantities else {}
        return {
            declaration.title(self.language).casefold(): f"{up}{self.quantities}#q-{name}"
            for name, declaration in names.items()
            if isinstance(declaration, Quantity)
        }

    def _site_data(self) -> SiteData:
        """What lists may show."""
        words = self.words
        return SiteData(
            self.settings.root,
            self.route,
            self.tags,
            words.glossary,
            words.bibliography,
            self.mentions,
        )

    def _remember(self, scenario: Scenario) -> None:
        recent = self.models.recent
        recent[:] = [*(each for each in recent if each is not scenario), scenario]
        while len(recent) > SCENARIOS:
            self.scenario.forget(recent.pop(0))

    # What pages depend on

    def state(self, name: str) -> str:
        """The present state of something that a page depends on, by its name.

        `file figures/a.py` is a file or folder of the project, `document essays/a/index.md` whether there is such a
        document, `series` what lists of essays say, `names` which tests and essays name a quantity, `labels` what
        quantities are called.
        """
        if name not in self._states:
            self._states[name] = self._state(*name.partition(" ")[::2])
        return self._states[name]

    def _state(self, kind: str, which: str) -> str:
        match kind:
            case "file":
                return digest_of(self.settings.root / which)
            case "document":
                return str(which in self.documents)
            case "series":
                return PLACES.sub("", repr(self.route.items))
            case "labels":
                return repr(self.labels(self.settings.docs / "index.md"))
            case "names":
                return repr(sorted(self.mentions.essays.items())) + folders_digest(
                    self.settings.root / "tests"
                )
        raise ValueError(kind)

    # The series

    def _route(self) -> Route:
        """The series: what has a page, and what the roadmap adds."""
        roadmap = Roadmap.read(
            self.settings.docs / "data" / "roadmap.yml", self.settings.root, self.language
        )
        problems = roadmap.problems
        items = {essay.slug: self._item(essay, problems) for essay in self.written}
        for item in roadmap.items:
            if item.slug in items:
                problems.append(
                    item.place.refused(
                        f"'{item.slug}' has a page now, whose front matter says all this; delete it here"
                    )
                )
        route = Route(
            [*items.values(), *(item for item in roadmap.items if item.slug not in items)], problems
        )
        route.problems += [*self.tags.problems, *self.tags.misused(route)]
        return route

    def _item(self, essay: Essay, problems: list[Problem]) -> Item:
        self.check()
        title, question = (str(essay.meta.get(key, "")) for key in ("title", "question"))
        if "`{" in title + question:
            page = self.page(essay.path, essay.text, essay.meta, set())
            title, question = page.plain(title), page.plain(question)
        english = self.settings.docs / "essays" / essay.slug / "index.md"
        return head(self.relative(english), read_source(english), problems).item(
            essay, title, question
        )
