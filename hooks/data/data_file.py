"""A data file: one file of the catalogue, its rows, each value with its source."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml

from hooks.data.keys import ALIASES, IRRELEVANT, explained, hint
from hooks.formula.declaration import Cell, Field, Row, Source, Table
from hooks.formula.value import check_range, read_value
from hooks.text.day import lies_ahead, written_day
from hooks.text.ids import identifier, wrong_in_id, wrong_in_name
from hooks.text.problems import Mistake, Problem, did_you_mean
from hooks.text.rows import composed

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
    "missed",
    "role",
)
"""How a measurement is held against the models."""

FITTING_KEYS = ("points", "instead", "for", "pools")
"""What a calibration was fitted on, and which scenarios it is there for."""

EXTRA_KEYS = (
    "released",
    "date",
    "accelerator",
    "usual",
    "note",
    *SCORING_KEYS,
    *FITTING_KEYS,
)
"""What a row keeps as it is said, in its `extra`."""

PLAIN_KEYS = {
    "name",
    "name_zh",
    "family",
    "source",
    "sources",
    "limits",
    "limits_zh",
    *EXTRA_KEYS,
}
"""What any row may say besides the fields that the cost models read."""

SOURCE_KEYS = {"title", "url", "section", "accessed", "mark"}
MARKS = ("read", "recalled", "fitted")
"""Whether a value was read today, recalled, or is our own fit to points that have sources of
their own.
"""


class DataFile:
    """The rows of one file; `problems` holds what is wrong in it, and wrong rows have no
    values.
    """

    def __init__(self, path: str, text: str, fields: Mapping[str, Field], whole: bool):
        """`path` as problems shall print it; `fields` are what rows may give values for, by
        key, all if `whole`.
        """
        self._whole = whole
        self.path = path
        self.fields = fields
        self.problems: list[Problem] = []
        self.rows = self._read(text)

    def _read(self, text: str) -> Table:
        rows = Table()
        root = composed(self.path, text, self.problems)
        if not self.problems and not isinstance(root, yaml.MappingNode):
            self.problems.append(Problem(self.path, 1, 1, "a catalogue file maps ids to rows"))
        if self.problems or not isinstance(root, yaml.MappingNode):
            rows.unread = self.problems[0].where
            return rows
        for key, node in self._pairs(root, "this file"):
            before = len(self.problems)
            row = None
            if not key.value.strip():
                self._refuse(key, "a row has an id, by which scenarios name it")
            elif isinstance(node, yaml.MappingNode):
                row = self._row(key, node)
                if row.id in rows:
                    self._refuse(key, f"'{row.id}' stands twice in this file, composed in two ways")
            else:
                self._refuse(node, f"row '{key.value}' needs keys and values")
            new = self.problems[before:]
            if row and not new:
                rows[row.id] = row
            else:
                id = identifier(key.value)
                rows.wrong[id] = (row or Row(id, id, "", {})).without_values(new[0].where)
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

    def _row(self, key: yaml.ScalarNode, node: yaml.MappingNode) -> Row:
        nodes = self._named(self._pairs(node, f"row '{key.value}'"))
        plain = {name: _value(value) for name, (_, value) in nodes.items() if name in PLAIN_KEYS}
        id = identifier(key.value)
        if wrong := wrong_in_id(id):
            self._refuse(key, wrong)
        names = {
            name: self._name(name, nodes[name][1])
            for name in ("name", "name_zh", "family")
            if name in nodes
        }
        for name in ("name", "source"):
            if name not in nodes:
                self._refuse(
                    key,
                    (
                        f"row '{key.value}' has no {name}: where was it read?"
                        if name == "source"
                        else f"row '{key.value}' has no name"
                    ),
                )
        for name in ("limits", "limits_zh"):
            if name in plain and (not isinstance(plain[name], str) or not plain[name].strip()):
                self._refuse(nodes[name][1], f"'{name}' is a text")
        for name, other in (("limits", "limits_zh"), ("limits_zh", "limits")):
            if name in nodes and other not in nodes:
                self._refuse(
                    nodes[name][0],
                    f"'{name}' is shown to readers in both languages: add {other}",
                )
        for name in ("released", "date"):
            if name in plain and not written_day(plain[name]):
                self._refuse(nodes[name][1], f"'{name}' is a day: {name}: 2026-11-22")
        source = self._source(nodes["source"][1]) if "source" in nodes else Source("")
        own = self._row_sources(nodes)
        cells: dict[str, Cell] = {}
        for name, (where, value) in nodes.items():
            if name not in PLAIN_KEYS:
                cell = self._cell(name, where, value, own.get(name, source))
                if cell:
                    cells[name] = cell
        return Row(
            id=id,
            name=names.get("name", id),
            name_zh=names.get("name_zh", ""),
            cells=cells,
            family=names.get("family", ""),
            line=key.start_mark.line + 1,
            extra={name: plain[name] for name in EXTRA_KEYS if name in plain},
            limits=str(plain.get("limits", "")),
            limits_zh=str(plain.get("limits_zh", "")),
            places=dict(_places(key, nodes)),
        )

    def _name(self, what: str, node: yaml.Node) -> str:
        """A name as readers see it."""
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, f"{what} is one text, not a list or a mapping")
            return ""
        text = " ".join(node.value.split())
        if wrong := wrong_in_name(text) or ("" if text else f"{what} is empty"):
            self._refuse(node, wrong)
        return text

    def _named(
        self, pairs: list[tuple[yaml.ScalarNode, yaml.Node]]
    ) -> dict[str, tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values by the keys that the cost models read; what is no matter of cost is
        left out.
        """
        nodes: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
        published = self.fields.keys() & set(ALIASES.values())
        for key, value in pairs:
            name = key.value
            if published and name not in self.fields and name not in PLAIN_KEYS:
                if name in IRRELEVANT:
                    continue
                name = ALIASES.get(name, name)
            if name not in nodes:
                nodes[name] = key, value
            elif _value(value) != _value(nodes[name][1]):
                first = nodes[name][0].value
                self._refuse(key, f"'{key.value}' says the same as '{first}', with another value")
        return nodes

    def _cell(self, name: str, where: yaml.Node, value: yaml.Node, source: Source) -> Cell | None:
        if name not in self.fields and not self._whole:
            return None
        if name not in self.fields:
            published = self.fields.keys() & set(ALIASES.values())
            self._refuse(
                where,
                (explained(name) if published else "")
                or f"no input reads '{name}'{hint(name, [*self.fields, *PLAIN_KEYS])}",
            )
            return None
        field = self.fields[name]
        if not isinstance(value, yaml.ScalarNode):
            self._refuse(value, f"'{name}' is one value, not a list or a mapping")
            return None
        if value.tag.endswith(":null"):
            self._refuse(value, f"'{name}' has no value: write one, or leave the key out")
            return None
        try:
            if value.tag.endswith(":bool") and not field.yes_or_no:
                raise Mistake(f"'{name}' is {_kind(field)}, not {value.value}")
            number = read_value(value.value, value.tag, field.printed)
            check_range(number, value.value, field)
        except Mistake as mistake:
            self._refuse(value, mistake.message)
            return None
        return Cell(number, value.value, source, value.start_mark.line + 1)

    def _row_sources(
        self, nodes: dict[str, tuple[yaml.ScalarNode, yaml.Node]]
    ) -> dict[str, Source]:
        if "sources" not in nodes:
            return {}
        result: dict[str, Source] = {}
        sources = nodes["sources"][1]
        if not isinstance(sources, yaml.MappingNode):
            self._refuse(sources, "sources map a key of this row to the source of its value")
            return {}
        for key, node in self._pairs(sources, "sources"):
            name = key.value if key.value in nodes else ALIASES.get(key.value, str(key.value))
            if name not in nodes:
                self._refuse(
                    key,
                    f"a source for '{key.value}', which this row does not"
                    f" have{hint(key.value, [n for n in nodes if n in self.fields])}",
                )
            result[name] = self._source(node)
        return result

    def _source(self, node: yaml.Node) -> Source:
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
        elif given.get("accessed") and not (day := written_day(given["accessed"])):
            self._refuse(node, f"accessed is a day such as 2026-11-22, not {given['accessed']}")
        elif given.get("accessed") and day and lies_ahead(day):
            self._refuse(node, f"accessed is a day that has come, not {given['accessed']}")
        return Source(**{name: str(given[name]) for name in SOURCE_KEYS if name in given})

    def _refuse(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message))


@lru_cache(maxsize=64)
def read_data_file(path: str, text: str, fields: tuple[Field, ...], whole: bool) -> DataFile:
    """A file's rows, read once as long as nothing in it has changed, nor in what the
    models ask of it.
    """
    return DataFile(path, text, {field.key: field for field in fields}, whole)


def _kind(field: Field) -> str:
    """What a row's value shall be, in words."""
    if dict(field.printed.powers).get("word"):
        return f"one of {', '.join(field.words)}" if field.words else "a word"
    return "a number" if field.printed.measured_part().plain else f"a number in {field.printed}"


def _places(
    key: yaml.ScalarNode, nodes: Mapping[str, tuple[yaml.ScalarNode, yaml.Node]]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where a row and its values stand; what stands inside a value, by both keys or its number
    in the list.
    """
    yield "", _place(key)
    for name, (_, value) in nodes.items():
        yield name, _place(value)
        if isinstance(value, yaml.MappingNode):
            yield from ((f"{name}.{k.value}", _place(v)) for k, v in value.value)
        elif isinstance(value, yaml.SequenceNode):
            yield from ((f"{name}.{n}", _place(v)) for n, v in enumerate(value.value))


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return node.value
