"""The library: names that find each other, and what happens to those that do not."""

from hooks.formula.library import Library

HEAD = "from hooks.formula.quantity import *\n"


def constant(name: str) -> str:
    return f'{name} = constant("1", 3, "L", zh="名", why="w", why_zh="因")\n'


def quantity(name: str, *parameters: str) -> str:
    total = " + ".join(parameters) or "1"
    return f'@quantity("1", "L", zh="名")\ndef {name}({", ".join(parameters)}):\n    """One.\n\n    一。\n    """\n    return {total}\n'


def library(*texts: str, path: str = "costs.py") -> Library:
    return Library([(path, HEAD + "".join(texts))])


def told(found: Library) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_an_unknown_parameter_is_named_with_the_nearest_and_what_leans_on_it_is_dropped_in_silence():
    found = library(
        constant("batch"),
        quantity("first", "bacth"),
        quantity("second", "first"),
        quantity("third", "batch"),
    )
    assert told(found) == [
        "costs.py:4:1: 'first' needs 'bacth', which nobody declares; did you mean 'batch'?"
    ]
    assert list(found.names) == ["batch", "third"]


def test_a_formula_with_a_mistake_does_not_blame_those_that_lean_on_it():
    found = library(
        constant("a"),
        quantity("first", "a").replace("return a", "return a ** 2"),
        quantity("second", "first"),
    )
    assert told(found) == [
        "costs.py:9:12: '**' rounds differently in browsers: write power(x, n), or x * x"
    ]
    assert list(found.names) == ["a"]


def test_an_input_with_a_mistake_does_not_blame_those_that_lean_on_it():
    found = library(
        'a = constant("Bx", 3, "L", zh="名", why="w", why_zh="因")\n', quantity("first", "a")
    )
    assert told(found) == ["costs.py:2:1: no unit named 'Bx' in 'Bx'; did you mean 'B'?"]


def test_a_circle_is_named_in_full_and_taken_out_with_what_leans_on_it():
    found = library(
        quantity("first", "second"),
        quantity("second", "third"),
        quantity("third", "first"),
        quantity("last", "third"),
        constant("sound"),
    )
    assert told(found) == ["costs.py:3:1: a circle: first → second → third → first"]
    assert list(found.names) == ["sound"]


def test_a_quantity_that_needs_itself_is_a_circle():
    assert told(library(quantity("first", "first"))) == ["costs.py:3:1: a circle: first → first"]


def test_two_circles_are_both_told():
    found = library(quantity("a", "b"), quantity("b", "a"), quantity("c", "d"), quantity("d", "c"))
    assert [text.split(": ", 1)[1] for text in told(found)] == [
        "a circle: a → b → a",
        "a circle: c → d → c",
    ]


def test_a_name_declared_in_two_files_is_refused_where_it_comes_second():
    found = Library([("a.py", HEAD + constant("size")), ("b.py", HEAD + quantity("size"))])
    assert told(found) == ["b.py:3:1: 'size' is declared twice: also at a.py:2"]


def test_a_field_of_an_unknown_choice_is_refused():
    found = library(
        'model = choice("models", "M", zh="模", default="m")\n',
        'depth = field("modle", "k", "1", "D", zh="深")\n',
        quantity("first", "depth"),
    )
    assert told(found) == ["costs.py:3:1: no choice named 'modle'; did you mean 'model'?"]
    assert list(found.names) == ["model"]


def test_a_name_rests_on_the_scenario_fields_below_it():
    found = library(
        'model = choice("models", "M", zh="模", default="m")\n',
        'depth = field("model", "k", "1", "D", zh="深")\n',
        'batch = setting("1", "B", zh="批", default=1)\n',
        'context = setting("1", "C", zh="长", default=1)\n',
        constant("two"),
        quantity("first", "depth", "two"),
        quantity("second", "first", "batch"),
    )
    assert found.depends_on("second") == {"model", "batch"}
    assert (
        found.depends_on("first")
        == found.depends_on("depth")
        == found.depends_on("model")
        == {"model"}
    )
    assert found.depends_on("two") == frozenset()
    assert set(found.fields_of_scenario) == {"model", "batch", "context"}
