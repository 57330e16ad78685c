"""The shell that every page stands in: its styles, its script, and which of the theme's files the site ships."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from rcssmin import cssmin

from hooks.formula.format import Language
from hooks.languages import say
from hooks.live.twin import stripped
from hooks.page import icons

THEME = Path(__file__).resolve().parent / "theme"

UNUSED = (
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/images/favicon.png",
    "styles/",
    "shell.js",
    "markup.js",
    "sitemap.xml",
)
"""Of the theme's files: what Material's own pages load, what our stylesheet and script are made of, a sitemap that knows no languages."""

FRAMED = re.compile(r"^<table>.*?</table>", re.DOTALL | re.MULTILINE)
"""A table that Markdown wrote: it begins a line."""

PERMANENT = 'title="Permanent link"'
"""What Markdown says of a heading's link, in English."""

ICON = re.compile(r"icon\(([\w/-]+)\)")
"""What a stylesheet says where it means one of Material's icons."""

PRE = re.compile(r"<pre>(?=(.*?)</pre>)", re.DOTALL)
NARROW = 36
"""So many characters of code fit on a phone."""


def ships(uri: str) -> bool:
    """Whether the site has use for a file of the theme, by its address."""
    return not uri.startswith(UNUSED)


def texts() -> dict[str, str]:
    """The stylesheets and scripts, by address: `site.css` and `shell.js` are every page's, `rooms.css` what only pages besides essays need, `markup.*` what only pages with Material's features do.

    They are the same in every language.
    """
    return {
        "assets/site.css": _joined(THEME / "styles"),
        "assets/rooms.css": _joined(THEME / "styles" / "rooms"),
        "assets/markup.css": _joined(THEME / "styles" / "markup"),
        "assets/shell.js": _script("shell.js"),
        "assets/markup.js": _script("markup.js"),
    }


def _script(name: str) -> str:
    code = stripped((THEME / name).read_text("utf-8"))
    return f'(()=>{{"use strict";\n{code}\n}})();\n'


def _joined(folder: Path) -> str:
    css = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
    return ICON.sub(lambda match: _picture(match[1]), str(cssmin(css)))


def _picture(name: str) -> str:
    """One of Material's icons as an address that holds it: `icon(material/check)` in a stylesheet."""
    svg = (icons.folder() / f"{name}.svg").read_text("utf-8").strip()
    return f'url("data:image/svg+xml,{quote(svg, safe=" /:=")}")'.replace("%22", "'")


def version() -> str:
    """A short name for their state, which their addresses carry: what a browser has kept of an older one is of no use."""
    return sha256("".join(texts().values()).encode()).hexdigest()[:8]


def framed(html: str, language: Language) -> str:
    """A page whose wide parts scroll by themselves: tables in a frame of their own, and code that a keyboard reaches.

    The links of its headings say what they are.
    """
    html = FRAMED.sub(lambda match: _frame(match[0], language), html)
    html = html.replace(
        PERMANENT, f'aria-label="{say("Link to this section", "本节链接", language)}"'
    )
    return PRE.sub(lambda match: '<pre tabindex="0">' if _wide(match[1]) else match[0], html)


def _frame(table: str, language: Language) -> str:
    """A table with numbers to press or links is reached through them; another one is reached itself."""
    if re.search(r"<(?:button|a) ", table):
        return f'<div class="frame">{table}</div>'
    return f'<div class="frame" tabindex="0" role="group" aria-label="{say("Table", "表格", language)}">{table}</div>'


def _wide(code: str) -> bool:
    return max(map(len, re.sub(r"<[^>]*>", "", code).split("\n"))) > NARROW
