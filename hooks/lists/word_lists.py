"""The glossary and the bibliography on their own pages. What uses an entry is put in when every
page is rendered.
"""

from html import escape

from hooks.lists.request import ListRequest
from hooks.page.page_list import page_list
from hooks.text.languages import Language, say
from hooks.text.problems import Mistake
from hooks.words.backlinks import term_comment, work_comment
from hooks.words.bibliography import Work
from hooks.words.glossary import Term
from hooks.words.popover import doubt, work_link


@page_list("glossary")
def glossary_list(page: ListRequest) -> str:
    """`<!-- glossary -->`: every term in both languages, by its English name."""
    terms = sorted(page.glossary.terms.values(), key=lambda term: term.names["en"].casefold())
    return f'<div class="glossary">{"".join(_term(page, term) for term in terms)}</div>'


def _term(page: ListRequest, term: Term) -> str:
    other: Language = "en" if page.language == "zh" else "zh"
    names = term.foreign(page.language)
    foreign = (
        f' <span lang="{other}">{escape(say("mark.enumeration", other).join(names))}</span>'
        if names
        else ""
    )
    name, definition = term.names[page.language], term.definitions[page.language]
    return (
        f'<h2 id="{term.id}">{escape(name)}{foreign}</h2>'
        f"<p>{escape(definition)}</p>{term_comment(term.id)}"
    )


@page_list("bibliography", choosing=True)
def bibliography_list(page: ListRequest) -> str:
    """`<!-- bibliography works -->` or `documents`: what has an entry of its own, or what only the
    catalogue reads.
    """
    which = page.choice
    if which not in ("works", "documents"):
        raise Mistake(f"a bibliography is of works or documents, not '{which}'")
    works, excluded = (
        (page.bibliography.written, "")
        if which == "works"
        else (page.bibliography.documents, " data-search-exclude")
    )
    items = "".join(_work(page, work) for work in works)
    return f'<ul class="bibliography"{excluded}>{items}</ul>'


def _work(page: ListRequest, work: Work) -> str:
    stop, comma = page.say("mark.stop"), page.say("mark.comma")
    lead = work.lead(page.language)
    days = (
        page.say("works.read", days=page.say("mark.enumeration").join(work.days))
        if work.days
        else page.say("works.checked", day=work.checked)
        if work.checked
        else ""
    )
    tail = [
        escape(part) for part in (work.venue, work.host, "" if lead else work.year, days) if part
    ]
    before = escape(lead) + stop if lead else ""
    after = (stop if tail else "") + comma.join(tail) + doubt(work, page.language)
    said = f"{before}<cite>{work_link(work, work.title)}</cite>{after}"
    return f'<li id="{work.key}">{said}<br><small>{work_comment(work.key)}</small></li>'
