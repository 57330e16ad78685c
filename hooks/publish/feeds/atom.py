"""Atom: the essays in full for feed readers, the newest first (RFC 4287)."""

from collections.abc import Mapping, Sequence
from html import escape

from hooks.publish.feeds.publication import Leaf, Publication
from hooks.text.languages import say

FILE = "feed.xml"


def atom(
    site: Publication, leaves: Sequence[Leaf], pages: Mapping[str, str], shelf: Leaf | None = None
) -> str:
    """The feed of dated pages; `pages` has their content by source. A site without an address has none, nor one without pages.

    With a `shelf`, it is the feed of the page that lists them. An entry is the same in every feed: its id is its page's address.
    The date is that of the newest page and never the clock's, so that the same text is the same bytes.
    """
    dated = sorted(
        (leaf for leaf in leaves if leaf.date and leaf.uri in pages),
        key=lambda leaf: leaf.date,
        reverse=True,
    )
    if not site.address or not dated:
        return ""
    name, about, address = (
        (
            f"{site.name}{say(': ', '：', site.language)}{shelf.title}",
            shelf.description,
            site.address + shelf.address,
        )
        if shelf
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
        *(_entry(site, leaf, pages[leaf.uri]) for leaf in dated),
        "</feed>",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def _entry(site: Publication, leaf: Leaf, html: str) -> str:
    address = site.address + leaf.address
    summary = leaf.question or leaf.description
    lines = [
        f'<entry xml:lang="{leaf.language}">',
        f"<title>{escape(leaf.title)}</title>",
        f"<id>{escape(address)}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(address)}"/>',
        f"<published>{_moment(leaf)}</published>",
        f"<updated>{_moment(leaf)}</updated>",
        *(
            f'<category term="{escape(tag.slug)}" label="{escape(tag.title)}"/>'
            for tag in leaf.tags
        ),
        f"<summary>{escape(summary)}</summary>" if summary else "",
        f'<content type="html">{escape(html, quote=False)}</content>',
        "</entry>",
    ]
    return "\n".join(filter(None, lines))


def _moment(leaf: Leaf) -> str:
    return f"{leaf.date}T00:00:00Z"
