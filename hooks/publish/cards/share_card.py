"""A share card: 1200 × 630, a question over the figure that answers it, in the light palette
and the cards' own font.
"""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from figures.style import ROLES
from hooks.cache.store import Store
from hooks.publish.cards.canvas import Canvas
from hooks.publish.cards.glyphs import SANS, SERIF, latin, missing, settable
from hooks.publish.cards.palette import palette
from hooks.publish.cards.setting import break_lines
from hooks.publish.cards.shapes import figure_texts, read_shapes
from hooks.text.problems import Mistake

WIDE, HIGH = 1200, 630
EDGE, FOOT, GAP = 60.0, 48.0, 40.0
LOWEST = 400.0
"""Where the room below the headline must begin at the latest for a figure to be worth drawing
in it.
"""
SIZES = (64, 60, 56, 52, 48, 44, 40, 36)
TITLES = (26, 22, 18)
"""Of a headline and of a title, the sizes from which the largest that fits is taken."""
LEADING = 1.26
MOST = 2
"""Lines of a headline, unless no size is small enough."""
SHARE = 0.63
"""How much of the card's width a figure takes at most."""

SOURCES = tuple(sorted(Path(__file__).parent.glob("*.py")))


@dataclass(frozen=True)
class Card:
    """What a card says, and the file of the figure that it shows, every colour in it resolved;
    all but the headline may be empty.
    """

    headline: str
    title: str
    site: str
    figure: str

    def missing(self) -> str:
        """The characters that it would need and the font has not."""
        return missing(
            [
                self.headline,
                self.title,
                self.site,
                *(figure_texts(self.figure) if self.figure else []),
            ]
        )

    def check(self, text: str = "") -> None:
        """Refuse words that the fonts cannot set, with their place in the writer's own `text`."""
        if lacking := self.missing():
            raise Mistake(
                f"the share cards' fonts have no {lacking}; add it to MORE in"
                " hooks/publish/cards/glyphs.py, then: python -m hooks.publish.cards.font",
                max(text.find(lacking[0]), 0),
            )

    def png(self, cache: Path | None) -> bytes:
        """The picture, from the cache if it has been drawn before. The same card is the same
        bytes.
        """
        if cache is None:
            return self._drawn()
        parts = [
            self,
            *(source.read_text("utf-8") for source in SOURCES),
            *(sha256(font.read_bytes()).hexdigest() for font in (SANS, SERIF)),
            palette(),
            version("matplotlib"),
        ]
        drawn: bytes = Store(cache).made(repr(parts), bytes, self._drawn)
        return drawn

    def _drawn(self) -> bytes:
        sheet = Canvas(WIDE, HIGH, palette()["ground"])
        below = self._head(sheet)
        left = self._picture(sheet, below) if self.figure and below < LOWEST else WIDE - EDGE
        self._foot(sheet, below, left - EDGE - GAP)
        return sheet.png()

    def _picture(self, sheet: Canvas, below: float) -> float:
        """The figure in the lower right corner, as large as it can be; tells where it begins."""
        figure = read_shapes(self.figure.replace(ROLES["paper"][0], palette()["ground"]))
        scale = min((HIGH - FOOT - below) / figure.high, SHARE * WIDE / figure.wide)
        corner = WIDE - EDGE - scale * figure.wide, HIGH - FOOT - scale * figure.high
        for shape in figure.shapes:
            sheet.shape(shape, figure.size, scale, corner)
        return corner[0]

    def _head(self, sheet: Canvas) -> float:
        """The headline, as large as it can be; tells where the room below it begins."""
        serif = latin().issuperset(settable(self.headline))
        for size in SIZES:
            rows = break_lines(
                self.headline, WIDE - 2 * EDGE, partial(sheet.width, size=size, serif=serif)
            )
            if len(rows) <= MOST:
                break
        y = EDGE + 0.86 * size
        for row in rows:
            sheet.words(EDGE, y, row, size, palette()["ink"], bold=not serif, serif=serif)
            y += LEADING * size
        return y - 0.2 * size

    def _foot(self, sheet: Canvas, below: float, room: float) -> None:
        """Beside the figure, from the bottom up: the site's name, and what the essay is called."""
        y = HIGH - EDGE
        if self.site:
            sheet.words(EDGE, y, self.site, 24, palette()["accent"], bold=True)
            y -= 52
        for size in TITLES:
            width = partial(sheet.width, size=size)
            rows = break_lines(self.title, room, width)
            if max(map(width, rows), default=0) <= room and y - 1.4 * size * len(rows) > below:
                break
        for row in reversed(rows):
            sheet.words(EDGE, y, row, size, palette()["faint"])
            y -= 1.4 * size
