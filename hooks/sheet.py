"""A sheet: one file of the catalogue, its rows, each value with its source."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from hooks.formula.declaration import Cell, Field, Row, Source
from hooks.formula.format import PRINTED
from hooks.formula.units import Unit, unit
from hooks.names import identifier, in_one_line, wrong_in_id, wrong_in_name
from hooks.problems import Mistake, Problem, did_you_mean
from hooks.rows import composed

SCORING_KEYS = (
    "setting",
    "scenario",
    "given",
    "expression",
    "kind",
    "relative",
    "absolute",
    "between",
    "calibration",
    "failure",
)
"""How a measurement is held against the models."""

FITTING_KEYS = ("points", "instead")
"""What a calibration was fitted on."""

PLAIN_KEYS = {
    "name",
    "name_zh",
    "family",
    "released",
    "date",
    "accelerator",
    "source",
    "sources",
    "note",
    *SCORING_KEYS,
    *FITTING_KEYS,
}
"""What any row may say besides the fields that the cost models read."""

SOURCE_KEYS = {"title", "url", "section", "accessed", "mark"}
MARKS = ("read", "recalled", "fitted")
"""Whether a value was read today, recalled, or is our own fit to points that have sources of their own."""


class Sheet:
    """The rows of one file; `problems` holds what is wrong in it, and wrong rows are left out."""

    def __init__(self, path: str, text: str, fields: Mapping[str, Field]):
        """`path` as problems shall print it; `fields` are what rows may give values for, by key."""
        self.path = path
        self.fields = fields
        self.problems: list[Problem] = []
        self.rows = self._read(text)

    def _read(self, text: str) -> dict[str, Row]:
        root = composed(self.path, text, self.problems)
        if self.problems:
            return {}
        rows: dict[str, Row] = {}
        if not isinstance(root, yaml.MappingNode):
            self.problems.append(Problem(self.path, 1, 1, "a catalogue file maps ids to rows"))
            return {}
        for key, node in self._pairs(root, "this file"):
            if isinstance(node, yaml.MappingNode):
                before = len(self.problems)
                row = self._row(key, node)
                if row.id in rows:
                    self._refuse(key, f"'{row.id}' stands twice in this file, composed in two ways")
                elif len(self.problems) == before:
                    rows[row.id] = row
            else:
                self._refuse(node, f"row '{key.value}' needs keys and values")
        return rows

    def _pairs(self, node: yaml.MappingNode, where: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values, each key once."""
        found: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, f"a key in {where} is a plain word")
            elif key.value in found:
                self._refuse(key, f"'{key.value}' stands twice in {where}")
            else:
                found[key.value] = (key, value)
        return list(found.values())

    def _row(self, key: yaml.Node, node: yaml.MappingNode) -> Row:
        nodes = {k.value: (k, v) for k, v in self._pairs(node, f"row '{key.value}'")}
        plain = {name: _value(value) for name, (_, value) in nodes.items() if name in PLAIN_KEYS}
        id = identifier(key.value)
        if wrong := wrong_in_id(id):
            self._refuse(key, wrong)
        names = {
            name: self._name(name, *nodes[name])
            for name in ("name", "name_zh", "family")
            if name in nodes
        }
        for name in ("name", "source"):
            if name not in nodes:
                self._refuse(
                    key,
                    f"row '{key.value}' has no {name}: where was it read?"
                    if name == "source"
                    else f"row '{key.value}' has no name",
                )
        source = self._source(*nodes["source"]) if "source" in nodes else Source("")
        own = self._own_sources(nodes)
        cells: dict[str, Cell] = {}
        for name, (where, value) in nodes.items():
            if name in PLAIN_KEYS:
                continue
            if name not in self.fields:
                self._refuse(
                    where,
                    f"no input reads '{name}'{did_you_mean(name, [*self.fields, *PLAIN_KEYS])}",
                )
                continue
            if not isinstance(value, yaml.ScalarNode):
                self._refuse(value, f"'{name}' is one value, not a list or a mapping")
                continue
            try:
                number = read_value(value.value, value.tag, self.fields[name].printed)
                cells[name] = Cell(
                    number, value.value, own.get(name, source), value.start_mark.line + 1
                )
            except Mistake as mistake:
                self._refuse(value, mistake.message)
        return Row(
            id=id, name=names.get("name", id), name_zh=names.get("name_zh", ""), cells=cells,
            family=names.get("family", ""), line=key.start_mark.line + 1,
            extra={name: plain[name] for name in ("released", "date", "accelerator", "note", *SCORING_KEYS, *FITTING_KEYS) if name in plain},
        )  # fmt: skip

    def _name(self, what: str, key: yaml.Node, node: yaml.Node) -> str:
        """A name as readers see it."""
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, f"{what} is one text, not a list or a mapping")
            return ""
        text = in_one_line(node.value)
        if wrong := wrong_in_name(text) or ("" if text else f"{what} is empty"):
            self._refuse(node, wrong)
        return text

    def _own_sources(
        self, nodes: dict[str, tuple[yaml.ScalarNode, yaml.Node]]
    ) -> dict[str, Source]:
        if "sources" not in nodes:
            return {}
        result = {}
        sources = nodes["sources"][1]
        if not isinstance(sources, yaml.MappingNode):
            self._refuse(sources, "sources map a key of this row to the source of its value")
            return {}
        for key, node in self._pairs(sources, "sources"):
            if key.value not in nodes:
                self._refuse(
                    key,
                    f"a source for '{key.value}', which this row does not have{did_you_mean(key.value, [n for n in nodes if n in self.fields])}",
                )
            result[key.value] = self._source(key, node)
        return result

    def _source(self, key: yaml.Node, node: yaml.Node) -> Source:
        given = _value(node)
        if not isinstance(given, dict) or not given.get("title"):
            self._refuse(
                node,
                "a source has at least a title, and the url, section and day on which it was read",
            )
            return Source("")
        for name in given:
            if name not in SOURCE_KEYS:
                self._refuse(node, f"a source has no '{name}'{did_you_mean(name, SOURCE_KEYS)}")
        if given.get("mark", "read") not in MARKS:
            self._refuse(
                node,
                f"mark is one of {', '.join(MARKS[:-1])} or {MARKS[-1]}, not '{given['mark']}'",
            )
        if given.get("mark", "read") == "read" and not (given.get("url") and given.get("accessed")):
            self._refuse(node, "a source that was read has a url and the day: accessed: 2026-11-22")
        return Source(**{name: str(given[name]) for name in SOURCE_KEYS if name in given})

    def _refuse(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message))


@lru_cache(maxsize=64)
def sheet(path: str, text: str, fields: tuple[Field, ...]) -> Sheet:
    """The sheet of a file, read once as long as nothing in it has changed, nor in what the models ask of it."""
    return Sheet(path, text, {field.key: field for field in fields})


def read_value(text: str, tag: str, printed: Unit) -> float | str:
    """A value as its source prints it (`3.35 TB/s`, `80`, `70.6 billion`), in base units.

    A bare number takes the unit that the input declares. Refuses a unit of another kind.
    """
    if dict(printed.powers).get("word"):
        return text
    bare = printed.measured_part().plain
    if tag.endswith(":bool") and bare:
        return 1.0 if text.lower() in ("true", "yes", "on") else 0.0
    match = PRINTED.match(text.strip())
    if not match:
        raise Mistake(f"'{text}' is not a number with a unit")
    number = float(match[1].replace(",", ""))
    if not match[2]:
        if not bare:
            raise Mistake(f"'{text}' lacks its unit: expected {printed}")
        return number
    given = unit(match[2])
    if given.same_kind(printed) or (given.plain and bare):
        return (
            number * float(given.factor) if given.factor >= 1 else number / float(1 / given.factor)
        )
    raise Mistake(f"'{text}' is in {given}, but this input is in {printed}")


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return node.value
