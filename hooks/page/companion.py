"""The companion of a page, `numbers/`: the work behind its numbers, in the frame that the page
itself stands in.
"""

import re
from html import escape

from hooks.text.languages import Language, say

COMPANION = "numbers/"
"""Where a companion stands, as its page sees it."""

OPEN, CLOSE = "<!--page-->", "<!--/page-->"
"""Around what the template writes for the page alone."""

ALONE = re.compile(f"{OPEN}.*?{CLOSE}", re.DOTALL)
SKIP = re.compile(r'<a href="#[^"]*" class="md-skip">.*?</a>', re.DOTALL)
"""The theme's own way to the first heading of the page."""

ADDRESS = re.compile(r'\b(href|src)="(?![a-z]+:|[/#])([^"]*)"')
OTHER = re.compile(
    r'(<a [^>]*data-language[^>]*?href="|<a [^>]*?href=")([^"]*)("[^>]*data-language)'
)
WORKS = "<!-- works -->"
"""Where the entries go."""


def without_marks(html: str) -> str:
    """The page itself, with nothing that is the companion's."""
    return html.replace(OPEN, "").replace(CLOSE, "").replace(WORKS, "")


def companion(html: str, title: str, site: str, told: str, entries: str, language: Language) -> str:
    """The companion in the frame of its page: `html` is the page as the template has made it.

    `told` is the scenario in words, as HTML. Addresses are moved one folder down; robots are asked
    not to list it.
    """
    heading = say("companion.title", language, title=title)
    back = say("companion.back", language)
    scenario = say("companion.scenario", language)
    frame = ADDRESS.sub(r'\1="../\2"', SKIP.sub("", ALONE.sub("", html)))
    frame = OTHER.sub(rf"\g<1>\g<2>{COMPANION}\g<3>", frame)
    frame = re.sub(
        r"<title>.*?</title>",
        lambda _: (
            f'<title>{escape(heading)} · {escape(site)}</title><meta name="robots"'
            ' content="noindex">'
        ),
        frame,
        count=1,
        flags=re.DOTALL,
    )
    body = (
        f'<article class="page works" id="the-text"><h1>{escape(heading)}</h1><p class="kicker"><a'
        f' class="alone" href="../">{back}</a></p><p'
        f' class="work-scenario">{scenario}{told}</p>{entries}</article>'
    )
    return frame.replace(WORKS, body, 1)
