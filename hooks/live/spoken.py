"""The words of scripts: the build puts a text in the place of each call of `say`, and ships no
key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hooks.live.emit import literal
from hooks.text.languages import Language, interface_text

CALL = re.compile(r"\bsay\(")
TOKEN = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)|[()\[\]{},]""")
PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Spoken:
    """A call of `say` in a script: `say("reason.missing", { row: this.row(row).name, label })`."""

    key: str
    places: dict[str, str]
    """Expressions by the name of the place that they fill."""
    start: int
    end: int


def spoken(code: str) -> Iterator[Spoken]:
    """The calls of `say` in a script, but for those within one."""
    end = 0
    while call := CALL.search(code, end):
        (key, *rest), end = _parts(code, call.end())
        if not re.fullmatch(r'"\w+\.\w+"', key) or (rest and not rest[0].startswith("{")):
            raise ValueError(f"say takes a key and places: {code[call.start() : end]}")
        entries = _parts(rest[0], 1)[0] if rest else []
        pairs = (entry.partition(":") for entry in entries)
        places = {name: expression.strip() or name for name, _, expression in pairs}
        yield Spoken(key[1:-1], places, call.start(), end)


def in_language(code: str, language: Language) -> str:
    """JavaScript with every call of `say` replaced by its text in one language."""
    parts, end = [], 0
    for call in spoken(code):
        parts += [code[end : call.start], _text(call, language)]
        end = call.end
    return "".join(parts) + code[end:]


def _text(call: Spoken, language: Language) -> str:
    """A text as a literal; where a count chooses one, as an expression that does."""
    text = interface_text(call.key, language)
    places = {name: in_language(expression, language) for name, expression in call.places.items()}
    if isinstance(text, str):
        return _filled(text, places)
    one, other = _filled(text["one"], places), _filled(text["other"], places)
    return f"({places['count']} === 1 ? {one} : {other})"


def _filled(text: str, places: dict[str, str]) -> str:
    """A text with expressions in its places, as a template; one without places is a string.

    `{label:lower}` calls the script's function `lower` with the expression.
    """
    if not PLACE.search(text):
        return literal(text)
    quoted = re.sub(r"[\\`]|\$(?=\{)", r"\\\g<0>", text)

    def expression(place: re.Match[str]) -> str:
        value = places[place[1]]
        return "${" + (f"{place[2]}({value})" if place[2] else value) + "}"

    return f"`{PLACE.sub(expression, quoted)}`"


def _parts(code: str, start: int) -> tuple[list[str], int]:
    """What commas separate after an opening bracket, and where the one that closes it ends."""
    parts, depth, begin = [], 0, start
    for token in TOKEN.finditer(code, start):
        sign = token[0]
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0 or (sign == "," and depth == 0):
            parts.append(code[begin : token.start()].strip())
            begin = token.end()
        if depth < 0:
            return [part for part in parts if part], begin
    raise ValueError(f"a bracket is not closed: {code[start : start + 80]}")
