"""Search: what the index holds, and what a reader finds with it, by keyboard, by touch, from a folder, with an input method."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hooks.live.bundle import lazy_files
from hooks.publish.search.entries import quantities
from hooks.publish.search.index import IndexedPage, SearchedTerm, indexed, search_scripts
from hooks.publish.search.section import ENTRY, Section, sections
from hooks.text.languages import LANGUAGES, Language
from hooks.words.words import Words
from tests.conftest import ROOT, eventually
from tests.real import ENGINE

WORDS = Words(ROOT / "docs", ROOT, "en", ENGINE.library, ENGINE.catalogue.tables)
PREFIX = {"en": "", "zh": "zh/"}


# Sections


def test_a_heading_begins_a_section_and_its_sign_is_no_word_of_it() -> None:
    assert sections(
        '<p>Top.</p><h2 id="a">One <em>two</em><a class="headerlink" href="#a">#</a></h2><p>Text<br>more</p><h3 id="b">Three</h3>End'
    ) == [
        Section("", 0, "", "Top."),
        Section("a", 2, "One two", "Text more"),
        Section("b", 3, "Three", "End"),
    ]


def test_a_number_stands_in_its_sentence_with_the_space_that_the_page_shows() -> None:
    assert (
        sections(
            '<p>It takes <span class="nb"><button type="button" data-n="x">92.8\u202ftokens/s</button>,</span> no more.</p>'
        )[0].text
        == "It takes 92.8\u202ftokens/s, no more."
    )


def test_figures_and_what_is_marked_are_left_out_whole() -> None:
    html = '<p>a</p><section data-search-exclude><section><h2 id="no">No</h2></section>no</section><svg><text>tick</text></svg><script>no</script><p>b<img src="x">c</p>'
    assert sections(html) == [Section("", 0, "", "a b c")]


def test_a_row_that_holds_an_id_is_an_entry_with_its_columns_names() -> None:
    table = '<h2 id="t">T</h2><table><thead><tr><th>Chip</th><th>Memory</th><th>FP4</th></tr></thead><tbody><tr><td><span id="a-1">One</span></td><td><button>80 GB</button></td><td>—</td></tr></tbody></table><p>After.</p>'
    assert sections(table)[1:] == [
        Section("t", 2, "T", "Chip · Memory · FP4 | After."),
        Section("a-1", ENTRY, "One", "Memory 80 GB"),
    ]


def test_whatever_html_a_page_has_it_is_read() -> None:
    assert sections("<table><tr></tr></table><td>a") == [Section("", 0, "", "| a")]
    assert sections("<div>" * 9999 + "deep")[0].text == "deep"
    assert sections("<h2 id=a>A<h3 id=b>B</h2>c")[-1] == Section("b", 3, "B", "c")


def test_a_row_without_an_id_belongs_to_its_section() -> None:
    assert sections("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>x") == [
        Section("", 0, "", "A | 1 | x")
    ]


def test_an_item_with_an_id_is_an_entry_under_the_title_that_it_cites() -> None:
    html = '<p>Works <cite>here</cite></p><ul><li id="k">Smith: <cite><a>A title</a></cite>, 2023</li><li>plain</li></ul>'
    assert sections(html) == [
        Section("", 0, "", "Works here plain"),
        Section("k", ENTRY, "A title", "Smith: , 2023"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quantity_is_found_by_label_name_other_label_and_formula(language: Language) -> None:
    found = {entry.id: entry for entry in quantities(ENGINE.library, language)}
    assert len(found) == len(list(ENGINE.library.quantities))
    entry, labels = found["q-kv_bytes"], ENGINE.library.names
    assert entry.heading == labels["kv_bytes"].title(language)
    assert (
        entry.names == f"kv_bytes · {labels['kv_bytes'].title('en' if language == 'zh' else 'zh')}"
    )
    assert entry.text.startswith(
        f"= {labels['batch'].title(language)} × {labels['kv_per_sequence'].title(language)}"
    )
    assert not any(
        "impossible(" in one.text or ("if " in one.text.split(" · ")[0]) > (language == "en")
        for one in found.values()
    )


def test_what_stands_aside_in_a_text_is_read_where_it_stands() -> None:
    """It may be mere words, or HTML with an id that names a table's row."""
    html = '<p>It is ①, <b>①</b>.</p><h2 id="a">①</h2><table><tr><th>Chip</th><th>Rate</th></tr><tr><td>②</td><td>①</td></tr></table>'

    def words(text: str) -> str:
        return text.replace("①", "5 &lt; 6").replace("②", '<span id="chip-a">A</span>')

    found = indexed(html, words, ENGINE.library, "en")
    assert [(one.id, one.text) for one in found] == [
        ("", "It is 5 < 6, 5 < 6."),
        ("a", "Chip · Rate |"),
        ("chip-a", "Rate 5 < 6"),
    ]


def test_the_two_scripts_tell_of_the_same_sections_and_know_each_other() -> None:
    html = '<p>x</p><h2 id="h">H</h2>y'
    pages = [
        IndexedPage(uri, "T", question, indexed(html, str, ENGINE.library, "en"))
        for uri, question in (("notes/a.md", ""), ("essays/b-c/index.md", "Why?"))
    ]
    scripts = search_scripts(pages)
    heads, texts = (scripts[name].decode() for name in ("search-heads.js", "search-texts.js"))
    assert heads.startswith(
        'search.take([["essays/b-c/","T",1,[["",0,"Why?","b c"],["h",2,"H"]]],["notes/a/","T",0,[["",0,"","a"],["h",2,"H"]]]],"search-texts.js?'
    )
    assert heads.endswith('",[]);\n')
    assert texts == 'search.told(["x","y","x","y"]);\n'
    before = heads.rpartition("?")[2]
    other = indexed(html.replace("x", "other"), str, ENGINE.library, "en")
    changed = search_scripts([replace(pages[0], sections=other), pages[1]])
    assert changed["search-heads.js"].decode().rpartition("?")[2] != before


@pytest.mark.parametrize(
    ("names", "places", "found"),
    [
        (("heat",), ("essays/b-c/#h",), "essays/b-c/#h"),
        (("heat", "B C"), ("essays/b-c/#h",), "essays/b-c/"),  # as the page is called
        (("tuna",), ("essays/b-c/#h",), "essays/b-c/"),
        (("un",), ("essays/b-c/#h",), "essays/b-c/#h"),  # not inside of a word
        (("heat",), ("essays/unpublished/#h", "notes/a/#h"), "notes/a/#h"),
        (("heat",), ("essays/b-c/#lost", "essays/throughput/"), ""),
    ],
)
def test_a_term_leads_to_the_first_place_that_there_is(
    names: tuple[str, ...], places: tuple[str, ...], found: str
) -> None:
    """To the top of a page that has the term in its title or address."""
    parts = [Section("", 0, "", "x"), Section("h", 2, "H", "y")]
    pages = [
        IndexedPage(uri, title, "Why?", parts)
        for uri, title in (("notes/a.md", "Notes"), ("essays/b-c/index.md", "A tuna"))
    ]
    heads = search_scripts(pages, [SearchedTerm(names, places)])["search-heads.js"].decode()
    order = ["essays/b-c/", "essays/b-c/#h", "notes/a/", "notes/a/#h", ""]
    number = order.index(found) if found else -1
    assert heads.endswith(f",{json.dumps([[number, *names]], separators=(',', ':'))});\n")


# The real index


def heads_of(site: Path, language: str) -> list[Any]:
    """The first script's data: pages, the other script's name, terms."""
    heads = (site / PREFIX[language] / "assets/search-heads.js").read_text("utf-8")
    inside = heads.removeprefix("search.take(").removesuffix(");\n")
    found: list[Any] = json.loads(f"[{inside}]")
    return found


def read(site: Path, language: str) -> tuple[list[Any], list[str]]:
    """The two scripts' data."""
    texts = (site / PREFIX[language] / "assets/search-texts.js").read_text("utf-8")
    return heads_of(site, language)[0], json.loads(
        texts.removeprefix("search.told(").removesuffix(");\n")
    )


def terms_of(site: Path, language: str) -> list[tuple[str, list[str]]]:
    """Every term of the index: the address of its place, and its names."""
    pages, _, terms = heads_of(site, language)
    places = [f"{page[0]}{'#' * bool(row[0])}{row[0]}" for page in pages for row in page[3]]
    return [("" if at < 0 else places[at], names) for at, *names in terms]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_place_and_an_essay_on_it_comes_first(
    language: Language, site: Path
) -> None:
    """Wherever the glossary names an essay under `see`, though a quantity stands before it."""
    terms = WORDS.glossary.terms.values()
    found = terms_of(site, language)
    assert [names[0] for _, names in found] == [term.names[language] for term in terms]
    for term, (place, names) in zip(terms, found, strict=True):
        assert {*term.spellings("en"), *term.spellings("zh"), *term.also} == set(names)
        essays = [see for see in term.see if "#" in see]
        assert place, term.id
        assert place.startswith("essays/") == bool(essays), term.id
        if not essays:
            assert place == f"glossary/#{term.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_in_the_index_is_a_place_on_the_site(language: str, site: Path) -> None:
    pages, texts = read(site, language)
    assert sum(len(page[3]) for page in pages) == len(texts)
    for address, title, _, rows in pages:
        html = (site / PREFIX[language] / address / "index.html").read_text("utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        assert title and [row[0] for row in rows if row[0] and row[0] not in ids] == [], address
        assert len({row[0] for row in rows}) == len(rows), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_holds_prose_and_numbers_and_is_not_flooded(language: str, site: Path) -> None:
    pages, texts = read(site, language)
    everything = json.dumps(texts, ensure_ascii=False)
    assert "KV cache" in everything and "92.8" in everything
    assert "CSV" not in "".join(texts[: len(pages[0][3])])
    at = 0
    for address, _, essay, rows in pages:
        said = "".join(texts[at : at + len(rows)])
        at += len(rows)
        if address != "reference/writing/":  # which shows its own source
            assert "<" not in re.sub(r"<[= ]", "", said), address
        if essay:
            prose = (
                (ROOT / "docs" / address / f"index{'.zh' if language == 'zh' else ''}.md")
                .stat()
                .st_size
            )
            assert len(said.encode()) < prose, address  # panels, ticks and points would double it


def test_what_a_reader_of_search_fetches_is_small(site: Path) -> None:
    def packed(data: bytes) -> int:
        return len(gzip.compress(data, 9))

    for language in LANGUAGES:
        assert packed(lazy_files(["reach"], language).encode()) <= 450
        assert packed(lazy_files(["search"], language).encode()) <= 4000  # 600 of them for terms
        glossary = json.dumps(heads_of(site, language)[2], ensure_ascii=False).encode()
        assert packed(glossary) <= 2700  # beside 24,000 of headings and 100,000 of texts
        assert packed((site / PREFIX[language] / "assets/search.css").read_bytes()) <= 1024


def test_nobody_elses_search_is_on_the_site(site: Path) -> None:
    assert (
        not (site / "search").exists()
        and not list(site.rglob("lunr*"))
        and not list(site.rglob("workers"))
    )


# In the reader's browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh desktop page on which nothing throws and that the policy refuses nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh = context.new_page()
    wrong: list[str] = []
    fresh.on("pageerror", lambda error: wrong.append(str(error)))
    fresh.on(
        "console", lambda message: wrong.append(message.text) if message.type == "error" else None
    )
    yield fresh
    context.close()
    assert wrong == []


def search(page: Page, words: str) -> Locator:
    """What is found for some words, once it has been announced."""
    if not page.locator("dialog.search[open]").count():
        page.keyboard.press("Control+k")
    box = page.locator(".search [type=search]")
    expect(box).to_be_focused()
    page.wait_for_function(
        "() => window.search && document.querySelector('script[src*=search-texts]')"
    )
    page.wait_for_timeout(100)
    page.evaluate("() => { document.querySelector('.search [role=status]').textContent = ''; }")
    box.fill(words)
    expect(page.locator(".search [role=status]")).not_to_have_text(
        re.compile("^$|^Words, numbers|^可以搜")
    )  # not yet, or only the hint
    return page.locator(".search li a")


LEVERS = "/essays/levers/#"
FOUND: list[tuple[str, str, str, str]] = [
    ("zh", "缓存", "", "缓存"),
    ("zh", "KV cache", "/essays/kv-cache/", "KV cache"),
    ("zh", "ＫＶ　ｃａｃｈｅ", "/essays/kv-cache/", "KV cache"),
    ("zh", "KV缓存", "/essays/kv-cache/", "KV cache"),
    ("zh", "decode step", "/reference/quantities/#q-decode_step", "decode"),
    ("zh", "decode_step", "/reference/quantities/#q-decode_step", "decode_step"),
    ("zh", "H100 SXM", "/reference/accelerators/#accelerator-h100-sxm", "H100"),
    ("en", "92.8", "/essays/two-clocks/", "92.8"),
    ("en", "decode_step", "/reference/quantities/#q-decode_step", "decode_step"),
    ("en", "Decode Step", "/reference/quantities/#q-decode_step", "Decode"),
    ("en", "一步 decode", "/reference/quantities/#q-decode_step", "一步"),
    ("en", "H100 bandwidth", "/reference/accelerators/#accelerator-h100-sxm", "Bandwidth"),
    ("en", "llama 3.1 405b", "/reference/models/#model-llama-3.1-405b", "Llama"),
    ("en", "131072", "", "131,072"),
    ("en", "131,072", "", "131,072"),
    ("en", "bándwidth", "", "bandwidth"),
    ("en", "two clocks", "/essays/two-clocks/", "clocks"),
    ("en", "quantization", f"{LEVERS}four-bits-faster-alone-dearer-in-the-crowd", "quantised"),
    ("zh", "quantization", f"{LEVERS}four-bits-faster-alone-dearer-in-the-crowd", "量化"),
    ("zh", "批处理", "/essays/empty-seats/#the-second-passenger-rides-almost-free", "batch"),
    ("en", "首字延迟", "", "TTFT"),
]

NAMED: dict[str, list[str]] = {
    "/essays/levers/#four-bits-faster-alone-dearer-in-the-crowd": [
        "quantisation",
        "Quantization",
        "quantized",
        "量化",
    ],
    "/essays/empty-seats/#the-second-passenger-rides-almost-free": [
        "batch",
        "batches",
        "batching",
        "batch size",
        "batch-size",
        "批处理",
        "批次",
    ],
    "/essays/shopping-list/#the-first-token-stands-in-a-queue-of-its-own": [
        "TTFT",
        "time to first token",
        "Time-to-first-token",
        "首字延迟",
        "首token延迟",
        "首 token 延迟",
    ],
    "/essays/empty-seats/#how-many-times-dearer-ask-for-the-context-first": [
        "context",
        "context window",
        "context length",
        "上下文",
        "上下文窗口",
    ],
    "/essays/kv-cache/": ["KV cache", "kv-cache", "KV caches", "kvcache", "KV缓存", "KV 缓存"],
    "/essays/heartbeat/#an-engine-works-in-beats": ["continuous batching", "连续批处理"],
    "/glossary/#fp8": ["FP8", "ＦＰ８"],
}
"""What readers call things, and what explains each: the same in both languages."""

FIRST = """async (asked) => {
  const input = document.querySelector(".search [type=search]");
  return asked.map((words) => {
    input.value = words;
    input.dispatchEvent(new InputEvent("input"));
    const { pathname, hash } = document.querySelector(".search li a") ?? {};
    return pathname?.replace(/^\\/zh/, "") + hash;
  });
}"""
"""Where the first place found for each of some words is."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_found_under_every_name_in_the_essay_on_it(
    language: str, page: Page, address: str, site: Path
) -> None:
    """By what both languages call it, abbreviated, in either spelling, in the plural; every name of the glossary too."""
    page.goto(f"{address}/{PREFIX[language]}calculator/")
    search(page, "a")
    asked = {name: place for place, names in NAMED.items() for name in names}
    assert dict(zip(asked, page.evaluate(FIRST, list(asked)), strict=True)) == asked
    every = {name: f"/{place}" for place, names in terms_of(site, language) for name in names}
    assert dict(zip(every, page.evaluate(FIRST, list(every)), strict=True)) == every


def test_a_name_that_no_text_has_is_told_as_the_one_that_is_looked_for(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/zh/")
    search(page, "批处理")
    expect(page.locator(".search [role=status]")).to_contain_text("按“batch”查找")
    search(page, "连续批处理的吞吐")  # within a run of Chinese that stands nowhere
    expect(page.locator(".search [role=status]")).to_contain_text("continuous batching")
    assert "吞吐" in page.locator(".search mark").all_inner_texts()


def test_a_term_beside_other_words_is_one_of_them(page: Page, address: str) -> None:
    """Its own place comes first only where nothing else is asked for; what has all the words does here."""
    page.goto(f"{address}/")
    found = search(page, "batching quantization")
    assert found.count() >= 1
    marked = ["|".join(item.locator("mark").all_inner_texts()).lower() for item in found.all()]
    # an excerpt shows one passage, and the other word may stand in another
    assert all(re.search("batch|quanti[sz]|量化", marks) for marks in marked)
    assert any("batch" in marks and re.search("quanti[sz]|量化", marks) for marks in marked)
    search(page, "TP")  # a short name inside of a word, such as output, is none
    assert "tp" not in {
        mark.inner_text()
        for mark in page.locator(".search mark").all()
        if re.search(r"\w$", mark.evaluate("mark => mark.previousSibling?.data ?? ''"))
    }


def test_a_mark_begins_where_a_word_does(page: Page, address: str) -> None:
    """Not at the end of belong and along; behind an underscore, names go on with a word."""
    page.goto(f"{address}/")
    for words, stands in [("long chat", "long"), ("step", "step")]:
        search(page, words)
        marks = page.locator(".search mark").evaluate_all(
            "marks => marks.map(mark => [mark.previousSibling?.data?.at(-1) ?? '', mark.innerText])"
        )
        assert stands in {mark.lower() for _, mark in marks}
        assert not [mark for mark in marks if re.match("[a-zA-Z0-9]", mark[0])]
    assert "_" in {before for before, _ in marks}


@pytest.mark.parametrize(
    "words", ["kv (cache", "KV\\cache", "[", "(?<", "a|b", "time to (first token"]
)
def test_signs_of_patterns_are_signs(words: str, page: Page, address: str) -> None:
    """Whatever one types is looked for; nothing throws."""
    page.goto(f"{address}/")
    search(page, "a")
    page.evaluate(FIRST, [words])


@pytest.mark.parametrize(
    ("language", "words", "first", "mark"),
    FOUND,
    ids=[f"{language}-{words}" for language, words, _, _ in FOUND],
)
def test_what_is_found(
    language: str, words: str, first: str, mark: str, page: Page, address: str
) -> None:
    """The place that comes first, and the words in it marked as the page writes them."""
    page.goto(f"{address}/{PREFIX[language]}calculator/")
    found = search(page, words)
    assert found.count() >= 1
    assert (
        mark
        in found.first.locator("mark").all_inner_texts()
        + page.locator(".search h2 mark").all_inner_texts()
        or not first
    )
    assert mark in page.locator(".search mark").all_inner_texts()
    if first:
        assert (
            found.first.get_attribute("href")
            == f"{address}{'/zh' if language == 'zh' else ''}{first}"
        )


def test_chinese_is_found_inside_a_run_of_chinese(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/")
    search(page, "缓存")
    assert page.locator(".search mark").evaluate_all(
        "marks => marks.some((mark) => /[\\u4e00-\\u9fff]$/.test(mark.previousSibling?.data ?? ''))"
    )


def test_all_words_must_be_met_where_any_place_has_them_all(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    batch, weight = (
        {name.lower() for name in WORDS.glossary.terms[id].searched("en")}
        for id in ("batch", "weight")
    )
    for item in search(page, "batch weights").all():
        marks = {mark.lower() for mark in item.locator("mark").all_inner_texts()}
        assert marks <= {*batch, *weight, "batches", "weights"}
    assert "No place has all" not in page.locator(".search [role=status]").inner_text()
    assert search(page, "batch zebra").count() >= 1
    assert "No place has all the words" in page.locator(".search [role=status]").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_asking_do_not_count(language: str, page: Page, address: str) -> None:
    """“Why does a long chat get slower” looks for “long chat slower”; asked for alone, a little word is a word."""
    page.goto(f"{address}/{'zh/' if language == 'zh' else ''}")
    asked = {"en": "why does a long chat get slower", "zh": "为什么聊得越长，吐字越慢"}[language]
    search(page, asked)
    assert (
        page.locator(".search h2")
        .first.inner_text()
        .startswith({"en": "Context isn", "zh": "上下文不是记忆"}[language])
    )
    expect(page.locator("dialog.search mark", has_text=re.compile(r"^a$"))).to_have_count(0)
    assert search(page, {"en": "why", "zh": "为什么"}[language]).count() > 3


def test_results_are_few_grouped_by_page_and_counted(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    found = search(page, "cache")
    assert 10 <= found.count() <= 20
    for group in page.locator(".search section").all():
        assert group.locator("h2").inner_text() and 1 <= group.locator("a").count() <= 5
    said = page.locator(".search [role=status]").inner_text()
    assert (
        re.fullmatch(r"\d+ found on \d+ pages, the best \d+ here", said)
        and f"the best {found.count()} here" in said
    )


def test_a_slip_is_understood_and_what_is_nowhere_is_said_with_a_hint(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/")
    assert search(page, "bandwith").count() >= 1
    assert page.locator(".search [role=status]").inner_text().startswith("Read as “bandwidth”.")
    assert search(page, "xyzzyq").count() == 0
    assert (
        page.locator(".search [role=status]").inner_text()
        == "Nothing has “xyzzyq”. Try fewer words, or the other language’s."
    )


def test_a_question_in_chinese_is_taken_apart(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/")
    assert search(page, "为什么显存带宽乙乙").count() >= 1
    expect(page.locator(".search [role=status]")).to_have_text(re.compile("^按“显存带宽”查找。"))


def test_nothing_is_fetched_before_a_reader_reaches_and_texts_only_when_the_dialog_is_open(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    page.on(
        "request",
        lambda request: (
            asked.append(request.url.rpartition("/")[2].partition("?")[0])
            if "search" in request.url
            else None
        ),
    )
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    assert asked == []
    page.locator("[data-search]").hover()
    eventually(page, lambda: len(asked) >= 3)
    page.wait_for_timeout(300)
    assert sorted(asked) == ["search-heads.js", "search.css", "search.js"]
    page.locator("[data-search]").click()
    eventually(page, lambda: len(asked) >= 4)
    assert sorted(asked) == ["search-heads.js", "search-texts.js", "search.css", "search.js"]


def test_by_keyboard_alone(page: Page, address: str) -> None:
    """The slash opens, arrows go down and up, Escape closes and gives the focus back, Enter opens the best place, and its fold."""
    page.goto(f"{address}/essays/kv-cache/")
    number = page.locator("article p .n").first
    number.focus()
    page.keyboard.press("/")
    box = page.locator(".search [type=search]")
    expect(box).to_be_focused()
    found = search(page, "decode_step")
    page.keyboard.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    if page.locator("dialog.search[open]").count():  # the first clears the box
        page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).not_to_be_visible()
    expect(number).to_be_focused()
    search(page, "decode_step")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/reference/quantities/#q-decode_step")
    expect(page.locator("#q-decode_step")).to_be_in_viewport()
    assert page.locator("details:has(#q-decode_step)").get_attribute("open") is not None


def test_the_slash_is_a_letter_where_one_writes_and_can_be_switched_off(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/calculator/")
    page.locator("input:visible").first.press("/")
    page.wait_for_timeout(200)
    assert page.locator("dialog.search").count() == 0
    search(page, "a")
    page.locator(".search [type=checkbox]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.locator("dialog.search").count() == 0
    search(page, "a")
    assert not page.locator(".search [type=checkbox]").is_checked()


def test_a_place_on_the_same_page_keeps_the_page_and_the_scenario(page: Page, address: str) -> None:
    page.goto(f"{address}/essays/kv-cache/?chips=8")
    page.evaluate("() => { window.same = true; }")
    search(page, "loose leaves").first.click()
    page.wait_for_url("**/essays/kv-cache/?chips=8#*")
    assert page.evaluate("() => window.same")
    expect(page.locator("dialog.search")).not_to_be_visible()


def test_another_page_takes_the_scenario_along_and_back_leads_to_what_was_found(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/essays/kv-cache/?chips=8")
    page.wait_for_timeout(300)
    search(page, "two clocks").first.click()
    page.wait_for_url("**/essays/two-clocks/?chips=8")
    assert page.locator("dialog.search").count() == 0
    page.go_back()
    expect(page.locator(".search [type=search]")).to_have_value("two clocks")
    expect(page.locator(".search li a").first).to_be_visible()
    assert page.locator(".n.changed").count() > 0


def test_an_address_can_ask(page: Page, address: str) -> None:
    page.goto(f"{address}/zh/?q=decode+step")
    expect(page.locator(".search [type=search]")).to_have_value("decode step")
    expect(page.locator(".search li a").first).to_have_attribute(
        "href", f"{address}/zh/reference/quantities/#q-decode_step"
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/zh/")


def test_an_input_methods_letters_are_no_words_until_they_are_chosen(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/zh/")
    search(page, "缓存")
    page.locator(".search [type=search]").fill("")
    keys = page.context.new_cdp_session(page)
    keys.send(
        "Input.imeSetComposition", {"text": "huancun", "selectionStart": 7, "selectionEnd": 7}
    )
    page.wait_for_timeout(400)
    assert (
        page.locator(".search li").count() == 0
        and "huancun" not in page.locator(".search [role=status]").inner_text()
    )
    keys.send("Input.insertText", {"text": "缓存"})
    expect(page.locator(".search li a").first).to_be_visible()
    assert "缓存" in page.locator(".search mark").all_inner_texts()


def test_what_somebody_types_or_links_is_text(page: Page, address: str) -> None:
    evil = "<img src=x onerror=window.injected=1>"
    page.goto(f"{address}/?q={evil}")
    expect(page.locator(".search [type=search]")).to_have_value(evil)
    page.wait_for_timeout(500)
    search(page, '"><b>zzqq</b>')
    assert (
        "<b>zzqq</b>" in page.locator(".search [role=status]").inner_text()
        or page.locator(".search li").count()
    )
    assert (
        page.locator(".search :is(img, b, script)").count() == 0
        and page.evaluate("window.injected") is None
    )


def test_it_works_from_a_folder_without_a_server(page: Page, site: Path) -> None:
    page.goto((site / "zh/essays/kv-cache/index.html").as_uri())
    found = search(page, "decode_step")
    found.first.click()
    page.wait_for_url("file://**/zh/reference/quantities/index.html#q-decode_step")
    expect(page.locator("#q-decode_step")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_touch_on_a_phone(language: str, browser: Browser, address: str) -> None:
    """A tap opens it over the whole screen; nothing is wider than that; targets are large; a tap closes it."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{address}/{PREFIX[language]}essays/kv-cache/")
    page.locator("[data-search]").tap()
    found = search(page, "KV cache")
    box = page.locator("dialog.search").bounding_box()
    assert box and (box["x"], box["width"]) == (0, 390)
    assert page.evaluate(
        "() => [...document.querySelectorAll('.search, .search *')].every((one) => one.scrollWidth <= 390)"
    )
    assert all(
        (target.bounding_box() or {"height": 0})["height"] >= 24
        for target in [
            *found.all(),
            page.locator(".search form button"),
            page.locator(".search [type=search]"),
        ]
    )
    page.locator(".search form button").tap()
    expect(page.locator("dialog.search")).not_to_be_visible()
    expect(page.locator("[data-search]")).to_be_focused()
    context.close()


def test_colours_that_the_reader_forces_still_show_hits_and_focus(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/")
    found = search(page, "cache")
    page.keyboard.press("ArrowDown")
    plain, marked = (
        page.locator(".search a").first.evaluate(
            "element => getComputedStyle(element).backgroundColor"
        ),
        page.locator(".search mark").first.evaluate(
            "element => getComputedStyle(element).backgroundColor"
        ),
    )
    assert plain != marked
    assert found.first.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    context.close()


def test_where_nothing_may_be_kept_and_nothing_arrives_it_says_so(
    browser: Browser, address: str
) -> None:
    """Storage that throws breaks nothing; an index that does not come is told of."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.route("**/search-heads.js", lambda route: route.abort())
    page.goto(f"{address}/reference/models/")
    page.locator("[data-search]").click()
    expect(page.locator(".search [role=status]")).to_have_text("The index cannot be read just now.")
    page.unroute("**/search-heads.js")
    page.reload()
    assert search(page, "H100").count() >= 1
    assert page.locator(".search [type=checkbox]").is_disabled()
    context.close()


def test_without_a_script_there_is_no_button_that_does_nothing(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    assert not page.locator("[data-search]").is_visible()
    context.close()
