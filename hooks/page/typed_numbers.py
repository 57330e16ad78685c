"""Typed numbers: what prose states in one of our units and no reference computes.

A number in a unit of `hooks/formula/units.py`, by its sign or its name in either language, in body
text, headings, cells, captions, alt texts, and in what front matter shows. Not one of them: years
and dates, numbers of sections, figures and versions, the `70B` of a model's name, a catalogue row's
own name (`A100 80GB SXM`), numbers in words, bare counts. Code, comments, addresses and HTML tags
are left alone. The code span `{=80 GB}` marks a number that is meant, such as one that somebody
else printed, and is shown as plain text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from hooks.page.scan import blanked, code, flat, scan, tokens
from hooks.text.problems import Mistake

NUMBER = (
    r"(?:10\^-?\d+|\d{1,3}(?: \d{3})+(?![\d.,])|\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?|\.\d+"
    r"|\d?[½¼¾⅓⅔])"
)
ABOUT = r"(?:\+|-odd|[ \t]or[ \t]so|[多余来])?"
"""What makes a round number of one: 100+, 20-odd, 100多."""
GAP = r"[ \t*_~\\]{0,4}(?:\n(?![ \t]*\n)[ \t>]*)?[ \t*_~\\]{0,4}"
BYTES = r"(?:[kKMGTPE]i?B(?:ps)?|[kKMGTP]i?b(?:it|ps)?(?:/s)?|(?<=[\s*_])B|B(?=/)|(?:kilo|mega|giga|tera|peta)?(?:bytes?|bits?))"  # noqa: E501
TIME = r"(?:[nµμmp]s|(?<=\d)us|s|secs?|mins?|h|hrs?|(?:milli|micro|nano)?seconds?|minutes?|hours?|days?)"  # noqa: E501
WORK = r"(?:[kMGTPE]?FLOP(?:s|S)?|[kKMGTPmµμ]?[JW]h?|(?:kilo|mega)?watts?|(?:kilo|mega)?joules?)"
COUNTED = r"(?:tok(?:en)?|layer|head|expert|chip|GPU|sequence|parameter|param|request|block)s?"
TOKENS = r"(?:[kKMGT]\+?[ \t]*)?tok(?:en)?s?"
SCALE = r"(?:thousand|million|billion|trillion)"
WORDY = (
    rf"(?:(?:{SCALE}[ \t]+)?(?:(?<=[\s*_])[A-Za-z-]+[ \t]+)??{COUNTED}|{SCALE}(?:["
    rf" \t]+(?:dollars|bytes|{COUNTED}))?|dollars?|euros?|yuan|cents?|USD|EUR|CNY|RMB|percent"
    r"|per[ \t]cent|times|fold)"
)
LATIN = (
    rf"(?:(?:{BYTES}|{TIME}|{WORK}|{TOKENS}|{WORDY})(?![A-Za-z0-9])|%|(?<=\d)[×x](?!\w|["
    r" \t]*[\dA-Z(]))"
)
HAN = (
    r"(?:(?:万亿|亿|万(?=个?(?:token|参数|字节|美元|元))|[百千]万?)?(?:毫秒|微秒|纳秒|秒|分钟|个?小时|天|[千兆吉太]?字节|比特|美元|美金|美分|欧元|块钱|元(?!素)|千?瓦时?|焦耳?|倍|个?["
    r" \t]*token|个?词元|层|个[ \t]*(?:KV|query)?["
    r" \t]*头|个(?:路由)?专家|[块张](?:GPU|芯片|卡)|条序列|个参数|个请求)|万亿|亿)"
)
MONEY = r"(?:US)?\\?[$€£¥][ \t]?"
RANGE = rf"(?:{NUMBER}{GAP}(?:to|and|or|[-–—~～至到和或])[ \t]*)?"
RATE = (
    r"(?:[ \t]?/[ \t]?[A-Za-z]+|[ \t]per[ \t][a-z]+|[ \t]an?["
    r" \t](?:second|minute|hour|day|month|token|step|card|chip|layer|request)\b)*"
)
TYPED = re.compile(
    rf"(?<![A-Za-z0-9_.,$/]){MONEY}{NUMBER}(?![A-Za-z]*\d)"
    rf"|(?<![\w$])USD[ \t]{NUMBER}"
    rf"|百分之[ \t]?{NUMBER}"
    rf"|(?<![A-Za-z0-9_^#])(?<!\d[.,])(?<![A-Za-z]-){RANGE}{NUMBER}{ABOUT}(?:{GAP}|[-‑])(?:{LATIN}|{HAN}){RATE}"
)
NUMBERED = re.compile(
    r"(?:第|图|表|练习|§|\b(?:sections?|figures?|tables?|exercises?|chapters?|parts?|layers?|steps?|versions?|lines?|pages?|rows?|batch|chips?|heads?))["
    r" \t]*$",
    re.IGNORECASE,
)
"""What stands before a number that names something."""
YEAR = re.compile(r"(?:19\d\d|20[0-3]\d)(?:[ \t]+[A-Za-z]|s$)")
DECADE = re.compile(r"\d{1,3}0s$")
BITS = re.compile(r"\d+[-‑]bits?$")
"""A number format's name: 8-bit weights."""

ELEMENTS = re.compile(
    r"<(code|pre|script|style|kbd|math|svg)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
TAG = re.compile(r"<[A-Za-z/!][^>]*>")
SPOKEN = re.compile(r"\b(?:alt|title|aria-label)=(?:\"([^\"]*)\"|'([^']*)')")
BESIDE = re.compile(
    r"\]\([^)\n]*\)|\{:?\s*[:#.][^}\n]*\}|^[ \t]*\[[^\]\n]+\]:["
    r" \t]+\S+|\bhttps?://[^\s)）]+|\]\[[^\]\n]*\]",
    re.MULTILINE,
)
ENTITY = re.compile(r"&(?:nbsp|thinsp|ensp|#160|#8239|#xa0|#x202f);", re.IGNORECASE)

Names = Mapping[str, Mapping[str, tuple[str, str]]]
"""By table, what each row is called in either language, by its id."""


def typed_numbers(text: str, names: Names, start: int = 0) -> Iterator[Mistake]:
    """Every typed number behind `start`, with its cure; offsets are into the whole text."""
    for at, end, row in found(text, names, start):
        if not row:
            shown = " ".join(
                re.sub(r"[*_~\\]", "", TAG.sub("", ENTITY.sub(" ", text[at:end]))).split()
            )
            yield Mistake(
                f"{shown} is typed: let a reference compute it, or mark it as meant:"
                f" `{{={shown}}}`",
                at,
            )
    for slot in scan(text):
        if slot.kind == "mark" and slot.start >= start and not re.search(r"\d", slot.text):
            yield Mistake("a mark holds the number that is meant: `{=80 GB}`", slot.inner)


def found(text: str, names: Names, start: int = 0) -> Iterator[tuple[int, int, str]]:
    """Where numbers in our units stand, each with the catalogue row, `models/llama-2-7b`, whose
    name it belongs to, or nothing.
    """
    prose = _prose(text)
    for match in TYPED.finditer(prose, start):
        said = match[0]
        counted = re.fullmatch(rf"\d+[ \t]+{COUNTED}", said)
        before = prose[max(match.start() - 12, 0) : match.start()].replace("\n\n", "|")
        if (
            NUMBERED.search(before)
            or YEAR.match(said)
            or DECADE.match(said)
            or BITS.match(said)
            or (counted and re.search(rf"\b(?:{_families(tuple(_titles(names)))})[ \t]*$", before))
            or (
                re.fullmatch(r"\d+[½¼¾⅓⅔]?[ \t]+times", said)
                and re.search(r"[Tt]he[ \t]*$", before)
            )
        ):
            continue
        yield (*match.span(), _row(prose, *match.span(), names))


def _prose(text: str) -> str:
    """A page with everything blanked that is no prose, so that places stay true."""
    hidden = [*code(text)]
    hidden += [(token.start, token.end if token.closed else len(text)) for token in tokens(text)]
    body = blanked(text, hidden)
    hidden = [match.span() for match in ELEMENTS.finditer(body)]
    hidden += [match.span() for match in BESIDE.finditer(body)]
    hidden += [match.span() for match in ENTITY.finditer(body)]
    body = blanked(body, hidden)
    return flat(TAG.sub(_spoken, body))


def _spoken(tag: re.Match[str]) -> str:
    """A tag of which nothing is left but what a reader is told."""
    kept = [each.span(each.lastindex or 0) for each in SPOKEN.finditer(tag[0])]
    return "".join(
        letter if letter == "\n" or any(start <= at < end for start, end in kept) else " "
        for at, letter in enumerate(tag[0])
    )


def _row(prose: str, start: int, end: int, names: Names) -> str:
    """The row whose own name a number is part of, so far as it is named here."""
    for name, where in _numbered(tuple(_titles(names))):
        line = prose[max(start - 60, 0) : end]
        if re.search(name + r"$", line):
            return where
    return ""


def _titles(names: Names) -> Iterable[tuple[str, str]]:
    for table, rows in names.items():
        for row, called in rows.items():
            for name in sorted({*called}):
                if name and re.search(r"\d[ \t]?[A-Za-z]", name):
                    yield name, f"{table}/{row}"


@lru_cache(maxsize=8)
def _families(titles: tuple[tuple[str, str], ...]) -> str:
    """What numbers in names stand behind: `Llama` 3, `Gemma` 2."""
    return "|".join(sorted({re.escape(name.split()[0]) for name, _ in titles})) or "-"


@lru_cache(maxsize=8)
def _numbered(titles: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Patterns of names as far as their numbers, with or without a space before the unit."""
    result = []
    for name, where in titles:
        for match in TYPED.finditer(name):
            words = re.findall(r"\d+(?:\.\d+)?|[^\W\d]+|[^\w\s]", name[: match.end()])
            result.append((r"(?<!\w)" + r"\s*".join(map(re.escape, words)), where))
    return tuple(result)


SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
KINDS = {
    "ms": "ms|毫秒|milliseconds?", "µs": "[µμ]s|微秒|microseconds?", "s": "s|秒|seconds?", "min": "min|分钟|minutes?",  # noqa: E501
    "h": "h|小时|hours?", "day": "days?|天", "$": r"\$|USD|美元|dollars?", "%": "%|percent|百分之", "token": "tokens?|词元",  # noqa: E501
    "x": "times|×|x|倍", "B": "B|bytes?|字节",
}  # fmt: skip


def shared_meaning(text: str) -> str:
    """What a marked number says in either language: its values, and its unit where both have a sign
    for it.
    """
    plain = flat(text)
    values = [
        f"{(Decimal(number.replace(',', '')) * SCALES.get(scale, 1)).normalize():f}"
        for number, scale in re.findall(
            r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(thousand|million|billion|trillion|万亿|千|万|亿)?",
            plain,
        )
    ]
    kind = next(
        (
            name
            for name, spellings in KINDS.items()
            if re.search(rf"(?<![A-Za-z/])(?:{spellings})(?![A-Za-z/])", plain)
        ),
        "",
    )
    prefixed = re.search(r"(?<![A-Za-z])([kKMGTPE]i?)(B|FLOP|bit)", plain)
    return f"={' '.join(values)} {prefixed[0] if prefixed else kind}".strip()
