"""Beside a measurement, or a machine named in words, nothing follows the reader: every kind of place, and what the problems say."""

from pathlib import Path

import pytest

from hooks.formula.reference import parse_reference
from hooks.page.beside import Statement
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page, body_at
from hooks.page.passage import passages
from hooks.page.scan import scan
from hooks.series import front_matter
from hooks.text.html_tree import parse_html
from tests.real import ENGINE

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").rglob("index*.md"))

MEASURED = "`{measured_time(measurement=nim-70b-h100x2-fp8-b1)}`"
FLOOR = "`{decode_step(measurement=nim-70b-h100x2-fp8-b1)}`"
WHOLE = (
    "model, accelerator, chips, precision, kv_precision, state_precision, batch, context, tokens_per_step, "
    "bandwidth_efficiency, flops_efficiency, overhead, kernels_per_layer, launch_time, collective_latency"
)
"""Every field that a decode step rests on."""

STEP = (
    f"`decode_step` stands beside a measurement, but follows the reader's {WHOLE}: "
    "write `decode_step(measurement=nim-70b-h100x2-fp8-b1)`, or pin them"
)


def problems(text: str) -> list[str]:
    """What a page of this Markdown is told, with line and column."""
    page = Page("p.md", text, ENGINE.scenario, "en", Works("en", "/source/"))
    page.set_scenario(front_matter(text).get("scenario") or {})
    return [str(problem).removeprefix("p.md:") for problem in fill(page, ROOT / "docs").problems]


def messages(text: str) -> list[str]:
    """The same without places."""
    return [problem.split(": ", 1)[1] for problem in problems(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"They measured {MEASURED}, our floor is `{{decode_step}}`.",
        f"Our floor is `{{decode_step:ms}}`; they measured {MEASURED}.",
        f"They measured {MEASURED}. Our floor is `{{decode_step}}`.",
        f"They measured {MEASURED}.\nOur floor is `{{decode_step}}`.",
        f"They measured {MEASURED}.\n<!-- holds: batch >= 1 -->\nOur floor is `{{decode_step}}`.",
        f"# {MEASURED} against `{{decode_step}}`",
        f"> {MEASURED}\n> against `{{decode_step}}`",
        f"- {MEASURED}\n  against `{{decode_step}}`\n- another",
        f'!!! note "{MEASURED} against `{{decode_step}}`"\n    Text.',
        f"!!! note\n    !!! tip\n        {MEASURED} against\n        `{{decode_step}}`.",
        f"[^1]: {MEASURED} against `{{decode_step}}`",
        f"| a | b |\n| --- | --- |\n| {MEASURED} | `{{decode_step}}` |",
        f"<!-- for overhead in 0 -->\n| a | b |\n| --- | --- |\n| {MEASURED} | `{{decode_step(overhead=0)}}` |",
        f"![Dots, {MEASURED} and `{{decode_step}}`.](../figures/capacity.py)",
        f"![Dots.](../figures/capacity.py)\n*{MEASURED} against `{{decode_step}}`.*",
        f"实测{MEASURED}。下限`{{decode_step}}`。",
        f"实测{MEASURED}，下限`{{decode_step}}`",
    ],
)  # fmt: skip
def test_a_number_that_follows_the_reader_stands_nowhere_beside_a_measurement(text):
    """A paragraph, list item, heading, title, quotation, footnote, table row, alt text or caption, in both languages."""
    told = messages(text)
    if "overhead=0" in text:  # the row's own field is pinned; the rest is not
        assert told == [
            STEP.replace("`decode_step`", "`decode_step(overhead=0)`", 1).replace(" overhead,", "")
        ]
    else:
        assert told == [STEP]


def test_a_problem_stands_at_its_number_and_each_is_told():
    assert problems(f"---\ntitle: T\n---\nA {MEASURED}, `{{user_speed}}`,\nand `{{batch}}`.") == [
        f"4:59: `user_speed` stands beside a measurement, but follows the reader's {WHOLE}: "
        "write `user_speed(measurement=nim-70b-h100x2-fp8-b1)`, or pin them",
        "5:7: `batch` stands beside a measurement, but follows the reader's batch: "
        "write `batch(measurement=nim-70b-h100x2-fp8-b1)`, or pin them",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"They measured {MEASURED}, our floor is {FLOOR}.",
        f"They measured {MEASURED}.\n\nOur floor is `{{decode_step}}`.",
        f"- {MEASURED}\n- `{{decode_step}}`",
        f"# {MEASURED}\n`{{decode_step}}`",
        f'!!! note "{MEASURED}"\n    `{{decode_step}}`',
        f"| a |\n| --- |\n| {MEASURED} |\n| `{{decode_step}}` |",
        f"They measured {MEASURED}.\n<!-- holds: batch >= 1 -->",
        f"They measured {MEASURED} at `{{batch(batch=1)}}` by `` `{{decode_step}}` ``.",
        f"They measured {MEASURED}.\n\n```\n`{{decode_step}}`\n```",
        f"They measured {MEASURED}. <!-- `{{decode_step}}` -->",
        f"实测{MEASURED}。\n\n下限`{{decode_step}}`。",
    ],
)
def test_what_is_pinned_or_stands_elsewhere_passes(text):
    assert messages(text) == []


def test_a_ratio_is_pinned_on_both_sides_and_both_ways_round():
    run, floor = MEASURED.strip("`{}"), FLOOR.strip("`{}")
    for ratio in (f"{run} / decode_step", f"decode_step / {run}"):
        assert messages(f"`{{{ratio}}}`") == [STEP]
        assert messages(f"<!-- holds: {ratio} > 0 -->") == [STEP]
    for ratio in (f"{run} / {floor}", f"{floor} / {run}"):
        assert messages(f"`{{{ratio}}}`") == []


def test_a_claim_is_a_unit_by_itself():
    run = MEASURED.strip("`{}")
    assert messages(f"<!-- holds: {run} > decode_step -->\n<!-- holds: batch >= 1 -->") == [STEP]
    assert problems(f"`{{decode_step}}`\n<!-- holds: decode_step < {run} -->") == [f"2:13: {STEP}"]
    assert messages(f"{MEASURED}\n<!-- holds: decode_step(batch=2) > 0 s -->") == []


def test_half_a_scenario_is_not_enough_and_what_differs_from_the_run_stays():
    """The cure keeps a pin that the run does not have, in the units of its field."""
    (told,) = messages(
        f"{MEASURED} `{{decode_step(model=llama-3.1-70b, accelerator=h100-sxm, chips=2, overhead=2)}}`"
    )
    assert told == (
        "`decode_step(accelerator=h100-sxm, chips=2, model=llama-3.1-70b, overhead=2)` stands beside a measurement, "
        "but follows the reader's precision, kv_precision, state_precision, batch, context, tokens_per_step, bandwidth_efficiency, "
        "flops_efficiency, kernels_per_layer, launch_time, collective_latency: "
        "write `decode_step(measurement=nim-70b-h100x2-fp8-b1, overhead=2)`, or pin them"
    )


def test_the_cure_names_the_run_that_differs_least():
    """Of two runs in one row: INT8 is what the second says."""
    (told,) = messages(
        "`{measured_speed(measurement=gptfast-l2-7b-bf16)}`, `{measured_speed(measurement=gptfast-l2-7b-int8)}`, "
        "`{weights_read(model=llama-2-7b, precision=int8)}`"
    )
    assert told.endswith("write `weights_read(measurement=gptfast-l2-7b-int8)`, or pin them")


def test_where_the_run_cannot_carry_the_number_the_cure_says_why():
    (told,) = messages(
        "`{measured_bytes(measurement=kv-opt13b-token)}` `{kv_per_token(model=llama-2-13b)}`"
    )
    assert told == (
        "`kv_per_token(model=llama-2-13b)` stands beside a measurement, but follows the reader's kv_precision: "
        "pin them ('kv_per_token' cannot be told in the run 'kv-opt13b-token', whose row overrides "
        "'layers', 'kv_heads', 'head_dim', 'kv_width' with `given`)"
    )


def test_a_measurement_that_the_reader_chooses_is_pinned_too():
    assert messages("They measured `{measured_speed}`.") == [
        "`measured_speed` follows the reader's measurement: pin it, measurement=ROW"
    ]
    assert messages("`{measured_time}` against `{batch}`")[1:] == [
        "`batch` stands beside a measurement, but follows the reader's batch: "
        "write measurement=ROW in the brackets, or pin them"
    ]


def test_titles_and_questions_of_front_matter_are_passages():
    page = Page("p.md", "---\ntitle: T\n---\n", ENGINE.scenario, "en", Works("en", "/source/"))
    page.plain(f"Why {MEASURED} and not `{{decode_step}}`?")
    assert [problem.message for problem in page.problems] == [STEP]


# Tables


def test_a_table_for_runs_tells_each_row_in_its_run():
    """18.58 and 37.00 ms are what the two measured: 18.58 ÷ 11.76 and 37.00 ÷ 21.8, with whatever chips the page has."""
    text = (
        "<!-- for measurement in nim-70b-h100x2-fp8-b1, sweep-70b-h100x2-b1 -->\n"
        "| Run | Model | Measured | Floor | Ratio |\n| --- | --- | --- | --- | --- |\n"
        "| `{measurement}` | `{model}` | `{measured_time:ms}` | `{decode_step:ms}` | `{measured_time / decode_step}` |\n"
    )
    page = Page("p.md", text, ENGINE.scenario.pinned({"chips": 8.0}), "en", Works("en", "/source/"))
    filled = fill(page, ROOT)
    assert filled.problems == []
    rows = [
        "Llama 3.3 70B in FP8 on two H100, NVIDIA NIM", "Llama 3.1 70B", "18.6 ms", "11.8 ms", "1.58",
        "Step of Llama 2 70B at batch 1 on two H100", "Llama 2 70B", "37 ms", "21.8 ms", "1.70",
    ]  # fmt: skip
    shown = filled.bare.replace("\u202f", " ")
    assert all(cell in shown for cell in rows)
    assert "data-n=" not in filled.markdown


def test_a_table_for_runs_sweeps_another_field_beside_them():
    text = (
        "<!-- for measurement in nim-70b-h100x2-fp8-b1; overhead in 0, 2 -->\n"
        "| Overhead | Floor |\n| --- | --- |\n| `{overhead:ms}` | `{decode_step:ms}` |\n"
    )
    page = Page("p.md", text, ENGINE.scenario, "en", Works("en", "/source/"))
    shown = fill(page, ROOT).bare.replace("\u202f", " ")
    assert page.problems == []
    assert "| 0 ms | 11.8 ms |\n| 2 ms | 13.8 ms |" in shown


def test_a_table_for_runs_refuses_one_that_overrides_what_a_cell_is_computed_from():
    """The second row's mistake is told although the first row has none."""
    text = (
        "<!-- for measurement in nim-70b-h100x2-fp8-b1, ds-reader-speed -->\n"
        "| Floor | Cache |\n| --- | --- |\n| `{decode_step:ms}` | `{kv_per_token:kB}` |\n"
    )
    assert problems(text) == [
        "4:5: 'decode_step' cannot be told in the run 'ds-reader-speed', whose row overrides 'weights_read' with "
        "`given`: pin the fields one by one"
    ]


def test_a_row_of_measured_values_alone_may_be_for_any_run():
    text = "<!-- for measurement in * -->\n| Run | Speed |\n| --- | --- |\n| `{measurement}` | `{measured_speed}` |\n"
    assert messages(text) == []


# Machines named in words


def named(term: str, fields: str, words: str, pins: str, names: str) -> str:
    """What a number that follows a named machine is told."""
    return f"{term} follows the reader's {fields}, but the words {words} do not: pin {pins}, or write {names} in place of the words"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The 70B has `{params / params(model=llama-3.1-8b)}` times its parameters.",
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
        (
            "Llama 3.1 405B reads `{weights_read(precision=fp8)}`.",
            named("`weights_read(precision=fp8)`", "model", "'Llama 3.1 405B'", "model=llama-3.1-405b", "`{model}`"),
        ),
        (
            "Mixtral's 8x7B reads `{weights_read}`.",
            named("`weights_read`", "model", "'8x7B'", "model=mixtral-8x7b", "`{model}`"),
        ),
        (
            "On two H100s it reads at `{machine_bandwidth}`.",
            named(
                "`machine_bandwidth`", "accelerator, chips", "'H100', 'two H100s'",
                "accelerator=h100-sxm, chips=2", "`{accelerator}`, `{chips}`",
            ),
        ),
        (
            "Its eight cards read at `{machine_bandwidth}`.",
            named("`machine_bandwidth`", "chips", "'eight cards'", "chips=8", "`{chips}`"),
        ),
        (
            "Both cards together read at `{machine_bandwidth}`.",
            named("`machine_bandwidth`", "chips", "'Both cards'", "chips=2", "`{chips}`"),
        ),
        (
            "An MI300X reads at `{bandwidth}`.",
            named("`bandwidth`", "accelerator", "'MI300X'", "accelerator=mi300x", "`{accelerator}`"),
        ),
        (
            "In FP8 the weights take `{weight_bytes(model=llama-3.1-8b)}`.",
            named("`weight_bytes(model=llama-3.1-8b)`", "precision", "'FP8'", "precision=fp8", "`{precision}`"),
        ),
        (
            "A BF16 cache takes `{kv_bytes(model=llama-3.1-8b)}`.",
            named("`kv_bytes(model=llama-3.1-8b)`", "kv_precision", "'BF16'", "kv_precision=bf16", "`{kv_precision}`"),
        ),
        (
            "两块H100一起读，`{machine_bandwidth}`。",
            named(
                "`machine_bandwidth`", "accelerator, chips", "'H100', '两块H100'",
                "accelerator=h100-sxm, chips=2", "`{accelerator}`, `{chips}`",
            ),
        ),
        (
            "八张卡，`{machine_bandwidth}`。",
            named("`machine_bandwidth`", "chips", "'八张卡'", "chips=8", "`{chips}`"),
        ),
        (
            "论参数，70B是它的`{params / params(model=llama-3.1-8b)}`倍。",
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
        (
            "| The 70B | `{params}` |\n| --- | --- |\n| x | y |",
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
        (
            "| Model | 70B step |\n| --- | --- |\n| ours | `{params}` |",
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
        (
            "| Model | Parameters |\n| --- | --- |\n| 70B | `{params}` |",
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
        (
            '??? question "How large is the 70B, `{params}`?"\n    Text.',
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
        (
            "The 70B (e.g. its table, see [the docs. Page 3](https://x.org/H200)) has `{params}`.",
            named("`params`", "model", "'70B'", "model=llama-3.1-70b", "`{model}`"),
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_names_a_machine_does_not_follow_the_reader(text, told):
    assert messages(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "`{model}` has `{params / params(model=llama-3.1-8b)}` times the parameters.",
        "The 70B has `{params(model=llama-3.1-70b) / params(model=llama-3.1-8b)}` times the parameters of the 8B.",
        "The 70B is large. It has `{params}` parameters.",
        "70B很大。它有`{params}`个参数。",
        "On two H100s a token leaves `{kv_per_token}`.",
        "One chip of two reads at `{machine_bandwidth}`.",
        "An FP8 cache holds `{max_batch(kv_precision=fp8)}`.",
        "The card has `{=80 GB}`; `{model}` has `{params}`.",
        "See [the table](https://example.org/llama-3.1-70B): `{params}`.",
        "Run `serve 70B`: `{params}`.",
        "| 8B | 70B |\n| --- | --- |\n| `{params(model=llama-3.1-8b)}` | `{params(model=llama-3.1-70b)}` |",
        "<!-- for model in llama-3.1-70b -->\n| 70B | b |\n| --- | --- |\n| `{params}` | `{layers}` |",
        "!!! note\n    The 70B.\n\n    `{params}`",
    ],
)
def test_names_elsewhere_or_of_what_is_pinned_pass(text):
    """Another sentence, another column, an address, code, a pinned number, a field that the number does not rest on."""
    assert messages(text) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", " Two!", " Three?"]),
        ("Some, e.g. H100, i.e. chips. Next.", ["Some, e.g. H100, i.e. chips.", " Next."]),
        ("At 3.35 TB/s. Done", ["At 3.35 TB/s.", " Done"]),
        ("**Bold.** Plain.", ["**Bold.**", " Plain."]),
        ("一句。两句！三句？", ["一句。", "两句！", "三句？"]),
        ("他说“好。”然后走了。", ["他说“好。”", "然后走了。"]),
        ("English.中文", ["English.", "中文"]),
        ("[A title. With a stop](x.md) goes on. End.", ["[A title, With a stop]       goes on.", " End."]),
        ("Code `a. b` stays. End.", ["Code xxxxxx stays.", " End."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_say(text, sentences):
    page = passages(text, 0, scan(text))
    (passage,) = page.passages
    assert [page.text[slice(*sentence)] for sentence in page.sentences(*passage)] == sentences


# The real pages


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT / "docs").as_posix())
def test_no_sentence_about_a_measured_run_changes_with_the_reader(path):
    """Chips, batch and model are moved: what stands in a passage or row with a measured value says what it said."""
    text = path.read_text("utf-8")
    page = Page(str(path), text, ENGINE.scenario, "en", Works("en", ""))
    page.set_scenario(front_matter(text).get("scenario") or {})
    slots = scan(text)
    found = passages(text, body_at(text), slots)
    spans = [*found.passages, *(row for table in found.tables for row in table.rows)]
    for start, end in spans:
        inside = [p for p in slots if p.kind == "number" and start <= p.start < end]
        said = [Statement(p.inner, parse_reference(p.text, page.scenario)) for p in inside]
        if any(each.measured(ENGINE.library) for each in said):
            for given in ({"chips": 8.0}, {"batch": 4.0}, {"model": "llama-3.1-405b"}):
                other = page.scenario.pinned(given)
                for each in said:
                    assert each.reference.text(other, "en") == each.reference.text(
                        page.scenario, "en"
                    )


# Panels


@pytest.mark.parametrize(
    ("language", "alone", "ratio"),
    [
        (
            "en",
            "In the run “Llama 3.3 70B in FP8 on two H100, NVIDIA NIM” · Overhead per step 2 ms: Llama 3.1 70B ·",
            "Decode step (in the run “Llama 3.3 70B in FP8 on two H100, NVIDIA NIM” · Overhead per step 2 ms)",
        ),
        (
            "zh",
            "在实测“NVIDIA NIM：两块 H100，Llama 3.3 70B，FP8”的场景里 · 每步固定开销 2 ms：Llama 3.1 70B ·",
            "(在实测“NVIDIA NIM：两块 H100，Llama 3.3 70B，FP8”的场景里 · 每步固定开销 2 ms)",
        ),
    ],
)  # fmt: skip
def test_a_panel_says_in_whose_run_its_number_is_told(language, alone, ratio):
    """And one of the same scenario without the run is another panel."""
    step = "decode_step(measurement=nim-70b-h100x2-fp8-b1, overhead=2)"
    plain = parse_reference(step, ENGINE.scenario).top.spelled()

    def panels(reference: str) -> str:
        works = Works(language, "")
        works.open(parse_reference(reference, ENGINE.scenario), ENGINE.scenario)
        return parse_html(works.html()).text.replace("\u202f", " ")

    assert alone in panels(step)
    assert ratio in panels(f"{step} / decode_step")
    works = Works(language, "")
    ids = {
        works.open(parse_reference(each, ENGINE.scenario), ENGINE.scenario)
        for each in (
            step,
            plain.replace("overhead=0.002", "overhead=2").replace(
                "_efficiency=1", "_efficiency=100"
            ),
        )
    }
    assert len(ids) == 2
