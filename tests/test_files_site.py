"""Files that are not as expected, in a whole site: a small one, built as few times as will do."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.conftest import mkdocs
from tests.test_cache import files, small

HAN = '显存 账本 #1 (100%) R&D "so"'
ESCAPED = "%E6%98%BE%E5%AD%98%20%E8%B4%A6%E6%9C%AC%20%231%20%28100%25%29%20R%26D%20%22so%22"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two essays on the toy's cost models."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 2026-12-01
    folder = small(tmp_path / "small")
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        import wander

        wander.Wanderer(folder, 1)
    finally:
        sys.path.pop(0)
    return folder


def problems(output: str) -> list[str]:
    """What a build warns of, line by line."""
    return re.findall(r"^(?:WARNING|ERROR) +-  (.*)$", output, re.MULTILINE)


def test_a_folder_of_any_name_is_escaped_in_every_address(project: Path) -> None:
    """Spaces, Han characters and the signs that mean something in an address."""
    for name in ("index.md", "index.zh.md"):
        source = project / "docs/essays/a" / name
        target = project / "docs/essays" / HAN / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8").replace("---\n", "---\ndate: 2026-11-20\n", 1)
        text = re.sub(r"^(part|date): .*\n(?=[\s\S]*^date:)", "", text, flags=re.MULTILINE)
        target.write_text(re.sub(r"^part: .*$", "part: 7", text, flags=re.MULTILINE), "utf-8")
    configuration = project / "mkdocs.yml"
    configuration.write_text(
        configuration.read_text("utf-8").replace(
            'site_url: !ENV [SITE_URL, ""]', "site_url: https://user.example/blog/"
        ),
        "utf-8",
    )
    result = mkdocs(project, "build", "--strict")
    assert result.returncode == 0, result.stdout
    site = project / "site"
    page = f"https://user.example/blog/essays/{ESCAPED}/"
    text = (site / "essays" / HAN / "index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{page}">' in text
    assert f'hreflang="zh" href="{page.replace("/blog/", "/blog/zh/")}"' in text
    data = json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1]  # type: ignore[index]
    )
    assert data["@graph"][0]["url"] == page
    assert f"<loc>{page}</loc>" in (site / "sitemap.xml").read_text("utf-8")
    assert f"<id>{page}</id>" in (site / "feed.xml").read_text("utf-8")
    assert f"]({page}index.md)" in (site / "llms.txt").read_text("utf-8")
    assert f'"essays/{ESCAPED}/"' in (site / "assets/search-heads.js").read_text("utf-8")
    assert f'href="essays/{ESCAPED}/"' in (site / "index.html").read_text("utf-8")
    for path, content in files(site).items():
        if not path.endswith((".html", ".xml", ".txt", ".md")):
            continue
        for address in re.findall(r'(?:href|src)="([^"]*)"', content.decode("utf-8")):
            assert address.isascii() and " " not in address, (path, address)


def test_a_dirty_build_leaves_nothing_behind(project: Path) -> None:
    """A clean build after it is what it would be without it."""
    assert mkdocs(project, "build", "--strict", "-d", "clean").returncode == 0
    style = project / "hooks/theme/styles/10-base.css"
    style.write_text(style.read_text("utf-8") + "\n/* a pulled commit */\n", "utf-8")
    page = project / "docs/essays/b/index.md"
    page.write_text(page.read_text("utf-8") + "\nA new sentence.\n", "utf-8")
    dirty = mkdocs(project, "build", "--dirty", "-d", "site")
    assert dirty.returncode == 0 and problems(dirty.stdout)[1:] == [], dirty.stdout
    assert mkdocs(project, "build", "--strict", "-d", "site").returncode == 0
    (project / ".cache").rename(project / ".old")
    assert mkdocs(project, "build", "--strict", "-d", "clean").returncode == 0
    assert files(project / "site") == files(project / "clean")


def test_everything_that_is_wrong_with_files_is_told_at_once(project: Path) -> None:
    """Each once, no traceback; and the cache, which is a file, is no obstacle."""
    (project / ".cache").write_text("a file", "utf-8")
    docs = project / "docs"
    page = docs / "essays/a/index.md"
    own = page.read_text("utf-8")
    page.write_bytes(b"\xef\xbb\xbf" + own.replace("\n", "\r\n").encode())
    other = docs / "essays/b/index.md"
    text = other.read_text("utf-8").rstrip("\n").replace("title: ", "colour: red\ntitle: ", 1)
    text += "\n\n[a](../a/indx.md), [b](../a/index.md#nowhere), [c](http://[), [d](/essays/a/), `{tiem}`\n"
    last = text.count("\n")
    other.write_text(text, "utf-8")
    (docs / "c/index.zh.md").parent.mkdir()
    (docs / "c/index.zh.md").write_text("# C\n", "utf-8")
    (docs / "gbk.md").write_bytes("# 显存的账本\n".encode("gbk"))
    (docs / "empty.md").write_text("", "utf-8")
    (docs / "folder.md").mkdir()
    (docs / "nowhere.png").symlink_to("no.png")
    (docs / "merge.md").write_text("# M\n<<<<<<< HEAD\n`{tiem}`\n=======\n>>>>>>> x\n", "utf-8")
    result = mkdocs(project, "build", "--strict")
    assert result.returncode == 1 and "Traceback" not in result.stdout, result.stdout
    b = "docs/essays/b/index.md"
    columns = [
        text.splitlines()[-1].index(each) + 1
        for each in ("../a/indx", "#nowhere", "http:", "/essays", "tiem")
    ]
    assert problems(result.stdout) == [
        "docs/c/index.zh.md: this is the Chinese twin of a page that is not there: write index.md beside it",
        "docs/empty.md:1:1: this page is empty: write its text, or delete the file",
        f"{b}:2:1: front matter has no 'colour'",
        f"{b}:{last}:{columns[0]}: no file at '../a/indx.md'; did you mean '../a/index.md'?",
        f"{b}:{last}:{columns[1]}: no place '#nowhere' on 'essays/a/index.md'",
        f"{b}:{last}:{columns[2]}: 'http://[' is no address: Invalid IPv6 URL",
        f"{b}:{last}:{columns[3]}: a link within the site is relative to its page: '../a/index.md'",
        f"{b}:{last}:{columns[4]}: no quantity named 'tiem'; did you mean 'time'?",
        "docs/folder.md: this is a folder; a page is a file: rename the folder",
        "docs/gbk.md:1:3: byte 3 of this file, 0xcf, is no UTF-8; it may be GBK: save it as UTF-8",
        "docs/merge.md:2:1: git has left a conflict here, down to line 5: keep one side, and delete the lines of <, = and >",
        "docs/nowhere.png: this link leads nowhere: mend it, or delete it",
    ]
    assert result.stdout.count("Nothing is cached for the next build") == 1


def test_an_essay_appears_on_its_day(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tree a day later: what was kept is not shown."""
    for name in ("index.md", "index.zh.md"):
        page = project / "docs/essays/b" / name
        text = re.sub(r"^date: .*\n", "", page.read_text("utf-8"), flags=re.MULTILINE)
        page.write_text(text.replace("---\n", "---\ndate: 2026-12-02\n", 1), "utf-8")
    for day, listed in ((1, False), (2, True)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1796083200 + 86_400 * (day - 1)))
        result = mkdocs(project, "build", "--strict")
        assert result.returncode == 0, result.stdout
        for home in ("site/index.html", "site/zh/index.html"):
            assert ('data-essay="b"' in (project / home).read_text("utf-8")) == listed
