"""Marks in an essay's HTML: each section's first use of the few terms that a reader is likeliest
not to know, and citations.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from hooks.text.languages import Language
from hooks.words.forms import HAN, Forms, Hit
from hooks.words.prose import Prose, TextRun

LIMIT = 3
"""How many terms a section may have; those that the page uses least come first."""

COMMON = 12
"""A term that the page uses more often is marked once."""

CARDS = 17
"""How many terms a page explains: each costs its readers some seventy bytes."""

HOME = frozenset(("p", "li", "dd"))
"""Where prose stands."""

CLOSED = frozenset(
    (
        "a",
        "button",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "figure",
        "figcaption",
        "summary",
        "blockquote",
        "em",
        "strong",
        "sup",
        "details",
    )
)
"""What is left alone: links, numbers, headings, tables, figures, quotable sentences, and exercises,
which come after all else.
"""

OPENING = "（(“‘「《"
CLINGING = re.compile("(?:['’]s)?[，。、；：？！）」』”’》,.;:!?)]?")
"""What may not be parted from the word before it: a mark, and the English genitive."""

CITED = re.compile(r"(?:^|/)bibliography/#([\w-]+)$")


@dataclass(frozen=True)
class Marked:
    """A page's HTML with its marks, and what they are of, in the order of first marks: terms,
    works.
    """

    html: str
    terms: tuple[str, ...] = ()
    works: tuple[str, ...] = ()


class Edit(NamedTuple):
    """What takes the place of a part of a page's HTML, and the term or the work that it marks."""

    start: int
    end: int
    text: str
    term: str = ""
    work: str = ""


def marked(html: str, prose: Prose, forms: Forms, language: Language) -> Marked:
    """The HTML with terms as buttons that open the cards `#t-<term>`, and citations as links that
    have cards `#c-<key>`.

    A section that has a term's name in bold or italics defines it, and does not mark it.
    """
    edits = [_term_edit(html, run, hit, language) for run, hit in chosen(prose, forms)]
    edits += [
        Edit(
            link.start,
            link.start + len("<a"),
            f'<a class="cited" data-card="c-{cited[1]}"',
            work=cited[1],
        )
        for link in prose.links
        if (cited := CITED.search(link.href))
    ]
    edits.sort(key=lambda edit: edit.start)
    result, last = [], 0
    for edit in edits:
        result += [html[last : edit.start], edit.text]
        last = edit.end
    return Marked(
        "".join(result) + html[last:],
        tuple(dict.fromkeys(edit.term for edit in edits if edit.term)),
        tuple(dict.fromkeys(edit.work for edit in edits if edit.work)),
    )


def _term_edit(html: str, run: TextRun, hit: Hit, language: Language) -> Edit:
    """The button of a term; browsers may break a line beside one, so that the punctuation that
    clings to it stands in one box with it.
    """
    start, end = run.start + hit.start, run.start + hit.end
    before = html[start - 1] if hit.start and html[start - 1] in OPENING else ""
    clinging = CLINGING.match(html, end, max(end, run.end))
    after = clinging[0] if clinging else ""
    button = _button(hit.term, html[start:end], language)
    text = f'<span class="nb">{before}{button}{after}</span>' if before or after else button
    return Edit(start - len(before), end + len(after), text, term=hit.term)


def chosen(prose: Prose, forms: Forms) -> list[tuple[TextRun, Hit]]:
    """The uses of terms that get a mark."""
    uses: Counter[str] = Counter()
    first: dict[tuple[int, str], tuple[TextRun, Hit]] = {}
    defined = {(section, forms.named(text)) for section, text in prose.stressed()}
    for run in prose.runs:
        uses.update(hit.term for part in run.said for hit in forms.hits(part))
        for hit in forms.hits(run.text):
            if (
                HOME.intersection(run.around)
                and not CLOSED.intersection(run.around)
                and (run.section, hit.term) not in defined
            ):
                first.setdefault((run.section, hit.term), (run, hit))
    result: list[tuple[TextRun, Hit]] = []
    known: set[str] = set()
    for section in range(len(prose.sections)):
        here = [
            found
            for (where, term), found in first.items()
            if where == section and term not in known
        ]
        taken = sorted(
            here, key=lambda found: (uses[found[1].term], found[0].start + found[1].start)
        )[:LIMIT]
        known |= {hit.term for _, hit in taken if uses[hit.term] > COMMON}
        result += taken
    rarest = set(
        sorted({hit.term for _, hit in result}, key=lambda term: (uses[term], term))[:CARDS]
    )
    return [(run, hit) for run, hit in result if hit.term in rarest]


def _button(term: str, word: str, language: Language) -> str:
    foreign = ' lang="en"' if language != "en" and HAN.search(word) is None else ""
    return f'<button type="button" class="term" popovertarget="t-{term}"{foreign}>{word}</button>'
