"""Books: chapters cut from pages, the PDF and the EPUB of the real site, and the workflows that attach them to a release."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
import yaml
from playwright.sync_api import Browser
from pypdf import PdfReader
from pypdf.generic import Destination

from hooks.publish.paper import book_words as words
from hooks.publish.paper.__main__ import main
from hooks.publish.paper.book import Book, book
from hooks.publish.paper.chapter import Chapter, chapter
from hooks.publish.paper.chromium import chromium, link_pages, print_pdf
from hooks.publish.paper.derived import derived
from hooks.publish.paper.document import document
from hooks.publish.paper.epub import epub
from hooks.publish.paper.mend import mended
from hooks.publish.paper.xhtml import markup
from hooks.series import Essay
from hooks.text.html_tree import Node, parse_html
from hooks.text.languages import LANGUAGES, say
from tests.conftest import ROOT
from tests.often import weekly

XHTML, OPF, SVG = (
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.idpf.org/2007/opf}",
    "{http://www.w3.org/2000/svg}",
)
PICTURE = b"\x89PNG\r\n\x1a\n"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


# What a tree keeps


def test_names_keep_the_case_that_svg_needs() -> None:
    html = '<svg viewBox="0 0 1 1"><linearGradient gradientUnits="userSpaceOnUse"/><foreignObject/></svg>'
    written = markup(parse_html(html).children[0])
    assert (
        'viewBox="0 0 1 1"' in written
        and "<linearGradient gradientUnits=" in written
        and "</foreignObject>" in written
    )
    ElementTree.fromstring(written)


@pytest.mark.parametrize(
    "html",
    [
        "<p>one<p>two",
        "<ul><li>a</ul></div>",
        "a<br>b",
        "<b>&nbsp;&lt;&amp;</b>",
        "<a title='\"<&'>q</a>",
        "<input disabled>",
    ],
)
def test_whatever_html_a_page_has_the_book_is_well_formed(html: str) -> None:
    ElementTree.fromstring(f"<x>{''.join(map(markup, parse_html(html).children))}</x>")


# What a chapter keeps


PANEL = (
    '<div class="work" id="w1"><p class="work-title">Speed <strong>7 m/s</strong></p>'
    '<p class="work-scenario">Van 1</p><div class="work-math"><p class="formula"><span>Speed</span> <span>=&nbsp;<span class="over"><span>Way</span> <span><i>÷&nbsp;</i>Time</span></span></span></p>'
    '<p class="formula"><span>=&nbsp;21</span> <span>×&nbsp;3</span></p><p class="work-result">= 7 m/s</p></div>'
    '<ul><li><a href="#w9">Way</a> <b>21 m</b></li><li>Time <b>3 s</b> <small><a href="https://x.org/t">Clock</a>, read</small></li></ul></div>'
    '<div class="work" id="w2"><p class="work-title">Van <strong>1</strong></p><p>the scenario\'s choice</p></div>'
    '<div class="gloss" id="t-van" popover><i lang="zh">货车</i> A car for things.</div><div class="gloss" id="c-clock" popover>A. Smith, 2020. <a href="https://x.org/c">Clocks</a></div>'
)


def cut(tmp_path: Path, body: str, address: str = "https://x.org/", panel: str = PANEL) -> Chapter:
    """The chapter of a page with this body."""
    page = tmp_path / "essays/vans/index.html"
    page.parent.mkdir(parents=True)
    numbers = page.parent / "numbers/index.html"
    numbers.parent.mkdir()
    numbers.write_text(f"<html><body>{panel}</body></html>", "utf-8")
    head = f'<link rel="canonical" href="{address}essays/vans/">' if address else ""
    page.write_text(
        f'<html><head>{head}</head><body><article class="essay"><header><h1>Vans &amp; time</h1><p class="essay-question">Why?</p></header>{body}</article>{PANEL}</body></html>',
        "utf-8",
    )
    return chapter(tmp_path, Essay("vans", Path("vans/index.md"), {}, True), ["vans", "bytes"])


def test_title_and_question_are_the_chapters_and_no_longer_its_text(tmp_path: Path) -> None:
    one = cut(tmp_path, "<p>One.</p>")
    assert (one.title, one.question, markup(one.body)) == (
        "Vans & time",
        "Why?",
        '<div class="text"><p>One.</p></div>',
    )


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("../bytes/", "#bytes"),
        ("../bytes/index.html", "#bytes"),
        ("../bytes/#h2", "#bytes--h2"),
        ("#h1", "#vans--h1"),
        ("../../reference/models/", "https://x.org/reference/models/"),
        ("../planned/", "https://x.org/essays/planned/"),
        ("https://y.org/a#b", "https://y.org/a#b"),
    ],
)
def test_links_lead_into_the_book_where_they_can(tmp_path: Path, href: str, leads: str) -> None:
    assert f'<a href="{leads}">x</a>' in markup(
        cut(tmp_path, f'<p><a href="{href}">x</a></p>').body
    )


def test_a_link_to_a_site_without_an_address_is_its_words(tmp_path: Path) -> None:
    assert "<p>see x.</p>" in markup(
        cut(tmp_path, '<p>see <a href="../../reference/">x</a>.</p>', address="").body
    )


def test_a_number_leads_to_its_formula_its_values_and_its_source(tmp_path: Path) -> None:
    one = cut(
        tmp_path,
        '<p><a class="n" href="numbers/#w1">7 m/s</a> <a class="n" href="numbers/#w1">7 m/s</a></p>',
    )
    assert markup(one.body).count('<a class="n" href="#vans--w1"') == 2
    assert [work.attributes["id"] for work in one.works] == ["vans--w1"]
    said = one.works[0].text
    assert (
        "Speed 7 m/s" in said
        and "Van 1" in said
        and "=\u00a0Way ÷\u00a0Time =\u00a021 ×\u00a03" in said
        and "Clock, read" in said
    )
    assert (
        "×=" not in said and "= 7 m/s" not in said and "21 m" not in said
    )  # no sign to close it, nothing twice, no panel within


def test_a_number_of_which_nothing_more_is_known_is_text(tmp_path: Path) -> None:
    one = cut(
        tmp_path,
        '<p><a class="n" href="numbers/#w2">1</a><a class="n" href="numbers/#w8">2</a></p>',
    )
    assert '<p><span class="n">1</span>2</p>' in markup(one.body) and one.works == ()


@pytest.mark.parametrize(
    ("names", "values", "kept"),
    [
        (
            '<span>=&nbsp;<span class="cases"><span><span>if A</span> <span>&gt;&nbsp;0:</span> <span><span>A</span> <span>+&nbsp;B</span></span><i>; </i></span><span>otherwise: <span><span>B</span> <span>×&nbsp;C</span></span></span></span></span>',
            "<span>=&nbsp;3</span> <span>×&nbsp;4</span>",
            ["T = B × C", "= 3 × 4"],
        ),
        (
            "<span>=&nbsp;A</span> <span>×&nbsp;B</span> <span>+&nbsp;C</span>",
            "<span>=&nbsp;3</span> <span>×&nbsp;1</span> <span>+&nbsp;0 s</span>",
            ["T = A", "= 3"],
        ),
        (
            "<span>=&nbsp;A</span> <span><span>+&nbsp;B</span> <span>×&nbsp;C</span></span>",
            "<span>=&nbsp;3</span> <span><span>+&nbsp;0 B/expert</span> <span>×&nbsp;5</span></span>",
            ["T = A", "= 3"],
        ),
        (  # a bracket is opened here and closed there
            "<span>=&nbsp;A</span> <span>×&nbsp;(B</span> <span>+&nbsp;C)</span>",
            "<span>=&nbsp;3</span> <span>×&nbsp;(2</span> <span>+&nbsp;0)</span>",
            ["T = A × (B + C)", "= 3 × (2 + 0)"],
        ),
        (
            "<span>=&nbsp;A</span> <span>+&nbsp;B</span>",
            "<span>=&nbsp;3</span> <span>+&nbsp;0.05</span>",
            ["T = A + B", "= 3 + 0.05"],
        ),
    ],
)
def test_a_formula_on_paper_is_what_was_computed(names: str, values: str, kept: list[str]) -> None:
    html = f'<p class="formula"><span>T</span> {names}</p><p class="formula">{values}</p>'
    formulas = derived([*parse_html(html).children])
    assert [one.text.replace("\u00a0", " ").strip() for one in formulas] == kept


def test_what_is_left_out_of_a_formula_changes_nothing(site: Path) -> None:
    def computed(formula: Node) -> float | None:
        text = formula.text.replace("\u00a0", " ").replace("\u202f", " ").strip()
        bare = re.sub(
            r"(\d[\d,]*(?:\.\d+)?)[^\d×÷−+()]*", lambda found: found[1].replace(",", ""), text
        )
        sum_ = bare.removeprefix("=").translate(str.maketrans("×÷−", "*/-"))
        if re.search(r"[^\d.*/+() -]|[\d)] *\(|\) *\d", sum_):
            return None  # a function, a root
        return float(eval(sum_))

    seen = 0
    for file in site.glob("essays/*/numbers/index.html"):
        for panel in parse_html(file.read_text("utf-8")).all(".work"):
            formulas = panel.all(".formula")
            cut_down = derived(formulas)
            if len(formulas) == 2 and (value := computed(formulas[1])) is not None:
                assert computed(cut_down[1]) == pytest.approx(value), panel.text
                seen += cut_down[1].text != formulas[1].text
    assert seen > 300


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (["7,000 mm/s"], "Speed 7,000 mm/s"),
        (["7 m/s", "7,000 mm/s"], "Speed 7 m/s, 7,000 mm/s"),
        (["7"], "Speed 7 m/s"),
        (["7.0"], "Speed 7.0 (7 m/s)"),
        (["7", "7.0"], "Speed 7, 7.0 (7 m/s)"),
    ],
)
def test_an_entry_says_its_number_as_the_text_prints_it(
    tmp_path: Path, said: list[str], title: str
) -> None:
    links = " ".join(f'<a class="n" href="numbers/#w1">{form}</a>' for form in said)
    one = cut(tmp_path, f"<p>{links}</p>")
    assert one.works[0].first(".work-title").text == title


def test_an_entry_says_only_what_differs_from_the_essays_scenario(tmp_path: Path) -> None:
    told = '<span data-field="model">Van 1</span> · <span data-field="load">Load 3 t</span>'
    given = PANEL.replace("Van 1<", f"{told}<")
    given += given.replace("w1", "w1-0a1b2c").replace("Van 1<", "Van 2<")
    heading = f'<p class="work-scenario">Scenario: {told}</p>'
    one = cut(
        tmp_path,
        '<p><a class="n" href="numbers/#w1">7 m/s</a> <a class="n"'
        ' href="numbers/#w1-0a1b2c">7 m/s</a></p>',
        panel=heading + given,
    )
    assert one.scenario == ("Van 1", "Load 3 t")
    assert [[line.text for line in work.all(".work-scenario")] for work in one.works] == [
        [],
        ["Van 2"],
    ]


def test_a_term_leads_to_what_it_means_and_a_citation_to_the_work(tmp_path: Path) -> None:
    one = cut(
        tmp_path,
        '<p><button class="term" popovertarget="t-van">Vans</button> <button class="term" popovertarget="t-van">van</button> <a class="cited" data-card="c-clock" href="../../bibliography/#clock">Smith</a></p>',
    )
    assert [(link.attributes["class"], link.attributes["href"]) for link in one.body.all("a")] == [
        ("term", "#vans--t-van"),
        ("term", "#vans--t-van"),
        ("cited", "#vans--c-clock"),
    ]
    assert [note.text for note in one.notes] == [
        "Vans 货车 A car for things.",
        "A. Smith, 2020. Clocks",
    ]
    assert one.notes[1].first("a").attributes["href"] == "https://x.org/c"


def test_an_answer_stands_at_the_end_under_the_title_of_its_exercise(tmp_path: Path) -> None:
    one = cut(
        tmp_path,
        '<details class="question"><summary>Exercise 1</summary><p>Q</p><details class="success"><summary>Answer</summary><p>A</p></details></details><h2 id="end">End</h2>',
    )
    html, title = markup(one.body), '<h3 class="summary">Exercise 1</h3>'
    before, after = html.split('<h2 id="vans--answers">Answers</h2>')
    assert f'{title}<p>Q <a class="answer" href="#vans--answer-1">Answer</a></p>' in before
    assert after == f'<div class="folded" id="vans--answer-1">{title}<p>A</p></div></div>'
    assert 'id="vans--end"' in before


def test_folds_are_open_and_only_the_outermost_has_a_heading(tmp_path: Path) -> None:
    one = cut(
        tmp_path,
        "<details><summary>Exercise 1</summary><p>Q</p><details><summary>Answer</summary><p>A</p></details></details>",
    )
    assert "details" not in (html := markup(one.body))
    assert (
        '<h3 class="summary">Exercise 1</h3>' in html
        and '<p class="summary">Answer</p><p>A</p>' in html
    )


def test_figures_have_colours_and_a_ground_of_their_own(tmp_path: Path) -> None:
    figure = '<figure id="f"><svg viewBox="0 0 2 2" data-chart="{}" style="fill:var(--fig-kv, #a0328c)"><g clip-path="url(#c)" tabindex="0"><path d="M0 0"/></g><text display="none">later</text><foreignObject/></svg></figure>'
    html = markup(cut(tmp_path, figure).body)
    assert (
        'fill:#a0328c"><rect width="100%" height="100%" fill="#ffffff"></rect>' in html
        and 'url(#vans--c)"><path' in html
    )
    assert (
        "var(" not in html
        and "data-" not in html
        and "later" not in html
        and "foreignObject" not in html
    )


def test_the_key_of_a_figure_speaks_of_the_text_and_not_of_where_a_reader_is(
    tmp_path: Path,
) -> None:
    figure = (
        '<svg viewBox="0 0 2 2"><text data-part="here">here: 8</text><text>here: 8</text></svg>'
    )
    assert "<text>in the text: 8</text><text>here: 8</text>" in markup(cut(tmp_path, figure).body)


def test_a_formula_keeps_its_parts_and_stays_with_the_line_before(tmp_path: Path) -> None:
    html = (
        '<p>So it is:</p><p class="formula"><span data-x="1">gap</span> <span>= <a'
        ' href="../bytes/">bytes</a></span> <span class="power">2<sup>k</sup></span></p>'
    )
    assert (
        '<p class="leads">So it is:</p><p class="formula"><span>gap</span> <span>= <a'
        ' href="#bytes">bytes</a></span> <span class="power">2<sup>k</sup></span></p>'
        in markup(cut(tmp_path, html).body)
    )


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        '<a class="headerlink" href="#a">x</a>',
        '<span class="claim" hidden>x</span>',
        "<details class='points'><summary>x</summary></details>",
        "<nav>x</nav>",
        '<p class="on-screen">Press it.</p>',
        '<div class="handles"><p>On the site, this moves.</p></div>',
        "<button>x</button>",
        '<div popover id="p">x</div>',
    ],
)
def test_what_only_a_screen_can_use_stays_out(tmp_path: Path, html: str) -> None:
    assert markup(cut(tmp_path, html).body) == '<div class="text"></div>'


def test_a_page_without_an_essay_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r"essays/vans/index.html: no page with <article class=\"essay\">"
    ):
        chapter(tmp_path, Essay("vans", Path("index.md"), {}, True), [])


# Of the real site


@pytest.fixture(scope="module")
def books(site: Path) -> dict[str, Book]:
    """The series in each language."""
    return {language: book(site, ROOT, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_in_the_book_leads_nowhere_and_no_place_is_there_twice(
    books: dict[str, Book], language: str
) -> None:
    places = [
        node.attributes["id"]
        for one in books[language].chapters
        for part in one.parts
        for node in part.nodes()
        if "id" in node.attributes
    ]
    places += [one.slug for one in books[language].chapters]
    links = {
        node.attributes["href"]
        for one in books[language].chapters
        for part in one.parts
        for node in part.all("a")
    }
    assert len(places) == len(set(places))
    assert {href[1:] for href in links if href.startswith("#")} <= set(places)
    assert all(href.startswith(("#", "https://")) for href in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_essays_stand_in_the_order_of_the_sites_menu_and_are_counted(
    books: dict[str, Book], language: str
) -> None:
    menu = re.findall(r"essays/([\w-]+)/index\.md", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert [one.slug for one in books[language].chapters] == menu
    assert [one.number for one in books[language].chapters] == [*range(1, len(menu) + 1)]


@pytest.fixture(scope="module")
def on_paper(books: dict[str, Book]) -> dict[str, Node]:
    """The document for a printer in each language, whose places are all on page 7."""

    class Seventh(dict[str, int]):
        def get(self, key: str, default: object = None) -> int:
            return 7

    return {language: parse_html(document(one, "a4", Seventh())) for language, one in books.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_a_link_has_a_page_or_the_number_of_a_work_that_the_book_lists(
    on_paper: dict[str, Node], books: dict[str, Book], language: str
) -> None:
    listed = {node.attributes["id"]: node for node in on_paper[language].all(".work-cited")}
    assert [int(name.removeprefix("work-")) for name in listed] == [*range(1, len(listed) + 1)]
    page = say("book.page", language, page=7)
    for chapter_, one in zip(
        on_paper[language].all("article"), books[language].chapters, strict=True
    ):
        text = chapter_.first(".text")
        assert {f"work-{node.text}" for node in text.all(".address")} <= set(listed)
        formulas = [id(link) for node in text.all(".formula") for link in node.all("a")]
        for holder in text.nodes():
            for place, link in enumerate(holder.children):
                if isinstance(link, str) or link.tag != "a" or id(link) in formulas:
                    continue
                href = link.attributes["href"]
                beside = [*holder.children[place + 1 :], ""][0]
                said = beside if isinstance(beside, str) else beside.text
                if href.startswith(("http", "#work-")):
                    assert said.isdigit(), link
                elif href[1:].partition("--")[0] in {
                    other.slug for other in books[language].chapters
                } - {one.slug}:
                    assert page in said, link
    titles = [node.text for node in listed.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_every_number_with_an_entry_says_where_and_each_term_stands_once(
    on_paper: dict[str, Node], language: str
) -> None:
    ids = [node.attributes["id"] for node in on_paper[language].nodes() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for link in on_paper[language].all("a"):
        href = link.attributes["href"]
        assert not href.startswith("#") or href[1:] in ids, href
    entries = on_paper[language].all("aside")
    assert all(entry.text.startswith(say("book.page", language, page=7)) for entry in entries)
    heads = [node.first("b").text for node in on_paper[language].all(".note")]
    assert len(heads) == len(set(heads)) > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_has_its_figures_and_the_work_of_its_numbers(
    books: dict[str, Book], language: str
) -> None:
    for one in books[language].chapters:
        assert len(one.body.all("svg")) == len(re.findall(r"!\[", one.essay.text))
        assert len(one.works) > 20 and len(one.sections) > 5


# The EPUB


@pytest.fixture(scope="module")
def epubs(books: dict[str, Book]) -> dict[str, bytes]:
    """The EPUB in each language, with a cover that is hardly a picture."""
    return {language: epub(one, PICTURE) for language, one in books.items()}


@pytest.fixture(params=["zh", pytest.param("en", marks=weekly)])
def unpacked(
    request: pytest.FixtureRequest, epubs: dict[str, bytes], books: dict[str, Book]
) -> SimpleNamespace:
    """The files of an EPUB, its package, and its XHTML."""
    archive = ZipFile(BytesIO(epubs[request.param]))
    files = {name: archive.read(name) for name in archive.namelist()}
    pages = {
        name: ElementTree.fromstring(content)
        for name, content in files.items()
        if name.endswith(".xhtml")
    }
    return SimpleNamespace(
        book=books[request.param],
        archive=archive,
        files=files,
        pages=pages,
        package=ElementTree.fromstring(files["book/package.opf"]),
    )


def test_the_first_bytes_say_that_it_is_an_epub(unpacked: SimpleNamespace) -> None:
    first = unpacked.archive.infolist()[0]
    assert (first.filename, first.compress_type, unpacked.files["mimetype"]) == (
        "mimetype",
        ZIP_STORED,
        b"application/epub+zip",
    )


def test_the_manifest_names_every_file_and_no_other(unpacked: SimpleNamespace) -> None:
    listed = {f"book/{item.get('href')}" for item in unpacked.package.iter(f"{OPF}item")}
    assert listed == set(unpacked.files) - {
        "mimetype",
        "META-INF/container.xml",
        "book/package.opf",
    }


def test_the_spine_has_the_essays_in_the_order_of_the_path(unpacked: SimpleNamespace) -> None:
    files = {item.get("id"): item.get("href") for item in unpacked.package.iter(f"{OPF}item")}
    spine = [files[item.get("idref")] for item in unpacked.package.iter(f"{OPF}itemref")]
    assert spine == [
        "cover.xhtml",
        "nav.xhtml",
        *(f"{one.slug}.xhtml" for one in unpacked.book.chapters),
    ]


def test_the_package_says_what_a_file_holds(unpacked: SimpleNamespace) -> None:
    for item in unpacked.package.iter(f"{OPF}item"):
        said = (item.get("properties") or "").split()
        if item.get("href").endswith(".xhtml"):
            names = {element.tag for element in unpacked.pages[f"book/{item.get('href')}"].iter()}
            assert (f"{SVG}svg" in names) == ("svg" in said)


def test_every_reference_of_the_epub_is_met_within_it(unpacked: SimpleNamespace) -> None:
    ids = {
        name: {element.get("id") for element in page.iter()}
        for name, page in unpacked.pages.items()
    }
    for name, page in unpacked.pages.items():
        for element in page.iter():
            for key, value in element.attrib.items():
                if key in ("href", "src") and not (
                    key == "href"
                    and element.tag == f"{XHTML}a"
                    and urlsplit(value).scheme == "https"
                ):
                    path, _, place = value.partition("#")
                    target = str(PurePosixPath(name).parent / path) if path else name
                    assert target in unpacked.files and (not place or place in ids[target]), (
                        name,
                        value,
                    )


def test_the_epub_has_no_script_no_style_of_others_and_no_number_that_asks_for_one(
    unpacked: SimpleNamespace,
) -> None:
    for page in unpacked.pages.values():
        names = {element.tag.rpartition("}")[2] for element in page.iter()}
        assert not names & {"script", "iframe", "object", "button", "input", "details", "form"}
        assert not any(
            key.startswith("on") or "var(" in value
            for element in page.iter()
            for key, value in element.attrib.items()
        )


def test_the_contents_of_the_epub_have_every_title(unpacked: SimpleNamespace) -> None:
    said = {"".join(link.itertext()) for link in unpacked.pages["book/nav.xhtml"].iter(f"{XHTML}a")}
    assert {one.title for one in unpacked.book.chapters} <= said
    assert {text for one in unpacked.book.chapters for _, text in one.sections} <= said


def test_every_page_of_the_epub_says_its_language(unpacked: SimpleNamespace) -> None:
    assert {page.get("lang") for page in unpacked.pages.values()} == {
        words.language_tag(unpacked.book.language)
    }


def test_the_same_book_is_the_same_bytes(books: dict[str, Book], epubs: dict[str, bytes]) -> None:
    assert epub(books["zh"], PICTURE) == epubs["zh"]


@weekly
@pytest.mark.skipif(
    not (shutil.which("epubcheck") and shutil.which("java")), reason="epubcheck is not installed"
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_epubcheck_finds_nothing(written: Path, language: str) -> None:
    found = Path(str(shutil.which("epubcheck"))).resolve()
    command = (
        ["java", "-jar", str(found)] if found.read_bytes()[:2] == b"PK" else [str(found)]
    )  # Debian's command is the archive itself
    checked = subprocess.run(
        [*command, str(next(written.glob(f"*-{language}.epub")))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert "0 fatals / 0 errors / 0 warnings" in checked.stdout, checked.stdout


# The PDF


@pytest.fixture(scope="module")
def written(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command writes."""
    out = tmp_path_factory.mktemp("paper")
    assert main(["--site", str(site), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def readers(written: Path) -> dict[str, PdfReader]:
    """The PDF in each language."""
    return {language: PdfReader(next(written.glob(f"*-{language}.pdf"))) for language in LANGUAGES}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for what is measured before it is printed."""
    with chromium() as one:
        yield one


def squeezed(text: str) -> str:
    """A text without its spaces, which a PDF does not keep."""
    return re.sub(r"\s", "", text)


def first(reader: PdfReader, name: str) -> int:
    """The page that a place of the book is on, from 1."""
    return int(reader.get_destination_page_number(reader.named_destinations[f"/{name}"]) or 0) + 1


@weekly
def test_the_command_writes_a_pdf_and_an_epub_per_language(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == [
        f"inference-worked-out-{language}.{kind}"
        for language in LANGUAGES
        for kind in ("epub", "pdf")
    ]


def test_the_command_says_that_there_is_no_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--site", str(tmp_path / "site"), "--out", str(tmp_path / "out")]) == 1
    assert "build the site first" in capsys.readouterr().err and not (tmp_path / "out").exists()


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_has_every_essay_on_sheets_of_a4(
    readers: dict[str, PdfReader], books: dict[str, Book], language: str
) -> None:
    reader = readers[language]
    assert (
        6 * len(books[language].chapters) < len(reader.pages) < 25 * len(books[language].chapters)
    )
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {
        (595, 842)
    }
    for one in books[language].chapters:
        said = squeezed(reader.pages[first(reader, one.slug) - 1].extract_text())
        assert squeezed(one.title) in said and squeezed(one.question) in said


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_name_the_page_that_each_title_is_on_in_words_that_can_be_found(
    readers: dict[str, PdfReader], books: dict[str, Book], language: str
) -> None:
    reader = readers[language]
    start = first(reader, books[language].chapters[0].slug)
    said = squeezed("".join(page.extract_text() for page in reader.pages[1 : start - 1]))
    for one in books[language].chapters:
        assert f"{one.number}.{squeezed(one.title)}"[-12:] in said
        for name, title in [(one.slug, one.title), *one.sections]:
            if name == one.slug or title[0].isdigit():
                assert f"{squeezed(title)}{first(reader, name)}" in said


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_has_an_outline_of_chapters_and_sections(
    readers: dict[str, PdfReader], books: dict[str, Book], language: str
) -> None:
    def titles(outline: list[Destination | list]) -> Iterator[str]:
        for item in outline:
            yield from titles(item) if isinstance(item, list) else [squeezed(str(item.title))]

    found = set(titles(readers[language].outline))
    assert {
        squeezed(title)
        for one in books[language].chapters
        for title in (one.title, *(text for _, text in one.sections))
    } <= found


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_the_pdf_lead_to_places_in_it_or_to_addresses(
    readers: dict[str, PdfReader], language: str
) -> None:
    reader = readers[language]
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    within = [str(note["/Dest"]) for note in notes if "/Dest" in note]
    without = [str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]]
    assert len(within) > 300 and set(within) <= set(reader.named_destinations)
    assert without and all(address.startswith("https://") for address in without)


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_figures_are_written_once(
    readers: dict[str, PdfReader], language: str
) -> None:
    """A halo is a second text to whoever searches or copies."""
    said = "".join(page.extract_text() for page in readers[language].pages)
    assert not re.search(r"(?:([A-Za-z\u4e00-\u9fff])\1){3,}", said)


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_can_be_heard(readers: dict[str, PdfReader], language: str) -> None:
    """It is tagged, and says its language and its title."""
    root = readers[language].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]) == words.language_tag(
        "zh" if language == "zh" else "en"
    )


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_what_it_is_and_when_its_newest_essay_was_written(
    readers: dict[str, PdfReader], books: dict[str, Book], language: str
) -> None:
    said = readers[language].metadata
    assert (said.title, said.author) == (
        books[language].site.name,
        books[language].site.authors[0].name,
    )
    assert f"{said.creation_date:%Y-%m-%d}" == books[language].date


def test_a_pdf_says_a_word_and_not_the_radical_or_the_ligature_that_looks_like_it() -> None:
    table = b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n3 beginbfchar\n<01> <2F00>\n<02> <2EDA>\n<03> <FB01>\n<04> <00B5>\nendbfchar\n1 beginbfrange\n<10> <12> <4E09>\n<20> <21> <2F08>\nendbfrange\n"
    pdf, begins = b"%PDF-1.4\n", []
    for number, content in (
        (1, b"<</Title (x) /CreationDate (D:20261122101112+00'00')>>"),
        (2, b"<</Type /Catalog>>"),
        (3, b"<</Length %d>> stream\n%s\nendstream" % (len(table), table)),
        (4, b"<</Type /Font /ToUnicode 3 0 R>>"),
    ):
        begins.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    pdf += (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5 /Root 2 0 R /Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (rows, len(pdf))
    )
    mine = mended(pdf, {"Title": "一"})
    reader = PdfReader(BytesIO(mine))
    found = reader.get_object(4)["/ToUnicode"].get_data()
    assert (
        b"<01> <4E00>\n<02> <9875>\n<03> <00660069>\n<04> <00B5>\n" in found
        and b"<10> <12> <4E09>\n<20> <21> [<4EBA> <513F>]\n" in found
    )
    assert reader.metadata == {"/Title": "一"}
    assert mended(pdf.replace(b"101112", b"101113"), {"Title": "一"}) == mine


def test_a_bookmark_says_its_heading_with_all_spaces() -> None:
    objects = (
        b"<</Title (x) /CreationDate (D:20261122101112+00'00')>>",
        b"<</Type /Catalog>>",
        b"<</Title (One \\(a\\) line, tworows)\n/Dest [2 0 R /XYZ 1 2 0]\n/Parent 2 0 R>>",
        b"<</Title <FEFF76EE5F5576EE5F55>\n/Dest [2 0 R /XYZ 1 2 0]\n/Parent 2 0 R>>",
    )
    pdf, begins = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        begins.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    pdf += (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5 /Root 2 0 R /Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (rows, len(pdf))
    )
    reader = PdfReader(BytesIO(mended(pdf, {}, ["One (a) line, two rows", "目录"])))
    assert reader.get_object(3)["/Title"] == "One (a) line, two rows"
    assert reader.get_object(4)["/Title"] == "目录"


@weekly
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("paper", "measure"), [("a4", 146), ("letter", 151.9)])
def test_nothing_sticks_out_of_a_page(
    browser: Browser, books: dict[str, Book], language: str, paper: str, measure: float
) -> None:
    """What sticks out is cut off. The text's own width, in millimetres, is the window's; the cover has a page of its own. Two pixels are free: at the end of a line Chromium keeps the gap between a Chinese letter and a number that stands on the next."""
    page = browser.new_page(viewport={"width": int(measure / 25.4 * 96), "height": 900})
    page.emulate_media(media="print")
    page.set_content(document(books[language], paper, {}))
    page.evaluate("document.querySelector('.cover').remove()")
    wide = page.evaluate(
        "[...document.querySelectorAll('body :is(p, table, pre, li, h1, h2, svg)')].filter((e) => e.getBoundingClientRect().right > innerWidth + 2 || e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display != 'inline').map((e) => e.outerHTML.slice(0, 200))"
    )
    page.close()
    assert wide == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_not_as_wide_as_a_chinese_letter(
    browser: Browser, books: dict[str, Book], language: str
) -> None:
    """A face for Chinese that comes before one for English draws them so."""
    page = browser.new_page()
    page.set_content(document(books[language], "a4", {}))
    wide = page.evaluate(
        """() => {
            const pen = document.createElement("canvas").getContext("2d"), wide = new Set();
            for (const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walk.nextNode();) {
                const text = walk.currentNode.data;
                if (!/[a-z]’[a-z]/i.test(text)) continue;
                const style = getComputedStyle(walk.currentNode.parentElement);
                pen.font = `${style.fontStyle} ${style.fontWeight} 100px ${style.fontFamily}`;
                if (pen.measureText("’").width > 60) wide.add(`${style.fontFamily}: ${text.slice(0, 60)}`);
            }
            return [...wide];
        }"""
    )
    page.close()
    assert wide == []


def test_sheets_may_be_letters(browser: Browser, books: dict[str, Book]) -> None:
    asked: list[dict[str, int]] = []

    def short(pages: dict[str, int]) -> str:
        asked.append(pages)
        return re.sub(
            r"<article.*</article>",
            '<h1 id="two-clocks">x</h1>',
            document(books["en"], "letter", pages),
            flags=re.DOTALL,
        )

    pdf = print_pdf(browser, short)
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)
    assert (
        asked[0] == {} and asked[1]["two-clocks"] == link_pages(pdf)["two-clocks"] > 1
    )  # the second print knows what the first has shown


# Workflows


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_with_its_version(path: Path) -> None:
    uses = re.findall(r"uses: *(.*)", path.read_text("utf-8"))
    assert (
        uses
        and [
            line
            for line in uses
            if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
        ]
        == []
    )


def test_an_action_has_one_version_in_all_workflows() -> None:
    pins = {
        line for path in WORKFLOWS for line in re.findall(r"uses: *(.*)", path.read_text("utf-8"))
    }
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_may_do_only_what_it_says(path: Path) -> None:
    """Nothing is allowed to all jobs; who may write runs nothing of the repository's; nobody else's words reach a shell."""
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow[True]  # YAML reads `on` as true
    for name, job in workflow["jobs"].items():
        runs = " ".join(step.get("run", "") for step in job["steps"])
        checkouts = [step for step in job["steps"] if "actions/checkout@" in step.get("uses", "")]
        assert "timeout-minutes" in job and "${{" not in runs, name
        assert all(step["with"]["persist-credentials"] is False for step in checkouts), name
        if job["permissions"] != {"contents": "read"}:
            assert not checkouts and not re.search(r"\.venv|python|bash|pip", runs), name
            assert job["permissions"] in (
                {"contents": "write"},
                {"pages": "write", "id-token": "write"},
            ), name
        assert "secrets." not in json.dumps(job) and "actions/cache" not in json.dumps(job), name


def test_a_release_has_the_site_and_the_books() -> None:
    release = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    assert release[True] == {"push": {"tags": ["v*"]}}
    runs = [step.get("run", "") for job in release["jobs"].values() for step in job["steps"]]
    assert any("mkdocs build --strict" in run for run in runs) and any(
        "python -m hooks.publish.paper" in run for run in runs
    )
    assert any(run.startswith("gh release upload") for run in runs)
