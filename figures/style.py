"""How a picture looks: the only file that knows colours, sizes and SVG.

A sheet is 520 units wide; y runs down, as on a page. Text is set in the page's own font, so its width is only
estimated: a Han character is one em, a Latin one 0.55, and every label leaves room to be 1.2 times as large on a phone.
"""

import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from hooks.pictures.chart import Point, Sample, Shown, Stack, Trace
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

WIDTH = 520
SIZE = 13.0
PHONE = 1.2
HAIR, FINE, BOLD = 0.6, 1.2, 2.2
LAYER = 2
"""One layer for everything, so that what is drawn later lies on top."""

Anchor = Literal["start", "middle", "end"]


def variable(role: str) -> str:
    """The page's name for a role's colour. Paper is whatever the page is printed on."""
    return "--md-default-bg-color" if role == "paper" else f"--fig-{role}"


def width(text: str, zoom: float = 1.0) -> float:
    """About how wide a text is, in units of the sheet."""
    return SIZE * zoom * sum(1.0 if ord(letter) >= 0x2E80 else 0.55 for letter in text)


# What a diagram is drawn with


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
        align = {"start": "left", "middle": "center", "end": "right"}[anchor]
        colour, alpha = (_colour("ink"), QUIET) if role == "quiet" else (_colour(role), None)
        # matplotlib sees a stand-in: it neither measures Han characters nor reads a dollar sign as mathematics.
        artist = ax.text(
            x,
            y,
            "x",
            color=colour,
            alpha=alpha,
            ha=align,
            va="baseline",
            fontsize=SIZE,
            fontweight="bold" if bold else "normal",
            zorder=LAYER,
        )
        artist.words, artist.part, artist.rim = text, part, rim  # type: ignore[attr-defined]


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
    """A box with its upper left corner at (x, y), tinted with its role."""
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    if wide <= 0 and not part:
        return
    colour = _colour(role)
    ax.add_patch(
        Rectangle(
            (x, y),
            wide,
            high,
            facecolor=to_rgba(colour, fill),
            edgecolor=colour if edge else "none",
            linewidth=edge,
            gid=part or None,
            zorder=LAYER,
        )
    )


def line(
    ax: Axes, points: list[Point], role: str = "faint", thick: float = FINE, dashed: bool = False, part: str = ""
) -> None:
    """A line through points."""
    dashes: Any = (0, (4 / thick, 3 / thick)) if dashed else "-"
    ax.plot(
        [x for x, _ in points],
        [y for _, y in points],
        color=_colour(role),
        linewidth=thick,
        linestyle=dashes,
        solid_capstyle="round",
        solid_joinstyle="round",
        gid=part or None,
        zorder=LAYER,
    )


def arrow(ax: Axes, start: Point, end: Point, role: str = "ink", thick: float = FINE) -> None:
    """A straight arrow."""
    from matplotlib.patches import Polygon

    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    head = 4 + 2.5 * thick
    neck = (end[0] - head * along[0], end[1] - head * along[1])
    wings = [(neck[0] + side * head * 0.42 * along[1], neck[1] - side * head * 0.42 * along[0]) for side in (1, -1)]
    line(ax, [start, neck], role, thick)
    ax.add_patch(Polygon([end, *wings], facecolor=_colour(role), edgecolor="none", zorder=LAYER))


def dot(ax: Axes, x: float, y: float, role: str = "ink", radius: float = 4.2, part: str = "") -> None:
    """A dot with a rim of paper, so that it stands out from a line through it."""
    from matplotlib.patches import Circle

    name = f"{part}@{x:.1f},{y:.1f},{radius:g}"
    ax.add_patch(
        Circle(
            (x, y), radius, facecolor=_colour(role), edgecolor=_colour("paper"), linewidth=1.4, gid=name, zorder=LAYER
        )
    )


def _colour(role: str) -> str:
    return ROLES[role][0]


# Where labels go


def apart(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """The wanted positions, moved as little as keeps them `gap` apart and between low and high."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    placed: list[float] = []
    for position, k in enumerate(order):
        placed.append(max([wanted[k], low + position * gap] + [at + gap for at in placed[-1:]]))
    ceiling = high
    for position in reversed(range(len(placed))):
        placed[position] = min(placed[position], ceiling)
        ceiling = placed[position] - gap
    result = [0.0] * len(wanted)
    for k, at in zip(order, placed, strict=True):
        result[k] = at
    return result


Box = tuple[float, float, float, float]
FAR = 16
"""A label that stands so far from its dot is tied to it with a hairline."""


def extent(x: float, y: float, text: str, anchor: str = "start", zoom: float = 1.0) -> Box:
    """The box that a text takes: left, top, right, bottom."""
    wide = width(text, zoom)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y - 0.82 * SIZE * zoom, left + wide, y + 0.24 * SIZE * zoom


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _beside(
    x: float, y: float, text: str, taken: list[Box], frame: Box, dots: list[Point]
) -> tuple[float, float, Anchor]:
    """A place beside a dot where its label meets nothing, nor its hairline a dot; the first one where there is none."""
    near: list[tuple[float, float, Anchor]] = [
        (10, 4.5, "start"),
        (9, -6, "start"),
        (9, 15, "start"),
        (-9, -7, "end"),
        (-9, 15, "end"),
    ]
    far: list[tuple[float, float, Anchor]] = [
        (-reach, rise, "end") for reach in range(FAR, 140, 4) for rise in (4.5, -4)
    ]
    places = [(x + dx, y + dy, anchor) for dx, dy, anchor in near + far]
    for place in places:
        room = extent(place[0], place[1], text, place[2], PHONE)
        inside = frame[0] <= room[0] and room[2] <= frame[2] and frame[1] <= room[1] and room[3] <= frame[3]
        tied = place[0] <= x - FAR and any(place[0] < other < x - 6 and abs(up - y) < 12 for other, up in dots)
        if inside and not tied and not any(meet(room, other) for other in taken):
            return place
    return places[0]


# Pictures


def chart(sample: Sample, name: str, alt: str) -> str:
    """A chart as inline SVG; `data-frame` says where its frame lies: left, top, right, bottom."""
    if sample.bars:
        return _bars(sample, name, alt)
    ends = [trace for trace in sample.traces if trace.kind in ("line", "area") and trace.runs]
    margin = max((width(trace.label, PHONE) for trace in ends), default=0.0)
    left = 10 + max((width(tick.text, PHONE) for tick in sample.y_ticks), default=0.0)
    top = 34.0 + 20 * bool(sample.limits)
    overhang = max((width(tick.text, PHONE) / 2 for tick in sample.x_ticks if tick.at > 0.9), default=0.0)
    right, bottom = WIDTH - max(4.0, overhang, margin + 12), top + sample.height
    frame = [left, top, right, bottom]

    def draw(ax: Axes) -> dict[str, str]:
        def place(point: Point) -> Point:
            return left + point[0] * (right - left), bottom - point[1] * (bottom - top)

        _head(ax, sample)
        _axes(ax, sample, frame)
        paths: dict[str, str] = {}
        for trace in sample.traces:
            if trace.kind != "dot":
                paths |= _curve(ax, trace, place)
        for trace in sample.traces:
            if trace.here:
                dot(ax, *place(trace.here), trace.role, part=f"here-{trace.mark}")
        _names(ax, ends, place, frame)
        _guides(ax, [trace for trace in sample.traces if trace.kind == "guide" and trace.runs], place)
        _dots(ax, sample, place, frame)
        for row, words in enumerate(_wrapped(sample.notes, right - left - 16)):
            label(ax, left + 8, top + 20 + 20 * row, words, "ink", part="note", rim=True)
        return paths

    return render(draw, bottom + 51, name, alt, frame)


def diagram(draw: Callable[[Axes, Say, At], None], say: Say, at: At, high: float, name: str, alt: str) -> str:
    """A diagram as inline SVG."""

    def whole(ax: Axes) -> dict[str, str]:
        draw(ax, say, at)
        return {}

    return render(whole, high, name, alt)


def _head(ax: Axes, sample: Sample) -> None:
    label(ax, 2, 16, sample.title, bold=True)


def _axes(ax: Axes, sample: Sample, frame: list[float]) -> None:
    left, top, right, bottom = frame
    for index, tick in enumerate(sample.y_ticks):
        y = bottom - tick.at * (bottom - top)
        line(ax, [(left, y), (right, y)], "faint" if index else "ink", HAIR)
        label(ax, left - 6, y + 4.5, tick.text, "quiet", "end", part=f"y-{index}")
    for tick in sample.x_ticks:
        x = left + tick.at * (right - left)
        line(ax, [(x, bottom), (x, bottom + 4)], "ink", HAIR)
        label(ax, x, bottom + 22, tick.text, "quiet", "middle")
    label(ax, right, bottom + 43, sample.axis, "ink", "end")
    if sample.here:
        dot(ax, left + 4, bottom + 38.5)
        label(ax, left + 13, bottom + 43, sample.here, part="here")
    for index, (words, share) in enumerate(sample.limits):
        x = left + share * (right - left)
        line(ax, [(x, top - 14), (x, bottom)], "ink", FINE * 0.8, dashed=True, part=f"limit-{index}")
        ends_left = x + 6 + width(words, PHONE) > WIDTH
        label(
            ax,
            x - 5 if ends_left else x + 5,
            top - 7,
            words,
            "ink",
            "end" if ends_left else "start",
            part=f"limit-word-{index}",
            rim=True,
        )


def _curve(ax: Axes, trace: Trace, place: Callable[[Point], Point]) -> dict[str, str]:
    """The curve with a stand-in for its path, and the path: written here, so that a browser can write the same."""
    part = f"mark-{trace.mark}"
    if trace.kind == "area":
        from matplotlib.colors import to_rgba
        from matplotlib.patches import Polygon

        colour = _colour(trace.role)
        ax.add_patch(
            Polygon(
                [(0, 0), (1, 0), (1, 1)],
                facecolor=to_rgba(colour, 0.28),
                edgecolor=colour,
                linewidth=FINE,
                gid=part,
                zorder=LAYER,
            )
        )
    else:
        guide = trace.kind == "guide"
        line(ax, [(0, 0), (1, 1)], trace.role, FINE if guide else BOLD, dashed=guide, part=part)
    runs = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(place, run)) for run in trace.runs]
    return {part: "".join(run + "Z" * (trace.kind == "area") for run in runs)}


def _names(ax: Axes, ends: list[Trace], place: Callable[[Point], Point], frame: list[float]) -> None:
    """Every curve's name at its right end."""
    wanted = []
    for trace in ends:
        run = trace.runs[-1]
        last = run[len(run) // 2 - 1 : len(run) // 2 + 1] if trace.kind == "area" else run[-1:]
        wanted.append(sum(place(point)[1] for point in last) / len(last) + 4.5)
    heights = apart(wanted, SIZE * PHONE * 1.15, frame[1] + 8, frame[3] + 2)
    for trace, y in zip(ends, heights, strict=True):
        label(ax, frame[2] + 8, y, trace.label, trace.role, part=f"name-{trace.mark}")


def _guides(ax: Axes, guides: list[Trace], place: Callable[[Point], Point]) -> None:
    """Every guide's word where it leaves the frame."""
    for trace in guides:
        x, y = place(trace.runs[-1][-1])
        beyond = x + 8 + width(trace.label, PHONE) > WIDTH
        label(
            ax,
            x - 8 if beyond else x + 6,
            y + 17,
            trace.label,
            trace.role,
            "end" if beyond else "start",
            part=f"name-{trace.mark}",
            rim=True,
        )


def _dots(ax: Axes, sample: Sample, place: Callable[[Point], Point], frame: list[float]) -> None:
    """Every dot with its name beside it, clear of the other dots, their names, the curves and the limits."""
    dots = [trace for trace in sample.traces if trace.kind == "dot" and trace.runs]
    spots = [place(trace.runs[0][0]) for trace in dots]
    curves = [place(point) for trace in sample.traces if trace.kind != "dot" for run in trace.runs for point in run]
    limits = [place((at, share / 50)) for _, at in sample.limits for share in range(51)]
    taken: list[Box] = []
    for points, reach in ((spots, 5), (curves, 2), (limits, 2.5)):
        taken += [(x - reach, y - reach, x + reach, y + reach) for x, y in points]
    room: Box = (frame[0], frame[1] - 6, WIDTH, frame[3])
    for trace, (x, y) in zip(dots, spots, strict=True):
        dot(ax, x, y, trace.role, part=f"mark-{trace.mark}")
        at_x, at_y, anchor = _beside(x, y, trace.label, taken, room, spots)
        taken.append(extent(at_x, at_y, trace.label, anchor, PHONE))
        if x - at_x >= FAR:
            line(ax, [(x - 6, y), (at_x + 3, at_y - 4.5)], trace.role, HAIR)
        label(ax, at_x, at_y, trace.label, trace.role, anchor, part=f"name-{trace.mark}", rim=True)


def _bars(sample: Sample, name: str, alt: str) -> str:
    left, right, top, pitch, thick = 2.0, WIDTH - 14.0, 34.0, 56.0, 24.0
    last = top + pitch * len(sample.bars)
    bottom = last + 26
    frame = [left, top, right, bottom]

    def draw(ax: Axes) -> dict[str, str]:
        _head(ax, sample)
        empty: dict[str, str] = {}
        for row, stack in enumerate(sample.bars):
            empty |= _stack(ax, sample, stack, row, (left, top + pitch * row), right - left, thick)
        _part_names(ax, sample, frame, last)
        line(ax, [(left, bottom), (right, bottom)], "ink", HAIR)
        for index, tick in enumerate(sample.x_ticks):
            x = left + tick.at * (right - left)
            anchor: Anchor = "middle" if 0 < tick.at < 1 else "start" if tick.at == 0 else "end"
            line(ax, [(x, bottom), (x, bottom + 4)], "ink", HAIR)
            label(ax, x, bottom + 22, tick.text, "quiet", anchor, part=f"x-{index}")
        label(ax, right, bottom + 43, sample.axis, "ink", "end")
        return empty

    return render(draw, bottom + (50 if sample.axis else 29), name, alt, frame)


def _stack(
    ax: Axes, sample: Sample, stack: Stack, row: int, corner: Point, wide: float, thick: float
) -> dict[str, str]:
    """One bar. A part of no width keeps its place with an empty path, for a browser to fill."""
    left, top = corner
    label(ax, left, top + 16, stack.label)
    label(ax, left + wide, top + 16, stack.note, "quiet", "end", part=f"bar-note-{row}")
    lengths = {index: (left + start * wide, (end - start) * wide, text) for index, start, end, text in stack.parts}
    empty = {}
    for index, (role, _) in enumerate(sample.parts):
        x, length, text = lengths.get(index, (left, 0.0, ""))
        part = f"bar-{row}-{index}"
        box(ax, x, top + 22, length, thick, role, 0.28, part=part)
        if length < 0.1:
            empty[part] = ""
        if width(text, PHONE) + 8 < length:
            label(ax, x + length / 2, top + 22 + thick / 2 + 4.5, text, "ink", "middle", part=f"bar-text-{row}-{index}")
    return empty


def _part_names(ax: Axes, sample: Sample, frame: list[float], y: float) -> None:
    """What the parts are called, under the last bar, each with a hairline to its part."""
    parts = sample.bars[-1].parts
    wide = frame[2] - frame[0]
    x = 0.0
    for position, (index, start, end, _) in enumerate(parts):
        role, words = sample.parts[index]
        middle = frame[0] + (start + end) / 2 * wide
        room = width(words, PHONE)
        rest = sum(width(sample.parts[k][1], PHONE) + 14 for k, *_ in parts[position + 1 :])
        x = min(max(x, middle - room / 2), WIDTH - rest - room)
        label(ax, x + room / 2, y + 10, words, role, "middle", part=f"name-{index}")
        line(ax, [(middle, y - 9), (min(max(middle, x + 4), x + room - 4), y - 2)], role, HAIR)
        x += room + 14


def _wrapped(notes: tuple[str, ...], wide: float) -> list[str]:
    rows = []
    for note in notes:
        row = ""
        for piece in re.findall(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*", note):
            if row and width(row + piece, PHONE) > wide:
                rows.append(row.strip())
                row = ""
            row += piece
        rows.append(row.strip())
    return rows


# From matplotlib to one element of the page


def render(
    draw: Callable[[Axes], dict[str, str]], high: float, name: str, alt: str, frame: list[float] | None = None
) -> str:
    """Draw on a fresh sheet and give the SVG. `draw` returns the paths of the parts that it drew stand-ins for."""
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
        paths = draw(ax)
        target = io.StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    given = {"viewBox": f"0 0 {WIDTH} {high:g}", "class": "figure-sheet", "data-figure": name}
    given |= {"data-frame": " ".join(f"{edge:.1f}" for edge in frame)} if frame else {}
    given |= {"role": "img", "aria-label": alt, "font-size": f"{SIZE:g}"}
    return _inline(target.getvalue(), ax, paths, given)


def _inline(svg: str, ax: Axes, paths: dict[str, str], sheet_is: dict[str, str]) -> str:
    """Keep what is drawn and nothing else: no style sheet, no ids, no fonts, and colours that follow the page."""
    words = iter(ax.texts)
    sheet = ElementTree.Element("svg", sheet_is)
    for named, element in _drawn(ElementTree.fromstring(svg)):
        part, _, circle = named.partition("@")
        style = dict(pair.split(": ", 1) for pair in element.get("style", "").split("; ") if pair)
        given = {"data-part": part} if part else {}
        if element.tag.endswith("}text"):
            text = next(words)
            _text(sheet, element, style, text)
            continue
        given["style"] = ";".join(
            f"{key}:{_variable(value)}"
            for key, value in style.items()
            if key not in ("stroke-dashoffset", "stroke-linejoin")
        )
        if circle:
            ElementTree.SubElement(
                sheet, "circle", dict(zip(("cx", "cy", "r"), circle.split(","), strict=True)) | given
            )
        else:
            ElementTree.SubElement(sheet, "path", {"d": paths.get(part, _short(element.get("d", "")))} | given)
    return ElementTree.tostring(sheet, encoding="unicode") + "\n"


def _drawn(element: ElementTree.Element, part: str = "") -> Iterator[tuple[str, ElementTree.Element]]:
    """Every path and text with the name of its part, in the order of drawing; matplotlib numbers the rest itself."""
    given = element.get("id", "")
    part = part if not given or re.fullmatch(r"[a-z0-9]+_\d+", given) else given
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag in ("path", "text"):
            yield part, child
        elif tag == "g":
            yield from _drawn(child, part)


def _text(sheet: ElementTree.Element, element: ElementTree.Element, style: dict[str, str], artist: Any) -> None:
    given = {"x": _short(element.get("x", "0")), "y": _short(element.get("y", "0"))}
    given |= {"text-anchor": style["text-anchor"]} if style.get("text-anchor", "start") != "start" else {}
    given |= {"font-weight": "600"} if style.get("font-weight", "400") != "400" else {}
    given |= {"data-part": artist.part} if artist.part else {}
    quiet = f";fill-opacity:{style['opacity']}" if "opacity" in style else ""
    rim = (
        f";stroke:{_variable(_colour('paper'))};stroke-width:4;stroke-linejoin:round;paint-order:stroke"
        if artist.rim
        else ""
    )
    ElementTree.SubElement(
        sheet, "text", given | {"style": f"fill:{_variable(style['fill'])}{quiet}{rim}"}
    ).text = artist.words


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
