"""The former site: a file that shall be written again as it was is moved to its place instead, which costs a tenth of writing it."""

import shutil
import tempfile
from pathlib import Path

from hooks.store import tell

NAME = "former-"


class Former:
    """What a folder held before a build, put aside below `cache`; MkDocs would delete it. Hidden files stay, as with MkDocs.

    Where the system cannot move it, all is as if there had been nothing.
    """

    def __init__(self, site: Path, cache: Path | None):
        self._site = site
        self._aside: Path | None = None
        if cache is None or not site.is_dir():
            return
        try:
            cache.mkdir(parents=True, exist_ok=True)
            for left in cache.glob(f"{NAME}*"):  # by a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            self._aside = Path(tempfile.mkdtemp(prefix=NAME, dir=cache))
        except OSError as error:
            tell(cache, error)
            return
        try:
            for entry in list(site.iterdir()):
                if not entry.name.startswith("."):
                    entry.rename(self._aside / entry.name)
        except OSError:
            pass  # MkDocs deletes what is still there

    def write(self, content: bytes, path: Path) -> None:
        """Let a file below the site's folder hold this."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._aside:
            old = self._aside / path.relative_to(self._site)
            try:
                if old.read_bytes() == content:
                    old.replace(path)
                    return
            except OSError:
                pass
        path.write_bytes(content)

    def forget(self) -> None:
        """Delete what nobody wanted."""
        if self._aside:
            shutil.rmtree(self._aside, ignore_errors=True)
