"""What a 中文 page inherits: its front matter says title, question and description; the English page
says the rest for both.
"""  # noqa: E501

from collections.abc import Mapping
from typing import Any

import yaml

from hooks.formula.evaluate import Scenario
from hooks.formula.reference import setting_value
from hooks.series.item import head
from hooks.series.metadata import SHARED, front_matter
from hooks.text.problems import Mistake, Problem
from hooks.text.rows import Reading

RIGHT = "leave it out or say the same"


def inherited(english: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter of a 中文 page with what the English page says for both languages."""
    return {key: value for key, value in own.items() if key not in SHARED} | {
        key: english[key] for key in SHARED if key in english
    }


def contradictions(english: str, chinese: str, path: str, scenario: Scenario) -> list[Problem]:
    """What the front matter of the 中文 page at `path` says differently from the English one, of what
    both share.

    `english` and `chinese` are the pages' sources. Scenarios are compared field by field and by
    value: `8,192`, `8192` and `8192.0` agree. A field that the page does not say is inherited, so
    it never differs. Nothing is refused while YAML cannot read one of the two, since that page has
    a problem of its own.
    """  # noqa: E501
    problems: list[Problem] = []
    try:
        ours, theirs = front_matter(english), front_matter(chinese)
    except Mistake:
        return []
    here, there = head(path, chinese, problems), head(path, english, [])
    for key in SHARED:
        if key not in theirs:
            continue
        if key == "scenario":
            _scenarios(here, there, scenario)
        elif _comparable(key, theirs[key]) != _comparable(key, ours.get(key)):
            here.refuse(
                here.keys[key],
                (
                    f"the English page says '{key}: {_shown(there.nodes[key])}'; {RIGHT}"
                    if key in there.nodes
                    else (
                        f"the English page says no '{key}', and the two pages share one: say it"
                        " there, not here"
                    )
                ),
            )
    return problems


def _comparable(key: str, value: object) -> object:
    """A value of the front matter such that two which mean the same are equal."""
    if isinstance(value, list):
        return sorted(map(str, value)) or None
    if value is None:
        return "published" if key == "status" else None
    if key == "part" and isinstance(value, int | float):
        return float(value)
    return str(value)


def _scenarios(here: Reading, there: Reading, scenario: Scenario) -> None:
    node = here.nodes["scenario"]
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return
    if not isinstance(node, yaml.MappingNode):
        here.refuse(
            here.keys["scenario"],
            "scenario maps fields to values: scenario: {batch: 1}; or leave it out, and the English"
            " page's holds",
        )
        return
    said = there.nodes.get("scenario")
    known = (
        {str(key.value): value for key, value in said.value}
        if isinstance(said, yaml.MappingNode)
        else {}
    )
    for key, value in node.value:
        name = str(key.value)
        if name in known and _shown(known[name]) == _shown(value):
            continue  # what is wrong with it is told on the English page
        try:
            own = setting_value(name, _shown(value), scenario)
        except Mistake as mistake:
            here.refuse(
                value if name in scenario.library.fields_of_scenario else key, mistake.message
            )
            continue
        if name not in known:
            if own != scenario.setting(name):
                here.refuse(
                    key,
                    f"the English page's scenario says no '{name}', and the two pages share one:"
                    " say it there, not here",
                )
            continue
        try:
            same = setting_value(name, _shown(known[name]), scenario) == own
        except Mistake:
            continue  # told on the English page
        if not same:
            here.refuse(value, f"the English page says '{name}: {_shown(known[name])}'; {RIGHT}")


def _shown(node: yaml.Node) -> str:
    """A value on one line, as a writer would write it."""
    if isinstance(node, yaml.SequenceNode):
        return f"[{', '.join(map(_shown, node.value))}]"
    if isinstance(node, yaml.MappingNode):
        return f"{{{', '.join(f'{_shown(key)}: {_shown(value)}' for key, value in node.value)}}}"
    return str(node.value)
