"""The drawing of a transformer block and of the loop around it: its operators with a bar each."""

from typing import NamedTuple

from hooks.formula.declaration import Row
from hooks.formula.evaluate import Value
from hooks.formula.reference import parse_reference
from hooks.lists.request import ListRequest
from hooks.page.page_list import page_list
from hooks.page.withheld import value_in_list

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


class Position(NamedTuple):
    """What the bars show in a position of the two switches, as references."""

    share: str
    """An operator's share."""
    part: str
    """What an operator has."""
    whole: str
    """What all operators have together, with its unit."""

    def share_of(self, operator: str) -> str:
        """The share of an operator."""
        return self.share.format(operator)

    def part_of(self, operator: str) -> str:
        """What an operator has, in the unit of the whole."""
        _, colon, unit = self.whole.partition(":")
        return f"{self.part}(operator={operator}){colon}{unit}"


POSITIONS = {
    "writing-bytes": Position(
        "operator_bytes(operator={}) / step_bytes:%", "operator_bytes", "step_bytes:GB"
    ),
    "writing-flops": Position(
        "operator_flops(operator={}) / step_flops:%", "operator_flops", "step_flops"
    ),
    "writing-time": Position("operator_share(operator={}):%", "operator_time", "decode_step:ms"),
    "reading-bytes": Position(
        "operator_prompt_bytes(operator={}) / prefill_bytes:%",
        "operator_prompt_bytes",
        "prefill_bytes:GB",
    ),
    "reading-flops": Position(
        "operator_prompt_flops(operator={}) / prefill_flops:%",
        "operator_prompt_flops",
        "prefill_flops",
    ),
    "reading-time": Position(
        "operator_prompt_share(operator={}):%", "operator_prompt_time", "prefill_time"
    ),
}

FIRST = "writing-time"
"""What is shown before a reader presses a switch, and where there are no styles."""


class OperatorBar(NamedTuple):
    """An operator in a position of the switches: the reference that tells its number, and how much
    of a full bar its bar is.
    """

    told: str
    width: float


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
    bars = {name: _bars(page, position) for name, position in POSITIONS.items()}
    drawn = "".join(_section(page, name, rows, bars) for name, rows in sections.items())
    below = "".join(_whole(page, name) for name in POSITIONS) + page.say("mark.space")
    return (
        f'<div class="block" role="group" aria-label="{page.say("block.title")}"'
        f" data-search-exclude>{switches}<ul>{drawn}</ul>"
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


def _section(
    page: ListRequest, name: str, rows: list[Row], bars: dict[str, dict[str, OperatorBar]]
) -> str:
    """A section with its operators; the first of a layer says how many layers there are."""
    kind = ' class="layer"' if name in IN_A_LAYER else ""
    layers = page.say("block.layers", count=page.live_number("layers"))
    times = f" <small>{layers}</small>" if name == IN_A_LAYER[0] else ""
    operators = (
        _operator(page, row, {position: of[row.id] for position, of in bars.items()})
        for row in rows
    )
    return (
        f"<li{kind}><b>{page.say(f'block_word.{name}')}</b>{times}"
        f"<ul>{''.join(operators)}</ul></li>"
    )


def _operator(page: ListRequest, row: Row, bars: dict[str, OperatorBar]) -> str:
    """An operator: the link to its card, its bar, and its number in each position of the switches,
    of which the styles show one.

    The custom properties are what the bar's styles read; hooks/live/browser/block.js sets them anew
    when the reader's scenario changes.
    """
    widths = ";".join(f"--{name}:{round(100 * bar.width, 3):g}%" for name, bar in bars.items())
    colour = COLOURS.get(row.cells["part"].text, "weights")
    numbers = "".join(
        f"<span{_of(name)}>{page.live_number(bar.told)}</span>" for name, bar in bars.items()
    )
    return (
        f'<li class="op" data-op="{row.id}" style="{widths}">'
        f'<a href="{page.up}atlas/{row.id}/">{page.title(row)}</a>'
        f'<span class="bar {colour}" aria-hidden="true"><span></span><span></span></span>'
        f"{numbers}</li>"
    )


def _bars(page: ListRequest, position: Position) -> dict[str, OperatorBar]:
    """The bars of all operators in a position.

    Where there is no whole, a full bar is the sum of the operators that have a number, and each is
    told as it is, for nobody knows what it is a share of.
    """
    operators = page.scenario.tables["operators"]
    parts = {name: _value(page, position.part_of(name)) for name in operators}
    known = {name: part for name, part in parts.items() if isinstance(part, float)}
    whole = _value(page, position.whole)
    full = whole if isinstance(whole, float) else sum(known.values())
    alone = not isinstance(whole, float)
    return {
        name: OperatorBar(
            position.part_of(name) if alone and name in known else position.share_of(name),
            known.get(name, 0) / full if full else 0,
        )
        for name in operators
    }


def _value(page: ListRequest, text: str) -> Value:
    """What a reference comes to, or why it is not told."""
    return value_in_list(parse_reference(text, page.scenario), page.scenario)


def _whole(page: ListRequest, name: str) -> str:
    """How much a full bar is, or why nobody knows how much all operators have."""
    part, whole = POSITIONS[name].part, POSITIONS[name].whole
    told = "" if not isinstance(_value(page, whole), float) else " hidden"
    rest = f"<span data-rest{told}>{page.say('block.rest')}</span>"
    number = page.live_number(whole)
    text = page.say("block.whole", whole=number, rest=rest)
    return f'<span{_of(name)} data-part="{part}">{text}</span>'


def _of(name: str) -> str:
    """The attributes of what is shown in one position of the switches."""
    return f' data-of="{name}"{"" if name == FIRST else " hidden"}'
