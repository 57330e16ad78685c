"""The hook that MkDocs loads: it passes each event on to a session of hooks/site/events.py.

MkDocs loads this module once and never again. So the modules that hold code are imported here, not
above: when one of them has been edited, all are dropped and imported again, and `mkdocs serve`
needs no restart. A build that finds the site unchanged imports none of them, which would take
longer than to find that out.
"""

import gc
import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mkdocs
from mkdocs.commands import build as commands

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from hooks.cache.unchanged import BuiltSite
    from hooks.site.events import Session
    from hooks.site.mkdocs_parts import CompiledPage

ROOT = Path(__file__).resolve().parent.parent

KNOWN = ("1.6.0", "1.6.1", "1.6.7")
"""Versions of MkDocs, and of ProperDocs, which answers to its name, whose internals are reached
into.

Under any other version an unchanged site is built again and a preview waits for the site; the bytes
are the same.
"""

log = logging.getLogger("mkdocs.hooks")


class Loader:
    """The present session, and the digest of the code that it was imported from."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.code = ""
        self.serving = self.dirty = False

    def current(self) -> "Session":
        """The session, which is made at the first event of a build."""
        if self.session is None:
            from hooks.site.events import Session

            self.session = Session(self.serving, self.dirty)
        return self.session

    def reload(self) -> None:
        """Import our code anew, if it has been edited. What cannot be imported is tried again at
        the next build.
        """
        from hooks.cache.fingerprint import code_digest

        code = code_digest(ROOT)
        if self.code not in ("", code):
            preview = self.session.preview if self.session else None
            self.code = "edited"
            for name in [
                name for name in sys.modules if name.split(".")[0] in ("hooks", "figures")
            ]:
                del sys.modules[name]
            invalidate_caches()
            self.session = import_module("hooks.site.events").Session(
                self.serving, self.dirty, preview
            )
        self.code = code


loader = Loader()


def on_startup(command: str, dirty: bool) -> None:
    """Let our modules be found, which MkDocs does only while it loads this one."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    gc.set_threshold(100_000, 20, 50)  # a build makes millions of objects and few cycles
    if loader.session is None:  # else this is the second language
        loader.serving, loader.dirty = command == "serve", dirty
    if command == "serve":
        sys.dont_write_bytecode = True  # a .pyc in a watched folder would start another build
    elif not dirty:
        _skip_unchanged()


def on_config(config: "MkDocsConfig") -> "MkDocsConfig":
    """Take an edit of our code, and prepare a site in the language of this pass."""
    if config.extra.get("language", "en") == "en":
        loader.reload()
    return loader.current().on_config(config)


def on_files(files: "Files", config: "MkDocsConfig") -> "Files":
    """Start a build."""
    return loader.current().on_files(files, config)


def on_nav(nav: "Navigation", config: "MkDocsConfig", files: "Files") -> None:
    """Check the navigation."""
    loader.current().on_nav(nav, config)


def on_pre_page(page: "Page", config: "MkDocsConfig", files: "Files") -> "Page":
    """Let a page come from its record."""
    return loader.current().on_pre_page(page, config)


def on_env(env: "Environment", config: "MkDocsConfig", files: "Files") -> None:
    """Assemble the site from all records."""
    loader.current().on_env(env, config)


def on_page_context(
    context: "TemplateContext", page: "CompiledPage", config: "MkDocsConfig", nav: "Navigation"
) -> None:
    """Give the template what it shows of a page."""
    loader.current().on_page_context(page, config)


def on_post_page(output: str, page: "CompiledPage", config: "MkDocsConfig") -> str:
    """Write what lies beside a page."""
    return loader.current().on_post_page(output, page, config)


def on_post_template(output_content: str, template_name: str, config: "MkDocsConfig") -> str:
    """Guard the pages that are no documents, such as 404.html."""
    return loader.current().on_post_template(output_content, template_name)


def on_post_build(config: "MkDocsConfig") -> None:
    """Write the files of all pages, and report every problem."""
    loader.current().on_post_build(config)


def on_serve(
    server: "LiveReloadServer", config: "MkDocsConfig", builder: Callable[[], None]
) -> "LiveReloadServer":
    """Notice edits at once, and show first what is looked at."""

    def build() -> None:
        builder()
        loader.current().settle()

    def preview(path: str, edited: set[Path]) -> bool:
        return loader.current().preview_page(path, edited)

    loader.current().settle()
    builders = (build, preview) if mkdocs.__version__ in KNOWN else None
    return loader.current().on_serve(server, config, builders)


def _skip_unchanged() -> None:
    """Let MkDocs skip a site that is unchanged, and remember one that it has built without a
    warning.

    MkDocs has no event for that, so the function that builds is wrapped.
    """
    if mkdocs.__version__ not in KNOWN:
        log.info("MkDocs %s is not one of %s: every site is built.", mkdocs.__version__, KNOWN)
        return
    from hooks.text.logs import collected_logs

    build = vars(commands).setdefault("_build", commands.build)

    def build_or_skip(config: Any, *rest: Any, **options: Any) -> None:
        site = _built_site(config)
        if site.is_unchanged():
            log.info("Nothing has changed: %s is left as it is.", config.site_dir)
            return
        with collected_logs(logging.WARNING) as warnings:
            build(config, *rest, **options)
        if not warnings:
            site.remember(loader.current().inputs)

    commands.build = build_or_skip


def _built_site(config: "MkDocsConfig") -> "BuiltSite":
    from hooks.cache import fingerprint
    from hooks.cache.store import Store
    from hooks.cache.unchanged import BuiltSite
    from hooks.text.day import today

    version = fingerprint.text_digest(
        repr(
            (
                fingerprint.project_fingerprint(ROOT),
                fingerprint.configuration(config, ROOT),
                str(today()),
            )
        )
    )
    store = Store(Path(os.environ.get("CACHE", ROOT / ".cache")) / "site")
    templates = [Path(folder) for folder in config.theme.dirs if "site-packages" not in folder]
    folders = [Path(config.docs_dir), *templates]
    return BuiltSite(ROOT, folders, Path(config.site_dir), store, version)
