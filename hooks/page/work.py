"""The work panels of a page: what every number opens to. Plain HTML that needs no script."""

import re
from collections.abc import Callable
from hashlib import sha256
from html import escape
from math import inf

from hooks.formula.declaration import Choice, Constant, Field, Quantity, Setting, Source
from hooks.formula.evaluate import Asked, Scenario
from hooks.formula.format import Language
from hooks.formula.mathml import formula, with_values
from hooks.formula.work import Step, step
from hooks.languages import say
from hooks.page.panels import Panel, Panels, Tree
from hooks.page.reference import MEASUREMENT, Reference, Term

FAR = 3
"""How many levels a number opens that is pinned to another scenario than the page's; further down stand links."""

ID = re.compile(r'"w([0-9a-f]{16})"')
"""A panel's id in an attribute while a page is filled: a hash of what it shows, so that equal panels are one."""


class Works:
    """The panels that one page needs, each once. They stand by title: equal formulas side by side compress best."""

    def __init__(
        self,
        language: Language,
        code: str,
        panels: Panels | None = None,
        quantities: str = "",
        check: Callable[[], None] = lambda: None,
        stamp: Callable[[Asked], str] = lambda _: "",
    ):
        """`code` is the address under which the project's files can be read; a path and `#L12` are added to it.

        `panels` keeps what is rendered for other pages; where it outlives formulas and data, `stamp` says what a name
        rests on. `quantities` is the page that lists all formulas; what opens no panel is a link to it. `check` is
        called with each number and each new panel, and may raise to break off.
        """
        self.language = language
        self.code = code
        self.quantities = quantities
        self.check = check
        self._panels = panels or Panels()
        self._stamp = stamp
        self._open: dict[str, tuple[Reference, Scenario, float]] = {}
        self.files: dict[str, str] = {}
        """What lies beside the page, by name: the whole of long tables."""

    def open(self, reference: Reference, scenario: Scenario, levels: float = inf) -> str:
        """The id of the panel for a reference. It opens its inputs in turn, and these theirs, for so many `levels` in all."""
        self.check()
        for term in reference.terms():
            term.own(scenario).note(term.name)
        name = self._id(reference, scenario)
        known = self._open.get(name)
        if known is None or levels > known[2]:
            self._open[name] = (reference, scenario, levels)
        return name

    def laid(self) -> list[tuple[int, int]]:
        """Where the HTML of all panels lies, those that panels ask for included, in their order on the page."""
        done: Tree = {}
        for name, asked in sorted(
            self._open.items(), key=lambda each: each[1][2]
        ):  # those that open everything come last
            _join(done, self._tree(name, *asked))
        return [panel.place for _, panel in sorted(done.values(), key=lambda each: each[1].title)]

    def html(self) -> str:
        """The appendix of a page."""
        return appendix(self._panels.html(self.laid()), self.language)

    def _id(self, reference: Reference, scenario: Scenario) -> str:
        known = "panel", reference.terms()
        if known not in scenario.known:
            terms = [(term.name, term.own(scenario)) for term in reference.terms()]
            runs = tuple(term.run for term in reference.terms())
            name, own = terms[0]
            scenario.known[known] = (
                _id(terms, runs)
                if reference.bottom
                else own.alike(("panel", *runs), name, lambda: _id(terms, runs))
            )
        return str(scenario.known[known])

    def _tree(self, name: str, reference: Reference, scenario: Scenario, levels: float) -> Tree:
        """A panel and all that it opens."""
        self.check()
        terms = [(term.name, term.own(scenario)) for term in reference.terms()]
        rests = self.quantities, *(self._stamp(own.asked(term)) for term, own in terms)

        def grown() -> Tree:
            panel = self._panels.panel(
                (name, levels > 1, *rests),
                lambda: self._render(name, reference, scenario, levels > 1),
            )
            tree: Tree = {name: (levels, panel)}
            for child, at in panel.children:
                own = terms[at][1]
                _join(tree, self._tree(self._id(child, own), child, own, levels - 1))
            return tree

        return self._panels.tree((name, levels, *rests), grown)

    def _render(self, name: str, reference: Reference, scenario: Scenario, deep: bool) -> Panel:
        self._children: list[tuple[Reference, int]] = []
        if reference.bottom:
            title, body = self._ratio(reference, scenario, deep)
            text = reference.text(scenario, self.language)
        else:
            own = reference.top.own(scenario)
            this = step(reference.top.name, own, self.language)
            title, text, body = (
                this.declaration.title(self.language),
                this.text,
                self._step(this, own, deep, self._run(reference.top, own)),
            )
        close = say("Close", "关闭", self.language)
        html = (
            f'<div class="work" id="{name}" popover role="dialog" aria-label="{escape(title)}">'
            f'<button type="button" class="work-close" popovertarget="{name}" popovertargetaction="hide" aria-label="{close}">×</button>'
            f'<p class="work-title">{escape(title)} <strong>{escape(text)}</strong></p>{body}</div>'
        )
        return Panel(f"{title} {text}", html, tuple(self._children))

    def _ratio(self, reference: Reference, scenario: Scenario, deep: bool) -> tuple[str, str]:
        titles, rows = [], []
        for at, term in enumerate(reference.terms()):
            own = term.own(scenario)
            this = step(term.name, own, self.language)
            pins = self._run(term, own) or self._settings(
                own, [name for name, _ in term.pins if name in own.library.rests_on(term.name)]
            )
            titles.append(this.declaration.title(self.language) + (f" ({pins})" if pins else ""))
            rows.append(self._input(term.name, own, deep, at, titles[-1]))
        texts = [
            term.own(scenario).text(term.name, "", self.language) for term in reference.terms()
        ]
        math = (
            f'<math display="block"><mo>=</mo><mfrac><mtext>{escape(titles[0])}</mtext><mtext>{escape(titles[1])}</mtext></mfrac>'
            f"<mo>=</mo><mfrac><mtext>{escape(texts[0])}</mtext><mtext>{escape(texts[1])}</mtext></mfrac></math>"
        )
        return " ÷ ".join(titles), f'<div class="work-math">{math}</div><ul>{"".join(rows)}</ul>'

    def _settings(self, scenario: Scenario, names: list[str]) -> str:
        """Scenario fields in words: `Llama 3.1 8B, batch 32`."""
        library = scenario.library
        texts = [
            scenario.text(name, "", self.language)
            if isinstance(library.names[name], Choice)
            else f"{library.names[name].title(self.language)} {scenario.text(name, '', self.language)}"
            for name in names
        ]
        return say(", ", "，", self.language).join(texts)

    def _run(self, term: Term, own: Scenario) -> str:
        """The run that a term is told in, and what the term pins otherwise: `in the run “…”, Batch 4`."""
        if not term.run:
            return ""
        run = own.but({MEASUREMENT: term.run}).text(MEASUREMENT, "", self.language)
        others = self._settings(
            own,
            [
                name
                for name, _ in term.written
                if name != MEASUREMENT and name in own.library.rests_on(term.name)
            ],
        )
        told = say(f"in the run “{run}”", f"在实测“{run}”的场景里", self.language)
        return say(", ", "，", self.language).join(filter(None, (told, others)))

    def _setting_line(self, name: str, scenario: Scenario, run: str = "") -> str:
        """The part of the scenario that a panel's number is told in: whose run, what is chosen, and what is not as usual."""
        fields = scenario.library.fields_of_scenario
        names = [
            field
            for field in fields
            if field in scenario.library.rests_on(name)
            and (
                isinstance(fields[field], Choice)
                or scenario.setting(field) != fields[field].default
            )
        ]
        told = _capital(run) + say(": ", "：", self.language) if run else ""
        return (
            f'<p class="work-scenario">{escape(told + self._settings(scenario, names))}</p>'
            if names
            else ""
        )

    def _step(self, this: Step, scenario: Scenario, deep: bool, run: str = "") -> str:
        declaration = this.declaration
        why = this.why(self.language)
        parts = [f"<p>{escape(why)}</p>" if why else ""]
        if isinstance(declaration, Quantity):
            label = {
                name: scenario.library.names[name].title(self.language)
                for name in declaration.parameters
            }
            parts.append(self._setting_line(declaration.name, scenario, run))
            parts.append(
                f'<div class="work-math">{formula(declaration, label.__getitem__, self.language)}'
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
            rows = [self._input(name, scenario, deep) for name in this.inputs]
            parts.append(f"<ul>{''.join(rows)}</ul>" if rows else "")
            parts.append(self._foot(declaration))
        else:
            parts.append(
                f"<p>{self._origin(this)}</p>" if not why or isinstance(declaration, Field) else ""
            )
            parts.append(f'<p class="work-scenario">{escape(_capital(run))}</p>' if run else "")
        return "".join(parts)

    def _input(
        self, name: str, scenario: Scenario, deep: bool, at: int = 0, title: str = ""
    ) -> str:
        this = step(name, scenario, self.language)
        label = escape(title or this.declaration.title(self.language))
        value = f"<b>{escape(this.text)}</b>"
        if isinstance(this.declaration, Quantity):
            if not deep:
                return (
                    f'<li><a href="{self.quantities}#q-{name}">{label}</a> {value}</li>'
                    if self.quantities
                    else f"<li>{label} {value}</li>"
                )
            child = Reference(Term(name))
            self._children.append((child, at))
            return f'<li><button type="button" popovertarget="{self._id(child, scenario)}">{label}</button> {value}</li>'
        return f"<li>{label} {value} <small>{self._origin(this)}</small></li>"

    def _origin(self, this: Step) -> str:
        """Where an input comes from: a document with its day, the scenario, or a definition."""
        match this.declaration:
            case Field():
                row = escape(this.row.title(self.language)) if this.row else ""
                if this.source:
                    return f"{row}: {cite(this.source, self.language)}"
                return say(
                    f"{row}: its source does not list this, so {escape(this.text)}",
                    f"{row}：来源没有列出这一项，取 {escape(this.text)}",
                    self.language,
                )
            case Choice():
                return say("the scenario's choice", "场景的选择", self.language)
            case Setting():
                return say("set by the scenario", "由场景设定", self.language) + (
                    f" · {escape(this.why(self.language))}" if this.why(self.language) else ""
                )
            case Constant():
                return escape(this.why(self.language))
        return ""

    def _foot(self, quantity: Quantity) -> str:
        place = f"{quantity.path}#L{quantity.line}"
        published = (
            f" · {say('after', '依据', self.language)} {escape(quantity.source)}"
            if quantity.source
            else ""
        )
        return f'<p class="work-foot"><a href="{escape(self.code + place)}"><code>{quantity.name}</code></a>{published}</p>'


def _id(terms: list[tuple[str, Scenario]], runs: tuple[str, ...]) -> str:
    told = [(name, own.key(name)) for name, own in terms], runs
    return "w" + sha256(repr(told).encode()).hexdigest()[:16]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _join(tree: Tree, other: Tree) -> None:
    """Add panels to panels; one that is in both opens as much as either does."""
    for name, found in other.items():
        if name not in tree or tree[name][0] < found[0]:
            tree[name] = found


def appendix(panels: str, language: Language) -> str:
    """All panels of a page with their heading; nothing without numbers."""
    heading = say("Numbers on this page", "本页的数字", language)
    return (
        f'<section class="works" data-search-exclude aria-label="{heading}"><p class="works-title">{heading}</p>{panels}</section>'
        if panels
        else ""
    )


def with_short_ids(html: str) -> str:
    """A finished page with its panels numbered w1, w2 …: hashes are most of what compression cannot shrink."""
    numbers: dict[str, str] = {}
    parts = ID.split(html)
    parts[1::2] = [numbers.setdefault(id, f'"w{len(numbers) + 1}"') for id in parts[1::2]]
    return "".join(parts)


def cite(source: Source, language: Language) -> str:
    """A source as a reader sees it: linked title, section, day, and a mark where nobody has read it."""
    if source.mark == "default":
        return escape(say(source.title, source.title_zh, language))
    title = escape(source.title)
    link = (
        f'<a href="{escape(source.url)}" rel="noopener">{title}</a>'
        if source.url.startswith("https://")
        else title
    )
    section = f", {escape(source.section)}" if source.section else ""
    day = (
        f", {say('read', '查阅于', language)} {escape(source.accessed)}"
        if source.mark == "read"
        else ""
    )
    own = f" ({say('our fit', '本站拟合', language)})" if source.mark == "fitted" else ""
    doubt = own or (
        ""
        if source.mark == "read"
        else f' <em class="unverified">{say("unverified", "未核实", language)}</em>'
    )
    return f"{link}{section}{day}{doubt}"


def button(text: str, panel: str, impossible: bool, spoken: str = "", wire: str = "") -> str:
    """A number in a sentence, as the button that opens its panel.

    `spoken` is what a screen reader says for a mere dash; `wire` is the attribute with the reference that a browser
    computes it by.
    """
    kind = "n na" if impossible else "n"
    label = f' aria-label="{escape(spoken)}"' if spoken else ""
    return f'<button type="button" class="{kind}" popovertarget="{panel}"{label}{wire}>{escape(text)}</button>'
