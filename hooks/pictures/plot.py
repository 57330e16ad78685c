"""A declared chart in matplotlib: its axes with their numbers, the curves or bars in them, and
their names.

`hooks/live/browser/chart.js` writes every part that has a `gid` anew for another scenario, where
the first drawing left room for it. Change both together. A part that has nothing to show is drawn
in the corner of the axes and hidden.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from figures.style import FINE, HAIR, SIZE, WIDE, Axes
from hooks.pictures.axis import Axis, Point, Tick, tenth
from hooks.pictures.placement import (
    FAR,
    ROOM,
    Anchor,
    Box,
    apart,
    beside,
    box_around,
    extent,
    flowing,
    width,
)
from hooks.pictures.render import Figure, render
from hooks.pictures.sample import Sample, Segment, Shape

TOP = 34.0
"""The room for the title."""

PITCH = 56.0
"""From one bar to the next."""

NUMBERS = width("1,000", ROOM)
"""What the numbers on the upright axis may take at least, as a reader's scenario may make them
longer.
"""

LINE = SIZE * 1.38
"""From one curve's name to the next, at least."""

LED = 6.0
"""A curve's name that stands so far from its end is tied to it with a hairline."""

Offset = tuple[float, float, Anchor]
"""Where words stand, seen from the point that they name."""

RIGHT: Offset = (10, 4.5, "start")
BELOW = 20.0
"""From a dot to the baseline of a name that stands below it."""

HORIZONTAL = {"start": "left", "middle": "center", "end": "right"}

DOTS: dict[str, dict[str, Any]] = {
    "dot": {"marker": "o", "markersize": 6.8, "markeredgecolor": "paper", "markeredgewidth": 1},
    "ring": {"marker": "o", "markersize": 6, "markerfacecolor": "paper", "markeredgewidth": 1.5},
    "square": {"marker": "s", "markersize": 5.6, "markeredgecolor": "paper", "markeredgewidth": 1},
    "cross": {"marker": "x", "markersize": 5.6, "markeredgewidth": FINE},
}
"""How matplotlib draws each look of a score."""

DOT = {"marker": "o", "markersize": 8.4, "markeredgecolor": "paper", "markeredgewidth": 1.4}

HERE = {"marker": "o", "markersize": 9, "markerfacecolor": "paper", "markeredgewidth": 2}
"""The scenario's own point, on its curves and in the key below: a ring, since a dot is a datum."""


@dataclass(frozen=True)
class Frame:
    """Where the axes lie, in pixels of a drawing so wide, and what they show."""

    wide: float
    box: Box
    x: Axis
    y: Axis

    @property
    def zoom(self) -> float:
        """How much wider than estimated a label may be: a phone has no room to spare."""
        return ROOM if self.wide >= WIDE else 1.0

    def place(self, point: Point) -> Point:
        """Where matplotlib draws a point: pixels from the upper left corner of the drawing."""
        return self.box.place((self.x.position(point[0]), self.y.position(point[1])))


@dataclass(frozen=True)
class Layout:
    """Where a sample has found room for things: another scenario is drawn into the same room."""

    frame: Frame
    guides: dict[int, Offset]
    """By mark, where a guide's words stand, seen from its far end."""
    spots: list[Offset | None]
    """Where the words beside each dot stand; None where they found no room."""
    parts: list[float]
    """Where the name of each part of the bars has its middle."""


def plot(
    sample: Sample, name: str, alt: str, wide: float = WIDE, like: Sample | None = None
) -> str:
    """A chart as inline SVG; laid out like another sample of the same chart, if one is given."""
    layout = laid_out(like or sample, wide)
    below = 51 if not sample.bars else 50 if sample.axis else 29
    high = layout.frame.box.bottom + below
    hints: dict[str, list[str]] = {}
    for spot in sample.spots:
        hints.setdefault(f"scores-{spot.mark}", []).append(spot.hint)
    return render(
        lambda figure: _Plot(figure, sample, layout, high).draw(),
        wide,
        high,
        name,
        alt,
        layout.frame.box,
        hints,
        None if sample.bars else "\n".join(sample.notes),
    )


def laid_out(sample: Sample, wide: float = WIDE) -> Layout:
    """The room that a sample takes in a drawing so wide."""
    frame = _framed(sample, wide)
    guides = {
        trace.mark: _along(trace, frame)
        for trace in sample.traces
        if trace.kind == "guide" and trace.runs
    }
    return Layout(frame, guides, _beside(sample, frame, guides), _under(sample, frame))


def _framed(sample: Sample, wide: float) -> Frame:
    """The frame: names and numbers beside it find room."""
    if sample.bars:
        high = PITCH * sample.y.low
        return Frame(wide, Box(2.0, TOP, wide - 14.0, TOP + high), sample.x, sample.y)
    names = max(
        (width(trace.label, ROOM) for trace in sample.traces if trace.kind != "guide"), default=0.0
    )
    overhang = max(
        (
            width(tick.text, ROOM) / 2
            for tick in sample.x_ticks
            if sample.x.position(tick.value) > 0.9
        ),
        default=0.0,
    )
    left = 10 + max(NUMBERS, *(width(tick.text, ROOM) for tick in sample.y_ticks))
    entries = _key(sample, wide)
    top = TOP + 20 * bool(sample.limits) + (22 * (entries[-1][0] + 1) + 4 if entries else 0)
    right = wide - max(4.0, overhang, names + 12, 40.0 * sample.aside)
    crowded = wide < WIDE and sum(bool(spot.label) for spot in sample.spots) > 5
    edges = (left, top, right, top + sample.height * (1.5 if crowded else 1))
    return Frame(wide, Box(*(float(tenth(edge)) for edge in edges)), sample.x, sample.y)


def _key(sample: Sample, wide: float) -> list[tuple[int, float]]:
    """The row of each entry of the key, and where it begins there."""
    return flowing([width(entry.words, ROOM) + 34 for entry in sample.key], wide + 16)


def _along(guide: Shape, frame: Frame) -> Offset:
    """Where a rising guide's words stand, from its far end: left of it and above, as far along as
    they find room.
    """
    run = [frame.place(point) for point in guide.runs[-1]]
    room = Box(frame.box.left, frame.box.top, frame.wide, frame.box.bottom)
    last = run[-1]
    for x, y in reversed(run):
        box = extent(x - 9, y - 3, guide.label, "end", frame.zoom)
        if room.holds(box) and not any(box.meets(box_around(point, 1)) for point in run):
            return x - 9 - last[0], y - 3 - last[1], "end"
    return -8, 17, "end"


def _below(sample: Sample, at: Point) -> Offset:
    """Where a name stands that keeps below its dot wherever that goes: towards the middle of the
    axes.
    """
    if sample.x.position(at[0]) > 0.75:
        return 4.0, BELOW, "end"
    return -4.0, BELOW, "start"


def _beside(sample: Sample, frame: Frame, guides: dict[int, Offset]) -> list[Offset | None]:
    """Where the dots' names stand, clear of the dots, of one another, the curves, the limits and
    the guides' words.
    """
    dots = [frame.place(spot.at) for spot in sample.spots if spot.at]
    lines = [trace for trace in sample.traces if trace.kind != "band"]
    curves = [frame.place(point) for trace in lines for run in trace.runs for point in run]
    uprights = [limit.at for limit in sample.limits if limit.at is not None]
    limits = [
        frame.place((at, sample.y.value(share / 50))) for at in uprights for share in range(51)
    ]
    taken = [box_around(point, 5) for point in dots]
    strokes = [
        box_around(point, reach)
        for points, reach in ((curves, 2), (limits, 2.5))
        for point in points
    ]
    rules = [
        Box(frame.box.left, y - 0.5, frame.box.right, y + 0.5)
        for tick in sample.y_ticks
        for y in [frame.place((sample.x.low, tick.value))[1]]
    ]
    for trace in lines:
        if trace.mark in guides:
            (x, y), (across, down, anchor) = frame.place(trace.runs[-1][-1]), guides[trace.mark]
            taken.append(extent(x + across, y + down, trace.label, anchor, frame.zoom))
    for trace in lines:
        if trace.kind == "line" and trace.runs:
            _, y = frame.place(trace.runs[-1][-1])
            taken.append(extent(frame.box.right + 8, y + 4.5, trace.label, "start", frame.zoom))
    room = Box(frame.box.left, frame.box.top - 6, frame.wide, frame.box.bottom)

    def placed(shunned: list[Box]) -> list[Offset | None]:
        offsets: list[Offset | None] = []
        named: list[Box] = []
        for spot in sample.spots:
            found: tuple[float, float, Anchor] | None = None
            if spot.at and spot.below:
                x, y = frame.place(spot.at)
                across, down, anchor = _below(sample, spot.at)
                found = (x + across, y + down, anchor)
            elif spot.at and spot.label:
                x, y = frame.place(spot.at)
                for lines in (shunned, strokes, [] if not spot.hint else strokes):
                    # Rather over a rule of the grid than a curve, and over that than a word.
                    others = taken + named + lines
                    found = beside((x, y), spot.label, others, room, dots, named, frame.zoom)
                    if found:
                        break
            offsets.append((found[0] - x, found[1] - y, found[2]) if found else None)
            if found:
                named.append(extent(found[0], found[1], spot.label, found[2], frame.zoom))
        return offsets

    off_the_grid, anywhere = placed(strokes + rules), placed(strokes)
    # A name that keeps off the grid may take the last room of another.
    return off_the_grid if off_the_grid.count(None) <= anywhere.count(None) else anywhere


def _under(sample: Sample, frame: Frame) -> list[float]:
    """Where the parts' names stand under the last bar: each as near to its part as the others leave
    it room.
    """
    pieces = {piece.part: piece for stack in sample.bars[-1:] for piece in stack.pieces}
    rooms = [width(words, ROOM) for _, words in sample.parts]
    free, middles = 0.0, []
    for index, room in enumerate(rooms):
        wanted = _middle(pieces[index], frame) - room / 2 if index in pieces else free
        others = sum(rooms[index:]) + 14 * (len(rooms) - 1 - index)
        start = min(max(free, wanted), frame.wide - others)
        middles.append(float(tenth(min(max(0.0, start + room / 2), frame.wide))))
        free = start + room + 14
    return middles


def _middle(piece: Segment, frame: Frame) -> float:
    """Where the middle of a part of a bar lies, in pixels from the left."""
    return (frame.place((piece.start, 0))[0] + frame.place((piece.end, 0))[0]) / 2


def number_length(unit: str) -> float:
    """How long a part of a bar is that has room for any number in a unit."""
    return width(f"1,000 {unit}", ROOM) + 8


class _Plot:
    """One drawing of a sample."""

    def __init__(self, figure: Figure, sample: Sample, layout: Layout, high: float):
        self.figure, self.sample, self.layout, self.high = figure, sample, layout, high
        self.frame = replace(layout.frame, x=sample.x, y=sample.y)
        self.box, self.wide = self.frame.box, self.frame.wide
        left, top, right, bottom = self.box
        shares = (left / self.wide, 1 - bottom / high, (right - left) / self.wide)
        self.ax: Axes = figure.add_axes((*shares, (bottom - top) / high))
        for name, axis in (("x", sample.x), ("y", sample.y)):
            if axis.log:
                self.ax.set(**{f"{name}scale": "log"})
            self.ax.set(**{f"{name}lim": (axis.low, axis.high)})
        self.ax.minorticks_off()
        self.corner = (sample.x.low, sample.y.low)

    def draw(self) -> None:
        """Everything that a sample shows."""
        sample, (_, _, right, bottom) = self.sample, self.box
        size = SIZE * min(1, (self.wide - 4) / max(1, width(sample.title, 1.05)))
        self.words(2, 16, sample.title, "title", weight="bold", fontsize=round(size, 1))
        self.numbers()
        (self.bars if sample.bars else self.curves)()
        edge = right if self.wide == WIDE else self.wide - 4
        self.words(edge, bottom + 43, sample.axis, "axis", ha="right")

    def words(self, x: float, y: float, text: str, part: str = "", **look: Any) -> None:
        """Words whose baseline starts, or with `ha` ends, so many pixels from the upper left
        corner.
        """
        gid = part if text or not part else f"{part} hidden"
        self.figure.text(x / self.wide, 1 - y / self.high, text or "–", gid=gid, **look)

    def name(
        self, at: Point, offset: Offset, text: str, part: str, colour: str, shown: bool = True
    ) -> None:
        """Words that name a point, and move with it."""
        across, down, anchor = offset
        self.ax.annotate(
            text or "–",
            at,
            (across, -down),
            textcoords="offset points",
            ha=HORIZONTAL[anchor],
            color=colour,
            gid=part if shown and text else f"{part} hidden",
            annotation_clip=False,
        )

    def dot(self, at: Point | None, part: str, **look: Any) -> None:
        """A dot, hidden if it is nowhere."""
        x, y = at or self.corner
        gid = part if at else f"{part} hidden"
        self.ax.plot([x], [y], linestyle="none", clip_on=False, zorder=3, gid=gid, **look)

    def numbers(self) -> None:
        """The axes' numbers; the horizontal one has fewer where there is no room for all."""
        sample, ax = self.sample, self.ax
        shown = self._apart(sample.x_ticks)
        ax.set_xticks([tick.value for _, tick in shown], [tick.text for _, tick in shown])
        for (index, at), tick in zip(shown, ax.xaxis.get_major_ticks(), strict=True):
            tick.label1.set_gid(f"x-{index}")
            if sample.bars and at.value in (sample.x.low, sample.x.high):
                tick.label1.set_horizontalalignment("left" if at.value == sample.x.low else "right")
            tick.tick1line.set_gid("" if sample.bars else f"x-line-{index}")
        ax.set_yticks([t.value for t in sample.y_ticks], [t.text for t in sample.y_ticks])
        ax.tick_params(axis="y", pad=9)  # clear of the knob that a reader drags
        for index, tick in enumerate(ax.yaxis.get_major_ticks()):
            tick.label1.set_gid(f"y-{index}")
            tick.gridline.set_visible(index > 0)

    def _apart(self, ticks: tuple[Tick, ...]) -> list[tuple[int, Tick]]:
        """Every tick, or every second or third, so that no two numbers meet."""
        for step in range(1, len(ticks) + 1):
            shown = [(index, tick) for index, tick in enumerate(ticks) if index % step == 0]
            boxes = [
                extent(
                    self.frame.place((tick.value, self.corner[1]))[0],
                    0,
                    f"{tick.text} ",
                    "middle",
                    ROOM,
                )
                for _, tick in shown
            ]
            if not any(a.meets(b) for a, b in pairwise(boxes)):
                break
        return shown

    def curves(self) -> None:
        """Curves, limits and dots."""
        sample, (left, top, _, bottom) = self.sample, self.box
        for limit in sample.limits:
            self.limit(limit.at, limit.words, limit.mark, 1 + 14 / (bottom - top))
        for trace in sample.traces:
            self.curve(trace)
        for trace in sample.traces:
            if trace.kind in ("line", "area") and sample.own_point:
                self.dot(trace.here, f"here-{trace.mark}", color=trace.role, **HERE)
        self.ends()
        for entry, (row, across) in zip(sample.key, _key(sample, self.wide), strict=True):
            self.mark(across + 7, 34 + 22 * row, **DOTS[entry.look], color=entry.role)
            self.words(across + 17, 38.5 + 22 * row, entry.words)
        for trace in sample.traces:
            if trace.kind == "guide":
                at = trace.runs[-1][-1] if trace.runs else self.corner
                offset = self.layout.guides.get(trace.mark, RIGHT)
                part, shown = f"name-{trace.mark}", bool(trace.runs)
                self.name(at, offset, trace.label, part, trace.role, shown)
        self.spots()
        if not sample.own_point:
            return
        here = "here-dot" if sample.here else "here-dot hidden"
        self.mark(left + 4, bottom + 38.5, gid=here, color="ink", **HERE)
        self.words(left + 15, bottom + 43, sample.here, "here")

    def mark(self, x: float, y: float, **look: Any) -> None:
        """A mark so many pixels from the upper left corner."""
        from matplotlib.lines import Line2D

        place = [x / self.wide], [1 - y / self.high]
        self.figure.add_artist(Line2D(*place, linestyle="none", **look))

    def limit(self, at: float | None, words: str, mark: int, height: float) -> None:
        """A dashed upright that looks out above the axes, with its word there."""
        place = self.sample.x.low if at is None else at
        late = at is not None and self.sample.x.position(at) > 0.5
        offset: Offset = (-5, -7, "end") if late else (5, -7, "start")
        gid = f"limit-{mark}" + " hidden" * (at is None)
        look: dict[str, Any] = {
            "color": "ink",
            "linewidth": 0.8 * FINE,
            "linestyle": "--",
            "clip_on": False,
        }
        self.ax.axvline(place, ymax=height, gid=gid, **look)
        top = (place, self.sample.y.high)
        self.name(top, offset, words, f"limit-word-{mark}", "ink", at is not None)

    def curve(self, trace: Shape) -> None:
        """A line or dashed guide in runs, or a closed area or edgeless band."""
        gid = f"mark-{trace.mark}" + " hidden" * (not trace.runs)
        runs = trace.runs or ((self.corner, self.corner),)
        if trace.kind in ("area", "band"):
            fill, edge = (0.28, FINE) if trace.kind == "area" else (0.2, 0)
            for run in runs:
                xs, ys = zip(*run, strict=True)
                look: dict[str, Any] = {
                    "facecolor": (trace.role, fill),
                    "edgecolor": trace.role,
                    "linewidth": edge,
                }
                self.ax.fill(xs, ys, gid=gid, clip_on=False, zorder=1.5, **look)
            return
        points = [point for run in runs for point in (*run, (float("nan"), float("nan")))]
        dashed: dict[str, Any] = (
            {"linestyle": "--", "linewidth": FINE} if trace.kind == "guide" else {}
        )
        xs, ys = zip(*points, strict=True)
        self.ax.plot(xs, ys, color=trace.role, gid=gid, clip_on=False, **dashed)

    def ends(self) -> None:
        """Every curve's name at its right end; one without a name takes no room there."""
        traces = [trace for trace in self.sample.traces if trace.kind in ("line", "area")]
        wanted = []
        for trace in traces:
            if trace.runs and trace.label:
                run = trace.runs[-1]
                middle = len(run) // 2
                ends = run[middle - 1 : middle + 1] if trace.kind == "area" else run[-1:]
                wanted.append(sum(self.frame.place(end)[1] for end in ends) / len(ends) + 4.5)
        low, high = self.box.top + 8, self.box.bottom + 2
        heights, tips = iter(apart(wanted, LINE, low, high)), iter(wanted)
        for trace in traces:
            y, words = (next(heights), trace.label) if trace.runs and trace.label else (0.0, "")
            self.words(self.box.right + 8, y, words, f"name-{trace.mark}", color=trace.role)
            self.lead(next(tips) if words else y, y, f"lead-{trace.mark}", trace.role)

    def lead(self, end: float, y: float, part: str, colour: str) -> None:
        """A hairline from the right end of a curve to its name, if others keep the name away."""
        right, gid = self.box.right, part if abs(y - end) > LED else f"{part} hidden"
        self.hairline([(right + 1.5, end - 4.5), (right + 6.5, y - 4.5)], gid, colour)

    def spots(self) -> None:
        """Every dot, and its name beside it, tied to it with a hairline where it stands far off.

        Of many dots that say their names to a pointer, a name that finds no room is left out.
        """
        scores: dict[int, list[Point]] = {}
        for spot in self.sample.spots:
            if spot.hint and spot.at:
                scores.setdefault(spot.mark, []).append(spot.at)
            else:
                self.dot(spot.at, f"mark-{spot.mark}", color=spot.role, **DOT)
        looks = {spot.mark: spot for spot in self.sample.spots}
        for mark, points in scores.items():
            xs, ys = zip(*points, strict=True)
            look = DOTS[looks[mark].look] | {"color": looks[mark].role, "linestyle": "none"}
            self.ax.plot(xs, ys, gid=f"scores-{mark}", clip_on=False, **look)
        for index, (spot, found) in enumerate(
            zip(self.sample.spots, self.layout.spots, strict=True)
        ):
            if spot.hint and not found:
                continue
            part = f"{spot.mark}-{index}" if spot.hint else f"{spot.mark}"
            at, shown = spot.at or self.corner, spot.at is not None
            offset = _below(self.sample, at) if spot.below else found or RIGHT
            self.name(at, offset, spot.label, f"name-{part}", spot.role, shown)
            if found and not spot.below:
                self.tie(spot.at, found, f"tie-{part}", spot.role)

    def tie(self, at: Point | None, offset: Offset, part: str, colour: str) -> None:
        """A hairline from a dot to its name, if that stands far off."""
        across, down, _ = offset
        if across <= -FAR:
            start, end = (-6.0, 0.0), (across + 3, down - 4.5)
        elif down >= 2 * FAR:
            start, end = (1.0, 6.0), (across + 1, down - 11)
        else:
            return
        x, y = self.frame.place(at or self.corner)
        ends = [(x + dx, y + dy) for dx, dy in (start, end)]
        self.hairline(ends, part if at else f"{part} hidden", colour)

    def hairline(self, points: list[Point], gid: str, colour: str) -> None:
        """A hairline through points in pixels from the upper left corner."""
        from matplotlib.lines import Line2D

        xs = [x / self.wide for x, _ in points]
        ys = [1 - y / self.high for _, y in points]
        self.figure.add_artist(Line2D(xs, ys, color=colour, linewidth=HAIR, gid=gid))

    def bars(self) -> None:
        """Every bar with its name above it, and under the last one the names of its parts."""
        sample, ax, box = self.sample, self.ax, self.box
        for row, stack in enumerate(sample.bars):
            top = box.top + PITCH * row
            self.words(box.left, top + 16, stack.label, f"bar-label-{row}")
            self.words(
                box.right, top + 16, stack.note, f"bar-note-{row}", ha="right", color="quiet"
            )
            pieces = {piece.part: piece for piece in stack.pieces}
            for index, (role, _) in enumerate(sample.parts):
                piece = pieces.get(index) or Segment(index, 0, 0, "")
                long = self.frame.place((piece.end, 0))[0] - self.frame.place((piece.start, 0))[0]
                ax.barh(
                    row + 34 / PITCH,
                    piece.end - piece.start,
                    24 / PITCH,
                    piece.start,
                    facecolor=(role, 0.28),
                    edgecolor=role,
                    linewidth=FINE,
                    clip_on=False,
                    gid=f"bar-{row}-{index}" + " hidden" * (long < 0.1),
                )
                text = piece.text if long > number_length(sample.unit) else ""
                middle = _middle(piece, self.frame)
                self.words(middle, top + 38.5, text, f"bar-text-{row}-{index}", ha="center")
        ax.set(xlim=(sample.x.low, sample.x.high), ylim=(sample.y.low, sample.y.high))
        pieces = {piece.part: piece for piece in sample.bars[-1].pieces}
        for index, (role, words) in enumerate(sample.parts):
            x, y = self.layout.parts[index], box.bottom - 26
            self.words(x, y + 10, words, f"name-{index}", ha="center", color=role)
            middle = _middle(pieces[index], self.frame) if index in pieces else x
            gid = f"tie-{index}" + " hidden" * (index not in pieces)
            self.hairline([(middle, y - 9), (x, y - 2)], gid, role)
