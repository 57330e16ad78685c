"""A scenario that cannot be: in words, once, with a way out, for the reader as for the writer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hooks.costs.verdict import chips_needed
from hooks.formula.quantity import Reason
from hooks.formula.reference import parse_reference
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page as Source
from hooks.page.withheld import clause, short, why_impossible, why_withheld
from hooks.text.languages import Language
from tests.real import ENGINE


def given(**fields: float | str):  # type: ignore[no-untyped-def]
    """The declared scenario with some fields set."""
    return ENGINE.scenario.pinned(fields)


DEEPSEEK = {"model": "deepseek-v3", "accelerator": "h100-sxm", "chips": 2.0, "precision": "fp8"}

# The verdict


def test_the_smallest_number_of_chips_holds_the_weights_and_the_batch() -> None:
    """(671 + 16 × 0.5) GB over (72 − 2) GB a chip: 9.7, so ten."""
    assert chips_needed(671e9, 16, 0.5e9, 72e9, 2e9) == 10
    assert chips_needed(700e9, 0, 0.5e9, 72e9, 2e9) == 10  # exactly ten times 70 GB
    assert isinstance(chips_needed(671e9, 1, 0.5e9, 72e9, 72e9), Reason)


@pytest.mark.parametrize("batch", [1.0, 7.0, 64.0])
@pytest.mark.parametrize("model", ["llama-3.1-8b", "llama-3.1-70b", "deepseek-v3", "gpt-oss-120b"])
def test_with_so_many_chips_it_fits_and_with_one_fewer_it_does_not(
    model: str, batch: float
) -> None:
    scenario = given(model=model, batch=batch)
    chips = scenario["chips_needed"]
    assert isinstance(chips, float)
    assert scenario.pinned({"chips": chips})["can_run"] == "runs"
    if chips > 1:
        assert isinstance(scenario.pinned({"chips": chips - 1})["can_run"], Reason)


REASONS: list[tuple[dict[str, float | str], str, str]] = [
    (
        DEEPSEEK,
        "DeepSeek-V3 in FP8 needs {n} H100 SXM, and the machine has 2",
        "DeepSeek-V3（FP8）需要 {n} 块 H100 SXM，这台机器只有 2 块",
    ),
    (
        {"batch": 10_000.0},
        "A batch of 10,000 with 8,192\u202ftokens each needs {n} H100 SXM, and the machine has 2",
        "Batch 为 10,000、每条 8,192\u202ftoken 需要 {n} 块 H100 SXM，这台机器只有 2 块",
    ),
    ({"precision": "nvfp4"}, "H100 SXM has no FP4 rate", "H100 SXM没有FP4 算力"),
    (
        {"context": 200_000.0},
        "Llama 3.1 70B takes at most 131,072\u202ftokens of context, and 200,000 are asked for",
        "Llama 3.1 70B 的上下文最长 131,072\u202ftoken，这里要 200,000",
    ),
]


@pytest.mark.parametrize(
    ("fields", "english", "chinese"), REASONS, ids=["weights", "batch", "format", "context"]
)
def test_a_reason_is_a_sentence_in_both_languages(
    fields: dict[str, float | str], english: str, chinese: str
) -> None:
    scenario = given(**fields)
    reason = why_impossible(scenario)
    assert reason is not None
    needed = scenario.text("chips_needed")
    assert clause(reason, "en") == english.format(n=needed)
    assert clause(reason, "zh") == chinese.format(n=needed)
    assert "：" not in short(reason, "zh") and ":" not in short(reason, "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("user_speed", False),  # of the model on the machine
        ("user_speed / compute_ceiling", False),
        ("token_cost", False),
        ("params", True),  # of the model alone
        ("kv_per_sequence", True),
        ("bandwidth", True),  # of the chip alone
        ("machine_bandwidth", True),
        ("chips_needed", True),
        ("user_speed(chips=16)", True),  # pinned to what can run
        ("user_speed(model=llama-3.1-8b)", True),
        ("user_speed(batch=8)", False),
        ("user_speed(chips=16) / user_speed", False),
    ],
)
def test_what_is_not_told_of_a_machine_that_cannot_run(text: str, told: bool) -> None:
    scenario = given(**DEEPSEEK)
    assert (why_withheld(parse_reference(text, scenario), scenario) is None) is told


def test_a_what_if_of_the_writer_is_told_where_the_scenario_itself_can_be() -> None:
    scenario = given()
    assert isinstance(scenario.pinned({"batch": 100_000.0})["can_run"], Reason)
    assert why_withheld(parse_reference("decode_step(batch=100000)", scenario), scenario) is None


# The writer's page

PAGE = """---
title: Full
scenario: {model: deepseek-v3, accelerator: h100-sxm, chips: 2, precision: fp8}
---
`{model}` is `{params:billion}` numbers.

The tokens come at `{user_speed}`,
one step in `{decode_step:ms}`.

Each notebook weighs `{kv_per_sequence}`.

- `{throughput}` for all,
  whoever they are
- `{token_cost}` a token
- free of numbers

> Quoted at `{user_speed}`.

| Chips | Speed | Cost |
| --- | --- | --- |
| `{chips}` | `{user_speed}` | `{token_cost}` |
"""


def filled(language: Language, text: str = PAGE) -> tuple[str, list[str]]:
    """A page's bare text, and the problems."""
    source = Source("page.md", text, ENGINE.scenario, language, Works(language, ""))
    source.set_scenario({**DEEPSEEK, "chips": 2})
    result = fill(source, Path())
    return result.bare, [problem.message for problem in result.problems]


def test_a_page_whose_own_scenario_cannot_be_has_lines_in_place_of_its_paragraphs() -> None:
    bare, problems = filled("en")
    assert problems == []
    needed = given(**DEEPSEEK).text("chips_needed")
    why = f"DeepSeek-V3 in FP8 needs {needed} H100 SXM, and the machine has 2, so"
    assert f"\n{why} this paragraph has no numbers.\n" in bare
    assert f"- {why} these 2 parts are left out." in bare
    assert f"> {why} this paragraph has no numbers." in bare
    assert "free of numbers" in bare and "Each notebook weighs" in bare
    assert "tokens/s" not in bare and "The tokens come" not in bare and "whoever" not in bare
    assert "| 2 | does not fit | — |" in bare


def test_the_same_in_chinese() -> None:
    bare, problems = filled("zh")
    assert problems == []
    assert "所以这一段没有数字。" in bare and "所以这里的 2 处略去。" in bare
    assert "| 2 | 放不下 | — |" in bare


def test_a_question_that_rests_on_a_machine_that_cannot_run_is_refused() -> None:
    source = Source("page.md", PAGE, ENGINE.scenario, "en", Works("en", ""))
    source.set_scenario({**DEEPSEEK, "chips": 2})
    source.plain("Why `{user_speed}`?")
    [problem] = source.problems
    assert problem.message.startswith("'{user_speed}' cannot be told: does not fit: DeepSeek-V3")


# The reader's page


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all; an error in a script fails the tests."""
    fresh = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    fresh.close()
    assert errors == []


def seen(page: Page) -> str:
    """What can be read of an article, folded answers included."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    return page.inner_text("article")


def asked(page: Page, address: str, path: str) -> None:
    """Open a page and wait for its verdict."""
    page.goto(address + path)
    page.wait_for_function("live.limits")


IMPOSSIBLE = {
    "weights": ("model=deepseek-v3", "needs 9 H100 SXM", "9 块 H100 SXM"),
    "batch": ("batch=5000", "A batch of 5,000", "Batch 为 5,000"),
    "format": ("precision=nvfp4", "H100 SXM has no FP4 rate", "H100 SXM没有FP4 算力"),
    "context": ("context=200000", "takes at most 131,072", "最长 131,072"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("essay", ["two-clocks", "kv-cache", "empty-seats"])
def test_what_rests_on_an_impossible_scenario_gives_way_to_a_line(
    page: Page, address: str, essay: str, language: str
) -> None:
    """Every kind of impossible scenario: no sentence has a hole, nothing that is told rests on the machine."""
    for kind, (query, english, chinese) in IMPOSSIBLE.items():
        asked(page, address, f"{'/zh' if language == 'zh' else ''}/essays/{essay}/?{query}")
        why = chinese if language == "zh" else english
        assert why in page.inner_text(".scenario-limit"), kind
        assert why in page.inner_text(".told")
        assert page.locator(".withheld").count() > 0
        seen(page)
        holes = page.evaluate(
            "[...document.querySelectorAll('article :is(p, li, figcaption) .na')].filter(part => part.getClientRects().length && !part.closest('td')).map(part => part.closest('p, li').innerText)"
        )
        assert holes == [], kind
        stated = page.evaluate(
            "live.numbers.filter(({ button, asked, inTable }) => !inTable && button.getClientRects().length && !button.closest('h1, .essay-question') && live.limits.withheld(asked, live.now())).map(({ button }) => button.dataset.n)"
        )
        assert stated == [], kind
        assert page.locator(".broken", has_text=re.compile("[<>]")).count() == 0


def test_the_bar_says_how_many_chips_it_takes_and_a_button_sets_them(
    page: Page, address: str
) -> None:
    asked(page, address, "/essays/two-clocks/?model=deepseek-v3")
    needed = given(**DEEPSEEK).text("chips_needed")
    assert (
        page.inner_text(".scenario-limit span")
        == f"DeepSeek-V3 in FP8 needs {needed} H100 SXM, and the machine has 2."
    )
    assert "tokens/s" not in page.locator("td .n:not(.na)").first.inner_text()
    page.get_by_role("button", name=f"Set chips to {needed}").click()
    assert page.evaluate("live.now().setting('chips')") == float(needed)
    assert page.locator(".withheld, .scenario-limit:visible").count() == 0
    assert "tokens/s" in page.inner_text(".essay-question")


CURES = {
    "/essays/kv-cache/?batch=64": "Set chips to ",
    "/essays/kv-cache/?context=200000": "Set context to 131,072",
    "/essays/kv-cache/?precision=nvfp4": "Set weight precision to ",
    "/zh/essays/kv-cache/?model=deepseek-v3": "把卡数设为 ",
    "/zh/essays/kv-cache/?context=200000": "把上下文长度设为 131,072",
}


def test_every_way_out_leads_out(page: Page, address: str) -> None:
    for path, label in CURES.items():
        asked(page, address, path)
        button = page.locator(".scenario-cure")
        assert button.inner_text().startswith(label)
        button.click()
        assert page.evaluate("live.limits.limit(live.now()) ?? null") is None, path
        assert page.locator(".scenario-limit").is_hidden()


def test_the_way_back_brings_the_essay_back(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/two-clocks/")
    before = page.inner_text("article")
    page.evaluate("live.set({ model: 'deepseek-v3' }); live.load('live-limits.js')")
    page.wait_for_selector(".withheld")
    page.click(".scenario-back")
    assert page.inner_text("article") == before


def test_a_screen_reader_hears_why_in_words(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/two-clocks/")
    page.evaluate("live.set({ model: 'deepseek-v3' })")
    expect(page.locator(".spoken")).to_have_text(
        re.compile(
            r"^DeepSeek-V3 in FP8 needs \d+ H100 SXM, and the machine has 2\. \d+ numbers changed"
        )
    )
    assert page.locator("p.withheld:not([role=note])").count() == 0
    cell = page.locator("td .n.na", has_text="—").first
    assert (cell.get_attribute("aria-label") or "").startswith("does not fit: ")


def test_a_batch_that_is_too_large_leaves_what_is_pinned_to_a_smaller_one(
    page: Page, address: str
) -> None:
    """The calculator's rows follow the reader; a reference to batch 1 does not."""
    asked(page, address, "/essays/two-clocks/?batch=5000")
    told = page.evaluate(
        "['user_speed(batch=1)', 'user_speed'].map(text => !live.limits.withheld(live.reference(text), live.now()))"
    )
    assert told == [True, False]


# Broken claims

SENTENCES = {
    # a claim, the English sentence, the Chinese one, at ?chips=8
    "max_batch < 28 seq": (
        "Here the largest batch is no longer less than 28: it is 201.",
        "在你的场景下，最大 batch 不再小于 28：现在是 201。",
    ),
    "28 seq > max_batch": (
        "Here the largest batch is no longer less than 28: it is 201.",
        "在你的场景下，最大 batch 不再小于 28：现在是 201。",
    ),
    "max_batch <= 28 seq": (
        "Here the largest batch is now more than 28: it is 201.",
        "在你的场景下，最大 batch 超过了 28：现在是 201。",
    ),
    "max_batch == 27 seq": (
        "Here the largest batch is no longer equal to 27: it is 201.",
        "在你的场景下，最大 batch 不再等于 27：现在是 201。",
    ),
    "max_batch >= 200 seq": (
        "Here the largest batch is now less than 200: it is 201.",
        "在你的场景下，最大 batch 低于 200：现在是 201。",
    ),
    "weight_bytes > kv_memory": (
        "Here the weights are no longer more than the memory left for the KV cache: 70.6\u202fGB against 541\u202fGB.",
        "在你的场景下，权重大小不再大于留给 KV cache 的显存：70.6\u202fGB 对 541\u202fGB。",
    ),
    "max_batch(chips=4) / max_batch > 2 1": (
        "Here the ratio of the largest batch with 4 chips to that in your scenario is no longer more than 2: it is 0.433.",
        "在你的场景下，最大 batch（卡数 4）与场景本身的值之比不再大于 2：现在是 0.433。",
    ),
    "max_batch(kv_precision=fp8) < 55 seq": (
        "Here the largest batch with KV cache in FP8 is no longer less than 55: it is 403.",
        "在你的场景下，最大 batch（KV cache FP8）不再小于 55：现在是 403。",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_broken_claim_is_told_as_a_sentence(page: Page, address: str, language: str) -> None:
    """Both sides named by their labels, pins and ratios in words, never the test's left and right."""
    asked(page, address, f"{'/zh' if language == 'zh' else ''}/essays/kv-cache/?chips=8")
    found = page.evaluate(
        "claims => claims.map(claim => live.limits.objection(live.verdict(claim, live.now())))",
        list(SENTENCES),
    )
    assert dict(zip(SENTENCES, found, strict=True)) == {
        text: both[language == "zh"] for text, both in SENTENCES.items()
    }


def test_one_claim_fails_and_two_claims_fail(page: Page, address: str) -> None:
    """The bar and the head count in words: found by trying numbers of chips and lengths."""
    asked(page, address, "/essays/kv-cache/?chips=8")
    counts = set()
    for changes in (
        "{ overhead: 0.001 }",
        "{ chips: 3 }",
        "{ block_size: 64 }",
        "{ context: 8193 }",
    ):
        page.evaluate(f"live.reset(); live.set({changes})")
        failing = page.evaluate("live.limits.broken().length")
        counts.add(failing)
        if failing:
            assert page.inner_text(".scenario-state") == (
                "1 claim fails" if failing == 1 else f"{failing} claims fail"
            )
    assert counts


# The calculator


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_calculator_has_every_field_with_its_unit_and_what_it_assumes(
    page: Page, address: str, language: str
) -> None:
    page.goto(f"{address}{'/zh' if language == 'zh' else ''}/calculator/")
    page.wait_for_selector("#scenario-model")
    page.evaluate("document.querySelector('.scenario-sheet > details:last-of-type').open = true")
    page.wait_for_selector(".scenario-group")
    found = page.evaluate(
        "[...document.querySelectorAll('[id^=scenario-]:is(select, input)')].map(({ id }) => id.slice(9))"
    )
    assert sorted(found) == sorted([*ENGINE.library.fields_of_scenario, "chip_hour"])
    assert page.locator(".scenario-group:has(.scenario-fields small)").count() > 5
    assert page.locator(".scenario-group > summary").all_inner_texts()
    page.evaluate(
        "document.querySelectorAll('.scenario-group').forEach(group => { group.open = true; })"
    )
    row = page.locator("tr:has(a[href*='q-speculation'])").first
    before = row.inner_text()
    page.evaluate("live.set({ draft_tokens: 8 })")
    assert row.inner_text() != before


@pytest.mark.parametrize(
    ("prefix", "cure", "yes"),
    [("", "take a multiple of 2 chips", "yes"), ("/zh", "卡数取 2 的倍数", "可以")],
)
def test_why_a_layout_cannot_be_is_told_once_with_its_cure(
    page: Page, address: str, prefix: str, cure: str, yes: str
) -> None:
    """Whatever else has no number for the same reason is left blank, and what needs no layout keeps its own."""
    page.goto(f"{address}{prefix}/calculator/?chips=3")
    verdict = page.locator(".compared td [data-n='layout_verdict']")
    assert cure in verdict.inner_text()
    assert "".join(page.locator(".compared tbody").all_inner_texts()).count(cure) == 1
    step = page.locator(".compared td [data-n='parallel_step:ms']")
    ideal = page.locator(".compared td [data-n='decode_step:ms']")
    assert (step.inner_text(), "ms" in ideal.inner_text()) == ("—", True)
    page.evaluate("live.set({ chips: 4 })")
    assert (verdict.inner_text(), "ms" in step.inner_text()) == (yes, True)


def test_a_capacity_says_on_which_layout_it_rests(page: Page, address: str) -> None:
    """With MLA each of eight chips keeps the whole cache: the ideal cut holds several times as many."""
    page.goto(f"{address}/calculator/?model=deepseek-v3&accelerator=h200&chips=8&tensor_parallel=8")
    rows = page.locator(".compared tr", has_text="Largest batch")
    labels, values = zip(*(row.split("\t") for row in rows.all_inner_texts()), strict=True)
    assert labels == (
        "Largest batch, cut ideally",
        "Largest batch, in the layout below",
    )
    ideal, layout = (float(value.replace(",", "")) for value in values)
    scenario = given(
        model="deepseek-v3", accelerator="h200", chips=8.0, tensor_parallel=8.0, kv_precision="bf16"
    )
    assert (ideal, layout) == (scenario["max_batch"], scenario["layout_max_batch"])
    assert ideal > 6 * layout
