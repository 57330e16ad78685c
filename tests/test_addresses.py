"""Addresses are read by the grammar of the command line, and what is refused is told in words."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from hooks.__main__ import main
from hooks.formula.reference import setting_value
from hooks.text.problems import Mistake
from tests.addresses import CASES
from tests.real import ENGINE


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The calculator, loaded once."""
    fresh = browser.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    fresh.goto(f"{address}/calculator/")
    yield fresh
    fresh.close()
    assert errors == []


def read(name: str, text: str) -> float | str | None:
    """What front matter, a pin and the command line make of a text."""
    try:
        return setting_value(name, text, ENGINE.scenario)
    except Mistake:
        return None


def test_the_command_line_reads_the_table() -> None:
    assert [(name, text, read(name, text)) for name, text, _ in CASES] == CASES


def test_an_address_reads_the_same_table(page: Page) -> None:
    """What the browser takes is what Python takes, to the last bit; each refusal is a sentence."""
    found = page.evaluate(
        "cases => cases.map(([name, text]) => { const { value, problem } = live.understood(name, text); return [value ?? null, problem ?? null]; })",
        [[name, text] for name, text, _ in CASES],
    )
    assert [value for value, _ in found] == [value for *_, value in CASES]
    assert [bool(problem) for _, problem in found] == [value is None for *_, value in CASES]
    assert max(len(problem or "") for _, problem in found) < 120


def test_a_field_that_is_set_twice_on_the_command_line_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["decode_step", "--scenario", "batch=1,batch=2"]) == 2
    assert "'batch' is set twice" in capsys.readouterr().err


ADDRESSES = {
    "overhead=5%20%25": "Overhead per step: a number such as 0 ms, not “5 %”",
    "overhead=5+1": "Overhead per step: a number such as 0 ms, not “5 1”",
    "batch=1&batch=2": "Batch is given 2 times instead of once",
    "batch=": "Batch: a number such as 1, not “”",
    "batch=0": "Batch: at least 1",
    "batch=1.5": "Batch: a whole number",
    "bandwidth_efficiency=200": "Achieved share of bandwidth: at most 100%",
    "constructor=1": "there is no field called “constructor”",
    "__proto__=1": "there is no field called “__proto__”",
    "hasOwnProperty=1": "there is no field called “hasOwnProperty”",
    "model=gpt-9": "no model is called “gpt-9”, the scenario’s list has all there are",
    f"model={'x' * 400}": f"no model is called “{'x' * 24}…”, the scenario’s list has all there are",
    f"batch={quote('<b>1</b>')}": "Batch: a number such as 1, not “<b>1</b>”",
}
CHINESE = {
    "overhead=5%20%25": "每步固定开销：应是 0 ms 这样的数，不是“5 %”",
    "batch=1&batch=2": "batch给了 2 次，应只给一次",
    "model=gpt-9": "没有名为“gpt-9”的模型，场景栏里列着全部",
    "constructor=1": "没有名为“constructor”的字段",
}


@pytest.mark.parametrize(("prefix", "table"), [("", ADDRESSES), ("/zh", CHINESE)], ids=["en", "zh"])
def test_what_is_refused_is_told_and_the_page_keeps_its_own(
    browser: Browser, address: str, prefix: str, table: dict[str, str]
) -> None:
    """With a good field beside each bad one, which is taken."""
    page = browser.new_page()
    for query, told in table.items():
        page.goto(f"{address}{prefix}/essays/kv-cache/?{query}&chips=8")
        page.wait_for_function("live.now().setting('chips') === 8")
        notice = page.inner_text(".scenario-notice")
        assert notice == (f"未采用：{told}。" if prefix else f"Not taken: {told}.")
        same = page.evaluate(
            "['batch', 'overhead', 'model', 'bandwidth_efficiency'].every(name => live.now().setting(name) === live.home.setting(name))"
        )
        assert same, query
    page.close()


def test_a_field_that_only_the_calculator_has_is_known_everywhere(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/essays/kv-cache/?draft_tokens=4&chips=8")
    page.wait_for_function("live.now().setting('chips') === 8")
    assert page.inner_text(".scenario-notice") == ""
    assert page.evaluate("live.now().setting('draft_tokens')") == 4
    page.close()


def test_the_table_covers_what_people_write() -> None:
    """Both outcomes, and none twice."""
    assert len({(name, text) for name, text, _ in CASES}) == len(CASES)
    assert Path(__file__).with_name("addresses.py").is_file()
    assert 20 < sum(value is None for *_, value in CASES) < len(CASES) - 20
