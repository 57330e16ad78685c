"""The events of MkDocs' builds: configuration, files and pages in, calls to hooks/site out. It
holds no logic.

Only this file, mkdocs_parts.py beside it, and hooks/main.py, which imports both anew when our code
has been edited, import mkdocs.
"""

import logging
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.commands import build as commands
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks.cache import fingerprint
from hooks.preview.preview import Builders, Preview, start_preview
from hooks.site import navigation
from hooks.site.annotations import report_problems
from hooks.site.assemble import assemble
from hooks.site.assembly import Assembly, Outcome
from hooks.site.background import Background
from hooks.site.memo import Memo
from hooks.site.mkdocs_parts import CompiledPage, choose, functions, markdown, prepare, settings_of
from hooks.site.page_view import finished, page_files, view
from hooks.site.project import Project
from hooks.site.shared_models import Models

ROOT = Path(__file__).resolve().parents[2]
log = logging.getLogger("mkdocs.hooks.numbers")


@dataclass
class Build:
    """One language's build, as far as MkDocs' events have come."""

    config: MkDocsConfig
    files: Files
    project: Project
    memo: Memo
    nav: Navigation | None = None
    env: Environment | None = None
    assembly: Assembly | None = None

    @property
    def assembled(self) -> Assembly:
        """What all pages make; there is one when templates are rendered."""
        assert self.assembly
        return self.assembly


@dataclass
class Session:
    """The builds of one process, as long as our code is not edited."""

    serving: bool = False
    dirty: bool = False
    preview: Preview | None = None
    models: Models | None = None
    inputs: dict[str, str] = field(default_factory=dict)
    """The digests of single files that the last build of both languages has read."""
    _builds: dict[str, Build] = field(default_factory=dict)
    """By language, the builds that are under way."""
    _finished: dict[str, Build] = field(default_factory=dict)
    """By language, the last builds that have ended."""
    _chinese: Background[Outcome] | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Prepare a site in the language of this pass."""
        if config.extra.setdefault("language", "en") == "en":
            if self.preview:
                config.site_dir = str(self.preview.begin())
            self.models = Models.read(ROOT, Path(config.docs_dir), self.models)  # for both
        prepare(config)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Start the other language, and choose this one's files: a Chinese source replaces the
        English one.
        """
        if config.extra["language"] == "en":
            self._chinese = Background(lambda: self._build_chinese(config))
        build = self._start(files, config)
        choose(files, build.project, config)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Check the navigation, and tell the templates which pages are in every page's menu."""
        self._check()
        build = self._build(config)
        build.nav = nav
        if config.extra["language"] == "en":
            build.project.problems += navigation.problems(
                Path(config.config_file_path),
                ROOT,
                config.nav,
                build.project.sources.writers.documents,
            )
        config.extra["menu"] = [page for page in nav.pages if navigation.in_menu(page.url)]
        config.extra["collections"] = navigation.overviews(nav.pages)

    def on_pre_page(self, page: Page, config: MkDocsConfig) -> Page:
        """Let a page come from its record."""
        self._check()
        page.__class__ = CompiledPage  # MkDocs has made it, with its title in the navigation
        assert isinstance(page, CompiledPage)
        page.memo = self._build(config).memo
        return page

    def on_env(self, env: Environment, config: MkDocsConfig) -> None:
        """Assemble the site, now that every page has a record, and let templates call `say`."""
        self._check()
        build = self._build(config)
        env.globals.update(functions(config.extra["language"]))
        build.env = env
        memo = build.memo
        build.assembly = assemble(memo, memo.body, build.project, memo.store, self.dirty)

    def on_page_context(self, page: CompiledPage, config: MkDocsConfig) -> None:
        """Give the template what it shows of a page."""
        self._check()
        build, uri = self._build(config), page.file.src_uri
        page.body = build.memo.body(uri)
        shown = view(build.memo.record(uri), page.body, build.assembled)
        page.content = shown.content
        page.meta = shown.meta | {
            "twin_url": _twin_url(page, config),
            "edit_url": _edit_url(build.project.sources.source(uri).path, config),
        }

    def on_post_page(self, output: str, page: CompiledPage, config: MkDocsConfig) -> str:
        """Write what lies beside a page."""
        build = self._build(config)
        record = build.memo.record(page.file.src_uri)
        for path, content in page_files(record, page.body, output, build.assembled).items():
            html = isinstance(content, str) and path.endswith(".html")
            _write(path, finished(str(content), self.serving) if html else content, config)
        page.content = ""  # a thousand pages' texts would fill the memory
        del page.body
        return finished(output, self.serving)

    def on_post_template(self, output: str, name: str) -> str:
        """Guard the pages that are no documents, such as 404.html."""
        return finished(output, self.serving) if name.endswith(".html") else output

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write what pages link to, wait for the other language, and report every problem."""
        build = self._build(config)
        for path, content in build.assembled.files.items():
            _write(path, content, config)
        build.memo.close()
        if config.extra["language"] == "en":
            _publish_code(config)
            self._check()
            assert self._chinese
            chinese = self._chinese.result()
            self.inputs = build.memo.inputs() | chinese.inputs
            report_problems([*build.assembled.reported, *chinese.problems], log)

    def on_serve(
        self, server: LiveReloadServer, config: MkDocsConfig, builders: Builders | None
    ) -> LiveReloadServer:
        """Notice edits at once. With `builders`, under a version of MkDocs that is known, compile
        first the page that a writer looks at.
        """
        paths = (config.docs_dir, config.config_file_path)
        self.preview = start_preview(server, paths, builders)
        return server

    def settle(self) -> None:
        """Take the builds that were under way as finished."""
        self._finished = dict(self._builds)

    def preview_page(self, path: str, edited: set[Path]) -> bool:
        """Compile one page of the last site anew, and say whether that could be done: not where
        code has changed.
        """
        last = self._finished.get("zh" if path.startswith("zh/") else "en")
        if not last or not last.assembly or any(fingerprint.is_code(one, ROOT) for one in edited):
            return False
        pages = (file.page for file in last.files.documentation_pages() if file.page)
        page = next((one for one in pages if one.url == path.removeprefix("zh/")), None)
        if page is None:
            return False
        self.models = Models.read(ROOT, Path(last.config.docs_dir), last.project.models)
        project = last.project.with_models(self.models)
        assembly = last.assembly.without(page.file.src_uri, project)
        build = Build(last.config, last.files, project, Memo(project), last.nav, last.env, assembly)
        self._builds[last.config.extra["language"]] = build
        documents = last.files.documentation_pages()
        commands._populate_page(page, last.config, last.files)
        commands._build_page(page, last.config, documents, last.nav, last.env)  # type: ignore[arg-type]
        last.project = project  # the next preview need not read formulas and data again
        return True

    def _start(self, files: Files, config: MkDocsConfig) -> Build:
        """A new build in the language of a configuration."""
        self._check()
        language = config.extra["language"]
        drawings = Path(os.environ.get("FIGURE_CACHE", _cache() / "figures"))
        settings = settings_of(config, ROOT, drawings, self.serving)
        assert self.models
        project = Project(settings, self.models, self._check)
        project.markdown = markdown(config, files)
        parts = (
            fingerprint.project_fingerprint(ROOT),
            fingerprint.configuration(config, ROOT),
            self.serving,
        )
        # what a dirty build makes is never cached: it knows only some of the pages
        memo = Memo.cached(
            project, None if self.dirty else _cache() / "pages" / language, repr(parts)
        )
        self._builds[language] = Build(config, files, project, memo)
        return self._builds[language]

    def _build(self, config: MkDocsConfig) -> Build:
        return self._builds[config.extra["language"]]

    def _check(self) -> None:
        """Stop a build that another edit has overtaken."""
        if self.preview:
            self.preview.check()

    def _build_chinese(self, config: MkDocsConfig) -> Outcome:
        """The second pass: the same tree in Chinese, below /zh/."""
        texts: Mapping[str, Any] = config.extra["zh"]
        address = f"{config.site_url.rstrip('/')}/zh/" if config.site_url else None
        other = load_config(
            config.config_file_path,
            site_dir=str(Path(config.site_dir) / "zh"),
            site_url=address,
            strict=False,
            **texts,
        )
        other.extra["language"] = "zh"
        other.theme["language"] = "zh"
        other.plugins.on_startup(command="serve" if self.serving else "build", dirty=False)
        build_site = vars(commands).get("_build", commands.build)  # not as hooks/main.py wraps it
        build_site(other)
        build = self._build(other)
        return Outcome(sorted(set(build.assembled.reported)), build.memo.inputs())


def _cache() -> Path:
    return Path(os.environ.get("CACHE", ROOT / ".cache"))


def _write(path: str, content: str | bytes, config: MkDocsConfig) -> None:
    target = Path(config.site_dir) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content if isinstance(content, bytes) else content.encode())


def _twin_url(page: Page, config: MkDocsConfig) -> str:
    """The same page in the other language, relative to this one."""
    depth = page.url.count("/")
    if config.extra["language"] == "en":
        return "../" * depth + "zh/" + page.url
    return "../" * (depth + 1) + page.url


def _edit_url(path: Path, config: MkDocsConfig) -> str:
    """Where a writer edits the file that a page is read from; nothing where the repository is not
    known.
    """
    repository = config.extra.get("repository") or ""
    if not path.is_file():
        path = ROOT / "docs" / "data" / "tags.yml"  # the pages that no file holds are those of tags
    place = quote(path.relative_to(ROOT).as_posix())
    return f"{repository.rstrip('/')}/edit/main/{place}" if repository else ""


def _publish_code(config: MkDocsConfig) -> None:
    if not config.extra.get("repository"):
        for path in sorted((ROOT / "hooks" / "costs").glob("*.py")):
            target = Path(config.site_dir) / "source" / "hooks" / "costs" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
