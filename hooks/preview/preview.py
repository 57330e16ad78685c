"""The preview: the page that a writer looks at is compiled first, and the site behind it, into a
new folder.

An edit that comes meanwhile does not wait: the build breaks off, and begins anew with both edits.
"""

import logging
import shutil
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

from hooks.preview.preview_page import failed, place
from hooks.preview.server import Server
from hooks.preview.watch import with_watcher
from hooks.text.logs import collected_logs

PAGES = 3
"""So many pages may lie open in a writer's browser at once."""

GRACE = 0.05
"""So many seconds browsers have to fetch what they are shown before anything else claims the
processor.
"""

CALM = 0.3
"""So many seconds they have for a page that has just been opened: its writer reads before they
write.
"""

log = logging.getLogger("mkdocs.hooks.preview")


class BrokenOff(Exception):
    """A build that another edit has overtaken."""


def run_later(work: Callable[[], None]) -> None:
    """Do something when browsers have what they have asked for."""
    timer = Timer(CALM, work)
    timer.daemon = True
    timer.start()


Builders = tuple[Callable[[], None], Callable[[str, set[Path]], bool]]
"""What builds the site, and what compiles one page of the last site."""


def start_preview(server: Any, paths: Iterable[str], builders: Builders | None) -> "Preview | None":
    """Let MkDocs' server notice edits at once, and return a preview; None without `builders`, under
    a version of MkDocs whose internals are not known.
    """
    watching = with_watcher(server, *paths)
    return Preview(Server(watching), *builders) if builders else None


class Preview:
    """Stands between MkDocs' server and its builds."""

    def __init__(
        self,
        server: Server,
        build_site: Callable[[], None],
        compile_one: Callable[[str, set[Path]], bool],
        later: Callable[[Callable[[], None]], None] = run_later,
    ):
        """`build_site` builds into the folder that it gets from `begin`; `compile_one` compiles one
        page of the last site, by path.

        `compile_one` takes what has been edited since that site, and returns whether the page could
        be compiled. `later` does something a little later, in another thread.
        """
        self._server = server
        self._build_site = build_site
        self._compile_one = compile_one
        self._first = server.root
        self._next = server.root
        self._number = 0
        self._failure = ""
        self._seen: dict[str, dict[str, str]] = {}
        """What browsers hold: the pages that they have asked for last, and the digest of each file
        that these are made of.
        """
        self._seen_lock = Lock()  # every browser's request is a thread
        self._later = later
        self._build_lock = Lock()  # one page or one site at a time
        self._edit_waits = Event()
        """Set while an edit waits for a page that is being compiled ahead."""
        server.attach(self.build, self.note_request, lambda: self._failure)

    def begin(self) -> Path:
        """An empty folder for the next build, so that browsers have the last one meanwhile."""
        if self._next != self._server.root:  # one that was broken off
            shutil.rmtree(self._next, ignore_errors=True)
        self._number += 1
        self._next = self._first / f".{self._number}"  # MkDocs removes the first one in the end
        return self._next

    def note_request(self, path: str, page: str) -> None:
        """Note that a browser asks for a file: a page, or what `page` is made of."""
        with self._seen_lock:
            if path.endswith("/") or not path:
                opened = next(reversed(self._seen), None) != path
                self._seen.pop(path, None)
                self._seen[path] = {f"{path}index.html": self._digest(f"{path}index.html")}
                if len(self._seen) > PAGES:
                    del self._seen[next(iter(self._seen))]
                if opened:
                    self._later(self._compile_ahead)
            elif page in self._seen:
                self._seen[page][path] = self._digest(path)

    def check(self) -> None:
        """Break off, if another edit waits."""
        if self._server.edit_waits() or self._edit_waits.is_set():
            raise BrokenOff

    def build(self) -> None:
        """After an edit: the page that was asked for last, then the site. What fails is shown,
        until it is mended.
        """
        self._edit_waits.set()
        with self._build_lock:
            self._edit_waits.clear()
            self._build()

    def _compile_ahead(self) -> None:
        """Compile a page that has been opened, so that all it depends on is in memory by the time
        of the first edit; a build does so in the end.
        """
        if self._build_lock.acquire(blocking=False):
            try:
                self._compile_seen(set())
            finally:
                self._build_lock.release()

    def _build(self) -> None:
        edited = set(self._server.edited)
        early = not self._failure and self._show_first(edited)
        try:
            with collected_logs(logging.ERROR) as errors:
                self._build_site()
        except BrokenOff:
            return
        except (Exception, SystemExit) as error:
            log.error("%s", place(error))
            self._failure = failed(error, errors)
            self._server.reload_again()
            return
        self._server.edited.difference_update(edited)
        last, self._failure = self._server.root, ""
        self._server.serve_folder(self._next)
        with self._seen_lock:
            if early and any(
                self._digest(path) != digest
                for files in self._seen.values()
                for path, digest in files.items()
            ):
                self._server.reload_again()
        self._reload_browsers()
        self._compile_seen(set())  # so that the next edit finds in memory what it depends on
        if last != self._first:
            shutil.rmtree(last, ignore_errors=True)

    def _show_first(self, edited: set[Path]) -> bool:
        """Show the page that was asked for last as it is now, and say whether that could be
        done.
        """
        seen = self._compile_seen(edited)
        if seen is None:
            return False
        self.note_request(seen, "")
        self._reload_browsers()
        return True

    def _compile_seen(self, edited: set[Path]) -> str | None:
        """Compile the page that was asked for last, and return its path; None if that fails, as it
        will again with the site, which reports it.
        """
        with self._seen_lock:
            seen = next(reversed(self._seen), None)
        try:
            return seen if seen is not None and self._compile_one(seen, edited) else None
        except Exception:
            return None

    def _reload_browsers(self) -> None:
        self._server.reload()
        time.sleep(GRACE)

    def _digest(self, path: str) -> str:
        try:
            return sha256((self._server.root / path).read_bytes()).hexdigest()
        except OSError:
            return ""
