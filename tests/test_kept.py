"""What a build keeps: records that can be trusted or are ignored, traces that notice every change, and a site that is never stale."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

import mkdocs
import pytest

from hooks.box import Box
from hooks.engine import Engine
from hooks.formula.evaluate import Reads, Scenario
from hooks.kept.trace import State
from hooks.store import DIGEST, Store
from tests.conftest import ROOT, copy_to
from tests.often import weekly

HOUSE = "a" * DIGEST
TOY = ROOT / "tests" / "toy"
SEQUENCES = int(os.environ.get("SEQUENCES", "100"))
"""How many sequences of edits each of two walks tries in the weekly run."""


# Boxes


@pytest.mark.parametrize("filed", [True, False])
def test_what_waits_in_a_box_comes_back(filed: bool):
    with TemporaryFile() as file:
        boxes = [
            Box(content, file if filed else None) for content in ("一" * 1000, {"b": [1, 2]}, None)
        ]
        assert [box.open() for box in reversed(boxes)] == [None, {"b": [1, 2]}, "一" * 1000]


# The store


def test_a_record_comes_back_as_it_was(tmp_path: Path):
    store = Store(tmp_path / "deep" / "folder", HOUSE)
    assert store.read("page") is None
    store.write("page", {"html": "<p>", "told": {1, 2}})
    assert Store(tmp_path / "deep" / "folder", HOUSE).read("page") == {
        "html": "<p>",
        "told": {1, 2},
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
    store = Store(tmp_path, HOUSE)
    store.write("page", "x" * 1000)
    [file] = tmp_path.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    assert store.read("page") is None


def test_a_record_of_another_house_or_under_another_name_is_ignored(tmp_path: Path):
    store = Store(tmp_path, HOUSE)
    store.write("page", "text")
    assert Store(tmp_path, "b" * DIGEST).read("page") is None
    [file] = tmp_path.iterdir()
    store.write("other", "text")
    [other] = set(tmp_path.iterdir()) - {file}
    shutil.copy(file, other)
    assert store.read("other") is None


def test_what_nobody_asked_for_is_dropped(tmp_path: Path):
    store = Store(tmp_path, HOUSE)
    store.write("stays", 1)
    store.write("goes", 2)
    later = Store(tmp_path, HOUSE)
    later.read("stays")
    later.write("new", 3)
    later.prune()
    assert [later.read(name) for name in ("stays", "goes", "new")] == [1, None, 3]


# Traces


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """The toy's cost models and data, to edit."""
    shutil.copytree(TOY, tmp_path / "toy")
    (tmp_path / "toy" / "page.md").write_text("A page.", "utf-8")
    return tmp_path / "toy"


def state(root: Path) -> State:
    return State(root, Engine(root), {"season": lambda which: which})


def trace_of(root: Path, *names: str, van: str = "small") -> tuple[State, dict[str, str]]:
    """What the values of names in a scenario rest on."""
    engine, reads = Engine(root), Reads()
    scenario = Scenario(engine.library, engine.catalogue.tables, {"van": van}, reads)
    for name in names:
        scenario.text(name)
    now = state(root)
    return now, now.trace(now.behind(reads.names) | reads.folders)


def stamp_of(root: Path) -> str:
    engine = Engine(root)
    return state(root).stamp(engine.scenario.but({"van": "small"}).asked("load"))


def test_a_trace_names_formulas_and_cells_and_nothing_else(toy: Path):
    _, trace = trace_of(toy, "load")
    assert sorted(trace) == [
        "cell vans/small/gate",
        "cell vans/small/room",
        "declaration gate",
        "declaration load",
        "declaration room",
        "declaration share",
        "declaration trips",
        "declaration van",
        "row vans/small",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/data/vans.yml", "room: 10 kB", "room: 11 kB"),
        ("docs/data/vans.yml", "room: 10 kB", "room: 10.0 kB"),
        ("docs/data/vans.yml", "section: page 3", "section: page 4"),
        ("docs/data/vans.yml", "name: Small van", "name: Little van"),
        ("hooks/costs/toy.py", "room * trips * share", "trips * room * share"),
        ("hooks/costs/toy.py", "Every trip carries what fits", "Each trip carries what fits"),
        ("hooks/costs/toy.py", 'zh="运量"', 'zh="货量"'),
        ("hooks/costs/toy.py", "the gate is shut after {gate}", "the gate shuts after {gate}"),
        ("hooks/costs/toy.py", "default=50", "default=60"),
    ],
)
def test_a_trace_notices_every_change_of_what_it_names(file: str, old: str, new: str, toy: Path):
    now, trace = trace_of(toy, "load")
    assert now.holds(trace)
    text = (toy / file).read_text("utf-8")
    assert old in text
    stamp = stamp_of(toy)
    (toy / file).write_text(text.replace(old, new), "utf-8")
    assert not state(toy).holds(trace)
    assert stamp_of(toy) != stamp


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/data/vans.yml", "room: 40 kB", "room: 50 kB"),
        ("docs/data/vans.yml", "speed: 5 kB/s", "speed: 6 kB/s"),
        ("hooks/costs/toy.py", "load / speed", "2 * load / speed"),
        ("hooks/costs/toy.py", '"slow" if share > 0.75', '"slow" if share > 0.8'),
    ],
)
def test_a_trace_does_not_care_for_the_rest(file: str, old: str, new: str, toy: Path):
    _, trace = trace_of(toy, "load")
    text = (toy / file).read_text("utf-8")
    assert old in text
    stamp = stamp_of(toy)
    (toy / file).write_text(text.replace(old, new), "utf-8")
    assert state(toy).holds(trace)
    assert stamp_of(toy) == stamp


def test_a_row_that_is_gone_is_a_change(toy: Path):
    _, trace = trace_of(toy, "load", van="large")
    text = (toy / "docs/data/vans.yml").read_text("utf-8")
    (toy / "docs/data/vans.yml").write_text(text[: text.index("large:")], "utf-8")
    assert not state(toy).holds(trace)


@pytest.mark.parametrize(
    "name",
    ["file page.md", "file no.md", "exists no.md", "rows vans", "data", "costs", "season autumn"],
)
def test_every_kind_of_input_has_a_digest(name: str, toy: Path):
    assert re.fullmatch("[0-9a-f]{32}", state(toy).digest(name))


def test_a_file_that_appears_or_goes_is_a_change(toy: Path):
    trace = state(toy).trace(["file page.md", "exists other.md"])
    assert state(toy).holds(trace)
    (toy / "other.md").write_text("", "utf-8")
    assert not state(toy).holds(trace)
    (toy / "other.md").unlink()
    (toy / "page.md").unlink()
    assert not state(toy).holds(trace)


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
def test_after_any_edits_the_kept_site_is_the_clean_one_byte_by_byte(
    seed: int, sequences: int, tmp_path: Path
):
    """Prose, titles, headings, scenarios, pages added, renamed and removed, translations, data, formulas, figures, templates, configuration, mistakes, damage, death."""
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


def test_an_unknown_mkdocs_builds_the_same_site_without_the_shortcut(project: Path):
    """It steps aside, and says so."""
    said = build(
        project, "unknown", more="import mkdocs; mkdocs.__version__ = '1.7.9'; "
    ).communicate()[0]
    assert "Traceback" not in said
    assert files(project / "unknown") == files(project / "first")
    assert mkdocs.__version__ in (ROOT / "hooks/kept/shortcut.py").read_text("utf-8")


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


def test_exactly_the_pages_that_depend_on_a_change_are_rendered(project: Path):
    """In both languages: nothing, one page for its prose, both essays for a formula of theirs, one for its van's speed."""
    assert rendered(project) == []
    page, data, costs = (
        project / "docs/essays/a/index.md",
        project / "docs/data/vans.yml",
        project / "hooks/costs/toy.py",
    )
    own = page.read_text("utf-8")
    page.write_text(own.replace("Sentence", "A sentence"), "utf-8")
    assert set(rendered(project)) == {"essays/a/index.md"}
    text = costs.read_text("utf-8")
    costs.write_text(text.replace("return load / speed", "return 2 * load / speed"), "utf-8")
    assert {page for page in rendered(project) if page != "index.md"} == {
        "essays/a/index.md",
        "essays/b/index.md",
    }
    vans = data.read_text("utf-8")
    data.write_text(vans.replace("mark: recalled", "section: page 9, mark: recalled"), "utf-8")
    assert "index.md" not in rendered(project)


def test_what_is_kept_serves_the_same_tree_in_another_folder(project: Path, tmp_path: Path):
    """Such as where CI puts what it has kept."""
    rendered(project)
    elsewhere = shutil.copytree(project, tmp_path / "elsewhere")
    assert rendered(elsewhere) == []
    assert files(elsewhere / "edited") == files(project / "edited")


BUILT = "from mkdocs.commands import build as commands; whole = commands.build; commands.build = lambda *given, **more: (print('built'), whole(*given, **more))[1]; "


def built(project: Path, **settings: str) -> bool:
    """Whether MkDocs builds at all."""
    return "built" in build(project, "site", more=BUILT, **settings).communicate()[0]


def test_a_site_that_stands_is_left_as_it_lies(project: Path):
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
    """MkDocs keeps its warnings from everybody under --quiet; a page with one is not kept for all that."""
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


def test_no_page_is_kept_that_has_a_problem(project: Path):
    """So the warning comes again."""
    page = project / "docs/essays/b/index.md"
    own = page.read_text("utf-8")
    page.write_text(own.replace("`{time:s}` for", "`{tine:s}` for"), "utf-8")
    for _ in range(2):
        assert "no quantity named 'tine'" in build(project, "wrong").communicate()[0]
    page.write_text(own, "utf-8")
    assert build(project, "right").communicate()[0].strip() == ""
