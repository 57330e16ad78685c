"""The page follows the reader: the scenario bar, the address, claims, announcements, and what it all weighs."""

import base64
import gzip
import html
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page as Source
from hooks.series import front_matter
from tests.often import weekly
from tests.real import ENGINE
from tests.test_site import ESSAYS

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 24 * 1024
CALCULATOR = BUDGET + 2.5 * 1024


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh desktop page; an error in a script fails the test."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert errors == []


def texts(page: Page) -> list[str]:
    """What the numbers of a page say, those that follow nothing included, but not those of what has given way."""
    page.evaluate("live.now() !== live.home && live.load('live-limits.js')")
    return page.evaluate(
        "() => [...document.querySelectorAll('article .n')].filter(number => !number.closest('[hidden]')).map(number => number.textContent)"
    )


def as_built(slug: str, changes: dict[str, str], language: str) -> list[str]:
    """What the build itself would write for the same page in another scenario."""
    path = ROOT / "docs" / "essays" / slug / ("index.zh.md" if language == "zh" else "index.md")
    text = path.read_text("utf-8")
    source = Source(str(path), text, ENGINE.scenario, language, Works(language, ""))  # type: ignore[arg-type]
    english = path.with_name("index.md").read_text("utf-8")  # whose scenario both share
    source.set_scenario(dict(front_matter(english)["scenario"]) | changes)
    filled = fill(source, path.parent).markdown
    return [html.unescape(found) for found in re.findall(r'<a class="n[^>]*>([^<]*)</a>', filled)]


OTHERS = [
    {"model": "llama-3.1-8b", "accelerator": "apple-m4-pro", "chips": "1", "precision": "q4_0"},
    {"model": "deepseek-v3", "accelerator": "gb200", "chips": "72", "batch": "256"},
    {"model": "gpt-oss-120b", "accelerator": "rtx-4090", "chips": "1", "context": "131072"},
    {"accelerator": "a100-80-sxm", "precision": "fp8"},
]


@pytest.mark.parametrize(
    ("slug", "changes"),
    [
        pytest.param(
            slug,
            changes,
            marks=() if slug == ("two-clocks", "kv-cache", "empty-seats")[number % 3] else weekly,
            id=f"{slug}-{changes.get('model') or changes['accelerator']}",
        )
        for slug in ESSAYS
        for number, changes in enumerate(OTHERS)
    ],
)
def test_every_number_of_an_essay_says_what_a_build_in_that_scenario_would_say(
    page: Page, address: str, slug: str, changes: dict[str, str]
) -> None:
    """Both languages; the numbers of tables and captions too."""
    for language in ("en", "zh"):
        prefix = "/zh" if language == "zh" else ""
        page.goto(
            f"{address}{prefix}/essays/{slug}/?"
            + "&".join(f"{name}={value}" for name, value in changes.items())
        )
        found, built = texts(page), as_built(slug, changes, language)
        if page.locator("[data-sort]").count():  # a board that sorts itself in a reader's scenario
            found, built = sorted(found), sorted(built)
        # A paragraph with a number that cannot be gives way for a reader, where the build lets a writer see the reason.
        rest = iter(built)
        assert all(text in rest for text in found)
        assert found == built or page.locator(".withheld").count() > 0


def test_without_script_the_page_is_complete_and_has_no_bar(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/essays/kv-cache/")
    assert page.locator(".scenario").count() == 0
    assert page.locator("article .n").count() > 100
    assert page.locator(".broken").count() == 0
    context.close()


def test_a_choice_changes_the_page_and_the_way_back_undoes_it(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    before = texts(page)
    page.click(".scenario-toggle")
    page.select_option("#scenario-model", "llama-3.1-8b")
    assert texts(page) != before
    expect(page).to_have_url(re.compile(r"/essays/kv-cache/\?model=llama-3\.1-8b$"))
    assert page.locator(".n.changed").count() > 25
    page.click(".scenario-back")
    assert texts(page) == before
    expect(page).to_have_url(re.compile("/essays/kv-cache/$"))
    assert page.locator(".changed, .broken, .doubted").count() == 0


def test_a_scenario_is_set_by_keyboard_alone(page: Page, address: str) -> None:
    """From the bar's button through the sheet: a list, a typed number, a step; Escape closes it and focus comes back."""
    page.goto(f"{address}/essays/kv-cache/")
    page.focus(".scenario-toggle")
    page.keyboard.press("Enter")
    page.wait_for_selector("#scenario-model")
    page.focus("#scenario-accelerator")
    page.keyboard.type("Apple M4 Pro")
    expect(page).to_have_url(re.compile("accelerator=apple-m4-pro"))
    page.focus("#scenario-chips")
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("chips=1"))
    page.keyboard.press("Enter")  # the button behind the entry: one step more
    expect(page).not_to_have_url(re.compile("chips"))  # two chips are the essay's own
    page.keyboard.press("Escape")
    assert page.locator(".scenario-sheet").is_hidden()
    assert page.evaluate("document.activeElement.matches('.scenario-toggle')")


def test_what_is_typed_wrongly_is_not_taken_and_says_why(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    page.click(".scenario-toggle")
    for wrong, why in (
        ("two", "Batch: a number such as 1, not “two”"),
        ("0", "Batch: at least 1"),
        ("1.5", "Batch: a whole number"),
        ("3 GB", "Batch: a number such as 1, not “3 GB”"),
    ):
        page.fill("#scenario-batch", wrong)
        page.keyboard.press("Tab")
        assert page.inner_text(".scenario-notice") == f"Not taken: {why}."
        assert page.input_value("#scenario-batch") == "1"
    page.fill("#scenario-batch", "1,024")
    page.keyboard.press("Tab")
    assert page.inner_text(".scenario-notice") == ""
    expect(page).to_have_url(re.compile("batch=1024"))


def test_an_address_with_mistakes_keeps_the_good_and_names_the_bad(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/kv-cache/?batch=abc&chips=8&model=gpt-9&fields=3&utm_source=x")
    notice = page.inner_text(".scenario-notice")
    assert (
        notice
        == "Not taken: Batch: a number such as 1, not “abc”; no model is called “gpt-9”, the scenario’s list has all there are; there is no field called “fields”."
    )
    assert page.evaluate("live.now().setting('chips')") == 8
    assert page.evaluate("live.now().setting('batch')") == 1


def test_nothing_in_an_address_becomes_markup(page: Page, address: str) -> None:
    page.goto(
        f"{address}/essays/kv-cache/?model=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&data=%3Cb%3E"
    )
    assert "<img src=x" in page.inner_text(".scenario-notice")
    assert page.locator(".scenario-notice :is(img, b)").count() == 0


def test_the_scenario_survives_the_language_switch_and_the_way_to_another_page(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/kv-cache/?batch=8&price=h100-aws-2026-11")
    page.click("[data-language]")
    page.wait_for_url("**/zh/essays/kv-cache/**")
    assert page.evaluate("live.now().setting('batch')") == 8
    page.evaluate("document.querySelector('.onward a[href*=empty-seats]').click()")
    page.wait_for_url("**/zh/essays/empty-seats/**")
    assert page.evaluate("[live.now().setting('batch'), live.now().setting('price')]") == [
        8,
        "h100-aws-2026-11",
    ]


def test_a_link_to_another_data_version_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/?data=00000000")
    assert "data version 00000000" in page.inner_text(".scenario-notice")
    version = page.evaluate("live.TWIN.version")
    page.goto(f"{address}/essays/kv-cache/?data={version}")
    assert page.inner_text(".scenario-notice") == ""


def test_a_claim_that_breaks_marks_its_paragraph_and_the_head_counts(
    page: Page, address: str
) -> None:
    """E3 says how many readers two chips hold at most; eight hold many more."""
    page.goto(f"{address}/essays/kv-cache/?chips=8")
    note = page.locator(".broken").first
    assert re.fullmatch(
        r"Here the largest batch is no longer less than \d+: it is \d+\.", note.inner_text()
    )
    failing, total = (
        page.locator(".broken").count(),
        int(page.get_attribute("[data-claims]", "data-claims") or 0),
    )
    assert (
        page.inner_text("[data-claims]")
        == f"{total - failing} of {total} claims hold in your scenario"
    )
    assert page.inner_text(".scenario-state") == f"{failing} claims fail"
    assert page.locator("p.doubted").count() > 0
    assert not re.search("[<>]", " ".join(page.locator(".broken").all_inner_texts()))


def test_a_screen_reader_hears_how_much_has_changed(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    page.evaluate("live.set({ chips: 8 })")
    expect(page.locator(".spoken")).to_have_text(
        re.compile(r"^\d+ numbers changed; \d+ claims fail\.$")
    )
    page.evaluate("live.reset()")
    expect(page.locator(".spoken")).to_have_text(
        re.compile(r"^\d+ numbers changed; every claim holds\.$")
    )


def test_a_preset_is_one_tap(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/")
    page.click(".scenario-toggle")
    page.get_by_role("button", name="A laptop").click()
    assert page.evaluate("live.now().setting('accelerator')") == "apple-m4-pro"


def test_changed_numbers_show_what_the_essay_had(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/?chips=8")
    number = page.locator("article p .n.changed").first
    had = number.get_attribute("data-was")
    page.click(".scenario-toggle")
    page.get_by_role("button", name="Show the essay’s numbers").click()
    assert had in number.evaluate("number => getComputedStyle(number, '::after').content")


def test_the_link_can_be_copied(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/?chips=8#exercises")
    page.click(".scenario-toggle")
    page.get_by_role("button", name="Copy link").click()
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{address}/essays/kv-cache/?chips=8#exercises"
    )


def test_on_a_phone_the_open_sheet_leaves_half_of_the_page_in_sight(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    for path in ("/essays/kv-cache/?chips=8", "/zh/essays/kv-cache/?chips=8"):
        page.goto(address + path)
        page.tap(".scenario-toggle")
        page.wait_for_selector("#scenario-model")
        box = page.locator(".scenario").bounding_box()
        assert box and box["height"] < 844 * 0.62
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        small = page.evaluate(
            "[...document.querySelectorAll('.scenario :is(button, select, input)')].filter(c => c.getClientRects().length && c.getBoundingClientRect().height < 24).map(c => c.outerHTML)"
        )
        assert small == []
    context.close()


def test_two_scenarios_stand_side_by_side_in_the_calculator(page: Page, address: str) -> None:
    page.goto(f"{address}/calculator/")
    page.get_by_role("button", name="Hold this scenario").click()
    page.evaluate("live.set({ batch: 8 })")
    row = page.locator(".compared tr", has_text="Throughput of the machine")
    here, expect_here, held, ratio = row.locator("td").all_inner_texts()[1:]
    assert float(ratio) > 6
    assert float(ratio) == pytest.approx(
        float(here.split("\u202f")[0].replace(",", "")) / float(held.split("\u202f")[0]), rel=0.01
    )
    expect(page).to_have_url(re.compile("batch=8($|&)"))
    address_with_both = page.url
    page.goto(address_with_both)
    assert row.locator("td").all_inner_texts()[1:] == [here, expect_here, held, ratio]
    page.get_by_role("button", name="Swap").click()
    now_here, _, now_held, _ = row.locator("td").all_inner_texts()[1:]
    assert (now_here, now_held) == (held, here)
    page.get_by_role("button", name="Let go").click()
    assert row.locator("td").count() == 3


def test_the_engineers_question_has_an_answer(page: Page, address: str) -> None:
    """The batch at which DeepSeek-V3 on a rack turns compute-bound: beyond it the arithmetic takes longer than the weights."""
    page.goto(f"{address}/calculator/")
    page.get_by_role("button", name="An NVL72 rack").click()
    page.wait_for_function("live.now().setting('chips') === 72")
    critical = float(
        page.locator("tr", has_text="overtakes the weights")
        .locator(".n")
        .inner_text()
        .replace(",", "")
    )
    clocks = "batch => { live.set({ batch }); return ['compute_time', 'weights_time'].map((name) => live.now().value(name)); }"
    arithmetic, weights = page.evaluate(clocks, round(1.01 * critical))
    assert arithmetic > weights
    arithmetic, weights = page.evaluate(clocks, round(critical / 8))
    assert arithmetic < weights


def scripts(text: str) -> list[str]:
    """The scripts of a built page that are ours."""
    return [
        found.split("?")[0]
        for found in re.findall(r'<script src="([^"]+)"', text)
        if "assets/live" in found or "assets/pages" in found or "panels.js" in found
    ]


def test_a_page_loads_at_most_twenty_four_kilobytes_of_our_script(site: Path) -> None:
    """With the whole catalogue, gzipped, in both languages; what loads later, on demand, is not counted here.

    One of them is for the addresses of panels and the way back in them. The calculator, where every number has its expectation beside it, may load two and a half more.
    """
    weights = {}
    for path in site.rglob("index.html"):
        found = scripts(path.read_text("utf-8"))
        weights[path.relative_to(site).as_posix()] = sum(
            len(gzip.compress((path.parent / name).resolve().read_bytes(), 9)) for name in found
        )
    assert max(weights.values()) > 10_000
    assert {
        name: weight
        for name, weight in weights.items()
        if weight > (CALCULATOR if "calculator" in name else BUDGET)
    } == {}


def test_the_page_works_under_a_strict_policy(browser: Browser, site: Path) -> None:
    """No eval and no inline script of ours: only Material's own few are allowed, each by its hash."""
    text = (site / "essays/kv-cache/index.html").read_text("utf-8")
    inline = [
        body
        for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL)
        if "src=" not in attributes and "json" not in attributes
    ]
    assert not any("live" in body for body in inline)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(sha256(body.encode()).digest()).decode()}'" for body in inline
    )
    policy = f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'"

    class Strict(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console",
        lambda message: (
            refused.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    page.goto(f"http://127.0.0.1:{server.server_port}/essays/kv-cache/")
    page.click(".scenario-toggle")
    page.select_option("#scenario-model", "llama-3.1-8b")
    page.locator("article p .n.changed").first.click()
    page.wait_for_selector(".work:popover-open")
    assert refused == []
    context.close()
    server.shutdown()


def test_the_point_of_a_chart_is_dragged_by_keys_and_by_mouse_and_the_page_follows(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/two-clocks/")
    handle = page.locator("input.drag").first
    page.locator(".figure:has(svg[data-chart*='\"over\"'])").first.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("batch=2"))
    assert handle.get_attribute("aria-valuetext") == "Batch 2"
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    share = float(handle.input_value())
    assert box
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] - 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] - 6, steps=4)
    page.mouse.up()
    assert page.evaluate("live.now().setting('batch')") > 8
    assert page.locator(".n.changed").count() > 0


def test_any_quantity_is_plotted_over_any_field_and_the_address_keeps_it(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/calculator/")
    page.get_by_label("One quantity", exact=True).select_option("token_cost")
    page.get_by_label("Over the field", exact=True).select_option("context")
    expect(page).to_have_url(re.compile("plot=token_cost%2Ccontext"))
    title = page.locator(".sweep svg[data-chart] [data-part=title]").first
    expect(title).to_have_text("Cost of a token ($/M\u202ftokens)")
    curve = page.get_attribute(".sweep svg[data-chart] [data-part=mark-1]", "d")
    page.goto(page.url)
    expect(title).to_have_text("Cost of a token ($/M\u202ftokens)")
    assert page.get_attribute(".sweep svg[data-chart] [data-part=mark-1]", "d") == curve
    page.get_by_label("And another", exact=True).select_option("decode_step")
    expect(page).to_have_url(re.compile("plot=token_cost%2Ccontext%2Cdecode_step"))
    page.evaluate("live.set({ batch: 8 })")
    assert page.get_attribute(".sweep svg[data-chart] [data-part=mark-1]", "d") != curve


def test_a_number_opens_in_the_readers_scenario_with_its_sources(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/?model=qwen3-32b")
    page.locator("article p .n.changed").first.click()
    panel = page.locator(".work:popover-open")
    expect(panel).to_be_visible()
    assert "Qwen3 32B" in panel.inner_text()
    assert "In the essay: " in panel.inner_text()


def test_the_python_that_a_reader_takes_away_prints_the_page(
    page: Page, address: str, tmp_path: Path
) -> None:
    """Every number that follows the reader stands in what the file prints, with the standard library alone."""
    for path in ("/essays/kv-cache/?chips=8&model=qwen3-32b", "/zh/calculator/?batch=32"):
        page.goto(address + path)
        if not page.locator(".scenario-sheet").is_visible():
            page.click(".scenario-toggle")
        with page.expect_download() as download:
            page.get_by_role("button", name="Python", exact=True).click()
        download.value.save_as(tmp_path / "page.py")
        printed = subprocess.run(
            [sys.executable, "-I", "-S", str(tmp_path / "page.py")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        values = {
            part
            for line in printed.splitlines()
            for text in [line.rpartition(" = ")[2]]
            for part in (text, re.split("[:：]", text)[0])
        }
        following = page.locator("article .n[data-n]:visible").all_text_contents()
        assert following and [text for text in following if text not in {*values, "—"}] == []
