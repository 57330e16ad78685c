"""Inputs: what each page asks for while it is filled and finished, whoever asks on its behalf."""

from hooks.formula.evaluate import Reads
from hooks.kept.trace import State


class Inputs:
    """Notes by page. `reads` is what the scenario of this build notes in."""

    def __init__(self, reads: Reads):
        self._reads = reads
        self._asked = {"": (reads.names, reads.folders)}

    def ask(self, uri: str) -> None:
        """From now on, what is asked for is asked for by this page."""
        self._reads.names, self._reads.folders = self._asked.setdefault(uri, (set(), set()))

    def add(self, *inputs: str) -> None:
        """Inputs, besides numbers, of the page that asks at present."""
        self._reads.folders.update(inputs)

    def of(self, uri: str, state: State) -> set[str]:
        """Everything that a page has asked for, down to formulas and cells."""
        names, others = self._asked[uri]
        return state.behind(names) | others
