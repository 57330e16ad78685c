"""Numbers of a diagram that say how they were computed, so that a browser can compute them again
for another scenario: bars, lines, dots and words that stand at them follow the reader.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.artist import Artist as Artist
    from matplotlib.axes import Axes as Axes
else:
    Artist = Axes = Any  # matplotlib is loaded only to draw


class FollowedNumber(float):
    """A number that a scenario changes. Sums, differences, products and ratios of it follow too;
    for the larger or smaller of two write `larger` and `smaller`: `max` would keep the one that
    was larger at home.

    `postfix` is how a browser computes it: constants, `n0` for the first number that the diagram
    shows, and the operator behind its two operands. A ratio to zero is zero: nothing is drawn.
    """

    postfix: str

    def __new__(cls, value: float, postfix: str) -> "FollowedNumber":
        """A number and its way."""
        number = super().__new__(cls, value)
        number.postfix = postfix
        return number

    def __add__(self, other: float) -> "FollowedNumber":
        return _computed("+", self, other, float(self) + float(other))

    def __radd__(self, other: float) -> "FollowedNumber":
        return _computed("+", other, self, float(other) + float(self))

    def __sub__(self, other: float) -> "FollowedNumber":
        return _computed("-", self, other, float(self) - float(other))

    def __rsub__(self, other: float) -> "FollowedNumber":
        return _computed("-", other, self, float(other) - float(self))

    def __mul__(self, other: float) -> "FollowedNumber":
        return _computed("*", self, other, float(self) * float(other))

    def __rmul__(self, other: float) -> "FollowedNumber":
        return _computed("*", other, self, float(other) * float(self))

    def __truediv__(self, other: float) -> "FollowedNumber":
        return _computed("/", self, other, float(self) / float(other) if other else 0.0)

    def __rtruediv__(self, other: float) -> "FollowedNumber":
        return _computed("/", other, self, float(other) / float(self) if self else 0.0)


def larger(one: float, other: float) -> float:
    """The larger of two numbers, which follows."""
    value = max(float(one), float(other))
    return _computed("max", one, other, value) if _followed(one, other) else value


def smaller(one: float, other: float) -> float:
    """The smaller of two numbers, which follows."""
    value = min(float(one), float(other))
    return _computed("min", one, other, value) if _followed(one, other) else value


def follows(
    artist: Artist, x: float | Sequence[float] = (), y: float | Sequence[float] = ()
) -> Any:
    """The artist, which from now on stands where these numbers are on the axes: of a line every
    point's, of a bar its two edges, of a dot or a text the one that it moves with.
    """
    gid = artist.get_gid() or ""
    artist.set_in_layout(False)  # the axes stay where they are, wherever it goes
    for axis, numbers in (("x", x), ("y", y)):
        along = [numbers] if isinstance(numbers, (int, float)) else list(numbers)
        if _followed(*along):
            gid += f" {axis}:{','.join(map(_postfix, along))}"
    artist.set_gid(gid.strip() or None)
    return artist


def bar(ax: Axes, x: tuple[float, float], y: tuple[float, float], **look: Any) -> None:
    """A rectangle between two edges across and two upright. It follows where an edge is a number
    that does.
    """
    from matplotlib.patches import Rectangle

    (left, right), (top, bottom) = map(float, x), map(float, y)
    follows(ax.add_patch(Rectangle((left, top), right - left, bottom - top, **look)), x)


def _computed(operator: str, one: float, other: float, value: float) -> FollowedNumber:
    return FollowedNumber(value, f"{_postfix(one)}_{_postfix(other)}_{operator}")


def _followed(*numbers: float) -> bool:
    return any(isinstance(number, FollowedNumber) for number in numbers)


def _postfix(number: float) -> str:
    return number.postfix if isinstance(number, FollowedNumber) else f"{number:.9g}"
