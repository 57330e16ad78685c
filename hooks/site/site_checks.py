"""Checks of a site's files as a whole, in one language."""

from pathlib import Path

from hooks.page.one_unit import mixed
from hooks.site.settings import Settings
from hooks.text.problems import Problem
from hooks.text.source import read_source
from hooks.words.typed_in_data import typed_in_data


def site_problems(settings: Settings) -> list[Problem]:
    """Typed numbers in texts of `docs/data`, and quantities that pages show in different units."""

    def in_language(path: Path) -> bool:
        return path.name.endswith(".zh.md") == (settings.language == "zh")

    sources = {
        settings.relative(path): read_source(path)
        for path in sorted(settings.docs.rglob("*.md"))
        if in_language(path)
    }
    return [*typed_in_data(settings.docs, settings.root), *mixed(sources)]
