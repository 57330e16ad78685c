"""Typed numbers in the files of `docs/data` whose texts readers see as prose."""

from pathlib import Path

import yaml

from hooks.page.typed_numbers import typed_numbers
from hooks.text.problems import Problem
from hooks.text.rows import Reading, relative, rows
from hooks.text.source import read_source

FIELDS = {
    "glossary.yml": ("definition", "definition_zh"),
    "roadmap.yml": ("title", "title_zh", "question", "question_zh"),
    "tags.yml": ("title", "title_zh", "about", "about_zh"),
}
"""What is checked. Titles of works and names of rows are other people's words; what a cost model
says is code.
"""


def typed_in_data(docs: Path, root: Path) -> list[Problem]:
    """Every number in one of our units that such a text states, at its place; a mark, `{=70
    billion}`, lets it stand.
    """
    problems: list[Problem] = []
    for name, fields in FIELDS.items():
        path = docs / "data" / name
        text = read_source(path)
        shape: list[Problem] = []  # told by whoever reads the file
        for _, node in rows(relative(path, root), text, "", shape):
            row = Reading(relative(path, root), node, shape)
            for field in fields:
                for mistake in typed_numbers(row.text(field), {}):
                    at = row.nodes[field]
                    assert isinstance(at, yaml.ScalarNode)
                    problems.append(row.place(at).refused(mistake.message))
    return problems
