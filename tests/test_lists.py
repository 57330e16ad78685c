"""Lists: one registry, and what a list reads becomes an input of its page."""

import ast

import pytest

from hooks.page.page_list import page_list, page_lists
from tests.conftest import ROOT
from tests.listing import request


@pytest.mark.parametrize(
    ("comment", "inputs"),
    [
        ("map", {"series"}),
        ("sources models", set()),
        ("quantities", {"names", "file hooks/costs/parameters.py"}),
        ("glossary", set()),
    ],
)
def test_what_a_list_reads_is_an_input_of_its_page(comment: str, inputs: set[str]) -> None:
    name, _, choice = comment.partition(" ")
    page = request(choice)
    assert page_lists()[name].write(page)
    assert inputs <= page.inputs and bool(inputs) == bool(page.inputs)


def test_no_list_goes_round_its_request() -> None:
    """`page.site` and files opened by hand would be read without becoming inputs."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "hooks/lists").glob("[!_]*.py"))
        if path.name != "request.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "site")
        or (isinstance(node, ast.Name) and node.id in ("open", "Path", "read_source"))
    ]
    assert found == []


def test_every_list_has_a_page_that_shows_it_and_a_sentence() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    generated = (ROOT / "hooks/series/tag.py").read_text("utf-8")
    for name, one in page_lists().items():
        assert f"<!-- {name}" in pages + generated
        assert one.write.__doc__


def test_two_lists_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two lists are called 'map'"):
        page_list("map")(lambda page: "")


def test_a_number_in_a_list_opens_to_its_work() -> None:
    page = request()
    number = page.number("weight_bytes(model=llama-3.1-8b):GB")
    assert number.startswith('<a class="n" href="') and number.endswith("GB</a>")
    assert page.works.html()
