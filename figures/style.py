"""How a picture looks: the only file that knows colours and SVG, and the tools that figures draw with.

matplotlib draws, and what it wrote is cleaned to one element of the page. It sees stand-ins: it neither measures Han
characters, nor reads a dollar sign as itself, nor keeps a curve that lies outside the sheet. What an element becomes
in the page travels through matplotlib in the element's own id, as JSON.
"""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from hooks.pictures.axis import Point
from hooks.pictures.placement import SIZE, WIDTH, Anchor, Box
from hooks.pictures.words import Shown
from hooks.problems import Mistake

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes
else:
    Axes = Any  # matplotlib is loaded only to draw

Say = Callable[[str, str], str]
At = Callable[[str], Shown]

ROLES = {
    "ink": ("#21242b", "#e2e4e9"),
    "faint": ("#8a8f99", "#7d828e"),
    "compute": ("#0b5fc0", "#7cb7ff"),
    "weights": ("#b5480b", "#ff9a5c"),
    "kv": ("#a0328c", "#f08ad6"),
    "network": ("#03785a", "#4fd1a5"),
    "paper": ("#ffffff", "#1e2129"),
}
"""Each role's colour on white and on the dark ground: words 5.4 : 1 or better, hairlines (faint) 3 : 1."""

QUIET = 0.72
"""How much ink the numbers on an axis take: still 5 : 1."""

HAIR, FINE, BOLD = 0.6, 1.2, 2.2
LAYER = 2
"""One layer for everything, so that what is drawn later lies on top."""

STAND_IN: list[Point] = [(0, 0), (1, 0), (1, 1)]
"""What matplotlib draws where the page gets something else."""


# What is drawn with


def label(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    role: str = "ink",
    anchor: Anchor = "start",
    bold: bool = False,
    part: str = "",
    rim: bool = False,
) -> None:
    """Words whose baseline is at y, in a role's colour or quiet ink. A rim of paper keeps them legible on a line."""
    if text:
        ax.text(
            x,
            y,
            "x",
            color=_colour("ink" if role == "quiet" else role),
            alpha=QUIET if role == "quiet" else None,
            ha={"start": "left", "middle": "center", "end": "right"}[anchor],
            va="baseline",
            fontsize=SIZE,
            fontweight="bold" if bold else "normal",
            zorder=LAYER,
            gid=_becomes(part, words=text, rim=rim or None),
        )


def box(
    ax: Axes,
    x: float,
    y: float,
    wide: float,
    high: float,
    role: str = "ink",
    fill: float = 0.14,
    edge: float = FINE,
    part: str = "",
) -> None:
    """A box with its upper left corner at (x, y), tinted with its role.

    One of no width is left out, unless it is a named part: that keeps its place, for a browser to fill.
    """
    if wide > 0 or part:
        corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
        _shape(ax, corners, role, fill, edge, _becomes(part, path="" if part and wide < 0.1 else None))


def line(
    ax: Axes,
    points: list[Point],
    role: str = "faint",
    thick: float = FINE,
    dashed: bool = False,
    part: str = "",
    path: str | None = None,
) -> None:
    """A line through points; `path` is what it becomes in the page where that is something else."""
    _stroke(ax, points, role, thick, _becomes(part, path=path), dashed)


def _stroke(ax: Axes, points: list[Point], role: str, thick: float, becomes: str | None, dashed: bool = False) -> None:
    dashes: Any = (0, (4 / thick, 3 / thick)) if dashed else "-"
    ax.plot(
        [x for x, _ in points],
        [y for _, y in points],
        color=_colour(role),
        linewidth=thick,
        linestyle=dashes,
        solid_capstyle="round",
        solid_joinstyle="round",
        gid=becomes,
        zorder=LAYER,
    )


def arrow(ax: Axes, start: Point, end: Point, role: str = "ink", thick: float = FINE) -> None:
    """A straight arrow."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    head = 4 + 2.5 * thick
    neck = (end[0] - head * along[0], end[1] - head * along[1])
    wings = [(neck[0] + side * head * 0.42 * along[1], neck[1] - side * head * 0.42 * along[0]) for side in (1, -1)]
    line(ax, [start, neck], role, thick)
    _shape(ax, [end, *wings], role)


def dot(ax: Axes, x: float, y: float, role: str = "ink", radius: float = 4.2, part: str = "") -> None:
    """A dot with a rim of paper, so that it stands out from a line through it."""
    circle = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:g}"}
    _shape(ax, STAND_IN, role, 1, 1.4, _becomes(part, circle=circle), "paper")


def score(ax: Axes, x: float, y: float, role: str, look: str, hint: str = "") -> None:
    """One of many: a `dot`, `ring` or `square` with a rim of paper, or a faint `cross`; `hint` is its name."""
    reach = 2.8
    if look == "cross":
        path = "".join(f"M{x - reach:.1f} {y - k * reach:.1f}L{x + reach:.1f} {y + k * reach:.1f}" for k in (1, -1))
        _stroke(ax, STAND_IN, role, FINE, _becomes("", path=path, hint=hint or None))
    elif look == "square":
        corners = [(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)]
        _shape(ax, corners, role, 1, 1, _becomes("", hint=hint or None), "paper")
    else:
        circle = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3.4" if look == "dot" else "3"}
        inside, rim = (role, "paper") if look == "dot" else ("paper", role)
        _shape(
            ax, STAND_IN, inside, 1, 1 if look == "dot" else 1.5, _becomes("", circle=circle, hint=hint or None), rim
        )


def curve(ax: Axes, runs: list[list[Point]], role: str, kind: str, part: str) -> None:
    """A `line`, dashed `guide`, closed `area` or edgeless `band` in runs of points.

    Its path is written here, as a browser would.
    """
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) + "Z" * (kind in ("area", "band")) for run in runs
    )
    if kind in ("area", "band"):
        fill, edge = (0.28, FINE) if kind == "area" else (0.2, 0)
        _shape(ax, STAND_IN, role, fill, edge, _becomes(part, path=path))
    else:
        line(ax, STAND_IN, role, FINE if kind == "guide" else BOLD, kind == "guide", part, path)


def _shape(
    ax: Axes,
    corners: list[Point],
    role: str,
    fill: float = 1,
    edge: float = 0,
    becomes: str | None = None,
    edge_role: str = "",
) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Polygon

    face, rim = to_rgba(_colour(role), fill), _colour(edge_role or role) if edge else "none"
    ax.add_patch(Polygon(corners, facecolor=face, edgecolor=rim, linewidth=edge, gid=becomes, zorder=LAYER))


def _becomes(part: str, **given: Any) -> str | None:
    """What an element becomes in the page, as an id: its part, and its words or its path or a circle."""
    kept = {key: value for key, value in {"part": part or None, **given}.items() if value is not None}
    return json.dumps(kept) if kept else None


def _colour(role: str) -> str:
    return ROLES[role][0]


# From matplotlib to one element of the page


def render(draw: Callable[[Axes], None], high: float, name: str, alt: str, frame: Box | None = None) -> str:
    """Draw on a fresh sheet and give the SVG; `data-frame` says where a chart's frame lies in it."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "path.simplify": False}):
        figure = Figure(figsize=(WIDTH / 72, high / 72))
        FigureCanvasSVG(figure)
        figure.patch.set_visible(False)
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set_autoscale_on(False)
        ax.set_xlim(0, WIDTH)
        ax.set_ylim(high, 0)
        draw(ax)
        target = io.StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    given = {"viewBox": f"0 0 {WIDTH} {high:g}", "class": "figure-sheet", "data-figure": name}
    given |= {"data-frame": " ".join(f"{edge:.1f}" for edge in frame)} if frame else {}
    given |= {"role": "img", "aria-label": alt, "font-size": f"{SIZE:g}"}
    sheet = ElementTree.Element("svg", given)
    for becomes, element in _drawn(ElementTree.fromstring(target.getvalue())):
        sheet.append(_cleaned(element, becomes))
    return ElementTree.tostring(sheet, encoding="unicode") + "\n"


def _drawn(
    element: ElementTree.Element, becomes: dict[str, Any] | None = None
) -> Iterator[tuple[dict[str, Any], ElementTree.Element]]:
    """Every path and text with what it becomes, in the order of drawing; matplotlib numbers the rest itself."""
    for child in element:
        tag, given = child.tag.rpartition("}")[2], child.get("id", "")
        if tag in ("path", "text"):
            yield becomes or {}, child
        elif tag == "g":
            yield from _drawn(child, json.loads(given) if given.startswith("{") else becomes)


def _cleaned(element: ElementTree.Element, becomes: dict[str, Any]) -> ElementTree.Element:
    """What is drawn and nothing else: no style sheet, no ids, no fonts, and colours that follow the page."""
    style = dict(pair.split(": ", 1) for pair in element.get("style", "").split("; ") if pair)
    part = {"data-part": becomes["part"]} if "part" in becomes else {}
    if element.tag.endswith("}text"):
        text = ElementTree.Element("text", _set(element, style) | part | {"style": _ink(style, becomes.get("rim"))})
        text.text = becomes.get("words", element.text)
        return text
    unsaid = ("stroke-dashoffset", "stroke-linejoin")
    look = {"style": ";".join(f"{key}:{_variable(value)}" for key, value in style.items() if key not in unsaid)}
    if "circle" in becomes:
        drawn = ElementTree.Element("circle", becomes["circle"] | part | look)
    else:
        drawn = ElementTree.Element("path", {"d": becomes.get("path", _short(element.get("d", "")))} | part | look)
    if "hint" in becomes:
        ElementTree.SubElement(drawn, "title").text = becomes["hint"]
    return drawn


def _set(element: ElementTree.Element, style: dict[str, str]) -> dict[str, str]:
    """Where words stand, and how they are set."""
    given = {"x": _short(element.get("x", "0")), "y": _short(element.get("y", "0"))}
    given |= {"text-anchor": style["text-anchor"]} if style.get("text-anchor", "start") != "start" else {}
    return given | ({"font-weight": "600"} if style.get("font-weight", "400") != "400" else {})


def _ink(style: dict[str, str], rim: bool | None) -> str:
    """The colour of words, and the rim around them."""
    quiet = f";fill-opacity:{style['opacity']}" if "opacity" in style else ""
    paper = f";stroke:{_variable(_colour('paper'))};stroke-width:4;stroke-linejoin:round;paint-order:stroke"
    return f"fill:{_variable(style['fill'])}{quiet}{paper if rim else ''}"


def variable(role: str) -> str:
    """The page's name for a role's colour. Paper is whatever the page is printed on."""
    return "--md-default-bg-color" if role == "paper" else f"--fig-{role}"


def _variable(value: str) -> str:
    """A colour as the page's own variable, with the light one for feeds and saved files."""
    for role, (light, _) in ROLES.items():
        if value == light:
            return f"var({variable(role)}, {light})"
    if value.startswith("#"):
        raise Mistake(f"{value} is nobody's colour: draw with a role, one of {', '.join(ROLES)}")
    return value


def _short(path: str) -> str:
    """Coordinates to a tenth of a unit, without white space that nobody needs."""
    rounded = re.sub(r"-?\d+\.\d+", lambda number: f"{round(float(number[0]), 1) + 0.0:g}", path)
    return re.sub(r"\s*([MLQCzZ])\s*", r"\1", rounded).strip()
