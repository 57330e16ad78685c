"""The glossary: `docs/data/glossary.yml`, the field's terms in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from hooks.formula.marks import unmarked
from hooks.text.languages import LANGUAGES, Language
from hooks.text.problems import Problem
from hooks.text.rows import Place, Reading, relative, rows
from hooks.text.source import read_source
from hooks.words.forms import Forms

NEEDED = ("en", "zh", "definition", "definition_zh")
LISTS = ("forms", "forms_zh", "see", "also")
KEYS = (*NEEDED, *LISTS)


@dataclass(frozen=True)
class Term:
    """A term: its names and what it means, its further spellings, what explains it at length, and
    under which other words in either language readers look for it, though no text uses them.
    """

    id: str
    names: dict[Language, str]
    definitions: dict[Language, str]
    forms: dict[Language, tuple[str, ...]]
    see: tuple[str, ...]
    also: tuple[str, ...]
    place: Place

    def spellings(self, language: Language) -> tuple[str, ...]:
        """How texts in a language write it; Chinese ones may use the English word."""
        own = (self.names["en"], *self.forms["en"])
        return tuple(
            dict.fromkeys(own if language == "en" else (self.names["zh"], *self.forms["zh"], *own))
        )

    def searched(self, language: Language) -> tuple[str, ...]:
        """Every word under which a reader may look for it: a language's own name comes first, then
        whatever either language calls it.
        """
        both = (*self.spellings(language), *self.spellings("zh"), *self.also)
        return tuple(dict.fromkeys(both))

    def foreign(self, language: Language) -> tuple[str, ...]:
        """What the other language calls it, where that is another word; its name comes first."""
        other: Language = "zh" if language == "en" else "en"
        own = (self.names[language], *self.forms[language])
        words = (self.names[other], *self.forms[other])
        return tuple(dict.fromkeys(word for word in words if word not in own))


class Glossary:
    """Every term; what is wrong in one becomes a problem at its place, and that one is left
    out.
    """

    def __init__(self, path: str, text: str, known: Callable[[str], str]):
        """`path` is the file as problems print it; `known` says what is wrong with something to
        see, or nothing.
        """
        self.problems: list[Problem] = []
        self.terms: dict[str, Term] = {}
        self._path = path
        self._known = known
        self._owners: dict[tuple[Language, str], str] = {}
        for key, node in rows(
            path,
            text,
            "the glossary maps ids to terms: kv-cache: {en: …, zh: …, definition: …,"
            " definition_zh: …}",
            self.problems,
        ):
            self._take(key, node)

    @classmethod
    def read(cls, path: Path, root: Path, known: Callable[[str], str]) -> "Glossary":
        """The file, or an empty glossary where there is none."""
        return cls(relative(path, root), read_source(path), known)

    def forms(self, language: Language) -> Forms:
        """What finds the terms in texts of a language."""
        return _forms(tuple((term.id, term.spellings(language)) for term in self.terms.values()))

    def _take(self, key: yaml.Node, node: yaml.Node) -> None:
        before = len(self.problems)
        row = Reading(self._path, node, self.problems)
        id = str(key.value)
        if id in self.terms:
            row.refuse(key, f"'{id}' stands twice in the glossary")
        for needed in NEEDED:
            if not row.text(needed).strip():
                row.refuse(key, f"'{id}' has no {needed}: the glossary is in both languages")
        row.refuse_unknown(KEYS, "a term")
        lists = {one: row.words(one) for one in LISTS}
        for see, at in lists["see"]:
            if wrong := self._known(see):
                row.refuse(at, wrong)
        self._claim_spelling(
            row, "en", id, [(row.text("en"), row.nodes.get("en", key)), *lists["forms"]]
        )
        self._claim_spelling(
            row, "zh", id, [(row.text("zh"), row.nodes.get("zh", key)), *lists["forms_zh"]]
        )
        for language in LANGUAGES:
            self._claim_spelling(row, language, id, lists["also"])
        if len(self.problems) == before:
            words = {one: tuple(word for word, _ in found) for one, found in lists.items()}
            self.terms[id] = Term(
                id=id,
                names={"en": row.text("en"), "zh": row.text("zh")},
                definitions={
                    "en": unmarked(row.text("definition")),
                    "zh": unmarked(row.text("definition_zh")),
                },
                forms={"en": words["forms"], "zh": words["forms_zh"]},
                see=words["see"],
                also=words["also"],
                place=row.place(key),
            )

    def _claim_spelling(
        self, row: Reading, language: Language, id: str, found: list[tuple[str, yaml.Node]]
    ) -> None:
        """A spelling belongs to one term."""
        for word, at in found:
            owner = self._owners.setdefault((language, word), id)
            if word and owner != id:
                row.refuse(at, f"'{word}' is '{owner}' already")


@lru_cache(maxsize=4)
def _forms(spellings: tuple[tuple[str, tuple[str, ...]], ...]) -> Forms:
    return Forms(dict(spellings))
