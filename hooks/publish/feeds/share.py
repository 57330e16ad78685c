"""What a page says of itself to those who show its address: the Open Graph, and the card's kind."""

from dataclasses import dataclass

from hooks.publish.feeds.publication import Publication, PublishedPage
from hooks.text.languages import Language

CARD = "card.png"
WIDE, HIGH = 1200, 630
LOCALES: dict[Language, str] = {"en": "en_US", "zh": "zh_CN"}
"""The Open Graph knows no language without a country."""


@dataclass(frozen=True)
class Image:
    """A card: where it stands below the site's address, and what one sees on it."""

    path: str
    alt: str


def share(
    site: Publication, entry: PublishedPage, essay: bool, image: Image
) -> tuple[tuple[str, str], ...]:
    """The names and contents of a page's meta elements, not yet escaped; without an address no
    picture can be shown.
    """
    said = {
        "og:type": "article" if essay else "website",
        "og:site_name": site.name,
        "og:title": entry.title,
        "og:description": entry.description or site.description,
        "og:locale": LOCALES[entry.language],
    }
    if site.address:
        said |= {
            "og:url": site.address_of(entry),
            "og:image": site.address + image.path,
            "og:image:type": "image/png",
            "og:image:width": str(WIDE),
            "og:image:height": str(HIGH),
            "og:image:alt": image.alt,
            "twitter:card": "summary_large_image",
        }
    if essay and entry.date:
        said["article:published_time"] = entry.date
    return tuple((name, text) for name, text in said.items() if text)
