"""A problem: where it is, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a file that a person edits. Lines and columns count from 1; 0 means the whole file."""

    path: str
    line: int
    column: int
    message: str

    @property
    def place(self) -> str:
        """Where it is: `docs/index.md:8:16`."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Where an offset into a text is, as problems say it."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class Mistake(ValueError):
    """Something a writer got wrong, before anybody knows where in the file it stands.

    `at` is the offset, in characters, into the text that was being read.
    """

    def __init__(self, message: str, at: int = 0):
        super().__init__(message)
        self.message = message
        self.at = at


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'decode_step'?` when something known is close to `word`, else nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
