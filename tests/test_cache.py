"""The cache: records that are undamaged or ignored, pages that are compiled again when anything that they depend on changes, and a site that is never stale."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mkdocs
import pytest

from hooks.cache.store import DIGEST, Store
from tests.conftest import ROOT, copy_to
from tests.often import weekly

VERSION = "a" * DIGEST
TOY = ROOT / "tests" / "toy"
SEQUENCES = int(os.environ.get("SEQUENCES", "100"))
"""How many sequences of edits each of two walks tries in the weekly run."""


# The store


def test_a_record_comes_back_as_it_was(tmp_path: Path):
    store = Store(tmp_path / "deep" / "folder", VERSION)
    assert store.read("page") is None
    store.write("page", {"html": "<p>", "numbers": [1, 2]})
    assert Store(tmp_path / "deep" / "folder", VERSION).read("page") == {
        "html": "<p>",
        "numbers": [1, 2],
    }


@pytest.mark.parametrize(
    "spoil",
    [
        lambda bytes_: bytes_[:-1],
        lambda bytes_: b"",
        lambda bytes_: bytes_[:200] + b"?" + bytes_[201:],
        lambda bytes_: bytes_ + b" ",
        lambda bytes_: b"no record at all",
    ],
)
def test_a_damaged_record_is_as_if_it_were_not_there(spoil, tmp_path: Path):
    store = Store(tmp_path, VERSION)
    store.write("page", "x" * 1000)
    [file] = tmp_path.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    assert store.read("page") is None


def test_a_record_of_another_version_or_under_another_name_is_ignored(tmp_path: Path):
    store = Store(tmp_path, VERSION)
    store.write("page", "text")
    assert Store(tmp_path, "b" * DIGEST).read("page") is None
    [file] = tmp_path.iterdir()
    store.write("other", "text")
    [other] = set(tmp_path.iterdir()) - {file}
    shutil.copy(file, other)
    assert store.read("other") is None


def test_what_nobody_asked_for_is_dropped(tmp_path: Path):
    store = Store(tmp_path, VERSION)
    store.write("stays", 1)
    store.write("goes", 2)
    later = Store(tmp_path, VERSION)
    later.read("stays")
    later.write("new", 3)
    later.prune()
    assert [later.read(name) for name in ("stays", "goes", "new")] == [1, None, 3]


# A site


def small(folder: Path) -> Path:
    """A project of a few pages on the toy's cost models."""
    copy_to(folder)
    for gone in ("docs", "figures", "hooks/costs"):
        if gone != "figures":
            shutil.rmtree(folder / gone)
    for figure in (folder / "figures").glob("[!_s]*.py"):
        figure.unlink()
    shutil.copytree(TOY, folder, dirs_exist_ok=True)
    (folder / "hooks/costs/__init__.py").touch()
    for language, title in (("", "Home"), (".zh", "首页")):
        (folder / f"docs/index{language}.md").write_text(
            f"---\ntitle: {title}\n---\n\n<!-- essays -->\n\n`{{load:kB}}`\n", "utf-8"
        )
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(
        re.sub(r"^nav:\n(?:  .*\n)+", "", config, flags=re.MULTILINE), "utf-8"
    )
    return folder


def wander(folder: Path, seed: int, sequences: int) -> str:
    """Edit at random and compare; what differed, and how many agreed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("CACHE", "FIGURE_CACHE", "PYTHONDONTWRITEBYTECODE")
    }
    command = [
        sys.executable,
        "-W",
        "ignore",
        str(ROOT / "tests" / "wander.py"),
        str(folder),
        str(seed),
        str(sequences),
    ]
    return subprocess.run(
        command,
        env=environment | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    ).stdout


@pytest.mark.parametrize(
    ("seed", "sequences"),
    [
        (3, 8),
        pytest.param(20261122, SEQUENCES, marks=weekly),
        pytest.param(7, SEQUENCES, marks=weekly),
    ],
)
def test_after_any_edits_the_cached_site_is_the_clean_one_byte_by_byte(
    seed: int, sequences: int, tmp_path: Path
):
    """Prose, titles, headings, scenarios, pages and linked files added, renamed and removed, translations, data, formulas, figures with what they import and read, the glossary, templates, configuration with what it inherits, mistakes, damage, death."""
    said = wander(small(tmp_path / "small"), seed, sequences)
    assert said.strip() == f"{sequences} of {sequences} agree", said


BUILD = "import sys, pathlib; sys.path.insert(0, {tests!r}); import wander; print(wander.build(pathlib.Path({folder!r}), {site!r}))"


def build(folder: Path, site: str, more: str = "", **settings: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own; `more` runs before it, `settings` are set in its environment."""
    code = more + BUILD.format(tests=str(ROOT / "tests"), folder=str(folder), site=site)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("CACHE", "FIGURE_CACHE")
    }
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=folder,
        env=environment | {"NO_MKDOCS_2_WARNING": "1"} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small project that has been built once."""
    folder = small(tmp_path_factory.mktemp("kept") / "small")
    sys.path.insert(0, str(ROOT / "tests"))
    import wander as walk

    walk.Wanderer(folder, 1)
    assert build(folder, "first").communicate()[0].strip() == ""
    yield folder
    sys.path.remove(str(ROOT / "tests"))


def test_two_builds_at_once_do_not_harm_each_other(project: Path):
    shutil.rmtree(project / ".cache")
    both = [build(project, site) for site in ("one", "two")]
    assert [process.communicate()[0].strip() for process in both] == ["", ""]
    assert files(project / "one") == files(project / "two") == files(project / "first")
    assert build(project, "after").communicate()[0].strip() == ""
    assert files(project / "after") == files(project / "first")


def test_the_same_tree_gives_the_same_bytes_elsewhere(project: Path, tmp_path: Path):
    """In another folder, with other hashes, another clock and another language of the machine."""
    elsewhere = shutil.copytree(
        project,
        tmp_path / "elsewhere",
        ignore=shutil.ignore_patterns(".cache", "first", "one", "two", "after"),
    )
    assert (
        build(elsewhere, "site", PYTHONHASHSEED="4711", TZ="Asia/Shanghai", LC_ALL="C", LANG="C")
        .communicate()[0]
        .strip()
        == ""
    )
    assert files(elsewhere / "site") == files(project / "first")


def test_an_unknown_mkdocs_builds_the_same_site(project: Path):
    """Nothing of it is wrapped."""
    said = build(
        project, "unknown", more="import mkdocs; mkdocs.__version__ = '1.7.9'; "
    ).communicate()[0]
    assert "Traceback" not in said
    assert files(project / "unknown") == files(project / "first")
    assert mkdocs.__version__ in (ROOT / "hooks/main.py").read_text("utf-8")


RENDERED = "import mkdocs.structure.pages as pages; render = pages.Page.render; pages.Page.render = lambda page, *given: (print('rendered', page.file.src_uri), render(page, *given))[1]; "


def rendered(project: Path) -> list[str]:
    """The pages that MkDocs renders in a build of both languages, in order."""
    said = build(
        project,
        "edited",
        more=RENDERED
        + "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start(); ",
    ).communicate()[0]
    return sorted(re.findall(r"^rendered (.*)$", said, re.MULTILINE))


def test_exactly_the_pages_that_depend_on_a_change_are_compiled(project: Path):
    """In both languages: none, one page for its prose, both essays for their figure, what it imports and what it reads, all for a formula or a datum."""
    assert rendered(project) == []
    every = {"index.md", "tags/index.md"} | {f"essays/{slug}/index.md" for slug in "ab"}

    def compiled(path: str, old: str, new: str) -> set[str]:
        file = project / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        return set(rendered(project))

    essays = {"essays/a/index.md", "essays/b/index.md"}
    assert compiled("docs/essays/a/index.md", "Sentence", "A sentence") == {"essays/a/index.md"}
    assert compiled("figures/gate.py", "0.2", "0.3") == essays
    assert compiled("figures/gates.py", "gate", "the gate") == essays
    assert compiled("figures/gate.txt", "wide", "narrow") == essays
    assert every & compiled(
        "hooks/costs/toy.py", "return load / speed", "return 2 * load / speed"
    ) == (
        every & compiled("docs/data/vans.yml", "mark: recalled", "section: page 9, mark: recalled")
    )
    assert essays <= compiled("mkdocs.yml", "copyright: Prose", "copyright: All prose")


def test_the_cache_serves_the_same_tree_in_another_folder(project: Path, tmp_path: Path):
    """Paths in it are relative to the project."""
    rendered(project)
    elsewhere = shutil.copytree(project, tmp_path / "elsewhere")
    assert rendered(elsewhere) == []
    assert files(elsewhere / "edited") == files(project / "edited")


BUILT = "from mkdocs.commands import build as commands; whole = commands.build; commands.build = lambda *given, **more: (print('built'), whole(*given, **more))[1]; "


def built(project: Path, **settings: str) -> bool:
    """Whether MkDocs builds at all."""
    return "built" in build(project, "site", more=BUILT, **settings).communicate()[0]


def test_an_unchanged_site_is_not_built(project: Path):
    """Until anything changes that it was made from, or anything in it; what time it is does not count."""
    page, site, record = (
        project / "docs/essays/a/index.md",
        project / "site",
        project / ".cache/site",
    )
    assert built(project)
    assert not built(project)
    whole = files(site)
    os.utime(page)
    assert not built(project, TZ="Asia/Shanghai", PYTHONHASHSEED="4711")
    shutil.copytree(site, project / "away")  # with other times and places on the disk
    shutil.rmtree(site)
    (project / "away").rename(site)
    assert not built(project)

    def a_byte() -> None:
        """The same length, and the same time."""
        home = site / "index.html"
        before = home.stat()
        home.write_bytes(home.read_bytes()[:-1] + b"?")
        os.utime(home, ns=(before.st_atime_ns, before.st_mtime_ns))

    for spoil in (
        a_byte,
        lambda: (site / "index.html").write_bytes(b"spoilt"),
        lambda: (site / "zh/index.html").unlink(),
        lambda: (site / "stray.html").touch(),
        lambda: shutil.rmtree(site),
        lambda: shutil.rmtree(record),
        lambda: [each.write_bytes(b"?") for each in record.iterdir()],
    ):
        spoil()
        assert built(project)
        assert not built(project)
        assert files(site) == whole
    own = page.read_text("utf-8")
    for text in (f"{own}\nOne more.\n", own):
        page.write_text(text, "utf-8")
        assert built(project)
        assert not built(project)
    assert files(site) == whole
    assert built(project, SITE_URL="https://example.org/")
    assert built(project)
    assert files(site) == whole


def test_what_a_quiet_build_does_not_say_is_said_by_the_next(project: Path):
    """MkDocs keeps its warnings from everybody under --quiet; a page with one is not cached."""
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-d", "quiet"]
    page = project / "docs/essays/b/index.md"
    own = page.read_text("utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    page.write_text(own + "\n[Nowhere](nowhere.md)\n", "utf-8")
    try:
        quiet = subprocess.run(
            [*command, "-q"],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        loud = subprocess.run(
            [*command, "--strict"],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        page.write_text(own, "utf-8")
    assert quiet.stdout + quiet.stderr == ""
    assert loud.returncode == 1
    assert "'nowhere.md'" in loud.stderr


def test_no_page_is_cached_that_has_a_problem(project: Path):
    """So the warning comes again."""
    page = project / "docs/essays/b/index.md"
    own = page.read_text("utf-8")
    page.write_text(own.replace("`{time:s}` for", "`{tine:s}` for"), "utf-8")
    for _ in range(2):
        assert "no quantity named 'tine'" in build(project, "wrong").communicate()[0]
    page.write_text(own, "utf-8")
    assert build(project, "right").communicate()[0].strip() == ""
