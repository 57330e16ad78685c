"""What a browser judges a reader's scenario by: whether it can be, and what to expect of it beside
each floor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hooks.data.engine import Engine
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.live.bundle import VOCABULARY, fields_apart, formulas, lazy_files
from hooks.live.emit import literal
from hooks.page.floors import APART, LINES, floor_line
from hooks.page.floors import names as expected_names
from hooks.page.withheld import VERDICTS
from hooks.text.languages import Language

FEW = {
    "cached_input", "cost_line", "cut", "disaggregation", "energy", "gaps", "inverse", "levers",
    "lifetime", "measured_pair", "pools", "price_card", "promise", "ring", "service_day",
    "speculation",
}  # fmt: skip
"""The files of cost models whose scenario fields few pages follow, so that each of these brings
them.
"""

CURES = ("chips_needed", "longest_context")
"""What makes an impossible scenario possible."""


def rare(library: Library) -> set[str]:
    """The scenario fields that few pages follow: those of expectations, a promised gap, and those
    of `FEW`.
    """
    fields = library.fields_of_scenario.items()
    return {
        *APART,
        "tpot_target",
        *(name for name, field in fields if Path(field.path).stem in FEW),
    }


@dataclass(frozen=True)
class Judging:
    """Writes the formulas for it, as far as the cost models have them; browsers fetch them at the
    first change.
    """

    engine: Engine
    language: Language

    @property
    def names(self) -> set[str]:
        """What is computed to judge."""
        return self._verdicts | expected_names(self.engine.library)

    def says(self, scenario: Scenario, fields: set[str]) -> dict[str, str]:
        """What to expect of a page's own scenario, for the page's markup; nothing where readers
        cannot change the machine.
        """
        if not expected_names(self.engine.library) or not fields >= {"model", "accelerator"}:
            return {}
        return {"expect": floor_line(scenario, self.language)}

    def apart(self, names: Iterable[str]) -> str:
        """The fields that `names` rest on and only few pages do."""
        tables = self.engine.catalogue.tables
        return fields_apart(
            self.engine.library, tables, names, rare(self.engine.library), self.language
        )

    def scripts(self) -> dict[str, str]:
        """The scripts, by file name."""
        limits, expected = f"const LIMITS={self._limits()};", f"const EXPECTED={self._expected()};"
        return {
            "live-limits.js": lazy_files(["limits"], self.language, limits),
            "live-expected.js": lazy_files(["expected"], self.language, expected),
        }

    @property
    def _verdicts(self) -> set[str]:
        return {name for name in (*VERDICTS, *CURES) if name in self.engine.library.names}

    def _limits(self) -> str:
        """The verdicts' formulas, as an expression that takes what they call from `live`."""
        known = formulas(self.engine.library, self._verdicts, self.language)
        known += f",{more}" if (more := self.apart(self._verdicts)) else ""
        return f"(({{{VOCABULARY}}})=>({{{known}}}))(live)"

    def _expected(self) -> str:
        """The formulas of what to expect, and the lines that say it, as an expression of the same
        kind.
        """
        names = expected_names(self.engine.library)
        known = formulas(self.engine.library, names, self.language)
        known += f",{more}" if (more := self.apart(names)) else ""
        lines = literal(LINES[self.language])
        return f"(({{{VOCABULARY}}})=>({{known:{{{known}}},lines:{lines}}}))(live)"
