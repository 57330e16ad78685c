"""Collections: the short pages beside the essays, and where they show up."""

import re
from pathlib import Path

import pytest
import yaml

from hooks.data.engine import ROOT
from hooks.series.collection import Adjacent, ShortPage, adjacent, short_days, short_pages
from hooks.text.address import COLLECTIONS, collection_of
from hooks.text.languages import LANGUAGES
from hooks.text.problems import Mistake
from tests.listing import listing

NAVIGATION = """nav:
  - index.md
  - notes/index.md
  - notes/second/index.md
  - notes/first/index.md
  - notes/missing/index.md
  - notes/unread/index.md
"""
NOTE = """---
title: {title}
description: One sentence <that> holds.
tags: [memory]
date: {date}
---
> One sentence that holds.

A word or two.
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site with two notes, one that is named only, and one that YAML cannot read."""
    (tmp_path / "mkdocs.yml").write_text(NAVIGATION)
    notes = tmp_path / "docs" / "notes"
    for slug, title, date in (("first", "First", "2026-11-01"), ("second", "Second", "2999-01-01")):
        (notes / slug).mkdir(parents=True)
        (notes / slug / "index.md").write_text(NOTE.format(title=title, date=date))
    (notes / "first" / "index.zh.md").write_text(
        "---\ntitle: 头一篇\ndescription: 一句话。\n---\n正文。\n"
    )
    (notes / "unread").mkdir()
    (notes / "unread" / "index.md").write_text("---\ntitle: a: b: c\n---\ntext\n")
    return tmp_path


def pages(root: Path, language: str) -> list[tuple[str, str]]:
    def read(path: str) -> str | None:
        return (root / path).read_text("utf-8") if (root / path).is_file() else None

    found = short_pages("notes", NAVIGATION, read, language)  # type: ignore[arg-type]
    return [(one.address, one.title) for one in found]


def test_the_order_is_that_of_the_navigation_and_a_twin_says_its_own_title(small):
    assert pages(small, "en") == [("notes/second/", "Second"), ("notes/first/", "First")]
    assert pages(small, "zh") == [("notes/second/", "Second"), ("notes/first/", "头一篇")]


def test_the_first_page_has_none_before_it_and_the_last_none_after():
    first, middle, last = (ShortPage(f"notes/{slug}/index.md", slug, "", 1) for slug in "abc")
    assert adjacent([first, middle, last]) == {
        first.uri: Adjacent(None, middle),
        middle.uri: Adjacent(first, last),
        last.uri: Adjacent(middle, None),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_leads_to_the_one_before_and_the_one_after(language: str, site: Path):
    folder = site / {"en": "", "zh": "zh/"}[language] / "atlas/down"
    foot = re.search(
        r'<nav class="onward".*?</nav>', (folder / "index.html").read_text("utf-8"), re.DOTALL
    )
    assert foot
    assert re.findall(r"rel=\"?(\w+)\"? href=\"?([^\" >]+)", foot[0]) == [
        ("prev", "../activation/"),
        ("next", "../experts/"),
    ]


def test_the_list_escapes_what_it_shows(small):
    shown = listing("pages notes", root=small)
    assert shown.index('href="notes/second/"') < shown.index('href="notes/first/"')
    assert "One sentence &lt;that&gt; holds." in shown
    assert "1 min" in shown


def test_a_tag_lists_short_pages_after_essays(small):
    from hooks.series.tag import Tags
    from tests.test_tags import ROW

    shown = listing("tagged memory", tags=Tags("tags.yml", ROW, "en"), root=small)
    assert shown.count("<li>") == 2


def test_days_that_are_still_to_come_are_not_fed(small):
    assert short_days(small / "docs") == {"notes/index.md": {"notes/first/index.md": "2026-11-01"}}


def test_an_unknown_collection_is_told_with_the_nearest():
    with pytest.raises(Mistake, match="no collection 'note'; did you mean 'notes'"):
        listing("pages note")


@pytest.mark.parametrize(
    ("uri", "folder"),
    [
        ("notes/a/index.md", "notes"),
        ("notes/index.md", ""),
        ("essays/a/index.md", ""),
        ("index.md", ""),
    ],
)
def test_an_overview_is_no_short_page(uri, folder):
    assert collection_of(uri) == folder


HAN = re.compile(r"[\u4e00-\u9fff]")
LENGTHS = {
    "notes": (150, 300),
    "atlas": (120, 250),
    "serving": (120, 250),
    "questions": (1000, 1900),
}
"""Words of an English page; a Chinese one has 1.2 to 2 characters for each."""
SHORT = [
    path for folder in COLLECTIONS for path in sorted((ROOT / "docs" / folder).glob("*/index*.md"))
]


def prose(path: Path) -> str:
    text = re.sub(r"\A---.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->|```.*?```|\]\([^)]*\)|^!\[.*?$", " ", text, flags=re.DOTALL | re.M)
    return re.sub(r"`\{[^`]*\}`", "7", text)


@pytest.mark.parametrize("path", SHORT, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_short_page_is_short_and_says_what_lists_need(path):
    low, high = LENGTHS[path.parts[-3]]
    text = prose(path)
    if path.name.endswith(".zh.md"):
        assert low * 1.2 <= len(HAN.findall(text)) <= high * 2, len(HAN.findall(text))
    else:
        assert low <= len(re.findall(r"[\w'’-]+", text)) <= high
    meta = yaml.safe_load(path.read_text("utf-8").split("---")[1])
    assert {"title", "description"} <= meta.keys()
    assert "`{" not in meta["title"] + meta["description"], "lists show these as they stand"


def test_every_short_page_has_a_twin_and_stands_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    for path in SHORT:
        if path.name == "index.md":
            assert path.with_name("index.zh.md").is_file(), path
            assert f"- {path.relative_to(ROOT / 'docs').as_posix()}\n" in navigation
    for folder in COLLECTIONS:
        if (ROOT / "docs" / folder).is_dir():
            assert (ROOT / "docs" / folder / "index.md").is_file(), folder
