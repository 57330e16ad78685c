"""Formulas in prose: a block of code called `formula`, plain to read as it is written, is set at
the size of the text.

    ```formula
    step = weights ÷ bandwidth
         + latency
    ```

A line breaks before an operator, first where the writer has broken it, then outside brackets, so
that nothing is cut on a phone. An empty line begins the next formula. A name that is the label of
one of our quantities leads to it.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

from hooks.formula.declaration import Quantity
from hooks.formula.library import Library
from hooks.text.curly import curly
from hooks.text.languages import Language

FENCE = re.compile(r"^([ ]*)```formula\n(.*?)\n[ ]*```$", re.MULTILINE | re.DOTALL)
SIGN = "[=≈<>≤≥÷×＋−+]"
OPERATOR = re.compile(rf"\s*(?={SIGN})")
"""Where a line may break: before an operator, and first where the writer has broken it."""
OPENS, CLOSES = re.compile("[(（]"), re.compile("[)）]")
POWER = re.compile(r"\^(\w+)")
BETWEEN = re.compile(
    r"([(),（），、=≈<>≤≥÷×＋−+\s]*[(),（），、=≈<>≤≥÷×＋−+][(),（），、=≈<>≤≥÷×＋−+\s]*)"
)
"""What stands between two names."""


def labels(library: Library, language: Language, address: str) -> dict[str, str]:
    """Where formulas lead: the place of each quantity on the page at an address, by its label in
    lower case.
    """
    return {
        declaration.title(language).casefold(): f"{address}#q-{name}"
        for name, declaration in library.names.items()
        if isinstance(declaration, Quantity)
    }


def with_formulas(text: str, addresses: Mapping[str, str], put: Callable[[str], str] = str) -> str:
    """Markdown with each block called `formula` set as HTML on one line, below which every line
    keeps its number.

    `addresses` says where a label, in lower case, is explained. `put` gives what stands for the
    HTML while Markdown runs, which would make a paragraph around it within an answer.
    """

    def set_block(block: re.Match[str]) -> str:
        formulas = re.split(r"\n\s*\n", curly(block[2].strip()))
        html = "".join(f'<p class="formula">{_line(each, addresses)}</p>' for each in formulas)
        return f"{block[1]}{put(html)}" + "\n" * (block[2].count("\n") + 2)

    return FENCE.sub(set_block, text)


def _line(formula: str, addresses: Mapping[str, str]) -> str:
    """A formula as groups, one for each of the writer's lines that begins with an operator, and
    terms within them.
    """
    groups = re.split(rf"\s*\n\s*(?={SIGN})", formula.strip())
    return " ".join(f"<span>{_group(group, addresses)}</span>" for group in groups)


def _group(group: str, addresses: Mapping[str, str]) -> str:
    terms = [term.strip() for term in OPERATOR.split(re.sub(r"\s*\n\s*", " ", group))]
    return _terms([_names(term, addresses) for term in terms if term], outer=True)


def _terms(terms: list[str], outer: bool = False) -> str:
    """Terms side by side. What a bracket holds stays together while it has a line's room."""
    runs: list[list[str]] = []
    depth = 0
    for term in terms:
        if depth:
            runs[-1].append(term)
        else:
            runs.append([term])
        depth = max(0, depth + len(OPENS.findall(term)) - len(CLOSES.findall(term)))
    if outer and len(runs) == 1:  # the group's own span holds it
        return _run(runs[0])
    return " ".join(f"<span>{_run(run)}</span>" for run in runs)


def _run(run: list[str]) -> str:
    first, *more = run
    return f"<span>{first}</span> {_terms(more)}" if more else first


def _names(part: str, addresses: Mapping[str, str]) -> str:
    return "".join(
        escape(piece) if at % 2 else _name(piece, addresses)
        for at, piece in enumerate(BETWEEN.split(part))
    )


def _name(name: str, addresses: Mapping[str, str]) -> str:
    shown = POWER.sub(r"<sup>\1</sup>", escape(name))
    address = addresses.get(name.strip().casefold())
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown
