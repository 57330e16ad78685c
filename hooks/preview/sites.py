"""What MkDocs has made of each language: with it, a page can be made anew without the others."""

from dataclasses import dataclass
from typing import Any


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

    def note(self, config: Any, **parts: Any) -> None:
        """Take a part of the site that is being built."""
        site = self._coming.setdefault(config.extra["language"], Site())
        site.config = config
        for name, part in parts.items():
            setattr(site, name, part)

    def settle(self) -> None:
        """What was coming is whole."""
        self._whole, self._coming = self._coming, {}

    def find(self, path: str) -> tuple[Site, Any]:
        """The site that a path below the served folder lies in, and its page, if there is one."""
        site = self._whole.get("zh" if path.startswith("zh/") else "en", Site())
        pages = site.files.documentation_pages() if site.files else []
        return site, next((file.page for file in pages if file.url.removeprefix("./") == path.removeprefix("zh/")), None)
