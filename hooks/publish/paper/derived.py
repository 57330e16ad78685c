"""The formulas of an entry cut down to what was computed: the case that applied, without factors
of one and terms of nought.
"""

import re
from collections.abc import Iterator

from hooks.text.html_tree import Node

LEAD = re.compile(r"^(?:[=×÷−+]\s?|[(⌊⌈√“])*")
"""The operator and the brackets with which a part of a formula begins."""
ONE = re.compile(r"×\s1")
NOUGHT = re.compile(r"0(?:\.0+)?(?:\s\D.*|[^\d.,\s].*)?")
"""Nothing, in any unit."""

Piece = Node | str


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


def _branches(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """What a formula can come to: itself, or the body of each of its cases, each behind its
    equals sign.
    """
    spans = [piece for piece in pieces if isinstance(piece, Node)]
    cases = spans[0].first(".cases") if len(spans) == 1 else None
    if cases is None or cases not in spans[0].children:
        yield pieces
        return
    for line in cases.children:
        if isinstance(line, Node):
            body = [
                child for child in line.children if isinstance(child, Node) and child.tag == "span"
            ]
            yield from _branches(_led(body[-1].children, "=\u00a0"))


def _led(pieces: list[Piece], lead: str) -> list[Piece]:
    """Pieces that begin with a lead, in the first of their parts."""
    for place, piece in enumerate(pieces):
        if isinstance(piece, Node) and piece.tag == "i":
            continue
        if isinstance(piece, str):
            if not piece.strip():
                continue
            led: Piece = lead + piece
        else:
            led = Node(piece.tag, piece.attributes, _led(piece.children, lead))
        if isinstance(piece, Node) and piece.tag == "span" and "over" in piece.classes:
            return [*pieces[:place], lead, *pieces[place:]]
        return [*pieces[:place], led, *pieces[place + 1 :]]
    return [lead, *pieces]


def _parts(pieces: list[Piece]) -> list[Node]:
    return [piece for piece in pieces if isinstance(piece, Node) and piece.tag != "i"]


def _same(names: list[Piece], values: list[Piece]) -> bool:
    """Whether two runs have the same parts with the same operators between them."""
    some, others = _parts(names), _parts(values)
    if len(some) != len(others) or _lead(names) != _lead(values):
        return False
    return all(
        (one.tag, one.classes) == (other.tag, other.classes) and _same(one.children, other.children)
        for one, other in zip(some, others, strict=True)
    )


def _lead(pieces: list[Piece]) -> str:
    """The operator and brackets of a part; nothing for one that consists of parts."""
    said = "".join(
        piece if isinstance(piece, str) else piece.text
        for piece in pieces
        if isinstance(piece, str) or piece.tag == "i"
    )
    found = LEAD.match(said.lstrip())
    return re.sub(r"\s", "", found[0]) if found else ""


def _without_neutral(names: list[Piece], values: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Two runs of the same shape without what changes nothing in the values."""
    some, others = _parts(names), _parts(values)
    kept: list[Piece] = []
    numbers: list[Piece] = []
    for name, value in zip(some, others, strict=True):
        if kept and (_is_one(value) or _is_nought(value)) and _is_closed(name, value):
            continue
        pair = _without_neutral(name.children, value.children) if _parts(value.children) else None
        held, told = pair or (name.children, value.children)
        kept += [" "] * bool(kept) + [Node(name.tag, name.attributes, held)]
        numbers += [" "] * bool(numbers) + [Node(value.tag, value.attributes, told)]
    return _around(names, kept), _around(values, numbers)


def _around(pieces: list[Piece], kept: list[Piece]) -> list[Piece]:
    """The parts that are kept between the signs around all parts."""
    places = [
        place for place, piece in enumerate(pieces) if isinstance(piece, Node) and piece.tag != "i"
    ]
    return [*pieces[: places[0]], *kept, *pieces[places[-1] + 1 :]] if places else pieces


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
