"""A chapter: an essay's page cut down to what paper can hold, and its numbers with the work behind
each.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urljoin, urlsplit

from hooks.publish.feeds.content import VARIABLE
from hooks.publish.paper.entry import entry_lines, entry_scenario
from hooks.series import Essay
from hooks.text.html_tree import Child, Node, parse_html
from hooks.text.languages import Language, say

GONE = (
    "script",
    "style",
    "template",
    "nav",
    "header",
    "footer",
    "form",
    "input",
    "select",
    "iframe",
    "noscript",
)
GONE_CLASSES = (
    "headerlink",
    "points",
    "drawn-for",
    "problems",
    "narrow",
    "handles",
    "on-screen",
)
"""Signs to click, tables of plotted points, drawings for phones, notes to whoever sits at a screen,
and what writers mark as for a screen only: `<span class="on-screen">Press a head to sort.</span>`.
"""
KEPT = (
    "id",
    "class",
    "lang",
    "dir",
    "href",
    "src",
    "alt",
    "title",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "datetime",
    "cite",
    "role",
)
REFERENCE = re.compile(r"url\(#")
OPENERS = ("n", "term", "cited")
"""What leads to an entry at the end: numbers, terms, citations."""
COMPANION = "numbers/"
"""Where the entries of a page's numbers stand, as the page sees it."""

WORD, LONG = re.compile(r"(\s+)"), 30
"""What parts words of code, and how many letters one has that may break."""


@dataclass(frozen=True)
class Chapter:
    """An essay of a book. Its slug is its id, and begins every id in it, since the book may be one
    document. `number` is its place in the book, from 1.

    `scenario` is what its entries are told in, unless they say otherwise.

    `works` are the entries that its numbers lead to, and `notes` those of its terms and citations,
    in the order in which these first appear. `address` is its page's, as far as the site knows its
    own.
    """

    essay: Essay
    number: int
    title: str
    question: str
    body: Node
    scenario: tuple[str, ...]
    works: tuple[Node, ...]
    notes: tuple[Node, ...]
    address: str

    @property
    def slug(self) -> str:
        """The folder of its page."""
        return self.essay.slug

    @property
    def language(self) -> Language:
        """The language that it is really written in."""
        return _language(self.essay)

    @property
    def parts(self) -> tuple[Node, ...]:
        """Its text, and every entry that this leads to."""
        return self.body, *self.works, *self.notes

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Its headings of the second rank: id and text."""
        return [
            (node.attributes["id"], node.text.strip())
            for node in self.body.all("h2")
            if "id" in node.attributes
        ]

    @property
    def ids(self) -> set[str]:
        """Every place in it that a link can lead to."""
        return {self.slug} | {
            node.attributes["id"]
            for part in self.parts
            for node in part.nodes()
            if "id" in node.attributes
        }


def chapter(
    folder: Path, essay: Essay, bound: Sequence[str], headwords: Mapping[str, str] | None = None
) -> Chapter:
    """The chapter of an essay whose page is in `folder`, the built site of one language. `bound`
    are the essays of the book in their order, `headwords` the terms of its glossary by id.

    Raises ValueError where there is no page, or none of an essay.
    """
    file = folder / "essays" / essay.slug / "index.html"
    page = parse_html(file.read_text("utf-8")) if file.is_file() else Node("")
    article = next((node for node in page.all("article") if "essay" in node.classes), Node(""))
    title, question = article.first("h1"), article.first(".essay-question")
    if title is None:
        raise ValueError(
            f'{file}: no page with <article class="essay"> and a title; build the site first'
        )
    canonical = next(
        (
            node.attributes["href"]
            for node in page.all("link")
            if node.attributes.get("rel") == "canonical"
        ),
        "",
    )
    panels = {
        node.attributes["id"]: node
        for node in page.nodes()
        if "popover" in node.attributes and "id" in node.attributes
    }
    numbers = file.parent / COMPANION / file.name
    companion = parse_html(numbers.read_text("utf-8")) if numbers.is_file() else Node("")
    panels |= {f"{COMPANION}#{node.attributes['id']}": node for node in companion.all(".work")}
    cut = _Cut(essay, file, canonical, bound, panels)
    text = cut.children(article.children)
    body = Node("div", {"class": "text"}, [*text, *cut.answers()])
    # The first line of the companion tells the page's scenario, field by field.
    home = entry_scenario(companion.first(".work-scenario") or Node(""))
    works = {
        name: work
        for name in cut.opened
        if "work" in panels[name].classes and (work := cut.work(name, home))
    }
    used = {field for name in works for field in entry_scenario(panels[name])}
    notes = tuple(
        cut.note(name, (headwords or {}).get(name.removeprefix("t-"), said[0]))
        for name, said in cut.opened.items()
        if "gloss" in panels[name].classes
    )
    _settle(body, {work.attributes["id"] for work in works.values()})
    return Chapter(
        essay,
        bound.index(essay.slug) + 1,
        title.text.strip(),
        question.text.strip() if question else "",
        body,
        tuple(text for field, text in home.items() if field in used),
        tuple(works.values()),
        notes,
        canonical,
    )


def _language(essay: Essay) -> Language:
    return "zh" if essay.path.name.endswith(".zh.md") else "en"


def _settle(body: Node, entries: set[str]) -> None:
    """Numbers without an entry lead nowhere; of folded parts within each other only the outermost
    has a heading.
    """
    for number in body.all(".n"):
        if number.attributes["href"][1:] not in entries:
            number.tag, number.attributes = "span", {"class": "n"}
    for paragraph in body.all("p"):
        if paragraph.text.rstrip().endswith((":", "：")):
            paragraph.attributes["class"] = " ".join([*paragraph.classes, "leads"])
    for folded in body.all(".folded"):
        for inner in folded.all(".folded")[1:]:
            for summary in inner.all(".summary"):
                summary.tag = "p"


class _Cut:
    """Cuts one page, whose panels are `panels` by id. `opened` are those that its text opens, with
    the words that open them.
    """

    def __init__(
        self,
        essay: Essay,
        file: Path,
        canonical: str,
        bound: Sequence[str],
        panels: dict[str, Node],
    ):
        self.slug, self.language = essay.slug, _language(essay)
        self.file, self.canonical, self.bound, self.panels = file, canonical, bound, panels
        self.opened: dict[str, list[str]] = {}
        self._answers: list[Node] = []

    def children(self, children: Sequence[Child]) -> list[Child]:
        """What remains of a run of elements and texts."""
        return [
            kept
            for child in children
            for kept in ([child] if isinstance(child, str) else self._cut_node(child))
        ]

    def answers(self) -> list[Child]:
        """The answers to the exercises of the text, under the exercises' titles: in a book that
        cannot fold them they stand where nobody reads them by accident.
        """
        title = Node("h2", {"id": self._id("answers")}, [say("book.answers", self.language)])
        return [title, *self.children(self._answers)] if self._answers else []

    def work(self, name: str, home: Mapping[str, str]) -> Node | None:
        """The entry of a number in a chapter whose scenario is `home`. None where its panel says
        no more than the sentence.
        """
        lines = entry_lines(self.panels[name], self.opened[name], home, self.language)
        if not lines:
            return None
        return Node(
            "aside",
            self._entry(name, "work"),
            [
                part
                for kind, held in lines
                for part in (Node("p", {"class": kind}, self.children(held)), " ")
            ],
        )

    def note(self, name: str, said: str) -> Node:
        """The entry of a term, which begins with it, or of a work that is cited."""
        head: list[Child] = [] if name.startswith("c-") else [Node("b", {}, [said]), " "]
        return Node(
            "aside",
            self._entry(name, "note"),
            [Node("p", {}, [*head, *self.children(self.panels[name].children)])],
        )

    def _entry(self, name: str, kind: str) -> dict[str, str]:
        return {
            "id": self._id(name),
            "class": kind,
            "role": "doc-footnote",
            "epub:type": "footnote",
        }

    def _cut_node(self, node: Node) -> list[Child]:
        given = node.attributes
        if (
            node.tag in GONE
            or any(name in GONE_CLASSES for name in node.classes)
            or "hidden" in given
            or "popover" in given
        ):
            return []
        match node.tag:
            case "svg":
                return [self._drawing(node)]
            case _ if "formula" in node.classes:
                return [Node("p", {"class": "formula"}, self._formula(node.children))]
            case "button":
                return self._opener(node, given.get("popovertarget", ""))
            case "a" if given.get("data-card") in self.panels:
                return self._opener(node, given["data-card"])
            case "a" if "n" in node.classes:
                return self._opener(node, given.get("href", ""))
            case "a":
                href = self._lead(given.get("href", ""))
                return [self._copy(node, href=href)] if href else self.children(node.children)
            case "span" | "label" if not {"lang", "class"} & set(given):
                return self.children(node.children)
            case "details" if (answer := node.first(".success")) in node.children:
                return [self._exercise(node, answer)]
            case "details":
                return [Node("section", {"class": "folded"}, self.children(node.children))]
            case "summary":
                return [Node("h3", {"class": "summary"}, self.children(node.children))]
            case "code":
                return [self._copy(Node("code", given, _unbroken(node.children)))]
            case "img":
                return [self._copy(node, src=self._data(given.get("src", "")))]
        return [self._copy(node)]

    def _exercise(self, node: Node, answer: Node) -> Node:
        """An exercise whose last paragraph leads to its answer."""
        name, label = f"answer-{len(self._answers) + 1}", answer.all("summary")
        held = [child for child in answer.children if child not in label]
        self._answers.append(
            Node("div", {"class": "folded", "id": name}, [*node.all("summary")[:1], *held])
        )
        asked = self.children([child for child in node.children if child is not answer])
        given = {"class": "answer", "href": f"#{self._id(name)}"}
        link = Node("a", given, [each.text for each in label])
        last = [child for child in asked if isinstance(child, Node)][-1:]
        if last and last[0].tag == "p":
            last[0].children += [" ", link]
        else:
            asked.append(Node("p", {}, [link]))
        return Node("section", {"class": "folded"}, asked)

    def _formula(self, children: Sequence[Child]) -> list[Child]:
        """The parts of a formula, which breaks only between its spans."""
        kept: list[Child] = []
        for child in children:
            if isinstance(child, str) or child.tag not in ("span", "i", "sup"):
                kept += self.children([child])
            else:
                given = {"class": " ".join(child.classes)} if child.classes else {}
                kept.append(Node(child.tag, given, self._formula(child.children)))
        return kept

    def _copy(self, node: Node, **changed: str) -> Node:
        """The element with the attributes that a book needs. A table's columns stay aligned."""
        given = {
            name: value
            for name, value in node.attributes.items()
            if name in KEPT or (name == "style" and "text-align" in value)
        }
        if "id" in given:
            given["id"] = self._id(given["id"])
        return Node(node.tag, given | changed, self.children(node.children))

    def _opener(self, node: Node, panel: str) -> list[Child]:
        """A number, a term or a citation leads to its entry; any other button is only what it says,
        or nothing.
        """
        if kinds := [name for name in OPENERS if name in node.classes and panel in self.panels]:
            first = {} if panel in self.opened else {"id": f"{self._id(panel)}--at"}
            forms = self.opened.setdefault(panel, [])
            forms += [node.text] * (node.text not in forms)
            return [
                Node(
                    "a",
                    {
                        "class": kinds[0],
                        "href": f"#{self._id(panel)}",
                        "role": "doc-noteref",
                        "epub:type": "noteref",
                        **first,
                    },
                    node.children,
                )
            ]
        return self.children(node.children) if panel else []

    def _drawing(self, node: Node) -> Node:
        """A part of a figure in colours of its own, on a ground of its own, since a reader's page
        may be dark.
        """
        given = {}
        for name, value in node.attributes.items():
            if not name.startswith(("data-", "on")) and name != "tabindex":
                given[name] = REFERENCE.sub(f"url(#{self._id('')}", VARIABLE.sub(r"\1", value))
        given |= {
            name: f"#{self._id(given[name][1:])}"
            for name in ("href", "xlink:href")
            if given.get(name, "").startswith("#")
        }
        given |= {"id": self._id(given["id"])} if "id" in given else {}
        shown = [
            child for child in node.children if isinstance(child, str) or not _is_unseen(child)
        ]
        held = [child if isinstance(child, str) else self._drawing(child) for child in shown]
        if node.attributes.get("data-part") == "here":
            here, there = say("chart.here", self.language), say("book.here", self.language)
            held = [
                child.replace(here, there) if isinstance(child, str) else child for child in held
            ]
        return Node(
            node.tag,
            given,
            [Node("rect", {"width": "100%", "height": "100%", "fill": "#ffffff"}), *held]
            if node.tag == "svg"
            else held,
        )

    def _id(self, name: str) -> str:
        return f"{self.slug}--{name.removeprefix(COMPANION + '#')}"

    def _lead(self, href: str) -> str:
        """Where a link of the page leads in the book: into it, to the site, elsewhere; nowhere if
        nobody knows the site's address.
        """
        if urlsplit(href).scheme:
            return href
        path, _, place = href.partition("#")
        parts = (
            normpath(join("essays", self.slug, unquote(path)))
            .removesuffix("/index.html")
            .split("/")
        )
        if len(parts) == 2 and parts[0] == "essays" and parts[1] in self.bound:
            return f"#{parts[1]}--{place}" if place else f"#{parts[1]}"
        return urljoin(self.canonical, href) if self.canonical else ""

    def _data(self, src: str) -> str:
        """A picture, carried in the text itself."""
        file = self.file.parent / unquote(src)
        return f"data:{guess_type(file.name)[0]};base64,{b64encode(file.read_bytes()).decode()}"


def _unbroken(children: Sequence[Child]) -> list[Child]:
    """Code whose words don't break at hyphens, since a name that is cut can't be typed."""
    parts: list[Child] = []
    for child in children:
        if isinstance(child, Node):
            parts.append(Node(child.tag, child.attributes, _unbroken(child.children)))
            continue
        for word in WORD.split(child):
            short = "-" in word.strip("-") and len(word) < LONG
            parts.append(Node("span", {"class": "nb"}, [word]) if short else word)
    return [part for part in parts if part != ""]


def _is_unseen(node: Node) -> bool:
    """Whether a part of a figure waits for a browser to show it."""
    return node.attributes.get("display") == "none" or (
        node.tag == "foreignObject" and not node.text.strip()
    )
