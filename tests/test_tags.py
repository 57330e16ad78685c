"""Tags: the file that names them, what carries them, their pages in both languages, and a writer's mistakes."""

import re
from html import unescape
from pathlib import Path

import pytest

from hooks.series import front_matter
from hooks.series.item import Item, Label, head
from hooks.series.roadmap import Roadmap
from hooks.series.route import Route
from hooks.series.tag import Tags
from hooks.site.project import Project
from hooks.site.settings import Settings
from hooks.text.curly import curly
from hooks.text.languages import LANGUAGES, Language
from hooks.text.problems import Mistake
from hooks.text.rows import Place
from tests.conftest import ROOT
from tests.listing import listing

PREFIX = {"en": "", "zh": "zh/"}
ROW = (
    "memory:\n  title: Memory\n  title_zh: 显存\n  about: What fills it.\n  about_zh: 装了什么。\n"
)
OTHER = (
    ROW.replace("memory", "price").replace("Memory", 'Price <b> & "more"').replace("显存", "价钱")
)


def item(slug: str, *tags: str, status: str = "published") -> Item:
    """An item with tags, each said on a line of its own."""
    labels = tuple(
        Label(tag, Place(f"docs/essays/{slug}/index.md", 3 + line, 8))
        for line, tag in enumerate(tags)
    )
    return Item(
        slug,
        f"{slug.title()}: a title",
        f"Why <{slug}>?",
        Place(f"docs/essays/{slug}/index.md"),
        status,
        minutes=9,
        tags=labels,
    )


ROUTE = Route(
    [
        item("cache", "memory"),
        item("seats", "price", "memory"),
        item("tokens", "memory", status="planned"),
        item("plain"),
    ]
)


@pytest.mark.parametrize(
    ("language", "title", "about"),
    [("en", "Memory", "What fills it."), ("zh", "显存", "装了什么。")],
)
def test_a_tag_in_each_language(language: Language, title: str, about: str) -> None:
    tags = Tags("tags.yml", ROW, language)
    [tag] = tags
    assert tags.problems == [] and (tag.slug, tag.title, tag.about, tag.address) == (
        "memory",
        title,
        about,
        "tags/memory/",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            ROW.replace("  title: Memory\n", ""),
            "tags.yml:1:1: the tag 'memory' has no title: tags are in both languages",
        ),
        (
            ROW.replace("装了什么。", '""'),
            "tags.yml:1:1: the tag 'memory' has no about_zh: tags are in both languages",
        ),
        (ROW + "  abuot: x\n", "tags.yml:6:3: a tag has no 'abuot'; did you mean 'about'?"),
        (
            ROW.replace("memory:", "KV cache:"),
            "tags.yml:1:1: 'KV cache' is part of an address: small letters, digits and hyphens, such as kv-cache",
        ),
        (
            "- memory\n",
            "tags.yml:1:1: the tags map slugs to tags: memory: {title: …, title_zh: …, about: …, about_zh: …}",
        ),
        (
            "memory: [\n",
            "tags.yml:2:1: YAML cannot read this: expected the node content, but found '<stream end>'",
        ),
    ],
)
def test_what_is_wrong_in_a_tag_has_its_line_and_that_one_is_left_out(
    text: str, message: str
) -> None:
    tags = Tags("tags.yml", text, "en")
    assert (
        [str(problem) for problem in tags.problems] == [message]
        and list(tags) == []
        and tags.pages() == {}
    )


def test_a_tag_that_stands_twice() -> None:
    tags = Tags("tags.yml", ROW + ROW, "en")
    assert [str(problem) for problem in tags.problems] == [
        "tags.yml:6:1: 'memory' stands twice among the tags"
    ]


def test_a_tag_that_nobody_knows_and_one_that_nothing_carries() -> None:
    tags = Tags("docs/data/tags.yml", ROW + OTHER, "en")
    route = Route([item("cache", "memroy", "price")])
    assert [str(problem) for problem in tags.misused(route)] == [
        "docs/essays/cache/index.md:3:8: no tag 'memroy' in docs/data/tags.yml; did you mean 'memory'?",
        "docs/data/tags.yml:1:1: no essay carries the tag 'memory'; give it to one, or delete it here",
    ]
    assert [tag.slug for tag in tags.of(route.items[0])] == ["price"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("tags: memory", "e.md:3:7: tags is a list of slugs: tags: [memory, price]"),
        ("tags: [memory, memory]", "e.md:3:16: the tag 'memory' stands here twice"),
    ],
)
def test_front_matter_with_tags_that_cannot_be_read(line: str, message: str) -> None:
    problems: list = []
    head("e.md", f"---\ntitle: E\n{line}\n---\n", problems).tags()
    assert [str(problem) for problem in problems] == [message]


def test_a_piece_of_the_roadmap_carries_tags() -> None:
    text = "heartbeat:\n  title: H\n  title_zh: 心跳\n  question: Why?\n  question_zh: 为什么？\n  tags: [serving]\n"
    [piece] = Roadmap("roadmap.yml", text, "en").items
    assert [(label.slug, label.place.line, label.place.column) for label in piece.tags] == [
        ("serving", 6, 10)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tags_list_has_its_essays_and_names_what_is_on_its_way(language: Language) -> None:
    shown = listing(
        "tagged memory", ROUTE, language, "../../", Tags("tags.yml", ROW + OTHER, language)
    )
    assert re.findall(r'data-essay="(\w+)"><a href="\.\./\.\./essays/(\w+)/"', shown) == [
        ("cache", "cache"),
        ("seats", "seats"),
    ]
    assert "Why &lt;cache&gt;?" in shown and shown.count("Tokens") == 1 and "Plain" not in shown
    assert ("On their way: " if language == "en" else "还在路上：") in shown


def test_a_tag_whose_essays_are_all_on_their_way_has_no_empty_list(tmp_path: Path) -> None:
    shown = listing(
        "tagged memory",
        Route([item("tokens", "memory", status="planned")]),
        tags=Tags("tags.yml", ROW, "en"),
        root=tmp_path,
    )
    assert shown == '<p>What fills it.</p><p class="m">On their way: Tokens.</p>'


def test_a_list_of_a_tag_that_there_is_not() -> None:
    with pytest.raises(
        Mistake, match=r"no tag 'memry' in docs/data/tags\.yml; did you mean 'memory'"
    ):
        listing("tagged memry", ROUTE, tags=Tags("tags.yml", ROW, "en"))


def test_the_list_of_tags_counts_what_can_be_read() -> None:
    shown = listing("tags", ROUTE, up="../", tags=Tags("tags.yml", ROW + OTHER, "en"))
    assert re.findall(r'href="\.\./tags/(\w+)/".*?<span class="m">([^<]+)<', shown) == [
        ("memory", "2 essays"),
        ("price", "1 essay"),
    ]
    assert "Price &lt;b&gt; &amp; “more”" in shown


def test_no_title_of_a_tag_leaves_the_front_matter_of_its_page() -> None:
    hostile = 'A: "b" # c\\n---\\n<script>'
    text = f"x:\n  title: '{hostile}'\n  title_zh: 甲\n  about: '{hostile}'\n  about_zh: 乙\n"
    pages = Tags("tags.yml", text, "en").pages()
    assert front_matter(pages["tags/x/index.md"]) == {
        "title": curly(hostile),
        "description": curly(hostile),
        "hide": ["navigation", "toc"],
    }
    assert list(pages) == ["tags/index.md", "tags/x/index.md"]


# The real docs


@pytest.fixture(scope="module", params=LANGUAGES)
def real(request: pytest.FixtureRequest) -> Project:
    return Project(Settings(ROOT, ROOT / "docs", request.param))


def test_every_essay_has_tags_and_every_tag_an_essay(real: Project) -> None:
    assert real.series.tags.problems == [] and real.series.tags.misused(real.series.route) == []
    assert all(real.series.tags.of(item) for item in real.series.route.items)
    assert 4 <= len(list(real.series.tags)) <= 8


def test_every_tag_has_a_page_with_its_essays(real: Project, site: Path) -> None:
    folder = site / PREFIX[real.language]
    for tag in real.series.tags:
        text = (folder / tag.address / "index.html").read_text("utf-8")
        assert f"<h1>{tag.title}</h1>" in text and tag.about in text
        essays = re.findall(
            r'<li data-essay="([^"]+)">(?:<span class="p">[\d.]+</span>)?<a href="([^"]+)">', text
        )
        assert [slug for slug, _ in essays] == [
            item.slug for item in real.series.route.published if tag in real.series.tags.of(item)
        ]
        assert all((folder / tag.address / link / "index.html").is_file() for _, link in essays)
        assert 'href="../"' in text[text.index("<article") :] and "Atom" not in text


def test_the_list_of_tags_leads_to_every_tag(real: Project, site: Path) -> None:
    folder = site / PREFIX[real.language] / "tags"
    text = (folder / "index.html").read_text("utf-8")
    links = re.findall(r'<li><a href="(\.\./tags/[^"]+)">', text)
    assert len(links) == len(list(real.series.tags)) and all(
        (folder / link / "index.html").is_file() for link in links
    )


def test_an_essay_leads_to_its_tags(real: Project, site: Path) -> None:
    for one in real.series.route.published:
        folder = site / PREFIX[real.language] / one.address
        [foot] = re.findall(
            r'<p class="kicker onward-tags">.*?</p>', (folder / "index.html").read_text("utf-8")
        )
        shown = [
            (unescape(title), link)
            for link, title in re.findall(r'<a href="([^"]+)">([^<]+)</a>', foot)
        ]
        assert shown == [(tag.title, f"../../{tag.address}") for tag in real.series.tags.of(one)]
        assert all((folder / link / "index.html").is_file() for _, link in shown)


def test_no_file_of_a_tag_is_written_among_the_docs() -> None:
    assert not (ROOT / "docs/tags").exists()
