"""The deck: every card of the site in one language."""

from pathlib import Path

from hooks.cards.card import Card
from hooks.problems import Mistake


class Deck:
    """Draws cards, each once. `drawn` is false where nobody could find them: a card's address must be a whole one."""

    def __init__(self, drawn: bool, cache: Path | None):
        self._drawn = drawn
        self._cache = cache
        self.files: dict[str, bytes] = {}
        """The pictures, by address below the site's."""

    def deal(self, path: str, card: Card, text: str = "") -> None:
        """Put a card at an address. Refuses one whose words the fonts cannot set, drawn or not.

        `text` is the writer's own, in which a mistake has its place.
        """
        if lacking := card.missing():
            raise Mistake(
                f"the share cards' fonts have no {lacking}; add it to MORE in hooks/cards/glyphs.py, then: python -m hooks.cards.font",
                max(text.find(lacking[0]), 0),
            )
        if self._drawn:
            self.files[path] = card.png(self._cache)
