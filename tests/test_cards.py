"""Share cards: what their fonts can set, how headlines break, figures read back, pixels, and the same bytes every time."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib.image import imread

from hooks.data.engine import Engine
from hooks.pictures.drawing import draw_picture
from hooks.publish.cards.glyphs import SANS, SERIF, known, latin, missing
from hooks.publish.cards.palette import palette
from hooks.publish.cards.setting import CLOSING, break_lines
from hooks.publish.cards.shapes import Disc, Outline, TextLine, figure_texts, read_shapes
from hooks.publish.cards.share_card import HIGH, WIDE, Card
from hooks.publish.feeds.content import figure_file as file_of
from hooks.publish.feeds.share import HIGH as TOLD_HIGH
from hooks.publish.feeds.share import WIDE as TOLD_WIDE
from hooks.site.project import Project
from hooks.site.settings import Settings
from hooks.text.languages import LANGUAGES
from hooks.text.problems import Mistake
from tests.conftest import ROOT

FIGURES = sorted(
    path for path in (ROOT / "figures").glob("*.py") if path.stem not in ("style", "__init__")
)

FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 260" font-size="13"><rect width="100%" height="100%" fill="white"></rect>'
    '<path d="M10 20H110V60.5L10 70Q5 5 6 6Z" fill="#a0328c" fill-opacity="0.5" stroke="#a0328c" stroke-width="1.2" />'
    '<path d="M0 0L9 9" transform="translate(3 -4)" fill="none" stroke="#8a8f99" stroke-dasharray="4,3" stroke-linecap="round" />'
    '<circle cx="1" cy="2" r="4.2" transform="translate(100 50)" fill="#21242b" stroke="#ffffff" stroke-width="1.4"><title>a</title></circle>'
    '<text x="260" y="100" text-anchor="middle" font-weight="600" fill="#21242b" stroke="#ffffff" stroke-width="4" paint-order="stroke">batch 8，$9 &amp; $8</text></svg>'
)


def pixels(png: bytes):
    """A card's colours, row by row, each from 0 to 1."""
    return imread(BytesIO(png), format="png")[:, :, :3]


def inked(png: bytes):
    """Where a card is not just ground."""
    ground = [int(palette()["ground"][at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return abs(pixels(png) - ground).max(axis=2) > 0.02


def card(
    headline: str = "Why 92.8\u202ftokens/s, when the chips would allow 28,500?",
    title: str = "Two clocks",
    site: str = "Vans",
    figure: str = FIGURE,
) -> Card:
    """A card of vans."""
    return Card(headline, title, site, figure)


# Fonts


@pytest.mark.parametrize(
    ("font", "letters"), [(SANS, known()), (SERIF, latin())], ids=["sans", "serif"]
)
def test_a_font_has_every_character_that_is_said_to_be_in_it(
    font: Path, letters: frozenset[str]
) -> None:
    """Else: python -m hooks.publish.cards.font."""
    has = {chr(code) for code in TTFont(font).getBestCmap()}
    assert "".join(sorted(letters - has)) == ""


def test_fonts_are_small_and_come_with_their_licence() -> None:
    assert SANS.stat().st_size < 900_000 and SERIF.stat().st_size < 40_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in SANS.with_name("OFL.txt").read_text("utf-8")


def test_a_space_that_holds_a_number_to_its_unit_is_one_that_the_font_has() -> None:
    assert missing(["92.8\u202fms\n 8\u2009GB"]) == "" and missing(["犇 and 龘，犇"]) == "犇龘"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_and_question_can_be_set(language: str) -> None:
    """Of the essays, of those on their way, of the tags."""
    project = Project(Settings(ROOT, ROOT / "docs", language))
    texts = [
        text for item in project.series.route.items for text in (item.title, item.question)
    ] + [text for tag in project.series.tags for text in (tag.title, tag.about)]
    assert len(texts) > 30 and missing(texts) == ""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_every_figure_can_lead(path: Path, language: str, engine: Engine) -> None:
    """Each of its elements is read back, and each of its characters is in the font."""
    svg = file_of(draw_picture(path, engine.scenario, language, "Alt", ROOT / ".cache/figures").svg)
    read = read_shapes(svg)
    assert sum(isinstance(shape, Outline) for shape in read.shapes) == svg.count("<path")
    assert sum(isinstance(shape, Disc) for shape in read.shapes) == svg.count("<circle")
    assert figure_texts(svg) == [shape.text for shape in read.shapes if isinstance(shape, TextLine)]
    assert len(figure_texts(svg)) == svg.count("<text")
    assert missing(figure_texts(svg)) == ""


# Headlines


def measure(text: str) -> float:
    """A Han character is two wide."""
    return sum(2 if letter > "\u2e80" else 1 for letter in text)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("one two three four", 40, ["one two three four"]),
        ("one two three four five", 20, ["one two three", "four five"]),
        ("one two three fourteen", 16, ["one two", "three fourteen"]),
        (
            "两块80 GB的卡，为什么只装得下27个用户？",
            32,
            ["两块80 GB的卡，", "为什么只装得下27个用户？"],
        ),
        ("两块80\u00a0GB的卡为什么满", 12, ["两块80\u00a0GB", "的卡为什么满"]),
        ("他说：“真的吗？”我说：（真的）。", 18, ["他说：“真的吗？”", "我说：（真的）。"]),
        ("unbreakableword", 5, ["unbreakableword"]),
        ("don’t don’t", 7, ["don’t", "don’t"]),
        ("", 10, []),
    ],
)
def test_a_headline_breaks_where_a_reader_would_pause(
    text: str, room: float, expected: list[str]
) -> None:
    assert break_lines(text, room, measure) == expected


def test_no_line_begins_with_what_ends_one() -> None:
    text = "显存、算力、带宽、批量：（四样）都要“看”，一样也不能少！为什么？因为……"
    for room in range(6, 40):
        broken = break_lines(text, room, measure)
        assert "".join(broken) == text and not any(
            line[0] in CLOSING or line[-1] in "（“" for line in broken
        ), broken


def test_a_very_long_headline_is_set_all_the_same() -> None:
    assert len(break_lines("字" * 3000, 40, measure)) == 150


# A figure read back


def test_a_figure_is_read_back() -> None:
    read = read_shapes(FIGURE)
    box, line, dot, words = read.shapes
    assert (read.wide, read.high, read.size) == (520, 260, 13)
    assert isinstance(box, Outline) and [name for name, _ in box.steps] == [
        "M",
        "L",
        "L",
        "L",
        "Q",
        "Z",
    ]
    assert box.steps[1:3] == (("L", ((110, 20),)), ("L", ((110, 60.5),))) and (
        box.look.fill,
        box.look.opacity,
    ) == ("#a0328c", 0.5)
    assert (
        isinstance(line, Outline)
        and line.steps == (("M", ((3, -4),)), ("L", ((12, 5),)))
        and (line.look.fill, line.look.dashes, line.look.round) == ("", (4, 3), True)
    )
    assert isinstance(dot, Disc) and (dot.x, dot.y, dot.radius) == (101, 52, 4.2)
    assert isinstance(words, TextLine) and (words.text, words.anchor, words.bold, words.rim) == (
        "batch 8，$9 & $8",
        "middle",
        True,
        4,
    )


# Pixels


@pytest.mark.parametrize(
    "given",
    [
        card(),
        card("为什么只有92.8 token/s？", "两只钟：一只数字节，一只数FLOPs", "把推理算明白"),
        card(
            "Why does a token cost so many times more when you are the only one who uses the machine that you have rented by the hour?",
            "A title that is rather long, as titles are, and goes on: what then?",
        ),
        card("显存" * 40 + "？", "题目" * 20),
        card("显存" * 90 + "？", "题目" * 60),
        card(title="Unbreakable" * 4),
        card(figure=""),
        card("Vans", "On vans and parcels, with every number open.", ""),
    ],
    ids=[
        "english",
        "chinese",
        "long",
        "long-chinese",
        "longer-chinese",
        "one-word",
        "no-figure",
        "site",
    ],
)
def test_a_card_is_full_and_keeps_its_margins(given: Card) -> None:
    """Of the size that the page tells, with something on it, and nothing cut off at an edge."""
    png = given.png(None)
    ink = inked(png)
    assert ink.shape == (HIGH, WIDE) == (TOLD_HIGH, TOLD_WIDE) == (630, 1200)
    assert 0.005 < ink.mean() < 0.4 and len(png) < 300_000
    assert (
        not ink[:30].any()
        and not ink[-30:].any()
        and not ink[:, :44].any()
        and not ink[:, -44:].any()
    )


def test_a_card_shows_the_figure_in_its_own_colours() -> None:
    """A tinted box of the KV cache's colour at half of the ground's strength; a rim of paper is ground."""
    shown = {
        tuple(round(float(part) * 255) for part in colour)
        for row in pixels(card().png(None))[::3]
        for colour in row[::3]
    }
    ground = [int(palette()["ground"][at : at + 2], 16) for at in (1, 3, 5)]
    tint = tuple((part + own) / 2 for part, own in zip(ground, (0xA0, 0x32, 0x8C), strict=True))
    assert any(all(abs(a - b) <= 2 for a, b in zip(colour, tint, strict=True)) for colour in shown)
    assert (255, 255, 255) not in shown


def test_dollars_are_dollars() -> None:
    """Two of them in a text make no formula."""
    assert (
        inked(card("$9 is not $8", "", "", "").png(None))
        != inked(card("9 is not 8", "", "", "").png(None))
    ).any()


def test_same_card_same_bytes_in_another_process() -> None:
    """Whatever the order in which Python hashes."""
    code = f"import hashlib; from hooks.publish.cards.share_card import Card; print(hashlib.sha256(Card('Why？', 'T', 'S', {FIGURE!r}).png(None)).hexdigest())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1 and len(digests.pop()) == 65


# Kept


def test_a_card_is_kept_and_then_needs_no_matplotlib(tmp_path: Path) -> None:
    drawn = card().png(tmp_path)
    [file] = tmp_path.iterdir()
    assert base64.b64encode(drawn) in file.read_bytes()
    code = f"import sys; from pathlib import Path; from hooks.publish.cards.share_card import Card; Card(*{(card().headline, card().title, card().site, FIGURE)!r}).png(Path({str(tmp_path)!r})); print('matplotlib' in sys.modules)"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        == "False\n"
    )


@pytest.mark.parametrize(
    "spoil", [lambda kept: kept[:1000], lambda kept: kept[:5000] + b"?" + kept[5001:]]
)
def test_a_damaged_file_is_drawn_again(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    drawn = card().png(tmp_path)
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert card().png(tmp_path) == drawn and file.read_bytes() == whole


def test_another_text_is_another_card(tmp_path: Path) -> None:
    assert card().png(tmp_path) != card(title="Three clocks").png(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


# Checked


def test_a_character_without_a_glyph_is_a_mistake_where_it_stands() -> None:
    """Drawn or not, so that a writer without the site's address hears of it too."""
    with pytest.raises(
        Mistake,
        match=r"fonts have no 犇龘; add it to MORE in hooks/publish/cards/glyphs\.py, then: python -m hooks\.publish\.cards\.font",
    ) as refused:
        card("三个犇", "龘").check("title: 龘\nquestion: 三个犇\n")
    assert refused.value.at == len("title: 龘\nquestion: 三个")
