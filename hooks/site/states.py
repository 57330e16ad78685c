"""The states of what pages depend on besides their own sources, formulas and data."""

import re

from hooks.cache.fingerprint import digest_of, folders_digest
from hooks.page.formula import labels
from hooks.site.project import Project

PLACES = re.compile(r"place=Place\([^)]*\)")
"""The places of texts in files, which no list shows."""


class States:
    """The present states of a project's parts, each found out once."""

    def __init__(self, project: Project):
        self._project = project
        self._states: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """The state of what has this name.

        `file figures/a.py` is a file or folder of the project, `document essays/a/index.md` whether
        there is such a document, `series` what lists of essays say, `names` which tests and essays
        name a quantity, `labels` what quantities are called.
        """
        if name not in self._states:
            self._states[name] = self._state(*name.partition(" ")[::2])
        return self._states[name]

    def _state(self, kind: str, which: str) -> str:
        project, settings = self._project, self._project.settings
        match kind:
            case "file":
                return digest_of(settings.root / which)
            case "document":
                return str(which in project.sources.documents)
            case "series":
                return PLACES.sub("", repr(project.series.route.items))
            case "labels":
                return repr(labels(project.engine.library, project.language, project.quantities))
            case "names":
                return repr(sorted(project.mentions.pages.items())) + folders_digest(
                    settings.root / "tests"
                )
        raise ValueError(kind)
