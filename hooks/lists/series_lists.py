"""What pages show of the series: the list with its questions, an hour's path, the newest, the map,
the roadmap.
"""

from collections.abc import Iterable, Sequence
from html import escape

from hooks.lists.request import ListRequest
from hooks.page.page_list import page_list
from hooks.series.collection import ShortPage, short_pages
from hooks.series.item import Item
from hooks.series.map import GUTTER, HALF, Map
from hooks.text.address import COLLECTIONS
from hooks.text.problems import Mistake, did_you_mean


@page_list("essays")
def essay_list(page: ListRequest) -> str:
    """Every essay that can be read, by its question: the path in its order, then what stands
    beside it.
    """
    path = [item for item in page.route.published if item.part is not None]
    beside = [item for item in page.route.published if item.part is None]
    if not path or not beside:
        return _questions(page, path or beside)
    return "".join(
        f'<h2 class="list-title">{title}</h2>{_questions(page, items)}'
        for title, items in ((page.say("series.path"), path), (page.say("series.beside"), beside))
    )


@page_list("tagged", choosing=True)
def tagged_essays(page: ListRequest) -> str:
    """What a tag is about, its essays by their questions, and what is on its way."""
    about = f"<p>{escape(page.tags.known(page.choice).about)}</p>"
    items = [
        item for item in page.route.items if page.choice in (label.slug for label in item.tags)
    ]
    coming = page.say("mark.enumeration").join(
        escape(item.short) for item in items if not item.published
    )
    after = (
        f'<p class="m">{page.say("series.coming_ones")}{coming}{page.say("mark.end")}</p>'
        if coming
        else ""
    )
    short = [
        one
        for folder in COLLECTIONS
        for one in _collection(page, folder)
        if page.choice in one.tags
    ]
    return (
        about
        + _questions(page, [one for one in items if one.published])
        + _short(page, short)
        + after
    )


@page_list("pages", choosing=True)
def pages_of_collection(page: ListRequest) -> str:
    """The pages of a collection, `<!-- pages notes -->`, in the order of the navigation."""
    if page.choice not in COLLECTIONS:
        hint = did_you_mean(page.choice, COLLECTIONS)
        raise Mistake(f"no collection '{page.choice}'{hint}; it is one of {', '.join(COLLECTIONS)}")
    return _short(page, _collection(page, page.choice))


def _collection(page: ListRequest, folder: str) -> list[ShortPage]:
    return short_pages(folder, page.found("mkdocs.yml") or "", page.found, page.language)


def _short(page: ListRequest, pages: Sequence[ShortPage]) -> str:
    """Short pages by their titles, each with its thesis."""
    rows = (
        f'<li><a href="{page.up}{one.address}"><span class="q">{escape(one.title)}</span><span'
        f' class="t">{escape(one.description)}</span></a><span'
        f' class="m">{_minutes(page, one.minutes)}</span></li>'
        for one in pages
    )
    return f'<ol class="essays">{"".join(rows)}</ol>' if pages else ""


@page_list("tags")
def tag_list(page: ListRequest) -> str:
    """Every tag, what it is about, and how many essays it has to read."""
    rows = []
    for tag in page.tags:
        count = sum(
            tag.slug in (label.slug for label in item.tags) for item in page.route.published
        )
        essays = page.say("tags.essays", count=count) if count else page.say("series.coming")
        rows.append(
            f'<li><a href="{page.up}{tag.address}"><span class="q">{escape(tag.title)}</span><span'
            f' class="t">{escape(tag.about)}</span></a><span class="m">{essays}</span></li>'
        )
    return f'<ol class="essays">{"".join(rows)}</ol>'


def _questions(page: ListRequest, items: Sequence[Item]) -> str:
    rows = (
        f'<li data-essay="{escape(item.slug)}">{_part(item)}<a href="{_address(page, item)}"><span'
        f' class="q">{escape(item.question)}</span><span'
        f' class="t">{escape(item.title)}</span></a><span'
        f' class="m">{_minutes(page, item.minutes)}</span></li>'
        for item in items
    )
    half = -(-len(items) // 2)  # where there is room, two columns are read one after the other
    return f'<ol class="essays" style="--rows:{half}">{"".join(rows)}</ol>' if items else ""


def _part(item: Item) -> str:
    return "" if item.part is None else f'<span class="p">{item.part:g}</span>'


@page_list("hour")
def hour_path(page: ListRequest) -> str:
    """The path for someone with an hour."""
    chosen = page.route.hour()
    if not chosen:
        return ""
    links = page.say("series.then").join(_link(page, item) for item in chosen)
    time = _minutes(page, sum(item.minutes for item in chosen))
    whole = f'<a href="{page.up}roadmap/">{page.say("series.map_within")}</a>'
    path = page.say("series.hour_path", links=links, time=time, map=whole)
    return f"<p class='hour'><strong>{page.say('series.hour')}</strong>{path}</p>"


@page_list("recent")
def newest_essays(page: ListRequest) -> str:
    """The newest pieces, where the list of all of them is too long to show it."""
    newest = page.route.recent()
    links = page.say("mark.enumeration").join(
        f"{_link(page, item)} <small><time>{escape(item.date)}</time></small>" for item in newest
    )
    return (
        f"<p class='recent'><strong>{page.say('series.new')}</strong> {links}</p>" if newest else ""
    )


@page_list("map")
def series_map(page: ListRequest) -> str:
    """Every item once, as a list that is laid out as a graph."""
    plan = Map(page.route)
    spots = "".join(
        f'<li class="{spot.item.status}" data-essay="{escape(spot.item.slug)}"'
        f' style="--row:{spot.row + 1};--column:{spot.column + 1}">{_spot(page, spot.item)}</li>'
        for spot in plan.spots
    )
    wide = _lines("wide", 2 * plan.width * HALF, 2 * plan.height * HALF, plan.lines())
    slim = _lines("slim", GUTTER, 2 * len(plan.spots) * HALF, plan.arcs())
    label, layered = (
        page.say("series.map_title"),
        " layered" if plan.layered else "",
    )
    return (
        f'<nav class="series-map{layered}" aria-label="{label}" style="--columns:{2 * plan.width}"'
        f" data-search-exclude>{wide}{slim}<ol>{spots}</ol></nav>"
    )


def _spot(page: ListRequest, item: Item) -> str:
    tag = f'a href="{_address(page, item)}"' if item.published else "span"
    return (
        f"<{tag}><b>{escape(item.short)}</b><small>{_about(page, item)}</small></{tag.split()[0]}>"
    )


@page_list("roadmap")
def roadmap_list(page: ListRequest) -> str:
    """Every item with its status, its question, and what it needs."""
    return f'<ol class="roadmap">{"".join(_row(page, item) for item in page.route.items)}</ol>'


def _row(page: ListRequest, item: Item) -> str:
    title = (
        f'<a href="{_address(page, item)}">{escape(item.title)}</a>'
        if item.published
        else escape(item.title)
    )
    lines = [
        (page.say("series.needs"), page.route.needs(item)),
        (page.say("series.opens"), page.route.opens(item)),
    ]
    said = "".join(
        f'<span class="m">{label}{page.say("mark.colon")}{_names(page, items)}</span>'
        for label, items in lines
        if items
    )
    return (
        f'<li class="{item.status}" data-essay="{escape(item.slug)}"><span'
        f' class="m">{_about(page, item)}</span><strong class="t">{title}</strong><span'
        f' class="q">{escape(item.question)}</span>{said}</li>'
    )


def _names(page: ListRequest, items: Iterable[Item]) -> str:
    return page.say("mark.enumeration").join(
        _link(page, item) if item.published else escape(item.short) for item in items
    )


def _about(page: ListRequest, item: Item) -> str:
    """Its place on the path, and how long it takes or what has become of it."""
    part = [page.say("series.part", part=f"{item.part:g}")] if item.part is not None else []
    return " · ".join(
        [
            *part,
            _minutes(page, item.minutes) if item.published else page.say(f"status.{item.status}"),
        ]
    )


def _link(page: ListRequest, item: Item) -> str:
    return f'<a href="{_address(page, item)}">{escape(item.short)}</a>'


def _address(page: ListRequest, item: Item) -> str:
    return f"{page.up}{item.address}"


def _minutes(page: ListRequest, minutes: int) -> str:
    return page.say("page.minutes", minutes=minutes)


def _lines(name: str, width: int, height: int, paths: str) -> str:
    return (
        f'<svg class="{name}" aria-hidden="true" viewBox="0 0 {width} {height}"'
        f' preserveAspectRatio="none">{paths}</svg>'
    )
