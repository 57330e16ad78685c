"""Watching for edits: the system tells at once, where MkDocs would look at every file twice a second."""

from typing import Any

from watchdog.observers import Observer

SETTLED = 0.01
"""So many seconds without a further change, and an edit is complete: an editor writes a file in one go."""


def prompt(server: Any, *paths: str) -> Any:
    """MkDocs' server with the system's own watcher, which also watches `paths`: those that it was told of before."""
    for path in paths:
        server.unwatch(path)
    server.observer = Observer()
    server.build_delay = SETTLED
    for path in paths:
        server.watch(path)
    return server
