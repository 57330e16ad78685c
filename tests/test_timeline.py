"""An engine's beats over time: what the figure draws is what the simulated engine does, the browser draws the same, and a reader moves chunk and arrivals by key and touch."""

import json
from html import escape

import pytest
from playwright.sync_api import Browser, Page, expect

from figures.style import PHONE, WIDE
from hooks.data.engine import ROOT
from hooks.formula.evaluate import Given, Scenario
from hooks.pictures.chart import Timeline
from hooks.pictures.drawing import draw_picture
from hooks.pictures.timeline import beats_of_prompt, scheduled, timeline
from hooks.pictures.timeline_plot import plot_timeline
from hooks.simulation.crowd import Crowd
from hooks.simulation.machine import Machine
from hooks.text.languages import Language, say
from tests.axe import findings
from tests.often import times
from tests.test_live_charts import ESSAY as SHORT
from tests.test_live_charts import READ, differing, opened, parts, placed, scenarios

BEATS = ROOT / "figures" / "beats.py"
CHART = Timeline(
    ("The prompt whole", "整段一口气读"),
    ("In chunks of {chunk_size}", "每次读 {chunk_size} 个"),
    ("{arrival_rate:request/min}", "{arrival_rate:request/min}"),
)
ESSAY = SHORT.pinned(
    {
        "kv_precision": "fp8",
        "context": 2048.0,
        "prompt": 32768.0,
        "batch": 32.0,
        "chunk_size": 2048.0,
        "prefill_mfu": 0.5,
        "arrival_rate": 1 / 60,
        "launch_time": 0.0,
        "collective_latency": 0.0,
    }
)
MINUTE = 60


def crowd(told: Scenario) -> Crowd:
    names = ("weights_time", "kv_time", "matmul_time", "attention_compute_time")
    return Crowd(
        *(told[name] for name in names),
        pause=told["step_overhead"],
        tokens=told["batch"] * told["context"],
        prompt=told["prompt"],
        prompt_rows=told["prefill_matmul_time"],
        prompt_attention=told["prefill_attention_time"],
    )


class TestAgainstTheSimulator:
    """Beats in closed form, and those of `hooks/simulation`, iteration by iteration."""

    @pytest.mark.parametrize("rate", [1, 10, 18, 20, 50])
    @pytest.mark.parametrize("chunk", [32768, 8192, 2048, 512, 256, 64])
    def test_the_figure_draws_what_the_simulated_engine_does(self, chunk: int, rate: int) -> None:
        """Every beat with rows of a prompt, until the caches that the simulator lets grow have shifted them by half a beat at most."""
        told = ESSAY.pinned({"chunk_size": float(chunk), "arrival_rate": rate / MINUTE})
        sample = timeline(CHART, told, "en")
        mine = sample.lanes[1].schedule
        theirs = [
            beat
            for beat in crowd(told).beats(chunk, list(sample.arrivals), sample.window)
            if beat.prompt_rows
        ]
        assert len(mine.reading) == pytest.approx(len(theirs), abs=1, rel=0.005)
        for (start, end), beat in zip(mine.reading, theirs, strict=False):
            assert end - start == pytest.approx(beat.end - beat.start, rel=0.01)
            assert start == pytest.approx(beat.start, abs=1.5 * told["decode_step"])
            assert beat.decoding  # the stream gets a token at its end

    @pytest.mark.parametrize("model", ["llama-3.1-8b", "mixtral-8x7b", "gpt-oss-120b"])
    @pytest.mark.parametrize("chunk", [4096.0, 1000.0, 128.0])
    def test_its_beats_are_those_of_the_scenarios_machine(self, model: str, chunk: float) -> None:
        """With experts, windows and a last chunk that is not full, too."""
        told = ESSAY.pinned({"model": model, "prompt": 8192.0})
        machine = Machine.of(told)
        lengths, why = beats_of_prompt(told, chunk, "en")
        assert why == "" and len(lengths) == -(-8192 // chunk)
        for number, length in enumerate(lengths):
            start = number * int(chunk)
            rows = min(int(chunk), 8192 - start)
            theirs = machine.iteration([2048] * 32, [(start, rows)])
            assert length == pytest.approx(theirs, rel=0.02)

    def test_a_freeze_vanishes_with_small_chunks_and_its_owner_waits(self) -> None:
        said = {
            chunk: timeline(CHART, ESSAY.pinned({"chunk_size": chunk}), "en").lanes[1].numbers
            for chunk in (1e9, 2048.0, 256.0, 64.0)
        }
        assert said == {
            1e9: "longest gap 3.01\u202fs · first token after 3.01\u202fs",
            2048.0: "longest gap 231\u202fms · first token after 3.03\u202fs",
            256.0: "longest gap 30.2\u202fms · first token after 3.18\u202fs",
            64.0: "longest gap 13.2\u202fms · first token after 6.36\u202fs",
        }

    @pytest.mark.parametrize("chunk", [32768.0, 2048.0, 256.0])
    def test_with_too_many_prompts_the_slow_stretch_never_ends(self, chunk: float) -> None:
        told = ESSAY.pinned({"chunk_size": chunk, "arrival_rate": 20 / MINUTE})
        lane = timeline(CHART, told, "en").lanes[1]
        assert lane.numbers.endswith("prompts pile up")
        assert len(lane.schedule.plain) == 1  # before the first has come


def test_a_schedule_worked_by_hand() -> None:
    """Beats of 2 s; prompts of two beats, of 3 s and 4 s, come at 3, 8 and 20 s. The first waits until 4 s, the second until 11 s, when the first has been read."""
    found = scheduled(2, [3, 4], (3, 8, 20), 22)
    assert found.plain == ((0, 2, 2), (18, 2, 1))
    assert found.reading == ((4, 7), (7, 11), (11, 14), (14, 18), (20, 23))
    assert found.done == (11, 18)


GIVEN: list[Given] = [
    {},
    {"chunk_size": 512.0},
    {"chunk_size": 256.0, "arrival_rate": 10 / MINUTE},
    {"chunk_size": 3000.0, "arrival_rate": 20 / MINUTE},
    {"chunk_size": 32768.0, "arrival_rate": 50 / MINUTE},
    {"chunk_size": 1.0},
    {"chunk_size": 64.0, "arrival_rate": 0.0},
    {"prompt": 10.0, "arrival_rate": 500.0},
    {"model": "llama-3.1-8b", "chips": 1.0, "prompt": 5000.0, "arrival_rate": 2.0},
    {"model": "deepseek-v3", "chips": 8.0, "accelerator": "h200"},
    {"model": "llama-3.1-405b", "batch": 1.0, "prompt": 131072.0},
    {"precision": "nvfp4"},
]


def figure(language: Language) -> str:
    """The figure as the build puts it into a page."""
    drawn = draw_picture(BEATS, ESSAY, language, "alt")
    wire = escape(json.dumps(drawn.live, ensure_ascii=False))
    svg = drawn.svg.replace("<svg", f'<svg data-chart="{wire}"', 1)
    return f"<figure class='figure'>{svg}{drawn.phone}<div class='handles'></div></figure>"


SET = "(given) => { live.reset(); live.set(given); }"


@pytest.mark.parametrize("count", times(12, 100))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_browser_draws_what_matplotlib_draws(
    language: Language, count: int, browser: Browser
) -> None:
    """The same parts and words, within 0.1 px, in both sizes; and back at the essay what the build drew."""
    page = opened(browser, figure(language), language, ESSAY)
    page.wait_for_selector(".handles input")
    built = page.locator(".figure-sheet").evaluate_all("all => all.map((svg) => svg.innerHTML)")
    for given in [*GIVEN, *scenarios(count)]:
        page.evaluate(SET, given)
        sample = timeline(CHART, ESSAY.pinned(given), language)
        ((drawings, _),) = page.evaluate(READ)
        for wide, shown in zip((WIDE, PHONE), drawings, strict=True):
            mine = [placed(*part) for part in shown]
            assert differing(mine, parts(plot_timeline(sample, "it", "alt", wide))) == [], given
    page.evaluate("live.reset()")
    inner = page.locator(".figure-sheet").evaluate_all("all => all.map((svg) => svg.innerHTML)")
    assert inner == built


NUMBERS = "[data-figure=beats].wide [data-part=numbers-1]"


def on_page(page: Page, address: str, language: str) -> Page:
    page.goto(f"{address}/{language}essays/heartbeat/", wait_until="networkidle")
    page.locator("figure:has([data-figure=beats])").scroll_into_view_if_needed()
    page.wait_for_selector(".handles input")
    return page


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_a_reader_moves_chunk_and_arrivals_by_key(prefix: str, page: Page, address: str) -> None:
    language: Language = "zh" if prefix else "en"
    on_page(page, address, prefix)
    chunk, arrivals = page.locator(".handles input").all()
    numbers = page.locator(NUMBERS)
    before = numbers.inner_html()
    assert say("timeline.gap", language, gap="231\u202fms") in before
    chunk.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert say("timeline.gap", language, gap="30.2\u202fms") in numbers.inner_html()
    expect(page.locator(".handles output")).to_contain_text("30.2")
    assert chunk.get_attribute("aria-valuetext").startswith("256")  # type: ignore[union-attr]
    assert page.evaluate("live.now().setting('chunk_size')") == 256
    page.keyboard.press("End")
    assert chunk.get_attribute("aria-valuetext") == say("timeline.whole", language)
    assert say("timeline.gap", language, gap="3.01\u202fs") in numbers.inner_html()
    arrivals.focus()
    page.keyboard.press("End")
    assert numbers.inner_html().endswith(say("timeline.piling", language))
    page.evaluate("live.reset()")
    assert numbers.inner_html() == before
    assert page.evaluate("document.querySelector('.handles input').value") == "5"


def test_a_finger_moves_them_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, reduced_motion="reduce"
    )
    page = on_page(context.new_page(), address, "zh/")
    handle = page.locator(".handles input").first
    box = handle.bounding_box()
    assert box is not None and box["height"] >= 44 and box["width"] > 300
    handle.tap(position={"x": 4, "y": box["height"] / 2})
    assert page.evaluate("live.now().setting('chunk_size')") == 64
    assert "13.2" in page.locator(NUMBERS.replace("wide", "narrow")).inner_html()
    context.close()


def test_axe_finds_nothing_in_the_handles(page: Page, address: str) -> None:
    on_page(page, address, "zh/")
    page.locator(".handles input").first.press("ArrowLeft")
    assert findings(page, within="figure:has(.handles)") == []


def test_the_reader_s_own_scenario_moves_the_beats(page: Page, address: str) -> None:
    on_page(page, address, "")
    before = page.locator(NUMBERS).inner_html()
    page.evaluate("live.set({ prompt: 8192 })")
    assert page.locator(NUMBERS).inner_html() != before
    assert page.locator(".handles input").first.get_attribute("max") == "9"  # 16 to 8,192


def test_without_scripts_and_on_paper_the_figure_stands_and_says_so(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/essays/heartbeat/")
    expect(page.locator(".handles")).to_have_text(say("timeline.online", "zh"))
    expect(page.locator(".handles p")).to_be_visible()
    context.close()
    context = browser.new_context()
    page = on_page(context.new_page(), address, "")
    expect(page.locator(".handles p")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".handles p")).to_be_visible()
    expect(page.locator(".handles input").first).to_be_hidden()
    context.close()
