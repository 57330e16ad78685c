"""The assets of every page: its styles, its script, and which of the theme's files the site
ships.
"""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from rcssmin import cssmin

from hooks.live.bundle import stripped
from hooks.page import icons

THEME = Path(__file__).resolve().parents[1] / "theme"

UNUSED = (
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/images/favicon.png",
    "styles/",
    "site.js",
    "markup.js",
    "sitemap.xml",
)
"""Of the theme's files: what Material's own pages load, what our stylesheet and script are made
of, a sitemap that knows no languages.
"""


ICON = re.compile(r"icon\(([\w/-]+)\)")
"""What a stylesheet says where it means one of Material's icons."""


def ships(uri: str) -> bool:
    """Whether the site has use for a file of the theme, by its address."""
    return not uri.startswith(UNUSED)


def asset_texts() -> dict[str, str]:
    """The stylesheets and scripts, by address: `site.css` and `site.js` are every page's,
    `rooms.css` what only pages besides essays need, `markup.*` what only pages with Material's
    features do.

    They are the same in every language.
    """
    return {
        "assets/site.css": _joined(THEME / "styles"),
        "assets/rooms.css": _joined(THEME / "styles" / "rooms"),
        "assets/markup.css": _joined(THEME / "styles" / "markup"),
        "assets/site.js": _script("site.js"),
        "assets/markup.js": _script("markup.js"),
    }


def _script(name: str) -> str:
    code = stripped((THEME / name).read_text("utf-8"))
    return f'(()=>{{"use strict";\n{code}\n}})();\n'


def _joined(folder: Path) -> str:
    css = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.css")))
    return ICON.sub(lambda match: _picture(match[1]), str(cssmin(css)))


def _picture(name: str) -> str:
    """One of Material's icons as an address that holds it: `icon(material/check)` in a
    stylesheet.
    """
    svg = (icons.folder() / f"{name}.svg").read_text("utf-8").strip()
    return f'url("data:image/svg+xml,{quote(svg, safe=" /:=")}")'.replace("%22", "'")


def version() -> str:
    """A short name for their state, which their addresses carry: what a browser has kept of an
    older one is of no use.
    """
    return sha256("".join(asset_texts().values()).encode()).hexdigest()[:8]
