"""The assembly: what all records of one language make, and what a page of it needs of the
others.
"""

from dataclasses import dataclass, replace

from hooks.publish.feeds.publication import PublishedPage
from hooks.site.project import Project
from hooks.site.record import Files, Record
from hooks.text.problems import Problem
from hooks.words.uses import Uses


@dataclass(frozen=True)
class Assembly:
    """What all records of one language make: files that no single page has, and what pages say
    of each other.
    """

    project: Project
    published: dict[str, PublishedPage]
    uses: Uses
    files: Files
    problems: list[Problem]

    @property
    def reported(self) -> list[Problem]:
        """The problems of the site and its pages, without those that only follow from a file
        that cannot be read.
        """
        problems = [*self.project.problems, *self.problems]
        return self.project.sources.writers.without_consequences(problems)

    def without(self, uri: str, project: Project) -> "Assembly":
        """The same of all other pages, over a project as it is now: what a preview of this page
        needs.
        """
        others = {other: page for other, page in self.published.items() if other != uri}
        return replace(self, project=project, published=others, files={}, problems=[])


def published_page(record: Record, project: Project) -> PublishedPage:
    """What feeds, lists and the sitemap say of a compiled page."""
    meta = record.meta | {"labels": project.series.tags_of(record.uri)}
    written = "en" if record.meta["untranslated"] else project.language
    return project.publisher.published_page(record.uri, meta, written, record.meta["both"])


@dataclass(frozen=True)
class Outcome:
    """What the build of one language tells that of the other: its problems, and the digests of
    single files that it has read.
    """

    problems: list[Problem]
    inputs: dict[str, str]
