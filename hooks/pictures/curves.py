"""Curves, dots and limits over an axis, sampled in a scenario. `hooks/live/browser/chart.js` does
the same.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from math import floor

from hooks.formula.declaration import Setting, find
from hooks.formula.evaluate import Given, Scenario, Value
from hooks.formula.quantity import Reason
from hooks.formula.reference import Reference, scenario_from
from hooks.pictures.axis import Axis, Point, decades, quarters, tick_text
from hooks.pictures.chart import (
    Area,
    Best,
    Chart,
    Diagonal,
    Dot,
    Limit,
    Line,
    Mark,
    Measured,
    Region,
    Roof,
)
from hooks.pictures.labels import (
    Misread,
    Scale,
    Words,
    fill_label,
    finite_number,
    read_label,
    scale,
    titled,
)
from hooks.pictures.sample import Marker, Sample, Shape, Upright
from hooks.text.languages import Language, say
from hooks.text.problems import resting_on, row_meant

POINTS = 96
AVERAGED = ("batch",)
"""Whole fields over which a curve is also drawn between the whole numbers: what has an average."""
NEAR = 1e-6
"""How far beside a whole number a formula is asked whether it goes on from there."""
TABLE_ROWS = 13


def curves(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    """The sample of a chart over an axis. Refuses what a reference on a page would refuse."""
    return _Curves(chart, scenario, language).sample()


def grid(chart: Chart, scenario: Scenario) -> list[float]:
    """Where the curves are sampled: whole numbers for a whole field, evenly spread on the axis."""
    declared = scenario.library.names[chart.over]
    values = _across(chart).spread(POINTS)
    if isinstance(declared, Setting) and declared.whole:
        values = sorted({float(round(value)) for value in values})
    return values


def finer(chart: Chart, scenario: Scenario) -> list[float]:
    """The grid, and between whole numbers what the axis shows apart, for a field with averages."""
    values = _across(chart).spread(POINTS)
    between = [value for value, after in pairwise(values) if after - value < 1]
    return sorted({*grid(chart, scenario), *(between if chart.over in AVERAGED else ())})


def continued(curve: Callable[[float], Value]) -> Callable[[float], Value]:
    """A curve over a whole field: between two numbers the formula's own values where it goes on
    from both of them, and straight on where it does not, as one with `ceil` or `power`.
    """
    known = cache(curve)

    def at(x: float) -> Value:
        low = float(floor(x))
        if x == low:
            return curve(x)
        ends = [known(low), known(low + 1)]
        for end in ends:
            if finite_number(end) is None:
                return end
        start, stop = (float(end) for end in ends if not isinstance(end, (Reason, str)))
        beside = [finite_number(known(low + NEAR)), finite_number(known(low + 1 - NEAR))]
        own = finite_number(curve(x))
        goes_on = all(
            near is not None and abs(near - end) <= 1e-3 * abs(end)
            for near, end in zip(beside, (start, stop), strict=True)
        )
        return own if own is not None and goes_on else start + (stop - start) * (x - low)

    return at


def clipped(points: list[Point | None], x: Axis, y: Axis) -> list[tuple[Point, ...]]:
    """A curve cut at the floor and the ceiling of its axes; it breaks where a point is missing."""
    runs: list[list[Point]] = [[]]
    for before, after in zip([None, *points[:-1]], points, strict=True):
        if before and after:
            start, end = y.position(before[1]), y.position(after[1])
            for edge in sorted((0.0, 1.0), reverse=start > end):
                if min(start, end) < edge < max(start, end):
                    runs[-1].append(_crossing(before, after, edge, x, y))
        if after and 0 <= y.position(after[1]) <= 1:
            runs[-1].append(after)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if len(run) > 1]


def cut(shape: list[Point], x: Axis, y: Axis) -> tuple[Point, ...]:
    """A closed shape cut at the floor and the ceiling of its axes."""
    for edge, inside in ((0.0, 1), (1.0, -1)):
        kept: list[Point] = []
        for before, after in zip([shape[-1], *shape[:-1]] if shape else [], shape, strict=True):
            was, stays = (inside * (y.position(point[1]) - edge) >= 0 for point in (before, after))
            kept += [_crossing(before, after, edge, x, y)] if was != stays else []
            kept += [after] if stays else []
        shape = kept
    return tuple(shape)


def _crossing(before: Point, after: Point, edge: float, x: Axis, y: Axis) -> Point:
    """Where the way from one point to another, straight on these axes, crosses the floor (0) or the
    ceiling (1).
    """
    start, end, left = y.position(before[1]), y.position(after[1]), x.position(before[0])
    share = (edge - start) / (end - start)
    return x.value(left + share * (x.position(after[0]) - left)), y.high if edge else y.low


class _Curves:
    """One chart, every mark of it read and every curve evaluated."""

    def __init__(self, chart: Chart, scenario: Scenario, language: Language):
        """Refuses a field or quantity to sweep that nobody declared."""
        if chart.over not in scenario.library.names:
            read_label(chart.over, scenario)  # says what is wrong with the name
            raise Misread(chart.over, f"cannot sweep '{chart.over}'")
        self.chart, self.scenario, self.language = chart, scenario, language
        self.declared = scenario.library.names[chart.over]
        self.across = Scale(self.declared.unit)
        self.references: list[Reference] = []
        self.curves: dict[int, Callable[[float], Value]] = {}
        self.dots: dict[int, tuple[Value, Value]] = {}
        self.bests: dict[int, tuple[Value, Value]] = {}
        for index, mark in enumerate(chart.marks):
            self._take(index, mark)
        self.up = scale(self.references[0], scenario, chart.unit)
        self.grid = [x * self.across.factor for x in finer(chart, scenario)]
        self.whole = [x * self.across.factor for x in grid(chart, scenario)]
        self.values = {index: [curve(x) for x in self.grid] for index, curve in self.curves.items()}
        self.layers = self._layers()
        self.x, self.y = _across(chart), self._window()
        self.here = self._scenario_value()

    def _take(self, index: int, mark: Mark) -> None:
        """What a mark says, as a function over the axis or as a dot on it."""
        scenario, over = self.scenario, self.chart.over
        match mark:
            case Area() if "y" in self.chart.log:
                raise Misread(
                    mark.reference,
                    "areas lie on one another, which no logarithmic axis shows: leave the y out"
                    " of log",
                )
            case Line():
                line = self._read(mark.reference)
                if not isinstance(self.declared, Setting):
                    raise Misread(
                        mark.reference, f"a line runs over a scenario field, which '{over}' is not"
                    )
                self.curves[index] = self._over(line)
            case Roof():
                flat, slope = (
                    self._read(mark.flat).value(scenario),
                    read_label(mark.slope, scenario).value(scenario),
                )
                self.curves[index] = lambda x: _lower(flat, slope, x)
            case Diagonal():
                share = mark.share
                self.curves[index] = lambda x: share * x
            case Dot():
                across = read_label(mark.across, scenario)
                self.dots[index] = (
                    across.value(scenario),
                    self._read(mark.reference).value(scenario),
                )
            case Best():
                self.bests[index] = self._best(mark)
            case Measured():
                self.dots[index] = (
                    predicted(mark.measurement, scenario),
                    self._read(measured(mark)).value(scenario),
                )

    def _best(self, mark: Best) -> tuple[Value, Value]:
        """Where a quantity is least, and the height there; without a number anywhere, why there is
        none at the last.
        """
        least, found = read_label(mark.least, self.scenario), None
        for x in mark.among:
            there = self.scenario.pinned({self.chart.over: x * self.across.factor})
            value = least.value(there)
            size = finite_number(value)
            if size is not None and (found is None or size < found[0]):
                found = size, x * self.across.factor, self._read(mark.reference).value(there)
        return (value, value) if found is None else found[1:]

    def _over(self, reference: Reference) -> Callable[[float], Value]:
        """A reference as a function over the axis."""
        over, declared = self.chart.over, self.declared

        def curve(x: float) -> Value:
            return reference.value(self.scenario.pinned({over: x}))

        return continued(curve) if isinstance(declared, Setting) and declared.whole else curve

    def _read(self, text: str) -> Reference:
        self.references.append(read_label(text, self.scenario, display=self.chart.unit))
        return self.references[-1]

    def _layers(self) -> dict[int, tuple[list[float], list[float]]]:
        """The lower and the upper edge of every area, which lies on the one before; what is missing
        adds nothing.
        """
        layers = {}
        top = [0.0] * len(self.grid)
        for index, values in self.values.items():
            if isinstance(self.chart.marks[index], Area):
                below, top = (
                    top,
                    [
                        under + (finite_number(value) or 0.0)
                        for under, value in zip(top, values, strict=True)
                    ],
                )
                layers[index] = below, top
        return layers

    def _window(self) -> Axis:
        """The height of the frame: it holds everything but a guide, which runs out of it."""
        marks = self.chart.marks
        reached = [
            v
            for k, values in self.values.items()
            if not isinstance(marks[k], (Area, Diagonal))
            for v in values
        ]
        reached += [value for _, top in self.layers.values() for value in top]
        reached += [up for _, up in self.dots.values()]
        highest = max(
            [value / self.up.factor for value in map(finite_number, reached) if value is not None],
            default=0.0,
        )
        return decades(highest, self.chart.decades) if "y" in self.chart.log else quarters(highest)

    def _scenario_value(self) -> float | None:
        """The scenario's own value of the swept field, if the chart and its axis show it."""
        own = (
            finite_number(self.scenario.setting(self.chart.over))
            if isinstance(self.declared, Setting) and self.chart.own_point
            else None
        )
        return (
            own
            if own is not None and self.x.low <= own / self.across.factor <= self.x.high
            else None
        )

    def sample(self) -> Sample:
        """The chart's points and texts."""
        names = [self._say(mark.label) for mark in self.chart.marks]
        own = self.here
        axis, title = (
            self._say(self.chart.axis),
            titled(self.chart.title, self.up, self.scenario, self.language),
        )
        numbers = [
            (*key, self.across.number(x), *map(self.up.number, values))
            for key, x, values in self._rows(names, self.whole)
        ]
        texts = [
            (
                *key,
                self.across.text(x, self.language),
                *(self.up.text(value, self.language) for value in values),
            )
            for key, x, values in self._rows(
                names, [x * self.across.factor for x in value_table(self.chart, self.scenario)]
            )
        ]
        return Sample(
            title=title,
            unit=self.up.unit(self.language),
            axis=axis,
            x=self.x,
            y=self.y,
            x_ticks=self.x.ticks(self.language, self.chart.ticks),
            y_ticks=self.y.ticks(self.language),
            traces=(
                *(
                    self._region(index, mark)
                    for index, mark in enumerate(self.chart.marks)
                    if isinstance(mark, Region)
                ),
                *(self._trace(index, names[index]) for index in self.curves),
            ),
            spots=tuple(self._spots(names)),
            limits=tuple(self._limits(names)),
            notes=tuple(self._notes()),
            columns=(
                ("", axis, title) if self.dots else (axis, *(names[index] for index in self.curves))
            ),
            keys=3 if self.dots else 1,
            numbers=tuple(numbers),
            texts=tuple(texts),
            here=(
                say("chart.here", self.language)
                + tick_text(own / self.across.factor, self.language)
                if own is not None
                else ""
            ),
            own_point=self.chart.own_point,
            height=self.chart.height,
        )

    def _say(self, words: Words) -> str:
        return fill_label(words, self.scenario, self.language)

    def _point(self, across: float, up: float) -> Point:
        return across / self.across.factor, up / self.up.factor

    def _trace(self, index: int, name: str) -> Shape:
        mark = self.chart.marks[index]
        values = [finite_number(value) for value in self.values[index]]
        if isinstance(mark, Area):
            below, top = (
                [self._point(*point) for point in zip(self.grid, edge, strict=True)]
                for edge in self.layers[index]
            )
            runs = [tuple(top + below[::-1])] if any(value is not None for value in values) else []
            return Shape(index, "area", mark.role, name, tuple(runs), self._here(index))
        pairs = zip(self.grid, values, strict=True)
        points = [None if value is None else self._point(x, value) for x, value in pairs]
        runs = clipped(points, self.x, self.y)
        kind, role = ("line", mark.role) if isinstance(mark, (Line, Roof)) else ("guide", "ink")
        return Shape(index, kind, role, name, tuple(runs), self._here(index))

    def _region(self, index: int, mark: Region) -> Shape:
        """What lies below a quantity, cut at the floor and the ceiling; it breaks where there is no
        value.
        """
        curve = self._over(read_label(mark.reference, self.scenario))
        values = [finite_number(curve(x)) for x in self.grid]
        runs: list[list[Point]] = [[]]
        for position, (x, value) in enumerate(zip(self.grid, values, strict=True)):
            if value is None:
                runs.append([])
                continue
            bend = self._bend(position, values) if runs[-1] else []
            for across, up in (*bend, self._point(x, value)):
                runs[-1].append((across, min(max(up, self.y.low), self.y.high)))
        shapes = (
            (*run, *((across, self.y.low) for across, _ in reversed(run)))
            for run in runs
            if len(run) > 1
        )
        return Shape(index, "band", mark.role, "", tuple(shapes))

    def _bend(self, position: int, values: list[float | None]) -> list[Point]:
        """Where the edge of a region turns from one line into another, between a place of the grid
        and the one before: the lines are drawn straight there, and cross between the two.
        """
        across = [self.x.position(self._point(x, 0)[0]) for x in self.grid[position - 1 :][:2]]
        edge = self._heights(values[position - 1 :][:2])
        lines = [
            heights
            for index, found in self.values.items()
            if type(self.chart.marks[index]) is Line
            and (heights := self._heights(map(finite_number, found[position - 1 :][:2])))
        ]
        first, last = ([line for line in lines if abs(line[k] - edge[k]) < 1e-9] for k in (0, 1))
        if not first or not last or any(line in last for line in first):
            return []
        before, after = (last[0][k] - first[0][k] for k in (0, 1))
        if before == after:
            return []
        share = before / (before - after)
        up = first[0][0] + share * (first[0][1] - first[0][0])
        place = self.x.value(across[0] + share * (across[1] - across[0])), self.y.value(up)
        return [place] if 0 <= share <= 1 else []

    def _heights(self, values: Iterable[float | None]) -> list[float]:
        """How high values stand, as shares of the upright axis; nothing if one is missing."""
        found = list(values)
        heights = [self.y.position(value / self.up.factor) for value in found if value is not None]
        return heights if len(heights) == len(found) else []

    def _here(self, index: int) -> Point | None:
        """The scenario's own point of a line; of stacked areas, that of the last one, on top of
        them all.
        """
        areas = list(self.layers)
        if (
            self.here is None
            or not isinstance(self.chart.marks[index], Line)
            or index in areas[:-1]
        ):
            return None
        top = 0.0
        for value in [
            finite_number(self.curves[k](self.here)) for k in (areas if index in areas else [index])
        ]:
            if value is None:
                return None
            top += value
        point = self._point(self.here, top)
        return point if 0 <= self.y.position(point[1]) <= 1 else None

    def _spots(self, names: list[str]) -> Iterator[Marker]:
        """The dots; one that lies outside the frame, or that has no value, is nowhere."""
        for index, values in (self.dots | self.bests).items():
            mark, (across, up) = self.chart.marks[index], map(finite_number, values)
            assert isinstance(mark, (Dot, Measured, Best))
            point = None if across is None or up is None else self._point(across, up)
            inside = point and all(
                -0.001 <= axis.position(value) <= 1.001
                for axis, value in zip((self.x, self.y), point, strict=True)
            )
            below = isinstance(mark, Best)
            at = point if inside else None
            yield Marker(index, mark.role, names[index], at, below=below)

    def _limits(self, names: list[str]) -> Iterator[Upright]:
        """The limits, and where the axis shows them."""
        for index, mark in enumerate(self.chart.marks):
            if isinstance(mark, Limit):
                value = finite_number(
                    read_label(mark.reference, self.scenario).value(self.scenario)
                )
                at = None if value is None else value / self.across.factor
                inside = at is not None and 0 <= self.x.position(at) <= 1
                yield Upright(index, names[index], at if inside else None)

    def _notes(self) -> list[str]:
        """Why a curve or a dot is missing altogether, each reason once."""
        missing = [
            values
            for values in self.values.values()
            if all(isinstance(value, Reason) for value in values)
        ]
        reasons = [
            [v for v in values if isinstance(v, Reason)]
            for values in (*missing, *self.dots.values(), *self.bests.values())
        ]
        return list(
            dict.fromkeys(self.up.text(found[0], self.language) for found in reasons if found)
        )

    def _rows(
        self, names: list[str], grid: list[float]
    ) -> list[tuple[tuple[str, ...], Value, list[Value]]]:
        """What names a row, the value across, and the values up: every dot, or the curves at the
        places of a grid.
        """
        if self.dots:
            return [((names[index],), across, [up]) for index, (across, up) in self.dots.items()]
        return [((), x, [curve(x) for curve in self.curves.values()]) for x in grid]


def value_table(chart: Chart, scenario: Scenario) -> list[float]:
    """A dozen values for a reader: doublings on a logarithmic axis, else some of the grid."""
    low, high = chart.span
    if "x" in chart.log and low * 2.0**TABLE_ROWS >= high:
        return [low * 2.0**k for k in range(TABLE_ROWS) if low * 2.0**k <= high]
    values = grid(chart, scenario)
    last = len(values) - 1
    return sorted({values[round(k * last / (TABLE_ROWS - 1))] for k in range(TABLE_ROWS)})


def _across(chart: Chart) -> Axis:
    return Axis(*chart.span, "x" in chart.log)


def _lower(flat: Value, slope: Value, across: float) -> Value:
    """A roofline's height, or why it has none."""
    if isinstance(flat, (Reason, str)):
        return flat
    return slope if isinstance(slope, (Reason, str)) else min(flat, slope * across)


def measured(mark: Measured) -> str:
    """The reference to what was measured."""
    return f"{mark.reference}(measurement={mark.measurement})"


def predicted(measurement: str, scenario: Scenario) -> Value:
    """What a measurement's own expression gives in the measurement's own scenario."""
    rows = scenario.tables["measurements"]
    wrong = find(scenario.tables, "measurements", measurement)
    if wrong and wrong.wrong:
        raise Misread(measurement, resting_on(wrong.wrong).message, wrong.wrong)
    if measurement not in rows:
        guess = row_meant(measurement, rows)
        raise Misread(measurement, f"no row '{measurement}' in docs/data/measurements.yml{guess}")
    row = rows[measurement].extra
    given: Given = {name: float(value) for name, value in row.get("given", {}).items()}
    own, mistakes = scenario_from(
        row.get("scenario", {}), Scenario(scenario.library, scenario.tables, given, scenario.reads)
    )
    for mistake in mistakes:
        raise Misread(measurement, f"measurement '{measurement}': {mistake.message}", mistake.cause)
    value = read_label(row["expression"], own, measurement).value(own)
    if isinstance(value, Reason):
        raise Misread(measurement, f"measurement '{measurement}': {value.text}", value.cause)
    return value
