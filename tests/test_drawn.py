"""What is drawn, read back from the finished SVG: ordinary matplotlib in both palettes, and every drawn comparison."""

import re
import warnings
import xml.etree.ElementTree as ElementTree
from math import log10
from pathlib import Path

import pytest

from figures.style import ROLES
from hooks.data.engine import ROOT, Engine
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import scenario_from
from hooks.pictures.board import board
from hooks.pictures.chart import Band, Chart, Diagonal, Dot, Limit, Line, Roof, Scores
from hooks.pictures.curves import curves
from hooks.pictures.drawing import Picture, draw_picture
from hooks.pictures.plot import plot
from hooks.pictures.sample import Sample
from tests.test_figures import contrast

NEWCOMER = """
import numpy as np


def draw(ax, say, at):
    figure = ax.figure
    ax.remove()
    ax, other = figure.subplots(2, 1)
    x = np.logspace(0, 4, 60)
    ax.plot(x, x**0.5, label=say("root", "平方根"))
    ax.plot(x, 3 * x**0.4, "s-", color="C1", label="other")
    ax.plot(x, x - 5000, "g:")
    ax.set_ylim(0, 120)
    ax.axvline(300, color="red", linestyle=":")
    ax.set_xscale("log")
    ax.set_title(say("Speed, $5 to $9", "速度，$5 到 $9"))
    ax.set_ylabel(say("tokens per second", "每秒 token"))
    ax.annotate(say("knee", "拐点"), (300, 17), (20, 60), arrowprops={"arrowstyle": "->"})
    ax.fill_between(x, x**0.4, x**0.45, alpha=0.3, color="tab:green")
    ax.legend()
    ax.twinx().plot(x, 100 / x, "k--")
    other.bar(["H100", "H200", "B200"], [3.3, 4.8, 8.0], color=["C0", "C3", "0.5"], hatch=["", "//", ""])
    other.scatter([0, 1, 2], [1, 2, 3], color="black")
    other.text(0.1, 6, "<b> & 5", color="gray")
    figure.suptitle(say("A figure", "一张图"))
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Engine().scenario


def drawn(source: str, folder: Path, scenario: Scenario, language: str = "en") -> Picture:
    path = folder / "figures" / "newcomer.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, "utf-8")
    return draw_picture(path, scenario, language, "alt")


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory, scenario: Scenario) -> Picture:
    return drawn(NEWCOMER, tmp_path_factory.mktemp("newcomer"), scenario, "zh")


STYLE = re.compile(r"(fill|stroke):(?:var\((--[\w-]+), (#\w+)\)|([^;]+))")
ROLE = {"--md-default-bg-color": "paper", **{f"--fig-{role}": role for role in ROLES}}


@pytest.mark.parametrize("dark", (False, True), ids=["light", "dark"])
@pytest.mark.parametrize("size", ("svg", "phone"))
def test_a_newcomer_s_figure_can_be_seen_in_both_palettes(
    size: str, dark: bool, newcomer: Picture
) -> None:
    """Ordinary calls, no helper of ours: every colour is a role, words stand out 3 : 1 at least, lines and shapes too."""
    seen = set()
    for element in ElementTree.fromstring(getattr(newcomer, size)).iter():
        for kind, variable, light, other in STYLE.findall(element.get("style", "")):
            assert not variable or ROLES[ROLE[variable]][0] == light
            assert variable or other == "none" or other.startswith("url(#pattern-")
            if variable and not (kind == "stroke" and "paint-order" in element.get("style", "")):
                role = ROLE[variable]
                seen.add(role)
                if role != "paper":
                    assert contrast(ROLES[role][dark], ROLES["paper"][dark]) >= 3
    assert seen >= {"ink", "quiet", "faint", "compute", "weights", "kv", "network", "paper"}


def test_a_newcomer_s_words_are_words(newcomer: Picture) -> None:
    """Dollars, brackets and Han characters as written, numbers as people say them, a turned label turned."""
    texts = [element.text for element in ElementTree.fromstring(newcomer.svg).iter("text")]
    assert {"速度，$5 到 $9", "<b> & 5", "拐点", "平方根", "1,000", "H200", "每秒 token"} <= set(
        texts
    )
    assert not any("10^" in text or "mathdefault" in text or "e+" in text for text in texts)
    assert re.search(r'transform="rotate\(-90 [\d. ]+\)"[^>]*>每秒 token<', newcomer.svg)


def test_the_figure_of_the_readme_is_drawn(tmp_path: Path, scenario: Scenario) -> None:
    source = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(def draw\(.*?)```", source, re.DOTALL)
    assert "Seconds of a step" in drawn(example, tmp_path, scenario).svg


def test_what_leaves_the_axes_is_clipped(newcomer: Picture) -> None:
    """The line from -5,000 to 5,000 on an axis from 0 to 120."""
    sheet = ElementTree.fromstring(newcomer.svg)
    (line,) = [
        path
        for path in sheet
        if "stroke-dasharray" in path.get("style", "") and path.get("clip-path")
    ][:1]
    link = line.get("clip-path")[5:-1]
    assert sheet.find(f".//clipPath[@id='{link}']/rect") is not None


def test_the_same_figure_is_the_same_bytes(
    newcomer: Picture, tmp_path: Path, scenario: Scenario
) -> None:
    assert drawn(NEWCOMER, tmp_path, scenario, "zh") == newcomer
    assert not re.search(r"<style|<metadata|font-family|DejaVu|<use", newcomer.svg)


def test_han_characters_are_measured_without_a_warning(tmp_path: Path, scenario: Scenario) -> None:
    """A legend leaves each of its twelve characters one em of 13 px, where matplotlib's own font would take 0.6."""
    source = "\ndef draw(ax, say, at):\n    ax.plot([0, 1], [0, 1], label='一二三四五六七八九十甲乙')\n    ax.legend(loc='lower left', handlelength=0, frameon=True)"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = drawn(source, tmp_path, scenario).svg
    box = re.findall(r'd="M([\d.]+) [\d.]+L([\d.]+) [^"]*Q', svg)
    assert any(float(right) - float(left) > 12 * 13 for left, right in box)


# Drawn comparisons


def points(svg: str, part: str) -> list[tuple[float, float]]:
    """The points of a part's path, or the middle of its circle."""
    (element,) = ElementTree.fromstring(svg).findall(f"*[@data-part='{part}']")
    if element.tag == "circle":
        return [(float(element.get("cx")), float(element.get("cy")))]
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", element.get("d"))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


class Read:
    """A drawing read back into data by its own frame and the two ends of each axis."""

    def __init__(self, svg: str, sample: Sample):
        self.svg, self.x, self.y = svg, sample.x, sample.y
        edges = re.search(r'data-frame="([^"]+)"', svg)[1].split()
        self.left, self.top, self.right, self.bottom = map(float, edges)

    def data(self, part: str) -> list[tuple[float, float]]:
        found = []
        for x, y in points(self.svg, part):
            across = (x - self.left) / (self.right - self.left)
            up = (self.bottom - y) / (self.bottom - self.top)
            found.append((value(self.x, across), value(self.y, up)))
        return found


def value(axis, share: float) -> float:
    if not axis.log:
        return axis.low + share * (axis.high - axis.low)
    return 10 ** (log10(axis.low) + share * (log10(axis.high) - log10(axis.low)))


KINDS = ("", "x", "y", "xy")


@pytest.mark.parametrize("wide", (520, 350))
@pytest.mark.parametrize("log", KINDS)
def test_a_diagonal_is_straight_and_where_it_says_on_every_kind_of_axes(
    log: str, wide: int, scenario: Scenario
) -> None:
    """One of 40 per unit: every drawn point is 40 times as high as it is far across, to the tenth of a pixel."""
    marks = [
        Line("throughput", "ink", ("ours", "我们")),
        Diagonal(40, ("forty", "四十")),
        Limit("max_batch", ("full", "满")),
    ]
    chart = Chart(("Speed", "速度"), marks, "batch", (1, 512), log=log, unit="token/s")
    sample = curves(chart, scenario, "en")
    read = Read(plot(sample, "it", "alt", wide), sample)
    guide = read.data("mark-1")
    assert len(guide) > 2
    for across, up in guide:
        slack = (
            0.004 * (40 * across if "y" in log and "x" in log else sample.y.high)
            + 0.01 * 40 * across
        )
        assert up == pytest.approx(40 * across, abs=slack)
    limit = scenario["max_batch"]
    if sample.limits[0].at is not None:
        assert read.data("limit-2")[0][0] == pytest.approx(limit, rel=0.02, abs=1)


@pytest.mark.parametrize("log", ("", "xy"))
def test_a_roof_and_its_dots_are_where_the_numbers_say(log: str, scenario: Scenario) -> None:
    """The roof climbs with the bandwidth and stays at the rate; a dot stands at its two values."""
    marks = [
        Roof("machine_flops", "machine_bandwidth", "compute", ("roof", "屋顶")),
        Dot("attainable_flops(batch=64)", "step_intensity(batch=64)", "ink", ("64", "64")),
    ]
    chart = Chart(("Rate", "算力"), marks, "step_intensity", (1, 2000), log=log, unit="TFLOP/s")
    sample = curves(chart, scenario, "en")
    read = Read(plot(sample, "it", "alt"), sample)
    flat, slope = (scenario[name] / 1e12 for name in ("machine_flops", "machine_bandwidth"))
    for across, up in read.data("mark-0"):
        assert up == pytest.approx(min(flat, slope * across), rel=0.01, abs=sample.y.high / 900)
    ((across, up),) = read.data("mark-1")
    other, _ = scenario_from({"batch": 64}, scenario)
    assert across == pytest.approx(other["step_intensity"], rel=0.01, abs=3)
    assert up == pytest.approx(other["attainable_flops"] / 1e12, rel=0.01, abs=sample.y.high / 900)


def test_the_band_of_the_scoreboard_holds_the_dots_that_it_says(scenario: Scenario) -> None:
    """±25 %: a dot lies inside the drawn shape exactly if it was predicted within a quarter of what was measured.

    A prediction p of a measured m is off by p / m - 1, so the band's edges are m = p / 1.25 and m = p / 0.75.
    """
    chart = Chart(
        ("Speed", "速度"),
        [
            Band(0.25),
            Diagonal(1, ("equal", "相等")),
            Scores("fitted", "ring", "compute", ("f", "f")),
            Scores("unseen", "dot", "compute", ("u", "u")),
        ],
        axis=("ours", "我们的"),
        log="xy",
        unit="token/s",
        height=340,
    )
    sample = board(chart, scenario, "en")
    svg = plot(sample, "it", "alt")
    read = Read(svg, sample)
    for across, up in read.data("mark-0"):
        on_edge = [pytest.approx(share * across, rel=0.02) == up for share in (0.8, 4 / 3)]
        assert (
            any(on_edge)
            or up == pytest.approx(sample.y.low, rel=0.01)
            or up == pytest.approx(sample.y.high, rel=0.01)
        )
    for across, up in read.data("mark-1"):
        assert up == pytest.approx(across, rel=0.02)
    shape = points(svg, "mark-0")
    checked = 0
    for spot in sample.spots:
        across, up = spot.at
        ratio = across / up - 1
        if abs(abs(ratio) - 0.25) > 0.02:  # a pixel is 2 %
            x = read.left + sample.x.position(across) * (read.right - read.left)
            y = read.bottom - sample.y.position(up) * (read.bottom - read.top)
            assert inside((x, y), shape) == (abs(ratio) < 0.25), spot
            checked += 1
    assert checked > 100


def inside(point: tuple[float, float], shape: list[tuple[float, float]]) -> bool:
    """Whether a point lies in a closed shape: a ray to the right leaves it an odd number of times."""
    x, y = point
    crossings = 0
    for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossings += 1
    return crossings % 2 == 1
