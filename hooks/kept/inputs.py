"""Inputs: what each page asks for while it is filled and finished, whoever asks on its behalf."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from hooks.box import Box
from hooks.formula.evaluate import Asked, Reads, Scenario
from hooks.kept.trace import State

Heard = tuple[set[Asked], set[str]]
"""Names, and other inputs."""


class Inputs:
    """Notes by page, of one build. What is asked of `scenario`, or of one made from it, is asked by a page."""

    def __init__(self, scenario: Scenario, aside: IO[bytes] | None = None):
        """`aside` is the file in which pages wait."""
        self._reads = scenario.reads or Reads()
        self._asked: dict[str, Heard] = {}
        self._settled: dict[str, Box[set[str]]] = {}
        self._aside = aside
        self.ask("")

    def ask(self, uri: str) -> None:
        """From now on, what is asked for is asked for by this page."""
        self._reads.names, self._reads.folders = self._asked.setdefault(uri, (set(), set()))

    def add(self, *inputs: str) -> None:
        """Inputs, besides numbers, of the page that asks at present."""
        self._reads.folders.update(inputs)

    @contextmanager
    def heard(self) -> Iterator[Heard]:
        """What is asked for meanwhile, as its own."""
        ours = self._reads.names, self._reads.folders
        theirs: Heard = set(), set()
        self._reads.names, self._reads.folders = theirs
        try:
            yield theirs
        finally:
            self._reads.names, self._reads.folders = ours
            self._reads.names |= theirs[0]
            self._reads.folders |= theirs[1]

    def settle(self, uri: str, state: State) -> None:
        """Put aside what a page has asked for so far, down to formulas and cells."""
        names, others = self._asked[uri]
        self._settled[uri] = Box(others | state.behind(names), self._aside)
        names.clear()
        others.clear()

    def of(self, uri: str, state: State) -> set[str]:
        """Everything that a page has asked for, down to formulas and cells; it has asked for the last time."""
        names, others = self._asked.pop(uri)
        return self._settled.pop(uri).open() | others | state.behind(names)
