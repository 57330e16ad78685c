"""Remarks: comments that look like ours and are not, so that a missing letter never switches a
check off.

A comment is *ours* when it is written as the README says: `holds: a < b`, `for field in values` or
`for …` above a table, or the name of a list. Every other one is an ordinary remark and passes,
unless it is nearly ours:

- a claim: its first word is one letter (or two that changed places) from `holds`, and a colon follows or a comparison
  stands in it; or all of it, an unknown word and colon in front left aside, is a comparison of a quantity;
- a table template: a name and `in` or `=` follow its first word, which is near `for` while the name is near a scenario
  field, or which is any word while the name is a field and a table follows at once;
- a list: all of it is one word, or two for lists that choose, and the first is near a list's name.

Case, a dash too many and full-width signs make no difference to what is near. `<!-- note: … -->`
always passes.
"""  # noqa: E501

import re
from collections.abc import Collection, Iterator

from hooks.formula.library import Library
from hooks.page.page_list import page_lists
from hooks.page.scan import FOR, ROWS, Token, blanked, code, flat, scan, tokens
from hooks.text.problems import Mistake

FIRST = re.compile(r"[\s\-–—]*([A-Za-z][\w-]*?)-*(?=[\s:=<>]|$)\s*(:?)\s*")
COMPARES = re.compile(r"<=|>=|==|[<>≤≥]|(?<![=])=(?!=)")
OPERATOR = {"≤": "<=", "≥": ">=", "=": "=="}
TERM = r"[A-Za-z_]\w*\s*(?:\([^()]*\))?"
COMPARISON = re.compile(
    rf"\s*({TERM})(?:\s*/\s*{TERM})?\s*(?:<=|>=|==|[<>≤≥=])\s*(?:{TERM}(?:\s*/\s*{TERM})?|[-+]?[\d.,]+(?:e[-+]?\d+)?\s*[\w/%·µ]*)[\s\-–—]*$"
)
SWEEP = re.compile(r"\s*(\w+)\s*(\sin\s|=|:)\s*(?=\S)")
WORDS = re.compile(r"[\s\-–—]*([A-Za-z][\w-]*?)\s*:?(?:\s+([\w.-]+?))?[\s.;\-–—]*$")
OPENING = re.compile(r"<\s*!?\s*[-–—]{1,3}\s*([A-Za-z]+)(?=[\s:：])[^\n<]*|<!\s+-{2}\s*([A-Za-z]+)")
DASHES = " \t\n-–—"
WAY_OUT = "a remark begins with 'note:'"


def misread(text: str, start: int, library: Library) -> Iterator[Mistake]:
    """What is wrong with the comments of a page that stand behind `start`; offsets are into the
    whole text.
    """
    ours = {slot.start for slot in scan(text) if slot.kind in ("claim", "table", "list")}
    found = tokens(text)
    for token in found:
        if token.ticks or token.start < start:
            continue
        if not token.closed or "<!--" in token.inner:
            yield Mistake("this comment is never closed: '-->' is missing", token.start)
        elif token.start not in ours:
            below = ROWS.match(text, token.end)
            right = _right(flat(token.inner), "|" in (below[0] if below else ""), library)
            if right:
                yield Mistake(
                    f"this comment does nothing; did you mean '<!-- {right} -->'? ({WAY_OUT})",
                    token.start,
                )
        elif (row := _row(text, token)) and (row == "above" or not FOR.match(token.inner)):
            yield Mistake(
                f"this comment makes a row of its own in the table {row} it: leave a blank line"
                " between them",
                token.start,
            )
    hidden = [*code(text), *((token.start, token.end) for token in found)]
    for match in OPENING.finditer(blanked(text, hidden), start):
        word = match[1] or match[2]
        if _near(word, ("holds", "for", *page_lists())) and re.search(r"[-–—]\s*>|:|：", match[0]):
            yield Mistake("a comment begins with '<!--' and ends with '-->'", match.start())


def _row(text: str, token: Token) -> str:
    """On which side a table touches a comment that has lines of its own: `above`, `below`, or
    nothing.
    """
    line = text.rfind("\n", 0, token.start) + 1
    end = text.find("\n", token.end)
    if text[line : token.start].strip() or text[token.end : end if end >= 0 else None].strip():
        return ""
    before = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line]
    after = text[end + 1 :].split("\n", 1)[0] if end >= 0 else ""
    if before.lstrip().startswith("|"):
        return "above"
    return "below" if after.lstrip().startswith("|") else ""


def _right(body: str, table: bool, library: Library) -> str:
    """What a comment that is not ours was meant to be; nothing for an ordinary remark."""
    first = FIRST.match(body)
    word, colon = (first[1], first[2]) if first else ("", "")
    rest = body[first.end() :] if first else body
    if word.lower() == "note" and colon:
        return ""
    if _near(word, ("holds",)) and (colon or COMPARES.search(rest)):
        return f"holds: {_claim(rest) or 'a < b'}"
    for compared in (body, rest) if colon else (body,):
        match = COMPARISON.match(compared)
        if match and match[1].split("(")[0].strip() in library.names:
            return f"holds: {_claim(compared)}"
    fields = library.fields_of_scenario
    for swept in (rest, body):
        match = SWEEP.match(swept)
        name = _near(match[1], fields) if match and (match[2] != ":" or table) else ""
        if (
            match
            and name
            and ((match[1] == name and table) or (swept is rest and _near(word, ("for",))))
        ):
            return f"for {name} in {_short(swept[match.end() :].strip(DASHES))}"
    match = WORDS.match(body)
    lists = page_lists()
    if match and (name := _near(match[1], lists)) and (not match[2] or lists[name].choosing):
        return f"{name} {match[2] or ''}".strip()
    return ""


def _claim(text: str) -> str:
    sides = COMPARES.sub(
        lambda match: f" {OPERATOR.get(match[0], match[0])} ",
        re.sub(r"\([^()]*\)", lambda pins: pins[0].replace("=", "\ue000"), text),
    ).replace("\ue000", "=")
    return _short(sides.strip(DASHES + ":"))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else "…"


def _near(word: str, known: Collection[str]) -> str:
    """The known word that this one is, but for its case, or one slip away from: a letter too many,
    missing, wrong, or two that changed places.
    """
    small = word.lower()
    return next(
        (right for right in known if small == right),
        next((right for right in known if _slip(small, right)), ""),
    )


def _slip(word: str, right: str) -> bool:
    if abs(len(word) - len(right)) > 1 or len(right) < 3:
        return False
    same = 0
    while same < min(len(word), len(right)) and word[same] == right[same]:
        same += 1
    left, other = word[same:], right[same:]
    return (
        left[1:] == other
        or left == other[1:]
        or (left[1:] == other[1:] and len(right) > 3)
        or (len(left) > 1 and left[1::-1] == other[:2] and left[2:] == other[2:])
    )
