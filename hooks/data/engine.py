"""The engine: cost models and catalogue read together, ready to be asked."""

from pathlib import Path

from hooks.data.catalogue import Catalogue
from hooks.data.typed_formulas import typed_formulas
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.text.problems import Problem

ROOT = Path(__file__).resolve().parents[2]


class Engine:
    """Everything that a page or a command needs to turn a name into a number."""

    def __init__(self, root: Path = ROOT, data: tuple[Path, ...] = ()):
        """`root` holds `hooks/costs` and `docs/data`; `data` are further folders of catalogue
        files.
        """
        self.root = root
        self.library = Library.read(root / "hooks" / "costs", root)
        self.catalogue = Catalogue.read(self.library, (root / "docs" / "data", *data), root)
        self.scenario = Scenario(self.library, self.catalogue.tables, {})

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in the cost models and the data, in order."""
        typed = typed_formulas(self.library)
        return sorted([*self.library.problems, *typed, *self.catalogue.problems])
