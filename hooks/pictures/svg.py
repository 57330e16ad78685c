"""From matplotlib's SVG to ours: a flat list of paths, circles and words whose colours follow the
page.

matplotlib's style sheet, metadata, fonts, groups and ids go. An element whose artist has a `gid`
keeps it as `data-part`; with ` hidden` behind it the element is there, not displayed, for a
reader's browser to show. What `follows` a scenario in a diagram says by which numbers, and those
that its texts show are elements of their own.
"""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from figures.style import ROLES, SIZE, roles, variable
from hooks.pictures.axis import tenth
from hooks.pictures.labels import marked_parts
from hooks.text.problems import Mistake

LINK = "{http://www.w3.org/1999/xlink}href"
NUMBERED = re.compile(r".*_\d+$")
"""An id that matplotlib makes up."""

TOKEN = re.compile(r"[MLQCz]|-?\d+\.?\d*(?:e-?\d+)?")
KEPT = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
)
RIMMED = ("name-", "limit-word-")
"""Words that may lie on a line: a rim of paper keeps them legible."""

RIM = (
    f";stroke:var({variable('paper')},"
    f" {ROLES['paper'][0]});stroke-width:4;stroke-linejoin:round;paint-order:stroke"
)

Styles = dict[str, str]
Node = ElementTree.Element
Path = list[tuple[str, list[float]]]
"""The commands of a path, each with its numbers."""


class Colourless(Mistake):
    """Colours that stand for no role, as `#rrggbb`."""

    def __init__(self, colours: list[str]):
        named = ", ".join(role for role in ROLES if role != "paper")
        super().__init__(
            f"{' and '.join(colours)} cannot follow a reader's palette: use a role as colour"
            f" ({named}), or C0 to C5"
        )
        self.colours = colours


@dataclass(frozen=True)
class Group:
    """Where in matplotlib's tree an element stands: its artist's id, and the rectangle that clips
    it.
    """

    part: str = ""
    clip: str = ""


@dataclass
class Cleaner:
    """One figure on its way. `hints` are what the dots of a part say when a pointer rests on them,
    in order.
    """

    root: Node
    hints: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roles = roles()
        self.unknown: dict[str, None] = {}
        self.named = {node.get("id", ""): node for node in self.root.iter() if _tag(node) != "g"}
        self.defs: dict[str, Node] = {}
        self.waiting = {part: iter(hints) for part, hints in self.hints.items()}

    def elements(self) -> list[Node]:
        """What is drawn, in order. Refuses colours that are no role's, and images."""
        drawn = list(self._walk(self.root, Group()))
        if self.unknown:
            raise Colourless(list(self.unknown))
        if self.defs:
            defs = ElementTree.Element("defs")
            defs.extend(self.defs.values())
            drawn.insert(0, defs)
        return drawn

    def _walk(self, node: Node, place: Group) -> Iterator[Node]:
        for child in node:
            match _tag(child):
                case "g" | "a":
                    name = child.get("id", "")
                    part = name if name and not NUMBERED.match(name) else place.part
                    clip = child.get("clip-path", place.clip)
                    yield from self._walk(child, replace(place, part=part, clip=clip))
                case "path":
                    yield from self._shape(child, child, 0, 0, place)
                case "use":
                    marker = self.named[child.get(LINK, "")[1:]]
                    x, y = float(child.get("x", 0)), float(child.get("y", 0))
                    yield from self._shape(marker, child, x, y, place)
                case "text":
                    yield self._text(child, place)
                case "image":
                    raise Mistake(
                        "an image, as imshow draws it, cannot follow a reader's palette: draw bars,"
                        " patches or lines"
                    )

    def _shape(self, shape: Node, used: Node, x: float, y: float, place: Group) -> Iterator[Node]:
        """A path, moved by x and y; a circle where it is one."""
        style = {"fill": "#000000"} | _styles(shape) | _styles(used)
        style.pop("stroke-width" if "stroke" not in style else "", None)
        if style["fill"] == "none" and "stroke" not in style:
            return
        tokens = TOKEN.findall(shape.get("d", ""))
        path = _moved(tokens, x, y)
        if not path:
            return
        circle = _circle(path)
        if circle:
            node = ElementTree.Element("circle", dict(zip(("cx", "cy", "r"), circle, strict=True)))
        else:
            node = ElementTree.Element("path", {"d": _written(path)})
        node.attrib |= _part(place.part)
        follows = "data-x" in node.attrib or "data-y" in node.attrib
        clip = self._clip(path, used.get("clip-path", place.clip), follows)
        if clip is None:
            return
        node.attrib |= clip
        if follows and path[-1][0] == "Z" and _width(path) < 0.05:
            node.set("display", "none")
        node.set(
            "style",
            ";".join(f"{key}:{self._colour(key, style[key])}" for key in KEPT if key in style),
        )
        if hint := next(self.waiting.get(place.part, iter(())), ""):
            ElementTree.SubElement(node, "title").text = hint
        yield node

    def _text(self, node: Node, place: Group) -> Node:
        style = _styles(node)
        given = {"x": node.get("x", "0"), "y": node.get("y", "0")}
        moves = dict(re.findall(r"(\w+)\(([^)]*)\)", node.get("transform", "")))
        if "translate" in moves:
            given["x"], given["y"] = moves["translate"].split()
        given = {key: tenth(float(value)) for key, value in given.items()}
        turn = float(moves.get("rotate", "0").split()[0])
        if turn:
            given["transform"] = f"rotate({turn:g} {given['x']} {given['y']})"
        if style.get("text-anchor", "start") != "start":
            given["text-anchor"] = style["text-anchor"]
        if style.get("font-weight", "400") != "400":
            given["font-weight"] = "600"
        look = f"fill:{self._colour('fill', style.get('fill', '#000000'))}"
        look += f";fill-opacity:{style['opacity']}" if "opacity" in style else ""
        size = style.get("font-size", "").removesuffix("px")
        look += f";font-size:{float(size):g}px" if size and float(size) != SIZE else ""
        look += RIM if place.part.startswith(RIMMED) else ""
        text = ElementTree.Element("text", given | _part(place.part) | {"style": look})
        for words, shown in marked_parts(node.text or ""):
            if shown is None:
                _append(text, words)
            else:
                number = ElementTree.SubElement(text, "tspan", {"data-shown": f"{shown}"})
                number.text = words
        return text

    def _colour(self, key: str, value: str) -> str:
        """A colour as the page's own variable, with the light one for feeds and saved files."""
        if value.startswith("url("):
            return f"url(#{self._pattern(value)})"
        if not value.startswith("#"):
            return value
        if value not in self.roles:
            self.unknown[value] = None
            return value
        role = self.roles[value]
        return f"var({variable(role)}, {ROLES[role][0]})"

    def _clip(self, path: Path, link: str, follows: bool) -> Styles | None:
        """What clips a path that leaves its rectangle, or may; None if it lies wholly outside."""
        if not link:
            return {}
        rect = self.named[link[5:-1]][0]
        left, top, wide, high = (float(rect.get(key, 0)) for key in ("x", "y", "width", "height"))
        xs = [x for _, numbers in path for x in numbers[::2]]
        ys = [y for _, numbers in path for y in numbers[1::2]]
        if not follows:
            if not xs or max(xs) < left - 1 or min(xs) > left + wide + 1:
                return None
            if max(ys) < top - 1 or min(ys) > top + high + 1:
                return None
        slack = 0.5
        whole = [0.0, 0.0, *map(float, self.root.get("viewBox", "0 0 0 0").split()[2:])]
        if (
            [left, top, wide, high] == whole
            if follows
            else min(xs) >= left - slack
            and max(xs) <= left + wide + slack
            and min(ys) >= top - slack
            and max(ys) <= top + high + slack
        ):
            return {}
        box = {key: tenth(float(rect.get(key, 0))) for key in ("x", "y", "width", "height")}
        return {"clip-path": f"url(#{self._define('clipPath', link, {}, [('rect', box)])})"}

    def _pattern(self, link: str) -> str:
        """The id of a hatch."""
        pattern = self.named[link[5:-1]]
        inside = []
        for child in pattern:
            style = {"fill": child.get("fill", "#000000")} | _styles(child)
            look = ";".join(
                f"{key}:{self._colour(key, style[key])}" for key in KEPT if key in style
            )
            given = {key: child.get(key, "") for key in ("x", "y", "width", "height", "d")}
            given["d"] = _written(_moved(TOKEN.findall(given["d"]), 0, 0))
            given = {key: value for key, value in given.items() if value}
            inside.append((_tag(child), given | {"style": look}))
        keys = ("patternUnits", "x", "y", "width", "height")
        return self._define("pattern", link, {key: pattern.get(key, "0") for key in keys}, inside)

    def _define(self, tag: str, link: str, given: Styles, inside: list[tuple[str, Styles]]) -> str:
        if link not in self.defs:
            node = ElementTree.Element(tag, {"id": f"{tag.lower()}-{len(self.defs)}"} | given)
            for name, attributes in inside:
                ElementTree.SubElement(node, name, attributes)
            self.defs[link] = node
        return self.defs[link].get("id", "")


def _tag(node: Node) -> str:
    return node.tag.rpartition("}")[2]


def _styles(node: Node) -> Styles:
    return dict(pair.split(": ", 1) for pair in node.get("style", "").split("; ") if pair)


def _append(node: Node, words: str) -> None:
    """More words at the end of a text."""
    if len(node):
        node[-1].tail = words
    else:
        node.text = words


def _part(part: str) -> Styles:
    """What an artist's id says: its name, whether it is displayed, by which numbers it
    stands.
    """
    given = {}
    for word in part.split():
        if word == "hidden":
            given["display"] = "none"
        elif word[1:2] == ":":
            given[f"data-{word[0]}"] = word[2:]
        else:
            given["data-part"] = word
    return given


def _moved(tokens: list[str], x: float, y: float) -> Path:
    """The commands of a path with their numbers, moved by x and y."""
    path: Path = []
    for token in tokens:
        if token.isalpha():
            path.append((token.upper(), []))
        else:
            numbers = path[-1][1]
            numbers.append(float(token) + (y if len(numbers) % 2 else x))
    return path


def _width(path: Path) -> float:
    """How far it reaches across."""
    across = [x for _, numbers in path for x in numbers[::2]]
    return max(across) - min(across)


def _written(path: Path) -> str:
    return "".join(command + " ".join(map(tenth, numbers)) for command, numbers in path)


def _circle(path: Path) -> tuple[str, str, str] | None:
    """The centre and radius of a path of eight equal arcs, as matplotlib draws a circle."""
    if [command for command, _ in path] != ["M", *"CCCCCCCC", "Z"]:
        return None
    ends = [numbers[-2:] for _, numbers in path[:-1]]
    (x, y), (right, _), (_, other), (left, _) = ends[0], ends[2], ends[4], ends[6]
    radius = abs(y - other) / 2
    if abs(abs(right - left) / 2 - radius) > 0.05:
        return None
    return tenth(x), tenth((y + other) / 2), tenth(radius)
