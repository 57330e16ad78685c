"""The drawing of a transformer block and of the loop around it: its operators with a bar each."""

from collections.abc import Iterator

from hooks.formula.declaration import Row
from hooks.formula.reference import parse_reference
from hooks.lists.request import ListRequest
from hooks.page.page_list import page_list

SECTIONS = {
    "tokens": "vocabulary",
    "rmsnorm": "norm",
    "projections": "attention",
    "gate-up": "ffn",
    "stack": "loop",
}
"""The operator that each section begins with."""

IN_A_LAYER = ("norm", "attention", "ffn")
"""The sections that every layer has."""

COLOURS = {"scores": "kv", "values": "kv", "loop": "network"}
"""The role of an operator's bar by what the operator is counted as; that of all others is weights.
"""

SHARES = {
    "writing-bytes": ("operator_bytes(operator={}) / step_bytes:%", "step_bytes:GB"),
    "writing-flops": ("operator_flops(operator={}) / step_flops:%", "step_flops"),
    "writing-time": ("operator_share(operator={}):%", "decode_step:ms"),
    "reading-bytes": ("operator_prompt_bytes(operator={}) / prefill_bytes:%", "prefill_bytes:GB"),
    "reading-flops": ("operator_prompt_flops(operator={}) / prefill_flops:%", "prefill_flops"),
    "reading-time": ("operator_prompt_share(operator={}):%", "prefill_time"),
}
"""For each position of the two switches an operator's share, and what it is a share of."""

FIRST = "writing-time"
"""What is shown before a reader presses a switch, and where there are no styles."""


@page_list("block")
def block_drawing(page: ListRequest) -> str:
    """Every operator of the block and its loop, with a bar as wide as its share."""
    switches = _switch(page, "phase", ("writing", "reading")) + _switch(
        page, "measure", ("bytes", "flops", "time")
    )
    sections: dict[str, list[Row]] = {}
    for row in page.scenario.tables["operators"].values():
        section = SECTIONS.get(row.id) or list(sections)[-1]
        sections.setdefault(section, []).append(row)
    whole = _shown(page, {name: whole for name, (_, whole) in SHARES.items()})
    below = page.say("block.whole", whole=whole) + page.say("mark.space")
    return (
        f'<div class="block" role="group" aria-label="{page.say("block.title")}"'
        f" data-search-exclude>{switches}"
        f"<ul>{''.join(_section(page, name, rows) for name, rows in sections.items())}</ul>"
        f'<p class="m">{below}<span aria-hidden="true">{page.say("block.mark")}</span></p></div>'
    )


def _switch(page: ListRequest, name: str, choices: tuple[str, ...]) -> str:
    """A group of radio buttons; the styles show what is checked, without a script."""
    labels = "".join(
        f'<label><input type="radio" name="block-{name}" value="{choice}"'
        f"{' checked' if choice in FIRST else ''}>{page.say(f'block_word.{choice}')}</label>"
        for choice in choices
    )
    title = page.say(f"block_word.{name}")
    return f'<fieldset><legend class="spoken">{title}</legend>{labels}</fieldset>'


def _section(page: ListRequest, name: str, rows: list[Row]) -> str:
    """A section with its operators; the first of a layer says how many layers there are."""
    kind = ' class="layer"' if name in IN_A_LAYER else ""
    layers = page.say("block.layers", count=page.live_number("layers"))
    times = f" <small>{layers}</small>" if name == IN_A_LAYER[0] else ""
    return (
        f"<li{kind}><b>{page.say(f'block_word.{name}')}</b>{times}"
        f"<ul>{''.join(_operator(page, row) for row in rows)}</ul></li>"
    )


def _operator(page: ListRequest, row: Row) -> str:
    """An operator: the link to its card, its bar, and its share in each position of the switches.

    The custom properties are what the bar's styles read; hooks/live/browser/block.js sets them anew
    when the reader's scenario changes.
    """
    shares = {name: share.format(row.id) for name, (share, _) in SHARES.items()}
    widths = ";".join(_widths(page, shares))
    colour = COLOURS.get(row.cells["part"].text, "weights")
    return (
        f'<li class="op" style="{widths}"><a href="{page.up}atlas/{row.id}/">{page.title(row)}</a>'
        f'<span class="bar {colour}" aria-hidden="true"><span></span><span></span></span>'
        f"{_shown(page, shares)}</li>"
    )


def _widths(page: ListRequest, shares: dict[str, str]) -> Iterator[str]:
    for name, share in shares.items():
        value = parse_reference(share, page.scenario).value(page.scenario)
        yield f"--{name}:{round(100 * value, 3):g}%" if isinstance(value, float) else f"--{name}:0%"


def _shown(page: ListRequest, numbers: dict[str, str]) -> str:
    """A number for each position of the switches, of which the styles show one."""
    return "".join(
        f'<span data-of="{name}"{"" if name == FIRST else " hidden"}>{page.live_number(one)}</span>'
        for name, one in numbers.items()
    )
