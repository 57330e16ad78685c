"""The sheet that a card is drawn on: matplotlib's own raster, where a unit is a pixel and y runs
down.
"""

import io
from typing import Any

from hooks.publish.cards.glyphs import NARROW, SANS, SERIF, settable
from hooks.publish.cards.shapes import Disc, Look, Outline, Shape, TextLine

EM = 100.0
"""The size at which matplotlib hands out the outlines of texts."""

BOLD = 0.028
"""How much of its size a bold text's outline is thickened by: the fonts have one weight."""

Corner = tuple[float, float]


class Canvas:
    """An empty sheet of so many pixels; matplotlib is loaded only to draw."""

    def __init__(self, wide: int, high: int, ground: str):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.font_manager import FontProperties

        self._figure = Figure(figsize=(wide / 72, high / 72), dpi=72, facecolor=ground)
        FigureCanvasAgg(self._figure)
        self._high = high
        self._ground = ground
        self._faces = {
            serif: FontProperties(fname=str(file), size=EM)
            for serif, file in ((False, SANS), (True, SERIF))
        }
        self._widths: dict[tuple[str, bool], float] = {}
        """At a size of one."""

    def png(self) -> bytes:
        """What has been drawn so far."""
        target = io.BytesIO()
        self._figure.savefig(
            target, format="png", metadata={"Software": None}, pil_kwargs={"optimize": True}
        )
        return target.getvalue()

    def shape(self, shape: Shape, size: float, scale: float, corner: Corner) -> None:
        """A shape of a figure that is scaled and whose upper left corner lies there; `size` is that
        of the figure's words.
        """
        from matplotlib.path import Path

        match shape:
            case TextLine():
                at = corner[0] + scale * shape.x, corner[1] + scale * shape.y
                self.words(
                    *at,
                    shape.text,
                    scale * size,
                    shape.look.fill,
                    shape.anchor,
                    shape.bold,
                    scale * shape.rim,
                    shape.look.opacity,
                    turn=shape.turn,
                )
            case Disc():
                self._draw(
                    Path.circle((shape.x, shape.y), shape.radius),
                    shape.look,
                    (scale, scale),
                    corner,
                )
            case Outline():
                codes = {
                    "M": Path.MOVETO,
                    "L": Path.LINETO,
                    "Q": Path.CURVE3,
                    "C": Path.CURVE4,
                    "Z": Path.CLOSEPOLY,
                }
                steps = [
                    (codes[name], point)
                    for name, points in shape.steps
                    for point in points or ((0.0, 0.0),)
                ]
                self._draw(
                    Path([point for _, point in steps], [code for code, _ in steps]),
                    shape.look,
                    (scale, scale),
                    corner,
                    clip=shape.clip,
                )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        anchor: str = "start",
        bold: bool = False,
        rim: float = 0.0,
        opacity: float = 1.0,
        serif: bool = False,
        turn: float = 0.0,
    ) -> None:
        """A text whose baseline is at y, turned by degrees. A rim of paper keeps it legible on a
        line.
        """
        from matplotlib.path import Path
        from matplotlib.textpath import text_to_path

        vertices, codes = text_to_path.get_text_path(self._faces[serif], settable(text))
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        start = -share * self.width(text, size, serif)
        upwards = (size / EM, -size / EM)
        if rim:
            self._draw(
                Path(vertices, codes),
                Look(self._ground, self._ground, thick=rim * EM / size),
                upwards,
                (x, y),
                start,
                turn,
            )
        self._draw(
            Path(vertices, codes),
            Look(colour, colour if bold else "", opacity, thick=BOLD * EM),
            upwards,
            (x, y),
            start,
            turn,
        )

    def width(self, text: str, size: float, serif: bool = False) -> float:
        """How wide a text is, with the space that ends it."""
        if (text, serif) not in self._widths:  # only ink is measured, so a full stop comes after it
            self._widths[text, serif] = self._ink(f"{text.translate(NARROW)}.", serif) - self._ink(
                ".", serif
            )
        return self._widths[text, serif] * size

    def _ink(self, text: str, serif: bool) -> float:
        from matplotlib.textpath import text_to_path

        return (
            float(
                text_to_path.get_text_width_height_descent(text, self._faces[serif], ismath=False)[
                    0
                ]
            )
            / EM
        )

    def _draw(
        self,
        path: Any,
        look: Look,
        scale: Corner,
        corner: Corner,
        start: float = 0.0,
        turn: float = 0.0,
        clip: tuple[float, ...] = (),
    ) -> None:
        """A path, scaled, moved along its own line, turned by degrees and moved to a corner."""
        from matplotlib.colors import to_rgba
        from matplotlib.patches import PathPatch
        from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

        flip = Affine2D().scale(1, -1).translate(0, self._high)
        place = Affine2D().scale(*scale).translate(start, 0).rotate_deg(turn).translate(*corner)
        patch = PathPatch(
            path,
            transform=place + flip,
            facecolor=to_rgba(look.fill, look.opacity) if look.fill else "none",
            edgecolor=look.stroke or "none",
            linewidth=scale[0] * look.thick if look.stroke else 0,
            linestyle=(0, tuple(dash / look.thick for dash in look.dashes)) if look.dashes else "-",
            capstyle="round" if look.round else "butt",
            joinstyle="round",
        )
        self._figure.add_artist(patch)
        if clip:
            patch.set_clip_box(TransformedBbox(Bbox.from_bounds(*clip), place + flip))
