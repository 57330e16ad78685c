"""Watching for edits: the system tells at once, where MkDocs would look at every file twice a
second.
"""

import os
from pathlib import Path
from typing import Any

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

EDITS = [
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
]
"""What changes a file; the system also tells when one is merely read, as every build does."""

SETTLED = 0.01
"""So many seconds without a further change, and an edit is complete: an editor writes a file in one
go.
"""


class EditRecorder(events.FileSystemEventHandler):
    """Notes the paths of edits, and passes them on."""

    def __init__(self, handler: events.FileSystemEventHandler, edited: set[Path]):
        self._handler, self._edited = handler, edited

    def dispatch(self, event: events.FileSystemEvent) -> None:
        """Take an edit."""
        self._edited |= {
            Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path
        }
        self._handler.dispatch(event)


class Watcher(Observer):  # type: ignore[misc, valid-type]
    """The system's own, for edits only."""

    def __init__(self) -> None:
        super().__init__()
        self.edited: set[Path] = set()
        """What has been edited; who has seen to it takes it out."""

    def schedule(
        self,
        handler: events.FileSystemEventHandler,
        path: str,
        *,
        recursive: bool = False,
        **_: Any,
    ) -> ObservedWatch:
        """Tell the handler of edits at a path."""
        watch: ObservedWatch = super().schedule(
            EditRecorder(handler, self.edited), path, recursive=recursive, event_filter=EDITS
        )
        return watch


def with_watcher(server: Any, *paths: str) -> Any:
    """MkDocs' server with the system's own watcher in place of its polling one; `paths` are those
    that it was told to watch before.
    """
    for path in paths:
        server.unwatch(path)
    server.observer = Watcher()
    server.build_delay = SETTLED
    for path in paths:
        server.watch(path)
    return server
