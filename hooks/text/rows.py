"""Rows: what a person writes in a YAML file of `docs/data`, each part with its place, so that a
mistake can be shown there.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hooks.text.curly import curly_nodes, curly_values
from hooks.text.problems import Problem, did_you_mean

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


class PlainLoader(yaml.SafeLoader):
    """PyYAML's own reader, which takes an unquoted `?` inside `{…}` and `[…]` as libyaml does:
    addresses have some.
    """

    def scan_plain(self) -> yaml.ScalarToken:
        """Read an unquoted value; a `?` within it no longer ends it."""
        chunks: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        spaces: list[str] = []
        while self.peek() != "#":
            length = 0
            while not self._ends_plain(length):
                length += 1
            if length == 0:
                break
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start) or []
            if not spaces or self.peek() == "#" or (not self.flow_level and self.column < indent):
                break
        return yaml.ScalarToken("".join(chunks), True, start, end)

    def _ends_plain(self, at: int) -> bool:
        letter, after = self.peek(at), "\0 \t\r\n\x85\u2028\u2029"
        if letter in after:
            return True
        if letter == ":":
            return self.peek(at + 1) in after + (",[]{}" if self.flow_level else "")
        return bool(self.flow_level) and letter in ",[]{}"


LOADER = getattr(yaml, "CSafeLoader", PlainLoader)
"""libyaml reads twenty times as fast, where it is there."""


@dataclass(frozen=True)
class Place:
    """Where in a file that a person edits something stands."""

    path: str
    line: int = 1
    column: int = 1

    def refused(self, message: str) -> Problem:
        """What is wrong there."""
        return Problem(self.path, self.line, self.column, message)


class Reading:
    """A mapping that YAML has read, with the places of its parts; problems go to the list that
    it is given.

    `line` is the number of the line before the first one that YAML saw. What is no mapping
    reads as an empty one.
    """

    def __init__(self, path: str, node: yaml.Node | None, problems: list[Problem], line: int = 0):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        self._path = path
        self._line = line
        self._problems = problems
        self.nodes: dict[str, yaml.Node] = {str(key.value): value for key, value in pairs}
        self.keys: dict[str, yaml.Node] = {str(key.value): key for key, _ in pairs}

    def place(self, node: yaml.Node) -> Place:
        """Where a node begins."""
        return Place(self._path, node.start_mark.line + 1 + self._line, node.start_mark.column + 1)

    def refuse(self, node: yaml.Node, message: str) -> None:
        """Note a mistake at a node."""
        self._problems.append(self.place(node).refused(message))

    def refuse_unknown(self, known: Sequence[str], what: str) -> None:
        """Note every key that is not among the known ones: `a tag has no 'titel'`."""
        for name, node in self.keys.items():
            if name not in known:
                self.refuse(node, f"{what} has no '{name}'{did_you_mean(name, known)}")

    def text(self, name: str) -> str:
        """A value as it is written; nothing for nothing."""
        node = self.nodes.get(name)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def words(self, name: str) -> list[tuple[str, yaml.Node]]:
        """A list of words, or a single one, each with its place; refuses what is neither."""
        node = self.nodes.get(name)
        if node is None:
            return []
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if all(isinstance(item, yaml.ScalarNode) and str(item.value).strip() for item in items):
            return [(str(item.value), item) for item in items]
        self.refuse(
            node, f"{name} is a word or a list of words: {name}: [KV caches, key-value cache]"
        )
        return []


def composed(path: str, text: str, problems: list[Problem]) -> yaml.Node | None:
    """What YAML reads in a file; nothing in an empty one, nor in one that it cannot read, which
    is a problem.
    """
    try:
        return curly_nodes(_loaded(yaml.compose, text))
    except RecursionError:
        problems.append(Problem(path, 1, 1, "this is nested too deeply to be read"))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problems.append(
            Problem(
                path, line, column, f"YAML cannot read this: {getattr(error, 'problem', error)}"
            )
        )
        return None


@lru_cache(maxsize=4096)
def read_yaml(text: str) -> yaml.Node | None:
    """What YAML reads in a text, with its places; raises what it says of one that it cannot
    read.
    """
    return curly_nodes(_loaded(yaml.compose, text))


@lru_cache(maxsize=4096)
def values(text: str) -> Any:
    """What YAML reads in a text, as plain values, which nobody may change; raises what it says
    of one that it cannot read.
    """
    return curly_values(_loaded(yaml.load, text))


def typed_values(page: str, key: str) -> dict[str, str]:
    """The plain values below a key of a page's front matter, as they are typed: `007` is no
    seven.
    """
    front = FRONT_MATTER.match(page)
    try:
        node = read_yaml(front[1]) if front else None
    except (yaml.YAMLError, RecursionError):
        return {}
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key and isinstance(value, yaml.MappingNode):
            return {k.value: v.value for k, v in value.value if isinstance(v, yaml.ScalarNode)}
    return {}


def _loaded(load: Callable[..., Any], text: str) -> Any:
    try:
        return load(text, Loader=LOADER)
    except yaml.YAMLError:
        return load(text, Loader=PlainLoader)  # which words its mistakes alike on every machine


def rows(
    path: str, text: str, shape: str, problems: list[Problem]
) -> list[tuple[yaml.Node, yaml.Node]]:
    """The keys and values of a file; one of another shape is a problem, and `shape` says what
    would be right.
    """
    node = composed(path, text, problems)
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    if node is not None:
        problems.append(Problem(path, 1, 1, shape))
    return []


def relative(path: Path, root: Path) -> str:
    """A file as problems print it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
