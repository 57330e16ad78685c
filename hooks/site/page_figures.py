"""The figures of a page: drawn, framed with their points for the page, and as separate files."""

import re
from hashlib import sha256
from html import escape
from pathlib import Path

from hooks.cache.store import Store
from hooks.live.scripts import compact
from hooks.page.filled import FigureRequest, Filled, LiveParts
from hooks.page.placeholders import Fragment
from hooks.pictures.drawing import FigureProblem, Picture, draw_picture
from hooks.publish.feeds.content import figure_file, pictured
from hooks.site.project import Project
from hooks.text.languages import Language, say

Pictures = dict[str, Picture]
"""The pictures of a page by the token of their figure."""

IDS = re.compile(r"""(id="|url\(#)((?:clippath|pattern)-)""")
"""The ids of a drawing, which are to be unique in a page, and what refers to them."""

STEP = 'data-part="step-1"'
"""In a drawing that can be stepped through: an artist of the first step, drawn with `gid="step-1"`.
"""

STEPS = "<div class='steps' data-search-exclude></div>"
"""Where the buttons of such a drawing go (`hooks/live/browser/steps.js`); nothing without scripts.
"""

HANDLES = "<div class='handles' data-search-exclude><p>{}</p></div>"
"""Where the handles of a timeline go (`hooks/live/browser/timeline.js`); without scripts and on
paper a sentence says that there are some.
"""


def draw_figures(filled: Filled, project: Project, inputs: set[str]) -> Pictures:
    """A page's pictures, by token, each put where its figure stands. A mistake in a figure's file
    is a problem.
    """
    drawn: Pictures = {}
    for request in filled.figures:
        inputs.add(f"file {project.settings.relative(request.path)}")
        try:
            one = draw_picture(
                request.path,
                filled.scenario,
                project.language,
                request.alt,
                project.settings.drawings,
                project.settings.root,
            )
        except FigureProblem as error:
            filled.problems.append(error.problem)
            filled.placeholders.replace(request.sign, Fragment("", "", "", block=True))
            continue
        inputs |= {f"file {path}" for path in one.inputs}
        drawn[request.token] = one
        fragment = Fragment(
            shown(request, one, project.language),
            pictured(request.token, one.svg, request.alt),
            "",
            block=True,
        )
        filled.placeholders.replace(request.sign, fragment)
    return drawn


def with_charts(filled: Filled, pictures: Pictures, project: Project) -> LiveParts:
    """The live parts of a page, with what its pictures plot."""
    for term in (term for one in pictures.values() for term in one.terms):
        filled.live.terms.add(term)
        filled.live.fields |= term.follows(project.engine.library)
    return filled.live


def points_file(token: str) -> str:
    """The name of the file with a chart's points, beside its page."""
    return f"{token}.csv"


def shown(request: FigureRequest, drawn: Picture, language: Language) -> str:
    """A picture on a page, drawn for screens and for phones: a chart with a table of its points,
    and a link to all of them.
    """
    alt = f' data-alt="{escape(request.live_alt)}"' if request.live_alt else ""
    live = compact(drawn.live)
    chart = f' data-chart="{escape(live)}"' if live else ""
    drawings = {"wide": (drawn.svg, chart + alt), "phone": (drawn.phone, alt)}
    svg = "".join(
        IDS.sub(rf"\1{request.token}-{size}-\2", drawing.replace("<svg", f"<svg{wires}", 1))
        for size, (drawing, wires) in drawings.items()
    )
    if not drawn.rows:
        if "lanes" in drawn.live:
            return svg + HANDLES.format(say("timeline.online", language))
        return svg + (STEPS if STEP in drawn.svg else "")
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
    label = say("chart.points", language)
    return (
        f"{svg}<details class='points' data-search-exclude><summary>{label}</summary>"
        f"<div class='points-scroll' tabindex='0' role='group' aria-label='{label}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"<a href='{points_file(request.token)}' download>CSV</a></details>"
    )


def as_file(svg: str, cache: Path | None) -> str:
    """A drawing as a file. Without the cache each takes some 20 ms to write."""
    if cache is None:
        return figure_file(svg)
    name = f"file {sha256(svg.encode()).hexdigest()}"
    return Store(cache).made(name, str, lambda: figure_file(svg))
