"""The reader: which formulas it takes, and how it refuses the others."""

import ast

import pytest

from hooks.formula.declaration import Choice, Constant, Field, Setting
from hooks.formula.reader import Reader

HEAD = "from hooks.formula.quantity import *\n\n"
DOC = '    """One.\n\n    一。\n    """\n'


def formula(
    *lines: str, head: str = '@quantity("1", "C", zh="丙")', signature: str = "a, b"
) -> str:
    """A file with one quantity `c`, whose formula begins in line 9."""
    return HEAD + f"{head}\ndef c({signature}):\n{DOC}" + "".join(f"    {line}\n" for line in lines)


def problems(text: str) -> list[str]:
    return [str(problem) for problem in Reader("costs.py", text).problems]


NO_LOCALS = "a formula has no local variables: a step worth a name is worth being a quantity"
NO_LOOPS = "a formula has no loops: find the closed form"
CALLS = "min, max, floor, ceil, power, root, impossible"


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("return a ** b", 12, "'**' rounds differently in browsers: write power(x, n), or x * x"),
        ("return a // b", 12, "'//' is not in the formula language: write floor(a / b)"),
        ("return a % b", 12, "'%' is not in the formula language: write a - b * floor(a / b)"),
        ("return a @ b", 12, "'@' is not in the formula language"),
        ("return a | b", 12, "only + - * / are in the formula language"),
        ("return +a + b", 12, "UnaryOp is not in the formula language"),
        ("x = a + b", 5, NO_LOCALS),
        ("x: float = a + b", 5, NO_LOCALS),
        ("a += b", 5, NO_LOCALS),
        ("for i in a: return b", 5, NO_LOOPS),
        ("while a: return b", 5, NO_LOOPS),
        ("return [i for i in a] + b", 12, "a formula has no lists: make each term a quantity"),
        ("return min((i for i in a), b)", 16, NO_LOOPS),
        ("return a.real + b", 12, "a formula uses plain names only: make it a parameter"),
        ("return a[0] + b", 12, "a formula has no indexing: make it a parameter"),
        (
            "return min(lambda: a, b)",
            16,
            "a formula has no functions of its own: make it a quantity",
        ),
        ("return (a, b)", 12, "Tuple is not in the formula language"),
        (
            "return log(a + b)",
            12,
            "log() is not in the formula language: browsers round it differently; find a rational form",
        ),
        ("return round(a + b)", 12, f"round() is not in the formula language: only {CALLS}"),
        ("return math.exp(a + b)", 12, f"a formula calls only {CALLS}"),
        ("return 1 if 0 < a < b else 2", 17, "one comparison at a time: join two with 'and'"),
        ("return 1 if a in b else 2", 17, "only < <= > >= == != compare in the formula language"),
        (
            "return 1 if not a < b else 2",
            17,
            "'not' is not in the formula language: turn the comparison round",
        ),
        (
            "return True if a < b else 2",
            12,
            "a formula computes numbers and words, not True, False or None",
        ),
        (
            "return None if a < b else 2",
            12,
            "a formula computes numbers and words, not True, False or None",
        ),
        ("return a * b * c", 20, "'c' is not a parameter of this formula"),
        ("return min(a) + b", 12, "min() takes at least two arguments"),
        ("return floor(a, b)", 12, "floor() takes one argument"),
        ("return power(a, b, a)", 12, "power() takes two arguments"),
        ("return max(a, b, key=a)", 12, "max() takes no named arguments"),
        (
            "return a if a < b else impossible('no')",
            28,
            'impossible() needs the reason in both languages: add zh="…"',
        ),
        (
            "return a if a < b else impossible(f'{a}', zh='无')",
            28,
            "impossible() takes the reason as literal text, in both languages",
        ),
        ("raise ValueError", 5, 'a formula does not raise: return impossible("…", zh="…")'),
        ("return a < b", 12, "a comparison is no number: write 1 if a < b else 0"),
        ("return a * (a < b)", 17, "a comparison is no number: write 1 if a < b else 0"),
        (
            "return a < b and a < 2",
            12,
            "'and' and 'or' join comparisons in a test: write 1 if a < b and c < d else 0",
        ),
        ("return a if b else 0", 17, "a test is a comparison: write a > 0"),
        ("return a if a < b and a else b", 27, "a test is a comparison: write a > 0"),
        (
            "return a if (1 if a < b else 0) else b",
            18,
            "a test is a comparison: join two with 'and' or 'or'",
        ),
        ("a + b", 5, "a formula is early returns and one final return: remove this line"),
        ("pass", 5, "a formula is early returns and one final return"),
        ("return", 5, "a formula is early returns and one final return"),
        ("if a < b: return a", 5, "this branch ends without a return"),
    ],
)
def test_what_the_formula_language_lacks_is_refused(line, column, message):
    assert problems(formula(line)) == [f"costs.py:9:{column}: {message}"]


def test_a_statement_after_the_return_is_refused():
    assert problems(formula("return a + b", "return a")) == [
        "costs.py:10:5: nothing after a return is ever reached"
    ]


def test_a_statement_after_a_complete_if_is_refused():
    text = formula("if a < b:", "    return a", "else:", "    return b", "return 3")
    assert problems(text) == ["costs.py:13:5: nothing after a return is ever reached"]


def test_a_mistyped_name_is_refused_with_the_nearest_parameter_and_nothing_else():
    found = problems(formula("return batch + contxt", signature="batch, context"))
    assert found == [
        "costs.py:9:20: 'contxt' is not a parameter of this formula; did you mean 'context'?"
    ]


def test_a_parameter_that_nothing_uses_is_refused():
    assert problems(formula("return a")) == ["costs.py:4:1: 'c' takes 'b' and never uses it"]


def test_a_parameter_that_only_a_reason_uses_is_used():
    assert (
        problems(formula("return a if a > 0 else impossible('{b} is too much', zh='{b} 太多')"))
        == []
    )


def test_a_word_that_is_not_declared_is_refused():
    head = '@quantity("word", "C", zh="丙", words={"memory": "内存", "compute": "算力"})'
    found = problems(formula('return "memory" if a < b else "computer"', head=head))
    assert found == [
        "costs.py:9:35: 'computer' is not among this quantity's words; did you mean 'compute'?"
    ]


@pytest.mark.parametrize(
    ("head", "place", "message"),
    [
        ('@quantity("1", "C")', "3:2", 'quantity() needs labels in both languages: add zh="…"'),
        (
            '@quantity("1", NAME, zh="丙")',
            "3:2",
            "the arguments of quantity() must be plain literals: they are read before anything runs",
        ),
        ('@quantity(2, "C", zh="丙")', "3:2", "'unit' of quantity() is a text, not 2"),
        (
            '@quantity("1", "C", zh="丙", colour="red")',
            "3:2",
            "quantity() got an unexpected keyword argument 'colour'",
        ),
        ('@quantity("Bx", "C", zh="丙")', "4:1", "no unit named 'Bx' in 'Bx'; did you mean 'B'?"),
        (
            '@quantity("word", "C", zh="丙")',
            "3:2",
            "'c' answers with a word: list its words with their Chinese, words={…}",
        ),
        ("# nothing", "4:1", "'c' is not declared: put @quantity(unit, label, zh=…) above it"),
    ],
)
def test_a_wrong_declaration_is_refused_once(head, place, message):
    assert problems(formula("return a + b", head=head)) == [f"costs.py:{place}: {message}"]


@pytest.mark.parametrize("signature", ["a, b=2", "a, *b", "a, *, b", "a, /, b", "a, **b"])
def test_parameters_are_plain_names(signature):
    found = problems(formula("return a + b", signature=signature))
    assert found == [
        "costs.py:4:1: the parameters of 'c' are the quantities it is computed from: plain names, no defaults"
    ]


@pytest.mark.parametrize("doc", ["", '    """One language only."""\n'])
def test_a_quantity_explains_itself_in_two_languages(doc):
    text = HEAD + '@quantity("1", "C", zh="丙")\ndef c():\n' + doc + "    return 1\n"
    assert problems(text) == [
        "costs.py:4:1: 'c' needs a docstring: one sentence in English, a blank line, the same in Chinese"
    ]


def test_a_quantity_may_not_take_the_name_of_a_function():
    text = formula("return a + b").replace("def c(", "def floor(")
    assert problems(text) == [
        "costs.py:4:1: 'floor' is a function of the formula language: choose another name"
    ]


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("x = 3", 1, "a file of cost models holds quantities and inputs only"),
        ("class C: pass", 1, "a file of cost models holds quantities and inputs only"),
        ("x = float(3)", 5, "an input is a choice, a setting, a field or a constant"),
        ('x = y = choice("models", "M", zh="模", default="m")', 1, "an input has one plain name"),
        (
            'x = choice("models", "M", default="m")',
            5,
            'choice() needs labels in both languages: add zh="…"',
        ),
        (
            'x = setting("1", "M", zh="模", default="two")',
            5,
            "'default' of setting() is a number, not 'two'",
        ),
        (
            'x = setting("1", "M", zh="模", default=1, whole=1)',
            5,
            "'whole' of setting() is a True or False, not 1",
        ),
        (
            'x = field("model", "k", "tokn", "M", zh="模")',
            1,
            "no unit named 'tokn' in 'tokn'; did you mean 'token'?",
        ),
    ],
)
def test_a_wrong_input_is_refused(line, column, message):
    assert problems(HEAD + line + "\n") == [f"costs.py:3:{column}: {message}"]


def test_a_file_that_python_cannot_read_is_one_problem():
    assert problems("x = (1,\n") == ["costs.py:1:5: Python cannot read this: '(' was never closed"]


def test_a_file_that_does_not_run_says_where():
    assert problems("from hooks.formula.quantity import nothing\n")[0].startswith(
        "costs.py:1:1: ImportError: cannot import name 'nothing'"
    )


def test_all_problems_of_a_file_are_told_at_once():
    text = formula("return a ** b") + formula("return log(d) // e", signature="d, e").replace(
        HEAD, ""
    ).replace("def c", "def f")
    assert [problem.split(":")[1:3] for problem in problems(text)] == [
        ["9", "12"],
        ["16", "12"],
        ["16", "12"],
    ]


def test_early_returns_and_branches_become_one_expression():
    text = formula(
        "if a > 1:",
        "    return a",
        "elif b > 1:",
        "    if a == b:",
        "        return 0",
        "    else:",
        "        return 1",
        "return b",
    )
    reader = Reader("costs.py", text)
    assert reader.problems == []
    assert (
        ast.unparse(reader.declarations[0].body)
        == "a if a > 1 else (0 if a == b else 1) if b > 1 else b"
    )


def test_a_quantity_keeps_everything_that_a_reader_sees():
    head = '@quantity("B", "Cache", zh="缓存", source="A paper")'
    (found,) = Reader("costs.py", formula("return a + b", head=head)).declarations
    assert (found.name, str(found.unit), found.title("en"), found.title("zh"), found.source) == (
        "c",
        "B",
        "Cache",
        "缓存",
        "A paper",
    )
    assert (found.why, found.why_zh, found.parameters, found.line) == (
        "One.",
        "一。",
        ("a", "b"),
        4,
    )
    assert found.function(2, 3) == 5


def test_inputs_are_read_with_their_units_applied():
    text = HEAD + (
        'model = choice("models", "M", zh="模", default="m")\n'
        'gap = setting("ms", "G", zh="隙", default=2, low=1, high=5, whole=True, why="w", why_zh="因")\n'
        'rate = field("model", "r", "B/s/chip", "R", zh="率", each="chip", default=7)\n'
        'hour = constant("h", 2, "H", zh="时", why="w", why_zh="因")\n'
    )
    model, gap, rate, hour = Reader("costs.py", text).declarations
    assert isinstance(model, Choice) and (model.table, model.default) == ("models", "m")
    assert isinstance(gap, Setting) and (gap.default, gap.low, gap.high, gap.whole) == (
        0.002,
        0.001,
        0.005,
        True,
    )
    assert isinstance(rate, Field) and str(rate.printed) == "B/s" and rate.default == 7
    assert isinstance(hour, Constant) and hour.value == 7200
