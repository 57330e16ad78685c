"""The site's scripts in one language: a page's own formulas, and the files that every live page
loads.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from hooks.data.engine import Engine
from hooks.formula.evaluate import Scenario
from hooks.live.bundle import (
    CORE,
    GIVEN,
    VOCABULARY,
    data_version,
    later_script,
    lazy_files,
    page_script,
    script,
    shared_properties,
)
from hooks.live.export import export_script
from hooks.live.fields import fields_script
from hooks.live.judging import Judging, rare
from hooks.live.panels import work_script
from hooks.live.presets import Presets
from hooks.page.filled import LiveParts
from hooks.text.address import quoted
from hooks.text.languages import Language

PANELS = ("panels", "opened")
"""What opens numbers in place, on pages that follow no scenario, too."""

MAIN = (*CORE, *PANELS, "api", "page", "open", "address", "bar", "start")
"""What every live page loads, in this order."""

FIRST = 18_000
"""The characters of formulas that a page loads before it shows its scenario's controls. An essay
has 14,000.
"""

LATE = ("communication", "expected", "inverse", "layout", "parallel")
"""The files of cost models whose quantities a page with more than that loads second: what stands
far down or beside.
"""


@dataclass(frozen=True)
class Scripts:
    """Writes the scripts of one language. `code` is the address of the project's files, `site` what
    the site is called where it is cited.

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
        """What a page's markup says of it (its scenario, the fields that it follows, its scripts),
        and the page's own script by its address.

        Both are empty where the page follows no field.
        """
        if not live.fields:
            return {}, {}
        library = self.engine.library
        says = {
            "given": scenario.given,
            "fields": [
                one
                for name in library.fields_of_scenario
                if name in live.fields
                for one in (name, *(given for given, choice in GIVEN.items() if choice == name))
                if one in library.names
            ],
        }
        says |= self._judging.says(scenario, live.fields)
        names, own = live.names(library), script_of(uri)
        more = self._judging.apart(names)
        files = {own: page_script(library, names, self.language, more)}
        if len(files[own]) > FIRST:
            late = {name for name in names if Path(library.names[name].path).stem in LATE}
            rest = f"{own.removesuffix('.js')}-more.js"
            files = {
                own: page_script(library, names, self.language, more, late),
                rest: later_script(library, names, self.language, late),
            }
            says["later"] = _versioned(rest, files).removeprefix("assets/")
        return {
            "says": compact(says),
            "own": _versioned(own, files),
            "main": f"assets/live.js?{data_version(self.engine.root)}",
        }, files

    def site_scripts(self, live: LiveParts) -> dict[str, str]:
        """Every script that pages share, by file name; `live` joins the live parts of all pages."""
        always = {
            f"{name}.js": lazy_files([name], self.language)
            for name in ("reach", "read", "search", "words")
        }
        always["panels.js"] = lazy_files(PANELS, self.language)
        if not live.fields:
            return always
        engine, library, tables = self.engine, self.engine.library, self.engine.catalogue.tables
        names = live.names(library) | self._judging.names
        rows = self._rows(live)
        presets = [[preset.title(self.language), preset.given] for preset in self.presets.all]
        common = shared_properties(
            library,
            tables,
            names,
            rows,
            self.language,
            data_version(engine.root),
            rare(library),
        )
        return always | {
            "live.js": script(
                f"{{{common},...window.live.page({{{VOCABULARY}}})}}", MAIN, self.language
            ),
            "live-sheet.js": lazy_files(
                ["stops", "sheet"], self.language, f"const PRESETS={compact(presets) or '[]'};"
            ),
            **self._judging.scripts(),
            "live-fields.js": fields_script(
                library, tables, engine.root, self.language, self.quantities
            ),
            "live-work.js": work_script(library, tables, names, rows, self.language, self.code),
            "live-calculator.js": lazy_files(["calculator"], self.language),
            "live-charts.js": lazy_files(["stops", "chart"], self.language),
            "live-steps.js": lazy_files(["steps"], self.language),
            "live-timeline.js": lazy_files(["timeline"], self.language),
            "live-block.js": lazy_files(["block"], self.language),
            "live-sort.js": lazy_files(["sort"], self.language),
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
    def _judging(self) -> Judging:
        return Judging(self.engine, self.language)

    def _rows(self, live: LiveParts) -> dict[str, set[str]]:
        """Of tables that readers do not choose from, the rows that pages mention."""
        library = self.engine.library
        partial = {name: library.table(name) for name in library.choices if name not in live.fields}
        rows = {table: {str(self.engine.scenario.setting(name))} for name, table in partial.items()}
        for term in live.terms:
            for name, value in term.pins:
                if name in partial:
                    rows[partial[name]].add(str(value))
        return rows


def script_of(uri: str) -> str:
    """The address of a page's own script."""
    return f"assets/pages/{uri.removesuffix('.md').removesuffix('/index').replace('/', '-')}.js"


def _versioned(address: str, files: dict[str, str]) -> str:
    """A script's address with a short name for its text."""
    return f"{quoted(address)}?{sha256(files[address].encode()).hexdigest()[:8]}"


def compact(value: Any) -> str:
    """JSON without spaces; nothing for nothing."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
