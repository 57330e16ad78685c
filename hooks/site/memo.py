"""The memo of compiled pages: a page is compiled once for each state of what it depends on.

What every page depends on (code, configuration, formulas, data) is the version of the store; what
only some depend on is in the key of a page and in the inputs that its record names. A miss costs a
tenth to half a second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from hooks.cache import fingerprint
from hooks.cache.store import Store
from hooks.site.compile import compile_page
from hooks.site.project import Project
from hooks.site.record import Body, PageSource, Record
from hooks.site.states import States

NOTHING = Body("", "", "", "", "", {})


@dataclass(frozen=True)
class MemoEntry:
    """A record without its body, the name of the body, and the key and the states of its inputs
    when it was compiled.
    """

    key: str
    states: dict[str, str]
    body: str
    record: Record


class Memo(Mapping[str, Record]):
    """The records of one build, by URI, without their bodies; in the order in which they were asked
    for.

    Without a store every page is compiled, and its body stays in memory.
    """

    @classmethod
    def cached(cls, project: Project, folder: Path | None, version: str) -> "Memo":
        """The memo of a folder, as far as that is of a version; one without a store where there is
        no folder.
        """
        return cls(project, Store(folder, fingerprint.text_digest(version)) if folder else None)

    def __init__(self, project: Project, store: Store | None = None):
        self.project = project
        self.store = store
        self.states = States(project)
        self._records: dict[str, Record] = {}
        self._bodies: dict[str, Body | str] = {}
        """The body of each page, or its name in the store."""

    def record(self, uri: str) -> Record:
        """The record of a page: the cached one while nothing that it depends on has changed, else a
        new one.
        """
        if uri not in self._records:
            source = self.project.sources.source(uri)
            key = _key(source, self.project)
            entry: MemoEntry | None = self.store.read(uri, MemoEntry) if self.store else None
            if entry and entry.key == key and self._holds(entry.states):
                self._records[uri], self._bodies[uri] = entry.record, entry.body
            else:
                self._compile(source, key)
        return self._records[uri]

    def body(self, uri: str) -> Body:
        """The body of a page. One whose file is damaged or gone is compiled again."""
        self.record(uri)
        body = self._bodies[uri]
        if isinstance(body, Body):
            return body
        found: Body | None = self.store.read(body, Body) if self.store else None
        source = self.project.sources.source(uri)
        return found or self._compile(source, _key(source, self.project))

    def close(self) -> None:
        """Delete what is cached of pages that are gone."""
        if self.store:
            self.store.prune()

    def inputs(self) -> dict[str, str]:
        """The digests of the files that pages depend on besides their own sources, by path."""
        names = {name for record in self._records.values() for name in record.inputs}
        paths = [name.removeprefix("file ") for name in names if name.startswith("file ")]
        return {path: self.states[f"file {path}"] for path in sorted(paths)}

    def __getitem__(self, uri: str) -> Record:
        return self._records[uri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def _holds(self, states: dict[str, str]) -> bool:
        return all(self.states[name] == state for name, state in states.items())

    def _compile(self, source: PageSource, key: str) -> Body:
        record = compile_page(source, self.project)
        self._records[source.uri] = small = replace(record, body=NOTHING)
        self._bodies[source.uri] = record.body
        if self.store and record.rendered.complete and not record.problems:
            states = {name: self.states[name] for name in sorted(record.inputs)}
            content = sha256(repr((key, states)).encode()).hexdigest()
            name = f"body {source.uri} {content}"  # so that no entry meets the body of another one
            entry = MemoEntry(key, states, name, small)
            if self.store.write(name, record.body) and self.store.write(source.uri, entry):
                self._bodies[source.uri] = name
        return record.body


def _key(source: PageSource, project: Project) -> str:
    """The digest of a page's source, and of what the series says of it."""
    publisher = project.publisher
    parts = (
        source.path.name,
        source.text,
        source.english,
        source.chinese,
        source.generated,
        source.uri in publisher.essays,
        source.uri in publisher.fed,
        project.quantities,
    )
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
