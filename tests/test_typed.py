"""Typed numbers: what prose states in one of our units is computed, or marked as meant."""

from pathlib import Path

import pytest

from hooks.data.typed_formulas import typed_formulas
from hooks.formula.library import Library
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page
from hooks.page.pair import disagreements
from hooks.page.typed_numbers import shared_meaning, typed_numbers
from hooks.words.typed_in_data import typed_in_data
from tests.real import ENGINE

NAMES = {table: ENGINE.scenario.names(table) for table in ENGINE.scenario.tables}


def found(text: str) -> list[str]:
    """What is typed in a text."""
    return [mistake.message.split(" is typed:")[0] for mistake in typed_numbers(text, NAMES)]


def filled(text: str) -> tuple[list[str], str]:
    """The problems of a page, and its Markdown."""
    page = Page("p.md", text, ENGINE.scenario, "en", Works("en", ""))
    done = fill(page, Path(__file__).parent)
    return [str(problem) for problem in done.problems], done.markdown


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It takes 37 ms here.", ["37 ms"]),
        ("It takes 37ms, or 0.037 s.", ["37ms", "0.037 s"]),
        ("30 to 40 ms, 30–40 ms", ["30 to 40 ms", "30–40 ms"]),
        ("30-40 µs and 5 μs", ["30-40 µs", "5 μs"]),
        ("a 37-ms step", ["37-ms"]),
        ("37\u00a0ms, 37\u202fms, 37&nbsp;ms, 37\nms", ["37 ms"] * 4),
        ("**37** ms, 37 *ms*, <b>37</b> ms", ["37 ms"] * 3),
        ("1,000 GB, 999 GB/s, 3.35TB/s", ["1,000 GB", "999 GB/s", "3.35TB/s"]),
        ("80 GiB, 512 MB, 5 bytes, 200 Gbit/s", ["80 GiB", "512 MB", "5 bytes", "200 Gbit/s"]),
        ("989 TFLOP/s, 1.4 GFLOPs, 295 FLOP/B", ["989 TFLOP/s", "1.4 GFLOPs", "295 FLOP/B"]),
        (
            "40 tokens/s, 40 tokens per second, 8k tokens, 8,192 tokens",
            ["40 tokens/s", "40 tokens per second", "8k tokens", "8,192 tokens"],
        ),
        ("327 kB a token", ["327 kB a token"]),
        ("70 %, 70%, 7.5 percent", ["70 %", "70%", "7.5 percent"]),
        (
            "$2 an hour, $0.045/h, US$15, 3 USD, 4 dollars",
            ["$2", "$0.045", "US$15", "3 USD", "4 dollars"],
        ),
        ("700 W and 0.3 J", ["700 W", "0.3 J"]),
        ("4.18 times, 3× faster, 2x.", ["4.18 times", "3×", "2x"]),
        ("80 layers, 8 KV heads, 256 experts", ["80 layers", "8 KV heads", "256 experts"]),
        ("70.6 billion parameters, 405 billion", ["70.6 billion parameters", "405 billion"]),
        ("3 hours, 90 days, 12 seconds", ["3 hours", "90 days", "12 seconds"]),
        ("一步要37毫秒，0.5秒，10 微秒", ["37毫秒", "0.5秒", "10 微秒"]),
        ("显存80 GB，带宽3.35 TB/s", ["80 GB", "3.35 TB/s"]),
        ("每秒37个token、８０ＧＢ、70％", ["37个token", "８０ＧＢ", "70％"]),
        ("30到40毫秒", ["30到40毫秒"]),
        ("700亿个参数、2万亿token、百分之30", ["700亿个参数", "2万亿token", "百分之30"]),
        (
            "2美元、15美分、3倍、80层、64个头、8个专家",
            ["2美元", "15美分", "3倍", "80层", "64个头", "8个专家"],
        ),
        ("# A step of 37 ms", ["37 ms"]),
        ("| a | 37 ms |\n| --- | --- |\n| 5 GB | 6 |", ["37 ms", "5 GB"]),
        ("![A bar of 37 ms.](x.py)\n*It ends at 40 ms.*", ["37 ms", "40 ms"]),
        ('<img alt="37 ms" src="a-5-ms.png">', ["37 ms"]),
        ("!!! note\n    37 ms\n\n- 5 GB\n> 6 GB", ["37 ms", "5 GB", "6 GB"]),
        ('[a link of 37 ms](37ms.md "5 ms")', ["37 ms"]),
        ("As [Splitwise](../bibliography/index.md#splitwise) says, 37 ms.", ["37 ms"]),
        ("A100 64GB", ["64GB"]),
        ("10+ ms, 15 or so ms, 20-odd ms", ["10+ ms", "15 or so ms", "20-odd ms"]),
        ("100多倍、10来毫秒、100余层", ["100多倍", "10来毫秒", "100余层"]),
        ("1 000 ms, 10 000 tok/s, 10^15 FLOP", ["1 000 ms", "10 000 tok/s", "10^15 FLOP"]),
        ("€20, £3, ¥20, 5 euros, 20 yuan", ["€20", "£3", "¥20", "5 euros", "20 yuan"]),
        ("20块钱、￥30、4百万token、3千万token", ["20块钱", "￥30", "4百万token", "3千万token"]),
    ],
)
def test_a_number_in_one_of_our_units_is_typed(text: str, numbers: list[str]) -> None:
    """By sign or name, in both languages, however it is spaced; in headings, cells, captions, alt texts, links, lists."""
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "In 2024, on 20 September 2026, 2025年2月27日, the 1990s, the 80s of 2023.",
        "Section 7 says, table IV, figure 3, exercise 1: step 2, version 1.8.0, NIM 1.8.0, 第3层，第7节，图2",
        "Llama 3.1 70B, an 8B, two 70Bs, Mixtral 8x7B, gpt-oss-120b, Qwen3 30B-A3B, H100s, 8×H100, TPU v5e, Q4_0",
        "A 70B token; Llama 3 tokens; 2 × B FLOPs; FP8 tokens; an 8-bit format, 16-bit weights",
        "On an A100 80GB SXM, A100 80 GB, A100 40GB SXM.",
        "thirty milliseconds, a million tokens, two H100s, 一半, 三毫秒, 两块H100",
        "2,048 rows, batch 32, a factor of 4, 12,345, 1e5, arXiv:2309.06180, 3/4, 128K context",
        "`37 ms` and <!-- 37 ms --> and <https://x.org/37ms> and https://x.org/5GB/s and [a](b-37%20ms.md)",
        "```\n37 ms\n```\n\n    37 GB\n",
        "{: title='37 ms' #a-5-s }",
        "<code>37 ms</code> <a href='x?t=37 ms'>x</a>",
        "[x]: y.md\n[a][37 ms]",
        "`{decode_step:ms}` ms, `{batch}` tokens, `{=37 ms}`, `{=30 to 40 ms}`",
        "2.5 GHz, 5 km, 3 cm, 7 people, 20 °C, port 8080, pull request 12569",
        "1. First\n2. Second\n\n3) third",
    ],
)
def test_what_is_no_number_of_ours_passes(text: str) -> None:
    """Dates, what is numbered, names, words, bare counts, other units, code, addresses, references, marks."""
    assert found(text) == []


def test_a_typed_number_is_told_with_its_place_and_both_cures() -> None:
    """On the page, and in each line of front matter that readers see."""
    problems, _ = filled(
        '---\ntitle: "37 ms a step"\ndate: 2026-11-22\ndescription: >\n  Why\n  5 GB?\nhide: [toc]\n---\nIt takes 37 ms.\n'
    )
    assert problems == [
        "p.md:9:10: 37 ms is typed: let a reference compute it, or mark it as meant: `{=37 ms}`",
        "p.md:2:9: 37 ms a step is typed: let a reference compute it, or mark it as meant: `{=37 ms a step}`",
        "p.md:6:3: 5 GB is typed: let a reference compute it, or mark it as meant: `{=5 GB}`",
    ]


def test_a_mark_is_shown_as_plain_text() -> None:
    """A number never leaves its unit, nothing can be pressed, and what cannot be HTML is none."""
    problems, markdown = filled('Printed: "`{= 37  ms }`", `{=30 to 40 ms}`, `{=<5 %}`, `{=45GB}`.')
    assert problems == []
    assert markdown == 'Printed: "37\u202fms", 30\u202fto 40\u202fms, &lt;5\u202f%, 45GB.'


def test_a_mark_without_a_number_is_refused() -> None:
    """Whatever else it says."""
    assert filled("`{=}` and `{=decode_step}`")[0] == [
        "p.md:1:4: a mark holds the number that is meant: `{=80 GB}`",
        "p.md:1:14: a mark holds the number that is meant: `{=80 GB}`",
    ]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("37 ms", "37毫秒"),
        ("50 tokens a second", "每秒50个token"),
        ("70 billion", "700亿"),
        ("2 hours", "2小时"),
        ("$2", "2美元"),
        ("70 %", "70％"),
        ("3 times", "3倍"),
        ("30 to 40 ms", "30到40 ms"),
        ("1,000 GB", "1000 GB"),
    ],
)
def test_marks_of_a_pair_agree_in_what_they_say(english: str, chinese: str) -> None:
    """Each in its own language's words."""
    assert shared_meaning(english) == shared_meaning(chinese)
    assert disagreements(f"`{{={english}}}`", f"`{{={chinese}}}`", "p.zh.md") == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [("37 ms", "38 ms"), ("37 ms", "37 秒"), ("45 GB", "45 GiB"), ("2 h", "2 min")],
)
def test_marks_of_a_pair_that_differ(english: str, chinese: str) -> None:
    """In their number, or in their unit."""
    assert len(disagreements(f"`{{={english}}}`", f"`{{={chinese}}}`", "p.zh.md")) == 2


def test_data_that_readers_see_as_prose_is_read_alike(tmp_path: Path) -> None:
    """Definitions, questions of pieces to come, what a tag is about; at the value."""
    data = tmp_path / "docs" / "data"
    data.mkdir(parents=True)
    (data / "glossary.yml").write_text(
        "a:\n  definition: It takes 5 GB.\n  definition_zh: 约`{=5 GB}`。\n", "utf-8"
    )
    (data / "roadmap.yml").write_text("a:\n  question: Why 37 ms?\n", "utf-8")
    (data / "tags.yml").write_text("a:\n  about_zh: 省30%\n", "utf-8")
    assert [str(problem) for problem in typed_in_data(tmp_path / "docs", tmp_path)] == [
        "docs/data/glossary.yml:2:15: 5 GB is typed: let a reference compute it, or mark it as meant: `{=5 GB}`",
        "docs/data/roadmap.yml:2:13: 37 ms is typed: let a reference compute it, or mark it as meant: `{=37 ms}`",
        "docs/data/tags.yml:2:13: 30% is typed: let a reference compute it, or mark it as meant: `{=30%}`",
    ]


def test_a_formula_names_its_numbers() -> None:
    """Small whole ones count what its sentence says; any other has a reason or a source."""
    head = '@quantity("1", "A", zh="甲")\ndef a():\n    """One.\n\n    一。\n    """\n    return '
    told = [
        [
            str(problem).split(": give")[0]
            for problem in typed_formulas(Library([("c.py", head + body)]))
        ]
        for body in ("2 * 3 + 12\n", "2 * 1.37\n", "1024 / 8\n", "1e400\n")
    ]
    assert told == [
        [],
        ["c.py:7:16: 1.37 is typed in a formula"],
        ["c.py:7:12: 1024 is typed in a formula"],
        ["c.py:7:12: inf is typed in a formula"],
    ]
    assert typed_formulas(ENGINE.library) == []
