"""A declared chart as points and texts, by what kind of chart it is."""

from hooks.formula.evaluate import Scenario
from hooks.pictures.bars import bars
from hooks.pictures.board import board
from hooks.pictures.chart import Chart, Scores
from hooks.pictures.curves import curves
from hooks.pictures.sample import Sample
from hooks.text.languages import Language


def sampled(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    """The sample of a chart: bars, published results, or curves."""
    if chart.bars:
        return bars(chart, scenario, language)
    if any(isinstance(mark, Scores) for mark in chart.marks):
        return board(chart, scenario, language)
    return curves(chart, scenario, language)
