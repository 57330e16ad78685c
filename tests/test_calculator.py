"""The calculator: the answer that comes first, its pictures, prices that follow the chip, machines side by side, the sweeps."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from tests.conftest import eventually
from tests.real import ENGINE, pinned
from tests.rows_of_data import of, text, told

# What it is computed from


def scenario(**given: float | str) -> Scenario:
    """The calculator's own scenario, Llama 3.1 70B in FP8 on two H100s at 8,192 tokens, but for what is given."""
    given = {"price": "auto"} | given
    return pinned(**given)


def test_a_price_follows_the_chip_unless_one_is_chosen() -> None:
    assert scenario()["chip_hour"] == pytest.approx(3.99 / 3600)
    assert scenario(accelerator="b200")["chip_hour"] == pytest.approx(6.69 / 3600)
    assert scenario(accelerator="b200").text("price_row").startswith("B200, Lambda")
    chosen = scenario(accelerator="b200", price="h100-aws-2026-11")
    assert chosen["chip_hour"] == pytest.approx(6.88 / 3600)
    none = scenario(accelerator="gb200")["token_cost"]
    assert isinstance(none, Reason) and none.text.startswith("no price: ")
    assert "GB200" in none.text and none.zh.startswith("没有价格：")


def test_a_price_says_its_month_and_every_rented_chip_has_one_usual_price() -> None:
    rows = [row for row in ENGINE.catalogue.tables["prices"].values() if row.cells]
    for row in rows:
        assert row.name.endswith(str(row.extra["date"])[:7]), row.id
    usual = [row.extra["accelerator"] for row in rows if row.extra.get("usual")]
    assert sorted(usual) == sorted({str(row.extra["accelerator"]) for row in rows})


def test_two_usual_prices_of_one_chip_are_refused() -> None:
    assert of("prices", usual="true") == []
    price = {
        "name": "Price",
        "accelerator": "h100-sxm",
        "price_per_hour": "2 USD/h",
        "date": "2026-11-22",
        "usual": "true",
    }
    found = told("prices", text(price, {}, "one") + text(price, {}, "two"))
    assert [line.split(": ", 1)[1] for line in found] == [
        "'two': 'one' is the usual price of this accelerator already"
    ]


def test_the_parts_of_the_pictures() -> None:
    """A cache of 8,192 × 327,680 bytes; 160 all-reduces of 3.5 µs; arithmetic shows where it is longer than the reading."""
    assert scenario(batch=4)["cache_per_chip"] == 4 * 8192 * 327_680 / 2
    assert scenario()["collective_wait"] == pytest.approx(160 * 3.5e-6)
    assert scenario(chips=1)["collective_wait"] == 0
    assert scenario(batch=64)["bare_arithmetic"] == 0
    many = scenario(batch=600, context=100)
    assert many["bare_arithmetic"] == pytest.approx(many["matmul_time"] - many["weights_time"])
    assert many["bare_arithmetic"] > 0
    parts = ("weights_time", "kv_time", "bare_arithmetic", "collective_wait", "launch_overhead")
    for one in (scenario(), many):
        assert sum(one[part] for part in parts) == pytest.approx(one["decode_step"])


def test_a_machine_that_cannot_run_a_model_has_no_speed() -> None:
    assert scenario()["runnable_speed"] == scenario()["user_speed"]
    assert scenario()["expected_runnable_speed"] == scenario()["expected_user_speed"]
    for name in ("runnable_speed", "expected_runnable_speed"):
        none = scenario(model="deepseek-v3")[name]
        assert (
            isinstance(none, Reason) and none.text == scenario(model="deepseek-v3")["can_run"].text
        )


# In a browser

ANSWER = (
    "[...document.querySelectorAll('.answer > p')].filter(p => !p.hidden).map(p => p.innerText)"
)
BOARD = "[...document.querySelectorAll('[data-sort] tbody tr')].map(row => [...row.cells].map(cell => cell.innerText))"


@pytest.fixture
def calculator(page: Page, address: str) -> Page:
    """The calculator, loaded, with what comes after the first change."""
    page.goto(f"{address}/calculator/")
    page.wait_for_selector("#scenario-model")
    return page


def put(page: Page, **given: float | str) -> None:
    """Change the scenario, in base units, and wait for what comes with the first change."""
    page.evaluate("given => live.set(given)", given)
    eventually(page, lambda: page.evaluate("!!live.limits && !!live.work"))


def test_the_answer_comes_first_and_follows(calculator: Page) -> None:
    first = " ".join(calculator.evaluate(ANSWER))
    assert re.search(r"each reader gets at most [\d.]+\u202ftokens/s", first)
    assert re.search(r"Expect [\d.]+\u202ftokens/s to [\d.]+\u202ftokens/s", first)
    assert "30 conversations" in first and "at least $2.07" in first
    put(calculator, batch=16, accelerator="h200")
    now = " ".join(calculator.evaluate(ANSWER))
    own = scenario(batch=16, accelerator="h200")
    assert own.text("user_speed") in now and f"{own.text('max_batch')} conversations" in now
    assert f"at least {own.text('token_cost', 'USD/Mtoken')} at batch 16" in now
    assert f"at least {own.text('bill_cost', 'USD/Mtoken')} with all of them aboard" in now


def test_an_answer_that_cannot_be_says_why_once(calculator: Page) -> None:
    put(calculator, model="deepseek-v3")
    assert calculator.evaluate(ANSWER) == [
        "Does not fit: DeepSeek-V3 in FP8 needs 9 H100 SXM, and the machine has 2."
    ]
    assert calculator.locator(".scenario-cure").inner_text() == "Set chips to 9"
    put(calculator, model="llama-3.1-8b", accelerator="gb200", chips=1)
    told = calculator.evaluate(ANSWER)
    assert len(told) == 4 and told[3].startswith("No price: no rent of GB200")
    calculator.evaluate("live.reset()")
    assert len(calculator.evaluate(ANSWER)) == 4


def test_the_pictures_follow_the_scenario(calculator: Page) -> None:
    """The memory stays where a model does not fit, and then shows by how much; a step that cannot be is left out."""
    wide = ".pictures figure:nth-of-type({}) svg.wide"
    put(calculator, batch=16)
    memory, step = calculator.locator(wide.format(1)), calculator.locator(wide.format(2))
    note = memory.locator("[data-part=bar-note-1]")
    expect(note).to_have_text("largest batch: 30")
    own = scenario(batch=16)
    expect(step.locator("[data-part=bar-note-0]")).to_have_text(
        f"{own.text('decode_step', 'ms')}, expect {own.text('expected_step', 'ms')}"
    )
    assert memory.get_attribute("aria-label").count(own.text("cache_per_chip", "GB")) == 1
    put(calculator, model="llama-3.1-405b")
    expect(memory).to_be_visible()
    expect(step).to_be_hidden()
    assert "203\u202fGB" in memory.locator("[data-part=bar-text-1-0]").text_content()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_controls_stand_on_the_page_at_every_width(
    width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/zh/calculator/")
    page.wait_for_selector("[data-controls] #scenario-batch")
    assert page.locator(".scenario #scenario-batch").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".scenario-toggle").click()
    assert page.evaluate("document.activeElement.id") == "scenario-model"
    expect(page.locator("[data-controls]")).to_be_in_viewport()
    context.close()


def test_a_preset_sets_all_that_it_means_and_the_price_goes_with_it(calculator: Page) -> None:
    """The address then holds what differs from the page's scenario, and nothing else."""
    calculator.get_by_role("button", name="One H200", exact=True).click()
    eventually(calculator, lambda: calculator.evaluate("live.now().setting('batch') === 16"))
    assert calculator.evaluate("live.now().text('price_row')").startswith("H200, Akash")
    expect(calculator).to_have_url(re.compile("model=llama-3.3-70b"))
    asked = calculator.url.split("?")[1].split("&")
    assert {pair.split("=")[0] for pair in asked} == {
        "model",
        "accelerator",
        "chips",
        "batch",
        "tensor_parallel",
    }
    put(calculator, price="rtx-4090-openrelay-2026-09")
    calculator.get_by_role("button", name="Two H100", exact=True).click()  # not at another's rent
    expect(calculator).to_have_url(re.compile(r"\?batch=16$"))
    calculator.get_by_role("button", name="Back to the page’s scenario").click()
    expect(calculator).to_have_url(re.compile("calculator/$"))


def test_a_price_of_ones_own_takes_the_place_of_a_listed_one(calculator: Page) -> None:
    """It begins as the one that it replaces; panels, the held column, machines with a price of their own and the
    files that a reader takes away know whose it is; a preset brings its own again."""
    rent = calculator.locator("#scenario-chip_hour")
    options = calculator.locator("#scenario-price option").all_inner_texts()
    assert options[0].startswith("$3.99/h · ") and options[-1] == "My own price"
    assert all(re.match(r"\$[\d.]+/h · ", option) for option in options[:-1])
    expect(rent).to_be_hidden()
    board = calculator.evaluate(BOARD)
    calculator.get_by_label("GPU-hour price").select_option("own")
    expect(rent).to_have_value("3.99")
    calculator.get_by_role("button", name="Hold this scenario").click()
    rent.fill("1.5")
    rent.press("Enter")
    expect(calculator).to_have_url(re.compile(r"price=own&chip_hour=1\.5$"))
    own = scenario(price="own").pinned({"chip_hour": 1.5 / 3600})
    assert own.text("bill_cost", "USD/Mtoken") in calculator.evaluate(ANSWER)[3]
    expect(calculator.locator(".scenario-summary")).to_contain_text(
        "My own price · Price of a chip-hour $1.50/h"
    )
    row = calculator.locator("tr", has_text="Rent of the machine")
    assert row.locator("td").all_inner_texts()[3:] == ["$7.98/h", "0.376"]
    assert calculator.evaluate(BOARD)[:7] == board[:7]
    calculator.locator("a[data-n='chip_hour:USD/h']").click()
    panel = calculator.locator(".work:popover-open")
    expect(panel).to_contain_text("Price of a chip-hour $1.50/h")
    expect(panel).to_contain_text("your own number")
    calculator.keyboard.press("Escape")
    calculator.evaluate("live.load('live-export.js')")
    calculator.wait_for_function("live.python")
    assert '"chip_hour": 1.5,  # Price of a chip-hour' in calculator.evaluate("live.python()")
    assert ",$1.50/h" in calculator.evaluate("live.csv()")
    calculator.get_by_role("button", name="Swap").click()
    expect(rent).to_have_value("3.99")
    calculator.get_by_role("button", name="Two H100", exact=True).click()
    expect(rent).to_be_hidden()
    expect(calculator).not_to_have_url(re.compile("price=|chip_hour="))


def test_a_dense_model_gets_no_layout_of_experts(calculator: Page) -> None:
    """Chosen after a machine for a mixture, whose experts it does not have; what the reader has set so stays."""
    calculator.get_by_role("button", name="Eight H200", exact=True).click()
    calculator.get_by_label("Model", exact=True).select_option("kimi-k2")
    assert calculator.evaluate("live.now().setting('expert_parallel')") == 8
    calculator.get_by_label("Model", exact=True).select_option("llama-3.1-70b")
    ways = "['tensor_parallel', 'expert_parallel'].map(name => live.now().setting(name))"
    assert calculator.evaluate(ways) == [2, 1]
    put(calculator, tensor_parallel=3)
    calculator.get_by_label("Model", exact=True).select_option("qwen3-32b")
    assert calculator.evaluate(ways) == [3, 1]


def test_models_and_chips_stand_by_maker_and_by_size(calculator: Page) -> None:
    """The same in both languages; formats and prices keep the order of their files."""
    lists = {}
    for choice in ("model", "accelerator"):
        groups = calculator.locator(f"#scenario-{choice} optgroup")
        labels = groups.evaluate_all("groups => groups.map(group => group.label)")
        assert labels == sorted(set(labels), key=str.casefold)
        lists[choice] = [group.locator("option").all_inner_texts() for group in groups.all()]
    nvidia = next(names for names in lists["accelerator"] if "H100 SXM" in names)
    order = ["A100 40GB SXM", "A100 80GB SXM", "B200 (HGX, DGX)", "GeForce RTX 3090", "H20 SXM"]
    assert sorted(order, key=nvidia.index) == order
    llama = next(names for names in lists["model"] if "Llama 3.1 8B" in names)
    order = ["Llama 2 7B", "Llama 3.1 8B", "Llama 3.1 70B", "Llama 3.1 405B", "Llama 4 Scout"]
    assert sorted(order, key=llama.index) == order


def test_a_price_of_ones_own_goes_from_page_to_page(calculator: Page, address: str) -> None:
    """Through a page without prices, too; and a number that names its price keeps that."""
    calculator.goto(f"{address}/essays/two-clocks/?price=own&chip_hour=2.5")
    calculator.locator("a.onward-after").click()
    expect(calculator).to_have_url(re.compile(r"kv-cache/\?price=own&chip_hour=2\.5"))
    calculator.goto(f"{address}/essays/shopping-list/?price=own&chip_hour=2.5")
    expect(calculator.locator(".scenario-summary")).to_contain_text(
        "My own price · Price of a chip-hour $2.50/h"
    )
    calculator.locator(".scenario-toggle").click()
    expect(calculator.locator("#scenario-chip_hour")).to_have_value("2.5")
    chips = "chip_hour(accelerator=b200, price=b200-lambda-2026-09)"
    assert calculator.evaluate(f"live.textOf(live.reference('{chips}'), live.now())") == "$6.69/h"
    calculator.goto(f"{address}/essays/levers/?price=own&chip_hour=0")
    expect(calculator.locator(".scenario-notice")).to_contain_text("Price of a chip-hour: at least")


def test_every_preset_runs_and_promises_nothing_absurd(calculator: Page) -> None:
    for button in (
        calculator.locator(".scenario-sheet > .scenario-acts").first.locator("button").all()
    ):
        button.click()
        eventually(
            calculator, lambda: calculator.evaluate("!!live.limits && live.now() !== live.home")
        )
        assert calculator.evaluate("live.now().value('can_run')") == "runs"
        speed = calculator.evaluate("live.now().but({ batch: 1 }).value('user_speed')")
        assert 10 < speed < 1_000, button.inner_text()
        assert not calculator.locator(".answer").inner_text().startswith("Does not fit")


def test_what_is_held_stands_in_the_address_by_its_differences(calculator: Page) -> None:
    put(calculator, batch=8)
    calculator.get_by_role("button", name="Hold this scenario").click()
    expect(calculator).to_have_url(re.compile(r"held=batch%3A8(&|$)"))
    calculator.evaluate("live.reset()")
    calculator.get_by_role("button", name="Hold this scenario").click()
    expect(calculator).to_have_url(re.compile(r"held=batch%3A1(&|$)"))


def test_beside_what_to_expect_the_held_column_says_that_it_is_a_bound(calculator: Page) -> None:
    calculator.get_by_role("button", name="Hold this scenario").click()
    heads = calculator.locator(".compared thead tr").evaluate_all(
        "lines => lines.map(line => [...line.children].map(cell => cell.textContent))"
    )
    for head in heads:
        assert head[-2:] == ["Held, at best" if "Expect" in head else "Held", "Here ÷ held"]
    assert sum("Expect" in head for head in heads) == 2


def test_units_of_fields_are_whole(calculator: Page) -> None:
    units = calculator.locator(".scenario-field label small").all_text_contents()
    assert {" GB/s", " request/s", " USD"} <= set(units) and " GB" not in units


def test_machines_side_by_side_stand_by_price_and_refuse_with_a_reason(calculator: Page) -> None:
    """As written the cheapest comes first; in the reader's scenario, too, and what cannot be comes last."""
    prices = [
        float(re.sub(r"[^\d.]", "", row[1].split("/")[0])) for row in calculator.evaluate(BOARD)[:7]
    ]
    assert prices == sorted(prices)
    put(calculator, model="deepseek-v3", accelerator="h200", chips=8, batch=64)
    rows = calculator.evaluate(BOARD)
    able = [row for row in rows if row[1].startswith("$")]
    assert rows[: len(able)] == able and 2 <= len(able) < len(rows)
    prices = [float(re.sub(r"[^\d.]", "", row[1].split("/")[0])) for row in able]
    assert prices == sorted(prices)
    assert {tuple(row[1:]) for row in rows[len(able) :]} == {("does not fit", "—", "—", "—")}
    price = calculator.locator("[data-sort] th").nth(1)
    assert price.get_attribute("aria-sort") == "ascending"
    head = calculator.locator("[data-sort] th").nth(3)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"


def test_the_sweeps_draw_both_scenarios_and_the_limit(calculator: Page) -> None:
    calculator.locator(".sweep").scroll_into_view_if_needed()
    chart = calculator.locator(".sweep figure").first.locator("svg.wide")
    name = chart.locator("[data-part=name-0]")
    expect(chart.locator("[data-part=limit-word-3]")).to_have_text("memory full")
    expect(name).to_be_hidden()
    put(calculator, accelerator="h200")
    expect(name).to_have_text("the page’s")
    expect(chart.locator("[data-part=mark-0]")).to_be_visible()
    calculator.get_by_role("button", name="Hold this scenario").click()
    put(calculator, accelerator="b200")
    expect(name).to_have_text("Held")
    quantity = calculator.get_by_label("One quantity", exact=True)
    title = calculator.locator(".sweep svg.wide [data-part=title]").first
    for name, unit in [("token_cost", "($/M\u202ftokens)"), ("user_speed", "(tokens/s)")]:
        quantity.select_option(name)  # as titles that the build writes have it
        assert title.text_content().endswith(unit)
    quantity.select_option("params")
    ticks = [
        calculator.locator(f".sweep svg.wide [data-part=y-{k}]").first.text_content()
        for k in (0, 1)
    ]
    assert all("million" in tick or "billion" in tick for tick in ticks)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "says"),
    [("calculator/", "They need JavaScript"), ("zh/calculator/", "控件要用JavaScript")],
)
def test_without_javascript_it_says_so_and_shows_the_pages_scenario(
    path: str, says: str, scriptless: Page, address: str
) -> None:
    scriptless.goto(f"{address}/{path}")
    expect(scriptless.get_by_text(says)).to_be_visible()
    expect(scriptless.locator(".answer")).to_contain_text("30")
    expect(scriptless.locator(".pictures svg").first).to_be_visible()
