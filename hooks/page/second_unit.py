"""A unit, a scale or a digit that stands beside a reference and makes another number of it: "12%"
of a ratio of 12, "$" before a price, "million" behind a count that says its own.
"""

import re
from collections.abc import Iterator

from hooks.formula.evaluate import Scenario
from hooks.formula.format import format_value
from hooks.formula.reference import parse_reference
from hooks.formula.units import WORD
from hooks.page.scan import flat, scan
from hooks.page.typed_numbers import BYTES, COUNTED, NUMBER, SCALE, TIME, TOKENS, WORK
from hooks.text.problems import Mistake

GAP = r"(?:[ \t*_~]|-(?=[A-Za-z])|\n(?!\s)|&nbsp;|&thinsp;){0,4}"
MONEY = r"[$€£¥]|dollars?|cents?|USD|euros?|[美欧日]元|美[分金]|元(?!素)"
MEASURED = (
    rf"{BYTES}|{TIME}|{WORK}|(?<!\d){MONEY}|{SCALE}|percent|per[ \t]cent|%"
    r"|毫秒|微秒|纳秒|秒(?!表)|分钟|个?小时|天|[千兆吉太]?字节|比特|千?瓦时?|焦耳?|万亿|亿|万|千|百"
)
COUNTS = rf"times|fold|[×x](?!\w|[ \t]*[\d`$])|倍|{TOKENS}|{COUNTED}|个?token|层"
"""What stands behind a bare number or one of millions, and behind none that shows a unit."""
SCALED = re.compile(rf"{SCALE}$")

BEHIND = re.compile(
    rf"(?P<digit>[.,]?\d+|[kKMGT](?!\w))|{GAP}(?P<measured>(?:{MEASURED})(?![A-Za-z0-9]))"
)
COUNTED_BEHIND = re.compile(rf"{GAP}(?P<counts>(?:{COUNTS})(?![A-Za-z0-9]))")
BEFORE = re.compile(r"(?P<sign>(?:US)?[$€£¥]|USD|百分之)[ \t*_]{0,3}$|(?P<digit>\d[.,]?)$")
RANGE = re.compile(rf"(?<![\w.,-])(?P<typed>{NUMBER})(?:[ \t]+to[ \t]+|[ \t]?[–~到至][ \t]?)$")


def second_units(text: str, start: int, scenario: Scenario) -> Iterator[Mistake]:
    """What stands beside the references behind `start` and belongs to no sentence; offsets are into
    the whole text.
    """
    plain = flat(text)
    for slot in scan(text):
        if slot.kind != "number" or slot.start < start:
            continue
        try:
            reference = parse_reference(slot.text, scenario)
        except Mistake:
            continue  # refused where the number is filled
        unit = reference.unit(scenario.library)
        if unit == WORD:
            continue
        shown = format_value(1.0, unit, reference.display)
        has_unit = bool(re.search(r"[^\d.,]", shown))
        before = BEFORE.search(plain, max(slot.start - 8, 0), slot.start)
        behind = BEHIND.match(plain, slot.end)
        if not behind and has_unit and not SCALED.search(shown):
            behind = COUNTED_BEHIND.match(plain, slot.end)
        for match in filter(None, (before, behind)):
            name = match.lastgroup or ""
            yield Mistake(_told(match[name], slot.text, has_unit), match.start(name))
        typed = RANGE.search(plain, max(slot.start - 16, 0), slot.start) if has_unit else None
        if typed:
            yield Mistake(
                f"{typed['typed']} is typed beside `{{{slot.text}}}`: let a reference compute it,"
                f" or mark it as meant: `{{={typed['typed']}}}`",
                typed.start("typed"),
            )


def _told(sign: str, text: str, has_unit: bool) -> str:
    """What a sign beside a reference does to it, and the cure."""
    if has_unit:
        return f"`{{{text}}}` shows its own unit: leave out '{sign}'"
    percent = sign in ("%", "percent", "per cent", "百分之")
    cure = f"write `{{{text}:%}}`" if percent else "leave it out"
    return f"'{sign}' makes another number of `{{{text}}}`: {cure}"
