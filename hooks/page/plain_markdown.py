"""Plain Markdown from the HTML of a page's own lists: items, tables, definitions and formulas.

Controls, and what is hidden from readers or from a screen reader, are left out.
"""

import re

from hooks.text.html_tree import Node, parse_html
from hooks.text.line import one_line

NO_BREAK = "\u00a0"
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
INLINE = ("a", "span", "small", *MARKS)
HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### ", "summary": "### "}


def as_markdown(html: str) -> str:
    """Markdown that says the same. Buttons become their text, or what a screen reader is told in
    its place.
    """
    return re.sub(r"\n{3,}", "\n\n", _inside(parse_html(html))).strip("\n")


def _inside(node: Node) -> str:
    """What an element holds."""
    found = ""
    before: Node | str = ""
    for child in node.children:
        if isinstance(child, str):
            found += child
        elif _silent(child):
            continue
        else:
            # neighbours that only a style keeps apart: a question, a title, the minutes
            apart = isinstance(before, Node) and before.tag in INLINE and child.tag in INLINE
            found += (" · " if apart else "") + _written(child, node.tag)
        before = child
    return found


def _silent(node: Node) -> bool:
    """Whether an element says nothing on paper."""
    hidden = "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true"
    return hidden or node.tag == "fieldset"


def _written(node: Node, holder: str) -> str:
    """An element with what marks it."""
    inside = node.attributes.get("aria-label", "") if node.tag == "button" else ""
    inside = inside or _inside(node)
    match node.tag:
        case "a":
            return f"[{inside}]({node.attributes.get('href', '')})"
        case "li":
            return ("\n1. " if holder == "ol" else "\n- ") + inside
        case "dt":
            return f"\n- **{inside}**"
        case "dd":
            return f": {inside}"
        case "small":
            return f"({inside})" if inside and not inside.startswith("(") else inside
        case "table":
            return "\n\n" + _table(node) + "\n\n"
        case "p" if "formula" in node.classes:
            return f"\n\n`{one_line(node.text.replace(NO_BREAK, ' '))}`\n\n"
        case "p" | "div" | "section" | "details" | "ul" | "ol" | "dl":
            return f"\n\n{inside}\n\n"
        case name if name in HEADINGS:
            return f"\n\n{HEADINGS[name]}{inside}\n\n"
    mark = MARKS.get(node.tag, "")
    return mark + inside + mark


def _table(node: Node) -> str:
    """A pipe table, with an empty cell for each further column that a cell spans."""
    lines = []
    for row in node.all("tr"):
        cells = []
        for cell in row.children:
            if isinstance(cell, Node):
                width = int(cell.attributes.get("colspan") or 1)
                cells += [one_line(_inside(cell)).replace("|", "\\|"), *[""] * (width - 1)]
        lines.append(f"| {' | '.join(cells)} |\n")
        lines += [] if lines[1:] else ["| " + " | ".join("---" for _ in cells) + " |\n"]
    return "".join(lines)
