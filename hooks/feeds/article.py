"""An article's structured data: what schema.org would know of an essay, as a data block of its page."""

import json
from typing import Any

from hooks.feeds.publication import Leaf, Publication

HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""JSON's own way to write what could end the block or begin another."""


def article(site: Publication, leaf: Leaf) -> str:
    """The JSON of an essay; what nobody knows is left out."""
    series = {"@type": "CreativeWorkSeries", "name": site.name, "url": site.address}
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": leaf.title,
        "description": leaf.description or leaf.question,
        "inLanguage": leaf.language,
        "datePublished": leaf.date,
        "url": site.address + leaf.page if site.address else "",
        "license": site.licence,
        "author": [{"@type": "Person" if author.person else "Organization", "name": author.name} for author in site.authors],
        "isPartOf": _filled(series),
    }
    return json.dumps(_filled(known), ensure_ascii=False, separators=(",", ":")).translate(HARMLESS)


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value}
