"""Dimensions: every branch of a formula comes to the unit that its quantity declares."""

import pytest

from hooks.formula.library import Library

INPUTS = "from hooks.formula.quantity import *\n" + "".join(
    f'{name} = constant("{unit}", 3, "L", zh="名", why="w", why_zh="因")\n'
    for name, unit in (("size", "B"), ("more", "GB"), ("time", "s"), ("gap", "ms"), ("tokens", "token"), ("sequences", "seq"), ("share", "%"), ("plain", "1"))
) + 'chip = choice("chips", "Chip", zh="卡", default="x")\nkind = field("chip", "kind", "word", "Kind", zh="种")\n'  # fmt: skip
FIRST = INPUTS.count("\n") + 7
"""The line in which a formula begins."""


def problems(unit: str, parameters: str, *lines: str, words: str = "None") -> list[str]:
    body = "".join(f"    {line}\n" for line in lines)
    text = f'{INPUTS}@quantity("{unit}", "C", zh="丙", words={words})\ndef c({parameters}):\n    """One.\n\n    一。\n    """\n{body}'
    return [str(problem) for problem in Library([("costs.py", text)]).problems]


@pytest.mark.parametrize(
    ("unit", "parameters", "line"),
    [
        ("B", "size, more", "return size + more"),
        ("s", "time, gap", "return max(time, gap, 0)"),
        ("B/s", "size, time", "return size / time"),
        ("%", "size, more", "return size / more"),
        ("1", "share", "return 1 - share"),
        ("B", "size, time", "return size if time > 0 else 0"),
        ("B", "size, time", "return size if time > 0 else impossible('no', zh='无')"),
        ("B", "size, time", "return size if time > 0 and size != 0 else 2 * size"),
        ("token", "tokens", "return ceil(tokens / 16) * 16"),
        ("token/seq", "tokens, sequences", "return floor(tokens / sequences)"),
        ("1", "share, tokens", "return power(1 - share, tokens)"),
        ("B", "size", "return -size"),
        ("B", "size, more", "return root(size * more)"),
        ("1", "share", "return root(share)"),
        ("B", "size, kind", "return size if kind == 'fp8' else 0"),
    ],
)
def test_what_fits_is_taken(unit, parameters, line):
    assert problems(unit, parameters, line) == []


@pytest.mark.parametrize(
    ("unit", "parameters", "line", "column", "message"),
    [
        ("B", "size, time", "return size + time", 12, "cannot add B and s"),
        ("B", "size", "return size - 1", 12, "cannot subtract B and 1"),
        ("token", "tokens, sequences", "return tokens + sequences", 12, "cannot add token and seq"),
        ("1", "size, time", "return 1 if size < time else 2", 17, "cannot compare B and s"),
        ("B", "size, time", "return min(size, time)", 12, "cannot take the min of B and s"),
        ("B", "size, time", "return max(0, size, time)", 12, "cannot take the max of B and s"),
        ("B", "size, time", "return size if time > 0 else time", 12, "cannot return B and s"),
        (
            "B",
            "size",
            "return floor(size)",
            12,
            "floor() of B: only counts (tokens, sequences, chips …) come whole; divide first",
        ),
        (
            "B",
            "size, time",
            "return ceil(size / time)",
            12,
            "ceil() of B/s: only counts (tokens, sequences, chips …) come whole; divide first",
        ),
        (
            "1",
            "size, tokens",
            "return power(size, tokens)",
            12,
            "power() of B: only a bare number can be raised to a count",
        ),
        ("B", "size", "return root(size)", 12, "root() of B: only a square has a root"),
        (
            "1",
            "plain, size",
            "return power(plain, size)",
            12,
            "power() to B: the second argument is a count",
        ),
        (
            "B",
            "size, time",
            "return size / time",
            12,
            "'c' is declared in B, but its formula comes to B/s",
        ),
        ("s", "size", "return size", 12, "'c' is declared in s, but its formula comes to B"),
        ("B", "size", "return 1", None, "'c' takes 'size' and never uses it"),
        (
            "1",
            "kind",
            "return kind * 2",
            12,
            "a word takes no part in arithmetic, only in == and !=",
        ),
        (
            "1",
            "kind",
            "return kind * 0",
            12,
            "a word takes no part in arithmetic, only in == and !=",
        ),
        ("1", "kind", "return -kind", 12, "a word takes no part in arithmetic, only in == and !="),
        (
            "1",
            "kind",
            "return 1 if kind < 'fp8' else 2",
            17,
            "a word takes no part in arithmetic, only in == and !=",
        ),
        ("1", "kind", "return 1 if kind == 8 else 2", 17, "cannot compare word and 1"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(unit, parameters, line, column, message):
    place = f"{FIRST}:{column}" if column else f"{FIRST - 5}:1"
    assert problems(unit, parameters, line) == [f"costs.py:{place}: {message}"]


@pytest.mark.parametrize("line", ["return kind + kind", "return min(kind, kind)"])
def test_words_are_never_joined(line):
    found = problems("word", "kind", line, words='{"a": "甲"}')
    assert found == [f"costs.py:{FIRST}:12: a word takes no part in arithmetic, only in == and !="]


def test_a_wrong_unit_in_a_branch_that_no_scenario_takes_is_found():
    found = problems("B", "size, time", "if size < 0:", "    return size * time", "return size")
    assert found == [f"costs.py:{FIRST}:5: cannot return B·s and B"]


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("{size:ms} is too much", "the reason shows 'size' in ms, but it is in B"),
        ("{size:GX} is too much", "no unit named 'GX' in 'GX'; did you mean '1'?"),
        (
            "{sise:GB} is too much",
            "the reason mentions 'sise', which does not exist; did you mean 'size'?",
        ),
        ("{time:ms} is too much", "the reason mentions 'time', which is not a parameter of 'c'"),
    ],
)
def test_a_reason_shows_only_what_it_can(reason, message):
    found = problems("B", "size", f"return size if size > 0 else impossible('{reason}', zh='太多')")
    assert [problem.split("; did")[0] for problem in found] == [
        f"costs.py:{FIRST}:34: {message.split('; did')[0]}"
    ]


def test_a_reason_may_name_the_row_that_a_choice_picked():
    assert (
        problems(
            "B",
            "size",
            "return size if size > 0 else impossible('{chip} holds no more than {size:GB}', zh='{chip} 不够')",
        )
        == []
    )
