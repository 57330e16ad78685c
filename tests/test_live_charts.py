"""Charts that follow the reader: what Chromium writes into a drawing is what Python draws, in the same room."""

import csv
import io
import json
import random
import re
import xml.etree.ElementTree as ElementTree
from html import escape
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page, Route

from figures.style import PHONE, WIDE
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.reference import scenario_from
from hooks.live.bundle import lazy_files
from hooks.live.scripts import MAIN
from hooks.pictures.bars import bars
from hooks.pictures.chart import (
    Area,
    Bar,
    Best,
    Chart,
    Diagonal,
    Dot,
    Limit,
    Line,
    Measured,
    Region,
    Roof,
)
from hooks.pictures.chart import Part as BarPart
from hooks.pictures.curves import curves, predicted
from hooks.pictures.drawing import FOLLOWS, Picture, draw_picture
from hooks.pictures.following import FollowedNumber, larger, smaller
from hooks.pictures.labels import Misread
from hooks.pictures.live import Wires
from hooks.pictures.plot import plot
from hooks.pictures.sample import Sample
from hooks.site.assets import asset_texts
from hooks.text.languages import Language
from tests.often import times
from tests.real import ENGINE
from tests.test_figures import FIGURES
from tests.twins import full_script, random_given

LANGUAGES: tuple[Language, ...] = ("en", "zh")


ESSAY, _ = scenario_from(
    {
        "model": "llama-3.1-70b",
        "accelerator": "h100-sxm",
        "chips": 2,
        "precision": "fp8",
        "context": 8192,
        "batch": 8,
    },
    ENGINE.scenario,
)

STEP = [
    Line("decode_step", "ink", ("the step", "这一步")),
    Line("kv_time", "kv", ("KV cache of {batch}", "{batch} 的 KV cache")),
]
SPEED = ("user_speed", (4, 10000), ("Ceiling", "上限"), "xy", "token/s")

SYNTHETIC = {
    "lines on linear axes": Chart(("Time", "时间"), [*STEP], "batch", (1, 64), ("Batch", "batch"), unit="ms"),
    "lines on a log axis upright, with a limit": Chart(("Time at {context}", "{context} 时的时间"), [*STEP, Limit("ridge_point", ("ridge", "ridge")), Limit("max_batch", ("full at {max_batch}", "{max_batch} 时放满"))], "batch", (1, 4096), log="y", unit="ms", decades=6),
    "areas on linear axes": Chart(("Cost", "成本"), [Area("kv_cost", "kv", ("KV", "KV")), Area("weights_cost", "weights", ("{model}", "{model}")), Line("token_cost", "ink", ("all", "全部"))], "batch", (1, 256), unit="USD/Mtoken"),
    "a field in per cent": Chart(("Largest batch", "最大 batch"), [Line("max_batch", "ink", ("batch", "batch"))], "memory_utilisation", (50, 100)),
    "a field with a prefix": Chart(("Step", "一步"), [Line("decode_step", "ink", ("step", "一步")), Line("overhead", "kv", ("overhead", "开销"))], "overhead", (0.01, 100), ("Overhead", "开销"), "xy"),
    "a roof with dots": Chart(("Rate", "算力"), [Roof("machine_flops", "machine_bandwidth", "compute", ("roof", "屋顶")), Dot("attainable_flops", "step_intensity", "ink", ("here", "这里")), Dot("attainable_flops(batch=512)", "step_intensity(batch=512)", "kv", ("{batch(batch=512)}", "512")), Limit("ridge_point", ("ridge", "ridge"))], "step_intensity", (1, 1000), log="xy", unit="TFLOP/s", decades=3),
    "measured beside computed": Chart(("Speed", "速度"), [Diagonal(1, ("equal", "相等")), Measured("gptfast-l2-7b-bf16", "measured_speed", "ink", ("A100", "A100")), Dot("user_speed", "user_speed", "kv", ("{accelerator}", "{accelerator}"))], *SPEED),
    "a diagonal under a line": Chart(("Throughput", "吞吐量"), [Line("throughput", "ink", ("ours", "我们")), Diagonal(40, ("forty each", "每人四十"))], "batch", (1, 512), log="x", unit="token/s"),
    "below two lines, and the best of some": Chart(("Seats", "座位"), [Region("target_batch", "network"), Line("max_batch", "kv", ("memory", "显存")), Line("target_batch", "weights", ("target", "目标")), Best("target_batch", "token_cost", (1, 2, 4, 8), "ink", ("cheapest on {accelerator}", "{accelerator} 上最便宜"))], "chips", (1, 8), ("Chips", "卡数"), "xy", decades=2),
    "below a line on linear axes, the best at an end": Chart(("Seats", "座位"), [Line("max_batch", "kv", ("memory", "显存")), Region("kv_equals_weights", "kv"), Best("max_batch", "weights_per_chip", (1, 3, 8), "ink", ("best", "最好"))], "chips", (1, 8)),
    "bars up to a value": Chart(("Memory of {accelerator}", "{accelerator} 的显存"), [BarPart("weights_per_chip", "weights", ("weights of {model}", "{model} 的权重")), BarPart("kv_per_sequence(context=1024)", "network", ("one short sequence", "一条短序列")), BarPart("engine_memory", "kv", ("room", "空位"), up_to=True), BarPart("memory", "ink", ("margin", "余量"), up_to=True)], axis=("GB of {accelerator}", "{accelerator} 的 GB"), unit="GB", bars=[Bar(("{chips} chips", "{chips} 块卡"), f"chips={chips}", ("{max_batch:seq}", "{max_batch:seq}")) for chips in (1, 2, 8)]),
    "bars with a reason": Chart(("Time", "时间"), [BarPart("weights_time", "weights", ("weights", "权重")), BarPart("compute_time", "compute", ("arithmetic", "算术"))], bars=[Bar(("FP4", "FP4"), "precision=nvfp4", ("{decode_step}", "{decode_step}")), Bar(("now", "现在"), "", ("{decode_step:ms}", "{decode_step:ms}"))]),
}  # fmt: skip


def declared() -> dict[str, Chart]:
    """The charts of figures/ that some scenario changes."""
    found = {}
    for path in FIGURES:
        module = ModuleType(path.stem)
        exec(compile(path.read_text("utf-8"), str(path), "exec"), module.__dict__)
        chart = getattr(module, "chart", None)
        if isinstance(chart, Chart) and Wires(ESSAY, "en").chart(chart):
            found[path.stem] = chart
    return found


CHARTS = declared() | SYNTHETIC


def sampled(chart: Chart, scenario: Scenario, language: Language) -> Sample:
    return (bars if chart.bars else curves)(chart, scenario, language)


Part = tuple[str, str, str, list[float]]
"""A displayed part: its name, its text, how this is anchored, and its coordinates in the drawing, moves included."""


def parts(svg: str) -> list[Part]:
    """Every displayed part of a drawing."""
    found = []
    for element in ElementTree.fromstring(svg):
        if element.get("data-part") and element.get("display") != "none":
            given = {name: element.get(name, "") for name in SEEN}
            found.append(placed(element.get("data-part"), element.text or "", given))
    return found


SEEN = ("x", "y", "width", "height", "d", "cx", "cy", "r", "transform", "text-anchor")


def placed(name: str, text: str, given: dict[str, str]) -> Part:
    across, down = MOVE.search(given["transform"]).groups() if given["transform"] else (0, 0)
    move = (float(across), float(down))
    pairs = [(given["x"], given["y"]), (given["cx"], given["cy"])]
    numbers = [float(number) for pair in pairs for number in pair if number]
    numbers += map(float, re.findall(r"-?[\d.]+", given["d"]))
    moved = [number + move[k % 2] for k, number in enumerate(numbers)]
    sizes = [float(given[key]) for key in ("width", "height", "r") if given[key]]
    return name, text, given["text-anchor"] or "start", moved + sizes


MOVE = re.compile(r"translate\((\S+) (\S+)\)")


def differing(shown: list[Part], drawn: list[Part]) -> list[object]:
    """What a browser shows otherwise than matplotlib draws it: other parts or words, or more than 0.1 px off."""
    if [part[:3] for part in shown] != [part[:3] for part in drawn]:
        return [
            (one[:3], other[:3])
            for one, other in zip(shown, drawn, strict=False)
            if one[:3] != other[:3]
        ] or [len(shown), len(drawn)]
    return [
        (mine, theirs)
        for mine, theirs in zip(shown, drawn, strict=True)
        if len(mine[3]) != len(theirs[3])
        or any(abs(a - b) > 0.101 for a, b in zip(mine[3], theirs[3], strict=True))
    ]


READ = """() => [...document.querySelectorAll("figure")].map((figure) => [
  [...figure.querySelectorAll(".figure-sheet")].map((svg) => [...svg.querySelectorAll("[data-part]")].filter((part) => part.getAttribute("display") !== "none").map((part) => [
    part.dataset.part, part.textContent, Object.fromEntries(SEEN.map((name) => [name, part.getAttribute(name) ?? ""])),
  ])),
  [...figure.querySelectorAll("th, td")].map((cell) => cell.textContent),
])""".replace("SEEN", json.dumps(SEEN))


def figure(drawn: Picture) -> str:
    """A figure as the build puts it into a page."""
    svg = drawn.svg.replace(
        "<svg", f'<svg data-chart="{escape(json.dumps(drawn.live, ensure_ascii=False))}"', 1
    )
    svg += drawn.phone
    head = "".join(f"<th>{escape(column)}</th>" for column in drawn.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in drawn.rows
    )
    points = f"<details class='points'><summary></summary><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><a href='it.csv' download>CSV</a></details>"
    return f"<figure class='figure'>{svg}{points if drawn.rows else ''}<figcaption></figcaption></figure>"


def drawn_as(chart: Chart, scenario: Scenario, language: Language) -> Picture:
    sample = sampled(chart, scenario, language)
    rows = [list(row) for row in sample.texts]
    return Picture(
        plot(sample, "it", "alt"),
        plot(sample, "it", "alt", PHONE),
        list(sample.columns),
        rows,
        sample.csv(),
        Wires(scenario, language).chart(chart),
    )


def opened(browser: Browser, figures: str, language: Language, scenario: Scenario = ESSAY) -> Page:
    """A page as the build makes them, with the whole library in its script."""
    page = browser.new_context(viewport={"width": 700, "height": 900}).new_page()
    style = f"<style>{asset_texts()['assets/site.css']}</style>"
    live = escape(json.dumps({"given": scenario.given, "fields": ["chips", "batch"]}))
    files = {
        "page.html": f"<!doctype html><meta charset='utf-8'>{style}<article data-live='{live}'><h1></h1>{figures}</article><script src='live.js'></script>",
        "live.js": full_script(language, MAIN),
        "live-charts.js": lazy_files(["stops", "chart"], language),
        "live-timeline.js": lazy_files(["timeline"], language),
    }  # other scripts are none of this page's business

    def serve(route: Route) -> None:
        name = route.request.url.split("?")[0].split("/")[-1]
        kind = "text/html" if name.endswith("html") else "text/javascript"
        route.fulfill(body=files.get(name, ""), content_type=f"{kind}; charset=utf-8")

    page.route("http://charts.test/**", serve)
    page.goto("http://charts.test/page.html")
    page.evaluate("live.draw()")
    page.wait_for_function("live.charts")
    return page


@pytest.fixture(scope="module")
def pages(browser: Browser) -> dict[Language, Page]:
    """All charts on one page, drawn for the essay's scenario."""
    return {
        language: opened(
            browser,
            "".join(figure(drawn_as(chart, ESSAY, language)) for chart in CHARTS.values()),
            language,
        )
        for language in LANGUAGES
    }


def scenarios(count: int) -> list[Given]:
    """Some that change anything, and more that leave most of the essay alone, so that most charts are possible."""
    chance = random.Random(20)
    result: list[Given] = [
        {},
        {"precision": "nvfp4"},
        {"batch": 10**6},
        {"chips": 1.0, "precision": "bf16"},
    ]
    while len(result) < count:
        given = random_given(chance)
        some = chance.sample(sorted(given), chance.choice([1, 2, 3, len(given)]))
        result.append({name: given[name] for name in some})
    return result


SET = "(given) => { live.reset(); live.set(given); }"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", times(9, 40))
def test_the_browser_draws_what_matplotlib_draws(
    count: int, language: Language, pages: dict[Language, Page]
) -> None:
    """In every scenario the folded tables of all charts, word for word, and some of the drawings: the same parts and
    words, within 0.1 px of where matplotlib draws them in the essay's frame, in both sizes."""
    page, chance = pages[language], random.Random(7)
    first = {name: sampled(chart, ESSAY, language) for name, chart in CHARTS.items()}
    seen = set()
    for number, given in enumerate(scenarios(count)):
        page.evaluate(SET, given)
        scenario = ESSAY.pinned(given)
        some = CHARTS if number == 0 else chance.sample(sorted(CHARTS), 2)
        for (name, chart), (drawings, cells) in zip(
            CHARTS.items(), page.evaluate(READ), strict=True
        ):
            sample = sampled(chart, scenario, language)
            assert cells == [*sample.columns, *(cell for row in sample.texts for cell in row)], (
                name,
                given,
            )
            seen |= {part.rstrip("-0123456789") for part, *_ in drawings[0]}
            for wide, shown in zip((WIDE, PHONE), drawings, strict=True):
                if name in some and (number == 0 or wide == (WIDE, PHONE)[number % 2]):
                    drawn = plot(sample, "it", "alt", wide, first[name])
                    mine = [placed(*part) for part in shown]
                    assert differing(mine, parts(drawn)) == [], (name, given, wide)
    assert seen >= {
        "title",
        "axis",
        "mark",
        "here",
        "here-dot",
        "name",
        "limit",
        "limit-word",
        "note",
        "bar",
        "bar-text",
        "tie",
    }


INNER = "() => [...document.querySelectorAll('figure .figure-sheet, figure table')].map((element) => element.innerHTML)"


def test_back_at_the_essay_everything_is_as_the_build_drew_it(browser: Browser) -> None:
    page = opened(
        browser, "".join(figure(drawn_as(chart, ESSAY, "en")) for chart in CHARTS.values()), "en"
    )
    essay = page.evaluate(INNER)
    page.evaluate(SET, {"precision": "nvfp4", "batch": 100})
    assert page.evaluate(INNER) != essay
    page.evaluate("live.reset()")
    assert page.evaluate(INNER) == essay


@pytest.mark.parametrize("name", ["step_race", "a roof with dots", "bars up to a value"])
def test_the_csv_file_has_the_reader_s_numbers(name: str, browser: Browser) -> None:
    """Every number of the curves, to the last bit, under the head that the build writes; the build's own at home."""
    page = opened(browser, figure(drawn_as(CHARTS[name], ESSAY, "en")), "en")
    link = page.locator(".points a")
    page.locator("summary").click()
    page.evaluate(SET, {"batch": 12, "context": 30000})
    link.evaluate("(link) => link.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    text = link.evaluate("(link) => fetch(link.href).then((answer) => answer.text())")
    sample = sampled(CHARTS[name], ESSAY.pinned({"batch": 12.0, "context": 30000.0}), "en")
    mine, theirs = (
        [[number(cell) for cell in row] for row in csv.reader(io.StringIO(file))]
        for file in (text, sample.csv())
    )
    assert mine == theirs
    page.evaluate("live.reset()")
    link.click()
    assert link.get_attribute("href") == "it.csv"


def number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


def handle_at(page: Page) -> tuple[float, float]:
    """The middle of the handle: across where the drawing has the scenario's own point, at half the height."""
    return tuple(
        page.evaluate("""() => {
      const [, top, , bottom] = document.querySelector("svg").dataset.frame.split(" ").map(Number);
      const dot = document.querySelector("[data-part=here-0]").getBoundingClientRect(), sheet = document.querySelector("svg").getBoundingClientRect();
      return [dot.x + dot.width / 2, sheet.y + sheet.width / 520 * (top + bottom) / 2];
    }""")
    )


def race(browser: Browser, language: Language = "en") -> Page:
    return opened(browser, figure(drawn_as(CHARTS["step_race"], ESSAY, language)), language)


BATCH = "() => live.now().setting('batch')"


def test_the_point_is_dragged_with_the_mouse(browser: Browser) -> None:
    """The handle lies over the point, wide enough for a finger, and takes the nearest sensible value along."""
    page = race(browser)
    x, y = handle_at(page)
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", [x, y]) == "drag"
    assert page.evaluate(
        "([x, y]) => [-12, 12].map((by) => document.elementFromPoint(x + by, y).className)", [x, y]
    ) == ["drag", "drag"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y, steps=6)
    assert page.evaluate(BATCH) > 8
    moved, _ = handle_at(page)
    assert abs(moved - x - 120) < 8
    page.mouse.move(x - 600, y, steps=6)
    page.mouse.up()
    assert page.evaluate(BATCH) == 1
    assert page.locator(".wide [data-part=here]").text_content() == "here: 1"


def test_the_point_is_dragged_by_touch(browser: Browser) -> None:
    page = race(browser)
    x, y = handle_at(page)
    touch = page.context.new_cdp_session(page)
    for kind, by in (("touchStart", 0), ("touchMove", 30), ("touchMove", 90), ("touchMove", 150)):
        touch.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + by, "y": y}]}
        )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert page.evaluate(BATCH) > 8
    assert abs(handle_at(page)[0] - x - 150) < 10


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["Batch", "Batch 16", "Batch 8"]), ("zh", ["batch", "batch 16", "batch 8"])],
)
def test_arrow_keys_step_through_sensible_values(
    language: Language, said: list[str], browser: Browser
) -> None:
    """One step of the field's own slider at a time, never off the axis, and it is said what the value is."""
    page = race(browser, language)
    handle = page.locator(".wide .drag")
    handle.focus()
    assert handle.get_attribute("aria-label") == said[0]
    page.keyboard.press("ArrowRight")
    assert handle.get_attribute("aria-valuetext") == said[1]
    for key in ("ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    assert handle.get_attribute("aria-valuetext") == said[2]
    for _ in range(30):
        page.keyboard.press("ArrowUp")
    assert page.evaluate(BATCH) == 1024
    page.keyboard.press("Home")
    assert page.evaluate(BATCH) == 1


def test_a_point_off_the_axis_cannot_be_dragged(browser: Browser) -> None:
    page = race(browser)
    assert page.locator(".wide .drag").is_visible()
    page.evaluate(SET, {"batch": 2000})
    assert not page.locator(".wide .drag").is_visible()
    page.evaluate(SET, {"batch": 2})
    assert page.locator(".wide .drag").is_visible()


def test_among_runs_of_their_own_batches_there_is_no_own_point(browser: Browser) -> None:
    page = opened(browser, figure(drawn_as(CHARTS["expert_layer"], ESSAY, "en")), "en")
    page.evaluate(SET, {"batch": 32})
    assert page.locator(".wide [data-part^=mark]").count() == 9
    assert page.locator(".drag, [data-part^=here]").count() == 0


def test_without_a_script_there_is_no_handle_and_the_chart_is_whole() -> None:
    svg = figure(drawn_as(CHARTS["step_race"], ESSAY, "en"))
    assert "<input" not in svg and 'data-part="here-3"' in svg


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Drawn for the essay’s scenario."), ("zh", "此图按文中的场景绘制。")],
)
def test_a_diagram_says_when_its_numbers_have_changed(
    language: Language, said: str, browser: Browser, tmp_path: Path
) -> None:
    """A line through a time is ordinary matplotlib: a browser can't know what was drawn by it. The
    price of a chip changes nothing.
    """
    file = tmp_path / "step_line.py"
    file.write_text(
        "def draw(ax, say, at):\n    ax.plot([0, 1], [0, at('decode_step').number])\n"
        "    ax.text(0, 0, at('decode_step'))\n",
        "utf-8",
    )
    drawn = draw_picture(file, ESSAY, language, "alt")
    assert "data-" not in drawn.svg.replace("data-figure", "")
    page = opened(browser, figure(drawn), language)
    note = page.locator("figure .drawn-for")
    assert not note.is_visible()
    page.evaluate(SET, {"utilisation": 0.5})
    assert not note.is_visible()
    page.evaluate(SET, {"batch": 9})
    assert note.is_visible() and note.text_content() == said
    page.evaluate("live.reset()")
    assert not note.is_visible()


ELSEWHERE = {
    "another machine": {
        "model": "qwen3-32b",
        "accelerator": "h200",
        "batch": 3,
        "context": 5000,
        "chips": 1,
    },
    "no such rate": {"accelerator": "a100-80-sxm"},
    "bars hundreds of times as long": {"batch": 4000},
}

TEXTS = """() => [...document.querySelectorAll("figure")].map((figure) =>
  [...figure.querySelectorAll("svg text")].map((text) => text.textContent))"""
PLACES = """() => [...document.querySelectorAll("figure")].map((figure) =>
  [...figure.querySelectorAll("svg :is(path, circle, text)")]
    .filter((part) => part.getAttribute("display") !== "none")
    .map((part) => [part.tagName, ["d", "cx", "cy", "x", "y"].map((name) => part.getAttribute(name) || "").join(" ")]))"""


def diagrams(language: Language, scenario: Scenario) -> dict[str, Picture]:
    """The diagrams whose numbers follow a scenario, drawn in one."""
    drawn = {
        path.stem: draw_picture(path, scenario, language, "alt")
        for path in FIGURES
        if "def draw(" in path.read_text("utf-8")
    }
    return {name: one for name, one in drawn.items() if FOLLOWS.search(one.svg)}


@pytest.mark.parametrize("given", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_diagram_follows(language: Language, given: Given, browser: Browser) -> None:
    """What a browser shows in another scenario is what Python draws there: every word, and the
    bars, which keep their left edges.
    """
    elsewhere, _ = scenario_from(given, ESSAY)
    here, there = diagrams(language, ESSAY), diagrams(language, elsewhere)
    page = opened(browser, "".join(map(figure, here.values())), language)
    assert page.locator(".drawn-for").count() == 0
    built = page.evaluate(TEXTS), page.evaluate(PLACES)
    page.evaluate(SET, elsewhere.given)
    shown, places = page.evaluate(TEXTS), page.evaluate(PLACES)
    for name, texts, parts in zip(here, shown, places, strict=True):
        drawings = [ElementTree.fromstring(svg) for svg in (there[name].svg, there[name].phone)]
        words = ["".join(text.itertext()) for svg in drawings for text in svg.iter("text")]
        assert texts == words, name
        drawn = [found for svg in drawings for found in places_in(svg)]
        assert [tag for tag, _ in parts] == [tag for tag, _ in drawn], name
        for (tag, mine), (_, theirs) in zip(parts, drawn, strict=True):
            assert numbers(mine) == pytest.approx(numbers(theirs), abs=0.15), (name, tag)
    assert places != built[1] and shown != built[0]
    page.evaluate("live.reset()")
    assert page.evaluate(TEXTS) == built[0] and page.evaluate(PLACES) == built[1]


def places_in(svg: ElementTree.Element) -> list[tuple[str, str]]:
    """Where everything stands in a drawing, as `PLACES` says it of a page."""
    return [
        (part.tag, " ".join(part.get(name, "") for name in ("d", "cx", "cy", "x", "y")))
        for part in svg.iter()
        if part.tag in ("path", "circle", "text") and part.get("display") != "none"
    ]


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", text)]


def test_every_diagram_follows() -> None:
    assert not [
        path.stem
        for path in FIGURES
        if "def draw(" in path.read_text("utf-8")
        for drawn in [draw_picture(path, ESSAY, "en", "alt")]
        if drawn.live.get("shows") and not FOLLOWS.search(drawn.svg)
    ]


def test_a_number_says_how_it_was_computed() -> None:
    """(2 · 3 − 5) ÷ 4 and their like, constants on either side; a ratio to nothing is nothing."""
    three, four = FollowedNumber(3, "n0"), FollowedNumber(4, "n1")
    assert ((2 * three - 5) / four, (2 * three - 5).postfix) == (0.25, "2_n0_*_5_-")
    assert (1 + three + 1, 1 - three, 6 / three, three * four) == (5, -2, 2, 12)
    assert (larger(three, four), smaller(three, 1), three / 0, 1 / (three - 3)) == (4, 1, 0, 0)
    assert larger(three, four).postfix == "n0_n1_max"
    assert type(larger(3, 4)) is float


def test_a_line_runs_over_a_scenario_field_only() -> None:
    """A browser could not pin a quantity; dots and rooflines may stand over one."""
    chart = Chart(
        ("Time", "时间"), [Line("decode_step", "ink", ("step", "一步"))], "step_intensity", (1, 100)
    )
    with pytest.raises(
        Misread, match="a line runs over a scenario field, which 'step_intensity' is not"
    ):
        curves(chart, ESSAY, "en")


def test_the_wiring_tells_every_term_that_a_browser_computes() -> None:
    """Bars pin fields of their own, what is measured goes as a number, and a chart that nothing changes has none."""
    wires = Wires(ESSAY, "en")
    wire = wires.chart(CHARTS["bars up to a value"])
    assert "weights_per_chip(chips=8)" in {str(term) for term in wires.terms}
    assert wire["bars"][2][2] == {"chips": 8}
    wires = Wires(ESSAY, "en")
    assert wires.chart(CHARTS["measured beside computed"])["marks"][1][2:] == [
        104.9,
        predicted("gptfast-l2-7b-bf16", ESSAY),
    ]
    assert not any("measured" in term.name for term in wires.terms)
    assert (
        Wires(ESSAY, "en").chart(
            Chart(
                ("Speed", "速度"),
                [Measured("gptfast-l2-7b-bf16", "measured_speed", "ink", ("A100", "A100"))],
                *SPEED,
            )
        )
        == {}
    )


def test_a_change_rewrites_what_a_chart_is_made_of_and_builds_nothing_anew(
    browser: Browser,
) -> None:
    """Fresh scenarios each time, so that nothing is remembered. The elements stay the same ones, and each is written to once."""
    names = ("step_race", "three_terms", "roofline")
    page = opened(
        browser, "".join(figure(drawn_as(CHARTS[name], ESSAY, "en")) for name in names), "en"
    )
    parts, replaced, writes = page.evaluate("""() => {
      const charts = [...document.querySelectorAll("figure svg")];
      const elements = () => charts.flatMap((chart) => [...chart.querySelectorAll("*")]);
      const before = elements();
      const observer = new MutationObserver(() => {});
      for (const chart of charts) observer.observe(chart, { attributes: true, subtree: true });
      for (let k = 0; k < 10; k++) live.set({ batch: 2 + k, context: 5000 + 100 * k });
      const kept = new Set(elements());
      const seen = {};
      for (const { target, attributeName } of observer.takeRecords()) {
        const key = before.indexOf(target) + attributeName;
        seen[key] = (seen[key] || 0) + 1;
      }
      return [before.length, before.filter((element) => !kept.has(element)).length, Math.max(...Object.values(seen))];
    }""")
    assert parts > 60
    assert replaced == 0
    assert writes <= 10
