"""Mentions: which pages and which tests name a quantity, or anything else."""

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from hooks.page.scan import NAME, names_used
from hooks.text.address import COLLECTIONS
from hooks.text.source import read_source


class Mentions:
    """Reads the pages and the tests of a project, each when it is first asked for."""

    def __init__(self, root: Path):
        self._root = root

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """The essays and short pages that use a name in a reference: `essays/kv-cache/`."""
        found: dict[str, list[str]] = defaultdict(list)
        for folder in ("essays", *COLLECTIONS):
            for path in sorted((self._root / "docs" / folder).glob("*/index.md")):
                for name in names_used(read_source(path)):
                    found[name].append(f"{folder}/{path.parent.name}/")
        return dict(found)

    @cached_property
    def tests(self) -> dict[str, list[str]]:
        """The files of tests in which a name stands."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted((self._root / "tests").glob("test_*.py")):
            for name in set(NAME.findall(read_source(path))):
                found[name].append(path.name)
        return dict(found)
