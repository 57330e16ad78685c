"""An engine's beats over a window of time: when each begins and ends, which carry rows of a prompt,
and how long every prompt waits for its first token. `hooks/live/browser/timeline.js` does the same.

What a beat with a chunk takes is asked of the cost models: it is `longest_gap` of a prompt that
ends with that chunk. A beat carries rows of one prompt, and prompts are read in the order of
arrival. The readers stay the same, and so does the length of their conversations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from hooks.formula.evaluate import Scenario, Value
from hooks.formula.format import NARROW, format_value
from hooks.formula.quantity import Reason
from hooks.formula.units import unit
from hooks.pictures.axis import Point, quarters, tick_text
from hooks.pictures.chart import Timeline
from hooks.pictures.labels import Words, fill_label, finite_number, short_reason
from hooks.text.languages import Language, say

WINDOW = 2.4
"""How long the window is at least, in beats with a whole prompt."""

ORDINARY = 16
"""How long it is at least, in beats without a prompt."""

LEAD = 0.06
"""When the first prompt comes, as a share of the window."""

MOST_BEATS = 2048
"""Of a prompt in more chunks nothing is drawn."""

MOST_PROMPTS = 60
"""So many prompts are followed; no window is long enough to read them."""

Span = tuple[float, float]
"""Where something begins and where it ends."""


@dataclass(frozen=True)
class Schedule:
    """The beats of one lane, in seconds: runs of equal beats without a prompt, and beats that carry
    rows of one.
    """

    plain: tuple[tuple[float, float, int], ...]
    """Start, length of a beat, and how many."""
    reading: tuple[Span, ...]
    done: tuple[float, ...]
    """When each prompt has been read and its first token is out."""


@dataclass(frozen=True)
class TimelineLane:
    """One lane: its name, its numbers in words, and its beats, if there are any."""

    name: str
    numbers: str
    schedule: Schedule


@dataclass(frozen=True)
class TimelineSample:
    """A timeline in one scenario and language: everything that its drawing shows."""

    window: float
    arrivals: tuple[float, ...]
    rate: str
    ticks: tuple[str, ...]
    legend: tuple[str, str]
    lanes: tuple[TimelineLane, ...]
    columns: tuple[str, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()

    def csv(self) -> str:
        """Nothing: the beats are what the cost models say of each chunk."""
        return ""


EMPTY = Schedule((), (), ())


def scheduled(
    step: float, lengths: list[float], arrivals: tuple[float, ...], window: float
) -> Schedule:
    """The beats from 0 to the end of the window. `lengths` are those of the beats that read one
    prompt.
    """
    plain, reading, done = list[tuple[float, float, int]](), list[Span](), list[float]()
    clock, chunk = 0.0, 0
    while clock < window:
        waiting = arrivals[len(done)] if len(done) < len(arrivals) else window
        if waiting <= clock:
            end = clock + lengths[chunk]
            reading.append((clock, end))
            clock, chunk = end, chunk + 1
            if chunk == len(lengths):
                done.append(end)
                chunk = 0
        else:
            count = ceil((min(waiting, window) - clock) / step)
            plain.append((clock, step, count))
            clock = clock + count * step
    return Schedule(tuple(plain), tuple(reading), tuple(done))


def beats_of_prompt(
    scenario: Scenario, chunk: float, language: Language
) -> tuple[list[float], str]:
    """The length of every beat in which a prompt is read in such chunks; or, in few words, why
    there is none.
    """
    prompt, lengths, read = _number(scenario["prompt"]), list[float](), 0.0
    if prompt > MOST_BEATS * chunk:
        return [], say("timeline.too_many", language)
    while read < prompt:
        rows = min(chunk, prompt - read)
        read = read + rows
        there = scenario.pinned({"prompt": read, "chunk_size": rows})
        if why := _why_not(there, "longest_gap", language):
            return [], why
        lengths.append(_number(there["longest_gap"]))
    return lengths, ""


def _why_not(scenario: Scenario, name: str, language: Language) -> str:
    """Why a quantity is no number above zero, in few words; empty if it is one."""
    value = scenario[name]
    if isinstance(value, Reason):
        return short_reason(scenario.text(name, "", language), value)
    return "" if (finite_number(value) or 0) > 0 else "n/a"


def _number(value: Value) -> float:
    return finite_number(value) or 0.0


def timeline(chart: Timeline, scenario: Scenario, language: Language) -> TimelineSample:
    """The sample of a timeline."""
    prompt, chunk = _number(scenario["prompt"]), _number(scenario["chunk_size"])
    whole, why = beats_of_prompt(scenario, prompt, language)
    why = _why_not(scenario, "decode_step", language) or why
    step = _number(scenario["decode_step"])
    least = 0.0 if why else max(WINDOW * (whole[0] if whole else 0), ORDINARY * step)
    factor, shown = (1.0, "s") if least >= 1 else (0.001, "ms")
    axis = quarters(least / factor)
    window = axis.high * factor
    rate = _number(scenario["arrival_rate"]) * _number(scenario["sequences_per_request"])
    arrivals: tuple[float, ...] = ()
    if rate > 0 and prompt > 0:
        every = (LEAD * window + number / rate for number in range(MOST_PROMPTS))
        arrivals = tuple(time for time in every if time < window)

    def number(seconds: float) -> str:
        return format_value(seconds, unit("s"), "", language)

    def lane(name: Words, rows: float) -> TimelineLane:
        words = fill_label(name, scenario, language)
        lengths, unread = ([], why) if why else beats_of_prompt(scenario, rows, language)
        if unread:
            return TimelineLane(words, unread, EMPTY)
        total = 0.0
        for length in lengths:
            total = total + length
        gap = say("timeline.gap", language, gap=number(max([step, *lengths])))
        first = say("timeline.first", language, time=number(total))
        after = say("timeline.piling", language) if rate * total >= 1 else first
        schedule = scheduled(step, lengths, arrivals, window)
        return TimelineLane(words, f"{gap} · {after}", schedule)

    ticks = [tick_text(axis.high * quarter / 4, language) for quarter in range(5)]
    return TimelineSample(
        window=window,
        arrivals=arrivals,
        rate=fill_label(chart.arrivals, scenario, language),
        ticks=(*ticks[:-1], f"{ticks[-1]}{NARROW}{shown}"),
        legend=(say("timeline.writing", language), say("timeline.reading", language)),
        lanes=(lane(chart.whole, prompt), lane(chart.chunked, min(chunk, prompt))),
    )


# Where everything lies, in pixels of a drawing

LANE = 112.0
NAME, NUMBERS = 16.0, 33.0
TOKENS, BEATS, WAITS = (41.0, 55.0), (58.0, 82.0), (90.0, 94.5, 99.0, 103.5)
"""In a lane, from its upper edge: two lines of words, the marks of the stream, the bar of beats,
and the prompts, each on one of four levels.
"""

AXIS = 2 * LANE + 8
HIGH = AXIS + 46
MARGIN = 4.0

NEAR = 1.6
"""Tokens that come closer than this are a band instead of marks. Of a prompt the first beat
decides, which looks back the least.
"""

NARROWEST = 4.0
"""Beats at least so wide are cut off from each other."""

Outline = list[Point]
Outlines = dict[str, list[Outline]]
"""Lines, and shapes to fill, by the part of the drawing that they belong to."""


def outlines(sample: TimelineSample, wide: float) -> Outlines:
    """Every part of a drawing so wide that is not words."""
    ruler = (wide - 2 * MARGIN) / sample.window
    found: Outlines = {}
    for row, lane in enumerate(sample.lanes):
        parts = _lane(lane.schedule, sample, ruler, row * LANE)
        found |= {f"{part}-{row}": lines for part, lines in parts.items()}
    return found


def _lane(beats: Schedule, sample: TimelineSample, ruler: float, top: float) -> Outlines:
    window = sample.window
    tokens, upper, lower = TOKENS[0] + top, BEATS[0] + top, BEATS[1] + top

    def x(time: float) -> float:
        return MARGIN + min(time, window) * ruler

    def box(span: Span, above: float, below: float) -> Outline:
        left, right = x(span[0]), x(span[1])
        return [(left, above), (right, above), (right, below), (left, below)]

    def upright(time: float, above: float, below: float) -> Outline:
        return [(x(time), above), (x(time), below)]

    ends, bands, cuts = list[float](), list[Span](), list[float]()
    for start, length, count in beats.plain:
        apart = length * ruler >= NEAR
        every = [start + number * length for number in range(1, count + 1)] if apart else []
        ends += every
        bands += [] if apart else [(start, start + count * length)]
        cuts += every if length * ruler >= NARROWEST else []
    shortest = (beats.reading[0][1] - beats.reading[0][0]) * ruler if beats.reading else 0.0
    read_ends = [end for _, end in beats.reading]
    ends += read_ends if shortest >= NEAR else []
    bands += [] if shortest >= NEAR else beats.reading
    cuts += read_ends if shortest >= NARROWEST else []
    waits, out = [], []
    for number, arrival in enumerate(sample.arrivals):
        level = WAITS[number % len(WAITS)] + top
        read = beats.done[number] if number < len(beats.done) else window
        waits.append([(x(arrival), lower + 3), (x(arrival), level), (x(read), level)])
        out += [[(x(read), level), (x(read), level)]] if read < window else []
    writing = [(start, start + count * length) for start, length, count in beats.plain]
    return {
        "write": [box(span, upper, lower) for span in writing],
        "read": [box(span, upper, lower) for span in _joined(beats.reading)],
        "cuts": [upright(end, upper, lower) for end in cuts if end < window],
        "flow": [box(span, tokens, TOKENS[1] + top) for span in _joined(sorted(bands))],
        "tokens": [upright(end, tokens, TOKENS[1] + top) for end in ends if end <= window],
        "wait": waits if beats.plain or beats.reading else [],
        "out": out,
    }


def _joined(spans: list[Span] | tuple[Span, ...]) -> Iterator[Span]:
    """Spans, those joined that follow each other."""
    last: Span | None = None
    for start, end in spans:
        if last and last[1] == start:
            last = (last[0], end)
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last
