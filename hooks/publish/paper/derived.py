"""The formulas of an entry cut down to what was computed: the case that applied, without factors
of one and terms of nought.
"""

import re
from collections.abc import Iterator

from hooks.text.html_tree import Child, Node

LEAD = re.compile(r"^(?:[=×÷−+]\s?|[(⌊⌈√“])*")
"""The operator and the brackets with which a part of a formula begins."""
ONE = re.compile(r"×\s1")
NOUGHT = re.compile(r"0(?:\.0+)?(?:\s\D.*|[^\d.,\s].*)?")
"""Nothing, in any unit."""


def derived(formulas: list[Node]) -> list[Node]:
    """The formula in names and the one in values, as they stand in a panel, each cut down. What
    can't be told apart for certain is left as it is.
    """
    if len(formulas) != 2:
        return formulas
    names, values = formulas
    title, *right = names.children
    branches = [branch for branch in _branches(right) if _same(branch, values.children)]
    if len(branches) != 1:
        return formulas
    kept, numbers = _without_neutral(branches[0], values.children)
    return [
        Node(names.tag, names.attributes, [title, " ", *kept]),
        Node(values.tag, values.attributes, numbers),
    ]


def _branches(children: list[Child]) -> Iterator[list[Child]]:
    """What a formula can come to: itself, or the body of each of its cases, each behind its
    equals sign.
    """
    spans = [child for child in children if isinstance(child, Node)]
    cases = spans[0].first(".cases") if len(spans) == 1 else None
    if cases is None or cases not in spans[0].children:
        yield children
        return
    for line in cases.children:
        if isinstance(line, Node):
            body = [
                child for child in line.children if isinstance(child, Node) and child.tag == "span"
            ]
            yield from _branches(_led(body[-1].children, "=\u00a0"))


def _led(children: list[Child], lead: str) -> list[Child]:
    """Parts that begin with a lead, in the first of their parts."""
    for place, child in enumerate(children):
        if isinstance(child, Node) and child.tag == "i":
            continue
        if isinstance(child, str):
            if not child.strip():
                continue
            led: Child = lead + child
        else:
            led = Node(child.tag, child.attributes, _led(child.children, lead))
        if isinstance(child, Node) and child.tag == "span" and "over" in child.classes:
            return [*children[:place], lead, *children[place:]]
        return [*children[:place], led, *children[place + 1 :]]
    return [lead, *children]


def _parts(children: list[Child]) -> list[Node]:
    return [child for child in children if isinstance(child, Node) and child.tag != "i"]


def _same(names: list[Child], values: list[Child]) -> bool:
    """Whether two runs have the same parts with the same operators between them."""
    some, others = _parts(names), _parts(values)
    if len(some) != len(others) or _lead(names) != _lead(values):
        return False
    return all(
        (one.tag, one.classes) == (other.tag, other.classes) and _same(one.children, other.children)
        for one, other in zip(some, others, strict=True)
    )


def _lead(children: list[Child]) -> str:
    """The operator and brackets of a part; nothing for one that consists of parts."""
    said = "".join(
        child if isinstance(child, str) else child.text
        for child in children
        if isinstance(child, str) or child.tag == "i"
    )
    found = LEAD.match(said.lstrip())
    return re.sub(r"\s", "", found[0]) if found else ""


def _without_neutral(names: list[Child], values: list[Child]) -> tuple[list[Child], list[Child]]:
    """Two runs of the same shape without what changes nothing in the values."""
    some, others = _parts(names), _parts(values)
    kept: list[Child] = []
    numbers: list[Child] = []
    for name, value in zip(some, others, strict=True):
        if kept and (_is_one(value) or _is_nought(value)) and _is_closed(name, value):
            continue
        pair = _without_neutral(name.children, value.children) if _parts(value.children) else None
        held, told = pair or (name.children, value.children)
        kept += [" "] * bool(kept) + [Node(name.tag, name.attributes, held)]
        numbers += [" "] * bool(numbers) + [Node(value.tag, value.attributes, told)]
    return _around(names, kept), _around(values, numbers)


def _around(children: list[Child], kept: list[Child]) -> list[Child]:
    """The parts that are kept between the signs around all parts."""
    places = [
        place
        for place, child in enumerate(children)
        if isinstance(child, Node) and child.tag != "i"
    ]
    return [*children[: places[0]], *kept, *children[places[-1] + 1 :]] if places else children


def _is_one(value: Node) -> bool:
    return not _parts(value.children) and ONE.fullmatch(value.text.strip()) is not None


def _is_nought(value: Node) -> bool:
    """Whether a part is a term that adds nothing: a product, one of whose factors is nought."""
    if not value.text.lstrip().startswith(("+", "−")):
        return False
    factors = _parts(value.children) or [value]
    if any(_parts(factor.children) for factor in factors) or any(
        not factor.text.startswith("×") for factor in factors[1:]
    ):
        return False
    return any(NOUGHT.fullmatch(re.sub(r"^[+−×]\s", "", factor.text.strip())) for factor in factors)


def _is_closed(*parts: Node) -> bool:
    """Whether parts open as many brackets as they close."""
    return all(part.text.count("(") == part.text.count(")") for part in parts)
