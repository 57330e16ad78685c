"""An item: one piece of the series in one language, published or on its way."""

import re
from dataclasses import dataclass

import yaml

from hooks.series.essay import Essay
from hooks.text.address import quoted
from hooks.text.day import written_day
from hooks.text.problems import Problem
from hooks.text.rows import FRONT_MATTER, Place, Reading, read_yaml

STATUSES = ("published", "writing", "planned", "open")


@dataclass(frozen=True)
class Need:
    """A piece that another one rests on, by its slug, and where that is said."""

    slug: str
    place: Place


@dataclass(frozen=True)
class Label:
    """A tag that a piece carries, by its slug, and where that is said."""

    slug: str
    place: Place


@dataclass(frozen=True)
class Item:
    """What a piece is called, what it asks, how long it takes, where it stands on the path, what it
    needs, its tags.
    """

    slug: str
    title: str
    question: str
    place: Place
    status: str = "published"
    part: float | None = None
    minutes: int = 0
    date: str = ""
    needs: tuple[Need, ...] = ()
    tags: tuple[Label, ...] = ()

    @property
    def published(self) -> bool:
        """Whether it can be read."""
        return self.status == "published"

    @property
    def short(self) -> str:
        """Its title as far as the colon."""
        return re.split(r"[:：]", self.title)[0].strip()

    @property
    def address(self) -> str:
        """Where it is read, from the root of its language."""
        return quoted(f"essays/{self.slug}/")


class ItemText(Reading):
    """What a piece of the series says of itself: an essay in its front matter, another one on the
    roadmap.
    """

    def part(self) -> float | None:
        """The place on the path, for a piece that has one."""
        written = self.text("part")
        if "part" in self.nodes and not re.fullmatch(r"\d+(\.\d+)?", written):
            self.refuse(self.nodes["part"], "part is the place on the path, a number: part: 3")
        return float(written) if re.fullmatch(r"\d+(\.\d+)?", written) else None

    def status(self) -> str:
        """One of the statuses; published where nothing is said."""
        given = self.text("status") or "published"
        if given not in STATUSES:
            self.refuse(
                self.nodes["status"],
                f"status is one of {', '.join(STATUSES[:-1])} or {STATUSES[-1]}, not '{given}'",
            )
        return given if given in STATUSES else "planned"

    def needs(self) -> tuple[Need, ...]:
        """The slugs of what comes first."""
        return tuple(Need(slug, place) for slug, place in self._slugs("needs", "[two-clocks]"))

    def tags(self) -> tuple[Label, ...]:
        """The slugs of the tags; one that is said twice is a mistake."""
        labels: dict[str, Label] = {}
        for slug, place in self._slugs("tags", "[memory, price]"):
            if slug in labels:
                self._problems.append(place.refused(f"the tag '{slug}' stands here twice"))
            labels.setdefault(slug, Label(slug, place))
        return tuple(labels.values())

    def _slugs(self, name: str, example: str) -> list[tuple[str, Place]]:
        """A list of slugs, each with its place; nothing for nothing."""
        node = self.nodes.get(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            self.refuse(node, f"{name} is a list of slugs: {name}: {example}")
            return []
        return [(str(item.value), self.place(item)) for item in node.value]

    def item(self, essay: Essay, title: str, question: str) -> Item:
        """The essay whose front matter this is."""
        status = self.status() if self.keys else essay.status
        if status == "published":
            status = essay.status  # which knows whether its day has come
        place = self.place(self.keys["part"]) if "part" in self.keys else Place(self._path)
        return Item(
            essay.slug,
            title,
            question,
            place,
            status,
            self.part(),
            essay.minutes,
            str(written_day(self.text("date")) or ""),
            self.needs(),
            self.tags(),
        )


def head(path: str, text: str, problems: list[Problem]) -> ItemText:
    """An essay's front matter with the places of its parts; nothing where YAML cannot read it."""
    match = FRONT_MATTER.match(text)
    try:
        node = read_yaml(match[1]) if match else None
    except (yaml.YAMLError, RecursionError):
        node = None  # the page itself tells the writer
    return ItemText(path, node, problems, line=1)
