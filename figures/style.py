"""How figures look: colours by role, matplotlib's settings, and the two sizes in which every figure
is drawn.

The only file that knows a colour. A role's name is a colour for matplotlib while a figure is drawn:
`color="kv"`, `facecolor=("kv", 0.3)`. Black, white, greys, the colours of the cycle (`C0` …) and
the plain names stand for roles too, so that a figure in ordinary matplotlib follows the page's
palette.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes
else:
    Axes = Any  # matplotlib is loaded only to draw

Say = Callable[[str, str], str]
At = Callable[[str], Any]

ROLES = {
    "ink": ("#21242b", "#e2e4e9"),
    "quiet": ("#5c5f66", "#abaeb5"),
    "faint": ("#8a8f99", "#7d828e"),
    "compute": ("#0b5fc0", "#7cb7ff"),
    "weights": ("#b5480b", "#ff9a5c"),
    "kv": ("#a0328c", "#f08ad6"),
    "network": ("#03785a", "#4fd1a5"),
    "paper": ("#ffffff", "#1e2129"),
}
"""Each role's colour on white and on the dark ground: words 5.4 : 1 or better, hairlines (faint) 3
: 1.
"""

NAMES = {
    "ink": "black",
    "paper": "white",
    "quiet": "dimgray tab:gray",
    "faint": "gray darkgray silver lightgray #cccccc #b0b0b0",
    "compute": "blue tab:blue b navy darkblue steelblue royalblue dodgerblue",
    "weights": "orange tab:orange tab:brown darkorange brown gold yellow",
    "kv": "red tab:red purple tab:purple tab:pink magenta m violet crimson darkred",
    "network": "green tab:green g teal cyan tab:cyan c tab:olive olive lime forestgreen darkgreen",
}
"""Colours that matplotlib and those who write for it use most, by the role that each stands for."""

WIDE, PHONE = 520, 350
"""How wide a figure is drawn, in pixels: once for a page, once for a phone."""

HIGH = 300
"""How high, unless the figure file sets its own height."""

SIZE = 13.0
"""The size of words."""

HAIR, FINE, BOLD = 0.6, 1.2, 2.2
"""Widths of lines: axes and grids, edges and limits, curves."""

SETTINGS: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": ROLES["ink"][0],
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.labelsize": SIZE,
    "axes.linewidth": HAIR,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": SIZE,
    "axes.titleweight": "bold",
    "figure.facecolor": "none",
    "figure.titlesize": SIZE,
    "figure.titleweight": "bold",
    "font.family": ["DejaVu Sans", "Han Metrics"],
    "font.size": SIZE,
    "grid.color": ROLES["faint"][0],
    "grid.linewidth": HAIR,
    "hatch.color": ROLES["ink"][0],
    "legend.edgecolor": "none",
    "legend.facecolor": ROLES["paper"][0],
    "legend.fontsize": SIZE,
    "lines.dashed_pattern": [3.3, 2.5],
    "lines.linewidth": BOLD,
    "lines.scale_dashes": True,
    "lines.solid_capstyle": "round",
    "patch.linewidth": FINE,
    "path.simplify": False,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "text.color": ROLES["ink"][0],
    "text.parse_math": False,
    "xtick.color": ROLES["ink"][0],
    "xtick.labelcolor": ROLES["quiet"][0],
    "xtick.labelsize": SIZE,
    "xtick.major.pad": 8,
    "xtick.major.size": 4,
    "xtick.major.width": HAIR,
    "xtick.minor.size": 0,
    "ytick.labelcolor": ROLES["quiet"][0],
    "ytick.labelsize": SIZE,
    "ytick.left": False,
    "ytick.major.pad": 6,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
    "ytick.right": False,
}

METRICS = Path(__file__).with_name("han-metrics.ttf")
"""A font of blank Han characters, one em wide: matplotlib measures with it, and the browser draws
the real ones.
"""


@contextmanager
def drawing(salt: str) -> Iterator[None]:
    """What is drawn here has this look; `salt` makes matplotlib's own ids the same each time."""
    from cycler import cycler
    from matplotlib import rc_context
    from matplotlib.colors import get_named_colors_mapping
    from matplotlib.font_manager import FontEntry, fontManager

    if not any(entry.name == "Han Metrics" for entry in fontManager.ttflist):
        for weight in (400, 700):
            fontManager.ttflist.append(
                FontEntry(str(METRICS), name="Han Metrics", weight=weight, size="scalable")
            )
    order = ("compute", "weights", "network", "kv", "ink", "quiet")
    cycle = cycler(color=[ROLES[role][0] for role in order])
    names = get_named_colors_mapping()
    settings: Any = SETTINGS | {"axes.prop_cycle": cycle, "svg.hashsalt": salt}
    with rc_context(settings):
        names.update({role: light for role, (light, _) in ROLES.items()})
        try:
            yield
        finally:
            for role in ROLES:
                del names[role]


def roles() -> dict[str, str]:
    """The role of every colour that matplotlib may write."""
    from matplotlib.colors import to_hex

    named = {to_hex(name): role for role, names in NAMES.items() for name in names.split()}
    return named | {light: role for role, (light, _) in ROLES.items()}


def variable(role: str) -> str:
    """The page's name for a role's colour. Paper is whatever the page is printed on."""
    return "--md-default-bg-color" if role == "paper" else f"--fig-{role}"


def sheet(ax: Axes, high: float, phone: float = 0) -> float:
    """Make the axes an empty sheet for a diagram: a unit is a pixel, y runs down from the upper
    edge.

    Gives the sheet's width, `WIDE` or `PHONE`. `high` is its height, and `phone` that on a phone if
    it differs.
    """
    figure: Any = ax.figure
    wide = float(round(72 * figure.get_figwidth()))
    high = phone if phone and wide == PHONE else high
    figure.set_layout_engine("none")
    figure.set_figheight(high / 72)
    ax.set_position((0, 0, 1, 1))
    ax.set_axis_off()
    ax.set(xlim=(0, wide), ylim=(high, 0))
    return wide
