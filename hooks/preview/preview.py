"""The preview: the page that a writer looks at is compiled first, and the site behind it, into a
new folder.

An edit that comes meanwhile does not wait: the build breaks off, and begins anew with both edits.
"""

import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

from hooks.preview.preview_page import failed, place
from hooks.preview.server import Server
from hooks.preview.watch import prompt

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


Reach = tuple[Callable[[], None], Callable[[str, set[Path]], bool]]
"""What builds the site, and what compiles one page of the last site."""


def watched(server: Any, paths: Iterable[str], reach: Reach | None) -> "Preview | None":
    """Let MkDocs' server notice edits at once. Where MkDocs is known well enough to `reach` into
    it, return a preview.
    """
    watching = prompt(server, *paths)
    return Preview(Server(watching), *reach) if reach else None


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
        self._looking = Lock()  # every browser's request is a thread
        self._later = later
        self._working = Lock()  # one page or one site at a time
        self._hurry = Event()
        """Set while an edit waits for a page that is being made ready."""
        server.takes(self.build, self.look, lambda: self._failure)

    def begin(self) -> Path:
        """An empty folder for the next build, so that browsers have the last one meanwhile."""
        if self._next != self._server.root:  # one that was broken off
            shutil.rmtree(self._next, ignore_errors=True)
        self._number += 1
        self._next = self._first / f".{self._number}"  # MkDocs removes the first one in the end
        return self._next

    def look(self, path: str, page: str) -> None:
        """Note that a browser gets a file, for a page if it is none itself."""
        with self._looking:
            if path.endswith("/") or not path:
                opened = next(reversed(self._seen), None) != path
                self._seen.pop(path, None)
                self._seen[path] = {f"{path}index.html": self._digest(f"{path}index.html")}
                if len(self._seen) > PAGES:
                    del self._seen[next(iter(self._seen))]
                if opened:
                    self._later(self._ready)
            elif page in self._seen:
                self._seen[page][path] = self._digest(path)

    def check(self) -> None:
        """Break off, if another edit waits."""
        if self._server.waits() or self._hurry.is_set():
            raise BrokenOff

    def build(self) -> None:
        """After an edit: the page that was looked at last, then the site. What fails is shown,
        until it is mended.
        """
        self._hurry.set()
        with self._working:
            self._hurry.clear()
            self._build()

    def _ready(self) -> None:
        """Make a page that has been opened, so that what it takes is known by the time of the first
        edit; a build does so in the end.
        """
        if self._working.acquire(blocking=False):
            try:
                self._made(set())
            finally:
                self._working.release()

    def _build(self) -> None:
        edited = set(self._server.edited)
        early = not self._failure and self._early(edited)
        try:
            with listening() as errors:
                self._build_site()
        except BrokenOff:
            return
        except (Exception, SystemExit) as error:
            log.error("%s", place(error))
            self._failure = failed(error, errors)
            self._server.shows_again()
            return
        self._server.edited.difference_update(edited)
        last, self._failure = self._server.root, ""
        self._server.moves(self._next)
        with self._looking:
            if early and any(
                self._digest(path) != digest
                for files in self._seen.values()
                for path, digest in files.items()
            ):
                self._server.shows_again()
        self._shown()
        self._made(set())  # what it takes to make the page is known by the time of the next edit
        if last != self._first:
            shutil.rmtree(last, ignore_errors=True)

    def _early(self, edited: set[Path]) -> bool:
        """Show the page that was looked at last as it is now."""
        looked = self._made(edited)
        if looked is None:
            return False
        self.look(looked, "")
        self._shown()
        return True

    def _made(self, edited: set[Path]) -> str | None:
        """Make the page that was looked at last, and return its path; None if it fails, as it will
        again with the site, which reports it.
        """
        with self._looking:
            looked = next(reversed(self._seen), None)
        try:
            return looked if looked is not None and self._compile_one(looked, edited) else None
        except Exception:
            return None

    def _shown(self) -> None:
        self._server.shows()
        time.sleep(GRACE)

    def _digest(self, path: str) -> str:
        try:
            return sha256((self._server.root / path).read_bytes()).hexdigest()
        except OSError:
            return ""


@contextmanager
def listening() -> Iterator[list[str]]:
    """What MkDocs logs as an error meanwhile."""
    errors: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: errors.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        yield errors
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
