"""Formulas in prose: a block of code called `formula`, plain to read as it is written, is set at the size of the text.

    ```formula
    step = weights ÷ bandwidth
         + latency
    ```

A line breaks before an operator and nowhere else, so that nothing is cut on a phone. Line breaks and indentation are the
writer's own: an empty line begins the next formula. A name that is the label of one of our quantities leads to it.
"""

import re
from collections.abc import Mapping
from html import escape

FENCE = re.compile(r"^([ ]*)```formula\n(.*?)\n[ ]*```$", re.MULTILINE | re.DOTALL)
OPERATOR = re.compile(r"\s*(?=[=≈<>≤≥÷×＋−+])")
"""Where a line may break: before an operator."""
POWER = re.compile(r"\^(\w+)")
BETWEEN = re.compile(
    r"([(),（），、=≈<>≤≥÷×＋−+\s]*[(),（），、=≈<>≤≥÷×＋−+][(),（），、=≈<>≤≥÷×＋−+\s]*)"
)
"""What stands between two names."""


def with_formulas(text: str, addresses: Mapping[str, str]) -> str:
    """Markdown with each block called `formula` set as HTML on one line, so that no number of lines' place changes.

    `addresses` says where a label, in lower case, is explained.
    """
    return FENCE.sub(lambda block: _set(block[1], block[2], addresses), text)


def _set(indent: str, body: str, addresses: Mapping[str, str]) -> str:
    formulas = re.split(r"\n\s*\n", body.strip())
    paragraphs = "".join(f'<p class="formula">{_line(each, addresses)}</p>' for each in formulas)
    return f"{indent}{paragraphs}" + "\n" * (body.count("\n") + 2)


def _line(formula: str, addresses: Mapping[str, str]) -> str:
    joined = re.sub(r"\s*\n\s*", " ", formula.strip())
    parts = [part for part in OPERATOR.split(joined) if part.strip()]
    return " ".join(f"<span>{_names(part.strip(), addresses)}</span>" for part in parts)


def _names(part: str, addresses: Mapping[str, str]) -> str:
    return "".join(
        escape(piece) if at % 2 else _name(piece, addresses)
        for at, piece in enumerate(BETWEEN.split(part))
    )


def _name(name: str, addresses: Mapping[str, str]) -> str:
    shown = POWER.sub(r"<sup>\1</sup>", escape(name))
    address = addresses.get(name.strip().casefold())
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown
