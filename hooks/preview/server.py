"""MkDocs' server, as far as the preview has to reach into it: when browsers reload, what they
are given, what waits.

All of it is MkDocs' own. Under a version that hooks/main.py does not know nothing is touched,
and every edit waits for the site.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Answer = Callable[[dict[str, Any], Any], Iterable[bytes] | None]


class Server:
    """Wraps the server that MkDocs has made."""

    def __init__(self, server: Any):
        self._server = server
        self._own: Answer = server._serve_request

    @property
    def root(self) -> Path:
        """The folder that is served."""
        return Path(self._server.root)

    def takes(
        self,
        build: Callable[[], None],
        look: Callable[[str, str], None],
        instead: Callable[[], str],
    ) -> None:
        """From now on an edit calls `build`; `look` is told of each path that a browser asks
        for, and by which page.

        What `instead` says, if anything, is shown in place of every page.
        """

        def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes] | None:
            path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
            if path.startswith("/livereload/"):
                return self._own(environ, start)
            with self._server._epoch_cond:
                self._server._epoch_cond.wait_for(
                    lambda: self._server._visible_epoch == self._server._wanted_epoch
                )
            if path.endswith("/") and (page := instead()):
                start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
                return [
                    bytes(
                        self._server._inject_js_into_html(
                            page.encode(), self._server._visible_epoch
                        )
                    )
                ]
            page = urlsplit(str(environ.get("HTTP_REFERER", ""))).path
            look(
                path.removeprefix(self._server.mount_path),
                page.removeprefix(self._server.mount_path),
            )
            return self._own(environ, start)

        self._server._serve_request = answer
        self._server.builder = build

    def waits(self) -> bool:
        """Whether another edit has come since the build began."""
        return bool(self._server._want_rebuild)

    @property
    def edited(self) -> set[Path]:
        """The paths that have been edited since they were last taken out of this set."""
        edited: set[Path] = self._server.observer.edited
        return edited

    def moves(self, root: Path) -> None:
        """Serve another folder."""
        self._server.root = str(root)

    def shows(self) -> None:
        """Let browsers reload now, while the build goes on."""
        with self._server._epoch_cond:
            self._server._visible_epoch = self._server._wanted_epoch
            self._server._epoch_cond.notify_all()

    def shows_again(self) -> None:
        """Let browsers reload once more when the build ends, although they have done so
        meanwhile.
        """
        with self._server._epoch_cond:
            self._server._wanted_epoch = (
                self._server._visible_epoch + 1
            )  # milliseconds, so the next edit's is later
