"""What is wrong with a page's Markdown before anything is filled."""

import re
from collections.abc import Iterator

from hooks.formula.evaluate import Scenario
from hooks.page.beside import beside_mistakes
from hooks.page.passage import passage, passages
from hooks.page.remark import misread
from hooks.page.scan import Slot, scan
from hooks.page.table import misshapen
from hooks.page.typed import typed
from hooks.page.unclosed import unclosed
from hooks.page.unsupported import unsupported
from hooks.text.problems import Mistake

SHOWN_LINES = re.compile(
    r"^(?:title|question|description):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE
)
"""What front matter shows to readers."""


def near_mistakes(
    text: str, body_at: int, scenario: Scenario, generated: bool
) -> Iterator[Mistake]:
    """What is nearly a comment, a reference or a table of ours, and would be left alone; and typed
    numbers.

    Offsets are into the whole `text`, whose Markdown begins at `body_at`. A `generated` page was
    written by no writer, so the numbers that its texts type were checked where they were read.
    """
    library = scenario.library
    if not generated:
        yield from typed(text, scenario, body_at)
    yield from misread(text, body_at, library)
    yield from unclosed(text, body_at, library)
    yield from misshapen(text, body_at)
    yield from unsupported(text, body_at)
    for line in SHOWN_LINES.finditer(text, 0, body_at):
        found = [*unclosed(line[1], 0, library)]
        found += [] if generated else typed(line[1], scenario)
        yield from (Mistake(one.message, one.at + line.start(1)) for one in found)


def follow_mistakes(
    text: str, body_at: int, slots: list[Slot], scenario: Scenario
) -> Iterator[Mistake]:
    """Numbers in a page's Markdown that follow the reader beside a measurement, and must not."""
    return beside_mistakes(passages(text, body_at, scan(text)), slots, scenario)


def line_mistakes(line: str, scenario: Scenario) -> Iterator[Mistake]:
    """The same in a line of front matter."""
    return beside_mistakes(passage(line, scan(line)), scan(line), scenario)
