"""What leaves the site: Markdown copies, llms.txt, Atom, sitemaps, heads and structured data, of the toy house and of the real docs."""

import json
import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from figures.style import ROLES
from hooks.data.engine import Engine
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.page import Page
from hooks.page.plain_markdown import as_markdown
from hooks.publish.feeds.article import article, website
from hooks.publish.feeds.atom import atom
from hooks.publish.feeds.content import content, figure_file
from hooks.publish.feeds.copy import copied
from hooks.publish.feeds.page_address import copy_of, followed, page_of
from hooks.publish.feeds.publication import (
    Author,
    Publication,
    PublishedPage,
    page_from_meta,
    publication,
)
from hooks.publish.feeds.publisher import Publisher
from hooks.publish.feeds.share import Image, share
from hooks.publish.feeds.sitemap import robots, sitemap
from hooks.series import essays, front_matter
from hooks.series.tag import Tag
from hooks.site.project import Project
from hooks.site.settings import Settings
from hooks.text.curly import curly
from hooks.text.languages import LANGUAGES
from hooks.text.rows import Place
from tests.conftest import ROOT, copy_to, mkdocs

HERE = Path(__file__).parent
ADDRESS = "https://example.org/site/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HTML = "{http://www.w3.org/1999/xhtml}"
FILES = ("", "zh/")
REFERENCE = re.compile(r"`\{[a-z_]")
NUMBER = re.compile(r'<a class="n[ "][^>]*>[^<]*</a>')


def site_of(address: str = ADDRESS, **given: object) -> Publication:
    """A publication of vans."""
    return Publication(
        **{
            "name": "Vans",
            "description": "On <vans> & parcels.",
            "address": address,
            "language": "en",
            "authors": (Author("Ann Driver", True),),
            "licence": "",
        }
        | given
    )


TAG = Tag("load", "What <loads>?", "On loads.", Place("tags.yml"))
ENTRY = PublishedPage(
    "essays/vans/index.md",
    'Vans & "vans" </script><script>alert(1)</script>',
    "How many?",
    "All of them.",
    "en",
    "2026-11-22",
    True,
    9,
    (TAG,),
)


# Addresses


@pytest.mark.parametrize(
    ("uri", "page", "copy"),
    [
        ("index.md", "", "index.md"),
        ("essays/vans/index.md", "essays/vans/", "essays/vans/index.md"),
        ("notes/heads.md", "notes/heads/", "notes/heads/index.md"),
    ],
)
def test_a_copy_stands_at_its_page(uri: str, page: str, copy: str) -> None:
    assert (page_of(uri), copy_of(uri)) == (page, copy)


@pytest.mark.parametrize(
    ("link", "uri", "goes"),
    [
        ("../kv-cache/index.md", "essays/two-clocks/index.md", "../kv-cache/index.md"),
        (
            "../kv-cache/index.md#paging",
            "essays/two-clocks/index.md",
            "../kv-cache/index.md#paging",
        ),
        ("essays/kv-cache/", "index.md", "essays/kv-cache/index.md"),
        (
            "../../essays/kv-cache/",
            "reference/quantities/index.md",
            "../../essays/kv-cache/index.md",
        ),
        ("heads.md", "notes/tails.md", "../heads/index.md"),
        ("notes/heads.md", "index.md", "notes/heads/index.md"),
        ("../index.md", "notes/heads.md", "../../index.md"),
        ("#paging", "essays/kv-cache/index.md", "./#paging"),
        ("data.csv", "essays/kv-cache/index.md", "data.csv"),
        ("https://example.org/a.md", "index.md", "https://example.org/a.md"),
        ("mailto:ann@example.org", "index.md", "mailto:ann@example.org"),
    ],
)
def test_a_link_leads_to_the_other_copy(link: str, uri: str, goes: str) -> None:
    assert followed(link, uri) == goes


# The toy house


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Two vans, three quantities."""
    return Engine(HERE / "toy")


def copy_from(text: str, engine: Engine, language: str = "en", uri: str = "notes/vans.md") -> str:
    """The copy of a page of the toy house."""
    page = Page(
        "p.md",
        text,
        engine.scenario,
        language,
        Works(language, "/source/"),
        {"sources": lambda *_: '<ul><li><a href="../rates/">Rates</a></li></ul>'},
    )
    given = front_matter(text)
    page.set_scenario(given.get("scenario") or {})
    return copied(
        page_from_meta(uri, given, language),
        fill(page, HERE / "pages").bare,
        headed=bool(given.get("title")),
    )


def test_a_copy_to_the_letter(engine: Engine) -> None:
    """Numbers are bare, rows are written out, claims and the site's own markup are gone, code is left alone."""
    text = """---
title: Vans
question: How much?
---
<p class="lead" markdown="span">A van takes `{time}`.</p>

<!-- holds: time > 1 s -->
<!-- a writer's note -->

## Load { #load }

See [rates](rates.md#all), [below](#load), `[code](rates.md)` and `{trips}` < 3.

<!-- for van in small, large -->
| Van | Load |
| --- | ---: |
| `{van}` | `{load:kB}` |

![A gate that lets `{load:kB}` through.](../toy/figures/gate.py)
*After `{trips}` trips it **closes**.*

```html
<b>`{load}`</b>  <!-- kept -->


[kept](rates.md)
```

<!-- sources vans -->
"""
    assert (
        copy_from(text, engine).replace("\u202f", " ")
        == """# Vans

> How much?

A van takes 2 s.

## Load

See [rates](../rates/index.md#all), [below](./#load), `[code](rates.md)` and 2 < 3.

| Van | Load |
| --- | ---: |
| Small van | 10 kB |
| Large van | 40 kB |

![A gate that lets 10 kB through.](figure-1-gate.svg)
*After 2 trips it **closes**.*

```html
<b>`{load}`</b>  <!-- kept -->


[kept](rates.md)
```

- [Rates](../rates/index.md)
"""
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ["claims", "figures", "numbers", "tables"])
def test_a_copy_has_the_numbers_of_its_page(case: str, language: str, engine: Engine) -> None:
    """All of them, in the same order, and nothing to press."""
    text = (HERE / "pages" / f"{case}.md").read_text("utf-8")
    page = Page("p.md", text, engine.scenario, language, Works(language, "/source/"))
    page.set_scenario(front_matter(text).get("scenario") or {})
    copy = copy_from(text, engine, language)
    in_order(shown(fill(page, HERE / "pages").markdown), copy)
    assert "<button" not in copy and "<span" not in copy and "<!--" not in copy


def test_lists_become_markdown() -> None:
    """Items, tables with an empty cell for a wide one, definitions, formulas on one line, a dash by what it means."""
    assert (
        as_markdown(
            '<ol class="x"><li><a href="a/"><span>Why?</span><span>Title</span></a><span>9 min</span></li></ol>'
        )
        == "1. [Why? · Title](a/) · 9 min"
    )
    assert (
        as_markdown('<p><strong>An hour:</strong> <a href="a/">A</a>, then <a href="b/">B</a>.</p>')
        == "**An hour:** [A](a/), then [B](b/)."
    )
    assert (
        as_markdown(
            '<ol><li><a href="a/"><b>A</b><small>9 min</small></a><strong class="t">T</strong></li></ol>'
        )
        == "1. [**A** · (9 min)](a/) · **T**"
    )
    assert (
        as_markdown(
            "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody><tr><td>a|b</td><td colspan='2'>x</td></tr></tbody></table>"
        )
        == "| A | B | C |\n| --- | --- | --- |\n| a\\|b | x |  |"
    )
    assert as_markdown("<ul><li>a<small></small></li><li>b</li></ul>") == "- a\n- b"
    assert as_markdown("<dl><dt>Unit</dt><dd>B &lt; kB</dd></dl>") == "- **Unit**: B < kB"
    assert (
        as_markdown('<p><button class="n" aria-label="does not fit">—</button></p>')
        == "does not fit"
    )
    formula = '<p class="formula"><span>a</span> <span>= <span class="over"><span><i>(</i>b + 1<i>)</i></span><i> ÷ </i><span>c</span></span></span></p>'
    assert as_markdown(formula) == "`a = (b + 1) ÷ c`"


def test_content_is_for_any_reader() -> None:
    """Buttons are their texts, what is the site's own is gone, colours are the figure's own, addresses are whole."""
    html = (
        '<h2 id="a">A<a class="headerlink" href="#a">#</a></h2><p class="x" data-n="time">It takes <span class="nb"><button type="button" popovertarget="w1">2 &lt; s</button>,</span> '
        '<a href="../b/?x=1&amp;y">b</a>, <a href="#a">here</a>.<br></p><script>alert(1)</script>'
        '<figure><svg viewBox="0 0 9 9" class="s" data-chart="{}"><path d="M0 0" style="fill:none;stroke:var(--fig-kv, #a0328c)" /><text display="none">no</text></svg>'
        '<details class="points"><summary>Points</summary><table></table></details></figure><table><tr><td style="text-align: right;" onclick="x()">1</td></tr></table>'
    )
    assert content(html, ADDRESS + "a/") == (
        f'<h2>A</h2><p>It takes 2 &lt; s, <a href="{ADDRESS}b/?x=1&amp;y">b</a>, <a href="{ADDRESS}a/#a">here</a>.<br></p>'
        '<figure><svg viewBox="0 0 9 9"><rect width="100%" height="100%" fill="white"></rect><path d="M0 0" fill="none" stroke="#a0328c" /></svg></figure>'
        '<table><tbody><tr><td style="text-align: right;">1</td></tr></tbody></table>'
    )
    ElementTree.fromstring(
        figure_file('<svg viewBox="0 0 9 9" class="s" data-chart="{}"><path d="M0 0" /></svg>')
    )


def test_structured_data_cannot_end_its_block() -> None:
    """A title with markup in it stays a title."""
    text = article(site_of(), ENTRY)
    assert "<" not in text and ">" not in text and "&" not in text
    known, way = json.loads(text)["@graph"]
    assert (
        known["headline"] == ENTRY.title
        and known["url"] == f"{ADDRESS}essays/vans/"
        and known["datePublished"] == "2026-11-22"
    )
    assert (
        known["author"] == [{"@type": "Person", "name": "Ann Driver"}]
        and known["isPartOf"]["url"] == ADDRESS
    )
    assert (known["timeRequired"], known["keywords"], known["workTranslation"]["url"]) == (
        "PT9M",
        ["What <loads>?"],
        f"{ADDRESS}zh/essays/vans/",
    )
    assert [step["item"] for step in way["itemListElement"]] == [
        ADDRESS,
        f"{ADDRESS}roadmap/",
        f"{ADDRESS}essays/vans/",
    ]
    assert "license" not in known


def test_structured_data_without_an_address_has_none() -> None:
    """Nor a way to the page, nor a translation, which would be one."""
    [known] = json.loads(article(site_of(""), ENTRY))["@graph"]
    assert (
        not {"url", "@id", "image", "workTranslation", "mainEntityOfPage"} & set(known)
        and "url" not in known["isPartOf"]
    )
    assert website(site_of("")) == ""
    [home] = json.loads(website(site_of()))["@graph"]
    assert (home["@type"], home["url"], home["name"]) == ("WebSite", ADDRESS, "Vans")


def test_the_chinese_text_is_the_translation() -> None:
    """And a page that is not translated has its one address among the English ones, whichever edition shows it."""
    chinese = site_of(f"{ADDRESS}zh/", language="zh")
    known = json.loads(article(chinese, replace(ENTRY, language="zh")))["@graph"][0]
    assert (
        known["url"] == f"{ADDRESS}zh/essays/vans/"
        and known["translationOfWork"]["url"] == f"{ADDRESS}essays/vans/"
        and "workTranslation" not in known
    )
    alone = replace(ENTRY, both=False)
    known = json.loads(article(chinese, alone))["@graph"][0]
    assert (
        known["url"] == f"{ADDRESS}essays/vans/"
        and known["inLanguage"] == "en"
        and "translationOfWork" not in known
    )
    assert chinese.alternates(alone) == () and chinese.address_of(alone) == site_of().address_of(
        alone
    )


def test_a_page_is_told_in_every_language() -> None:
    """Itself among them, and where to go for readers of none of them; the same from both editions."""
    expected = (
        ("en", f"{ADDRESS}essays/vans/"),
        ("zh", f"{ADDRESS}zh/essays/vans/"),
        ("x-default", f"{ADDRESS}essays/vans/"),
    )
    assert (
        site_of().alternates(ENTRY)
        == expected
        == site_of(f"{ADDRESS}zh/", language="zh").alternates(replace(ENTRY, language="zh"))
    )
    assert site_of("").alternates(ENTRY) == ()


def test_a_sitemap_has_what_stands_in_its_language() -> None:
    """With the day of the front matter, and none where there is none; a page of the other language is in the other sitemap."""
    entries = [
        ENTRY,
        replace(ENTRY, uri="b&c/index.md", date="", both=False),
        replace(ENTRY, uri="other/index.md", language="zh"),
    ]
    urls = ElementTree.fromstring(sitemap(site_of(), entries)).findall(f"{MAP}url")
    assert [
        (url.findtext(f"{MAP}loc"), url.findtext(f"{MAP}lastmod"), len(url.findall(f"{HTML}link")))
        for url in urls
    ] == [(f"{ADDRESS}b%26c/", None, 0), (f"{ADDRESS}essays/vans/", "2026-11-22", 3)]
    assert sitemap(site_of(""), entries) == robots(site_of("")) == ""
    assert robots(site_of()).splitlines()[-2:] == [
        f"Sitemap: {ADDRESS}sitemap.xml",
        f"Sitemap: {ADDRESS}zh/sitemap.xml",
    ]


def test_what_a_share_shows() -> None:
    """An essay and its own card; without an address, words alone."""
    shown = dict(share(site_of(), ENTRY, True, Image("essays/vans/card.png", "A <van>.")))
    assert (shown["og:title"], shown["og:type"], shown["og:url"]) == (
        ENTRY.title,
        "article",
        f"{ADDRESS}essays/vans/",
    )
    assert (shown["og:image"], shown["og:image:alt"], shown["twitter:card"]) == (
        f"{ADDRESS}essays/vans/card.png",
        "A <van>.",
        "summary_large_image",
    )
    bare = dict(
        share(
            site_of("", language="zh"),
            replace(ENTRY, language="zh", description=""),
            False,
            Image("card.png", ""),
        )
    )
    assert (
        bare["og:locale"] == "zh_CN"
        and bare["og:description"] == "On <vans> & parcels."
        and not {"og:url", "og:image", "twitter:card"} & set(bare)
    )


def publisher_of(address: str) -> Publisher:
    """A publisher of essays; the older essay comes first on the path."""
    return Publisher(
        site_of(address),
        [SimpleNamespace(slug=slug, meta=meta_of(slug)) for slug in ("old", "new", "undated")],
        LISTS,
    )


LISTS = {"tags/load/index.md": ["undated", "old"], "tags/none/index.md": ["undated"]}


def texts_of(address: str) -> dict[str, str]:
    """What is published of essays, a page and tags."""
    publisher = publisher_of(address)
    entries = {}
    for uri in (
        "index.md",
        "essays/new/index.md",
        "essays/old/index.md",
        "essays/undated/index.md",
        "essays/draft/index.md",
        "notes/a.md",
        "tags/index.md",
        *LISTS,
    ):
        meta = meta_of(uri.split("/")[1] if "/" in uri else "home")
        entries[uri] = publisher.published_page(uri, meta, "en")
    text = content('<p data-n="x">Text.</p>', address)
    copies = {
        one.copy: publisher.copy(one, {"title": one.title}, "Text.\n") for one in entries.values()
    }
    return copies | publisher.texts(entries, dict.fromkeys(publisher.fed, text))


def meta_of(name: str) -> dict[str, object]:
    """Front matter of an essay, dated by its name."""
    dates = {"old": "2026-01-02", "new": "2026-03-04"}
    return front_matter(
        f"---\ntitle: The {name} one\nquestion: Why <{name}>?\n{f'date: {dates[name]}' if name in dates else ''}\n---\n"
    )


def test_a_feed_has_the_dated_essays_newest_first() -> None:
    """And the day of the newest is the feed's: no clock has a part in it."""
    texts = texts_of(ADDRESS)
    feed = ElementTree.fromstring(texts["feed.xml"])
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "The new one",
        "The old one",
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-03-04T00:00:00Z"
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "Why <new>?"
    assert texts == texts_of(ADDRESS)


def test_a_tag_has_a_feed_of_its_essays() -> None:
    """Its entries are those of the site's feed, to the letter, so that a reader of both has each once."""
    texts = texts_of(ADDRESS)
    feed = ElementTree.fromstring(texts["tags/load/feed.xml"])
    assert [feed.findtext(f"{ATOM}{name}") for name in ("title", "id", "updated")] == [
        "Vans: The load one",
        f"{ADDRESS}tags/load/",
        "2026-01-02T00:00:00Z",
    ]
    [entry] = re.findall(r"<entry.*?</entry>", texts["tags/load/feed.xml"], re.DOTALL)
    assert entry in texts["feed.xml"]
    publisher = publisher_of(ADDRESS)
    heads = [
        publisher.head(publisher.published_page(uri, meta_of("load"), "en"))
        for uri in publisher.lists
    ]
    assert "tags/none/feed.xml" not in texts
    assert [head.own for head in heads] == ["tags/load/feed.xml", ""]


def test_the_id_of_an_entry_outlives_its_title_and_its_day() -> None:
    """A reader's program that has seen it does not show it again."""
    site = site_of()
    for entry_now in (
        ENTRY,
        replace(ENTRY, title="Another", question="", date="2027-01-01", tags=()),
    ):
        feed = ElementTree.fromstring(atom(site, [entry_now], {ENTRY.uri: "<p>Text.</p>"}))
        assert feed.findtext(f"{ATOM}entry/{ATOM}id") == f"{ADDRESS}essays/vans/"
    assert "category" not in atom(site, [replace(ENTRY, tags=())], {ENTRY.uri: ""})
    assert '<category term="load" label="What &lt;loads&gt;?"/>' in atom(
        site, [ENTRY], {ENTRY.uri: ""}
    )


def test_a_draft_is_in_no_list() -> None:
    """Neither in the sitemap nor in llms.txt nor in a feed, though its page is built."""
    assert not [path for path, text in texts_of(ADDRESS).items() if "essays/draft/" in text]


def test_without_an_address_there_is_no_feed() -> None:
    """Nor a link to it, nor a sitemap; llms.txt then has relative addresses."""
    texts = texts_of("")
    assert (
        not [path for path in texts if path.endswith("feed.xml")]
        and not {"sitemap.xml", "robots.txt"} & set(texts)
        and "(essays/old/index.md)" in texts["llms.txt"]
    )
    publisher = publisher_of("")
    assert (
        publisher.head(publisher.published_page("essays/new/index.md", meta_of("new"), "en")).atom
        == ""
    )
    assert f"({ADDRESS}essays/old/index.md)" in texts_of(ADDRESS)["llms.txt"]


def test_llms_lists_the_path_first_and_no_draft() -> None:
    """By the convention: a name, what it is about, sections of links."""
    text = texts_of("")["llms.txt"]
    assert text.startswith(
        "# Vans\n\n> On <vans> & parcels.\n\n## Essays\n\n- [The old one](essays/old/index.md): Why <old>?\n- [The new one]"
    )
    assert re.findall(r"\((\S+\.md)\)", text) == [
        "essays/old/index.md",
        "essays/new/index.md",
        "essays/undated/index.md",
        "notes/a/index.md",
    ]


def test_authors_and_licence_are_the_citation_files(tmp_path: Path) -> None:
    """Without one the site is its own author."""
    assert publication(tmp_path, "Vans", "", "", "en").authors == (Author("Vans"),)
    (tmp_path / "CITATION.cff").write_text(
        "authors:\n  - {given-names: Ann, family-names: Driver}\n  - name: The others\nlicense: CC-BY-SA-4.0\n",
        "utf-8",
    )
    site = publication(tmp_path, "Vans", "", "https://example.org", "en")
    assert site.authors == (Author("Ann Driver", True), Author("The others"))
    assert (site.licence, site.address) == (
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "https://example.org/",
    )


# The real docs


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[Path]:
    """The home page, the essays, and the calculator, prices and scores that they link to, built for an address."""
    house = copy_to(tmp_path_factory.mktemp("feeds") / "house", cached=True)
    config = (house / "mkdocs.yml").read_text("utf-8")
    config = config.replace('site_url: !ENV [SITE_URL, ""]', f"site_url: {ADDRESS}")
    (house / "mkdocs.yml").write_text(
        re.sub(r"^  - reference/(?!prices|scoreboard).*\n", "", config, flags=re.MULTILINE),
        "utf-8",
    )
    for source in (house / "docs/reference").rglob("*.md"):
        if source.parent.name not in ("prices", "scoreboard"):
            source.unlink()
    result = mkdocs(house, "build")
    assert result.returncode == 0, result.stdout
    yield house / "site"


def shown(html: str) -> list[str]:
    """The texts of a page's numbers, in order; of a mere dash, what a screen reader says, up to the colon."""
    found = []
    for button in NUMBER.findall(html):
        spoken = re.search(r'aria-label="([^"]*)"', button)
        found.append(
            unescape(re.split("[:：]", spoken[1])[0] if spoken else re.sub(r"<[^>]*>", "", button))
        )
    return found


def in_order(numbers: list[str], text: str) -> None:
    """Every number stands in the text, after the one before it."""
    at = 0
    for number in numbers:
        found = text.find(number, at)
        assert found >= 0, f"{number!r} is not in {text[at : at + 200]!r}"
        at = found + len(number)


def own(path: Path) -> str:
    """What a page shows between its head and its panels."""
    text = path.read_text("utf-8")
    end = text.find('<footer class="foot"')
    text = text[text.index("<article") : end if end > 0 else len(text)]
    text = re.sub("<span data-rest hidden>[^<]*</span>", "", text)
    return re.sub(
        r'<span data-of="[^"]*" hidden[^>]*>.*?</span>', "", text
    )  # what a switch would show


def pages(site: Path) -> list[str]:
    """Every page of a built site, both languages, by its address; companions are in no list."""
    return sorted(
        path.parent.relative_to(site).as_posix() + "/"
        for path in site.rglob("index.html")
        if path.parent.name != "numbers"
    )


def test_every_page_has_a_copy_with_its_numbers(site: Path) -> None:
    """The same, in the same order, and no markup of the site's."""
    for page in pages(site):
        if page.endswith("reference/writing/"):
            continue  # shows references as they are written
        copy = (site / page / "index.md").read_text("utf-8")
        numbers = shown(own(site / page / "index.html"))
        in_order(numbers, copy)
        assert (
            not REFERENCE.search(copy)
            and "<button" not in copy
            and "<!--" not in copy
            and "popover" not in copy
        ), page
        assert not re.search(r"</?(?:div|span|p|section|figure|math)\b", copy), page
        assert copy.startswith("# ") and "\n# " not in without_code(copy), page
        assert 'type="text/markdown" href="index.md"' in (site / page / "index.html").read_text(
            "utf-8"
        )


def without_code(copy: str) -> str:
    """Markdown less what stands between as many backticks as opened it."""
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", copy, flags=re.DOTALL)


def test_every_link_of_a_copy_leads_somewhere(site: Path) -> None:
    """To another copy, to a figure's file, to a page, or out of the site."""
    pictures = 0
    for page in pages(site):
        copy = without_code((site / page / "index.md").read_text("utf-8"))
        for link in re.findall(r"\]\(([^)\s]+)\)", copy):
            if re.match(r"https?:|mailto:|/source/", link):
                continue
            target = site / page / unquote(link.partition("#")[0])
            assert target.is_file() or (
                link.startswith("./#") and (target / "index.html").is_file()
            ), f"{page}: {link}"
            if target.suffix == ".svg":
                text = target.read_text("utf-8")
                assert (
                    ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
                    and "var(" not in text
                    and "data-" not in text
                )
                pictures += 1
    assert pictures >= 20


@pytest.mark.parametrize("prefix", FILES)
def test_every_link_of_llms_exists(prefix: str, site: Path) -> None:
    """Essays in the order of the path, and every other page but the home page."""
    text = (site / prefix / "llms.txt").read_text("utf-8")
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\): \S", text, re.MULTILINE)
    assert len(links) == text.count("\n- ")
    assert all((site / prefix / link).is_file() for link in links)
    path = [
        f"essays/{essay.slug}/index.md" for essay in essays(ROOT / "docs", "zh" if prefix else "en")
    ]
    assert links[: len(path)] == path
    others = {
        page.removeprefix(prefix) for page in pages(site) if page.startswith("zh/") == bool(prefix)
    } - {"./", ""}
    others = {
        page for page in others if not page.startswith("tags/")
    }  # lists of what is listed here
    assert {link.removesuffix("index.md") for link in links} | {
        page for page in others if page.startswith("essays/")
    } == others


def test_both_languages_list_the_same_pages(site: Path, published: Path) -> None:
    """In llms.txt and in the feed."""
    english, chinese = (
        re.findall(r"\]\((\S+)\)", (site / prefix / "llms.txt").read_text("utf-8"))
        for prefix in FILES
    )
    assert english == chinese
    english, chinese = (
        [entry.findtext(f"{ATOM}id") or "" for entry in feed_entries(published / prefix)]
        for prefix in FILES
    )
    assert [address.replace(ADDRESS, f"{ADDRESS}zh/") for address in english] == chinese


def feed_entries(folder: Path) -> list[ElementTree.Element]:
    """The entries of a built feed."""
    return ElementTree.parse(folder / "feed.xml").getroot().findall(f"{ATOM}entry")


class Elements(HTMLParser):
    """The tags and attributes of a feed's content."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("prefix", FILES)
def test_the_feed_has_every_essay_in_full(prefix: str, published: Path) -> None:
    """Its numbers and figures, and nothing that a reader cannot use."""
    root = ElementTree.parse(published / prefix / "feed.xml").getroot()
    known = {essay.slug: essay for essay in essays(ROOT / "docs", "zh" if prefix else "en")}
    assert {
        (entry.findtext(f"{ATOM}id") or "").rstrip("/").rpartition("/")[2]
        for entry in feed_entries(published / prefix)
    } == {slug for slug, essay in known.items() if essay.meta.get("date")}
    assert root.findtext(f"{ATOM}updated") == max(
        f"{essay.meta['date']}T00:00:00Z" for essay in known.values() if essay.meta.get("date")
    )
    assert root.findtext(f"{ATOM}id") == ADDRESS + prefix and root.findtext(
        f"{ATOM}author/{ATOM}name"
    )
    for entry in feed_entries(published / prefix):
        slug = (entry.findtext(f"{ATOM}id") or "").rstrip("/").rpartition("/")[2]
        text = entry.findtext(f"{ATOM}content") or ""
        assert (
            entry.findtext(f"{ATOM}title")
            and entry.findtext(f"{ATOM}summary")
            and entry.findtext(f"{ATOM}updated")
        )
        assert "`{" not in (entry.findtext(f"{ATOM}summary") or "")
        found = Elements(text)
        assert not found.tags & {"script", "style", "button", "link", "iframe", "nav"}
        assert (
            text.count("<img") == len(re.findall(r"figures/\w+\.py\)", known[slug].text))
            and "<svg" not in text
            and "<p></p>" not in text
        )
        for name, value in found.attributes:
            assert not name.startswith(("data-", "on")) and name not in (
                "id",
                "class",
                "popover",
                "popovertarget",
            ), name
            assert name not in ("href", "src") or value.startswith("https://"), value
            assert not value.startswith(ADDRESS) or file_at(published, value).is_file(), value
            if name == "src":
                drawn = file_at(published, value).read_text("utf-8")
                colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawn))
                assert (
                    colours <= {"none", "white", *(light for light, _ in ROLES.values())}
                    and "var(" not in drawn
                ), value
        numbers = shown(own(published / prefix / "essays" / slug / "index.html"))
        in_order(
            [number for number in numbers if "\n" not in number],
            unescape(re.sub(r"<[^>]*>", "", text)),
        )


def test_nothing_that_needs_an_address_appears_without_one(site: Path) -> None:
    """No feed, no link to one, no sitemap, no card, and no address in the head."""
    assert not [
        path
        for name in ("feed.xml", "sitemap.xml", "robots.txt", "card.png")
        for path in site.rglob(name)
    ]
    for page in pages(site):
        text = (site / page / "index.html").read_text("utf-8")
        top = Top(text)
        assert "application/atom+xml" not in text and not {
            "og:image",
            "og:url",
            "twitter:card",
        } & set(top.meta)
        assert not top.links("canonical") and not [
            link for link in top.links("alternate") if "hreflang" in link
        ]
        for block in blocks(site / page / "index.html"):
            [known] = block["@graph"]
            assert "url" not in known and "url" not in known["isPartOf"]


@pytest.mark.parametrize("prefix", FILES)
def test_pages_lead_to_the_feed_of_their_language(prefix: str, published: Path) -> None:
    """Relative to the page, so that it is right wherever the site stands."""
    for page, link in ((prefix, "feed.xml"), (f"{prefix}essays/kv-cache/", "../../feed.xml")):
        assert re.search(
            rf'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="{link}">',
            (published / page / "index.html").read_text("utf-8"),
        )
    text = (published / prefix / "llms.txt").read_text("utf-8")
    assert f"]({ADDRESS}{prefix}essays/kv-cache/index.md)" in text


def blocks(path: Path) -> list[dict[str, object]]:
    """The data blocks of a page."""
    return [
        json.loads(block)
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>',
            path.read_text("utf-8"),
            re.DOTALL,
        )
    ]


@pytest.mark.parametrize("prefix", FILES)
def test_every_essay_says_what_it_is(prefix: str, published: Path) -> None:
    """With the way to it, its authors, its licence, its card and its translation; the home page is the site."""
    language = "zh" if prefix else "en"
    assert [known["@type"] for known in blocks(published / prefix / "index.html")[0]["@graph"]] == [
        "WebSite"
    ]
    assert blocks(published / prefix / "roadmap" / "index.html") == []
    for essay in essays(ROOT / "docs", language):
        [block] = blocks(published / prefix / "essays" / essay.slug / "index.html")
        known, way = block["@graph"]
        assert (block["@context"], known["@type"], way["@type"]) == (
            "https://schema.org",
            "Article",
            "BreadcrumbList",
        )
        assert (
            known["inLanguage"] == language
            and known["url"] == f"{ADDRESS}{prefix}essays/{essay.slug}/"
        )
        assert known["datePublished"] == str(essay.meta["date"]) and "`" not in str(
            known["headline"]
        ) + str(known["description"])
        assert (
            known["author"] and known["keywords"] and re.fullmatch(r"PT\d+M", known["timeRequired"])
        )
        twin = known["translationOfWork" if prefix else "workTranslation"]
        assert twin["inLanguage"] != language and [
            step["position"] for step in way["itemListElement"]
        ] == [1, 2, 3]
        for address in (
            known["image"],
            twin["url"],
            *(step["item"] for step in way["itemListElement"]),
        ):
            assert file_at(published, address).is_file(), address


class Top(HTMLParser):
    """The meta elements and links of a page's head, and its title."""

    def __init__(self, html: str):
        super().__init__()
        self.meta: dict[str, str] = {}
        self.found: list[dict[str, str]] = []
        self.title = ""
        self._open = ""
        self.feed(html[: html.index("</head>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect."""
        given = {name: value or "" for name, value in attrs}
        self._open = tag
        if tag == "meta":
            self.meta[given.get("property") or given.get("name") or ""] = given.get("content", "")
        if tag == "link":
            self.found.append(given)

    def handle_data(self, data: str) -> None:
        """The text of the title."""
        self.title += data if self._open == "title" else ""

    def links(self, rel: str) -> list[dict[str, str]]:
        """The links of a kind."""
        return [link for link in self.found if link.get("rel") == rel]


def file_at(site: Path, address: str) -> Path:
    """The file that a host serves at an address of the site."""
    path = site / unquote(address.removeprefix(ADDRESS).partition("#")[0].partition("?")[0])
    return path / "index.html" if path.is_dir() else path


def test_every_page_knows_its_address_its_twin_and_its_card(published: Path) -> None:
    """Twins name each other; the card is there, of the size that is told."""
    twins = {}
    for page in pages(published):
        top = Top((published / page / "index.html").read_text("utf-8"))
        here = ADDRESS + ("" if page == "./" else page)
        assert [link["href"] for link in top.links("canonical")] == [here] == [top.meta["og:url"]]
        twins[here] = {
            link["hreflang"]: link["href"] for link in top.links("alternate") if "hreflang" in link
        }
        assert (
            set(twins[here]) == {"en", "zh", "x-default"}
            and twins[here]["zh" if page.startswith("zh/") else "en"] == here
        )
        assert twins[here]["x-default"] == twins[here]["en"]
        assert (
            top.meta["og:title"]
            and top.meta["og:description"]
            and top.meta["og:image:alt"]
            and top.meta["twitter:card"] == "summary_large_image"
        )
        image = file_at(published, top.meta["og:image"]).read_bytes()
        assert image[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", image[16:24]) == (
            int(top.meta["og:image:width"]),
            int(top.meta["og:image:height"]),
        )
        assert (top.meta["og:image"] == here + "card.png") == (
            "essays/" in page or page in ("./", "zh/")
        )
        for link in top.links("alternate"):
            assert "hreflang" in link or (published / page / link["href"]).is_file(), link
    assert all(twins[other] == known for known in twins.values() for other in known.values())


@pytest.mark.parametrize("prefix", FILES)
def test_the_sitemap_has_every_page_of_its_language(prefix: str, published: Path) -> None:
    """Every address in it is a page, and its days are those of the essays."""
    urls = ElementTree.parse(published / prefix / "sitemap.xml").getroot().findall(f"{MAP}url")
    found = {url.findtext(f"{MAP}loc") or "": url.findtext(f"{MAP}lastmod") for url in urls}
    assert set(found) == {
        ADDRESS + ("" if page == "./" else page)
        for page in pages(published)
        if page.startswith("zh/") == bool(prefix)
    }
    newest = max(str(essay.meta["date"]) for essay in essays(ROOT / "docs", "en"))
    assert found[ADDRESS + prefix] == newest and found[f"{ADDRESS}{prefix}roadmap/"] is None
    for url in urls:
        links = [link.attrib for link in url.findall(f"{HTML}link")]
        assert [link["hreflang"] for link in links] == ["en", "zh", "x-default"] and all(
            file_at(published, link["href"]).is_file() for link in links
        )
    for line_of in (published / "robots.txt").read_text("utf-8").splitlines():
        assert (
            not line_of.startswith("Sitemap: ")
            or file_at(published, line_of.removeprefix("Sitemap: ")).is_file()
        )


@pytest.mark.parametrize("prefix", FILES)
def test_every_tag_page_leads_to_its_feed(prefix: str, published: Path) -> None:
    """In the head, before the site's own, and on the page; its entries are essays that carry the tag."""
    project = Project(Settings(ROOT, ROOT / "docs", "zh" if prefix else "en"))
    for tag in project.series.tags:
        folder = published / prefix / tag.address
        text = (folder / "index.html").read_text("utf-8")
        feeds = [
            link["href"]
            for link in Top(text).links("alternate")
            if link.get("type") == "application/atom+xml"
        ]
        assert (
            feeds == ["feed.xml", "../../feed.xml"]
            and '<a class="alone" href="feed.xml" type="application/atom+xml">' in text
        )
        slugs = {
            (entry.findtext(f"{ATOM}id") or "").rstrip("/").rpartition("/")[2]
            for entry in feed_entries(folder)
        }
        assert slugs == {
            item.slug
            for item in project.series.route.published
            if tag in project.series.tags.of(item)
        }


# What a writer may put into front matter


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)> & \'x\' $a$ ]]> --> {a="><b>"}'
READ = curly(HOSTILE)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home page and one essay without a twin, whose every text wants to be markup, built for an address."""
    house = copy_to(tmp_path_factory.mktemp("hostile") / "house")
    config = (
        (house / "mkdocs.yml")
        .read_text("utf-8")
        .replace('site_url: !ENV [SITE_URL, ""]', f"site_url: {ADDRESS}")
    )
    (house / "mkdocs.yml").write_text(
        re.sub(
            r"^nav:\n(?:  - .*\n)+",
            "nav: [index.md, essays/vans/index.md]\n",
            config,
            flags=re.MULTILINE,
        ),
        "utf-8",
    )
    for source in (house / "docs").rglob("*.md"):
        source.unlink()
    for name in ("roadmap.yml", "glossary.yml", "bibliography.yml"):
        (house / "docs/data" / name).unlink(missing_ok=True)
    text = json.dumps(HOSTILE)
    (house / "docs/data/tags.yml").write_text(
        f"load: {{title: {text}, title_zh: {text}, about: {text}, about_zh: {text}}}\n", "utf-8"
    )
    (house / "docs/index.md").write_text(
        f"---\ntitle: {text}\ndescription: {text}\nbare: true\n---\n# Home\n\n<!-- essays -->\n\n<!-- tags -->\n",
        "utf-8",
    )
    (house / "docs/essays/vans").mkdir(parents=True)
    fields = "".join(f"{name}: {text}\n" for name in ("title", "question", "description"))
    (house / "docs/essays/vans/index.md").write_text(
        f"---\n{fields}tags: [load]\ndate: 2026-11-22\n---\nText.\n\n![A bus.](../../../figures/bus.py)\n",
        "utf-8",
    )
    result = mkdocs(house, "build")
    assert result.returncode == 0, result.stdout
    yield house / "site"


def test_no_text_of_a_writer_becomes_markup(hostile: Path) -> None:
    """In any page of either language; in the head it is what was written, to the letter."""
    built = sorted(hostile.rglob("*.html"))
    assert len(built) >= 8
    for path in built:
        found = Elements(text := path.read_text("utf-8"))
        assert (
            not [name for name, _ in found.attributes if name.startswith("on")]
            and "<script>alert" not in text
            and "<img src=x" not in text
        ), path
    for page in ("essays/vans/", "tags/load/", "zh/essays/vans/", "zh/tags/load/"):
        top = Top((hostile / page / "index.html").read_text("utf-8"))
        assert top.meta["description"] == top.meta["og:description"] == top.meta[
            "og:title"
        ] == READ and top.title.startswith(READ)
    [block] = blocks(hostile / "essays/vans/index.html")
    assert (
        block["@graph"][0]["headline"]
        == block["@graph"][0]["description"]
        == READ
        == block["@graph"][1]["itemListElement"][2]["name"]
    )


def test_no_text_of_a_writer_breaks_a_file(hostile: Path) -> None:
    """Feeds and sitemaps are well-formed and say it to the letter, a line of llms.txt is one line, the card is drawn."""
    for folder in (hostile, hostile / "tags/load", hostile / "zh", hostile / "zh/tags/load"):
        feed = ElementTree.parse(folder / "feed.xml").getroot()
        [entry] = feed.findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == entry.findtext(f"{ATOM}summary") == READ
    for path in hostile.rglob("*.xml"):
        ElementTree.parse(path)
    assert (
        len(
            re.findall(
                r"^- \[.*\]\(\S+\): ", (hostile / "llms.txt").read_text("utf-8"), re.MULTILINE
            )
        )
        == 1
    )
    assert (hostile / "essays/vans/card.png").stat().st_size > 10_000


def test_a_page_without_a_translation_has_one_address(hostile: Path) -> None:
    """The English one, also where the Chinese edition shows it; the Chinese sitemap has it not."""
    for prefix in FILES:
        top = Top((hostile / prefix / "essays/vans/index.html").read_text("utf-8"))
        assert (
            [link["href"] for link in top.links("canonical")]
            == [f"{ADDRESS}essays/vans/"]
            == [top.meta["og:url"]]
        )
        assert (
            not [link for link in top.links("alternate") if "hreflang" in link]
            and top.meta["og:locale"] == "en_US"
        )
    assert "essays/vans/" in (hostile / "sitemap.xml").read_text(
        "utf-8"
    ) and "essays/vans/" not in (hostile / "zh/sitemap.xml").read_text("utf-8")


def test_same_input_same_bytes(site: Path, published: Path) -> None:
    """Two processes, two addresses, one text."""
    for prefix in FILES:
        for path in sorted(
            [
                *(published / prefix / "essays").rglob("*.md"),
                *(published / prefix / "essays").rglob("*.svg"),
            ]
        ):
            assert path.read_bytes() == (site / path.relative_to(published)).read_bytes(), path
