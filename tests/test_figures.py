"""Figures: every picture draws in both languages, legibly, the same each time, and a mistake names its line."""

import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import combinations
from pathlib import Path

import pytest

from figures import style
from hooks.data.engine import ROOT, Engine
from hooks.data.scoreboard import Score, quantile, scores
from hooks.formula.evaluate import Scenario, Value
from hooks.formula.quantity import Reason
from hooks.formula.reference import scenario_from
from hooks.pictures import axis, drawing_cache
from hooks.pictures.axis import decades, rounded
from hooks.pictures.board import board
from hooks.pictures.chart import Chart, Line, Scores
from hooks.pictures.curves import clipped, continued, curves, cut, finer, grid
from hooks.pictures.drawing import FigureProblem, Picture, draw_picture
from hooks.pictures.placement import ROOM, Anchor, Box, apart, extent
from hooks.site.assets import asset_texts
from hooks.text.languages import Language

FIGURES = sorted(
    path for path in (ROOT / "figures").glob("*.py") if path.stem not in ("style", "__init__")
)
LANGUAGES: tuple[Language, ...] = ("en", "zh")

STILL = (
    "efficiency",
    "measured_strip",
    "scoreboard",
    "price_gap",
    "cut_runs",
    "rack",
    "promise_kept",
    "idle_hours",
    "nine_ms",
    "reached",
    "two_shapes",
    "pools",
    "ring",
    "ninety_days",
    "triangle",
)
"""The figures that no scenario changes: what was measured or printed, and a sketch, stay
as they are."""

ALT = 'Flat, then "steep" & <long>'


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Engine().scenario


@pytest.fixture(scope="module")
def pictures(scenario: Scenario) -> dict[tuple[str, str], Picture]:
    return {
        (path.stem, language): draw_picture(path, scenario, language, ALT)
        for path in FIGURES
        for language in LANGUAGES
    }


def each(argument: str = "path") -> pytest.MarkDecorator:
    return pytest.mark.parametrize(argument, FIGURES, ids=lambda path: path.stem)


def words(svg: str, zoom: float) -> list[tuple[str, Box]]:
    """Every text of a picture and the box that it takes, at a text size."""
    boxes = []
    for text in ElementTree.fromstring(svg).iter("text"):
        if text.get("display") == "none":
            continue
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        anchor: Anchor = text.get("text-anchor", "start")
        (size,) = re.findall(r"font-size:([\d.]+)px", text.get("style", "")) or [style.SIZE]
        scale = zoom * float(size) / style.SIZE
        written = "".join(text.itertext())
        boxes.append((written, extent(x, y, written, anchor, scale)))
    return boxes


def misplaced(svg: str, zoom: float) -> list[str]:
    """The texts that overlap or leave the sheet."""
    boxes = words(svg, zoom)
    wide, high = (float(part) for part in re.findall(r'viewBox="0 0 (\S+) (\S+)"', svg)[0])
    overlapping = [
        f"{a} / {b}" for (a, one), (b, other) in combinations(boxes, 2) if one.meets(other)
    ]
    return overlapping + [
        text for text, box in boxes if not Box(-1, -1, wide + 1, high + 1).holds(box)
    ]


@each()
@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_neither_overlap_nor_leave_the_sheet(
    path: Path, language: str, pictures: dict[tuple[str, str], Picture]
) -> None:
    """With room to be a tenth wider than estimated; on a phone, as estimated."""
    drawn = pictures[path.stem, language]
    assert misplaced(drawn.svg, ROOM) == []
    assert misplaced(drawn.phone, 1.0) == []


@each()
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_at_least_twelve_pixels_high_on_a_phone(
    path: Path, language: str, pictures: dict[tuple[str, str], Picture]
) -> None:
    """A figure is 351 px wide on a screen of 390, about as wide as it is drawn."""
    svg = pictures[path.stem, language].phone
    assert 'viewBox="0 0 350 ' in svg and 'font-size="13"' in svg
    assert all(float(size) >= 11.9 for size in re.findall(r"font-size:([\d.]+)px", svg))


@each()
@pytest.mark.parametrize(
    "given",
    [
        {"precision": "nvfp4"},
        {"model": "deepseek-v3", "accelerator": "gb200", "chips": 72, "context": 131072},
        {"precision": "bf16", "chips": 1, "batch": 4096},
    ],
    ids=["no such rate", "a rack", "does not fit"],
)
def test_labels_stay_apart_in_other_scenarios(
    path: Path, given: dict[str, object], scenario: Scenario
) -> None:
    other, mistakes = scenario_from(given, scenario)
    assert not mistakes
    drawn = draw_picture(path, other, "en", ALT)
    assert misplaced(drawn.svg, ROOM) == []
    assert misplaced(drawn.phone, 1.0) == []


@each()
def test_the_same_source_gives_the_same_bytes(
    path: Path, scenario: Scenario, pictures: dict[tuple[str, str], Picture]
) -> None:
    assert draw_picture(path, scenario, "zh", ALT) == pictures[path.stem, "zh"]


@each()
def test_a_figure_file_holds_no_colour_and_no_language_branch(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", source)
    assert "language" not in source
    assert len(source.splitlines()) <= 66


@each()
def test_the_svg_is_fit_to_stand_in_a_page(
    path: Path, pictures: dict[tuple[str, str], Picture]
) -> None:
    for svg in (pictures[path.stem, "en"].svg, pictures[path.stem, "en"].phone):
        fit(svg)


def fit(svg: str) -> None:
    sheet = ElementTree.fromstring(svg)
    assert sheet.get("role") == "img" and sheet.get("aria-label") == ALT
    assert sheet.get("width") is None and sheet.get("height") is None
    assert not re.search(r"<style|<metadata|font-family|<image|DejaVu", svg)
    assert not re.search(r"\bid=\"(?!clippath-)|url\((?!#clippath-)", svg)
    assert set(re.findall(r"var\((\S+), (#\w+)\)", svg)) <= {
        (style.variable(role), light) for role, (light, _) in style.ROLES.items()
    }
    assert not re.search(r"(?<!, )#[0-9a-f]{6}", svg)


@each()
def test_a_chart_brings_its_numbers(path: Path, pictures: dict[tuple[str, str], Picture]) -> None:
    drawn = pictures[path.stem, "en"]
    if "chart = Chart(" not in path.read_text("utf-8"):
        shows = [] if path.stem in STILL else ["shows"]
        lanes = "chart = Timeline(" in path.read_text("utf-8")
        assert drawn.rows == [] and list(drawn.live) == (["lanes", "arrivals"] if lanes else shows)
        return
    assert all(len(row) == len(drawn.columns) for row in drawn.rows)
    assert 1 <= len(drawn.rows) <= 14
    assert len(drawn.csv.splitlines()) > len(drawn.rows)
    assert bool(drawn.live) == bool(drawn.terms) == (path.stem not in STILL)


@pytest.mark.parametrize("role", ("ink", "quiet", "compute", "weights", "kv", "network"))
@pytest.mark.parametrize("dark", (False, True))
def test_words_stand_out_from_their_ground(role: str, dark: bool) -> None:
    assert contrast(style.ROLES[role][dark], style.ROLES["paper"][dark]) >= 4.5


def test_the_site_gives_every_role_its_colour_on_both_grounds() -> None:
    light, *dark = re.findall(r"--fig-ink:#[^}]*", asset_texts()["assets/site.css"])
    for role, colours in style.ROLES.items():
        if role != "paper":
            assert f"--fig-{role}:{colours[0]}" in light
            assert all(f"--fig-{role}:{colours[1]}" in palette for palette in dark)


def contrast(a: str, b: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


# The cache

HIT = """
import sys
from pathlib import Path
from hooks.data.engine import ROOT, Engine
from hooks.pictures.drawing import draw_picture
for name in ("step_race", "two_clocks"):
    draw_picture(ROOT / "figures" / f"{name}.py", Engine().scenario, "en", "alt", Path(sys.argv[1]))
sys.exit("matplotlib" in sys.modules)
"""


def test_a_picture_that_is_kept_needs_no_matplotlib(tmp_path: Path, scenario: Scenario) -> None:
    for name in ("step_race", "two_clocks"):
        draw_picture(ROOT / "figures" / f"{name}.py", scenario, "en", "alt", tmp_path)
    assert subprocess.run([sys.executable, "-c", HIT, str(tmp_path)], cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    "damage", (b"", b"half a fi", b"\xff\xfe", b"0" * 64 + b"\n<svg>wrong</svg>")
)
def test_a_damaged_cache_file_is_drawn_again(
    damage: bytes, tmp_path: Path, scenario: Scenario
) -> None:
    path = ROOT / "figures" / "two_clocks.py"
    first = draw_picture(path, scenario, "en", "alt", tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage)
    assert draw_picture(path, scenario, "en", "alt", tmp_path) == first
    assert kept.stat().st_size > len(first.svg)


def test_only_what_a_figure_shows_makes_a_new_drawing(tmp_path: Path, scenario: Scenario) -> None:
    path = ROOT / "figures" / "two_clocks.py"
    for prompt, batch in ((512, 1), (1024, 1), (1024, 2)):
        draw_picture(
            path, scenario.pinned({"prompt": prompt, "batch": batch}), "en", "alt", tmp_path
        )
    assert len(list(tmp_path.iterdir())) == 2


def test_every_file_that_can_change_a_picture_is_a_source_of_it(
    pictures: dict[tuple[str, str], Picture],
) -> None:
    drawers = ("hooks.pictures.", "figures.")
    loaded = {
        Path(str(module.__file__)).resolve()
        for name, module in sys.modules.items()
        if name.startswith(drawers)
    }
    assert {path.stem for path in loaded} >= {
        "axis",
        "bars",
        "chart",
        "curves",
        "placement",
        "plot",
        "render",
        "sample",
        "style",
        "svg",
    }
    assert loaded | {style.METRICS} <= set(drawing_cache.SOURCES)


@pytest.mark.parametrize(
    "changed", range(len(drawing_cache.SOURCES)), ids=[path.stem for path in drawing_cache.SOURCES]
)
def test_a_changed_source_makes_a_new_drawing(
    changed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    figure, source = ROOT / "figures" / "two_clocks.py", drawing_cache.SOURCES[changed]
    copy = tmp_path / source.name
    monkeypatch.setattr(
        drawing_cache,
        "SOURCES",
        [copy if path == source else path for path in drawing_cache.SOURCES],
    )
    for edit in ("", "", "# edited"):
        copy.write_bytes(source.read_bytes() + edit.encode())
        draw_picture(figure, scenario, "en", "alt", tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 2


# Mistakes

CHART = """from hooks.pictures.chart import Chart, Line
chart = Chart(
    title=("Time", "时间"), over="batch", span=(1, 64), log="xy", unit="ms",
    marks=[
        Line({reference!r}, "ink", ("step", {label!r})),
    ],
)
"""


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (
            CHART.format(reference="decode_stp", label="步"),
            5,
            "no quantity named 'decode_stp'; did you mean 'decode_step'?",
        ),
        (
            CHART.format(reference="decode_step(batch=x)", label="步"),
            5,
            "'batch' is a number, not 'x'",
        ),
        (
            CHART.format(reference="weight_bytes", label="步"),
            5,
            "'weight_bytes': 'ms' cannot show B",
        ),
        (CHART.format(reference="decode_step", label="{stp}"), 5, "no quantity named 'stp'"),
        (
            CHART.format(reference="decode_step", label="步").replace("batch", "btch"),
            3,
            "no quantity named 'btch'; did you mean 'batch'?",
        ),
        ("chart = Chart(", 1, "Python cannot read this: '(' was never closed"),
        (
            "import nothing_of_the_kind",
            1,
            "ModuleNotFoundError: No module named 'nothing_of_the_kind'",
        ),
        ("picture = 1", 1, "a figure file holds `chart = Chart(…)` or `def draw(ax, say, at):`"),
        ("\ndef draw(ax, say, at):\n    1 / 0", 3, "ZeroDivisionError: division by zero"),
        (
            "\ndef draw(ax, say, at):\n    at('decode_stp')",
            3,
            "no quantity named 'decode_stp'; did you mean 'decode_step'?",
        ),
        (
            "\ndef draw(ax, say, at):\n    name = 'batch'\n    at(name)",
            4,
            'at() takes one text as it stands: at("kv_per_token:KiB")',
        ),
        (
            "\ndef draw(ax, say, at):\n    ax.plot([0, 1], [0, 1], color='#123456')",
            3,
            "#123456 cannot follow a reader's palette: use a role as colour (ink, quiet, faint, compute, weights, kv, network), or C0 to C5",
        ),
        (
            "\ndef draw(ax, say, at):\n    for shade in ('salmon', (0.1, 0.2, 0.3)):\n        ax.axvline(1, color=shade)",
            3,
            "#fa8072 and #1a334c cannot follow a reader's palette: use a role",
        ),
        (
            "\ndef draw(ax, say, at):\n    ax.imshow([[1, 2]])",
            2,
            "an image, as imshow draws it, cannot follow a reader's palette: draw bars, patches or lines",
        ),
        (
            CHART.format(reference="decode_step", label="步").replace("Line", "Area"),
            5,
            "areas lie on one another, which no logarithmic axis shows: leave the y out of log",
        ),
    ],
)
def test_a_mistake_names_its_line(
    source: str, line: int, message: str, tmp_path: Path, scenario: Scenario
) -> None:
    path = tmp_path / "figures" / "wrong.py"
    path.parent.mkdir()
    path.write_text(source, "utf-8")
    with pytest.raises(FigureProblem) as caught:
        draw_picture(path, scenario, "zh", ALT)
    problem = caught.value.problem
    assert (problem.path, problem.line) == ("figures/wrong.py", line)
    assert problem.message.startswith(message)


def test_a_missing_figure_is_a_problem(tmp_path: Path, scenario: Scenario) -> None:
    with pytest.raises(FigureProblem, match="no figure file here"):
        draw_picture(tmp_path / "figures" / "none.py", scenario, "en", ALT)


# Sampling

RACE = Chart(
    ("Time", "时间"),
    [Line("decode_step", "ink", ("step", "步"))],
    "batch",
    (1, 4096),
    ("Batch", "batch"),
    "xy",
    "ms",
)


def test_a_whole_field_is_sampled_at_whole_numbers(scenario: Scenario) -> None:
    values = grid(RACE, scenario)
    assert values[0] == 1 and values[-1] == 4096
    assert all(value == int(value) for value in values) and len(set(values)) == len(values)


def test_a_curve_over_the_batch_is_drawn_between_whole_numbers_too(scenario: Scenario) -> None:
    whole, places = grid(RACE, scenario), finer(RACE, scenario)
    assert set(whole) < set(places) and 1 < places[1] < 2
    sample = curves(RACE, scenario, "en")
    drawn = dict(sample.traces[0].runs[0])
    between = scenario.pinned({"batch": places[1]})["decode_step"]
    assert drawn[places[1]] == between * 1000
    for across, up, *_ in sample.numbers:  # what a reader chooses lies on it
        assert float(across).is_integer() and drawn[across] == pytest.approx(up, 1e-12)


def test_between_whole_numbers_a_formula_that_takes_none_goes_straight_on() -> None:
    def missing(x: float) -> Value:
        return 1 / x if x.is_integer() else Reason("whole", "整数")

    for curve in (lambda x: 1.0 / math.ceil(x), lambda x: 1.0 / math.floor(x), missing):
        assert continued(curve)(1.25) == 0.875
    assert continued(lambda x: 1 / x)(1.25) == 0.8
    full = continued(lambda x: x if x <= 2 else Reason("full", "满"))
    assert full(1.5) == 1.5 and isinstance(full(2.5), Reason)


def test_a_drawn_point_is_the_number_of_the_page(scenario: Scenario) -> None:
    sample = curves(RACE, scenario, "en")
    assert sample.numbers[0] == (1.0, scenario["decode_step"] * 1000)
    assert sample.texts[0] == ("1", scenario.text("decode_step", "ms"))
    assert sample.traces[0].here == sample.traces[0].runs[0][0]
    assert sample.here == "here: 1"


def test_an_impossible_curve_says_why(scenario: Scenario) -> None:
    other, _ = scenario_from({"precision": "nvfp4"}, scenario)
    sample = curves(RACE, other, "zh")
    assert sample.traces[0].runs == ()
    assert sample.notes == ("NVIDIA H100 SXM 没有FP4 算力",) or len(sample.notes) == 1
    drawn = draw_picture(ROOT / "figures" / "step_race.py", other, "zh", ALT).svg
    assert 'data-part="note"' in drawn and 'data-part="mark-0"' in drawn


def test_a_bar_that_does_not_fit_says_so_in_few_words(scenario: Scenario) -> None:
    other, _ = scenario_from({"precision": "bf16"}, scenario)
    drawn = draw_picture(ROOT / "figures" / "memory_map.py", other, "en", ALT)
    assert ">does not fit<" in drawn.svg


def test_a_curve_is_cut_where_it_leaves_the_frame() -> None:
    one = axis.Axis(0.0, 1.0, False)
    assert clipped([(0.0, -1.0), (0.5, 0.5), (1.0, 2.0)], one, one) == [
        ((1 / 3, 0.0), (0.5, 0.5), (0.5 + 1 / 6, 1.0))
    ]
    assert clipped([(0.0, -1.0), (1.0, 2.0)], one, one) == [((1 / 3, 0.0), (2 / 3, 1.0))]
    assert clipped([(0.0, 0.1), (0.2, 0.2), None, (0.6, 0.3), (1.0, 0.4)], one, one) == [
        ((0.0, 0.1), (0.2, 0.2)),
        ((0.6, 0.3), (1.0, 0.4)),
    ]
    assert clipped([(0.0, -2.0), (1.0, -1.0)], one, one) == []


def test_on_logarithmic_axes_a_curve_is_cut_where_its_straight_line_leaves_the_frame() -> None:
    """From 1 up to 10,000 over 1 to 100 the line is at 100, the ceiling, half-way: at 10."""
    across, up = axis.Axis(1, 100, True), axis.Axis(1, 100, True)
    ((start, end),) = clipped([(1, 1), (100, 10_000)], across, up)
    assert start == (1, 1) and end == pytest.approx((10, 100))


def test_a_shape_keeps_its_edges_where_it_is_cut() -> None:
    """A slanted band from (0, -1)–(1, 1) to (0, 0)–(1, 2): cut to the square, its sides stay where they were."""
    one = axis.Axis(0.0, 1.0, False)
    shape = cut([(0, -1), (1, 1), (1, 2), (0, 0)], one, one)
    assert set(shape) == {(0, 0), (0.5, 0.0), (1, 1), (0.5, 1.0)}
    assert cut([(0, 2), (1, 2), (1, 3)], one, one) == ()


# Scores


def measured(scenario: Scenario) -> list[Score]:
    return [score for score in scores(scenario) if score.row.extra.get("kind") == "measured"]


def scored(*groups: str, over: str = "", unit: str = "%") -> Chart:
    marks = [Scores(group, "dot", "ink", (group, group)) for group in groups]
    return Chart(("Speed", "速度"), list(marks), over, log="x", unit=unit)


def test_every_measured_result_is_one_dot(scenario: Scenario) -> None:
    """Each measured row of the catalogue stands in the chart of shares; each in tokens per second in that of speeds."""
    rows = measured(scenario)
    shares = board(scored("alone", "batched", "elsewhere", over="decode_step:ms"), scenario, "en")
    assert sorted(spot.hint for spot in shares.spots) == sorted(score.row.name for score in rows)
    speeds = board(scored("bound", "fitted", "unseen", unit="token/s"), scenario, "en")
    rates = [score for score in rows if score.field in ("speed", "throughput")]
    assert sorted(spot.hint for spot in speeds.spots) == sorted(score.row.name for score in rates)
    assert all(
        speeds.x.low <= across <= speeds.x.high and speeds.y.low <= up <= speeds.y.high
        for across, up in (spot.at for spot in speeds.spots)
    )


def test_a_result_is_judged_in_its_own_scenario_wherever_the_page_is_told(
    scenario: Scenario,
) -> None:
    other, _ = scenario_from(
        {"model": "deepseek-v3", "accelerator": "gb200", "chips": 72, "batch": 64}, scenario
    )
    chart = scored("alone", "batched", over="decode_step:ms")
    assert board(chart, other, "en") == board(chart, scenario, "en")


def test_the_shorter_the_step_the_smaller_the_share(scenario: Scenario) -> None:
    """What the caption of figures/efficiency.py says: at batch 1, short floors are reached less than long ones."""
    spots = sorted(
        board(scored("alone", over="decode_step:ms"), scenario, "en").spots,
        key=lambda spot: spot.at[0],
    )
    third = len(spots) // 3
    short, long = ([spot.at[1] for spot in part] for part in (spots[:third], spots[-third:]))
    assert quantile(short, 0.5) < 0.8 * quantile(long, 0.5)


def test_speeds_that_leave_the_band_are_mostly_slower_than_we_say(scenario: Scenario) -> None:
    """What the alt text and the caption of figures/scoreboard.py say: most lie in the band, the others mostly below."""
    speeds = [
        score
        for score in measured(scenario)
        if score.field in ("speed", "throughput") and not score.fitted
    ]
    errors = [score.error for score in speeds if score.error is not None]
    outside = [error for error in errors if abs(error) > 0.25]
    assert 2 * len(outside) <= len(errors)
    assert 2 * sum(error > 0 for error in outside) >= len(outside)


def test_only_far_off_predictions_have_names(scenario: Scenario) -> None:
    names = [
        spot.label
        for spot in board(scored("fitted", "unseen", unit="token/s"), scenario, "zh").spots
        if spot.label
    ]
    assert len(names) <= 5 and len(set(names)) == len(names)


def test_a_group_that_nobody_knows_is_a_problem_on_its_line(
    tmp_path: Path, scenario: Scenario
) -> None:
    path = tmp_path / "figures" / "wrong.py"
    path.parent.mkdir()
    source = (ROOT / "figures" / "scoreboard.py").read_text("utf-8").replace('"unseen"', '"unsen"')
    path.write_text(source, "utf-8")
    with pytest.raises(FigureProblem) as caught:
        draw_picture(path, scenario, "en", ALT)
    assert caught.value.problem.line == 1 + source[: source.index('"unsen"')].count("\n")
    assert caught.value.problem.message == "no group 'unsen' of scores; did you mean 'unseen'?"


def test_an_axis_ends_at_numbers_that_people_say() -> None:
    assert (rounded([6.45, 739000]).low, rounded([6.45, 739000]).high) == (5, 1_000_000)
    assert (rounded([2, 20]).low, rounded([2, 20]).high) == (2, 20)
    assert (rounded([]).low, rounded([]).high) == (1, 10)


@pytest.mark.parametrize("power", range(-30, 31))
def test_a_power_of_ten_ends_its_own_axis(power: int) -> None:
    """Neither rounding of a logarithm nor a value a hair above opens a decade that nobody needs."""
    value = float(f"1e{power}")
    assert decades(value, 3).high == decades(value * (1 + 1e-12), 3).high == value
    assert decades(value * 1.001, 3).high == float(f"1e{power + 1}")
    ends = decades(value, 4)
    shares = [ends.position(tick.value) for tick in ends.ticks("en")]
    assert shares == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_a_logarithm_is_worked_out_as_closely_as_a_float_can_say() -> None:
    for value in (1e-30, 0.07, 0.999999, 1, 1.0000001, 1.9999999, 2, 3, 1024, 6.02e23, 1e200):
        assert axis.log(value) == pytest.approx(math.log(value), rel=1e-15, abs=1e-16)


def test_a_number_on_an_axis_is_shortened_only_where_a_figure_asks_for_it() -> None:
    """Ten thousand million is a multiple of 1,024 as well, and is said in words like every long number."""
    assert [tick.text for tick in decades(1e10, 4).ticks("en")] == [
        "1,000,000",
        "10\u202fmillion",
        "100\u202fmillion",
        "1\u202fbillion",
        "10\u202fbillion",
    ]
    assert decades(1e10, 1).ticks("zh")[-1].text == "100亿"
    ticks = axis.Axis(2048, 8192, True).ticks("en", (2048, 8192))
    assert [tick.text for tick in ticks] == ["2k", "8k"]


def test_labels_move_as_little_as_keeps_them_apart() -> None:
    assert apart([10, 100], 20, 0, 200) == [10, 100]
    assert apart([100, 95], 20, 0, 200) == [115, 95]
    assert apart([195, 195], 20, 0, 200) == [180, 200]
