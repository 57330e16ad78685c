"""The keeper: hands out a page's record while everything that the page was made from is as it was."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from hooks.kept.trace import State, Trace
from hooks.plain import fits
from hooks.store import Store

LATE = ("uses",)
"""Kinds of input that are known only when every page has been read."""

Files = dict[str, str | bytes]
"""What lies at addresses below the site's."""


@dataclass(frozen=True)
class Body:
    """The bytes of a finished page, and of the files beside it."""

    html: bytes
    files: dict[str, bytes]


@dataclass(frozen=True)
class Facts:
    """What MkDocs itself asks of a page that it has not rendered: front matter, title, anchors, and links to others' anchors."""

    meta: dict[str, Any]
    title: str | None
    anchors: frozenset[str]
    links: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Record:
    """A finished page: what it was made from, where its bytes are, and what it tells the parts of the site, by part.

    `late` is the part of its trace that is known only when every page has been read.
    """

    trace: Trace
    late: Trace
    body: str
    facts: Facts | str
    parts: dict[str, Any] = field(default_factory=dict)


class Keeper:
    """Asks the state of the inputs before it trusts a record. Without a store it holds nothing."""

    def __init__(self, store: Store | None, state: State, shapes: Mapping[str, Any] | None = None):
        """`shapes` are those of what a page tells the parts of the site, by part."""
        self._shapes = dict(shapes or {})
        self.state = state
        self._store = store
        self._held: dict[str, Record | None] = {}

    def held(self, uri: str) -> Record | None:
        """The record of a page, as far as that can be told before the other pages are read."""
        if uri not in self._held:
            record = self._store.read(uri, Record, self._sound) if self._store else None
            self._held[uri] = (
                replace(record, trace={}) if record and self.state.holds(record.trace) else None
            )  # thousands of traces are most of what a build would hold
        return self._held[uri]

    def _sound(self, record: Record) -> bool:
        """Whether a record is one of a page, and tells every part what that part can take."""
        return isinstance(record.facts, Facts) and (
            not self._shapes
            or (
                record.parts.keys() == self._shapes.keys()
                and all(fits(part, self._shapes[name]) for name, part in record.parts.items())
            )
        )

    def still(self, uri: str) -> bool:
        """Whether a record that is held is true in the light of the other pages, too; if not, it is given up."""
        record = self._held.get(uri)
        if record and not self.state.holds(record.late):
            self._held[uri] = None
        return self._held.get(uri) is not None

    def body(self, uri: str) -> Body | None:
        """The bytes of a page whose record is held; they are read when they are wanted, since all of them would fill the memory."""
        record = self._held.get(uri)
        body: Body | None = self._store.read(record.body, Body) if self._store and record else None
        if body is None:
            self._held[uri] = None
        return body

    def keep(
        self, uri: str, inputs: Iterable[str], body: Body, facts: Any, parts: dict[str, Any]
    ) -> None:
        """Keep a page that was made from some inputs."""
        if self._store:
            trace = self.state.trace(inputs)
            place = f"body {uri} {sha256(repr(trace).encode()).hexdigest()}"  # so that no record meets the bytes of another
            self._store.write(place, body)
            late = {
                name: digest for name, digest in trace.items() if name.partition(" ")[0] in LATE
            }
            self._store.write(
                uri,
                Record(
                    {name: digest for name, digest in trace.items() if name not in late},
                    late,
                    place,
                    facts,
                    parts,
                ),
            )

    def made(
        self, name: str, key: str, inputs: Iterable[str], make: Callable[[], dict[str, str]]
    ) -> dict[str, str]:
        """Files that no page is, made from inputs and from what `key` says of the pages: kept ones, or new ones."""
        record = self._store.read(f"made {name}", Record) if self._store else None
        if record and record.facts == key and self.state.holds(record.trace):
            kept: dict[str, str] = record.parts
            if fits(kept, dict[str, str]):
                return kept
        files = make()
        if self._store:
            self._store.write(f"made {name}", Record(self.state.trace(inputs), {}, "", key, files))
        return files

    def close(self) -> None:
        """Drop the records of pages that are gone, if anybody has asked for pages at all."""
        if self._store and self._held:
            self._store.prune()
