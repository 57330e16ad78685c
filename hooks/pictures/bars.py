"""Bars, each stacked from the same parts in its own setting. `hooks/live/browser/chart.js` does the
same.
"""

from hooks.formula.evaluate import Scenario, Value
from hooks.formula.reference import Reference
from hooks.pictures.axis import Axis, quarters
from hooks.pictures.chart import Chart, Part
from hooks.pictures.labels import fill_label, finite_number, pins, read_label, scale, titled
from hooks.pictures.sample import Sample, Segment, Stack
from hooks.text.languages import Language

Edges = tuple[float, float] | Value
"""Where a part starts and ends, or why it has no size."""

BELOW = 26 / 56
"""The room under the last bar for the names of its parts, in rows."""


def bars(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    """The sample of a bar chart. Refuses what a reference on a page would refuse."""
    parts = [mark for mark in chart.marks if isinstance(mark, Part)]
    references = [read_label(part.reference, scenario, display=chart.unit) for part in parts]
    shown = scale(references[0], scenario, chart.unit)
    settings = [scenario.pinned(pins(bar.pins, scenario)) for bar in chart.bars]
    edges = [_stacked(parts, references, setting) for setting in settings]
    ends = [edge[1] / shown.factor for row in edges for edge in row if isinstance(edge, tuple)]
    axis = quarters(max(ends, default=0.0))
    stacks, numbers, texts = [], [], []
    for bar, setting, row in zip(chart.bars, settings, edges, strict=True):
        sizes: list[Value] = [
            edge[1] - edge[0] if isinstance(edge, tuple) else edge for edge in row
        ]
        words = [shown.text(size, language) for size in sizes]
        pieces = [
            Segment(part, edge[0] / shown.factor, edge[1] / shown.factor, words[part])
            for part, edge in enumerate(row)
            if isinstance(edge, tuple)
        ]
        label = fill_label(bar.label, setting, language)
        stacks.append(Stack(label, fill_label(bar.note, setting, language), tuple(pieces)))
        numbers.append((label, *map(shown.number, sizes)))
        texts.append((label, *words))
    names = tuple((part.role, fill_label(part.label, scenario, language)) for part in parts)
    return Sample(
        title=titled(chart.title, shown, scenario, language),
        unit=shown.unit(language),
        axis=fill_label(chart.axis, scenario, language),
        x=axis,
        y=Axis(len(stacks) + BELOW, 0.0, False),
        x_ticks=axis.ticks(language),
        columns=("", *(name for _, name in names)),
        numbers=tuple(numbers),
        texts=tuple(texts),
        bars=tuple(stacks),
        parts=names,
    )


def _stacked(parts: list[Part], references: list[Reference], setting: Scenario) -> list[Edges]:
    edges: list[Edges] = []
    top = 0.0
    for part, reference in zip(parts, references, strict=True):
        value = reference.value(setting)
        size = finite_number(value)
        if size is None:
            edges.append(value)
            continue
        end = max(top, size) if part.up_to else top + size
        edges.append((top, end))
        top = end
    return edges
