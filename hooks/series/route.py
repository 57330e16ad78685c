"""The route: every stop of the series in the order of the path, what each needs, and what each opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from hooks.series.stop import Need, Stop
from hooks.text.problems import Problem, did_you_mean

HOUR = 60
RECENT = 3
ENOUGH = 5
"""Up to so many essays, the list of all of them says what is new."""


@dataclass(frozen=True)
class Neighbours:
    """A stop and what an essay's page says of its neighbours; what it needs is told as far as it can be read."""

    stop: Stop
    needs: list[Stop]
    before: Stop | None
    after: Stop | None
    opens: list[Stop]


def _claim(stop: Stop) -> tuple[bool, str, str]:
    """Who has a place first: what the roadmap has planned, then the essay that was published first; a new one has no day yet."""
    return stop.place.path.endswith(".md"), stop.date or "9999", stop.slug


class Route:
    """The stops, sound: a need that nobody can meet is a problem, and left out."""

    def __init__(self, stops: Iterable[Stop], problems: Iterable[Problem] = ()):
        """`problems` are those that were met on the way to the stops."""
        self.stops = sorted(stops, key=lambda stop: (stop.part is None, stop.part or 0, stop.slug))
        self.problems: list[Problem] = list(problems)
        self._by_slug: dict[str, Stop] = {}
        self._needs: dict[str, list[str]] = {}
        self._opens: dict[str, list[Stop]] = {}
        self._behind: dict[str, set[str]] = {}
        self._refuse_shared_parts()
        for stop in self.stops:
            self._by_slug[stop.slug] = stop
            self._needs[stop.slug] = []
        rank = {slug: index for index, slug in enumerate(self._by_slug)}
        needs = [(stop, need) for stop in self.stops for need in stop.needs]
        for stop, need in sorted(
            needs, key=lambda pair: rank.get(pair[1].slug, -1) > rank[pair[0].slug]
        ):
            self._connect(
                stop, need
            )  # those that lead backwards come last, so that a circle is blamed on them
        for stop in self.stops:
            for slug in dict.fromkeys(self._needs[stop.slug]):
                self._opens.setdefault(slug, []).append(stop)

    def _refuse_shared_parts(self) -> None:
        """A place on the path holds one piece: every later claim is a problem where it is made."""
        end = max((stop.part or 0 for stop in self.stops), default=0) // 1 + 1
        first: dict[float, Stop] = {}
        for stop in sorted(self.stops, key=_claim):
            if stop.part is None:
                continue
            holder = first.setdefault(stop.part, stop)
            if holder is not stop:
                self.problems.append(
                    stop.place.refused(
                        f"part {stop.part:g} is '{holder.slug}' already ({holder.place.path}:{holder.place.line}); take {end:g}, where the path goes on, or leave part out"
                    )
                )

    def _connect(self, stop: Stop, need: Need) -> None:
        if need.slug not in self._by_slug:
            message = f"no essay '{need.slug}' in docs/essays or docs/data/roadmap.yml{did_you_mean(need.slug, self._by_slug)}"
            self.problems.append(need.place.refused(message))
        elif need.slug == stop.slug:
            self.problems.append(need.place.refused(f"'{stop.slug}' needs itself; leave it out"))
        elif chain := self._chain(need.slug, stop.slug):
            circle = ", which needs ".join(f"'{slug}'" for slug in chain)
            self.problems.append(
                need.place.refused(f"a circle: '{stop.slug}' needs {circle}; leave one of them out")
            )
        else:
            self._needs[stop.slug].append(need.slug)

    def _chain(self, start: str, goal: str) -> list[str]:
        """From need to need, the way from one slug to another; empty where there is none."""
        ways = {start: [start]}
        for slug in (waiting := [start]):
            new = [need for need in self._needs[slug] if need not in ways]
            ways |= {need: [*ways[slug], need] for need in new}
            waiting += new
        return ways.get(goal, [])

    def needs(self, stop: Stop) -> list[Stop]:
        """What it rests on, in the order in which it says so."""
        return [self._by_slug[slug] for slug in self._needs[stop.slug]]

    def behind(self, stop: Stop) -> set[str]:
        """The slugs of all that it rests on, from need to need."""
        if stop.slug not in self._behind:
            needs = self.needs(stop)
            self._behind[stop.slug] = {need.slug for need in needs}.union(
                *(self.behind(need) for need in needs)
            )
        return self._behind[stop.slug]

    def opens(self, stop: Stop) -> list[Stop]:
        """What rests on it, in the order of the path."""
        return self._opens.get(stop.slug, [])

    def before(self, stop: Stop) -> Stop | None:
        """The last one that can be read before it on the path; nothing for a piece beside the path."""
        behind = self.path[: self.path.index(stop)] if stop in self.path else []
        return next((other for other in reversed(behind) if other.published), None)

    def after(self, stop: Stop) -> Stop | None:
        """The next one on the path that can be read, or else the one that comes next."""
        ahead = self.path[self.path.index(stop) + 1 :] if stop in self.path else []
        return next((other for other in ahead if other.published), ahead[0] if ahead else None)

    def around(self, slug: str) -> Neighbours | None:
        """What the page of a stop says of its neighbours."""
        stop = self._by_slug.get(slug)
        return (
            Neighbours(
                stop,
                [need for need in self.needs(stop) if need.published],
                self.before(stop),
                self.after(stop),
                self.opens(stop),
            )
            if stop
            else None
        )

    @cached_property
    def path(self) -> list[Stop]:
        """The stops that have a place on the path."""
        return [stop for stop in self.stops if stop.part is not None]

    @property
    def published(self) -> list[Stop]:
        """What can be read."""
        return [stop for stop in self.stops if stop.published]

    def hour(self, minutes: int = HOUR) -> list[Stop]:
        """The beginning of the path, as far as it fits into an hour."""
        chosen: list[Stop] = []
        for stop in self.path:
            if stop.published and sum(other.minutes for other in (*chosen, stop)) > minutes:
                break
            chosen += [stop] if stop.published else []
        return chosen

    def recent(self) -> list[Stop]:
        """The newest, once there are more than a glance takes in."""
        newest = sorted(
            (stop for stop in self.published if stop.date), key=lambda stop: stop.date, reverse=True
        )
        return newest[:RECENT] if len(self.published) > ENOUGH else []
