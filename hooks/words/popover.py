"""Cards: what a marked term or a citation shows, once for each page that marks it."""

from html import escape

from hooks.text.languages import Language, say
from hooks.words.bibliography import Work
from hooks.words.glossary import Term


def term_card(term: Term, language: Language) -> str:
    """What a term means, after what the other language calls it."""
    others = term.foreign(language)
    lang = say("language.other", language)
    foreign = f'<i lang="{lang}">{escape(others[0])}</i> ' if others else ""
    return (
        f'<div class="gloss" id="t-{term.id}"'
        f" popover>{foreign}{escape(term.definitions[language])}</div>"
    )


def work_card(work: Work, language: Language) -> str:
    """Who wrote a work, what it is called with the way to it, and where it came out."""
    stop, comma = say("mark.stop", language), say("mark.comma", language)
    lead = work.lead(language)
    where = comma.join(filter(None, (work.venue or work.host, "" if lead else work.year)))
    parts = [escape(lead), work_link(work, work.title), escape(where)]
    return (
        f'<div class="gloss" id="c-{work.key}"'
        f" popover>{stop.join(filter(None, parts))}{doubt(work, language)}</div>"
    )


def work_link(work: Work, text: str) -> str:
    """The way to a work; mere text where it has no address."""
    return (
        f'<a href="{escape(work.url)}" rel="noopener">{escape(text)}</a>'
        if work.url.startswith("https://")
        else escape(text)
    )


def doubt(work: Work, language: Language) -> str:
    """The mark of what nobody has looked up."""
    return "" if work.sure else f' <em class="unverified">{say("source.unverified", language)}</em>'
