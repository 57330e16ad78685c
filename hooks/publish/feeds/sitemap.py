"""The sitemap of an edition, and the note for robots that leads to those of both."""

from collections.abc import Iterable
from html import escape

from hooks.publish.feeds.publication import Publication, PublishedPage
from hooks.text.languages import LANGUAGES

FILE = "sitemap.xml"


def sitemap(site: Publication, entries: Iterable[PublishedPage]) -> str:
    """The pages that stand in the site's own language, each with its twin; nothing without an
    address.

    A day is that of a page's front matter: when a file was built says nothing about what it says.
    """
    if not site.address:
        return ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
        *(
            _page(site, entry)
            for entry in sorted(entries, key=lambda entry: entry.page)
            if entry.language == site.language
        ),
        "</urlset>",
    ]
    return "\n".join(lines) + "\n"


def robots(site: Publication) -> str:
    """Everybody may read everything; robots look for this only at the root of a host. Nothing
    without an address.
    """
    maps = "".join(f"Sitemap: {site.edition(language)}{FILE}\n" for language in LANGUAGES)
    return f"User-agent: *\nAllow: /\n\n{maps}" if site.address else ""


def _page(site: Publication, entry: PublishedPage) -> str:
    twins = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
        for language, address in site.alternates(entry)
    )
    day = f"<lastmod>{entry.date}</lastmod>" if entry.date else ""
    return f"<url><loc>{escape(site.address_of(entry))}</loc>{day}{twins}</url>"
