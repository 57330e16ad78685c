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
        self._serve: Answer = server._serve_request

    @property
    def root(self) -> Path:
        """The folder that is served."""
        return Path(self._server.root)

    def attach(
        self,
        build: Callable[[], None],
        note_request: Callable[[str, str], None],
        failure: Callable[[], str],
    ) -> None:
        """From now on an edit calls `build`, and `note_request` gets each path that a browser asks
        for, with that of the page that asks.

        The page that `failure` returns, if any, is shown in place of every other one.
        """

        def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes] | None:
            path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
            if path.startswith("/livereload/"):
                return self._serve(environ, start)
            with self._server._epoch_cond:
                self._server._epoch_cond.wait_for(
                    lambda: self._server._visible_epoch == self._server._wanted_epoch
                )
            if path.endswith("/") and (page := failure()):
                start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
                return [
                    bytes(
                        self._server._inject_js_into_html(
                            page.encode(), self._server._visible_epoch
                        )
                    )
                ]
            page = urlsplit(str(environ.get("HTTP_REFERER", ""))).path
            note_request(
                path.removeprefix(self._server.mount_path),
                page.removeprefix(self._server.mount_path),
            )
            return self._serve(environ, start)

        self._server._serve_request = answer
        self._server.builder = build

    def edit_waits(self) -> bool:
        """Whether another edit has come since the build began."""
        return bool(self._server._want_rebuild)

    @property
    def edited(self) -> set[Path]:
        """The paths that have been edited since they were last taken out of this set."""
        edited: set[Path] = self._server.observer.edited
        return edited

    def serve_folder(self, root: Path) -> None:
        """Serve another folder."""
        self._server.root = str(root)

    def reload(self) -> None:
        """Let browsers reload now, while the build goes on."""
        with self._server._epoch_cond:
            self._server._visible_epoch = self._server._wanted_epoch
            self._server._epoch_cond.notify_all()

    def reload_again(self) -> None:
        """Let browsers reload once more when the build ends, although they have done so
        meanwhile.
        """
        with self._server._epoch_cond:
            # milliseconds, so the next edit's is later
            self._server._wanted_epoch = self._server._visible_epoch + 1
