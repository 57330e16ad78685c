"""CONTRIBUTING.md as somebody new takes it: every block goes into its file, and the copy builds."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_to, mkdocs

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r'^```(?:\w+) title="([^"]+)"\n(.*?)^```$', TEXT, re.MULTILINE | re.DOTALL)
"""Each block's file and its lines."""


def test_every_block_is_short() -> None:
    assert {path: text.count("\n") for path, text in BLOCKS if text.count("\n") >= 15} == {}
    assert len(BLOCKS) >= 5 and TEXT.count("```") == 2 * len(BLOCKS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """A copy of the project with every block in its file, and the line in nav; built, with nothing to object."""
    house = copy_to(tmp_path_factory.mktemp("contributing") / "house", cached=True)
    for name, text in BLOCKS:
        path = house / name
        path.parent.mkdir(exist_ok=True)
        before = path.read_text("utf-8").rstrip("\n") + "\n\n\n" if path.exists() else ""
        path.write_text(before + text, "utf-8")
    [line] = re.findall(r"`(- \"[^`]*index\.md)`", TEXT)
    config = (house / "mkdocs.yml").read_text("utf-8")
    nav = config.replace("  - roadmap/index.md\n", f"  {line}\n  - roadmap/index.md\n")
    assert nav != config
    (house / "mkdocs.yml").write_text(nav, "utf-8")
    run = mkdocs(house, "build", "--strict")
    assert run.returncode == 0, run.stdout
    return house / "site"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_readers_see_what_the_blocks_say(built: Path, language: str) -> None:
    prefix = built / ("zh" if language == "zh" else "")
    essay = (prefix / "essays/writing/index.html").read_text("utf-8")
    assert "Small 4B" in essay and essay.count('class="figure-sheet') == 2
    assert re.search(r'data-n="writing_time"[^>]*>[\d.]+\u202fs<', essay)
    assert re.search(r'<li>Small 4B: <a class="n"[^>]*>[\d.]+\u202fGB</a></li>', essay)
    quantities = (prefix / "reference/quantities/index.html").read_text("utf-8")
    assert {"en": "Time to write an answer", "zh": "写完一条回答的时间"}[language] in quantities
    assert "Small 4B" in (prefix / "reference/models/index.html").read_text("utf-8")
