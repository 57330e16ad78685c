"""A problem: where it is, what is wrong, and what would be right."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a file that a person edits. Lines and columns count from 1; 0 means the whole
    file.
    """

    path: str
    line: int
    column: int
    message: str

    cause: str = ""
    """The place of another mistake that this one only rests on."""

    @property
    def place(self) -> str:
        """Where it is: `docs/index.md:8:16`."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    @property
    def where(self) -> str:
        """The file with its line, as other problems and pages name it."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Where an offset into a text is, as problems say it."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as a writer reads them, each once: first those that others rest on, with how many,
    then the rest in order.
    """
    everything = sorted(set(problems))
    resting = Counter(problem.cause for problem in everything if problem.cause)
    causes = [problem for problem in everything if not problem.cause]
    causes.sort(key=lambda problem: problem.where not in resting)
    told = []
    for problem in causes:
        number = resting.pop(problem.where, 0)
        more = f" (and {_so_many(number)} on it)" if number else ""
        told.append(replace(problem, message=problem.message + more))
    return told + [
        Problem(place, 0, 0, f"has a mistake, and {_so_many(number)} on it")
        for place, number in sorted(resting.items())
    ]


def _so_many(number: int) -> str:
    return "one claim or number rests" if number == 1 else f"{number:,} claims and numbers rest"


class Mistake(ValueError):
    """Something a writer got wrong, before anybody knows where in the file it stands.

    `at` is the offset, in characters, into the text that was being read. `cause` is the place of
    another mistake, where this one only rests on it. `more` are further mistakes in the same text.
    """

    def __init__(self, message: str, at: int = 0, cause: str = "", more: "Sequence[Mistake]" = ()):
        super().__init__(message)
        self.message = message
        self.at = at
        self.cause = cause
        self.more = tuple(more)

    @property
    def all(self) -> tuple["Mistake", ...]:
        """This mistake and the others of its text."""
        return self, *self.more

    def shifted(self, by: int) -> "Mistake":
        """The same in a text that the one that was being read is a part of."""
        more = [each.shifted(by) for each in self.more]
        return Mistake(self.message, self.at + by, self.cause, more)


def together(mistakes: "Sequence[Mistake]") -> Mistake:
    """Several mistakes of one text as one, which has the others with it."""
    flat = [each for mistake in mistakes for each in mistake.all]
    return Mistake(flat[0].message, flat[0].at, flat[0].cause, flat[1:])


def resting_on(place: str, at: int = 0) -> Mistake:
    """What to say where something rests on a mistake that stands elsewhere."""
    return Mistake(f"{place} has a mistake", at, place)


def row_meant(word: str, rows: Iterable[str]) -> str:
    """`; did you mean 'h100-sxm'?` for a row's id: one that begins alike, or is near and has the
    same numbers.
    """
    known = list(rows)
    longer = [row for row in known if word and row.startswith(f"{word}-")]
    numbers = re.findall(r"\d+", word)
    alike = [row for row in known if re.findall(r"\d+", row) == numbers]
    if longer:
        return f"; did you mean '{min(longer, key=len)}'?"
    return did_you_mean(word, alike)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'decode_step'?` when something known is close to `word`, else nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
