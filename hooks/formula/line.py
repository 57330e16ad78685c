"""A line: a text on one, and a MathML formula on one, for texts that cannot draw a fraction."""

import re
from xml.etree import ElementTree

SIMPLE = ("mtext", "mn", "mi")
LOOSE = ("+", "−", "×", "=", "<", ">", "≤", "≥", "≠")
"""Signs with a space on either side."""


def joined(text: str) -> str:
    """A text on one line. The thin spaces that hold a number to its unit stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def one_line(mathml: str) -> str:
    """`KV heads × head width × 2`, `(a + b) / c`, cases after semicolons."""
    return joined(_written(ElementTree.fromstring(mathml)))


def _written(node: ElementTree.Element) -> str:
    children = list(node)
    match node.tag:
        case "mfrac":
            return " / ".join(_bracketed(child) for child in children)
        case "msup":
            return "^".join(_bracketed(child) for child in children)
        case "msqrt":
            return f"√({''.join(_written(child) for child in children)})"
        case "mtable":
            return "; ".join(_written(child) for child in children)
        case "mtr":
            return ", ".join(_written(child) for child in children)
        case "mo":
            sign = node.text or ""
            return (
                f" {sign} "
                if sign in LOOSE
                else f"{sign} "
                if sign == ","
                else ""
                if sign == "{"
                else sign
            )
    return (node.text or "") + "".join(_written(child) for child in children)


def _bracketed(node: ElementTree.Element) -> str:
    return _written(node) if node.tag in SIMPLE else f"({_written(node)})"
