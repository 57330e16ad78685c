"""A figure file in, a picture out; drawn again only when something that it shows has changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from hooks.formula.evaluate import Scenario
from hooks.formula.reference import PinnedName
from hooks.pictures.drawing_cache import OWN, ROOT, DrawingCache
from hooks.pictures.figure_file import FigureFile, LineMistake
from hooks.pictures.labels import shown_value
from hooks.pictures.live import Wire, Wires
from hooks.pictures.render import Figure, render_diagram
from hooks.pictures.sampling import plotted, sampled
from hooks.pictures.tracing import reading
from hooks.text.languages import Language, either
from hooks.text.problems import Problem

FOLLOWS = re.compile(
    r'<tspan data-shown="\d+">([^<]*)</tspan>| data-(?:axes="[^"]*"|[xy]="([^"]*)")'
)
"""What follows a scenario in a diagram."""


class FigureProblem(Exception):
    """A mistake in a figure file, as a problem with its path and line."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Picture:
    """An inline SVG, another for phones, and the numbers that it plots: a short table for the
    page, all of them as CSV. Diagrams have none.

    `live` is what a browser needs to draw it again for another scenario, and `terms` what it
    computes to do so; of a diagram, the numbers that it shows.
    """

    svg: str
    phone: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    csv: str = ""
    live: Wire = field(default_factory=dict)
    terms: frozenset[PinnedName] = frozenset()
    inputs: frozenset[str] = frozenset()
    """The files of the project that its file reads, and the modules that it imports, by their
    paths below the project.
    """


def draw_picture(
    path: Path,
    scenario: Scenario,
    language: Language,
    alt: str,
    cache: Path | None = None,
    root: Path = ROOT,
) -> Picture:
    """The picture of a figure file in a scenario. Raises FigureProblem for a mistake in the
    file.
    """
    figure = _Figure(FigureFile(path), scenario, language, alt, DrawingCache(cache, root))
    try:
        figure.file.read()
        with reading(root) as read:
            drawn = figure.diagram() if figure.file.draws else figure.chart()
        return replace(drawn, inputs=frozenset((read | figure.cache.read) - OWN))
    except (Exception, SystemExit) as error:
        raise FigureProblem(figure.file.problem(error)) from error


@dataclass(frozen=True)
class _Figure:
    """One figure file in a scenario and a language."""

    file: FigureFile
    scenario: Scenario
    language: Language
    alt: str
    cache: DrawingCache

    def chart(self) -> Picture:
        """A declared chart: sampled always, drawn when the sample is new."""
        module = self.file.run()
        if not hasattr(module, "chart"):
            raise LineMistake(
                1, "a figure file holds `chart = Chart(…)` or `def draw(ax, say, at):`"
            )
        chart = module.chart
        sample = sampled(chart, self.scenario, self.language)
        name, alt = self.file.name, self.alt
        svgs = self._drawn(repr(sample), lambda wide: plotted(sample, name, alt, wide))
        rows = [list(row) for row in sample.texts]
        wires = Wires(self.scenario, self.language)
        wire = wires.chart(chart)
        return Picture(
            *svgs,
            list(sample.columns),
            rows,
            sample.csv(),
            wire,
            frozenset(wires.terms if wire else ()),
        )

    def diagram(self) -> Picture:
        """A drawn diagram: new when its text or one of the values that it shows is."""
        texts = self.file.shown()
        wires = Wires(self.scenario, self.language)
        followed = wires.diagram(texts)
        shows = list(dict.fromkeys(followed.values()))
        places = {text: shows.index(reference) for text, reference in followed.items()}
        shown = {
            text: shown_value(text, self.scenario, self.language, places.get(text))
            for text in texts
        }

        def words(en: str, zh: str) -> str:
            return either(en, zh, self.language)

        def draw(figure: Figure) -> None:
            self.file.run().draw(figure.add_subplot(), words, shown.__getitem__)

        def drawn(wide: float) -> str:
            svg = render_diagram(draw, wide, self.file.name, self.alt)
            places = " ".join(match[2] or "" for match in FOLLOWS.finditer(svg))
            followed = {int(place) for place in re.findall(r"n(\d+)", places)}
            asked = {value.place for value in shown.values() if value.drawn} - {None}
            return svg if asked <= followed else FOLLOWS.sub(lambda match: match[1] or "", svg)

        content = [(text, *value.content) for text, value in sorted(shown.items())]
        live = {"shows": shows} if shows else {}
        return Picture(*self._drawn(repr(content), drawn), live=live, terms=frozenset(wires.terms))

    def _drawn(self, content: str, draw: Callable[[float], str]) -> tuple[str, str]:
        shown = [self.file.source, self.file.name, self.language, self.alt, content]
        return self.cache.drawings(shown, draw)
