"""Words: terms marked and explained, works cited, and the two pages that list them with the ways back."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hooks.formula.declaration import Cell, Row, Source
from hooks.page.pair import disagreements
from hooks.site.compile import compile_page
from hooks.site.project import Project
from hooks.site.settings import Settings
from hooks.text.languages import LANGUAGES, Language
from hooks.words.backlinks import IN_LINE, PAGES, Backlinks
from hooks.words.bibliography import Bibliography
from hooks.words.forms import Forms
from hooks.words.glossary import Glossary
from hooks.words.mark import CARDS, COMMON, LIMIT, chosen, marked
from hooks.words.prose import Prose, SectionSpan
from hooks.words.uses import UsedIn, Uses, uses_of
from tests.conftest import ROOT, mkdocs

PREFIX = {"en": "", "zh": "zh/"}
ESSAYS = ("two-clocks", "kv-cache", "empty-seats")

ENGLISH = Forms(
    {
        "token": ["token"],
        "batch": ["batch"],
        "critical-batch": ["critical batch"],
        "query": ["query"],
        "kv-cache": ["KV cache"],
        "all-reduce": ["all-reduce"],
    }
)
CHINESE = Forms(
    {
        "token": ["token", "词元"],
        "batch": ["batch"],
        "critical-batch": ["临界batch", "critical batch"],
        "expert": ["专家"],
        "shared-expert": ["共享专家"],
        "bandwidth": ["带宽", "显存带宽"],
    }
)


def found(forms: Forms, text: str) -> list[tuple[str, str]]:
    """Each term in a text, and the words that stand for it."""
    return [(hit.term, text[hit.start : hit.end]) for hit in forms.hits(text)]


# Forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tokens come, a token at a time.", [("token", "Tokens"), ("token", "token")]),
        (
            "Two batches, three queries, KV caches",
            [("batch", "batches"), ("query", "queries"), ("kv-cache", "KV caches")],
        ),
        (
            "a critical batch of batches",
            [("critical-batch", "critical batch"), ("batch", "batches")],
        ),
        ("the critical\nbatch", [("critical-batch", "critical\nbatch")]),
        ("mini-batch, batch-27, batch/2, tokenizer, subtoken, batch_size", []),
        ("TOKEN, kv cache", []),
        ("the batch's token.", [("batch", "batch"), ("token", "token")]),
        (
            "All-reduce twice; all-reduces",
            [("all-reduce", "All-reduce"), ("all-reduce", "all-reduces")],
        ),
    ],
)
def test_english_forms_stand_alone_and_have_plurals(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(ENGLISH, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每个token都要过共享专家", [("token", "token"), ("shared-expert", "共享专家")]),
        ("专家和共享专家", [("expert", "专家"), ("shared-expert", "共享专家")]),
        ("显存带宽就是带宽", [("bandwidth", "显存带宽"), ("bandwidth", "带宽")]),
        (
            "临界batch，临界 batch，batch",
            [("critical-batch", "临界batch"), ("critical-batch", "临界 batch"), ("batch", "batch")],
        ),
        ("tokenizer的词元，batch2", [("token", "词元")]),
        ("critical batch", [("critical-batch", "critical batch")]),
    ],
)
def test_chinese_forms_stand_anywhere_but_not_within_a_longer_one(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(CHINESE, text) == expected


def test_no_form_finds_nothing() -> None:
    assert found(Forms({}), "token") == [] and Forms({}).named("token") == ""


# Marks


def mark(html: str, forms: Forms = ENGLISH, language: str = "en") -> str:
    """The HTML with each mark as `[term|words]`."""
    text = marked(html, Prose(html), forms, language).html  # type: ignore[arg-type]
    return re.sub(
        r'<button type="button" class="term" popovertarget="t-([^"]*)"( lang="en")?>(.*?)</button>',
        r"[\1\2|\3]",
        text,
    )


def test_the_first_use_in_each_section_is_marked() -> None:
    """Golden: what an English page becomes."""
    html = (
        '<p>A token, and a token again (a batch).</p><h2 id="one">1. Tokens</h2><p>Tokens of the <em>batch</em>; a batch.</p>'
        '<ul><li>One <a href="#">token</a>, one critical batch.</li></ul><h2 id="two">2. More</h2><p>KV cache: a token.</p>'
    )
    assert marked(html, Prose(html), ENGLISH, "en").html == (
        '<p>A <span class="nb"><button type="button" class="term" popovertarget="t-token">token</button>,</span> and a token again '
        '(a <span class="nb"><button type="button" class="term" popovertarget="t-batch">batch</button>)</span>.</p>'
        '<h2 id="one">1. Tokens</h2><p><button type="button" class="term" popovertarget="t-token">Tokens</button> of the <em>batch</em>; a batch.</p>'
        '<ul><li>One <a href="#">token</a>, one <span class="nb"><button type="button" class="term" popovertarget="t-critical-batch">critical batch</button>.</span></li></ul>'
        '<h2 id="two">2. More</h2><p><span class="nb"><button type="button" class="term" popovertarget="t-kv-cache">KV cache</button>:</span> a '
        '<span class="nb"><button type="button" class="term" popovertarget="t-token">token</button>.</span></p>'
    )


def test_english_words_on_a_chinese_page_say_that_they_are_english() -> None:
    """Golden: what a Chinese page becomes."""
    html = "<p>每个token都要过共享专家（见临界batch）。</p>"
    assert marked(html, Prose(html), CHINESE, "zh").html == (
        '<p>每个<button type="button" class="term" popovertarget="t-token" lang="en">token</button>都要过'
        '<button type="button" class="term" popovertarget="t-shared-expert">共享专家</button>'
        '（见<span class="nb"><button type="button" class="term" popovertarget="t-critical-batch">临界batch</button>）</span>。</p>'
    )


def test_an_opening_bracket_stays_with_its_term() -> None:
    html = "<p>写（token，一个）。</p>"
    assert (
        marked(html, Prose(html), CHINESE, "zh").html
        == '<p>写<span class="nb">（<button type="button" class="term" popovertarget="t-token" lang="en">token</button>，</span>一个）。</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h1>token</h1>",
        '<h2 id="a">token</h2>',
        "<h3>token</h3>",
        "<p><code>token</code></p>",
        "<pre><code>token</code></pre>",
        '<p><a href="x">a token</a></p>',
        '<p><button class="n">token</button></p>',
        "<table><tbody><tr><td><p>token</p></td></tr></tbody></table>",
        "<figure><figcaption><p>token</p></figcaption></figure>",
        "<blockquote><p>token</p></blockquote>",
        "<details><summary>token</summary><p>token</p></details>",
        "<p><strong>A token is short.</strong> <em>so is a token</em></p>",
        "<p><svg><text>token</text></svg></p>",
        "<div data-search-exclude><p>token <span>token</span></p></div>",
        "<p><!-- token --></p>",
        '<p><img alt="a token > a word"></p>',
        "<div>token</div>",
    ],
)
def test_nothing_but_prose_is_marked(html: str) -> None:
    assert mark(html) == html


@pytest.mark.parametrize(
    "name",
    [
        "<em>token</em>",
        "<strong>Token.</strong>",
        "<em>tokens</em>",
        "<strong><em>token</em></strong>",
    ],
)
def test_the_section_that_defines_a_term_does_not_mark_it(name: str) -> None:
    """Nor before it does so; the next section does."""
    assert (
        mark(f'<p>A token is {name}, a token.</p><h2 id="b">B</h2><p>A token here</p>')
        == f'<p>A token is {name}, a token.</p><h2 id="b">B</h2><p>A [token|token] here</p>'
    )


def test_a_section_has_few_marks_and_the_rare_terms_come_first() -> None:
    names = [f"term{letter}" for letter in "abcdefg"]
    forms = Forms({name: [name] for name in names})
    text = " ".join(names) + " " + " ".join(name for name in names[:4] for _ in range(3))
    html = f"<p>{text}</p>"
    assert re.findall(r"\[(\w+)\|", mark(html, forms)) == names[4 : 4 + LIMIT]


def test_a_term_that_the_page_uses_all_the_time_is_marked_once() -> None:
    sections = "".join(
        f'<h2 id="s{number}">{number}</h2><p>a token and a batch</p>' for number in range(3)
    )
    assert re.findall(r"\[(\w+)\|", mark(sections)) == ["token", "batch"] * 3
    assert re.findall(r"\[(\w+)\|", mark(sections + f"<p>{'token ' * COMMON}</p>")) == [
        "token",
        "batch",
        "batch",
        "batch",
    ]


def test_a_page_explains_only_so_many_terms_and_leaves_out_its_commonest() -> None:
    names = [f"term{letter}{other}" for letter in "abcdefg" for other in "xyz"]
    forms = Forms({name: [name] for name in names})
    html = (
        "".join(
            f'<h2 id="{letter}">{letter}</h2><p>{" ".join(names[3 * at : 3 * at + 3])}</p>'
            for at, letter in enumerate("abcdefg")
        )
        + f"<p>{names[0]}</p>"
    )
    terms = {hit.term for _, hit in chosen(Prose(html), forms)}
    assert len(names) > CARDS == len(terms) and names[0] not in terms


def test_a_citation_is_a_link_with_a_card() -> None:
    html = '<p>See <a href="../../bibliography/#palm">PaLM</a> and <a href="../../bibliography/">all</a> of a batch.</p>'
    page = marked(html, Prose(html), ENGLISH, "en")
    assert page.works == ("palm",) and page.terms == ("batch",)
    assert (
        '<a class="cited" data-card="c-palm" href="../../bibliography/#palm">PaLM</a> and <a href="../../bibliography/">all</a>'
        in page.html
    )


def test_marks_leave_the_words_as_they_are() -> None:
    html = '<p>A token &amp; a “batch”, KV&nbsp;cache &lt;token&gt;.</p><h2 id="a">B<a class="headerlink" href="#a">#</a></h2><p>tokens</p>'
    assert re.sub(r"<[^>]*>", "", marked(html, Prose(html), ENGLISH, "en").html) == re.sub(
        r"<[^>]*>", "", html
    )


# Uses


def test_uses_know_the_sections() -> None:
    html = '<p>a token</p><h2 id="one">1. First<a class="headerlink" href="#one">#</a></h2><table><tr><td>batches</td></tr></table><h2 id="two">Then</h2><p><a href="../../bibliography/#palm">token</a></p>'
    page = uses_of("essays/kv-cache/index.md", "The cache: a title", Prose(html), ENGLISH)
    assert page and uses_of("roadmap/index.md", "Map", Prose(html), ENGLISH) is None
    uses = Uses([page])
    assert [(spot.address, spot.title, spot.number) for spot in uses.terms["token"]] == [
        ("essays/kv-cache/", "The cache", ""),
        ("essays/kv-cache/#two", "The cache", ""),
    ]
    assert [(spot.address, spot.number, spot.section.title) for spot in uses.terms["batch"]] == [
        ("essays/kv-cache/#one", "1", "1. First")
    ]
    assert [spot.address for spot in uses.works["palm"]] == ["essays/kv-cache/#two"]


@pytest.mark.parametrize(
    ("language", "more"), [("en", "Essay 29 opening and 3 more"), ("zh", "Essay 29 开头等33篇")]
)
def test_of_very_many_pages_the_rest_is_counted(language: Language, more: str) -> None:
    """A thousand essays that use a word would be a page of megabytes that nobody reads."""
    links = Backlinks(Glossary("g.yml", TERM, known), Bibliography("b.yml", "", {}), language)
    spots = [
        UsedIn(f"essays/{number}/", f"Essay {number}", SectionSpan()) for number in range(PAGES + 3)
    ]
    html = links.filled_in("<!-- term token -->", {"token": spots}, {}, {}, {})
    assert html.count("<a ") == PAGES and re.sub(r"<[^>]*>", "", html).endswith(more)
    assert "<summary>" in html and html.count("<li>") == PAGES
    html = links.filled_in("<!-- term token -->", {"token": spots[:IN_LINE]}, {}, {}, {})
    assert "<summary>" not in html and html.count("<a ") == IN_LINE


# What a writer gets wrong

TERM = "token:\n  en: token\n  zh: token\n  definition: A word.\n  definition_zh: 一个词。\n"


def known(see: str) -> str:
    """A stand-in for what is there to see."""
    return "" if see == "params" else f"no quantity or essay '{see}'"


def test_a_term_in_both_languages() -> None:
    glossary = Glossary("g.yml", TERM + "  forms_zh: [词元]\n  see: params\n", known)
    term = glossary.terms["token"]
    assert glossary.problems == [] and (term.see, term.spellings("en"), term.spellings("zh")) == (
        ("params",),
        ("token",),
        ("token", "词元"),
    )
    assert (term.foreign("en"), term.foreign("zh")) == (("词元",), ())


def test_a_term_is_searched_by_words_that_mark_nothing() -> None:
    """In both languages, the one's own name first."""
    text = TERM.replace("zh: token", "zh: 词元") + "  also: [word piece, 令牌]\n"
    glossary = Glossary("g.yml", text, known)
    term = glossary.terms["token"]
    assert glossary.problems == []
    assert term.searched("en") == ("token", "词元", "word piece", "令牌")
    assert term.searched("zh") == ("词元", "token", "word piece", "令牌")
    assert term.spellings("zh") == ("词元", "token")
    assert not glossary.forms("zh").hits("令牌")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            TERM.replace("  zh: token\n", ""),
            "g.yml:1:1: 'token' has no zh: the glossary is in both languages",
        ),
        (
            TERM.replace("一个词。", '""'),
            "g.yml:1:1: 'token' has no definition_zh: the glossary is in both languages",
        ),
        (TERM + "  form: [tokens]\n", "g.yml:6:3: a term has no 'form'; did you mean 'forms'?"),
        (
            TERM + "  forms: {a: b}\n",
            "g.yml:6:10: forms is a word or a list of words: forms: [KV caches, key-value cache]",
        ),
        (TERM + "  see: [params, parms]\n", "g.yml:6:17: no quantity or essay 'parms'"),
        (TERM + TERM, "g.yml:6:1: 'token' stands twice in the glossary"),
        (
            TERM + TERM.replace("token:", "word:").replace("en: token", "en: word"),
            "g.yml:8:7: 'token' is 'token' already",
        ),
        (
            TERM.replace("token", "piece") + TERM + "  also: [word, piece]\n",
            "g.yml:11:16: 'piece' is 'piece' already",
        ),
        (
            "- token\n",
            "g.yml:1:1: the glossary maps ids to terms: kv-cache: {en: …, zh: …, definition: …, definition_zh: …}",
        ),
        ("token: [\n", "g.yml:2:1: YAML cannot read this"),
    ],
)
def test_what_is_wrong_in_the_glossary_has_its_place(text: str, message: str) -> None:
    said = [str(problem) for problem in Glossary("g.yml", text, known).problems]
    assert any(one == message or one.startswith(f"{message}:") for one in said), said


URL = "https://arxiv.org/abs/2204.02311"
TABLES = {
    "models": {
        "m": Row(
            "m",
            "M 7B",
            "",
            {
                "layers": Cell(1.0, "1", Source("A paper", URL, "", "2026-11-22")),
                "heads": Cell(1.0, "1", Source("Hearsay", mark="recalled")),
            },
        )
    }
}
WORK = (
    f"palm:\n  title: PaLM\n  authors: [Aakanksha Chowdhery, others]\n  year: 2022\n  url: {URL}\n"
)


def test_a_work_takes_from_the_catalogue_what_that_knows() -> None:
    bibliography = Bibliography("b.yml", f"palm:\n  url: {URL}\n", TABLES)
    work = bibliography.works["palm"]
    assert bibliography.problems == [] and (
        work.title,
        work.days,
        [row.id for _, row in work.rows],
        work.sure,
    ) == ("A paper", ("2026-11-22",), ["m"], True)
    assert [(one.title, one.sure) for one in bibliography.documents] == [("Hearsay", False)]
    assert bibliography.documents[0].host == ""


def test_more_than_three_authors_are_the_first_and_others() -> None:
    def by(authors: str, language: str) -> str:
        return (
            Bibliography("b.yml", f"w:\n  title: T\n  authors: [{authors}]\n", {})
            .works["w"]
            .by(language)
        )  # type: ignore[arg-type]

    assert (
        by("A B, C D, E F", "en") == "A B, C D, E F"
        and by("A B, C D, E F", "zh") == "A B、C D、E F"
    )
    assert by("A B, C D, E F, G H", "en") == "A B et al." and by("A B, others", "zh") == "A B 等"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "palm:\n  year: 2022\n",
            "b.yml:1:1: 'palm' has no title, and no row of the catalogue was read at its url",
        ),
        (WORK + "  author: A\n", "b.yml:6:3: a work has no 'author'; did you mean 'authors'?"),
        (WORK.replace("2022", "22"), "b.yml:4:9: year is four digits, not '22'"),
        (
            WORK.replace("https://", "http://"),
            "b.yml:5:8: a url begins with https://, not 'http://arxiv'",
        ),
        (WORK + WORK, "b.yml:6:1: 'palm' stands twice in the bibliography"),
        (WORK + WORK.replace("palm:", "other:"), "b.yml:10:8: 'palm' is at this url already"),
        (
            WORK + "  called: PaLM\nb:\n  title: B\n  called: PaLM\n",
            "b.yml:9:11: 'PaLM' is 'palm' already",
        ),
        (
            "- palm\n",
            "b.yml:1:1: the bibliography maps keys to works: palm: {title: …, authors: […], year: …, url: …}",
        ),
        ("palm: {\n", "b.yml:2:1: YAML cannot read this"),
        (WORK.replace("2022", "2021"), "b.yml:4:9: 2204.02311 is of 2022, not 2021"),
        (
            WORK + "  checked: 2999-01-01\n",
            "b.yml:6:12: checked is a day that has come, not 2999-01-01",
        ),
        (
            WORK + "  checked: today\n",
            "b.yml:6:12: checked is a day such as 2026-11-22, not 'today'",
        ),
    ],
)
def test_what_is_wrong_in_the_bibliography_has_its_place(text: str, message: str) -> None:
    said = [str(problem) for problem in Bibliography("b.yml", text, {}).problems]
    assert any(one == message or one.startswith(f"{message}:") for one in said), said


@pytest.mark.parametrize("text", [WORK.replace("2022", "2021"), "palm: {\n"])
def test_a_citation_of_an_entry_with_a_mistake_is_not_told(text: str) -> None:
    """The entry is told; that nobody has such a work would be untrue."""
    page = "[a](bibliography/index.md#palm)"
    assert Bibliography("b.yml", text, {}).mistakes(page) == []
    assert len(Bibliography("b.yml", WORK, {}).mistakes(page.replace("palm", "plam"))) == 1


@pytest.mark.parametrize(
    ("english", "chinese", "problem"),
    [
        (
            "# A\n\n## B\n\n`{x}` `{x}`\n",
            "# 甲\n\n## 乙\n\n`{x}`\n",
            "3:1: the English page has the number 'x' twice, first in line 5, this one once",
        ),
        (
            "## A\n\n<!-- holds: x < y -->\n",
            "甲\n",
            "1:1: the English page has the claim 'x<y' once, in line 3, this one not at all",
        ),
        (
            "A\n",
            "甲\n\n## 乙\n\n一 `{x}`\n",
            "5:3: this page has the number 'x' once, the English one not at all",
        ),
        (
            "![A](a.py)\n\n![B](b.py)\n",
            "![甲](b.py)\n\n![乙](a.py)\n",
            "1:1: the figures come in another order than on the English page",
        ),
        (
            "## A\n\n### B\n",
            "## 甲\n\n## 乙\n",
            "3:1: the headings' levels are 2 2, on the English page 2 3",
        ),
        ("## A\n\n## B\n", "## 甲\n", "2:1: the headings' levels are 2, on the English page 2 2"),
    ],
)
def test_what_a_pair_disagrees_in_has_its_place(english: str, chinese: str, problem: str) -> None:
    """What is missing is missed in the section where the English page has it."""
    assert f"p.zh.md:{problem}" in [
        str(found) for found in disagreements(english, chinese, "p.zh.md")
    ]


def test_a_pair_cites_the_same_works() -> None:
    cited = "[a](../../bibliography/index.md#palm)"
    assert disagreements(cited, cited, "p.zh.md") == []
    assert [str(problem) for problem in disagreements(cited, "a", "p.zh.md")] == [
        "p.zh.md:1:1: the English page has the citation 'palm' once, in line 1, this one not at all"
    ]
    assert [str(problem) for problem in disagreements("a", f"b {cited}", "p.zh.md")] == [
        "p.zh.md:1:35: this page has the citation 'palm' once, the English one not at all"
    ]


@pytest.mark.parametrize(
    ("language", "served", "tells"),
    [("en", False, False), ("zh", False, True), ("en", True, True), ("zh", True, True)],
)
def test_a_build_tells_once_what_a_pair_disagrees_in_and_a_preview_on_either_page(
    house: Path, language: Language, served: bool, tells: bool
) -> None:
    other = house / "docs/essays/kv-cache/index.zh.md"
    other.write_text(other.read_text("utf-8") + "\n`{max_batch}`\n", "utf-8")
    settings = Settings(
        house, house / "docs", language, drawings=ROOT / ".cache/figures", served=served
    )
    project = Project(settings)
    record = compile_page(project.sources.source("essays/kv-cache/index.md"), project)
    assert any("the number 'max_batch'" in str(each) for each in record.problems) == tells


def test_the_build_refuses_all_of_it_at_once(house: Path) -> None:
    """A citation of nothing, a formula after nothing, a section that is not there, a term and a work that nobody uses; and strict fails."""
    essay, twin = (house / f"docs/essays/two-clocks/{name}" for name in ("index.md", "index.zh.md"))
    for page in (essay, twin):
        page.write_text(
            page.read_text("utf-8").replace("index.md#gpt-fast)", "index.md#gpt-fest)"), "utf-8"
        )
    glossary = house / "docs/data/glossary.yml"
    text = glossary.read_text("utf-8").replace(
        "two-clocks#the-slower-clock-is-the-step", "two-clocks#the-slower-clock-is-a-step"
    )
    glossary.write_text(
        f"{text}\nfoo:\n  en: foonly\n  zh: 弗利\n  definition: D.\n  definition_zh: 丁。\n",
        "utf-8",
    )
    works = house / "docs/data/bibliography.yml"
    works.write_text(
        works.read_text("utf-8").replace(
            "https://arxiv.org/abs/2001.08361", "https://arxiv.org/abs/2001.08362"
        )
        + "\nlonely:\n  title: Nobody cites this\n",
        "utf-8",
    )
    cost = (house / "hooks/costs/work.py").read_text("utf-8")
    line = cost[: cost.index("def flops_per_token")].count("\n") + 1
    result = mkdocs(house, "build", "--strict")
    assert result.returncode == 1
    at = essay.read_text("utf-8")
    place = at.index("gpt-fest")
    for message in (
        f"docs/essays/two-clocks/index.md:{at[:place].count(chr(10)) + 1}:{place - at.rfind(chr(10), 0, place)}: no work 'gpt-fest' in docs/data/bibliography.yml; did you mean 'gpt-fast'?",
        "docs/essays/two-clocks/index.zh.md:",
        "no section 'the-slower-clock-is-a-step' in the essay 'two-clocks'; did you mean 'the-slower-clock-is-the-step'?",
        f"docs/data/glossary.yml:{text.count(chr(10)) + 2}:1: no English page uses 'foonly'; leave 'foo' out",
        f"docs/data/glossary.yml:{text.count(chr(10)) + 2}:1: no Chinese page uses '弗利'; leave 'foo' out",
        f"hooks/costs/work.py:{line}:1: 'flops_per_token' follows 2001.08361, which docs/data/bibliography.yml does not have",
        "nobody cites 'lonely': no English page, no formula, no row of the catalogue",
    ):
        assert message in result.stdout, message


ANOTHER_WORD = {
    "per cent": "percent",
    "half-way": "halfway",
    "提问": "prompt，提问的动作写“问”",
    "标称": "规格书",
}
"""Words that the site once used beside the one that it keeps to."""


@pytest.mark.parametrize("word", ANOTHER_WORD)
def test_one_thing_has_one_word(word: str) -> None:
    texts = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/data/*.yml")]
    texts += [*ROOT.glob("hooks/costs/*.py"), *ROOT.glob("hooks/text/interface/*.yml")]
    found = [path.name for path in texts if word in path.read_text("utf-8")]
    assert not found, f"write {ANOTHER_WORD[word]}"


# The built site


def read(site: Path, language: str, path: str) -> str:
    """A page of the built site."""
    return (site / PREFIX[language] / path / "index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ESSAYS)
def test_every_mark_has_its_card_and_every_card_a_mark(
    language: str, slug: str, site: Path
) -> None:
    html = read(site, language, f"essays/{slug}")
    marks = set(re.findall(r'class="term" popovertarget="(t-[^"]*)"', html)) | set(
        re.findall(r'class="cited" data-card="(c-[^"]*)"', html)
    )
    cards = re.findall(r'<div class="gloss" id="([^"]*)" popover>', html)
    assert 10 < len(cards) == len(set(cards)) and set(cards) == marks
    assert len(re.findall(r"<[^>]*\bid=\"?(t-|c-)", html)) == len(cards)
    for section in re.split(r"<h2 ", html[html.index("<article") : html.index("</article>")]):
        assert section.count('class="term"') <= LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ESSAYS)
def test_an_essay_pays_little_for_its_words(language: str, slug: str, site: Path) -> None:
    """At most 1.75 KiB compressed, against plain links to the works and no marks."""
    html = read(site, language, f"essays/{slug}")
    urls = dict(re.findall(r'id="c-([\w-]+)" popover>.*?href="([^"]*)"', html))
    bare = re.sub(
        r'<div class="gloss".*?</div>|<script src="[./]*assets/words.js" defer></script>', "", html
    )
    bare = re.sub(r'<button type="button" class="term"[^>]*>(.*?)</button>', r"\1", bare)
    bare = re.sub(
        r'<a class="cited" data-card="[^"]*" href="[^"#]*#([\w-]+)"',
        lambda match: f'<a href="{urls[match[1]]}"',
        bare,
    )
    assert len(gzip.compress(html.encode(), 9)) - len(gzip.compress(bare.encode(), 9)) <= 1792


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["glossary", "bibliography"])
def test_every_way_back_leads_somewhere(language: str, name: str, site: Path) -> None:
    html = read(site, language, name)
    article = html[html.index("<article") : html.index("</article>")]
    assert "<!-- term" not in article and "<!-- work" not in article
    links = re.findall(r'href="(\.\./[^"]*)"', article)
    assert len(links) > 100
    pages: dict[Path, set[str]] = {}
    for link in set(links):
        path, _, fragment = unescape(link).partition("#")
        page = (site / PREFIX[language] / name / path / "index.html").resolve()
        if page not in pages:
            pages[page] = set(re.findall(r'\bid="?([\w-]+)', page.read_text("utf-8")))
        assert not fragment or fragment in pages[page], link


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_has_every_term_in_both_languages_with_its_uses(
    language: str, site: Path
) -> None:
    html = read(site, language, "glossary")
    terms = re.findall(r'<h2 id="([\w-]+)">(.*?)</h2><p>(.*?)</p>(.*?)(?=<h2|</div>)', html)
    assert len(terms) >= 45
    for id, _, definition, ways in terms:
        assert definition and ("Used in" if language == "en" else "用在") in ways, id
        assert ways.count("§") < 20 or "<details>" in ways, id
    assert (
        sum(
            f'<span lang="{"zh" if language == "en" else "en"}">' in name for _, name, _, _ in terms
        )
        >= 25
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bibliography_says_what_rests_on_each_work(language: str, site: Path) -> None:
    html = read(site, language, "bibliography")
    items = dict(re.findall(r'<li id="([\w-]+)">(.*?)</li>', html))
    assert len(items) > 150 and all(
        re.search(r"<small>.+</small>", item) for item in items.values()
    )
    assert (
        "two-clocks/#a-small-model-isnt-as-fast-as-it-is-small" in items["gpt-fast"]
        and "q-transfer_time" in items["splitwise"]
    )
    assert ("published results" in items["splitwise"].lower()) == (language == "en")
    unsure = [key for key, item in items.items() if "unverified" in item]
    assert len(unsure) > 5 and not any(
        key in unsure for key in ("splitwise", "palm", "pagedattention")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_copies_nor_search_hold_marks_or_cards(language: str, site: Path) -> None:
    folder = site / PREFIX[language]
    definition = re.search(
        r'id="t-decode" popover>(?:<i.*?</i> )?(.*?)</div>',
        read(site, language, "essays/two-clocks"),
    )
    assert definition
    for path in (folder / "essays/two-clocks/index.md", folder / "assets/search-texts.js"):
        text = path.read_text("utf-8")
        assert 'class="term"' not in text and text.count(definition[1]) == (
            1 if path.suffix == ".js" else 0
        ), path


# In the reader's browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """An essay on a desktop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    fresh.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    fresh.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    yield fresh
    context.close()
    assert errors == []


def card(page: Page) -> Locator:
    """The card that is open."""
    return page.locator(".gloss:popover-open")


def away(page: Page) -> None:
    """Put the pointer where nothing is."""
    page.mouse.move(5, 450)


def test_a_term_explains_itself_on_hover_and_lets_the_pointer_in(page: Page) -> None:
    term = page.locator("[popovertarget=t-vocabulary]").first
    term.scroll_into_view_if_needed()
    term.hover()
    expect(card(page)).to_have_attribute("id", "t-vocabulary")
    expect(card(page).locator("i")).to_have_attribute("lang", "zh")
    term_box, box = term.bounding_box(), card(page).bounding_box()
    assert (
        term_box
        and box
        and (
            box["y"] >= term_box["y"] + term_box["height"] - 1
            or box["y"] + box["height"] <= term_box["y"] + 1
        )
    )
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1280
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    away(page)
    expect(card(page)).to_have_count(0)


def test_escape_dismisses_a_card_and_leaves_the_pointer_alone(page: Page) -> None:
    term = page.locator("[popovertarget=t-vocabulary]").first
    term.hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.wait_for_timeout(500)
    expect(card(page)).to_have_count(0)


def test_a_pressed_card_stays_until_it_is_dismissed(page: Page) -> None:
    term = page.locator("[popovertarget=t-vocabulary]").first
    term.click()
    away(page)
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    term.click()
    expect(card(page)).to_have_count(0)
    term.click()
    page.mouse.click(5, 450)
    expect(card(page)).to_have_count(0)


def test_a_keyboard_passes_a_term_with_one_stop(page: Page) -> None:
    """Focus shows its card, the next stop hides it, and no stop lies in between."""
    term = page.locator("[popovertarget=t-vocabulary]").first
    term.evaluate("one => { one.focus({ focusVisible: true }); one.blur(); }")
    stops = page.evaluate(
        "() => [...document.querySelectorAll('article :is(a[href], button, summary, [tabindex=\"0\"])')].filter((one) => one.checkVisibility()).map((one) => one.getAttribute('popovertarget') ?? '')"
    )
    at = stops.index("t-vocabulary")
    page.locator("article :is(a[href], button, summary, [tabindex='0']):visible").nth(
        at - 1
    ).focus()
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    expect(card(page)).to_have_attribute("id", "t-vocabulary")
    assert term.get_attribute("aria-describedby") == "t-vocabulary"
    page.keyboard.press("Tab")
    expect(card(page)).to_have_count(0)
    assert page.evaluate("() => document.activeElement.closest('.gloss')") is None
    assert len([stop for stop in stops if stop.startswith("t-")]) < len(stops) / 4


def test_a_citation_shows_its_work_and_leads_to_its_entry(page: Page) -> None:
    link = page.locator(".cited[data-card=c-vllm-launch]")
    link.hover()
    expect(card(page)).to_contain_text("Easy, Fast, and Cheap LLM Serving")
    expect(card(page).locator("a")).to_have_attribute(
        "href", "https://blog.vllm.ai/2023/06/20/vllm.html"
    )
    link.click()
    page.wait_for_url("**/bibliography/#vllm-launch")
    expect(page.locator("#vllm-launch")).to_be_in_viewport()


def test_a_number_that_is_open_is_not_disturbed(page: Page) -> None:
    term = page.locator("[popovertarget=t-vocabulary]").first
    number = page.locator("article p .n:visible").first
    number.click()
    expect(page.locator(".work:popover-open")).to_be_visible()
    term.evaluate(
        "one => one.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }))"
    )
    page.wait_for_timeout(400)
    expect(page.locator(".work:popover-open")).to_be_visible()
    expect(card(page)).to_have_count(0)


def test_a_copied_sentence_has_its_words_and_nothing_else(page: Page) -> None:
    paragraph = page.locator("p:has(> .term), p:has(> .nb > .term)").first
    told = page.evaluate(
        "(p) => { const range = document.createRange(); range.selectNodeContents(p); getSelection().removeAllRanges(); getSelection().addRange(range); return getSelection().toString(); }",
        paragraph.element_handle(),
    )
    assert told == paragraph.inner_text() and paragraph.locator(".term").first.inner_text() in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tap_shows_a_term_and_a_work(language: str, browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/{PREFIX[language]}essays/kv-cache/", wait_until="networkidle")
    page.locator("[popovertarget=t-vocabulary]").first.tap()
    expect(card(page)).to_have_attribute("id", "t-vocabulary")
    box = card(page).bounding_box()
    assert (
        box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    )
    link = page.locator(".cited").first
    link.scroll_into_view_if_needed()
    link.tap()
    expect(card(page)).to_have_attribute("id", link.get_attribute("data-card") or "")
    assert "/essays/" in page.url
    link.tap()
    page.wait_for_url("**/bibliography/#*")
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_a_press_explains_a_term_and_a_citation_leads_to_its_entry(
    language: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{PREFIX[language]}essays/kv-cache/")
    term = page.locator("[popovertarget=t-vocabulary]").first
    term.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#t-vocabulary")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#t-vocabulary")).not_to_be_visible()
    page.locator(".cited").first.click()
    page.wait_for_url("**/bibliography/#*")
    context.close()


def test_on_paper_terms_are_words_and_works_are_told(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("#t-vocabulary")).not_to_be_visible()
    expect(page.locator("#c-vllm-launch")).to_be_visible()
    assert (
        page.locator(".term").first.evaluate("one => getComputedStyle(one).textDecorationLine")
        == "none"
    )
