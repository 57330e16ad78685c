"""A project: what the pages of one language share. Formulas, data, words, the series, and what
their lists say.
"""

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

from hooks.lists.request import SiteData, list_writers
from hooks.live.scripts import Scripts
from hooks.page.derivations import Works
from hooks.page.mentions import Mentions
from hooks.page.page import Page
from hooks.publish.feeds.publisher import Publisher
from hooks.series.series import Series
from hooks.site.record import Markdown, Rendered
from hooks.site.settings import Settings
from hooks.site.shared_models import Models
from hooks.site.sources import Sources, typed_scenario
from hooks.words.words import Words

QUANTITIES = "reference/quantities/"
"""The page that lists every formula."""


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
        self.language = settings.language
        self.check = check
        self.markdown: Markdown = lambda uri, text: Rendered(text)
        """Markdown as MkDocs is configured to run it; a project without MkDocs leaves Markdown
        as it is.
        """
        root, docs, language = settings.root, settings.docs, settings.language
        self.quantities = QUANTITIES if (docs / QUANTITIES / "index.md").is_file() else ""
        self._use(models or Models.read(root, docs))
        library, tables = self.engine.library, self.engine.catalogue.tables
        self.words = Words(docs, root, language, library, tables)
        self.series = Series(docs, root, language, self._lines)
        self.sources = Sources(settings, self.series.tags.pages())
        self.publisher = Publisher.of_site(
            root,
            settings.site,
            settings.description,
            settings.address,
            language,
            self.series.published,
            self.series.tagged,
            self.series.short_days,
        )
        self.problems = [
            *self.sources.problems,
            *self.engine.problems,
            *self.models.presets.problems,
            *self.words.problems,
            *self.series.route.problems,
        ]

    def _use(self, models: Models) -> None:
        settings = self.settings
        self.models, self.engine, self.scenario = models, models.engine, models.scenario
        self.mentions = Mentions(settings.root)
        self.scripts = Scripts(
            self.engine,
            models.presets,
            self.language,
            settings.code,
            settings.site,
            self.quantities,
        )

    def with_models(self, models: Models) -> "Project":
        """The same pages over other formulas and data, as a preview needs them.

        The series and the glossary are not read again: that takes a tenth of a second per
        hundred essays, and the site that is built behind the preview has it.
        """
        fresh = copy(self)
        fresh._use(models)
        return fresh

    # What pages are filled with

    def page(self, path: Path, text: str, meta: dict[str, Any], inputs: set[str]) -> Page:
        """A page ready to be filled. The names of what its lists depend on are added to
        `inputs`.
        """
        up = "../" * (len(path.relative_to(self.settings.docs).parts) - 1)
        quantities = self.quantities and "../" + up + self.quantities
        works = Works(self.language, self.settings.code, quantities, self.check)
        page = Page(
            self.settings.relative(path),
            text,
            self.scenario,
            self.language,
            works,
            list_writers(self._site_data, up, inputs),
            up,
        )
        given = meta.get("scenario")
        page.set_scenario(
            given if isinstance(given, dict) else {},
            typed_scenario(path, text),
            inherited=path.name.endswith(".zh.md"),
        )
        self.models.remember(page.scenario)
        return page

    def _site_data(self) -> SiteData:
        """What lists may show."""
        words, series = self.words, self.series
        return SiteData(
            self.settings.root,
            series.route,
            series.tags,
            words.glossary,
            words.bibliography,
            self.mentions,
        )

    def _lines(self, path: Path, text: str, meta: dict[str, Any], lines: list[str]) -> list[str]:
        """Lines of a page's front matter with their numbers."""
        self.check()
        page = self.page(path, text, meta, set())
        return [page.plain(line) for line in lines]
