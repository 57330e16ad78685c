"""The site's scripts in one language: which formulas its pages need, and the files that the browser loads."""

import json
from typing import Any

from hooks.engine import Engine
from hooks.formula.declaration import Choice
from hooks.formula.format import Language
from hooks.live.presets import Presets
from hooks.live.twin import CORE, data_version, later, script, twin
from hooks.page.fill import Filled, Told
from hooks.page.reference import parse

MAIN = (*CORE, "api", "page", "address", "bar", "start")
"""What every live page loads, in this order."""


class Scripts:
    """Collects what pages tell their readers' browsers."""

    def __init__(self, engine: Engine, presets: Presets, language: Language, code: str):
        self.engine = engine
        self.presets = presets
        self.language = language
        self.code = code
        self.version = data_version(engine.root)
        self._told = Told()

    def page(self, filled: Filled, charts: list[dict[str, Any]]) -> str:
        """What a page's own markup says of it: its scenario and the fields that it follows; empty where it follows none."""
        library, told = self.engine.library, filled.told
        for chart in charts:
            for text in references_in(chart):
                told.take(parse(text, self.engine.scenario), library)
        self._told.terms |= told.terms
        self._told.fields |= told.fields
        live = {"given": filled.scenario.given, "fields": [name for name in library.fields_of_scenario if name in told.fields]}
        return compact(live) if told.fields else ""

    def texts(self) -> dict[str, str]:
        """Every script by its file name."""
        if not self._told.fields:
            return {}
        return {"live.js": script(self._twin(), MAIN, self.language), "live-sheet.js": later(["sheet"], self.language)}

    def _twin(self) -> str:
        presets = [[preset.title(self.language), preset.given] for preset in self.presets.all]
        return twin(self.engine.library, self.engine.catalogue.tables, self.names, self._rows(), self.language, self.version, presets)

    @property
    def names(self) -> set[str]:
        """Every name that a page computes or a reader may set."""
        return {term.name for term in self._told.terms} | self._told.fields

    def _rows(self) -> dict[str, set[str]]:
        """Of tables that readers do not choose from, the rows that pages mention."""
        fields = self.engine.library.fields_of_scenario
        partial = {name: field.table for name, field in fields.items() if isinstance(field, Choice) and name not in self._told.fields}
        rows = {table: {str(self.engine.scenario.setting(name))} for name, table in partial.items()}
        for term in self._told.terms:
            for name, value in term.pins:
                if name in partial:
                    rows[partial[name]].add(str(value))
        return rows


def compact(value: Any) -> str:
    """JSON without spaces; nothing for nothing."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def references_in(chart: Any) -> list[str]:
    """Every reference that a chart's wiring holds."""
    return []
