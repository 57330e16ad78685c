"""Formulas in prose: plain to read in Markdown, set at the size of the text on a page."""

import pytest

from hooks.page.formula import with_formulas

AT = {"bandwidth": "../q/#q-bandwidth", "带宽": "../q/#q-bandwidth"}


def block(*lines: str, indent: str = "") -> str:
    return "\n".join(indent + line for line in ("```formula", *lines, "```"))


@pytest.mark.parametrize(
    ("lines", "html"),
    [
        (["a = b ÷ c"], '<p class="formula"><span><span>a</span> <span>= b</span> <span>÷ c</span></span></p>'),
        (["a = b,", "  d", "  + c"], '<p class="formula"><span><span>a</span> <span>= b, d</span></span> <span>+ c</span></p>'),
        (["step", "", "b < c"], '<p class="formula"><span>step</span></p><p class="formula"><span><span>b</span> <span>&lt; c</span></span></p>'),
        (["t = max(w ÷ Bandwidth, x)"], '<p class="formula"><span><span>t</span> <span><span>= max(w</span> <span>÷ <a href="../q/#q-bandwidth">Bandwidth</a>, x)</span></span></span></p>'),
        (["一步 =（权重 ÷ 带宽）"], '<p class="formula"><span><span>一步</span> <span><span>=（权重</span> <span>÷ <a href="../q/#q-bandwidth">带宽</a>）</span></span></span></p>'),
        (["1 − p^batch"], '<p class="formula"><span><span>1</span> <span>− p<sup>batch</sup></span></span></p>'),
    ],
)  # fmt: skip
def test_a_line_breaks_before_operators_and_names_of_ours_lead_to_them(
    lines: list[str], html: str
) -> None:
    assert with_formulas(block(*lines), AT).strip() == html


def test_lines_below_keep_their_numbers_and_other_code_stays_code() -> None:
    text = f"One.\n\n{block('a', '= b')}\n\nTwo.\n\n```text\na = b\n```\n"
    after = with_formulas(text, AT)
    assert after.split("\n").index("Two.") == text.split("\n").index("Two.")
    assert after.endswith("```text\na = b\n```\n")


def test_a_formula_in_an_answer_keeps_its_indentation() -> None:
    assert with_formulas(block("a = b", indent="    "), AT).startswith('    <p class="formula">')
