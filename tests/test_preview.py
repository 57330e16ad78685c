"""The preview: what is looked at comes first, what fails is shown in its place, and a reload leaves a reader where they were."""

import re
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread
from types import SimpleNamespace

import jinja2
import pytest
from markdown import Markdown

from hooks.preview.page import ROOT, failed, place
from hooks.preview.parts import Parts, sound
from hooks.preview.preview import BrokenOff, Preview
from hooks.preview.sites import Sites
from tests.conftest import HANG


class Server:
    """MkDocs' server, as far as the preview knows it; it writes down what happens."""

    def __init__(self, root: Path):
        self.root = root
        self.told: list[str] = []
        self.hurried = False
        self.edited: set[Path] = set()
        self.instead: Callable[[], str] = str

    def takes(
        self,
        build: Callable[[], None],
        look: Callable[[str, str], None],
        instead: Callable[[], str],
    ) -> None:
        self.instead = instead

    def waits(self) -> bool:
        return self.hurried

    def moves(self, root: Path) -> None:
        self.root = root
        self.told.append("moves")

    def shows(self) -> None:
        self.told.append("shows")

    def shows_again(self) -> None:
        self.told.append("shows again")


class House:
    """A site of two pages and a style, as its writer edits it."""

    def __init__(self, folder: Path):
        folder.mkdir()
        self.texts = {"index.html": "home", "a/index.html": "a", "style.css": "red"}
        self.error: Exception | None = None
        self.edited: list[set[Path]] = []
        self.server = Server(folder)
        self.write(folder)
        self.waiting: list[Callable[[], None]] = []
        self.preview = Preview(self.server, self.whole, self.alone, self.waiting.append)

    def write(self, folder: Path) -> None:
        for name, text in self.texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)

    def whole(self) -> None:
        self.server.told.append("whole")
        folder = self.preview.begin()
        self.preview.check()
        if self.error:
            raise self.error
        self.write(folder)

    def alone(self, path: str, edited: set[Path]) -> bool:
        self.edited.append(edited)
        self.server.told.append(f"alone {path}")
        if path != "a/":
            return False
        (self.server.root / "a/index.html").write_text(self.texts["a/index.html"])
        return True

    def edit(self, **texts: str) -> list[str]:
        """What happens after an edit."""
        self.server.told.clear()
        self.texts |= {
            name.replace("_", "/", 1) + ".html" if "css" not in name else "style.css": text
            for name, text in texts.items()
        }
        self.preview.build()
        return self.server.told


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr("hooks.preview.preview.GRACE", 0)
    return House(tmp_path / "site")


def test_what_is_looked_at_is_shown_before_the_site_is_built_and_not_again(house: House) -> None:
    house.preview.look("a/", "")
    assert house.edit(a_index="new") == ["alone a/", "shows", "whole", "moves", "shows", "alone a/"]
    assert (
        house.server.root / "a/index.html"
    ).read_text() == "new" and house.server.root.name == ".1"


def test_it_is_shown_again_when_the_site_has_changed_what_it_is_made_of(house: House) -> None:
    house.preview.look("a/", "")
    house.server.shows = lambda: house.preview.look("style.css", "a/")  # type: ignore[method-assign]  # a browser that reloads
    assert house.edit(a_index="new") == ["alone a/", "whole", "moves", "alone a/"]
    assert house.edit(css="blue") == ["alone a/", "whole", "moves", "shows again", "alone a/"]


def test_a_page_that_cannot_be_made_alone_waits_for_the_site(house: House) -> None:
    house.preview.look("", "")
    assert house.edit(index="new") == ["alone ", "whole", "moves", "shows", "alone "]


def test_an_edit_meanwhile_breaks_the_build_off_and_browsers_keep_what_they_have(
    house: House,
) -> None:
    house.preview.look("a/", "")
    house.server.hurried = True
    assert house.edit(a_index="new") == ["alone a/", "shows", "whole"]
    assert house.server.root.name == "site" and house.server.instead() == ""
    house.server.hurried = False
    assert "moves" in house.edit(a_index="newer") and not (house.server.root.parent / ".1").exists()


def test_what_fails_is_shown_in_its_place_until_it_is_mended(house: House) -> None:
    house.preview.look("a/", "")
    house.error = jinja2.TemplateSyntaxError(
        "unexpected '}'", 7, "main.html", str(ROOT / "hooks/theme/main.html")
    )
    assert house.edit()[-1] == "shows again"
    assert (
        "hooks/theme/main.html:7:1: TemplateSyntaxError: unexpected &#x27;}&#x27;"
        in house.server.instead()
    )
    house.error = None
    assert house.edit() == ["whole", "moves", "shows", "alone a/"] and house.server.instead() == ""


def test_a_page_that_is_opened_is_made_ready_for_its_first_edit(house: House) -> None:
    """Once; what a browser asks for again is ready, and a build makes it ready itself."""
    house.preview.look("a/", "")
    house.preview.look("style.css", "a/")
    house.preview.look("a/", "")
    [ready] = house.waiting
    ready()
    assert house.server.told == ["alone a/"] and house.edited == [set()]
    house.preview.look("", "")
    house.server.shows = house.waiting[-1]  # type: ignore[method-assign]  # in the midst of a build
    assert house.edit(index="new") == ["alone ", "whole", "moves", "alone "]


def test_an_edit_does_not_wait_for_a_page_to_be_ready(house: House) -> None:
    """Making it breaks off at the next check, and the edit comes at once."""
    asked, broken = Event(), Event()

    def alone(path: str, edited: set[Path]) -> bool:
        if current_thread() is main_thread():
            return False
        asked.set()
        while True:
            try:
                house.preview.check()
            except BrokenOff:
                broken.set()
                raise

    house.preview = Preview(house.server, house.whole, alone, house.waiting.append)
    house.preview.look("a/", "")
    thread = Thread(target=house.waiting[-1])
    thread.start()
    assert asked.wait(HANG)
    assert house.edit(a_index="new") == ["whole", "moves", "shows"]
    thread.join(HANG)
    assert broken.is_set() and not thread.is_alive()


def test_an_edit_is_told_until_a_site_has_it(house: House) -> None:
    house.preview.look("a/", "")
    page, style = Path("a.md"), Path("style.css")
    house.server.edited.add(style)
    house.server.hurried = True
    house.edit()
    house.server.hurried = False
    house.server.edited.add(page)
    house.edit()
    assert house.edited == [{style}, {page, style}, set()] and house.server.edited == set()


# Parts

PAGE = """Before.

## One {#one}

A [link](x.md "of `its` own").

| a | b |
| - | - |
| 1 | 2 |

```
## No heading
```

### Two

<div markdown="block" class="it">

Inside.

</div>

!!! note "Well"
    ## Inside, too

Last *words*.
"""
"""Everything that a page is made of, with one part that has a heading of its own."""


def read(markdown: str) -> str:
    return Markdown(
        extensions=[
            "admonition",
            "attr_list",
            "footnotes",
            "md_in_html",
            "tables",
            "toc",
            "pymdownx.superfences",
        ]
    ).convert(markdown)


class Told(Parts):
    """Parts that tell how much Markdown has had to read."""

    def page(self, markdown: str) -> tuple[str, int]:
        signed = self.signed(markdown)
        return self.whole(read(signed)), len(re.sub(r"\s*\ue004[0-9]+\ue005\s*", "", signed))


def test_a_page_made_of_its_parts_is_the_same_page() -> None:
    parts, changed = Told(), PAGE.replace("1 | 2", "1 | 3")
    assert parts.page(PAGE) == (read(PAGE), pytest.approx(len(PAGE), abs=40))
    html, much = parts.page(PAGE)
    assert html == read(PAGE) and much < 150
    html, more = parts.page(changed)
    assert html == read(changed) != read(PAGE) and much < more < 230
    shorter = "## One\n\nAll else is gone."
    assert parts.page(shorter)[0] == read(shorter)
    assert parts.page(PAGE)[0] == read(PAGE)


@pytest.mark.parametrize("ending", ["[^1]: A note.", "  [there]: x.md", "*[a]: A word"])
def test_a_page_whose_parts_lean_on_each_other_is_read_as_a_whole(ending: str) -> None:
    parts, page = Told(), f"A.\n\n## B\n\nC [there].\n\n{ending}\n"
    parts.page(page)
    assert parts.page(page) == (read(page), len(page))


@pytest.mark.parametrize(
    "html", ["<div><p>open", "close</p>", "<p>a</b></p>", '<h4 id="x">A heading</h4>']
)
def test_what_is_not_whole_in_itself_is_no_part(html: str) -> None:
    assert not sound(html)
    assert sound('<p>a<br>b <img src="x"> <em>c</em></p><svg><path d="M0 0"/></svg>')


def test_parts_are_forgotten_when_links_may_lead_elsewhere() -> None:
    sites = Sites()

    def settled(*sources: str) -> Parts:
        sites.note(
            SimpleNamespace(extra={"language": "en"}), files=SimpleNamespace(src_uris=sources)
        )
        sites.settle()
        return sites.parts("a/")

    first = settled("a.md")
    assert settled("a.md") is first is not settled("a.md", "b.md")


def test_only_the_last_folders_are_left(house: House) -> None:
    for number in range(4):
        house.edit(a_index=str(number))
    assert sorted(path.name for path in (house.server.root.parent).glob(".*")) == [".4"]


def test_the_place_of_a_mistake() -> None:
    with pytest.raises(SyntaxError) as found:
        compile("x = = 1", str(ROOT / "hooks/costs/cache.py"), "exec")
    assert place(found.value) == "hooks/costs/cache.py:1:5: SyntaxError: invalid syntax"
    assert place(ValueError("no")) == "ValueError: no"
    page = failed(ValueError("<b>"), ["Config value 'nav': wrong <type>"])
    assert "&lt;b&gt;" in page and "wrong &lt;type&gt;" in page and 'role="alert"' in page


def test_a_page_is_found_by_its_path_in_its_language() -> None:
    def site(language: str) -> None:
        files = SimpleNamespace(
            src_uris=(),
            documentation_pages=lambda: [
                SimpleNamespace(url="./", page=f"{language} home"),
                SimpleNamespace(url="essays/a/", page=f"{language} a"),
            ],
        )
        sites.note(SimpleNamespace(extra={"language": language}), files=files)

    sites = Sites()
    site("en")
    site("zh")
    sites.settle()
    assert [sites.find(path)[1] for path in ("", "essays/a/", "zh/", "zh/essays/a/", "none/")] == [
        "en home",
        "en a",
        "zh home",
        "zh a",
        None,
    ]
