"""Every quantity with its formula, and what it rests on and is used by."""

import ast
from collections import defaultdict
from html import escape

from hooks.formula.declaration import Declaration, Quantity
from hooks.formula.typeset import formula_html
from hooks.lists.request import ListRequest
from hooks.page.page_list import page_list
from hooks.text.address import quoted
from hooks.text.curly import curly
from hooks.text.languages import either, listed

PAGES = 30
"""So many pages that use a quantity are named before they are only counted."""


@page_list("quantities")
def quantity_list(page: ListRequest) -> str:
    """Every quantity, file by file: formula, unit, source, who uses it, and which tests and essays
    name it.
    """
    library = page.scenario.library
    users: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in library.quantities:
        for parameter in quantity.parameters:
            users[parameter].append(quantity)
    parts = []
    for path in sorted({quantity.path for quantity in library.quantities}):
        title = _title(page, path)
        inside = [quantity for quantity in library.quantities if quantity.path == path]
        entries = "".join(
            _quantity(page, quantity, library.names, users[quantity.name]) for quantity in inside
        )
        parts.append(
            f'<details class="room"><summary>{escape(title)}'
            f" <small>{len(inside)}</small></summary>{entries}</details>"
        )
    return f'<section class="quantities" data-search-exclude>{"".join(parts)}</section>'


def _title(page: ListRequest, path: str) -> str:
    doc = curly(ast.get_docstring(ast.parse(page.read(path))) or path).split("\n\n")
    return doc[-1 if page.language == "zh" else 0].strip().rstrip(".。")


def _quantity(
    page: ListRequest, quantity: Quantity, names: dict[str, Declaration], users: list[Quantity]
) -> str:
    pages = page.mentions.pages.get(quantity.name, [])
    tests = page.mentions.tests.get(quantity.name, [])
    why = quantity.why_zh if page.language == "zh" else quantity.why
    label = {name: names[name].title(page.language) for name in quantity.parameters}
    facts = [(page.say("quantities.unit"), escape(str(quantity.unit)))]
    if quantity.source:
        source = escape(quantity.source)
        facts.append(
            (
                page.say("quantities.after"),
                either(source, f'<span lang="en">{source}</span>', page.language),
            )
        )
    inputs = [
        (
            f'<a href="#q-{n}">{escape(label[n])}</a>'
            if isinstance(names[n], Quantity)
            else escape(label[n])
        )
        for n in quantity.parameters
    ]
    facts.append((page.say("quantities.rests_on"), ", ".join(inputs)))
    if users:
        facts.append(
            (
                page.say("quantities.used_by"),
                ", ".join(f'<a href="#q-{u.name}">{page.title(u)}</a>' for u in users),
            )
        )
    if pages:
        links = [
            f'<a href="{page.up}{quoted(address)}">{escape(address.split("/")[1])}</a>'
            for address in pages
        ]
        facts.append((page.say("quantities.pages"), listed(links, PAGES, ", ", page.language)))
    facts.append(
        (
            page.say("quantities.tests"),
            ", ".join(f"<code>{escape(name)}</code>" for name in tests)
            or page.say("quantities.no_test"),
        )
    )
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    place = f"{page.works.code}{quantity.path}#L{quantity.line}"
    return (
        f'<div class="quantity" id="q-{quantity.name}"><p><strong>{page.title(quantity)}</strong> '
        f'<a href="{escape(place)}"><code>{quantity.name}</code></a></p><p>{escape(why)}</p>'
        f"{formula_html(quantity, label.__getitem__, page.language)}<dl>{rows}</dl></div>"
    )
