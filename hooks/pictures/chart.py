"""A live chart: quantities over a swept field, declared once and sampled in any scenario."""

import re
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Any

from hooks.formula.declaration import Setting
from hooks.formula.evaluate import Scenario, Value
from hooks.formula.format import Language, digits, scaled, written
from hooks.formula.quantity import Reason
from hooks.formula.units import Unit, unit
from hooks.page.reference import Reference, parse, scenario_from, setting_value
from hooks.problems import Mistake, did_you_mean

Words = tuple[str, str]
"""The same words in English and Chinese; both may hold `{references}`."""

Point = tuple[float, float]
"""Across and up, as shares of the frame: (0, 0) is its lower left corner."""

POINTS = 96
TABLE_ROWS = 13
TOPS = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8)


class Shown(str):
    """The text of a reference in a diagram, and its number: in base units, or 0 where there is none."""

    number: float = 0.0


class Misread(Mistake):
    """A mistake in a text of a figure file; `text` is what stands there, so that its line can be found."""

    def __init__(self, text: str, message: str):
        super().__init__(message)
        self.text = text


@dataclass(frozen=True)
class Line:
    """A quantity as a line."""

    reference: str
    role: str
    label: Words


@dataclass(frozen=True)
class Area(Line):
    """A quantity as a band that lies on the areas before it."""


@dataclass(frozen=True)
class Roof:
    """A roofline: it climbs with `slope` per unit of the axis until it meets `flat`."""

    flat: str
    slope: str
    role: str
    label: Words


@dataclass(frozen=True)
class Diagonal:
    """A guide on which the values are a share of the axis: with a share of 1 both agree."""

    share: float
    label: Words


@dataclass(frozen=True)
class Dot:
    """One value; `across` is where it stands on the axis."""

    reference: str
    across: str
    role: str
    label: Words


@dataclass(frozen=True)
class Measured:
    """A row of docs/data/measurements.yml as a dot: what its own expression predicts across, what was measured up."""

    measurement: str
    reference: str
    role: str
    label: Words


@dataclass(frozen=True)
class Limit:
    """A dashed hairline with a word on it, upright at a value of the swept field."""

    reference: str
    label: Words


@dataclass(frozen=True)
class Bar:
    """One bar of a bar chart: what it is called, the fields that it pins, and a closing note."""

    label: Words
    pins: str = ""
    note: Words = ("", "")


@dataclass(frozen=True)
class Part:
    """A part of every bar: so much more, or, with `up_to`, whatever is missing up to a value."""

    reference: str
    role: str
    label: Words
    up_to: bool = False


Mark = Line | Area | Roof | Diagonal | Dot | Measured | Limit | Part


@dataclass(frozen=True)
class Tick:
    """A number on an axis, and where it stands as a share of the axis."""

    text: str
    at: float


@dataclass(frozen=True)
class Trace:
    """A mark as it comes to lie in the frame, in runs of points; an area is closed along the area below it."""

    kind: str
    mark: int
    role: str
    label: str
    runs: tuple[tuple[Point, ...], ...]
    here: Point | None = None


@dataclass(frozen=True)
class Stack:
    """A bar as it comes to lie in the frame: where each of the parts starts and ends, and what it amounts to."""

    label: str
    note: str
    parts: tuple[tuple[int, float, float, str], ...]


@dataclass(frozen=True)
class Sample:
    """A chart in one scenario and language: everything that the drawing needs, and the numbers behind it."""

    title: str
    unit: str
    axis: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    traces: tuple[Trace, ...]
    limits: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: tuple[tuple[str | float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    bars: tuple[Stack, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    here: str = ""
    height: int = 0


@dataclass(frozen=True)
class Axis:
    """One axis: from low to high, in the displayed unit, linear or logarithmic."""

    low: float
    high: float
    log: bool

    def at(self, value: float) -> float:
        """Where a value stands, as a share of the axis; a logarithm of nothing lies far below it."""
        if not self.log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return -9.0
        return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))

    def ticks(self, wanted: tuple[float, ...] = ()) -> tuple[Tick, ...]:
        """Three to five numbers that people say."""
        return tuple(Tick(spoken(value), self.at(value)) for value in wanted or self._values())

    def _values(self) -> list[float]:
        if not self.log:
            return [self.low + (self.high - self.low) * quarter / 4 for quarter in range(5)]
        first, last = ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9)
        every = 1 + (last - first) // 5
        return [_ten(exponent) for exponent in range(first, last + 1, every)]


@dataclass(frozen=True)
class Chart:
    """A declared chart. `span` is in the unit that the swept field declares, `unit` is what the values are shown in.

    `over` names a scenario field. For dots and rooflines it may name a quantity; for bars it stays empty.
    `decades` is the height of a logarithmic frame: fixed, so that only the texts of its ticks follow a scenario.
    """

    title: Words
    marks: list[Mark]
    over: str = ""
    span: tuple[float, float] = (0, 1)
    axis: Words = ("", "")
    log: str = ""
    unit: str = ""
    decades: int = 4
    ticks: tuple[float, ...] = ()
    bars: list[Bar] = field(default_factory=list)
    height: int = 220

    def sample(self, scenario: Scenario, language: Language) -> Sample:
        """The chart's points and texts in a scenario. Refuses what a reference on a page would refuse."""
        return _bars(self, scenario, language) if self.bars else _Sampling(self, scenario, language).result()

    def grid(self, scenario: Scenario) -> list[float]:
        """Where the curves are sampled, in base units: whole numbers for a whole field, evenly spread on the axis."""
        declared = scenario.library.names[self.over]
        low, high = self.span
        steps = range(POINTS + 1)
        values = [
            low * (high / low) ** (k / POINTS) if "x" in self.log else low + (high - low) * k / POINTS for k in steps
        ]
        values[-1] = float(high)
        if isinstance(declared, Setting) and declared.whole:
            values = sorted({float(round(value)) for value in values})
        return [value * float(declared.unit.factor) for value in values]

    def live(self, scenario: Scenario) -> dict[str, Any]:
        """What a browser needs to sample the chart again: names, pins and axes. The drawing says where its frame lies."""
        marks: list[dict[str, Any]] = []
        for mark in self.marks:
            if isinstance(mark, (Measured, Diagonal)):
                marks.append({"kind": "fixed"})
                continue
            named = {key: getattr(mark, key) for key in ("reference", "across", "flat", "slope") if hasattr(mark, key)}
            marks.append(
                {"kind": type(mark).__name__.lower()} | {key: _spelt(text, scenario) for key, text in named.items()}
            )
            marks[-1] |= {"up_to": mark.up_to} if isinstance(mark, Part) else {}
        live: dict[str, Any] = {"log": self.log, "unit": self.unit, "marks": marks}
        if self.bars:
            return live | {"bars": [dict(_pins(bar.pins, scenario)) for bar in self.bars]}
        across = float(scenario.library.names[self.over].unit.factor)
        return live | {
            "over": self.over,
            "across": across,
            "span": self.span,
            "decades": self.decades,
            "grid": self.grid(scenario),
        }


class _Sampling:
    """The sampling of one chart over an axis."""

    def __init__(self, chart: Chart, scenario: Scenario, language: Language):
        if chart.over not in scenario.library.names:
            raise Misread(chart.over, _unknown(chart.over, scenario))
        self.chart, self.scenario, self.language = chart, scenario, language
        self.declared = scenario.library.names[chart.over]
        self.across = float(self.declared.unit.factor)
        self.x = Axis(*chart.span, "x" in chart.log)
        self.grid = chart.grid(scenario)
        self.curves: dict[int, list[Value]] = {}
        self.dots: dict[int, tuple[Value, Value]] = {}
        self.references: dict[int, Reference] = {}
        for index, mark in enumerate(chart.marks):
            self._take(index, mark)
        self.of = next(iter(self.references.values())).unit(scenario.library)
        self.shown = unit(chart.unit) if chart.unit else self.of
        self.factor = float(self.shown.factor)
        self.y = self._window()

    def _take(self, index: int, mark: Mark) -> None:
        scenario = self.scenario
        if isinstance(mark, Line):
            reference = self._read(index, mark.reference)
            self.curves[index] = [reference.value(scenario.but({self.chart.over: x})) for x in self.grid]
        elif isinstance(mark, Roof):
            flat, slope = self._read(index, mark.flat).value(scenario), _read(mark.slope, scenario).value(scenario)
            if isinstance(flat, float) and isinstance(slope, float):
                self.curves[index] = [min(flat, slope * x) for x in self.grid]
            else:
                self.curves[index] = [slope if isinstance(flat, float) else flat for _ in self.grid]
        elif isinstance(mark, Diagonal):
            self.curves[index] = [mark.share * x for x in self.grid]
        elif isinstance(mark, Dot):
            self.dots[index] = (
                _read(mark.across, scenario).value(scenario),
                self._read(index, mark.reference).value(scenario),
            )
        elif isinstance(mark, Measured):
            row, reference = predicted(mark.measurement, scenario)
            measured = self._read(index, f"{mark.reference}(measurement={mark.measurement})")
            self.dots[index] = reference.value(row), measured.value(scenario)

    def _read(self, index: int, text: str) -> Reference:
        reference = self.references[index] = _read(text, self.scenario)
        _check_unit(text, reference, self.chart.unit, self.scenario)
        return reference

    def _window(self) -> Axis:
        """The frame's height: quarters that people say, or so many decades below the power of ten that holds all."""
        tops = [self._top(k) for k in range(len(self.grid))] + [_number(value) for _, value in self.dots.values()]
        highest = max([value / self.factor for value in tops if value is not None], default=0.0)
        if "y" not in self.chart.log:
            return Axis(0.0, _round_up(highest), False)
        top = ceil(log10(highest) - 1e-9) if highest > 0 else self.chart.decades
        return Axis(_ten(top - self.chart.decades), _ten(top), True)

    def _top(self, k: int) -> float | None:
        lines = [
            _number(values[k])
            for index, values in self.curves.items()
            if not isinstance(self.chart.marks[index], (Area, Diagonal))
        ]
        areas = [
            _number(values[k]) or 0.0
            for index, values in self.curves.items()
            if isinstance(self.chart.marks[index], Area)
        ]
        return max([value for value in (*lines, sum(areas)) if value is not None], default=None)

    def result(self) -> Sample:
        chart, say = self.chart, self._say
        here = _number(self.scenario.setting(chart.over)) if isinstance(self.declared, Setting) else None
        inside = here is not None and chart.span[0] <= here / self.across <= chart.span[1]
        said = ""
        if inside and here is not None:
            value = spoken(here / self.across)
            said = f"此处：{value}" if self.language == "zh" else f"here: {value}"
        return Sample(
            title=_titled(chart, self.of, self.scenario, self.language), unit=shown_unit(self.of, chart.unit, self.language),
            axis=say(chart.axis), here=said,
            x_ticks=self.x.ticks(chart.ticks), y_ticks=self.y.ticks(),
            traces=tuple(self._traces(here if inside else None)), limits=tuple(self._limits()), notes=tuple(self._notes()),
            columns=self._columns(), numbers=tuple(self._numbers()), texts=tuple(self._texts()), height=chart.height,
        )  # fmt: skip

    def _say(self, words: Words) -> str:
        return fill(words, self.scenario, self.language)

    def _traces(self, here: float | None) -> list[Trace]:
        traces = []
        floor_of_area = [0.0] * len(self.grid)
        for index, mark in enumerate(self.chart.marks):
            if isinstance(mark, (Line, Roof, Diagonal)):
                values = [_number(value) for value in self.curves[index]]
                kind = "area" if isinstance(mark, Area) else "guide" if isinstance(mark, Diagonal) else "line"
                role = "ink" if isinstance(mark, Diagonal) else mark.role
                if kind == "area":
                    below, floor_of_area = (
                        floor_of_area,
                        [under + (value or 0.0) for under, value in zip(floor_of_area, values, strict=True)],
                    )
                    upper = [self._at(x, value) for x, value in zip(self.grid, floor_of_area, strict=True)]
                    lower = [self._at(x, value) for x, value in zip(self.grid, below, strict=True)]
                    runs = [tuple(upper + lower[::-1])] if any(value is not None for value in values) else []
                else:
                    runs = clipped(
                        [
                            None if value is None else self._at(x, value)
                            for x, value in zip(self.grid, values, strict=True)
                        ]
                    )
                traces.append(
                    Trace(kind, index, role, self._say(mark.label), tuple(runs), self._here(index, mark, here))
                )
            elif isinstance(mark, (Dot, Measured)):
                across, up = (_number(value) for value in self.dots[index])
                points = () if across is None or up is None else ((self._at(across, up),),)
                inside = points if points and all(-0.001 <= share <= 1.001 for share in points[0][0]) else ()
                traces.append(Trace("dot", index, mark.role, self._say(mark.label), inside))
        return traces

    def _here(self, index: int, mark: Mark, here: float | None) -> Point | None:
        """The scenario's own point of a line; of stacked areas, that of the last one, on top of them all."""
        areas = [other for other, area in enumerate(self.chart.marks) if isinstance(area, Area)]
        if here is None or not isinstance(mark, Line) or index in areas[:-1]:
            return None
        values = [
            _number(self.references[k].value(self.scenario.but({self.chart.over: here})))
            for k in (areas if index in areas else [index])
        ]
        if None in values:
            return None
        point = self._at(here, sum(value for value in values if value is not None))
        return point if 0 <= point[1] <= 1 else None

    def _at(self, across: float, up: float) -> Point:
        return self.x.at(across / self.across), self.y.at(up / self.factor)

    def _limits(self) -> list[tuple[str, float]]:
        limits = []
        for mark in self.chart.marks:
            if isinstance(mark, Limit):
                value = _number(_read(mark.reference, self.scenario).value(self.scenario))
                at = self.x.at(value / self.across) if value is not None else -1.0
                if 0 <= at <= 1:
                    limits.append((self._say(mark.label), at))
        return limits

    def _notes(self) -> list[str]:
        """Why a curve is missing altogether, each reason once."""
        notes = []
        for index, values in [*self.curves.items(), *self.dots.items()]:
            reasons = [value for value in values if isinstance(value, Reason)]
            if reasons and (index in self.dots or len(reasons) == len(values)):
                reason = reasons[0].zh if self.language == "zh" else reasons[0].text
                notes.append(reason)
        return list(dict.fromkeys(notes))

    def _columns(self) -> tuple[str, ...]:
        axis = self._say(self.chart.axis)
        if self.dots:
            return ("", axis, self._say(self.chart.title))
        return (axis, *(self._say(self.chart.marks[index].label) for index in self.curves))

    def _numbers(self) -> list[tuple[str | float | None, ...]]:
        def shown(value: Value, in_unit: Unit) -> float | None:
            number = _number(value)
            return None if number is None else scaled(number, in_unit)

        across = self.declared.unit
        if self.dots:
            marks = self.chart.marks
            return [
                (self._say(marks[i].label), shown(x, across), shown(y, self.shown)) for i, (x, y) in self.dots.items()
            ]
        columns = list(self.curves.values())
        return [
            (scaled(x, across), *(shown(values[k], self.shown) for values in columns)) for k, x in enumerate(self.grid)
        ]

    def _texts(self) -> list[tuple[str, ...]]:
        display, language = self.chart.unit, self.language
        if self.dots:
            named = [(self._say(self.chart.marks[i].label), x, y) for i, (x, y) in self.dots.items()]
            return [
                (label, written(x, self.declared.unit, "", language), written(y, self.of, display, language))
                for label, x, y in named
            ]
        rows = []
        for x in self._table():
            setting = self.scenario.but({self.chart.over: x})
            values = [self.references[index].value(setting) for index in self.curves]
            rows.append(
                (
                    written(x, self.declared.unit, "", language),
                    *(written(value, self.of, display, language) for value in values),
                )
            )
        return rows

    def _table(self) -> list[float]:
        """A dozen values for a reader: doublings on a logarithmic axis, else evenly spread."""
        low, high = self.chart.span
        doubled = [low * 2.0**k for k in range(TABLE_ROWS) if low * 2.0**k <= high]
        if "x" in self.chart.log and low * 2.0**TABLE_ROWS >= high:
            return [x * self.across for x in doubled]
        last = len(self.grid) - 1
        return sorted({self.grid[round(k * last / (TABLE_ROWS - 1))] for k in range(TABLE_ROWS)})


def _bars(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    """Horizontal bars, each stacked from the same parts in its own setting."""
    parts = [mark for mark in chart.marks if isinstance(mark, Part)]
    references = [_read(part.reference, scenario) for part in parts]
    for part, reference in zip(parts, references, strict=True):
        _check_unit(part.reference, reference, chart.unit, scenario)
    of = references[0].unit(scenario.library)
    factor = float((unit(chart.unit) if chart.unit else of).factor)
    rows: list[tuple[Scenario, list[tuple[float, float] | Reason]]] = []
    for bar in chart.bars:
        setting = scenario.but(dict(_pins(bar.pins, scenario)))
        rows.append((setting, _stacked(parts, references, setting)))
    ends = [edge[1] / factor for _, edges in rows for edge in edges if not isinstance(edge, Reason)]
    axis = Axis(0.0, _round_up(max(ends, default=1.0)), False)
    stacks, numbers, texts = [], [], []
    for bar, (setting, edges) in zip(chart.bars, rows, strict=True):
        sizes: list[Value] = [edge if isinstance(edge, Reason) else edge[1] - edge[0] for edge in edges]
        words = [written(size, of, chart.unit, language) for size in sizes]
        placed = [
            (index, axis.at(edge[0] / factor), axis.at(edge[1] / factor), words[index])
            for index, edge in enumerate(edges)
            if not isinstance(edge, Reason)
        ]
        label, note = fill(bar.label, setting, language), fill(bar.note, setting, language, brief=True)
        stacks.append(Stack(label, note, tuple(placed)))
        numbers.append((label, *(None if isinstance(size, (Reason, str)) else size / factor for size in sizes)))
        texts.append((label, *words))
    names = tuple((part.role, fill(part.label, scenario, language)) for part in parts)
    return Sample(
        title=_titled(chart, of, scenario, language), unit=shown_unit(of, chart.unit, language), axis=fill(chart.axis, scenario, language),
        x_ticks=axis.ticks(), y_ticks=(), traces=(), limits=(), notes=(),
        columns=("", *(name for _, name in names)), numbers=tuple(numbers), texts=tuple(texts), bars=tuple(stacks), parts=names,
    )  # fmt: skip


def _stacked(parts: list[Part], references: list[Reference], setting: Scenario) -> list[tuple[float, float] | Reason]:
    edges: list[tuple[float, float] | Reason] = []
    top = 0.0
    for part, reference in zip(parts, references, strict=True):
        value = reference.value(setting)
        if isinstance(value, (Reason, str)):
            edges.append(value if isinstance(value, Reason) else Reason(value, value))
            continue
        end = max(top, value) if part.up_to else top + value
        edges.append((top, end))
        top = end
    return edges


def clipped(points: list[Point | None]) -> list[tuple[Point, ...]]:
    """A curve cut at the floor and the ceiling of the frame; it breaks where a point is missing."""
    runs: list[list[Point]] = [[]]
    for before, after in zip([None, *points[:-1]], points, strict=True):
        if before and after:
            for edge in sorted((0.0, 1.0), reverse=before[1] > after[1]):
                if min(before[1], after[1]) < edge < max(before[1], after[1]):
                    share = (edge - before[1]) / (after[1] - before[1])
                    crossing = (before[0] + share * (after[0] - before[0]), edge)
                    runs[-1].append(crossing)
        if after and 0 <= after[1] <= 1:
            runs[-1].append(after)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if len(run) > 1]


def fill(words: Words, scenario: Scenario, language: Language, brief: bool = False) -> str:
    """The words in the reader's language, with every `{reference}` replaced by its text."""
    text = words[language == "zh"]

    def value(match: re.Match[str]) -> str:
        reference = _read(match[1], scenario, text)
        return reference.text(scenario, language)

    for match in re.finditer(r"\{([^{}]+)\}", text):
        reason = _read(match[1], scenario, text).value(scenario)
        if brief and isinstance(reason, Reason):
            return shortened(reason.zh if language == "zh" else reason.text)
    return re.sub(r"\{([^{}]+)\}", value, text)


def predicted(measurement: str, scenario: Scenario) -> tuple[Scenario, Reference]:
    """A measurement's own scenario, and the expression that must reproduce it."""
    row = scenario.tables["measurements"].get(measurement)
    if row is None:
        raise Misread(
            measurement,
            f"no row '{measurement}' in docs/data/measurements.yml{did_you_mean(measurement, scenario.tables['measurements'])}",
        )
    base = Scenario(
        scenario.library, scenario.tables, {name: float(value) for name, value in row.extra.get("given", {}).items()}
    )
    own, mistakes = scenario_from(row.extra.get("scenario", {}), base)
    for mistake in mistakes:
        raise Misread(measurement, f"measurement '{measurement}': {mistake.message}")
    return own, _read(row.extra["expression"], own, measurement)


def shortened(reason: str) -> str:
    """A reason where there is room for few words only: `does not fit`, or that there is no number."""
    verdict, colon, _ = reason.replace("：", ":").partition(":")
    return verdict if colon else "n/a"


def spoken(value: float) -> str:
    """A number on an axis: 0.1, 25, 1,000; whole multiples of 1,024 as 8k."""
    if value >= 1024 and value % 1024 == 0:
        return f"{value / 1024:g}k"
    text = digits(value)
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text


def _titled(chart: Chart, of: Unit, scenario: Scenario, language: Language) -> str:
    """The quantity, and what it is shown in."""
    title, said = fill(chart.title, scenario, language), shown_unit(of, chart.unit, language)
    return title if not said else f"{title}（{said}）" if language == "zh" else f"{title} ({said})"


def shown_unit(of: Unit, display: str, language: Language) -> str:
    """The unit alone, as it stands behind a number."""
    factor = float((unit(display) if display else of).factor)
    return re.sub(r"\d[\d.,]*\u202f?", "", written(2 * factor, of, display, language), count=1)


def _read(text: str, scenario: Scenario, within: str = "") -> Reference:
    try:
        return parse(text, scenario)
    except Mistake as mistake:
        raise Misread(within or text, mistake.message) from None


def _unknown(name: str, scenario: Scenario) -> str:
    try:
        parse(name, scenario)
    except Mistake as mistake:
        return mistake.message
    return f"cannot sweep '{name}'"


def _check_unit(text: str, reference: Reference, display: str, scenario: Scenario) -> None:
    if display:
        try:
            written(1.0, reference.unit(scenario.library), display)
        except Mistake as mistake:
            raise Misread(text, f"'{text}': {mistake.message}") from None


def _pins(text: str, scenario: Scenario) -> list[tuple[str, float | str]]:
    pins = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        try:
            pins.append((name, setting_value(name, value, scenario)))
        except Mistake as mistake:
            raise Misread(text, mistake.message) from None
    return pins


def _spelt(text: str, scenario: Scenario) -> list[dict[str, Any]]:
    """A reference for the browser: one name with its pins, or two for a ratio."""
    return [{"name": term.name, "pins": dict(term.pins)} for term in _read(text, scenario).terms()]


def _number(value: Value) -> float | None:
    return value if isinstance(value, float) else float(value) if isinstance(value, int) else None


def _ten(exponent: int) -> float:
    return float(10**exponent) if exponent >= 0 else 1 / 10**-exponent


def _round_up(value: float) -> float:
    """The next number that holds the value and whose quarters people say: 24 stands over 6, 12 and 18."""
    if value <= 0:
        return 1.0
    exponent = floor(log10(value))
    candidates = [step * _ten(power) for power in (exponent, exponent + 1) for step in TOPS]
    return next(top for top in candidates if top >= value * (1 - 1e-9))
