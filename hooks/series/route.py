"""The route: every item of the series in the order of the path, what each needs, and what each
opens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from hooks.series.item import Item, Need
from hooks.text.problems import Problem, did_you_mean

HOUR = 60
"""Minutes."""
RECENT = 3
ENOUGH = 5
"""Up to so many essays, the list of all of them says what is new."""


@dataclass(frozen=True)
class Neighbours:
    """An item and what an essay's page says of its neighbours; what it needs is told as far as
    it can be read.
    """

    item: Item
    needs: list[Item]
    before: Item | None
    after: Item | None
    opens: list[Item]


def _claim(item: Item) -> tuple[bool, str, str]:
    """Who has a place first: what the roadmap has planned, then the essay that was published
    first; a new one has no day yet.
    """
    return item.place.path.endswith(".md"), item.date or "9999", item.slug


class Route:
    """The items, sound: a need that nobody can meet is a problem, and left out."""

    def __init__(self, items: Iterable[Item], problems: Iterable[Problem] = ()):
        """`problems` are those that were met on the way to the items."""
        self.items = sorted(items, key=lambda item: (item.part is None, item.part or 0, item.slug))
        self.problems: list[Problem] = list(problems)
        self._by_slug: dict[str, Item] = {}
        self._needs: dict[str, list[str]] = {}
        self._opens: dict[str, list[Item]] = {}
        self._behind: dict[str, set[str]] = {}
        self._refuse_shared_parts()
        for item in self.items:
            self._by_slug[item.slug] = item
            self._needs[item.slug] = []
        rank = {slug: index for index, slug in enumerate(self._by_slug)}
        needs = [(item, need) for item in self.items for need in item.needs]
        for item, need in sorted(
            needs, key=lambda pair: rank.get(pair[1].slug, -1) > rank[pair[0].slug]
        ):
            self._connect(
                item, need
            )  # those that lead backwards come last, so that a circle is blamed on them
        for item in self.items:
            for slug in dict.fromkeys(self._needs[item.slug]):
                self._opens.setdefault(slug, []).append(item)

    def _refuse_shared_parts(self) -> None:
        """A place on the path holds one piece: every later claim is a problem where it is made."""
        end = max((item.part or 0 for item in self.items), default=0) // 1 + 1
        first: dict[float, Item] = {}
        for item in sorted(self.items, key=_claim):
            if item.part is None:
                continue
            holder = first.setdefault(item.part, item)
            if holder is not item:
                self.problems.append(
                    item.place.refused(
                        f"part {item.part:g} is '{holder.slug}' already"
                        f" ({holder.place.path}:{holder.place.line}); take {end:g}, where the path"
                        " goes on, or leave part out"
                    )
                )

    def _connect(self, item: Item, need: Need) -> None:
        if need.slug not in self._by_slug:
            message = (
                f"no essay '{need.slug}' in docs/essays or"
                f" docs/data/roadmap.yml{did_you_mean(need.slug, self._by_slug)}"
            )
            self.problems.append(need.place.refused(message))
        elif need.slug == item.slug:
            self.problems.append(need.place.refused(f"'{item.slug}' needs itself; leave it out"))
        elif chain := self._chain(need.slug, item.slug):
            circle = ", which needs ".join(f"'{slug}'" for slug in chain)
            self.problems.append(
                need.place.refused(f"a circle: '{item.slug}' needs {circle}; leave one of them out")
            )
        else:
            self._needs[item.slug].append(need.slug)

    def _chain(self, start: str, goal: str) -> list[str]:
        """From need to need, the way from one slug to another; empty where there is none."""
        ways = {start: [start]}
        for slug in (waiting := [start]):
            new = [need for need in self._needs[slug] if need not in ways]
            ways |= {need: [*ways[slug], need] for need in new}
            waiting += new
        return ways.get(goal, [])

    def needs(self, item: Item) -> list[Item]:
        """What it rests on, in the order in which it says so."""
        return [self._by_slug[slug] for slug in self._needs[item.slug]]

    def behind(self, item: Item) -> set[str]:
        """The slugs of all that it rests on, from need to need."""
        if item.slug not in self._behind:
            needs = self.needs(item)
            self._behind[item.slug] = {need.slug for need in needs}.union(
                *(self.behind(need) for need in needs)
            )
        return self._behind[item.slug]

    def opens(self, item: Item) -> list[Item]:
        """What rests on it, in the order of the path."""
        return self._opens.get(item.slug, [])

    def before(self, item: Item) -> Item | None:
        """The last one that can be read before it on the path; nothing for a piece beside the
        path.
        """
        behind = self.path[: self.path.index(item)] if item in self.path else []
        return next((other for other in reversed(behind) if other.published), None)

    def after(self, item: Item) -> Item | None:
        """The next one on the path that can be read, or else the one that comes next."""
        ahead = self.path[self.path.index(item) + 1 :] if item in self.path else []
        return next((other for other in ahead if other.published), ahead[0] if ahead else None)

    def around(self, slug: str) -> Neighbours | None:
        """What the page of an item says of its neighbours."""
        item = self._by_slug.get(slug)
        return (
            Neighbours(
                item,
                [need for need in self.needs(item) if need.published],
                self.before(item),
                self.after(item),
                self.opens(item),
            )
            if item
            else None
        )

    @cached_property
    def path(self) -> list[Item]:
        """The items that have a place on the path."""
        return [item for item in self.items if item.part is not None]

    @property
    def published(self) -> list[Item]:
        """What can be read."""
        return [item for item in self.items if item.published]

    def hour(self) -> list[Item]:
        """The beginning of the path, as far as it fits into an hour."""
        chosen: list[Item] = []
        for item in self.path:
            if item.published and sum(other.minutes for other in (*chosen, item)) > HOUR:
                break
            chosen += [item] if item.published else []
        return chosen

    def recent(self) -> list[Item]:
        """The newest, once there are more than a glance takes in."""
        newest = sorted(
            (item for item in self.published if item.date), key=lambda item: item.date, reverse=True
        )
        return newest[:RECENT] if len(self.published) > ENOUGH else []
