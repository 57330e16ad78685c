"""Drawing with matplotlib: a figure of a given size, drawn in our style and cleaned into one
element of the page.
"""

import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from figures import style
from hooks.formula.format import digits
from hooks.pictures.placement import Box
from hooks.pictures.svg import Cleaner

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Figure
else:
    Figure = Any  # matplotlib is loaded only to draw

NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def render(
    draw: Callable[[Figure], Any],
    wide: float,
    high: float,
    name: str,
    alt: str,
    frame: Box | None = None,
    hints: dict[str, list[str]] | None = None,
    note: str | None = None,
) -> str:
    """Draw on a fresh figure and give its SVG; what figures may not hold is refused
    (`hooks/pictures/svg.py`).

    `frame` is where a live chart's axes lie, `note` what is written in them over several lines.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with style.drawing(name):
        figure = Figure(figsize=(wide / 72, high / 72))
        FigureCanvasSVG(figure)
        draw(figure)
        _finish(figure)
        target = io.StringIO()
        figure.savefig(target, format="svg", metadata=NO_METADATA)
        wide, high = (72 * inches for inches in figure.get_size_inches())
        axes = _axes(figure.axes[0], wide, high)
    cleaner = Cleaner(ElementTree.fromstring(target.getvalue()), hints or {})
    phone = round(wide) == style.PHONE
    given = {"viewBox": f"0 0 {wide:g} {high:g}", "data-figure": name}
    given["class"] = f"figure-sheet {'narrow' if phone else 'wide'}"
    given |= {"data-frame": " ".join(f"{edge:g}" for edge in frame)} if frame else {}
    given |= {"role": "img", "aria-label": alt, "font-size": f"{style.SIZE:g}"}
    svg = ElementTree.Element("svg", given | {"stroke-linejoin": "round"})
    svg.extend(cleaner.elements())
    if any("data-x" in node.attrib or "data-y" in node.attrib for node in svg):
        svg.set("data-axes", axes)
    if frame and note is not None:
        svg.append(_note(frame, note))
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


def _axes(ax: Any, wide: float, high: float) -> str:
    """Where the values of both axes lie in a drawing: of each the two ends as values and in
    pixels, and whether it is logarithmic.
    """
    box = ax.get_position()
    across = *ax.get_xlim(), box.x0 * wide, box.x1 * wide, ax.get_xscale() == "log"
    upright = *ax.get_ylim(), (1 - box.y0) * high, (1 - box.y1) * high, ax.get_yscale() == "log"
    return " ".join(f"{number:.9g}" for number in (*across, *upright))


def render_diagram(draw: Callable[[Figure], Any], wide: float, name: str, alt: str) -> str:
    """The SVG of a diagram that places its own marks, in the height of all diagrams."""

    def laid_out(figure: Figure) -> None:
        figure.set_layout_engine("constrained")
        draw(figure)

    return render(laid_out, wide, style.HIGH, name, alt)


def _note(frame: Box, text: str) -> ElementTree.Element:
    """Words that a browser breaks into lines, in the upper left corner of a frame."""
    left, top, right, bottom = frame
    place = {"x": left + 8, "y": top + 6, "width": right - left - 16, "height": bottom - top - 6}
    given = {key: f"{value:g}" for key, value in place.items()} | {"data-part": "note"}
    given |= {} if text else {"display": "none"}
    given["class"] = "figure-note"
    given["style"] = f"color:var(--fig-ink, {style.ROLES['ink'][0]});white-space:pre-line"
    element = ElementTree.Element("foreignObject", given)
    element.text = text
    return element


def _finish(figure: Figure) -> None:
    """Numbers on axes as people say them, where a figure has not chosen others, and one grid where
    two axes meet.

    matplotlib's own would be 1e4, or a formula for 10 to the fourth.
    """
    from matplotlib.ticker import (
        FuncFormatter,
        LogFormatter,
        LogLocator,
        NullFormatter,
        ScalarFormatter,
    )

    for ax in figure.axes:
        if ax.yaxis.get_ticks_position() == "right":
            ax.grid(False)  # a twin's numbers stand beside the grid of the first
        for axis, limits in ((ax.xaxis, ax.get_xlim), (ax.yaxis, ax.get_ylim)):
            major = axis.get_major_formatter()
            if not axis.isDefault_majfmt or not isinstance(major, (ScalarFormatter, LogFormatter)):
                continue
            axis.set_major_formatter(FuncFormatter(lambda value, _: _short_digits(value)))
            if axis.get_scale() == "log" and axis.isDefault_minfmt:
                axis.set_minor_formatter(NullFormatter())
                if axis.isDefault_majloc and max(limits()) < 30 * min(limits()):
                    axis.set_major_locator(LogLocator(subs=(1, 2, 5)))


def _short_digits(value: float) -> str:
    text = digits(value, 6)
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text
