"""The models: formulas and data read together, and what has been computed of them lately."""

from dataclasses import dataclass
from pathlib import Path

from hooks.cache.fingerprint import folders_digest
from hooks.cache.store import Store
from hooks.data.engine import Engine
from hooks.data.reproduced import reproduction_problems
from hooks.formula.evaluate import Scenario
from hooks.live.presets import Presets
from hooks.text.problems import Problem

SCENARIOS = 8
"""So many pages' scenarios are remembered: what is computed in one takes a megabyte."""


@dataclass(frozen=True)
class Models:
    """Formulas, data and presets of a project; both languages share them. `recent` are the
    scenarios of the last pages.
    """

    digest: str
    engine: Engine
    presets: Presets
    scenario: Scenario
    recent: list[Scenario]

    @classmethod
    def read(cls, root: Path, docs: Path, last: "Models | None" = None) -> "Models":
        """The formulas and data of a project as their files are now; the `last` ones while the
        files are the same.
        """
        digest = folders_digest(root / "hooks" / "costs", docs / "data")
        if last and last.digest == digest:
            return last
        engine = Engine(root)
        presets = Presets(docs / "data" / "presets.yml", root, engine.scenario)
        return cls(digest, engine, presets, engine.scenario, [])

    def remember(self, scenario: Scenario) -> None:
        """Keep what has been computed in a page's scenario, and forget the oldest one."""
        self.recent[:] = [*(each for each in self.recent if each is not scenario), scenario]
        while len(self.recent) > SCENARIOS:
            self.scenario.forget(self.recent.pop(0))

    def misses(self, store: Store | None) -> list[Problem]:
        """What of the published results the models do not reproduce. The store holds it for each
        state of formulas and data: it takes a second.
        """
        if store is None:
            return reproduction_problems(self.engine)
        return store.made(
            f"misses {self.digest}", list[Problem], lambda: reproduction_problems(self.engine)
        )
