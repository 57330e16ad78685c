"""The shortcut: MkDocs neither builds a site that stands, nor reads or renders a page whose finished bytes are kept.

MkDocs has no event for that, so three of its functions are wrapped, in versions that this was tried with.
Under any other version nothing is wrapped, and the site is built as slowly as ever, and identically.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import mkdocs
from mkdocs.commands import build as commands
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from hooks.kept.keeper import Facts

if TYPE_CHECKING:
    from hooks.build import Build
    from hooks.kept.whole import Whole

KNOWN = ("1.6.0", "1.6.1", "1.6.7")
"""Versions of MkDocs, and of ProperDocs, which answers to its name."""
log = logging.getLogger("mkdocs.hooks.kept")


class Shortcut:
    """MkDocs' two functions around the pages that one build holds."""

    def __init__(
        self,
        build: "Build",
        write: Callable[[Mapping[str, str | bytes], Any], None],
        populate_page: Callable[..., None],
        build_page: Callable[..., None],
    ):
        self._build = build
        self._write = write
        self._populate = populate_page
        self._render = build_page
        self._warned: dict[str, list[str]] = {}

    def keep(self, page: Page, html: str, files: dict[str, str | bytes]) -> None:
        """Keep a page that MkDocs has just rendered; not one that it has warned about, so that the warning comes again."""
        if not self._warned.get(page.file.src_uri):
            links = {
                file.src_uri: dict(anchors)
                for file, anchors in (page.links_to_anchors or {}).items()
            }
            facts = Facts(
                dict(page.meta),
                page._title_from_render,
                frozenset(page.present_anchor_ids or ()),
                links,
            )
            self._build.keep(page.file.src_uri, html, files, facts)

    def populate_page(self, page: Page, config: Any, files: Files, dirty: bool = False) -> None:
        """In place of MkDocs' own."""
        self._build.check()
        held = self._build.held(page.file.src_uri)
        if held is None:
            with self._watched(page.file.src_uri):
                self._populate(page, config, files, dirty)
            return
        page.markdown = page.content = ""
        facts = held.facts
        assert isinstance(facts, Facts)  # no other is held
        page.meta = dict(facts.meta)
        page._title_from_render = facts.title
        page.present_anchor_ids = set(facts.anchors)
        page.links_to_anchors = {
            file: anchors
            for uri, anchors in facts.links.items()
            if (file := files.get_file_from_path(uri))
        }

    def build_page(
        self, page: Page, config: Any, doc_files: Any, *rest: Any, **options: Any
    ) -> None:
        """In place of MkDocs' own."""
        self._build.check()
        uri = page.file.src_uri
        held = self._build.held(uri)
        if held and self._build.still(uri) and (body := self._build.body(uri)):
            self._write({page.file.dest_uri: body.html, **body.files}, config)
            return
        if held:  # what other pages say has changed, or its bytes are damaged
            self.populate_page(page, config, Files(list(doc_files)))
        with self._watched(uri):
            self._render(page, config, doc_files, *rest, **options)

    @contextmanager
    def _watched(self, uri: str) -> Iterator[None]:
        """Notice whether MkDocs warns meanwhile."""
        with warned(self._warned.setdefault(uri, [])):
            yield


@contextmanager
def warned(heard: list[str]) -> Iterator[None]:
    """Collect what MkDocs warns of meanwhile, also when it is told to be quiet."""
    logger, ear = logging.getLogger("mkdocs"), logging.Handler(logging.WARNING)
    ear.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    if (
        logger.level > logging.WARNING
    ):  # --quiet, which would keep warnings from everybody, --strict too
        for handler in logger.handlers:
            handler.setLevel(logger.level)
        logger.setLevel(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield
    finally:
        logger.removeHandler(ear)


def leave(whole: Callable[[Any], "Whole"]) -> None:
    """Let MkDocs leave a site alone that stands, and remember one that it has built without a warning."""
    build = vars(commands).setdefault("_build", commands.build)
    if mkdocs.__version__ not in KNOWN:
        return

    def build_or_leave(config: Any, *rest: Any, **options: Any) -> None:
        site, heard = whole(config), list[str]()
        if site.stands():
            log.info("Nothing has changed: %s is left as it is.", config.site_dir)
            return
        with warned(heard):
            build(config, *rest, **options)
        if not heard:
            site.keep()

    commands.build = build_or_leave


def taken(
    build: "Build", write: Callable[[Mapping[str, str | bytes], Any], None]
) -> Shortcut | None:
    """The shortcut, for MkDocs to take from now on; None where its version is not known.

    `write` puts files into the site of a configuration.
    """
    originals = vars(commands).setdefault(
        "_originals", (commands._populate_page, commands._build_page)
    )
    if mkdocs.__version__ not in KNOWN:
        log.info(
            "Pages are not kept: MkDocs %s is not one of %s.", mkdocs.__version__, ", ".join(KNOWN)
        )
        return None
    shortcut = Shortcut(build, write, *originals)
    commands._populate_page, commands._build_page = shortcut.populate_page, shortcut.build_page
    return shortcut
