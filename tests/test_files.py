"""Files that are not as expected: each is read right, or refused with its place, what is wrong and what would be right."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hooks.cache.store import Store
from hooks.data.engine import Engine
from hooks.formula.library import Library
from hooks.page.derivations import Works
from hooks.page.fill import fill
from hooks.page.links import broken_links, link_targets, lost, without_unreadable
from hooks.page.page import Page
from hooks.page.pair import disagreements
from hooks.page.refused import refused_in, unread
from hooks.publish.feeds.page_address import followed
from hooks.series import Essay, essays, front_matter
from hooks.series.item import head
from hooks.series.metadata import accepted, front_matter_mistakes
from hooks.site.navigation import problems as of_navigation
from hooks.site.writers_files import WritersFiles
from hooks.text.address import quoted
from hooks.text.day import today
from hooks.text.problems import Mistake, line_and_column
from hooks.text.rows import Reading, read_yaml
from hooks.text.source import faults, read_source

HERE = Path(__file__).parent
BOM = b"\xef\xbb\xbf"


def said(text: str, found: list[Mistake]) -> list[str]:
    """Mistakes as a writer reads them."""
    return [
        f"{line}:{column}: {each.message}"
        for each in found
        for line, column in [line_and_column(text, each.at)]
    ]


# Text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\nb\n", "a\nb\n"),
        (BOM + b"---\ntitle: a\n", "---\ntitle: a\n"),
        (BOM + "中文\r\n第二行\r\n".encode(), "中文\n第二行\n"),
        (b"a\rb\rc", "a\nb\nc"),
        (b"a\r\n\rb", "a\n\nb"),
        (BOM, ""),
        (b"", ""),
    ],
)
def test_text_is_read_as_mkdocs_reads_it(tmp_path: Path, content: bytes, text: str) -> None:
    """Without its byte-order mark, each line ended by a line feed; there is nothing to refuse."""
    file = tmp_path / "a.md"
    file.write_bytes(content)
    assert (read_source(file), faults(file, "a.md")) == (text, [])


def test_pages_figures_and_data_are_read_in_one_place() -> None:
    """A room that reads them by itself would stop at the first file that is not in UTF-8."""
    rooms = (
        "build",
        "catalogue.py",
        "rows.py",
        "files.py",
        "sheet.py",
        "formula",
        "page",
        "series",
        "words",
    )
    found = [
        path.name
        for room in rooms
        for path in [HERE.parent / "hooks" / room, *(HERE.parent / "hooks" / room).glob("*.py")]
        if path.is_file() and ".read_text(" in path.read_text("utf-8")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a\nb".encode("utf-16"), "a.md:1:1: this file is in UTF-16: save it as UTF-8"),
        ("a\nb".encode("utf-16-be"), "a.md:1:1: this file is in UTF-16: save it as UTF-8"),
        ("a\nb".encode("utf-32"), "a.md:1:1: this file is in UTF-32: save it as UTF-8"),
        (
            "---\ntitle: 显存的账本\n".encode("gbk"),
            "a.md:2:8: byte 12 of this file, 0xcf, is no UTF-8; it may be GBK: save it as UTF-8",
        ),
        (
            "a\r\nle café noir\n".encode("latin-1"),
            "a.md:2:7: byte 10 of this file, 0xe9, is no UTF-8; it may be Latin-1 or Windows-1252: save it as UTF-8",
        ),
        (
            BOM + b"ab\xff",
            "a.md:1:3: byte 6 of this file, 0xff, is no UTF-8; it may be Latin-1 or Windows-1252: save it as UTF-8",
        ),
        (b"one\ntwo\0three", "a.md:2:4: a control character stands here, U+0000: delete it"),
        (b"one\x08", "a.md:1:4: a control character stands here, U+0008: delete it"),
        (
            BOM + BOM + b"---\n",
            "a.md:1:1: a byte-order mark stands here, within the text: delete it",
        ),
    ],
)
def test_what_is_no_utf8_is_refused_at_its_byte(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    """With the encoding that it probably is; and it can be read all the same, so that nothing else breaks."""
    file = tmp_path / "a.md"
    file.write_bytes(content)
    assert list(map(str, faults(file, "a.md"))) == [problem]
    assert isinstance(read_source(file), str)


@pytest.mark.parametrize(
    ("name", "text", "problems"),
    [
        (
            "a.md",
            "one\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> branch\n",
            [
                "2:1: git has left a conflict here, down to line 6: keep one side, and delete the lines of <, = and >"
            ],
        ),
        (
            "a.yml",
            "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\nb: 1\n<<<<<<< HEAD\n=======\n>>>>>>> x\n",
            [
                "1:1: git has left a conflict here, down to line 5: keep one side, and delete the lines of <, = and >",
                "7:1: git has left a conflict here, down to line 9: keep one side, and delete the lines of <, = and >",
            ],
        ),
        (
            "a.md",
            "one\n>>>>>>> branch\n",
            ["2:1: '>>>>>>>' is left of a conflict that git could not merge: delete this line"],
        ),
        (
            "a.md",
            "<<<<<<< HEAD\none\n",
            ["1:1: '<<<<<<<' is left of a conflict that git could not merge: delete this line"],
        ),
        (
            "a.yml",
            "a: 1\n=======\n",
            ["2:1: '=======' is left of a conflict that git could not merge: delete this line"],
        ),
        ("a.md", "A heading\n=======\n\n>>>>>>>>> deep quotation\n\n    <<<<<<< HEAD\n", []),
        (
            "a.py",
            "a = 1\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n",
            [
                "2:1: git has left a conflict here, down to line 4: keep one side, and delete the lines of <, = and >"
            ],
        ),
    ],
)
def test_a_conflict_of_git_is_told_once_at_its_first_line(
    tmp_path: Path, name: str, text: str, problems: list[str]
) -> None:
    """In documents, data and figures; a heading that is underlined is none."""
    file = tmp_path / name
    file.write_bytes(text.encode())
    assert list(map(str, faults(file, "f"))) == [f"f:{each}" for each in problems]


# Front matter


ESSAY = "title: T\nquestion: Why?\n"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["1:1: this page is empty: write its text, or delete the file"]),
        (" \n\n", ["1:1: this page is empty: write its text, or delete the file"]),
        (
            "# A page\n",
            ["1:1: an essay begins with front matter: ---, title: …, question: …, ---"],
        ),
        (
            f"---\n{ESSAY}\nText.\n",
            ["1:1: this front matter is not closed: a line of --- ends it"],
        ),
        (
            f"\n---\n{ESSAY}---\nText.\n",
            ["2:1: front matter begins in the first line: delete what stands before it"],
        ),
        (f"---\n{ESSAY}---\n", ["4:4: this page has no text below its front matter"]),
        (
            f"---\n{ESSAY}senario: {{}}\n---\nx\n",
            ["4:1: front matter has no 'senario'; did you mean 'scenario'?"],
        ),
        (f"---\n{ESSAY}colour: red\n---\nx\n", ["4:1: front matter has no 'colour'"]),
        (
            "---\ntitel: T\nquestion: Q?\n---\nx\n",
            ["2:1: front matter has no 'titel'; did you mean 'title'?"],
        ),
        (
            f"---\n{ESSAY}title: U\n---\nx\n",
            ["4:1: 'title' stands here twice, first in line 2: delete one"],
        ),
        (
            f"---\n{ESSAY}scenario: {{chips: 1, chips: 2}}\n---\nx\n",
            ["4:22: 'chips' stands here twice: delete one"],
        ),
        (
            "---\ntitle: [a, b]\nquestion: 5\n---\nx\n",
            [
                '2:8: title is a text, in quotes if it holds brackets: title: "…"',
                '3:11: question is a text, and YAML reads 5 as a number: question: "5"',
            ],
        ),
        (
            "---\ntitle: yes\nquestion:\n---\nx\n",
            [
                '2:8: title is a text, and YAML reads yes as yes or no: title: "yes"',
                '3:10: question is empty: write question: "…", or delete the line',
            ],
        ),
        ("---\ntitle: T\n---\nx\n", ['2:1: an essay has a question: question: "Why …?"']),
        ("---\nquestion: Q?\n---\nx\n", ["2:1: an essay has a title: title: Two clocks"]),
        (
            f"---\n{ESSAY}scenario: 5\n---\nx\n",
            ["4:11: scenario maps fields to values: scenario: {model: llama-3.1-70b, chips: 2}"],
        ),
        (f"---\n{ESSAY}hide: 5\n---\nx\n", ["4:7: hide is a list: hide: [toc]"]),
        (f"---\n{ESSAY}bare: maybe\n---\nx\n", ["4:7: bare is true or false: bare: true"]),
        (
            f"---\n{ESSAY}template: mian.html\n---\nx\n",
            ["4:11: no template 'mian.html' in hooks/theme; did you mean 'main.html'?"],
        ),
        ("---\n- a\n---\nx\n", ["2:1: front matter maps names to values: title: …"]),
        ("---\n\ttitle: T\n---\nx\n", ["2:1: front matter: a tab stands here; YAML takes spaces"]),
        (
            "---\ntitle: a: b\n---\nx\n",
            [
                "2:9: front matter: mapping values are not allowed here; quote a text that holds a colon"
            ],
        ),
        (f"---\n{ESSAY}date: 2026-11-20\ntags: [a]\nhide: [toc]\n---\nx\n", []),
        (
            f'---\n{ESSAY}date: "2026-11-20"\nicon: material/star\nsearch: {{exclude: true}}\n---\nx\n',
            [],
        ),
        (f"---\n{ESSAY}date: 2016-01-02\n---\nx\n", []),
    ],
)
def test_front_matter_is_refused_at_each_of_its_mistakes(text: str, problems: list[str]) -> None:
    """All of them at once, and each of them once."""
    assert said(text, front_matter_mistakes(text, essay=True)) == problems
    assert isinstance(accepted({"title": 5}, text), dict)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2026/11/20", "date is a day as year-month-day, not '2026/11/20': date: 2026-11-20"),
        ("20 Nov 2026", "date is a day as year-month-day, not '20 Nov 2026': date: 2026-11-20"),
        ("Nov 20, 2026", "date is a day as year-month-day, not 'Nov 20, 2026': date: 2026-11-20"),
        ("2026.1.5", "date is a day as year-month-day, not '2026.1.5': date: 2026-01-05"),
        (
            "2026年11月20日",
            "date is a day as year-month-day, not '2026年11月20日': date: 2026-11-20",
        ),
        ("20261120", "date is a day as year-month-day, not '20261120': date: 2026-11-20"),
        ("2026-1-5", "date is a day as year-month-day, not '2026-1-5': date: 2026-01-05"),
        (
            "2026-11-20 10:30:00",
            "date is a day as year-month-day, not '2026-11-20 10:30:00': date: 2026-11-20",
        ),
        (
            "2026-11-20T10:30:00Z",
            "date is a day as year-month-day, not '2026-11-20T10:30:00Z': date: 2026-11-20",
        ),
        ("2026-02-30", "date: there is no day 2026-02-30"),
        ("2026-13-01", "date: there is no day 2026-13-01"),
        ("tomorrow", "date is a day as year-month-day, not 'tomorrow': date: 2026-11-22"),
        ("[2026, 11, 20]", "date is a day as year-month-day, not '': date: 2026-11-22"),
        ("", "date is a day as year-month-day, not '': date: 2026-11-22"),
    ],
)
def test_a_date_that_is_none_is_refused_with_the_right_form(given: str, message: str) -> None:
    """With the day that was probably meant."""
    text = f"---\n{ESSAY}date: {given}\n---\nx\n"
    found = said(text, front_matter_mistakes(text, essay=True))
    assert found in ([f"4:7: {message}"], [f"4:6: {message}"])
    piece = head("a.md", text, [])
    assert piece.item(Essay("a", Path("a.md"), {}, True), "T", "Q").date == ""


def test_a_page_that_is_no_essay_needs_no_front_matter() -> None:
    """Its first heading is its title."""
    assert front_matter_mistakes("# A page\n\nText.\n") == []
    assert said("---\ntitel: T\n---\nx\n", front_matter_mistakes("---\ntitel: T\n---\nx\n")) == [
        "2:1: front matter has no 'titel'; did you mean 'title'?"
    ]


def test_an_essay_is_not_published_before_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2026-12-01 00:00 UTC is 1,796,083,200 seconds after 1970: a build of the day before does not list it."""
    page = tmp_path / "essays" / "a" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"---\n{ESSAY}date: 2026-12-01\n---\nx\n", "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_796_083_200 - 1))
    assert today().isoformat() == "2026-11-30"
    assert essays(tmp_path, "en") == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_796_083_200))
    assert [essay.slug for essay in essays(tmp_path, "en")] == ["a"]


def test_its_place_on_the_path_says_that_it_is_being_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the map, the lists and the feed leave it out alike, and a page that shows it is made anew on its day."""
    text = f"---\n{ESSAY}status: published\ndate: 2026-12-01\n---\nx\n"
    essay = Essay("a", Path("a.md"), front_matter(text), True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083199")
    assert head("a.md", text, []).item(essay, "T", "Q").status == "writing"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")
    assert head("a.md", text, []).item(essay, "T", "Q").status == "published"


# Addresses


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("essays/显存 账本/", "essays/%E6%98%BE%E5%AD%98%20%E8%B4%A6%E6%9C%AC/"),
        ("essays/a#b/", "essays/a%23b/"),
        ("essays/100%/", "essays/100%25/"),
        ("essays/why?/", "essays/why%3F/"),
        ("essays/R&D/", "essays/R%26D/"),
        ('essays/it\'s "so" (new)/', "essays/it%27s%20%22so%22%20%28new%29/"),
        ("essays/kv-cache/", "essays/kv-cache/"),
    ],
)
def test_a_path_is_escaped_in_its_address(path: str, address: str) -> None:
    """As MkDocs escapes it, so that both say the same."""
    from mkdocs.structure.files import File

    assert quoted(path) == address
    assert File(f"{path}index.md", "docs", "site", use_directory_urls=True).url == address


@pytest.mark.parametrize(
    ("link", "copy"),
    [
        ("../kv-cache/index.md", "../kv-cache/index.md"),
        ("../显存%20账本/index.md", "../%E6%98%BE%E5%AD%98%20%E8%B4%A6%E6%9C%AC/index.md"),
        ("../a%23b/index.md#there", "../a%23b/index.md#there"),
        ("http://[", "http://["),
    ],
)
def test_a_copy_leads_where_its_page_does(link: str, copy: str) -> None:
    """A link is read unescaped, and written escaped."""
    assert followed(link, "essays/a b/index.md") == copy


# Links

DOCUMENTS = {
    "index.md",
    "essays/kv-cache/index.md",
    "essays/two-clocks/index.md",
    "essays/显存 账本/index.md",
    "assets/readme.png",
    "reference/models/index.md",
    "notes.md",
}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[a](../kv-cache/index.md)", []),
        (
            "[a](../kv-cach/index.md)",
            ["1:5: no file at '../kv-cach/index.md'; did you mean '../kv-cache/index.md'?"],
        ),
        (
            "x\n\n[a](kv-cache/index.md#b)",
            ["3:5: no file at 'kv-cache/index.md#b'; did you mean '../kv-cache/index.md#b'?"],
        ),
        (
            "[a](../KV-cache/index.md)",
            ["1:5: no file at '../KV-cache/index.md'; did you mean '../kv-cache/index.md'?"],
        ),
        (
            "[a](../kv-cache/index.zh.md#b)",
            [
                "1:5: a link names the English file, and each language leads to its own page: '../kv-cache/index.md#b'"
            ],
        ),
        ("[a](../kv-cache/)", ["1:5: a link names a page's file: '../kv-cache/index.md'"]),
        ("[a](../kv-cache)", ["1:5: a link names a page's file: '../kv-cache/index.md'"]),
        (
            "[a](/essays/kv-cache/)",
            ["1:5: a link within the site is relative to its page: '../kv-cache/index.md'"],
        ),
        ("[a](/nowhere)", ["1:5: a link within the site is relative to its page, not '/nowhere'"]),
        ("[a](../../../README.md)", ["1:5: the link '../../../README.md' leads out of docs/"]),
        (
            "![a](../../assets/readm.png)",
            ["1:6: no file at '../../assets/readm.png'; did you mean '../../assets/readme.png'?"],
        ),
        ('![a](../../assets/readme.png "A title")', []),
        (
            '[a](nowhere.md "A title") and [b]( <no where.md> )',
            ["1:5: no file at 'nowhere.md'", "1:37: no file at 'no where.md'"],
        ),
        (
            "[a][one]\n\n[one]: ../kv-cache/indx.md 'T'",
            ["3:8: no file at '../kv-cache/indx.md'; did you mean '../kv-cache/index.md'?"],
        ),
        (
            "[a][oen]\n\n[one]: ../kv-cache/index.md",
            ["1:5: no link is defined as 'oen'; did you mean 'one'?"],
        ),
        ("[![a](no.png)](../kv-cache/index.md)", ["1:7: no file at 'no.png'"]),
        ("[a](http://[)", ["1:5: 'http://[' is no address: Invalid IPv6 URL"]),
        ("[a](../显存%20账本/index.md), [b](../显存 账本/index.md)", []),
        ("[a](https://example.org/x.md) [b](mailto:a@b.c) [c](#here) [d](//example.org/x)", []),
        ("`[a](no.md)`\n\n```\n[a](no.md)\n```\n\n<!-- [a](no.md) -->\n\n    [a](no.md)\n", []),
        ("\\[a\\](no.md) and x[1][2]", []),
        ("[^1]\n\n[^1]: A note with [a](nowhere.md).", ["3:23: no file at 'nowhere.md'"]),
    ],
)
def test_a_broken_link_is_told_once_with_its_place(text: str, problems: list[str]) -> None:
    """Whatever way it is written in; code is left alone."""
    uri = "essays/two-clocks/index.md"
    assert said(text, list(broken_links(text, uri, DOCUMENTS))) == problems
    assert "http://[" not in without_unreadable(text, uri)


def test_a_place_that_is_not_there_is_told_at_its_sign() -> None:
    """With the nearest that is there."""
    text = "x [a](../kv-cache/index.md#the-notebok)\n"
    wrong = lost(
        text,
        "a.md",
        "essays/kv-cache/index.md",
        "the-notebok",
        "../kv-cache/index.md#the-notebok",
        {"the-notebook"},
    )
    assert said(text, [wrong]) == [
        "1:27: no place '#the-notebok' on 'essays/kv-cache/index.md'; did you mean 'the-notebook'?"
    ]
    text = "See [a](#b).\n"
    assert said(text, [lost(text, "a.md", "a.md", "b", "#b", set())]) == [
        "1:9: no place '#b' on this page"
    ]
    text = "Text.\n\n[^1]: A note.\n"
    assert said(text, [lost(text, "a.md", "a.md", "fnref:1", "#fnref:1", set())]) == [
        "3:1: no text refers to the footnote '1': write [^1], or delete it"
    ]


def test_what_a_page_links_to_is_what_it_rests_on() -> None:
    """Pages, pictures and files, whether they are there or not."""
    text = "[a](../b/index.md#c) ![p](p%20q.png) [z](x.zip) [w](https://example.org) [e](http://[)"
    assert link_targets(text, "essays/a/index.md") == {
        "essays/b/index.md",
        "essays/a/p q.png",
        "essays/a/x.zip",
    }


# Files that are there or not


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A home page and one essay."""
    for name in ("docs/index.md", "docs/essays/a/index.md", "docs/essays/a/index.zh.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# A\n", "utf-8")
    return tmp_path


def refusals(project: Path) -> list[str]:
    """What is wrong with the files of a project."""
    return list(map(str, WritersFiles(project, project / "docs").problems))


def test_files_as_they_should_be(project: Path) -> None:
    """Nothing to say; twins are no documents of their own, and hidden files are none."""
    (project / "docs/.hidden.md").write_bytes(b"\xff")
    assert refusals(project) == []
    assert WritersFiles(project, project / "docs").documents == {"index.md", "essays/a/index.md"}


def test_a_twin_without_its_page(project: Path) -> None:
    """It would never be shown."""
    (project / "docs/essays/a/index.md").unlink()
    assert refusals(project) == [
        "docs/essays/a/index.zh.md: this is the Chinese twin of a page that is not there: write index.md beside it"
    ]


def test_a_folder_with_the_name_of_a_page(project: Path) -> None:
    """It is not walked into."""
    (project / "docs/essays/b/index.md").mkdir(parents=True)
    (project / "docs/essays/b/index.md/x.md").write_text("# X\n", "utf-8")
    assert refusals(project) == [
        "docs/essays/b/index.md: this is a folder; a page is a file: rename the folder"
    ]


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("b.md", "../../elsewhere.md", "this link leads out of docs/: put the file itself here"),
        ("b.png", "nowhere.png", "this link leads nowhere: mend it, or delete it"),
        ("b", "../..", "this link leads out of docs/: put the file itself here"),
        ("b", ".", "this link leads to a folder that it lies in: delete it"),
    ],
)
def test_symbolic_links_stay_within_the_documents(
    project: Path, name: str, target: str, message: str
) -> None:
    """What lies outside is no document, and a circle has no end."""
    (project / "elsewhere.md").write_text("secret\n", "utf-8")
    (project / "docs/essays" / name).symlink_to(
        "../../elsewhere.md" if "elsewhere" in target else target
    )
    files = WritersFiles(project, project / "docs")
    assert list(map(str, files.problems)) == [f"docs/essays/{name}: {message}"]
    assert not files.holds(project / "docs/essays" / name)
    assert not files.holds(project / "docs/essays" / name / "below")


def test_a_file_that_links_to_another_document_is_one(project: Path) -> None:
    """A link within the documents is as good as a copy."""
    (project / "docs/b.md").symlink_to("index.md")
    assert refusals(project) == []


@pytest.mark.parametrize(("one", "other"), [("KV.md", "kv.md"), ("Caf\u00e9.md", "Cafe\u0301.md")])
def test_names_that_are_one_on_some_machines(project: Path, one: str, other: str) -> None:
    """They differ by case, or by the way in which an accent is written."""
    for name in (one, other):
        (project / "docs" / name).write_text("# A\n", "utf-8")
    first, second = sorted((one, other))
    assert refusals(project) == [
        f"docs/{second}: on macOS and Windows this is the same name as '{first}' beside it: rename one of them"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_nobody_may_read(project: Path) -> None:
    """The cure is a command."""
    (project / "docs/index.md").chmod(0)
    assert refusals(project) == [
        "docs/index.md: this file cannot be read: Permission denied; let everybody read it: chmod a+r"
    ]


def test_a_site_without_a_home_page(project: Path) -> None:
    """Every page leads there."""
    (project / "docs/index.md").unlink()
    assert refusals(project) == ["docs/index.md: the site has no home page: write this file"]


def test_a_mistake_of_a_file_stands_for_what_follows_from_it(project: Path) -> None:
    """A page's other problems are not told, nor anybody's where the data cannot be read."""
    page = project / "docs/essays/a/index.md"
    page.write_text("<<<<<<< HEAD\n", "utf-8")
    files = WritersFiles(project, project / "docs")
    place = Reading("docs/essays/a/index.md", None, []).place(read_yaml("a"))  # type: ignore[arg-type]
    other = Reading("docs/index.md", None, []).place(read_yaml("a"))  # type: ignore[arg-type]
    follows, apart = place.refused("follows"), other.refused("apart")
    assert files.without_consequences([follows, apart]) == [*files.problems, apart]
    (project / "docs/data").mkdir()
    (project / "docs/data/models.yml").write_bytes(b"\xff\xfe")
    files = WritersFiles(project, project / "docs")
    assert files.without_consequences([follows, apart]) == files.problems


def test_navigation_names_what_is_there(tmp_path: Path) -> None:
    """Each mistake at its line; tags of the configuration's own are no obstacle."""
    configuration = tmp_path / "mkdocs.yml"
    configuration.write_text(
        "site_url: !ENV [A, '']\nnav:\n  - index.md\n  - Kinds:\n      - essays/kvcache/index.md\n"
        "  - essays/b/index.zh.md\n  - Out: https://example.org\n",
        "utf-8",
    )
    documents = {"index.md", "essays/kv-cache/index.md", "essays/b/index.md", "a.png"}
    assert list(map(str, of_navigation(configuration, tmp_path, [], documents))) == [
        "mkdocs.yml:5:9: nav names 'essays/kvcache/index.md', which is not there; did you mean 'essays/kv-cache/index.md'?",
        "mkdocs.yml:6:5: nav names 'essays/b/index.zh.md', which is not there; it names English pages: 'essays/b/index.md'",
        "docs/essays/b/index.md: nav in mkdocs.yml does not name this page: add '- essays/b/index.md'",
        "docs/essays/kv-cache/index.md: nav in mkdocs.yml does not name this page: add '- essays/kv-cache/index.md'",
    ]


# A cache that cannot be written


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has not said anything yet."""
    monkeypatch.setattr("hooks.cache.store._REPORTED", set())
    yield


@pytest.mark.usefixtures("untold")
def test_a_cache_that_cannot_be_written_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file lies where the folder should be: what is made is right, and made again."""
    caplog.set_level("INFO", "mkdocs.hooks.store")
    (tmp_path / "cache").write_text("a file", "utf-8")
    for name in ("pages", "figures"):
        store = Store(tmp_path / "cache" / name)
        assert store.made("a", int, lambda: 1) == 1
        assert store.made("a", int, lambda: 2) == 2
        store.prune()
    (message,) = [record.getMessage() for record in caplog.records]
    assert message.startswith("Nothing is cached for the next build: ") and "cache/pages" in message


@pytest.mark.usefixtures("untold")
def test_a_full_disk_leaves_no_half_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What could not be put in its place is taken away."""
    caplog.set_level("INFO", "mkdocs.hooks.store")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    store = Store(tmp_path / "cache")
    assert store.made("a", int, lambda: 1) == 1
    assert list((tmp_path / "cache").iterdir()) == []
    assert "No space left on device" in caplog.text


# One mistake, one message


TOY = (HERE / "toy/hooks/costs/toy.py").read_text("utf-8")
HEAD = TOY[: TOY.index("van =")]
SECOND = '\n\n@quantity("B", "Load", zh="运量")\ndef load({parameters}):\n    """Every trip.\n\n    每趟。\n    """\n    return room * trips\n'


@pytest.mark.parametrize("parameters", ["room, trips", "trips, room"])
@pytest.mark.parametrize("apart", [True, False])
def test_two_quantities_of_one_name(parameters: str, apart: bool) -> None:
    """Told at the second one, whatever it takes; the first is what the name means."""
    second = SECOND.format(parameters=parameters)
    files = [("a.py", TOY), ("b.py", HEAD + second)] if apart else [("a.py", TOY + second)]
    library = Library(files)
    (problem,) = library.problems
    assert problem.message == "'load' is declared twice: also at a.py:33"
    load = library.names["load"]
    assert load.function(10, 2, 0.5, 3) == 10 * 2 * 0.5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        ("\nimport nowhere\n", "ModuleNotFoundError: No module named 'nowhere'"),
        ("\nx = 1 / 0\n", "a file of cost models holds quantities and inputs only"),
        ("\ndef broken(:\n", "Python cannot read this: invalid syntax"),
        ("\n" + "(" * 300 + ")" * 300 + "\n", "Python cannot read this: "),
        ('\nraise SystemExit("no")\n', "a file of cost models holds quantities and inputs only"),
    ],
)
def test_a_file_of_cost_models_that_python_cannot_run(ending: str, message: str) -> None:
    """A problem with its line, and no traceback."""
    problems = Library([("a.py", TOY + ending)]).problems
    assert problems and all(problem.path == "a.py" for problem in problems)
    assert any(message in problem.message for problem in problems), problems


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The toy house: two vans, three quantities."""
    return Engine(HERE / "toy")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "`{time(trips=0, share=200, vann=small)}`",
            [
                "p.md:1:8: 'trips' is at least 1, not 0",
                "p.md:1:17: 'share' is at most 100%, not 200",
                "p.md:1:28: 'vann' is no scenario field; did you mean 'van'?",
            ],
        ),
        (
            "`{tiem / laod}`",
            [
                "p.md:1:3: no quantity named 'tiem'; did you mean 'time'?",
                "p.md:1:10: no quantity named 'laod'; did you mean 'load'?",
            ],
        ),
        (
            "\n<!-- holds: tiem(trips=3) < laod -->",
            [
                "p.md:2:13: no quantity named 'tiem'; did you mean 'time'?",
                "p.md:2:29: no quantity named 'laod'; did you mean 'load'?",
            ],
        ),
        ("`{time(trips=3, trips=4)}`", ["p.md:1:17: 'trips' is pinned twice"]),
    ],
)
def test_all_mistakes_of_one_reference_are_told(
    engine: Engine, text: str, problems: list[str]
) -> None:
    """Each at its own place."""
    page = Page("p.md", text, engine.scenario, "en", Works("en", "/source/"))
    assert list(map(str, fill(page, HERE).problems)) == problems


@pytest.mark.parametrize(
    ("english", "chinese", "left"),
    [
        ("`{tiem}` `{load}`", "`{time}` `{load}`", []),
        ("`{time}` `{load}`", "`{tiem}` `{load}`", []),
        ("`{tiem}`", "`{tiem}`", []),
        ("`{tiem}` `{load}`", "`{time}`", ["2"]),
        ("<!-- holds: tiem < 5 s -->", "<!-- holds: time < 5 s -->", []),
        ("`{time(trips=0)}`", "`{time(trips=3)}`", []),
        ("`{tiem}` `{time}`", "`{time}` `{time}`", []),
        ("![a](../nowhere.py)\n", "![a](../gate.py)\n", []),
        ("`{time}`", "`{load}`", ["1", "1"]),
        (
            "<!-- for vna in * -->\n| a |\n|---|\n| x |\n",
            "<!-- for van in * -->\n| a |\n|---|\n| x |\n",
            [],
        ),
    ],
)
def test_a_mistake_on_one_page_is_none_of_its_twin(
    engine: Engine, english: str, chinese: str, left: list[str]
) -> None:
    """What is refused on one page is told there, and not once more as something that the twin lacks."""

    def refused(text: str) -> set[int]:
        return refused_in(text, engine.scenario, lambda path: "gate" in path, ())

    found = disagreements(english, chinese, "a.zh.md", (refused(english), refused(chinese)))
    assert len(found) == len(left), found


PAIRED = (
    "# A\n\nText `{time}` and `{load}`.\n\n## B\n\nMore `{load:kB}` by"
    " [a work](../../bibliography/index.md#work) it.\n\n<!-- holds: load > 1 kB -->\n\n"
    "![Alt.](../gate.py)\n*Caption `{time:ms}`.*\n\n## C\n\nEnd `{load}`.\n"
)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("`{load}`.\n\n## B", "`{load}.\n\n## B", "3:20: the backtick behind '}' is missing"),
        ("`{time}`", "{time}`", "3:6: the backtick before '{' is missing"),
        ("Text", "Text`", "3:8: the backticks do not pair"),
        ("{load}`.\n\n## B", "{load`.\n\n## B", "3:19: '}' is missing"),
        ("## B", "```\n\n## B", "5:1: this fence is never closed, so the rest of the page is code"),
        ("kB -->", "kB", "9:1: this comment is never closed: '-->' is missing"),
        ("## B", "<!-- a remark\n\n## B", "5:1: this comment is never closed: '-->' is missing"),
        ("#work)", "#work", "7:28: this link is never closed: ')' is missing"),
        ("#work)", "#work）", "7:28: this link is never closed: ')' is missing"),
        ("(../../", "（../../", "7:29: '（' is a full-width sign: write '('"),
        ("[a work]", "[a work", "7:28: the words of a link stand in brackets: [words](address)"),
        ("gate.py)", "gate.py", "11:7: this link is never closed: ')' is missing"),
        ("![Alt.]", "！[Alt.]", "11:1: '！' is a full-width sign: write '!'"),
        ("## B", "## B {#other", "5:6: this list of attributes is never closed: '}' is missing"),
        ("More", '<div title="', "7:1: this tag is never closed: '>' is missing"),
    ],
)
def test_a_passage_that_cannot_be_read_is_told_alone(
    engine: Engine, right: str, wrong: str, message: str
) -> None:
    """Once, on its page; what it hides is not told as missing, on whichever page it stands, and what other passages lack is."""
    broken = PAIRED.replace(right, wrong, 1)
    assert broken != PAIRED
    page = Page("p.md", broken, engine.scenario, "en", Works("en", ""))
    told = [str(found).removeprefix("p.md:") for found in fill(page, HERE).problems]
    assert (
        [each for each in told if "figure" not in each]
        == [each for each in told if each.startswith(message)]
        != []
    )

    def disagree(english: str, chinese: str) -> list[str]:
        spans = tuple(unread(text, 0, engine.scenario.library) for text in (english, chinese))
        return [
            found.message
            for found in disagreements(english, chinese, "a.zh.md", unread=(spans[0], spans[1]))
        ]

    assert disagree(PAIRED, broken) == disagree(broken, PAIRED) == []
    lacks = disagree(PAIRED.replace("# A\n", "# A\n\n`{time(trips=3)}`\n"), broken)
    assert [each for each in lacks if "'time(trips=3)'" in each] == lacks != []
