"""What MkDocs is given: its configuration prepared, its pages taken from records, its Markdown
run for ours.
"""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from hooks.cache.templates import speed_up
from hooks.page.icons import options as emoji
from hooks.site.assets import ships, version
from hooks.site.memo import Memo
from hooks.site.project import Project
from hooks.site.record import Body, Markdown, Rendered
from hooks.site.settings import Settings
from hooks.text.languages import Language, say
from hooks.text.logs import collected_logs


def prepare(config: MkDocsConfig) -> None:
    """Tell MkDocs' configuration what no file can: our icons, the version of our assets, that
    the sitemap is ours.
    """
    speed_up(config.theme)
    config.extra["assets_version"] = version()
    config.markdown_extensions.append("pymdownx.emoji")  # here, since its index is a function
    config.mdx_configs["pymdownx.emoji"] = emoji()
    config.theme.static_templates.discard("sitemap.xml")  # MkDocs' own knows no languages


def functions(language: Language) -> dict[str, Callable[..., str]]:
    """What our templates call besides MkDocs' own filters: `say("page.minutes", minutes=9)`."""
    return {"say": lambda key, **places: say(key, language, **places)}


def settings_of(config: MkDocsConfig, root: Path, drawings: Path, served: bool) -> Settings:
    """What a configuration says of the site in the language of this pass."""
    return Settings(
        root,
        Path(config.docs_dir),
        config.extra["language"],
        _code(config),
        config.site_name,
        config.site_description or "",
        config.site_url or "",
        drawings,
        served,
    )


def _code(config: MkDocsConfig) -> str:
    """Where readers find the project's files: its repository, or the copy that the site itself
    carries.
    """
    repository = config.extra.get("repository") or ""
    return (
        f"{repository.rstrip('/')}/blob/main/"
        if repository
        else f"{(config.site_url or '/').rstrip('/').removesuffix('/zh')}/source/"
    )


def choose(files: Files, project: Project, config: MkDocsConfig) -> None:
    """Leave the files of one language: a Chinese source replaces the English one, and pages
    that no writer wrote are added.
    """
    for file in list(files):
        if (
            file.src_uri.endswith(".zh.md")
            or not ships(file.src_uri)
            or (file.abs_src_path and not project.sources.writers.holds(Path(file.abs_src_path)))
        ):
            files.remove(file)
    for file in files.documentation_pages():
        path = str(project.sources.source(file.src_uri).path)
        if path != file.abs_src_path:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, abs_src_path=path))
    for uri, text in project.sources.generated.items():
        generated = File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(generated)


class CompiledPage(Page):
    """A page that hooks/site compiles: MkDocs neither reads its source nor runs Markdown over
    it.
    """

    memo: Memo
    body: Body

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter from the page's record."""
        self.markdown = ""
        self.meta = dict(self.memo.record(self.file.src_uri).meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take what Markdown has made from the page's record. Links are checked by hooks/site,
        with their lines.
        """
        rendered = self.memo.record(self.file.src_uri).rendered
        self.content = ""
        self.toc = TableOfContents(_headings(rendered.toc))
        self._title_from_render = rendered.title
        self.present_anchor_ids = set(rendered.anchors)
        self.links_to_anchors = {}


def markdown(config: MkDocsConfig, files: Files) -> Markdown:
    """Markdown as MkDocs is configured to run it, with links resolved among these files.

    MkDocs has no function for that but the method of a page, which uses nothing of the page but
    file and text.
    """

    def render(uri: str, text: str) -> Rendered:
        page = Page.__new__(Page)  # its constructor would take the file from the file's own page
        file = files.get_file_from_path(uri)
        assert file
        page.file, page.markdown = file, text
        with collected_logs(logging.WARNING) as warnings:
            Page.render(page, config, files)
        links = page.links_to_anchors  # None under --verbose, where MkDocs reports them itself
        return Rendered(
            page.content or "",
            page._title_from_render,
            [_heading(one) for one in page.toc],
            frozenset(page.present_anchor_ids or ()),
            {file.src_uri: dict(anchors) for file, anchors in (links or {}).items()},
            complete=not warnings and links is not None,
        )

    return render


def _heading(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_heading(one) for one in link.children]]


def _headings(toc: Iterable[Any]) -> list[AnchorLink]:
    links = []
    for title, id, level, children in toc:
        link = AnchorLink(title, id, level)
        link.children = _headings(children)
        links.append(link)
    return links
