"""The assembly: what all records of one language make, and what a page of it needs of the others."""

from dataclasses import dataclass, replace

from hooks.publish.feeds.publication import PublishedPage
from hooks.series.route import Neighbours
from hooks.series.tag import Tag
from hooks.site.project import Project
from hooks.site.record import Files, Record
from hooks.text.problems import Problem
from hooks.words.uses import Uses


@dataclass(frozen=True)
class Assembly:
    """What all records of one language make: files that no single page has, and what pages say of each other."""

    project: Project
    published: dict[str, PublishedPage]
    uses: Uses
    files: Files
    problems: list[Problem]

    def without(self, uri: str, project: Project) -> "Assembly":
        """The same of all other pages, over a project as it is now: what a preview of this page needs."""
        others = {other: page for other, page in self.published.items() if other != uri}
        return replace(self, project=project, published=others, files={}, problems=[])


def published_page(record: Record, project: Project) -> PublishedPage:
    meta = record.meta | {"labels": tags_of(record.uri, project)}
    written = "en" if record.meta["untranslated"] else project.language
    return project.publisher.published_page(record.uri, meta, written, record.meta["both"])


def neighbours(uri: str, project: Project) -> Neighbours | None:
    """An essay among the others; None for another page."""
    return project.route.around(uri.split("/")[1]) if uri.startswith("essays/") else None


def tags_of(uri: str, project: Project) -> list[Tag]:
    """The tags of an essay; none for another page."""
    place = neighbours(uri, project)
    return project.tags.of(place.item) if place else []
