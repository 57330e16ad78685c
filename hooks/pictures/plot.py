"""A sample on its sheet: the frame, the axes, the curves or bars in it, and their names.

`hooks/live/browser/chart.js` writes every part anew for another scenario, where the first drawing left room for it.
Change both together.
"""

from collections.abc import Callable
from dataclasses import dataclass

from figures.style import FINE, HAIR, STAY, Axes, box, curve, dot, label, line, note, render, score
from hooks.pictures.axis import Point, tenth
from hooks.pictures.placement import (
    FAR,
    PHONE,
    SIZE,
    WIDTH,
    Anchor,
    Box,
    apart,
    around,
    beside,
    extent,
    flowing,
    width,
)
from hooks.pictures.sample import Piece, Sample, Stack, Trace

TOP = 34.0
"""The room for the title."""

PITCH, THICK = 56.0, 24.0
"""From one bar to the next, and a bar's own height."""

ROOM = width("1,000", PHONE)
"""What the numbers on the upright axis may take at least, as a reader's scenario may make them longer."""

Offset = tuple[float, float, Anchor]
"""Where words stand, seen from the point that they name."""

RIGHT: Offset = (10, 4.5, "start")


@dataclass(frozen=True)
class Layout:
    """Where a sample has found room for things: another scenario is drawn into the same room."""

    frame: Box
    guides: dict[int, Offset]
    """By mark, where a guide's words stand, seen from its far end."""
    spots: list[Offset | None]
    """Where the words beside each dot stand; None where they found no room."""
    parts: list[float]
    """Where the name of each part of the bars has its middle."""


def plot(sample: Sample, name: str, alt: str, like: Sample | None = None) -> str:
    """A chart as inline SVG; laid out like another sample of the same chart, if one is given."""
    layout = laid_out(like or sample)
    below = 51 if not sample.bars else 50 if sample.axis else 29
    return render(drawing(sample, layout), layout.frame.bottom + below, name, alt, layout.frame)


def drawing(sample: Sample, layout: Layout) -> Callable[[Axes], None]:
    """What draws a sample."""

    def draw(ax: Axes) -> None:
        label(ax, 2, 16, sample.title, bold=True, part="title")
        (_bars if sample.bars else _curves)(ax, sample, layout)
        label(
            ax, layout.frame.right, layout.frame.bottom + 43, sample.axis, anchor="end", part="axis"
        )

    return draw


def laid_out(sample: Sample) -> Layout:
    """The room that a sample takes."""
    frame = _framed(sample)
    guides = {
        trace.mark: _along(trace, frame)
        for trace in sample.traces
        if trace.kind == "guide" and trace.runs
    }
    return Layout(frame, guides, _beside(sample, frame, guides), _under(sample, frame))


def _framed(sample: Sample) -> Box:
    """The frame: names and numbers beside it find room."""
    if sample.bars:
        return Box(2.0, TOP, WIDTH - 14.0, TOP + PITCH * len(sample.bars) + 26)
    names = max(
        (width(trace.label, PHONE) for trace in sample.traces if trace.kind != "guide"), default=0.0
    )
    overhang = max(
        (width(tick.text, PHONE) / 2 for tick in sample.x_ticks if tick.at > 0.9), default=0.0
    )
    left = 10 + max(ROOM, *(width(tick.text, PHONE) for tick in sample.y_ticks))
    entries = _key(sample)
    top = TOP + 20 * bool(sample.limits) + (22 * (entries[-1][0] + 1) + 4 if entries else 0)
    right = WIDTH - max(4.0, overhang, names + 12, 40.0 * sample.aside)
    return Box(*(float(tenth(edge)) for edge in (left, top, right, top + sample.height)))


def _curves(ax: Axes, sample: Sample, layout: Layout) -> None:
    frame = layout.frame
    _axes(ax, sample, frame)
    for trace in sample.traces:
        runs = [[frame.place(point) for point in run] for run in trace.runs]
        curve(ax, runs, trace.role, trace.kind, f"mark-{trace.mark}")
    for trace in sample.traces:
        if trace.kind in ("line", "area"):
            to = trace.here and frame.place(trace.here)
            dot(ax, 0, 0, trace.role, part=f"here-{trace.mark}", to=to)
    _names(ax, sample, frame)
    for entry, (row, across) in zip(sample.key, _key(sample), strict=True):
        score(ax, across + 7, 34 + 22 * row, entry.role, entry.look)
        label(ax, across + 17, 38.5 + 22 * row, entry.words)
    for trace in sample.traces:
        if trace.kind == "guide":
            to = frame.place(trace.runs[-1][-1]) if trace.runs else None
            _words(
                ax,
                trace.label,
                trace.role,
                f"name-{trace.mark}",
                to,
                layout.guides.get(trace.mark, RIGHT),
            )
    _spots(ax, sample, layout)
    left, top, right, bottom = frame
    note(
        ax, left + 8, top + 6, right - left - 16, bottom - top - 6, "\n".join(sample.notes), "note"
    )


def _words(ax: Axes, words: str, role: str, part: str, to: Point | None, offset: Offset) -> None:
    """Words that move with the point that they name."""
    across, down, anchor = offset
    label(ax, across, down, words, role, anchor, part=part, rim=True, to=to)


def _key(sample: Sample) -> list[tuple[int, float]]:
    """The row of each entry of the key, and where it begins there."""
    return flowing([width(entry.words, PHONE) + 34 for entry in sample.key], WIDTH + 16)


def _axes(ax: Axes, sample: Sample, frame: Box) -> None:
    left, top, right, bottom = frame
    for index, tick in enumerate(sample.y_ticks):
        _, y = frame.place((0, tick.at))
        line(ax, [(left, y), (right, y)], "faint" if index else "ink", HAIR)
        label(ax, left - 6, y + 4.5, tick.text, "quiet", "end", part=f"y-{index}")
    for index, tick in enumerate(sample.x_ticks):
        x, _ = frame.place((tick.at, 0))
        line(ax, [(x, bottom), (x, bottom + 4)], "ink", HAIR, part=f"x-line-{index}")
        label(ax, x, bottom + 22, tick.text, "quiet", "middle", part=f"x-{index}")
    dot(ax, left + 4, bottom + 38.5, part="here-dot", to=STAY if sample.here else None)
    label(ax, left + 13, bottom + 43, sample.here, part="here")
    for limit in sample.limits:
        to = None if limit.at is None else (frame.place((limit.at, 0))[0], 0.0)
        line(
            ax,
            [(0, top - 14), (0, bottom)],
            "ink",
            FINE * 0.8,
            dashed=True,
            part=f"limit-{limit.mark}",
            to=to,
        )
        offset: Offset = (
            (-5, top - 7, "end") if limit.at and limit.at > 0.5 else (5, top - 7, "start")
        )
        _words(ax, limit.words, "ink", f"limit-word-{limit.mark}", to, offset)


def _names(ax: Axes, sample: Sample, frame: Box) -> None:
    """Every curve's name at its right end."""
    ends = [trace for trace in sample.traces if trace.kind in ("line", "area")]
    wanted = []
    for trace in ends:
        if trace.runs:
            run = trace.runs[-1]
            middle = len(run) // 2
            (_, y), (_, other) = map(
                frame.place,
                (run[middle - 1], run[middle]) if trace.kind == "area" else run[-1:] * 2,
            )
            wanted.append((y + other) / 2 + 4.5)
    heights = iter(apart(wanted, SIZE * PHONE * 1.15, frame.top + 8, frame.bottom + 2))
    for trace in ends:
        y, words = (next(heights), trace.label) if trace.runs else (0.0, "")
        label(ax, frame.right + 8, y, words, trace.role, part=f"name-{trace.mark}")


def _along(guide: Trace, frame: Box) -> Offset:
    """Where a rising guide's words stand, from its far end: left of it and above, as far along as they find room."""
    run = [frame.place(point) for point in guide.runs[-1]]
    room = Box(frame.left, frame.top, WIDTH, frame.bottom)
    last = run[-1]
    for x, y in reversed(run):
        box = extent(x - 9, y - 3, guide.label, "end", PHONE)
        if room.holds(box) and not any(box.meets(around(point, 1)) for point in run):
            return x - 9 - last[0], y - 3 - last[1], "end"
    return -8, 17, "end"


def _beside(sample: Sample, frame: Box, guides: dict[int, Offset]) -> list[Offset | None]:
    """Where the dots' names stand, clear of the dots, of one another, the curves, the limits and the guides' words."""
    dots = [frame.place(spot.at) for spot in sample.spots if spot.at]
    lines = [trace for trace in sample.traces if trace.kind != "band"]
    curves = [frame.place(point) for trace in lines for run in trace.runs for point in run]
    uprights = [limit.at for limit in sample.limits if limit.at is not None]
    limits = [frame.place((at, share / 50)) for at in uprights for share in range(51)]
    taken = [
        around(point, reach)
        for points, reach in ((dots, 5), (curves, 2), (limits, 2.5))
        for point in points
    ]
    for trace in lines:
        if trace.mark in guides:
            (x, y), (across, down, anchor) = frame.place(trace.runs[-1][-1]), guides[trace.mark]
            taken.append(extent(x + across, y + down, trace.label, anchor, PHONE))
    room = Box(frame.left, frame.top - 6, WIDTH, frame.bottom)
    offsets: list[Offset | None] = []
    for spot in sample.spots:
        x, y = frame.place(spot.at or (0, 0))
        found = beside((x, y), spot.label, taken, room, dots) if spot.at and spot.label else None
        offsets.append((found[0] - x, found[1] - y, found[2]) if found else None)
        if found:
            taken.append(extent(found[0], found[1], spot.label, found[2], PHONE))
    return offsets


def _under(sample: Sample, frame: Box) -> list[float]:
    """Where the parts' names stand under the last bar: each as near to its part as the others leave it room."""
    pieces = {piece.part: piece for stack in sample.bars[-1:] for piece in stack.pieces}
    rooms = [width(words, PHONE) for _, words in sample.parts]
    free, middles = 0.0, []
    for index, room in enumerate(rooms):
        wanted = sum(_ends(pieces[index], frame)) / 2 - room / 2 if index in pieces else free
        start = min(max(free, wanted), WIDTH - sum(rooms[index:]) - 14 * (len(rooms) - 1 - index))
        middles.append(float(tenth(start + room / 2)))
        free = start + room + 14
    return middles


def _spots(ax: Axes, sample: Sample, layout: Layout) -> None:
    """Every dot, and its name beside it, tied to it with a hairline where it stands far off.

    Of many dots that say their names to a pointer, a name that finds no room is left out.
    """
    places = [spot.at and layout.frame.place(spot.at) for spot in sample.spots]
    for spot, to in zip(sample.spots, places, strict=True):
        if spot.hint and to:
            score(ax, *to, spot.role, spot.look, spot.hint)
        else:
            dot(ax, 0, 0, spot.role, part=f"mark-{spot.mark}", to=to)
    for spot, to, found in zip(sample.spots, places, layout.spots, strict=True):
        if spot.hint and not found:
            continue
        across, down, _ = offset = found or RIGHT
        tie: list[Point] = []
        if across <= -FAR:
            tie = [(-6, 0), (across + 3, down - 4.5)]
        elif down >= 2 * FAR:
            tie = [(1, 6), (across + 1, down - 11)]
        if tie:
            line(ax, tie, spot.role, HAIR, part="" if spot.hint else f"mark-{spot.mark}", to=to)
        _words(ax, spot.label, spot.role, "" if spot.hint else f"name-{spot.mark}", to, offset)


def _bars(ax: Axes, sample: Sample, layout: Layout) -> None:
    left, _, right, bottom = layout.frame
    for row, stack in enumerate(sample.bars):
        _stack(ax, sample, stack, row, layout.frame)
    _part_names(ax, sample, layout)
    line(ax, [(left, bottom), (right, bottom)], "ink", HAIR)
    for index, tick in enumerate(sample.x_ticks):
        x, _ = layout.frame.place((tick.at, 0))
        anchor: Anchor = "middle" if 0 < tick.at < 1 else "start" if tick.at == 0 else "end"
        line(ax, [(x, bottom), (x, bottom + 4)], "ink", HAIR)
        label(ax, x, bottom + 22, tick.text, "quiet", anchor, part=f"x-{index}")


def _ends(piece: Piece | None, frame: Box) -> tuple[float, float]:
    """Where a part of a bar starts and ends on the sheet."""
    start, end = (piece.start, piece.end) if piece else (0.0, 0.0)
    return frame.place((start, 0))[0], frame.place((end, 0))[0]


def fits(unit: str) -> float:
    """How long a part of a bar is that has room for any number in a unit."""
    return width(f"1,000 {unit}", PHONE) + 8


def _stack(ax: Axes, sample: Sample, stack: Stack, row: int, frame: Box) -> None:
    """One bar with its name above it; a part without a size has its box as well, not displayed."""
    top = frame.top + PITCH * row
    label(ax, frame.left, top + 16, stack.label, part=f"bar-label-{row}")
    label(ax, frame.right, top + 16, stack.note, "quiet", "end", part=f"bar-note-{row}")
    pieces = {piece.part: piece for piece in stack.pieces}
    for index, (role, _) in enumerate(sample.parts):
        piece = pieces.get(index)
        x, end = _ends(piece, frame)
        text = piece.text if piece and end - x > fits(sample.unit) else ""
        box(ax, x, top + 22, end - x, THICK, role, 0.28, part=f"bar-{row}-{index}")
        label(ax, (x + end) / 2, top + 38.5, text, anchor="middle", part=f"bar-text-{row}-{index}")


def _part_names(ax: Axes, sample: Sample, layout: Layout) -> None:
    """What the parts are called, under the last bar, each with a hairline to its part."""
    frame = layout.frame
    y = frame.bottom - 26
    pieces = {piece.part: piece for piece in sample.bars[-1].pieces}
    for index, (role, words) in enumerate(sample.parts):
        x = layout.parts[index]
        label(ax, x, y + 10, words, role, "middle", part=f"name-{index}")
        tie: list[Point] = []
        if index in pieces:
            tie = [(sum(_ends(pieces[index], frame)) / 2, y - 9), (x, y - 2)]
        line(ax, tie, role, HAIR, part=f"tie-{index}")
