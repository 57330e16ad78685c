"""The sources of a site's pages in one language: what writers wrote, and what no writer wrote."""

from collections.abc import Mapping
from pathlib import Path

from hooks.site.record import PageSource
from hooks.site.settings import Settings
from hooks.site.site_checks import site_problems
from hooks.site.writers_files import WritersFiles
from hooks.text.languages import twin_path
from hooks.text.problems import Problem
from hooks.text.rows import typed_values
from hooks.text.source import read_source


class Sources:
    """Finds the source of a page. `generated` are those of pages that no writer wrote, by URI."""

    def __init__(self, settings: Settings, generated: Mapping[str, str]):
        self.settings = settings
        self.writers = WritersFiles(settings.root, settings.docs)
        self.generated = generated

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with files that cannot be read as they are, and with the texts of all files
        together.
        """
        return [*self.writers.problems, *site_problems(self.settings)]

    @property
    def documents(self) -> set[str]:
        """What a link may lead to, by its path below the documents."""
        return self.writers.documents | self.generated.keys()

    def source(self, uri: str) -> PageSource:
        """The source of a page in this language: the English one where there is no translation."""
        docs, language = self.settings.docs, self.settings.language
        if uri in self.generated:
            text = self.generated[uri]
            return PageSource(uri, docs / uri, text, text, text, True, generated=True)
        path, other = docs / uri, docs / twin_path(uri)
        english = read_source(path)
        chinese = read_source(other) if other.is_file() else None
        if language == "zh" and chinese is not None:
            return PageSource(uri, other, chinese, english, chinese, True)
        return PageSource(uri, path, english, english, chinese, language == "en")


def typed_scenario(path: Path, text: str) -> dict[str, str]:
    """The scenario of a page's front matter as it is typed; a translation has that of the English
    page.
    """
    if path.name.endswith(".zh.md"):
        english = path.with_name(path.name.removesuffix(".zh.md") + ".md")
        text = read_source(english) if english.is_file() else text
    return typed_values(text, "scenario")
