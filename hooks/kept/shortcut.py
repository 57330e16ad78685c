"""The shortcut: MkDocs neither reads nor renders a page whose finished bytes a build already holds.

MkDocs has no event for that, so two functions that it keeps to itself are wrapped, and the theme's list of files is, in versions that this was tried with.
Under any other version nothing is wrapped, and the site is built as slowly as ever, and identically.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import mkdocs
from jinja2.bccache import Bucket
from mkdocs.commands import build as commands
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils import write_file

from hooks.store import Store

if TYPE_CHECKING:
    from hooks.build import Build

KNOWN = ("1.6.0", "1.6.1")
log = logging.getLogger("mkdocs.hooks.kept")


@dataclass(frozen=True)
class Facts:
    """What MkDocs itself asks of a page that it has not rendered: front matter, title, anchors, and links to others' anchors."""

    meta: dict[str, Any]
    title: str | None
    anchors: frozenset[str]
    links: dict[str, dict[str, str]]


class Shortcut:
    """MkDocs' two functions around the pages that one build holds."""

    def __init__(self, build: "Build", populate_page: Callable[..., None], build_page: Callable[..., None]):
        self._build = build
        self._populate = populate_page
        self._render = build_page
        self._warned: set[str] = set()

    def keep(self, page: Page, html: str) -> None:
        """Keep a page that MkDocs has just rendered; not one that it has warned about, so that the warning comes again."""
        if page.file.src_uri not in self._warned:
            links = {file.src_uri: dict(anchors) for file, anchors in (page.links_to_anchors or {}).items()}
            facts = Facts(dict(page.meta), page._title_from_render, frozenset(page.present_anchor_ids or ()), links)
            self._build.keep(page.file.src_uri, html, facts)

    def populate_page(self, page: Page, config: Any, files: Files, dirty: bool = False) -> None:
        """In place of MkDocs' own."""
        held = self._build.held(page.file.src_uri)
        if held is None:
            with self._watched(page.file.src_uri):
                self._populate(page, config, files, dirty)
            return
        page.markdown = page.content = ""
        page.meta = dict(held.facts.meta)
        page._title_from_render = held.facts.title
        page.present_anchor_ids = set(held.facts.anchors)
        page.links_to_anchors = {file: anchors for uri, anchors in held.facts.links.items() if (file := files.get_file_from_path(uri))}

    def build_page(self, page: Page, config: Any, doc_files: Any, *rest: Any, **options: Any) -> None:
        """In place of MkDocs' own."""
        uri = page.file.src_uri
        held = self._build.held(uri)
        if held and self._build.still(uri):
            write_file(self._build.html(held).encode(errors="xmlcharrefreplace"), page.file.abs_dest_path)
            return
        if held:  # what other pages say has changed
            self.populate_page(page, config, Files(list(doc_files)))
        with self._watched(uri):
            self._render(page, config, doc_files, *rest, **options)

    @contextmanager
    def _watched(self, uri: str) -> Iterator[None]:
        """Notice whether MkDocs warns meanwhile."""
        counter = logging.Handler(logging.WARNING)
        counter.emit = lambda record: self._warned.add(uri)  # type: ignore[method-assign]
        logging.getLogger("mkdocs").addHandler(counter)
        try:
            yield
        finally:
            logging.getLogger("mkdocs").removeHandler(counter)


class Templates(jinja2.FileSystemLoader):
    """The theme's folders without the thousands of icons that Material keeps in a hidden one: MkDocs would look at each."""

    def list_templates(self) -> list[str]:
        """Every file outside hidden folders."""
        found = set()
        for folder in map(Path, self.searchpath):
            for root, folders, files in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {(Path(root) / name).relative_to(folder).as_posix() for name in files}
        return sorted(found)


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, in a store: Jinja's own cache would run whatever it finds there."""

    def __init__(self, store: Store):
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something for it."""
        kept = self._store.read(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._store.write(bucket.key, bucket.bytecode_to_string())


def lean(theme: Theme, store: Store) -> None:
    """Let a theme list its files faster, and keep its templates compiled."""
    own = theme.get_env

    def get_env() -> jinja2.Environment:
        env = own()
        env.loader = Templates(theme.dirs)
        env.bytecode_cache = Compiled(store)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


def taken(build: "Build", theme: Theme, cache: Path) -> Shortcut | None:
    """The shortcut, for MkDocs to take from now on; None where its version is not known."""
    originals = vars(commands).setdefault("_originals", (commands._populate_page, commands._build_page))
    if mkdocs.__version__ not in KNOWN:
        log.info("Pages are not kept: MkDocs %s is not one of %s.", mkdocs.__version__, ", ".join(KNOWN))
        return None
    lean(theme, Store(cache / "templates", build.house))
    shortcut = Shortcut(build, *originals)
    commands._populate_page, commands._build_page = shortcut.populate_page, shortcut.build_page
    return shortcut
