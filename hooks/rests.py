"""What a page rests on besides its numbers, as inputs of its trace (hooks/kept/trace.py): files, neighbours, titles, other pages' words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hooks.languages import twin
from hooks.page.links import targets
from hooks.page.lists import Lists
from hooks.page.pair import CITATION
from hooks.problems import Mistake
from hooks.rows import relative
from hooks.series import front_matter
from hooks.series.route import Route
from hooks.text import read_source
from hooks.words.words import Words

LISTS = {
    "sources": ("data",),
    "quantities": ("costs", "tests", "named"),
    "scoreboard": ("data", "costs"),
    "glossary": ("uses",),
    "bibliography": ("data", "costs", "uses"),
}
"""What lists rest on; all others are of the series, and rest on its route."""

MENU = ("reference", "glossary", "bibliography")
"""The folders whose pages every page's menu names."""


def menu(pages: Iterable[Any]) -> list[Any]:
    """Those of MkDocs' pages that every page's menu names."""
    return [page for page in pages if page.url.partition("/")[0] in MENU]


class Rests:
    """Answers for the pages of one build. `source` tells the file that a page is read from, `made` holds those that no file does."""

    def __init__(
        self,
        root: Path,
        docs: Path,
        source: Callable[[str], Path],
        made: Mapping[str, str],
        route: Route,
        words: Words,
        lists: Lists,
    ):
        self._root, self._docs, self._source, self._made, self._route, self._words, self._lists = (
            root,
            docs,
            source,
            made,
            route,
            words,
            lists,
        )

    def page(self, uri: str, text: str) -> set[str]:
        """The inputs of a page of this Markdown."""
        files = [uri, twin(uri), "data/glossary.yml", "data/bibliography.yml"]
        inputs = {
            "titles",
            "dated",
            *(f"linked {target}" for target in targets(text, uri)),
            *(f"work {match[1]}" for match in CITATION.finditer(text)),
        }
        if uri in self._made:
            inputs |= {self._file("data/tags.yml"), "route"}
        if uri.startswith("essays/"):
            inputs |= {self._file("data/tags.yml"), f"place {Path(uri).parent.name}"}
        return inputs | {self._file(name) for name in files}

    def list(self, name: str) -> tuple[str, ...]:
        """The inputs of a list, by its name."""
        return LISTS.get(name, ("route",))

    @property
    def kinds(self) -> dict[str, Callable[[str], str]]:
        """The kinds of input that only this build can tell, each as what an input is at present."""
        return {
            "place": lambda slug: _said(self._route.around(slug)),
            "route": lambda _: repr([_said(stop) for stop in self._route.stops]),
            "titles": lambda _: repr(
                [(relative(path, self._root), self._title(path)) for path in self._menu()]
            ),
            "dated": lambda _: str(any(stop.date for stop in self._route.published)),
            "named": lambda _: repr(sorted(self._lists.essays.items())),
            "work": self._words.entry,
            "uses": lambda _: self._words.uses(),
        }

    def _file(self, name: str) -> str:
        return f"file {relative(self._docs / name, self._root)}"

    def _menu(self) -> Iterator[Path]:
        for folder in MENU:
            yield from (
                self._source(path.relative_to(self._docs).as_posix())
                for path in sorted((self._docs / folder).rglob("index.md"))
            )

    def _title(self, path: Path) -> object:
        try:
            return front_matter(read_source(path)).get("title")
        except Mistake:
            return None  # the page itself tells the writer


def _said(stop: object) -> str:
    """A stop or its neighbours in words, without the lines of the file on which they are said."""
    return re.sub(r"place=Place\([^)]*\)", "", repr(stop))
