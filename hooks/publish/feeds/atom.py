"""Atom: the essays in full for feed readers, the newest first (RFC 4287)."""

from collections.abc import Mapping, Sequence
from html import escape

from hooks.publish.feeds.publication import Publication, PublishedPage
from hooks.text.languages import say

FILE = "feed.xml"


def atom(
    site: Publication,
    entries: Sequence[PublishedPage],
    pages: Mapping[str, str],
    listing: PublishedPage | None = None,
) -> str:
    """The feed of dated pages; `pages` has their content by source. A site without an address has
    none, nor one without pages.

    With a `listing`, it is the feed of the page that lists them. An entry is the same in every
    feed: its id is its page's address. The date is that of the newest page and never the clock's,
    so that the same text is the same bytes.
    """
    dated = sorted(
        (entry for entry in entries if entry.date and entry.uri in pages),
        key=lambda entry: entry.date,
        reverse=True,
    )
    if not site.address or not dated:
        return ""
    name, about, address = (
        (
            f"{site.name}{say('mark.colon', site.language)}{listing.title}",
            listing.description,
            site.address + listing.address,
        )
        if listing
        else (site.name, site.description, site.address)
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">',
        f"<title>{escape(name)}</title>",
        f"<subtitle>{escape(about)}</subtitle>" if about else "",
        f"<id>{escape(address)}</id>",
        f'<link rel="self" type="application/atom+xml" href="{escape(address)}{FILE}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(address)}"/>',
        f"<updated>{_moment(dated[0])}</updated>",
        *(f"<author><name>{escape(author.name)}</name></author>" for author in site.authors),
        f"<rights>{escape(site.licence)}</rights>" if site.licence else "",
        *(_entry(site, entry, pages[entry.uri]) for entry in dated),
        "</feed>",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def _entry(site: Publication, entry: PublishedPage, html: str) -> str:
    address = site.address + entry.address
    summary = entry.question or entry.description
    lines = [
        f'<entry xml:lang="{entry.language}">',
        f"<title>{escape(entry.title)}</title>",
        f"<id>{escape(address)}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(address)}"/>',
        f"<published>{_moment(entry)}</published>",
        f"<updated>{_moment(entry)}</updated>",
        *(
            f'<category term="{escape(tag.slug)}" label="{escape(tag.title)}"/>'
            for tag in entry.tags
        ),
        f"<summary>{escape(summary)}</summary>" if summary else "",
        f'<content type="html">{escape(html, quote=False)}</content>',
        "</entry>",
    ]
    return "\n".join(filter(None, lines))


def _moment(entry: PublishedPage) -> str:
    return f"{entry.date}T00:00:00Z"
