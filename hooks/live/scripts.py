"""The site's scripts in one language: a page's own formulas, and the files that every live page loads."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from hooks.data.engine import Engine
from hooks.formula.declaration import Choice
from hooks.formula.evaluate import Scenario
from hooks.live.bundle import (
    CORE,
    VOCABULARY,
    data_version,
    fields_apart,
    formulas,
    lazy_files,
    page_script,
    script,
    shared_properties,
)
from hooks.live.emit import literal
from hooks.live.export import export_script
from hooks.live.fields import fields_script
from hooks.live.panels import work_script
from hooks.live.presets import Presets
from hooks.page import floors as expected
from hooks.page.filled import LiveParts
from hooks.page.withheld import VERDICTS
from hooks.text.address import quoted
from hooks.text.languages import Language

MAIN = (*CORE, "panels", "api", "page", "open", "address", "bar", "start")
"""What every live page loads, in this order."""

CURES = ("chips_needed", "longest_context")
"""What makes an impossible scenario possible."""


@dataclass(frozen=True)
class Scripts:
    """Writes the scripts of one language. `code` is the address of the project's files, `site` what the site is called where it is cited.

    `quantities` is the page that lists all formulas, or empty.
    """

    engine: Engine
    presets: Presets
    language: Language
    code: str
    site: str
    quantities: str = ""

    def page(
        self, uri: str, live: LiveParts, scenario: Scenario
    ) -> tuple[dict[str, str], dict[str, str]]:
        """What a page's markup says of it (its scenario, the fields that it follows, its scripts), and the page's own script by its address.

        Both are empty where the page follows no field.
        """
        if not live.fields:
            return {}, {}
        library = self.engine.library
        says = {
            "given": scenario.given,
            "fields": [name for name in library.fields_of_scenario if name in live.fields],
        }
        if expected.names(library) and live.fields >= {"model", "accelerator"}:
            says["expect"] = expected.floor_line(scenario, self.language)
        names = _names(live)
        script = page_script(library, names, self.language, self._apart(names))
        version = sha256(script.encode()).hexdigest()[:8]
        return {
            "says": compact(says),
            "own": f"{quoted(script_of(uri))}?{version}",
            "main": f"assets/live.js?{data_version(self.engine.root)}",
        }, {script_of(uri): script}

    def site_scripts(self, live: LiveParts) -> dict[str, str]:
        """Every script that pages share, by file name; `live` joins the live parts of all pages."""
        always = {
            f"{name}.js": lazy_files([name], self.language)
            for name in ("panels", "reach", "read", "search", "words")
        }
        if not live.fields:
            return always
        engine, library, tables = self.engine, self.engine.library, self.engine.catalogue.tables
        names = _names(live) | self._judging | expected.names(library)
        rows = self._rows(live)
        presets = [[preset.title(self.language), preset.given] for preset in self.presets.all]
        common = shared_properties(
            library,
            tables,
            names,
            rows,
            self.language,
            data_version(engine.root),
            presets,
            expected.APART,
        )
        return always | {
            "live.js": script(
                f"{{{common},...window.live.page({{{VOCABULARY}}})}}", MAIN, self.language
            ),
            "live-sheet.js": lazy_files(["sheet"], self.language),
            "live-limits.js": lazy_files(
                ["limits"], self.language, f"const LIMITS={self._limits()};"
            ),
            "live-expected.js": lazy_files(
                ["expected"], self.language, f"const EXPECTED={self._expected()};"
            ),
            "live-fields.js": fields_script(
                library, tables, engine.root, self.language, self.quantities
            ),
            "live-work.js": work_script(library, tables, names, rows, self.language, self.code),
            "live-calculator.js": lazy_files(["calculator"], self.language),
            "live-charts.js": lazy_files(["chart"], self.language),
            "live-steps.js": lazy_files(["steps"], self.language),
            "live-export.js": export_script(
                library,
                tables,
                live.numbers,
                engine.scenario,
                self.language,
                self.site,
                engine.root,
            ),
        }

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
        names = expected.names(library)
        known = formulas(library, names, self.language)
        known += f",{more}" if (more := self._apart(names)) else ""
        lines = literal(expected.LINES[self.language])
        return f"(({{{VOCABULARY}}})=>({{known:{{{known}}},lines:{lines}}}))(live)"

    def _apart(self, names: set[str]) -> str:
        """What `names` need that only few pages do."""
        tables = self.engine.catalogue.tables
        return fields_apart(self.engine.library, tables, names, set(expected.APART), self.language)

    def _rows(self, live: LiveParts) -> dict[str, set[str]]:
        """Of tables that readers do not choose from, the rows that pages mention."""
        fields = self.engine.library.fields_of_scenario
        partial = {
            name: field.table
            for name, field in fields.items()
            if isinstance(field, Choice) and name not in live.fields
        }
        rows = {table: {str(self.engine.scenario.setting(name))} for name, table in partial.items()}
        for term in live.terms:
            for name, value in term.pins:
                if name in partial:
                    rows[partial[name]].add(str(value))
        return rows


def script_of(uri: str) -> str:
    """The address of a page's own script."""
    return f"assets/pages/{uri.removesuffix('.md').removesuffix('/index').replace('/', '-')}.js"


def _names(live: LiveParts) -> set[str]:
    return {term.name for term in live.terms} | live.fields


def compact(value: Any) -> str:
    """JSON without spaces; nothing for nothing."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
