"""What pages show of the series: the list with its questions, an hour's path, the newest, the map, the roadmap."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from hooks.series.item import Item
from hooks.series.map import GUTTER, HALF, Map
from hooks.series.route import Route
from hooks.series.tag import Tags
from hooks.text.languages import Language, say

STATUS = {
    "published": ("published", "已发布"),
    "writing": ("being written", "在写"),
    "planned": ("planned", "计划中"),
}


class SeriesLists:
    """Writes lists of items as HTML. `up` leads from the page to the root of its language."""

    def __init__(self, route: Route, language: Language, up: str = "", tags: Tags | None = None):
        self._route = route
        self._tags = tags or Tags()
        self._language = language
        self._up = up

    def list(self, name: str, rest: str = "") -> str:
        """The list that a comment asks for by its name; `rest` is what else it says. Refuses a tag that there is not."""
        return SHOWN[name](self, rest.strip())

    def essays(self) -> str:
        """Every essay that can be read, by its question."""
        return self._questions(self._route.published)

    def tagged(self, slug: str) -> str:
        """What a tag is about, its essays by their questions, and what is on its way."""
        about = f"<p>{escape(self._tags.known(slug).about)}</p>"
        items = [item for item in self._route.items if slug in (label.slug for label in item.tags)]
        coming = self._say(", ", "、").join(
            escape(item.short) for item in items if not item.published
        )
        after = (
            f'<p class="m">{self._say("On their way: ", "还在路上：")}{coming}{self._say(".", "。")}</p>'
            if coming
            else ""
        )
        return about + self._questions([item for item in items if item.published]) + after

    def tags(self) -> str:
        """Every tag, what it is about, and how many essays it has to read."""
        rows = []
        for tag in self._tags:
            count = sum(
                tag.slug in (label.slug for label in item.tags) for item in self._route.published
            )
            essays = (
                self._say("1 essay" if count == 1 else f"{count} essays", f"{count} 篇")
                if count
                else self._say("on its way", "还在路上")
            )
            rows.append(
                f'<li><a href="{self._up}{tag.address}"><span class="q">{escape(tag.title)}</span><span class="t">{escape(tag.about)}</span></a><span class="m">{essays}</span></li>'
            )
        return f'<ol class="essays">{"".join(rows)}</ol>'

    def _questions(self, items: Sequence[Item]) -> str:
        rows = (
            f'<li data-essay="{escape(item.slug)}"><a href="{self._address(item)}"><span class="q">{escape(item.question)}</span><span class="t">{escape(item.title)}</span></a><span class="m">{self._minutes(item.minutes)}</span></li>'
            for item in items
        )
        return f'<ol class="essays">{"".join(rows)}</ol>' if items else ""

    def hour(self) -> str:
        """The path for someone with an hour."""
        chosen = self._route.hour()
        if not chosen:
            return ""
        links = self._say(", then ", "，再读").join(self._link(item) for item in chosen)
        time = self._minutes(sum(item.minutes for item in chosen))
        whole = (
            f'<a href="{self._up}roadmap/">{self._say("the map of the series", "全系列地图")}</a>'
        )
        return self._say(
            f"<p class='hour'><strong>If you have an hour:</strong> {links}; {time} in all. What leads where is on {whole}.</p>",
            f"<p class='hour'><strong>只有一小时：</strong>先读{links}，一共{time}。先后关系见{whole}。</p>",
        )

    def recent(self) -> str:
        """The newest pieces, where the list of all of them is too long to show it."""
        newest = self._route.recent()
        links = self._say(", ", "、").join(
            f"{self._link(item)} <small>{escape(item.date)}</small>" for item in newest
        )
        return (
            f"<p class='recent'><strong>{self._say('New:', '新近：')}</strong> {links}</p>"
            if newest
            else ""
        )

    def map(self) -> str:
        """Every item once, as a list that is laid out as a graph."""
        plan = Map(self._route)
        spots = "".join(
            f'<li class="{spot.item.status}" data-essay="{escape(spot.item.slug)}" style="--row:{spot.row + 1};--column:{spot.column + 1}">{self._spot(spot.item)}</li>'
            for spot in plan.spots
        )
        wide = _lines("wide", 2 * plan.width * HALF, 2 * plan.height * HALF, plan.lines())
        slim = _lines("slim", GUTTER, 2 * len(plan.spots) * HALF, plan.arcs())
        label, layered = (
            self._say("Map of the series", "全系列地图"),
            " layered" if plan.layered else "",
        )
        return f'<nav class="series-map{layered}" aria-label="{label}" style="--columns:{2 * plan.width}" data-search-exclude>{wide}{slim}<ol>{spots}</ol></nav>'

    def _spot(self, item: Item) -> str:
        tag = f'a href="{self._address(item)}"' if item.published else "span"
        return f"<{tag}><b>{escape(item.short)}</b><small>{self._about(item)}</small></{tag.split()[0]}>"

    def roadmap(self) -> str:
        """Every item with its status, its question, and what it needs."""
        return f'<ol class="roadmap">{"".join(self._row(item) for item in self._route.items)}</ol>'

    def _row(self, item: Item) -> str:
        title = (
            f'<a href="{self._address(item)}">{escape(item.title)}</a>'
            if item.published
            else escape(item.title)
        )
        lines = [
            (self._say("needs", "先读"), self._route.needs(item)),
            (self._say("opens", "引出"), self._route.opens(item)),
        ]
        said = "".join(
            f'<span class="m">{label}{self._say(": ", "：")}{self._names(items)}</span>'
            for label, items in lines
            if items
        )
        return f'<li class="{item.status}" data-essay="{escape(item.slug)}"><span class="m">{self._about(item)}</span><strong class="t">{title}</strong><span class="q">{escape(item.question)}</span>{said}</li>'

    def _names(self, items: Iterable[Item]) -> str:
        return self._say(", ", "、").join(
            self._link(item) if item.published else escape(item.short) for item in items
        )

    def _about(self, item: Item) -> str:
        """Its place on the path, and how long it takes or what has become of it."""
        part = (
            [self._say(f"Part {item.part:g}", f"第{item.part:g}篇")]
            if item.part is not None
            else []
        )
        return " · ".join(
            [
                *part,
                self._minutes(item.minutes) if item.published else self._say(*STATUS[item.status]),
            ]
        )

    def _link(self, item: Item) -> str:
        return f'<a href="{self._address(item)}">{escape(item.short)}</a>'

    def _address(self, item: Item) -> str:
        return f"{self._up}{item.address}"

    def _minutes(self, minutes: int) -> str:
        return self._say(f"{minutes} min", f"{minutes} 分钟")

    def _say(self, english: str, chinese: str) -> str:
        return say(english, chinese, self._language)


SHOWN: dict[str, Callable[[SeriesLists, str], str]] = {
    "essays": lambda lists, _: lists.essays(),
    "hour": lambda lists, _: lists.hour(),
    "recent": lambda lists, _: lists.recent(),
    "map": lambda lists, _: lists.map(),
    "roadmap": lambda lists, _: lists.roadmap(),
    "tags": lambda lists, _: lists.tags(),
    "tagged": SeriesLists.tagged,
}
"""The comments that a list takes the place of: `<!-- map -->`, `<!-- tagged memory -->`."""


def _lines(name: str, width: int, height: int, paths: str) -> str:
    return f'<svg class="{name}" aria-hidden="true" viewBox="0 0 {width} {height}" preserveAspectRatio="none">{paths}</svg>'
