"""MkDocs' events in, calls to the engine out. It holds no logic; only it and hooks/kept/shortcut.py import mkdocs.

MkDocs never reloads this module while it serves. So it imports the engine anew for every build, and an edited
cost model, figure or template shows without a restart.
"""

import atexit
import gc
import importlib
import logging
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
log = logging.getLogger("mkdocs.hooks.numbers")
building: Any = None
shortcut: Any = None
chinese: Any = None
builds: dict[str, Any] = {}
"""The last build of each language."""
sites: Any = None
preview: Any = None
former: Any = None
house = ""
"""The digest of all that every page rests on, as this build has found it."""
parts: Any = None
"""What Markdown has made of the page that is early."""
code: dict[Path, bytes] = {}
"""Our own files, costs aside, as the modules in memory were read from them."""
serving = False
dirtily = False


def on_startup(command: str, dirty: bool) -> None:
    """A .pyc in a watched folder would start a second build for every edit. A build makes millions of things, and few circles."""
    global serving, dirtily, sites
    gc.set_threshold(100_000, 20, 50)
    serving, dirtily = command == "serve", dirty
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    if not serving and not dirtily:
        atexit.register(
            gc.freeze
        )  # what is left goes with the process; to look through it first takes a twentieth of a build
        whole = importlib.import_module("hooks.kept.whole").Whole
        importlib.import_module("hooks.kept.shortcut").leave(
            lambda config: whole(ROOT, config, _cache() / "site")
        )
    if serving:
        sys.dont_write_bytecode = True
        sites = sites or importlib.import_module("hooks.preview.sites").Sites()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make room for a site in the language of this pass."""
    global former, house
    if config.extra.setdefault("language", "en") == "en":
        _renew()
        if preview:
            config.site_dir = str(preview.begin())
        former = importlib.import_module("hooks.kept.former").Former(
            Path(config.site_dir), None if serving or dirtily else _cache()
        )
    house = importlib.import_module("hooks.kept.house").house(ROOT)
    importlib.import_module("hooks.kept.templates").lean(config.theme)
    config.extra["shell"] = importlib.import_module("hooks.shell").version()
    config.markdown_extensions.append("pymdownx.emoji")  # here, since its index is a function
    config.mdx_configs["pymdownx.emoji"] = importlib.import_module("hooks.page.icons").options()
    config.theme.static_templates.discard("sitemap.xml")  # MkDocs' own knows no languages
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Start a build, and the other language aside. Keep the files of this one: a Chinese source takes the place of the English one."""
    global chinese
    if config.extra["language"] == "en":
        importlib.import_module("hooks.engine").Engine(ROOT)  # what it has read is read for both
        chinese = importlib.import_module("hooks.kept.aside").Aside(lambda: _build_chinese(config))
    _begin(config)
    building.check()
    ships = importlib.import_module("hooks.shell").ships
    for file in list(files):
        if (
            file.src_uri.endswith(".zh.md")
            or not ships(file.src_uri)
            or (file.abs_src_path and not building.writers.holds(Path(file.abs_src_path)))
        ):
            files.remove(file)
    for file in files.documentation_pages():
        path, _ = building.source(file.src_uri)
        if str(path) != file.abs_src_path:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, abs_src_path=str(path)))
    for uri, text in building.made.items():
        files.append(File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Tell the templates which pages stand in every page's menu, and note for the preview what pages stand in."""
    building.check()
    if config.extra["language"] == "en":
        building.problems += importlib.import_module("hooks.navigation").problems(
            Path(config.config_file_path), ROOT, config.nav, building.writers.documents
        )
    config.extra["menu"] = importlib.import_module("hooks.rests").menu(nav.pages)
    if sites:
        sites.note(config, nav=nav, files=files)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """The text of a page: MkDocs would stop at the first file that is not in UTF-8."""
    uri = page.file.src_uri
    if uri in building.made:
        return None
    text: str = importlib.import_module("hooks.text").read_source(building.source(uri)[0])
    return text


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill a page."""
    filled: str = building.markdown(page.file.src_uri, page.meta)
    return parts.signed(filled) if building.early else filled


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Take a page as Markdown has made it; what it says waits until every page is read."""
    own: str = building.rendered(
        page.file.src_uri, page.meta, parts.whole(html) if building.early else html
    )
    page.markdown = ""
    return own


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Note for the preview what pages are rendered with."""
    building.check()
    pages = {file.src_uri: file.page for file in files.documentation_pages() if file.page}

    def places(uri: str) -> Any:
        return pages[uri].present_anchor_ids if uri in pages else None

    for uri, page in pages.items():
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        building.check_places(uri, links, places)
    if sites:
        sites.note(config, env=env, build=building)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any
) -> dict[str, Any]:
    """Tell the templates what the series knows of the page."""
    context["twin_url"] = _twin_url(page, config)
    context["edit_url"] = _edit_url(page, config)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put figures in, and write the companion, now that Markdown has run."""
    html = _guarded(building.finish(page.file.src_uri, output))
    files = {
        path: _guarded(content) if path.endswith(".html") else content
        for path, content in building.beside(page.file.src_uri).items()
    }
    _write(files, config)
    if shortcut:
        shortcut.keep(page, html, files)
    return html


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Guard the pages that are no documents, such as 404.html."""
    return _guarded(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Write what pages link to, report every problem, and build the other language."""
    building.finish_site()
    _write(building.files, config)
    if config.extra["language"] == "en":
        _publish_code(config)
        building.check()
        folded = importlib.import_module("hooks.problems").folded
        problems = folded([*building.problems, *chinese.result()])
        for problem in problems:
            log.warning("%s", problem)
        annotate = importlib.import_module("hooks.annotations").annotate
        sys.stdout.write(annotate(problems, os.environ))
        former.forget()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Notice edits at once, and show first what is looked at."""
    global preview
    prompt: LiveReloadServer = importlib.import_module("hooks.preview.watch").prompt(
        server, config.docs_dir, config.config_file_path
    )
    sites.settle()

    def whole() -> None:
        gc.unfreeze()
        builder()
        sites.settle()
        gc.freeze()  # what two sites are made of is no garbage, and takes a second to look through

    if shortcut:  # else MkDocs is one whose server nobody here has tried
        preview = importlib.import_module("hooks.preview.preview").Preview(
            importlib.import_module("hooks.preview.server").Server(prompt), whole, _alone
        )
    return prompt


def _alone(path: str, edited: set[Path]) -> bool:
    """Make one page of the last site anew; not when more than pages and numbers has changed, nor one that rests on the others."""
    global parts
    parts = sites.parts(path)
    site, page = sites.find(path)
    kept = importlib.import_module("hooks.kept.house")
    if (
        not page
        or any(kept.holds(path, ROOT) for path in edited)
        or not site.build.alone(page.file.src_uri)
    ):
        return False
    _take(builds[site.config.extra["language"]])
    if building.read != kept.digest(ROOT / "hooks" / "costs", Path(site.config.docs_dir) / "data"):
        _begin(site.config, hasty=True)
    building.early = True
    shortcut.populate_page(page, site.config, site.files)
    shortcut.build_page(page, site.config, site.files.documentation_pages(), site.nav, site.env)
    return True


def _begin(config: MkDocsConfig, hasty: bool = False) -> None:
    """A build for a language; a `hasty` one takes what the last one knew of the other pages."""
    language = config.extra["language"]
    builds[language] = importlib.import_module("hooks.build").Build(
        ROOT,
        Path(config.docs_dir),
        language,
        _code(config),
        Path(os.environ.get("FIGURE_CACHE", _cache() / "figures")),
        config.site_name,
        config.site_description or "",
        config.site_url or "",
        None
        if dirtily
        else _cache() / "pages",  # a dirty build's pages know only some of the others
        serving,
        list(builds.values()),
        hasty,
        _check,
        house,
    )
    builds[language].partial = dirtily
    _take(builds[language])


def _take(build: Any) -> None:
    """From now on MkDocs' events are about this build."""
    global building, shortcut
    building = build
    shortcut = importlib.import_module("hooks.kept.shortcut").taken(build, _write)


def _check() -> None:
    """Break off, if a writer's next edit waits."""
    if preview:
        preview.check()


def _cache() -> Path:
    return Path(os.environ.get("CACHE", ROOT / ".cache"))


def _write(files: Mapping[str, str | bytes], config: MkDocsConfig) -> None:
    for path, content in files.items():
        former.write(
            content.encode() if isinstance(content, str) else content, Path(config.site_dir) / path
        )


def _guarded(html: str) -> str:
    """A page with its policy; a preview has none, since the server's own reload script is inline, but keeps its place."""
    if serving:
        staying: str = importlib.import_module("hooks.preview.page").staying(html)
        return staying
    guarded: str = importlib.import_module("hooks.policy").guarded(html)
    return guarded


def _renew() -> None:
    """From now on, the project's modules are as their files are."""
    global code
    files = [*(ROOT / "hooks").rglob("*.*"), ROOT / "figures" / "style.py"]
    now = {
        path: path.read_bytes()
        for path in files
        if path.is_file() and path.suffix != ".pyc" and path.parent.name != "costs"
    }
    if code == now:
        return
    builds.clear()
    code = {}
    for loaded in [
        m
        for m in sys.modules
        if m.split(".")[0] in ("hooks", "figures")
        and sys.modules[m].__dict__.get("__file__") != __file__
    ]:
        del sys.modules[loaded]
    importlib.invalidate_caches()
    importlib.import_module("hooks.build")
    code = now  # not before: what cannot be read is read again


def _build_chinese(config: MkDocsConfig) -> list[Any]:
    """The second pass: the same tree in Chinese, below /zh/. Its problems."""
    texts = config.extra["zh"]
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
    other.plugins.on_startup(command="serve" if serving else "build", dirty=False)
    build_site(other)
    return sorted(set(building.problems))


def _twin_url(page: Page, config: MkDocsConfig) -> str:
    """The same page in the other language, relative to this one."""
    depth = page.url.count("/")
    if config.extra["language"] == "en":
        return "../" * depth + "zh/" + page.url
    return "../" * (depth + 1) + page.url


def _edit_url(page: Page, config: MkDocsConfig) -> str:
    """Where a writer edits the file that a page is read from; nothing where the repository is not known."""
    repository = config.extra.get("repository") or ""
    path, _ = building.source(page.file.src_uri)
    if not path.is_file():
        path = ROOT / "docs" / "data" / "tags.yml"  # the pages that no file holds are those of tags
    place = quote(path.relative_to(ROOT).as_posix())
    return f"{repository.rstrip('/')}/edit/main/{place}" if repository else ""


def _code(config: MkDocsConfig) -> str:
    """Where readers find the project's files: its repository, or the copy that the site itself carries."""
    repository = config.extra.get("repository") or ""
    return (
        f"{repository.rstrip('/')}/blob/main/"
        if repository
        else f"{(config.site_url or '/').rstrip('/').removesuffix('/zh')}/source/"
    )


def _publish_code(config: MkDocsConfig) -> None:
    if not config.extra.get("repository"):
        for path in sorted((ROOT / "hooks" / "costs").glob("*.py")):
            target = Path(config.site_dir) / "source" / "hooks" / "costs" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
