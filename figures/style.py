"""How a picture looks: the only file that knows colours and SVG, and the tools that figures draw with.

matplotlib draws, and what it wrote is cleaned to one element of the page. It sees stand-ins: it neither measures Han
characters, nor reads a dollar sign as itself, nor keeps a curve that lies outside the sheet. What an element becomes
in the page, and where it stands there, travels through matplotlib in the element's own id, as JSON.

A part is an element with a name, which a reader's browser finds and writes anew for another scenario
(`hooks/live/browser/chart.js`). `to` is where it is moved to, when what moves is the whole of it. A part that has
nothing to show, or is nowhere, is there as well, not displayed.
"""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from hooks.pictures.axis import Point, tenth
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

STAY: Point = (0.0, 0.0)
"""Where a part is moved to that stays where it is."""


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
    to: Point | None = STAY,
) -> None:
    """Words whose baseline is at y, in a role's colour or quiet ink. A rim of paper keeps them legible on a line."""
    if text or part:
        ax.text(
            0,
            0,
            "x",
            color=_colour("ink" if role == "quiet" else role),
            alpha=QUIET if role == "quiet" else None,
            ha={"start": "left", "middle": "center", "end": "right"}[anchor],
            va="baseline",
            fontsize=SIZE,
            fontweight="bold" if bold else "normal",
            zorder=LAYER,
            gid=_becomes(
                part, to if text else None, words=text, rim=rim or None, x=tenth(x), y=tenth(y)
            ),
        )


def note(ax: Axes, x: float, y: float, wide: float, high: float, text: str, part: str) -> None:
    """Words that the browser breaks into lines of its own, in a box with its upper left corner at (x, y)."""
    place = {"x": tenth(x), "y": tenth(y), "width": tenth(wide), "height": tenth(high)}
    ax.text(
        0, 0, "x", gid=_becomes(part, STAY if text else None, words=text, note=place), zorder=LAYER
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

    One of no width is left out, or not displayed where it is a part.
    """
    if wide > 0 or part:
        left, top, right, bottom = (tenth(edge) for edge in (x, y, x + wide, y + high))
        path = f"M{left} {top}H{right}V{bottom}H{left}Z"
        _shape(
            ax,
            role,
            fill,
            edge,
            _becomes(part, STAY if wide >= 0.1 or not part else None, path=path),
        )


def line(
    ax: Axes,
    points: list[Point],
    role: str = "faint",
    thick: float = FINE,
    dashed: bool = False,
    part: str = "",
    to: Point | None = STAY,
) -> None:
    """A line through points; a part without points is not displayed."""
    _stroke(ax, role, thick, _becomes(part, to if points else None, path=through(points)), dashed)


def through(points: Iterable[Point], closed: bool = False) -> str:
    """The path through points; none through no points."""
    steps = "L".join(f"{tenth(x)} {tenth(y)}" for x, y in points)
    return f"M{steps}{'Z' * closed}" if steps else ""


def _stroke(ax: Axes, role: str, thick: float, becomes: str | None, dashed: bool = False) -> None:
    dashes: Any = (0, (4 / thick, 3 / thick)) if dashed else "-"
    ax.plot(
        [x for x, _ in STAND_IN],
        [y for _, y in STAND_IN],
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
    wings = [
        (neck[0] + side * head * 0.42 * along[1], neck[1] - side * head * 0.42 * along[0])
        for side in (1, -1)
    ]
    line(ax, [start, neck], role, thick)
    _shape(ax, role, becomes=_becomes("", path=through([end, *wings], True)))


def dot(
    ax: Axes,
    x: float,
    y: float,
    role: str = "ink",
    radius: float = 4.2,
    part: str = "",
    to: Point | None = STAY,
) -> None:
    """A dot with a rim of paper, so that it stands out from a line through it."""
    circle = {"cx": tenth(x), "cy": tenth(y), "r": f"{radius:g}"}
    _shape(ax, role, 1, 1.4, _becomes(part, to, circle=circle), "paper")


def score(ax: Axes, x: float, y: float, role: str, look: str, hint: str = "") -> None:
    """One of many: a `dot`, `ring` or `square` with a rim of paper, or a faint `cross`; `hint` is its name."""
    reach = 2.8
    if look == "cross":
        path = "".join(
            through([(x - reach, y - k * reach), (x + reach, y + k * reach)]) for k in (1, -1)
        )
        _stroke(ax, role, FINE, _becomes("", path=path, hint=hint or None))
    elif look == "square":
        corners = [
            (x - reach, y - reach),
            (x + reach, y - reach),
            (x + reach, y + reach),
            (x - reach, y + reach),
        ]
        _shape(
            ax, role, 1, 1, _becomes("", path=through(corners, True), hint=hint or None), "paper"
        )
    else:
        circle = {"cx": tenth(x), "cy": tenth(y), "r": "3.4" if look == "dot" else "3"}
        inside, rim = (role, "paper") if look == "dot" else ("paper", role)
        _shape(
            ax,
            inside,
            1,
            1 if look == "dot" else 1.5,
            _becomes("", circle=circle, hint=hint or None),
            rim,
        )


def curve(ax: Axes, runs: list[list[Point]], role: str, kind: str, part: str) -> None:
    """A `line`, dashed `guide`, closed `area` or edgeless `band` in runs of points."""
    becomes = _becomes(
        part,
        STAY if runs else None,
        path="".join(through(run, kind in ("area", "band")) for run in runs),
    )
    if kind in ("area", "band"):
        fill, edge = (0.28, FINE) if kind == "area" else (0.2, 0)
        _shape(ax, role, fill, edge, becomes)
    else:
        _stroke(ax, role, FINE if kind == "guide" else BOLD, becomes, kind == "guide")


def _shape(
    ax: Axes,
    role: str,
    fill: float = 1,
    edge: float = 0,
    becomes: str | None = None,
    edge_role: str = "",
) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Polygon

    face, rim = to_rgba(_colour(role), fill), _colour(edge_role or role) if edge else "none"
    ax.add_patch(
        Polygon(STAND_IN, facecolor=face, edgecolor=rim, linewidth=edge, gid=becomes, zorder=LAYER)
    )


def _becomes(part: str, to: Point | None = STAY, **given: Any) -> str | None:
    """What an element becomes in the page, as an id: its part, where it is moved, and its words or path or circle."""
    moved = None if to is None or to is STAY else f"translate({tenth(to[0])} {tenth(to[1])})"
    named = {"part": part or None, "moved": moved, "hidden": True if to is None else None}
    kept = {key: value for key, value in {**named, **given}.items() if value is not None}
    return json.dumps(kept) if kept else None


def _colour(role: str) -> str:
    return ROLES[role][0]


# From matplotlib to one element of the page


def render(
    draw: Callable[[Axes], None], high: float, name: str, alt: str, frame: Box | None = None
) -> str:
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
        figure.savefig(
            target,
            format="svg",
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    given = {"viewBox": f"0 0 {WIDTH} {high:g}", "class": "figure-sheet", "data-figure": name}
    given |= {"data-frame": " ".join(tenth(edge) for edge in frame)} if frame else {}
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
    part |= {"transform": becomes["moved"]} if "moved" in becomes else {}
    part |= {"display": "none"} if "hidden" in becomes else {}
    if "note" in becomes:
        look = {
            "class": "figure-note",
            "style": f"color:{_variable(_colour('ink'))};white-space:pre-line",
        }
        words = ElementTree.Element("foreignObject", becomes["note"] | part | look)
        words.text = becomes["words"]
        return words
    if element.tag.endswith("}text"):
        place = _set(element, style, becomes)
        text = ElementTree.Element(
            "text", place | part | {"style": _ink(style, becomes.get("rim"))}
        )
        text.text = becomes.get("words", element.text)
        return text
    unsaid = ("stroke-dashoffset", "stroke-linejoin")
    look = {
        "style": ";".join(
            f"{key}:{_variable(value)}" for key, value in style.items() if key not in unsaid
        )
    }
    if "circle" in becomes:
        drawn = ElementTree.Element("circle", becomes["circle"] | part | look)
    else:
        drawn = ElementTree.Element(
            "path", {"d": becomes.get("path", _short(element.get("d", "")))} | part | look
        )
    if "hint" in becomes:
        ElementTree.SubElement(drawn, "title").text = becomes["hint"]
    return drawn


def _set(
    element: ElementTree.Element, style: dict[str, str], becomes: dict[str, Any]
) -> dict[str, str]:
    """Where words stand, and how they are set."""
    given = {axis: str(becomes.get(axis, _short(element.get(axis, "0")))) for axis in ("x", "y")}
    given |= (
        {"text-anchor": style["text-anchor"]}
        if style.get("text-anchor", "start") != "start"
        else {}
    )
    return given | ({"font-weight": "600"} if style.get("font-weight", "400") != "400" else {})


def _ink(style: dict[str, str], rim: bool | None) -> str:
    """The colour of words, and the rim around them."""
    quiet = f";fill-opacity:{style['opacity']}" if "opacity" in style else ""
    paper = f";stroke:{_variable(_colour('paper'))};stroke-width:4;stroke-linejoin:round;paint-order:stroke"
    colour = _variable(style["fill"]) if "fill" in style else "currentColor"
    return f"fill:{colour}{quiet}{paper if rim else ''}"


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
