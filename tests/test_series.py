"""The series: minutes, the path, what an essay needs and opens, the map, the roadmap, an hour's reading, read marks."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hooks.series.essay import minutes
from hooks.series.item import Item, Need, head
from hooks.series.map import HALF, Map
from hooks.series.roadmap import Roadmap
from hooks.series.route import Route
from hooks.site.project import Project
from hooks.site.settings import Settings
from hooks.text.languages import LANGUAGES
from hooks.text.rows import Place
from tests.conftest import ROOT, mkdocs
from tests.listing import listing

PREFIX = {"en": "", "zh": "zh/"}


def item(
    slug: str,
    part: float | None = None,
    needs: str = "",
    status: str = "published",
    minutes: int = 10,
    date: str = "",
) -> Item:
    """An item that needs the words of `needs`, each said on a line of its own."""
    place = Place(f"docs/essays/{slug}/index.md", 2, 1)
    asked = tuple(
        Need(need, Place(place.path, 3 + line, 9)) for line, need in enumerate(needs.split())
    )
    return Item(
        slug, f"{slug.title()}: a title", f"Why {slug}?", place, status, part, minutes, date, asked
    )


def slugs(items: list[Item]) -> list[str]:
    return [item.slug for item in items]


def said(route: Route) -> list[str]:
    return [str(problem) for problem in route.problems]


PATH = [
    item("bytes", 1),
    item("cache", 2, "bytes"),
    item("seats", 4, "bytes cache"),
    item("card", 5, "seats", "planned"),
    item("rack", 6, "seats", "planned"),
    item("engine", None, "card", "writing"),
    item("pools", None, "engine rack", "planned"),
]


# Minutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word " * 2300, 10),
        ("字" * 4500, 10),
        ("word " * 2300 + "\n![A line.](a.py)" * 3, 11),  # 10 min and three looks of 20 s
        (
            "字" * 4500 + " decode" * 46,
            10,
        ),  # a few English terms in a Chinese sentence are read with it
        ("---\ntitle: " + "word " * 2300 + "\n---\nword", 1),
        ("```\n" + "word " * 2300 + "\n```\n<!-- " + "word " * 2300 + "-->", 1),
    ],
)
def test_minutes_count_words_or_characters_and_figures_but_no_code(
    text: str, expected: int
) -> None:
    assert minutes(text) == expected


# The path


def test_the_path_goes_by_part_and_what_has_none_comes_last() -> None:
    route = Route(reversed(PATH))
    assert slugs(route.items) == ["bytes", "cache", "seats", "card", "rack", "engine", "pools"]
    assert slugs(route.path) == ["bytes", "cache", "seats", "card", "rack"]
    assert said(route) == []


def test_what_an_essay_opens_is_what_needs_it() -> None:
    route = Route(PATH)
    around = route.around("bytes")
    assert around and slugs(around.opens) == ["cache", "seats"] and around.needs == []
    assert slugs(route.opens(item("seats"))) == ["card", "rack"]


def test_a_page_tells_only_the_needs_that_can_be_read() -> None:
    around = Route(PATH).around("pools")
    assert (
        around
        and around.needs == []
        and slugs(Route(PATH).needs(around.item)) == ["engine", "rack"]
    )


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        ("bytes", None, "cache"),
        ("cache", "bytes", "seats"),
        ("seats", "cache", "card"),
        ("rack", "seats", None),
        ("engine", None, None),
    ],
)
def test_previous_and_next_follow_the_path_to_its_ends(
    slug: str, before: str | None, after: str | None
) -> None:
    """Over what cannot be read yet, but at the last that can, the next one is announced."""
    around = Route(PATH).around(slug)
    assert around
    assert [other and other.slug for other in (around.before, around.after)] == [before, after]


def test_the_next_one_that_can_be_read_comes_before_one_that_cannot() -> None:
    around = Route([*PATH, item("last", 9)]).around("seats")
    assert around and around.after and around.after.slug == "last"


# What a writer gets wrong


def test_a_need_that_no_essay_meets() -> None:
    route = Route([item("two-clocks", 1), item("kv-cache", 2, "two-clock")])
    assert said(route) == [
        "docs/essays/kv-cache/index.md:3:9: no essay 'two-clock' in docs/essays or docs/data/roadmap.yml; did you mean 'two-clocks'?"
    ]
    assert route.needs(route.items[1]) == []


def test_a_circle_is_blamed_on_the_need_that_leads_backwards() -> None:
    route = Route([item("a", 1, "c"), item("b", 2, "a"), item("c", 3, "b")])
    assert said(route) == [
        "docs/essays/a/index.md:3:9: a circle: 'a' needs 'c', which needs 'b', which needs 'a'; leave one of them out"
    ]
    assert Map(route).height == 3


def test_an_essay_that_needs_itself() -> None:
    assert said(Route([item("a", 1, "a")])) == [
        "docs/essays/a/index.md:3:9: 'a' needs itself; leave it out"
    ]


def test_two_essays_in_one_place() -> None:
    assert said(Route([item("a", 3), item("b", 3)])) == [
        "docs/essays/b/index.md:2:1: part 3 is 'a' already (docs/essays/a/index.md:2); take 4, where the path goes on, or leave part out"
    ]


def test_of_two_essays_in_one_place_the_one_that_was_published_first_keeps_it() -> None:
    """The other one is told, and one without a day is newer than any with one."""
    for a, b in (("2026-11-02", "2026-11-01"), ("", "2026-11-01")):
        assert said(Route([item("a", 3, date=a), item("b", 3, date=b), item("c", 7.5)])) == [
            "docs/essays/a/index.md:2:1: part 3 is 'b' already (docs/essays/b/index.md:2); take 8, where the path goes on, or leave part out"
        ]


def test_an_essay_that_takes_the_place_of_a_planned_piece_is_told_in_its_own_file() -> None:
    """Whose slug comes first makes no difference, and three claims of one place are two mistakes."""
    planned = Roadmap("docs/data/roadmap.yml", ROW + "  part: 5\n", "en").items
    for slug in ("a", "z"):
        assert said(Route([*planned, item(slug, 5)])) == [
            f"docs/essays/{slug}/index.md:2:1: part 5 is 'heartbeat' already (docs/data/roadmap.yml:1); take 6, where the path goes on, or leave part out"
        ]
    assert len(said(Route([*planned, item("a", 5), item("z", 5)]))) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("needs: kv-cache", "e.md:3:8: needs is a list of slugs: needs: [two-clocks]"),
        ("needs: [[a]]", "e.md:3:8: needs is a list of slugs: needs: [two-clocks]"),
        ("part: three", "e.md:3:7: part is the place on the path, a number: part: 3"),
        (
            "status: done",
            "e.md:3:9: status is one of published, writing, planned or open, not 'done'",
        ),
    ],
)
def test_front_matter_that_the_series_cannot_use(line: str, message: str) -> None:
    problems: list = []
    reading = head("e.md", f"---\ntitle: E\n{line}\n---\n", problems)
    assert (reading.needs(), reading.part()) == ((), None)
    reading.status()
    assert [str(problem) for problem in problems] == [message]


ROW = (
    "heartbeat:\n  title: Heartbeat\n  title_zh: 心跳\n  question: Why?\n  question_zh: 为什么？\n"
)


def test_a_piece_of_the_roadmap_in_each_language() -> None:
    for language, title in zip(LANGUAGES, ("Heartbeat", "心跳"), strict=True):
        roadmap = Roadmap("roadmap.yml", ROW + "  part: 5\n  needs: [a]\n", language)
        assert roadmap.problems == []
        assert [
            (row.slug, row.title, row.status, row.part, [need.slug for need in row.needs])
            for row in roadmap.items
        ] == [("heartbeat", title, "planned", 5, ["a"])]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            ROW.replace("  title_zh: 心跳\n", ""),
            "roadmap.yml:1:1: 'heartbeat' has no title_zh: the roadmap is in both languages",
        ),
        (
            ROW.replace("为什么？", '""'),
            "roadmap.yml:1:1: 'heartbeat' has no question_zh: the roadmap is in both languages",
        ),
        (
            ROW + "  need: [a]\n",
            "roadmap.yml:6:3: a piece of the roadmap has no 'need'; did you mean 'needs'?",
        ),
        (
            ROW + "  status: published\n",
            "roadmap.yml:6:11: what is published has a page: docs/essays/heartbeat/index.md",
        ),
        (
            "- heartbeat\n",
            "roadmap.yml:1:1: the roadmap maps slugs to pieces: heartbeat: {title: …, title_zh: …, question: …, question_zh: …}",
        ),
        (
            "heartbeat: [\n",
            "roadmap.yml:2:1: YAML cannot read this: expected the node content, but found '<stream end>'",
        ),
    ],
)
def test_what_is_wrong_in_the_roadmap_has_its_line_and_that_piece_is_left_out(
    text: str, message: str
) -> None:
    roadmap = Roadmap("roadmap.yml", text, "en")
    assert [str(problem) for problem in roadmap.problems] == [message]
    assert roadmap.items == []


def test_the_build_refuses_all_of_it_at_once(house: Path) -> None:
    """Once each, though both languages meet them, and strict fails."""
    essay = house / "docs/essays/kv-cache/index.md"
    essay.write_text(
        essay.read_text("utf-8").replace("needs: [two-clocks]", "needs: [two-clock, empty-seats]"),
        "utf-8",
    )
    data = house / "docs/data/roadmap.yml"
    data.write_text(
        re.sub(r"  question_zh: 把一段对话.*\n", "", data.read_text("utf-8"))
        + f"\n{ROW.replace('heartbeat', 'two-clocks')}",
        "utf-8",
    )
    text = data.read_text("utf-8")
    line = essay.read_text("utf-8").splitlines().index("needs: [two-clock, empty-seats]") + 1
    result = mkdocs(house, "build", "--strict")
    assert result.returncode == 1
    for message in (
        f"docs/essays/kv-cache/index.md:{line}:9: no essay 'two-clock' in docs/essays or docs/data/roadmap.yml; did you mean 'two-clocks'?",
        f"docs/essays/kv-cache/index.md:{line}:20: a circle: 'kv-cache' needs 'empty-seats', which needs 'kv-cache'; leave one of them out",
        f"docs/data/roadmap.yml:{text[: text.index('flash-decoding:')].count(chr(10)) + 1}:1: 'flash-decoding' has no question_zh: the roadmap is in both languages",
        f"docs/data/roadmap.yml:{text[: text.index('two-clocks:')].count(chr(10)) + 1}:1: 'two-clocks' has a page now, whose front matter says all this; delete it here",
    ):
        assert result.stdout.count(message) == 1, message


# The hour and the newest


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [((30, 30, 1), 2), ((30, 31, 1), 1), ((61,), 0), ((10, 10, 10), 3), ((), 0)],
)
def test_an_hour_is_the_beginning_of_the_path_that_fits(
    lengths: tuple[int, ...], expected: int
) -> None:
    chosen = Route(
        item(f"e{part}", part, minutes=length) for part, length in enumerate(lengths)
    ).hour()
    assert slugs(chosen) == [f"e{part}" for part in range(expected)]
    assert sum(item.minutes for item in chosen) <= 60


def test_an_hour_skips_what_cannot_be_read_and_what_stands_beside_the_path() -> None:
    assert slugs(Route([*PATH, item("beside")]).hour()) == ["bytes", "cache", "seats"]


def test_the_newest_are_named_once_there_are_more_than_five() -> None:
    many = [item(f"e{day}", day, date=f"2026-11-0{day}") for day in range(1, 7)]
    assert Route(many[:5]).recent() == []
    assert listing("recent", Route(many[:5])) == ""
    assert slugs(Route(many).recent()) == ["e6", "e5", "e4"]


# The map


def test_each_stop_stands_below_what_it_needs_and_in_a_place_of_its_own() -> None:
    route = Route(PATH)
    plan = Map(route)
    rows = {spot.item.slug: spot.row for spot in plan.spots}
    assert rows == {
        "bytes": 0,
        "cache": 1,
        "seats": 2,
        "card": 3,
        "rack": 3,
        "engine": 4,
        "pools": 5,
    }
    assert len({(spot.row, spot.column) for spot in plan.spots}) == len(plan.spots)
    assert all(0 <= spot.column <= 2 * plan.width - 2 for spot in plan.spots)


def test_a_line_is_left_out_where_others_lead_there() -> None:
    """Seats needs bytes and cache, and cache needs bytes: the line from bytes goes through cache."""
    route = Route(PATH)
    assert slugs(Map(route).direct(route.items[2])) == ["cache"]


def test_a_line_passes_a_row_between_its_cells() -> None:
    """From rack to pools through engine's row, left or right of engine."""
    plan = Map(Route(PATH))
    engine = next(spot for spot in plan.spots if spot.item.slug == "engine")
    way = plan._way("rack", "pools")
    assert len(way) == 3 and way[1] in (engine.column, engine.column + 2)
    assert f"V{2 * HALF * 5 - HALF // 3}" in plan.lines()


def test_lines_do_not_cross_where_they_need_not() -> None:
    plan = Map(Route([item("a", 1), item("b", 2), item("c", 3, "b"), item("d", 4, "a")]))
    assert [spot.item.slug for spot in plan.spots] in (["a", "b", "d", "c"], ["b", "a", "c", "d"])


def test_a_map_too_wide_for_a_page_is_a_column() -> None:
    assert 'class="series-map layered"' in listing("map", Route(PATH))
    assert 'class="series-map"' in listing(
        "map", Route(item(f"e{part}", part) for part in range(6))
    )


def test_an_empty_series_has_an_empty_map() -> None:
    assert "<li" not in listing("map")


def test_what_is_not_published_is_no_link_anywhere() -> None:
    for name in ("map", "roadmap", "essays", "hour"):
        shown = listing(name, Route(PATH), up="../")
        assert set(re.findall(r'href="\.\./essays/(\w+)/"', shown)) == {"bytes", "cache", "seats"}


def test_no_title_injects_markup() -> None:
    evil = Item(
        "evil", "<script>alert(1)</script>", '"><img src=x>', Place("e.md"), part=1, minutes=3
    )
    shown = "".join(listing(name, Route([evil])) for name in ("map", "roadmap", "essays", "hour"))
    assert "<script" not in shown and "<img" not in shown


# The real docs


@pytest.fixture(scope="module", params=LANGUAGES)
def real(request: pytest.FixtureRequest) -> Project:
    """The real series in each language."""
    return Project(Settings(ROOT, ROOT / "docs", request.param))


def test_the_real_series_is_sound_and_whole_in_both_languages(real: Project) -> None:
    assert real.series.route.problems == []
    for one in real.series.route.items:
        assert one.title and one.question and "`" not in one.title + one.question
        assert bool(re.search(r"[\u4e00-\u9fff]", one.question)) == (real.language == "zh"), (
            one.slug
        )


def test_map_and_roadmap_name_every_essay_once(real: Project) -> None:
    for name in ("map", "roadmap"):
        shown = listing(name, real.series.route, real.language)
        assert sorted(re.findall(r'<li [^>]*data-essay="([^"]+)"', shown)) == sorted(
            slugs(real.series.route.items)
        )


def test_the_hour_of_the_home_page_adds_up(real: Project, site: Path) -> None:
    chosen = real.series.route.hour()
    total = sum(one.minutes for one in chosen)
    assert chosen and total <= 60
    shown = re.search(
        r"<p class=[\"']hour[\"']>.*?</p>",
        (site / PREFIX[real.language] / "index.html").read_text("utf-8"),
        re.DOTALL,
    )
    assert (
        shown
        and re.findall(r"essays/([\w-]+)/", shown[0]) == slugs(chosen)
        and f"{total} {'分钟' if real.language == 'zh' else 'min'}" in shown[0]
    )


def test_the_home_page_tells_the_path_in_its_order_from_what_stands_beside_it(
    real: Project, site: Path
) -> None:
    html = (site / PREFIX[real.language] / "index.html").read_text("utf-8")
    path, beside = re.findall(r'<h2 class="list-title">.*?</ol>', html, re.DOTALL)
    parts = [f"{one.part:g}" for one in real.series.route.published if one.part is not None]
    assert re.findall(r'<span class="p">(.*?)</span>', path) == parts
    others = [one.slug for one in real.series.route.published if one.part is None]
    assert re.findall(r'data-essay="([^"]*)"', beside) == others


def test_a_head_says_the_part_the_minutes_and_what_comes_first(real: Project, site: Path) -> None:
    for one in real.series.route.published:
        text = (site / PREFIX[real.language] / one.address / "index.html").read_text("utf-8")
        top = text[
            text.index('<header class="essay-head">') : text.index(
                "</header>", text.index('<header class="essay-head">')
            )
        ]
        around = real.series.route.around(one.slug)
        assert around
        if one.part:
            path = "路线第 {:g} 篇" if real.language == "zh" else "Part {:g} of the path"
            assert path.format(one.part) in top
        else:
            assert "路线第" not in top and "of the path" not in top
        for need in around.needs:
            told = (
                f"{need.short}</a>，{need.minutes} 分钟"
                if real.language == "zh"
                else f"{need.short}</a>, {need.minutes} min"
            )
            assert f'href="../{need.slug}/">{told}' in top
        assert ('class="kicker needs"' in top) == bool(around.needs)


def test_a_foot_leads_on_and_every_link_of_it_exists(real: Project, site: Path) -> None:
    for one in real.series.route.published:
        folder = site / PREFIX[real.language] / one.address
        foot = re.search(
            r'<nav class="onward".*?</nav>', (folder / "index.html").read_text("utf-8"), re.DOTALL
        )
        around = real.series.route.around(one.slug)
        assert foot and around
        assert ('rel="prev"' in foot[0]) == (around.before is not None)
        assert ('rel="next"' in foot[0]) == bool(around.after and around.after.published)
        for other in (around.before, around.after):
            assert other is None or (
                other.title in unescape(foot[0]) and other.question in unescape(foot[0])
            )
        assert all(other.short in foot[0] for other in around.opens)
        for link in re.findall(r'href="([^"]+)"', foot[0]):
            assert (folder / link / "index.html").is_file(), link


# In the reader's browser


def test_an_essay_read_to_its_end_is_marked_everywhere(page: Page, address: str) -> None:
    """Scroll to the end, reload: the mark is in the head; then on the home page, the map, the roadmap, in the other language too."""
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    assert page.locator(".read").count() == 0
    page.locator(".onward").scroll_into_view_if_needed()
    page.locator(".kicker .read").wait_for(state="attached")
    page.reload(wait_until="networkidle")
    assert page.locator(".kicker .read").inner_text() == "✓ read"
    for path, places in (
        ("", [".essays"]),
        ("roadmap/", [".series-map", ".roadmap"]),
        ("zh/", [".essays"]),
        ("zh/roadmap/", [".series-map", ".roadmap"]),
    ):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        for place in places:
            marked = page.locator(f"{place} [data-essay]:has(.read)")
            assert [item.get_attribute("data-essay") for item in marked.all()] == ["kv-cache"], (
                path,
                place,
            )
            assert marked.locator(".read").inner_text() == (
                "✓ 读过" if path.startswith("zh") else "✓ read"
            )
    page.goto(f"{address}/essays/empty-seats/", wait_until="networkidle")
    assert page.locator(".kicker .read").count() == 0


def test_a_mark_moves_nothing(page: Page, address: str) -> None:
    """Home, map and roadmap stand where they stood."""
    where = "() => [...document.querySelectorAll('li[data-essay], article p')].map((item) => Object.values(item.getBoundingClientRect().toJSON()).join())"
    for path in ("", "roadmap/"):
        page.goto(f"{address}/{path}", wait_until="networkidle")
        page.evaluate("() => localStorage.removeItem('worked-out.read')")
        page.reload(wait_until="networkidle")
        before = page.evaluate(where)
        page.evaluate(
            "() => localStorage.setItem('worked-out.read', 'kv-cache two-clocks empty-seats')"
        )
        page.reload(wait_until="networkidle")
        assert page.locator(".read").count() >= 3
        assert page.evaluate(where) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_nothing_is_missing_but_the_marks(
    language: str, browser: Browser, address: str
) -> None:
    """Every link of the map is there and goes to a page; so are head and foot."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/{PREFIX[language]}roadmap/")
    links = page.locator(".series-map a")
    assert links.count() == len([*ROOT.glob("docs/essays/*/index.md")])
    assert all(link.is_visible() for link in links.all())
    assert (
        page.locator(".series-map .slim").is_visible()
        and not page.locator(".series-map .wide").is_visible()
    )
    links.nth(1).click()
    for part in (".onward-before", ".onward-opens", ".needs a"):
        expect(page.locator(part)).to_be_visible()
    context.close()


def test_a_reader_who_lets_nothing_be_kept_reads_on(browser: Browser, address: str) -> None:
    """Storage that throws breaks nothing."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        "for (const name of ['getItem', 'setItem']) { const own = Storage.prototype[name]; Storage.prototype[name] = function (key, ...rest) { if (key === 'worked-out.read') throw new Error('no'); return own.call(this, key, ...rest); }; }"
    )
    page.goto(f"{address}/essays/kv-cache/", wait_until="networkidle")
    page.locator(".onward").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert errors == [] and page.locator(".read").count() == 0
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_lines_meet_their_stops(width: int, browser: Browser, address: str) -> None:
    """Every end of a line of the map lies within the frame, or at the dot, of the items that it joins."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/roadmap/")
    svg = page.locator(f".series-map .{'wide' if width == 1280 else 'slim'}")
    ends = svg.evaluate("""svg => [...svg.querySelectorAll('path')].flatMap((path) => [0, path.getTotalLength()].map((at) => {
      const point = path.getPointAtLength(at).matrixTransform(path.getScreenCTM());
      return [point.x, point.y];
    }))""")
    cells = page.locator(".series-map li").evaluate_all(
        "items => items.map((item) => { const box = item.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; })"
    )
    assert len(ends) >= 20
    for x, y in ends:
        centres = [
            ((left + right) / 2 if width == 1280 else left, (top + bottom) / 2)
            for left, top, right, bottom in cells
        ]
        assert min(abs(x - u) + abs(y - v) for u, v in centres) < 2
    context.close()
