"""The site's scripts in one language: which formulas its pages need, and the files that the browser loads."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from hooks.address import quoted
from hooks.box import Box
from hooks.engine import Engine
from hooks.formula.declaration import Choice
from hooks.formula.format import Language
from hooks.live.emit import literal
from hooks.live.export import export_script
from hooks.live.fields import fields_script
from hooks.live.presets import Presets
from hooks.live.twin import (
    CORE,
    VOCABULARY,
    data_version,
    formulas,
    later,
    page_script,
    script,
    shared,
)
from hooks.live.work import work_script
from hooks.page import expected
from hooks.page.fill import Filled, Told
from hooks.page.reference import Term
from hooks.page.withheld import VERDICTS

MAIN = (*CORE, "panels", "api", "page", "open", "address", "bar", "start")
"""What every live page loads, in this order."""

CURES = ("chips_needed", "longest_context")
"""What makes an impossible scenario possible."""


@dataclass(frozen=True)
class Says:
    """What one page tells: a digest to know it by, and all of it."""

    digest: str
    told: Box[Told]


class Scripts:
    """Collects what pages tell their readers' browsers."""

    def __init__(
        self,
        engine: Engine,
        presets: Presets,
        language: Language,
        code: str,
        site: str,
        quantities: str = "",
        aside: IO[bytes] | None = None,
    ):
        """`code` is the address of the project's files, `site` what the site is called where it is cited.

        `quantities` is the page that lists all formulas; `aside` the file in which pages wait.
        """
        self.quantities = quantities
        self.site = site
        self.engine = engine
        self.presets = presets
        self.language = language
        self.code = code
        self.version = data_version(engine.root)
        self._told = Told()
        """What the pages tell that this build has made."""
        self._boxes: list[Box[Told]] = []
        """What the others tell, closed until somebody wants to know."""
        self._own: dict[str, Box[dict[str, str]]] = {}
        self._aside = aside
        self._pages: dict[str, Says] = {}

    def page(self, uri: str, filled: Filled, charts: Iterable[Term]) -> dict[str, str]:
        """What a page's markup says of it: its scenario, the fields that it follows, its scripts; empty where it follows none.

        `charts` are the terms that its pictures plot.
        """
        library, told = self.engine.library, filled.told
        for term in charts:
            told.terms.add(term)
            told.fields |= term.follows(library)
        live = {
            "given": filled.scenario.given,
            "fields": [name for name in library.fields_of_scenario if name in told.fields],
        }
        if expected.names(library) and told.fields >= {"model", "accelerator"}:
            live["expect"] = expected.line(filled.scenario, self.language)
        own = page_script(library, _names(told), self.language) if told.fields else ""
        name = f"pages/{uri.removesuffix('.md').removesuffix('/index').replace('/', '-')}.js"
        self._pages[uri] = Says(sha256(_sorted(told).encode()).hexdigest(), Box(told, self._aside))
        self._told.join(told)
        self._own[uri] = Box({name: own} if own else {}, self._aside)
        if not told.fields:
            return {}
        return {
            "says": compact(live),
            "own": f"assets/{quoted(name)}?{_hash(own)}",
            "main": f"assets/live.js?{self.version}",
        }

    def put(self, uri: str, says: Says) -> None:
        """Take what an earlier build knows of a page."""
        self._pages[uri] = says
        self._boxes.append(says.told)

    def of(self, uri: str) -> Says:
        """What a later build has to know of a page."""
        return self._pages[uri]

    def own(self, uri: str) -> dict[str, str]:
        """A page's own script by its file name, handed out once; nothing for one without."""
        return self._own.pop(uri).open() if uri in self._own else {}

    def texts(self) -> dict[str, str]:
        """Every script by its file name."""
        still = {
            f"{name}.js": later([name], self.language)
            for name in ("panels", "reach", "read", "search", "words")
        }
        for box in self._boxes:
            self._told.join(box.open())
        self._boxes.clear()
        if not self._told.fields:
            return still
        presets = [[preset.title(self.language), preset.given] for preset in self.presets.all]
        common = shared(
            self.engine.library,
            self.engine.catalogue.tables,
            self.names,
            self._rows(),
            self.language,
            self.version,
            presets,
        )
        own = {
            name: text for scripts in self._own.values() for name, text in scripts.open().items()
        }
        return (
            still
            | own
            | {
                "live.js": script(
                    f"{{{common},...window.live.page({{{VOCABULARY}}})}}", MAIN, self.language
                ),
                "live-sheet.js": later(["sheet"], self.language),
                "live-limits.js": later(
                    ["limits"], self.language, f"const LIMITS={self._limits()};"
                ),
                "live-expected.js": later(
                    ["expected"], self.language, f"const EXPECTED={self._expected()};"
                ),
                "live-fields.js": fields_script(
                    self.engine.library,
                    self.engine.catalogue.tables,
                    self.engine.root,
                    self.language,
                    self.quantities,
                ),
                "live-work.js": work_script(
                    self.engine.library,
                    self.engine.catalogue.tables,
                    self.names,
                    self._rows(),
                    self.language,
                    self.code,
                ),
                "live-calculator.js": later(["calculator"], self.language),
                "live-charts.js": later(["chart"], self.language),
                "live-steps.js": later(["steps"], self.language),
                "live-export.js": export_script(
                    self.engine.library,
                    self.engine.catalogue.tables,
                    self._told.numbers,
                    self.engine.scenario,
                    self.language,
                    self.site,
                ),
            }
        )

    @property
    def asked(self) -> str:
        """All that pages tell, as a text: with the same formulas and data, it makes the same scripts."""
        return repr(sorted({says.digest for says in self._pages.values()}))

    @property
    def names(self) -> set[str]:
        """Every name that a page computes or a reader may set, and those that judge a scenario."""
        return _names(self._told) | self._judging | expected.names(self.engine.library)

    @property
    def _judging(self) -> set[str]:
        """The verdicts on a scenario that these cost models know."""
        return {name for name in (*VERDICTS, *CURES) if name in self.engine.library.names}

    def _limits(self) -> str:
        """The verdicts' formulas, as an expression that takes what they call from `live`."""
        known = formulas(self.engine.library, self._judging, self.language)
        return f"(({{{VOCABULARY}}})=>({{{known}}}))(live)"

    def _expected(self) -> str:
        """The formulas of what to expect, and the lines that say it, as an expression that takes what they call from `live`."""
        library = self.engine.library
        known = formulas(library, expected.names(library), self.language)
        lines = literal(expected.LINES[self.language])
        return f"(({{{VOCABULARY}}})=>({{known:{{{known}}},lines:{lines}}}))(live)"

    def _rows(self) -> dict[str, set[str]]:
        """Of tables that readers do not choose from, the rows that pages mention."""
        fields = self.engine.library.fields_of_scenario
        partial = {
            name: field.table
            for name, field in fields.items()
            if isinstance(field, Choice) and name not in self._told.fields
        }
        rows = {table: {str(self.engine.scenario.setting(name))} for name, table in partial.items()}
        for term in self._told.terms:
            for name, value in term.pins:
                if name in partial:
                    rows[partial[name]].add(str(value))
        return rows


def _names(told: Told) -> set[str]:
    return {term.name for term in told.terms} | told.fields


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def compact(value: Any) -> str:
    """JSON without spaces; nothing for nothing."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def _sorted(told: Told) -> str:
    return repr([sorted(map(str, told.numbers)), sorted(map(str, told.terms)), sorted(told.fields)])
