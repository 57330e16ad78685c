"""Front matter: what a page says of itself before its text, each part read with its place and
checked.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from hooks.text.day import written_day
from hooks.text.problems import Mistake, did_you_mean
from hooks.text.rows import FRONT_MATTER, read_yaml, values

OPENED = re.compile(r"---[ \t]*\n(?=[ \t]*(?:#|[\w'\"-]+[ \t]*:))")
"""The first lines of front matter, which is closed or not."""
LATE = re.compile(r"[ \t\n]+(?=---[ \t]*\n[ \t]*[\w'\"-]+[ \t]*:)")
"""What stands before front matter that does not begin in the first line."""
NULL = "tag:yaml.org,2002:null"
TEXTS = ("title", "question", "description", "icon", "template")
LISTS = ("hide",)
FLAGS = ("bare",)
MAPS = ("scenario", "search")
SHARED = ("scenario", "part", "needs", "tags", "status", "date")
"""What the English page says for both languages; its twin inherits it (hooks/series/inherited.py).
"""
KNOWN = (
    *TEXTS,
    *LISTS,
    *FLAGS,
    *MAPS,
    *SHARED,
    "author",
    "authors",
    "comments",
    "image",
    "robots",
    "social",
    "subtitle",
)
"""What front matter may say: for this site, for MkDocs and for Material."""
TEMPLATES = ("main.html", "404.html")


def front_matter(text: str) -> dict[str, Any]:
    """What stands between the first two `---` lines, or nothing. Refuses what YAML cannot read."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}
    try:
        given = values(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unread(match, error) from None
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise Mistake("front matter maps names to values: title: …", match.start(1))
    return {str(key): value for key, value in given.items()}


def _unread(match: re.Match[str], error: Exception) -> Mistake:
    """What YAML says of front matter that it cannot read, and what would be right."""
    if isinstance(error, RecursionError):
        return Mistake("front matter: this is nested too deeply to be read", match.start(1))
    if not isinstance(error, yaml.YAMLError):  # a day that does not exist
        for node in _scalars(read_yaml(match[1])):
            if node.tag.endswith(":timestamp") and written_day(str(node.value)) is None:
                return Mistake(
                    _no_day("date", str(node.value)), match.start(1) + node.start_mark.index
                )
        return Mistake(f"front matter: {error}", match.start(1))
    mark = getattr(error, "problem_mark", None)
    at = mark.index if mark else getattr(error, "position", 0)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", error))
    rest = match[1][at:]
    if rest.startswith("\t") or "'\\t'" in problem:
        cure = "a tab stands here; YAML takes spaces"
        return Mistake(f"front matter: {cure}", match.start(1) + at)
    if "could not determine a constructor" in problem:
        return Mistake(
            f"front matter: {problem}; quote a text that begins with '!'", match.start(1) + at
        )
    return Mistake(f"front matter: {problem}; quote a text that holds a colon", match.start(1) + at)


def front_matter_mistakes(text: str, essay: bool = False) -> list[Mistake]:
    """Everything that is wrong with a page's front matter, each at its offset in the text.

    Refuses an empty page, front matter that is not closed or does not begin in the first line, keys
    that nobody knows or that stand twice, values of another type, dates that are no day, and an
    essay without title or question.
    """
    if not text.strip():
        return [Mistake("this page is empty: write its text, or delete the file")]
    match = FRONT_MATTER.match(text)
    if not match:
        return _without(text, essay)
    try:
        front_matter(text)
        node = read_yaml(match[1])
    except Mistake as mistake:
        return [mistake]
    found = [
        Mistake(message, match.start(1) + at)
        for message, at in _checked(node if isinstance(node, yaml.MappingNode) else None, essay)
    ]
    if not text[match.end() :].strip():
        found.append(
            Mistake("this page has no text below its front matter", max(match.end() - 1, 0))
        )
    return found


def _without(text: str, essay: bool) -> list[Mistake]:
    """What is wrong with a page that has no front matter."""
    if OPENED.match(text):
        return [Mistake("this front matter is not closed: a line of --- ends it")]
    if late := LATE.match(text):
        return [
            Mistake(
                "front matter begins in the first line: delete what stands before it", late.end()
            )
        ]
    if essay:
        return [Mistake("an essay begins with front matter: ---, title: …, question: …, ---")]
    return []


def _checked(node: yaml.MappingNode | None, essay: bool) -> Iterator[tuple[str, int]]:
    pairs = node.value if node else []
    seen: dict[str, int] = {}
    meant = ""
    for key, value in pairs:
        name, at = str(key.value), key.start_mark.index
        if name in seen:
            yield f"'{name}' stands here twice, first in line {seen[name]}: delete one", at
            continue
        seen[name] = key.start_mark.line + 2  # YAML saw the line below the first one first
        if name not in KNOWN:
            meant += (hint := did_you_mean(name, KNOWN))
            yield f"front matter has no '{name}'{hint}", at
            continue
        if wrong := _wrong(name, value):
            yield wrong, value.start_mark.index
        elif isinstance(value, yaml.MappingNode):
            yield from _twice(value)
    if essay:
        for name, example in (("title", "Two clocks"), ("question", '"Why …?"')):
            if name not in seen and f"'{name}'" not in meant:
                yield f"an essay has a {name}: {name}: {example}", 0


def _twice(node: yaml.MappingNode) -> Iterator[tuple[str, int]]:
    """Keys that stand twice in a mapping."""
    seen: set[str] = set()
    for key, _ in node.value:
        if str(key.value) in seen:
            yield f"'{key.value}' stands here twice: delete one", key.start_mark.index
        seen.add(str(key.value))


def _wrong(name: str, node: yaml.Node) -> str:
    """What is wrong with the value of a known key; empty for nothing."""
    check = CHECKS.get(name)
    return check(name, node) if check else ""


def _text(name: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return f'{name} is a text, in quotes if it holds brackets: {name}: "…"'
    if node.tag == NULL or not str(node.value).strip():
        return f'{name} is empty: write {name}: "…", or delete the line'
    if node.tag != "tag:yaml.org,2002:str":
        kind = node.tag.rpartition(":")[2]
        what = {"int": "a number", "float": "a number", "bool": "yes or no", "timestamp": "a day"}
        return (
            f"{name} is a text, and YAML reads {node.value} as {what.get(kind, kind)}: {name}:"
            f' "{node.value}"'
        )
    if name == "template" and node.value not in TEMPLATES:
        return (
            f"no template '{node.value}' in hooks/theme{did_you_mean(str(node.value), TEMPLATES)}"
        )
    return ""


def _list(name: str, node: yaml.Node) -> str:
    items = node.value if isinstance(node, yaml.SequenceNode) else [None]
    words = all(isinstance(item, yaml.ScalarNode) for item in items)
    return "" if words else f"{name} is a list: {name}: [toc]"


def _flag(name: str, node: yaml.Node) -> str:
    return "" if node.tag == "tag:yaml.org,2002:bool" else f"{name} is true or false: {name}: true"


def _map(name: str, node: yaml.Node) -> str:
    example = "{model: llama-3.1-70b, chips: 2}" if name == "scenario" else "{exclude: true}"
    if not isinstance(node, yaml.MappingNode):
        return f"{name} maps fields to values: {name}: {example}"
    return ""


def _date(name: str, node: yaml.Node) -> str:
    given = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    return "" if written_day(given) else _no_day(name, given)


def _no_day(name: str, given: str) -> str:
    numbers = re.match(r"(\d{4})-(\d{2})-(\d{2})$", given)
    if numbers:
        return f"{name}: there is no day {given}"
    form = "a day as year-month-day"
    return f"{name} is {form}, not '{given}': {name}: {_meant(given)}"


def _meant(given: str) -> str:
    """A day as it would be right, as far as one can tell which is meant."""
    found = re.match(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?!\d)", given) or re.match(
        r"(\d{4})(\d{2})(\d{2})$", given
    )
    if found:
        written = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        return written if written_day(written) else "2026-11-22"
    words = re.match(r"(\d{1,2})\W+([A-Za-z]{3})[a-z]*\W+(\d{4})$", given)
    if not words and (found := re.match(r"([A-Za-z]{3})[a-z]*\W+(\d{1,2})\W+(\d{4})$", given)):
        day, month, year = found[2], found[1], found[3]
    elif words:
        day, month, year = words[1], words[2], words[3]
    else:
        return "2026-11-22"
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    if month.lower() not in months:
        return "2026-11-22"
    written = f"{year}-{months.index(month.lower()) + 1:02}-{int(day):02}"
    return written if written_day(written) else "2026-11-22"


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    match node:
        case yaml.ScalarNode():
            yield node
        case yaml.SequenceNode():
            for item in node.value:
                yield from _scalars(item)
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _scalars(key)
                yield from _scalars(value)


CHECKS: dict[str, Callable[[str, yaml.Node], str]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(FLAGS, _flag),
    **dict.fromkeys(MAPS, _map),
    "date": _date,
}


def accepted(meta: dict[str, Any], text: str) -> dict[str, Any]:
    """The front matter that MkDocs has read, without the values that are refused: templates trust
    its types.
    """
    match = FRONT_MATTER.match(text)
    try:
        node = read_yaml(match[1]) if match else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(node, yaml.MappingNode):
        return {}
    wrong = {str(key.value) for key, value in node.value if _wrong(str(key.value), value)}
    return {key: value for key, value in meta.items() if str(key) not in wrong}
