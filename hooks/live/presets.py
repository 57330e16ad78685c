"""One-tap scenarios: `docs/data/presets.yml`, each a name in both languages and the fields that it
sets.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from hooks.formula.evaluate import Given, Scenario
from hooks.formula.reference import setting_value
from hooks.text.languages import Language
from hooks.text.problems import Mistake, Problem
from hooks.text.rows import composed, relative
from hooks.text.source import read_source


@dataclass(frozen=True)
class Preset:
    """A scenario that a reader can choose in one go."""

    name: str
    name_zh: str
    given: Given

    def title(self, language: Language) -> str:
        """What its button says."""
        return self.name_zh if language == "zh" else self.name


class Presets:
    """The file's presets; what is wrong in one becomes a problem at its line, and that one is left
    out.
    """

    def __init__(self, path: Path, root: Path, scenario: Scenario):
        self.problems: list[Problem] = []
        self.all: list[Preset] = []
        self._path = relative(path, root)
        node = composed(self._path, read_source(path), self.problems)
        for entry in node.value if isinstance(node, yaml.SequenceNode) else []:
            self._take(entry, scenario)
        if node is not None and not isinstance(node, yaml.SequenceNode):
            self._refuse(node, "presets are a list: - {name: …, name_zh: …, scenario: {…}}")

    def _take(self, node: yaml.Node, scenario: Scenario) -> None:
        before = len(self.problems)
        parts = (
            {key.value: value for key, value in node.value}
            if isinstance(node, yaml.MappingNode)
            else {}
        )
        for key in ("name", "name_zh", "scenario"):
            if key not in parts:
                self._refuse(node, f"a preset lacks its {key}")
        fields = parts.get("scenario")
        if fields is not None and not isinstance(fields, yaml.MappingNode):
            self._refuse(fields, "a preset's scenario maps fields to values: {chips: 1}")
        given: Given = {}
        for key, value in fields.value if isinstance(fields, yaml.MappingNode) else []:
            try:
                given[key.value] = setting_value(key.value, str(value.value), scenario)
            except Mistake as mistake:
                self._refuse(key, mistake.message, mistake.cause)
        if len(self.problems) == before:
            self.all.append(Preset(str(parts["name"].value), str(parts["name_zh"].value), given))

    def _refuse(self, node: yaml.Node, message: str, cause: str = "") -> None:
        mark = node.start_mark
        self.problems.append(Problem(self._path, mark.line + 1, mark.column + 1, message, cause))
