"""Terms and citations on a page: marked in its HTML, with the cards that the marks open, and noted
as its uses.
"""

from collections.abc import Callable

from hooks.text.address import collection_of
from hooks.text.languages import Language
from hooks.words.bibliography import Bibliography
from hooks.words.glossary import Glossary
from hooks.words.mark import Marked, marked
from hooks.words.popover import term_card, work_card
from hooks.words.prose import Prose, without_placeholders
from hooks.words.uses import PageUses, uses_of


class PageMarks:
    """Marks the pages of one language."""

    def __init__(self, glossary: Glossary, bibliography: Bibliography, language: Language):
        self._terms = glossary.terms
        self._works = bibliography.works
        self._language = language
        self._forms = glossary.forms(language)

    def read(
        self,
        uri: str,
        title: str,
        html: str,
        parts: Callable[[str], tuple[str, ...]] = without_placeholders,
    ) -> tuple[str, str, PageUses | None]:
        """A page's own HTML with its terms and citations marked, the cards that the marks open, and
        what the page uses.

        `parts` takes apart a text with placeholders in it. Only essays and short pages are marked.
        """
        prose = Prose(html, parts)
        uses = uses_of(uri, title, prose, self._forms)
        if not (uri.startswith("essays/") or collection_of(uri)):
            return html, "", uses
        page = marked(html, prose, self._forms, self._language)
        if not (page.terms or page.works):
            return html, "", uses
        up = "../" * uri.count("/")
        script = f'<script src="{up}assets/words.js" defer></script>'
        return page.html, self._cards(page) + script, uses

    def _cards(self, page: Marked) -> str:
        cards = [term_card(self._terms[id], self._language) for id in page.terms]
        cards += [
            work_card(self._works[key], self._language) for key in page.works if key in self._works
        ]
        return "".join(cards)
