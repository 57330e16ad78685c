"""Dependencies: the formulas and cells behind a number, and what of them has changed."""

import shutil
from pathlib import Path

import pytest

from hooks.data.dependencies import Dependencies
from hooks.data.engine import Engine
from hooks.formula.evaluate import Asked, Scenario
from tests.conftest import ROOT

TOY = ROOT / "tests" / "toy"


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """The toy's cost models and data, to edit."""
    return shutil.copytree(TOY, tmp_path / "toy")


def digests(root: Path, *names: str) -> dict[str, str]:
    """The digests of some dependencies."""
    dependencies = Dependencies(root, Engine(root))
    return {name: dependencies.digest(name) for name in names}


def behind(root: Path, name: str, van: str = "small") -> dict[str, str]:
    """What the value of a name in a scenario depends on, with the digests."""
    engine, reads = Engine(root), set[Asked]()
    scenario = Scenario(engine.library, engine.catalogue.tables, {"van": van}, reads)
    scenario.text(name)
    return digests(root, *Dependencies(root, engine).behind(reads))


def test_formulas_and_cells_and_nothing_else_are_behind_a_number(toy: Path):
    assert sorted(behind(toy, "load")) == [
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
def test_every_change_of_a_dependency_is_noticed(file: str, old: str, new: str, toy: Path):
    before = behind(toy, "load")
    text = (toy / file).read_text("utf-8")
    assert old in text
    (toy / file).write_text(text.replace(old, new), "utf-8")
    assert digests(toy, *before) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/data/vans.yml", "room: 40 kB", "room: 50 kB"),
        ("docs/data/vans.yml", "speed: 5 kB/s", "speed: 6 kB/s"),
        ("hooks/costs/toy.py", "load / speed", "2 * load / speed"),
        ("hooks/costs/toy.py", '"slow" if share > 3 / 4', '"slow" if share > 4 / 5'),
    ],
)
def test_other_changes_are_none_of_its_dependencies(file: str, old: str, new: str, toy: Path):
    before = behind(toy, "load")
    text = (toy / file).read_text("utf-8")
    assert old in text
    (toy / file).write_text(text.replace(old, new), "utf-8")
    assert digests(toy, *before) == before


def test_a_row_that_is_gone_is_a_change(toy: Path):
    before = behind(toy, "load", van="large")
    text = (toy / "docs/data/vans.yml").read_text("utf-8")
    (toy / "docs/data/vans.yml").write_text(text[: text.index("large:")], "utf-8")
    assert digests(toy, *before) != before
