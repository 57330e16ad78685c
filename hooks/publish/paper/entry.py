"""The entry of a number: what its panel says, cut down to what a reader of a book needs."""

import re
from collections.abc import Mapping, Sequence

from hooks.formula.phrases import BETWEEN
from hooks.publish.paper.derived import derived
from hooks.text.html_tree import Child, Node
from hooks.text.languages import Language, say

Line = tuple[str, list[Child]]
"""A line of an entry: its kind, and what it says."""

UNIT = re.compile(r"[A-Za-z%$µ\u4e00-\u9fff]")
"""Whether a number has a unit."""


def entry_scenario(panel: Node) -> dict[str, str]:
    """The scenario that a panel's number is told in: each field with its text."""
    return {
        node.attributes["data-field"]: node.text
        for node in panel.nodes()
        if "data-field" in node.attributes
    }


def entry_lines(
    panel: Node, said: Sequence[str], home: Mapping[str, str], language: Language
) -> list[Line]:
    """The entry of a number that the text prints as `said`, in a chapter whose scenario is `home`:
    what it is, by which formula, from which sources. Empty where its panel says no more than the
    sentence.
    """
    head, formulas = panel.first(".work-title"), derived(panel.all(".formula"))
    sources = [item for item in panel.all("li") if item.first("small") and item.first("a")]
    if head is None or not (formulas or sources):
        return []
    lines: list[Line] = [("work-title", _titled(head, said, language))]
    for node in panel.all(".work-scenario"):
        if fields := entry_scenario(node):
            differs = [text for name, text in fields.items() if home.get(name) != text]
            told: list[Child] = [BETWEEN.join(differs)] * bool(differs)
        else:
            told = node.children
        lines += [("work-scenario", told)] * bool(told)
    lines += [("work-math", [_right(formula, len(formulas) == 1)]) for formula in formulas]
    return lines + [("work-source", line) for line in _sources(sources, language)]


def _titled(head: Node, said: Sequence[str], language: Language) -> list[Child]:
    """The title with its number as the text prints it, and with its unit where only a table's head
    has that.
    """
    children: list[Child] = []
    for child in head.children:
        if isinstance(child, Node) and child.tag == "strong" and said:
            known = child.text
            text = say("mark.enumeration", language).join(said)
            bare = not any(UNIT.search(form) for form in said) and UNIT.search(known)
            if bare and known.startswith(text):
                text = known
            elif bare:
                text = say("book.number", language, text=text, known=known)
            child = Node("strong", child.attributes, [text])
        children.append(child)
    return children


def _sources(items: Sequence[Node], language: Language) -> list[list[Child]]:
    """Inputs with what they were read from; those that stand in one place are told together."""
    together: dict[str, list[Node]] = {}
    for item in items:
        small = item.first("small")
        links = "".join(link.attributes.get("href", "") for link in item.all("a"))
        together.setdefault(f"{small.text if small else ''} {links}", []).append(item)
    lines = []
    for same in together.values():
        line: list[Child] = []
        for number, item in enumerate(same):
            last = number == len(same) - 1
            line += [
                child
                for child in item.children
                if last or isinstance(child, str) or child.tag != "small"
            ]
            if not last:
                line = [*line[:-1], str(line[-1]).rstrip()] if isinstance(line[-1], str) else line
                line.append(say("mark.comma", language))
        lines.append(line)
    return lines


def _right(formula: Node, alone: bool) -> str:
    """What a formula adds to its entry's title, which is its left side. The title of one that
    stands alone is a ratio, its right side as well.
    """
    parts = [part if isinstance(part, str) else part.text for part in formula.children]
    signs = [place for place, part in enumerate(parts) if part.startswith("=")]
    return "".join(parts[signs[-1 if alone else 0] :] if signs else parts)
