"""Compiling and assembling without MkDocs: functions of sources and records, whose results are plain data."""

import shutil
from pathlib import Path

import pytest

from hooks.cache import json_records as plain
from hooks.cache.store import Store
from hooks.site.assemble import assemble
from hooks.site.compile import compile_page
from hooks.site.memo import Memo
from hooks.site.page_view import page_files, view
from hooks.site.project import Project
from hooks.site.record import Record, Rendered
from hooks.site.settings import Settings
from tests.conftest import ROOT

ESSAY = """---
title: A page
question: "Why `{time:s}`?"
scenario: {van: small}
date: 2026-11-02
---

## First

It takes `{time:s}`. [The file](../../points.csv)

![A gate.](../../../figures/gate.py)
*It lets `{load:kB}` through.*

<!-- essays -->
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project on the toy's cost models, with a home page, an essay and a linked file."""
    root = shutil.copytree(ROOT / "tests" / "toy", tmp_path / "project")
    (root / "docs/essays/a").mkdir(parents=True)
    (root / "docs/essays/a/index.md").write_text(ESSAY, "utf-8")
    (root / "docs/index.md").write_text("---\ntitle: Home\n---\n\n`{load:kB}`\n", "utf-8")
    (root / "docs/points.csv").write_text("1,2\n", "utf-8")
    return root


def project(folder: Path) -> Project:
    return Project(Settings(folder, folder / "docs", "en", site="Vans", address="https://a.org/"))


def compiled(folder: Path, uri: str = "essays/a/index.md") -> Record:
    one = project(folder)
    return compile_page(one.sources.source(uri), one)


def test_the_same_source_is_compiled_to_the_same_plain_data(folder: Path):
    record = compiled(folder)
    assert record == compiled(folder)
    assert plain.decode(plain.encode(record), Record) == record
    assert record.problems == []
    assert "load" in {term.name for term in record.live.terms}
    assert record.body.feed and "<svg" in record.body.html and 'id="time"' in record.body.entries


def test_a_record_names_what_its_page_depends_on(folder: Path):
    """A linked file, the series for its list, and the file of its figure."""
    inputs = compiled(folder).inputs
    assert {"document points.csv", "series", "file figures/gate.py"} <= inputs


def test_a_site_is_a_function_of_its_records(folder: Path):
    one = project(folder)
    memo = Memo(one, None)
    for uri in ("index.md", "essays/a/index.md"):
        memo.record(uri)
    site = assemble(memo, memo.body, one)
    again = assemble(memo, memo.body, one)
    assert (site.files, site.published, site.problems) == (
        again.files,
        again.published,
        again.problems,
    )
    assert {"llms.txt", "feed.xml", "sitemap.xml", "assets/search-heads.js"} <= site.files.keys()
    record, body = memo["essays/a/index.md"], memo.body("essays/a/index.md")
    assert "essays/a/numbers/index.html" in page_files(record, body, "<!-- works -->", site)
    assert view(record, body, site).meta["feeds"].atom == "feed.xml"


@pytest.mark.parametrize(
    ("path", "old", "new", "again"),
    [
        ("docs/essays/a/index.md", "It takes", "It took", {"essays/a/index.md"}),
        ("docs/index.md", "Home", "Start", {"index.md"}),
        ("figures/gate.py", "ax", "axes", {"essays/a/index.md"}),
        ("docs/essays/a/index.md", "title: A page", "title: Another", {"essays/a/index.md"}),
        ("docs/points.csv", "1,2", "1,3", set()),
    ],
)
def test_a_page_is_compiled_again_when_something_of_it_changes(
    folder: Path, path: str, old: str, new: str, again: set[str], tmp_path: Path
):
    uris = ("index.md", "essays/a/index.md")

    def build() -> set[str]:
        """Build with the cache; the pages over which Markdown has run."""
        one, run = project(folder), set[str]()

        def markdown(uri: str, text: str) -> Rendered:
            run.add(uri)
            return Rendered(text)

        one.markdown = markdown
        memo = Memo(one, Store(tmp_path / "cache", "version"))
        for uri in uris:
            memo.record(uri)
        return run

    assert build() == set(uris)
    assert build() == set()
    file = folder / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert build() == again
