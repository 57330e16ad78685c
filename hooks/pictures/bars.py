"""Bars, each stacked from the same parts in its own setting, sampled in a scenario."""

from hooks.formula.evaluate import Scenario, Value
from hooks.formula.format import Language
from hooks.formula.quantity import Reason
from hooks.page.reference import Reference
from hooks.pictures.axis import quarters
from hooks.pictures.chart import Chart, Part
from hooks.pictures.sample import Piece, Sample, Stack
from hooks.pictures.words import Scale, brief, fill, pins, read, titled

Edges = tuple[float, float] | Reason
"""Where a part starts and ends, or why it has no size."""


def bars(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    """The sample of a bar chart. Refuses what a reference on a page would refuse."""
    parts = [mark for mark in chart.marks if isinstance(mark, Part)]
    references = [read(part.reference, scenario, display=chart.unit) for part in parts]
    scale = Scale(references[0].unit(scenario.library), chart.unit)
    settings = [scenario.but(pins(bar.pins, scenario)) for bar in chart.bars]
    edges = [_stacked(parts, references, setting) for setting in settings]
    ends = [edge[1] / scale.factor for row in edges for edge in row if not isinstance(edge, Reason)]
    axis = quarters(max(ends, default=0.0))
    stacks, numbers, texts = [], [], []
    for bar, setting, row in zip(chart.bars, settings, edges, strict=True):
        sizes: list[Value] = [edge if isinstance(edge, Reason) else edge[1] - edge[0] for edge in row]
        words = [scale.text(size, language) for size in sizes]
        pieces = [
            Piece(part, axis.at(edge[0] / scale.factor), axis.at(edge[1] / scale.factor), words[part])
            for part, edge in enumerate(row)
            if not isinstance(edge, Reason)
        ]
        label = fill(bar.label, setting, language)
        stacks.append(Stack(label, brief(bar.note, setting, language), tuple(pieces)))
        numbers.append((label, *map(scale.number, sizes)))
        texts.append((label, *words))
    names = tuple((part.role, fill(part.label, scenario, language)) for part in parts)
    return Sample(
        title=titled(chart.title, scale, scenario, language),
        unit=scale.unit(language),
        axis=fill(chart.axis, scenario, language),
        x_ticks=axis.ticks(),
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
        if isinstance(value, (Reason, str)):
            edges.append(value if isinstance(value, Reason) else Reason(value, value))
            continue
        end = max(top, value) if part.up_to else top + value
        edges.append((top, end))
        top = end
    return edges
