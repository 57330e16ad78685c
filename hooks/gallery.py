"""The gallery: a page's figures drawn, framed with their points for the page, and as files of their own.

A picture is kept with everything that it was made from, like a page, so that a figure is not even asked what it shows
while nothing that it rests on has changed.
"""

import re
from hashlib import sha256
from html import escape
from pathlib import Path

from hooks.feeds.content import picture as as_file
from hooks.formula.evaluate import Scenario
from hooks.formula.format import Language
from hooks.kept.inputs import Inputs
from hooks.kept.trace import State, Trace
from hooks.languages import say
from hooks.live.scripts import compact
from hooks.page.fill import FigureRequest
from hooks.pictures.drawing import FigureProblem, Picture, picture
from hooks.problems import Problem
from hooks.rows import relative
from hooks.store import Store

IDS = re.compile(r"""(id="|url\(#)((?:clippath|pattern)-)""")
"""The ids of a drawing, which are to be unique in a page, and what refers to them."""

STEP = 'data-part="step-1"'
"""In a drawing that can be stepped through: an artist of the first step, drawn with `gid="step-1"`."""

STEPS = "<div class='steps' data-search-exclude></div>"
"""Where the buttons of such a drawing go (`hooks/live/browser/steps.js`); nothing without scripts."""


class Gallery:
    """The figures of one build, which asks for what they show in the name of the page that they stand on.

    `cache` is the folder of drawings, if there is one, `house` what they rest on besides their own file and the
    numbers, and `state` that of the numbers.
    """

    def __init__(
        self,
        root: Path,
        language: Language,
        cache: Path | None,
        house: str,
        inputs: Inputs,
        state: State,
    ):
        self._root, self._language, self._cache, self._inputs, self._state = (
            root,
            language,
            cache,
            inputs,
            state,
        )
        self._store = Store(cache, house) if cache else None
        self._points: dict[str, dict[str, str]] = {}

    def draw(
        self, requests: list[FigureRequest], scenario: Scenario, problems: list[Problem]
    ) -> dict[str, Picture]:
        """A page's pictures, by token; a mistake in a figure's file is a problem, and there is no picture of it."""
        drawn = {}
        for request in requests:
            self._inputs.add(f"file {relative(request.path.resolve(), self._root)}")
            try:
                drawn[request.token] = self._picture(request, scenario)
            except FigureProblem as error:
                problems.append(error.problem)
        return drawn

    def _picture(self, request: FigureRequest, scenario: Scenario) -> Picture:
        if not (self._store and request.path.is_file()):
            return picture(request.path, scenario, self._language, request.alt, self._cache)
        name = f"picture {(request.path.name, request.path.read_bytes(), request.alt, scenario.given, self._language)!r}"
        kept: tuple[Trace, Picture] | None = self._store.read(name, tuple[Trace, Picture])
        if kept and self._state.holds(kept[0]):
            self._inputs.add(*kept[0])
            return kept[1]
        with self._inputs.heard() as (names, others):
            drawn = picture(request.path, scenario, self._language, request.alt, self._cache)
        self._store.write(name, (self._state.trace(self._state.behind(names) | others), drawn))
        return drawn

    def shown(self, uri: str, request: FigureRequest, drawn: Picture) -> str:
        """A picture as it stands on a page, drawn for screens and for phones: a chart with a table of its points, and a link to all of them."""
        said = f' data-alt="{escape(request.said)}"' if request.said else ""
        live = compact(drawn.live)
        chart = f' data-chart="{escape(live)}"' if live else ""
        drawings = {"wide": (drawn.svg, chart + said), "phone": (drawn.phone, said)}
        svg = "".join(
            IDS.sub(rf"\1{request.token}-{size}-\2", drawing.replace("<svg", f"<svg{wires}", 1))
            for size, (drawing, wires) in drawings.items()
        )
        if not drawn.rows:
            return svg + (STEPS if STEP in drawn.svg else "")
        name = f"{request.token}.csv"
        self._points.setdefault(uri, {})[str(Path(uri).parent / name)] = drawn.csv
        head = "".join(
            f"<th scope='col'>{escape(column)}</th>" if column else "<td></td>"
            for column in drawn.columns
        )
        rows = "".join(
            f"<tr><th scope='row'>{escape(row[0])}</th>"
            + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in drawn.rows
        )
        label = say("The points of this figure", "这张图的数据", self._language)
        return (
            f"{svg}<details class='points' data-search-exclude><summary>{label}</summary>"
            f"<div class='points-scroll' tabindex='0' role='group' aria-label='{label}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
            f"<a href='{name}' download>CSV</a></details>"
        )

    def points(self, uri: str) -> dict[str, str]:
        """The points of a page's charts as files, by address, handed out once."""
        return self._points.pop(uri, {})

    def file(self, svg: str) -> str:
        """A drawing as a file of its own, kept beside it."""
        return (
            str(
                self._store.made(
                    f"file {sha256(svg.encode()).hexdigest()}", str, lambda: as_file(svg)
                )
            )
            if self._store
            else as_file(svg)
        )
