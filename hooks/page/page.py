"""A page: its source, its scenario, and what is wrong with it."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import scenario_from
from hooks.page.derivations import Works
from hooks.page.filled import List
from hooks.page.number import Numbers
from hooks.page.page_mistakes import line_mistakes
from hooks.text.address import card_of
from hooks.text.languages import Language
from hooks.text.problems import Mistake, Problem, line_and_column


class Page:
    """One page's source, ready to be filled."""

    def __init__(
        self,
        path: str,
        text: str,
        base: Scenario,
        language: Language,
        works: Works,
        lists: Mapping[str, List] | None = None,
        up: str = "",
    ):
        """`path` as problems print it; `text` is the whole file, front matter included; `works`
        collects its panels; `lists` writes what comments such as `<!-- essays -->` stand for;
        `up` leads from the page to the root of its language.
        """
        self.path = path
        self.text = text
        self.language = language
        self.problems: list[Problem] = []
        self.generated = False
        """Whether no writer wrote the page, so that what it says is checked where it was read."""
        self.lists = lists or {}
        self.up = up
        self.works = works
        self.body_at = body_at(text)
        self.scenario = base
        self.numbers = Numbers(text, base, language, works, self.refuse)

    def set_scenario(
        self, given: object, typed: Mapping[str, str] | None = None, inherited: bool = False
    ) -> None:
        """Take the scenario of the front matter; what is wrong in it becomes a problem at its line.

        `typed` are its values as they stand there: YAML reads the id 007 as seven. Of an
        `inherited` one nothing is told here, since the page that says it tells it.
        """
        fields = self.scenario.library.fields_of_scenario
        if given is None or isinstance(given, Mapping):
            values = {
                name: (typed or {}).get(name, value)
                if isinstance(fields.get(name), Choice)
                else value
                for name, value in (given or {}).items()
            }
            scenario, mistakes = scenario_from(values, self.scenario)
        else:
            shape = "scenario maps fields to values: scenario: {batch: 1}"
            scenario, mistakes = self.scenario, [Mistake(shape)]
        self.scenario = self.numbers.scenario = self.works.home = scenario
        if inherited:
            return
        for mistake in mistakes:
            word = re.search(r"'([^']*)'", mistake.message)
            key = re.search(
                rf"^scenario:[^\x00]*?\b{re.escape(word[1])}\b" if word else r"^scenario:",
                self.text,
                re.MULTILINE,
            )
            self.refuse(mistake, key.end() - len(word[1] if word else key[0]) if key else 0)

    def plain(self, text: str) -> str:
        """A line of front matter with its references as plain text."""
        at = max(self.text.find(text, 0, self.body_at), 0)
        for mistake in line_mistakes(text, self.scenario):
            self.refuse(mistake, at)
        return self.numbers.line(text, at, self.numbers.bare, str)

    def followed(self, text: str) -> str:
        """A line of front matter as HTML whose numbers follow the reader's scenario."""
        return self.numbers.line(text, 0, lambda slot, _: self.numbers.followed(slot), escape)

    def card(self, name: str) -> str:
        """Where the short page of a table's row is, whose own name a number of it tells; empty
        where there is none.
        """
        row, choice = self.numbers.row, self.scenario.library.fields_of_scenario.get(name.strip())
        if not isinstance(choice, Choice) or choice.name not in row:
            return ""
        card = card_of(choice.table, str(row[choice.name]))
        return card and self.up + card

    def fill_texts(self, meta: dict[str, Any]) -> None:
        """Fill the front matter's texts in place; title and question also as HTML that follows the
        reader.
        """
        for key in ("title", "question", "description"):
            if isinstance(meta.get(key), str):
                follows = self.followed(meta[key]) if key != "description" else ""
                meta |= {f"{key}_followed": follows, key: self.plain(meta[key])}

    def refuse(self, mistake: Mistake, at: int = 0) -> None:
        """Note a mistake whose offset is one into what begins at `at`: the whole file, or a part of
        it.
        """
        self.problems += [
            Problem(self.path, *line_and_column(self.text, at + each.at), each.message, each.cause)
            for each in mistake.all
        ]


def body_at(text: str) -> int:
    """Where the Markdown begins, after the front matter."""
    match = re.match(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n+", text, re.DOTALL)
    return match.end() if match else 0
