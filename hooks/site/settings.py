"""Settings: where a project lies, and what its site says of itself in one language."""

from dataclasses import dataclass
from pathlib import Path

from hooks.text.languages import Language
from hooks.text.rows import relative


@dataclass(frozen=True)
class Settings:
    """Where a project lies, and what the site says of itself in one language.

    `code` is the address under which readers find the project's files. Without an `address` the
    site has no feed. `drawings` is the folder of cached drawings. `served` tells a preview from the
    site.
    """

    root: Path
    docs: Path
    language: Language
    code: str = ""
    site: str = ""
    description: str = ""
    address: str = ""
    drawings: Path | None = None
    served: bool = False

    def relative(self, path: Path) -> str:
        """A path as problems print it."""
        return relative(path, self.root)
