"""Curly quotes: what is typed with straight ones, as readers see it. Prose has its own from
Markdown.
"""

import ast
import re
from typing import Any

import yaml

MARK = re.compile(r"(?P<code>(?P<ticks>`+).*?(?P=ticks)|\{[^{}\n]*=[^{}\n]*\})|['\"]", re.DOTALL)
"""Code, or a list of attributes, which are left alone; or a straight quote."""

ENDING = re.compile(r"'(?:s|t|re|ve|ll|d|m)\b")
"""An apostrophe that begins a part of a text whose word stands in the part before."""

OPENING = " \t\n([{—–/“‘"
"""What may stand before a quote that opens."""


def curly(text: str) -> str:
    """A text with curly quotes, but for code in backticks and the prime of `5'`."""
    return MARK.sub(_curly, text) if "'" in text or '"' in text else text


def _curly(mark: re.Match[str]) -> str:
    text, start = mark.string, mark.start()
    before, after = text[start - 1 : start] if start else "", text[mark.end() : mark.end() + 1]
    if mark["code"] or (mark[0] == "'" and before.isdigit() and not after.isalpha()):
        return mark[0]
    opens = not before or before in OPENING
    opens = opens and bool(after.strip()) and not ENDING.match(text, start)
    return ("‘" if opens else "’") if mark[0] == "'" else ("“" if opens else "”")


def curly_values(value: Any) -> Any:
    """What YAML has read, with curly quotes in its texts; keys are names, and stay as they are."""
    match value:
        case str():
            return curly(value)
        case dict():
            return {key: curly_values(one) for key, one in value.items()}
        case list():
            return [curly_values(one) for one in value]
    return value


def curly_nodes(node: yaml.Node | None) -> yaml.Node | None:
    """The same for what YAML has composed, which is changed in place."""
    match node:
        case yaml.ScalarNode():
            node.value = curly(node.value)
        case yaml.SequenceNode():
            for item in node.value:
                curly_nodes(item)
        case yaml.MappingNode():
            for _, item in node.value:
                curly_nodes(item)
    return node


def curly_tree(tree: ast.Module) -> ast.Module:
    """The same for the texts of a Python file, which is changed in place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = curly(node.value)
    return tree
