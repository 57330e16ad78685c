"""Structured data: what schema.org would know of a page, as a data block in its head."""

import json
from typing import Any

from hooks.publish.feeds.publication import Publication, PublishedPage
from hooks.text.languages import say

HARMLESS = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
"""JSON's own way to write what could end the block or begin another."""


def article(site: Publication, entry: PublishedPage, image: str = "") -> str:
    """The JSON of an essay and of the way to it; what nobody knows is left out. `image` is the
    address of its card.
    """
    twins = {
        language: address
        for language, address in site.alternates(entry)
        if language not in (entry.language, "x-default")
    }
    other = [
        {"@type": "Article", "@id": address, "url": address, "inLanguage": language}
        for language, address in twins.items()
    ]
    known: dict[str, Any] = {
        "@type": "Article",
        "@id": site.address_of(entry),
        "headline": entry.title,
        "alternativeHeadline": entry.question,
        "description": entry.description or entry.question,
        "inLanguage": entry.language,
        "datePublished": entry.date,
        "url": site.address_of(entry),
        "mainEntityOfPage": site.address_of(entry),
        "image": image,
        "timeRequired": f"PT{entry.minutes}M" if entry.minutes else "",
        "keywords": [tag.title for tag in entry.tags],
        "isAccessibleForFree": True,
        "license": site.licence,
        "author": [
            {"@type": "Person" if author.person else "Organization", "name": author.name}
            for author in site.authors
        ],
        "isPartOf": _filled(
            {"@type": "CreativeWorkSeries", "name": site.name, "url": site.address}
        ),
        # the English text is the work, and the Chinese one its translation
        "workTranslation" if entry.language == "en" else "translationOfWork": other[0]
        if other
        else "",
    }
    return _written([_filled(known), *_way(site, entry)])


def website(site: Publication) -> str:
    """The JSON of the home page: what search engines call the site. Nothing without an address."""
    return (
        _written(
            [
                _filled(
                    {
                        "@type": "WebSite",
                        "name": site.name,
                        "description": site.description,
                        "url": site.address,
                        "inLanguage": site.language,
                    }
                )
            ]
        )
        if site.address
        else ""
    )


def _way(site: Publication, entry: PublishedPage) -> list[dict[str, Any]]:
    """From the home page over the map of the series to an essay; nothing without addresses."""
    if not site.address:
        return []
    steps = [
        (site.name, site.address),
        (say("series.map", site.language), f"{site.address}roadmap/"),
        (entry.title, site.address + entry.address),
    ]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def _written(graph: list[dict[str, Any]]) -> str:
    return json.dumps(
        {"@context": "https://schema.org", "@graph": graph},
        ensure_ascii=False,
        separators=(",", ":"),
    ).translate(HARMLESS)


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value}
