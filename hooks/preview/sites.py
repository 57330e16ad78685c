"""What MkDocs has made of each language: with it, a page can be made anew without the others."""

from dataclasses import dataclass
from typing import Any

from hooks.preview.parts import Parts


@dataclass
class Site:
    """One language's last whole build, as MkDocs' events have told it."""

    config: Any = None
    files: Any = None
    nav: Any = None
    env: Any = None
    build: Any = None


class Sites:
    """Both languages' sites: those that are whole, and those that are on their way."""

    def __init__(self) -> None:
        self._whole: dict[str, Site] = {}
        self._coming: dict[str, Site] = {}
        self._parts: dict[str, Parts] = {}

    def note(self, config: Any, **parts: Any) -> None:
        """Take a part of the site that is being built."""
        site = self._coming.setdefault(config.extra["language"], Site())
        site.config = config
        for name, part in parts.items():
            setattr(site, name, part)

    def settle(self) -> None:
        """What was coming is whole. With other files than before, links may lead elsewhere."""
        if self._sources(self._whole) != self._sources(self._coming):
            self._parts.clear()
        self._whole, self._coming = self._coming, {}

    def find(self, path: str) -> tuple[Site, Any]:
        """The site that a path below the served folder lies in, and its page, if there is one."""
        site = self._whole.get("zh" if path.startswith("zh/") else "en", Site())
        pages = site.files.documentation_pages() if site.files else []
        return site, next(
            (
                file.page
                for file in pages
                if file.url.removeprefix("./") == path.removeprefix("zh/")
            ),
            None,
        )

    def parts(self, path: str) -> Parts:
        """What Markdown has made of the page at a path, when it was early last."""
        return self._parts.setdefault(path, Parts())

    def _sources(self, sites: dict[str, Site]) -> list[str]:
        return [
            uri for site in sites.values() for uri in (site.files.src_uris if site.files else ())
        ]
