"""References that lack a sign: a brace, a backtick, or one of them full-width, doubled or on the
wrong side; fences, links, tags and lists of attributes that nothing closes; figures and captions
that nobody would see.
"""

import re
from collections.abc import Iterator

from hooks.formula.library import Library
from hooks.page.figure_lines import figure_mistakes
from hooks.page.open_markup import open_markup
from hooks.page.scan import Token, blanked, code, flat, open_fence, refers, tokens
from hooks.text.problems import Mistake, did_you_mean

RIGHT = "a number is written `{name:unit}`, in one pair of braces within backticks"
NAME = r"([A-Za-z_]\w*)"
OPENS = re.compile(rf"\s*\{{+\s*{NAME}\s*(.?)", re.DOTALL)
CLOSES = re.compile(rf"\s*{NAME}\s*(?:\([^(){{}}]*\))?\s*[^(){{}}\n]*\}}\s*$")
BARE = re.compile(rf"(?<![\\{{])\{{+\s*{NAME}\s*(?=[(:/}}])")
ENDS = re.compile(
    rf"(?<![\w{{(=,/]){NAME}(?:\s*\([^(){{}}\n]*\))?(?:\s*/\s*\w+(?:\([^(){{}}\n]*\))?)?(?:\s*:\s*[\w/%µ·]+)?\s*\}}"
)
BESIDE = re.compile(
    r"\]\([^)\n]*\)|<[A-Za-z/][^>\n]*>|\{\s*[:#.][^}\n]*\}|^[ \t]*\[[^\]\n]+\]:[^\n]*", re.MULTILINE
)
"""Where no reference is filled: link targets and titles, HTML tags, lists of attributes."""


def unclosed(text: str, start: int, library: Library) -> Iterator[Mistake]:
    """What is nearly a reference behind `start`, and what nothing closes; offsets are into the
    whole text.

    A name decides: it is a quantity's or a field's, or near one with `(`, `:` or `/` behind it.
    Code in fences or in two backticks, link targets, HTML attributes and lists of attributes are
    left alone.
    """
    if (fence := open_fence(text)) is not None and fence >= start:
        yield Mistake("this fence is never closed, so the rest of the page is code", fence)
    yield from _in(text, tokens(text), start, library)
    yield from open_markup(text, start)
    yield from figure_mistakes(text, start)


def _in(text: str, found: tuple[Token, ...], start: int, library: Library) -> Iterator[Mistake]:
    told = -1
    """The paragraph whose backticks are told to be odd: what else looks odd in it follows from
    that.
    """
    mistakes: list[Mistake] = []
    for token in found:
        if token.start >= start and token.ticks == 1 and (message := _span(token, library)):
            mistakes.append(Mistake(message, token.start))
    hidden = [*code(text), *((token.start, token.end) for token in found)]
    body = blanked(text, hidden)
    body = flat(blanked(body, [match.span() for match in BESIDE.finditer(body)]))
    seen: set[int] = set()
    for match in BARE.finditer(body, start):
        if _known(match[1], body[match.end() : match.end() + 1], library):
            seen.add(body.find("}", match.end()))
            mistakes.append(Mistake(_bare(text, match.start(), match.end()), match.start()))
    for match in ENDS.finditer(body, start):
        if match.end() - 1 not in seen and match[1] in library.names:
            mistakes.append(Mistake(f"'{{' is missing before '{match[1]}': {RIGHT}", match.start()))
    for mistake in sorted(mistakes, key=lambda mistake: mistake.at):
        paragraph = text.count("\n\n", 0, mistake.at)
        if paragraph != told:
            yield mistake
        if "backtick" in mistake.message.split(":")[0]:
            told = paragraph


def _span(token: Token, library: Library) -> str:
    """What is wrong with a code span that is nearly a reference."""
    inner = flat(token.inner)
    if refers(token.inner):
        braces = token.inner.strip()[0] + token.inner.strip()[-1]
        wrong = next((sign for sign in braces if not sign.isascii()), "")
        return f"'{wrong}' is a full-width sign: write '{flat(wrong)}'" if wrong else ""
    match = OPENS.match(inner)
    if match and _known(match[1], match[2], library):
        if "}" not in inner:
            return f"'}}' is missing: {RIGHT}"
        if re.match(r"\s*\{\{", inner):
            return f"two braces where one is right: {RIGHT}"
        behind = inner[inner.index("}") + 1 :]
        if re.match(r"\s*[:(/]", behind):
            return f"a unit, pins and the second half of a ratio stand within the braces: {RIGHT}"
        if behind.strip():
            return f"the backtick behind '}}' is missing: {RIGHT}"
        if match[2] in "([{" and match[2]:
            return f"the brackets of the pins do not pair: {RIGHT}"
        return ""
    match = CLOSES.match(inner)
    if match and match[1] in library.names and "{" not in inner:
        return f"'{{' is missing: {RIGHT}"
    return ""


def _bare(text: str, start: int, end: int) -> str:
    before = text[start - 1 : start]
    close = re.compile(r"[}｝\n]").search(text, end)
    if not close or close[0] == "\n":
        return f"'}}' and the backtick behind it are missing: {RIGHT}"
    after = text[close.end() : close.end() + 1]
    if before == "`" and after != "`":
        return f"the backtick behind '}}' is missing: {RIGHT}"
    if after == "`" and before != "`":
        return f"the backtick before '{{' is missing: {RIGHT}"
    if before == "`":
        return f"the backticks do not pair: {RIGHT}"
    if before in "‘’“”'\"´" and before:
        return f"'{before}' stands where a backtick is right: {RIGHT}"
    return f"the backticks around this are missing: {RIGHT}"


def _known(name: str, behind: str, library: Library) -> bool:
    return name in library.names or (
        behind in ("(", ":", "/") and "_" in name and bool(did_you_mean(name, library.names))
    )
