"""The navigation of the configuration: every page that it names is there, and every page that is
there is named.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from hooks.text.address import COLLECTIONS
from hooks.text.problems import Problem, did_you_mean
from hooks.text.rows import read_yaml, relative
from hooks.text.source import read_source

MENU = ("reference", "glossary", "bibliography")
"""The folders whose pages every page's menu names."""

Entry = tuple[str, int, int]
"""A file that a navigation names, with its line and column."""


def in_menu(url: str) -> bool:
    """Whether every page's menu names the page at this address."""
    return url.partition("/")[0] in MENU


def overviews(pages: Sequence[Any]) -> list[Any]:
    """The overviews of collections, which stand in every page's menu, in the order of the menu."""
    found = {page.url.rstrip("/"): page for page in pages}
    return [found[folder] for folder in COLLECTIONS if folder in found]


def problems(
    configuration: Path, root: Path, nav: Any, documents: Collection[str]
) -> list[Problem]:
    """What is wrong with the navigation of a configuration. `nav` is what MkDocs has read,
    `documents` are the site's files.

    Refuses a file that is not there, and a page that the navigation leaves out.
    """
    if nav is None:
        return []
    entries = list(_entries(_node(configuration))) or list(_unplaced(nav))
    name, docs = relative(configuration, root), "docs"
    pages = sorted(uri for uri in documents if uri.endswith(".md"))
    found = [
        Problem(name, line, column, f"nav names '{uri}', which is not there{_hint(uri, pages)}")
        for uri, line, column in entries
        if uri not in documents and not urlsplit(uri).scheme and not uri.startswith("/")
    ]
    named = {uri for uri, *_ in entries}
    return found + [
        Problem(f"{docs}/{uri}", 0, 0, f"nav in {name} does not name this page: add '- {uri}'")
        for uri in pages
        if uri not in named
    ]


def _hint(uri: str, pages: list[str]) -> str:
    english = f"{uri.removesuffix('.zh.md')}.md"
    if uri.endswith(".zh.md") and english in pages:
        return f"; it names English pages: '{english}'"
    return did_you_mean(uri, pages)


def _node(configuration: Path) -> yaml.Node | None:
    """The navigation as the file has it; nothing where another file that it inherits from does."""
    try:
        node = read_yaml(read_source(configuration))
    except yaml.YAMLError:
        return None
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == "nav"), None)


def _entries(node: yaml.Node | None) -> Iterator[Entry]:
    match node:
        case yaml.ScalarNode():
            yield str(node.value), node.start_mark.line + 1, node.start_mark.column + 1
        case yaml.SequenceNode():
            for item in node.value:
                yield from _entries(item)
        case yaml.MappingNode():
            for _, value in node.value:
                yield from _entries(value)


def _unplaced(nav: Any) -> Iterator[Entry]:
    match nav:
        case str():
            yield nav, 0, 0
        case list():
            for item in nav:
                yield from _unplaced(item)
        case dict():
            for value in nav.values():
                yield from _unplaced(value)
