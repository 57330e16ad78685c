"""Problems as GitHub shows them on a pull request: an annotation at each line, and all of them in
the job's summary.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from logging import Logger
from pathlib import Path

from hooks.text.problems import Problem, folded

ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What a workflow command cannot carry as it is; in a property, `:` and `,` neither."""


def annotation(problem: Problem) -> str:
    """The workflow command that puts a problem at its line: `::error file=…,line=8,col=16::…`."""
    places = {"file": problem.path, "line": problem.line, "col": problem.column}
    given = ",".join(f"{name}={_property(str(place))}" for name, place in places.items() if place)
    return f"::error {given}::{_escaped(problem.message)}"


def summary(problems: Iterable[Problem]) -> str:
    """All problems as a Markdown table; GitHub itself shows ten annotations a step at most."""
    rows = [f"| `{problem.place}` | {_cell(problem.message)} |" for problem in problems]
    if not rows:
        return ""
    count = f"{len(rows)} problem{'s' * (len(rows) > 1)}"
    return "\n".join(
        [f"## {count} in the writers' files", "", "| Where | What |", "| :--- | :--- |", *rows, ""]
    )


def report_problems(problems: Iterable[Problem], log: Logger) -> None:
    """Warn of every problem once; on GitHub annotate its line too."""
    once = folded(list(problems))
    for problem in once:
        log.warning("%s", problem)
    sys.stdout.write(annotate(once, os.environ))


def annotate(problems: list[Problem], environment: Mapping[str, str]) -> str:
    """What a build prints besides its warnings on GitHub; nothing elsewhere. The summary goes to
    its file.
    """
    if environment.get("GITHUB_ACTIONS") != "true":
        return ""
    if problems and (path := environment.get("GITHUB_STEP_SUMMARY")):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(summary(problems))
    return "".join(f"{annotation(problem)}\n" for problem in problems)


def _escaped(text: str) -> str:
    for character, code in ESCAPES.items():
        text = text.replace(character, code)
    return text


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
