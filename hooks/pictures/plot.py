"""A sample on its sheet: the frame, the axes, the curves or bars in it, and their names."""

from figures.style import FINE, HAIR, Axes, box, curve, dot, label, line, render, score
from hooks.pictures.axis import Point
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
    wrapped,
)
from hooks.pictures.sample import Sample, Stack, Trace

TOP = 34.0
"""The room for the title."""

PITCH, THICK = 56.0, 24.0
"""From one bar to the next, and a bar's own height."""


def plot(sample: Sample, name: str, alt: str) -> str:
    """A chart as inline SVG."""
    return _bars(sample, name, alt) if sample.bars else _curves(sample, name, alt)


def _curves(sample: Sample, name: str, alt: str) -> str:
    ends = [trace for trace in sample.traces if trace.kind != "guide" and trace.runs]
    guides = [trace for trace in sample.traces if trace.kind == "guide" and trace.runs]
    names = max((width(trace.label, PHONE) for trace in ends), default=0.0)
    overhang = max((width(tick.text, PHONE) / 2 for tick in sample.x_ticks if tick.at > 0.9), default=0.0)
    left = 10 + max((width(tick.text, PHONE) for tick in sample.y_ticks), default=0.0)
    entries = flowing([width(entry.words, PHONE) + 34 for entry in sample.key], WIDTH + 16)
    top = TOP + 20 * bool(sample.limits) + (22 * (entries[-1][0] + 1) + 4 if entries else 0)
    frame = Box(left, top, WIDTH - max(4.0, overhang, names + 12, 40.0 * sample.aside), top + sample.height)

    def draw(ax: Axes) -> None:
        label(ax, 2, 16, sample.title, bold=True)
        _axes(ax, sample, frame)
        for trace in sample.traces:
            runs = [[frame.place(point) for point in run] for run in trace.runs]
            curve(ax, runs, trace.role, trace.kind, f"mark-{trace.mark}")
        for trace in sample.traces:
            if trace.here:
                dot(ax, *frame.place(trace.here), trace.role, part=f"here-{trace.mark}")
        _names(ax, ends, frame)
        for entry, (row, across) in zip(sample.key, entries, strict=True):
            score(ax, across + 7, 34 + 22 * row, entry.role, entry.look)
            label(ax, across + 17, 38.5 + 22 * row, entry.words)
        _guides(ax, guides, frame)
        _spots(ax, sample, frame)
        for row, words in enumerate(wrapped(sample.notes, frame.right - frame.left - 16)):
            label(ax, frame.left + 8, frame.top + 20 + 20 * row, words, part="note", rim=True)

    return render(draw, frame.bottom + 51, name, alt, frame)


def _axes(ax: Axes, sample: Sample, frame: Box) -> None:
    left, top, right, bottom = frame
    for index, tick in enumerate(sample.y_ticks):
        _, y = frame.place((0, tick.at))
        line(ax, [(left, y), (right, y)], "faint" if index else "ink", HAIR)
        label(ax, left - 6, y + 4.5, tick.text, "quiet", "end", part=f"y-{index}")
    for tick in sample.x_ticks:
        x, _ = frame.place((tick.at, 0))
        line(ax, [(x, bottom), (x, bottom + 4)], "ink", HAIR)
        label(ax, x, bottom + 22, tick.text, "quiet", "middle")
    label(ax, right, bottom + 43, sample.axis, anchor="end")
    if sample.here:
        dot(ax, left + 4, bottom + 38.5)
        label(ax, left + 13, bottom + 43, sample.here, part="here")
    for index, (words, share) in enumerate(sample.limits):
        x, _ = frame.place((share, 0))
        line(ax, [(x, top - 14), (x, bottom)], "ink", FINE * 0.8, dashed=True, part=f"limit-{index}")
        _leaning(ax, x, top - 7, words, "ink", (5, 5), f"limit-word-{index}")


def _leaning(ax: Axes, x: float, y: float, words: str, role: str, gap: tuple[float, float], part: str) -> None:
    """Words to the right of a line, or to its left where the sheet ends; `gap` is the distance on either side."""
    before, after = gap
    if x + after + 2 + width(words, PHONE) > WIDTH:
        label(ax, x - before, y, words, role, "end", part=part, rim=True)
    else:
        label(ax, x + after, y, words, role, part=part, rim=True)


def _names(ax: Axes, ends: list[Trace], frame: Box) -> None:
    """Every curve's name at its right end."""
    wanted = []
    for trace in ends:
        run = trace.runs[-1]
        last = run[len(run) // 2 - 1 : len(run) // 2 + 1] if trace.kind == "area" else run[-1:]
        wanted.append(sum(frame.place(point)[1] for point in last) / len(last) + 4.5)
    heights = apart(wanted, SIZE * PHONE * 1.15, frame.top + 8, frame.bottom + 2)
    for trace, y in zip(ends, heights, strict=True):
        label(ax, frame.right + 8, y, trace.label, trace.role, part=f"name-{trace.mark}")


def _guides(ax: Axes, guides: list[Trace], frame: Box) -> None:
    """Every guide's words near its far end."""
    for trace in guides:
        run = [frame.place(point) for point in trace.runs[-1]]
        x, y, anchor = _along(run, trace.label, frame)
        label(ax, x, y, trace.label, trace.role, anchor, part=f"name-{trace.mark}", rim=True)


def _along(run: list[Point], words: str, frame: Box) -> tuple[float, float, Anchor]:
    """Where a rising guide's words stand: left of it and above, in the frame, as far along as they find room."""
    room = Box(frame.left, frame.top, WIDTH, frame.bottom)
    for x, y in reversed(run):
        box = extent(x - 9, y - 3, words, "end", PHONE)
        if room.holds(box) and not any(box.meets(around(point, 1)) for point in run):
            return x - 9, y - 3, "end"
    return run[-1][0] - 8, run[-1][1] + 17, "end"


def _spots(ax: Axes, sample: Sample, frame: Box) -> None:
    """Every dot, and its name beside it, clear of the other dots, their names, the curves and the limits.

    Of many dots that say their names to a pointer, a name that finds no room is left out.
    """
    spots = [frame.place(spot.at) for spot in sample.spots]
    curves = [
        frame.place(point) for trace in sample.traces if trace.kind != "band" for run in trace.runs for point in run
    ]
    limits = [frame.place((at, share / 50)) for _, at in sample.limits for share in range(51)]
    taken = [around(point, reach) for points, reach in ((spots, 5), (curves, 2), (limits, 2.5)) for point in points]
    for trace in sample.traces:
        if trace.kind == "guide" and trace.runs:
            x, y, anchor = _along([frame.place(point) for point in trace.runs[-1]], trace.label, frame)
            taken.append(extent(x, y, trace.label, anchor, PHONE))
    room = Box(frame.left, frame.top - 6, WIDTH, frame.bottom)
    for spot, (x, y) in zip(sample.spots, spots, strict=True):
        if spot.hint:
            score(ax, x, y, spot.role, spot.look, spot.hint)
        else:
            dot(ax, x, y, spot.role, part=f"mark-{spot.mark}")
    for spot, (x, y) in zip(sample.spots, spots, strict=True):
        place = beside((x, y), spot.label, taken, room, spots) if spot.label else None
        at_x, at_y, anchor = place or (x + 10, y + 4.5, "start")
        if not spot.label or (spot.hint and not place):
            continue
        taken.append(extent(at_x, at_y, spot.label, anchor, PHONE))
        if x - at_x >= FAR:
            line(ax, [(x - 6, y), (at_x + 3, at_y - 4.5)], spot.role, HAIR)
        elif at_y - y >= 2 * FAR:
            line(ax, [(x + 1, y + 6), (at_x + 1, at_y - 11)], spot.role, HAIR)
        label(ax, at_x, at_y, spot.label, spot.role, anchor, part="" if spot.hint else f"name-{spot.mark}", rim=True)


def _bars(sample: Sample, name: str, alt: str) -> str:
    last = TOP + PITCH * len(sample.bars)
    frame = Box(2.0, TOP, WIDTH - 14.0, last + 26)
    left, _, right, bottom = frame

    def draw(ax: Axes) -> None:
        label(ax, 2, 16, sample.title, bold=True)
        for row, stack in enumerate(sample.bars):
            _stack(ax, sample, stack, row, frame)
        _part_names(ax, sample, frame, last)
        line(ax, [(left, bottom), (right, bottom)], "ink", HAIR)
        for index, tick in enumerate(sample.x_ticks):
            x, _ = frame.place((tick.at, 0))
            anchor: Anchor = "middle" if 0 < tick.at < 1 else "start" if tick.at == 0 else "end"
            line(ax, [(x, bottom), (x, bottom + 4)], "ink", HAIR)
            label(ax, x, bottom + 22, tick.text, "quiet", anchor, part=f"x-{index}")
        label(ax, right, bottom + 43, sample.axis, anchor="end")

    return render(draw, bottom + (50 if sample.axis else 29), name, alt, frame)


def _stack(ax: Axes, sample: Sample, stack: Stack, row: int, frame: Box) -> None:
    """One bar with its name above it; a part without a size has its box as well, of no width."""
    top = frame.top + PITCH * row
    label(ax, frame.left, top + 16, stack.label)
    label(ax, frame.right, top + 16, stack.note, "quiet", "end", part=f"bar-note-{row}")
    wide = frame.right - frame.left
    pieces = {piece.part: piece for piece in stack.pieces}
    for index, (role, _) in enumerate(sample.parts):
        piece = pieces.get(index)
        x = frame.left + piece.start * wide if piece else frame.left
        length = (piece.end - piece.start) * wide if piece else 0.0
        text = piece.text if piece else ""
        box(ax, x, top + 22, length, THICK, role, 0.28, part=f"bar-{row}-{index}")
        if width(text, PHONE) + 8 < length:
            middle = x + length / 2
            label(ax, middle, top + 22 + THICK / 2 + 4.5, text, anchor="middle", part=f"bar-text-{row}-{index}")


def _part_names(ax: Axes, sample: Sample, frame: Box, y: float) -> None:
    """What the parts are called, under the last bar, each with a hairline to its part."""
    pieces = sample.bars[-1].pieces
    x = 0.0
    for position, piece in enumerate(pieces):
        role, words = sample.parts[piece.part]
        middle, _ = frame.place(((piece.start + piece.end) / 2, 0))
        room = width(words, PHONE)
        rest = sum(width(sample.parts[later.part][1], PHONE) + 14 for later in pieces[position + 1 :])
        x = min(max(x, middle - room / 2), WIDTH - rest - room)
        label(ax, x + room / 2, y + 10, words, role, "middle", part=f"name-{piece.part}")
        line(ax, [(middle, y - 9), (min(max(middle, x + 4), x + room - 4), y - 2)], role, HAIR)
        x += room + 14
