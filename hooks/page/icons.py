"""Icons and emoji in Markdown: `:material-clock-fast:` as inline SVG from the theme's own files,
`:smile:` as the character.

Material's own generator asks another site for the pictures of emoji, and reads the names of all its
icons first. Here a name is looked up when a page has it, and no page asks anybody.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from hooks.page.scan import prose
from hooks.text.problems import Mistake, did_you_mean
from hooks.text.source import read_source

SETS = ("material", "fontawesome", "octicons", "simple")
CODE = re.compile(r"(?<![\w:]):([a-z0-9_+-]+):(?![\w:])")
"""What looks like the name of an icon or of an emoji."""

Entry = dict[str, Any]


class Icons(dict[str, Entry]):
    """The index that pymdownx.emoji asks for a name: Material's icons, then the emoji."""

    def get(self, name: str, default: Any = None) -> Any:
        """The entry of `:name:`."""
        path = icon(folder(), name[1:-1])
        return {"name": name, "path": path} if path else emoji().get(name, default)


class Aliases(dict[str, str]):
    """Second names of emoji, read when they are asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        """The first name of `:name:`."""
        return aliases().get(name, default)


def icon(within: Path, name: str) -> Path | None:
    """The file of an icon: `material-clock-fast` is `material/clock-fast.svg`,
    `fontawesome-brands-github` lies a folder deeper.
    """
    file = within / f"{name}.svg"
    if file.is_file():
        return file
    parts = name.split("-")
    for count in range(1, len(parts)):
        below = within / "-".join(parts[:count])
        if below.is_dir() and (found := icon(below, "-".join(parts[count:]))):
            return found
    return None


@cache
def emoji() -> dict[str, Entry]:
    """Every emoji by its name."""
    from pymdownx import twemoji_db

    return dict(twemoji_db.emoji)


@cache
def aliases() -> dict[str, str]:
    """Second names of emoji."""
    from pymdownx import twemoji_db

    return dict(twemoji_db.aliases)


def options() -> dict[str, Any]:
    """What configures pymdownx.emoji."""

    def index(*_: Any) -> dict[str, Any]:
        return {"name": "twemoji", "emoji": Icons(), "aliases": Aliases()}

    def generator(index: str, name: str, alias: str, code: str | None, alt: str, *rest: Any) -> Any:
        md = rest[-1]
        if code:
            return md.htmlStash.store(alt)
        path = icon(folder(), name[1:-1])
        assert path, "only names that the index has are asked for"
        element = Element("span", {"class": "icon", "aria-hidden": "true"})
        element.text = md.htmlStash.store(read_source(path).strip())
        return element

    return {"emoji_index": index, "emoji_generator": generator}


@cache
def folder() -> Path:
    """Where Material's icons lie. Material itself is not imported for that."""
    spec = find_spec("material")
    assert spec and spec.submodule_search_locations, "mkdocs-material is not installed"
    return Path(spec.submodule_search_locations[0]) / "templates" / ".icons"


def unknown(text: str, start: int) -> Iterator[Mistake]:
    """Names of icons that no file has, and of emoji that are nearly one, behind an offset."""
    for match in CODE.finditer(prose(text), start):
        name = match[1]
        if icon(folder(), name) or match[0] in emoji() or match[0] in aliases():
            continue
        group = name.split("-")[0]
        if group in SETS and "-" in name:
            hint = did_you_mean(name, _names(group))
            yield Mistake(f"no icon is named '{name}'{hint}", match.start())
        elif near := get_close_matches(match[0], [*emoji(), *aliases()], 1, 0.85):
            yield Mistake(
                f"no emoji is named '{name}'; did you mean '{near[0][1:-1]}'?", match.start()
            )


@cache
def _names(group: str) -> tuple[str, ...]:
    root = folder()
    return tuple(
        path.relative_to(root).with_suffix("").as_posix().replace("/", "-")
        for path in sorted((root / group).rglob("*.svg"))
    )
