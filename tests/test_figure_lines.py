"""Figures and captions that are nearly written as the README says."""

import pytest

from hooks.page.figure_lines import figure_mistakes
from hooks.page.pair import disagreements
from hooks.page.refused import unread
from hooks.text.problems import line_and_column
from tests.real import ENGINE

CAPTION = "this is no caption: a caption is one line, `*…*`, right below its figure"
APART = (
    "a blank line parts this from its figure: a caption is one line, `*…*`, right below its figure"
)
ALONE = "a figure stands on a line of its own: `![what one sees](path.py)`"


def told(text: str) -> list[str]:
    """The mistakes of a page's figures, each with its place."""
    return [
        f"{':'.join(map(str, line_and_column(text, one.at)))}: {one.message}"
        for one in figure_mistakes(text, 0)
    ]


@pytest.mark.parametrize(
    "below",
    ["*b", "b*", "_b_", "**b**", "*b,\nc*", "＊b＊", "*b*.", "*a* b *c*", "*b* <!-- note: c -->"],
)
def test_a_caption_that_nobody_would_see_is_told(below: str) -> None:
    """Not closed, not opened, with other signs, over two lines, or with something behind it."""
    assert told(f"![a](x.py)\n{below}\n") == [f"2:1: {CAPTION}"]


def test_a_line_below_a_figure_is_its_caption_or_stands_apart() -> None:
    """A paragraph leaves a blank line, a caption none."""
    assert told("![a](x.py)\nA paragraph.\n") == [
        f"2:1: {CAPTION}; leave a blank line before a paragraph"
    ]
    assert told("![a](x.py)\n\n*b `{batch}`*\n") == [f"3:1: {APART}"]
    assert told("![a](x.py)\n\n_b_\n") == [f"3:1: {APART}"]


@pytest.mark.parametrize(
    "line",
    ["See ![a](x.py)", "![a](x.py) as said", '![a](x.py "title")', "![a](x.PY)", "> ![a](x.py)"],
)
def test_a_figure_shares_its_line_with_nothing(line: str) -> None:
    """Otherwise it would be a broken picture, or its caption a sentence."""
    assert told(f"{line}\n*b*\n") == [f"1:{line.index('!') + 1}: {ALONE}"]


@pytest.mark.parametrize(
    "text",
    [
        "![a](x.py)\n*b `{decode_step:ms}` **c***\n",
        "![a `{batch}`](x.py)\n*b*\n\nText.",
        "![a](x.py)\n\n*b* begins a paragraph.",
        "![a](x.py)\n\n**b** c",
        "![a](x.py)\n<!-- note: b -->\n\nText.",
        "- c\n\n    ![a](x.py)\n    *b*\n",
        "`![a](x.py)` c\n\n```\n![a](x.py) c\n```\n",
        "![a](x.png) c",
    ],
)
def test_figures_as_the_readme_has_them_pass(text: str) -> None:
    """With numbers, in lists, without a caption; code and pictures are left alone."""
    assert told(text) == []


def test_the_twin_of_a_broken_figure_is_not_told() -> None:
    """One mistake, one message, at its own place."""
    broken, sound = "See ![a](x.py)\n*b*\n", "![a](x.py)\n*b*\n"
    for english, chinese in ((broken, sound), (sound, broken)):
        spans = tuple(unread(each, 0, ENGINE.scenario.library) for each in (english, chinese))
        assert disagreements(english, chinese, "p.zh.md", unread=(spans[0], spans[1])) == []
