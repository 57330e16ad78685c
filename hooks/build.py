"""One build of the site in one language: every page filled, every figure drawn, every problem kept."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar, get_type_hints
from urllib.parse import unquote

from hooks.box import Box
from hooks.cards.card import Card
from hooks.cards.deck import Deck
from hooks.engine import Engine
from hooks.feeds.address import page_of
from hooks.feeds.content import pictured
from hooks.feeds.press import Press
from hooks.feeds.publication import publication
from hooks.feeds.share import CARD
from hooks.files import WritersFiles
from hooks.formula.evaluate import Reads, Scenario
from hooks.formula.format import Language
from hooks.gallery import Gallery
from hooks.kept.house import digest
from hooks.kept.house import house as house_of
from hooks.kept.inputs import Inputs
from hooks.kept.keeper import Body, Files, Keeper, Record
from hooks.kept.trace import State
from hooks.languages import twin
from hooks.live.presets import Presets
from hooks.live.scripts import Scripts
from hooks.page.features import completed, used
from hooks.page.fill import FigureRequest, Filled, List, Page, body_at
from hooks.page.foreign import foreign
from hooks.page.links import broken, lost, without_unreadable
from hooks.page.lists import Lists
from hooks.page.numbers import COMPANION, companion, without_marks
from hooks.page.one_unit import mixed
from hooks.page.pair import CITATION, disagreements, with_ids
from hooks.page.refused import refused_in
from hooks.page.scan import scan
from hooks.page.stash import Stash
from hooks.page.work import Works
from hooks.pictures.drawing import Picture
from hooks.problems import Mistake, Problem, folded, line_and_column
from hooks.rests import Rests
from hooks.rows import relative, typed
from hooks.search.index import Index
from hooks.series.essay import Essay, minutes, written
from hooks.series.inherited import contradictions, inherited
from hooks.series.metadata import front_matter, mistakes, sound
from hooks.series.roadmap import Roadmap
from hooks.series.route import Route
from hooks.series.shelf import SHOWN, Shelf
from hooks.series.stop import Stop, head
from hooks.series.tag import Tags
from hooks.shell import framed, texts
from hooks.store import Store
from hooks.text import read_source
from hooks.words.typed import typed_in_data
from hooks.words.words import Words

CLAIMS_ALONE = re.compile(r'<p>((?:<span class="claim"[^>]*></span>\s*)+)</p>')
"""A paragraph of claims and nothing else, which Markdown has made."""

QUANTITIES = "reference/quantities/"
"""The page that lists every formula."""

SCENARIOS = 8
"""So many pages' scenarios are remembered, with all that has been computed in them."""

DATA = "DATA"
"""What stands in a kept page where the state of formulas and data stands in a finished one."""


OWN = "<!-- own -->"
"""What stands for a page's own HTML until it is finished."""

T = TypeVar("T")


@dataclass(frozen=True)
class Rest:
    """What enters a page after Markdown and the search index: its figures, the entries of its companion, and the scenario that they are told in."""

    figures: list[FigureRequest]
    pictures: dict[str, Picture]
    works: str
    told: str
    title: str


@dataclass
class Ready:
    """A page that waits until every page is read; `sound` if nothing is wrong with it, `own` once Markdown has run."""

    sound: bool
    stash: Box[Stash]
    rest: Box[Rest]
    own: Box[str] | None = None


class Build:
    """Fills pages from one engine. `code` is the address under which readers find the project's files.

    `site`, `description` and `address` are what the site says of itself; without an address it has no feed.
    `kept` is the folder of finished pages; without it every page is made. `served` tells a preview from the site.
    `earlier` are builds, of either language, that have computed what serves this one, too, while nothing has changed that they read.
    A `hasty` one believes what the last one of its language knew of the other pages.
    `check` is called often while pages are made; it may raise to break off. `house` is the digest of the house, if somebody knows it.
    """

    def __init__(
        self,
        root: Path,
        docs: Path,
        language: Language,
        code: str,
        cache: Path | None,
        site: str = "",
        description: str = "",
        address: str = "",
        kept: Path | None = None,
        served: bool = False,
        earlier: "Sequence[Build]" = (),
        hasty: bool = False,
        check: Callable[[], None] = lambda: None,
        house: str = "",
    ):
        self.root = root
        self.docs = docs
        self.language = language
        self.code = code
        self.read = digest(root / "hooks" / "costs", docs / "data")
        like = [each for each in earlier if each.read == self.read]
        same = next((each for each in like if each.language == language), None)
        spoken = next((each for each in earlier if each.language == language), None)
        last = spoken if hasty else None
        self.house: str = last.house if last else house or house_of(root)
        self.engine: Engine = like[0].engine if like else Engine(root)
        self._scenario: Scenario = (
            same._scenario
            if same
            else Scenario(self.engine.library, self.engine.catalogue.tables, {}, Reads())
        )
        self._recent: list[Scenario] = same._recent if same else []
        self.check = check
        self._served = served
        self.early = False
        """Whether pages are made for the writer's eye, before the site is: nothing else is told of them, and they are not kept."""
        self.writers = WritersFiles(root, docs)
        self.partial = False
        """Whether some pages are left as an earlier build has made them, so that nothing can be said of all."""
        self.problems: list[Problem] = [*self.writers.problems, *self.engine.problems]
        self.ready: dict[str, Ready] = {}
        self._aside: IO[bytes] = last._aside if last else TemporaryFile()  # noqa: SIM115 - it goes with the build; a page waits in an eighth of a megabyte
        self._inputs = Inputs(self._scenario, self._aside)
        self.files: dict[str, str | bytes] = {}
        """What pages link to and no writer wrote, by address."""
        self._quantities = QUANTITIES if (docs / QUANTITIES / "index.md").is_file() else ""
        presets = Presets(docs / "data" / "presets.yml", root, self.engine.scenario)
        self.problems += presets.problems
        self.scripts = Scripts(
            self.engine, presets, language, code, site, self._quantities, self._aside
        )
        self.index = Index(self.engine.library, language, self._aside)
        lists = Lists(root, language, code)
        self.words: Words = (
            last.words
            if last
            else Words(
                docs, root, language, self.engine.library, self.engine.catalogue.tables, self._aside
            )
        )
        self.problems += self.words.problems
        if not last:
            self.problems += typed_in_data(docs, root)
            self.problems += mixed(
                {
                    self._relative(path): read_source(path)
                    for path in sorted(docs.rglob("*.md"))
                    if path.name.endswith(".zh.md") == (language == "zh")
                }
            )
        self._lists: dict[str, List] = {
            "glossary": lambda *_: self.words.lists.glossary(),
            "bibliography": lambda which, *_: self.words.lists.bibliography(which),
            "sources": lists.sources,
            "quantities": lists.quantities,
            "scoreboard": lists.scoreboard,
        }
        self._told: set[str] = set()
        self._companions: dict[str, str] = {}
        """The companions of pages that are finished, by address, until they are handed out."""
        self._tables: dict[str, dict[str, str]] = {}
        """The whole of the long tables on each page, by the names of their files."""
        self._written: list[Essay] = last._written if last else written(docs, language)
        self.tags: Tags = (
            last.tags if last else Tags.read(docs / "data" / "tags.yml", root, language)
        )
        self.route: Route = last.route if last else self._route()
        self.problems += self.route.problems
        self._essay_uris = {f"essays/{essay.slug}/index.md" for essay in self._written}
        self.made = self.tags.pages()
        """The sources of pages that no file holds: those of the tags."""
        shelves = {
            tag.uri: [stop.slug for stop in self.route.published if tag in self.tags.of(stop)]
            for tag in self.tags
        }
        self.press = Press(
            publication(root, site, description, address, language),
            self.essays,
            shelves,
            self._aside,
        )
        self.deck = Deck(bool(address), cache)
        self._leads: dict[str, Box[str]] = {}
        """The first figure of each essay, for the site's card."""
        store = (
            Store(
                kept / language,
                sha256(
                    repr((self.house, language, code, site, description, address, served)).encode()
                ).hexdigest(),
            )
            if kept and not self.problems
            else None
        )
        self._rests = Rests(
            root, docs, lambda uri: self.source(uri)[0], self.made, self.route, self.words, lists
        )
        self._parts: dict[str, Any] = {
            "scripts": self.scripts,
            "index": self.index,
            "words": self.words,
            "press": self.press,
            "own": self,
        }
        """What learns something of every page, by name: `of` tells it, `put` takes it."""
        self._keeper = Keeper(
            store,
            State(
                root,
                self.engine,
                {
                    **self._rests.kinds,
                    "fed": lambda uri: str(uri in self.press.fed),
                    "linked": lambda uri: str(uri in self.documents),
                },
            ),
            {name: [*get_type_hints(part.put).values()][1] for name, part in self._parts.items()},
        )
        self.gallery = Gallery(root, language, cache, self.house, self._inputs, self._keeper.state)

    @property
    def essays(self) -> list[Essay]:
        """The published essays of the series in this build's language."""
        return [essay for essay in self._written if essay.status == "published"]

    @property
    def documents(self) -> set[str]:
        """What a link may lead to, by its path below the documents."""
        return self.writers.documents | self.made.keys()

    def _route(self) -> Route:
        """The series in this build's language: what has a page, and what the roadmap adds."""
        roadmap = Roadmap.read(self.docs / "data" / "roadmap.yml", self.root, self.language)
        problems = roadmap.problems
        stops = {essay.slug: self._stop(essay, problems) for essay in self._written}
        for stop in roadmap.stops:
            if stop.slug in stops:
                problems.append(
                    stop.place.refused(
                        f"'{stop.slug}' has a page now, whose front matter says all this; delete it here"
                    )
                )
        route = Route(
            [*stops.values(), *(stop for stop in roadmap.stops if stop.slug not in stops)], problems
        )
        route.problems += [*self.tags.problems, *self.tags.misused(route)]
        return route

    def _stop(self, essay: Essay, problems: list[Problem]) -> Stop:
        self.check()
        title, question = (str(essay.meta.get(key, "")) for key in ("title", "question"))
        if "`{" in title + question:
            page = self._page(essay.path, essay.text, essay.meta)
            title, question = page.plain(title), page.plain(question)
        english = self.docs / "essays" / essay.slug / "index.md"
        return head(self._relative(english), read_source(english), problems).stop(
            essay, title, question
        )

    def source(self, uri: str) -> tuple[Path, bool]:
        """The file that a page is read from in this language, and whether it is a translation at all."""
        english = self.docs / uri
        other = self.docs / twin(uri)
        if self.language == "en" or not other.is_file():
            return english, self.language == "en" or uri in self.made
        return other, True

    def alone(self, uri: str) -> bool:
        """Whether a page can be made without the others: no list on it tells what they say."""
        path = self.source(uri)[0]
        return path.is_file() and not any(
            "uses" in self._rests.list(piece.text.split()[0])
            for piece in scan(read_source(path))
            if piece.kind == "list"
        )

    def held(self, uri: str) -> Record | None:
        """The finished page as an earlier build has kept it; None if anything that it was made from is not as it was."""
        if self.early:
            return None
        known = uri in self._told
        record = self._keeper.held(uri)
        if record and not known:
            self._told.add(uri)
            self._inputs.ask("")
            for name, part in record.parts.items():
                self._parts[name].put(uri, part)
        return record

    def of(self, uri: str) -> Box[str] | None:
        """What this build itself has of a page: its first figure."""
        return self._leads.get(uri)

    def put(self, uri: str, lead: Box[str] | None) -> None:
        """Take a page as `of` has told of it."""
        if lead:
            self._leads[uri] = lead

    def still(self, uri: str) -> bool:
        """Whether a held page is true now that every page has been read."""
        return self._keeper.still(uri)

    def body(self, uri: str) -> Body | None:
        """The bytes of a held page and of the files beside it, for the scripts of this build."""
        body = self._keeper.body(uri)
        return (
            Body(
                body.html.replace(
                    f"live.js?{DATA}".encode(), f"live.js?{self.scripts.version}".encode()
                ),
                body.files,
            )
            if body
            else None
        )

    def keep(self, uri: str, html: str, files: Files, facts: Any) -> None:
        """Let go of a finished page. The next build has it, unless something is wrong with it."""
        ready = self.ready.pop(uri, None)
        if ready is None or not ready.sound or self.early:
            return
        parts = {name: part.of(uri) for name, part in self._parts.items()}
        stays = html.replace(f"live.js?{self.scripts.version}", f"live.js?{DATA}")
        inputs = self._inputs.of(uri, self._keeper.state)
        body = Body(
            stays.encode(errors="xmlcharrefreplace"),
            {
                path: text.encode() if isinstance(text, str) else text
                for path, text in files.items()
            },
        )
        self._keeper.keep(uri, inputs, body, facts, parts)

    def beside(self, uri: str) -> Files:
        """The files that lie beside a finished page, by address: its script, its figures and their points, its copy, its card, its companion. They are handed out once."""
        card = page_of(uri) + CARD
        dealt = (
            {card: self.deck.files.pop(card)}
            if uri in self.press.essays and card in self.deck.files
            else {}
        )
        scripts = {f"assets/{name}": text for name, text in self.scripts.own(uri).items()}
        tables = {
            (Path(uri).parent / name).as_posix(): text
            for name, text in self._tables.pop(uri, {}).items()
        }
        numbers = companion_of(uri)
        companions = {numbers: self._companions.pop(numbers)} if numbers in self._companions else {}
        return {
            **self.gallery.points(uri),
            **self.press.files(uri),
            **scripts,
            **tables,
            **dealt,
            **companions,
        }

    def markdown(self, uri: str, meta: dict[str, Any]) -> str:
        """A page's Markdown with everything filled but figures and panels; `meta` gets its texts filled in place."""
        self._inputs.ask(uri)
        path, translated = self.source(uri)
        both = (self.docs / twin(uri)).is_file() or uri in self.made
        english = self.made.get(uri) or read_source(self.docs / uri)
        text = self.made.get(uri) or read_source(path)
        self._inputs.add(*self._rests.page(uri, text), f"fed {uri}")
        for key in meta.keys() - sound(meta, text).keys():
            del meta[key]
        twin_of = english if path.name == Path(twin(uri)).name else ""
        """The English page's source, for a page that inherits from it."""
        if twin_of:
            said = _readable(twin_of)
            own = inherited(sound(said, twin_of), meta)
            meta.clear()
            meta.update(own)
        page = self._page(path, text, meta)
        stray = list(broken(text, uri, self.documents, page.body_at))
        cited = self.words.mistakes(text)
        for wrong in (*mistakes(text, uri in self._essay_uris), *stray, *cited):
            page.refuse(wrong)
        for key in ("title", "question", "description"):
            if isinstance(meta.get(key), str):
                meta[f"{key}_followed"] = page.followed(meta[key]) if key != "description" else ""
                meta[key] = page.plain(meta[key])
        page.generated = uri in self.made
        filled = page.fill(path.parent)
        self._tables[uri] = filled.works.files
        if (
            both and uri not in self.made and (self.language == "zh" or self._served)
        ):  # a writer may be looking at either
            other = self.docs / twin(uri)
            chinese, where = read_source(other), self._relative(other)
            refused = (
                self._refused(english, path.parent, page.scenario),
                self._refused(chinese, path.parent, page.scenario),
            )
            filled.problems += disagreements(english, chinese, where, refused)
            filled.problems += contradictions(english, chinese, where, self._scenario)
        meta.pop("status", None)  # Material would draw an icon for it
        meta["minutes"] = minutes(text)
        meta["place"] = (
            self.route.around(Path(uri).parent.name) if uri.startswith("essays/") else None
        )
        meta["labels"] = self.tags.of(meta["place"].stop) if meta["place"] else []
        meta["marks"] = bool(meta["place"]) or "data-essay=" in filled.markdown
        meta["untranslated"] = not translated
        meta["claims"] = filled.claims
        drawn = self.gallery.draw(filled.figures, filled.scenario, filled.problems)
        meta["live"] = self.scripts.page(
            uri, filled, (term for picture in drawn.values() for term in picture.terms)
        )
        lead = next((request for request in filled.figures if request.token in drawn), None)
        shown = (
            f"{meta.get('question') or meta.get('title') or ''} {lead.alt if lead else ''}".strip()
            if uri in self.press.essays
            else ""
        )
        meta["feeds"] = self.press.page(
            uri, meta, self.language if translated else "en", both, shown
        )
        if not self.early:
            self._tell(
                uri,
                meta,
                page,
                filled,
                {token: self.gallery.file(picture.svg) for token, picture in drawn.items()},
                lead.token if lead else "",
            )
        self.problems += filled.problems
        problems = self.writers.told(
            [*self.engine.problems, *self.route.problems, *filled.problems]
        )
        readable = without_unreadable(filled.text, uri) if stray else filled.text
        works = filled.works.html()
        meta["numbers"] = bool(works)
        markdown = filled.stash.opened(with_ids(readable, english[body_at(english) :]))
        filled.stash.let_go()
        self.ready[uri] = Ready(
            not filled.problems,
            Box(filled.stash, packed=False),
            self._boxed(
                Rest(
                    filled.figures,
                    drawn,
                    works,
                    filled.works.told(filled.scenario),
                    str(meta.get("title") or self.press.site.name),
                )
            ),
        )
        self._inputs.settle(uri, self._keeper.state)
        return self._notice(problems) + markdown

    def _refused(self, text: str, folder: Path, scenario: Scenario) -> set[int]:
        """The offsets of what is refused on a page: its twin need not agree in that."""
        return refused_in(
            text,
            scenario,
            lambda path: (folder / unquote(path)).is_file(),
            [mistake.at for mistake in self.words.mistakes(text)],
        )

    def check_places(
        self,
        uri: str,
        links: Mapping[str, Mapping[str, str]],
        places: Callable[[str], Collection[str] | None],
    ) -> None:
        """Refuse the links of a page to places that are not there, once every page is read.

        `links` are as MkDocs has found them: for each page, the places on it with the links as they are written.
        `places` tells those of a page, and None of one that nobody has read.
        """
        for to, anchors in links.items():
            known = places(to)
            missing = [
                pair for pair in anchors.items() if known is not None and pair[0] not in known
            ]
            for anchor, link in missing:
                if CITATION.search(f"]({link})"):
                    continue  # told as a work that nobody knows
                path = self.source(uri)[0]
                text = self.made.get(uri) or read_source(path)
                mistake = lost(text, uri, to, anchor, link, known or ())
                self.problems.append(
                    Problem(
                        self._relative(path), *line_and_column(text, mistake.at), mistake.message
                    )
                )
                if uri in self.ready:
                    self.ready[uri].sound = False

    def _boxed(self, content: T) -> Box[T]:
        """Something that waits, for long unless the page is early."""
        return Box(content, self._aside, packed=not self.early)

    def _tell(
        self,
        uri: str,
        meta: dict[str, Any],
        page: Page,
        filled: Filled,
        figures: dict[str, str],
        lead: str,
    ) -> None:
        """Tell the search, the press and the deck of a page. `figures` are its figures' files, by token; `lead` is the first one's."""
        self.index.head(uri, meta)
        self.press.copy(uri, meta, filled.bare, figures)
        if lead:
            self._leads[uri] = Box(figures[lead])
        if uri in self.press.essays:
            title, question = (str(meta.get(key) or "") for key in ("title", "question"))
            try:
                self.deck.deal(
                    page_of(uri) + CARD,
                    Card(
                        question or title,
                        title if question else "",
                        self.press.site.name,
                        figures.get(lead, ""),
                    ),
                    page.text,
                )
            except Mistake as mistake:
                page.refuse(mistake)

    def rendered(self, uri: str, meta: dict[str, Any], html: str) -> str:
        """Take a page's own HTML as Markdown has made it. It waits for the others; a sign stands for it meanwhile."""
        ready = self.ready.get(uri)
        if ready is None:
            return html
        wrong = self._foreign(uri, html)
        self.problems += wrong
        ready.sound = ready.sound and not wrong
        html = self._notice(wrong) + html
        meta["markup"] = used(html)
        stash = ready.stash.open()
        self.words.read(uri, str(meta.get("title") or ""), html, stash.said)
        if not self.early:
            self.index.page(uri, html, stash.words)
        ready.stash, ready.own = self._boxed(stash), self._boxed(html)
        return OWN

    def _foreign(self, uri: str, html: str) -> list[Problem]:
        """What a page's own HTML holds and may not."""
        if uri in self.made:
            return []
        path, _ = self.source(uri)
        text = read_source(path)
        return [
            Problem(self._relative(path), *line_and_column(text, mistake.at), mistake.message)
            for mistake in foreign(html, text)
        ]

    def finish(self, uri: str, html: str) -> str:
        """The page's final HTML: its own put in, and its figures and panels."""
        ready = self.ready.get(uri)
        if ready is None or ready.own is None:
            return html
        self._inputs.ask(uri)
        frame = html
        own, stash, rest = ready.own.open(), ready.stash.open(), ready.rest.open()
        html = stash.shown(self.words.finish(uri, html.replace(OWN, own, 1), own))
        for request in rest.figures:
            drawn = rest.pictures.get(request.token)
            html = html.replace(
                _place(request), self.gallery.shown(uri, request, drawn) if drawn else ""
            )
        if uri in self.press.fed and not self.early:
            self.press.full(uri, self._fed(stash.words(own), rest))
        html = framed(completed(CLAIMS_ALONE.sub(r"\1", html), self.language), self.language)
        if rest.works:
            self._companions[companion_of(uri)] = companion(
                frame, rest.title, self.press.site.name, rest.told, rest.works, self.language
            )
        return without_marks(html)

    def _fed(self, own: str, rest: Rest) -> str:
        """A page's own HTML for a feed: pictures in place of its figures, and no claims."""
        for request in rest.figures:
            drawn = rest.pictures.get(request.token)
            own = own.replace(
                _place(request), pictured(request.token, drawn.svg, request.alt) if drawn else ""
            )
        return CLAIMS_ALONE.sub("", own)

    def finish_site(self) -> None:
        """The scripts and feeds, now that every page has said what it needs."""
        if not self.partial and not self.writers.problems and not self.engine.problems:
            # what is left out for a mistake may have used and cited it
            self.problems += self.words.unused()
        self._own_card()
        self.check()
        self.files |= self.press.texts()
        self.files |= self.deck.files
        if self.language == "en":
            self.files |= texts()
        self.check()
        try:
            scripts = self._keeper.made(
                "scripts", self.scripts.asked, ("data", "costs"), self.scripts.texts
            )
            self.files |= {f"assets/{name}": text for name, text in scripts.items()}
            self.files |= {f"assets/{name}": text for name, text in self.index.texts().items()}
        except Mistake as mistake:
            self.problems.append(Problem("hooks/costs", 1, 1, mistake.message))
        self._keeper.close()
        self.problems = self.writers.told(self.problems)

    def _own_card(self) -> None:
        """The site's card, for pages without one of their own, over the first figure on the path."""
        figure = next(
            (lead.open() for uri in self.press.essays if (lead := self._leads.get(uri))), ""
        )
        try:
            self.deck.deal(
                CARD, Card(self.press.site.name, self.press.site.description, "", figure)
            )
        except Mistake as mistake:
            self.problems.append(Problem("mkdocs.yml", 0, 0, mistake.message))

    def _page(self, path: Path, text: str, meta: dict[str, Any]) -> Page:
        up = "../" * (len(path.relative_to(self.docs).parts) - 1)
        works = Works(
            self.language,
            self.code,
            self._quantities and "../" + up + self._quantities,
            self.check,
        )
        shown = {
            name: lambda rest, *_, name=name: Shelf(self.route, self.language, up, self.tags).list(
                name, rest
            )
            for name in SHOWN
        }
        lists = {name: self._noted(name, write) for name, write in (self._lists | shown).items()}
        page = Page(self._relative(path), text, self._scenario, self.language, works, lists)
        twin_of = path.name.endswith(".zh.md")
        said = path.with_name(path.name.removesuffix(".zh.md") + ".md") if twin_of else None
        shared = read_source(said) if said and said.is_file() else text
        given = meta.get("scenario")
        mapping = given if isinstance(given, dict) else {}
        page.set_scenario(mapping, typed(shared, "scenario"), inherited=twin_of)
        self._remember(page.scenario)
        return page

    def _remember(self, scenario: Scenario) -> None:
        """Forget a scenario that was asked for longer ago than the last few: what is computed in one takes a megabyte."""
        self._recent[:] = [*(each for each in self._recent if each is not scenario), scenario]
        while len(self._recent) > SCENARIOS:
            self._scenario.forget(self._recent.pop(0))

    def _noted(self, name: str, write: List) -> List:
        def noted(*given: Any) -> str:
            self._inputs.add(*self._rests.list(name))
            return write(*given)

        return noted

    def _relative(self, path: Path) -> str:
        return relative(path, self.root)

    def _notice(self, problems: list[Problem]) -> str:
        """What a writer sees on top of a page with problems."""
        if not problems:
            return ""
        rows = "".join(f"<li><code>{escape(str(each))}</code></li>" for each in folded(problems))
        return f'<div class="problems" role="alert"><ul>{rows}</ul></div>\n\n'


def _readable(text: str) -> dict[str, Any]:
    """A page's front matter; none while YAML cannot read it, which that page tells."""
    try:
        return front_matter(text)
    except Mistake:
        return {}


def companion_of(uri: str) -> str:
    """The file of the companion of a page."""
    return f"{page_of(uri)}{COMPANION}index.html"


def _place(request: FigureRequest) -> str:
    """What stands on a page for a figure until it is drawn."""
    return f'<div data-figure="{request.token}"></div>'
