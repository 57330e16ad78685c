"""A declared chart as points and texts, and drawn, by what kind of chart it is."""

from hooks.formula.evaluate import Scenario
from hooks.pictures.bars import bars
from hooks.pictures.board import board
from hooks.pictures.chart import Chart, Scores, Timeline
from hooks.pictures.curves import curves
from hooks.pictures.plot import plot
from hooks.pictures.sample import Sample
from hooks.pictures.timeline import TimelineSample, timeline
from hooks.pictures.timeline_plot import plot_timeline
from hooks.text.languages import Language


def sampled(
    chart: Chart | Timeline, scenario: Scenario, language: Language
) -> Sample | TimelineSample:
    """The sample of a chart: beats over time, bars, published results, or curves."""
    if isinstance(chart, Timeline):
        return timeline(chart, scenario, language)
    if chart.bars:
        return bars(chart, scenario, language)
    if any(isinstance(mark, Scores) for mark in chart.marks):
        return board(chart, scenario, language)
    return curves(chart, scenario, language)


def plotted(sample: Sample | TimelineSample, name: str, alt: str, wide: float) -> str:
    """A sample as inline SVG."""
    if isinstance(sample, TimelineSample):
        return plot_timeline(sample, name, alt, wide)
    return plot(sample, name, alt, wide)
