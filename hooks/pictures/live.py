"""What a browser needs to draw a picture again in another scenario: marks and words,
references, axes and units.
"""

from collections.abc import Iterable
from typing import Any

from hooks.formula.declaration import Setting
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.quantity import Reason
from hooks.formula.reference import PinnedName, Reference, beside_references
from hooks.pictures.axis import Axis
from hooks.pictures.chart import (
    Best,
    Chart,
    Diagonal,
    Dot,
    Limit,
    Line,
    Mark,
    Measured,
    Part,
    Region,
    Roof,
    Scores,
    Timeline,
)
from hooks.pictures.curves import finer, measured, predicted, value_table
from hooks.pictures.labels import (
    REFERENCE,
    Scale,
    Words,
    finite_number,
    pins,
    read_label,
    scale,
    titles,
)
from hooks.pictures.plot import number_length
from hooks.text.languages import Language

ASKED = (
    "decode_step",
    "longest_gap",
    "prompt",
    "chunk_size",
    "arrival_rate",
    "sequences_per_request",
)
"""What a browser computes to draw a timeline."""

Wire = dict[str, Any]
"""What the page's own markup says of a picture, as JSON."""


class Wires:
    """The wiring of one picture, and in `terms` what a browser computes for it."""

    def __init__(self, scenario: Scenario, language: Language):
        self.scenario, self.language = scenario, language
        self.terms: set[PinnedName] = set()

    def diagram(self, texts: Iterable[str]) -> dict[str, str]:
        """A diagram: of the numbers that it shows those that a scenario changes, each with what
        a browser reads for it.
        """
        read = {text: read_label(text, self.scenario) for text in texts}
        return {
            text: self._reference_text(reference)
            for text, reference in read.items()
            if not self._fixed(reference)
        }

    def timeline(self, chart: Timeline) -> Wire:
        """A timeline: what its lanes are called. Its beats are asked of the formulas by name."""
        self.terms |= {PinnedName(name) for name in ASKED}
        lanes = [self._words(words) for words in (chart.whole, chart.chunked)]
        return {"lanes": lanes, "arrivals": self._words(chart.arrivals)}

    def chart(self, chart: Chart | Timeline) -> Wire:
        """A declared chart; nothing where no scenario changes it. The drawing itself says where
        its frame lies.
        """
        if isinstance(chart, Timeline):
            return self.timeline(chart)
        if any(isinstance(mark, Scores) for mark in chart.marks):
            return {}  # a result stays where it was measured
        first = next(text for mark in chart.marks if (text := _leading(mark)))
        shown = scale(read_label(first, self.scenario), self.scenario, chart.unit)
        wire = {"title": self._words(titles(chart.title, shown)), "axis": self._words(chart.axis)}
        wire |= {"of": str(shown.of), "unit": chart.unit, "shown": shown.unit(self.language)}
        wire |= self._bars(chart, shown) if chart.bars else self._curves(chart)
        follows = {field for term in self.terms for field in term.follows(self.scenario.library)}
        return {key: value for key, value in wire.items() if value is not None} if follows else {}

    def _curves(self, chart: Chart) -> Wire:
        swept = self.scenario.library.names[chart.over]
        own, across = isinstance(swept, Setting), Axis(*chart.span, "x" in chart.log)
        self.terms |= {PinnedName(chart.over)} if own else set()
        return {
            "marks": [self._mark(mark) for mark in chart.marks],
            "over": chart.over if own else "",
            "across": str(swept.unit),
            "span": list(chart.span),
            "log": chart.log,
            "decades": chart.decades if "y" in chart.log else None,
            "ticks": [
                [tick.text, round(across.position(tick.value), 9)]
                for tick in across.ticks(self.language, chart.ticks)
            ],
            "grid": [_plain(value) for value in finer(chart, self.scenario)],
            "table": [_plain(value) for value in value_table(chart, self.scenario)],
        }

    def _mark(self, mark: Mark) -> list[Any]:
        """A mark's kind, its name, and what it refers to."""
        kind, label = type(mark).__name__.lower(), self._words(mark.label)
        match mark:
            case Line() | Limit() | Region():
                return [kind, label, self._value(mark.reference)]
            case Roof():
                return [kind, label, self._value(mark.flat), self._value(mark.slope)]
            case Diagonal():
                return ["guide", label, mark.share]
            case Dot():
                return [kind, label, self._value(mark.reference), self._value(mark.across)]
            case Best():
                among = [_plain(value) for value in mark.among]
                return [
                    kind,
                    label,
                    self._value(mark.reference),
                    self._value(mark.least),
                    among,
                ]
            case Measured():
                across = finite_number(predicted(mark.measurement, self.scenario))
                return ["dot", label, self._value(measured(mark)), across]
        raise TypeError(mark)

    def _bars(self, chart: Chart, shown: Scale) -> Wire:
        pinned = [pins(bar.pins, self.scenario) for bar in chart.bars]
        parts = [mark for mark in chart.marks if isinstance(mark, Part)]
        return {
            "fits": number_length(shown.unit(self.language)),
            "marks": [
                [
                    "part",
                    self._words(part.label),
                    self._value(part.reference, pinned),
                    int(part.up_to),
                ]
                for part in parts
            ],
            "bars": [
                [
                    self._words(bar.label, given),
                    self._words(bar.note, given),
                    {key: _plain(value) for key, value in given.items()},
                ]
                for bar, given in zip(chart.bars, pinned, strict=True)
            ],
        }

    def _words(self, words: Words, given: Given | None = None) -> str:
        """Words in the page's language, with what a scenario changes as references in braces."""

        def wired(text: str) -> str:
            reference = read_label(text, self.scenario)
            if self._fixed(reference):
                return beside_references(reference.text(self.scenario, self.language))
            return "{" + self._reference_text(reference, [given or {}]) + "}"

        return REFERENCE.sub(lambda match: wired(match[1]), words[self.language == "zh"])

    def _value(self, text: str, given: list[Given] | None = None) -> str | float:
        """A reference, or the number that no scenario changes."""
        reference = read_label(text, self.scenario)
        value = reference.value(self.scenario)
        if isinstance(value, float) and self._fixed(reference):
            return _plain(value)
        return self._reference_text(Reference(reference.top, reference.bottom), given)

    def _fixed(self, reference: Reference) -> bool:
        """Whether no scenario changes a reference. One without a value is not: the browser is
        to say why.
        """
        open_fields = reference.follows(self.scenario.library)
        return not open_fields and not isinstance(reference.value(self.scenario), Reason)

    def _reference_text(self, reference: Reference, given: list[Given] | None = None) -> str:
        """A reference as the page writes it. `given` is what the bars pin in which it is
        computed.
        """
        wire, library = reference.wire(self.scenario), self.scenario.library
        for term in reference.terms():
            if str(term) in wire:
                self.terms |= {term.within(bar, library) for bar in given or [{}]}
        return wire


def _leading(mark: Mark) -> str:
    """The reference of a mark whose values are shown upright, or by which bars are long."""
    match mark:
        case Line() | Dot() | Best() | Part():
            return mark.reference
        case Roof():
            return mark.flat
        case Measured():
            return measured(mark)
    return ""


def _plain(value: float | str) -> float | str:
    """A whole number without its point."""
    return (
        int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        else value
    )
