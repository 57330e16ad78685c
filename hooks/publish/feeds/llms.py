"""llms.txt: the site as a list of its Markdown copies, by the convention of llmstxt.org."""

from collections.abc import Sequence

from hooks.publish.feeds.page_address import absolute
from hooks.publish.feeds.publication import Publication, PublishedPage
from hooks.text.address import quoted
from hooks.text.languages import say


def llms(
    site: Publication, essays: Sequence[PublishedPage], others: Sequence[PublishedPage]
) -> str:
    """Essays as the path has them, then everything else; addresses are absolute once the site has
    one.
    """
    sections = (
        (say("series.essays", site.language), essays),
        (say("feeds.others", site.language), others),
    )
    parts = [f"# {site.name}"]
    if site.description:
        parts.append(f"> {site.description}")
    for title, entries in sections:
        if entries:
            parts.append("\n".join([f"## {title}", "", *(_line(site, entry) for entry in entries)]))
    return "\n\n".join(parts) + "\n"


def _line(site: Publication, entry: PublishedPage) -> str:
    title = entry.title.replace("[", "(").replace("]", ")")
    about = entry.description or entry.question
    return f"- [{title}]({absolute(quoted(entry.copy), site.address)})" + (
        f": {about}" if about else ""
    )
