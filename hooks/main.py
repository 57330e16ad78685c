"""MkDocs' events in, calls to the engine out. The only file that imports mkdocs; it holds no logic.

MkDocs never reloads this module while it serves. So it imports the engine anew for every build, and an edited
cost model, figure or template shows without a restart.
"""

import importlib
import logging
import os
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

ROOT = Path(__file__).resolve().parent.parent
log = logging.getLogger("mkdocs.hooks.numbers")
building: Any = None
serving = False


def on_startup(command: str, dirty: bool) -> None:
    """A .pyc in a watched folder would start a second build for every edit."""
    global serving
    serving = command == "serve"
    if serving:
        sys.dont_write_bytecode = True


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start a build in the language of this pass."""
    global building
    config.extra.setdefault("language", "en")
    engine = _fresh("hooks.build")
    cache = Path(os.environ.get("FIGURE_CACHE", ROOT / ".cache" / "figures"))
    building = engine.Build(ROOT, Path(config.docs_dir), config.extra["language"], _code(config), cache, config.site_name, config.site_description or "", config.site_url or "")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keep the files of this language: a Chinese source takes the place of the English one."""
    for file in list(files):
        if file.src_uri.endswith(".zh.md"):
            files.remove(file)
    for file in files.documentation_pages():
        path, _ = building.source(file.src_uri)
        if str(path) != file.abs_src_path:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill a page."""
    filled: str = building.markdown(page.file.src_uri, page.meta)
    return filled


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Tell the templates what the series knows of the page."""
    context["twin_url"] = _twin_url(page, config)
    context["twin_address"] = urljoin(page.canonical_url, context["twin_url"]) if page.canonical_url else ""
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put figures and panels in, now that Markdown and the search index have run."""
    return _guarded(building.finish(page.file.src_uri, output, page.content or ""))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Guard the pages that are no documents, such as 404.html."""
    return _guarded(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Write what pages link to, report every problem, and build the other language."""
    building.finish_site()
    for path, text in building.files.items():
        write_file(text.encode(), str(Path(config.site_dir) / path))
    told = config.extra.get("told", set())  # an untranslated page has the same problems in both passes
    for problem in sorted(set(building.problems)):
        if str(problem) not in told:
            log.warning("%s", problem)
    if config.extra["language"] == "en":
        _publish_code(config)
        _build_chinese(config, {str(problem) for problem in building.problems})


def _guarded(html: str) -> str:
    """A page with its policy; the server's own reload script, which is inline, has none."""
    if serving:
        return html
    guarded: str = importlib.import_module("hooks.policy").guarded(html)
    return guarded


def _fresh(name: str) -> Any:
    """The project's module as its files are now."""
    for loaded in [m for m in sys.modules if m.split(".")[0] in ("hooks", "figures") and sys.modules[m].__dict__.get("__file__") != __file__]:
        del sys.modules[loaded]
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    importlib.invalidate_caches()
    return importlib.import_module(name)


def _build_chinese(config: MkDocsConfig, told: set[str]) -> None:
    """The second pass: the same tree in Chinese, below /zh/."""
    texts = config.extra["zh"]
    address = f"{config.site_url.rstrip('/')}/zh/" if config.site_url else None
    other = load_config(config.config_file_path, site_dir=str(Path(config.site_dir) / "zh"), site_url=address, strict=False, **texts)
    other.extra |= {"language": "zh", "told": told}
    other.theme["language"] = "zh"
    other.plugins.on_startup(command="build", dirty=False)
    build_site(other)


def _twin_url(page: Page, config: MkDocsConfig) -> str:
    """The same page in the other language, relative to this one."""
    depth = page.url.count("/")
    if config.extra["language"] == "en":
        return "../" * depth + "zh/" + page.url
    return "../" * (depth + 1) + page.url


def _code(config: MkDocsConfig) -> str:
    """Where readers find the project's files: its repository, or the copy that the site itself carries."""
    repository = config.extra.get("repository") or ""
    return f"{repository.rstrip('/')}/blob/main/" if repository else f"{(config.site_url or '/').rstrip('/').removesuffix('/zh')}/source/"


def _publish_code(config: MkDocsConfig) -> None:
    if not config.extra.get("repository"):
        for path in sorted((ROOT / "hooks" / "costs").glob("*.py")):
            target = Path(config.site_dir) / "source" / "hooks" / "costs" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
