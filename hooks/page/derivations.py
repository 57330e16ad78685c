"""The entries of a page's companion: what every number leads to. Plain HTML that needs no
script.
"""

from collections.abc import Callable, Collection
from hashlib import sha256
from html import escape

from hooks.formula.declaration import Choice, Constant, Field, Quantity, Setting, Source
from hooks.formula.derivation import GIVEN, Step, step
from hooks.formula.evaluate import Pins, Scenario
from hooks.formula.phrases import BETWEEN, in_order, phrase, worth_telling
from hooks.formula.reference import MEASUREMENT, PinnedName, Reference
from hooks.formula.typeset import formula_html, ratio_html, with_values
from hooks.page.companion import COMPANION
from hooks.text.languages import Language, either, say

RUN = "run"
"""What marks the name of a run among the fields of a scenario."""

WHOLE_FILE = "whole file"
"""Where in a source a row was read that a file holds alone, as docs/data says it."""


class Works:
    """The entries that one page's numbers lead to, each once, sorted by title."""

    def __init__(
        self,
        language: Language,
        code: str,
        quantities: str = "",
        check: Callable[[], None] = lambda: None,
    ):
        """`code` is the address under which the project's files can be read; a path and `#L12`
        are added to it.

        `quantities` is the page that lists all formulas, as the companion sees it; what has no
        entry is a link to it. `check` is called with each number and each new entry, and may
        raise to break off.
        """
        self.language = language
        self.code = code
        self.quantities = quantities
        self.check = check
        self.home: Scenario | None = None
        """The page's scenario: what is told in it needs no suffix to its id."""
        self._entries: dict[str, tuple[Reference, Scenario]] = {}
        self._deep: dict[str, tuple[Reference, Scenario]] = {}
        self._opened: list[tuple[Reference, Scenario]] = []
        """What the page's numbers ask for, and where."""
        self.files: dict[str, str] = {}
        """What lies beside the page, by name: the whole of long tables."""

    def open(self, reference: Reference, scenario: Scenario, deep: bool = True) -> str:
        """The id of the entry for a reference. The inputs of a `deep` one have entries, too,
        down to the sources.
        """
        self.check()
        self._opened.append((reference, scenario))
        name = self._id(reference, scenario)
        (self._deep if deep else self._entries).setdefault(name, (reference, scenario))
        return name

    def html(self) -> str:
        """All entries; nothing for a page without numbers."""
        waiting = [*self._deep.values()]
        while waiting:
            reference, scenario = waiting.pop()
            for term in reference.terms():
                own = term.pinned_in(scenario)
                names = (
                    [term.name] if reference.bottom else step(term.name, own, self.language).inputs
                )
                for name in names:
                    child = Reference(PinnedName(name))
                    id = self._id(child, own)
                    if id not in self._deep and isinstance(own.library.names[name], Quantity):
                        self._deep[id] = child, own
                        waiting.append((child, own))
        self._entries |= self._deep
        entries = [self.entry(name, *asked) for name, asked in self._entries.items()]
        return "".join(html for _, html in sorted(entries))

    def _id(self, reference: Reference, scenario: Scenario) -> str:
        """Names, each with a suffix that stands for its pins where it is not told in the page's
        scenario.
        """
        home, parts = self.home or scenario.root, []
        for term in reference.terms():
            own = term.pinned_in(scenario)
            told, given = (own.key(term.name), term.run), own.given_to(term.name)
            same = told == (home.key(term.name), "") and not given
            parts.append(
                term.name
                if same
                else f"{term.name}-{sha256(repr((told, dict(given))).encode()).hexdigest()[:6]}"
            )
        return "-per-".join(parts)

    def entry(self, name: str, reference: Reference, scenario: Scenario) -> tuple[str, str]:
        """The title of an entry with its result, and its HTML."""
        self.check()
        if reference.bottom:
            title, body = self._ratio(reference, scenario)
            text = reference.text(scenario, self.language)
        else:
            own = reference.top.pinned_in(scenario)
            this = step(reference.top.name, own, self.language)
            title, text, body = (
                this.declaration.title(self.language),
                this.text,
                self._step(this, own, self._run(reference.top, own)),
            )
        html = (
            f'<div class="work" id="{name}" role="group" aria-label="{escape(title)}">'
            f'<p class="work-title">{escape(title)} <strong>{escape(text)}</strong></p>{body}</div>'
        )
        return f"{title} {text}", html

    def _ratio(self, reference: Reference, scenario: Scenario) -> tuple[str, str]:
        titles, rows = [], []
        for term in reference.terms():
            own = term.pinned_in(scenario)
            this = step(term.name, own, self.language)
            phrases = self._run(term, own) or self._pins(term, own, term.pins)
            pins = BETWEEN.join(phrases.values())
            titles.append(this.declaration.title(self.language) + (f" ({pins})" if pins else ""))
            rows.append(self._input(term.name, own, titles[-1]))
        texts = [
            term.pinned_in(scenario).text(term.name, "", self.language)
            for term in reference.terms()
        ]
        math = ratio_html((titles[0], titles[1]), (texts[0], texts[1]))
        return (
            " ÷ ".join(titles),
            f'<div class="work-math">{math}</div><ul>{"".join(rows)}</ul>',
        )

    def scenario_in_words(self, scenario: Scenario) -> str:
        """A page's scenario in words, as HTML: of the fields that its numbers follow, or that it
        sets and they pin to the same, those that are worth telling.
        """
        library, page_sets = scenario.library, scenario.given.keys()
        names = {
            field
            for reference, at in self._opened
            for term in reference.terms()
            for field in term.follows(library) | (library.depends_on(term.name) & page_sets)
            if term.pinned_in(at).setting(field) == scenario.setting(field)
        }
        return self._marked(self._phrases(worth_telling(names, scenario), scenario))

    def _phrases(self, names: Collection[str], scenario: Scenario) -> dict[str, str]:
        """Scenario fields in words, in their order: `Llama 3.1 8B`, `Batch 32`."""
        ordered = in_order(names, scenario)
        return {name: phrase(name, scenario, self.language) for name in ordered}

    def _marked(self, phrases: dict[str, str]) -> str:
        """Phrases as HTML, each with the name of its field, by which books tell them apart."""
        return BETWEEN.join(
            f'<span data-field="{name}">{escape(text)}</span>' for name, text in phrases.items()
        )

    def _pins(self, term: PinnedName, own: Scenario, pins: Pins) -> dict[str, str]:
        """Those pins of a term that it depends on, in words."""
        rests = {*own.library.depends_on(term.name), *dict(own.given_to(term.name))}
        return self._phrases([name for name, _ in pins if name in rests], own)

    def _run(self, term: PinnedName, own: Scenario) -> dict[str, str]:
        """The run that a term is told in, and what the term pins otherwise: `in the run “…”`,
        `Batch 4`. Nothing for a term of the page's scenario.
        """
        if not term.run:
            return {}
        run = own.pinned({MEASUREMENT: term.run}).text(MEASUREMENT, "", self.language)
        others = self._pins(term, own, tuple(pin for pin in term.written if pin[0] != MEASUREMENT))
        return {RUN: say("work.run", self.language, run=run), **others}

    def _scenario_lines(self, name: str, scenario: Scenario, run: dict[str, str]) -> str:
        """The part of the scenario that an entry's number is told in, and what is given to it. Of a
        run only its name is marked, and what the term pins otherwise: its row says the rest.
        """
        names = worth_telling(scenario.library.depends_on(name), scenario)
        phrases = self._phrases([name for name in names if name not in run], scenario)
        colon = say("mark.colon", self.language)
        line = escape(BETWEEN.join(phrases.values())) if run else self._marked(phrases)
        parts = [self._run_line(run) + colon * bool(line) + line if run else line]
        if given := [key for key, _ in scenario.given_to(name)]:
            listed = BETWEEN.join(self._phrases(given, scenario).values())
            parts.append(_capital(GIVEN[self.language]) + colon + escape(listed))
        return "".join(f'<p class="work-scenario">{part}</p>' for part in parts if part)

    def _run_line(self, run: dict[str, str]) -> str:
        return self._marked(run | {RUN: _capital(run[RUN])})

    def _step(self, this: Step, scenario: Scenario, run: dict[str, str]) -> str:
        declaration = this.declaration
        why = this.why(self.language)
        parts = [f"<p>{escape(why)}</p>" if why else ""]
        if isinstance(declaration, Quantity):
            label = {
                name: scenario.library.names[name].title(self.language)
                for name in declaration.parameters
            }
            parts.append(self._scenario_lines(declaration.name, scenario, run))
            parts.append(
                '<div class="work-math">'
                + formula_html(declaration, label.__getitem__, self.language)
            )
            values = {name: scenario[name] for name in declaration.parameters}
            parts.append(
                with_values(
                    declaration,
                    lambda name: scenario.text(name, "", self.language),
                    values,
                    self.language,
                )
            )
            parts.append(f'<p class="work-result">= {escape(this.text)}</p></div>')
            rows = [self._input(name, scenario) for name in this.inputs]
            parts.append(f"<ul>{''.join(rows)}</ul>" if rows else "")
            parts.append(self._foot(declaration))
        else:
            parts.append(
                f"<p>{self._origin(this)}</p>" if not why or isinstance(declaration, Field) else ""
            )
            parts.append(f'<p class="work-scenario">{self._run_line(run)}</p>' if run else "")
        return "".join(parts)

    def _input(self, name: str, scenario: Scenario, title: str = "") -> str:
        this = step(name, scenario, self.language)
        label = escape(title or this.declaration.title(self.language))
        value = f"<b>{escape(this.text)}</b>"
        if this.given or not isinstance(this.declaration, Quantity):
            return f"<li>{label} {value} <small>{self._origin(this)}</small></li>"
        id = self._id(Reference(PinnedName(name)), scenario)
        listed = f"{self.quantities}#q-{name}" if self.quantities else ""
        address = f"#{id}" if id in self._entries else listed
        link = f'<a href="{address}">{label}</a>' if address else label
        return f"<li>{link} {value}</li>"

    def _origin(self, this: Step) -> str:
        """Where an input comes from: a document with its day, the scenario, a definition, or
        the reference that gives it.
        """
        if this.given:
            return GIVEN[self.language]
        match this.declaration:
            case Field():
                row = escape(this.row.title(self.language)) if this.row else ""
                if this.row and not this.row.id:
                    return row
                if this.source:
                    return row + say("mark.colon", self.language) + cite(this.source, self.language)
                if not this.text:
                    return say("work.nothing_listed", self.language, row=row)
                return say("work.unlisted", self.language, row=row, text=escape(this.text))
            case Choice():
                limit = this.row.limit(self.language) if this.row else ""
                return say("work.chosen", self.language) + (f" · {escape(limit)}" if limit else "")
            case Setting():
                return say("work.set", self.language) + (
                    f" · {escape(this.why(self.language))}" if this.why(self.language) else ""
                )
            case Constant():
                return escape(this.why(self.language))
        return ""

    def _foot(self, quantity: Quantity) -> str:
        place = f"{quantity.path}#L{quantity.line}"
        published = (
            say("work.after", self.language, source=escape(quantity.source))
            if quantity.source
            else ""
        )
        return (
            '<p class="work-foot"><a'
            f' href="{escape(self.code + place)}"><code>{quantity.name}</code></a>{published}</p>'
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def cite(source: Source, language: Language) -> str:
    """A source as a reader sees it: linked title, section, day, and a mark where nobody has
    read it.
    """
    if source.mark == "default":
        return escape(either(source.title, source.title_zh, language))
    title = escape(source.title)
    link = (
        f'<a href="{escape(source.url)}" rel="noopener">{title}</a>'
        if source.url.startswith("https://")
        else title
    )
    parts = [link, escape(section_in(source.section, language))]
    match source.mark:
        case "read":
            parts.append(say("source.read", language, day=escape(source.accessed)))
            doubt = ""
        case "fitted":
            doubt = say("mark.brackets", language, text=say("source.fitted", language))
        case _:
            doubt = f' <em class="unverified">{say("source.unverified", language)}</em>'
    return say("mark.comma", language).join(part for part in parts if part) + doubt


def section_in(section: str, language: Language) -> str:
    """Where in a source: a heading or a name as the source has it, but for our own words, which
    are the reader's.
    """
    return say("source.whole_file", language) if section == WHOLE_FILE else section


def number_link(text: str, entry: str, impossible: bool, spoken: str = "", wire: str = "") -> str:
    """A number in a sentence, as the link to its entry on the page's companion.

    `spoken` is what a screen reader says for a mere dash; `wire` is the attribute with the
    reference that a browser computes it by.
    """
    kind = "n na" if impossible else "n"
    label = f' aria-label="{escape(spoken)}"' if spoken else ""
    return f'<a class="{kind}" href="{COMPANION}#{entry}"{label}{wire}>{escape(text)}</a>'
