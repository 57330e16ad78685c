"""Entries: the quantities that a reference page lists, found by label, name and formula."""

import ast
import re

from hooks.formula.declaration import Quantity
from hooks.formula.library import Library
from hooks.publish.search.section import ENTRY, Section
from hooks.text.languages import Language, say

REFUSAL = re.compile(r"impossible\((?:'[^']*'|\"[^\"]*\"|[^()'\"])*\)")
WORD = re.compile(r"'[^']*'|[A-Za-z_]\w*|[<>=!]=|[*-]")
SIGNS = {"*": "×", "-": "−", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def quantities(library: Library, language: Language) -> list[Section]:
    """Every quantity where the list of them has it; it is also called by its name in formulas and
    by its other label.
    """
    return [_entry(quantity, library, language) for quantity in library.quantities]


def _entry(quantity: Quantity, library: Library, language: Language) -> Section:
    other = quantity.title("en" if language == "zh" else "zh")
    why = quantity.why_zh if language == "zh" else quantity.why
    return Section(
        f"q-{quantity.name}",
        ENTRY,
        quantity.title(language),
        f"= {formula_text(quantity, library, language)} · {why}",
        f"{quantity.name} · {other}",
    )


def formula_text(quantity: Quantity, library: Library, language: Language) -> str:
    """The formula on one line, in the labels that readers know."""
    texts = {name: library.names[name].title(language) for name in quantity.parameters}
    texts |= SIGNS | {
        "if": say("formula.if", language),
        "else": say("formula.else", language),
        "and": say("formula.and", language),
        "or": say("formula.or", language),
    }
    if language == "zh":
        texts |= {repr(word): repr(chinese) for word, chinese in quantity.words.items()}
    return WORD.sub(
        lambda found: texts.get(found[0], found[0]), REFUSAL.sub("n/a", ast.unparse(quantity.body))
    )
