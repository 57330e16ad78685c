"""Marks in an essay's HTML: each section's first use of the few terms that a reader is likeliest
not to know, and citations.
"""

import re
from collections import Counter
from dataclasses import dataclass

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


def marked(html: str, prose: Prose, forms: Forms, language: Language) -> Marked:
    """The HTML with terms as buttons that open the cards `#t-<term>`, and citations as links that
    have cards `#c-<key>`.

    A section that has a term's name in bold or italics defines it, and does not mark it.
    """
    result, last = [], 0
    terms, works = [], []
    edits = [(piece.start + hit.start, piece, hit) for piece, hit in chosen(prose, forms)]
    links = [(link.start, found[1]) for link in prose.links if (found := CITED.search(link.href))]
    for start, piece, hit in sorted(
        [*edits, *((start, None, key) for start, key in links)], key=lambda edit: edit[0]
    ):
        if piece is None:
            works.append(str(hit))
            result += [html[last:start], f'<a class="cited" data-card="c-{hit}"']
            last = start + len("<a")
            continue
        assert isinstance(hit, Hit)
        terms.append(hit.term)
        end = piece.start + hit.end
        # Browsers may break a line beside a button, whatever stands there.
        before = html[start - 1] if hit.start and html[start - 1] in OPENING else ""
        after = CLINGING.match(html, end, max(end, piece.end))[0]  # type: ignore[index]
        mark = _button(hit.term, html[start:end], language)
        result += [
            html[last : start - len(before)],
            f'<span class="nb">{before}{mark}{after}</span>' if before or after else mark,
        ]
        last = end + len(after)
    return Marked(
        "".join(result) + html[last:], tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(works))
    )


def chosen(prose: Prose, forms: Forms) -> list[tuple[TextRun, Hit]]:
    """The uses of terms that get a mark."""
    uses: Counter[str] = Counter()
    first: dict[tuple[int, str], tuple[TextRun, Hit]] = {}
    defined = {(section, forms.named(text)) for section, text in prose.stressed()}
    for piece in prose.pieces:
        uses.update(hit.term for part in piece.said for hit in forms.hits(part))
        for hit in forms.hits(piece.text):
            if (
                HOME.intersection(piece.around)
                and not CLOSED.intersection(piece.around)
                and (piece.section, hit.term) not in defined
            ):
                first.setdefault((piece.section, hit.term), (piece, hit))
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
    return [(piece, hit) for piece, hit in result if hit.term in rarest]


def _button(term: str, word: str, language: Language) -> str:
    foreign = ' lang="en"' if language != "en" and HAN.search(word) is None else ""
    return f'<button type="button" class="term" popovertarget="t-{term}"{foreign}>{word}</button>'
