"""The links and images of a page's Markdown, each with its place, and those that lead nowhere."""

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from posixpath import basename, dirname, join, normpath, relpath, splitext
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from hooks.page.scan import IMAGE_OF_CODE, blanked, code, scan, tokens
from hooks.text.address import quoted
from hooks.text.problems import Mistake, did_you_mean

INLINE = re.compile(
    r"(?<!\\)\]\([ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^()\s]|\((?:[^()\s]|[ \t])*\)|["
    r" \t]+(?![\"'\s)]))*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)(?P<name>[^\]\n]+)\]:[ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>\S+))",
    re.MULTILINE,
)
USE = re.compile(r"(?<!\\)\[(?!\^)[^\[\]\n]+\]\[(?P<name>[^\[\]\n]+)\]")
NOTE = re.compile(r"^\[\^([^\]]+)\]:", re.MULTILINE)
FOOTNOTE_BACK = "fnref:"


class Link(NamedTuple):
    """Where a link leads, as it is written, and where in the text that stands."""

    target: str
    at: int


@lru_cache(maxsize=64)
def links_in(text: str) -> tuple[Link, ...]:
    """The links and images of a page and the definitions of links, in order; those in code,
    comments and figures are left out.
    """
    shown = _shown(text)
    found = [
        Link(match[kind], match.start(kind))
        for pattern in (INLINE, DEFINITION)
        for match in pattern.finditer(shown)
        for kind in ("angle", "bare")
        if match[kind]
    ]
    return tuple(sorted(found, key=lambda link: link.at))


def _shown(text: str) -> str:
    """The text with code, comments and figures blanked, so that places stay true."""
    spans = [*code(text), *((token.start, token.end) for token in tokens(text))]
    spans += [
        (slot.parts[1][1], slot.parts[1][1] + len(slot.parts[1][0]))
        for slot in scan(text)
        if slot.kind == "figure"
    ]
    spans += [match.span() for match in IMAGE_OF_CODE.finditer(text)]  # told by figure_lines.py
    return blanked(text, spans)


def target_of(link: str, uri: str) -> str | None:
    """The document that a link of the page `uri` names; None for a link that leads to none of this
    site's.

    Raises ValueError for what is no address at all.
    """
    scheme, netloc, path, _, _ = urlsplit(link)
    if scheme or netloc or link.startswith(("/", "\\")) or not path:
        return None
    return normpath(join(dirname(uri), unquote(path)))


def link_targets(text: str, uri: str) -> set[str]:
    """The documents that the links of a page name, whether they are there or not."""
    found = set()
    for link in links_in(text):
        try:
            found.add(target_of(link.target, uri))
        except ValueError:
            continue
    return {target for target in found if target}


def broken_links(
    text: str, uri: str, documents: Collection[str], start: int = 0
) -> Iterator[Mistake]:
    """The links of a page that lead nowhere, from an offset on. `documents` are the files of the
    site by their paths.

    Refuses links to files that are not there, to folders, to a language, to the root, and names of
    links without a definition.
    """
    for target, at in links_in(text):
        if at >= start and (wrong := _wrong(target, uri, documents)):
            yield Mistake(wrong, at)
    shown = _shown(text)
    names = {_name(match["name"]) for match in DEFINITION.finditer(shown)}
    for match in USE.finditer(shown):
        name = _name(match["name"])
        if match.start() >= start and name not in names and not name.isdigit():
            yield Mistake(
                f"no link is defined as '{match['name']}'{did_you_mean(name, names)}",
                match.start("name"),
            )


def without_unreadable(text: str, uri: str) -> str:
    """A text whose links can all be split into their parts, which MkDocs takes for granted."""
    for link in links_in(text):
        try:
            target_of(link.target, uri)
        except ValueError:
            text = text.replace(link.target, "#")
    return text


def _name(name: str) -> str:
    return " ".join(name.lower().split())


def _wrong(link: str, uri: str, documents: Collection[str]) -> str:
    """What is wrong with a link; empty for nothing."""
    try:
        target = target_of(link, uri)
    except ValueError as error:
        return f"'{link}' is no address: {error}"
    if link.startswith(("/", "\\")) and not link.startswith("//"):
        meant = _found(normpath(link.strip("/\\").partition("#")[0] or "."), documents)
        return "a link within the site is relative to its page" + (
            f": '{_relative(meant, uri)}{_place(link)}'" if meant else f", not '{link}'"
        )
    if target is None or target in documents:
        return ""
    if target.startswith(".."):
        return f"the link '{link}' leads out of docs/"
    if target.endswith(".zh.md"):
        english = target.removesuffix(".zh.md") + ".md"
        if english in documents:
            return (
                "a link names the English file, and each language leads to its own page: "
                f"'{_relative(english, uri)}{_place(link)}'"
            )
    meant = _found(target, documents)
    if meant and (link.partition("#")[0].endswith("/") or not splitext(target)[1]):
        return f"a link names a page's file: '{_relative(meant, uri)}{_place(link)}'"
    return f"no file at '{link}'" + (
        f"; did you mean '{_relative(meant, uri)}{_place(link)}'?"
        if (meant := meant or _near(target, documents))
        else ""
    )


def _place(link: str) -> str:
    _, mark, place = link.partition("#")
    return mark + place


def _relative(target: str, uri: str) -> str:
    return quoted(relpath(target, dirname(uri) or "."))


def _found(target: str, documents: Collection[str]) -> str:
    """The file that a name without its ending, or of a folder, stands for."""
    bare = target.removesuffix(".html").removesuffix("/index")
    guesses = (target, join(target, "index.md"), f"{bare}.md", join(bare, "index.md"))
    return next((normpath(guess) for guess in guesses if normpath(guess) in documents), "")


def _near(target: str, documents: Collection[str]) -> str:
    """The file whose own name is nearest, or whose folder's is where it is an `index.md`; of
    several, the one nearest by its path.
    """
    folded = [each for each in documents if each.casefold() == target.casefold()]
    if folded:
        return folded[0]
    kind = splitext(target)[1]
    named: dict[str, list[str]] = {}
    for each in sorted(documents):
        if splitext(each)[1] == kind:
            named.setdefault(_base_name(each), []).append(each)
    close = get_close_matches(_base_name(target), named, n=1, cutoff=0.75)
    alike = named[close[0]] if close else get_close_matches(target, documents, n=1, cutoff=0.9)
    return max(alike, key=lambda each: SequenceMatcher(None, target, each).ratio(), default="")


def _base_name(path: str) -> str:
    return basename(dirname(path)) if basename(path) == "index.md" else basename(path)


def lost(text: str, uri: str, to: str, anchor: str, link: str, known: Collection[str]) -> Mistake:
    """A link to a place that is not on the page `to`; `known` are those that are."""
    at = next((each.at for each in links_in(text) if each.target == link), None)
    near = did_you_mean(anchor, sorted(each for each in known if not each.startswith("fn")))
    where = "this page" if to == uri else f"'{to}'"
    if at is None and anchor.startswith(FOOTNOTE_BACK):
        name = anchor.removeprefix(FOOTNOTE_BACK)
        at = next((match.start() for match in NOTE.finditer(text) if match[1] == name), 0)
        return Mistake(
            f"no text refers to the footnote '{name}': write [^{name}], or delete it", at
        )
    if at is None:
        at = max(text.find(f"#{anchor}"), 0)
    else:
        at += max(link.find("#"), 0)
    return Mistake(f"no place '#{anchor}' on {where}{near}", at)
