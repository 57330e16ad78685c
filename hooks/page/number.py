"""The numbers of a page: each as a link to its work, as a text that follows the reader, or
bare.
"""

import re
from collections.abc import Callable
from html import escape

from hooks.formula.evaluate import Given, Scenario, Value
from hooks.formula.marks import meant
from hooks.formula.quantity import Reason
from hooks.formula.reference import Reference, Wire, parse_reference, wired
from hooks.page.derivations import Works, number_link
from hooks.page.filled import LiveParts
from hooks.page.placeholders import Fragment
from hooks.page.scan import Slot, scan
from hooks.page.withheld import short, value_in_list, why_withheld
from hooks.text.languages import Language
from hooks.text.problems import Mistake, resting_on

LINKED = re.compile(r"(?<!!)\[[^\[\]]*\](?:\(|\[)")
"""The text of a link in a line."""


class Numbers:
    """Fills the numbers of one page, whose text is `text`; `refuse` notes a mistake at an
    offset.
    """

    def __init__(
        self,
        text: str,
        scenario: Scenario,
        language: Language,
        works: Works,
        refuse: Callable[[Mistake, int], None],
    ):
        self.text = text
        self.scenario = scenario
        self.language = language
        self.works = works
        self.refuse = refuse
        self.live = LiveParts()
        self.row: Given = {}
        """The pins of the table row that is being filled."""
        self.opens = True
        """Whether the numbers of that row open to their work."""
        self.every = False
        """Whether its table has a row for everything there is."""
        self.anchors: set[str] = set()
        """The ids of such rows."""
        self.dashed: tuple[int, Given] | None = None
        """The row that has said why it has no numbers."""

    def line(
        self, text: str, at: int, number: Callable[[Slot, int], str], plain: Callable[[str], str]
    ) -> str:
        """A line with its references as `number` writes them, and the rest as `plain` does."""
        result, last = [], 0
        for slot in scan(text):
            if slot.kind in ("number", "mark"):
                shown = number(slot, at) if slot.kind == "number" else plain(self.mark(slot))
                result += [plain(text[last : slot.start]), shown]
                last = slot.end
        return "".join(result) + plain(text[last:])

    @staticmethod
    def mark(slot: Slot) -> str:
        """A number that is meant as it stands."""
        return meant(slot.text)

    def followed(self, slot: Slot, scenario: Scenario | None = None) -> str:
        """A number that opens nothing; `scenario` is its row's."""
        own = scenario or self.scenario
        try:
            reference = parse_reference(slot.text, own)
        except Mistake:
            return escape(slot.text)  # refused where the line was filled as plain text
        text = reference.text(own, self.language)
        value = reference.value(own)
        if isinstance(value, Reason) and value.missing and scenario:
            return f'<span class="na"{self._wired(reference)}>—</span>'
        shown = short(value, self.language) if isinstance(value, Reason) else text
        return f"<span{self._wired(reference)}>{escape(shown)}</span>"

    def withheld(self, slot: Slot) -> Reason | None:
        """Why a number outside a table's rows is not told; None where it is, or where it will
        be refused.
        """
        try:
            return why_withheld(parse_reference(slot.text, self.scenario), self.scenario)
        except Mistake:
            return None

    def fragment(self, slot: Slot, scenario: Scenario, deep: bool) -> Fragment:
        """A number of the page; a `deep` one is open to its work down to the sources."""
        try:
            reference = parse_reference(slot.text, scenario)
            reference = reference.in_row(self.row, scenario)
            text = reference.text(scenario, self.language)
            if self.in_button_or_link(slot.start):
                followed = self.followed(slot)  # a link within a button or a link would do nothing
                return Fragment(followed, followed, text)
            if not self.opens and not (reference.top.name in self.row and not reference.bottom):
                followed = self.followed(slot, scenario)
                return Fragment(followed, followed, text)
            if reference.top.name in self.row and not reference.bottom:
                named = self._named(reference.top.name, text)
                return Fragment(named, named, text.replace("|", "\\|"))
            value = reference.value(scenario)
            self._note_cause(value, slot.inner)
            entry = self.works.open(reference, scenario, deep)
            shown, spoken = text, ""
            none = why_withheld(reference.within(self.row, scenario.library), self.scenario)
            if none is not None:  # a table's row says once why it has no numbers
                line = self.text.rfind("\n", 0, slot.start), self.row
                shown = text = "—" if self.dashed == line else short(none, self.language)
                spoken = none.zh if self.language == "zh" else none.text
                self.dashed = line
                value = none
            elif isinstance(value, Reason):
                # a table's column says what is missing, and the panel in words
                dash = value.missing and not deep
                shown, spoken = "—" if dash else short(value, self.language), text
            return Fragment(
                number_link(
                    shown, entry, isinstance(value, Reason), spoken, self._wired(reference)
                ),
                escape(shown),
                text,
            )
        except Mistake as mistake:
            self.refuse(mistake, slot.inner)
            refused = (
                '<strong class="problem"'
                f' title="{escape(mistake.message)}">{escape(slot.text)}</strong>'
            )
            return Fragment(refused, refused, slot.text)

    def in_list(self, text: str) -> str:
        """A number of a list that follows the reader, and opens to its work."""
        reference = parse_reference(text, self.scenario)
        value = value_in_list(reference, self.scenario)
        entry = self.works.open(reference, self.scenario, deep=False)
        wire = self._wired(reference)
        if isinstance(value, Reason):
            return number_link(short(value, self.language), entry, True, wire=wire)
        return number_link(reference.text(self.scenario, self.language), entry, False, wire=wire)

    def _note_cause(self, value: Value, at: int) -> None:
        """Note a number that rests on a mistake in a file of data."""
        if isinstance(value, Reason) and value.cause:
            self.refuse(resting_on(value.cause), at)

    def in_button_or_link(self, at: int) -> bool:
        """Whether a place is in the title of a block that folds, all of which is a button, or
        in the text of a link.
        """
        start = self.text.rfind("\n", 0, at) + 1
        line = self.text[start : self.text.find("\n", at) % (len(self.text) + 1)]
        return line.lstrip().startswith("???") or any(
            match.start() < at - start < match.end() for match in LINKED.finditer(line)
        )

    def _named(self, name: str, text: str) -> str:
        """A row's own name, which needs no derivation; in a table of everything it has an
        address, `#model-llama-3.1-8b`.
        """
        anchor = f"{name}-{self.row[name]}"
        if not self.every or anchor in self.anchors:
            return escape(text)
        self.anchors.add(anchor)
        return f'<span id="{escape(anchor)}">{escape(text)}</span>'

    def bare(self, slot: Slot, at: int) -> str:
        """A number as a bare text, in a line that begins at an offset."""
        try:
            reference = parse_reference(slot.text, self.scenario)
            self._note_cause(reference.value(self.scenario), slot.inner + at)
            reason = why_withheld(reference, self.scenario)
            if reason is not None:
                raise Mistake(
                    f"'{{{slot.text}}}' cannot be told: {reason.text}", cause=reason.cause
                )
            return reference.text(self.scenario, self.language)
        except Mistake as mistake:
            self.refuse(mistake, slot.inner + at)
            return slot.text

    def _wired(self, reference: Reference) -> str:
        """The attribute that tells a browser what a number is, and whether a reader's scenario
        changes it.
        """
        within = reference.within(self.row, self.scenario.library)
        self.live.numbers.add(within)
        wire = self.wire(within)
        return f' data-{"n" if wire.fields else "fixed"}="{escape(wire.text)}"'

    def wire(self, reference: Reference) -> Wire:
        """The reference as the browser reads it; noted among the live parts."""
        wire = wired(reference, self.scenario)
        self.live.take(wire)
        return wire
