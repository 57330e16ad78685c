"""Published results as dots, found in the catalogue: what the models say against what was
measured, row by row.
"""

from collections.abc import Callable, Iterator
from math import log

from hooks.data.scoreboard import Score, scores
from hooks.formula.dimensions import shows
from hooks.formula.evaluate import Scenario
from hooks.formula.units import ONE, unit
from hooks.pictures.axis import Axis, quarters, rounded
from hooks.pictures.chart import Added, Band, Chart, Diagonal, Mark, Scores
from hooks.pictures.curves import clipped, cut
from hooks.pictures.labels import Misread, Scale, fill_label, finite_number, read_label, titled
from hooks.pictures.sample import LegendEntry, Marker, Sample, Shape
from hooks.text.languages import Language, say
from hooks.text.problems import did_you_mean

TABLE_ROWS = 13
NAMED = 5
"""How many of the dots that lie furthest off may have a name."""

BESIDE = 1.05
"""Where a result stands that has no place on the axis, as a share of it: in a strip to the
right of the frame.
"""

GUIDE = 96

Group = Callable[[Score, float | None], bool]
"""Whether a result, with its place on the swept axis where it has one, belongs to a group."""

GROUPS: dict[str, Group] = {
    "unseen": lambda score, _: score.predicted is not None and not score.fitted,
    "fitted": lambda score, _: score.predicted is not None and score.fitted,
    "bound": lambda score, _: score.predicted is None,
    "alone": lambda score, at: at is not None and _sequences(score) == 1,
    "batched": lambda score, at: at is not None and _sequences(score) != 1,
    "elsewhere": lambda score, at: at is None,
}


def board(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    """The sample of a chart of scores. Every result is judged in its own scenario, so the
    page's changes nothing.
    """
    return (_Reached if chart.over else _Predicted)(chart, scenario.root, language).sample()


class _Board:
    """A chart of scores: which of them it shows, and where each stands."""

    def __init__(self, chart: Chart, scenario: Scenario, language: Language):
        self.chart, self.scenario, self.language = chart, scenario, language
        everything = [
            score
            for score in scores(scenario)
            if score.row.extra.get("kind") == "measured" and self.shows(score)
        ]
        self.scores = sorted(everything, key=lambda score: -_off(score))
        self.places = {score.row.id: self.across(score) for score in self.scores}
        self.x, self.y = self.windows()
        self.groups = {
            index: self._group(mark)
            for index, mark in enumerate(chart.marks)
            if isinstance(mark, Scores)
        }

    def _group(self, mark: Scores) -> list[Score]:
        if mark.group not in GROUPS:
            raise Misread(
                mark.group, f"no group '{mark.group}' of scores{did_you_mean(mark.group, GROUPS)}"
            )
        return [
            score for score in self.scores if GROUPS[mark.group](score, self.places[score.row.id])
        ]

    def shows(self, score: Score) -> bool:
        """Whether a result can be shown in the chart's unit."""
        raise NotImplementedError

    def across(self, score: Score) -> float | None:
        """Where a result stands on the axis, in the unit shown."""
        raise NotImplementedError

    def up(self, score: Score) -> float:
        """How high a result stands, in the unit shown."""
        raise NotImplementedError

    def guide(self, mark: Mark, across: float) -> float:
        """The height of a guide."""
        raise NotImplementedError

    def windows(self) -> tuple[Axis, Axis]:
        """The axes: they hold every result."""
        raise NotImplementedError

    def text(self, words: tuple[str, str]) -> str:
        """Words in the reader's language."""
        return fill_label(words, self.scenario, self.language)

    def spots(self) -> tuple[Marker, ...]:
        """The dots, the nearest first, so that the furthest lie on top; `names` are of those
        that lie furthest off.
        """
        named = self.names()
        found = []
        for index, group in self.groups.items():
            mark = self.chart.marks[index]
            assert isinstance(mark, Scores)
            named |= {row: self.text(words) for row, words in mark.names}
            for score in reversed(group):
                across, title = self.places[score.row.id], score.row.title(self.language)
                at = (self.x.value(BESIDE) if across is None else across, self.up(score))
                found.append(
                    Marker(index, mark.role, named.get(score.row.id, ""), at, mark.look, title)
                )
        return tuple(found)

    def names(self) -> dict[str, str]:
        """Names for a few results that lie furthest off, none twice."""
        chosen: dict[str, str] = {}
        for score in self.worst():
            name = score.scenario.row("model").title(self.language)
            if "batch" in (score.row.extra.get("scenario") or {}):
                batch = f"batch {_sequences(score):g}"
                name = name + say("mark.comma", self.language) + batch
            if name not in chosen.values() and len(chosen) < NAMED:
                chosen[score.row.id] = name
        return chosen

    def worst(self) -> list[Score]:
        """The results that may have a name, the furthest off first."""
        return []

    def traces(self) -> Iterator[Shape]:
        """Guides and bands, cut at the frame."""
        spread = self.x.spread(GUIDE)
        for index, mark in enumerate(self.chart.marks):
            if isinstance(mark, Band):
                low, high = (
                    [(x, share * x) for x in spread]
                    for share in (1 / (1 + mark.within), 1 / (1 - mark.within))
                )
                yield Shape(index, "band", "ink", "", (cut(low + high[::-1], self.x, self.y),))
            elif isinstance(mark, (Diagonal, Added)):
                runs = clipped([(x, self.guide(mark, x)) for x in spread], self.x, self.y)
                yield Shape(index, "guide", "ink", self.text(mark.label), tuple(runs))

    def key(self) -> tuple[LegendEntry, ...]:
        """What the kinds of dots mean, and how many there are; a kind without a dot has no
        entry.
        """
        entries = []
        for index, group in self.groups.items():
            mark, count = self.chart.marks[index], len(group)
            if isinstance(mark, Scores) and group:
                words = self.text(mark.label) + say("mark.brackets", self.language, text=count)
                entries.append(LegendEntry(mark.look, mark.role, words))
        return tuple(entries)

    def sample(self) -> Sample:
        """The chart's points and texts."""
        raise NotImplementedError


class _Predicted(_Board):
    """What was measured against what we say, both in one unit: the calibrated prediction, or
    the bound without one.
    """

    def __init__(self, chart: Chart, scenario: Scenario, language: Language):
        self.scale = Scale(unit(chart.unit), chart.unit)
        super().__init__(chart, scenario, language)

    def shows(self, score: Score) -> bool:
        return shows(self.scale.shown, score.reference.unit(self.scenario.library))

    def across(self, score: Score) -> float | None:
        return (score.predicted or score.bound) / self.scale.factor

    def up(self, score: Score) -> float:
        return score.measured / self.scale.factor

    def guide(self, mark: Mark, across: float) -> float:
        return mark.share * across if isinstance(mark, Diagonal) else across

    def windows(self) -> tuple[Axis, Axis]:
        both = rounded([*filter(None, self.places.values()), *map(self.up, self.scores)])
        return both, both

    def worst(self) -> list[Score]:
        return [
            score
            for score in self.scores
            if score.error is not None and abs(score.error) > self._within()
        ]

    def _within(self) -> float:
        return max(
            (mark.within for mark in self.chart.marks if isinstance(mark, Band)), default=0.0
        )

    def sample(self) -> Sample:
        columns = ("measured", "calibrated", "bound")
        values = [[score.measured, score.predicted, score.bound] for score in self.scores]
        titles = [score.row.title(self.language) for score in self.scores]
        texts = [
            ["–" if value is None else self.scale.text(value, self.language) for value in row]
            for row in values
        ]
        numbers = [
            [None if value is None else self.scale.number(value) for value in row] for row in values
        ]
        return Sample(
            title=titled(self.chart.title, self.scale, self.scenario, self.language),
            unit=self.scale.unit(self.language),
            axis=titled(self.chart.axis, self.scale, self.scenario, self.language),
            x=self.x,
            y=self.y,
            x_ticks=self.x.ticks(self.language),
            y_ticks=self.y.ticks(self.language),
            columns=("", *(say(f"chart.{name}", self.language) for name in columns)),
            numbers=tuple((title, *row) for title, row in zip(titles, numbers, strict=True)),
            texts=tuple(
                (title, *row) for title, row in zip(titles[:TABLE_ROWS], texts, strict=False)
            ),
            traces=tuple(self.traces()),
            spots=self.spots(),
            key=self.key(),
            height=self.chart.height,
        )


class _Reached(_Board):
    """The share of its bound that each result reached, over a quantity of its own scenario
    where the bound rests on it.
    """

    def __init__(self, chart: Chart, scenario: Scenario, language: Language):
        reference = read_label(chart.over, scenario)
        self.over, self.scale = (
            reference.top.name,
            Scale(reference.unit(scenario.library), reference.display),
        )
        super().__init__(chart, scenario, language)

    def shows(self, score: Score) -> bool:
        return True

    def across(self, score: Score) -> float | None:
        if not self.scenario.library.computed_from(score.reference.top.name, self.over):
            return None
        value = finite_number(score.reference.top.pinned_in(score.scenario)[self.over])
        return value / self.scale.factor if value else None

    def up(self, score: Score) -> float:
        return 100 * score.efficiency

    def guide(self, mark: Mark, across: float) -> float:
        return (
            100
            * across
            / (across + (mark.amount / self.scale.factor if isinstance(mark, Added) else 0.0))
        )

    def windows(self) -> tuple[Axis, Axis]:
        return rounded([*filter(None, self.places.values())]), quarters(100)

    def sample(self) -> Sample:
        axis = titled(self.chart.axis, self.scale, self.scenario, self.language)
        share = Scale(ONE, "%")
        title = titled(self.chart.title, share, self.scenario, self.language)
        lowest = sorted(self.scores, key=lambda score: score.efficiency)
        rows = [
            (score.row.title(self.language), self.places[score.row.id], score.efficiency)
            for score in lowest
        ]
        texts = [
            (
                name,
                "–" if at is None else self.scale.text(at * self.scale.factor, self.language),
                share.text(up, self.language),
            )
            for name, at, up in rows
        ]
        return Sample(
            title=title,
            unit="%",
            axis=axis,
            x=self.x,
            y=self.y,
            x_ticks=self.x.ticks(self.language),
            y_ticks=self.y.ticks(self.language),
            columns=("", axis, self.text(self.chart.title)),
            keys=2,
            numbers=tuple((name, at, 100 * up) for name, at, up in rows),
            texts=tuple(texts[:TABLE_ROWS]),
            traces=tuple(self.traces()),
            spots=self.spots(),
            key=self.key(),
            aside=None in self.places.values(),
            height=self.chart.height,
        )


def _off(score: Score) -> float:
    """How far off we are, as a ratio either way; a bound without a prediction after everything
    that has one.
    """
    return (
        abs(log(score.predicted / score.measured))
        if score.predicted
        else abs(log(score.efficiency)) - 99
    )


def _sequences(score: Score) -> float:
    return float(score.reference.top.pinned_in(score.scenario).setting("batch"))
