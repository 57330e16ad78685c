"""A figure's file read back: the outlines and words that its own code has drawn, as numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

Step = tuple[str, tuple[tuple[float, float], ...]]
"""A command of a path and the points that it takes, all absolute: `("L", ((3, 4),))`."""

COMMAND = re.compile(r"([MLHVQCZ])([^MLHVQCZ]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}
MOVED = re.compile(r"translate\((\S+) (\S+)\)")
TURNED = re.compile(r"rotate\((\S+) ")


@dataclass(frozen=True)
class Look:
    """Colours as `#a0328c` or nothing, and how much of the ground shows through what is filled."""

    fill: str
    stroke: str
    opacity: float = 1.0
    thick: float = 1.0
    dashes: tuple[float, ...] = ()
    round: bool = False


@dataclass(frozen=True)
class Outline:
    """A path, and the box that clips it, if one does: left, top, width, height."""

    steps: tuple[Step, ...]
    look: Look
    clip: tuple[float, ...] = ()


@dataclass(frozen=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    look: Look


@dataclass(frozen=True)
class TextLine:
    """A text on one line, whose baseline is at y, turned by degrees. `rim` is the width of the
    paper around it.
    """

    x: float
    y: float
    text: str
    look: Look
    anchor: str = "start"
    bold: bool = False
    rim: float = 0.0
    turn: float = 0.0


Shape = Outline | Disc | TextLine


@dataclass(frozen=True)
class Drawing:
    """A figure: its size, that of its words, and its shapes in the order of drawing."""

    wide: float
    high: float
    size: float
    shapes: tuple[Shape, ...]


def read_shapes(svg: str) -> Drawing:
    """A figure by its file, in which every colour is resolved; text that a browser would break into
    lines is left out.
    """
    root = ElementTree.fromstring(svg)
    wide, high = (float(edge) for edge in root.get("viewBox", "0 0 1 1").split()[2:])
    return Drawing(wide, high, float(root.get("font-size", 13)), tuple(_shapes(root)))


def figure_texts(svg: str) -> list[str]:
    """What is written in a figure, by its file: no outline is read for that."""
    return [
        element.text
        for element in ElementTree.fromstring(svg)
        if element.tag.endswith("}text") and element.text
    ]


def _shapes(root: ElementTree.Element) -> Iterator[Shape]:
    clips = {
        f"url(#{clip.get('id')})": tuple(
            float(clip[0].get(key, 0)) for key in ("x", "y", "width", "height")
        )
        for clip in root.iter()
        if clip.tag.endswith("}clipPath")
    }
    hatched = {
        f"url(#{pattern.get('id')})": pattern[0].get("fill", "none")
        for pattern in root.iter()
        if pattern.tag.endswith("}pattern")
    }
    for element in root:
        given = element.attrib
        given["fill"] = hatched.get(given.get("fill", ""), given.get("fill", "#000000"))
        moved = MOVED.match(given.get("transform", ""))
        x, y = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
        match element.tag.rpartition("}")[2]:
            case "path":
                clip = clips.get(given.get("clip-path", ""), ())
                yield Outline(tuple(_steps(given.get("d", ""), x, y)), _look(given), clip)
            case "circle":
                yield Disc(
                    x + float(given["cx"]), y + float(given["cy"]), float(given["r"]), _look(given)
                )
            case "text" if element.text:
                turned = TURNED.match(given.get("transform", ""))
                rim = float(given["stroke-width"]) if given.get("paint-order") == "stroke" else 0.0
                yield TextLine(
                    x + float(given["x"]),
                    y + float(given["y"]),
                    element.text,
                    _look(given),
                    given.get("text-anchor", "start"),
                    "font-weight" in given,
                    rim,
                    float(turned[1]) if turned else 0.0,
                )


def _steps(path: str, x: float, y: float) -> Iterator[Step]:
    """The steps of a path that is moved by x and y."""
    across, down = x, y
    for name, written in COMMAND.findall(path):
        numbers = [float(number) for number in NUMBER.findall(written)]
        if name in "HV":
            across, down = (numbers[-1] + x, down) if name == "H" else (across, numbers[-1] + y)
            yield "L", ((across, down),)
        elif name == "Z":
            yield "Z", ()
        else:
            points = [(numbers[at] + x, numbers[at + 1] + y) for at in range(0, len(numbers), 2)]
            each = POINTS[name]
            for at in range(0, len(points), each):
                yield ("L" if name == "M" and at else name), tuple(points[at : at + each])
            across, down = points[-1]


def _look(given: dict[str, str]) -> Look:
    fill, stroke = (
        colour if (colour := given.get(name, default)).startswith("#") else ""
        for name, default in (("fill", "#000000"), ("stroke", "none"))
    )
    dashes = tuple(float(number) for number in NUMBER.findall(given.get("stroke-dasharray", "")))
    opacity = float(given.get("fill-opacity", given.get("opacity", 1)))
    return Look(
        fill,
        stroke,
        opacity,
        float(given.get("stroke-width", 1)),
        dashes,
        given.get("stroke-linecap") == "round",
    )
