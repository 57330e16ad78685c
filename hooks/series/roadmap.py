"""The roadmap: `docs/data/roadmap.yml`, the pieces that are on their way, each in both
languages.
"""

from pathlib import Path

import yaml

from hooks.formula.marks import unmarked
from hooks.series.item import Item, ItemText
from hooks.text.languages import Language
from hooks.text.problems import Problem
from hooks.text.rows import relative, rows
from hooks.text.source import read_source

TEXTS = ("title", "title_zh", "question", "question_zh")
KEYS = (*TEXTS, "part", "needs", "status", "tags")


class Roadmap:
    """The file's pieces; what is wrong in one becomes a problem at its line, and that one is
    left out.
    """

    def __init__(self, path: str, text: str, language: Language):
        """`path` is the file as problems print it."""
        self.problems: list[Problem] = []
        self.items: list[Item] = []
        self._path = path
        self._language = language
        for key, row in rows(
            path,
            text,
            "the roadmap maps slugs to pieces: heartbeat: {title: …, title_zh: …, question: …,"
            " question_zh: …}",
            self.problems,
        ):
            self._take(key, row)

    @classmethod
    def read(cls, path: Path, root: Path, language: Language) -> "Roadmap":
        """The file, or an empty roadmap where there is none."""
        return cls(relative(path, root), read_source(path), language)

    def _take(self, key: yaml.Node, node: yaml.Node) -> None:
        before = len(self.problems)
        row = ItemText(self._path, node, self.problems)
        if any(item.slug == key.value for item in self.items):
            row.refuse(key, f"'{key.value}' stands twice in the roadmap")
        for name in TEXTS:
            if not row.text(name).strip():
                row.refuse(key, f"'{key.value}' has no {name}: the roadmap is in both languages")
        row.refuse_unknown(KEYS, "a piece of the roadmap")
        part, needs, tags = row.part(), row.needs(), row.tags()
        status = row.status() if "status" in row.nodes else "planned"
        if status == "published":
            row.refuse(
                row.nodes["status"],
                f"what is published has a page: docs/essays/{key.value}/index.md",
            )
        if len(self.problems) == before:
            title, question = (
                unmarked(row.text(f"{name}_zh" if self._language == "zh" else name))
                for name in ("title", "question")
            )
            self.items.append(
                Item(
                    str(key.value),
                    title,
                    question,
                    row.place(key),
                    status,
                    part,
                    needs=needs,
                    tags=tags,
                )
            )
