"""Forms: the spellings under which texts use a term, and where a text does so."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

HAN = re.compile(r"[\u3400-\u9fff]")
SIDES = "A-Za-z0-9_/-"
"""What may not touch an English form: `batch` is no word of `mini-batch` or of `batch/2`."""


class Hit(NamedTuple):
    """A term's name in a text, from `start` to `end`."""

    start: int
    end: int
    term: str


class Forms:
    """Finds terms by their spellings: at each place the longest, so that none is found inside a
    longer one.
    """

    def __init__(self, spellings: Mapping[str, Iterable[str]]):
        """`spellings` maps a term's id to its forms, in either language; English ones also match
        their plural.
        """
        pairs = sorted(
            ((form, term) for term, forms in spellings.items() for form in forms),
            key=lambda pair: (HAN.match(pair[0]) is None, -len(pair[0]), pair[0]),
        )
        self._terms = [term for _, term in pairs]
        han = [form for form, _ in pairs if HAN.match(form)]
        self.hits = lru_cache(maxsize=2048)(
            self._hits
        )  # a page is asked twice, for what it uses and for what it marks
        """Every use of a term in a text, from left to right."""
        self._pattern = re.compile(
            f"{_any(han)}|(?<![{SIDES}]){_any([form for form, _ in pairs[len(han) :]])}"
        )

    def _hits(self, text: str) -> list[Hit]:
        return [
            Hit(match.start(), match.end(), self._terms[(match.lastindex or 1) - 1])
            for match in self._pattern.finditer(text)
        ]

    def named(self, text: str) -> str:
        """The term whose name a text is, punctuation around it aside; else nothing."""
        match = self._pattern.fullmatch(text.strip(" \n.,:;!?。，：；！？"))
        return self._terms[(match.lastindex or 1) - 1] if match else ""


def _any(forms: list[str]) -> str:
    """A pattern of which each form is a group. Most places of a text are left after a look at one
    letter.
    """
    firsts = "".join(sorted({letter for form in forms for letter in (form[0], form[0].upper())}))
    return (
        f"(?=[{re.escape(firsts)}])(?:{'|'.join(f'({_pattern(form)})' for form in forms)})"
        if forms
        else r"(?!)"
    )


def _pattern(form: str) -> str:
    """A form as a pattern, for where its first letter may stand: any space between its words, and
    perhaps one where Han meets Latin.
    """
    parts = re.findall(r"[\u3400-\u9fff]+|\s+|[^\s\u3400-\u9fff]+", form)
    pattern = ""
    for before, part in zip(["", *parts], parts, strict=False):
        if before and not part.isspace() and not before.isspace():
            pattern += r"\s?"
        pattern += r"\s+" if part.isspace() else re.sub("['’]", "['’]", re.escape(part))
    if HAN.search(form[-1]) is None:
        pattern = _plural(pattern, form) + f"(?![{SIDES}])"
    if HAN.match(form) is None:
        first = form[0]
        pattern = f"[{first}{first.upper()}]{pattern[1:]}" if first.islower() else pattern
    return pattern


def _plural(pattern: str, form: str) -> str:
    if re.search(r"[^aeiou]y$", form):
        return f"{pattern[:-1]}(?:y|ies)"
    return pattern + ("(?:es)?" if form.endswith(("s", "x", "ch", "sh")) else "s?")
