"""One build of the site in one language: every page filled, every figure drawn, every problem kept."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from hooks.engine import Engine
from hooks.feeds.plain import plain
from hooks.feeds.press import Press
from hooks.feeds.publication import publication
from hooks.formula.format import Language
from hooks.languages import say, twin
from hooks.live.presets import Presets
from hooks.live.scripts import Scripts, compact
from hooks.page.fill import FigureRequest, Filled, List, Page, body_at
from hooks.page.lists import Lists
from hooks.page.pair import disagreements, with_ids
from hooks.page.work import Panel, Works, with_short_ids
from hooks.pictures.drawing import FigureProblem, Picture, picture
from hooks.problems import Mistake, Problem
from hooks.series.essay import Essay, front_matter, minutes, written
from hooks.series.roadmap import Roadmap
from hooks.series.route import Route
from hooks.series.shelf import SHOWN, Shelf
from hooks.series.stop import Stop, head

CLAIMS_ALONE = re.compile(r'<p>((?:<span class="claim"[^>]*></span>\s*)+)</p>')
"""A paragraph of claims and nothing else, which Markdown has made."""


@dataclass
class Ready:
    """A page that waits for its figures and panels: they enter after Markdown and the search index have run."""

    filled: Filled
    pictures: dict[str, Picture]
    translated: bool


class Build:
    """Fills pages from one engine. `code` is the address under which readers find the project's files.

    `site`, `description` and `address` are what the site says of itself; without an address it has no feed.
    """

    def __init__(self, root: Path, docs: Path, language: Language, code: str, cache: Path | None, site: str = "", description: str = "", address: str = ""):
        self.root = root
        self.docs = docs
        self.language = language
        self.code = code
        self.cache = cache
        self.engine = Engine(root)
        self.problems: list[Problem] = list(self.engine.problems)
        self.ready: dict[str, Ready] = {}
        self.files: dict[str, str] = {}
        """What pages link to and no writer wrote, by address."""
        presets = Presets(docs / "data" / "presets.yml", root, self.engine.scenario)
        self.problems += presets.problems
        self.scripts = Scripts(self.engine, presets, language, code, site)
        self._panels: dict[tuple[str, bool], Panel] = {}
        lists = Lists(root, language, code)
        self._lists: dict[str, List] = {
            "sources": lists.sources,
            "quantities": lists.quantities,
            "scoreboard": lists.scoreboard,
        }
        self._written = written(docs, language)
        self.route = self._route()
        self.problems += self.route.problems
        self.press = Press(publication(root, site, description, address, language), self.essays)

    @property
    def essays(self) -> list[Essay]:
        """The published essays of the series in this build's language."""
        return [essay for essay in self._written if essay.status == "published"]

    def _route(self) -> Route:
        """The series in this build's language: what has a page, and what the roadmap adds."""
        roadmap = Roadmap.read(self.docs / "data" / "roadmap.yml", self.root, self.language)
        problems = roadmap.problems
        stops = {essay.slug: self._stop(essay, problems) for essay in self._written}
        for stop in roadmap.stops:
            if stop.slug in stops:
                problems.append(stop.place.refused(f"'{stop.slug}' has a page now, whose front matter says all this; delete it here"))
        return Route([*stops.values(), *(stop for stop in roadmap.stops if stop.slug not in stops)], problems)

    def _stop(self, essay: Essay, problems: list[Problem]) -> Stop:
        english = self.docs / "essays" / essay.slug / "index.md"
        page = self._page(essay.path, essay.text)
        page.set_scenario(dict(essay.meta.get("scenario") or {}))
        title, question = (page.plain(str(essay.meta.get(key, ""))) for key in ("title", "question"))
        return head(self._relative(english), english.read_text("utf-8"), problems).stop(essay, title, question)

    def source(self, uri: str) -> tuple[Path, bool]:
        """The file that a page is read from in this language, and whether it is a translation at all."""
        english = self.docs / uri
        other = self.docs / twin(uri)
        if self.language == "en" or not other.is_file():
            return english, self.language == "en"
        return other, True

    def markdown(self, uri: str, meta: dict[str, Any]) -> str:
        """A page's Markdown with everything filled but figures and panels; `meta` gets its texts filled in place."""
        path, translated = self.source(uri)
        english = (self.docs / uri).read_text("utf-8")
        text = path.read_text("utf-8")
        page = self._page(path, text)
        try:
            front_matter(text)
        except Mistake as mistake:
            page.refuse(mistake)
        page.set_scenario(dict(meta.get("scenario") or {}))
        for key in ("title", "question", "description"):
            if isinstance(meta.get(key), str):
                meta[f"{key}_followed"] = page.followed(meta[key]) if key != "description" else ""
                meta[key] = page.plain(meta[key])
        filled = page.fill(path.parent)
        if self.language == "en" and (self.docs / twin(uri)).is_file():
            other = self.docs / twin(uri)
            filled.problems += disagreements(english, other.read_text("utf-8"), self._relative(other))
        meta.pop("status", None)  # Material would draw an icon for it
        meta["minutes"] = minutes(text)
        meta["place"] = self.route.around(Path(uri).parent.name) if uri.startswith("essays/") else None
        meta["marks"] = bool(meta["place"]) or "data-essay=" in filled.markdown
        meta["untranslated"] = not translated
        meta["claims"] = filled.claims
        ready = self.ready[uri] = Ready(filled, self._draw(filled, path), translated)
        meta["live"] = self.scripts.page(uri, filled, (term for picture in ready.pictures.values() for term in picture.terms))
        bare = self._bare(path, text, dict(meta.get("scenario") or {}))
        meta["feeds"] = self.press.page(uri, meta, bare, self.language if translated else "en")
        self.problems += filled.problems
        problems = [*self.engine.problems, *self.route.problems, *filled.problems]
        return self._notice(problems) + with_ids(filled.markdown, english[body_at(english) :])

    def finish(self, uri: str, html: str, own: str = "") -> str:
        """The page's final HTML with its figures and panels put in; `own` is the part of it that the writer wrote."""
        ready = self.ready.get(uri)
        if ready is None:
            return html
        for request in ready.filled.figures:
            drawn = ready.pictures.get(request.token)
            place, figure = f'<div data-figure="{request.token}"></div>', self._figure(uri, request, drawn) if drawn else ""
            html, own = html.replace(place, figure), own.replace(place, figure)
            if drawn:
                self.press.picture(uri, request.token, drawn.svg)
        self.press.full(uri, CLAIMS_ALONE.sub("", own))
        html = CLAIMS_ALONE.sub(r"\1", html)
        return with_short_ids(html.replace("<!-- works -->", ready.filled.works.html(), 1))

    def finish_site(self) -> None:
        """The scripts and feeds, now that every page has said what it needs."""
        self.files |= self.press.texts()
        try:
            self.files |= {f"assets/{name}": text for name, text in self.scripts.texts().items()}
        except Mistake as mistake:
            self.problems.append(Problem("hooks/costs", 1, 1, mistake.message))

    def _page(self, path: Path, text: str) -> Page:
        works = Works(self.language, self.code, self._panels)
        up = "../" * (len(path.relative_to(self.docs).parts) - 1)
        shown = {name: lambda *_, name=name: Shelf(self.route, self.language, up).list(name) for name in SHOWN}
        return Page(self._relative(path), text, self.engine.scenario, self.language, works, self._lists | shown)

    def _bare(self, path: Path, text: str, scenario: dict[str, object]) -> str:
        """The page's Markdown for readers of Markdown; its mistakes are told where the page itself is filled."""
        page = self._page(path, text)
        page.lists = {name: lambda *given, write=write: plain(write(*given)) for name, write in page.lists.items()}
        page.set_scenario(scenario)
        return page.bare(path.parent)

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def _draw(self, filled: Filled, path: Path) -> dict[str, Picture]:
        drawn = {}
        for request in filled.figures:
            try:
                drawn[request.token] = picture(request.path, filled.scenario, self.language, request.alt, self.cache)
            except FigureProblem as error:
                filled.problems.append(error.problem)
        return drawn

    def _figure(self, uri: str, request: FigureRequest, drawn: Picture) -> str:
        wires = "".join(f' data-{name}="{escape(text)}"' for name, text in (("chart", compact(drawn.live)), ("alt", request.said)) if text)
        svg = drawn.svg.replace("<svg", f"<svg{wires}", 1)
        if not drawn.rows:
            return svg
        name = f"{request.token}.csv"
        self.files[str(Path(uri).parent / name)] = drawn.csv
        head = "".join(f"<th scope='col'>{escape(column)}</th>" for column in drawn.columns)
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in drawn.rows)
        label = say("The points of this figure", "这张图的数据", self.language)
        return (
            f"{svg}<details class='points' data-search-exclude><summary>{label}</summary>"
            f"<div class='points-scroll' tabindex='0' role='region' aria-label='{label}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
            f"<a href='{name}' download>CSV</a></details>"
        )

    def _notice(self, problems: list[Problem]) -> str:
        """What a writer sees on top of a page with problems."""
        if not problems:
            return ""
        rows = "".join(f"<li><code>{escape(str(problem))}</code></li>" for problem in problems)
        return f'<div class="problems" role="alert"><ul>{rows}</ul></div>\n\n'
