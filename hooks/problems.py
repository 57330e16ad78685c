"""A problem: where it is, what is wrong, and what would be right."""

from collections.abc import Iterable, Sequence
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

    `at` is the offset, in characters, into the text that was being read. `more` are further mistakes in the same text.
    """

    def __init__(self, message: str, at: int = 0, more: "Sequence[Mistake]" = ()):
        super().__init__(message)
        self.message = message
        self.at = at
        self.more = tuple(more)

    @property
    def all(self) -> tuple["Mistake", ...]:
        """This mistake and the others of its text."""
        return self, *self.more

    def shifted(self, by: int) -> "Mistake":
        """The same in a text that the one that was being read is a part of."""
        return Mistake(self.message, self.at + by, [each.shifted(by) for each in self.more])


def together(mistakes: "Sequence[Mistake]") -> Mistake:
    """Several mistakes of one text as one, which has the others with it."""
    flat = [each for mistake in mistakes for each in mistake.all]
    return Mistake(flat[0].message, flat[0].at, flat[1:])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'decode_step'?` when something known is close to `word`, else nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
