"""Material's Markdown features: what a page is refused, what the build adds, and what a reader does on "How to write here"."""

import re
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from hooks.page import icons
from hooks.page.features import completed, needs_markup
from hooks.page.unsupported import unsupported
from hooks.site.assets import asset_texts
from tests import axe
from tests.conftest import ROOT


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose `!ENV` is MkDocs' own."""


Loader.add_constructor("!ENV", lambda loader, node: "")
CONFIG = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=Loader)


def html(text: str) -> str:
    """A text as the site's own extensions make it."""
    names, configs = ["pymdownx.emoji"], {"pymdownx.emoji": icons.options()}
    for each in CONFIG["markdown_extensions"]:
        name, options = next(iter(each.items())) if isinstance(each, dict) else (each, {})
        names.append(name)
        configs[name] = options
    return markdown.markdown(text, extensions=names, extension_configs=configs)


# What is refused


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a\n\n``` mermaid\ngraph\n```\n", [(3, "mermaid would be drawn by a program")]),
        ("~~~ {.mermaid}\ngraph\n~~~\n", [(0, "draw it as a figure: a file in figures/")]),
        ("- a\n\n    ```plantuml\n    a\n    ```\n", [(9, "plantuml would be drawn")]),
        ("````text\n``` mermaid\n```\n````\n", []),
        ("a `mermaid` b\n", []),
        ('--8<-- "a.md"\n', [(0, "no page takes in another file")]),
        ("a\n\n$$\nx\n$$\n", [(3, "TeX is not typeset")]),
        ("a {++b++} c\n", [(2, "'^^words^^' underlines")]),
        ("a {~~b~>c~~}\n", [(2, "'~~words~~' strikes out")]),
        (":material-acount:\n", [(0, "no icon is named 'material-acount'; did you mean")]),
        ("a :smlie: b\n", [(2, "no emoji is named 'smlie'; did you mean 'smile'?")]),
        ("at 8:30:15, a:b:c, `:material-x:`\n", []),
        (":octicons-git-branch-16: :fontawesome-brands-github: :rocket: :+1:\n", []),
        ("=== Python\n\n    a\n", [(0, 'the title of a tab stands in quotes: === "Python"')]),
    ],
)
def test_what_would_not_show_is_refused_at_its_place(
    text: str, places: list[tuple[int, str]]
) -> None:
    found = list(unsupported(text, 0))
    assert [mistake.at for mistake in found] == [at for at, _ in places]
    for mistake, (_, message) in zip(found, places, strict=True):
        assert message in mistake.message


def test_a_set_of_more_tabs_than_have_a_style_is_refused() -> None:
    """The thirteenth; a second set counts by itself, and so does one within a tab."""
    tab = '=== "{}"\n\n    a\n\n'
    twelve = "".join(tab.format(number) for number in range(12))
    assert list(unsupported(f"{twelve}b\n\n{twelve}", 0)) == []
    nested = twelve.replace("    a\n", '    === "x"\n\n        a\n')
    assert list(unsupported(nested, 0)) == []
    [mistake] = unsupported(twelve + tab.format(12), 0)
    assert (mistake.at, mistake.message[:27]) == (len(twelve), "a set holds at most 12 tabs")
    styles = asset_texts()["assets/markup.css"]
    assert "input:nth-of-type(12):checked" in styles and "nth-of-type(13)" not in styles


# What the build adds


CODE = "``` py\nx = 1  # (1)!\ny = 2  # see (2)\nz = 3  # (3)\n```\n\n1.  one\n2.  two\n"


def test_notes_in_code_open_from_where_they_stand() -> None:
    """With `!` nothing is left of the comment; a number without an item is the code's own."""
    made = completed(html(CODE), "en")
    assert made.count("<button") == made.count(" popover>") == 2
    assert re.search(r"1</span>  <button [^>]*popovertarget=\"note-1-1\"", made)
    assert '# see <button type="button" class="annotation" popovertarget="note-1-2"' in made
    assert '<li id="note-1-2" popover>two</li>' in made and "# (3)" in made
    assert 'aria-label="注 1"' in completed(html(CODE), "zh")


def test_notes_in_a_text_are_asked_for_by_its_class() -> None:
    text = "A (1), f(2) and (3).\n{ .annotate }\n\n1.  one\n"
    made = completed(html(text), "en")
    assert made.startswith('<p class="annotate">A <button') and "f(2) and (3)." in made
    assert "<button" not in completed(html(text.replace("{ .annotate }\n", "")), "en")
    apart = completed(html(text.replace("1.  one", "b\n\n1.  one")), "en")
    assert "<button" not in apart


def test_two_blocks_with_notes_do_not_share_them() -> None:
    made = completed(html(f"{CODE}\ntext\n\n{CODE}"), "en")
    ids = re.findall(r' id="(note-[^"]*)"', made)
    assert len(ids) == len(set(ids)) == 4


def test_boxes_of_tasks_and_untitled_boxes_speak_the_pages_language() -> None:
    text = (
        '- [x] a\n- [ ] b\n\n!!! warning\n\n    c\n\n??? note\n\n    d\n\n!!! tip "Note"\n\n    e\n'
    )
    made = completed(html(text), "zh")
    assert re.findall(r'aria-label="([^"]*)"', made) == ["已完成", "未完成"]
    assert '<p class="admonition-title">警告</p>' in made and "<summary>注意</summary>" in made
    assert '<p class="admonition-title">Note</p>' in made  # a writer's own title
    assert ">Warning<" in completed(html(text), "en")


def test_names_in_code_do_not_look_like_our_numbers() -> None:
    assert 'class="n"' not in completed(html("``` py\nx = y\n```\n"), "en")


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (
            "a\n\n    code\n\n```text\na\n```\n\n??? question\n\n    a\n\n??? success\n\n    b\n",
            False,
        ),
        ("| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1] x\n\n[^1]: y\n", False),
        ('=== "a"\n\n    b\n', True),
        ("``` py\nx\n```\n", True),
        ('``` text title="a"\nx\n```\n', True),
        ("!!! note\n\n    a\n", True),
        ("??? tip\n\n    a\n", True),
        ("- [ ] a\n", True),
        ("++ctrl+a++\n", True),
        ("==a==\n", True),
        ("a~b~\n", True),
        (":material-chip:\n", True),
        ("a\n:   b\n", True),
        ("![a](b.svg#only-dark)\n", True),
        ("[a](b){ .md-button }\n", True),
    ],
)
def test_only_pages_with_features_load_their_styles(text: str, needs: bool) -> None:
    assert needs_markup(html(text)) is needs


def test_icons_are_part_of_the_page_and_emoji_are_characters() -> None:
    made = html(":material-chip:{ .lg } :smile: :unknown-thing:")
    assert '<span aria-hidden="true" class="icon lg"><svg ' in made
    assert "😄" in made and "<img" not in made and ":unknown-thing:" in made


# What a reader does


@pytest.fixture(params=["", "zh/"], ids=["en", "zh"])
def guide(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page for writers, which must ask nobody else, and must be refused nothing by its policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    strangers: list[str] = []
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, "data:", "blob:"))
            else strangers.append(request.url)
        ),
    )
    page.on(
        "console",
        lambda said: strangers.append(said.text) if "Content Security" in said.text else None,
    )
    page.goto(f"{address}/{request.param}reference/writing/", wait_until="networkidle")
    yield page
    context.close()
    assert strangers == []


def test_every_feature_works(guide: Page) -> None:
    tabs = guide.locator(".tabbed-set")
    first, second = tabs.locator(".tabbed-block").all()
    tabs.locator("label").nth(1).click()
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    guide.keyboard.press("ArrowLeft")
    expect(first).to_be_visible()

    block = guide.locator(".highlight:has(> .filename):has(.annotation)")
    block.locator(".copy").click()
    expect(block.locator("[role=status]")).to_have_text(re.compile("Copied|已复制"))
    copied = guide.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0].startswith('@quantity("B/token"')
    assert copied.endswith("return attention_layers * kv_values * kv_width")
    assert block.locator(".linenos").count() == 3 and block.locator(".hll").count() == 1

    note = guide.locator("#note-1-1")
    expect(note).to_be_hidden()
    block.locator(".annotation").click()
    expect(note).to_be_visible()
    guide.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(guide.locator("p.annotate .annotation")).to_be_visible()

    fold = guide.locator("details.warning")
    expect(fold.locator("p")).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("p")).to_be_visible()

    assert guide.locator(".task-list-item input:checked").count() == 1
    assert guide.locator(".keys kbd").count() == 3
    assert guide.locator("article .icon > svg").count() >= 5
    for element in ("mark", "ins", "del", "sub", "sup", "abbr", "dt", ".grid.cards li", ".footnote li", ".md-button"):  # fmt: skip
        expect(guide.locator(f"article {element}").first).to_be_visible()
    for palette in ("light", "dark"):
        guide.emulate_media(color_scheme=palette)  # type: ignore[arg-type]
        expect(guide.locator(f"img[src$='#only-{palette}']")).to_be_visible()
        assert guide.locator("img[src*='#only-']:visible").count() == 1


def test_axe_finds_nothing_in_either_palette(guide: Page) -> None:
    guide.locator("details.warning summary").click()
    assert axe.findings(guide) == []
    guide.emulate_media(color_scheme="dark")
    assert axe.findings(guide, axe.OF_COLOUR) == []


def test_on_paper_tabs_and_notes_stand_open(guide: Page) -> None:
    guide.emulate_media(media="print")
    for block in guide.locator(".tabbed-block").all():
        expect(block).to_be_visible()
    order = guide.evaluate(
        "[...document.querySelectorAll('.tabbed-set label, .tabbed-block')].sort((a, b) => "
        "a.getBoundingClientRect().top - b.getBoundingClientRect().top).map((each) => each.localName)"
    )
    assert order == ["label", "div", "label", "div"]
    expect(guide.locator("#note-1-1")).to_be_visible()
    expect(guide.locator(".copy").first).to_be_hidden()


def test_without_javascript_everything_but_the_copy_button_works(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/reference/writing/")
    page.locator(".tabbed-labels label").nth(1).click()
    expect(page.locator(".tabbed-block").nth(1)).to_be_visible()
    page.locator(".highlight .annotation").click()
    expect(page.locator("#note-1-1")).to_be_visible()
    assert page.locator(".copy").count() == 0
    context.close()


def test_no_other_page_loads_what_features_need(site: Path) -> None:
    loading = {
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if "assets/markup." in path.read_text("utf-8")
    }
    assert loading == {"reference/writing", "zh/reference/writing"}
