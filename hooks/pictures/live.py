"""What a browser needs to sample a chart again in another scenario: names, pins and axes."""

from typing import Any

from hooks.formula.evaluate import Scenario
from hooks.pictures.chart import Added, Band, Chart, Diagonal, Mark, Measured, Part, Scores
from hooks.pictures.curves import grid
from hooks.pictures.words import pins, read


def live(chart: Chart, scenario: Scenario) -> dict[str, Any]:
    """The chart for a browser; the drawing itself says where its frame lies."""
    common = {"log": chart.log, "unit": chart.unit, "marks": [_mark(mark, scenario) for mark in chart.marks]}
    if chart.bars:
        return common | {"bars": [pins(bar.pins, scenario) for bar in chart.bars]}
    if any(isinstance(mark, Scores) for mark in chart.marks):
        return common  # a result stays where it was measured
    across = float(scenario.library.names[chart.over].unit.factor)
    swept = {"over": chart.over, "across": across, "span": chart.span, "decades": chart.decades}
    return common | swept | {"grid": grid(chart, scenario)}


def _mark(mark: Mark, scenario: Scenario) -> dict[str, Any]:
    """What a mark refers to, each as one name with its pins, or two for a ratio. Some marks stay as they are."""
    if isinstance(mark, (Measured, Diagonal, Scores, Band, Added)):
        return {"kind": "fixed"}
    texts = {key: getattr(mark, key) for key in ("reference", "across", "flat", "slope") if hasattr(mark, key)}
    named = {
        key: [{"name": term.name, "pins": dict(term.pins)} for term in read(text, scenario).terms()]
        for key, text in texts.items()
    }
    return {"kind": type(mark).__name__.lower()} | named | ({"up_to": mark.up_to} if isinstance(mark, Part) else {})
