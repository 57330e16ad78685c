"""The preview: what is looked at comes first, what fails is shown in its place, and a reload leaves a reader where they were."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread

import jinja2
import pytest

from hooks.preview.preview import BrokenOff, Preview
from hooks.preview.preview_page import ROOT, failed, place
from tests.conftest import HANG


class Server:
    """MkDocs' server, as far as the preview knows it; it writes down what happens."""

    def __init__(self, root: Path):
        self.root = root
        self.told: list[str] = []
        self.hurried = False
        self.edited: set[Path] = set()
        self.failure: Callable[[], str] = str

    def attach(
        self,
        build: Callable[[], None],
        note_request: Callable[[str, str], None],
        failure: Callable[[], str],
    ) -> None:
        self.failure = failure

    def edit_waits(self) -> bool:
        return self.hurried

    def serve_folder(self, root: Path) -> None:
        self.root = root
        self.told.append("moves")

    def reload(self) -> None:
        self.told.append("shows")

    def reload_again(self) -> None:
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
    house.preview.note_request("a/", "")
    assert house.edit(a_index="new") == ["alone a/", "shows", "whole", "moves", "shows", "alone a/"]
    assert (
        house.server.root / "a/index.html"
    ).read_text() == "new" and house.server.root.name == ".1"


def test_it_is_shown_again_when_the_site_has_changed_what_it_is_made_of(house: House) -> None:
    house.preview.note_request("a/", "")
    house.server.reload = lambda: house.preview.note_request("style.css", "a/")  # type: ignore[method-assign]  # a browser that reloads
    assert house.edit(a_index="new") == ["alone a/", "whole", "moves", "alone a/"]
    assert house.edit(css="blue") == ["alone a/", "whole", "moves", "shows again", "alone a/"]


def test_a_page_that_cannot_be_made_alone_waits_for_the_site(house: House) -> None:
    house.preview.note_request("", "")
    assert house.edit(index="new") == ["alone ", "whole", "moves", "shows", "alone "]


def test_an_edit_meanwhile_breaks_the_build_off_and_browsers_keep_what_they_have(
    house: House,
) -> None:
    house.preview.note_request("a/", "")
    house.server.hurried = True
    assert house.edit(a_index="new") == ["alone a/", "shows", "whole"]
    assert house.server.root.name == "site" and house.server.failure() == ""
    house.server.hurried = False
    assert "moves" in house.edit(a_index="newer") and not (house.server.root.parent / ".1").exists()


def test_what_fails_is_shown_in_its_place_until_it_is_mended(house: House) -> None:
    house.preview.note_request("a/", "")
    house.error = jinja2.TemplateSyntaxError(
        "unexpected '}'", 7, "main.html", str(ROOT / "hooks/theme/main.html")
    )
    assert house.edit()[-1] == "shows again"
    assert (
        "hooks/theme/main.html:7:1: TemplateSyntaxError: unexpected &#x27;}&#x27;"
        in house.server.failure()
    )
    house.error = None
    assert house.edit() == ["whole", "moves", "shows", "alone a/"] and house.server.failure() == ""


def test_a_page_that_is_opened_is_made_ready_for_its_first_edit(house: House) -> None:
    """Once; what a browser asks for again is ready, and a build makes it ready itself."""
    house.preview.note_request("a/", "")
    house.preview.note_request("style.css", "a/")
    house.preview.note_request("a/", "")
    [ready] = house.waiting
    ready()
    assert house.server.told == ["alone a/"] and house.edited == [set()]
    house.preview.note_request("", "")
    house.server.reload = house.waiting[-1]  # type: ignore[method-assign]  # in the midst of a build
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
    house.preview.note_request("a/", "")
    thread = Thread(target=house.waiting[-1])
    thread.start()
    assert asked.wait(HANG)
    assert house.edit(a_index="new") == ["whole", "moves", "shows"]
    thread.join(HANG)
    assert broken.is_set() and not thread.is_alive()


def test_an_edit_is_told_until_a_site_has_it(house: House) -> None:
    house.preview.note_request("a/", "")
    page, style = Path("a.md"), Path("style.css")
    house.server.edited.add(style)
    house.server.hurried = True
    house.edit()
    house.server.hurried = False
    house.server.edited.add(page)
    house.edit()
    assert house.edited == [{style}, {page, style}, set()] and house.server.edited == set()


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
