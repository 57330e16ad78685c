"""The real docs in strict mode, both languages, and what happens when a writer gets something wrong."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import ROOT, mkdocs

ESSAYS = sorted(path.parent.name for path in (ROOT / "docs" / "essays").glob("*/index.md"))
REFERENCE = sorted(path.parent.name for path in (ROOT / "docs" / "reference").glob("*/index.md"))
PAGES = ["", *(f"essays/{slug}/" for slug in ESSAYS), *(f"reference/{name}/" for name in REFERENCE)]
BOTH = [f"{prefix}{page}" for prefix in ("", "zh/") for page in PAGES]


class Resources(HTMLParser):
    """The addresses that a browser fetches by itself, the ids, and the headings of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if re.fullmatch(r"h[1-6]", tag) and given.get("id"):
            self.headings.append((tag, given["id"] or ""))
        for name in ("src", "srcset", "poster", "data"):
            self.fetched.append(given.get(name) or "")
        if tag == "link" and given.get("rel") not in ("canonical", "alternate", "prev", "next"):
            self.fetched.append(given.get("href") or "")


@pytest.mark.parametrize("page", BOTH)
def test_every_page_is_complete(page: str, site: Path) -> None:
    """Nothing is left to fill, no id stands twice, and nothing is fetched from another host."""
    text = (site / page / "index.html").read_text("utf-8")
    article = text[text.index("<article class=") :]
    assert (
        "<div data-figure" not in text and "<!-- works" not in text and 'class="problem' not in text
    )
    assert not re.search(r"<code>\{[a-z_]+[^<]*\}</code>", article)
    found = Resources(text)
    assert [address for address in found.fetched if re.match(r"(https?:)?//", address)] == []
    assert len(found.ids) == len(set(found.ids)), sorted(
        i for i in found.ids if found.ids.count(i) > 1
    )
    for target in re.findall(r'popovertarget="([^"]+)"', text):
        assert target in found.ids


@pytest.mark.parametrize("slug", ESSAYS)
def test_pair_shares_heading_ids(slug: str, site: Path) -> None:
    """The language switch lands on the same section."""
    english, chinese = (
        Resources((site / prefix / "essays" / slug / "index.html").read_text("utf-8")).headings
        for prefix in ("", "zh")
    )
    assert english == chinese
    assert len(english) >= 6


@pytest.mark.parametrize("slug", ESSAYS)
def test_every_figure_has_its_picture_alt_and_points(slug: str, site: Path) -> None:
    """A figure is an image with a name; a chart brings its points as a table and as CSV."""
    folder = site / "essays" / slug
    text = (folder / "index.html").read_text("utf-8")
    figures = re.findall(r'<figure class="figure".*?</figure>', text, re.DOTALL)
    assert 2 <= len(figures) <= 5
    for figure in figures:
        assert re.search(r'<svg[^>]*role="img"', figure) and re.search(
            r'aria-label="[^"]{20,}"', figure
        )
        assert "<figcaption>" in figure
    for name in re.findall(r'href="([^":]+\.csv)" download', text):
        assert (folder / name).read_text("utf-8").count("\n") > 5


def test_site_publishes_the_lines_that_panels_point_to(site: Path) -> None:
    """Without a repository's address the site carries the cost models itself."""
    text = (site / "essays" / ESSAYS[0] / "numbers" / "index.html").read_text("utf-8")
    found = re.search(r'href="[^"]*source/(hooks/costs/\w+\.py)#L(\d+)"><code>(\w+)</code>', text)
    assert found
    line = (site / "source" / found[1]).read_text("utf-8").splitlines()[int(found[2]) - 1]
    assert f"def {found[3]}(" in line


def test_all_mistakes_of_all_pages_in_one_run(house: Path) -> None:
    """Each with path, line, column and cure; strict fails; nothing is lost."""
    essay = house / "docs/essays/kv-cache/index.md"
    essay.write_text(
        essay.read_text("utf-8")
        + "\nWrong: `{kv_per_tokn}`.\n\n<!-- holds: decode_step > 1000 s -->\n",
        "utf-8",
    )
    lines = essay.read_text("utf-8").count("\n")
    other = house / "docs/essays/two-clocks/index.zh.md"
    other.write_text(other.read_text("utf-8") + "\n多一个：`{max_batch}`\n", "utf-8")
    (house / "docs/data/prices.yml").write_text(
        (house / "docs/data/prices.yml").read_text("utf-8")
        + "\nnew:\n  name: New\n  price_per_hour: 3 GB\n",
        "utf-8",
    )
    model = house / "hooks/costs/step.py"
    model.write_text(
        model.read_text("utf-8")
        + '\n\n@quantity("s", "Bad", zh="坏")\ndef bad(decode_step, batch):\n    """Bad.\n\n    坏。\n    """\n    return decode_step + batch\n',
        "utf-8",
    )
    result = mkdocs(house, "build", "--strict")
    assert result.returncode == 1
    for message in (
        f"docs/essays/kv-cache/index.md:{lines - 2}:10: no quantity named 'kv_per_tokn'; did you mean 'kv_per_token'?",
        f"docs/essays/kv-cache/index.md:{lines}:13: this claim does not hold: decode_step (",
        "docs/essays/two-clocks/index.zh.md:",
        "row 'new' has no source",
        "'3 GB' is in GB, but this input is in USD/h",
        "hooks/costs/step.py:",
        "cannot add s and seq",
    ):
        assert message in result.stdout, message


def test_syntax_error_in_a_cost_model_is_a_problem_with_its_line(house: Path) -> None:
    """The build goes on, says where, and fails."""
    model = house / "hooks/costs/load.py"
    model.write_text(model.read_text("utf-8") + "\ndef broken(:\n", "utf-8")
    result = mkdocs(house, "build", "--strict")
    assert result.returncode == 1
    assert (
        f"hooks/costs/load.py:{model.read_text('utf-8').count(chr(10))}:12: Python cannot read this"
        in result.stdout
    )


def test_front_matter_that_yaml_cannot_read_is_a_problem(house: Path) -> None:
    """With the line, and the usual cure."""
    essay = house / "docs/essays/kv-cache/index.md"
    essay.write_text(essay.read_text("utf-8").replace("title: ", "title: a: ", 1), "utf-8")
    result = mkdocs(house, "build", "--strict")
    assert result.returncode == 1
    assert (
        "docs/essays/kv-cache/index.md:2:" in result.stdout
        and "quote a text that holds a colon" in result.stdout
    )


def test_page_without_translation_falls_back_with_a_banner(house: Path) -> None:
    """The English text stands under /zh/, and says so."""
    (house / "docs/essays/kv-cache/index.zh.md").unlink()
    result = mkdocs(house, "build")
    assert result.returncode == 0
    text = (house / "site/zh/essays/kv-cache/index.html").read_text("utf-8")
    assert 'class="untranslated"' in text and '<article lang="en"' in text
    assert result.stdout.count("WARNING") == 0


def test_adding_a_model_is_adding_a_row(house: Path) -> None:
    """A new row can be used at once."""
    shutil.copytree(house / "docs/data", house / "extra")
    rows = house / "docs/data/models.yml"
    block = re.search(r"^llama-3\.1-8b:\n(?:[ #].*\n)+", rows.read_text("utf-8"), re.MULTILINE)
    assert block
    rows.write_text(
        rows.read_text("utf-8")
        + "\n"
        + block[0].replace("llama-3.1-8b:", "my-8b:").replace("name: Llama 3.1 8B", "name: My 8B"),
        "utf-8",
    )
    (house / "docs/index.md").write_text(
        "# Hi\n\n`{model(model=my-8b)}` takes `{weight_bytes(model=my-8b)}`.\n", "utf-8"
    )
    (house / "docs/index.zh.md").unlink()
    assert mkdocs(house, "build", "--strict").returncode == 0
    assert "My 8B" in (house / "site/index.html").read_text("utf-8")
