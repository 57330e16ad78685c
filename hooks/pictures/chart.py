"""A chart as a figure file declares it: quantities over a swept field, bars stacked from parts, or
an engine's beats over time.
"""

from dataclasses import dataclass, field

from hooks.pictures.labels import Words


@dataclass(frozen=True)
class Line:
    """A quantity as a line."""

    reference: str
    role: str
    label: Words


@dataclass(frozen=True)
class Area(Line):
    """A quantity as a band that lies on the areas before it."""


@dataclass(frozen=True)
class Roof:
    """A roofline: it climbs with `slope` per unit of the axis until it meets `flat`."""

    flat: str
    slope: str
    role: str
    label: Words


@dataclass(frozen=True)
class Diagonal:
    """A guide on which the values are a share of the axis: with a share of 1 both agree."""

    share: float
    label: Words


@dataclass(frozen=True)
class Dot:
    """One value; `across` is where it stands on the axis."""

    reference: str
    across: str
    role: str
    label: Words


@dataclass(frozen=True)
class Measured:
    """A row of docs/data/measurements.yml as a dot: what its own expression predicts across,
    what was measured up.
    """

    measurement: str
    reference: str
    role: str
    label: Words


@dataclass(frozen=True)
class Scores:
    """Every published result of a group (hooks/pictures/board.py names them) as a dot, found in
    the catalogue.

    In a chart over nothing it stands at what we say across and at what was measured up, with
    its error to see. Over a quantity such as `decode_step:ms` it stands at the share of its
    bound that it reached. `look` is the dot's shape. `names` are those of some results, by their
    measurements, that a text speaks of.
    """

    group: str
    look: str
    role: str
    label: Words
    names: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True)
class Band:
    """Where a prediction is off by no more than this share of what was measured."""

    within: float
    label: Words = ("", "")


@dataclass(frozen=True)
class Added:
    """A guide: the share of a floor that is reached when so much is added to it, in base units."""

    amount: float
    label: Words


@dataclass(frozen=True)
class Limit:
    """A dashed hairline with a word on it, upright at a value of the swept field."""

    reference: str
    label: Words


@dataclass(frozen=True)
class Region:
    """A tint over what lies below a quantity, wherever it has a value."""

    reference: str
    role: str
    label: Words = ("", "")


@dataclass(frozen=True)
class Best:
    """A dot at the height of `reference`, at whichever of some values of the swept field makes
    `least` the smallest.
    """

    reference: str
    least: str
    among: tuple[float, ...]
    role: str
    label: Words


@dataclass(frozen=True)
class Bar:
    """One bar of a bar chart: what it is called, the fields that it pins, and a closing note."""

    label: Words
    pins: str = ""
    note: Words = ("", "")


@dataclass(frozen=True)
class Part:
    """A part of every bar: so much more, or, with `up_to`, whatever is missing up to a value."""

    reference: str
    role: str
    label: Words
    up_to: bool = False


Mark = (
    Line
    | Area
    | Roof
    | Diagonal
    | Dot
    | Measured
    | Scores
    | Band
    | Added
    | Limit
    | Region
    | Best
    | Part
)


@dataclass(frozen=True)
class Chart:
    """A declared chart. `span` is in the unit that the swept field declares, `unit` is what the
    values are shown in.

    `over` names a scenario field. For dots and rooflines it may name a quantity; for bars it
    stays empty. Charts of scores find their own axes and always are logarithmic across.
    `decades` is the height of a logarithmic frame: fixed, so that only the texts of its ticks
    follow a scenario. Without `own_point` a chart over a field neither shows the scenario's own
    value of it nor lets a reader move it: the text's batch has no place among runs that were
    measured at batches of their own.
    """

    title: Words
    marks: list[Mark]
    over: str = ""
    span: tuple[float, float] = (0, 1)
    axis: Words = ("", "")
    log: str = ""
    unit: str = ""
    decades: int = 4
    ticks: tuple[float, ...] = ()
    bars: list[Bar] = field(default_factory=list)
    height: int = 220
    own_point: bool = True


@dataclass(frozen=True)
class Timeline:
    """Beats of a serving engine while prompts arrive evenly, in two lanes: prompts read whole, and
    in the scenario's chunks. A reader moves the chunk and the rate of arrivals by handles.

    `arrivals` says what comes, how often.
    """

    whole: Words
    chunked: Words
    arrivals: Words
